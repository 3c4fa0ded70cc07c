//! Characters from embedded font programs, where the file itself gives none.

use lopdf::{Dictionary, Document, Object, Stream};

use super::{page, text};

/// A TrueType program of four glyphs: the first has no name, the others have these; its character table has this
/// platform and encoding and maps the codes from `first` on to the glyphs from 1 on.
fn true_type(platform: [u8; 2], first: u16, names: [&str; 3]) -> Vec<u8> {
    let [start, end, delta] = [first, first + 2, 1_u16.wrapping_sub(first)].map(u16::to_be_bytes);
    let cmap = [
        &[0, 0, 0, 1, 0, platform[0], 0, platform[1], 0, 0, 0, 12, 0, 4, 0, 32, 0, 0, 0, 4, 0, 4, 0, 1, 0, 0][..],
        &[end[0], end[1], 0xff, 0xff, 0, 0, start[0], start[1], 0xff, 0xff, delta[0], delta[1], 0, 1, 0, 0, 0, 0],
    ];
    let mut post = vec![0, 2, 0, 0];
    post.resize(32, 0);
    post.extend_from_slice(&[0, 4, 0, 0, 1, 2, 1, 3, 1, 4]);
    for name in names {
        post.push(u8::try_from(name.len()).expect("names are short"));
        post.extend_from_slice(name.as_bytes());
    }
    let tables = [(b"cmap", cmap.concat()), (b"maxp", vec![0, 0, 0x50, 0, 0, 4]), (b"post", post)];
    let mut font = vec![0, 1, 0, 0, 0, 3, 0, 32, 0, 1, 0, 16];
    let mut data = Vec::new();
    for (tag, table) in &tables {
        let place = 12 + 16 * tables.len() + data.len();
        font.extend_from_slice(*tag);
        font.extend_from_slice(&[0; 4]);
        font.extend([place, table.len()].iter().flat_map(|number| (*number as u32).to_be_bytes()));
        data.extend_from_slice(table);
    }
    font.extend(data);
    font
}

/// A CFF program of three glyphs with these names, of which codes 65 and 66 are the second and third.
fn cff(names: [&str; 2]) -> Vec<u8> {
    let index = |items: &[&[u8]]| {
        if items.is_empty() {
            return vec![0, 0];
        }
        let mut out = vec![0, items.len() as u8, 1, 1];
        let mut end = 1;
        for item in items {
            end += item.len();
            out.push(end as u8);
        }
        out.extend(items.concat());
        out
    };
    let number = |value: usize| [&[29][..], &(value as u32).to_be_bytes()].concat();
    let head = [&[1, 0, 4, 1][..], &index(&[b"Any"])].concat();
    let strings = [index(&[names[0].as_bytes(), names[1].as_bytes()]), index(&[])].concat();
    // The dictionary of three offsets, each a number of five bytes and an operator, has a fixed length.
    let base = head.len() + 5 + 18 + strings.len();
    let charset = [0, 1, 135, 1, 136];
    let encoding = [0, 2, 65, 66];
    let offsets = [(base, 15), (base + charset.len(), 16), (base + charset.len() + encoding.len(), 17)];
    let dictionary: Vec<u8> =
        offsets.iter().flat_map(|(at, operator)| [number(*at), vec![*operator]].concat()).collect();
    [head, index(&[&dictionary]), strings, charset.to_vec(), encoding.to_vec(), index(&[&[14], &[14], &[14]])].concat()
}

/// Adobe Type 1 Font Format, 7.1: encryption with a key, after so many bytes of no meaning.
fn type_1_encrypted(plain: &[u8], mut key: u16) -> Vec<u8> {
    let mut encrypt = |byte: &u8| {
        let cipher = byte ^ (key >> 8) as u8;
        key = (u16::from(cipher).wrapping_add(key)).wrapping_mul(52845).wrapping_add(22719);
        cipher
    };
    [0; 4].iter().chain(plain).map(&mut encrypt).collect()
}

