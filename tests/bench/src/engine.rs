//! The driver's side: which engines there are, and a process of each.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::collection::Kind;

/// An engine in one configuration.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Engine {
    pub(crate) name: &'static str,
    /// What it is in the folders' names and on the command line.
    pub(crate) code: &'static str,
    side: Program,
}

#[derive(Clone, Copy, Debug)]
enum Program {
    /// This program, told which.
    Here,
    /// The Java class, told the analyzer, the unit, and whether segments are merged into one.
    Java(&'static str, &'static str, &'static str),
    /// The program served, asked for this path.
    Served(&'static str),
}

pub(crate) const SIDES: [Engine; 9] = [
    Engine { name: "Policyglot, in process", code: "ours", side: Program::Here },
    Engine { name: "Policyglot, in process, documents alone", code: "ours-documents", side: Program::Here },
    Engine { name: "Lucene CJKAnalyzer, laws", code: "lucene", side: Program::Java("cjk", "laws", "as-built") },
    Engine {
        name: "Lucene CJKAnalyzer, laws, merged",
        code: "lucene-merged",
        side: Program::Java("cjk", "laws", "merged"),
    },
    Engine {
        name: "Lucene CJKAnalyzer, paragraphs by law",
        code: "lucene-paragraphs",
        side: Program::Java("cjk", "paragraphs", "as-built"),
    },
    Engine {
        name: "Lucene CJKAnalyzer, paragraphs by law, merged",
        code: "lucene-paragraphs-merged",
        side: Program::Java("cjk", "paragraphs", "merged"),
    },
    Engine {
        name: "Lucene SmartChinese, laws",
        code: "lucene-smartcn",
        side: Program::Java("smartcn", "laws", "as-built"),
    },
    Engine { name: "FTS5 trigrams, laws", code: "fts5", side: Program::Here },
    Engine { name: "FTS5 trigrams, laws, merged", code: "fts5-merged", side: Program::Here },
];

/// The same index where the program serves it.
pub(crate) const SERVED: [Engine; 2] = [
    Engine { name: "Policyglot over HTTP, JSON", code: "http-json", side: Program::Served("/api/v1/search") },
    Engine { name: "Policyglot over HTTP, page", code: "http-page", side: Program::Served("/search") },
];

/// What times are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Clock {
    /// What passed: for a machine that has nothing else to do
    Wall,
    /// For how long the asking thread ran, or the server's threads: for a machine that others use too
    Cpu,
}

/// What building an index took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Built {
    pub(crate) cpu: Duration,
    pub(crate) wall: Duration,
    pub(crate) bytes: u64,
}

impl Engine {
    /// Builds the index in a folder, in place of what was there.
    pub(crate) fn build(self, classes: &Path, docs: &Path, folder: &Path) -> anyhow::Result<Built> {
        if folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
        let begun = Instant::now();
        let mut command = self.command(classes, "index")?;
        if let Program::Java(_, _, merging) = self.side {
            command.arg(merging);
        }
        let output = command.arg(docs).arg(folder).stderr(Stdio::inherit()).output()?;
        anyhow::ensure!(output.status.success(), "{} cannot build its index", self.name);
        let nanoseconds = String::from_utf8(output.stdout)?.trim().parse()?;
        Ok(Built { cpu: Duration::from_nanos(nanoseconds), wall: begun.elapsed(), bytes: bytes(folder)? })
    }

    /// Opens the index in a process that answers.
    pub(crate) fn ask(self, classes: &Path, folder: &Path, queries: &Path) -> anyhow::Result<SideProcess> {
        let mut command = self.command(classes, "ask")?;
        command.arg(folder).arg(queries).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().with_context(|| format!("cannot start {}", self.name))?;
        let input = child.stdin.take().context("no input")?;
        let output = BufReader::new(child.stdout.take().context("no output")?);
        Ok(SideProcess { child, input, output })
    }

    fn command(self, classes: &Path, order: &str) -> anyhow::Result<Command> {
        match self.side {
            Program::Here => {
                let mut command = Command::new(std::env::current_exe()?);
                command.args([order, self.code]);
                Ok(command)
            }
            Program::Java(analyzer, unit, _) => {
                let path = format!("{0}/lucene-side-1.jar:{0}/lib/*", classes.display());
                let mut command = Command::new("java");
                command.args(["-Xms1g", "-Xmx4g", "-cp", &path, "LuceneSide", order, analyzer, unit]);
                Ok(command)
            }
            Program::Served(_) => anyhow::bail!("the server is not started for each path"),
        }
    }

    /// The path that is asked for where the program is served.
    pub(crate) fn path(self) -> &'static str {
        if let Program::Served(path) = self.side { path } else { "" }
    }
}

/// A process that answers.
#[derive(Debug)]
pub(crate) struct SideProcess {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl SideProcess {
    /// How long each query of a kind took, in nanoseconds.
    pub(crate) fn times(&mut self, clock: Clock, kind: Kind) -> anyhow::Result<Vec<u64>> {
        self.order(if clock == Clock::Cpu { "cpu" } else { "wall" }, kind)
    }

    /// How many documents each query of a kind met.
    pub(crate) fn counts(&mut self, kind: Kind) -> anyhow::Result<Vec<u64>> {
        self.order("count", kind)
    }

    fn order(&mut self, order: &str, kind: Kind) -> anyhow::Result<Vec<u64>> {
        writeln!(self.input, "{order} {}", kind.code())?;
        self.input.flush()?;
        let mut line = String::new();
        anyhow::ensure!(self.output.read_line(&mut line)? > 0, "an engine ended before it was told to");
        Ok(line.split_whitespace().map(str::parse).collect::<Result<_, _>>()?)
    }
}

impl Drop for SideProcess {
    fn drop(&mut self) {
        // A process that has ended already is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The bytes of all files in a folder.
pub(crate) fn bytes(folder: &Path) -> anyhow::Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        sum += if entry.file_type()?.is_dir() { bytes(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(sum)
}
