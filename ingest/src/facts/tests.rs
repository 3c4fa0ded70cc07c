//! Facts of whole documents, of the kinds that are met: a notice, a translation, a report, a standard.

use corpus::document::DocumentHash;
use corpus::facts::{DateKind, DocumentKind, Facts};

use crate::read::read_text;

fn facts_of(text: &str) -> Facts {
    read_text("test.txt", "test.txt", DocumentHash(String::new()), text.as_bytes()).expect("it is text").facts
}

#[track_caller]
fn check(found: &[impl AsRef<str>], wanted: &[&str]) {
    let found: Vec<&str> = found.iter().map(AsRef::as_ref).collect();
    assert_eq!(found, wanted);
}

fn ids(agencies: &[corpus::facts::Agency]) -> Vec<&str> {
    agencies
        .iter()
        .map(|agency| if agency.id.is_empty() { agency.name_zh.as_deref().unwrap_or_default() } else { &agency.id })
        .collect()
}

const NOTICE: &str = "水利部 国家数据局关于印发《湖泊监测标准化行动计划（2031—2033年）》的通知
水湖监联〔2031〕8号
各省、自治区、直辖市水利厅：
一、总体要求
到2033年，制定国家标准和行业标准50项以上，建成湖泊监测站120个，数据共享率达到90%。
推进湖泊孪生（lake twin）建设，由全国湖泊标准化技术委员会（SAC/TC 988）归口，依据GB/T 80001—2031执行。
二、保障措施
会同财政部安排资金。概括为四个环节。
本计划自2031年5月1日起施行。
水利部
国家数据局
二〇三一年三月十二日
";

#[test]
fn a_notice() {
    let facts = facts_of(NOTICE);
    assert_eq!(facts.kind, Some(DocumentKind::Notice));
    assert_eq!(facts.document_number.as_deref(), Some("水湖监联〔2031〕8号"));
    check(&ids(&facts.issuers), &["MWR", "NDA"]);
    check(&ids(&facts.agencies), &["MWR", "NDA", "MOF"]);
    check(&facts.standards, &["GB/T 80001-2031"]);
    check(&facts.committees, &["SAC/TC 988"]);
    let dates: Vec<(DateKind, &str)> = facts.dates.iter().map(|date| (date.kind, date.date.as_str())).collect();
    assert_eq!(
        dates,
        [(DateKind::Mentioned, "2033"), (DateKind::Effective, "2031-05-01"), (DateKind::Issued, "2031-03-12")]
    );
    let targets: Vec<_> = facts.targets.iter().map(|t| (t.by, t.min, t.max, t.what.as_str())).collect();
    assert_eq!(
        targets,
        [
            (Some(2033), Some(50.0), None, "国家标准和行业标准"),
            (Some(2033), Some(120.0), Some(120.0), "湖泊监测站"),
            (Some(2033), Some(90.0), Some(90.0), "数据共享率"),
        ]
    );
    let outline: Vec<&str> = facts.outline.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(outline, ["一、总体要求", "二、保障措施"]);
    assert_eq!(facts.plan_periods.first().map(|period| (period.from, period.to)), Some((2031, 2033)));
}

#[test]
fn the_mark_of_a_list_item_is_not_part_of_what_is_promised() {
    let facts = facts_of(
        "湖泊监测三年计划\n到2033年实现以下目标：\n1.湖泊监测站点规模达到120个以上；\n2.数据共享率达到90%以上。\n",
    );
    let whats: Vec<&str> = facts.targets.iter().map(|target| target.what.as_str()).collect();
    check(&whats, &["湖泊监测站点规模", "数据共享率"]);
}

const TRANSLATION: &str = "Translation

Title

Opinions on Lake Monitoring by Machines

机器湖泊监测意见

Authors

Ministry of Water Resources (MWR; 水利部) and National Data Administration (国家数据局)

Source

Website of the Lake Archive. The Opinions are dated June 5, 2031 and were posted on July 2, 2031.

Translation Date

October 1, 2031

Translator

Reed and Partners

I. Basis

The opinions promote shore digitalization (岸线数字化) with the Ministry of Finance.¹

¹ Translator's note: The term is new.
";

