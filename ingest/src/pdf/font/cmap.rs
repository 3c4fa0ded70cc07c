//! CMaps: from codes to CIDs or to Unicode (Adobe technical note 5014; PDF 32000-1, 9.7.5 and 9.10.3).
//!
//! Read leniently: any white space or none between tokens, sections that are not ended, ranges in any order.

use std::collections::BinaryHeap;

use super::super::token::{Operand, Tokens};
use super::codes::{CodeSpace, CodeSpaces};

/// A bfrange or cidrange may claim to map this many codes; more is a fault.
const MAX_ENTRIES: usize = 1 << 18;
/// The longest text that one code stands for, in UTF-16 units.
const MAX_UNITS: usize = 64;

/// A CMap, from a ToUnicode entry or an encoding stream.
#[derive(Debug, Default)]
pub(in super::super) struct CMap {
    pub(super) spaces: Vec<CodeSpace>,
    pub(super) vertical: bool,
    /// The CMap that this one adds to.
    pub(super) base: Option<Vec<u8>>,
    cids: Vec<Range>,
    texts: Vec<Range>,
    /// Texts of more than one character, in which [`Range::first`] is an index above [`char::MAX`].
    strings: Vec<String>,
}

/// Codes `low..=high` of a range in which `origin` maps to `first`, the next code to what follows it, and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    low: u32,
    high: u32,
    origin: u32,
    first: u32,
}

impl Range {
    fn new(low: u32, high: u32, first: u32) -> Self {
        Self { low, high, origin: low, first }
    }

    fn at(&self, code: u32) -> Option<u32> {
        self.first.checked_add(code.checked_sub(self.origin)?)
    }
}

/// What a code stands for.
#[derive(Debug, PartialEq)]
pub(in super::super) enum Text<'m> {
    Char(char),
    Str(&'m str),
}

const STRINGS: u32 = 0x11_0000;

#[derive(Clone, Copy, PartialEq)]
enum Section {
    None,
    CodeSpace,
    BfChar,
    BfRange,
    CidChar,
    CidRange,
}

impl CMap {
    pub(in super::super) fn parse(bytes: &[u8]) -> Self {
        Self::default().extended(bytes)
    }

    /// Reads a CMap that adds to this one, as by `usecmap`.
    pub(super) fn extended(mut self, bytes: &[u8]) -> Self {
        let mut tokens = Tokens::new(bytes);
        let mut section = Section::None;
        while let Some(word) = tokens.next_operator() {
            self.flush(section, &tokens);
            section = begun(word);
            if word.ends_with(b"usecmap") {
                self.base = tokens.name().map(<[u8]>::to_vec);
            } else if word == b"def" {
                self.definition(&tokens);
            }
        }
        self.flush(section, &tokens);
        self.cids = disjoint(&self.cids);
        self.texts = disjoint(&self.texts);
        self
    }

    /// Whether it maps any code to text.
    pub(in super::super) fn has_texts(&self) -> bool {
        !self.texts.is_empty()
    }

    pub(super) fn code_spaces(&self) -> Option<CodeSpaces> {
        (!self.spaces.is_empty()).then(|| CodeSpaces::new(self.spaces.clone()))
    }

    pub(in super::super) fn cid(&self, code: u32) -> Option<u32> {
        find(&self.cids, code)?.at(code)
    }

