//! The content interpreter: what is shown on a page, glyph by glyph (PDF 32000-1, 8 and 9).

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

use lopdf::{Dictionary, Object, Stream};

use super::annotations::{appearances, default_resources};
use super::font::{self, Font, Library};
use super::marked::Marked;
use super::matrix::Matrix;
use super::objects::{Objects, as_dict, as_number};
use super::optional::OptionalContent;
use super::pages::PageNode;
use super::rules::Rules;
use super::stream::{Budget, decode};
use super::text::TextState;
use super::token::{Operand, Tokens};

/// Form XObjects nest so deep at most.
const MAX_FORM_DEPTH: usize = 24;
/// Decoded forms are kept for their next use up to so many bytes.
const MAX_KEPT_FORMS: usize = 32 << 20;
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

/// A file has so many fonts at most; what is set in further ones is taken for a core font.
const MAX_FONTS: usize = 8192;

/// The dictionary of a font that is missing.
static NO_FONT: LazyLock<Dictionary> = LazyLock::new(Dictionary::new);

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
    /// Straight lines along the page's edges.
    pub(super) rules: Rules,
    /// The part of the page that its images cover, 0 to 1; scans often come in strips.
    pub(super) image: f64,
    /// Some content was left out because of a limit.
    pub(super) cut: bool,
}

