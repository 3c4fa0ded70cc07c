//! The marks that numbering puts before paragraphs: `1.`, `第三条`, `（二）`, bullets.

use std::collections::HashMap;

use super::xml::{Element, Event, Events};

/// Levels of a list (ISO/IEC 29500-1, 17.9.6).
const LEVELS: usize = 9;

/// How one level of a list counts.
#[derive(Clone, Debug)]
struct Level {
    format: String,
    /// The mark, `%1` to `%9` standing for the numbers of the levels.
    text: String,
    start: u32,
}

impl Default for Level {
    fn default() -> Self {
        Self { format: "decimal".to_owned(), text: String::new(), start: 1 }
    }
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: HashMap<String, Vec<Level>>,
    /// For each list its kind: lists of one kind count on from each other.
    lists: HashMap<String, String>,
    starts: HashMap<(String, usize), u32>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
}

/// The mark of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A bullet of any shape.
    Bullet,
    /// A number with what stands around it.
    Number(String),
}

impl Numbering {
    /// Reads the part; of a damaged one what can be had.
    pub(super) fn read(part: &str) -> Self {
        let mut numbering = Self::default();
        let mut events = Events::new(part);
        let (mut kind, mut list) = (None, None);
        let mut level = 0;
        while let Some(event) = events.next().ok().flatten() {
            let Event::Start(element) = event else { continue };
            match element.name().as_str() {
                "abstractNum" => (kind, list) = (element.attribute("abstractNumId"), None),
                "num" => (kind, list) = (None, element.attribute("numId")),
                "lvl" | "lvlOverride" => level = level_of(&element),
                "abstractNumId" => {
                    if let (Some(list), Some(kind)) = (&list, element.val()) {
                        numbering.lists.insert(list.clone(), kind);
                    }
                }
                "startOverride" => {
                    if let (Some(list), Some(start)) = (&list, number_of(&element)) {
                        numbering.starts.insert((list.clone(), level), start);
                    }
                }
                name @ ("numFmt" | "lvlText" | "start") => {
                    if let Some(kind) = &kind {
                        numbering.set(kind, level, name, &element);
                    }
                }
                _ => {}
            }
        }
        numbering
    }

    fn set(&mut self, kind: &str, level: usize, name: &str, element: &Element<'_>) {
        let levels = self.kinds.entry(kind.to_owned()).or_insert_with(|| vec![Level::default(); LEVELS]);
        let Some(level) = levels.get_mut(level) else { return };
        match name {
            "numFmt" => level.format = element.val().unwrap_or_default(),
            "lvlText" => level.text = element.val().unwrap_or_default(),
            _ => level.start = number_of(element).unwrap_or(1),
        }
    }

    /// The mark of the next item of a list at a depth from 0; `None` where the list has no marks.
    pub(super) fn next(&mut self, list: &str, depth: usize) -> Option<Mark> {
        let depth = depth.min(LEVELS - 1);
        let kind = self.lists.get(list)?;
        let levels = self.kinds.get(kind)?;
        let level = levels.get(depth)?;
        if level.format == "bullet" {
            return Some(Mark::Bullet);
        }
        // A list that begins at a number of its own counts for itself.
        let own = self.starts.keys().any(|(of, _)| of == list);
        let counts = self.counts.entry(if own { format!("list {list}") } else { kind.clone() }).or_default();
        let start = |depth: usize| {
            let own = self.starts.get(&(list.to_owned(), depth)).copied();
            own.or(levels.get(depth).map(|level| level.start)).unwrap_or(1)
        };
        for (at, count) in counts.iter_mut().enumerate() {
            match at.cmp(&depth) {
                std::cmp::Ordering::Less => *count = Some(count.unwrap_or_else(|| start(at))),
                std::cmp::Ordering::Equal => *count = Some(count.map_or_else(|| start(at), |n| n.saturating_add(1))),
                std::cmp::Ordering::Greater => *count = None,
            }
        }
        let mut mark = level.text.clone();
        for (at, count) in counts.iter().enumerate() {
            let place = format!("%{}", at + 1);
            if let Some(number) = count.filter(|_| mark.contains(&place)) {
                let format = levels.get(at).map_or("decimal", |level| level.format.as_str());
                mark = mark.replace(&place, &written(number, format));
            }
        }
        (level.format != "none" && !mark.trim().is_empty()).then_some(Mark::Number(mark))
    }
}

fn level_of(element: &Element<'_>) -> usize {
    element.attribute("ilvl").and_then(|level| level.parse().ok()).unwrap_or(0).min(LEVELS - 1)
}

fn number_of(element: &Element<'_>) -> Option<u32> {
    element.val()?.parse().ok()
}

/// A number in a format of ISO/IEC 29500-1, 17.18.59; in one that is not known, in digits.
fn written(number: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "ideographDigital"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => chinese(number),
        "lowerLetter" => letters(number, b'a'),
        "upperLetter" => letters(number, b'A'),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "decimalZero" => format!("{number:02}"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => char::from_u32(0x2460 + number.wrapping_sub(1))
            .filter(|_| (1..=20).contains(&number))
            .map_or_else(|| number.to_string(), String::from),
        _ => number.to_string(),
    }
}

/// Counting numerals below a hundred thousand: 十二, 一百零三.
fn chinese(number: u32) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const UNITS: [(u32, &str); 5] = [(10_000, "万"), (1_000, "千"), (100, "百"), (10, "十"), (1, "")];
    if number == 0 || number >= 100_000 {
        return number.to_string();
    }
    let (mut text, mut rest, mut gap) = (String::new(), number, false);
    for (value, unit) in UNITS {
        let digit = rest / value;
        rest %= value;
        match digit {
            0 => gap = !text.is_empty(),
            _ => {
                if std::mem::take(&mut gap) {
                    text.push('零');
                }
                if !(value == 10 && digit == 1 && text.is_empty()) {
                    text.extend(usize::try_from(digit).ok().and_then(|digit| DIGITS.get(digit)));
                }
                text.push_str(unit);
            }
        }
    }
    text
}

/// a, b, … z, aa, bb: the letter again for each round.
fn letters(number: u32, first: u8) -> String {
    let at = number.saturating_sub(1);
    let letter = char::from(first.saturating_add(u8::try_from(at % 26).unwrap_or(0)));
    let times = usize::try_from(at / 26).unwrap_or(0).min(20) + 1;
    std::iter::repeat_n(letter, times).collect()
}

fn roman(number: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let (mut text, mut rest) = (String::new(), number);
    for (value, part) in PARTS {
        while rest >= value {
            text.push_str(part);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_their_formats_say() {
        for (number, format, wanted) in [
            (10, "chineseCounting", "十"),
            (12, "chineseCountingThousand", "十二"),
            (103, "chineseCounting", "一百零三"),
            (2010, "japaneseCounting", "二千零一十"),
            (28, "lowerLetter", "bb"),
            (14, "upperRoman", "XIV"),
            (3, "decimalEnclosedCircle", "③"),
            (7, "decimalZero", "07"),
            (0, "chineseCounting", "0"),
        ] {
            assert_eq!(written(number, format), wanted);
        }
    }
}