    pub(in super::super) fn text(&self, code: u32) -> Option<Text<'_>> {
        let range = find(&self.texts, code)?;
        if let Some(index) = range.first.checked_sub(STRINGS) {
            return self.strings.get(index as usize).map(|text| Text::Str(text));
        }
        range.at(code).and_then(char::from_u32).map(Text::Char)
    }

    fn definition(&mut self, tokens: &Tokens<'_>) {
        if let [.., Operand::Name(name), Operand::Number(number)] = tokens.operands.as_slice()
            && tokens.bytes_of(*name) == b"WMode"
        {
            self.vertical = *number == 1.0;
        }
    }

    fn flush(&mut self, section: Section, tokens: &Tokens<'_>) {
        let operands = tokens.operands.as_slice();
        match section {
            Section::None => {}
            Section::CodeSpace => {
                for pair in operands.chunks_exact(2) {
                    self.code_space(tokens, pair);
                }
            }
            Section::BfChar => {
                for pair in operands.chunks_exact(2) {
                    if let [Operand::Text(code), to] = pair {
                        let code = number(tokens.bytes_of(*code));
                        self.text_range(code, code, *to, tokens);
                    }
                }
            }
            Section::BfRange => self.bf_ranges(operands, tokens),
            Section::CidChar => {
                for pair in operands.chunks_exact(2) {
                    if let [Operand::Text(code), Operand::Number(cid)] = pair {
                        let code = number(tokens.bytes_of(*code));
                        self.cid_range(code, code, *cid);
                    }
                }
            }
            Section::CidRange => {
                for triple in operands.chunks_exact(3) {
                    if let [Operand::Text(low), Operand::Text(high), Operand::Number(cid)] = triple {
                        self.cid_range(number(tokens.bytes_of(*low)), number(tokens.bytes_of(*high)), *cid);
                    }
                }
            }
        }
    }

    fn code_space(&mut self, tokens: &Tokens<'_>, pair: &[Operand]) {
        if let [Operand::Text(low), Operand::Text(high)] = pair
            && let Some(space) = CodeSpace::new(tokens.bytes_of(*low), tokens.bytes_of(*high))
            && self.spaces.len() < 256
        {
            self.spaces.push(space);
        }
    }

    fn cid_range(&mut self, low: u32, high: u32, cid: f64) {
        if low <= high && self.cids.len() < MAX_ENTRIES {
            self.cids.push(Range::new(low, high, cid.max(0.0) as u32));
        }
    }

    fn bf_ranges(&mut self, operands: &[Operand], tokens: &Tokens<'_>) {
        let mut at = 0;
        while let Some([Operand::Text(low), Operand::Text(high), to]) = operands.get(at..at + 3) {
            let (low, high) = (number(tokens.bytes_of(*low)), number(tokens.bytes_of(*high)));
            at += 3;
            if *to != Operand::OpenArray {
                self.text_range(low, high, *to, tokens);
                continue;
            }
            let mut code = low;
            while let Some(item) = operands.get(at) {
                at += 1;
                if *item == Operand::CloseArray {
                    break;
                }
                if code <= high {
                    self.text_range(code, code, *item, tokens);
                }
                code = code.saturating_add(1);
            }
        }
    }

    fn text_range(&mut self, low: u32, high: u32, to: Operand, tokens: &Tokens<'_>) {
        let text = match to {
            Operand::Text(span) => utf16(tokens.bytes_of(span)),
            Operand::Name(span) => super::names::text_of_name(&String::from_utf8_lossy(tokens.bytes_of(span))),
            _ => None,
        };
        let Some(text) = text else { return };
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(first), None) => self.push(low, high, first as u32),
            (Some(_), Some(_)) => self.string_range(low, high, &text),
            (None, _) => {}
        }
    }

    /// A range whose text has several characters: the last one counts up.
    fn string_range(&mut self, low: u32, high: u32, text: &str) {
        let last = text.chars().next_back().map_or(0, |last| last as u32);
        let stem = text.get(..text.len() - text.chars().next_back().map_or(0, char::len_utf8)).unwrap_or_default();
        for code in low..=high.min(low.saturating_add(255)) {
            if self.texts.len() >= MAX_ENTRIES {
                return;
            }
            let Some(last) = char::from_u32(last.saturating_add(code - low)) else { continue };
            let Ok(index) = u32::try_from(self.strings.len()) else { return };
            self.strings.push(format!("{stem}{last}"));
            self.push(code, code, STRINGS.saturating_add(index));
        }
    }

    fn push(&mut self, low: u32, high: u32, first: u32) {
        if low <= high && self.texts.len() < MAX_ENTRIES {
            self.texts.push(Range::new(low, high, first));
        }
    }
}

fn begun(word: &[u8]) -> Section {
    [
        (&b"begincodespacerange"[..], Section::CodeSpace),
        (b"beginbfchar", Section::BfChar),
        (b"beginbfrange", Section::BfRange),
        (b"begincidchar", Section::CidChar),
        (b"begincidrange", Section::CidRange),
    ]
    .into_iter()
    .find(|(begin, _)| word.ends_with(begin))
    .map_or(Section::None, |(_, section)| section)
}

/// The same map in ranges that do not overlap, in order; of those that hold a code the one given last counts.
fn disjoint(ranges: &[Range]) -> Vec<Range> {
    let mut order: Vec<usize> = (0..ranges.len()).collect();
    order.sort_by_key(|index| ranges.get(*index).map(|range| range.low));
    let mut bounds: Vec<u32> = ranges.iter().flat_map(|range| [range.low, range.high.saturating_add(1)]).collect();
    bounds.sort_unstable();
    bounds.dedup();
    let mut begun = order.into_iter().filter_map(|index| Some((index, ranges.get(index)?))).peekable();
    // The ranges that have begun, the one given last on top.
    let mut open: BinaryHeap<usize> = BinaryHeap::new();
    let mut out: Vec<Range> = Vec::with_capacity(ranges.len());
    for (at, bound) in bounds.iter().enumerate() {
        while let Some((index, _)) = begun.next_if(|(_, range)| range.low <= *bound) {
            open.push(index);
        }
        while open.peek().and_then(|index| ranges.get(*index)).is_some_and(|range| range.high < *bound) {
            open.pop();
        }
        let Some(range) = open.peek().and_then(|index| ranges.get(*index)) else { continue };
        let high = bounds.get(at + 1).map_or(range.high, |next| (next - 1).min(range.high));
        match out.last_mut() {
            // The same range goes on.
            Some(last)
                if (last.origin, last.first) == (range.origin, range.first)
                    && last.high.checked_add(1) == Some(*bound) =>
            {
                last.high = high;
            }
            _ => out.push(Range { low: *bound, high, ..*range }),
        }
    }
    out
}

/// The range that holds the code, of ranges that do not overlap.
fn find(ranges: &[Range], code: u32) -> Option<Range> {
    let after = ranges.partition_point(|range| range.low <= code);
    ranges.get(..after)?.last().filter(|range| range.high >= code).copied()
}

/// A code as a number; codes have at most four bytes.
fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

/// Big-endian UTF-16; a single byte is taken as Latin-1, a broken surrogate is left out.
fn utf16(bytes: &[u8]) -> Option<String> {
    if let [byte] = bytes {
        return Some(char::from(*byte).to_string());
    }
    let units = bytes.chunks_exact(2).take(MAX_UNITS).map(|pair| match pair {
        [high, low] => u16::from_be_bytes([*high, *low]),
        _ => 0,
    });
    let text: String = char::decode_utf16(units).filter_map(Result::ok).collect();
    (!text.is_empty()).then_some(text)
}
