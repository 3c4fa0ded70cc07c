//! What an import would do: for each entry whether it is added, changes a concept, brings nothing new or is skipped, and
//! why. Nothing is written until the plan is carried out, as one batch that can be undone.
//!
//! [`make`] goes through the entries in their order over the store and what earlier entries of the file have made: each
//! is made tidy (`prepare`), its concept is found (`find`), and what it says is put there
//! (`merge`).

mod drafts;
mod find;
mod merge;
mod prepare;
mod report;

#[cfg(test)]
mod tests;

use corpus::document::Language;
use corpus::edit::Deed;
use corpus::store::Store;
use corpus::term::Status;
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::data::Data;

use super::Imported;
use drafts::Drafts;
use find::Found;

pub use report::{Counts, fingerprint};

/// What a person wants done where a file leaves it open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wishes {
    /// What the file is called: where its designations are from, unless it says so itself.
    pub source: String,
    /// The status of designations for which the file gives none. Where it is said, candidates of the termbase that the
    /// file has get it too; where it is not, new designations are admitted and those that are there stay as they are.
    pub status: Option<Status>,
    /// Where file and termbase say different things, the file counts.
    pub overwrite: bool,
    /// What a reviewer has rejected may come back.
    pub readmit: bool,
    /// What becomes of an entry whose Chinese designation several concepts have, and none its English one.
    pub ambiguous: Ambiguous,
}

impl Wishes {
    /// The careful ones, for a file of that name.
    pub fn for_file(name: &str) -> Self {
        Self {
            source: name.to_owned(),
            status: None,
            overwrite: false,
            readmit: false,
            ambiguous: Ambiguous::default(),
        }
    }
}

/// What becomes of an entry that several concepts could be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Ambiguous {
    /// It is skipped and listed
    #[default]
    Skip,
    /// It becomes a concept of its own
    New,
}

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// What becomes of each entry, in the order of the file.
    pub lines: Vec<Line>,
    /// What is to be done, in that order; each deed is of another concept.
    pub deeds: Vec<Deed>,
}

/// What becomes of an entry.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "ImportEntry")]
pub struct Line {
    /// The line, row or entry in the file, counted from 1.
    pub line: usize,
    /// Its Chinese designations.
    pub zh: Vec<String>,
    /// Its English designations.
    pub en: Vec<String>,
    /// What becomes of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// What it would change in the concept that it is put to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// What it says otherwise than the termbase, which is kept.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// Designations of it that are left out, though the entry is not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
}

/// What becomes of an entry.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case", tag = "outcome")]
#[schemars(rename = "ImportOutcome")]
pub enum Outcome {
    /// A new concept.
    Added,
    /// A concept of the termbase is changed.
    Changed {
        /// Its number.
        concept: i64,
    },
    /// A concept of the termbase has all of it already.
    Unchanged {
        /// Its number.
        concept: i64,
    },
    /// It adds to the new concept that an earlier entry of the file makes.
    Joined {
        /// That entry's line.
        with: usize,
    },
    /// An earlier entry of the file says the same.
    Duplicate {
        /// That entry's line.
        of: usize,
    },
    /// Nothing is done with it.
    Skipped {
        /// Why.
        #[serde(flatten)]
        why: Why,
    },
}

/// Why an entry is skipped.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case", tag = "why")]
#[schemars(rename = "ImportWhy")]
pub enum Why {
    /// There is no Chinese designation.
    NoChinese,
    /// There is no English designation.
    NoEnglish,
    /// There is no designation.
    Empty,
    /// A designation is not in the language that the file says.
    OtherLanguage {
        /// The designation.
        text: String,
    },
    /// A designation is too long to be one.
    TooLong {
        /// How it begins.
        text: String,
    },
    /// A reviewer has rejected the pair.
    Rejected {
        /// The concept of which it was rejected.
        concept: i64,
    },
    /// Several concepts have the Chinese designation, and none of them the English one.
    Ambiguous {
        /// Those of the termbase.
        concepts: Vec<i64>,
    },
    /// The termbase cannot hold it.
    Refused {
        /// Why.
        text: String,
    },
}

/// A designation that is left out of an entry.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "ImportLeftOut")]
pub struct LeftOut {
    /// The designation.
    pub text: String,
    /// Why.
    #[serde(flatten)]
    pub why: Why,
}

