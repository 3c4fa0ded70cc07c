//! The tokens of a content stream (PDF 32000-1, 7.2 and 7.8.2): operands gathered until an operator stands.

/// A span of [`Tokens::scratch`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    start: usize,
    end: usize,
}

/// An operand. Arrays and dictionaries are flat: their items stand between an opening and a closing mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Operand {
    Number(f64),
    Name(Span),
    Text(Span),
    OpenArray,
    CloseArray,
    OpenDict,
    CloseDict,
    Other,
}

/// More operands than this before an operator are dropped from the front.
const MAX_OPERANDS: usize = 1 << 20;

/// Reads a content stream operator by operator.
pub(super) struct Tokens<'c> {
    bytes: &'c [u8],
    at: usize,
    /// Where parts of the content were joined by a line end.
    joints: &'c [usize],
    pub(super) operands: Vec<Operand>,
    scratch: Vec<u8>,
}

impl<'c> Tokens<'c> {
    pub(super) fn new(bytes: &'c [u8]) -> Self {
        Self::joined(bytes, &[])
    }

    /// Reads content that was put together of parts, which may end within a string.
    pub(super) fn joined(bytes: &'c [u8], joints: &'c [usize]) -> Self {
        Self { bytes, at: 0, joints, operands: Vec::with_capacity(64), scratch: Vec::with_capacity(256) }
    }

    /// The bytes of a name or text operand of the present operator.
    pub(super) fn bytes_of(&self, span: Span) -> &[u8] {
        self.scratch.get(span.start..span.end).unwrap_or_default()
    }

