use super::*;

/// A document with what goes wrong on the way through citation managers.
fn citation() -> Citation {
    Citation {
        kind: CitedAs::Report,
        key: "mow-2025-7".to_owned(),
        title: "关于观测云量的通知 {试行} 100% & more\nlines".to_owned(),
        title_translated: Some("Notice on Observing Cloud_Cover \\ R&D".to_owned()),
        authors: vec!["天气部".to_owned(), "Ministry of Rain and Snow*".to_owned()],
        date: Some("2025-03-01".to_owned()),
        number: Some("天气〔2025〕7号".to_owned()),
        genre: Some("Notice"),
        language: "zh",
        url: Some("https://example.org/a_b?c={d}&e=50%25".to_owned()),
        translator: Some("An Other".to_owned()),
    }
}

#[test]
fn an_entry_of_bibtex() {
    insta::assert_snapshot!(bibtex(&citation()));
}

#[test]
fn a_record_of_ris() {
    let record = ris(&citation());
    assert!(record.lines().all(|line| line.is_empty() || line.get(2..6) == Some("  - ")), "{record}");
    assert_eq!(record.matches("\r\n").count(), record.matches('\n').count());
    insta::assert_snapshot!(record.replace('\r', ""));
}

#[test]
fn standards_and_news_are_cited_as_such() {
    let standard = Citation { kind: CitedAs::Standard, date: Some("2024".to_owned()), ..citation() };
    assert!(ris(&standard).starts_with("TY  - STAND\r\n") && ris(&standard).contains("DA  - 2024///\r\n"));
    assert!(bibtex(&standard).starts_with("@techreport{") && !bibtex(&standard).contains("month"));
    let news = Citation { kind: CitedAs::News, ..citation() };
    assert!(ris(&news).starts_with("TY  - NEWS\r\n") && bibtex(&news).starts_with("@misc{"));
}

#[test]
fn what_is_not_known_is_left_out() {
    let bare = Citation { key: "document-1".to_owned(), title: "云量".to_owned(), ..Citation::default() };
    assert_eq!(bibtex(&bare), "@techreport{document-1,\n  title = {{云量}}\n}\n");
    assert_eq!(
        ris(&bare),
        "TY  - RPRT\r\nID  - document-1\r\nTI  - 云量\r\nLA  - \r\nER  - \r\n\r\n".replace("LA  - \r\n", "")
    );
}

proptest::proptest! {
    #[test]
    fn braces_balance_and_records_keep_their_lines(title in "\\PC{0,20}[\\\\{}%\r\n]{0,6}\\PC{0,5}", url in "[ -~]{0,20}") {
        let cited = Citation { title, url: Some(url), ..citation() };
        let depth = bibtex(&cited).chars().try_fold(0_i32, |depth, char| match char {
            '{' => Some(depth + 1),
            '}' => (depth > 0).then(|| depth - 1),
            _ => Some(depth),
        });
        proptest::prop_assert_eq!(depth, Some(0));
        proptest::prop_assert_eq!(ris(&cited).lines().count(), ris(&citation()).lines().count());
    }
}