/// Something that an entry changes.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "ImportChange")]
pub struct Change {
    /// What.
    pub what: What,
    /// The designation that it is of; `None` for what is said of the concept.
    pub of: Option<String>,
    /// What was there before, if anything.
    pub before: Option<String>,
    /// What is there after it.
    pub after: String,
}

/// Something that a file says otherwise than the termbase.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "ImportConflict")]
pub struct Conflict {
    /// What.
    pub what: What,
    /// The designation that it is of; `None` for what is said of the concept.
    pub of: Option<String>,
    /// What the file says.
    pub file: String,
    /// What the termbase says, which stays.
    pub termbase: String,
}

impl Conflict {
    /// Whether it is that a reviewer has rejected the designation.
    fn is_rejection(&self) -> bool {
        self.what == What::Status && self.termbase == Status::Rejected.name()
    }
}

/// What can be said of a concept and of a designation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "ImportField")]
pub enum What {
    /// A designation in that language.
    Designation(#[serde(serialize_with = "code")] Language),
    /// A status.
    Status,
    /// A part of speech.
    PartOfSpeech,
    /// When and how a designation is used.
    Usage,
    /// Where or by whom.
    Region,
    /// Where something is from.
    Source,
    /// Other spellings.
    Variants,
    /// The subject field.
    Subject,
    /// The definition in that language.
    Definition(#[serde(serialize_with = "code")] Language),
    /// What is said of the concept.
    Note,
    /// A field that has no place of its own.
    Field,
}

fn code<S: serde::Serializer>(language: &Language, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(language.code())
}

/// What importing a file would do to the termbase as it is.
///
/// # Errors
/// When the store cannot be read.
pub fn make(store: &Store, imported: &Imported, wishes: &Wishes) -> Result<Plan, Error> {
    let prepared: Vec<_> =
        imported.entries.iter().map(|entry| prepare::prepare(entry, imported.pairs, wishes)).collect();
    let mut drafts = Drafts::new(store, imported.pairs);
    for entry in prepared.iter().flatten() {
        drafts.claim(entry)?;
    }
    let mut plan = Plan::default();
    for (entry, prepared) in imported.entries.iter().zip(prepared) {
        let texts = |language| entry.concept.terms_in(language).map(|term| term.text.clone()).collect();
        let mut line = Line {
            line: entry.line,
            zh: texts(Language::Zh),
            en: texts(Language::En),
            outcome: Outcome::Added,
            changes: Vec::new(),
            conflicts: Vec::new(),
            left_out: Vec::new(),
        };
        line.outcome = match prepared {
            Err(why) => Outcome::Skipped { why },
            Ok(prepared) => place(&mut drafts, &prepared, wishes, &mut line)?,
        };
        plan.lines.push(line);
    }
    plan.deeds = drafts.deeds();
    Ok(plan)
}

/// Finds the concept of an entry and puts there what the entry says.
fn place(
    drafts: &mut Drafts<'_>,
    entry: &prepare::Prepared,
    wishes: &Wishes,
    line: &mut Line,
) -> Result<Outcome, Error> {
    line.left_out.clone_from(&entry.left_out);
    let key = match find::find(drafts, entry, wishes)? {
        Found::Nothing => return Ok(drafts.begin(entry, wishes)),
        Found::Ambiguous(_) if wishes.ambiguous == Ambiguous::New => return Ok(drafts.begin(entry, wishes)),
        Found::Ambiguous(concepts) => return Ok(Outcome::Skipped { why: Why::Ambiguous { concepts } }),
        Found::Rejected(concept) => return Ok(Outcome::Skipped { why: Why::Rejected { concept } }),
        Found::Draft(key) => key,
    };
    Ok(drafts.add(key, entry, wishes, line))
}

/// What was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "ImportApplied")]
pub struct Carried {
    /// The number by which all of it can be undone.
    pub batch: i64,
    /// How many concepts were made or changed.
    pub concepts: usize,
}

/// Carries a plan out, all of it or nothing, in the name of `by`; `now` is RFC 3339.
///
/// # Errors
/// When there is nothing to be done, and when the store cannot be written.
pub fn carry_out(data: &Data, plan: &Plan, by: &str, now: &str) -> Result<Carried, Error> {
    if plan.deeds.is_empty() {
        return Err(Error::Input(plan.counts().nothing()));
    }
    data.with_store(|store| {
        let edits = store.edit_all(&plan.deeds, by, now)?;
        let batch = edits.first().map_or(0, |edit| edit.batch);
        Ok(Carried { batch, concepts: edits.len() })
    })
}
