//! Standards: what a document has to do with one that is watched.

use corpus::facts::{Facts, Mention, MentionKind};
use corpus::text::normalise::normalise;
use corpus::watch::Occasion;
use ingest::facts::{StandardNumber, standard_number};

/// A standard as it is compared and as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standard {
    /// Its number without spaces, in capitals.
    pub(super) number: String,
    /// The edition where it has one, a year as a rule.
    pub(super) year: Option<String>,
    /// The number as people write it: `GB/T 1.1`, `ISO/IEC TR 24028`.
    pub(super) spaced: String,
    /// The same with the year, behind a colon where that is the custom.
    pub(super) written: String,
}

impl Standard {
    /// The standard of a number, however it is spaced: `GB/T 1.1-2020`, `ISO/IEC 22989:2022`, `gb/t1.1`.
    pub(super) fn read(written: &str) -> Self {
        let plain = normalise(written).text;
        let capitals = plain.to_uppercase();
        match [&plain, &capitals].into_iter().find_map(|text| standard_number(text)) {
            Some(StandardNumber { normal, undated, edition }) => {
                Self { number: tight(&undated), year: edition, spaced: undated, written: normal }
            }
            None => Self::read_loosely(&capitals),
        }
    }

    /// The same of a number that is in no list of standards: a year at the end is its year.
    fn read_loosely(capitals: &str) -> Self {
        let dash = |c: char| if matches!(c, '—' | '–' | '‐' | '‑' | '－') { '-' } else { c };
        let plain: String = capitals.chars().map(dash).collect();
        let split = plain.rsplit_once(['-', ':']).map(|(head, year)| (head, year.trim()));
        let (head, year) = match split.filter(|(_, year)| is_year(year)) {
            Some((head, year)) => (head.trim_end_matches(['-', ':', ' ']), Some(year.to_owned())),
            None => (plain.as_str(), None),
        };
        let spaced = spaced(head);
        let is_international = ["ISO", "IEC", "ITU"].iter().any(|body| head.starts_with(body));
        let sign = if is_international { ':' } else { '-' };
        let written = year.as_ref().map_or_else(|| spaced.clone(), |year| format!("{spaced}{sign}{year}"));
        Self { number: tight(head), year, spaced, written }
    }

    /// Whether it can be a number of a standard: letters and digits.
    pub(super) fn is_number(&self) -> bool {
        self.number.starts_with(char::is_alphabetic) && self.number.chars().any(|c| c.is_ascii_digit())
    }

    /// Whether a text that names `other` may mean it: without a year the latest edition is meant.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        self.number == other.number && (self.year.is_none() || other.year.is_none() || self.year == other.year)
    }
}

/// Without spaces, in capitals.
fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// A number with single spaces, and one before its digits where it has none.
fn spaced(number: &str) -> String {
    let words: Vec<&str> = number.split_whitespace().collect();
    if let [word] = words.as_slice() {
        let end = word.char_indices().rfind(|(_, c)| c.is_alphabetic()).map_or(0, |(at, c)| at + c.len_utf8());
        let (body, digits) = word.split_at(end);
        if !body.is_empty() && !digits.is_empty() {
            return format!("{body} {digits}");
        }
    }
    words.join(" ")
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a document has to do with standards, by number.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// Its own, and whether it says what replaces it.
    own: Option<(Standard, bool)>,
    replaces: Vec<Standard>,
    cited: Vec<Standard>,
}

impl Named {
    /// What the facts of a document say.
    pub(super) fn of(facts: &Facts) -> Self {
        let read = |numbers: &[String]| numbers.iter().map(|number| Standard::read(number)).collect();
        let record = facts.standard.as_ref();
        let own = record.filter(|record| !record.number.is_empty());
        Self {
            own: own.map(|record| (Standard::read(&record.number), !record.replaced_by.is_empty())),
            replaces: record.map(|record| read(&record.replaces)).unwrap_or_default(),
            // What replaces it is named by it too.
            cited: record
                .map(|record| read(&record.replaced_by))
                .unwrap_or_default()
                .into_iter()
                .chain(read(&facts.standards))
                .collect(),
        }
    }

    /// The numbers without their years, each once.
    pub(super) fn numbers(&self) -> Vec<&str> {
        let own = self.own.iter().map(|(own, _)| own);
        let mut numbers: Vec<&str> =
            own.chain(&self.replaces).chain(&self.cited).map(|standard| standard.number.as_str()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// What the document has to do with a standard, if anything.
    pub(super) fn occasion(&self, watched: &Standard) -> Option<Occasion> {
        match &self.own {
            Some((own, true)) if own.may_be(watched) => return Some(Occasion::Replaced),
            Some((own, _)) if own.number == watched.number => return Some(Occasion::NewEdition),
            _ => {}
        }
        let names = |list: &[Standard]| list.iter().any(|standard| standard.may_be(watched));
        match (names(&self.replaces), names(&self.cited)) {
            (true, _) => Some(Occasion::Replaced),
            (false, true) => Some(Occasion::Cited),
            (false, false) => None,
        }
    }
}

/// Where a document first names a standard, the edition that is watched rather than another.
pub(super) fn mention<'f>(facts: &'f Facts, watched: &Standard) -> Option<&'f Mention> {
    let of_number = facts
        .mentions
        .iter()
        .filter(|mention| mention.kind == MentionKind::Standard && tight(&mention.value).starts_with(&watched.number));
    let mut read = of_number.map(|mention| (mention, Standard::read(&mention.value)));
    let mut other = None;
    let same = read.find_map(|(mention, standard)| {
        if standard.may_be(watched) {
            return Some(mention);
        }
        other = other.or_else(|| (standard.number == watched.number).then_some(mention));
        None
    });
    same.or(other)
}

