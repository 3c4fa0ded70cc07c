//! The text of every sample PDF against the text that its markup says was printed.

#![expect(clippy::unwrap_used, reason = "a test whose gold cannot be read has failed")]

use std::collections::HashMap;
use std::fs;

use tests::{Program, sample};

const PROGRAM: &str = env!("CARGO_BIN_EXE_policyglot-under-test");

/// How much of a text was found: the share of its characters (Han, or letters and digits), as a multiset.
fn found(gold: &str, text: &str) -> f64 {
    let mut left: HashMap<char, usize> = HashMap::new();
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        *left.entry(c).or_default() += 1;
    }
    let mut met = 0;
    let gold: Vec<char> = gold.chars().filter(|c| c.is_alphanumeric()).collect();
    for c in &gold {
        if let Some(count) = left.get_mut(c).filter(|count| **count > 0) {
            *count -= 1;
            met += 1;
        }
    }
    met as f64 / gold.len() as f64
}

/// Sentences of the gold that stand in the text letter by letter, white space aside.
fn whole_sentences(gold: &str, text: &str) -> f64 {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let text = bare(text);
    let sentences: Vec<String> = gold.lines().map(bare).filter(|sentence| !sentence.is_empty()).collect();
    let met = sentences.iter().filter(|sentence| text.contains(sentence.as_str())).count();
    met as f64 / sentences.len() as f64
}

/// Every character that was printed is found; of the sentences, those that a running line or a hyphen at a line's end
/// cuts in two are not whole on the page.
#[track_caller]
fn check(name: &str, least_sentences: f64) {
    let program = Program::new(PROGRAM);
    let ended = program.run(&["extract", &sample(&format!("pdf/{name}.pdf"))]);
    assert_eq!(ended.status, Some(0), "{name}: {}", ended.messages);
    let gold = fs::read_to_string(sample(&format!("gold/text/{name}.txt"))).unwrap();
    let (slug, language) = name.rsplit_once('.').unwrap();
    let sentences = fs::read_to_string(sample(&format!("gold/{slug}.sentences.{language}.txt"))).unwrap();
    let scores = (found(&gold, &ended.data), whole_sentences(&sentences, &ended.data));
    assert!(scores.0 >= 0.999 && scores.1 >= least_sentences, "{name}: {scores:?}");
}

#[test]
fn chinese_documents_of_every_font_class_are_read() {
    for name in [
        "01-ai-standards-guidelines.zh",
        "02-ai-manufacturing-opinions.zh",
        "03-embodied-ai-measures-draft.zh",
        "04-embodied-ai-measures.zh",
        "05-data-circulation-terminology.zh",
        "06-city-action-plan.zh",
        "07-trustworthy-data-space-white-paper.zh",
        "08-standards-three-year-plan.zh",
        "09-ai-metrology-opinions.zh",
        "12-computing-power-announcement.zh",
    ] {
        check(name, 0.85);
    }
}

#[test]
fn english_documents_are_read() {
    for name in [
        "01-ai-standards-guidelines.en",
        "02-ai-manufacturing-opinions.en",
        "03-embodied-ai-measures-draft.en",
        "04-embodied-ai-measures.en",
        "05-data-circulation-terminology.en",
        "06-city-action-plan.en",
        "08-standards-three-year-plan.en",
        "09-ai-metrology-opinions.en",
        "10-ai-manufacturing-news.en",
        "11-standardization-pilot-notice.en",
        "12-computing-power-announcement.en",
    ] {
        check(name, 0.85);
    }
}

#[test]
fn narrow_columns_with_hyphens_are_read() {
    check("07-trustworthy-data-space-white-paper.en", 0.6);
}

#[test]
fn what_cannot_be_read_is_said_and_never_passed_on_as_text() {
    for (name, says) in [
        ("10-ai-manufacturing-news.zh", "unreadable"),
        ("11-standardization-pilot-notice.zh", "scans, which need an OCR engine"),
    ] {
        let ended = Program::new(PROGRAM).run(&["extract", &sample(&format!("pdf/{name}.pdf"))]);
        assert_eq!(ended.status, Some(3), "{name}: {}", ended.messages);
        assert!(ended.messages.contains(says), "{name}: {}", ended.messages);
        assert_eq!(ended.data, "", "{name}");
    }
}
