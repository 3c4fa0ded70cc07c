//! Concepts with everything in them that may go wrong on the way through a file, for property tests.

use corpus::document::Language;
use corpus::term::{Concept, Definition, Field, PartOfSpeech, Status, Term};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

const NASTY: [&str; 18] = [
    "a & b < c > d",
    "]]>",
    "<![CDATA[x]]>",
    "\"quoted\" 'twice'",
    " led and trailed ",
    "two\nlines",
    "indented\n    line\n",
    "tab\tand\r\nreturn",
    "\u{202e}שלום\u{202c} RTL",
    "😀👩‍🔬",
    "𠮷野家㐂",
    "\u{a0}no\u{3000}break",
    "=1+1",
    "[field x] y",
    "[note] z",
    "&amp;amp; &#10;",
    "潮汐能；潮流能",
    "x\u{2028}y\u{85}z\u{7f}",
];

/// Names of fields: categories that a file may have a place for, and others.
const NAMES: [&str; 24] = [
    "context",
    "context/source",
    "context/note",
    "source",
    "source/note",
    "subjectField",
    "definition",
    "zh.definition",
    "en.definition/source",
    "zh.note",
    "en.transactionType",
    "transactionType",
    "transactionType/date",
    "transactionType/responsibility",
    "termType",
    "grammaticalGender",
    "geographicalUsage",
    "geographicalUsage/source",
    "externalCrossReference",
    "externalCrossReference/target",
    "crossReference",
    "partOfSpeech",
    "id",
    "a ] \\ name",
];

const VALUES: [&str; 8] = [
    "variant",
    "modification",
    "2026-11-22",
    "2026-11-22T10:00:00Z",
    "https://example.org/a?b=c#d",
    "other",
    "policyglot-7",
    "preferredTerm-admn-sts",
];

/// Text that a file of XML can hold: no control characters but white space.
fn text() -> impl Strategy<Value = String> {
    let raw = prop_oneof![select(&NASTY[..]).prop_map(str::to_owned), any::<String>(), "[a-z潮汐 ]{1,12}"];
    raw.prop_map(|text| {
        let held = |char: &char| matches!(char, '\n' | '\r' | '\t') || !char.is_control();
        let text: String =
            text.chars().filter(held).filter(|char| !matches!(char, '\u{fffe}' | '\u{ffff}')).take(200).collect();
        if text.is_empty() { "x".to_owned() } else { text }
    })
}

fn field() -> impl Strategy<Value = Field> {
    let name = prop_oneof![4 => select(&NAMES[..]).prop_map(str::to_owned), 1 => text()];
    let value = prop_oneof![select(&VALUES[..]).prop_map(str::to_owned), text()];
    (name, value).prop_map(|(name, value)| Field { name, value })
}

fn fields() -> impl Strategy<Value = Vec<Field>> {
    prop::collection::vec(field(), 0..6)
}

prop_compose! {
    fn term()(
        text in text(),
        is_zh in any::<bool>(),
        status in select(vec![Status::Preferred, Status::Admitted, Status::Candidate, Status::Superseded, Status::Deprecated]),
        part_of_speech in of(select(&PartOfSpeech::ALL[..])),
        note in of(text()),
        region in of(text()),
        source in of(text()),
        variants in prop::collection::vec(text(), 0..3),
        other in fields(),
    ) -> Term {
        let language = if is_zh { Language::Zh } else { Language::En };
        Term { part_of_speech, note, region, source, variants, other, ..Term::new(text, language, status) }
    }
}

fn definitions() -> impl Strategy<Value = Vec<Definition>> {
    let definition = |language: Language| {
        of((text(), of(text())))
            .prop_map(move |given| given.map(|(text, source)| Definition { language, text, source }))
    };
    (definition(Language::Zh), definition(Language::En)).prop_map(|(zh, en)| zh.into_iter().chain(en).collect())
}

prop_compose! {
    /// A concept as the store may hold it, with one designation at least.
    pub(super) fn any_concept()(
        id in 1..1000_i64,
        subject in of(text()),
        definitions in definitions(),
        note in of(text()),
        other in fields(),
        terms in prop::collection::vec(term(), 1..5),
        changed in of(Just("2026-11-22T10:00:00Z".to_owned())),
    ) -> Concept {
        Concept { id, subject, definitions, note, other, terms, changed }
    }
}

/// The concept without what no file tells: in which order languages and fields come.
pub(super) fn flattened(concept: &Concept) -> Concept {
    let mut concept = concept.clone();
    concept.other.sort();
    concept.definitions.sort_by_key(|definition| definition.language != Language::Zh);
    concept.terms.sort_by_key(|term| term.language != Language::Zh);
    for term in &mut concept.terms {
        term.other.sort();
    }
    concept
}
