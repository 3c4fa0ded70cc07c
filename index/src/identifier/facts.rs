//! The identifiers of a document's facts.

use super::{canonical, identifiers};
use crate::document::DocumentFacts;
use crate::query::Field;

impl DocumentFacts {
    /// The identifiers of a fact in canonical form, each value whole; where no fact is named, those that stand in any
    /// of them or in the title.
    pub(crate) fn identifiers(&self, field: Option<Field>) -> Vec<String> {
        let whole = |values: &mut dyn Iterator<Item = &String>| -> Vec<String> {
            values.map(|value| canonical(value)).filter(|value| value.chars().count() <= super::LONGEST).collect()
        };
        match field {
            Some(Field::Number) => whole(&mut self.number.iter()),
            Some(Field::Standard) => whole(&mut self.standards.iter()),
            Some(Field::Committee) => whole(&mut self.committees.iter()),
            Some(_) => Vec::new(),
            None => {
                let texts = self.number.iter().chain(&self.standards).chain(&self.committees).chain([&self.title]);
                texts.flat_map(|text| identifiers(text)).map(|(_, identifier)| identifier).collect()
            }
        }
    }
}

/// The term by which an identifier of a fact is found as one of that fact.
pub(crate) fn tagged(field: Field, identifier: &str) -> String {
    format!("{}:{identifier}", field.name())
}
