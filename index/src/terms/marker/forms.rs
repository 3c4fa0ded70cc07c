//! The forms of an English word that count as one where terms are marked.
//!
//! Stems would not do: `university` and `universal` have the same.

use crate::terms::key::american;

/// The singular of a word in lower case as it is spelt in America: what terms are compared by.
pub(super) fn form(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word).replace('\'', "");
    singular(american(&word).into_owned())
}

/// What a verb in `-ing` or `-ed` may be a form of, the likeliest first: a term says `revitalize`, a text `revitalizing`.
pub(super) fn verbs(form: &str) -> Vec<String> {
    let Some(stem) = form.strip_suffix("ing").or_else(|| form.strip_suffix("ed")) else { return Vec::new() };
    if !form.is_ascii() || stem.len() < 3 || !stem.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
        return Vec::new();
    }
    let mut verbs = vec![format!("{stem}e"), stem.to_owned()];
    let mut last = stem.chars().rev();
    if let (Some(one), Some(other)) = (last.next(), last.next())
        && one == other
    {
        verbs.push(stem.strip_suffix(one).unwrap_or(stem).to_owned());
    }
    if let Some(start) = stem.strip_suffix('i') {
        verbs.push(format!("{start}y"));
    }
    verbs
}

/// By the endings that plurals have: `ies`, `es` after a hiss, `s`. What is no plural may lose its ending as well
/// (`news`), in terms and texts alike.
fn singular(word: String) -> String {
    if !word.is_ascii() || word.len() < 4 {
        return word;
    }
    if let Some(start) = word.strip_suffix("ies")
        && word.len() > 4
    {
        return format!("{start}y");
    }
    if let Some(start) = word.strip_suffix("es")
        && ["s", "x", "z", "ch", "sh"].iter().any(|hiss| start.ends_with(hiss))
    {
        // Of `sses` and `zes` the base may end in an e that is not written twice.
        return if ["ss", "x", "zz", "ch", "sh"].iter().any(|hiss| start.ends_with(hiss)) {
            start.to_owned()
        } else {
            format!("{start}e")
        };
    }
    match word.strip_suffix('s') {
        Some(start) if !start.ends_with(['s', 'u', 'i']) => start.to_owned(),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, expected: bool) {
        assert_eq!(form(one) == form(other), expected, "{one}: {}, {other}: {}", form(one), form(other));
    }

    #[test]
    fn plurals_possessives_and_spellings_are_one() {
        for (one, other) in [
            ("harbours", "harbor"),
            ("industry", "industries"),
            ("tax", "taxes"),
            ("branch", "branches"),
            ("process", "processes"),
            ("base", "bases"),
            ("force's", "forces"),
            ("organisations", "organization"),
            ("size", "sizes"),
        ] {
            check(one, other, true);
        }
    }

    #[test]
    fn other_words_are_others() {
        for (one, other) in [("universal", "university"), ("organ", "organization"), ("census", "cens"), ("as", "a")] {
            check(one, other, false);
        }
    }

    #[test]
    fn verbs_have_a_base() {
        for (written, base) in
            [("revitalizing", "revitalize"), ("planned", "plan"), ("building", "build"), ("applied", "apply")]
        {
            assert!(verbs(written).iter().any(|verb| verb == base), "{written}: {:?}", verbs(written));
        }
        assert!(verbs("ring").is_empty());
    }
}