#[cfg(test)]
mod tests {
    use corpus::facts::StandardRecord;

    use super::*;

    #[track_caller]
    fn check_read(written: &str, number: &str, year: Option<&str>) {
        let read = Standard::read(written);
        assert_eq!((read.number.as_str(), read.year.as_deref()), (number, year));
    }

    #[test]
    fn a_number_is_written_as_is_the_custom() {
        for (typed, written, spaced) in [
            ("gb/t7.7—2031", "GB/T 7.7-2031", "GB/T 7.7"),
            ("iso/iec7777-2:2031", "ISO/IEC 7777-2:2031", "ISO/IEC 7777-2"),
            ("DB33/T 7", "DB33/T 7", "DB33/T 7"),
            ("db33/t7007-2031", "DB33/T 7007-2031", "DB33/T 7007"),
            ("ISO/IEC TR 77777:2031", "ISO/IEC TR 77777:2031", "ISO/IEC TR 77777"),
            ("iso/iectr77777:2031", "ISO/IEC TR 77777:2031", "ISO/IEC TR 77777"),
            ("ISO TR 7777:2031", "ISO/TR 7777:2031", "ISO/TR 7777"),
            ("ISO/TS 7777", "ISO/TS 7777", "ISO/TS 7777"),
            ("T/LAKE003—2031", "T/LAKE 003-2031", "T/LAKE 003"),
            ("GB/Z 77777-2031", "GB/Z 77777-2031", "GB/Z 77777"),
            ("lake spec7", "LAKE SPEC7", "LAKE SPEC7"),
            ("LAKE7-2031", "LAKE 7-2031", "LAKE 7"),
        ] {
            let read = Standard::read(typed);
            assert_eq!((read.written.as_str(), read.spaced.as_str()), (written, spaced), "{typed}");
            assert_eq!(Standard::read(&read.written), read, "{typed}");
        }
    }

    #[test]
    fn a_number_is_read_however_it_is_written() {
        check_read("GB/T 7.7-2031", "GB/T7.7", Some("2031"));
        check_read("gb/t7.7—2031", "GB/T7.7", Some("2031"));
        check_read("ISO/IEC 7777-2:2031", "ISO/IEC7777-2", Some("2031"));
        check_read("ISO/IEC 7777-2", "ISO/IEC7777-2", None);
        check_read("", "", None);
        assert!(!Standard::read("标准").is_number());
        assert!(Standard::read("DB33/T 7").is_number());
    }

    fn owned(list: &[&str]) -> Vec<String> {
        list.iter().map(|number| (*number).to_owned()).collect()
    }

    #[track_caller]
    fn check(own: &str, replaces: &[&str], replaced_by: &[&str], cited: &[&str], watched: &[(&str, Option<Occasion>)]) {
        let record = StandardRecord {
            number: own.to_owned(),
            replaces: owned(replaces),
            replaced_by: owned(replaced_by),
            ..StandardRecord::default()
        };
        let facts = Facts { standard: Some(record), standards: owned(cited), ..Facts::default() };
        for (number, occasion) in watched {
            assert_eq!(Named::of(&facts).occasion(&Standard::read(number)), *occasion, "{number}");
        }
    }

    #[test]
    fn editions_replacements_and_citations_are_told_apart() {
        let edition = Some(Occasion::NewEdition);
        let (replaced, cited) = (Some(Occasion::Replaced), Some(Occasion::Cited));
        let watched = [("GB/T 7.7", edition), ("GB/T 7.7-2020", edition), ("GB/T 7", None), ("GB/T 8-2020", replaced)];
        check("GB/T 7.7-2031", &["GB/T 7.7-2020", "GB/T 8-2020"], &[], &["GB/T 8-2020"], &watched);
        check("GB/T 7.7-2020", &[], &["GB/T 7.7-2031"], &[], &[("GB/T 7.7-2020", replaced), ("GB/T 7.7", replaced)]);
        let watched = [("GB/T 8", cited), ("GB/T 8-2020", cited), ("GB/T 8-2031", None), ("GB/T 9-2031", cited)];
        check("", &[], &[], &["GB/T 8-2020", "GB/T 9"], &watched);
    }
}
