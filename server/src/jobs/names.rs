//! Names of files that strangers give.

use crate::hidden::is_hidden;

/// The longest name, in characters.
const LONGEST: usize = 150;

/// The name of a file as it is shown and kept: without folders, on one line, and without characters that turn around or
/// hide what stands beside them.
pub(crate) fn shown_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).find(|part| !part.trim().is_empty()).unwrap_or_default();
    let clean: String = last.chars().map(|char| if char.is_whitespace() { ' ' } else { char }).collect();
    let clean: String = clean.chars().filter(|char| !is_hidden(*char)).collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    let clean = clean.trim_matches('.').trim();
    if clean.is_empty() {
        return "unnamed".to_owned();
    }
    let length = clean.chars().count();
    if length <= LONGEST {
        return clean.to_owned();
    }
    // The end of a long name has its kind, and tells more than its beginning.
    let end: String = clean.chars().skip(length - LONGEST + 1).collect();
    format!("…{end}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(given: &str, shown: &str) {
        assert_eq!(shown_name(given), shown, "{given:?}");
    }

    #[test]
    fn a_name_is_cleaned_for_show() {
        check("指导意见 2024.pdf", "指导意见 2024.pdf");
        check("../../etc/passwd", "passwd");
        check("C:\\fakepath\\a.pdf", "a.pdf");
        check("two\r\nlines\t.pdf", "two lines .pdf");
        check("invoice\u{202e}fdp.exe", "invoicefdp.exe");
        check("a\u{0}\u{7f}b\u{200b}.txt", "ab.txt");
        for empty in ["", "/", "..", " . ", "\u{202e}"] {
            check(empty, "unnamed");
        }
        let long = format!("{}.pdf", "长".repeat(400));
        assert!(shown_name(&long).ends_with("长.pdf") && shown_name(&long).starts_with('…'));
    }

    proptest! {
        #[test]
        fn any_name_is_one_short_line(given in any::<String>()) {
            let shown = shown_name(&given);
            prop_assert!(!shown.is_empty() && shown.chars().count() <= LONGEST);
            prop_assert!(!shown.contains(['/', '\\', '\n', '\r']) && !shown.chars().any(is_hidden));
            prop_assert_eq!(shown_name(&shown), shown);
        }
    }
}
