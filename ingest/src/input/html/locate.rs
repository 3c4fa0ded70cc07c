//! Where on a page its text stands.
//!
//! No list of sites: from the root downwards to the element that still holds the sentences, then upwards again over
//! what belongs to them, such as a salutation, a signature or a list of annexes beside the paragraphs.

use super::tree::{Element, NodeId, ROOT, Tree};
use super::weigh::Weight;

/// Sentences of this weight may be lost on the way down: a teaser, a line of copyright.
const NEGLIGIBLE: f32 = 40.0;

/// The element whose text is the page's.
pub(super) fn main_element(tree: &Tree, weights: &[Weight]) -> NodeId {
    climb(tree, weights, descend(tree, weights))
}

fn weight(weights: &[Weight], id: NodeId) -> Weight {
    weights.get(id).copied().unwrap_or_default()
}

/// Goes down as long as one child has the sentences.
fn descend(tree: &Tree, weights: &[Weight]) -> NodeId {
    let mut at = ROOT;
    while let Some(child) = heaviest_child(tree, weights, at) {
        let (all, own) = (weight(weights, at), weight(weights, child));
        let lost = all.prose - own.prose;
        let is_container = tree.element(child).is_some_and(|element| is_container(&element.name));
        let holds_all = lost <= NEGLIGIBLE.min(own.prose * 0.2) || lost <= own.prose * 0.03;
        let is_named = tree.element(child).is_some_and(is_named_text) && own.prose >= all.prose * 0.5;
        if !is_container || !(holds_all || is_named || rest_is_margin(tree, weights, at, child)) {
            break;
        }
        at = child;
    }
    at
}

fn heaviest_child(tree: &Tree, weights: &[Weight], at: NodeId) -> Option<NodeId> {
    let heavier = |best: Option<NodeId>, child: &NodeId| match best {
        Some(best) if weight(weights, best).prose >= weight(weights, *child).prose => Some(best),
        _ => Some(*child),
    };
    let children = tree.children(at).iter().filter(|child| weight(weights, **child).prose > 0.0);
    children.fold(None, heavier)
}

/// Elements that hold blocks. A paragraph or a single row of a table is never the whole text.
fn is_container(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "td"
            | "th"
            | "tr"
            | "tbody"
            | "table"
            | "article"
            | "section"
            | "main"
            | "center"
            | "form"
            | "body"
            | "font"
            | "span"
            | "blockquote"
            | "fieldset"
            | "details"
            | "ucapcontent"
            | "dl"
            | "dd"
            | "ul"
            | "li"
    ) || name.contains('-')
}

/// Whether the page itself says that here its text stands.
fn is_named_text(element: &Element) -> bool {
    const NAMES: [&str; 16] = [
        "trs_editor",
        "trs_ueditor",
        "custom_unionstyle",
        "pages_content",
        "ucap-content",
        "articlebody",
        "article-body",
        "article-content",
        "article_content",
        "entry-content",
        "post-content",
        "post-body",
        "zoom",
        "article_con",
        "articlecontent",
        "story-body",
    ];
    let named = |value: &str| value.split_whitespace().any(|name| NAMES.contains(&name.to_ascii_lowercase().as_str()));
    matches!(element.name.as_str(), "article" | "main" | "ucapcontent")
        || element.attribute("role") == Some("main")
        || element.attribute("itemprop").is_some_and(|value| value.eq_ignore_ascii_case("articleBody"))
        || [element.attribute("class"), element.attribute("id")].into_iter().flatten().any(named)
}

/// Whether what stands beside a child is a column of teasers: less of it, shorter, or full of links.
fn rest_is_margin(tree: &Tree, weights: &[Weight], at: NodeId, child: NodeId) -> bool {
    let own = weight(weights, child);
    let others = tree.children(at).iter().filter(|other| **other != child);
    let rest = weight(weights, at).prose - own.prose;
    own.paragraphs >= 3
        && rest < own.prose * 0.4
        && others.map(|other| weight(weights, *other)).filter(|other| other.prose > 0.0).all(|other| {
            other.link_share() > 0.15 || (other.mean() < own.mean() * 0.6 && other.prose < own.prose * 0.15)
        })
}

/// Goes up over elements that add little, and no links, to the text.
fn climb(tree: &Tree, weights: &[Weight], from: NodeId) -> NodeId {
    let mut at = whole_table(tree, from);
    while at != ROOT {
        let parent = whole_table(tree, tree.parent(at));
        let (own, all) = (weight(weights, at), weight(weights, parent));
        let added = all.text - own.text;
        let links = all.links - own.links;
        let is_small = added <= own.text * 0.25 + 60.0;
        let is_linked = links > added * 0.2 + 2.0;
        let is_done = tree.element(at).is_some_and(|element| matches!(element.name.as_str(), "article" | "main"));
        if is_done || !is_small || is_linked {
            break;
        }
        at = parent;
    }
    at
}

/// The table, for an element that is only a part of one; a cell is a place of its own.
fn whole_table(tree: &Tree, mut at: NodeId) -> NodeId {
    while at != ROOT && matches!(tree.name(at), "tr" | "tbody" | "thead" | "tfoot") {
        at = tree.parent(at);
    }
    at
}