/// A Type 1 program whose encoding has these glyphs at codes 65 and 66.
fn type_1(names: [&str; 2]) -> Vec<u8> {
    let public = format!(
        "%!PS-AdobeFont-1.0: Any\n/FontName /Any def\n/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n\
         /Encoding 256 array\n0 1 255 {{1 index exch /.notdef put}} for\ndup 65 /{} put\ndup 66 /{} put\nreadonly def\n\
         currentfile eexec\n",
        names[0], names[1]
    );
    let mut private = b"dup /Private 8 dict dup begin /lenIV 4 def /CharStrings 3 dict dup begin\n".to_vec();
    for name in [".notdef", names[0], names[1]] {
        // 0 500 hsbw endchar.
        let glyph = type_1_encrypted(&[139, 248, 136, 13, 14], 4330);
        private.extend(format!("/{name} {} RD ", glyph.len()).bytes().chain(glyph).chain(*b" ND\n"));
    }
    private.extend_from_slice(b"end end readonly put mark currentfile closefile\n");
    [public.as_bytes(), &type_1_encrypted(&private, 55665), &[b'0'; 64]].concat()
}

/// Reads a string set in a font with these entries, whose descriptor is object 6 and has the program under this key;
/// its descendant, if any, is object 7.
#[track_caller]
fn check(font: &str, key: &str, program: &[u8], string: &str, expected: &str) {
    let content = format!("BT /F1 10 Tf 100 700 Td {string} Tj ET");
    let font = format!("<</Type/Font{font}>>");
    let descriptor = format!("<</Type/FontDescriptor/Flags 4/{key} 8 0 R>>");
    let descendant = "<</Type/Font/Subtype/CIDFontType2/BaseFont/Any/FontDescriptor 6 0 R/CIDToGIDMap 9 0 R>>";
    let bytes = page(&content, "/Font<</F1 5 0 R>>", &[&font, &descriptor, descendant]);
    let mut document = Document::load_mem(&bytes).expect("a whole file");
    document.objects.insert((8, 0), Object::Stream(Stream::new(Dictionary::new(), program.to_vec())));
    // CID 9 is glyph 1.
    let map = [0, 0, 0, 1, 0, 2, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    document.objects.insert((9, 0), Object::Stream(Stream::new(Dictionary::new(), map.to_vec())));
    document.max_id = 9;
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory takes everything");
    assert_eq!(text(&bytes), expected);
}

const COMPOSITE: &str = "/Subtype/Type0/BaseFont/Any/Encoding/Identity-H/DescendantFonts[7 0 R]";
const TRUE_TYPE: &str = "/Subtype/TrueType/BaseFont/Any/FontDescriptor 6 0 R";
const TYPE_1: &str = "/Subtype/Type1/BaseFont/Any/FontDescriptor 6 0 R";

#[test]
fn a_character_map_read_backwards() {
    let program = true_type([3, 1], 0x6807, [".notdef", ".notdef", ".notdef"]);
    check(COMPOSITE, "FontFile2", &program, "<00010003>", "标栉");
    // Through the map from CIDs to glyphs.
    check(COMPOSITE, "FontFile2", &program, "<0009>", "标");
}

#[test]
fn glyph_names_of_a_true_type_font() {
    let program = true_type([3, 0], 0xf041, ["uni6807", "f_i", "B"]);
    check(COMPOSITE, "FontFile2", &program, "<000100020003>", "标fiB");
    // The symbol table gives the glyphs of codes.
    check(TRUE_TYPE, "FontFile2", &program, "(ABC)", "标fiB");
    // So does the Macintosh table.
    check(TRUE_TYPE, "FontFile2", &true_type([1, 0], 65, ["uni6807", "f_i", "B"]), "(ABC)", "标fiB");
}

#[test]
fn glyph_names_of_a_compact_font() {
    check(TYPE_1, "FontFile3", &cff(["uni6807", "f_i"]), "(AB)", "标fi");
    check(COMPOSITE, "FontFile3", &cff(["uni6807", "f_i"]), "<00010002>", "标fi");
}

#[test]
fn the_encoding_of_a_type_1_font() {
    check(TYPE_1, "FontFile", &type_1(["uni6807", "f_i"]), "(AB)", "标fi");
}

#[test]
fn a_broken_program_says_nothing() {
    let program = true_type([3, 1], 0x6807, ["A", "B", "C"]);
    for cut in 0..program.len() {
        check(TYPE_1, "FontFile2", &program[..cut.min(11)], "(ab)", "ab");
    }
}
