//! Marked content: optional content and replacement texts.

use super::{HELVETICA, check, page, stream, text, utf16, written};

/// A file with two optional content groups, objects 6 and 7, of which the second is off, and these objects from 8 on.
fn layered(content: &str, resources: &str, configuration: &str, objects: &[&str]) -> Vec<u8> {
    let mut all = vec![
        format!("<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R 7 0 R]/D<<{configuration}>>>>>>"),
        "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>{resources}>>>>"
        ),
        stream("", content),
        HELVETICA.to_owned(),
        "<</Type/OCG/Name(Final)>>".to_owned(),
        "<</Type/OCG/Name(Draft)>>".to_owned(),
    ];
    all.extend(objects.iter().map(|object| (*object).to_owned()));
    written(&all, "/Root 1 0 R")
}

/// Whether content under a membership dictionary is text, when group 6 is on and group 7 off.
#[track_caller]
fn check_membership(membership: &str, visible: bool) {
    let content = "BT /F1 12 Tf 50 700 Td /OC /L BDC (layer ) Tj EMC (text) Tj ET";
    let bytes = layered(content, "/Properties<</L 8 0 R>>", "/OFF[7 0 R]", &[&format!("<</Type/OCMD{membership}>>")]);
    assert_eq!(text(&bytes), if visible { "layer text" } else { "text" }, "{membership}");
}

#[test]
fn layers_that_are_off_are_not_text() {
    let content = "BT /F1 12 Tf 50 700 Td /OC /A BDC (final ) Tj EMC /OC /B BDC (draft ) Tj EMC (text) Tj ET";
    let properties = "/Properties<</A 6 0 R/B 7 0 R>>";
    // The pen moves over what is not shown.
    assert_eq!(text(&layered(content, properties, "/OFF[7 0 R]", &[])), "final\ttext");
    assert_eq!(text(&layered(content, properties, "/BaseState/OFF/ON[6 0 R]", &[])), "final\ttext");
    assert_eq!(text(&layered(content, properties, "", &[])), "final draft text");
    let nested = "BT /F1 12 Tf 50 700 Td /OC /B BDC /P BMC (draft ) Tj EMC /OC /A BDC (in it) Tj EMC EMC (text) Tj ET";
    assert_eq!(text(&layered(nested, properties, "/OFF[7 0 R]", &[])), "text");
    let form = stream("/Type/XObject/Subtype/Form/OC 7 0 R", "BT /F1 12 Tf 50 700 Td (stamp) Tj ET");
    let resources = "/XObject<</X 8 0 R>>";
    assert_eq!(text(&layered("/X Do", resources, "/OFF[7 0 R]", &[&form])), "");
    assert_eq!(text(&layered("/X Do", resources, "/OFF[6 0 R]", &[&form])), "stamp");
}

#[test]
fn membership_of_several_layers() {
    check_membership("/OCGs[6 0 R 7 0 R]", true);
    check_membership("/OCGs 7 0 R", false);
    check_membership("/OCGs[6 0 R 7 0 R]/P/AllOn", false);
    check_membership("/OCGs[6 0 R 7 0 R]/P/AnyOff", true);
    check_membership("/OCGs[6 0 R]/P/AllOff", false);
    check_membership("/OCGs[7 0 R null]/P/AllOff", true);
    check_membership("/OCGs[]", true);
}

#[test]
fn visibility_expressions() {
    check_membership("/VE[/Not 7 0 R]", true);
    check_membership("/VE[/And 6 0 R 7 0 R]", false);
    check_membership("/VE[/Or 6 0 R 7 0 R]", true);
    check_membership("/VE[/And 6 0 R[/Not[/Or 7 0 R[/Not 6 0 R]]]]", true);
    // An expression stands above the groups, and one that goes in a circle hides nothing.
    check_membership("/OCGs 6 0 R/VE[/Not 6 0 R]", false);
    check_membership("/OCGs[8 0 R 8 0 R 8 0 R 8 0 R 8 0 R 8 0 R 8 0 R 8 0 R 8 0 R 8 0 R]", true);
}

#[test]
fn replacement_texts() {
    let actual =
        |text: &str| format!("BT /F1 12 Tf 50 700 Td /Span <</ActualText {text}>> BDC (shown) Tj EMC ( end) Tj ET");
    check(&actual("(whole)"), "whole end");
    check(&actual(&format!("<feff{}>", utf16("标准"))), "标准 end");
    check(&actual("<efbbbfe6a087>"), "标 end");
    check(&actual("<fffe07680051>"), "标儀 end");
    check(&actual("(\\205\\240\\222)"), "–€™ end");
    // An escape sequence names a language.
    check(&actual(&format!("<feff001b{}001b{}>", utf16("zh"), utf16("标准"))), "标准 end");
    check(&actual("()"), "end");
}

#[test]
fn replacement_texts_by_name_and_nested() {
    let content = "BT /F1 12 Tf 50 700 Td /Span /R BDC (shown) Tj EMC ET";
    let resources = "/Font<</F1 5 0 R>>/Properties<</R 6 0 R>>";
    assert_eq!(text(&page(content, resources, &[HELVETICA, "<</ActualText(whole)>>"])), "whole");
    check(
        "/Span<</ActualText(outer)>>BDC BT /F1 12 Tf 50 700 Td (a) Tj /Span<</ActualText(inner)>>BDC (b) Tj EMC ET EMC",
        "outer",
    );
    check(
        "/P BMC BT /F1 12 Tf 50 700 Td (one ) Tj /Span<</ActualText(inner)>>BDC (b) Tj EMC ( two) Tj ET EMC EMC EMC",
        "one inner two",
    );
}

#[test]
fn descriptions_and_expansions_are_not_text() {
    check("/Span<</E(Technical Committee)>>BDC BT /F1 12 Tf 50 700 Td (TC) Tj ET EMC", "TC");
    check("/Figure<</Alt(A seal)/Lang(en)>>BDC BT /F1 12 Tf 50 700 Td (seal) Tj ET EMC", "seal");
    check("/Artifact <</Type/Pagination>> BDC BT /F1 12 Tf 50 700 Td (GB) Tj ET EMC", "GB");
}
