//! The command line. Data goes to standard output, messages to standard error.

mod access;
mod align;
mod bitext;
mod config;
mod corpus_commands;
mod deliver;
mod extract;
mod facts;
mod generated;
mod ingest;
mod inspect;
mod instruments;
mod one_file;
mod output;
mod pair;
mod remine;
mod reocr;
mod reread;
mod search;
mod serve;
mod settled;
mod similar;
mod terms;
mod topics;
mod watch;

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use tracing_subscriber::EnvFilter;

use crate::config::Config;
use crate::ocr::{Asked, Engine, EngineName, Missing};

/// Reads Chinese and English standards and policy documents: aligned terms, search in both languages, alerts.
#[derive(Debug, Parser)]
#[command(name = "policyglot", version, max_term_width = 100)]
pub struct Cli {
    /// The file of settings; by default policyglot.toml in the data folder [env: POLICYGLOT_CONFIG]
    // Read before the rest (`settled`).
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// How messages about what happens are written to standard error
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        default_value = "text",
        global = true,
        env = "POLICYGLOT_LOG_FORMAT"
    )]
    log_format: LogFormat,
    #[command(subcommand)]
    command: Command,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    /// Lines for people.
    Text,
    /// A JSON object a line.
    Json,
}

/// Where the store, the index and the files are.
#[derive(Debug, Args)]
struct DataFolder {
    /// The data folder
    #[arg(long, value_name = "DIR", default_value = "./data", env = "POLICYGLOT_DATA")]
    data: PathBuf,
}

/// Which OCR engine reads scans.
#[derive(Debug, Args)]
struct OcrEngine {
    /// The OCR engine
    #[arg(long, value_enum, value_name = "ENGINE", default_value = "auto", env = "POLICYGLOT_OCR_ENGINE")]
    ocr_engine: EngineName,
    /// A folder with PP-OCR's models (.onnx); by default policyglot/models in your data folder (XDG_DATA_HOME)
    #[arg(long, value_name = "DIR", env = "POLICYGLOT_OCR_MODELS")]
    ocr_models: Option<PathBuf>,
}