/// Interprets the pages of a file; fonts and decoded forms are shared between them.
pub(super) struct Contents<'a> {
    pub(super) objects: Objects<'a>,
    pub(super) fonts: Vec<Font>,
    /// The dictionaries of [`Contents::fonts`].
    pub(super) font_dicts: Vec<&'a Dictionary>,
    font_of_dict: HashMap<*const Dictionary, u32>,
    forms: HashMap<*const Stream, Rc<Vec<u8>>>,
    library: Library,
    pub(super) optional: OptionalContent,
    pub(super) budget: Budget,
    operators: u64,
    marks: usize,
    /// Bytes of [`Contents::forms`], and of replacement texts so far.
    form_bytes: usize,
    pub(super) actual_bytes: usize,
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
            form_bytes: 0,
            actual_bytes: 0,
        }
    }

    /// Everything that a page shows.
    pub(super) fn page(&mut self, node: &PageNode<'a>) -> PageMarks {
        let (bytes, joints) = self.page_bytes(node.dict);
        let appearances = appearances(self.objects, node.dict, &self.optional);
        let objects = self.objects;
        let mut marks = PageMarks::default();
        let mut run = Run {
            contents: self,
            page: &mut marks,
            shared: node.resources,
            area: (node.size.0 * node.size.1).max(1.0),
            active: Vec::new(),
            marked: Vec::new(),
            hidden: 0,
        };
        run.content(Tokens::joined(&bytes, &joints), node.resources, State::new(node.base));
        run.close_marked(0);
        if !appearances.is_empty() {
            run.shared = default_resources(objects).or(node.resources);
        }
        for (stream, matrix) in appearances {
            run.form(stream, &Frame::new(None, State::new(matrix.then(node.base)), 0));
        }
        self.marks += marks.marks.len();
        marks
    }

    /// The page's content streams, which are read as one, and where they were joined by a line end.
    fn page_bytes(&self, dict: &'a Dictionary) -> (Vec<u8>, Vec<usize>) {
        let (mut bytes, mut joints) = (Vec::new(), Vec::new());
        let Some(contents) = self.objects.get(dict, b"Contents") else { return (bytes, joints) };
        let streams = match contents {
            Object::Array(streams) => streams.as_slice(),
            single => std::slice::from_ref(single),
        };
        for stream in streams.iter().filter_map(|object| self.objects.resolve(object).as_stream().ok()) {
            let part = decode(self.objects, stream, &self.budget);
            if bytes.is_empty() {
                bytes = part;
            } else {
                joints.push(bytes.len());
                bytes.push(b'\n');
                bytes.extend_from_slice(&part);
            }
        }
        (bytes, joints)
    }

    /// The index of a font, read at its first use.
    fn font(&mut self, dict: &'a Dictionary) -> u32 {
        let dict = if self.fonts.len() < MAX_FONTS { dict } else { &NO_FONT };
        if let Some(index) = self.font_of_dict.get(&std::ptr::from_ref(dict)) {
            return *index;
        }
        let index = u32::try_from(self.fonts.len()).unwrap_or(u32::MAX - 1);
        self.font_dicts.push(dict);
        self.fonts.push(Font::load(self.objects, dict, &mut self.library, &self.budget));
        self.font_of_dict.insert(std::ptr::from_ref(dict), index);
        index
    }

    /// Mends the fonts' maps, now that it is known what the pages use them for; gives the warnings that this deserves.
    pub(super) fn mend_fonts(&mut self, pages: &[PageMarks]) -> Vec<String> {
        font::mend(self.objects, &mut self.fonts, &self.font_dicts, pages, &self.budget)
    }

    fn form(&mut self, stream: &'a Stream) -> Rc<Vec<u8>> {
        let known = self.forms.get(&std::ptr::from_ref(stream)).map(Rc::clone);
        known.unwrap_or_else(|| {
            let bytes = Rc::new(decode(self.objects, stream, &self.budget));
            if self.form_bytes + bytes.len() <= MAX_KEPT_FORMS {
                self.form_bytes += bytes.len();
                self.forms.insert(std::ptr::from_ref(stream), Rc::clone(&bytes));
            }
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

/// The interpretation of one page.
pub(super) struct Run<'r, 'a> {
    pub(super) contents: &'r mut Contents<'a>,
    pub(super) page: &'r mut PageMarks,
    /// Where resources are looked for that a form does not bring itself.
    shared: Option<&'a Dictionary>,
    /// The page's area in square points.
    area: f64,
    /// The forms being interpreted, outermost first.
    active: Vec<*const Stream>,
    pub(super) marked: Vec<Marked>,
    /// How many of [`Run::marked`] are hidden.
    pub(super) hidden: usize,
}

impl<'a> Run<'_, 'a> {
    fn content(&mut self, mut tokens: Tokens<'_>, resources: Option<&'a Dictionary>, initial: State) {
        let mut frame = Frame::new(resources, initial, self.marked.len());
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
            b"BMC" => self.open_marked(Marked::Plain),
            b"EMC" => self.close_marked(self.marked.len().saturating_sub(1).max(frame.open)),
            b"ID" => {
                self.note_image(frame.state.ctm);
                tokens.skip_inline_image();
            }
            _ if Rules::takes(operator) => {
                if self.hidden == 0 {
                    self.page.rules.operator(operator, tokens, frame.state.ctm);
                }
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
        let font = self.resource(frame, b"Font", tokens.bytes_of(*name));
        // A font that is missing is taken for a core font, as other readers do.
        let dict = font.and_then(|font| as_dict(objects.resolve(font))).unwrap_or(&NO_FONT);
        frame.state.text.font = Some(self.contents.font(dict));
    }

    fn set_graphics_state(&mut self, tokens: &Tokens<'_>, frame: &mut Frame<'a>) {
        let objects = self.contents.objects;
        let Some(name) = tokens.name() else { return };
        let state = self.resource(frame, b"ExtGState", name).and_then(|state| as_dict(objects.resolve(state)));
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
        let stream = self.resource(frame, b"XObject", name).map(|object| objects.resolve(object));
        let Some(Object::Stream(stream)) = stream else { return };
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
        self.content(Tokens::new(&bytes), resources, state);
        self.active.pop();
        self.close_marked(open);
    }

    /// An entry of the resources at hand, or else of those of the page.
    pub(super) fn resource(&self, frame: &Frame<'a>, category: &[u8], name: &[u8]) -> Option<&'a Object> {
        let objects = self.contents.objects;
        let entry = |resources: Option<&'a Dictionary>| objects.dict(resources?, category)?.get(name).ok();
        entry(frame.resources).or_else(|| entry(self.shared))
    }

    /// Notes what part of the page an image covers; an image fills the unit square.
    fn note_image(&mut self, ctm: Matrix) {
        let covered = (ctm.a * ctm.d - ctm.b * ctm.c).abs() / self.area;
        self.page.image = (self.page.image + covered).min(1.0);
    }
}

/// The state of one content stream.
pub(super) struct Frame<'a> {
    resources: Option<&'a Dictionary>,
    state: State,
    saved: Vec<State>,
    /// States that were too many to save.
    unsaved: usize,
    /// How many marked-content sequences were open before, which it cannot close.
    open: usize,
}

impl<'a> Frame<'a> {
    fn new(resources: Option<&'a Dictionary>, state: State, open: usize) -> Self {
        Self { resources, state, saved: Vec::new(), unsaved: 0, open }
    }

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
