//! The parts of an entry: what stands before its notes, the notes, the source.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind};
use corpus::text::is_han;
use regex::Regex;

use crate::pattern::pattern;

/// A source is at most so many bytes.
const LONGEST_SOURCE: usize = 600;

/// A paragraph, a list item or a line of an entry.
#[derive(Clone, Debug)]
pub(super) struct Passage {
    pub(super) kind: BlockKind,
    pub(super) text: String,
}

/// An entry without its number and its first line.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// What stands before the first note: further designations and the definition.
    pub(super) head: Vec<Passage>,
    pub(super) notes: Vec<String>,
    pub(super) source: Option<String>,
}

/// Sorts the blocks of an entry.
pub(super) fn parts(blocks: &[&Block]) -> Parts {
    let mut parts = Parts::default();
    for block in blocks {
        let text = block.text.replace('\t', " ");
        let (text, kind) = (text.trim(), block.kind);
        if let Some((source, rest)) = whole_source(text) {
            parts.source.get_or_insert(source);
            parts.notes.extend(note(rest.trim()));
        } else if let Some(note) = note(text) {
            if let Some(source) = adapted(&note) {
                parts.source.get_or_insert(source);
            }
            parts.notes.push(note);
        } else if kind == BlockKind::TableRow {
            // A table, or a line of the page's furniture, is no definition.
        } else if let Some(last) = parts.notes.last_mut() {
            append(last, &Passage { kind, text: text.to_owned() });
        } else if parts.source.is_none() {
            parts.head.push(Passage { kind, text: text.to_owned() });
        }
    }
    parts
}

/// Goes on with a text: in the same paragraph where that was cut, else on a line of its own.
pub(super) fn append(text: &mut String, passage: &Passage) {
    let more = passage.text.trim();
    let last = text.chars().next_back();
    let first = more.chars().next();
    let item = passage.kind == BlockKind::ListItem || crate::layout::numbering::mark(more).is_some();
    let stopped =
        last.is_some_and(|last| matches!(last, '。' | '.' | '；' | ';' | '：' | ':' | '！' | '？' | '!' | '?'));
    let opens = first.is_some_and(char::is_uppercase);
    if text.is_empty() {
        // The first passage.
    } else if item || stopped || opens {
        text.push('\n');
    } else if !(last.is_some_and(is_wide) || first.is_some_and(is_wide)) {
        text.push(' ');
    }
    text.push_str(more);
}

fn is_wide(char: char) -> bool {
    is_han(char) || matches!(char, '，' | '、' | '（' | '）' | '“' | '”')
}

/// A note without its mark: 注1：…, Note 2 to entry: …; an example keeps the word that says so.
pub(super) fn note(text: &str) -> Option<String> {
    static NOTE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:注\s*[0-9]{0,2}\s*[:：]|注\s*[0-9]{1,2}\s+|(?:NOTE|Note)S?(?:\s+[0-9]{1,2})?(?:\s+to entry)?\s*(?:[:：—–-]|\s[0-9]{1,2}\s)|NOTE\s+(?:[0-9]{1,2}\s+)?)\s*",
        )
    });
    static EXAMPLE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:示例\s*[0-9]{0,2}\s*[:：]?|例\s*[0-9]{0,2}\s*[:：]|EXAMPLES?\b)"));
    if EXAMPLE.is_match(text) {
        return Some(text.to_owned());
    }
    let found = NOTE.find(text)?;
    text.get(found.end()..).map(|rest| rest.trim().to_owned()).filter(|rest| !rest.is_empty())
}

/// Whether a text is a note or an example.
pub(super) fn is_note(text: &str) -> bool {
    note(text).is_some()
}

/// The standard that a note says the entry is adapted from: 改写GB/T 1.1—2020，定义3.1。
fn adapted(note: &str) -> Option<String> {
    static ADAPTED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?:改写(?:自)?|修改自|引自|采用|源自|(?:Adapted|Taken|Modified) from)[:：]?\s*(.{4,160}?)[。.]?$")
    });
    let source = ADAPTED.captures(note)?.get(1)?.as_str();
    is_reference(source).then(|| normal(source))
}

