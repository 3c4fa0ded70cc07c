//! English words in one spelling, so that number, capitals, and British or American usage do not part them.

/// British words and what American usage writes, where no ending tells.
const BRITISH: [(&str, &str); 46] = [
    ("aluminium", "aluminum"),
    ("analogue", "analog"),
    ("armour", "armor"),
    ("artefact", "artifact"),
    ("ageing", "aging"),
    ("behaviour", "behavior"),
    ("behavioural", "behavioral"),
    ("cancelled", "canceled"),
    ("catalogue", "catalog"),
    ("centre", "center"),
    ("colour", "color"),
    ("defence", "defense"),
    ("endeavour", "endeavor"),
    ("enrol", "enroll"),
    ("favour", "favor"),
    ("favourable", "favorable"),
    ("fibre", "fiber"),
    ("flavour", "flavor"),
    ("fulfil", "fulfill"),
    ("fulfilment", "fulfillment"),
    ("grey", "gray"),
    ("harbour", "harbor"),
    ("honour", "honor"),
    ("instalment", "installment"),
    ("judgement", "judgment"),
    ("labelled", "labeled"),
    ("labelling", "labeling"),
    ("labour", "labor"),
    ("licence", "license"),
    ("litre", "liter"),
    ("manoeuvre", "maneuver"),
    ("metre", "meter"),
    ("kilometre", "kilometer"),
    ("modelled", "modeled"),
    ("modelling", "modeling"),
    ("neighbour", "neighbor"),
    ("odour", "odor"),
    ("offence", "offense"),
    ("plough", "plow"),
    ("programme", "program"),
    ("rigour", "rigor"),
    ("signalling", "signaling"),
    ("theatre", "theater"),
    ("tyre", "tire"),
    ("vapour", "vapor"),
    ("vigour", "vigor"),
];

/// Endings of verbs and of nouns made of them.
const ENDINGS: [(&str, &str); 12] = [
    ("isation", "ization"),
    ("isational", "izational"),
    ("ise", "ize"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("ising", "izing"),
    ("iser", "izer"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("yses", "yzes"),
    ("ysing", "yzing"),
    ("yser", "yzer"),
];

/// The longest prefixes that are written solid, with a hyphen or apart.
const PREFIXES: [&str; 16] = [
    "cyber", "micro", "multi", "nano", "bio", "geo", "semi", "super", "hyper", "inter", "cross", "photo", "electro",
    "opto", "agri", "eco",
];

/// A word in the spelling that is compared: small letters, singular, American.
pub(super) fn key(word: &str) -> String {
    american(&singular(word))
}

/// A word in small letters without the ending of a regular plural. What it makes of other words ending in s is no
/// word, but always the same.
pub(super) fn singular(word: &str) -> String {
    let lower = word.to_lowercase();
    let lower = lower.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '’']);
    if lower.len() < 4 || !lower.is_ascii() {
        return lower.to_owned();
    }
    if let Some(root) = lower.strip_suffix("ies").filter(|root| root.len() > 1) {
        return format!("{root}y");
    }
    let sibilant = ["sses", "ches", "shes", "xes", "zzes"].iter().any(|ending| lower.ends_with(ending));
    let plain = !["ss", "us", "is"].iter().any(|ending| lower.ends_with(ending));
    let root = if sibilant { lower.strip_suffix("es") } else { lower.strip_suffix('s').filter(|_| plain) };
    root.unwrap_or(lower).to_owned()
}

fn american(word: &str) -> String {
    if let Some((_, american)) = BRITISH.iter().find(|(british, _)| *british == word) {
        return (*american).to_owned();
    }
    with_ending(word, |(british, american)| (british, american)).unwrap_or_else(|| word.to_owned())
}

fn british(word: &str) -> String {
    if let Some((british, _)) = BRITISH.iter().find(|(_, american)| *american == word) {
        return (*british).to_owned();
    }
    with_ending(word, |(british, american)| (american, british)).unwrap_or_else(|| word.to_owned())
}

/// A word of six letters and more with another ending, if it has one.
fn with_ending<'a>(word: &str, turn: impl Fn((&'a str, &'a str)) -> (&'a str, &'a str)) -> Option<String> {
    let long = Some(word).filter(|word| word.len() >= 6)?;
    ENDINGS.iter().map(|both| turn(*both)).find_map(|(from, to)| Some(format!("{}{to}", long.strip_suffix(from)?)))
}

/// The spellings of a word that [`key`] takes for one, but for number and capitals.
pub(super) fn spellings(word: &str) -> Vec<String> {
    let singular = singular(word);
    let mut all = vec![american(&singular), british(&singular), singular];
    all.sort();
    all.dedup();
    all
}

/// The keys of a designation's words, and those of the ways to write two of its words solid, or a solid one as two.
pub(super) fn key_rows(plain: &[String]) -> Vec<Vec<String>> {
    let mut rows = vec![plain.to_vec()];
    for (at, word) in plain.iter().enumerate() {
        let (before, after) = (plain.get(..at).unwrap_or_default(), plain.get(at + 1..).unwrap_or_default());
        if let (Some(next), Some(rest)) = (after.first(), after.get(1..))
            && is_letters(word)
            && is_letters(next)
        {
            rows.push([before, &[format!("{word}{next}")], rest].concat());
        }
        let apart = PREFIXES.iter().find_map(|prefix| Some((*prefix, word.strip_prefix(prefix)?)));
        if let Some((prefix, root)) = apart.filter(|(_, root)| root.len() >= 3) {
            rows.push([before, &[prefix.to_owned(), root.to_owned()], after].concat());
        }
    }
    rows
}

fn is_letters(word: &str) -> bool {
    word.len() >= 3 && word.chars().all(|c| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_same(words: &[&str]) {
        let keys: Vec<String> = words.iter().map(|word| key(word)).collect();
        assert!(keys.windows(2).all(|two| two[0] == two[1]), "{keys:?}");
        assert!(words.iter().all(|word| spellings(words[0]).contains(&singular(word))), "{:?}", spellings(words[0]));
    }

    #[test]
    fn number_capitals_and_usage_do_not_part_words() {
        check_same(&["lakes", "Lake", "LAKE", "lake’s"]);
        check_same(&["policies", "policy"]);
        check_same(&["branches", "branch"]);
        check_same(&["standardisation", "standardization"]);
        check_same(&["organizing", "organising"]);
        check_same(&["centres", "center"]);
        check_same(&["labour", "Labor"]);
        check_same(&["basis"]);
    }

    #[test]
    fn words_that_differ_otherwise_stay_apart() {
        for (one, other) in [("industry", "industrial"), ("lake", "lace"), ("AI", "AIS"), ("news", "new style")] {
            assert_ne!(key(one), key(other));
        }
    }

    #[test]
    fn two_words_may_be_written_as_one() {
        let rows = |text: &str| -> Vec<String> {
            let keys: Vec<String> = text.split(' ').map(key).collect();
            key_rows(&keys).iter().map(|row| row.join(" ")).collect()
        };
        assert_eq!(rows("water ways bureau"), ["water way bureau", "waterway bureau", "water waybureau"]);
        assert_eq!(rows("microplastics"), ["microplastic", "micro plastic"]);
        assert_eq!(rows("AI"), ["ai"]);
    }
}
