//! Definitions of whole documents, of the forms that standards have.

use corpus::document::DocumentHash;
use corpus::facts::Definition;

use crate::read::read_text;

fn defined(text: &str) -> Vec<Definition> {
    read_text("t.txt", "t.txt", DocumentHash(String::new()), text.as_bytes()).expect("it is text").facts.definitions
}

/// A term's clause, Chinese, English, abbreviation and definition; `-` for what there is none of.
#[track_caller]
fn check(text: &str, wanted: &[[&str; 5]]) {
    let found = defined(text);
    let show = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".to_owned());
    let found: Vec<[String; 5]> = found
        .iter()
        .map(|d| [show(&d.clause), show(&d.zh), show(&d.en), show(&d.abbreviation), d.definition.clone()])
        .collect();
    let wanted: Vec<[String; 5]> = wanted.iter().map(|row| row.map(str::to_owned)).collect();
    assert_eq!(found, wanted);
}

const CHINESE: &str = "湖泊监测 水位测量要求
3 术语和定义、缩略语
3.1 术语和定义
下列术语和定义适用于本文件。
3.1.1
湖泊水位清单 lake level list; LLL
满足下列条件的清单：
a) 按月更新；
b) 公开发布。
注1：清单由湖长维护。
注2：也见附录A。
[来源：GB/T 80001—2031，3.2，有修改]
3.1.2
LM2算法 LM2 algorithm
又称湖面算法，一种测量水位的算法。
3.2 缩略语
下列缩略语适用于本文件。
LLL：湖泊水位清单（Lake Level List）
API：湖泊接口（Lake Access Interface）
4 要求
4.1 湖泊水位测量 measurement
湖泊水位应当按月测量。
";

#[test]
fn entries_and_abbreviations_of_a_chinese_standard() {
    check(
        CHINESE,
        &[
            ["3.1.1", "湖泊水位清单", "lake level list", "LLL", "满足下列条件的清单：\na) 按月更新；\nb) 公开发布。"],
            ["3.1.2", "LM2算法", "LM2 algorithm", "-", "又称湖面算法，一种测量水位的算法。"],
            ["-", "湖泊接口", "Lake Access Interface", "API", ""],
        ],
    );
    let found = defined(CHINESE);
    assert_eq!(found[0].notes, ["清单由湖长维护。", "也见附录A。"]);
    assert_eq!(found[0].source.as_deref(), Some("GB/T 80001-2031, 3.2, 有修改"));
    assert_eq!(found[1].admitted, ["湖面算法"]);
}

const ENGLISH: &str = "Lake monitoring
3 Terms and definitions
For the purposes of this document, the following terms and definitions apply.
3.1
lake level
LL
DEPRECATED: water height
<hydrology> height of the surface of a lake
Note 1 to entry: Measured monthly.
EXAMPLE The level of a reservoir.
[SOURCE: ISO 90001:2031, 3.1.1, modified — Note 1 was added.]
3.2
shore
bank
line where land meets water
4 Requirements
4.1 General
The level shall be measured monthly.
";

#[test]
fn entries_of_an_english_standard() {
    check(
        ENGLISH,
        &[
            ["3.1", "-", "lake level", "LL", "height of the surface of a lake"],
            ["3.2", "-", "shore", "-", "line where land meets water"],
        ],
    );
    let found = defined(ENGLISH);
    assert_eq!(found[0].deprecated, ["water height"]);
    assert_eq!(found[0].notes, ["Measured monthly.", "EXAMPLE The level of a reservoir."]);
    assert_eq!(found[0].source.as_deref(), Some("ISO 90001:2031, 3.1.1, modified — Note 1 was added"));
    assert_eq!(found[1].admitted, ["bank"]);
}

#[test]
fn terms_without_numbers() {
    check(
        "Specification of lake monitoring systems\n3 Definitions\n3.1 Terms\nFor the purposes of the present document, the following terms \
         apply:\nlake chief: person in charge of a lake\nshore line: line where land meets water\n3.2 Abbreviations\n\
         LC\tLake Chief\n4 Overview\nNote this: the text goes on here for long.\n",
        &[
            ["-", "-", "lake chief", "-", "person in charge of a lake"],
            ["-", "-", "shore line", "-", "line where land meets water"],
            ["-", "-", "Lake Chief", "LC", ""],
        ],
    );
}

#[test]
fn a_glossary_of_an_agency() {
    check(
        "Lake Agency of the North
Glossary of Key Terms for Lake Reports
Version 3

A
Anchor — A heavy object that holds a boat in its place. Source: LAKE SP 800-99
Anchorage (ACG) — A place where boats lie at anchor. See also: Harbour

H
Harbour — A place that gives shelter to boats, such as:
• a bay;
• a basin.
Hull — The body of a boat.
",
        &[
            ["-", "-", "Anchor", "-", "A heavy object that holds a boat in its place."],
            ["-", "-", "Anchorage", "ACG", "A place where boats lie at anchor."],
            ["-", "-", "Harbour", "-", "A place that gives shelter to boats, such as:\n• a bay;\n• a basin."],
            ["-", "-", "Hull", "-", "The body of a boat."],
        ],
    );
}

#[test]
fn articles_of_measures() {
    check(
        "湖泊管理办法\n第二条 本办法所称湖泊，是指面积一平方千米以上的水体。\n第三十条 本办法下列用语的含义：\n\
         （一）湖岸，是指水陆交界的地带；\n（二）湖长，是指负责湖泊的人员。\n第三十一条 本办法自印发之日起施行。\n",
        &[
            ["-", "湖泊", "-", "-", "面积一平方千米以上的水体"],
            ["-", "湖岸", "-", "-", "水陆交界的地带"],
            ["-", "湖长", "-", "-", "负责湖泊的人员"],
        ],
    );
}
