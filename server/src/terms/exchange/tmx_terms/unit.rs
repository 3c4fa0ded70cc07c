//! Translation units of a TMX file (1.1 to 1.4b), as they are.

use crate::Error;
use crate::terms::exchange::xml::{Element, Parts, Step};

/// A text in several languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unit {
    /// The line where it begins, counted from 1.
    pub(crate) line: usize,
    /// Its identifier, where it has one.
    pub(crate) id: Option<String>,
    /// Its properties and notes; those of its notes are named `note`.
    pub(crate) properties: Vec<(String, String)>,
    /// Its variants.
    pub(crate) variants: Vec<Variant>,
}

/// The text of a unit in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Variant {
    /// The tag of the language, as the file writes it; empty when it has none.
    pub(crate) language: String,
    /// The text, without the inline codes.
    pub(crate) text: String,
    /// Its properties and notes.
    pub(crate) properties: Vec<(String, String)>,
}

/// Calls `each` with every unit of a file that is decoded already, until it says no, and gives how many references to
/// entities of the file's own were kept as they are written.
///
/// # Errors
/// When the file is no TMX, or no well-formed XML.
pub(crate) fn each_unit(text: &str, mut each: impl FnMut(Unit) -> bool) -> Result<usize, Error> {
    let mut parts = Parts::of(text, &["tu"]);
    let mut is_known = false;
    while let Some(step) = parts.next()? {
        match step {
            Step::Opened(root) if !is_known => {
                if root.name != "tmx" {
                    let Element { line, name, .. } = root;
                    return Err(Error::Input(format!("line {line}: this is no TMX, since it begins with <{name}>")));
                }
                is_known = true;
            }
            Step::Opened(_) => {}
            Step::Whole(element) => {
                if !each(unit(&element)) {
                    break;
                }
            }
        }
    }
    if !is_known {
        return Err(Error::Input("this is no TMX: there is no XML element in it".to_owned()));
    }
    Ok(parts.unknown_entities())
}

fn unit(element: &Element) -> Unit {
    Unit {
        line: element.line,
        id: element.attribute("tuid").map(str::to_owned),
        properties: properties(element),
        variants: element.named("tuv").map(variant).collect(),
    }
}

fn variant(element: &Element) -> Variant {
    Variant {
        language: element.language().unwrap_or_default().to_owned(),
        text: element.named("seg").next().map(Element::text).unwrap_or_default(),
        properties: properties(element),
    }
}

fn properties(element: &Element) -> Vec<(String, String)> {
    let all = element.elements().filter_map(|child| match child.name.as_str() {
        "prop" => {
            let kind = child.attributes.iter().find(|(name, _)| name == "type");
            Some((kind.map_or("prop", |(_, kind)| kind).to_owned(), child.text()))
        }
        "note" => Some(("note".to_owned(), child.text())),
        _ => None,
    });
    all.filter(|(_, value)| !value.is_empty()).collect()
}
