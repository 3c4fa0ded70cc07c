//! Words that build English clauses, by which the borders of noun phrases are found.

use crate::numerals;

/// Verbs of policy texts in their first form, without those that are as often nouns.
const VERBS: &[&str] = &[
    "accelerate",
    "achieve",
    "adapt",
    "add",
    "adhere",
    "adjust",
    "adopt",
    "advance",
    "allocate",
    "allow",
    "analyze",
    "apply",
    "arrange",
    "assess",
    "attract",
    "boost",
    "bring",
    "build",
    "carry",
    "clarify",
    "combine",
    "complete",
    "comprise",
    "conduct",
    "consolidate",
    "construct",
    "convert",
    "coordinate",
    "cover",
    "create",
    "cultivate",
    "deepen",
    "define",
    "deploy",
    "determine",
    "develop",
    "drive",
    "embed",
    "empower",
    "enable",
    "encourage",
    "enhance",
    "enjoy",
    "contain",
    "represent",
    "possess",
    "span",
    "spur",
    "gain",
    "lack",
    "favor",
    "replace",
    "enrich",
    "ensure",
    "envision",
    "establish",
    "evaluate",
    "expand",
    "expect",
    "expedite",
    "explore",
    "extend",
    "facilitate",
    "foster",
    "form",
    "formulate",
    "further",
    "give",
    "govern",
    "guide",
    "help",
    "host",
    "identify",
    "implement",
    "improve",
    "include",
    "incorporate",
    "incubate",
    "innovate",
    "integrate",
    "introduce",
    "involve",
    "issue",
    "join",
    "jointly",
    "keep",
    "launch",
    "lead",
    "leverage",
    "make",
    "maintain",
    "meet",
    "nurture",
    "obtain",
    "open",
    "optimize",
    "organize",
    "outline",
    "participate",
    "perfect",
    "play",
    "popularize",
    "prepare",
    "prioritize",
    "produce",
    "promote",
    "propose",
    "protect",
    "provide",
    "publish",
    "pursue",
    "put",
    "raise",
    "reach",
    "realize",
    "recruit",
    "reduce",
    "refer",
    "regulate",
    "reinforce",
    "release",
    "require",
    "resolve",
    "roll",
    "safeguard",
    "select",
    "serve",
    "set",
    "share",
    "solve",
    "speed",
    "standardize",
    "step",
    "stimulate",
    "strengthen",
    "strive",
    "study",
    "submit",
    "take",
    "transform",
    "unify",
    "unleash",
    "upgrade",
    "uphold",
    "use",
    "utilize",
    "vigorously",
    "widen",
    "actively",
    "comprehensively",
    "train",
    "select",
];

/// Verbs that promise a number: build 100 sites. A subset of what policies do.
const ACHIEVING: &[&str] = &[
    "achieve",
    "add",
    "attain",
    "attract",
    "build",
    "complete",
    "construct",
    "create",
    "cultivate",
    "deploy",
    "develop",
    "embed",
    "establish",
    "expand",
    "form",
    "formulate",
    "foster",
    "generate",
    "host",
    "identify",
    "implement",
    "incubate",
    "increase",
    "introduce",
    "issue",
    "launch",
    "nurture",
    "open",
    "participate",
    "produce",
    "promote",
    "publish",
    "put",
    "raise",
    "reach",
    "recruit",
    "reduce",
    "release",
    "revise",
    "roll",
    "select",
    "set",
    "support",
    "total",
    "train",
    "upgrade",
    "cut",
    "lower",
    "hold",
    "carry",
    "provide",
    "draft",
    "compile",
    "serve",
    "conduct",
];

/// Words in -ing that stand inside noun phrases: computing power, training data.
const ING_NOUNS: &[&str] = &[
    "accounting",
    "banking",
    "briefing",
    "building",
    "cloud-computing",
    "clustering",
    "coding",
    "computing",
    "conferencing",
    "emerging",
    "engineering",
    "existing",
    "farming",
    "financing",
    "forecasting",
    "funding",
    "gaming",
    "governing",
    "hearing",
    "imaging",
    "labeling",
    "labelling",
    "leading",
    "learning",
    "licensing",
    "living",
    "machining",
    "manufacturing",
    "marketing",
    "measuring",
    "metering",
    "mining",
    "modeling",
    "modelling",
    "monitoring",
    "networking",
    "operating",
    "outstanding",
    "packaging",
    "parsing",
    "planning",
    "pricing",
    "printing",
    "processing",
    "programming",
    "prompting",
    "purchasing",
    "reasoning",
    "recycling",
    "remaining",
    "rendering",
    "rolling",
    "sandboxing",
    "scheduling",
    "sensing",
    "sharing",
    "shipping",
    "standing",
    "steering",
    "swarming",
    "teaching",
    "testing",
    "timing",
    "trading",
    "training",
    "tuning",
    "underlying",
    "understanding",
    "warning",
    "watermarking",
    "working",
    "writing",
];

