//! Composite fonts: CMaps of both kinds.

use super::{boxes, check_composite, page, stream, utf16};

#[test]
fn predefined_cmaps_need_no_map_to_unicode() {
    let gbk = "b1e0c2eb"; // 编码
    check_composite("/GBK-EUC-H", "GB1", "", &[], gbk, "编码");
    check_composite("/GB-EUC-H", "GB1", "", &[], "c3dcc2eb41", "密码A");
    check_composite("/GBK2K-H", "GB1", "", &[], "b1e08139ee39c2eb", "编㐀码");
    check_composite("/UniGB-UCS2-H", "GB1", "", &[], &utf16("标准化"), "标准化");
    check_composite("/UniGB-UTF16-H", "GB1", "", &[], &utf16("标𠀀准"), "标𠀀准");
    check_composite("/ETen-B5-H", "CNS1", "", &[], "bcd0b7c7", "標準");
    check_composite("/UniCNS-UTF16-H", "CNS1", "", &[], "e687", "𥕛");
    check_composite("/90ms-RKSJ-H", "Japan1", "", &[], "95578f80", "標準");
    check_composite("/KSCms-UHC-H", "Korea1", "", &[], "c7a5c1d8", "표준");
    // Adobe-GB1 CIDs as codes: 密 is CID 2785.
    check_composite("/Identity-H", "GB1", "", &[], "0ae1", "密");
}

#[test]
fn predefined_cmaps_for_vertical_writing() {
    check_composite("/GBK-EUC-V", "GB1", "", &[], "b1e0c2eb", "编码");
    check_composite("/GBK2K-V", "GB1", "", &[], "b1e08139ee39", "编㐀");
    check_composite("/UniGB-UCS2-V", "GB1", "", &[], &utf16("标准（一）"), "标准（一）");
    check_composite("/90ms-RKSJ-V", "Japan1", "", &[], "95578f808179", "標準【");
    check_composite("/ETen-B5-V", "CNS1", "", &[], "bcd0b7c7", "標準");
    check_composite("/KSCms-UHC-V", "Korea1", "", &[], "c7a5c1d8", "표준");
    check_composite("/Identity-V", "GB1", "", &[], "0ae1", "密");
}

/// PDF 32000-1, table 118.
#[test]
fn every_predefined_cmap_is_known() {
    let collections = [
        ("GB1", "GB-EUC GBpc-EUC GBK-EUC GBKp-EUC GBK2K UniGB-UCS2 UniGB-UTF16"),
        ("CNS1", "B5pc HKscs-B5 ETen-B5 ETenms-B5 CNS-EUC UniCNS-UCS2 UniCNS-UTF16"),
        ("Japan1", "90ms-RKSJ 90msp-RKSJ Add-RKSJ EUC Ext-RKSJ UniJIS-UCS2 UniJIS-UCS2-HW UniJIS-UTF16"),
        ("Korea1", "KSC-EUC KSCms-UHC KSCms-UHC-HW UniKS-UCS2 UniKS-UTF16"),
    ];
    for (ordering, families) in collections {
        for name in families.split(' ').flat_map(|family| ["H", "V"].map(|way| format!("/{family}-{way}"))) {
            let (code, expected) = if name.starts_with("/Uni") { ("00410042", "AB") } else { ("4142", "AB") };
            check_composite(&name, ordering, "", &[], code, expected);
        }
    }
    for (name, ordering) in [("/83pv-RKSJ-H", "Japan1"), ("/90pv-RKSJ-H", "Japan1"), ("/KSCpc-EUC-H", "Korea1")] {
        check_composite(name, ordering, "", &[], "4142", "AB");
    }
    for name in ["/H", "/V"] {
        check_composite(name, "Japan1", "", &[], "2341", "Ａ");
    }
}

