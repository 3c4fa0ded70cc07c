//! Font dictionaries to fonts.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_cmap::{CMapName, CidFamily};
use lopdf::{Dictionary, Object, Stream};

use super::super::objects::{Objects, as_dict};
use super::super::stream::{Budget, decode};
use super::characters::{Symbols, meant};
use super::cmap::CMap;
use super::codes::{CodeSpaces, predefined};
use super::composite::{Cids, Composite, Utf};
use super::program::Program;
use super::simple::{Simple, Traits};
use super::widths::CidWidths;
use super::{Font, Kind};

/// FontDescriptor flags (PDF 32000-1, table 123).
const SYMBOLIC: i64 = 1 << 2;
const FORCE_BOLD: i64 = 1 << 18;
/// CMaps build upon each other so far at most.
const MAX_CMAP_DEPTH: usize = 6;

/// What the CMaps of a file, and its maps from CIDs to glyphs, may decode to together.
const MAX_MAP_BYTES: usize = 128 << 20;

/// CMaps that have been read for this file, so that fonts can share them.
#[derive(Default)]
pub(in super::super) struct Library {
    cmaps: HashMap<Vec<u8>, Option<Rc<hayro_cmap::CMap>>>,
    to_unicode: HashMap<*const Stream, Rc<CMap>>,
    map_bytes: usize,
}

impl Library {
    fn cmap(&mut self, name: &[u8]) -> Option<Rc<hayro_cmap::CMap>> {
        if let Some(known) = self.cmaps.get(name) {
            return known.clone();
        }
        let read = |name: CMapName<'_>| hayro_cmap::load_embedded(name);
        let map = read(CMapName::from_bytes(name)).and_then(|bytes| hayro_cmap::CMap::parse(bytes, read)).map(Rc::new);
        self.cmaps.insert(name.to_vec(), map.clone());
        map
    }

    /// A ToUnicode map.
    fn unicode_map<'a>(&mut self, objects: Objects<'a>, stream: &'a Stream, budget: &Budget) -> Rc<CMap> {
        if let Some(known) = self.to_unicode.get(&std::ptr::from_ref(stream)) {
            return Rc::clone(known);
        }
        let map = Rc::new(CMap::parse(&self.map(objects, stream, budget)));
        self.to_unicode.insert(std::ptr::from_ref(stream), Rc::clone(&map));
        map
    }

    /// The bytes of a map of any kind; none once the file has had too many.
    fn map<'a>(&mut self, objects: Objects<'a>, stream: &'a Stream, budget: &Budget) -> Vec<u8> {
        if self.map_bytes > MAX_MAP_BYTES {
            return Vec::new();
        }
        let bytes = decode(objects, stream, budget);
        self.map_bytes += bytes.len();
        bytes
    }

    fn collection(&mut self, ordering: &[u8]) -> Option<Rc<hayro_cmap::CMap>> {
        let name = CidFamily::from_registry_ordering(b"Adobe", ordering).ucs2_cmap()?;
        self.cmap(name.to_bytes())
    }
}

impl Font {
    /// Reads a font. Whatever is missing or broken in it leaves codes unreadable, never the page.
    pub(in super::super) fn load<'a>(
        objects: Objects<'a>,
        dict: &'a Dictionary,
        library: &mut Library,
        budget: &Budget,
    ) -> Self {
        let subtype = objects.name(dict, b"Subtype").unwrap_or_default();
        let descendant = descendant(objects, dict);
        let descriptor = descriptor(objects, dict);
        let name = base_name(objects, dict, descriptor);
        let to_unicode = objects.stream(dict, b"ToUnicode").map(|stream| library.unicode_map(objects, stream, budget));
        let to_unicode = to_unicode.filter(|map| map.has_texts());
        let source = Source { objects, dict, descriptor, budget, mapped: to_unicode.is_some() };

        let (codes, vertical, kind) = match descendant {
            Some(descendant) if subtype != b"Type3" => source.composite(descendant, library),
            _ => (CodeSpaces::single(), false, Kind::Simple(source.simple(subtype, &name))),
        };
        let (em, unit) = if subtype == b"Type3" { type3_scale(objects, dict) } else { (1.0, 0.001) };
        let (ascent, descent) = vertical_extent(objects, descriptor);
        Self {
            bold: is_bold(objects, descriptor, &name),
            symbols: Symbols::of_font(&name),
            name,
            vertical,
            ascent,
            descent,
            em,
            unit,
            codes,
            kind,
            to_unicode,
            low: (0..256).map(|_| None).collect(),
            high: HashMap::new(),
            texts: String::new(),
        }
    }
}

