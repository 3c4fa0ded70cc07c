//! `policyglot terms`: mine two texts, look up the termbase, list it.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use corpus::document::Language;
use corpus::facts::Facts;
use corpus::store::Lookup;
use corpus::term::Concept;
use ingest::align::Knowledge;
use ingest::terms::{MinedBitext, mine};

use super::align::{beads_of, lines, text};
use super::{DataFolder, ListFormat, output};
use crate::data::Data;

#[derive(Debug, Subcommand)]
pub(super) enum TermsCommand {
    /// Print the term pairs of a bitext, best first: Chinese, English, confidence, and whether they are given,
    /// recurrent or single
    Mine {
        /// The Chinese and the English text, a sentence a line
        #[arg(long, num_args = 2, value_names = ["ZH", "EN"], required = true)]
        bitext: Vec<PathBuf>,
    },
    /// Find a term, in either language
    Lookup {
        /// A term or a part of it
        term: String,
        #[command(flatten)]
        data: DataFolder,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
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
        TermsCommand::Lookup { term, data, json } => lookup(data, term, *json),
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

/// Exit status 0: found; 1: nothing found.
fn lookup(data: &DataFolder, term: &str, json: bool) -> anyhow::Result<ExitCode> {
    let concepts = Data::open(&data.data)?.with_store(|store| Ok(store.lookup(term, Lookup::Substring, 20)?))?;
    print(&concepts, json)?;
    if concepts.is_empty() {
        output::message(&format!("no term has '{term}' in it"));
        return Ok(ExitCode::from(1));
    }
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
