//! A run: every index built, every query asked of every engine in turn, in rounds.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::collection::{Kind, Law, enlarged, read_laws, read_queries, write_lines};
use crate::engine::{Built, Clock, Engine, SERVED, SIDES, SideProcess};
use crate::http::{self, Connection, Server};
use crate::{fts5, report, scan};

#[derive(Args, Debug)]
pub(crate) struct RunArguments {
    /// The folder with docs.jsonl.gz and queries.tsv
    #[arg(long, env = "BENCH_LAWS")]
    laws: PathBuf,
    /// A folder for texts and indexes
    #[arg(long, default_value = "target/bench-work")]
    work: PathBuf,
    /// The folder with lucene-side-1.jar and lib
    #[arg(long, default_value = "target/bench-lucene")]
    classes: PathBuf,
    /// The program, for the searches over HTTP
    #[arg(long, default_value = "target/release/policyglot")]
    program: PathBuf,
    /// Where to serve it
    #[arg(long, default_value = "127.0.0.1:8101")]
    listen: SocketAddr,
    /// How many times the text, one run after the other
    #[arg(long, value_delimiter = ',', default_value = "1,10")]
    times: Vec<usize>,
    /// At how many times the text the program is served at most: it does more than index what it reads
    #[arg(long, default_value_t = 1)]
    served: usize,
    /// How many rounds are measured
    #[arg(long, default_value_t = 5)]
    pub(crate) rounds: usize,
    /// How many rounds go before, not measured
    #[arg(long, default_value_t = 3)]
    warm: usize,
    /// What is measured
    #[arg(long, value_enum, default_value = "wall")]
    pub(crate) clock: Clock,
    /// Only these engines, by their folders' names
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Use the indexes of an earlier run where they are
    #[arg(long)]
    keep: bool,
}

/// What was measured of an engine.
#[derive(Debug)]
pub(crate) struct Measured {
    pub(crate) engine: Engine,
    pub(crate) built: Option<Built>,
    /// For each round, what each query took, in nanoseconds.
    pub(crate) times: HashMap<Kind, Vec<Vec<u64>>>,
    /// Recall and precision on the sample that was read plainly.
    pub(crate) exact: HashMap<Kind, (f64, f64)>,
}

impl Measured {
    fn new(engine: Engine, built: Option<Built>) -> Self {
        eprintln!("{}: {built:.1?}", engine.name);
        Self { engine, built, times: HashMap::new(), exact: HashMap::new() }
    }
}

/// What answers.
#[derive(Debug)]
enum Asked {
    Side(SideProcess),
    Served(Connection),
}

/// One collection of laws, and where everything made from it goes.
pub(crate) struct Collection<'a> {
    pub(crate) arguments: &'a RunArguments,
    pub(crate) times: usize,
    pub(crate) laws: Vec<Law>,
    queries: Vec<(Kind, String)>,
    pub(crate) folder: PathBuf,
}

pub(crate) fn run(arguments: &RunArguments) -> anyhow::Result<()> {
    let laws = read_laws(&arguments.laws)?;
    for &times in &arguments.times {
        let collection = Collection {
            arguments,
            times,
            laws: enlarged(&laws, times),
            queries: read_queries(&arguments.laws.join("queries.tsv"))?,
            folder: arguments.work.join(format!("{times}x")),
        };
        std::fs::create_dir_all(&collection.folder)?;
        let begun = report::load();
        let measured = collection.measure()?;
        let load = [begun, report::load()];
        report::print(&collection, &measured, &load)?;
    }
    Ok(())
}

impl Collection<'_> {
    fn measure(&self) -> anyhow::Result<Vec<Measured>> {
        let short = self.queries.iter().filter(|(kind, query)| fts5::is_too_short(*kind, query)).count();
        let (laws, queries) = (self.laws.len(), self.queries.len());
        println!("{laws} laws, {queries} queries, {short} of them with a part too short for trigrams");
        let (mut measured, mut asked) = self.sides()?;
        self.compare(&mut measured, &mut asked)?;
        let server = self.serve(&mut measured, &mut asked)?;
        let warm = self.arguments.warm;
        for round in 0..warm + self.arguments.rounds {
            self.ask_all(round, round >= warm, &mut measured, &mut asked)?;
        }
        drop(server);
        Ok(measured)
    }

    /// Builds the indexes, one after the other, and opens them.
    fn sides(&self) -> anyhow::Result<(Vec<Measured>, Vec<Asked>)> {
        let docs = self.folder.join("docs.tsv");
        write_lines(&self.laws, &docs)?;
        let (mut measured, mut asked) = (Vec::new(), Vec::new());
        for engine in SIDES.iter().filter(|engine| self.is_chosen(engine)) {
            let (folder, classes) = (self.folder.join(engine.code), &self.arguments.classes);
            let build = self.is_built_anew(&folder).then(|| engine.build(classes, &docs, &folder));
            measured.push(Measured::new(*engine, build.transpose()?));
            asked.push(Asked::Side(engine.ask(classes, &folder, &self.arguments.laws.join("queries.tsv"))?));
        }
        Ok((measured, asked))
    }

    /// Reads the laws into the program and serves it, where that is wanted.
    fn serve(&self, measured: &mut Vec<Measured>, asked: &mut Vec<Asked>) -> anyhow::Result<Option<Server>> {
        let chosen: Vec<&Engine> = SERVED.iter().filter(|engine| self.is_chosen(engine)).collect();
        if chosen.is_empty() || self.times > self.arguments.served {
            return Ok(None);
        }
        let (program, data) = (&self.arguments.program, self.folder.join("data"));
        let build = self.is_built_anew(&data).then(|| http::ingest(program, &self.laws, &data)).transpose()?;
        let server = Server::start(program, &data, self.arguments.listen)?;
        for engine in chosen {
            measured.push(Measured::new(*engine, build));
            asked.push(Asked::Served(server.connect(engine.path(), &self.queries)?));
        }
        Ok(Some(server))
    }

    fn is_chosen(&self, engine: &Engine) -> bool {
        self.arguments.only.is_empty() || self.arguments.only.iter().any(|code| code == engine.code)
    }

    fn is_built_anew(&self, folder: &Path) -> bool {
        !self.arguments.keep || !folder.exists()
    }

    /// What is found beside what a plain reading finds.
    fn compare(&self, measured: &mut [Measured], asked: &mut [Asked]) -> anyhow::Result<()> {
        for kind in [Kind::And, Kind::Phrase] {
            let truth = scan::counts(&self.laws, &self.queries, kind);
            for (measured, asked) in measured.iter_mut().zip(&mut *asked) {
                if let Asked::Side(side) = asked {
                    measured.exact.insert(kind, scan::recall(&truth, &side.counts(kind)?));
                }
            }
        }
        Ok(())
    }

    /// Asks every query of every engine once. Engines take turns at each kind; who begins changes with the round.
    fn ask_all(
        &self,
        round: usize,
        counts: bool,
        measured: &mut [Measured],
        asked: &mut [Asked],
    ) -> anyhow::Result<()> {
        for kind in Kind::ALL {
            for turn in 0..asked.len() {
                let at = (turn + round) % asked.len();
                let (Some(measured), Some(asked)) = (measured.get_mut(at), asked.get_mut(at)) else { continue };
                let times = match asked {
                    Asked::Side(side) => side.times(self.arguments.clock, kind)?,
                    Asked::Served(connection) => connection.times(self.arguments.clock, kind)?,
                };
                if counts {
                    measured.times.entry(kind).or_default().push(times);
                }
            }
        }
        Ok(())
    }
}