impl OcrEngine {
    fn choose(&self) -> Result<Engine, Missing> {
        crate::ocr::choose(&Asked { engine: self.ocr_engine, models: self.ocr_models.clone() })
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Ingest the sample corpus and serve it
    Demo(serve::ServeArgs),
    /// Read files and folders into the corpus
    Ingest(ingest::IngestArgs),
    /// Print the text of one file
    Extract(extract::ExtractArgs),
    /// Print what one document says of itself
    Inspect(inspect::InspectArgs),
    /// Export facts over the whole corpus
    Facts {
        #[command(subcommand)]
        command: facts::FactsCommand,
    },
    /// Align two texts: sentence beads, or word links
    Align(align::AlignArgs),
    /// Mine, look up and list terms
    Terms {
        #[command(subcommand)]
        command: terms::TermsCommand,
    },
    /// List, show and check the topics that documents are classed under
    Topics {
        #[command(subcommand)]
        command: topics::TopicsCommand,
    },
    /// List and print pairs of documents, and write them as translation memories
    Bitext {
        #[command(subcommand)]
        command: bitext::BitextCommand,
    },
    /// Search the corpus in both languages
    Search(search::SearchArgs),
    /// List the passages of other documents most like one of a document's
    Similar(similar::SimilarArgs),
    /// Track topics
    Watch {
        #[command(subcommand)]
        command: watch::WatchCommand,
    },
    /// List alerts, newest first
    Alerts(watch::AlertsArgs),
    /// List what was sent of alerts, or is to be, and send again what failed
    Deliveries(watch::DeliveriesArgs),
    /// Send the alerts that are due, once; `policyglot serve` does so all the time
    Deliver(deliver::DeliverArgs),
    /// Serve pages and the API
    Serve(serve::ServeArgs),
    /// Give and revoke the tokens that the server lets people and programs in with
    Token {
        #[command(subcommand)]
        command: access::TokenCommand,
    },
    /// List what was changed over the web and who did, newest first
    Audit(access::AuditArgs),
    /// List the documents of the corpus
    Documents(corpus_commands::DocumentsArgs),
    /// List instruments: the versions, drafts, annexes, translations and reports of one policy
    Instruments(instruments::InstrumentsArgs),
    /// Set or forbid two documents as translations of each other, explain or list pairs
    Pair(pair::PairArgs),
    /// Read waiting pages with an OCR engine: scans, and fonts that carry no text
    Reocr(reocr::ReocrArgs),
    /// Read documents again from their kept files, as this version reads them
    Reread(reread::RereadArgs),
    /// Build the search index anew from the store, or check it
    Reindex(corpus_commands::ReindexArgs),
    /// Pair, align and mine all documents anew
    Realign(DataFolder),
    /// Align and mine all pairs anew with what all of them teach, and tell what that changes
    Remine(remine::RemineArgs),
    /// Print every setting with its value and where it comes from, or check a file of settings
    Config(config::ConfigArgs),
    /// Print the completions of this command line for a shell
    Completions(generated::CompletionsArgs),
    /// Write manual pages, one for each command
    Man(generated::ManArgs),
    /// Read files for another policyglot: requests on standard input, answers on standard output
    #[command(hide = true)]
    Worker {
        /// Address space, in bytes
        #[arg(long)]
        memory: u64,
        /// CPU time for one task, in seconds
        #[arg(long)]
        cpu_seconds: u64,
        /// Leave the processor to others
        #[arg(long)]
        in_background: bool,
    },
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    /// A table for a person.
    Table,
    /// JSON for a program.
    Json,
}

/// Runs the command that was given.
///
/// # Errors
/// When the command cannot do its work; what is wrong with single files is reported by the command itself.
pub fn run(cli: Cli, config: &Config) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Demo(args) => serve::demo(&args, config),
        Command::Ingest(args) => ingest::ingest(&args),
        Command::Extract(args) => extract::extract(&args),
        Command::Inspect(args) => inspect::inspect(&args),
        Command::Facts { command } => facts::run(&command),
        Command::Align(args) => align::align(&args),
        Command::Terms { command } => terms::run(&command),
        Command::Topics { command } => topics::run(&command),
        Command::Bitext { command } => bitext::run(&command),
        Command::Search(args) => search::search(&args),
        Command::Similar(args) => similar::similar(&args),
        Command::Watch { command } => watch::run(&command),
        Command::Alerts(args) => watch::alerts(&args),
        Command::Deliveries(args) => watch::deliveries(&args),
        Command::Deliver(args) => deliver::deliver(&args, config),
        Command::Serve(args) => serve::serve(&args, config),
        Command::Token { command } => access::token(&command),
        Command::Audit(args) => access::audit(&args),
        Command::Documents(args) => corpus_commands::documents(&args),
        Command::Instruments(args) => instruments::instruments(&args),
        Command::Pair(args) => pair::pair(&args),
        Command::Reocr(args) => reocr::reocr(&args),
        Command::Reread(args) => reread::run(&args),
        Command::Reindex(args) => corpus_commands::reindex(&args),
        Command::Realign(data) => corpus_commands::realign(&data.data),
        Command::Remine(args) => remine::run(&args),
        Command::Config(args) => config::run(&args, config),
        Command::Completions(args) => generated::completions(&args),
        Command::Man(args) => generated::man(&args),
        Command::Worker { memory, cpu_seconds, in_background } => {
            if in_background {
                crate::workers::give_way();
            }
            crate::workers::run(memory, std::time::Duration::from_secs(cpu_seconds))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Reads the command line of this process, and what its environment and the file of settings say. Where it is no
/// command line, or asks for help, this is said and the process ends.
///
/// # Errors
/// When environment or file cannot be used.
pub fn read() -> anyhow::Result<(Cli, Config)> {
    let read = settled::settle(std::env::args_os().collect(), &|name| std::env::var(name).ok());
    read.map_err(|unsettled| match unsettled {
        settled::Unsettled::Usage(error) => error.exit(),
        settled::Unsettled::Config(error) => error.into(),
    })
}

/// Has warnings, or what the settings ask for, written to standard error.
///
/// # Errors
/// When the setting cannot be used.
pub fn log_to_standard_error(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(config.value("POLICYGLOT_LOG")?)?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.value("POLICYGLOT_LOG_FORMAT")? == "json" {
        log.json().flatten_event(true).with_span_list(false).init();
    } else {
        log.with_ansi(std::io::stderr().is_terminal()).init();
    }
    Ok(())
}

/// Says on standard error why a command failed, causes included.
pub fn complain(error: &anyhow::Error) {
    output::message(&format!("error: {error:#}"));
}

#[cfg(test)]
mod tests;
