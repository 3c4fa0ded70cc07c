//! PDF bytes to pages of positioned text, by a content interpreter of our own on lopdf objects.
//!
//! Start reading at [`extract`]: `file` opens the bytes, `pages` walks the page tree, `content` interprets
//! what each page shows with fonts (`font`) that turn codes into characters, and the layout makes lines of it.

mod annotations;
mod cells;
mod content;
mod encryption;
mod error;
mod file;
mod font;
mod marked;
mod matrix;
mod objects;
mod optional;
mod pages;
mod rules;
mod shapes;
mod stream;
#[cfg(test)]
mod tests;
mod text;
mod token;

use std::collections::BTreeMap;

use corpus::document::{Extraction, Page, PageSource, Warning};
use lopdf::Document;

use crate::layout::glyphs::{Glyph, PageText};
use crate::layout::lines::lines;
use crate::ocr::GlyphReader;
use cells::{Cells, Part};
use content::{Contents, Mark, PageMarks};
pub use error::Error;
use font::Font;
use objects::{Objects, as_dict};
pub use shapes::sheet::SheetReader;

/// Images that cover this part of a page without text make it a scan.
const SCAN_COVER: f64 = 0.5;
/// A page of which more than this part cannot be read is not passed on as text.
const MAX_UNREADABLE: f64 = 0.5;
/// Bytes of text on one page: a map may turn every code into a sentence.
const MAX_PAGE_TEXT: usize = 4 << 20;
/// So many unreadable fonts of a page are warned of by name.
const NAMED_FONTS: usize = 3;

/// How a PDF is read.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// Tried after the empty password.
    pub password: Option<&'a str>,
    /// Tells what the glyphs of fonts without a usable character map are; without it they stay unreadable.
    pub glyphs: Option<&'a dyn GlyphReader>,
}

/// Reads the text of every page, with where it stands.
///
/// `password` is tried after the empty one. Damage is survived where that is possible, with warnings.
///
/// # Errors
/// See [`Error`]: no PDF, no password, or nothing to be had from it.
pub fn extract(bytes: &[u8], password: Option<&str>) -> Result<Extraction, Error> {
    extract_with(bytes, &Options { password, glyphs: None })
}

/// Reads the text of every page as [`extract`] does, and what fonts without a usable character map say by the shapes
/// of their glyphs, each of which [`Options::glyphs`] is asked for once.
///
/// # Errors
/// See [`Error`]: no PDF, no password, or nothing to be had from it.
pub fn extract_with(bytes: &[u8], options: &Options<'_>) -> Result<Extraction, Error> {
    let Options { password, glyphs } = *options;
    let document = match file::open(bytes, password, false) {
        Ok(document) => document,
        Err(Error::Damaged(_)) => file::open(bytes, password, true)?,
        Err(error) => return Err(error),
    };
    let extraction = read(&document, glyphs);
    if extraction.has_text() || extraction.pages.iter().any(Page::needs_ocr) {
        return Ok(extraction);
    }
    // A cross-reference table that can be read but is wrong shows in that nothing is where it says.
    let rebuilt = file::open(bytes, password, true).map(|document| read(&document, glyphs));
    match rebuilt {
        Ok(rebuilt) if rebuilt.has_text() || rebuilt.pages.len() > extraction.pages.len() => Ok(rebuilt),
        _ if extraction.pages.is_empty() => Err(Error::Damaged("it has no pages".to_owned())),
        _ => Ok(extraction),
    }
}

fn read(document: &Document, glyphs: Option<&dyn GlyphReader>) -> Extraction {
    let objects = Objects::new(document);
    let (nodes, cut) = pages::walk(objects);
    let mut contents = Contents::new(objects);
    let marks: Vec<PageMarks> = nodes.iter().map(|node| contents.page(node)).collect();
    let mut warnings: Vec<Warning> =
        contents.mend_fonts(&marks).into_iter().map(|message| Warning { page: None, message }).collect();
    if let Some(reader) = glyphs {
        let messages = shapes::recognise(&mut contents, &marks, reader);
        warnings.extend(messages.into_iter().map(|message| Warning { page: None, message }));
    }
    let cells = Cells::find(&contents, &marks);
    if cut {
        let message = "the page tree is damaged or too large: some pages may be missing".to_owned();
        warnings.push(Warning { page: None, message });
    }
    if contents.budget.exceeded() {
        let message = "streams decode to more than is allowed: some text may be missing".to_owned();
        warnings.push(Warning { page: None, message });
    }
    let mut pages = Vec::with_capacity(nodes.len());
    for (number, (node, marks)) in (1..).zip(nodes.iter().zip(marks)) {
        let fonts = Fonts { list: &contents.fonts, cells: &cells };
        pages.push(page(number, node.size, &marks, fonts, &mut warnings));
    }
    Extraction { pages, title_hint: title(objects), warnings }
}

