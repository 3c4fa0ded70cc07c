//! Small PDFs around the bytes that are fuzzed, so that only what is aimed at sees them.

use ingest::pdf::extract;

/// A PDF object; streams carry their bytes.
pub enum Object<'a> {
    /// Anything but a stream, as written in the file.
    Plain(&'a str),
    /// The entries of a stream's dictionary and its content.
    Stream(&'a str, &'a [u8]),
}

/// A file of these objects, numbered from 1, of which the first is the catalog.
pub fn file(objects: &[Object<'_>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(objects) {
        offsets.push(out.len());
        out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        match object {
            Object::Plain(text) => out.extend_from_slice(text.as_bytes()),
            Object::Stream(entries, content) => {
                out.extend_from_slice(format!("<<{entries}/Length {}>>\nstream\n", content.len()).as_bytes());
                out.extend_from_slice(content);
                out.extend_from_slice(b"\nendstream");
            }
        }
        out.extend_from_slice(b"\nendobj\n");
    }
    let (start, size) = (out.len(), objects.len() + 1);
    out.extend_from_slice(format!("xref\n0 {size}\n0000000000 65535 f \n").as_bytes());
    for offset in offsets {
        out.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    out.extend_from_slice(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").as_bytes());
    out
}

/// The fonts that every page has: a core font, composite ones for horizontal and vertical writing, one with
/// differences, and one of Type 3.
pub const FONTS: &str = "/F1 5 0 R/F2 6 0 R/F3 7 0 R/F4 8 0 R/F5 9 0 R";

/// A file of one page with this content. Its resources have these fonts, the form X, the properties P and L, of which
/// the second is a layer that is off, and the graphics state G; further objects count from 14.
pub fn page(content: &[u8], fonts: &str, further: &[Object<'_>]) -> Vec<u8> {
    let resources = format!(
        "/Resources<</Font<<{fonts}>>/XObject<</X 10 0 R>>/Properties<</P 11 0 R/L 12 0 R>>/ExtGState<</G<</Font[5 0 R 9]>>>>>>"
    );
    const DESCENDANT: &str = "/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/Kai/W[1[500 600]9 12 700]\
                              /W2[3 4 -500 500 880]/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)>>>>]";
    let leaf = format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R{resources}>>");
    let composite = |encoding: &str| {
        format!("<</Type/Font/Subtype/Type0/BaseFont/Kai/Encoding/{encoding}{DESCENDANT}/ToUnicode 13 0 R>>")
    };
    let (horizontal, vertical) = (composite("GBK-EUC-H"), composite("Identity-V"));
    let form = format!("/Type/XObject/Subtype/Form/Matrix[.5 0 0 .5 9 9]{resources}");
    let mut objects = vec![
        Object::Plain("<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[12 0 R]/D<</OFF[12 0 R]>>>>>>"),
        Object::Plain("<</Type/Pages/Count 1/Kids[3 0 R]>>"),
        Object::Plain(&leaf),
        Object::Stream("", content),
        Object::Plain("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"),
        Object::Plain(&horizontal),
        Object::Plain(&vertical),
        Object::Plain(
            "<</Type/Font/Subtype/TrueType/BaseFont/Any/FirstChar 65/Widths[300 400]/Encoding<</Differences[65/A/uni6807]>>>>",
        ),
        Object::Plain(
            "<</Type/Font/Subtype/Type3/FontMatrix[.01 0 0 .01 0 0]/FontBBox[0 0 99 99]/CharProcs<<>>/FirstChar 65/Widths[60]/Encoding<</Differences[65/A]>>>>",
        ),
        Object::Stream(&form, b"q BT /F1 9 Tf 9 9 Td (form) Tj ET Q /X Do"),
        Object::Plain("<</ActualText<feff6807>/OCGs[12 0 R]/P/AnyOff>>"),
        Object::Plain("<</Type/OCG/Name(off)>>"),
        Object::Stream("", b"1 beginbfrange <0000> <00ff> <4e00> endbfrange 1 beginbfchar <0100> <00660069> endbfchar"),
    ];
    objects.extend(further.iter().map(|object| match object {
        Object::Plain(text) => Object::Plain(text),
        Object::Stream(entries, content) => Object::Stream(entries, content),
    }));
    file(&objects)
}

/// Reads the file and makes blocks of it, as the program does.
pub fn read(bytes: &[u8]) {
    if let Ok(extraction) = extract(bytes, Some("a")) {
        let _ = ingest::layout::blocks(&extraction.pages);
    }
}

/// A page of glyphs, each of eight bytes: code, font and size, direction, and place.
pub fn glyphs(data: &[u8]) -> Vec<u8> {
    let mut content = String::from("BT\n");
    for glyph in data.chunks_exact(8) {
        let [code, font, size, turn, x, fraction, y, down] = glyph else { continue };
        let (sin, cos) = match turn {
            0..=191 => (0.0, 1.0),
            192..=207 => (1.0, 0.0),
            208..=223 => (-1.0, 0.0),
            _ => (f32::from(*turn).sin(), f32::from(*turn).cos()),
        };
        let x = f32::from(*x) * 3.0 + f32::from(*fraction) / 64.0;
        let y = f32::from(*y) * 4.0 - f32::from(*down) / 64.0;
        let (font, code) = match font % 3 {
            0 => ("F1", format!("{code:02x}")),
            1 => ("F2", format!("b0{:02x}", code | 0xa1)),
            _ => ("F3", format!("00{code:02x}")),
        };
        let size = f32::from(*size) / 8.0;
        content.push_str(&format!("/{font} {size} Tf {cos} {sin} {} {cos} {x} {y} Tm <{code}> Tj\n", -sin));
    }
    page(content.as_bytes(), FONTS, &[])
}

/// A file whose page is set in fonts with the bytes before the first zero as CMap of the encoding, and those after it
/// as ToUnicode map.
pub fn with_cmap(data: &[u8]) -> Vec<u8> {
    let at = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    let (encoding, map) = data.split_at(at);
    let map = map.get(1..).unwrap_or_default();
    let further = [
        Object::Stream("/Type/CMap/UseCMap 15 0 R", encoding),
        Object::Stream("/UseCMap/GBK-EUC-V", encoding),
        Object::Stream("", map),
        Object::Plain(
            "<</Type/Font/Subtype/Type0/BaseFont/Kai/Encoding 14 0 R/ToUnicode 16 0 R/DescendantFonts[18 0 R]>>",
        ),
        Object::Plain(
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/Kai/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)>>>>",
        ),
        Object::Plain("<</Type/Font/Subtype/Type1/BaseFont/Any/ToUnicode 16 0 R>>"),
    ];
    page(&all_codes(), "/F1 17 0 R/F2 19 0 R", &further)
}

/// A file whose page is set in fonts with these bytes as font program: a TrueType, a Type 1 and a composite font.
pub fn with_font(data: &[u8]) -> Vec<u8> {
    let further = [
        Object::Stream("", data),
        Object::Plain("<</Type/FontDescriptor/Flags 4/FontFile2 14 0 R>>"),
        Object::Plain("<</Type/FontDescriptor/Flags 4/FontFile3 14 0 R>>"),
        Object::Plain("<</Type/Font/Subtype/TrueType/BaseFont/Any/FontDescriptor 15 0 R>>"),
        Object::Plain("<</Type/Font/Subtype/Type1/BaseFont/Any/FontDescriptor 16 0 R>>"),
        Object::Plain("<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/Identity-H/DescendantFonts[20 0 R]>>"),
        Object::Plain("<</Type/Font/Subtype/CIDFontType2/BaseFont/Any/FontDescriptor 15 0 R>>"),
    ];
    page(&all_codes(), "/F1 17 0 R/F2 18 0 R/F3 19 0 R", &further)
}

/// A line of all bytes in each of three fonts.
fn all_codes() -> Vec<u8> {
    let codes: String = (0..=255).map(|code| format!("{code:02x}")).collect();
    let line = |font: u32, y: u32| format!("BT /F{font} 2 Tf 9 {y} Td <{codes}00{codes}> Tj ET\n");
    [line(1, 700), line(2, 600), line(3, 500)].concat().into_bytes()
}
