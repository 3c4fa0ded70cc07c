//! The one normal form of text that is compared.
//!
//! Compatibility composition (Unicode NFKC), lower case, traditional characters to simplified ones, one kind of
//! dash and quotation mark, no invisible characters. The mapping of each character is the same in every context,
//! so the normal form of a part is a part of the normal form of the whole: that is what makes substring search
//! exact. The form is for comparing, not for showing: 著作 becomes 着作, alike in query and text.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// A text in normal form, and where each part of it stands in the original.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Normalised {
    /// The normal form.
    pub text: String,
    pieces: Vec<Piece>,
}

/// A part of the normal form and the part of the original that it came from, both in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    normal: Range<usize>,
    original: Range<usize>,
    /// Every character of the one is as many bytes long as its counterpart, so offsets correspond one to one.
    aligned: bool,
}

impl Normalised {
    /// The byte range of the original that a byte range of [`Normalised::text`] came from.
    ///
    /// A part of a character that the normal form writes as several (㍿) gives the whole character. Offsets past
    /// the end are taken for the end. The result lies on character boundaries of the original when `range` lies on
    /// character boundaries of the normal form.
    pub fn original_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.original_start(range.start);
        if range.end <= range.start {
            return start..start;
        }
        start..self.original_end(range.end).max(start)
    }

    fn original_start(&self, offset: usize) -> usize {
        let index = self.pieces.partition_point(|piece| piece.normal.end <= offset);
        match (self.pieces.get(index), self.pieces.last()) {
            (Some(piece), _) if piece.aligned => piece.original.start + (offset - piece.normal.start),
            (Some(piece), _) => piece.original.start,
            (None, Some(last)) => last.original.end,
            (None, None) => 0,
        }
    }

    fn original_end(&self, offset: usize) -> usize {
        let index = self.pieces.partition_point(|piece| piece.normal.end < offset);
        match (self.pieces.get(index), self.pieces.last()) {
            (Some(piece), _) if piece.aligned => piece.original.start + (offset - piece.normal.start),
            (Some(piece), _) => piece.original.end,
            (None, Some(last)) => last.original.end,
            (None, None) => 0,
        }
    }

    fn push(&mut self, original: Range<usize>, normal: &str) {
        if normal.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(normal);
        let aligned = original.len() == normal.len() && normal.chars().nth(1).is_none();
        if let Some(last) = self.pieces.last_mut()
            && last.aligned
            && aligned
            && last.original.end == original.start
        {
            last.original.end = original.end;
            last.normal.end = self.text.len();
            return;
        }
        self.pieces.push(Piece { normal: start..self.text.len(), original, aligned });
    }
}

/// The normal form of `text`, with the way back to the original's bytes.
pub fn normalise(text: &str) -> Normalised {
    let mut normalised = Normalised { text: String::with_capacity(text.len()), pieces: Vec::new() };
    let mut buffer = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let start = text.len() - rest.len();
        let length = cluster_length(rest, first);
        let (cluster, after) = rest.split_at(length);
        rest = after;
        buffer.clear();
        if length == first.len_utf8() {
            fold_char(first, &mut buffer);
        } else {
            fold_cluster(cluster, &mut buffer);
        }
        normalised.push(start..start + length, &buffer);
    }
    normalised
}

/// The normal form alone, for keys and comparisons.
pub fn normal_form(text: &str) -> String {
    normalise(text).text
}

/// The bytes of the first character and all that may compose with it.
fn cluster_length(rest: &str, first: char) -> usize {
    let mut length = first.len_utf8();
    for next in rest.chars().skip(1) {
        if next.is_ascii() || !joins_the_one_before(next) {
            break;
        }
        length += next.len_utf8();
    }
    length
}

/// Whether a character can compose with the one before it: marks, and the vowels and finals of Hangul.
fn joins_the_one_before(c: char) -> bool {
    matches!(c, '\u{1161}'..='\u{1175}' | '\u{11A8}'..='\u{11C2}' | '\u{FF9E}' | '\u{FF9F}')
        || canonical_combining_class(c) != 0
        || is_combining_mark(c)
}

fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
    } else if is_unified(c) {
        out.push(simplified(c));
    } else {
        fold_cluster(c.encode_utf8(&mut [0; 4]), out);
    }
}

