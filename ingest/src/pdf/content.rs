//! The content interpreter: what is shown on a page, glyph by glyph (PDF 32000-1, 8 and 9).

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{Dictionary, Object, Stream};

use super::font::{Font, Library, repair};
use super::matrix::Matrix;
use super::objects::{Objects, as_dict, as_number};
use super::optional::OptionalContent;
use super::pages::PageNode;
use super::stream::{Budget, decode};
use super::text::TextState;
use super::token::{Operand, Tokens};

/// Form XObjects nest so deep at most.
const MAX_FORM_DEPTH: usize = 24;
/// Saved graphics states; further ones are counted only.
const MAX_STATES: usize = 512;
/// Operators carried out for one file; some forms invoke each other a billion times.
const MAX_OPERATORS: u64 = 80_000_000;
/// What carrying out a form costs, in operators.
const FORM_COST: u64 = 200;
/// Glyphs taken from one file.
const MAX_MARKS: usize = 12_000_000;
/// Glyphs taken from one page.
const MAX_PAGE_MARKS: usize = 400_000;

/// A glyph as shown, in the coordinates of the displayed page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// Index in [`Contents::fonts`], or [`Mark::ACTUAL`].
    pub(super) font: u32,
    /// The character code, or the index of a replacement text.
    pub(super) code: u32,
    /// The origin on the baseline; for vertical writing the middle of the top.
    pub(super) x: f32,
    pub(super) y: f32,
    /// The glyph's own width as a vector.
    pub(super) dx: f32,
    pub(super) dy: f32,
    /// The size of the em.
    pub(super) size: f32,
    /// The direction of writing in degrees clockwise, 0 to 359.
    pub(super) angle: i16,
    /// Filled and stroked, which fakes bold.
    pub(super) stroked: bool,
}

impl Mark {
    /// Stands for a font where the text is a replacement (ActualText).
    pub(super) const ACTUAL: u32 = u32::MAX;
}

/// What a page shows.
#[derive(Default)]
pub(super) struct PageMarks {
    pub(super) marks: Vec<Mark>,
    /// Replacement texts.
    pub(super) actual: Vec<String>,
    /// The part of the page that its images cover, 0 to 1; scans often come in strips.
    pub(super) image: f64,
    /// Some content was left out because of a limit.
    pub(super) cut: bool,
}

/// Interprets the pages of a file; fonts and decoded forms are shared between them.
pub(super) struct Contents<'a> {
    pub(super) objects: Objects<'a>,
    pub(super) fonts: Vec<Font>,
    font_dicts: Vec<&'a Dictionary>,
    font_of_dict: HashMap<*const Dictionary, u32>,
    forms: HashMap<*const Stream, Rc<Vec<u8>>>,
    library: Library,
    optional: OptionalContent,
    pub(super) budget: Budget,
    operators: u64,
    marks: usize,
}

impl<'a> Contents<'a> {
    pub(super) fn new(objects: Objects<'a>) -> Self {
        Self {
            objects,
            fonts: Vec::new(),
            font_dicts: Vec::new(),
            font_of_dict: HashMap::new(),
            forms: HashMap::new(),
            library: Library::default(),
            optional: OptionalContent::read(objects),
            budget: Budget::new(),
            operators: 0,
            marks: 0,
        }
    }

    /// Everything that a page shows.
    pub(super) fn page(&mut self, node: &PageNode<'a>) -> PageMarks {
        let bytes = self.page_bytes(node.dict);
        let mut marks = PageMarks::default();
        let mut run = Run {
            contents: self,
            page: &mut marks,
            area: (node.size.0 * node.size.1).max(1.0),
            active: Vec::new(),
            marked: Vec::new(),
            hidden: 0,
        };
        run.content(&bytes, node.resources, State::new(node.base));
        run.close_marked(0);
        self.marks += marks.marks.len();
        marks
    }

