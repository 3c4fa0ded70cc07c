//! Mails, read by a mail parser.

use mail_parser::{MessageParser, MimeHeaders as _};

use corpus::document::Language;

use super::*;
use crate::deliver::notice::Item;

fn item(number: i64) -> Item {
    Item {
        alert: number,
        document: number,
        title: format!("关于潮汐能发展的<第{number}号>通知"),
        language: Language::Zh,
        href: Some(format!("https://policyglot.example.org/document/{number}?a=1&b=2")),
        occasion: "new_document",
        atoms: vec!["潮汐能".to_owned(), "tidal \"energy\"".to_owned()],
        renderings: Vec::new(),
        sentence: "大力发展潮汐能 & 波浪能。".to_owned(),
        page: 4,
        ocr: number == 2,
        created: "2026-11-23T08:00:00Z".to_owned(),
    }
}

fn notice(items: i64, total: usize) -> Notice {
    Notice {
        id: "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W".to_owned(),
        watch: 7,
        name: "新质生产力".to_owned(),
        created: "2026-11-23T08:00:00Z".to_owned(),
        total,
        items: (1..=items).map(item).collect(),
        href: Some("https://policyglot.example.org/alerts?watch=7".to_owned()),
        stop: Some("https://policyglot.example.org/unsubscribe/3/abc".to_owned()),
    }
}

fn written(notice: &Notice, chinese: bool) -> Vec<u8> {
    let from = "Alerts <alerts@example.org>".parse().unwrap();
    let now = "2026-11-23T08:05:00Z".parse().unwrap();
    message(&from, "reader@example.org", notice, chinese, now).unwrap().formatted()
}