impl Font {
    /// Asks the embedded font program for the characters of codes that no map gives. To be called when all codes
    /// that the file uses are known, since reading a program costs more than all else of a font.
    pub(in super::super) fn ask_program<'a>(&mut self, objects: Objects<'a>, dict: &'a Dictionary, budget: &Budget) {
        let unreadable: Vec<u32> =
            self.shown().filter(|(_, entry)| !entry.is_readable()).map(|(code, _)| code).collect();
        if unreadable.is_empty() {
            return;
        }
        let Some(program) = program_of(objects, dict, budget) else { return };
        for code in unreadable {
            let text = match &self.kind {
                Kind::Composite(composite) => composite.text_by_program(code, &program),
                Kind::Simple(_) => {
                    u8::try_from(code).ok().and_then(|code| program.text_of_code(code)).map(str::to_owned)
                }
            };
            if let Some(text) = text.and_then(|text| meant(&text, self.symbols)) {
                self.set(code, Some(&text));
            }
        }
    }
}

/// The embedded program of a font.
pub(super) fn program_of<'a>(objects: Objects<'a>, dict: &'a Dictionary, budget: &Budget) -> Option<Program> {
    program(objects, descriptor(objects, dict), budget)
}

/// The font's descriptor, or its descendant's.
fn descriptor<'a>(objects: Objects<'a>, dict: &'a Dictionary) -> Option<&'a Dictionary> {
    let own = descendant(objects, dict).and_then(|descendant| objects.dict(descendant, b"FontDescriptor"));
    own.or_else(|| objects.dict(dict, b"FontDescriptor"))
}

fn descendant<'a>(objects: Objects<'a>, dict: &'a Dictionary) -> Option<&'a Dictionary> {
    match objects.get(dict, b"DescendantFonts")? {
        Object::Array(fonts) => as_dict(objects.resolve(fonts.first()?)),
        font => as_dict(font),
    }
}

fn program<'a>(objects: Objects<'a>, descriptor: Option<&'a Dictionary>, budget: &Budget) -> Option<Program> {
    Some(Program::read(&program_bytes(objects, descriptor, budget)?))
}

fn program_bytes<'a>(objects: Objects<'a>, descriptor: Option<&'a Dictionary>, budget: &Budget) -> Option<Vec<u8>> {
    let keys: [&[u8]; 3] = [b"FontFile2", b"FontFile3", b"FontFile"];
    let stream = keys.into_iter().find_map(|key| objects.stream(descriptor?, key)).filter(|_| budget.take_program())?;
    Some(decode(objects, stream, budget))
}

/// The embedded font program of a font.
pub(in super::super) fn embedded<'a>(objects: Objects<'a>, dict: &'a Dictionary, budget: &Budget) -> Option<Vec<u8>> {
    program_bytes(objects, descriptor(objects, dict), budget)
}

struct Source<'a, 'b> {
    objects: Objects<'a>,
    dict: &'a Dictionary,
    descriptor: Option<&'a Dictionary>,
    budget: &'b Budget,
    /// Whether there is a ToUnicode map.
    mapped: bool,
}

impl<'a> Source<'a, '_> {
    fn simple(&self, subtype: &[u8], name: &str) -> Simple {
        let flags = self.descriptor.and_then(|dict| self.objects.integer(dict, b"Flags")).unwrap_or(0);
        let traits = Traits {
            name,
            true_type: subtype == b"TrueType",
            type3: subtype == b"Type3",
            symbolic: flags & SYMBOLIC != 0,
        };
        let named = matches!(self.objects.get(self.dict, b"Encoding"), Some(Object::Name(_)));
        // The program is read only where it may be asked.
        let program = if self.mapped || (named && !traits.symbolic) {
            None
        } else {
            program(self.objects, self.descriptor, self.budget)
        };
        Simple::read(self.objects, self.dict, self.descriptor, program.as_ref(), &traits)
    }

    fn composite(&self, descendant: &'a Dictionary, library: &mut Library) -> (CodeSpaces, bool, Kind) {
        let (codes, vertical, cids) = self.encoding(library);
        let ordering = self.objects.dict(descendant, b"CIDSystemInfo");
        let ordering = ordering.and_then(|info| self.objects.string(info, b"Ordering"));
        let collection = ordering.and_then(|ordering| library.collection(ordering));
        let glyphs = self.objects.stream(descendant, b"CIDToGIDMap");
        let composite = Composite {
            cids,
            collection,
            widths: CidWidths::read(self.objects, descendant),
            glyphs: glyphs.map(|stream| library.map(self.objects, stream, self.budget)).unwrap_or_default(),
        };
        (codes, vertical, Kind::Composite(Box::new(composite)))
    }

    /// The Encoding entry of a Type 0 font: how to cut codes, the writing mode, and how codes become CIDs.
    fn encoding(&self, library: &mut Library) -> (CodeSpaces, bool, Cids) {
        match self.objects.get(self.dict, b"Encoding") {
            Some(Object::Name(name)) => named_encoding(name, library),
            Some(Object::Stream(stream)) => {
                let mut map = self.encoding_stream(stream, library, 0);
                let vertical = map.vertical || self.objects.integer(&stream.dict, b"WMode") == Some(1);
                let named = map.base.take().or_else(|| self.objects.name(&stream.dict, b"UseCMap").map(<[u8]>::to_vec));
                let codes = map.code_spaces();
                let Some((base_codes, base_vertical, base)) = named.map(|name| named_encoding(&name, library)) else {
                    return (codes.unwrap_or_else(CodeSpaces::double), vertical, Cids::Stream(map, None));
                };
                let codes = match codes {
                    Some(codes) => base_codes.with(codes),
                    None => base_codes,
                };
                (codes, vertical || base_vertical, Cids::Stream(map, Some(Box::new(base))))
            }
            _ => (CodeSpaces::double(), false, Cids::Identity),
        }
    }

    /// A CMap in the file, on top of those that it builds upon.
    fn encoding_stream(&self, stream: &'a Stream, library: &mut Library, depth: usize) -> CMap {
        let base = self.objects.stream(&stream.dict, b"UseCMap").filter(|_| depth < MAX_CMAP_DEPTH);
        let base = base.map(|base| self.encoding_stream(base, library, depth + 1)).unwrap_or_default();
        base.extended(&library.map(self.objects, stream, self.budget))
    }
}

