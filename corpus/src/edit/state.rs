//! What people can say of concepts, taken apart field by field, so that edits can be compared and taken back one field
//! at a time.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::Fault;
use crate::term::{Concept, Status, Term};

/// One field of a concept or of a designation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// A concept's, by its number. The field `id` says that it is there.
    Concept(i64, String),
    /// A designation's, by its number. The field `concept` says where it is.
    Term(i64, String),
}

/// The field that says in which concept a designation is.
pub(super) const HOME: &str = "concept";
const ID: &str = "id";
const DEFINITION: &str = "definition ";

/// What mining says of a designation is not a person's to change or to take back.
const MINED: [&str; 3] = [ID, "confidence", "count"];

/// All that is said of some concepts.
pub(super) type State = BTreeMap<Key, Value>;

pub(super) fn state(concepts: &[Concept]) -> Result<State, Fault> {
    let mut state = State::new();
    for concept in concepts {
        for (name, value) in object(concept)? {
            match (name.as_str(), value) {
                ("terms", _) => {}
                ("definitions", Value::Array(definitions)) => {
                    for definition in definitions {
                        let language = definition.get("language").and_then(Value::as_str).unwrap_or_default();
                        state.insert(Key::Concept(concept.id, format!("{DEFINITION}{language}")), definition);
                    }
                }
                (_, value) => keep(&mut state, Key::Concept(concept.id, name), value),
            }
        }
        for term in &concept.terms {
            state.insert(Key::Term(term.id, HOME.to_owned()), concept.id.into());
            for (name, value) in object(term)? {
                if !MINED.contains(&name.as_str()) {
                    keep(&mut state, Key::Term(term.id, name), value);
                }
            }
        }
    }
    Ok(state)
}

/// What is empty is as good as what is not there.
fn keep(state: &mut State, key: Key, value: Value) {
    if !value.is_null() && value.as_array().is_none_or(|array| !array.is_empty()) {
        state.insert(key, value);
    }
}

fn object(value: &impl serde::Serialize) -> Result<Map<String, Value>, Fault> {
    match serde_json::to_value(value)? {
        Value::Object(fields) => Ok(fields),
        _ => Err(Fault::Damaged("no object".to_owned())),
    }
}

/// The concepts of a state, by number, and the designations whose concept is not in it. `mined` tells how sure mining is
/// of each designation, and how often it was seen.
pub(super) fn concepts(state: &State, mined: &BTreeMap<i64, (f32, u32)>) -> Result<(Vec<Concept>, Vec<Term>), Fault> {
    let (mut concepts, mut terms) = (BTreeMap::<i64, Map<String, Value>>::new(), BTreeMap::<i64, Map<_, _>>::new());
    for (key, value) in state {
        match key {
            Key::Concept(id, field) if field.starts_with(DEFINITION) => {
                let definitions = concepts.entry(*id).or_default().entry("definitions");
                if let Value::Array(definitions) = definitions.or_insert_with(|| Value::Array(Vec::new())) {
                    definitions.insert(0, value.clone());
                }
            }
            Key::Concept(id, field) => {
                concepts.entry(*id).or_default().insert(field.clone(), value.clone());
            }
            Key::Term(id, field) => {
                terms.entry(*id).or_default().insert(field.clone(), value.clone());
            }
        }
    }
    let mut found: BTreeMap<i64, Concept> = BTreeMap::new();
    for (id, fields) in concepts {
        if fields.contains_key(ID) {
            found.insert(id, serde_json::from_value(Value::Object(fields))?);
        }
    }
    let mut homeless = Vec::new();
    for (id, mut fields) in terms {
        let Some(home) = fields.remove(HOME) else { continue };
        let mut term: Term = serde_json::from_value(Value::Object(fields))?;
        term.id = id;
        (term.confidence, term.count) = mined.get(&id).copied().unwrap_or_default();
        match home.as_i64().and_then(|home| found.get_mut(&home)) {
            Some(concept) => concept.terms.push(term),
            None => homeless.push(term),
        }
    }
    Ok((found.into_values().collect(), homeless))
}

/// How sure mining is of each designation, and how often it was seen.
pub(super) fn mined<'a>(concepts: impl IntoIterator<Item = &'a Concept>) -> BTreeMap<i64, (f32, u32)> {
    let terms = concepts.into_iter().flat_map(|concept| &concept.terms);
    terms.map(|term| (term.id, (term.confidence, term.count))).collect()
}

/// The fields in which two states differ.
pub(super) fn difference(was: &State, is: &State) -> BTreeSet<Key> {
    was.keys().chain(is.keys()).filter(|key| was.get(key) != is.get(key)).cloned().collect()
}

/// Whether nobody but mining has said anything of a designation.
pub(super) fn is_only_mined(term: &Term) -> bool {
    let plain = Term { id: term.id, confidence: term.confidence, count: term.count, ..plain(term) };
    *term == plain
}

fn plain(term: &Term) -> Term {
    Term::new(term.text.clone(), term.language, Status::Candidate)
}
