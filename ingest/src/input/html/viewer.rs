//! Pages without a text of their own: what they show instead, and what to do.

use super::tree::Tree;
use crate::layout::draft::Draft;

/// A page with fewer letters than this around a PDF only announces it.
const ANNOUNCEMENT: usize = 60;
/// Scripts of this many bytes beside no text put the text there.
const SCRIPTS: usize = 200;

/// Why a page has no text; nothing when it has.
pub(super) fn why_no_text(tree: &Tree, drafts: &[Draft]) -> Option<String> {
    let letters = drafts.iter().flat_map(|draft| draft.text.chars()).filter(|char| char.is_alphanumeric()).count();
    let viewed = viewed_pdf(tree);
    match viewed {
        Some(address) if letters < ANNOUNCEMENT => Some(format!(
            "the page has no text of its own, it only shows a PDF ({address}); download that file and give it instead"
        )),
        _ if letters > 0 => None,
        _ if scripts(tree) >= SCRIPTS => Some(
            "the page has no text, its scripts put it there; open it in a browser and save it from there as a complete page"
                .to_owned(),
        ),
        _ => Some("the page has no text; open it in a browser and save it again, or save what it links to".to_owned()),
    }
}

/// The PDF that a page shows in a frame, by a viewer, or as an object.
fn viewed_pdf(tree: &Tree) -> Option<String> {
    let elements = tree.all(&["iframe", "embed", "object", "frame"]).find_map(|(_, element)| {
        let address = element.attribute("src").or(element.attribute("data")).or(element.attribute("data-src"))?;
        let is_pdf = element.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/pdf"));
        (is_pdf || names_pdf(address)).then(|| pdf_of(address))
    });
    let linked = || {
        let mut links = tree.all(&["a"]).filter_map(|(_, link)| link.attribute("href"));
        links.find(|href| names_pdf(href)).map(pdf_of)
    };
    elements.or_else(linked)
}

fn names_pdf(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    lower.split(['?', '#', '&', '=']).any(|part| part.ends_with(".pdf") || part.ends_with(".ofd"))
}

/// The address of the file itself in that of a viewer: `viewer.html?file=/a/b.pdf`.
fn pdf_of(address: &str) -> String {
    let file = address.split(['?', '&', '=', '#']).find(|part| names_pdf(part)).unwrap_or(address);
    file.replace("%2F", "/").replace("%3A", ":").chars().take(300).collect()
}

fn scripts(tree: &Tree) -> usize {
    tree.all(&["script"]).map(|(id, script)| tree.text(id).len() + script.attribute("src").map_or(0, |_| 100)).sum()
}
