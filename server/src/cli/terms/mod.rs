//! `policyglot terms`: mine two texts, look up the termbase, mark and check texts, review, exchange.

mod changes;
mod check;
mod concordance;
mod edit;
mod export;
mod import;
mod lookup;
mod mark;
mod review;
mod show;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use corpus::document::Language;
use corpus::facts::Facts;
use corpus::term::Concept;
use ingest::align::Knowledge;
use ingest::terms::{MinedBitext, mine};

use crate::cli::align::{beads_of, lines, text};
use crate::cli::{DataFolder, ListFormat, output};
use crate::data::Data;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum TermsCommand {
    /// Print the term pairs of a bitext, best first: Chinese, English, confidence, and whether they are given,
    /// recurrent or single
    Mine {
        /// The Chinese and the English text, a sentence a line
        #[arg(long, num_args = 2, value_names = ["ZH", "EN"], required = true)]
        bitext: Vec<PathBuf>,
    },
    /// Find a term in either language: by a part, pinyin, other word order, or almost
    Lookup(lookup::Args),
    /// Print a concept: what is said of it, and how its designations were used
    Show(show::Args),
    /// Mark the terms of a text
    Mark(mark::Args),
    /// Check a draft translation against the termbase
    Check(check::Args),
    /// List candidates that wait, and decide on them
    Review(review::Args),
    /// Make, change, merge and split concepts; the history of edits, and undo
    Edit(edit::Args),
    /// Write the termbase as TBX, TMX, CSV, XLSX, OmegaT glossary, SKOS or JSON Lines
    Export(export::Args),
    /// Read a file of terms into the termbase
    Import(import::Args),
    /// Print the sentence pairs with a phrase
    Concordance(concordance::Args),
    /// List terms that new documents render otherwise than before
    Changes(changes::Args),
    /// List the terms that were seen most often
    List {
        #[command(flatten)]
        data: DataFolder,
        /// How many
        #[arg(long, default_value_t = 50)]
        limit: usize,
        /// The form of the output
        #[arg(long, value_enum, default_value = "table")]
        format: ListFormat,
    },
}

pub(super) fn run(command: &TermsCommand) -> anyhow::Result<ExitCode> {
    match command {
        TermsCommand::Mine { bitext } => match bitext.as_slice() {
            [zh, en] => mine_texts(&text(zh)?, &text(en)?),
            _ => anyhow::bail!("--bitext takes a Chinese and an English text"),
        },
        TermsCommand::Lookup(args) => lookup::run(args),
        TermsCommand::Show(args) => show::run(args),
        TermsCommand::Mark(args) => mark::run(args),
        TermsCommand::Check(args) => check::run(args),
        TermsCommand::Review(args) => review::run(args),
        TermsCommand::Edit(args) => edit::run(args),
        TermsCommand::Export(args) => export::run(args),
        TermsCommand::Import(args) => import::run(args),
        TermsCommand::Concordance(args) => concordance::run(args),
        TermsCommand::Changes(args) => changes::run(args),
        TermsCommand::List { data, limit, format } => {
            let concepts = Data::open(&data.data)?.with_store(|store| Ok(store.concepts(*limit, 0)?))?;
            print(&concepts, *format == ListFormat::Json)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn mine_texts(zh: &str, en: &str) -> anyhow::Result<ExitCode> {
    let (zh, en) = (lines(zh), lines(en));
    let beads = beads_of(&zh, &en);
    let none = Facts::default();
    let bitext = MinedBitext { zh: &zh, en: &en, beads: &beads, zh_facts: &none, en_facts: &none };
    let mut table = String::new();
    for pair in mine(&bitext, Knowledge::of_dictionary()).pairs {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{}\t{}\t{:.4}\t{}", pair.zh, pair.en, pair.confidence, pair.tier().name());
    }
    output::data(&table)?;
    Ok(ExitCode::SUCCESS)
}

fn print(concepts: &[Concept], json: bool) -> anyhow::Result<()> {
    if json {
        return output::json(&concepts);
    }
    let side = |concept: &Concept, language| {
        let terms = concept.terms.iter().filter(|term| term.language == language);
        terms.map(|term| format!("{} ({})", term.text, term.count)).collect::<Vec<_>>().join("; ")
    };
    let rows = concepts
        .iter()
        .map(|concept| [concept.id.to_string(), side(concept, Language::Zh), side(concept, Language::En)]);
    Ok(output::data(&output::table(["concept", "Chinese", "English"], rows))?)
}
