//! `policyglot terms review`: the queue as a table, TSV or JSON, and decisions from arguments or a file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use corpus::store::{QueueFilter, QueueOrder, Store, WaitingPair};
use serde::Serialize;

use crate::Error;
use crate::cli::{DataFolder, output};
use crate::data::Data;
use crate::terms::review::{Decision, Judgement, Outcome, Pair, Plan, Stale, tier_named, today};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    #[command(flatten)]
    data: DataFolder,
    /// Accept a rendering as preferred: the number of its concept and the English designation
    #[arg(long, value_name = "CONCEPT:TERM", num_args = 1..)]
    accept: Vec<String>,
    /// Accept a rendering as admitted
    #[arg(long, value_name = "CONCEPT:TERM", num_args = 1..)]
    admit: Vec<String>,
    /// Reject a rendering; mining does not bring it back
    #[arg(long, value_name = "CONCEPT:TERM", num_args = 1..)]
    reject: Vec<String>,
    /// Read decisions from a file of tab-separated values with the columns concept, zh, en and decision (prefer, admit,
    /// reject, reject_term, skip), such as `--format tsv` prints; a line without a decision is left alone
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Take back a batch of decisions by its number
    #[arg(long, value_name = "BATCH", conflicts_with_all = ["accept", "admit", "reject", "decisions"])]
    undo: Option<i64>,
    /// Who decides
    #[arg(long, value_name = "NAME", default_value = "reviewer")]
    by: String,
    /// Only what such evidence stands behind: given, recurrent, single
    #[arg(long)]
    tier: Option<String>,
    /// The least confidence, from 0 to 1
    #[arg(long, value_name = "CONFIDENCE", default_value_t = 0.0)]
    least: f32,
    /// Only pairs that were seen in this document
    #[arg(long, value_name = "ID")]
    document: Option<i64>,
    /// Only pairs of which a side holds this text
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
    /// What comes first
    #[arg(long, value_enum, default_value = "confidence")]
    order: Order,
    /// How many
    #[arg(long, default_value_t = 50)]
    limit: usize,
    /// How many to leave out at the beginning
    #[arg(long, default_value_t = 0)]
    offset: usize,
    /// The form of the output
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Order {
    /// The surest.
    Confidence,
    /// The one seen most often.
    Frequency,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A table for a person.
    Table,
    /// Tab-separated values, to be filled in and given to --decisions.
    Tsv,
    /// JSON for a program.
    Json,
}

/// A candidate as it is listed.
#[derive(Serialize)]
struct Line {
    concept: i64,
    zh: String,
    en: String,
    confidence: f32,
    count: u32,
    tier: &'static str,
}

/// Exit status 0: listed or decided; 1: decisions that were changed meanwhile, so that none was done.
pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let judgements = judgements(args)?;
    let data = Data::open(&args.data.data)?;
    if let Some(batch) = args.undo {
        let edits = data.with_store(|store| Ok(store.undo_batch(batch, &args.by, &crate::now())?))?;
        output::message(&format!("batch {batch} is taken back: {} edits", edits.len()));
        return Ok(ExitCode::SUCCESS);
    }
    match judgements {
        Some(judgements) => decide(&data, judgements, &args.by),
        None => list(&data, args),
    }
}

fn list(data: &Data, args: &Args) -> anyhow::Result<ExitCode> {
    let filter = QueueFilter {
        least_confidence: args.least,
        tier: args.tier.as_deref().map(tier_named).transpose()?,
        document: args.document,
        text: args.text.clone(),
        order: match args.order {
            Order::Confidence => QueueOrder::Confidence,
            Order::Frequency => QueueOrder::Frequency,
        },
    };
    let (pairs, counts) = data.with_store(|store| {
        Ok((store.review_queue(&filter, args.limit, args.offset)?, store.queue_counts(&filter, &today())?))
    })?;
    let lines: Vec<Line> = pairs.into_iter().map(line).collect();
    match args.format {
        Form::Json => output::json(&lines)?,
        Form::Tsv => output::data(&tsv(&lines))?,
        Form::Table => output::data(&table(&lines))?,
    }
    output::message(&format!("{} of {} waiting, {} decided today", lines.len(), counts.waiting, counts.today));
    Ok(ExitCode::SUCCESS)
}