#[test]
fn a_map_to_unicode_is_read_however_it_is_set() {
    let map = |body: &str| stream("", body);
    let check = |body: &str, string: &str, expected: &str| {
        check_composite("/Identity-H", "Identity", "/ToUnicode 7 0 R", &[map(body)], string, expected);
    };
    check("1 beginbfchar\n<0001> <6807>\nendbfchar", "0001", "标");
    check(
        "1 begincodespacerange<0000><ffff>endcodespacerange 2 beginbfchar<0001><6807><0002><51c6>endbfchar",
        "00010002",
        "标准",
    );
    check(
        "2 beginbfrange <0001> <0003> <4e00> <0005> <0006> [<6807> <51c6>] endbfrange",
        "000100030005",
        "一七标".replace('七', "丂").as_str(),
    );
    check("1 beginbfchar <0001> <00660066>", "0001", "ff");
    check("1 beginbfchar <0001> <2f26> endbfchar", "0001", "子");
    // Without any white space, with comments, with names, with other line ends.
    check("1 beginbfchar<0001><6807>endbfchar1 beginbfrange<0002><0003><51c6>endbfrange", "00010002", "标准");
    check("1 beginbfchar % one\r<0001>%two\n <6807>\rendbfchar", "0001", "标");
    check("1 beginbfchar <0001> /A endbfchar 1 beginbfchar <0002> /uni6807 endbfchar", "00010002", "A标");
    // Characters beyond the first plane, also counted up.
    check("1 beginbfrange <0001> <0002> <d840dc00> endbfrange", "00010002", "𠀀𠀁");
    check("1 beginbfchar <0001> <d840> endbfchar 1 beginbfchar <0002> <6807> endbfchar", "0002", "标");
    // The last of several characters counts up.
    check("1 beginbfrange <0001> <0002> <00660069> endbfrange", "00010002", "fifj");
    // Codes of one byte in a font with codes of two, and a target of one byte.
    check(
        "1 beginbfrange <01> <02> <6807> endbfrange 1 beginbfchar <03> <41> endbfchar",
        "000100020003",
        "标\u{6808}A",
    );
    // A section that is not ended.
    check("2 beginbfchar <0001> <6807> 1 beginbfrange <0002> <0002> [<51c6>] endbfrange", "00010002", "标准");
}

#[test]
fn of_ranges_that_overlap_the_later_one_counts() {
    let chars: String = (0x100..0x200).map(|code| format!("<{code:04x}> <{:04x}> ", 0x4e00 + code)).collect();
    let map = |body: &str| stream("", body);
    let check = |body: &str, string: &str, expected: &str| {
        check_composite("/Identity-H", "Identity", "/ToUnicode 7 0 R", &[map(body)], string, expected);
    };
    // Many characters of their own within a range that spans all.
    let spanning = format!("1 beginbfrange <0000> <ffff> <0000> endbfrange 256 beginbfchar {chars} endbfchar");
    check(&spanning, "00410300015001ff", "\u{41}\u{300}\u{4f50}\u{4fff}");
    check("2 beginbfrange <0041> <0050> <0041> <0042> <0042> <6807> endbfrange", "004100420043", "A标C");
    check("2 beginbfrange <0042> <0042> <6807> <0041> <0050> <0041> endbfrange", "004100420043", "ABC");
    // As wide and as high as can be.
    check("1 beginbfrange <00000000> <ffffffff> <0000> endbfrange", "0041", "A");
    check("1 beginbfrange <0000> <ffff> <dbffdfff> endbfrange", "", "");
}

