//! Words that say little of what a sentence is about.

/// English function words; sorted, for a binary search.
const ENGLISH: &[&str] = &[
    "a", "about", "above", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being",
    "but", "by", "can", "could", "did", "do", "does", "each", "for", "from", "had", "has", "have", "he", "her", "him",
    "his", "i", "if", "in", "into", "is", "it", "its", "me", "might", "my", "no", "nor", "not", "of", "on", "or",
    "our", "shall", "she", "should", "so", "such", "than", "that", "the", "their", "them", "then", "there", "these",
    "they", "this", "those", "to", "too", "upon", "us", "was", "we", "were", "what", "when", "which", "while", "who",
    "will", "with", "would", "you", "your",
];

/// Words of dictionary glosses that stand for an argument or a comment; sorted.
const GLOSS: &[&str] =
    &["abbr", "cf", "classifier", "etc", "fig", "idiom", "lit", "oneself", "pr", "sb", "sth", "used", "usu"];

/// Chinese function words and particles.
const CHINESE: &[&str] = &[
    "与", "中", "为", "之", "也", "了", "于", "以", "但", "使", "其", "其中", "到", "又", "及", "及其", "向", "和",
    "在", "地", "如", "对", "将", "就", "并", "并且", "得", "或", "所", "把", "是", "有", "的", "等", "给", "而", "着",
    "被", "让", "该", "从", "都", "还", "这", "那", "要", "过",
];

/// Whether an English word in lower case is a function word.
pub(crate) fn is_english_stop(word: &str) -> bool {
    ENGLISH.binary_search(&word).is_ok()
}

/// Whether a word of a gloss stands for an argument or a comment.
pub(crate) fn is_gloss_stop(word: &str) -> bool {
    GLOSS.binary_search(&word).is_ok()
}

/// Whether a Chinese word is a particle or a function word.
pub(crate) fn is_chinese_stop(word: &str) -> bool {
    CHINESE.contains(&word)
}
