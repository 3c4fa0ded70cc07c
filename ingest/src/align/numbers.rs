//! Numbers, months and item numbers of both languages in one form.

use crate::numerals;

/// Full-width letters, digits and brackets as ASCII; other characters as they are.
pub(crate) fn ascii(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            _ => c,
        })
        .collect()
}

fn token(value: f64) -> String {
    format!("#{value}")
}

/// The word for a number in digits: `12,000` and `12000` give `#12000`. English ordinals (`15th`) count too.
pub(crate) fn value(text: &str) -> Option<String> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let plain: String = text.chars().filter(|&c| c != ',').collect();
    let plain = ["st", "nd", "rd", "th"].iter().find_map(|end| plain.strip_suffix(end)).unwrap_or(&plain);
    plain.parse::<f64>().ok().filter(|value| value.is_finite()).map(token)
}

/// The word for an English number in letters, in lower case. `one` is no number: it is mostly a pronoun.
pub(crate) fn english_value(word: &str) -> Option<String> {
    // May and March are mostly words of the general language, and so is one.
    if word.len() > 3
        && word != "march"
        && let Some(month) = numerals::month(word)
    {
        return Some(format!("#m{month}"));
    }
    let cardinal = numerals::english(word).filter(|value| *value > 1.0);
    let ordinal = || numerals::ordinal(word).map(|value| value as f64);
    cardinal.or_else(ordinal).map(token)
}

/// The word for a number that a following unit scales: `#150` and `million` give `#150000000`.
pub(crate) fn scaled(number: &str, unit: &str) -> Option<String> {
    let factor = scale(unit)?;
    number.strip_prefix('#')?.parse::<f64>().ok().map(|value| token(value * factor))
}

/// What an English unit in lower case multiplies the number before it by.
pub(crate) fn scale(unit: &str) -> Option<f64> {
    Some(match unit {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

/// The word for digits with the Han character that follows them (`3` and 万, `4` and 月), and the bytes used of `han`.
pub(crate) fn after_digits(digits: &str, han: &str) -> Option<(String, usize)> {
    // 2.百个站 is an item's number and a hundred.
    if !digits.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number: f64 = value(digits)?.strip_prefix('#')?.parse().ok()?;
    let mut word = None;
    let mut used = 0;
    for character in han.chars() {
        let factor = match character {
            '月' if word.is_none() && (1.0..=12.0).contains(&number) && number.fract() == 0.0 => {
                return Some((format!("#m{number}"), character.len_utf8()));
            }
            '百' => 1e2,
            '千' => 1e3,
            '万' => 1e4,
            '亿' => 1e8,
            _ => break,
        };
        word = Some(word.unwrap_or(number) * factor);
        used += character.len_utf8();
    }
    word.map(|value| (token(value), used))
}

/// The word for a number in Chinese numerals of at least 2, with or without 第 before it.
pub(crate) fn chinese_value(word: &str) -> Option<String> {
    let ordinal = word.strip_prefix('第');
    let value = numerals::chinese(ordinal.unwrap_or(word))?;
    (ordinal.is_some() || value >= 2).then(|| token(value as f64))
}

/// The word for an item's number at the head of a Chinese line: 一、 （一） 1. （1） 第一条.
pub(crate) fn chinese_enumerator(text: &str) -> Option<String> {
    let text = text.trim_start();
    let open = text.strip_prefix(['(', '第']).unwrap_or(text);
    let end = open.find(|c: char| !(c.is_ascii_digit() || numerals::chinese(&c.to_string()).is_some()))?;
    let (number, rest) = open.split_at(end);
    let closed = if open.len() == text.len() {
        rest.starts_with(['、', '.', '．'])
    } else {
        rest.starts_with([')', '条', '章', '节'])
    };
    let digits = rest.strip_prefix('.').is_none_or(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    let value = number.parse::<i64>().ok().or_else(|| numerals::chinese(number))?;
    (closed && digits && (1..1000).contains(&value)).then(|| format!("#item{value}"))
}

/// The word for an item's number at the head of an English line: `I.` `(1)` `1.` `Article 1`.
pub(crate) fn english_enumerator(text: &str) -> Option<String> {
    let text = text.trim_start();
    let named = ["Article ", "Chapter ", "Section "].iter().find_map(|name| text.strip_prefix(name));
    let open = named.or_else(|| text.strip_prefix('(')).unwrap_or(text);
    let end = open.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(open.len());
    let (number, rest) = open.split_at(end);
    let closed = named.is_some() || rest.starts_with(['.', ')']);
    let digits = rest.strip_prefix('.').is_none_or(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    let value = number.parse::<u32>().ok().or_else(|| roman(number))?;
    (closed && digits && (1..1000).contains(&value)).then(|| format!("#item{value}"))
}

/// The value of Roman numerals in capitals, as far as headings use them (up to 39).
fn roman(text: &str) -> Option<u32> {
    let values: Option<Vec<u32>> = text
        .chars()
        .map(|c| match c {
            'I' => Some(1),
            'V' => Some(5),
            'X' => Some(10),
            _ => None,
        })
        .collect();
    let values = values.filter(|values| !values.is_empty() && values.len() < 8)?;
    let later = values.iter().copied().skip(1).chain([0]);
    let (plus, minus) =
        values.iter().zip(later).fold(
            (0, 0),
            |(plus, minus), (&value, next)| {
                if value < next { (plus, minus + value) } else { (plus + value, minus) }
            },
        );
    u32::checked_sub(plus, minus).filter(|&value| value > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(found: Option<String>, expected: &str) {
        assert_eq!(found.unwrap_or_default(), expected);
    }

    #[test]
    fn digits_are_written_as_their_value() {
        check(value("12,000"), "#12000");
        check(value("15th"), "#15");
        check(value("3.50"), "#3.5");
        check(value("x3"), "");
    }

    #[test]
    fn english_letters_are_numbers_from_two_on() {
        check(english_value("one"), "");
        check(english_value("thirty"), "#30");
        check(english_value("fifth"), "#5");
        check(english_value("august"), "#m8");
    }

    #[test]
    fn units_scale_in_both_languages() {
        check(scaled("#1.5", "billion"), "#1500000000");
        check(after_digits("15", "亿元").map(|(word, _)| word), "#1500000000");
        check(after_digits("8", "月初").map(|(word, _)| word), "#m8");
        check(after_digits("8", "项").map(|(word, _)| word), "");
        check(after_digits("8.", "百项").map(|(word, _)| word), "");
    }

    #[test]
    fn chinese_numerals_have_values() {
        check(chinese_value("二十三"), "#23");
        check(chinese_value("一千二百"), "#1200");
        check(chinese_value("三万五千"), "#35000");
        check(chinese_value("第一"), "#1");
        check(chinese_value("一"), "");
        check(chinese_value("三农"), "");
        check(chinese_value("十百千"), "");
        check(chinese_value("三万五千二百亿"), "#3520000000000");
    }

    #[test]
    fn item_numbers_of_both_languages_agree() {
        let rows = [
            ("四、组织实施", "IV. Implementation", "#item4"),
            ("（二）目标", "(2) Goals", "#item2"),
            ("第十一条 申请人应当", "Article 11 The applicant shall", "#item11"),
            ("3. 检验", "3. Inspection", "#item3"),
            ("3.1 检验", "3.1 Inspection", ""),
            ("三维模型", "Three dimensions", ""),
        ];
        for (zh, en, expected) in rows {
            check(chinese_enumerator(&ascii(zh)), expected);
            check(english_enumerator(en), expected);
        }
    }
}
