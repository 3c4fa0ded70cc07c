//! Standards: what a document has to do with one that is watched.

use corpus::facts::{Facts, Mention, MentionKind};
use corpus::watch::Occasion;

/// A standard as it is compared: its number without spaces, and its year where it has one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Standard {
    pub(super) number: String,
    pub(super) year: Option<String>,
}

impl Standard {
    /// The standard of a number, however it is spaced: `GB/T 1.1-2020`, `ISO/IEC 22989:2022`, `gb/t1.1`.
    pub(super) fn read(written: &str) -> Self {
        let plain = corpus::text::normalise::normalise(written).text;
        let dash = |c: char| if matches!(c, '—' | '–' | '‐' | '‑' | '－') { '-' } else { c };
        let number: String = plain.chars().filter(|c| !c.is_whitespace()).map(dash).collect::<String>().to_uppercase();
        let split = number.rsplit_once(['-', ':']).filter(|(_, year)| is_year(year));
        match split {
            Some((head, year)) => {
                Self { number: head.trim_end_matches(['-', ':']).to_owned(), year: Some(year.into()) }
            }
            None => Self { number, year: None },
        }
    }

    /// The number as people write it: `GB/T 1.1`, `ISO/IEC 22989`.
    pub(super) fn spaced_number(&self) -> String {
        let number = &self.number;
        let end = number.char_indices().rfind(|(_, c)| c.is_alphabetic()).map_or(0, |(at, c)| at + c.len_utf8());
        let (body, rest) = number.split_at(end);
        if body.is_empty() || rest.is_empty() { number.clone() } else { format!("{body} {rest}") }
    }

    /// The number with the year, behind a colon where that is the custom.
    pub(super) fn written(&self) -> String {
        let is_international = ["ISO", "IEC", "ITU"].iter().any(|body| self.number.starts_with(body));
        let sign = if is_international { ':' } else { '-' };
        self.year.as_ref().map_or_else(|| self.spaced_number(), |year| format!("{}{sign}{year}", self.spaced_number()))
    }

    /// Whether it can be a number of a standard: letters and digits.
    pub(super) fn is_number(&self) -> bool {
        self.number.starts_with(char::is_alphabetic) && self.number.chars().any(|c| c.is_ascii_digit())
    }

    /// Whether a text that names `other` may mean it: without a year the latest edition is meant.
    fn may_be(&self, other: &Self) -> bool {
        self.number == other.number && (self.year.is_none() || other.year.is_none() || self.year == other.year)
    }
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
            cited: read(&facts.standards),
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

/// Where a document first names a standard.
pub(super) fn mention<'f>(facts: &'f Facts, watched: &Standard) -> Option<&'f Mention> {
    let is_of = |mention: &&Mention| {
        mention.kind == MentionKind::Standard && Standard::read(&mention.value).number == watched.number
    };
    facts.mentions.iter().find(is_of)
}

#[cfg(test)]
mod tests {
    use corpus::facts::StandardRecord;

    use super::*;

    #[track_caller]
    fn check_read(written: &str, number: &str, year: Option<&str>) {
        assert_eq!(Standard::read(written), Standard { number: number.to_owned(), year: year.map(str::to_owned) });
    }

    #[test]
    fn a_number_is_written_as_is_the_custom() {
        let written = |number: &str| Standard::read(number).written();
        assert_eq!(written("gb/t7.7—2031"), "GB/T 7.7-2031");
        assert_eq!(written("iso/iec7777-2:2031"), "ISO/IEC 7777-2:2031");
        assert_eq!(written("DB33/T 7"), "DB33/T 7");
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