const ARTICLES: &[&str] = &[
    "the",
    "a",
    "an",
    "this",
    "that",
    "these",
    "those",
    "its",
    "their",
    "our",
    "his",
    "her",
    "your",
    "my",
    "each",
    "every",
    "all",
    "any",
    "some",
    "such",
    "no",
    "both",
    "other",
    "many",
    "several",
    "various",
    "certain",
    "most",
    "more",
    "new-found",
    "so-called",
    "aforementioned",
];

const PREPOSITIONS: &[&str] = &[
    "in",
    "for",
    "to",
    "with",
    "by",
    "on",
    "at",
    "from",
    "as",
    "into",
    "between",
    "among",
    "through",
    "via",
    "under",
    "over",
    "within",
    "without",
    "towards",
    "toward",
    "upon",
    "across",
    "against",
    "around",
    "about",
    "per",
    "like",
    "than",
    "during",
    "including",
    "concerning",
    "regarding",
    "throughout",
    "around",
    "plus",
    "versus",
    "called",
    "termed",
    "namely",
    "up",
    "out",
    "off",
    "down",
    "is",
];

const AUXILIARIES: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do", "does", "did", "can", "could",
    "may", "might", "must", "shall", "should", "will", "would", "not", "also", "which", "who", "whose", "where",
    "when", "while", "because", "if", "then", "thus", "they", "we", "it", "he", "she", "i", "you", "and/or", "or",
    "but", "nor", "so", "yet", "e.g", "i.e", "means", "refers", "known",
];

const LARGE_NUMBERS: &[&str] = &["hundred", "thousand", "million", "billion", "dozens", "hundreds", "thousands"];

/// Whether a word is one form of a verb of a list.
fn is_form_of(word: &str, verbs: &[&str]) -> bool {
    let word = word.to_ascii_lowercase();
    if verbs.contains(&word.as_str()) {
        return true;
    }
    let stems = ["ing", "ed", "es", "s", "d"].iter().filter_map(|ending| word.strip_suffix(ending));
    stems.filter(|stem| stem.len() >= 2).any(|stem| {
        let doubled = stem.len() > 3 && stem.as_bytes().last() == stem.as_bytes().get(stem.len() - 2);
        verbs.contains(&stem)
            || verbs.contains(&format!("{stem}e").as_str())
            || stem.strip_suffix('i').is_some_and(|stem| verbs.contains(&format!("{stem}y").as_str()))
            || (doubled && stem.get(..stem.len() - 1).is_some_and(|stem| verbs.contains(&stem)))
    })
}

pub(super) fn is_verb(word: &str) -> bool {
    is_form_of(word, VERBS)
}

pub(super) fn is_achieving(word: &str) -> bool {
    let irregular = matches!(word.to_ascii_lowercase().as_str(), "built" | "held" | "led" | "setting" | "cutting");
    irregular || is_form_of(word, ACHIEVING)
}

/// A word in -ing that is a verb's form, not part of a name.
pub(super) fn is_gerund(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    lower.len() > 4 && lower.ends_with("ing") && !ING_NOUNS.contains(&lower.as_str()) && !lower.contains('-')
}

pub(super) fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word.to_ascii_lowercase().as_str())
}

pub(super) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word.to_ascii_lowercase().as_str())
}

pub(super) fn is_auxiliary(word: &str) -> bool {
    AUXILIARIES.contains(&word.to_ascii_lowercase().as_str())
}

pub(super) fn is_number(word: &str) -> bool {
    word.starts_with(|char: char| char.is_ascii_digit())
        || numerals::english(word).is_some_and(|value| value > 0.0)
        || numerals::ordinal(word).is_some()
        || LARGE_NUMBERS.contains(&word.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_verbs() {
        for word in ["building", "cultivates", "identified", "cutting", "establishing", "Rolling", "embedding"] {
            assert!(is_achieving(word), "{word}");
        }
        assert!(!is_achieving("development") && !is_achieving("formulation"));
        assert!(is_gerund("developing") && !is_gerund("training") && !is_gerund("computing"));
    }
}