    /// The page's content streams, which are read as one.
    fn page_bytes(&self, dict: &'a Dictionary) -> Vec<u8> {
        let Some(contents) = self.objects.get(dict, b"Contents") else { return Vec::new() };
        let streams = match contents {
            Object::Array(streams) => streams.as_slice(),
            single => std::slice::from_ref(single),
        };
        let mut bytes = Vec::new();
        for stream in streams.iter().filter_map(|object| self.objects.resolve(object).as_stream().ok()) {
            let part = decode(self.objects, stream, &self.budget);
            if bytes.is_empty() {
                bytes = part;
            } else {
                bytes.push(b'\n');
                bytes.extend_from_slice(&part);
            }
        }
        bytes
    }

    /// The index of a font, read at its first use.
    fn font(&mut self, dict: &'a Dictionary) -> u32 {
        if let Some(index) = self.font_of_dict.get(&std::ptr::from_ref(dict)) {
            return *index;
        }
        let index = u32::try_from(self.fonts.len()).unwrap_or(u32::MAX - 1);
        self.font_dicts.push(dict);
        self.fonts.push(Font::load(self.objects, dict, &mut self.library, &self.budget));
        self.font_of_dict.insert(std::ptr::from_ref(dict), index);
        index
    }

    /// Mends the fonts' maps, now that it is known what they are used for; gives the warnings that this deserves.
    pub(super) fn mend_fonts(&mut self) -> Vec<String> {
        let mut messages = Vec::new();
        for (font, dict) in self.fonts.iter_mut().zip(&self.font_dicts) {
            font.ask_program(self.objects, dict, &self.budget);
            messages.extend(repair(font).message(&font.name));
        }
        messages
    }

    fn form(&mut self, stream: &'a Stream) -> Rc<Vec<u8>> {
        let known = self.forms.get(&std::ptr::from_ref(stream)).map(Rc::clone);
        known.unwrap_or_else(|| {
            let bytes = Rc::new(decode(self.objects, stream, &self.budget));
            self.forms.insert(std::ptr::from_ref(stream), Rc::clone(&bytes));
            bytes
        })
    }
}

/// The graphics state, as far as text depends on it.
#[derive(Clone, Copy)]
struct State {
    ctm: Matrix,
    text: TextState,
}

impl State {
    fn new(ctm: Matrix) -> Self {
        Self { ctm, text: TextState::default() }
    }
}

/// A marked-content sequence that is open.
enum Marked {
    Plain,
    /// Optional content that is off.
    Hidden,
    /// A replacement text for the marks from this index on.
    Actual(usize, String),
}

/// The interpretation of one page.
struct Run<'r, 'a> {
    contents: &'r mut Contents<'a>,
    page: &'r mut PageMarks,
    /// The page's area in square points.
    area: f64,
    /// The forms being interpreted, outermost first.
    active: Vec<*const Stream>,
    marked: Vec<Marked>,
    /// How many of [`Run::marked`] are hidden.
    hidden: usize,
}

