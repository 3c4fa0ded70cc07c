//! Terms and abbreviations that a chapter lists without numbers: `term: definition`, `AI：人工智能（Artificial …）`.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind};
use corpus::facts::Definition;
use corpus::text::is_han;
use regex::Regex;

use super::designations::{Designations, is_abbreviation};
use super::entries::of_designations;
use super::passages::{self, Passage};
use super::scope::{Scope, is_numbered};
use crate::layout::letters::is_chinese;
use crate::pattern::pattern;

/// The text of a list of abbreviations is read up to so many bytes.
const MOST_BYTES: usize = 200_000;

/// The terms and abbreviations that the chapters list.
pub(super) fn listed(blocks: &[&Block], scopes: &[Scope]) -> Vec<Definition> {
    let mut found = Vec::new();
    for (at, scope) in scopes.iter().enumerate().filter(|(_, scope)| scope.start > 0) {
        let Some(chapter) = blocks.get(scope.start..scope.end) else { continue };
        // A chapter's own list ends where the next chapter of the kind begins.
        let inner = scopes.get(at + 1..).unwrap_or_default().iter().find(|inner| inner.start < scope.end);
        let own = inner.map_or(chapter.len(), |inner| inner.start.saturating_sub(scope.start));
        let chapter = chapter.get(..own).unwrap_or(chapter);
        if scope.holds.abbreviations {
            found.extend(abbreviations(chapter));
        }
        if scope.holds.terms && !is_numbered(chapter) {
            found.extend(terms(chapter));
        }
    }
    found
}

/// Paragraphs of the form `term: definition` or `term — definition`.
fn terms(blocks: &[&Block]) -> Vec<Definition> {
    static LINE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:[•·▪●]\s*)?([^:：。；;⎯—–]{2,90}?)\s*(?:[:：]|\s[—–-]\s|——)\s*(\S.{3,2000})$"));
    let mut found: Vec<Definition> = Vec::new();
    let mut others = 0_usize;
    for block in blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem)) {
        let text = block.text.trim();
        if let Some(note) = passages::note(text) {
            if let Some(last) = found.last_mut() {
                last.notes.push(note);
            }
            continue;
        }
        let Some(line) = LINE.captures(text) else {
            // A letter of the alphabet heads its terms, and a list may end a definition.
            let letter = text.chars().count() == 1;
            let open = found.last_mut().filter(|last| block.kind == BlockKind::ListItem && goes_on(&last.definition));
            if let Some(last) = open {
                passages::append(&mut last.definition, &Passage { kind: block.kind, text: text.to_owned() });
                continue;
            }
            if letter {
                continue;
            }
            // A line that leads in the list is none of another form.
            others += usize::from(!text.ends_with([':', '：']));
            continue;
        };
        let (Some(term), Some(definition)) = (line.get(1), line.get(2)) else { continue };
        let (term, definition) = (term.as_str(), definition.as_str());
        let words = term.split_whitespace().count();
        let short = if is_chinese(term) { term.chars().count() <= 40 } else { words <= 9 };
        let sentence = term.contains('，') || term.contains(", ") && !term.contains('(') || is_abbreviation(term);
        let designations = Designations::of_line(term).filter(|_| short && !sentence);
        if let Some(designations) = designations {
            let (definition, source) = without_reference(definition);
            let entry = of_designations(designations, definition, is_chinese(definition));
            found.push(Definition { source, page: block.page, ..entry });
        }
    }
    // Among paragraphs of another form a colon is one of prose.
    if found.len() > others { found } else { Vec::new() }
}

/// Whether a definition leads in a list, or is in the midst of one.
fn goes_on(definition: &str) -> bool {
    definition.ends_with([':', '：', ';', '；', ',']) || definition.ends_with("; and") || definition.ends_with("; or")
}

/// A definition without the source, or the other terms, that it ends with: … Source: X; See also: Y.
fn without_reference(definition: &str) -> (&str, Option<String>) {
    static END: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?s:(?P<body>.{3,}?[.)])\s+[(\[]?(?:(?i:source|adapted from)\s?:?\s(?P<source>[^.;()\[\]]{0,60}[0-9A-Z][^;()\[\]]{0,60}?)|(?:See also|See|Compare|Cf\.):? [^.]{2,90})[)\]]?\.?)$",
        )
    });
    let Some(captures) = END.captures(definition) else { return passages::without_source(definition) };
    let body = captures.name("body").map_or(definition, |body| body.as_str());
    (body, captures.name("source").map(|source| source.as_str().trim().to_owned()))
}

