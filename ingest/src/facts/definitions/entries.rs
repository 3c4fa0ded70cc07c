//! Numbered entries of a terms clause (ISO 10241-1, GB/T 20001.1): number, designations, definition, notes, source.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind};
use corpus::facts::Definition;
use corpus::text::is_han;
use regex::Regex;

use super::designations::{Designations, is_abbreviation, parted, without_domain};
use super::passages::{self, Passage};
use super::scope::{Scope, holds, is_below, number_and_title};
use crate::layout::letters::is_chinese;
use crate::layout::numbering::{MarkKind, mark};
use crate::pattern::pattern;

/// An entry takes up at most so many blocks.
const MOST_BLOCKS: usize = 40;
/// A definition is at most so many characters; more is text that was misread.
const LONGEST: usize = 2_000;

/// The entries among the blocks, in order.
pub(super) fn entries(blocks: &[&Block], scopes: &[Scope]) -> Vec<Definition> {
    (0..blocks.len()).filter_map(|at| entry(blocks, at, scopes)).collect()
}

/// The entry that begins at a block: the clause's number alone, or before the term.
///
/// Outside of a chapter of terms a numbered line with a paragraph is a section, unless the number stands alone and
/// the term is in both languages.
fn entry(blocks: &[&Block], at: usize, scopes: &[Scope]) -> Option<Definition> {
    let block = blocks.get(at)?;
    let (number, rest) = number_and_title(&block.text);
    if !number.contains('.') || block.kind == BlockKind::TableRow {
        return None;
    }
    let chapter = scopes
        .iter()
        .rev()
        .find(|scope| scope.holds.terms && scope.start <= at && at < scope.end && is_below(number, &scope.number));
    let alone = rest.is_empty();
    let first = if alone { at + 1 } else { at };
    let term = if alone { blocks.get(first)?.text.as_str() } else { rest };
    let (term, joined) = parted(term).filter(|_| alone).map_or((term, None), |(term, joined)| (term, Some(joined)));
    let title = !number_and_title(term).0.is_empty() || holds(term).is_some();
    let mut designations = Designations::of_line(term).filter(|_| !title)?;
    let end = end_of(blocks, first + 1, number);
    let mut parts = passages::parts(blocks.get(first + 1..end)?);
    if let Some(joined) = joined {
        parts.head.insert(0, Passage { kind: BlockKind::Paragraph, text: joined.to_owned() });
    }
    let (terms, definition) = head(&parts.head, &mut designations);
    let bilingual = designations.is_bilingual();
    let titled = chapter.is_some_and(|scope| !scope.number.is_empty());
    // On the line of its number a term looks as the title of a section does.
    let sure = if alone {
        chapter.is_some() || bilingual && terms <= 2
    } else {
        titled && (bilingual || is_chinese(&definition) && !requires(&definition) || begins_definition(&definition))
    };
    let sound = (2..=LONGEST).contains(&definition.chars().count());
    (sure && sound).then(|| {
        let (definition, source) = passages::without_source(&definition);
        let mut entry = of_designations(designations, definition, is_chinese(definition));
        entry.clause = Some(number.to_owned());
        entry.notes = parts.notes;
        entry.source = parts.source.or(source);
        entry.page = block.page;
        entry
    })
}

/// Whether a Chinese text says what shall be done, as definitions do not.
fn requires(text: &str) -> bool {
    ["应", "宜", "不得", "本文件", "本标准", "本章"].iter().any(|word| text.contains(word))
}

/// The block behind the last of an entry: the next number, or a heading that is no term.
fn end_of(blocks: &[&Block], from: usize, number: &str) -> usize {
    let own = number.split('.').count();
    let rest = blocks.get(from..).unwrap_or_default().iter().take(MOST_BLOCKS);
    let length = rest.take_while(|block| !begins_another(block, own)).count();
    from + length
}

fn begins_another(block: &Block, parts: usize) -> bool {
    let (number, title) = number_and_title(&block.text);
    let clause = number.contains('.') && (title.is_empty() || block.kind == BlockKind::Heading)
        || !number.is_empty() && number.split('.').count() < parts && block.kind == BlockKind::Heading;
    let chapter = block.kind == BlockKind::Heading
        && mark(&block.text).is_some_and(|mark| {
            matches!(
                mark.kind,
                MarkKind::Chapter | MarkKind::Annex | MarkKind::Named | MarkKind::HanComma | MarkKind::BareNumber
            )
        });
    clause || chapter || block.kind == BlockKind::Caption
}

