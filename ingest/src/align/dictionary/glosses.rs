//! Glosses of CC-CEDICT as words.

/// A gloss without what stands in brackets; `None` for glosses that render nothing.
pub(super) fn plain(gloss: &str) -> Option<String> {
    const NOT_RENDERINGS: [&str; 6] = ["CL:", "variant of", "old variant", "see ", "surname", "Japanese variant"];
    if NOT_RENDERINGS.iter().any(|start| gloss.starts_with(start)) {
        return None;
    }
    let mut depth = 0usize;
    let mut plain = String::new();
    for character in gloss.chars() {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(character),
            _ => {}
        }
    }
    Some(plain)
}

/// The acronym of a gloss of several words, since policy texts write AI and R&D where the dictionary spells out.
pub(super) fn initials(words: &[String]) -> Option<String> {
    (2..=5).contains(&words.len()).then(|| words.iter().filter_map(|word| word.chars().next()).collect())
}

/// The words of an English text in lower case: letters and digits, with inner apostrophes dropped.
pub(crate) fn english_words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '\'' || c == '’'))
        .map(|word| word.trim_matches(['\'', '’']).trim_end_matches("'s").trim_end_matches("’s").to_lowercase())
        .filter(|word| !word.is_empty())
}