/// Whether a text names a document and where in it: GB/T 25069—2010，定义2.2; ISO 1087-1:2000, 3.2.1; SP 800-53.
fn is_reference(text: &str) -> bool {
    static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?:GB|GM|GA|YD|SJ|JT|JR|JY|HJ|DB|DL|QX|RB|CY|LY|NY|T/|Q/|ISO|IEC|ITU|IETF|RFC|IEEE|NIST|SP|FIPS|CNSSI|ETSI|EN|BS|W3C|3GPP|OECD|ANSI|ASTM)[^\n]{0,60}[0-9]",
        )
    });
    text.len() <= LONGEST_SOURCE && REFERENCE.is_match(text)
}

/// A line that is the entry's source, in normal form, and what stands behind it.
fn whole_source(text: &str) -> Option<(String, &str)> {
    static SAID: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^[\[［〔【]\s*(?:来\s*源|出处|SOURCE|Source|source)\s*[:：]?\s*"));
    if let Some(said) = SAID.find(text) {
        let rest = text.get(said.end()..)?;
        let (source, behind) = closed(rest);
        return Some((normal(source), behind));
    }
    let inside = text.strip_prefix(['[', '［', '〔'])?.trim_end_matches(['。', '.']).strip_suffix([']', '］', '〕'])?;
    is_reference(inside).then(|| (normal(inside), ""))
}

/// What stands before the bracket that closes, inner brackets passed over, and behind it.
fn closed(text: &str) -> (&str, &str) {
    let mut depth = 0_usize;
    for (at, char) in text.char_indices() {
        match char {
            '[' | '［' | '〔' | '【' => depth += 1,
            ']' | '］' | '〕' | '】' if depth == 0 => {
                let behind = text.get(at + char.len_utf8()..).unwrap_or_default();
                return (text.get(..at).unwrap_or_default(), behind);
            }
            ']' | '］' | '〕' | '】' => depth -= 1,
            _ => {}
        }
    }
    (text, "")
}

/// A definition without the source in brackets at its end, and that source.
pub(super) fn without_source(text: &str) -> (&str, Option<String>) {
    let trimmed = text.trim().trim_end_matches(['。', '.']);
    let source = trimmed.strip_suffix([']', '］', '〕', '】']).and_then(|body| {
        let open = body.rfind(['[', '［', '〔', '【'])?;
        let (source, _) = whole_source(trimmed.get(open..)?)?;
        Some((trimmed.get(..open)?.trim(), source))
    });
    match source {
        Some((before, source)) if !before.is_empty() => (before, Some(source)),
        _ => (text.trim(), None),
    }
}

/// `GB/T 25069—2010，定义2.2.1` as `GB/T 25069-2010, 2.2.1`.
fn normal(source: &str) -> String {
    static DASH: LazyLock<Regex> = LazyLock::new(|| pattern(r"([0-9])\s*[—–―－]+\s*([0-9])"));
    static COMMA: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*[，,]\s*(?:(?:术语和定义|术语|定义|条款)\s*)?"));
    let source = source.trim().trim_end_matches(['。', '.', ']', '］', '〕']).trim();
    let source = DASH.replace_all(source, "$1-$2");
    COMMA.replace_all(&source, ", ").into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_and_sources() {
        assert_eq!(note("注1：水位按月测量。").as_deref(), Some("水位按月测量。"));
        assert_eq!(note("Note 2 to entry: Measured monthly.").as_deref(), Some("Measured monthly."));
        assert_eq!(note("NOTE: Measured monthly.").as_deref(), Some("Measured monthly."));
        assert_eq!(note("示例：青海湖。").as_deref(), Some("示例：青海湖。"));
        assert_eq!(note("注册在湖泊名录中的水体"), None);
        assert_eq!(note("Notes of a lake"), None);
        let source = |text: &str| whole_source(text).map(|(source, _)| source);
        assert_eq!(source("[来源：GB/T 80001—2031，3.2]").as_deref(), Some("GB/T 80001-2031, 3.2"));
        assert_eq!(source("[GB/T 80001—2031,定义2.2.1]").as_deref(), Some("GB/T 80001-2031, 2.2.1"));
        assert_eq!(
            source("[SOURCE: ISO 90001:2031, 3.1, modified — Note [1] was added.]").as_deref(),
            Some("ISO 90001:2031, 3.1, modified — Note [1] was added")
        );
        assert_eq!(source("[see below]"), None);
        assert_eq!(without_source("a lake [SP 800-990]"), ("a lake", Some("SP 800-990".to_owned())));
        assert_eq!(adapted("改写 GB/T 80001—2031，定义3.1。").as_deref(), Some("GB/T 80001-2031, 3.1"));
    }
}
