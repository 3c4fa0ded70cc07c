//! Files with both sides, as tools write them and as nobody should.

use corpus::document::Language::{En, Zh};

use super::{aligned, is_bilingual, read};
use crate::terms::given::Given;

#[track_caller]
fn check(file: &str, direction: (corpus::document::Language, corpus::document::Language), pairs: &[(&str, &str)]) {
    assert!(is_bilingual(file.as_bytes()), "{file}");
    let text = read(file.as_bytes()).expect("it is read");
    assert_eq!((text.source, text.target), direction);
    let found: Vec<_> = text.segments.iter().map(|found| (found.source.as_str(), found.target.as_str())).collect();
    assert_eq!(found, pairs);
}

#[track_caller]
fn fails(file: &str, wanted: &str) {
    let error = read(file.as_bytes()).expect_err("it is damaged").to_string();
    assert!(error.contains(wanted), "{error}");
}

fn tmx(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\"><header srclang=\"zh-CN\"/><body>{body}</body></tmx>"
    )
}

#[test]
fn a_tmx_gives_its_units_without_their_codes() {
    check(
        &tmx(
            "<tu tuid=\"1\"><note>不看</note><tuv xml:lang=\"EN-us\"><prop type=\"x\">1</prop><seg>Lakes <bpt i=\"1\">&lt;b&gt;</bpt>are<ept i=\"1\">&lt;/b&gt;</ept> clean &amp; <hi>deep</hi>&#46;</seg></tuv><tuv xml:lang=\"zh-CN\"><seg>湖泊<ph>x<sub>清</sub></ph>又深。</seg></tuv></tu>",
        ),
        (Zh, En),
        &[("湖泊 清 又深。", "Lakes are clean & deep.")],
    );
    check(
        "<tmx version=\"1.1\"><header srclang=\"*all*\"/><body><tu><tuv lang=\"eng\"><seg>Rain</seg></tuv><tuv lang=\"fr\"><seg>Pluie</seg></tuv><tuv lang=\"cmn-Hant\"><seg>雨</seg></tuv></tu></body></tmx>",
        (En, Zh),
        &[("Rain", "雨")],
    );
}

#[test]
fn units_without_a_target_are_counted() {
    let file = tmx(
        "<tu><tuv xml:lang=\"zh\"><seg>云</seg></tuv></tu><tu><tuv xml:lang=\"zh\"><seg>雨</seg></tuv><tuv xml:lang=\"en\"><seg> </seg></tuv></tu><tu><tuv xml:lang=\"de\"><seg>Regen</seg></tuv></tu>",
    );
    let text = read(file.as_bytes()).expect("it is read");
    assert_eq!((text.segments.len(), text.untranslated, text.other_languages), (0, 2, 1));
}

#[test]
fn an_xliff_1_2_gives_units_or_their_segments() {
    check(
        "<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\"><file source-language=\"zh-CN\" target-language=\"en-GB\"><header><note>x</note></header><body><group><trans-unit id=\"a\"><source>云<g id=\"1\">量</g><x id=\"2\" ctype=\"lb\"/>大</source><target state=\"translated\">Cloud <g id=\"1\">cover</g> is <bpt id=\"3\">\\b</bpt>large</target><note>雨</note><alt-trans><source>雨</source><target>rain</target></alt-trans></trans-unit><trans-unit id=\"b\"><source>雨。风。</source><seg-source><mrk mtype=\"seg\" mid=\"1\">雨。</mrk><mrk mtype=\"seg\" mid=\"2\">风。</mrk></seg-source><target><mrk mtype=\"seg\" mid=\"2\">Wind.</mrk><mrk mtype=\"seg\" mid=\"1\">Rain.</mrk></target></trans-unit><trans-unit id=\"c\"><source>雪</source><target state=\"needs-translation\">雪</target></trans-unit></group></body></file></xliff>",
        (Zh, En),
        &[("云量 大", "Cloud cover is large"), ("雨。", "Rain."), ("风。", "Wind.")],
    );
}

