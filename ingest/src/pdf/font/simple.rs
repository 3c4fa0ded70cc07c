//! Simple fonts: Type 1, TrueType and Type 3, with codes of one byte (PDF 32000-1, 9.6).

use std::borrow::Cow;
use std::collections::HashMap;

use lopdf::{Dictionary, Object};

use super::super::objects::{Objects, as_dict, as_integer};
use super::encodings::{char_of, core_width};
use super::names::{repeats_code, text_of_dingbat, text_of_name};
use super::program::Program;
use super::widths::SimpleWidths;

/// The characters and widths of codes 0 to 255.
pub(super) struct Simple {
    texts: Vec<Option<String>>,
    widths: SimpleWidths,
    /// The base font, for the widths that it does not give.
    font: String,
    /// Names of glyphs that say nothing by themselves, such as `g131`, by code.
    numbered: HashMap<u32, String>,
}

/// What a font dictionary says of itself that decides its encoding.
pub(super) struct Traits<'a> {
    pub(super) name: &'a str,
    /// TrueType, in which codes without an encoding go through the program's own tables.
    pub(super) true_type: bool,
    pub(super) type3: bool,
    /// By the descriptor's flags.
    pub(super) symbolic: bool,
}

impl Simple {
    pub(super) fn read<'a>(
        objects: Objects<'a>,
        font: &'a Dictionary,
        descriptor: Option<&'a Dictionary>,
        program: Option<&Program>,
        traits: &Traits<'_>,
    ) -> Self {
        let mut texts = base_encoding(objects, font, program, traits);
        let numbered = apply_differences(objects, font, traits, &mut texts);
        let widths = SimpleWidths::read(objects, font, descriptor);
        Self { texts, widths, font: traits.name.to_owned(), numbered }
    }

    pub(super) fn text(&self, code: u32) -> Option<String> {
        self.texts.get(code as usize)?.clone()
    }

    /// The name of a code's glyph, where the name says nothing by itself.
    pub(super) fn name(&self, code: u32) -> Option<&str> {
        self.numbered.get(&code).map(String::as_str)
    }

    /// The width that the font gives, or else that of the core font which it resembles.
    pub(super) fn width(&self, code: u32) -> f32 {
        let c = || self.texts.get(code as usize)?.as_ref()?.chars().next();
        self.widths.width(code).unwrap_or_else(|| core_width(&self.font, code as usize, c()))
    }
}

/// The encoding that differences, if any, are differences from.
fn base_encoding<'a>(
    objects: Objects<'a>,
    font: &'a Dictionary,
    program: Option<&Program>,
    traits: &Traits<'_>,
) -> Vec<Option<String>> {
    let encoding = objects.get(font, b"Encoding");
    let name = match encoding {
        Some(Object::Name(name)) => Some(name.as_slice()),
        Some(object) => as_dict(object).and_then(|dict| objects.name(dict, b"BaseEncoding")),
        None => None,
    };
    let standard = match name {
        Some(b"WinAnsiEncoding") => Some("WinAnsi"),
        Some(b"MacRomanEncoding") => Some("MacRoman"),
        Some(b"StandardEncoding") => Some("Standard"),
        _ => None,
    };
    let fallback = fallback_encoding(traits);
    (0..=255_u8)
        .map(|code| {
            let own = || program.and_then(|program| program.text_of_code(code)).map(str::to_owned);
            let named = |encoding: &str| char_of(encoding, usize::from(code)).map(String::from);
            match standard {
                // The table of a symbolic TrueType font stands above the encoding (9.6.6.4).
                Some(encoding) if traits.symbolic && traits.true_type => own().or_else(|| named(encoding)),
                Some(encoding) => named(encoding).or_else(own),
                None if traits.type3 => None,
                None => own().or_else(|| named(fallback)),
            }
        })
        .collect()
}

fn fallback_encoding(traits: &Traits<'_>) -> &'static str {
    let name = traits.name.to_ascii_lowercase();
    if name.starts_with("symbol") {
        "Symbol"
    } else if name.contains("dingbats") {
        "ZapfDingbats"
    } else if traits.true_type {
        "WinAnsi"
    } else {
        "Standard"
    }
}

/// Puts the texts of the encoding's differences in their places; gives the names that say nothing.
fn apply_differences<'a>(
    objects: Objects<'a>,
    font: &'a Dictionary,
    traits: &Traits<'_>,
    texts: &mut [Option<String>],
) -> HashMap<u32, String> {
    let encoding = objects.dict(font, b"Encoding");
    let differences = encoding.and_then(|dict| objects.array(dict, b"Differences")).unwrap_or_default();
    let mut named: Vec<(usize, Cow<'_, str>)> = Vec::new();
    let mut code = 0_usize;
    for item in differences.iter().map(|item| objects.resolve(item)) {
        if let Object::Name(name) = item {
            named.push((code, String::from_utf8_lossy(name)));
            code = code.saturating_add(1);
        } else if let Some(number) = as_integer(item) {
            code = usize::try_from(number).unwrap_or(usize::MAX);
        }
    }
    // Names that only repeat the code say that codes are ASCII if all of them are, and not just a few by chance; a row
    // without a gap that does not reach the letters is a numbering.
    let ascii = named.len() >= 10 && named.iter().all(|(code, _)| (0x20..0x7f).contains(code)) && !is_row(&named);
    let mut numbered = HashMap::new();
    for (code, name) in named {
        let code_itself = || char_of("WinAnsi", code).filter(|_| ascii && repeats_code(&name, code)).map(String::from);
        if let Some(text) = texts.get_mut(code) {
            *text = text_of_glyph(&name, traits).or_else(code_itself);
            if text.is_none() && name != ".notdef" {
                numbered.insert(u32::try_from(code).unwrap_or(u32::MAX), name.into_owned());
            }
        }
    }
    numbered
}

/// Whether the codes follow each other without a gap from the first signs of ASCII on and end before its last letters,
/// as those of a subset do whose glyphs were numbered as they came (`FzBookMaker` fonts).
fn is_row(named: &[(usize, Cow<'_, str>)]) -> bool {
    let codes = || named.iter().map(|(code, _)| *code);
    let (Some(first), Some(last)) = (codes().min(), codes().max()) else { return false };
    first <= 0x25 && last < 0x7a && last - first + 1 == named.len()
}

/// The text of a glyph by its name. A name that says nothing is not the base encoding's glyph either.
fn text_of_glyph(name: &str, traits: &Traits<'_>) -> Option<String> {
    let font = traits.name.to_ascii_lowercase();
    if name == ".notdef" {
        None
    } else if font.contains("zapf") || font.contains("dingbats") {
        text_of_dingbat(name)
    } else if font.contains("dings") {
        // Pictures, which in texts are marks of list items.
        Some("•".to_owned())
    } else {
        text_of_name(name)
    }
}
