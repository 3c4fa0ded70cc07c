//! The rows of the index: one a document.
//!
//! The text of a document, its title first, is one text to the engine; its passages are stretches of positions that
//! nothing reaches over. So what a document meets is decided by few and short lists, whatever its passages are, and only
//! those that are shown, or could be among the best, are looked at passage by passage.

use std::borrow::Cow;

use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::{TantivyDocument, Term};

use crate::analysis::{Analysis, Kind, PASSAGE_END, analyse_passages};
use crate::document::{DocumentFacts, Passage, PassageDocument};
use crate::identifier::tagged;
use crate::passages;
use crate::query::{Field as Fact, date_key};
use crate::tokens::TermForm;

/// The number of the form that is written; an index of another form must be built again.
pub(crate) const FORM: u32 = 6;

/// The fields of a text: `pairs` to rank and to find quickly, `singles` to find everything.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextFields {
    /// Pairs of Chinese characters, stems of words, joined words (`5g`).
    pub(crate) pairs: Field,
    /// Chinese characters, words as written.
    pub(crate) singles: Field,
}

/// The fields of a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// The document's number in the store.
    pub(crate) document: Field,
    /// Where its passages begin, see [`crate::passages`].
    pub(crate) passages: Field,
    /// The title and the passages.
    pub(crate) body: TextFields,
    pub(crate) title: TextFields,
    pub(crate) issuer: Field,
    pub(crate) number: Field,
    pub(crate) standard: Field,
    pub(crate) committee: Field,
    pub(crate) topic: Field,
    pub(crate) name: Field,
    pub(crate) kind: Field,
    pub(crate) language: Field,
    /// Identifiers of the topics, for filter and facet.
    pub(crate) topic_id: Field,
    /// Identities of the issuers, for filter and facet.
    pub(crate) issuer_id: Field,
    /// The name of how far it has come, for filter and facet.
    pub(crate) status: Field,
    /// Standards that the document is or names, whole, for filter and facet.
    pub(crate) standard_id: Field,
    /// Technical committees that the document names, whole, for filter and facet.
    pub(crate) committee_id: Field,
    /// Numbers of documents, standards and committees as one term each, at the number of their passage: 0 for the facts
    /// and the title. See [`crate::identifier`].
    pub(crate) identifier: Field,
    /// The identifiers of the facts, each with the fact that it is of: [`crate::identifier::tagged`].
    pub(crate) fact_identifier: Field,
    /// See [`date_key`]; 0 when not known.
    pub(crate) date: Field,
}

impl Fields {
    /// The schema and its fields.
    pub(crate) fn schema() -> (Schema, Self) {
        let text = |form: TermForm| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(form.name())
                .set_fieldnorms(true)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions);
            TextOptions::default().set_indexing_options(indexing)
        };
        let mut builder = Schema::builder();
        let fields = Self {
            document: builder.add_i64_field("document", INDEXED | FAST),
            passages: builder.add_bytes_field("passages", FAST),
            body: TextFields {
                pairs: builder.add_text_field("body", text(TermForm::Pairs)),
                singles: builder.add_text_field("body_singles", text(TermForm::Singles)),
            },
            title: TextFields {
                pairs: builder.add_text_field("title", text(TermForm::Pairs)),
                singles: builder.add_text_field("title_singles", text(TermForm::Singles)),
            },
            issuer: builder.add_text_field("issuer", text(TermForm::Facts)),
            number: builder.add_text_field("number", text(TermForm::Facts)),
            standard: builder.add_text_field("standard", text(TermForm::Facts)),
            committee: builder.add_text_field("committee", text(TermForm::Facts)),
            topic: builder.add_text_field("topic", STRING),
            name: builder.add_text_field("name", text(TermForm::Facts)),
            kind: builder.add_text_field("kind", STRING | FAST),
            language: builder.add_text_field("language", STRING | FAST),
            topic_id: builder.add_text_field("topic_id", STRING | FAST),
            issuer_id: builder.add_text_field("issuer_id", STRING | FAST),
            status: builder.add_text_field("status", STRING | FAST),
            standard_id: builder.add_text_field("standard_id", STRING | FAST),
            committee_id: builder.add_text_field("committee_id", STRING | FAST),
            identifier: builder.add_text_field("identifier", text(TermForm::Identifiers)),
            fact_identifier: builder.add_text_field("fact_identifier", STRING),
            date: builder.add_u64_field("date", FAST),
        };
        (builder.build(), fields)
    }

    /// The field in which a fact is looked for as text; `None` for the title, which has two.
    pub(crate) fn of_fact(&self, fact: Fact) -> Option<Field> {
        Some(match fact {
            Fact::Title => return None,
            Fact::Issuer => self.issuer,
            Fact::Number => self.number,
            Fact::Standard => self.standard,
            Fact::Committee => self.committee,
            Fact::Topic => self.topic,
            Fact::Name => self.name,
            Fact::Kind => self.kind,
            Fact::Status => self.status,
            Fact::Language => self.language,
        })
    }

    /// The row of a document.
    pub(crate) fn row(&self, document: &PassageDocument) -> TantivyDocument {
        let facts = &document.facts;
        let mut row = TantivyDocument::default();
        row.add_i64(self.document, document.id);
        let text = joined(facts.display_title(), &document.passages);
        row.add_bytes(self.passages, &passages::table(&analyse_passages(&text), &document.passages));
        add_text(&mut row, self.body, &text);
        add_text(&mut row, self.title, &without_ends(facts.display_title()));
        self.add_facts(&mut row, facts);
        row.add_text(self.identifier, joined(&facts.identifiers(None).join("\n"), &document.passages));
        row
    }

    fn add_facts(&self, row: &mut TantivyDocument, facts: &DocumentFacts) {
        let date = facts.date.as_deref().and_then(date_key).unwrap_or(0);
        row.add_u64(self.date, u64::from(date));
        for fact in Fact::ALL {
            if let Some(field) = self.of_fact(fact) {
                facts.values(fact).iter().for_each(|value| row.add_text(field, value));
            }
        }
        for topic in &facts.topics {
            row.add_text(self.topic_id, &topic.id);
        }
        for issuer in &facts.issuers {
            row.add_text(self.issuer_id, DocumentFacts::issuer_identity(issuer));
        }
        for standard in &facts.standards {
            row.add_text(self.standard_id, standard);
        }
        for committee in &facts.committees {
            row.add_text(self.committee_id, committee);
        }
        for fact in Fact::ALL {
            for identifier in facts.identifiers(Some(fact)) {
                row.add_text(self.fact_identifier, tagged(fact, &identifier));
            }
        }
    }
}

