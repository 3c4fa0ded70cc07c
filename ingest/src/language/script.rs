//! Simplified and traditional characters told apart.
//!
//! GB 2312 (1980) has the simplified characters of the mainland, Big5 (1984) the traditional ones of Taiwan and Hong
//! Kong. What only the one has tells the script; what both have, as most common characters are, tells nothing.

use corpus::document::Script;
use corpus::text::is_han;
use corpus::text::normalise::normal_form;
use encoding_rs::{BIG5, GBK};

/// With fewer characters that tell, a text may be either.
const ENOUGH: usize = 3;
/// So many times more of the one script than of the other must there be.
const CLEARLY: usize = 2;
/// As many Han characters as are looked at.
const MOST: usize = 20_000;

/// The script of a Chinese text; `None` where too little of it tells, or it mixes both.
pub fn script(text: &str) -> Option<Script> {
    let (mut simplified, mut traditional) = (0_usize, 0_usize);
    for char in text.chars().filter(|char| is_han(*char)).take(MOST) {
        match script_of(char) {
            Some(Script::Hans) => simplified += 1,
            Some(Script::Hant) => traditional += 1,
            None => {}
        }
    }
    if simplified >= ENOUGH && simplified > traditional * CLEARLY {
        return Some(Script::Hans);
    }
    (traditional >= ENOUGH && traditional > simplified * CLEARLY).then_some(Script::Hant)
}

/// The script that alone has a character.
fn script_of(char: char) -> Option<Script> {
    let mut buffer = [0; 4];
    let text: &str = char.encode_utf8(&mut buffer);
    match (is_in_gb2312(text), is_in_big5(text)) {
        (true, false) => Some(Script::Hans),
        // A rare character of Big5 may be one that nobody simplified.
        (false, true) if normal_form(text) != text => Some(Script::Hant),
        _ => None,
    }
}

/// GBK has the characters of GB 2312 in the rows from 0xB0 to 0xF7, from column 0xA1 on.
fn is_in_gb2312(char: &str) -> bool {
    let (bytes, _, failed) = GBK.encode(char);
    !failed && matches!(bytes.as_ref(), [0xb0..=0xf7, 0xa1..=0xfe])
}

fn is_in_big5(char: &str) -> bool {
    let (bytes, _, failed) = BIG5.encode(char);
    !failed && bytes.len() == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: Option<Script>) {
        assert_eq!(script(text), wanted, "{text}");
    }

    #[test]
    fn simplified_and_traditional_text() {
        check("各级湖泊监测机构应当按照国家标准开展采样", Some(Script::Hans));
        check("各級湖泊監測機構應當按照國家標準開展採樣", Some(Script::Hant));
        check("推動數據要素流通，完善監測體系", Some(Script::Hant));
        // Both scripts have 著, 乾 and 瞭, and simplified text uses them.
        check("著名的乾隆时期，瞭望湖泊的人们开始记录水位", Some(Script::Hans));
    }

    #[test]
    fn too_little_text_and_mixtures_tell_nothing() {
        check("水文", None);
        check("中山湖水文年表", None);
        check("国国国國國國", None);
        check("Lakes", None);
        check("", None);
    }
}