impl<'a> Run<'_, 'a> {
    fn content(&mut self, bytes: &[u8], resources: Option<&'a Dictionary>, initial: State) {
        let mut frame = Frame { resources, state: initial, saved: Vec::new(), unsaved: 0 };
        let mut tokens = Tokens::new(bytes);
        while let Some(operator) = tokens.next_operator() {
            self.contents.operators += 1;
            let marks = self.page.marks.len();
            let too_many = marks > MAX_PAGE_MARKS || self.contents.marks + marks > MAX_MARKS;
            if too_many || self.contents.operators > MAX_OPERATORS {
                self.page.cut = true;
                return;
            }
            self.operator(operator, &mut tokens, &mut frame);
        }
    }

    fn operator(&mut self, operator: &[u8], tokens: &mut Tokens<'_>, frame: &mut Frame<'a>) {
        match operator {
            b"Tj" | b"'" | b"\"" | b"TJ" => self.show(operator, tokens, frame),
            b"q" => frame.save(),
            b"Q" => frame.restore(),
            b"cm" => {
                if let Some(numbers) = tokens.numbers::<6>() {
                    frame.state.ctm = Matrix::new(numbers).then(frame.state.ctm);
                }
            }
            b"Tf" => self.set_font(tokens, frame),
            b"gs" => self.set_graphics_state(tokens, frame),
            b"Do" => self.invoke(tokens, frame),
            b"BDC" => self.begin_marked(tokens, frame),
            b"BMC" => self.marked.push(Marked::Plain),
            b"EMC" => self.close_marked(self.marked.len().saturating_sub(1)),
            b"ID" => {
                self.note_image(frame.state.ctm);
                tokens.skip_inline_image();
            }
            _ => frame.state.text.operator(operator, tokens),
        }
    }

    fn show(&mut self, operator: &[u8], tokens: &Tokens<'_>, frame: &mut Frame<'a>) {
        let text = &mut frame.state.text;
        match operator {
            b"'" => text.next_line(),
            b"\"" => {
                text.set_spacing(tokens);
                text.next_line();
            }
            _ => {}
        }
        let Some(font) = text.font.and_then(|index| self.contents.fonts.get_mut(index as usize)) else { return };
        let visible = self.hidden == 0;
        for operand in &tokens.operands {
            match operand {
                Operand::Text(span) => {
                    let marks = visible.then_some(&mut self.page.marks);
                    text.show(font, tokens.bytes_of(*span), frame.state.ctm, marks);
                }
                Operand::Number(adjustment) if operator == b"TJ" => text.adjust(font, *adjustment),
                _ => {}
            }
        }
    }

    fn set_font(&mut self, tokens: &Tokens<'_>, frame: &mut Frame<'a>) {
        let [.., Operand::Name(name), Operand::Number(size)] = tokens.operands.as_slice() else { return };
        frame.state.text.size = *size;
        let objects = self.contents.objects;
        let fonts = frame.resources.and_then(|resources| objects.dict(resources, b"Font"));
        let dict = fonts.and_then(|fonts| objects.dict(fonts, tokens.bytes_of(*name)));
        frame.state.text.font = dict.map(|dict| self.contents.font(dict));
    }

    fn set_graphics_state(&mut self, tokens: &Tokens<'_>, frame: &mut Frame<'a>) {
        let objects = self.contents.objects;
        let Some(name) = tokens.name() else { return };
        let states = frame.resources.and_then(|resources| objects.dict(resources, b"ExtGState"));
        let state = states.and_then(|states| objects.dict(states, name));
        let font = state.and_then(|state| objects.array(state, b"Font"));
        if let Some([font, size]) = font
            && let Some(dict) = as_dict(objects.resolve(font))
            && let Some(size) = as_number(objects.resolve(size))
        {
            frame.state.text.size = size;
            frame.state.text.font = Some(self.contents.font(dict));
        }
    }

    /// `Do`: a form is interpreted, an image noted.
    fn invoke(&mut self, tokens: &Tokens<'_>, frame: &Frame<'a>) {
        let objects = self.contents.objects;
        let Some(name) = tokens.name() else { return };
        let xobjects = frame.resources.and_then(|resources| objects.dict(resources, b"XObject"));
        let Some(stream) = xobjects.and_then(|xobjects| objects.stream(xobjects, name)) else { return };
        if stream.dict.get(b"OC").is_ok_and(|group| self.contents.optional.hides(objects, group)) {
            return;
        }
        match objects.name(&stream.dict, b"Subtype") {
            Some(b"Image") => self.note_image(frame.state.ctm),
            Some(b"Form") | None => self.form(stream, frame),
            _ => {}
        }
    }

    fn form(&mut self, stream: &'a Stream, frame: &Frame<'a>) {
        let id = std::ptr::from_ref(stream);
        if self.active.len() >= MAX_FORM_DEPTH || self.active.contains(&id) {
            self.page.cut = true;
            return;
        }
        self.contents.operators += FORM_COST;
        let objects = self.contents.objects;
        let matrix = objects.numbers::<6>(&stream.dict, b"Matrix").map_or(Matrix::IDENTITY, Matrix::new);
        let resources = objects.dict(&stream.dict, b"Resources").or(frame.resources);
        let mut state = frame.state;
        state.ctm = matrix.then(state.ctm);
        let bytes = self.contents.form(stream);
        let open = self.marked.len();
        self.active.push(id);
        self.content(&bytes, resources, state);
        self.active.pop();
        self.close_marked(open);
    }

    /// Notes what part of the page an image covers; an image fills the unit square.
    fn note_image(&mut self, ctm: Matrix) {
        let covered = (ctm.a * ctm.d - ctm.b * ctm.c).abs() / self.area;
        self.page.image = (self.page.image + covered).min(1.0);
    }

    fn begin_marked(&mut self, tokens: &Tokens<'_>, frame: &Frame<'a>) {
        let marked = self.marked_content(tokens, frame).unwrap_or(Marked::Plain);
        self.hidden += usize::from(matches!(marked, Marked::Hidden));
        self.marked.push(marked);
    }

    fn marked_content(&self, tokens: &Tokens<'_>, frame: &Frame<'a>) -> Option<Marked> {
        let objects = self.contents.objects;
        let start = self.page.marks.len();
        let Operand::Name(tag) = tokens.operands.first()? else { return None };
        if let [_, Operand::Name(name)] = tokens.operands.as_slice() {
            let properties = objects.dict(frame.resources?, b"Properties")?;
            let entry = properties.get(tokens.bytes_of(*name)).ok()?;
            if tokens.bytes_of(*tag) == b"OC" {
                return self.contents.optional.hides(objects, entry).then_some(Marked::Hidden);
            }
            let text = objects.string(as_dict(objects.resolve(entry))?, b"ActualText")?;
            return Some(Marked::Actual(start, text_string(text)));
        }
        let key = tokens.operands.windows(2).find_map(|pair| match pair {
            [Operand::Name(key), Operand::Text(text)] if tokens.bytes_of(*key) == b"ActualText" => Some(*text),
            _ => None,
        });
        Some(Marked::Actual(start, text_string(tokens.bytes_of(key?))))
    }

    /// Closes marked-content sequences until `open` are left.
    fn close_marked(&mut self, open: usize) {
        while self.marked.len() > open {
            match self.marked.pop() {
                Some(Marked::Hidden) => self.hidden = self.hidden.saturating_sub(1),
                Some(Marked::Actual(start, text)) => self.replace(start, text),
                _ => {}
            }
        }
    }

    /// Puts a replacement text in the place of the marks from `start` on, when these are on one line and say
    /// something else.
    fn replace(&mut self, start: usize, text: String) {
        let Some((first, rest)) = self.page.marks.get(start..).and_then(<[Mark]>::split_first) else { return };
        let last = rest.last().unwrap_or(first);
        let one_line = (last.x - first.x).abs() < first.size * 0.7 || (last.y - first.y).abs() < first.size * 0.7;
        let shown: String = std::iter::once(first).chain(rest).map(|mark| self.shown(mark)).collect();
        let same = shown.split_whitespace().eq(text.split_whitespace());
        if same || !one_line || self.page.marks.len() - start > text.len().saturating_mul(4).max(16) {
            return;
        }
        let mut mark = *first;
        (mark.dx, mark.dy) = (last.x + last.dx - mark.x, last.y + last.dy - mark.y);
        mark.font = Mark::ACTUAL;
        mark.code = u32::try_from(self.page.actual.len()).unwrap_or(u32::MAX);
        self.page.actual.push(text);
        self.page.marks.truncate(start);
        self.page.marks.push(mark);
    }

    fn shown(&self, mark: &Mark) -> &str {
        match self.contents.fonts.get(mark.font as usize) {
            Some(font) => font.text(font.known(mark.code)),
            None => self.page.actual.get(mark.code as usize).map_or("", String::as_str),
        }
    }
}

/// The state of one content stream.
struct Frame<'a> {
    resources: Option<&'a Dictionary>,
    state: State,
    saved: Vec<State>,
    /// States that were too many to save.
    unsaved: usize,
}

impl Frame<'_> {
    fn save(&mut self) {
        if self.saved.len() < MAX_STATES {
            self.saved.push(self.state);
        } else {
            self.unsaved += 1;
        }
    }

    fn restore(&mut self) {
        if self.unsaved > 0 {
            self.unsaved -= 1;
        } else if let Some(state) = self.saved.pop() {
            // The text matrices are no part of the graphics state.
            let text = self.state.text;
            self.state = state;
            self.state.text.keep_matrices(&text);
        }
    }
}

/// A text string: UTF-16 or UTF-8 by its byte order mark, else nearly Latin-1 (PDF 32000-1, 7.9.2.2).
pub(super) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
