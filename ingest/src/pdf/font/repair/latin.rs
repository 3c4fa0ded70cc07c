//! How letters are used in the languages of Europe.

/// The share of each letter from a to z among the letters of European languages, English foremost, per mille.
const SHARES: [f64; 26] = [
    86.0, 14.0, 29.0, 41.0, 128.0, 17.0, 18.0, 43.0, 75.0, 7.0, 16.0, 42.0, 27.0, 71.0, 68.0, 21.0, 4.0, 60.0, 64.0,
    78.0, 36.0, 13.0, 20.0, 2.5, 17.0, 7.0,
];
/// Of the characters of a text, spaces and letters have these shares.
const SPACES: f64 = 0.17;
const LETTERS: f64 = 0.72;
/// What it costs, in bits, that a letter is in the case that the text seldom uses.
const OTHER_CASE: f64 = 2.5;
/// What a digit or a mark costs; a letter with an accent; a sign that texts hardly have; no character at all.
const MARK: f64 = 7.0;
const ACCENTED: f64 = 8.0;
const SIGN: f64 = 10.0;
const NOTHING: f64 = 12.0;

/// The letters of Russian from the most to the least frequent; those of its neighbours come after.
const CYRILLIC: &str = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъіёїєўґјљњћђџ";
const GREEK: &str = "αοιετσνηυρπκμλςγδωθφβχξζψάέήίόύώ";

/// How surprising a letter of the basic Latin alphabet is among letters, in bits; whichever its case.
pub(super) fn surprise(c: char) -> Option<f64> {
    let at = (c.to_ascii_lowercase() as usize).checked_sub('a' as usize)?;
    Some(-(SHARES.get(at)? / 1000.0).log2())
}

/// The mean surprise of the characters of a text in bits, by how often each is used. Texts have about 4.6, letters at
/// random more than 6.
pub(super) fn text_surprise(used: impl Iterator<Item = (Option<char>, u32)>) -> f64 {
    let (mut small, mut capital, mut total) = (0.0, 0.0, 0.0);
    for (c, uses) in used {
        let uses = f64::from(uses);
        small += uses * c.map_or(NOTHING, |c| char_surprise(c, false));
        capital += uses * c.map_or(NOTHING, |c| char_surprise(c, true));
        total += uses;
    }
    if total > 0.0 { f64::min(small, capital) / total } else { NOTHING }
}

fn char_surprise(c: char, capitals: bool) -> f64 {
    match c {
        ' ' => -SPACES.log2(),
        'a'..='z' | 'A'..='Z' => {
            let case = if c.is_ascii_uppercase() == capitals { 0.0 } else { OTHER_CASE };
            surprise(c).unwrap_or(SIGN) - LETTERS.log2() + case
        }
        '0'..='9' | '.' | ',' | ':' | ';' | '-' | '(' | ')' | '\'' | '"' | '/' => MARK,
        '\u{2013}' | '\u{2014}' | '\u{2018}'..='\u{201d}' | '\u{2022}' | '\u{2026}' => MARK,
        '\u{c0}'..='\u{24f}' => ACCENTED,
        _ => SIGN,
    }
}

/// How surprising a Cyrillic or Greek letter is among those of its script, in bits; whichever its case.
pub(super) fn other_surprise(c: char) -> Option<f64> {
    let lower = c.to_lowercase().next()?;
    let rank = [CYRILLIC, GREEK].iter().find_map(|letters| letters.chars().position(|letter| letter == lower))?;
    // By the law of Zipf and Mandelbrot, which alphabets follow roughly.
    Some(-(0.47 / (rank as f64 + 3.0)).log2())
}