fn line(pair: WaitingPair) -> Line {
    let WaitingPair { concept, zh, en, tier } = pair;
    Line { concept, zh: zh.text, confidence: en.confidence, count: en.count, en: en.text, tier: tier.name() }
}

const COLUMNS: [&str; 7] = ["concept", "zh", "en", "confidence", "count", "tier", "decision"];

fn cells(line: &Line) -> [String; 6] {
    let Line { concept, zh, en, confidence, count, tier } = line;
    let one_line = |text: &str| text.replace(['\t', '\n', '\r'], " ");
    [concept.to_string(), one_line(zh), one_line(en), format!("{confidence:.2}"), count.to_string(), (*tier).to_owned()]
}

fn table(lines: &[Line]) -> String {
    let [concept, zh, en, confidence, count, tier, _] = COLUMNS;
    output::table([concept, zh, en, confidence, count, tier], lines.iter().map(cells))
}

/// The last column is left to be filled in.
fn tsv(lines: &[Line]) -> String {
    let mut text = COLUMNS.join("\t") + "\n";
    for line in lines {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}\t", cells(line).join("\t"));
    }
    text
}

/// The decisions that the arguments ask for; `None` where they ask for none.
fn judgements(args: &Args) -> anyhow::Result<Option<Vec<Judgement>>> {
    let given = [(&args.accept, "prefer"), (&args.admit, "admit"), (&args.reject, "reject")];
    let mut judgements = Vec::new();
    for (pairs, name) in given {
        for pair in pairs {
            judgements.push(Judgement { pair: pair_of(pair)?, decision: decision(name)? });
        }
    }
    let Some(path) = &args.decisions else {
        return Ok(Some(judgements).filter(|judgements| !judgements.is_empty()));
    };
    let text = crate::cli::align::text(path)?;
    judgements.extend(from_tsv(path, &text)?);
    Ok(Some(judgements))
}

fn decision(name: &str) -> Result<Decision, Error> {
    let plain = Decision::PLAIN.join(", ");
    Decision::from_name(name).ok_or_else(|| Error::Input(format!("there is no decision '{name}'; say one of {plain}")))
}

fn pair_of(argument: &str) -> anyhow::Result<Pair> {
    let parts = argument.split_once(':').and_then(|(concept, en)| Some((concept.trim().parse().ok()?, en.trim())));
    let Some((concept, en)) = parts.filter(|(_, en)| !en.is_empty()) else {
        anyhow::bail!(
            "'{argument}' names no rendering; write the concept's number, a colon and the English designation"
        );
    };
    Ok(Pair { concept, zh: None, en: en.to_owned() })
}

/// The decisions of a table with a head; columns may come in any order, and others are not looked at.
fn from_tsv(path: &Path, text: &str) -> anyhow::Result<Vec<Judgement>> {
    let mut lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate();
    let head: Vec<&str> = lines.next().map_or(Vec::new(), |(_, head)| head.split('\t').map(str::trim).collect());
    let column = |name: &str| head.iter().position(|head| *head == name);
    let (Some(concept), Some(zh), Some(en), Some(decided)) =
        (column("concept"), column("zh"), column("en"), column("decision"))
    else {
        anyhow::bail!("{}: the first line must name the columns concept, zh, en and decision", path.display());
    };
    let mut judgements = Vec::new();
    for (index, line) in lines {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let cell = |column: usize| cells.get(column).copied().unwrap_or_default();
        if cell(decided).is_empty() {
            continue;
        }
        let at = |problem: &str| anyhow::anyhow!("{}, line {}: {problem}", path.display(), index + 1);
        let number = cell(concept).parse().map_err(|_| at("the concept is no number"))?;
        let decision = decision(cell(decided)).map_err(|error| at(&error.to_string()))?;
        let pair = Pair { concept: number, zh: Some(cell(zh).to_owned()), en: cell(en).to_owned() };
        judgements.push(Judgement { pair, decision });
    }
    Ok(judgements)
}

