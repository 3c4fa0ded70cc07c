//! The project's table of agencies, and what is looked up in it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use corpus::facts::Agency;
use corpus::text::normalise::normal_form;

use super::english::{Misspelt, Word, letters, stems};

/// An agency of the table.
pub(super) struct Entry {
    pub(super) agency: Agency,
    /// Worth keeping only as an issuer: the highest organs, which every policy names, and standards bodies abroad.
    pub(super) issuer_only: bool,
    /// The agency that took over the most of it.
    pub(super) successor: Option<String>,
    /// The years of its beginning and end, where known.
    #[cfg_attr(not(test), expect(dead_code, reason = "the years are for readers of the table, and tested"))]
    pub(super) years: (Option<i32>, Option<i32>),
}

/// A name as it is looked up, and what it stands for.
#[derive(Clone, Copy)]
pub(super) struct Name {
    /// The index of the entry.
    pub(super) entry: usize,
    /// A name that also means other things: it counts only in company.
    pub(super) weak: bool,
    /// A description, which is not written with capitals.
    pub(super) small: bool,
}

/// The table with an automaton for each way of looking up.
pub(super) struct Table {
    pub(super) entries: Vec<Entry>,
    pub(super) chinese: Names,
    /// By the stems of the words, small words left out.
    pub(super) english: Names,
    /// By the letters alone, for words that a line break cut or that run together.
    pub(super) letters: Names,
    pub(super) misspelt: Misspelt,
    pub(super) acronyms: HashMap<String, Name>,
}

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("agencies.tsv")));

/// Names with fewer letters are not looked up by letters alone.
const LETTERS: usize = 16;

impl Table {
    pub(super) fn read(source: &str) -> Self {
        let mut names = Lists::default();
        let lines = source.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let entries: Vec<Entry> = lines.enumerate().map(|(at, line)| names.entry(at, line)).collect();
        Self {
            entries,
            misspelt: Misspelt::of(&names.words),
            chinese: Names::of(names.chinese),
            english: Names::of(names.english),
            letters: Names::of(names.letters),
            acronyms: names.acronyms,
        }
    }

    pub(super) fn entry(&self, name: Name) -> Option<&Entry> {
        self.entries.get(name.entry)
    }
}

/// The names of the table as they are collected.
#[derive(Default)]
struct Lists {
    chinese: Vec<(String, Name)>,
    english: Vec<(String, Name)>,
    letters: Vec<(String, Name)>,
    words: Vec<(Vec<Word>, Name)>,
    acronyms: HashMap<String, Name>,
}

impl Lists {
    fn entry(&mut self, at: usize, line: &str) -> Entry {
        let columns: Vec<&str> = line.split('\t').collect();
        let column = |at: usize| columns.get(at).copied().unwrap_or_default();
        let list = |at: usize| column(at).split('|').filter(|name| !name.is_empty());
        for name in [column(1)].into_iter().chain(list(3)) {
            let weak = name.ends_with('?');
            self.chinese.push((normal_form(bare(name)), Name { entry: at, weak, small: false }));
        }
        for name in [column(2)].into_iter().chain(list(5)) {
            self.english_name(at, name);
        }
        for name in list(4) {
            self.acronyms.insert(bare(name).to_owned(), Name { entry: at, weak: name.ends_with('?'), small: false });
        }
        let agency = Agency {
            id: column(0).to_owned(),
            name_en: Some(column(2).to_owned()),
            name_zh: Some(column(1).to_owned()),
            abbreviations: list(4).chain(list(3)).map(|name| bare(name).to_owned()).collect(),
        };
        let successor = Some(column(8).to_owned()).filter(|id| !id.is_empty());
        let years = (column(6).parse().ok(), column(7).parse().ok());
        Entry { agency, issuer_only: column(9) == "issuer", successor, years }
    }

