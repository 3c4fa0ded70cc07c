//! What an entry says, whatever the version, the style and the dialect.
//!
//! A category may be an attribute (`<descrip type="definition">`, style DCA) or an element of its own
//! (`<basic:definition>`, style DCT), and stand alone or in a group with what is said of it.

use corpus::term::Field;

use super::category::{PART_OF_SPEECH, canonical};
use crate::terms::exchange::xml::Element;

/// The elements that name their category in an attribute.
const TYPED: [&str; 9] =
    ["admin", "adminNote", "descrip", "descripNote", "ref", "termNote", "transac", "transacNote", "xref"];

/// A category with its content and with what is said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) category: String,
    pub(super) value: String,
    pub(super) language: Option<String>,
    pub(super) target: Option<String>,
    pub(super) said: Vec<Said>,
}

impl Said {
    /// What an element says; `None` when it is empty.
    pub(super) fn of(element: &Element) -> Option<Self> {
        if element.name.ends_with("Grp") {
            return Self::of_group(element);
        }
        let (mut value, mut target) = (element.text(), element.attribute("target").map(str::to_owned));
        let category = category(element).to_owned();
        let is_link = matches!(category.as_str(), "externalCrossReference" | "xGraphic" | "crossReference");
        // Whose name is given twice, as a text and as a reference into the back matter, is told once.
        if value.is_empty() {
            value = target.clone().unwrap_or_default();
        }
        if !is_link {
            target = None;
        }
        let language = element.language().map(str::to_owned);
        (!value.is_empty()).then(|| Self { category, value, language, target, said: Vec::new() })
    }

    /// A group is what its first element says, notes aside, and the rest is said of that.
    fn of_group(group: &Element) -> Option<Self> {
        let mut all: Vec<Self> = group.elements().filter_map(Self::of).collect();
        let head = all.iter().position(|said| said.category != "note").unwrap_or(0);
        if all.is_empty() {
            return None;
        }
        let mut said = all.remove(head);
        said.said.extend(all);
        Some(said)
    }

    /// The first thing of a category that is said of it, taken out.
    pub(super) fn take(&mut self, category: &str) -> Option<String> {
        let index = self.said.iter().position(|said| said.category == category && said.said.is_empty())?;
        Some(self.said.remove(index).value)
    }

    /// What is said, as fields: each one's name begins with that of what it is said of.
    pub(super) fn into_fields(self, prefix: &str, fields: &mut Vec<Field>) {
        let name = format!("{prefix}{}", self.category);
        fields.push(Field { name: name.clone(), value: self.value });
        said_of(&name, self.target, self.said, fields);
    }

    /// What is said of it, as fields, without itself.
    pub(super) fn into_rest(self, prefix: &str, fields: &mut Vec<Field>) {
        said_of(&format!("{prefix}{}", self.category), self.target, self.said, fields);
    }
}

fn said_of(name: &str, target: Option<String>, said: Vec<Said>, fields: &mut Vec<Field>) {
    fields.extend(target.map(|value| Field { name: format!("{name}/target"), value }));
    for said in said {
        said.into_fields(&format!("{name}/"), fields);
    }
}

fn category(element: &Element) -> &str {
    let is_typed = TYPED.contains(&element.name.as_str());
    match (is_typed.then(|| element.attribute("type")).flatten(), element.name.as_str()) {
        (Some(kind), _) => canonical(kind),
        // Translate Toolkit, and so Weblate, leaves these without a type.
        (None, "descrip") => "definition",
        (None, "termNote") => PART_OF_SPEECH,
        (None, name) => canonical(name),
    }
}
