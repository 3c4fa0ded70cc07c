//! The characters that are meant by those that a font's maps give.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::char::decompose_canonical;

/// Pairs of a radical and the ideograph that it stands for (Unicode's `EquivalentUnifiedIdeograph`). Fonts for
/// print often use one glyph for both, and the map back to Unicode then names the radical.
static RADICALS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let chars: Vec<char> = include_str!("radicals.txt").trim_end().chars().collect();
    chars.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect()
});

/// Vertical presentation forms (U+FE10 to U+FE19 and U+FE30 to U+FE44) in order, as the marks they are forms of.
const VERTICAL_FORMS_10: &str = "，、。：；！？〖〗…";
const VERTICAL_FORMS_30: &str = "‥—–＿﹏（）｛｝〔〕【】《》〈〉「」『』";
/// U+FB00 to U+FB06.
const LIGATURES: [&str; 7] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

/// How a font writes symbols in the private use area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Symbols {
    /// As in the font Symbol.
    Symbol,
    /// Pictures: Wingdings, Webdings and the like, in texts always marks of list items.
    Pictures,
    /// U+F0xx stands for code xx.
    Latin,
    /// The same, and those of the old GB 18030.
    Chinese,
}

/// Parts of the names of Chinese fonts.
const CHINESE_FONTS: [&str; 9] = ["song", "simsun", "hei", "kai", "fang", "fz", "ming", "-gb", "yahei"];

impl Symbols {
    pub(super) fn of_font(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        if name.contains("dings") || name.contains("marlett") {
            Self::Pictures
        } else if name.starts_with("symbol") {
            Self::Symbol
        } else if !name.is_ascii() || CHINESE_FONTS.iter().any(|part| name.contains(part)) {
            Self::Chinese
        } else {
            Self::Latin
        }
    }
}

/// The text meant, with spaces of every kind as U+0020; `None` where the map names no character. An empty text is a
/// character that is not seen, such as a zero-width space.
pub(super) fn meant(text: &str, symbols: Symbols) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut unreadable = false;
    for c in text.chars() {
        match c {
            ' '..='~' => out.push(c),
            '\t' | '\n' | '\r' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
                out.push(' ');
            }
            '\u{ad}' | '\u{2010}' | '\u{2011}' => out.push('-'),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {}
            '\u{fb00}'..='\u{fb06}' => out.push_str(LIGATURES.get(c as usize - 0xfb00).unwrap_or(&"")),
            '\u{2e80}'..='\u{2fdf}' => out.push(RADICALS.get(&c).copied().unwrap_or(c)),
            '\u{fe10}'..='\u{fe19}' => out.push(nth(VERTICAL_FORMS_10, c, 0xfe10)),
            '\u{fe30}'..='\u{fe44}' => out.push(nth(VERTICAL_FORMS_30, c, 0xfe30)),
            '\u{f000}'..='\u{f0ff}' => match symbol(c as usize - 0xf000, symbols) {
                Some(c) => out.push(c),
                None => unreadable = true,
            },
            '\u{e000}'..='\u{f8ff}' => match private(c, symbols) {
                Some(c) => out.push(c),
                None => unreadable = true,
            },
            '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => decompose_canonical(c, |part| out.push(part)),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fff0}'..='\u{ffff}' => unreadable = true,
            '\u{f0000}'.. => unreadable = true,
            _ => out.push(c),
        }
    }
    (!out.is_empty() || !unreadable).then_some(out)
}

/// Runs of private characters with a meaning that is known, and the characters meant: Adobe's glyph list, "corporate
/// use" subarea.
const CORPORATE: &[(u32, &str)] = &[
    (0xf6d9, "©®™"),
    (0xf730, "0123456789"),
    (0xf761, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    (0xf8e6, "⏐⎯®©™⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪⎮⎞⎟⎠⎤⎥⎦⎫⎬⎭"),
];

/// And those of GB 18030 before 2022, in which these had no place in Unicode yet. Other fonts have icons there.
const CHINESE: &[(u32, &str)] = &[
    (0xe5e5, " "),
    (0xe78d, "，。、：；！？〖〗…"),
    (0xe7c7, "ḿǹ"),
    (0xe816, "𠂇𠂉𠃌"),
    (0xe81e, "龴"),
    (0xe826, "龵"),
    (0xe82b, "龶龷"),
    (0xe831, "𡗗龸"),
    (0xe83b, "𢦏"),
    (0xe843, "龹"),
    (0xe854, "龺𤇾"),
    (0xe864, "龻"),
];

fn private(c: char, symbols: Symbols) -> Option<char> {
    let runs = if symbols == Symbols::Chinese { CHINESE } else { &[] };
    let mut runs = CORPORATE.iter().chain(runs);
    runs.find_map(|(first, meant)| meant.chars().nth((c as u32).checked_sub(*first)? as usize))
}

fn nth(forms: &str, c: char, first: u32) -> char {
    forms.chars().nth((c as u32 - first) as usize).unwrap_or(c)
}

fn symbol(code: usize, symbols: Symbols) -> Option<char> {
    match symbols {
        Symbols::Symbol => super::encodings::char_of("Symbol", code),
        Symbols::Pictures if code == 0x20 => Some(' '),
        Symbols::Pictures if code > 0x20 => Some('•'),
        Symbols::Pictures => None,
        Symbols::Latin | Symbols::Chinese => super::encodings::char_of("WinAnsi", code),
    }
}
