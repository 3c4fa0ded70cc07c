//! The data categories of TBX-Basic (ISO 30042:2019, modules Min and Basic): where each may stand, and with what in it.

use corpus::term::Status;

/// A part of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Concept,
    Language,
    Term,
}

/// How a category is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    TermNote,
    Admin,
    Descrip,
    Reference,
    Transaction,
    Link,
}

impl Shape {
    /// The element, and the element that groups it with what is said of it.
    pub(super) fn elements(self) -> (&'static str, &'static str) {
        match self {
            Self::TermNote => ("termNote", "termNoteGrp"),
            Self::Admin => ("admin", "adminGrp"),
            Self::Descrip => ("descrip", "descripGrp"),
            Self::Reference => ("ref", ""),
            Self::Transaction => ("transac", "transacGrp"),
            Self::Link => ("xref", ""),
        }
    }
}

/// A data category.
pub(super) struct Category {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    levels: &'static [Level],
    /// What may be in it; empty when anything may.
    values: &'static [&'static str],
}

impl Category {
    /// The category of that name.
    pub(super) fn of(name: &str) -> Option<&'static Self> {
        CATEGORIES.iter().find(|category| category.name == name)
    }

    /// Whether it may stand on a level with that content.
    pub(super) fn allows(&self, level: Level, value: &str) -> bool {
        self.levels.contains(&level) && (self.values.is_empty() || self.values.contains(&value))
    }
}

const fn category(
    name: &'static str,
    shape: Shape,
    levels: &'static [Level],
    values: &'static [&'static str],
) -> Category {
    Category { name, shape, levels, values }
}

use Level::{Concept, Language, Term};

const CATEGORIES: [Category; 17] = [
    category("subjectField", Shape::Descrip, &[Concept], &[]),
    category("definition", Shape::Descrip, &[Language], &[]),
    category("context", Shape::Descrip, &[Term], &[]),
    category("source", Shape::Admin, &[Concept, Language, Term], &[]),
    category("customerSubset", Shape::Admin, &[Concept, Term], &[]),
    category("projectSubset", Shape::Admin, &[Concept, Term], &[]),
    category("crossReference", Shape::Reference, &[Concept, Term], &[]),
    category("externalCrossReference", Shape::Link, &[Concept, Language, Term], &[]),
    category("xGraphic", Shape::Link, &[Concept, Language], &[]),
    category("transactionType", Shape::Transaction, &[Concept, Language, Term], &["origination", "modification"]),
    category("geographicalUsage", Shape::TermNote, &[Term], &[]),
    category("grammaticalGender", Shape::TermNote, &[Term], &["masculine", "feminine", "neuter", "other"]),
    category(
        "termType",
        Shape::TermNote,
        &[Term],
        &["fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"],
    ),
    category("termLocation", Shape::TermNote, &[Term], &LOCATIONS),
    // Those below are written by what they mean to us, and a second one as a note.
    category(STATUS, Shape::TermNote, &[], &[]),
    category(PART_OF_SPEECH, Shape::TermNote, &[], &[]),
    category("responsibility", Shape::Transaction, &[], &[]),
];

const LOCATIONS: [&str; 18] = [
    "checkBox",
    "comboBox",
    "comboBoxElement",
    "dialogBox",
    "groupBox",
    "informativeMessage",
    "interactiveMessage",
    "menuItem",
    "progressBar",
    "pushButton",
    "radioButton",
    "slider",
    "spinBox",
    "tab",
    "tableText",
    "textBox",
    "toolTip",
    "user-definedType",
];

/// The category of a designation's status.
pub(super) const STATUS: &str = "administrativeStatus";
/// The category of a designation's part of speech.
pub(super) const PART_OF_SPEECH: &str = "partOfSpeech";

/// The name of a category as the standard writes it: programs differ in their use of capitals.
pub(super) fn canonical(name: &str) -> &str {
    let known = CATEGORIES.iter().map(|category| category.name).find(|known| known.eq_ignore_ascii_case(name));
    known.unwrap_or(name)
}

/// A status as TBX-Basic writes it; `None` for what review adds.
pub(super) fn status_value(status: Status) -> Option<&'static str> {
    match status {
        Status::Preferred => Some("preferredTerm-admn-sts"),
        Status::Admitted => Some("admittedTerm-admn-sts"),
        Status::Superseded => Some("supersededTerm-admn-sts"),
        Status::Deprecated => Some("deprecatedTerm-admn-sts"),
        Status::Candidate | Status::Rejected => None,
    }
}

/// Whether a date or a time is as XML Schema writes it (part 2, 3.2.7 and 3.2.9).
pub(super) fn is_date(value: &str) -> bool {
    let is_day = |day: &str| {
        let shape = day.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
        shape.eq(*b"0000-00-00") && !day.starts_with("0000") && day.parse::<jiff::civil::Date>().is_ok()
    };
    match value.split_once('T') {
        None => is_day(value),
        Some((day, _)) => is_day(day) && is_time(value),
    }
}

/// Whether a time is as XML Schema writes it, with the day and UTC.
pub(super) fn is_time(value: &str) -> bool {
    let Some((_, clock)) = value.strip_suffix('Z').and_then(|local| local.split_once('T')) else { return false };
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let shape = whole.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    shape.eq(*b"00:00:00")
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && value.parse::<jiff::Timestamp>().is_ok()
}

/// Whether a text is the address of a page, which alone may be linked to.
pub(super) fn is_address(value: &str) -> bool {
    let Some(rest) = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://")) else { return false };
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(&byte);
    let escapes = rest.split('%').skip(1);
    let mut escapes = escapes.map(|after| after.bytes().take(2).filter(u8::is_ascii_hexdigit).count());
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A port has to be a number: what looks like a host with a colon is left to notes.
    host.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric())
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
        && rest.bytes().all(is_allowed)
        && rest.matches('#').count() < 2
        && escapes.all(|digits| digits == 2)
}
