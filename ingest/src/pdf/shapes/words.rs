//! How plausible a short run of characters is, by the words of a dictionary and by which kinds of characters stand
//! side by side.

use jieba_rs::Jieba;

/// Words have so many characters at most.
const MAX_WORD: usize = 4;
/// The logarithm of the number of words that the dictionary was counted on.
const TOTAL: f32 = 17.9;

/// A dictionary of Chinese words with their frequencies.
pub(super) struct Words {
    jieba: Jieba,
}

impl Words {
    /// Loads the dictionary: about a fifth of a second.
    pub(super) fn load() -> Self {
        Self { jieba: Jieba::new() }
    }

    /// The logarithm of how likely the characters are in this order, cut into words in the best way.
    pub(super) fn plausibility(&self, chars: &[char]) -> f32 {
        // The best logarithm for the characters up to each place.
        let mut best = vec![0.0_f32];
        for end in 1..=chars.len() {
            let longest = MAX_WORD.min(end);
            let ways = (1..=longest).filter_map(|length| {
                let word = chars.get(end - length..end)?;
                Some(best.get(end - length)? + self.word(word)?)
            });
            best.push(ways.fold(f32::NEG_INFINITY, f32::max));
        }
        let pairs: f32 = chars.windows(2).filter_map(|pair| <[char; 2]>::try_from(pair).ok()).map(side_by_side).sum();
        best.last().copied().unwrap_or(0.0) + pairs
    }

    /// `None` for a run of characters that is no word.
    fn word(&self, word: &[char]) -> Option<f32> {
        let text: String = word.iter().collect();
        let single = if let [char] = word { Some(*char) } else { None };
        if word.iter().all(|char| corpus::text::is_han(*char)) {
            if self.jieba.has_word(&text) {
                return Some((self.jieba.suggest_freq(&text) as f32).max(1.0).ln() - TOTAL);
            }
            return single.map(|_| -TOTAL - 1.0);
        }
        single.map(alone)
    }
}

/// What a character that is no Han costs by itself.
fn alone(char: char) -> f32 {
    match char {
        ' ' => -2.0,
        '0'..='9' => -4.7,
        '!'..='~' | '，' | '。' | '、' | '（' | '）' | '：' | '；' | '—' | '“' | '”' | '《' | '》' | '…' => {
            -5.0
        }
        _ => -6.0,
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Digit,
    Lower,
    Upper,
    /// The numeral one, which a dash looks like.
    One,
    Han,
    Dash,
    Other,
}

fn kind(char: char) -> Kind {
    match char {
        '0'..='9' => Kind::Digit,
        'a'..='z' => Kind::Lower,
        'A'..='Z' => Kind::Upper,
        '一' => Kind::One,
        '—' | '-' | '–' | '－' => Kind::Dash,
        _ if corpus::text::is_han(char) => Kind::Han,
        _ => Kind::Other,
    }
}

/// What speaks for or against two characters side by side, beside what each costs alone.
fn side_by_side([first, second]: [char; 2]) -> f32 {
    use Kind::{Dash, Digit, Han, Lower, One, Upper};
    match (kind(first), kind(second)) {
        (Digit, Digit) => 0.8,
        (Lower, Lower) | (Upper, Upper) => 0.6,
        (Upper, Lower) => 0.3,
        (Lower, Upper) => -1.0,
        (Digit, Lower | Upper) | (Lower | Upper, Digit) => -0.5,
        (Han, Lower) | (Lower, Han) => -0.8,
        (Dash, Dash) => 3.0,
        (Dash, Digit | Upper | Lower) | (Digit | Upper | Lower, Dash) => 1.0,
        (One, Digit | Upper | Lower) | (Digit | Upper | Lower, One) => -2.5,
        (Han, _) | (_, Han) if is_wide(first) || is_wide(second) => 1.0,
        (_, Digit) if first == '.' => 0.5,
        (Digit, _) if second == '.' => 0.5,
        _ => 0.0,
    }
}

/// A mark of Chinese text that has a narrow twin.
fn is_wide(char: char) -> bool {
    matches!(char, '，' | '。' | '、' | '：' | '；' | '（' | '）' | '！' | '？')
}
