//! End-to-end scenarios: the program as its users run it, on a data folder of its own.

mod receiver;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub use receiver::{Answer, Message, Receiver};

/// The program with a fresh data folder.
#[derive(Debug)]
pub struct Program {
    path: PathBuf,
    folder: TempDir,
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Ended {
    /// The exit status; `None` after a signal.
    pub status: Option<i32>,
    /// What it wrote to standard output.
    pub data: String,
    /// What it wrote to standard error.
    pub messages: String,
}

impl Ended {
    #[expect(clippy::unwrap_used, reason = "a test whose program cannot be started has failed")]
    fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        Self {
            status: output.status.code(),
            data: String::from_utf8_lossy(&output.stdout).into_owned(),
            messages: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Program {
    /// A program with an empty data folder; `path` is `env!("CARGO_BIN_EXE_policyglot-under-test")`.
    ///
    /// # Panics
    /// When no temporary folder can be made.
    #[expect(clippy::unwrap_used, reason = "a test that cannot make a folder has failed")]
    pub fn new(path: &str) -> Self {
        Self { path: PathBuf::from(path), folder: TempDir::with_prefix("policyglot").unwrap() }
    }

    /// A program whose data folder holds the sample corpus.
    ///
    /// # Panics
    /// When the sample cannot be ingested.
    pub fn with_sample(path: &str) -> Self {
        let program = Self::new(path);
        let ended = program.run(&["ingest", &sample("pdf")]);
        assert_eq!(ended.status, Some(0), "{}", ended.messages);
        program
    }

    /// A folder for files of the test's own, removed with the data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Runs a command to its end.
    ///
    /// # Panics
    /// When the program cannot be started.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        Ended::of(&mut self.command(arguments))
    }

    /// Runs a command to its end as where no OCR engine is installed.
    ///
    /// # Panics
    /// When the program cannot be started.
    pub fn run_without_engine(&self, arguments: &[&str]) -> Ended {
        Ended::of(self.command(arguments).env("POLICYGLOT_OCR", "auto").env("PATH", self.folder()))
    }

    /// Runs a command to its end with the OCR engine that is installed.
    ///
    /// # Panics
    /// When the program cannot be started.
    pub fn run_with_engine(&self, arguments: &[&str]) -> Ended {
        Ended::of(self.command(arguments).env("POLICYGLOT_OCR", "auto"))
    }

    /// Runs a command that prints JSON.
    ///
    /// # Panics
    /// When it prints anything else.
    #[expect(clippy::panic, reason = "a test whose program prints no JSON has failed")]
    pub fn json(&self, arguments: &[&str]) -> Value {
        let ended = self.run(arguments);
        match serde_json::from_str(&ended.data) {
            Ok(value) => value,
            Err(error) => panic!("{arguments:?} printed no JSON ({error}): {}", ended.messages),
        }
    }

    /// The command, to be started by the test.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.path);
        command.args(arguments).env("POLICYGLOT_DATA", self.data()).current_dir(self.folder()).stdin(Stdio::null());
        // What is installed on this machine changes nothing, unless a test asks for it.
        command.env("POLICYGLOT_OCR", "never").env("XDG_DATA_HOME", self.folder());
        command.env_remove("POLICYGLOT_OCR_ENGINE").env_remove("POLICYGLOT_OCR_MODELS");
        command
    }
}

/// A path in the sample corpus.
pub fn sample(below: &str) -> String {
    format!("{}/../corpus/sample/{below}", env!("CARGO_MANIFEST_DIR"))
}
