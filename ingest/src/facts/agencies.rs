//! Agencies named in a text, by the table of the project and by the patterns of local agencies' names.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use corpus::document::Language;
use corpus::facts::Agency;
use rust_stemmers::{Algorithm, Stemmer};

use super::{MOST, Text, regions};

/// An agency of the table.
pub(super) struct Entry {
    pub(super) agency: Agency,
    /// The highest organs, which every policy names: worth keeping only as issuers.
    pub(super) leader: bool,
}

/// Where a text names an agency.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// The index of the block.
    pub(super) block: usize,
    /// The bytes of the name in the block's text.
    pub(super) span: Range<usize>,
    pub(super) agency: Agency,
    pub(super) leader: bool,
    /// An abbreviation that also means other things.
    doubtful: bool,
}

/// The table, and one automaton for each language.
struct Table {
    entries: Vec<Entry>,
    chinese: Names,
    english: Names,
    acronyms: HashMap<String, (usize, bool)>,
}

/// An automaton over names, and the entry of each.
struct Names {
    automaton: Option<AhoCorasick>,
    entries: Vec<usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("agencies.tsv")));

impl Table {
    fn read(source: &str) -> Self {
        let mut entries = Vec::new();
        let (mut chinese, mut english, mut acronyms) = (Vec::new(), Vec::new(), HashMap::new());
        for line in source.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let columns: Vec<&str> = line.split('\t').collect();
            let column = |at: usize| columns.get(at).copied().unwrap_or_default();
            let list = |at: usize| column(at).split('|').filter(|name| !name.is_empty());
            let at = entries.len();
            chinese.extend([column(1)].into_iter().chain(list(3)).map(|name| (name.to_owned(), at)));
            english.extend([column(2)].into_iter().chain(list(5)).map(|name| (folded(name), at)));
            for name in list(4) {
                acronyms.insert(name.trim_end_matches('?').to_owned(), (at, name.ends_with('?')));
            }
            let short = list(4).map(|name| name.trim_end_matches('?')).chain(list(3)).map(str::to_owned).collect();
            let agency = Agency {
                id: column(0).to_owned(),
                name_en: Some(column(2).to_owned()),
                name_zh: Some(column(1).to_owned()),
                abbreviations: short,
            };
            entries.push(Entry { agency, leader: column(6) == "leader" });
        }
        Self { entries, chinese: Names::of(chinese), english: Names::of(english), acronyms }
    }
}

impl Names {
    fn of(names: Vec<(String, usize)>) -> Self {
        let (patterns, entries): (Vec<String>, Vec<usize>) = names.into_iter().unzip();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns).ok();
        Self { automaton, entries }
    }

    /// The names in a text, as byte spans with their entries.
    fn find(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        automaton
            .find_iter(text)
            .filter_map(|found| Some((found.range(), *self.entries.get(found.pattern().as_usize())?)))
            .collect()
    }
}

/// The agency of the table with that identity, such as `MIIT`.
pub fn agency(id: &str) -> Option<&'static Agency> {
    TABLE.entries.iter().map(|entry| &entry.agency).find(|agency| agency.id == id)
}

/// All mentions, in the order of the text. Furniture is left out.
pub(super) fn mentions(text: &Text) -> Vec<Mention> {
    let mut found = Vec::new();
    for (at, block) in text.blocks.iter().enumerate().filter(|(_, block)| block.kind.is_running_text()) {
        found.extend(mentions_in(&block.text, at));
    }
    regions::complete(&mut found);
    found.truncate(MOST);
    let sure: HashSet<String> =
        found.iter().filter(|mention| !mention.doubtful).map(|mention| mention.agency.id.clone()).collect();
    found.retain(|mention| !mention.doubtful || sure.contains(&mention.agency.id));
    if text.language == Language::Zh {
        // A Latin acronym in a Chinese text is an agency only beside its name.
        let named: HashSet<String> =
            found.iter().filter(|mention| mention.span.len() > 8).map(|m| m.agency.id.clone()).collect();
        found.retain(|mention| {
            mention.span.len() > 8 || named.contains(&mention.agency.id) || !is_acronym(text, mention)
        });
    }
    found
}

fn is_acronym(text: &Text, mention: &Mention) -> bool {
    let name = text.blocks.get(mention.block).and_then(|block| block.text.get(mention.span.clone()));
    name.is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The mentions in one text, leftmost first, none inside another.
pub(super) fn mentions_in(text: &str, block: usize) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut add = |span: Range<usize>, agency: Agency, leader: bool, doubtful: bool| {
        found.push(Mention { block, span, agency, leader, doubtful });
    };
    for (span, entry) in TABLE.chinese.find(text).into_iter().filter(|(span, _)| is_whole_name(text, span)) {
        if let Some(entry) = TABLE.entries.get(entry) {
            add(span, entry.agency.clone(), entry.leader, false);
        }
    }
    for (span, entry) in english_names(text) {
        if let Some(entry) = TABLE.entries.get(entry) {
            add(span, entry.agency.clone(), entry.leader, false);
        }
    }
    for (span, name) in acronyms(text) {
        if let Some((entry, doubtful)) =
            TABLE.acronyms.get(name).and_then(|(at, doubt)| Some((TABLE.entries.get(*at)?, *doubt)))
        {
            add(span, entry.agency.clone(), entry.leader, doubtful);
        }
    }
    for (span, agency) in regions::local_agencies(text) {
        add(span, agency, false, false);
    }
    found.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    let mut end = 0;
    found.retain(|mention| {
        let free = mention.span.start >= end;
        if free {
            end = mention.span.end;
        }
        free
    });
    found
}

