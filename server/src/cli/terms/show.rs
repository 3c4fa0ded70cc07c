//! `policyglot terms show`.

use std::fmt::Write as _;
use std::process::ExitCode;

use corpus::term::{Concept, PartOfSpeech};

use crate::cli::{DataFolder, output};
use crate::data::Data;
use crate::terms::seen::{Documents, Use, by_year, span};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The concept's number
    concept: i64,
    #[command(flatten)]
    data: DataFolder,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Exit status 0: shown; 1: there is no such concept.
pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let found = Data::open(&args.data.data)?.with_store(|store| {
        let Some(concept) = store.whole_concept(args.concept)? else { return Ok(None) };
        Ok(Some((concept, Documents::default().uses(store, args.concept)?)))
    })?;
    let Some((concept, uses)) = found else {
        output::message(&format!("there is no concept {}; find it with `policyglot terms lookup`", args.concept));
        return Ok(ExitCode::from(1));
    };
    if args.json {
        output::json(&concept)?;
    } else {
        output::data(&told(&concept, &uses))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn told(concept: &Concept, uses: &[Use]) -> String {
    // Writing to a string cannot fail.
    let mut told = String::new();
    if let Some(subject) = &concept.subject {
        let _ = writeln!(told, "subject: {subject}");
    }
    for definition in &concept.definitions {
        let source = definition.source.as_ref().map_or(String::new(), |source| format!(" [{source}]"));
        let _ = writeln!(told, "definition: {}{source}", definition.text);
    }
    if let Some(note) = &concept.note {
        let _ = writeln!(told, "note: {note}");
    }
    let rows = concept.terms.iter().map(|term| {
        let own = || uses.iter().filter(|used| used.term == term.id);
        let years: Vec<String> = by_year(own()).iter().map(|(year, count)| format!("{year}: {count}")).collect();
        [
            term.id.to_string(),
            term.language.code().to_owned(),
            term.text.clone(),
            term.status.name().to_owned(),
            term.part_of_speech.map_or("", PartOfSpeech::name).to_owned(),
            term.count.to_string(),
            span(own()).map_or(String::new(), |(first, last)| format!("{first} to {last}")),
            years.join(", "),
        ]
    });
    let heads = ["number", "language", "designation", "status", "part of speech", "seen", "first and last", "by year"];
    told.push_str(&output::table(heads, rows));
    told
}
