//! `policyglot terms edit`: what people do to the termbase, its history, and undo.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use corpus::document::Language;
use corpus::edit::{Deed, Edit};
use corpus::term::{Concept, Status, Term};

use crate::cli::output;
use crate::data::Data;
use crate::terms::editing::{self, Change, Refused, Seen};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    #[command(subcommand)]
    command: EditCommand,
    /// The data folder
    #[arg(long, global = true, value_name = "DIR", default_value = "./data", env = "POLICYGLOT_DATA")]
    data: PathBuf,
    /// Who edits: the history keeps the name
    #[arg(long, global = true, value_name = "NAME", default_value = "reviewer", env = "POLICYGLOT_NAME")]
    by: String,
}

#[derive(Debug, Subcommand)]
enum EditCommand {
    /// Make a concept
    Create {
        /// Its Chinese designation
        #[arg(long, value_name = "TERM", required_unless_present = "en")]
        zh: Option<String>,
        /// Its English designation
        #[arg(long, value_name = "TERM")]
        en: Option<String>,
        /// The status of both
        #[arg(long, value_enum, default_value = "preferred")]
        status: StatusName,
        /// Its subject field: a topic's identifier, or words of your own
        #[arg(long)]
        subject: Option<String>,
        /// What else is to be said of it
        #[arg(long)]
        note: Option<String>,
    },
    /// Give designations a status; `policyglot terms show` gives their numbers
    SetStatus {
        /// The status
        #[arg(value_enum)]
        status: StatusName,
        /// The designations' numbers
        #[arg(required = true, value_name = "TERM")]
        terms: Vec<i64>,
    },
    /// Put concepts into another one
    Merge {
        /// The concept that stays
        into: i64,
        /// Those that go into it
        #[arg(required = true)]
        from: Vec<i64>,
    },
    /// Make a concept of its own of some designations
    Split {
        /// The concept
        concept: i64,
        /// The numbers of the designations that leave it
        #[arg(required = true, value_name = "TERM")]
        terms: Vec<i64>,
    },
    /// Print the history of a concept, or of all, the latest first
    History {
        /// The concept
        concept: Option<i64>,
        /// How many edits
        #[arg(long, default_value_t = 50)]
        limit: usize,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Take an edit back; taking that back does it again
    Undo {
        /// The edit's number, from the history
        edit: i64,
    },
    /// Take back all edits that were made in one go, such as an import
    UndoBatch {
        /// The number of their first
        batch: i64,
    },
}

/// A status as it is typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum StatusName {
    Preferred,
    Admitted,
    Candidate,
    Superseded,
    Deprecated,
    Rejected,
}

impl From<StatusName> for Status {
    fn from(name: StatusName) -> Self {
        match name {
            StatusName::Preferred => Self::Preferred,
            StatusName::Admitted => Self::Admitted,
            StatusName::Candidate => Self::Candidate,
            StatusName::Superseded => Self::Superseded,
            StatusName::Deprecated => Self::Deprecated,
            StatusName::Rejected => Self::Rejected,
        }
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let data = Data::open(&args.data)?;
    let edits = match &args.command {
        EditCommand::History { concept, limit, json } => {
            let edits = data.with_store(|store| Ok(store.history(*concept, None, *limit)?))?;
            if *json {
                output::json(&edits)?;
            } else {
                output::data(&edits.iter().map(told).collect::<String>())?;
            }
            return Ok(ExitCode::SUCCESS);
        }
        EditCommand::Undo { edit } => vec![editing::undo(&data, *edit, &args.by)?],
        EditCommand::UndoBatch { batch } => editing::undo_batch(&data, *batch, &args.by)?,
        EditCommand::Create { zh, en, status, subject, note } => {
            let concept = created(zh.as_deref(), en.as_deref(), (*status).into(), subject.clone(), note.clone())?;
            vec![edit(&data, &Deed::Create { concept }, &[], &args.by)?]
        }
        EditCommand::SetStatus { status, terms } => {
            let deed = Deed::SetStatus { terms: terms.clone(), status: (*status).into() };
            vec![edit(&data, &deed, &[], &args.by)?]
        }
        EditCommand::Merge { into, from } => {
            let deed = Deed::Merge { into: *into, from: from.clone() };
            let concepts: Vec<i64> = from.iter().chain([into]).copied().collect();
            vec![edit(&data, &deed, &concepts, &args.by)?]
        }
        EditCommand::Split { concept, terms } => {
            let deed = Deed::Split { concept: *concept, terms: terms.clone() };
            vec![edit(&data, &deed, &[*concept], &args.by)?]
        }
    };
    output::data(&edits.iter().map(told).collect::<String>())?;
    Ok(ExitCode::SUCCESS)
}

fn created(
    zh: Option<&str>,
    en: Option<&str>,
    status: Status,
    subject: Option<String>,
    note: Option<String>,
) -> anyhow::Result<Concept> {
    let terms = [(zh, Language::Zh), (en, Language::En)].into_iter();
    let terms = terms.filter_map(|(text, language)| Some(Term::new(text?.trim(), language, status)));
    let concept = Concept { subject, note, terms: terms.collect(), ..Concept::default() };
    let faults: Vec<String> = editing::check(&concept).iter().map(ToString::to_string).collect();
    anyhow::ensure!(faults.is_empty(), "the concept was not made: {}", faults.join("; "));
    Ok(concept)
}

/// Does a deed to concepts that must be there.
fn edit(data: &Data, deed: &Deed, concepts: &[i64], by: &str) -> anyhow::Result<Edit> {
    let seen: Vec<Seen> = concepts.iter().map(|concept| Seen { concept: *concept, mark: String::new() }).collect();
    match editing::edit(data, deed, &seen, by)? {
        Ok(edit) => Ok(edit),
        Err(Refused::Missing(concept) | Refused::Changed(concept)) => {
            anyhow::bail!("there is no concept {concept}; find it with `policyglot terms lookup`")
        }
    }
}

/// An edit in a line, and a line for each field that it changed.
fn told(edit: &Edit) -> String {
    let mut told = format!("#{}\t{}\t{}\t{}", edit.id, edit.at, edit.by, edit.deed);
    if let Some(undoes) = edit.undoes {
        told.push_str(&format!(" of #{undoes}"));
    }
    if let Some(by) = edit.undone_by {
        told.push_str(&format!(", taken back by #{by}"));
    }
    told.push('\n');
    for change in editing::changes(edit) {
        told.push_str(&line(&change));
    }
    told
}

fn line(change: &Change) -> String {
    let what = serde_json::to_string(&change.what).unwrap_or_default().replace(['"', '_'], " ");
    let what = what.trim();
    let designation = change.designation.as_ref().map_or(String::new(), |designation| format!(" of '{designation}'"));
    let said = |said: &Option<String>| said.as_ref().map_or_else(|| "nothing".to_owned(), |said| format!("'{said}'"));
    let (before, after) = (said(&change.before), said(&change.after));
    format!("\tconcept {}: {what}{designation}: {before} -> {after}\n", change.concept)
}
