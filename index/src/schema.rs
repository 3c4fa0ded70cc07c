//! The rows of the index.
//!
//! A document is a run of rows in one segment: first a row with its title and facts, then a row for each passage.
//! Writing them as one batch keeps the run together, through merges too, so the row of a passage says how far back
//! the row of its document is, and what a document meets can be decided within one segment.

use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::{TantivyDocument, Term};

use crate::analysis::{Analysis, Kind};
use crate::document::{DocumentFacts, Passage, PassageDocument};
use crate::identifier::identifiers;
use crate::query::{Field as Fact, date_key};
use crate::tokens::TermForm;

/// The number of the form that is written; an index of another form must be built again.
pub(crate) const FORM: u32 = 3;

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
    /// The document's number, on every row.
    pub(crate) document: Field,
    /// How many rows before this one the document begins.
    pub(crate) ordinal: Field,
    pub(crate) block: Field,
    pub(crate) page: Field,
    pub(crate) body: TextFields,
    pub(crate) title: TextFields,
    pub(crate) issuer: Field,
    pub(crate) number: Field,
    pub(crate) standard: Field,
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
    /// Numbers of documents, standards and committees as one term each: those of the facts on the document's row,
    /// those that stand in a passage on its row. See [`crate::identifier`].
    pub(crate) identifier: Field,
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
            ordinal: builder.add_u64_field("ordinal", FAST),
            block: builder.add_u64_field("block", FAST),
            page: builder.add_u64_field("page", FAST),
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
            topic: builder.add_text_field("topic", STRING),
            name: builder.add_text_field("name", text(TermForm::Facts)),
            kind: builder.add_text_field("kind", STRING | FAST),
            language: builder.add_text_field("language", STRING | FAST),
            topic_id: builder.add_text_field("topic_id", STRING | FAST),
            issuer_id: builder.add_text_field("issuer_id", STRING | FAST),
            status: builder.add_text_field("status", STRING | FAST),
            standard_id: builder.add_text_field("standard_id", STRING | FAST),
            committee_id: builder.add_text_field("committee_id", STRING | FAST),
            identifier: builder.add_text_field("identifier", STRING),
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
            Fact::Topic => self.topic,
            Fact::Name => self.name,
            Fact::Kind => self.kind,
            Fact::Language => self.language,
        })
    }

    /// The rows of a document: its own, then one for each passage.
    pub(crate) fn rows(&self, document: &PassageDocument) -> Vec<TantivyDocument> {
        let mut rows = Vec::with_capacity(document.passages.len() + 1);
        rows.push(self.document_row(document.id, &document.facts));
        for (index, passage) in document.passages.iter().enumerate() {
            rows.push(self.passage_row(document.id, index as u64 + 1, passage));
        }
        rows
    }

    fn document_row(&self, id: i64, facts: &DocumentFacts) -> TantivyDocument {
        let mut row = TantivyDocument::default();
        row.add_i64(self.document, id);
        row.add_u64(self.ordinal, 0);
        let date = facts.date.as_deref().and_then(date_key).unwrap_or(0);
        row.add_u64(self.date, u64::from(date));
        add_text(&mut row, self.title, facts.display_title());
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
        if let Some(status) = facts.status {
            row.add_text(self.status, status.name());
        }
        for standard in &facts.standards {
            row.add_text(self.standard_id, standard);
        }
        for committee in &facts.committees {
            row.add_text(self.committee_id, committee);
        }
        for text in facts.number.iter().chain(&facts.standards).chain(&facts.committees).chain([&facts.title]) {
            identifiers(text).into_iter().for_each(|(_, identifier)| row.add_text(self.identifier, identifier));
        }
        row
    }

    fn passage_row(&self, id: i64, ordinal: u64, passage: &Passage) -> TantivyDocument {
        let mut row = TantivyDocument::default();
        row.add_i64(self.document, id);
        row.add_u64(self.ordinal, ordinal);
        row.add_u64(self.block, passage.block as u64);
        row.add_u64(self.page, u64::from(passage.page));
        add_text(&mut row, self.body, &passage.text);
        identifiers(&passage.text).into_iter().for_each(|(_, identifier)| row.add_text(self.identifier, identifier));
        row
    }
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
}

/// The terms that stand in a text field exactly where the text does: pairs that cover runs of Chinese characters,
/// single characters where there is no pair, stems.
pub(crate) fn exact_terms(analysis: &Analysis, fields: TextFields) -> Vec<TermAt> {
    let first = analysis.tokens.first().map_or(0, |token| token.position);
    let mut terms = Vec::new();
    let mut covered = 0;
    for (index, token) in analysis.tokens.iter().enumerate() {
        let offset = token.position - first;
        if token.kind != Kind::Han {
            terms.push(TermAt { offset, term: Term::from_field_text(fields.pairs, &analysis.stem(token)) });
        } else if analysis.is_lone_han(index) {
            terms.push(TermAt { offset, term: Term::from_field_text(fields.singles, analysis.text(token)) });
        } else if let Some(pair) = analysis.longer(index)
            && (index >= covered || !analysis.is_pair(index + 1))
            && index + 2 > covered
        {
            terms.push(TermAt { offset, term: Term::from_field_text(fields.pairs, &pair) });
            covered = index + 2;
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
    };
    analysis.tokens.iter().map(at).collect()
}

/// The terms of a text in `singles`: words as written.
pub(crate) fn written_terms(analysis: &Analysis, singles: Field) -> Vec<TermAt> {
    let first = analysis.tokens.first().map_or(0, |token| token.position);
    let at = |token: &crate::analysis::Token| TermAt {
        offset: token.position - first,
        term: Term::from_field_text(singles, analysis.text(token)),
    };
    analysis.tokens.iter().map(at).collect()
}