fn decide(data: &Data, judgements: Vec<Judgement>, by: &str) -> anyhow::Result<ExitCode> {
    let done = data.with_store(|store| done(store, judgements, by))?;
    let outcome = match done {
        Ok(outcome) => outcome,
        Err(stale) => {
            for Stale { judgement: Judgement { pair, .. }, why } in &stale {
                output::message(&format!("concept {}, '{}': {why}", pair.concept, pair.en));
            }
            output::message("nothing was done; take these out, or list the queue anew, and try again");
            return Ok(ExitCode::from(1));
        }
    };
    let Outcome { batch, decided, already, put_off, .. } = outcome;
    output::message(&format!("{decided} decided, {already} decided so already, {put_off} put off"));
    if let Some(batch) = batch {
        output::data(&format!("{batch}\n"))?;
        output::message(&format!("batch {batch}; take it back with: policyglot terms review --undo {batch}"));
    }
    Ok(ExitCode::SUCCESS)
}

fn done(store: &mut Store, judgements: Vec<Judgement>, by: &str) -> Result<Result<Outcome, Vec<Stale>>, Error> {
    let plan = Plan::new(store, judgements)?;
    if !plan.stale.is_empty() {
        return Ok(Err(plan.stale));
    }
    Ok(Ok(plan.carry_out(store, by, &crate::now())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let told = match from_tsv(Path::new("d.tsv"), text) {
            Ok(judgements) => judgements
                .iter()
                .map(|judgement| {
                    let Pair { concept, zh, en } = &judgement.pair;
                    format!("{concept} {} {en} {}", zh.as_deref().unwrap_or("-"), judgement.decision.name())
                })
                .collect::<Vec<_>>()
                .join("; "),
            Err(error) => error.to_string(),
        };
        assert_eq!(told, expected);
    }

    #[test]
    fn decisions_are_read_from_the_table_that_is_printed() {
        let line = Line {
            concept: 7,
            zh: "水位".to_owned(),
            en: "water level".to_owned(),
            confidence: 0.5,
            count: 3,
            tier: "single",
        };
        let printed = tsv(&[line]);
        assert_eq!(
            printed,
            "concept\tzh\ten\tconfidence\tcount\ttier\tdecision\n7\t水位\twater level\t0.50\t3\tsingle\t\n"
        );
        check(&printed, "");
        check(&printed.replace("single\t", "single\tprefer"), "7 水位 water level prefer");
        check("decision\ten\tzh\tconcept\r\nreject\ttide\t潮\t2\r\n", "2 潮 tide reject");
    }

    #[test]
    fn a_table_that_cannot_be_read_says_where() {
        check("", "d.tsv: the first line must name the columns concept, zh, en and decision");
        check("concept\tzh\ten\tdecision\nx\t潮\ttide\tprefer", "d.tsv, line 2: the concept is no number");
        check(
            "concept\tzh\ten\tdecision\n1\t潮\ttide\tmaybe",
            "d.tsv, line 2: there is no decision 'maybe'; say one of prefer, admit, reject, reject_term, skip",
        );
    }

    #[test]
    fn a_rendering_is_named_by_its_concept_and_its_text() {
        let pair = pair_of("12: ratio 3:1").unwrap();
        assert_eq!((pair.concept, pair.en.as_str()), (12, "ratio 3:1"));
        assert!(pair_of("water level").is_err() && pair_of("12:").is_err());
    }
}