#[test]
fn an_xliff_2_gives_segments() {
    let file = "<xliff version=\"2.1\" srcLang=\"en\" trgLang=\"zh\" xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" xmlns:mtc=\"urn:oasis:names:tc:xliff:matches:2.0\"><file id=\"f\"><notes><note>x</note></notes><unit id=\"u\"><mtc:matches><mtc:match><source>Rain</source><target>雪</target></mtc:match></mtc:matches><originalData><data id=\"d\">&lt;b&gt;</data></originalData><segment id=\"s\"><source><pc id=\"1\">Rain</pc> falls<ph id=\"2\"/>.</source><target><pc id=\"1\">下</pc>雨。</target></segment><ignorable><source> </source></ignorable><segment state=\"initial\"><source>Wind</source></segment></unit></file></xliff>";
    check(file, (En, Zh), &[("Rain falls.", "下雨。")]);
    let text = read(file.as_bytes()).expect("it is read");
    assert_eq!((text.untranslated, text.segments[0].id.as_str()), (1, "u/s"));
}

#[test]
fn utf_16_is_read() {
    let file = tmx("<tu><tuv xml:lang=\"zh\"><seg>云</seg></tuv><tuv xml:lang=\"en\"><seg>cloud</seg></tuv></tu>");
    for (mark, bytes) in [
        (&[0xff, 0xfe][..], file.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
        (&[0xfe, 0xff][..], file.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        (&[], file.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        (&[0xef, 0xbb, 0xbf], file.clone().into_bytes()),
    ] {
        let whole = [mark, &bytes].concat();
        assert!(is_bilingual(&whole), "{mark:?}");
        assert_eq!(read(&whole).expect("it is read").segments[0].source, "云");
    }
}

#[test]
fn damage_is_named_with_its_line() {
    fails("<tmx>\n<body>\n<tu></body>", "line 3 is not well-formed");
    fails("<tmx><body><tu>\n", "line 2 ends inside an element");
    fails("<html/>", "<html>");
    fails("", "no XML element");
    fails("<tmx><body/></tmx>", "no translation units");
    fails(&format!("<tmx>{}", "<a>".repeat(200)), "nested");
    fails(
        "<xliff version=\"2.0\" srcLang=\"fr\" trgLang=\"de\"><file><unit id=\"1\"><segment><source>a</source><target>b</target></segment></unit></file></xliff>",
        "Chinese and English",
    );
    let mut bytes = b"<tmx>\n".to_vec();
    bytes.push(0xff);
    assert!(read(&bytes).expect_err("not UTF-8").to_string().starts_with("line 2 is neither"));
}

#[test]
fn entities_of_a_files_own_are_not_expanded() {
    let bomb = "<!DOCTYPE tmx [<!ENTITY a \"云云云云云云云云云云\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>";
    let file = format!(
        "{bomb}<tmx version=\"1.4\"><header srclang=\"zh\"/><body><tu><tuv xml:lang=\"zh\"><seg>云&c;&f;</seg></tuv><tuv xml:lang=\"en\"><seg>cloud</seg></tuv></tu></body></tmx>"
    );
    check(&file, (Zh, En), &[("云&c;&f;", "cloud")]);
}

#[test]
fn other_files_are_none() {
    for other in ["云量", "<p>tmx</p>", "tmx", "<!doctype html><html>", "{\"xliff\": 1}"] {
        assert!(!is_bilingual(other.as_bytes()), "{other}");
    }
}

#[test]
fn two_texts_are_aligned_in_either_direction() {
    let zh = Given::Plain("第一条 各地应当每日观测云量。\n第二条 气象站应当上报数据。".to_owned());
    let en = Given::Plain(
        "Article 1 Cloud cover shall be observed daily.\nArticle 2 Weather stations shall report data.".to_owned(),
    );
    let there = aligned(&zh, &en).expect("two languages");
    assert_eq!((there.source, there.segments.len()), (Zh, 2));
    let back = aligned(&en, &zh).expect("two languages");
    assert_eq!((back.source, back.segments[1].target.as_str()), (En, there.segments[1].source.as_str()));
    assert!(aligned(&zh, &zh).is_err());
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>, text in "[<>/&;a-z \"=!\\[\\]云]{0,80}") {
        let _ = (is_bilingual(&bytes), read(&bytes));
        let _ = read(tmx(&text).as_bytes());
        let _ = read(format!("<xliff srcLang=\"zh\" trgLang=\"en\"><unit>{text}</unit></xliff>").as_bytes());
    }
}
