//! Tesseract: how it is called and what its answer means.
//!
//! Running the program is the caller's: the picture of [`pgm`] goes to its standard input, the TSV that it prints to
//! [`words`]. One Chinese model reads a page better than `chi_sim+eng` does, which takes whole clauses for English;
//! where much of what was read is Latin, a second reading by the English model mends it ([`second_language`],
//! [`merged`]).

use super::{Picture, Seen};

/// The models for Chinese, the best first: the one for the script reads Latin letters among Han too.
const CHINESE: [&str; 6] = ["HanS", "script/HanS", "chi_sim", "HanT", "script/HanT", "chi_tra"];
const ENGLISH: &str = "eng";
/// So many words of a page are taken.
const MAX_WORDS: usize = 50_000;
/// A page with this part of Latin letters or more is worth a reading by the English model.
const LATIN: f32 = 0.3;
/// A word of the English model counts from this confidence on.
const SURE: f32 = 0.6;

/// The language to read with, of those that `tesseract --list-langs` prints; `None` when neither Chinese nor English
/// is installed.
pub fn languages(list: &str) -> Option<String> {
    let installed: Vec<&str> = list.lines().map(str::trim).collect();
    let best = CHINESE.into_iter().chain([ENGLISH]).find(|name| installed.contains(name))?;
    Some(best.to_owned())
}

/// The language to read a page with once more after `first`; `None` when a second reading would not help.
pub fn second_language(list: &str, first: &str, seen: &[Seen]) -> Option<String> {
    let english = list.lines().any(|line| line.trim() == ENGLISH) && first != ENGLISH;
    let (mut latin, mut total) = (0_usize, 0_usize);
    for c in seen.iter().flat_map(|seen| seen.text.chars()).filter(|c| c.is_alphabetic()) {
        latin += usize::from(c.is_ascii());
        total += 1;
    }
    (english && latin as f32 > LATIN * total as f32).then(|| ENGLISH.to_owned())
}

/// The arguments with which the program reads a picture from standard input and prints TSV.
pub fn arguments(picture: &Picture, languages: &str) -> Vec<String> {
    let dpi = picture.dpi.clamp(70.0, 2400.0).round().to_string();
    ["stdin", "stdout", "-l", languages, "--oem", "1", "--psm", "3", "--dpi", &dpi, "tsv"].map(str::to_owned).into()
}

/// The picture as a portable grey map (netpbm's binary PGM).
pub fn pgm(picture: &Picture) -> Vec<u8> {
    let mut bytes = format!("P5\n{} {}\n255\n", picture.width, picture.height).into_bytes();
    bytes.extend_from_slice(&picture.pixels);
    bytes
}

/// The words of the program's TSV, as the manual page of tesseract 5 has it: level, page, block, paragraph, line,
/// word, left, top, width, height, confidence in percent, text. Whatever is not such a row is passed over.
pub fn words(tsv: &str) -> Vec<Seen> {
    let mut words: Vec<Seen> = Vec::new();
    let mut last: Option<[u32; 4]> = None;
    let mut line = 0_u32;
    for (place, word) in tsv.lines().filter_map(word).take(MAX_WORDS) {
        if last.is_some_and(|last| last != place) {
            line = line.saturating_add(1);
        }
        last = Some(place);
        words.push(Seen { line, ..word });
    }
    words
}

/// The page, block, paragraph and line of a word, and the word.
fn word(row: &str) -> Option<([u32; 4], Seen)> {
    let mut cells = row.trim_end_matches('\r').splitn(12, '\t');
    if cells.next()? != "5" {
        return None;
    }
    let mut number = || cells.next()?.parse::<u32>().ok();
    let place = [number()?, number()?, number()?, number()?];
    let _word = number()?;
    let [left, top, width, height] = [number()?, number()?, number()?, number()?].map(|pixels| pixels as f32);
    let confidence = cells.next()?.parse::<f32>().ok().filter(|percent| percent.is_finite())?;
    let text = cells.next()?.trim();
    if text.is_empty() || text.contains('\t') {
        return None;
    }
    let bbox = [left, top, left + width, top + height];
    Some((place, Seen { text: text.to_owned(), bbox, confidence: (confidence / 100.0).clamp(0.0, 1.0), line: 0 }))
}

/// A page read by a Chinese model, with Latin words as the English model read them where it is surer of them.
pub fn merged(mut chinese: Vec<Seen>, english: &[Seen]) -> Vec<Seen> {
    for word in english.iter().filter(|word| is_latin_word(word)) {
        let under: Vec<usize> = (0..chinese.len())
            .filter(|index| chinese.get(*index).is_some_and(|other| covered(&other.bbox, &word.bbox)))
            .collect();
        let others: Vec<&Seen> = under.iter().filter_map(|index| chinese.get(*index)).collect();
        let (Some(first), true) = (under.first().copied(), others.iter().all(|other| gives_way(other, word))) else {
            continue;
        };
        if let Some(slot) = chinese.get_mut(first) {
            *slot = Seen { line: slot.line, ..word.clone() };
        }
        for index in under.into_iter().skip(1).rev() {
            chinese.remove(index);
        }
    }
    chinese
}

