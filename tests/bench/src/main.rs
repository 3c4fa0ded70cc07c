//! How fast search is beside Lucene and SQLite FTS5: see the README beside this crate.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the table is what the program is for")]

mod collection;
mod engine;
mod fts5;
mod http;
mod ours;
mod report;
mod run;
mod scan;
mod side;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(about = "Measures search beside Lucene and SQLite FTS5")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build every index, ask every query, print a table and write JSON
    Run(run::RunArguments),
    /// Build an index (for `run`)
    #[command(hide = true)]
    Index { engine: String, docs: PathBuf, folder: PathBuf },
    /// Answer queries (for `run`)
    #[command(hide = true)]
    Ask { engine: String, folder: PathBuf, queries: PathBuf },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Index { engine, docs, folder } => {
            match engine.as_str() {
                "ours" | "ours-documents" => ours::build(&docs, &folder)?,
                engine => fts5::build(&docs, &folder, engine == "fts5-merged")?,
            }
            println!("{}", side::cpu_time());
            Ok(())
        }
        Command::Ask { engine, folder, queries } => match engine.as_str() {
            "ours" => side::serve(&ours::Ours::open(&folder, true)?, &queries),
            // As the others answer: which documents, without their passages and facets.
            "ours-documents" => side::serve(&ours::Ours::open(&folder, false)?, &queries),
            _ => side::serve(&fts5::Fts5::open(&folder)?, &queries),
        },
    }
}
