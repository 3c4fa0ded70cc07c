//! Glyph names to text, by the Adobe Glyph List and the habits of producers.

use skrifa::raw::ps::agl;

/// The text that a glyph name stands for; `None` for `.notdef` and names that say nothing.
pub(super) fn text_of_name(name: &str) -> Option<String> {
    // The list that is consulted holds the names of ITC Zapf Dingbats too, a1 to a206; see [`text_of_dingbat`].
    if name.strip_prefix('a').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()) && !rest.is_empty()) {
        return None;
    }
    let text: String = agl::name_to_chars(name).collect();
    if !text.is_empty() {
        return Some(text);
    }
    let (stem, _) = agl::split_variant(name);
    let alias = ALIASES.iter().find(|(alias, _)| *alias == stem).map(|(_, text)| (*text).to_owned());
    alias.or_else(|| hexadecimal(stem))
}

/// The character of a glyph name of ITC Zapf Dingbats.
pub(super) fn text_of_dingbat(name: &str) -> Option<String> {
    agl::name_to_char(name).map(String::from)
}

/// Names that are common in fonts but not in the list.
const ALIASES: &[(&str, &str)] = &[
    ("nbspace", " "),
    ("nonbreakingspace", " "),
    ("sfthyphen", "-"),
    ("dotlessj", "ȷ"),
    ("visiblespace", " "),
    ("slurabove", "⁀"),
    ("star", "⋆"),
    ("phi1", "ϕ"),
    ("epsilon1", "ϵ"),
    ("negationslash", "̸"),
    ("mapsto", "↦"),
    ("openbullet", "◦"),
    ("circlecopyrt", "©"),
];

/// Names such as `u4E00`, `uni4E00_1` and `U+4E00` in spellings that the list does not foresee.
fn hexadecimal(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let digits = ["uni", "u+", "u"].iter().find_map(|prefix| lower.strip_prefix(prefix))?;
    if !(4..=6).contains(&digits.len()) {
        return None;
    }
    u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).map(String::from)
}

/// Whether a name such as `g65`, `C0041` or `G41` does no more than repeat its code, in decimal or hexadecimal.
pub(super) fn repeats_code(name: &str, code: usize) -> bool {
    let digits = ["glyph", "index", "char", "cid_", "cid", "gid", "g", "G", "c", "C", "a", "x"]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix));
    let Some(digits) = digits.filter(|digits| (2..=5).contains(&digits.len())) else { return false };
    digits.parse() == Ok(code) || usize::from_str_radix(digits, 16) == Ok(code)
}