/// A first text and the passages as one text.
fn joined(first: &str, passages: &[Passage]) -> String {
    let mut text = without_ends(first).into_owned();
    for passage in passages {
        text.push(PASSAGE_END);
        text.push_str(&without_ends(&passage.text));
    }
    text
}

/// A text in which [`PASSAGE_END`] has no meaning, but parts like the punctuation that it is elsewhere.
fn without_ends(text: &str) -> Cow<'_, str> {
    if text.contains(PASSAGE_END) { text.replace(PASSAGE_END, ";").into() } else { text.into() }
}

fn add_text(row: &mut TantivyDocument, fields: TextFields, text: &str) {
    row.add_text(fields.pairs, text);
    row.add_text(fields.singles, text);
}

/// A term of an exact text, and how many positions after the text's first token it stands.
#[derive(Clone, Debug)]
pub(crate) struct TermAt {
    pub(crate) offset: u32,
    pub(crate) term: Term,
    /// Whether it stands there wherever the others do: its row tells where to look at theirs, its positions add nothing.
    pub(crate) follows: bool,
}

/// The terms that stand in a text field exactly where the text does: pairs that cover runs of Chinese characters,
/// single characters where there is no pair, stems; and the pairs between, which follow from these.
pub(crate) fn exact_terms(analysis: &Analysis, fields: TextFields) -> Vec<TermAt> {
    let first = analysis.tokens.first().map_or(0, |token| token.position);
    let mut terms = Vec::new();
    let mut covered = 0;
    for (index, token) in analysis.tokens.iter().enumerate() {
        let mut add = |term: Term, follows| terms.push(TermAt { offset: token.position - first, term, follows });
        if token.kind != Kind::Han {
            add(Term::from_field_text(fields.pairs, &analysis.stem(token)), false);
        } else if analysis.is_lone_han(index) {
            add(Term::from_field_text(fields.singles, analysis.text(token)), false);
        } else if let Some(pair) = analysis.longer(index).filter(|_| index + 2 > covered) {
            let follows = index < covered && analysis.is_pair(index + 1);
            add(Term::from_field_text(fields.pairs, &pair), follows);
            covered = if follows { covered } else { index + 2 };
        }
    }
    terms
}

/// The terms of a text in a field of facts.
pub(crate) fn flat_terms(analysis: &Analysis, field: Field) -> Vec<TermAt> {
    let first = analysis.tokens.first().map_or(0, |token| token.position);
    let at = |token: &crate::analysis::Token| TermAt {
        offset: token.position - first,
        term: Term::from_field_text(field, &analysis.stem(token)),
        follows: false,
    };
    analysis.tokens.iter().map(at).collect()
}

/// The terms of a text in `singles`: words as written.
pub(crate) fn written_terms(analysis: &Analysis, singles: Field) -> Vec<TermAt> {
    let first = analysis.tokens.first().map_or(0, |token| token.position);
    let at = |token: &crate::analysis::Token| TermAt {
        offset: token.position - first,
        term: Term::from_field_text(singles, analysis.text(token)),
        follows: false,
    };
    analysis.tokens.iter().map(at).collect()
}
