//! What else a file says of the characters of a font's codes, beside what is believed at first.

use encoding_rs::Encoding;

use super::super::program::Program;
use super::super::{Font, Kind, characters, cmap};
use super::shown::Code;

/// Another way to read a font's codes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Source {
    /// The map to Unicode alone.
    ToUnicode,
    /// The named CMap, the collection's CIDs or the simple font's encoding alone.
    Encoding,
    /// The tables of the embedded font program.
    Program,
    /// Codes are those of a character set, by its index in [`SETS`].
    Set(usize),
    /// Codes are UTF-16.
    Utf16,
    /// The map to Unicode has its bytes in the wrong order.
    SwappedText,
    /// Codes have their bytes in the wrong order.
    SwappedCode,
    /// The map to Unicode is off by so many codes.
    Neighbour(i32),
}

/// Character sets that codes are met in, for composite fonts and for simple ones.
const SETS: [(&str, &Encoding, bool); 9] = [
    ("GB 18030", encoding_rs::GB18030, true),
    ("Big5", encoding_rs::BIG5, true),
    ("Shift JIS", encoding_rs::SHIFT_JIS, true),
    ("EUC-KR", encoding_rs::EUC_KR, true),
    ("Windows-1251", encoding_rs::WINDOWS_1251, false),
    ("Mac Cyrillic", encoding_rs::X_MAC_CYRILLIC, false),
    ("KOI8-U", encoding_rs::KOI8_U, false),
    ("Windows-1253", encoding_rs::WINDOWS_1253, false),
    ("Windows-1252", encoding_rs::WINDOWS_1252, false),
];

impl Source {
    /// The ways to read this font, the most trusted first. Single-byte sets are for Latin letters most of which have
    /// accents.
    pub(super) fn of(font: &Font, accented: bool) -> Vec<Self> {
        let composite = matches!(font.kind, Kind::Composite(_));
        let sets =
            SETS.iter().enumerate().filter(|(_, (_, _, double))| *double == composite && (composite || accented));
        let mut sources = vec![Self::Program, Self::Encoding, Self::ToUnicode];
        if composite {
            sources.extend([Self::Utf16, Self::SwappedText, Self::SwappedCode]);
        }
        sources.extend(sets.map(|(index, _)| Self::Set(index)));
        sources.extend([-1, 1, -2, 2].map(Self::Neighbour));
        sources
    }

    /// The text of a code.
    pub(super) fn text(self, font: &Font, program: &Program, code: &Code) -> Option<String> {
        let text = match self {
            Self::ToUnicode => mapped(font, code.code)?,
            Self::Encoding => match &font.kind {
                Kind::Simple(simple) => simple.text(code.code)?,
                Kind::Composite(composite) => composite.text(code.code, code.length)?,
            },
            Self::Program => match &font.kind {
                Kind::Simple(_) => program.text_of_code(u8::try_from(code.code).ok()?)?.to_owned(),
                Kind::Composite(composite) => composite.text_by_program(code.code, program)?,
            },
            Self::Set(index) => decoded(SETS.get(index)?.1, code)?,
            Self::Utf16 => char::from_u32(code.code)?.to_string(),
            Self::SwappedText => {
                let text = mapped(font, code.code)?;
                let units: Vec<u16> = text.encode_utf16().map(u16::swap_bytes).collect();
                String::from_utf16(&units).ok()?
            }
            Self::SwappedCode => mapped(font, u32::from(u16::try_from(code.code).ok()?.swap_bytes()))?,
            Self::Neighbour(by) => mapped(font, code.code.checked_add_signed(by)?)?,
        };
        characters::meant(&text, font.symbols)
    }

    /// What a reader is told of the fault and its repair.
    pub(super) fn cause(self) -> String {
        match self {
            Self::ToUnicode => "its named character map does not fit; read by its map to Unicode".to_owned(),
            Self::Encoding => "its map to Unicode is wrong; read by its encoding".to_owned(),
            Self::Program => "its map to Unicode is wrong; read by the embedded font's own tables".to_owned(),
            Self::Set(index) => {
                format!(
                    "its map to Unicode is wrong; its codes were read as {}",
                    SETS.get(index).map_or("", |set| set.0)
                )
            }
            Self::Utf16 => "its map to Unicode is wrong; its codes were read as UTF-16".to_owned(),
            Self::SwappedText => "its map to Unicode has the bytes in the wrong order".to_owned(),
            Self::SwappedCode => "its codes have their bytes in the wrong order".to_owned(),
            Self::Neighbour(by) => format!("its map to Unicode is off by {}; shifted back", by.abs()),
        }
    }
}

fn mapped(font: &Font, code: u32) -> Option<String> {
    match font.to_unicode.as_ref()?.text(code)? {
        cmap::Text::Char(c) => Some(c.to_string()),
        cmap::Text::Str(text) => Some(text.to_owned()),
    }
}

/// The character of a code in a character set; codes of one byte may be written in two.
fn decoded(encoding: &'static Encoding, code: &Code) -> Option<String> {
    let bytes = u16::try_from(code.code).ok()?.to_be_bytes();
    let bytes = match bytes {
        [0, low] => &[low][..],
        [high, _] if high > 0x80 => &bytes[..],
        _ => return None,
    };
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    (!malformed).then(|| text.into_owned())
}
