//! Paragraph styles: which are headings, titles, captions, and which number their paragraphs.

use std::collections::HashMap;

use super::xml::{Event, Events};

/// A style follows at most so many others.
const LONGEST_CHAIN: usize = 20;

/// What a paragraph is by its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The document's title.
    Title,
    /// A heading, its level counted from 1.
    Heading(u8),
    /// A caption of a table or figure.
    Caption,
}

/// Which list a paragraph is in, and how deep.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ListPlace {
    pub(super) list: Option<String>,
    pub(super) depth: Option<u8>,
}

#[derive(Debug, Default)]
struct Style {
    role: Option<Role>,
    outline: Option<u8>,
    place: ListPlace,
    based_on: Option<String>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

impl Styles {
    /// Reads the part; of a damaged one what can be had.
    pub(super) fn read(part: &str) -> Self {
        let mut styles = Self::default();
        let mut events = Events::new(part);
        let mut own = Style::default();
        let mut id = None;
        while let Some(event) = events.next().ok().flatten() {
            let Event::Start(element) = event else { continue };
            match element.name().as_str() {
                "style" => {
                    if let Some(id) = id.replace(element.attribute("styleId").unwrap_or_default()) {
                        styles.0.insert(id, std::mem::take(&mut own));
                    }
                }
                "name" => own.role = element.val().as_deref().and_then(role_of_name),
                "basedOn" => own.based_on = element.val(),
                "outlineLvl" => own.outline = element.val().and_then(|level| level.parse().ok()),
                "numId" => own.place.list = element.val(),
                "ilvl" => own.place.depth = element.val().and_then(|depth| depth.parse().ok()),
                _ => {}
            }
        }
        if let Some(id) = id {
            styles.0.insert(id, own);
        }
        styles
    }

    /// What a paragraph of a style is: by the style's name, its outline level, or the style that it is based on.
    pub(super) fn role(&self, id: &str) -> Option<Role> {
        self.chain(id).find_map(|style| style.role.or(style.outline.and_then(role_of_outline)))
    }

    /// Which list the paragraphs of a style are in.
    pub(super) fn place(&self, id: &str) -> ListPlace {
        let mut place = ListPlace::default();
        for style in self.chain(id) {
            place.list = place.list.or_else(|| style.place.list.clone());
            place.depth = place.depth.or(style.place.depth);
        }
        place
    }

    fn chain(&self, id: &str) -> impl Iterator<Item = &Style> {
        let next = |style: &&Style| style.based_on.as_deref().and_then(|id| self.0.get(id));
        std::iter::successors(self.0.get(id), next).take(LONGEST_CHAIN)
    }
}

/// Programs in all languages keep the English names of the built-in styles in the file; some write their own.
fn role_of_name(name: &str) -> Option<Role> {
    let name = name.trim().to_lowercase();
    match name.as_str() {
        "title" | "标题" | "文档标题" => return Some(Role::Title),
        "caption" | "题注" => return Some(Role::Caption),
        _ => {}
    }
    let number = name.strip_prefix("heading").or(name.strip_prefix("标题"))?.trim();
    number.parse::<u8>().ok().filter(|level| (1..=9).contains(level)).map(Role::Heading)
}

/// Outline levels count from 0; 9 is running text.
pub(super) fn role_of_outline(level: u8) -> Option<Role> {
    (level < 9).then_some(Role::Heading(level.saturating_add(1)))
}
