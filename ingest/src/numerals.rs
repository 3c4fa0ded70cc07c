//! Numbers as Chinese and English texts write them.

/// The plain digits of a superscript, circled or ASCII digit: ² is `2`, ⑫ is `12`.
pub(crate) fn plain_digit(char: char) -> Option<String> {
    let number = match char {
        '0'..='9' => char.to_digit(10)?,
        '⁰' => 0,
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁴'..='⁹' => u32::from(char) - u32::from('⁴') + 4,
        '①'..='⑳' => u32::from(char) - u32::from('①') + 1,
        _ => return None,
    };
    Some(number.to_string())
}

/// The value of a Chinese numeral of at most twelve characters, such as 三, 十五, 一百二十, 三万, or of a row of digits
/// such as 二〇二四.
pub(crate) fn chinese(text: &str) -> Option<i64> {
    let digit = |char: char| "〇一二三四五六七八九".chars().position(|digit| digit == char).map(|at| at as i64);
    let value = |char: char| match char {
        '零' | '○' | 'Ｏ' | 'O' => Some(0),
        '两' => Some(2),
        _ => digit(char),
    };
    if text.is_empty() || text.chars().count() > 12 {
        return None;
    }
    if text.chars().count() > 1 && text.chars().all(|char| value(char).is_some()) {
        return text.chars().try_fold(0_i64, |sum, char| Some(sum.checked_mul(10)? + value(char)?));
    }
    let (mut total, mut section, mut last) = (0_i64, 0_i64, None);
    // Units of a section fall: 十百千 is no number.
    let mut above = i64::MAX;
    for char in text.chars() {
        match char {
            '十' | '百' | '千' => {
                let unit = [('十', 10), ('百', 100), ('千', 1000)].into_iter().find(|(name, _)| *name == char)?.1;
                if unit >= above {
                    return None;
                }
                above = unit;
                section = section.checked_add(last.take().unwrap_or(1) * unit)?;
            }
            '万' | '亿' => {
                let scale = if char == '万' { 10_000 } else { 100_000_000 };
                let below = section.checked_add(last.take().unwrap_or(0))?;
                // 亿 scales all before it, 万 what stands since 亿.
                let (scaled, kept) = if char == '亿' { (total.checked_add(below)?, 0) } else { (below, total) };
                total = scaled.checked_mul(scale)?.checked_add(kept)?;
                section = 0;
                above = i64::MAX;
            }
            _ => last = Some(value(char)?),
        }
    }
    Some(total + section + last.unwrap_or(0))
}

/// The value of an English number word up to ninety-nine.
pub(crate) fn english(word: &str) -> Option<f64> {
    if let Some((tens, ones)) = word.split_once(['-', ' ']) {
        let (tens, ones) = (english_word(tens)?, english_word(ones)?);
        return (tens >= 20.0 && (1.0..10.0).contains(&ones)).then_some(tens + ones);
    }
    english_word(word)
}

fn english_word(word: &str) -> Option<f64> {
    const WORDS: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: &[(&str, f64)] = &[
        ("thirty", 30.0),
        ("forty", 40.0),
        ("fifty", 50.0),
        ("sixty", 60.0),
        ("seventy", 70.0),
        ("eighty", 80.0),
        ("ninety", 90.0),
    ];
    let lower = word.to_ascii_lowercase();
    let small = WORDS.iter().position(|known| *known == lower).and_then(|at| u8::try_from(at).ok()).map(f64::from);
    small.or_else(|| TENS.iter().find(|(known, _)| *known == lower).map(|(_, value)| *value))
}

/// The number of an ordinal: 15th, fifteenth.
pub(crate) fn ordinal(word: &str) -> Option<i64> {
    const WORDS: [&str; 18] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
    ];
    let lower = word.to_ascii_lowercase();
    let digits = lower.trim_end_matches(|char: char| char.is_ascii_alphabetic());
    let named = || WORDS.iter().position(|known| *known == lower).and_then(|at| i64::try_from(at + 1).ok());
    digits.parse().ok().or_else(named)
}

/// The number of an English month, by its name or at least its first three letters: January is 1.
pub(crate) fn month(name: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = name.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| lower.len() >= 3 && month.starts_with(&lower))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numerals() {
        let cases = [
            ("三", 3),
            ("十", 10),
            ("十五", 15),
            ("二十一", 21),
            ("一百二十", 120),
            ("二〇二四", 2024),
            ("三万五千", 35_000),
            ("两亿三千万", 230_000_000),
        ];
        for (text, wanted) in cases {
            assert_eq!(chinese(text), Some(wanted), "{text}");
        }
        assert_eq!(chinese("第"), None);
    }

    #[test]
    fn english_numbers() {
        assert_eq!(english("Twelve"), Some(12.0));
        assert_eq!(english("Thirty-five"), Some(35.0));
        assert_eq!(english("five-thirty"), None);
        assert_eq!(ordinal("15th"), Some(15));
        assert_eq!(ordinal("Fourteenth"), Some(14));
        assert_eq!(ordinal("third"), Some(3));
        assert_eq!(month("Sept"), Some(9));
        assert_eq!(month("Mayor"), None);
        assert_eq!(plain_digit('⑫').as_deref(), Some("12"));
    }
}