    /// The operand as a number, counted from the last: 0 is the one that stands before the operator.
    pub(super) fn number(&self, from_last: usize) -> Option<f64> {
        match self.operands.iter().rev().nth(from_last)? {
            Operand::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The last `N` operands, which must be numbers.
    pub(super) fn numbers<const N: usize>(&self) -> Option<[f64; N]> {
        let mut numbers = [0.0; N];
        for (index, number) in numbers.iter_mut().enumerate() {
            *number = self.number(N - 1 - index)?;
        }
        Some(numbers)
    }

    /// The last operand where it is a name.
    pub(super) fn name(&self) -> Option<&[u8]> {
        match self.operands.last()? {
            Operand::Name(span) => Some(self.bytes_of(*span)),
            _ => None,
        }
    }

    /// The next operator, its operands in [`Tokens::operands`]; `None` at the end.
    pub(super) fn next_operator(&mut self) -> Option<&'c [u8]> {
        self.operands.clear();
        self.scratch.clear();
        loop {
            let byte = *self.bytes.get(self.at)?;
            match CLASS[usize::from(byte)] {
                Class::Space => self.at += 1,
                Class::Number => self.number_token(),
                Class::Regular => {
                    let word = self.word();
                    match word {
                        b"true" | b"false" | b"null" => self.push(Operand::Other),
                        _ => return Some(word),
                    }
                }
                Class::Delimiter => self.delimited(byte),
            }
        }
    }

    /// Jumps over the data of an inline image, to behind its `EI`. The operands are the image's dictionary.
    pub(super) fn skip_inline_image(&mut self) {
        // One white-space byte separates ID from the data.
        let start = self.at.saturating_add(1);
        let mut at = start;
        while let Some(rest) = self.bytes.get(at..) {
            let Some(found) = rest.windows(2).position(|pair| pair == b"EI") else { break };
            let mark = at + found;
            if self.ends_inline_image(mark, start) {
                self.at = mark + 2;
                return;
            }
            at = mark + 1;
        }
        self.at = self.bytes.len();
    }

    /// An `EI` after which text follows, not more image data. Where no white space stands before it, it must be the
    /// beginning of an operator or operand that follows.
    fn ends_inline_image(&self, mark: usize, start: usize) -> bool {
        let apart = mark == start || self.bytes.get(mark.wrapping_sub(1)).is_some_and(|b| is_space(*b));
        let following = self.bytes.get(mark + 2..).unwrap_or_default();
        let following = following.get(..following.len().min(12)).unwrap_or_default();
        // A string may hold any byte.
        let following = following.split(|b| matches!(b, b'(' | b'<')).next().unwrap_or_default();
        following.first().is_none_or(|b| is_space(*b))
            && following.iter().all(|b| matches!(b, b'\t' | b'\n' | 0x0c | b'\r' | 0x20..=0x7e))
            && (apart || begins_operator(following))
    }

    fn push(&mut self, operand: Operand) {
        if self.operands.len() >= MAX_OPERANDS {
            self.operands.clear();
        }
        self.operands.push(operand);
    }

    fn word(&mut self) -> &'c [u8] {
        let start = self.at;
        while let Some(byte) = self.bytes.get(self.at)
            && matches!(CLASS[usize::from(*byte)], Class::Regular | Class::Number)
        {
            self.at += 1;
        }
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    /// A number as found in the wild: `-.5`, `5.`, `--3`, `1-2` (read as 1).
    fn number_token(&mut self) {
        let word = self.word();
        let (mut value, mut scale, mut negative, mut fraction) = (0.0_f64, 1.0_f64, false, false);
        for (index, byte) in word.iter().enumerate() {
            match byte {
                b'0'..=b'9' => {
                    value = value * 10.0 + f64::from(byte - b'0');
                    if fraction {
                        scale *= 10.0;
                    }
                }
                b'.' if !fraction => fraction = true,
                b'-' if index == 0 => negative = true,
                b'-' | b'+' if value == 0.0 && !fraction => {}
                // An operator that stands against its operand, as in `12Td`.
                b'A'..=b'Z' | b'a'..=b'z' => {
                    self.at -= word.len() - index;
                    break;
                }
                _ => break,
            }
        }
        let value = if negative { -value / scale } else { value / scale };
        self.push(if value.is_finite() { Operand::Number(value) } else { Operand::Number(0.0) });
    }

    fn delimited(&mut self, byte: u8) {
        self.at += 1;
        match (byte, self.bytes.get(self.at)) {
            (b'/', _) => self.name_token(),
            (b'(', _) => self.literal(),
            (b'<', Some(b'<')) => self.mark(Operand::OpenDict),
            (b'>', Some(b'>')) => self.mark(Operand::CloseDict),
            (b'<', _) => self.hexadecimal(),
            (b'[', _) => self.push(Operand::OpenArray),
            (b']', _) => self.push(Operand::CloseArray),
            (b'%', _) => self.comment(),
            _ => {}
        }
    }

    fn mark(&mut self, operand: Operand) {
        self.at += 1;
        self.push(operand);
    }

    fn comment(&mut self) {
        while self.bytes.get(self.at).is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn name_token(&mut self) {
        let word = self.word();
        let start = self.scratch.len();
        let mut at = 0;
        while let Some(byte) = word.get(at) {
            let escaped = (*byte == b'#').then(|| Some(hex(*word.get(at + 1)?)? << 4 | hex(*word.get(at + 2)?)?));
            match escaped.flatten() {
                Some(byte) => {
                    self.scratch.push(byte);
                    at += 3;
                }
                None => {
                    self.scratch.push(*byte);
                    at += 1;
                }
            }
        }
        let end = self.scratch.len();
        self.push(Operand::Name(Span { start, end }));
    }

    fn literal(&mut self) {
        let start = self.scratch.len();
        let mut depth = 1_u32;
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'\\' => self.escape(),
                b'(' => {
                    depth += 1;
                    self.scratch.push(byte);
                }
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                    self.scratch.push(byte);
                }
                b'\n' if self.joints.binary_search(&(self.at - 1)).is_ok() => {}
                _ => self.scratch.push(byte),
            }
        }
        let end = self.scratch.len();
        self.push(Operand::Text(Span { start, end }));
    }

    fn escape(&mut self) {
        let Some(byte) = self.bytes.get(self.at).copied() else { return };
        self.at += 1;
        match byte {
            b'n' => self.scratch.push(b'\n'),
            b'r' => self.scratch.push(b'\r'),
            b't' => self.scratch.push(b'\t'),
            b'b' => self.scratch.push(8),
            b'f' => self.scratch.push(12),
            b'\n' => {}
            b'\r' => {
                if self.bytes.get(self.at) == Some(&b'\n') {
                    self.at += 1;
                }
            }
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.bytes.get(self.at).copied() else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                self.scratch.push((code & 0xff) as u8);
            }
            _ => self.scratch.push(byte),
        }
    }

    fn hexadecimal(&mut self) {
        let start = self.scratch.len();
        let mut high: Option<u8> = None;
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            let Some(digit) = hex(byte) else { continue };
            match high.take() {
                Some(first) => self.scratch.push(first << 4 | digit),
                None => high = Some(digit),
            }
        }
        if let Some(first) = high {
            self.scratch.push(first << 4);
        }
        let end = self.scratch.len();
        self.push(Operand::Text(Span { start, end }));
    }
}

/// Whether the text begins with what stands after an inline image: a short operator, a number, a name, or nothing.
fn begins_operator(text: &[u8]) -> bool {
    let word = text.split(|b| is_space(*b)).find(|word| !word.is_empty()).unwrap_or_default();
    let number = || word.iter().all(|b| CLASS[usize::from(*b)] == Class::Number);
    let operator = || word.len() <= 3 && word.iter().all(|b| b.is_ascii_alphabetic() || *b == b'*');
    matches!(word, [] | [b'/' | b'[', ..]) || number() || operator()
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Space,
    Delimiter,
    Number,
    Regular,
}

static CLASS: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut classes = [Class::Regular; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ' => Class::Space,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%' => Class::Delimiter,
            b'0'..=b'9' | b'+' | b'-' | b'.' => Class::Number,
            _ => Class::Regular,
        };
        byte += 1;
    }
    classes
}

pub(super) fn is_space(byte: u8) -> bool {
    CLASS[usize::from(byte)] == Class::Space
}

/// The value of a hexadecimal digit.
pub(super) fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}
