use corpus::document::Language;
use corpus::term::Status;
use proptest::prelude::*;

use super::*;

fn term(number: i64, text: &str, status: Status, confidence: f32) -> ListedTerm {
    let is_han = text.contains(|c: char| c >= '\u{3400}');
    let language = if is_han { Language::Zh } else { Language::En };
    let (text, variants) = (text.to_owned(), Vec::new());
    ListedTerm { term: number, concept: number, language, text, variants, status, confidence, count: 1 }
}

fn marker(terms: &[&str]) -> Marker {
    let terms: Vec<ListedTerm> =
        (1..).zip(terms).map(|(number, text)| term(number, text, Status::Admitted, 0.0)).collect();
    Marker::new(&terms, 0.5)
}

/// Marks a text with brackets.
fn bracketed(marker: &Marker, text: &str) -> String {
    let mut shown = text.to_owned();
    for mark in marker.mark(text).iter().rev() {
        shown.insert(mark.range.end, ']');
        shown.insert(mark.range.start, '[');
    }
    shown
}

#[track_caller]
fn check(terms: &[&str], expected: &str) {
    let text = expected.replace(['[', ']'], "");
    assert_eq!(bracketed(&marker(terms), &text), expected);
}

#[test]
fn chinese_is_marked_wherever_it_stands() {
    check(&["水质监测", "监测"], "加强[水质监测]和大气[监测]工作。");
    check(&["水质监测"], "加強[水質監測]網絡");
    check(&["5G基站"], "建成[5Ｇ 基站]百座");
    check(&["水质监测"], "加强[水质\n监测]。水质\n\n监测");
}

#[test]
fn english_is_marked_by_whole_words_in_their_usual_forms() {
    let terms = &["new harbour force", "fishery", "revitalize villages"];
    check(terms, "The [New Harbour Force's] ships; [new-harbor\nforces]; renew harbour forces.");
    check(terms, "[Fisheries], the [fishery's] and fisherymen");
    check(terms, "[revitalizing villages], [revitalised village]");
    check(terms, "[new har\u{ad}bour  \t force]");
    check(terms, "new \u{2014} harbour force, new, harbour force. New\n\nharbour force");
    check(&["build"], "we are [building]");
    check(&["building"], "we build a [building], two [buildings]");
}

#[test]
fn capitals_that_are_a_term_are_not_a_small_word() {
    check(&["IT", "SMEs"], "it is [IT] for [SMEs], not smes");
    check(&["it"], "[it] is [IT]");
}

#[test]
fn the_longest_stands_wherever_it_begins() {
    check(&["水质", "水质监测", "监测"], "[水质监测][水质]");
    check(&["甲乙", "乙丙丁", "丁戊"], "甲[乙丙丁]戊");
    check(&["甲乙", "乙丙", "丙丁"], "[甲乙][丙丁]");
    check(&["甲", "甲乙", "乙丙丁"], "[甲][乙丙丁]");
}

#[test]
fn terms_within_terms_are_given_when_all_are_asked_for() {
    let text = "水质监测 of the Harbour\u{2011}Forces";
    let all = marker(&["水质", "水质监测", "监测", "harbor force", "force"]).mark_all(text);
    let shown: Vec<&str> = all.iter().map(|mark| &text[mark.range.clone()]).collect();
    assert_eq!(shown, ["水质监测", "水质", "监测", "Harbour\u{2011}Forces", "Forces"]);
}

#[test]
fn punctuation_in_a_term_is_met() {
    check(&["GB/T 1.1", "U.S."], "see [GB/T 1.1]-2020, [GB/T\n1.1] and GB/T 1.2 of the [U.S.]");
}

