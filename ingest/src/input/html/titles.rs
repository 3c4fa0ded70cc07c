//! The title of a page: its own heading rather than the name that browsers show, which has the site's name in it.

use corpus::document::BlockKind;

use super::furniture::is_gone;
use super::tree::Tree;
use crate::layout::draft::Draft;

/// So many lines of a text may be its title, broken by hand.
const LINES: usize = 6;

/// The title that a page shows or tells, without the site's name.
pub(super) fn title(tree: &Tree, dropped: &[bool], drafts: &[Draft]) -> Option<String> {
    let meta = |wanted: &str| {
        let is_wanted = |name: Option<&str>| name.is_some_and(|name| name.eq_ignore_ascii_case(wanted));
        let mut metas = tree.all(&["meta"]);
        let found = metas.find(|(_, meta)| is_wanted(meta.attribute("name")) || is_wanted(meta.attribute("property")));
        found.and_then(|(_, meta)| meta.attribute("content")).map(tidy)
    };
    let shown = tree.all(&["title"]).map(|(id, _)| tidy(&tree.text(id))).find(|title| !title.is_empty());
    let told = meta("og:title");
    let site = meta("og:site_name").or(meta("SiteName"));
    let headings: Vec<String> = tree
        .all(&["h1", "ucaptitle"])
        .filter(|(id, _)| !is_gone(tree, dropped, *id))
        .map(|(id, _)| tidy(&tree.text(id)))
        .filter(|heading| !heading.is_empty())
        .collect();
    let named = |text: &String| {
        let long = letters(text) >= 4;
        long && [&shown, &told].into_iter().flatten().any(|name| bare(name).contains(&bare(text)))
    };
    meta("ArticleTitle")
        .filter(|title| !title.is_empty())
        .or_else(|| headings.iter().find(|heading| named(heading)).cloned())
        .or_else(|| first_lines(drafts, &[&shown, &told]))
        .or_else(|| Some(headings.first()?.clone()).filter(|_| headings.len() == 1))
        .or_else(|| told.map(|told| without_site(&told, site.as_deref())))
        .or_else(|| shown.map(|shown| without_site(&shown, site.as_deref())))
        .filter(|title| letters(title) >= 2)
}

/// The first lines of the text that together are in the name that browsers show.
fn first_lines(drafts: &[Draft], names: &[&Option<String>]) -> Option<String> {
    let names: Vec<String> = names.iter().filter_map(|name| Some(bare((*name).as_ref()?))).collect();
    let mut found: Option<String> = None;
    let mut title = String::new();
    for draft in drafts.iter().take(LINES) {
        let joined = if title.is_empty() { draft.text.clone() } else { format!("{title} {}", draft.text) };
        let is_part = names.iter().any(|name| name.contains(&bare(&joined)));
        if is_part && letters(&joined) >= 6 {
            found = Some(joined.clone());
        }
        title = if is_part { joined } else { String::new() };
    }
    found.map(|title| tidy(&title))
}

/// Puts the title in its place: the lines that say it become one heading, or it is put above the text.
pub(super) fn place(title: &str, drafts: &mut Vec<Draft>) {
    let wanted = bare(title);
    for first in 0..drafts.len().min(LINES) {
        let mut said = String::new();
        for last in first..drafts.len().min(first + LINES) {
            said.push_str(&bare(drafts.get(last).map_or("", |draft| draft.text.as_str())));
            if said == wanted {
                let mut heading = Draft::new(BlockKind::Heading, title, 1, corpus::document::Rect::default());
                heading.level = 0;
                drafts.splice(first..=last, [heading]);
                return;
            }
            if !wanted.starts_with(&said) {
                break;
            }
        }
    }
    let mut heading = Draft::new(BlockKind::Heading, title, 1, corpus::document::Rect::default());
    heading.level = 0;
    drafts.insert(0, heading);
}

/// What browsers show, without the name of the site at its end or beginning.
fn without_site(name: &str, site: Option<&str>) -> String {
    const BORDERS: [&str; 9] = ["_", " | ", "|", " - ", " – ", " — ", " :: ", " » ", "--"];
    if let Some(rest) = site.and_then(|site| name.trim().strip_suffix(site)).filter(|rest| letters(rest) >= 4) {
        return rest.trim_end_matches(|char: char| !char.is_alphanumeric() && !")）》”".contains(char)).to_owned();
    }
    for border in BORDERS {
        let parts: Vec<&str> = name.split(border).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() < 2 {
            continue;
        }
        // Chinese sites put several names behind the title; the longest part is the title.
        let longest = parts.iter().copied().max_by_key(|part| (letters(part), std::cmp::Reverse(part.len())));
        let first = parts.first().copied().filter(|first| letters(first) >= 8);
        if let Some(title) = first.or(longest) {
            return title.to_owned();
        }
    }
    name.trim().to_owned()
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text by which titles are compared: spaces and the mark at the end make no difference.
fn bare(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace() && *char != '\u{200b}').collect()
}

fn letters(text: &str) -> usize {
    text.chars().filter(|char| char.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, site: Option<&str>, wanted: &str) {
        assert_eq!(without_site(name, site), wanted);
    }

    #[test]
    fn the_name_of_the_site_is_left_out() {
        check("湖泊部关于开展监测试点工作的通知_湖泊监测_中国湖泊网", None, "湖泊部关于开展监测试点工作的通知");
        check("What China's Lake Plan Means | Lake Institute", None, "What China's Lake Plan Means");
        check("Lakes - and Rivers - Institute of Lakes", Some("Institute of Lakes"), "Lakes - and Rivers");
        check("湖泊监测办法", None, "湖泊监测办法");
    }
}