#[test]
fn cmaps_in_the_file_build_upon_others() {
    let map = |entries: &str, body: &str| stream(entries, body);
    let char = "1 begincidchar <7f> 2785 endcidchar";
    // By name in the stream or in its dictionary, and by stream.
    check_composite("7 0 R", "GB1", "", &[map("/Type/CMap/UseCMap/GBK-EUC-H", char)], "b1e07f", "编密");
    let named = map("/Type/CMap", "/GBK-EUC-V usecmap");
    check_composite("7 0 R", "GB1", "", &[map("/Type/CMap/UseCMap 8 0 R", char), named], "b1e07f", "编密");
    let circle = map(
        "/Type/CMap/UseCMap 7 0 R",
        "1 begincodespacerange <0000> <ffff> endcodespacerange 1 begincidchar <0001> 2785 endcidchar",
    );
    check_composite("7 0 R", "GB1", "", &[circle], "0001", "密");
    check_composite("7 0 R", "GB1", "", &[map("/Type/CMap", "/Identity-H usecmap")], "0ae1", "密");
    // Its own code space adds to that of the other.
    let further =
        "/GB-EUC-H usecmap 1 begincodespacerange <ff01> <ff02> endcodespacerange 1 begincidchar <ff01> 2785 endcidchar";
    check_composite("7 0 R", "GB1", "", &[map("/Type/CMap", further)], "41ff01b1e0", "A密编");
}

#[test]
fn a_cmap_in_the_file_may_be_for_vertical_writing() {
    let body = "1 begincodespacerange <00> <ff> endcodespacerange 1 begincidrange <41> <42> 2784 endcidrange";
    for map in [stream("/Type/CMap/WMode 1", body), stream("/Type/CMap", &format!("/WMode 1 def {body}"))] {
        let font = "<</Type/Font/Subtype/Type0/BaseFont/Kai/Encoding 7 0 R/DescendantFonts[6 0 R]>>";
        let descendant =
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/Kai/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)>>>>";
        let content = "BT /F1 10 Tf 100 700 Td (BB) Tj ET";
        let boxes = boxes(&page(content, "/Font<</F1 5 0 R>>", &[font, descendant, &map]));
        assert_eq!(boxes, [("密密".to_owned(), [95.0, 100.0, 105.0, 120.0])]);
    }
}

/// The right edge of `编码` set at 10 points from 100 with these widths.
#[track_caller]
fn check_width(widths: &str, expected: f32) {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/Kai/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>";
    let descendant = format!("<</Type/Font/Subtype/CIDFontType2/BaseFont/Kai{widths}>>");
    let map = stream("", "2 beginbfchar <0005> <7f16> <0006> <7801> endbfchar");
    let content = "BT /F1 10 Tf 100 700 Td <00050006> Tj ET";
    let boxes = boxes(&page(content, "/Font<</F1 5 0 R>>", &[font, &descendant, &map, "[700 800]", "600"]));
    assert_eq!(boxes[0].1[2], expected, "{widths}");
}

#[test]
fn widths_of_composite_fonts() {
    check_width("", 120.0);
    check_width("/DW 500", 110.0);
    check_width("/DW 500/W[5 [700 800]]", 115.0);
    check_width("/W[5 6 700]", 114.0);
    check_width("/DW 500/W[1 [9 9] 6 6 1000]", 115.0);
    check_width("/W[5 8 0 R]", 115.0);
    check_width("/DW 9 0 R/W[6 [9 0 R]]", 112.0);
    check_width("/W[6 [400.5] 5 5 300]", 107.0);
}

#[test]
fn a_named_cmap_is_believed_rather_than_a_map_to_unicode() {
    let lie = stream("", "1 beginbfrange <0000> <ffff> <0021> endbfrange");
    check_composite("/UniGB-UCS2-H", "GB1", "/ToUnicode 7 0 R", &[lie], &utf16("标准"), "标准");
}

#[test]
fn an_encoding_may_be_a_cmap_in_the_file() {
    let map = "/GBK-EUC-H usecmap 1 begincidchar <7f> 2785 endcidchar";
    check_composite("7 0 R", "GB1", "", &[stream("/Type/CMap", map)], "b1e07f", "编密");
    let map = "1 begincodespacerange <00> <ff> endcodespacerange 1 begincidrange <41> <42> 2784 endcidrange";
    check_composite("7 0 R", "GB1", "", &[stream("/Type/CMap", map)], "42", "密");
}