/// Whether a Chinese name is not part of a longer word: 教育部门, 省发展改革委.
fn is_whole_name(text: &str, span: &Range<usize>) -> bool {
    let before = text.get(..span.start).and_then(|before| before.chars().next_back());
    let after = text.get(span.end..).and_then(|after| after.chars().next());
    let name = text.get(span.clone()).unwrap_or_default();
    let local = matches!(before, Some('省' | '市' | '区' | '县' | '州'));
    let department = name.ends_with('部') && matches!(after, Some('门' | '署' | '分' | '属' | '级'));
    let order = name.ends_with("国务院") && after == Some('令');
    !(local || department || order)
}

/// Words of a name that translators leave out or add.
fn is_filler(word: &str) -> bool {
    matches!(word, "of" | "the" | "for" | "and" | "on" | "in" | "into" | "a" | "s")
}

/// A name as the automaton knows it: the stems of its words, each between bars of its own.
fn folded(name: &str) -> String {
    stems(name).into_iter().map(|(_, stem)| format!("|{stem}|")).collect()
}

/// The words of a text with their bytes and stems, fillers left out.
fn stems(text: &str) -> Vec<(Range<usize>, String)> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut found = Vec::new();
    let mut start = None;
    for (at, char) in text.char_indices().chain([(text.len(), ' ')]) {
        if char.is_ascii_alphabetic() {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            let word = text.get(from..at).unwrap_or_default().to_ascii_lowercase();
            if !is_filler(&word) {
                found.push((from..at, stemmer.stem(&word).into_owned()));
            }
        }
    }
    found
}

/// English names, whatever small words and endings the translator chose. A name begins with a capital.
fn english_names(text: &str) -> Vec<(Range<usize>, usize)> {
    let words = stems(text);
    let mut folded = String::new();
    let mut places: HashMap<usize, usize> = HashMap::from([(0, 0)]);
    for (at, (_, stem)) in words.iter().enumerate() {
        folded.push_str(&format!("|{stem}|"));
        places.insert(folded.len(), at + 1);
    }
    let mut found = Vec::new();
    for (span, entry) in TABLE.english.find(&folded) {
        let (Some(first), Some(end)) = (places.get(&span.start), places.get(&span.end)) else { continue };
        let (Some((first, _)), Some((last, _))) = (words.get(*first), end.checked_sub(1).and_then(|at| words.get(at)))
        else {
            continue;
        };
        let name = text.get(first.start..last.end).unwrap_or_default();
        if is_capitalised(name) && !name.contains([';', '(', ')', '\n', '\t', '.', ':']) && !is_local(text, first.start)
        {
            found.push((first.start..last.end, entry));
        }
    }
    found
}

/// Whether the longer words of a name have capitals.
fn is_capitalised(name: &str) -> bool {
    let words = name
        .split(|char: char| !char.is_ascii_alphabetic())
        .filter(|word| word.len() > 1 && !is_filler(&word.to_ascii_lowercase()));
    let (mut capitals, mut small) = (0, 0);
    for word in words {
        if word.starts_with(|char: char| char.is_ascii_uppercase()) { capitals += 1 } else { small += 1 }
    }
    capitals > 2 * small
}

/// Municipal, Provincial and the like before a name make it another agency.
fn is_local(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default().trim_end();
    let word = before.rsplit(|char: char| !char.is_ascii_alphabetic()).next().unwrap_or_default();
    matches!(word, "Municipal" | "Provincial" | "District" | "County" | "Regional" | "City")
}

/// Words in capitals, with those left out that belong to the number of a standard or committee.
fn acronyms(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, char) in text.char_indices().chain([(text.len(), ' ')]) {
        if char.is_ascii_alphanumeric() {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            let (before, after) = (text.get(..from).unwrap_or_default(), text.get(at..).unwrap_or_default());
            let of_number = after.starts_with('/')
                || after.starts_with(" TC")
                || after.starts_with('-')
                || before.ends_with(['/', '-', '@', '.']);
            if let Some(name) = text.get(from..at).filter(|name| name.len() >= 3 && !of_number) {
                found.push((from..at, name));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::mentions_in;

    #[track_caller]
    fn check(text: &str, wanted: &[&str]) {
        let found: Vec<String> = mentions_in(text, 0)
            .into_iter()
            .map(|mention| if mention.agency.id.is_empty() { text[mention.span].to_owned() } else { mention.agency.id })
            .collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn chinese_names_and_short_forms() {
        check("水利部、国家发展改革委和国务院国资委", &["MWR", "NDRC", "SASAC"]);
        check("各级教育部门会同省发展改革委", &["省发展改革委"]);
        check("水利部会同湖州市水利局", &["MWR", "湖州市水利局"]);
    }

    #[test]
    fn english_names_in_several_spellings() {
        check("the Ministry of Water Resource and the National Development & Reform Commission", &["MWR", "NDRC"]);
        check("Ministry of Water Resources (MWR), SAC/TC 28", &["MWR", "MWR"]);
        check("a ministry of education somewhere", &[]);
        check(
            "Huzhou Municipal Bureau of Industry and Information Technology and the Municipal Water Bureau",
            &["Huzhou Municipal Bureau of Industry and Information Technology", "Municipal Water Bureau"],
        );
    }
}
