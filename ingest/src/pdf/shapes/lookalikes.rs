//! Characters that a reader of single glyphs takes for each other.

/// What a reader says, and what it may have seen.
const MISTAKEN: &[(&str, &str)] = &[
    // The same but for size and place.
    ("0Oo。〇○°", "0Oo。〇○°"),
    ("1lI|Ⅰ丨", "1lI|Ⅰ丨"),
    ("一-—–－_ー~～二", "一-—–－_ー~～"),
    ("CcSsVvWwXxZzKkPpUuYyJj×", "×"),
    ("Vv", "<＜√"),
    (".·。•●", ".·。•●"),
    (",，、’‘'`;；", ",，、’‘'`;；"),
    ("“”\"″〃6", "“”\""),
    (":：;；∵", ":：;；"),
    // Letters and marks that are taken for Han characters, digits or other letters.
    ("C上工亡口匚【", "[［"),
    ("CcI1【", "(（"),
    ("]1J)）】丁", "]］"),
    ("])1J", ")）"),
    ("{({", "{｛"),
    ("}了)", "}｝"),
    ("一八VXY1丿", "/／"),
    ("八1", "、\\"),
    ("十", "+＋t"),
    ("七+", "t"),
    ("三二", "=＝"),
    ("7T1V》", ">＞〉》"),
    ("L1《", "<＜〈《"),
    ("2乙之", "Zz～~"),
    ("E", "∈"),
    ("a", "α"),
    ("B", "β"),
    ("…", "⋯"),
];

/// Han characters that differ in so little that the reader's order of them is worth something still.
const HAN: &[&str] =
    &["人入八", "令今区月曰", "土士", "未末", "己已巳", "日曰", "千干于", "囗口", "减減", "天夭", "戊戌戍"];

/// Letters whose capitals are the same but larger.
const CASES: &str = "cosvwxzkpuyj";

/// The characters that look like one that a reader is so sure of, with how likely each is beside it.
pub(super) fn alike(char: char, confidence: f32) -> impl Iterator<Item = (char, f32)> {
    let mistaken = MISTAKEN.iter().filter(move |(said, _)| said.contains(char)).flat_map(|(_, seen)| seen.chars());
    let lower = char.to_ascii_lowercase();
    let case = if lower == char { char.to_ascii_uppercase() } else { lower };
    let case = Some(case).filter(|_| CASES.contains(lower));
    let han = HAN.iter().filter(move |row| row.contains(char)).flat_map(|row| row.chars());
    let likely = mistaken.chain(case).map(|other| (other, 0.3));
    // Where the reader is not sure, its order is worth little.
    let order = if confidence < 0.9 { 0.3 } else { 0.03 };
    likely.chain(han.map(move |other| (other, order))).filter(move |(other, _)| *other != char)
}

/// Marks so small that a picture of one tells a reader nothing.
pub(super) const SPECKS: &str = ".·•,，、。'’‘-`:：;；";

/// The wide form of a mark that takes a whole em.
pub(super) fn wide(char: char) -> char {
    match char {
        '(' => '（',
        ')' => '）',
        ',' => '，',
        ':' => '：',
        ';' => '；',
        '!' => '！',
        '?' => '？',
        '[' => '［',
        ']' => '］',
        '<' => '＜',
        '>' => '＞',
        '=' => '＝',
        '+' => '＋',
        '/' => '／',
        '~' => '～',
        '|' => '｜',
        '{' => '｛',
        '}' => '｝',
        _ => char,
    }
}