fn named_encoding(name: &[u8], library: &mut Library) -> (CodeSpaces, bool, Cids) {
    let text = String::from_utf8_lossy(name).into_owned();
    let (family, vertical) = match text.strip_suffix('V') {
        Some(stem) => (stem, true),
        None => (text.strip_suffix('H').unwrap_or(&text), false),
    };
    let family = family.strip_suffix('-').unwrap_or(family);
    let Some(codes) = predefined(family) else { return (CodeSpaces::double(), vertical, Cids::Identity) };
    let utf = [("UTF8", Utf::Utf8), ("UTF16", Utf::Utf16), ("UCS2", Utf::Utf16), ("UTF32", Utf::Utf32)];
    let utf = utf.into_iter().find(|(part, _)| family.contains(part)).map(|(_, utf)| utf);
    let cids = match (library.cmap(name), utf) {
        (Some(map), utf) => Cids::Predefined(map, utf),
        (None, Some(utf)) => Cids::Unicode(utf),
        (None, None) => Cids::Identity,
    };
    (codes, vertical, cids)
}

/// The base font's name without a subset's tag; names in GBK are met in Chinese files.
fn base_name<'a>(objects: Objects<'a>, dict: &'a Dictionary, descriptor: Option<&'a Dictionary>) -> String {
    let name = objects.name(dict, b"BaseFont");
    let name = name.or_else(|| descriptor.and_then(|descriptor| objects.name(descriptor, b"FontName")));
    let name = name.or_else(|| objects.name(dict, b"Name")).unwrap_or(b"unnamed");
    let tagged = name.get(6) == Some(&b'+') && name.iter().take(6).all(u8::is_ascii_uppercase);
    let name = if tagged { name.get(7..).unwrap_or_default() } else { name };
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GBK.decode(name).0.into_owned(),
    }
}

fn is_bold<'a>(objects: Objects<'a>, descriptor: Option<&'a Dictionary>, name: &str) -> bool {
    let lower = name.to_lowercase();
    let heiti = (lower.contains("hei") && !lower.contains("yahei")) || lower.contains("黑");
    let named = ["bold", "black", "heavy", "-bd", "fzxbs", "小标宋"].iter().any(|part| lower.contains(part));
    let described = descriptor.is_some_and(|dict| {
        objects.integer(dict, b"Flags").unwrap_or(0) & FORCE_BOLD != 0
            || objects.number(dict, b"FontWeight").unwrap_or(0.0) >= 600.0
    });
    heiti || named || described
}

/// The ascent and descent of the descriptor where they are sane, in em; else what most fonts have.
fn vertical_extent<'a>(objects: Objects<'a>, descriptor: Option<&'a Dictionary>) -> (f32, f32) {
    let number =
        |key: &[u8]| descriptor.and_then(|dict| objects.number(dict, key)).map(|number| number as f32 / 1000.0);
    let ascent = number(b"Ascent").filter(|ascent| (0.5..1.2).contains(ascent)).unwrap_or(0.85);
    let descent = number(b"Descent").map(f32::abs).filter(|descent| (0.05..0.5).contains(descent)).unwrap_or(0.2);
    (ascent, descent)
}

/// The em and the unit of width of a Type 3 font: its matrix scales both. A box that is far larger than the em
/// of 1000 units (or of 1 unit) tells that glyphs are drawn in device pixels.
fn type3_scale<'a>(objects: Objects<'a>, dict: &'a Dictionary) -> (f64, f64) {
    let [a, b, _, d, _, _] = objects.numbers::<6>(dict, b"FontMatrix").unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
    let unit = if a == 0.0 { b } else { a };
    let [_, bottom, _, top] = objects.numbers::<4>(dict, b"FontBBox").unwrap_or([0.0; 4]);
    let height = ((top - bottom) * d).abs();
    let em = if (0.05..20.0).contains(&height) { height.clamp(0.3, 1.2) } else { 1.0 };
    (em, unit)
}
