//! Texts and their forms.

use corpus::document::Language::{self, En, Zh};
use corpus::store::ListedTerm;
use corpus::term::Status::{self, Admitted, Candidate, Deprecated, Preferred};

use super::{bracketed, html, json, mark, tsv};
use crate::terms::cached::Termbase;

fn base() -> Termbase {
    let term = |term, concept, language: Language, text: &str, status: Status, confidence| ListedTerm {
        term,
        concept,
        language,
        text: text.to_owned(),
        variants: Vec::new(),
        status,
        confidence,
        count: 1,
    };
    Termbase::new(
        1,
        vec![
            term(1, 1, Zh, "云量", Preferred, 0.0),
            term(2, 1, En, "cloud cover", Admitted, 0.0),
            term(3, 1, En, "<cloudiness>", Preferred, 0.0),
            term(4, 1, Zh, "云的量", Deprecated, 0.0),
            term(5, 2, Zh, "总云量", Candidate, 0.9),
            term(6, 2, En, "total cloud cover", Candidate, 0.8),
            term(7, 3, Zh, "每日", Candidate, 0.3),
            term(8, 3, En, "daily", Candidate, 0.3),
        ],
    )
}

const TEXT: &str = "每日观测总云量与云量。\nCloud cover & 云的量。";

#[test]
fn the_longest_terms_of_both_languages_are_marked_with_their_renderings() {
    let base = base();
    let marked = mark(&base, TEXT, false);
    assert_eq!(
        bracketed(&marked),
        "每日观测总云量【total cloud cover】与云量【<cloudiness>】。\nCloud cover【云量】 & 云的量【×云量】。"
    );
    assert!(bracketed(&mark(&base, TEXT, true)).starts_with("每日【daily】观测"));
}

#[test]
fn html_holds_no_markup_of_others() {
    let base = base();
    insta::assert_snapshot!(html(&mark(&base, TEXT, false)));
}

#[test]
fn tables_list_each_term_once() {
    let base = base();
    insta::assert_snapshot!(tsv(&mark(&base, "云量、云量与Cloud cover", false)));
}

#[test]
fn places_are_told_in_bytes_and_in_characters() {
    let base = base();
    let marked = mark(&base, TEXT, false);
    let wire = serde_json::to_value(json(&marked)).expect("it is written");
    let mark = &wire["marks"][2];
    let (start, end) = (mark["start"].as_u64(), mark["end"].as_u64());
    assert_eq!(
        (start, end, mark["start_char"].as_u64(), mark["end_char"].as_u64()),
        (Some(34), Some(45), Some(12), Some(23))
    );
    let term = &wire["terms"][mark["term"].as_u64().unwrap_or(9) as usize];
    assert_eq!((term["text"].as_str(), term["renderings"][0]["text"].as_str()), (Some("cloud cover"), Some("云量")));
    assert_eq!(wire["terms"][3]["instead"][0]["text"], "云量");
}