fn is_latin_word(word: &Seen) -> bool {
    let letters = word.text.chars().filter(char::is_ascii_alphabetic).count();
    word.confidence >= SURE && letters >= 2 && letters * 2 > word.text.chars().count()
}

/// Whether most of the first box lies in the second.
fn covered(a: &[f32; 4], b: &[f32; 4]) -> bool {
    let overlap = |low: usize, high: usize| (a[high].min(b[high]) - a[low].max(b[low])).max(0.0);
    overlap(0, 2) * overlap(1, 3) > 0.5 * (a[2] - a[0]) * (a[3] - a[1])
}

/// Whether what the Chinese model read gives way to a Latin word: it is Latin itself, or quite unsure.
fn gives_way(other: &Seen, word: &Seen) -> bool {
    other.confidence < word.confidence && (other.text.is_ascii() || other.confidence < 0.5 * word.confidence)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIST: &str = "List of available languages in \"/usr/share/tessdata/\" (3):\nchi_sim\neng\nosd\n";

    fn seen(text: &str, bbox: [f32; 4], confidence: f32) -> Seen {
        Seen { text: text.to_owned(), bbox, confidence, line: 0 }
    }

    #[track_caller]
    fn check(tsv: &str, expected: &[(&str, u32, [f32; 4])]) {
        let words = words(tsv);
        let found: Vec<_> = words.iter().map(|word| (word.text.as_str(), word.line, word.bbox)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_best_model_is_chosen() {
        let check = |list: &str, expected: Option<&str>| assert_eq!(languages(list).as_deref(), expected);
        check(LIST, Some("chi_sim"));
        check("eng\nHanS\nchi_sim", Some("HanS"));
        check("eng\nosd", Some("eng"));
        check("deu\nosd", None);
    }

    #[test]
    fn latin_text_is_read_twice() {
        let check = |text: &str, expected: Option<&str>| {
            let seen = [seen(text, [0.0; 4], 0.9)];
            assert_eq!(second_language(LIST, "chi_sim", &seen).as_deref(), expected);
        };
        check("采用AES的加密算法和密钥", None);
        check("data space 数据空间", Some("eng"));
        assert_eq!(second_language("eng", "eng", &[seen("data", [0.0; 4], 0.9)]), None);
    }

    #[test]
    fn rows_of_words_are_read() {
        check(
            "level\tpage_num\n4\t1\t1\t1\t1\t0\t0\t0\t50\t9\t-1\t\n\
             5\t1\t1\t1\t1\t1\t10\t20\t30\t9\t96.5\t数据\n5\t1\t1\t1\t1\t2\t40\t20\t5\t9\t90\t \n\
             5\t1\t1\t1\t2\t1\t10\t40\t30\t9\t91\tspace\r\n",
            &[("数据", 0, [10.0, 20.0, 40.0, 29.0]), ("space", 1, [10.0, 40.0, 40.0, 49.0])],
        );
        check("5\t1\t1\t1\t1\t1\t10\t20\t30\t9\tNaN\tx\n5\t1\t1\n5\t-1\t1\t1\t1\t1\t0\t0\t1\t1\t9\tx", &[]);
    }

    #[test]
    fn latin_words_are_mended() {
        let chinese = vec![
            seen("数据", [0.0, 0.0, 20.0, 10.0], 0.9),
            seen("trus", [30.0, 0.0, 50.0, 10.0], 0.5),
            seen("上ed", [51.0, 0.0, 62.0, 10.0], 0.3),
        ];
        let english = [seen("trusted", [30.0, 0.0, 62.0, 10.0], 0.9), seen("BH", [0.0, 0.0, 20.0, 10.0], 0.7)];
        let texts: Vec<String> = merged(chinese, &english).into_iter().map(|word| word.text).collect();
        assert_eq!(texts, ["数据", "trusted"]);
    }

    #[test]
    fn a_picture_is_a_grey_map() {
        let picture = Picture { width: 2, height: 1, dpi: 299.6, pixels: vec![0, 255] };
        assert_eq!(pgm(&picture), b"P5\n2 1\n255\n\x00\xff");
        let arguments = arguments(&picture, "HanS");
        assert!(arguments.windows(2).any(|pair| pair == ["--dpi", "300"]));
        assert_eq!(arguments.last().map(String::as_str), Some("tsv"));
    }

    proptest! {
        #[test]
        fn any_answer_is_survived(tsv in "([0-9\t.x\r-]{0,30}\n?){0,20}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            for text in [tsv, format!("5\t1\t1\t1\t1\t1\t4294967295\t4294967295\t4294967295\t1\t1e39\t{}", String::from_utf8_lossy(&bytes))] {
                prop_assert!(words(&text).iter().all(|word| (0.0..=1.0).contains(&word.confidence)));
            }
        }
    }
}