/// The items of a list of abbreviations, however its lines were joined.
fn abbreviations(blocks: &[&Block]) -> Vec<Definition> {
    static START: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:^|\n|[)）。；;]\s*)(?P<name>[A-Za-z0-9][A-Za-z0-9./&+-]{0,19})(?:\s*(?:[:：]|[—–]{1,3}|\t)\s*|[ \x{3000}]+(?P<word>\S))",
        )
    });
    let mut text = String::new();
    let mut pages = Vec::new();
    // Of a table's row the first cell is the name.
    let named = |block: &&&Block| {
        let name = block.text.split('\t').next().unwrap_or_default();
        block.kind != BlockKind::Caption && (block.kind != BlockKind::TableRow || !name.trim().contains(' '))
    };
    for block in blocks.iter().filter(named) {
        if text.len() < MOST_BYTES {
            pages.push((text.len(), block.page));
            text.push_str(&block.text);
            text.push('\n');
        }
    }
    let mut starts = Vec::new();
    let mut from = 0;
    while let Some(captures) = text.get(from..).and_then(|rest| START.captures(rest)) {
        let (Some(whole), Some(name)) = (captures.get(0), captures.name("name")) else { break };
        let body = captures.name("word").map_or(whole.end(), |word| word.start());
        let name = from + name.start()..from + name.end();
        // What ends this item may begin the next.
        let next = from + body.max(1);
        if text.get(name.clone()).is_some_and(is_short_name) {
            starts.push((name, from + body));
        }
        from = next;
    }
    let ends = starts.iter().skip(1).map(|(name, _)| name.start).chain([text.len()]);
    let items = starts.iter().zip(ends).filter_map(|((name, body), end)| {
        let page = pages.iter().take_while(|(start, _)| *start <= name.start).last().map_or(1, |(_, page)| *page);
        item(text.get(name.clone())?, text.get(*body..end)?, page)
    });
    items.collect()
}

fn is_short_name(name: &str) -> bool {
    let capitals = name.chars().filter(char::is_ascii_uppercase).count();
    let letters = name.chars().filter(char::is_ascii_alphabetic).count();
    letters >= 1 && capitals * 2 >= letters
}

/// What an abbreviation stands for: 人工智能（Artificial Intelligence）, or the English alone.
fn item(name: &str, body: &str, page: u32) -> Option<Definition> {
    // A paragraph behind the last item is none of it.
    let body = body.split("\n\n").next()?.trim().trim_end_matches(['；', ';', '。', '.', '，']).trim();
    let joined = joined(body);
    let (before, inside) = bracket(&joined);
    let latin = |text: &str| !text.chars().any(is_han) && text.chars().filter(char::is_ascii_alphabetic).count() >= 3;
    let (zh, en) = if before.chars().any(is_han) {
        match inside.filter(|inside| latin(inside)) {
            Some(inside) => (Some(before), Some(inside)),
            None if inside.is_some() => (Some(before), None),
            None => {
                let found = Designations::of_line(before)?;
                return pair(name, found.zh.into_iter().next(), found.en.into_iter().next(), page);
            }
        }
    } else if inside.is_some_and(|inside| inside.chars().any(is_han)) {
        (inside, Some(before))
    } else {
        (None, Some(joined.as_str()))
    };
    let tidy = |text: &str| text.trim().trim_end_matches([';', '；', ',', '，']).trim().to_owned();
    pair(name, zh.map(tidy), en.map(tidy), page)
}

fn pair(name: &str, zh: Option<String>, en: Option<String>, page: u32) -> Option<Definition> {
    let zh = zh.filter(|zh| (2..=40).contains(&zh.chars().count()) && !zh.contains(['。', '\n']));
    let sound = |en: &String| {
        let words = en.split_whitespace().count();
        (1..=14).contains(&words) && en.len() <= 160 && en.len() > 2 && !en.contains('\n') && !en.ends_with(':')
    };
    // The expansion begins with a letter of the name; else the line is a sentence.
    let begins = |en: &String| {
        let first = en.chars().find(char::is_ascii_alphanumeric).map(|char| char.to_ascii_lowercase());
        zh.is_some() || first.is_some_and(|first| name.to_ascii_lowercase().starts_with(first))
    };
    let en = en.filter(|en| sound(en) && begins(en));
    (zh.is_some() || en.is_some()).then(|| Definition {
        zh,
        en,
        abbreviation: Some(name.to_owned()),
        page,
        ..Definition::default()
    })
}

/// A text whose lines are joined as paragraphs are; of English the first line, since others are other matter.
fn joined(body: &str) -> String {
    let mut lines = body.lines();
    let mut text = lines.next().unwrap_or_default().trim().to_owned();
    let open = |text: &str| text.matches(['(', '（']).count() > text.matches([')', '）']).count();
    for line in lines {
        if !open(&text) {
            break;
        }
        let wide = text.chars().next_back().is_some_and(is_han) || line.starts_with(is_han);
        text.push_str(if wide { "" } else { " " });
        text.push_str(line.trim());
    }
    text
}

/// A text before its last bracket, and the inside of that.
fn bracket(text: &str) -> (&str, Option<&str>) {
    let Some(body) = text.trim().strip_suffix([')', '）']) else { return (text, None) };
    let Some(open) = body.find(['(', '（']) else { return (text, None) };
    let inside = body.get(open..).map(|inside| inside.trim_start_matches(['(', '（']).trim());
    (body.get(..open).unwrap_or_default().trim(), inside)
}
