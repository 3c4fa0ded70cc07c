use proptest::prelude::*;

use super::search::{check_text, index_of};
use super::{check_analysis, check_query, check_search};
use crate::analysis::analyse;
use crate::query::{Query, parse};
use crate::{DocumentFacts, Passage, PassageDocument};

/// Characters and words of a page in both languages: simplified and traditional, full and half width, numbers.
const PALETTE: [&str; 40] = [
    "数",
    "據",
    "据",
    "要",
    "素",
    "國",
    "国",
    "標",
    "标",
    "準",
    "准",
    "的",
    "、",
    "。",
    "，",
    "《",
    "》",
    "“",
    "（",
    "）",
    " ",
    " ",
    "　",
    "GB/T",
    "41867",
    "—",
    "2022",
    "〔2024〕",
    "号",
    "ＡＩ",
    "AI",
    "5G",
    "standards",
    "standard",
    "Data",
    "-",
    "driven",
    "don't",
    "3.5",
    "\t",
];

fn text(longest: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PALETTE.to_vec()), 1..longest).prop_map(|pieces| pieces.concat())
}

fn document(id: i64, passages: Vec<String>) -> PassageDocument {
    let passages = passages.into_iter().enumerate().map(|(block, text)| Passage { block, page: 1, text });
    let facts = DocumentFacts { title: format!("{id} 素国"), ..DocumentFacts::default() };
    PassageDocument { id, facts, passages: passages.collect() }
}

/// The part of a text between two of its characters, chosen by shares of its length.
fn cut(text: &str, from: f64, to: f64) -> (&str, &str, &str) {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let place = |share: f64| ends.get((share * ends.len() as f64) as usize).copied().unwrap_or(text.len());
    let (from, to) = (place(from).min(place(to)), place(from).max(place(to)));
    (&text[..from], &text[from..to], &text[to..])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_is_cut_out_of_a_page_is_found_wherever_it_stands(
        pages in prop::collection::vec(prop::collection::vec(text(40), 1..4), 1..5),
        (from, to) in (0.0..1.0, 0.0..1.0),
    ) {
        let documents: Vec<_> = (0..).zip(pages).map(|(id, passages)| document(id, passages)).collect();
        let index = index_of(&documents);
        for document in &documents {
            for passage in &document.passages {
                let (before, wanted, after) = cut(&passage.text, from, to);
                check_text(&index, &documents, wanted);
                // Words are met whole: only what parts no word must be found where it was cut out.
                let tokens = |text: &str| analyse(text).tokens.len();
                let parts_no_word = tokens(before) + tokens(wanted) + tokens(after) == tokens(&passage.text);
                if parts_no_word && tokens(wanted) > 0 {
                    let quoted = parse(&format!("\"{wanted}\"")).query;
                    prop_assert!(matches!(&quoted, Some(Query::Text(_))), "{quoted:?}");
                    let request = crate::SearchRequest { query: quoted.as_ref(), limit: 50, ..crate::SearchRequest::default() };
                    let hits = index.search(&request).expect("an answer").hits;
                    prop_assert!(hits.iter().any(|hit| hit.document == document.id), "{wanted:?} of {:?}", passage.text);
                }
            }
        }
    }

    #[test]
    fn anything_is_analysed_read_and_answered(data in prop::collection::vec(any::<u8>(), 0..200)) {
        check_analysis(&data);
        check_query(&data);
        check_search(&data);
    }
}
