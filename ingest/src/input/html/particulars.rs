//! What a page says of itself: meta tags, its table of particulars (索引号, 发文机关, 发文字号), its title.

use super::tree::{NodeId, ROOT, Tree};
use crate::input::About;
use crate::input::about::{is_address, is_label};

/// A table of particulars has at least so many labels that are known.
const LABELS: usize = 3;
/// No more text than this stands in one.
const LONGEST: usize = 3_000;

/// Reads the meta tags. The elements of tables of particulars are read as well, and marked as `dropped`.
pub(super) fn about(tree: &Tree, dropped: &mut [bool]) -> About {
    let mut about = About::default();
    for table in tables_of_particulars(tree) {
        for (label, value) in pairs(tree, table) {
            about.tell(&label, &value);
        }
        if let Some(flag) = dropped.get_mut(table) {
            *flag = true;
        }
    }
    for (_, meta) in tree.all(&["meta"]) {
        let name = meta.attribute("property").or(meta.attribute("name")).or(meta.attribute("itemprop"));
        // The page's name for search engines is judged with its other titles.
        if let Some((name, content)) =
            name.zip(meta.attribute("content")).filter(|(name, _)| !name.to_ascii_lowercase().contains("title"))
        {
            about.tell(name, content);
        }
    }
    let canonical = tree.all(&["link"]).find(|(_, link)| link.attribute("rel") == Some("canonical"));
    if let Some(address) = canonical.and_then(|(_, link)| link.attribute("href")).filter(|href| is_address(href)) {
        about.url = Some(address.to_owned());
    }
    about
}

/// The smallest elements that hold several labels with their values, and not much else.
fn tables_of_particulars(tree: &Tree) -> Vec<NodeId> {
    let mut labels = vec![0_usize; tree.nodes.len()];
    let mut lengths = vec![0_usize; tree.nodes.len()];
    for (id, node) in tree.nodes.iter().enumerate().rev() {
        if let super::tree::Content::Text(text) = &node.content {
            let length = text.chars().filter(|char| !char.is_whitespace()).count();
            set(&mut lengths, id, length);
            set(&mut labels, id, labels_in(text));
        }
        let (label, length) = (labels.get(id).copied().unwrap_or(0), lengths.get(id).copied().unwrap_or(0));
        if id != ROOT {
            let whole_label = label == 0 && length <= 12 && is_label_element(tree, id);
            add(&mut labels, node.parent, label + usize::from(whole_label));
            add(&mut lengths, node.parent, length);
        }
    }
    let is_table = |id: NodeId| {
        let (labels, length) = (labels.get(id).copied().unwrap_or(0), lengths.get(id).copied().unwrap_or(0));
        labels >= LABELS && length <= LONGEST && length <= labels * 80
    };
    let tables = (1..tree.nodes.len()).filter(|id| {
        matches!(tree.name(*id), "table" | "ul" | "dl" | "div" | "p" | "section")
            && is_table(*id)
            && !tree.children(*id).iter().any(|child| is_table(*child) && tree.name(*child) != "tbody")
    });
    // Of tables in one another the outermost that is one: its parent holds the text as well.
    let found: Vec<NodeId> = tables.collect();
    found
}

fn set(counts: &mut [usize], at: NodeId, count: usize) {
    if let Some(place) = counts.get_mut(at) {
        *place = count;
    }
}

fn add(counts: &mut [usize], at: NodeId, count: usize) {
    if let Some(place) = counts.get_mut(at) {
        *place = place.saturating_add(count);
    }
}

/// How many labels with a colon a text begins with: one, or none.
fn labels_in(text: &str) -> usize {
    let text = text.trim();
    usize::from(text.len() <= 200 && text.split_once(['：', ':']).is_some_and(|(label, _)| is_label(label)))
}

/// Whether all that an element says is a label, as 索引号 in a cell of its own, with or without a colon.
fn is_label_element(tree: &Tree, id: NodeId) -> bool {
    matches!(tree.name(id), "td" | "th" | "b" | "strong" | "span" | "dt" | "label" | "em" | "i" | "font")
        && is_label(&tree.text(id))
}

/// Labels with their values: two cells or two spans beside each other, or one text with a colon.
fn pairs(tree: &Tree, table: NodeId) -> Vec<(String, String)> {
    let mut parts: Vec<String> = Vec::new();
    for id in tree.below(table) {
        let is_leaf = !tree.children(id).iter().any(|child| has_parts(tree, *child));
        let is_part = is_leaf && has_parts(tree, id);
        if is_part {
            let text = tree.text(id);
            if !text.is_empty() {
                parts.push(text);
            }
        }
    }
    if parts.is_empty() {
        parts.push(tree.text(table));
    }
    pairs_of(&parts)
}

/// Whether an element is one of those into which a table of particulars is divided, text that stands loose included.
fn has_parts(tree: &Tree, id: NodeId) -> bool {
    match tree.node(id).map(|node| &node.content) {
        Some(super::tree::Content::Text(text)) => !text.trim().is_empty(),
        Some(super::tree::Content::Element(element)) => {
            !matches!(element.name.as_str(), "br" | "img" | "a" | "script" | "style" | "wbr")
        }
        None => false,
    }
}

/// Labels and values from parts in order. A value may follow in parts of its own until the next label.
fn pairs_of(parts: &[String]) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for part in parts {
        let split = part.split_once(['：', ':']).filter(|(label, _)| is_label(label));
        match split {
            Some((label, value)) => pairs.push((label.to_owned(), value.trim().to_owned())),
            None if is_label(part) => pairs.push((part.clone(), String::new())),
            None => {
                if let Some((_, value)) = pairs.last_mut() {
                    value.push_str(if value.is_empty() { "" } else { " " });
                    value.push_str(part);
                }
            }
        }
    }
    pairs
}

/// Whether a short line stands above or below the text and says when and where it was published. It is taken in.
pub(super) fn take_line(about: &mut About, line: &str) -> bool {
    if line.chars().count() > 120 {
        return false;
    }
    let normal = line.replace(['|', '\u{a0}', '\u{3000}', '【', '】'], " ");
    let parts = parts_of_line(&normal);
    let labelled = parts.iter().filter(|part| labels_in(part) > 0).count();
    // A day may stand in front, and one with an hour alone: no signature has that.
    let day = parts.first().filter(|part| is_day(part) && (labelled > 0 || part.contains(':')));
    if parts.len() > labelled + usize::from(day.is_some()) || parts.is_empty() {
        return false;
    }
    if let Some(day) = day {
        about.tell("pubdate", day);
    }
    for (label, value) in pairs_of(&parts) {
        about.tell(&label, &value);
    }
    true
}

/// Whether a text is a day in digits, perhaps with an hour.
fn is_day(text: &str) -> bool {
    text.starts_with("20") && text.chars().all(|char| char.is_ascii_digit() || "-/.: 年月日时分".contains(char))
}

/// Cuts a line before each of its labels: 来源：湖泊部 发布时间：2031-05-06 10:00.
fn parts_of_line(line: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in line.split_whitespace() {
        let starts = labels_in(word) > 0 || is_label(word.trim_end_matches(['：', ':'])) && word.ends_with(['：', ':']);
        match parts.last_mut().filter(|_| !starts) {
            Some(part) => {
                part.push(' ');
                part.push_str(word);
            }
            None => parts.push(word.to_owned()),
        }
    }
    parts
}
