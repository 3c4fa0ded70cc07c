//! What must hold for any text, any query and any documents. Property tests give these checks input of their own, the
//! fuzz targets in `tests/fuzz` give them anything; a check panics over what does not hold.

pub(crate) mod analysis;
pub(crate) mod query;
pub(crate) mod search;
#[cfg(test)]
mod tests;

/// Checks what must hold of the analysis of any text.
pub fn check_analysis(data: &[u8]) {
    let [text, other] = parts(data);
    analysis::check(&text, &other);
}

/// Checks what must hold of any query, and of showing where a text meets it.
pub fn check_query(data: &[u8]) {
    let [input, text] = parts(data);
    query::check(&input, &text);
}

/// Checks what must hold of the answers to any queries over any documents.
pub fn check_search(data: &[u8]) {
    let [documents, queries] = parts(data);
    search::check(&documents, &queries);
}

/// Pieces of text and of the query language, one for each byte.
const PIECES: [&str; 96] = [
    "数",
    "据",
    "據",
    "要",
    "素",
    "力",
    "算",
    "法",
    "的",
    "国",
    "國",
    "标",
    "準",
    "准",
    "，",
    "。",
    "、",
    "；",
    "“",
    "”",
    "《",
    "》",
    "（",
    "）",
    "\n",
    " ",
    " ",
    "　",
    "\t",
    "GB/T",
    "gb",
    "41867",
    "—",
    "-",
    "2022",
    "〔2024〕",
    "113号",
    "TC28",
    "/",
    "SC42",
    "５Ｇ",
    "5g",
    "3.5",
    "1,000",
    "100%",
    "standard",
    "standards",
    "Standardization",
    "data",
    "data-driven",
    "don't",
    "O'Neil",
    "ﬁ",
    "é",
    "e\u{301}",
    "Ω",
    "ß",
    "İ",
    "ｱ",
    "あ",
    "한",
    "한",
    "\u{200b}",
    "\u{feff}",
    "\"",
    "'",
    "(",
    ")",
    " AND ",
    " OR ",
    " NOT ",
    " NEAR/3 ",
    " NEAR ",
    "*",
    "-",
    "title:",
    "issuer:",
    "number:",
    "standard:",
    "kind:",
    "lang:",
    "date:2023..2025",
    "date:",
    "topic:",
    "..",
    ":",
    "/",
    "\\",
    "[0-9]+",
    "|",
    "^",
    ".",
    ",",
    "&",
    "a",
    "1",
];

/// Two texts from bytes: as they are where the first byte is even, or else of pieces; 0xFF parts them.
fn parts(data: &[u8]) -> [String; 2] {
    let (first, rest) = data.split_first().map_or((0, data), |(first, rest)| (*first, rest));
    let rest = rest.get(..rest.len().min(4096)).unwrap_or_default();
    let at = rest.iter().position(|byte| *byte == 0xFF).unwrap_or(rest.len() / 2);
    let text = |bytes: &[u8]| -> String {
        if first % 2 == 0 {
            return String::from_utf8_lossy(bytes).into_owned();
        }
        bytes.iter().filter_map(|byte| PIECES.get(usize::from(*byte) % PIECES.len())).copied().collect()
    };
    let (one, other) = rest.split_at_checked(at).unwrap_or_default();
    [text(one), text(other.get(1..).unwrap_or_default())]
}

/// The byte ranges are ascending, apart from each other, not empty, and of whole characters of the text.
#[track_caller]
pub(crate) fn check_ranges(text: &str, ranges: &[std::ops::Range<usize>]) {
    let mut before = None;
    for range in ranges {
        assert!(text.get(range.clone()).is_some_and(|part| !part.is_empty()), "{ranges:?} of {text:?}");
        assert!(before.is_none_or(|end| end <= range.start), "{ranges:?} of {text:?}");
        before = Some(range.end);
    }
}
