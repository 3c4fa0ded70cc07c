//! Identifiers that meet a pattern, among all that a segment holds.
//!
//! The pattern is tried on every term of the dictionary, which is a stream without look-ups. An automaton walked
//! together with the dictionary would leave parts of it out, but only for patterns that are tied to the beginning.

use tantivy::{SegmentReader, TantivyError, Term};

use crate::identifier::tagged;
use crate::query::{Field, Pattern};
use crate::schema::Fields;

/// A pattern is met by so many different identifiers at most.
const MOST_MET: usize = 2_000;

/// The identifiers of a segment that meet a pattern.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// Their terms, in the order of the dictionary.
    pub(super) terms: Vec<Term>,
    /// Whether there are more.
    pub(super) is_cut: bool,
}

/// Finds the identifiers of a fact, or of all facts and the text, that meet a pattern.
pub(super) fn met(
    segment: &SegmentReader,
    fields: &Fields,
    fact: Option<Field>,
    pattern: &Pattern,
) -> Result<Met, TantivyError> {
    let (field, tag) = match fact {
        Some(fact) => (fields.fact_identifier, tagged(fact, "")),
        None => (fields.identifier, String::new()),
    };
    let index = segment.inverted_index(field)?;
    let mut words = index.terms().range().ge(tag.as_bytes()).into_stream()?;
    let mut met = Met::default();
    while words.advance() {
        let Some(identifier) = words.key().strip_prefix(tag.as_bytes()) else { break };
        let Ok(identifier) = std::str::from_utf8(identifier) else { continue };
        if !pattern.is_match(identifier) {
            continue;
        }
        if met.terms.len() == MOST_MET {
            met.is_cut = true;
            break;
        }
        met.terms.push(Term::from_field_text(field, &format!("{tag}{identifier}")));
    }
    Ok(met)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use crate::identifier::identifiers;
    use crate::query::{Pattern, Query};
    use crate::{Index, Passage, PassageDocument, SearchRequest};

    fn text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "GB/T 50311",
            "—2031",
            "-2030",
            " ",
            "，",
            "依据",
            "海洋局",
            "〔2031〕",
            "(2030)",
            "47号",
            "TC 77",
            "/SC 3",
            "5G",
            "A-",
            "12",
            "数据",
        ]);
        prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_pattern_finds_what_a_plain_scan_finds(
            texts in prop::collection::vec(prop::collection::vec(text(), 1..4), 1..5),
            pattern in prop::sample::select(vec!["gb", "^tc77", "-203\\d$", "\\d{5}", "海.*号$", "5g|a-1", "[1-3]$", ".", "x"]),
        ) {
            let index = Index::in_memory().expect("an index");
            let mut writer = index.writer().expect("a writer");
            for (id, texts) in (0..).zip(&texts) {
                let passages = texts.iter().enumerate().map(|(block, text)| Passage { block, page: 1, text: text.clone() });
                writer.add(&PassageDocument { id, passages: passages.collect(), ..PassageDocument::default() }).expect("added");
                // A segment of its own.
                writer.commit().expect("committed");
            }
            let query = Query::Identifier { field: None, pattern: Pattern::new(pattern).expect("a pattern") };
            let request = SearchRequest { query: Some(&query), limit: 10, ..SearchRequest::default() };
            let answer = index.search_everywhere(&request).expect("an answer");
            let mut found: Vec<_> = answer.hits.iter()
                .flat_map(|hit| hit.passages.iter().map(|passage| (hit.document, passage.block))).collect();
            found.sort_unstable();
            let regex = Regex::new(pattern).expect("a pattern");
            let meets = |text: &String| identifiers(text).iter().any(|(_, identifier)| regex.is_match(identifier));
            let scanned: Vec<_> = (0_i64..).zip(&texts).flat_map(|(id, texts)| {
                let blocks = texts.iter().enumerate().filter(|(_, text)| meets(text));
                blocks.map(move |(block, _)| (id, block)).collect::<Vec<_>>()
            }).collect();
            prop_assert_eq!(found, scanned);
        }
    }
}