#[test]
fn a_translation() {
    let facts = facts_of(TRANSLATION);
    assert_eq!(facts.title.as_deref(), Some("Opinions on Lake Monitoring by Machines"));
    assert_eq!(facts.title_translated.as_deref(), Some("机器湖泊监测意见"));
    assert_eq!(facts.kind, Some(DocumentKind::Translation));
    assert_eq!(facts.translator.as_deref(), Some("Reed and Partners"));
    check(&ids(&facts.issuers), &["MWR", "NDA"]);
    check(&ids(&facts.agencies), &["MWR", "NDA", "MOF"]);
    let dates: Vec<(DateKind, &str)> = facts.dates.iter().map(|date| (date.kind, date.date.as_str())).collect();
    assert_eq!(
        dates,
        [(DateKind::Issued, "2031-06-05"), (DateKind::Published, "2031-07-02"), (DateKind::Translated, "2031-10-01")]
    );
    let glosses: Vec<(&str, &str)> = facts.glosses.iter().map(|gloss| (gloss.zh.as_str(), gloss.en.as_str())).collect();
    assert_eq!(
        glosses,
        [
            ("水利部", "Ministry of Water Resources"),
            ("国家数据局", "National Data Administration"),
            ("岸线数字化", "shore digitalization"),
        ]
    );
    let notes: Vec<(&str, &str)> =
        facts.footnotes.iter().map(|note| (note.mark.as_str(), note.text.as_str())).collect();
    assert_eq!(notes, [("1", "Translator's note: The term is new.")]);
}

const REPORT: &str = "Two agencies unveil lake plan
Updated: May 30, 2031 09:39 Lake Daily

The plan, issued by the Ministry of Water Resources and the National Data Administration, outlines four areas of work and was drafted with the Ministry of Finance.

By 2033, the authorities will build 40 lake stations, train at least 300 stewards and foster three to five lake service companies.
";

#[test]
fn a_report() {
    let facts = facts_of(REPORT);
    assert_eq!(facts.kind, Some(DocumentKind::News));
    assert_eq!(facts.source.as_deref(), Some("Lake Daily"));
    check(&ids(&facts.issuers), &["MWR", "NDA"]);
    let targets: Vec<_> = facts.targets.iter().map(|t| (t.by, t.min, t.max, t.what.as_str())).collect();
    assert_eq!(
        targets,
        [
            (Some(2033), Some(40.0), Some(40.0), "lake stations"),
            (Some(2033), Some(300.0), None, "stewards"),
            (Some(2033), Some(3.0), Some(5.0), "lake service companies"),
        ]
    );
}

const STANDARD: &str = "湖泊监测 术语
ICS 07.060
中华人民共和国国家标准
GB/T 80002—2031
2031-03-16 发布
2031-10-01 实施
3 术语和定义
3.1 基本概念
3.1.1
湖泊水位　lake level
湖面相对于基准面的高程
3.1.2
湖岸线　shoreline
水面与陆地的交线
";

#[test]
fn a_standard() {
    let facts = facts_of(STANDARD);
    assert_eq!(facts.kind, Some(DocumentKind::Standard));
    assert_eq!(facts.document_number.as_deref(), Some("GB/T 80002—2031"));
    let defined: Vec<_> = facts
        .definitions
        .iter()
        .map(|d| (d.clause.as_deref(), d.zh.as_deref(), d.en.as_deref(), d.definition.as_str()))
        .collect();
    assert_eq!(
        defined,
        [
            (Some("3.1.1"), Some("湖泊水位"), Some("lake level"), "湖面相对于基准面的高程"),
            (Some("3.1.2"), Some("湖岸线"), Some("shoreline"), "水面与陆地的交线"),
        ]
    );
    assert_eq!(facts.glosses.len(), 2);
}

#[test]
fn odd_text_gives_no_facts_and_no_panic() {
    for text in [
        "",
        "（",
        "(((((",
        "〔2031〕号",
        "3.1.1\n3.1.1\n3.1.1",
        "到年，50项",
        "A (B (C; 丙 [aka",
        "\u{feff}\u{200b}\t\t\t",
    ] {
        let facts = facts_of(text);
        assert!(facts.targets.is_empty() && facts.glosses.is_empty() && facts.definitions.is_empty(), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "[0-9A-Za-z年月日第号项个（）()《》“”〔〕、，。；：.\\-—/% \\n\\t一二三工业和信息化部关于国标]{0,200}") {
        let facts = facts_of(&text);
        proptest::prop_assert!(facts.targets.len() <= text.len());
    }
}