/// Takes the designations from the first passages, and the definition from the rest; how many lines had designations.
fn head(passages: &[Passage], designations: &mut Designations) -> (usize, String) {
    let mut definition = String::new();
    let mut terms = 0;
    for (at, passage) in passages.iter().enumerate() {
        let next = passages.get(at + 1);
        let before = at == terms;
        match further(passage, next).filter(|_| before) {
            Some(more) => {
                designations.add(more);
                terms += 1;
            }
            None => passages::append(&mut definition, passage),
        }
    }
    (terms, without_domain(&definition).to_owned())
}

/// What is said of a designation before it: DEPRECATED:, 许用术语：.
static STATUS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?i:(deprecated|obsolete|superseded)|admitted(?: term)?|symbol|abbreviation)\s*[:：]\s*|^[（(]?(?:(拒用|不推荐|被取代)(?:术语)?|许用(?:术语)?|又称|缩略语|符号)[)）]?\s*[:：]\s*",
    )
});

/// The designations of a line behind the term's, where it is not yet the definition.
fn further(passage: &Passage, next: Option<&Passage>) -> Option<Designations> {
    let text = passage.text.trim();
    if let Some(status) = STATUS.captures(text) {
        let found = Designations::of_line(text.get(status.get(0)?.end()..)?)?;
        if status.get(1).or(status.get(2)).is_none() {
            return Some(found);
        }
        let deprecated = found.zh.into_iter().chain(found.en).chain(found.abbreviations).collect();
        return Some(Designations { deprecated, ..Designations::default() });
    }
    let next_passage = next?;
    let next = next_passage.text.trim();
    let found = Designations::of_line(text)?;
    let chinese = text.chars().any(is_han);
    let term = match (chinese, is_chinese(next)) {
        // The English below the Chinese, or an abbreviation.
        (false, true) => text.len() <= 100,
        (true, _) => is_term_chinese(text, passage.kind) && !next.starts_with(['a', '1', '—', '（']),
        // A short name alone on its line defines nothing, whatever follows it.
        (false, false) if is_abbreviation(text) => true,
        (false, false) => is_term_english(text) && (begins_definition(next) || is_term_line(next_passage)),
    };
    term.then_some(found)
}

/// A Chinese line without any sign of a sentence.
fn is_term_chinese(text: &str, kind: BlockKind) -> bool {
    let short = text.chars().filter(|char| is_han(*char)).count() <= 16;
    short && (kind == BlockKind::Heading || !text.contains(['的', '，', '是', '或']))
}

fn is_term_english(text: &str) -> bool {
    let words = text.split_whitespace().count();
    is_abbreviation(text) || words <= 6 && !text.contains([',', '(', ':'])
}

/// Whether a line is a designation by its form alone.
fn is_term_line(passage: &Passage) -> bool {
    passage.kind == BlockKind::Heading || STATUS.is_match(&passage.text) || is_abbreviation(passage.text.trim())
}

/// Definitions of international standards begin with a small letter, or with the subject field.
fn begins_definition(text: &str) -> bool {
    text.starts_with(|char: char| char.is_ascii_lowercase() || char == '<' || char == '〈')
}

/// A definition of these designations: the first in each language, the others admitted.
pub(super) fn of_designations(designations: Designations, definition: &str, chinese: bool) -> Definition {
    let Designations { zh, en, abbreviations, deprecated } = designations.settled();
    let (mut zh, mut en, mut short) = (zh.into_iter(), en.into_iter(), abbreviations.into_iter());
    let (mut first_zh, first_en) = (zh.next(), en.next());
    if chinese && first_zh.is_none() {
        // A code is called the same in a Chinese text: SHA-256.
        first_zh = first_en.clone().filter(|name| is_abbreviation(name));
    }
    let abbreviation = short.next();
    let mut admitted: Vec<String> = zh.chain(en).chain(short).collect();
    for name in also_called(definition) {
        if !admitted.contains(&name) && first_zh.as_ref() != Some(&name) {
            admitted.push(name);
        }
    }
    let definition = definition.trim().to_owned();
    Definition { zh: first_zh, en: first_en, abbreviation, admitted, deprecated, definition, ..Definition::default() }
}

/// The other names with which a Chinese definition begins: 又称X、Y，….
fn also_called(definition: &str) -> Vec<String> {
    static NAMES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?:又|也|亦|还)(?:可)?(?:称为|称作|称|叫做|叫|名)([^，。；,;（(]{2,40})[，。；,;]")
    });
    let Some(names) = NAMES.captures(definition).and_then(|captures| captures.get(1)) else { return Vec::new() };
    let names =
        names.as_str().split(['、', '或']).map(|name| name.trim_matches(['“', '”', ' ']).trim_start_matches("者"));
    names.filter(|name| (2..=20).contains(&name.chars().count())).map(str::to_owned).collect()
}