fn fold_cluster(cluster: &str, out: &mut String) {
    let lower: String = cluster.nfkc().flat_map(char::to_lowercase).collect();
    for c in lower.nfkc() {
        match c {
            'ß' => out.push_str("ss"),
            'ς' => out.push('σ'),
            c if is_ignorable(c) => {}
            c => out.push(simplified(plain_mark(c))),
        }
    }
}

/// One kind of dash and of quotation mark.
fn plain_mark(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' => '-',
        '\u{2018}'..='\u{201B}' | '\u{2032}' => '\'',
        '\u{201C}'..='\u{201F}' | '\u{2033}' => '"',
        c => c,
    }
}

/// Characters that are not seen: soft hyphens, joiners, directional marks, variation selectors.
fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// A unified ideograph, of which there is no other compatible or cased form.
fn is_unified(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{2F7FF}' | '\u{30000}'..='\u{323AF}')
}

/// The simplified character of a traditional one; any other character as it is.
fn simplified(c: char) -> char {
    if c < '\u{3400}' { c } else { SIMPLIFIED.get(&c).copied().unwrap_or(c) }
}

/// Traditional characters and their simplified ones, from the dictionaries of Open Chinese Convert.
static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let Ok(converter) = OpenCC::from_config(BuiltinConfig::T2s) else { return HashMap::new() };
    let blocks = ['\u{3400}'..='\u{4DBF}', '\u{4E00}'..='\u{9FFF}', '\u{20000}'..='\u{2CEAF}'];
    let mut table = HashMap::new();
    for from in blocks.into_iter().flatten() {
        let converted = converter.convert(from.encode_utf8(&mut [0; 4]));
        let mut chars = converted.chars();
        if let (Some(to), None) = (chars.next(), chars.next())
            && to != from
        {
            table.insert(from, to);
        }
    }
    // 薴 leads to 苧, which leads to 苎: the end of the way is the normal form.
    let ends: Vec<(char, char)> =
        table.iter().filter_map(|(&from, to)| table.get(to).map(|&end| (from, end))).collect();
    table.extend(ends);
    table
});

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(normal_form(text), expected);
    }

    #[test]
    fn one_form_of_letters_marks_and_characters() {
        check("ＧＢ／Ｔ　１．１—２０２０", "gb/t 1.1-2020");
        check("數據要素“市場”化", "数据要素\"市场\"化");
        check("⼈⼯智能", "人工智能");
        check("Straße ΌΣΟΣ", "strasse όσοσ");
        check("co\u{AD}operation\u{200B}", "cooperation");
        check("e\u{301}", "é");
        check("苧薴", "苎苎");
    }

    #[test]
    fn the_way_back_covers_what_a_character_came_from() {
        let text = "見㍿e\u{301}ﬁn";
        let normalised = normalise(text);
        assert_eq!(normalised.text, "见株式会社éfin");
        let back = |part: &str| {
            let start = normalised.text.find(part).expect("a part of the normal form");
            &text[normalised.original_range(start..start + part.len())]
        };
        assert_eq!(back("见"), "見");
        assert_eq!(back("式会"), "㍿");
        assert_eq!(back("é"), "e\u{301}");
        assert_eq!(back("in"), "ﬁn");
    }

    proptest! {
        #[test]
        fn the_normal_form_is_its_own(text in "[\\PC\u{300}-\u{303}\u{1100}-\u{11FF}]{0,20}") {
            let once = normal_form(&text);
            prop_assert_eq!(normal_form(&once), once);
        }

        #[test]
        fn the_way_back_is_valid_and_in_order(text in "\\PC{0,20}", from in 0..60_usize, length in 0..60_usize) {
            let normalised = normalise(&text);
            let boundary = |mut at: usize| {
                while !normalised.text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let from = boundary(from.min(normalised.text.len()));
            let to = boundary((from + length).min(normalised.text.len()));
            let range = normalised.original_range(from..to);
            prop_assert!(text.get(range.clone()).is_some(), "{:?} of {:?}", range, text);
            // What the range came from has the part of the normal form in it.
            prop_assert!(normal_form(&text[range]).contains(&normalised.text[from..to]));
        }
    }
}