    fn english_name(&mut self, at: usize, name: &str) {
        let small = !name.bytes().any(|byte| byte.is_ascii_uppercase());
        let found = Name { entry: at, weak: false, small };
        let word = |(span, stem): (Range<usize>, String)| Word {
            stem,
            whole: name.get(span).unwrap_or_default().to_ascii_lowercase(),
        };
        let words: Vec<Word> = stems(name).into_iter().map(word).collect();
        self.english.push((words.iter().map(|word| format!("|{}|", word.stem)).collect(), found));
        if !small {
            let letters = letters(name).0;
            if letters.len() >= LETTERS {
                self.letters.push((letters, found));
            }
            self.words.push((words, found));
        }
    }
}

/// A name of the table without the mark of a weak one.
fn bare(name: &str) -> &str {
    name.trim_end_matches('?')
}

/// An automaton over names.
pub(super) struct Names {
    automaton: Option<AhoCorasick>,
    names: Vec<Name>,
}

impl Names {
    fn of(names: Vec<(String, Name)>) -> Self {
        let mut seen = HashSet::new();
        let names = names.into_iter().filter(|(name, _)| !name.is_empty() && seen.insert(name.clone()));
        let (patterns, names): (Vec<String>, Vec<Name>) = names.unzip();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns).ok();
        Self { automaton, names }
    }

    /// The names in a text, leftmost first and the longest of each place, as byte ranges.
    pub(super) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, Name)> + 'a {
        let found = self.automaton.iter().flat_map(move |automaton| automaton.find_iter(text));
        found.filter_map(|found| Some((found.range(), *self.names.get(found.pattern().as_usize())?)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::{TABLE, bare};

    fn rows() -> Vec<Vec<&'static str>> {
        let source = include_str!("agencies.tsv");
        let lines = source.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        lines.map(|line| line.split('\t').collect()).collect()
    }

    #[test]
    fn every_identity_stands_once_and_has_both_names() {
        let mut ids = HashSet::new();
        for row in rows() {
            assert!((3..=10).contains(&row.len()), "{row:?}");
            assert!(ids.insert(row[0]), "{} stands twice", row[0]);
            assert!(row.iter().take(3).all(|name| !name.trim().is_empty()), "{row:?}");
            assert!(row.iter().all(|cell| cell.trim() == *cell && !cell.contains("||")), "{row:?}");
        }
    }

    #[test]
    fn no_name_is_claimed_by_two() {
        let mut claimed: HashMap<String, &str> = HashMap::new();
        for row in rows() {
            let lists = [1, 2, 3, 4, 5].into_iter().filter_map(|column| row.get(column));
            for name in lists.flat_map(|cell| cell.split('|')).filter(|name| !name.is_empty()) {
                let known = claimed.insert(bare(name).to_lowercase(), row[0]);
                assert!(known.is_none_or(|id| id == row[0]), "{name}: {known:?} and {}", row[0]);
            }
        }
    }

    #[test]
    fn successors_exist_and_years_are_in_order() {
        let ids: HashSet<&str> = rows().iter().map(|row| row[0]).collect();
        for entry in &TABLE.entries {
            let id = &entry.agency.id;
            assert!(entry.successor.as_ref().is_none_or(|next| next != id && ids.contains(next.as_str())), "{id}");
            let sane = |year: Option<i32>| year.is_none_or(|year| (1850..=2100).contains(&year));
            assert!(sane(entry.years.0) && sane(entry.years.1), "{id}");
            if let (Some(from), Some(to)) = entry.years {
                assert!(from < to, "{id}");
            }
            assert!(entry.successor.is_none() || entry.years.1.is_some() || id == "SCIPO", "{id}");
        }
    }

    #[test]
    fn a_chain_of_successors_ends() {
        for entry in &TABLE.entries {
            let mut at = Some(entry.agency.id.clone());
            for _ in 0..8 {
                at = at.and_then(|id| TABLE.entries.iter().find(|e| e.agency.id == id)?.successor.clone());
            }
            assert_eq!(at, None, "{}", entry.agency.id);
        }
    }
}