#[test]
fn candidates_must_be_sure_and_say_something() {
    let of = |text: &str, status, confidence| Marker::new(&[term(1, text, status, confidence)], 0.5);
    for (text, status, confidence, expected) in [
        ("水", Status::Candidate, 0.9, "水 water of"),
        ("水", Status::Preferred, 0.0, "[水] water of"),
        ("of", Status::Candidate, 0.9, "水 water of"),
        ("of", Status::Deprecated, 0.0, "水 water [of]"),
        ("water", Status::Candidate, 0.4, "水 water of"),
        ("water", Status::Candidate, 0.5, "水 [water] of"),
    ] {
        assert_eq!(bracketed(&of(text, status, confidence), "水 water of"), expected, "{text}");
    }
}

#[test]
fn homographs_are_all_given_the_best_first() {
    let terms = [
        term(1, "port", Status::Candidate, 0.9),
        term(2, "Ports", Status::Preferred, 0.0),
        term(3, "port", Status::Deprecated, 0.0),
    ];
    let marks = Marker::new(&terms, 0.5).mark("a port");
    assert_eq!(marks, [Mark { range: 2..6, designates: vec![(2, 2), (1, 1), (3, 3)] }]);
}

#[test]
fn a_change_is_marked_at_once() {
    let mut marker = marker(&["水质监测", "渔港"]);
    marker.replace(&[1, 9], &[term(1, "水质", Status::Admitted, 0.0), term(9, "渔港建设", Status::Admitted, 0.0)]);
    assert_eq!(bracketed(&marker, "水质监测和渔港建设、渔港"), "[水质]监测和[渔港建设]、[渔港]");
    marker.replace(&[9], &[]);
    assert_eq!(bracketed(&marker, "水质监测和渔港建设"), "[水质]监测和[渔港]建设");
}

proptest! {
    #[test]
    fn marks_stand_in_order_and_apart(
        terms in prop::collection::vec("[ab水质]{1,3}( [ab]{1,2})?", 0..8),
        text in "[ab水质 \n'’—-]{0,40}|\\PC{0,40}",
    ) {
        let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
        let mut last = 0;
        for mark in marker(&terms).mark(&text) {
            prop_assert!(last <= mark.range.start && mark.range.start < mark.range.end);
            prop_assert!(text.get(mark.range.clone()).is_some());
            prop_assert!(!mark.designates.is_empty());
            last = mark.range.end;
        }
    }

    #[test]
    fn no_term_is_left_out_but_for_a_longer_one(
        terms in prop::collection::vec("[甲乙丙]{1,4}", 1..6), text in "[甲乙丙丁]{0,20}",
    ) {
        let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
        let marks = marker(&terms).mark(&text);
        for term in terms {
            for (start, _) in text.match_indices(term) {
                let range = start..start + term.len();
                let covers = |mark: &Mark| mark.range.start < range.end && range.start < mark.range.end;
                let best = marks.iter().filter(|mark| covers(mark)).map(|mark| mark.range.len()).max();
                prop_assert!(best.is_some_and(|length| length >= term.len()), "{term} at {start} of {text}");
            }
        }
    }

    #[test]
    fn changing_is_the_same_as_making_anew(
        before in prop::collection::vec("[甲乙丙]{1,4}", 4), after in prop::collection::vec("[甲乙丙]{1,4}", 2),
        text in "[甲乙丙丁]{0,20}",
    ) {
        let of = |number: i64, text: &String| term(number, text, Status::Admitted, 0.0);
        let old: Vec<ListedTerm> = (1..).zip(&before).map(|(number, text)| of(number, text)).collect();
        let new: Vec<ListedTerm> = [(2, &after[0]), (7, &after[1])].map(|(number, text)| of(number, text)).to_vec();
        let mut marker = Marker::new(&old, 0.5);
        marker.replace(&[2, 7], &new);
        let mut all: Vec<ListedTerm> = old.into_iter().filter(|term| term.concept != 2).collect();
        all.extend(new);
        prop_assert_eq!(marker.mark(&text), Marker::new(&all, 0.5).mark(&text));
    }
}
