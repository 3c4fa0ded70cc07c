//! The laws and the queries, and the same laws at several times the text.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use flate2::read::GzDecoder;
use serde_json::{Value, json};

/// A law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Law {
    pub(crate) title: String,
    /// Those that are not empty.
    pub(crate) paragraphs: Vec<String>,
}

/// What kind of query it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// A question; what shares most with it is found.
    Loose,
    /// Strings that must all be met, with spaces between them.
    And,
    /// A string that must be met.
    Phrase,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Loose, Self::And, Self::Phrase];

    /// How a file of queries and the engines' protocol call it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Loose => "or",
            Self::And => "and",
            Self::Phrase => "phrase",
        }
    }

    /// How the report calls it.
    pub(crate) fn name(self) -> &'static str {
        if self == Self::Loose { "loose" } else { self.code() }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Reads `docs.jsonl.gz`.
pub(crate) fn read_laws(folder: &Path) -> anyhow::Result<Vec<Law>> {
    let path = folder.join("docs.jsonl.gz");
    let file = File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
    BufReader::new(GzDecoder::new(file)).lines().map(|line| law(&serde_json::from_str(&line?)?)).collect()
}

fn law(record: &Value) -> anyhow::Result<Law> {
    let text = |field: &str| record[field].as_str().with_context(|| format!("a record without {field}"));
    let paragraphs = text("text")?.lines().map(clean).filter(|paragraph| !paragraph.trim().is_empty()).collect();
    Ok(Law { title: clean(text("title")?), paragraphs })
}

/// Tabs part paragraphs in the engines' file.
fn clean(text: &str) -> String {
    text.replace(['\t', '\r'], " ")
}

/// Reads `queries.tsv`: kind, tab, query.
pub(crate) fn read_queries(path: &Path) -> anyhow::Result<Vec<(Kind, String)>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let line = |line: &str| {
        let (kind, query) = line.split_once('\t').context("a query without a tab")?;
        Ok((Kind::from_code(kind).with_context(|| format!("no kind {kind}"))?, query.to_owned()))
    };
    text.lines().map(line).collect()
}

/// Writes a law a line: its paragraphs with tabs between them, the title first.
pub(crate) fn write_lines(laws: &[Law], path: &Path) -> anyhow::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for law in laws {
        writeln!(out, "{}\t{}", law.title, law.paragraphs.join("\t"))?;
    }
    Ok(out.flush()?)
}

/// Writes the records that `policyglot ingest --jsonl` reads.
pub(crate) fn write_records(laws: &[Law], path: &Path) -> anyhow::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for (id, law) in laws.iter().enumerate() {
        let record = json!({
            "id": format!("law-{id}"),
            "title": law.title,
            "language": "zh",
            "text": law.paragraphs.join("\n"),
        });
        writeln!(out, "{record}")?;
    }
    Ok(out.flush()?)
}

/// Reads what [`write_lines`] wrote.
pub(crate) fn read_lines(path: &Path) -> anyhow::Result<impl Iterator<Item = std::io::Result<Law>>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    Ok(BufReader::new(file).lines().map(|line| {
        let line = line?;
        let mut paragraphs = line.split('\t').map(str::to_owned);
        Ok(Law { title: paragraphs.next().unwrap_or_default(), paragraphs: paragraphs.collect() })
    }))
}

/// The laws with so many texts in the place of each.
///
/// The first is the law itself. In the others every second paragraph comes from anywhere in the collection, each
/// taken exactly once a copy, and the sentences of each paragraph begin elsewhere. So every term is met as many times
/// more often as there is more text, in as many more documents, no two of which are alike.
pub(crate) fn enlarged(laws: &[Law], times: usize) -> Vec<Law> {
    let mut all = laws.to_vec();
    for copy in 1..times {
        let mut numbers = Numbers(copy as u64);
        let strangers: Vec<&String> = laws.iter().flat_map(|law| law.paragraphs.iter().skip(1).step_by(2)).collect();
        let mut strangers = numbers.shuffled(strangers).into_iter();
        for law in laws {
            let paragraphs = law.paragraphs.iter().enumerate().map(|(place, own)| {
                let paragraph = if place % 2 == 1 { strangers.next().unwrap_or(own) } else { own };
                turned(paragraph, numbers.next())
            });
            all.push(Law { title: format!("{} {copy}", law.title), paragraphs: paragraphs.collect() });
        }
    }
    all
}

/// The sentences of a paragraph, begun elsewhere and gone round.
fn turned(paragraph: &str, number: u64) -> String {
    let sentences: Vec<&str> = paragraph.split_inclusive(['。', '；']).collect();
    let (first, last) = sentences.split_at(usize::try_from(number % sentences.len().max(1) as u64).unwrap_or(0));
    [last, first].concat().concat()
}

/// Numbers that are the same in every run: SplitMix64 (Steele, Lea and Flood 2014).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn shuffled<T>(&mut self, things: Vec<T>) -> Vec<T> {
        let mut keyed: Vec<(u64, T)> = things.into_iter().map(|thing| (self.next(), thing)).collect();
        keyed.sort_by_key(|(key, _)| *key);
        keyed.into_iter().map(|(_, thing)| thing).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laws() -> Vec<Law> {
        let law = |title: &str, text: &str| Law {
            title: title.to_owned(),
            paragraphs: text.split('|').map(str::to_owned).collect(),
        };
        vec![law("甲", "一。二。三。|四。五。|六。"), law("乙", "七。八。|九。十。|百。|千。")]
    }

    #[test]
    fn every_copy_holds_the_same_sentences() {
        let (laws, all) = (laws(), enlarged(&laws(), 3));
        let sorted = |laws: &[Law]| {
            let mut sentences: Vec<char> =
                laws.iter().flat_map(|law| law.paragraphs.concat().chars().collect::<Vec<_>>()).collect();
            sentences.sort_unstable();
            sentences
        };
        assert_eq!(all.len(), 6);
        assert_eq!(all[..2], laws);
        assert_eq!(sorted(&all[2..4]), sorted(&laws));
        assert_eq!(sorted(&all[4..]), sorted(&laws));
    }

    #[test]
    fn copies_are_the_same_in_every_run() {
        assert_eq!(enlarged(&laws(), 3), enlarged(&laws(), 3));
    }
}
