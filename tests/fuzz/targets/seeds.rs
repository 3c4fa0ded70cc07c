//! Writes the inputs that fuzzing begins with, small and of our own making: `seeds FOLDER`.

use std::path::Path;
use std::{env, fs, io};

use fuzz::{FONTS, Object, file, glyphs, page, with_cmap};

const CONTENTS: &[&str] = &[
    "BT /F1 12 Tf 50 700 Td (One) Tj 0 -20 Td (Two) Tj T* [(a) -200 (b)] TJ ET",
    "q 1 0 0 1 9 9 cm BT /F2 9 Tf 2 Tc 3 Tw 90 Tz 4 Ts 12 TL <b1e0c2eb20> ' 1 2 (x) \" ET Q",
    "/Span<</ActualText<feff6807>>>BDC BT /F3 9 Tf 1 0 0 1 90 700 Tm <000100020100> Tj ET EMC /OC /L BDC EMC",
    "BI /W 2 /H 2 /BPC 8 /CS /G ID abcdEI /X Do /G gs BT (g) Tj ET /Span /P BDC EMC EMC",
    "BT /F4 9 Tf 5 Tr (AB) Tj /F5 9 Tf (A) Tj % comment\nET 0 0 99 99 re f 1 w 0 0 m 9 9 l S",
];
const CMAPS: &[&str] = &[
    "/GBK-EUC-H usecmap 1 begincidchar <7f> 2785 endcidchar\0 1 beginbfchar<0001><6807>endbfchar",
    "1 begincodespacerange <00> <7f> <8140> <fefe> endcodespacerange /WMode 1 def 1 begincidrange <20> <7e> 231 endcidrange\0",
    "\0 2 beginbfrange <0000> <ffff> <0000> <0041> <0043> [<0061> /b <00660069>] endbfrange",
    "\0 1 beginbfrange <01> <02> <d840dc00> endbfrange % comment\n1 beginnotdefrange <00> <1f> 1 endnotdefrange",
];

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).unwrap_or_else(|| "seeds".into());
    let put = |target: &str, number: usize, bytes: &[u8]| {
        let folder = Path::new(&folder).join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(number.to_string()), bytes)
    };
    for (number, content) in CONTENTS.iter().enumerate() {
        put("content", number, content.as_bytes())?;
        put("file", number, &page(content.as_bytes(), FONTS, &[]))?;
    }
    for (number, map) in CMAPS.iter().enumerate() {
        put("cmaps", number, map.as_bytes())?;
        put("file", 10 + number, &with_cmap(map.as_bytes()))?;
    }
    for number in 0..4_u8 {
        // Lines, columns, a table, and a heap of glyphs.
        let glyph = |at: u8| [b'a' + at % 26, number, 80, 0, at % 16 * (2 + number), 0, 200 - at / 16 * 4, at & number];
        let data: Vec<u8> = (0..=255).flat_map(glyph).collect();
        put("layout", usize::from(number), &data)?;
        put("file", 20 + usize::from(number), &glyphs(data.get(..400).unwrap_or_default()))?;
    }
    for (number, font) in fonts().iter().enumerate() {
        put("fonts", number, font)?;
    }
    put("file", 30, &encrypted())
}

/// A TrueType program of three glyphs with a character map and names, and a Type 1 program with an encoding.
fn fonts() -> Vec<Vec<u8>> {
    let cmap = [
        &[0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12, 0, 4, 0, 32, 0, 0, 0, 4, 0, 4, 0, 1, 0, 0][..],
        &[0, 66, 0xff, 0xff, 0, 0, 0, 65, 0xff, 0xff, 0xff, 0xc0, 0, 1, 0, 0, 0, 0],
    ];
    let mut post = vec![0, 2, 0, 0];
    post.resize(32, 0);
    post.extend_from_slice(&[0, 3, 0, 0, 1, 2, 1, 3, 7]);
    post.extend_from_slice(b"uni6807\x01B");
    let maxp = vec![0, 0, 0x50, 0, 0, 3];
    let tables = [(b"cmap", cmap.concat()), (b"maxp", maxp), (b"post", post)];
    let mut font = vec![0, 1, 0, 0, 0, 3, 0, 32, 0, 1, 0, 16];
    let mut data = Vec::new();
    for (tag, table) in &tables {
        font.extend_from_slice(*tag);
        font.extend_from_slice(&[0; 4]);
        font.extend_from_slice(&u32::try_from(12 + 16 * tables.len() + data.len()).unwrap_or(0).to_be_bytes());
        font.extend_from_slice(&u32::try_from(table.len()).unwrap_or(0).to_be_bytes());
        data.extend_from_slice(table);
    }
    font.extend(data);
    let type1 = "%!PS-AdobeFont-1.0: Any\n/FontName /Any def\n/FontMatrix [0.001 0 0 0.001 0 0] def\n\
                 /Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\ndup 65 /uni6807 put\ndup 66 /B put\nreadonly def\n\
                 currentfile eexec\n";
    // A CFF header, the indexes of names and dictionaries, one string, and no subroutines.
    let cff =
        [&[1, 0, 4, 1, 0, 1, 1, 1, 4][..], b"Any", &[0, 1, 1, 1, 3, 28, 0, 0, 0, 1, 1, 1, 8], b"uni6807", &[0, 0]];
    vec![font, type1.as_bytes().to_vec(), cff.concat()]
}

/// A file that says it is encrypted; the hashes are none.
fn encrypted() -> Vec<u8> {
    let hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    let encrypt = format!(
        "<</Filter/Standard/V 4/R 4/Length 128/P -4/O<{hash}>/U<{hash}>/StmF/Identity/StrF/Identity/CF<</StdCF<</CFM/AESV2>>>>>>"
    );
    let objects = [
        Object::Plain("<</Type/Catalog/Pages 2 0 R>>"),
        Object::Plain("<</Type/Pages/Count 1/Kids[3 0 R]>>"),
        Object::Plain("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>"),
        Object::Stream("/Filter[/Crypt]", b"BT /F1 9 Tf 9 9 Td (plain) Tj ET"),
        Object::Plain(&encrypt),
    ];
    let written =
        String::from_utf8_lossy(&file(&objects)).replace("/Root 1 0 R", "/Root 1 0 R/Encrypt 5 0 R/ID[<00><00>]");
    written.into_bytes()
}