#[test]
fn a_mail_has_text_and_html_and_the_headers_that_mailing_needs() {
    let raw = written(&notice(2, 3), false);
    let mail = MessageParser::default().parse(&raw).unwrap();
    assert_eq!(mail.subject(), Some("新质生产力: 3 new documents"));
    assert_eq!(mail.message_id(), Some("msg_2KWPBgLlAfxdpx2AI54pPJ85f4W@example.org"));
    assert_eq!(mail.date().unwrap().to_rfc3339(), "2026-11-23T08:05:00Z");
    assert_eq!(mail.to().unwrap().first().unwrap().address(), Some("reader@example.org"));
    let value = |name: &str| mail.header_raw(name).unwrap().trim().to_owned();
    assert_eq!(value("List-Unsubscribe"), "<https://policyglot.example.org/unsubscribe/3/abc>");
    assert_eq!(value("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    assert_eq!(value("Auto-Submitted"), "auto-generated");
    assert!(mail.content_type().is_some_and(|kind| kind.subtype() == Some("alternative")));
    insta::assert_snapshot!("text", mail.body_text(0).unwrap().replace("\r\n", "\n"));
    insta::assert_snapshot!("html", mail.body_html(0).unwrap().replace("\r\n", "\n"));
}

#[test]
fn a_mail_can_be_chinese() {
    let raw = written(&notice(1, 12), true);
    let mail = MessageParser::default().parse(&raw).unwrap();
    assert_eq!(mail.subject(), Some("新质生产力：12 篇新文献"));
    insta::assert_snapshot!("chinese", mail.body_text(0).unwrap().replace("\r\n", "\n"));
}

#[test]
fn without_a_public_address_there_are_no_links() {
    let mut notice = notice(1, 1);
    notice.items.iter_mut().for_each(|item| item.href = None);
    let raw = written(&Notice { href: None, stop: None, ..notice }, false);
    assert!(!String::from_utf8(raw.clone()).unwrap().contains("List-Unsubscribe"));
    let mail = MessageParser::default().parse(&raw).unwrap();
    assert!(!mail.body_html(0).unwrap().contains("href") && !mail.body_text(0).unwrap().contains("http"));
}

#[test]
fn a_name_cannot_add_headers() {
    let mut notice = notice(1, 1);
    notice.name = format!("tide\r\nBcc: everybody@example.org\r\n{}", "x".repeat(500));
    let raw = written(&notice, false);
    let mail = MessageParser::default().parse(&raw).unwrap();
    assert!(mail.bcc().is_none());
    assert!(mail.subject().unwrap().starts_with("tide  Bcc: everybody@example.org"));
}

#[track_caller]
fn check(occasions: &[&'static str], subject: &str) {
    let items: Vec<Item> = occasions.iter().map(|occasion| Item { occasion, ..item(1) }).collect();
    let notice = Notice { total: items.len(), items, ..notice(0, 0) };
    assert_eq!(super::subject(Words::of(false), &notice), subject);
}

#[test]
fn the_subject_says_what_there_is() {
    check(&["new_document"], "新质生产力: 1 new document");
    check(&["new_document", "new_version"], "新质生产力: 2 alerts");
    check(&["cited", "cited"], "新质生产力: 2 citations");
    check(&["new_rendering"], "新质生产力: 1 new rendering");
}

#[test]
fn an_address_that_is_none_is_never_tried_again() {
    let from = "alerts@example.org".parse().unwrap();
    let now = "2026-11-23T08:05:00Z".parse().unwrap();
    for address in ["", "nobody", "a@example.org\r\nBcc: b@example.org", "a@b, c@d"] {
        assert_eq!(message(&from, address, &notice(1, 1), false, now).unwrap_err().again, Again::Never, "{address}");
    }
}

/// Sentences of two languages, long titles, an occasion of each kind: what a digest can hold.
fn digest(items: i64, total: usize) -> Notice {
    let occasions = ["new_document", "new_mention", "new_edition", "replaced", "cited", "new_version"];
    let item = |number: i64| {
        let occasion = occasions.iter().cycle().nth(usize::try_from(number).unwrap()).unwrap();
        let chinese = Item { occasion, ..item(number) };
        if number % 2 == 0 {
            return Item {
                title: format!("关于推进第{number}批潮汐能、波浪能与温差能标准化试点工作、健全海洋能标准体系的通知"),
                sentence: "到2027年，制定修订潮汐能国家标准和行业标准50项以上，参与制定国际标准20项以上，\
                           建设一批潮汐能标准应用示范基地，推动波浪能装备规模化应用。"
                    .to_owned(),
                ..chinese
            };
        }
        Item {
            title: format!("Guidelines for the Comprehensive Standardization System of Tidal Energy (Draft {number})"),
            language: Language::En,
            sentence: "By 2027, more than fifty national and industry standards for tidal energy shall be formulated \
                       or revised, and tidal energy shall be part of every coastal plan."
                .to_owned(),
            atoms: vec!["tidal energy".to_owned()],
            ..chinese
        }
    };
    Notice { total, items: (1..=items).map(item).collect(), ..notice(0, 0) }
}

#[test]
fn a_digest_says_how_much_of_it_is_listed() {
    let raw = written(&digest(30, 120), false);
    let mail = MessageParser::default().parse(&raw).unwrap();
    assert_eq!(mail.subject(), Some("新质生产力: 120 alerts"));
    assert_eq!(mail.header_raw("Content-Language").unwrap().trim(), "en");
    let html = mail.body_html(0).unwrap();
    for words in
        ["the first 30 of 120", "Not listed here: 90 more", "<h2 lang=\"zh\"", "<h2 lang=\"en\"", "<p lang=\"en\""]
    {
        assert!(html.contains(words), "{words}");
    }
    assert_eq!(html.matches("<h2").count(), 30);
    assert!(html.contains(">tidal energy</mark> shall be part"), "{html}");
    assert!(mail.body_text(0).unwrap().contains("the first 30 of 120"));
}

/// Writes mails to look at into the folder that `MAILS` names: `MAILS=/tmp cargo test -- --ignored mails_to_look_at`.
#[test]
#[ignore = "for looking at"]
fn mails_to_look_at() {
    let folder = std::path::PathBuf::from(std::env::var_os("MAILS").unwrap());
    for (name, notice) in [("digest", digest(30, 120)), ("one", digest(1, 1))] {
        for (language, chinese) in [("en", false), ("zh", true)] {
            let raw = written(&notice, chinese);
            let mail = MessageParser::default().parse(&raw).unwrap();
            std::fs::write(folder.join(format!("{name}.{language}.html")), mail.body_html(0).unwrap().as_bytes())
                .unwrap();
            std::fs::write(folder.join(format!("{name}.{language}.txt")), mail.body_text(0).unwrap().as_bytes())
                .unwrap();
        }
    }
}
