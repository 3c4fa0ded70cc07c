//! Words that a question is made with: they tell nothing of what it is about.

/// How much a pair of Chinese characters counts of which one is a function character.
const HALF: f32 = 0.7;
/// How much an English function word counts.
const WORD: f32 = 0.1;

const WORDS: [&str; 48] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "can", "did", "do", "does", "for", "from", "had", "has",
    "have", "how", "in", "is", "it", "its", "many", "much", "not", "of", "on", "or", "s", "that", "the", "their",
    "this", "to", "was", "were", "what", "when", "where", "which", "who", "whom", "whose", "why", "will", "with",
    "would",
];

/// Characters that are function words, or the greater part of one.
const CHARACTERS: &str = "的了是在和与及等为有之其以于对中被将由什么哪谁吗呢";

/// Pairs that are question words, parts of them, or other function words.
const PAIRS: [&str; 64] = [
    "什么", "哪些", "哪个", "哪里", "哪种", "哪一", "哪几", "哪年", "哪位", "多少", "多久", "何时", "何种", "何地",
    "何人", "怎么", "怎样", "么样", "如何", "为何", "为什", "是谁", "谁是", "谁的", "是什", "么是", "么时", "时候",
    "是哪", "是多", "有多", "有哪", "有什", "了多", "了什", "了哪", "是否", "是由", "是在", "的是", "由谁", "被谁",
    "在哪", "于哪", "是如", "是怎", "请问", "几个", "几种", "的什", "的哪", "在什", "和哪", "与哪", "由哪", "被哪",
    "叫什", "为了", "对于", "关于", "由于", "以及", "因为", "是为",
];

/// Whether an English word, in normal form, is a function word.
pub(crate) fn is_word(word: &str) -> bool {
    WORDS.binary_search(&word).is_ok()
}

/// Whether a Chinese character is a function word, or the greater part of one.
pub(crate) fn is_character(character: &str) -> bool {
    CHARACTERS.contains(character)
}

/// How much an English word counts in a loose query, from 0 to 1.
pub(crate) fn weight_of_word(word: &str) -> f32 {
    if is_word(word) { WORD } else { 1.0 }
}

/// How much a pair of Chinese characters counts in a loose query, from 0 to 1.
pub(crate) fn weight_of_pair(pair: &str) -> f32 {
    let middle = pair.chars().next().map_or(0, char::len_utf8);
    let (first, second) = pair.split_at(middle);
    if PAIRS.contains(&pair) {
        0.0
    } else if is_character(first) || is_character(second) {
        HALF
    } else {
        1.0
    }
}

/// How much a single Chinese character counts beside its pairs, from 0 to 1.
pub(crate) fn weight_of_character(character: &str) -> f32 {
    if is_character(character) { 0.0 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_words_count_nothing_and_words_that_hold_their_characters_do() {
        assert!(WORDS.is_sorted());
        for (pair, weight) in [("什么", 0.0), ("如何", 0.0), ("的标", HALF), ("中国", HALF), ("标准", 1.0)] {
            assert_eq!(weight_of_pair(pair), weight, "{pair}");
        }
        assert_eq!((weight_of_word("which"), weight_of_word("witch")), (WORD, 1.0));
    }
}
