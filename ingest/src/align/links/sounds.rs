//! How words sound: the pinyin of Han characters, and the consonants that transliteration keeps.

use corpus::text::is_han;

/// The pinyin of each character of a word without tones, in lower case; `None` if one is not Han or has no reading.
pub(crate) fn readings(word: &str) -> Option<Vec<String>> {
    word.chars().map(|character| is_han(character).then(|| reading(character))?).collect()
}

fn reading(character: char) -> Option<String> {
    let entries = chinese_dictionary::query_by_simplified(character.encode_utf8(&mut [0; 4]));
    // Readings of surnames stand under capitals, and most characters have another one.
    let common = entries.iter().find(|entry| entry.pinyin_numbers.starts_with(|c: char| c.is_ascii_lowercase()));
    let pinyin = &common.or(entries.first())?.pinyin_numbers;
    let letters: String = pinyin.to_lowercase().replace("u:", "v").chars().filter(char::is_ascii_alphabetic).collect();
    Some(letters).filter(|letters| !letters.is_empty())
}

/// The consonants of a word by class, doubled ones once: Akbar and a ke ba er are `KPR`.
pub(crate) fn skeleton(word: &str, pinyin: bool) -> Vec<char> {
    let mut found: Vec<char> = Vec::new();
    let mut before = ' ';
    let mut letters = word.chars().map(|c| c.to_ascii_lowercase()).filter(char::is_ascii_alphabetic).peekable();
    while let Some(letter) = letters.next() {
        let digraph = letter == 'h' && "sczptgk".contains(before) || pinyin && letter == 'g' && before == 'n';
        if !digraph && letter != before {
            found.extend(class(letter, letters.peek().copied(), pinyin));
        }
        before = letter;
    }
    found
}

/// The class of a consonant; vowels have none.
fn class(letter: char, next: Option<char>, pinyin: bool) -> Option<char> {
    Some(match letter {
        'p' if !pinyin && next == Some('h') => 'F',
        'b' | 'p' => 'P',
        'f' | 'v' | 'w' => 'F',
        'd' | 't' => 'T',
        'q' if pinyin => 'J',
        'c' if pinyin || matches!(next, Some('h' | 'e' | 'i' | 'y')) => 'S',
        'c' | 'g' | 'k' | 'q' => 'K',
        'j' => 'J',
        's' | 'z' | 'x' => 'S',
        'm' => 'M',
        'n' => 'N',
        'l' | 'r' => 'R',
        'h' => 'H',
        _ => return None,
    })
}

/// How alike two lists of consonants are, from 0 to 1: an edit distance (Levenshtein 1966) in which like sounds cost
/// little, and so do those that transliteration often drops.
pub(crate) fn likeness(a: &[char], b: &[char]) -> f32 {
    let most = a.len().max(b.len());
    if most == 0 || a.len().min(b.len()) * 2 < most {
        return 0.0;
    }
    let mut row: Vec<f32> = vec![0.0];
    for &y in b {
        row.push(row.last().copied().unwrap_or(0.0) + drop_cost(y));
    }
    for &x in a {
        let mut left = row.first().copied().unwrap_or(0.0) + drop_cost(x);
        let mut corner = row.first().copied().unwrap_or(0.0);
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, &y) in row.iter_mut().skip(1).zip(b) {
            let above = *cell;
            left = (corner + exchange_cost(x, y)).min(above + drop_cost(x)).min(left + drop_cost(y));
            corner = above;
            *cell = left;
        }
    }
    1.0 - row.last().copied().unwrap_or(0.0) / most as f32
}

fn drop_cost(class: char) -> f32 {
    if matches!(class, 'R' | 'H' | 'N') { 0.6 } else { 1.0 }
}

fn exchange_cost(a: char, b: char) -> f32 {
    match (a.min(b), a.max(b)) {
        (a, b) if a == b => 0.0,
        ('J', 'S' | 'K' | 'T' | 'R') | ('F', 'P' | 'H') | ('H', 'K') | ('M', 'N') | ('S', 'T') => 0.4,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(zh: &str, en: &str, alike: bool) {
        let heard: Vec<char> = readings(zh).unwrap_or_default().iter().flat_map(|part| skeleton(part, true)).collect();
        let score = likeness(&heard, &skeleton(en, false));
        assert_eq!(score >= 0.6, alike, "{zh} {en} {score}");
    }

    #[test]
    fn transliterations_sound_alike() {
        check("马德里", "Madrid", true);
        check("卡萨布兰卡", "Casablanca", true);
        check("巴塞罗那", "Barcelona", true);
        check("索菲亚", "Sophia", true);
        check("马德里", "Barcelona", false);
        check("政府", "Casablanca", false);
    }

    #[test]
    fn readings_have_no_tones() {
        assert_eq!(readings("梁志").unwrap_or_default(), ["liang", "zhi"]);
        assert_eq!(readings("A梁"), None);
    }
}