/// The fonts of a file, and what is known of the room that their glyphs take.
#[derive(Clone, Copy)]
struct Fonts<'a> {
    list: &'a [Font],
    cells: &'a Cells,
}

fn page(number: u32, size: (f64, f64), marks: &PageMarks, fonts: Fonts<'_>, warnings: &mut Vec<Warning>) -> Page {
    let (width, height) = (size.0 as f32, size.1 as f32);
    let mut warn = |message: String| warnings.push(Warning { page: Some(number), message });
    if marks.cut {
        warn("the page's content is too deep or too much: some of it is left out".to_owned());
    }
    let mut unreadable: BTreeMap<u32, usize> = BTreeMap::new();
    let text = page_text(marks, fonts, &mut unreadable);
    let lost: usize = unreadable.values().sum();
    unreadable_fonts(&unreadable, fonts.list).into_iter().for_each(&mut warn);
    let total = lost + text.glyphs.len();
    if lost as f64 > MAX_UNREADABLE * total as f64 {
        warn("most of the page cannot be read: it needs OCR".to_owned());
        return Page { number, width, height, lines: Vec::new(), source: PageSource::Unreadable };
    }
    let lines = lines(text, width, height);
    let scan = lines.is_empty() && marks.image >= SCAN_COVER;
    let source = if scan { PageSource::Scan } else { PageSource::Layer };
    Page { number, width, height, lines, source }
}

/// What to say of fonts with unreadable characters: the worst by name, the others together.
fn unreadable_fonts(unreadable: &BTreeMap<u32, usize>, fonts: &[Font]) -> Vec<String> {
    let mut counts: Vec<(u32, usize)> = unreadable.iter().map(|(font, count)| (*font, *count)).collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let rest = counts.split_off(counts.len().min(NAMED_FONTS));
    let name = |font: u32| fonts.get(font as usize).map_or("", |font| &font.name);
    let named = counts
        .into_iter()
        .map(|(font, count)| format!("font {} has no usable character map: {count} characters unreadable", name(font)));
    let others = (!rest.is_empty()).then(|| {
        let count: usize = rest.iter().map(|(_, count)| count).sum();
        format!("{} more fonts have no usable character map: {count} characters unreadable", rest.len())
    });
    named.chain(others).collect()
}

/// The glyphs with their texts; those that no map gives a character are counted by font.
fn page_text(marks: &PageMarks, fonts: Fonts<'_>, unreadable: &mut BTreeMap<u32, usize>) -> PageText {
    let mut page = PageText { rules: marks.rules.found().to_vec(), ..PageText::default() };
    page.glyphs.reserve(marks.marks.len());
    for mark in &marks.marks {
        let Some(font) = fonts.list.get(mark.font as usize) else {
            if let Some(text) = marks.actual.get(mark.code as usize) {
                page.push(&font::replacement(text), glyph(mark, None, None));
            }
            continue;
        };
        let entry = font.known(mark.code);
        if page.text.len() > MAX_PAGE_TEXT {
            break;
        } else if entry.is_readable() {
            page.push(font.text(entry), glyph(mark, Some(font), fonts.cells.part(mark)));
        } else {
            *unreadable.entry(mark.font).or_default() += 1;
        }
    }
    page
}

fn glyph(mark: &Mark, font: Option<&Font>, part: Option<Part>) -> Glyph {
    let (mut ascent, mut descent) = font.map_or((0.85, 0.2), |font| (font.ascent, font.descent));
    if font.is_some_and(|font| font.vertical) {
        (ascent, descent) = (0.5, 0.5);
    }
    let Part { from, to } = part.unwrap_or(Part { from: 0.0, to: 1.0 });
    let (sin, cos) = f32::from(mark.angle).to_radians().sin_cos();
    Glyph {
        start: 0,
        length: 0,
        angle: mark.angle,
        x: mark.x + mark.dx * from,
        y: mark.y + mark.dy * from,
        advance: (mark.dx * cos + mark.dy * sin) * (to - from),
        size: mark.size,
        ascent,
        descent,
        bold: mark.stroked || font.is_some_and(|font| font.bold),
    }
}

/// The title in the document's information dictionary.
fn title(objects: Objects<'_>) -> Option<String> {
    let information = as_dict(objects.get(&objects.document().trailer, b"Info")?)?;
    let title = marked::text_string(objects.string(information, b"Title")?);
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then_some(title)
}
