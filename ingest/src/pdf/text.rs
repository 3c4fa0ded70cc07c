//! The text state and the text-showing operators (PDF 32000-1, 9.3 and 9.4).

use super::content::Mark;
use super::font::Font;
use super::matrix::Matrix;
use super::token::Tokens;

/// The parameters of the text state, and the text and line matrices.
#[derive(Clone, Copy)]
pub(super) struct TextState {
    /// Index of the font.
    pub(super) font: Option<u32>,
    pub(super) size: f64,
    char_space: f64,
    word_space: f64,
    /// Horizontal scaling, 1 for 100 %.
    scale: f64,
    leading: f64,
    rise: f64,
    mode: i32,
    matrix: Matrix,
    line: Matrix,
}

impl Default for TextState {
    fn default() -> Self {
        Self {
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            matrix: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
        }
    }
}

impl TextState {
    /// The operators that set the state or move the pen; others are none of ours.
    pub(super) fn operator(&mut self, operator: &[u8], tokens: &Tokens<'_>) {
        let number = tokens.number(0);
        match operator {
            b"BT" => (self.matrix, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            b"Td" => self.move_line(tokens),
            b"TD" => {
                self.leading = number.map_or(self.leading, |y| -y);
                self.move_line(tokens);
            }
            b"Tm" => {
                if let Some(numbers) = tokens.numbers::<6>() {
                    self.line = Matrix::new(numbers);
                    self.matrix = self.line;
                }
            }
            b"T*" => self.next_line(),
            b"Tc" => self.char_space = number.unwrap_or(self.char_space),
            b"Tw" => self.word_space = number.unwrap_or(self.word_space),
            b"Tz" => self.scale = number.map_or(self.scale, |percent| percent / 100.0),
            b"TL" => self.leading = number.unwrap_or(self.leading),
            b"Ts" => self.rise = number.unwrap_or(self.rise),
            b"Tr" => self.mode = number.map_or(self.mode, |mode| mode as i32),
            _ => {}
        }
    }

    fn move_line(&mut self, tokens: &Tokens<'_>) {
        if let Some([x, y]) = tokens.numbers::<2>() {
            self.line = Matrix::translation(x, y).then(self.line);
            self.matrix = self.line;
        }
    }

    pub(super) fn next_line(&mut self) {
        self.line = Matrix::translation(0.0, -self.leading).then(self.line);
        self.matrix = self.line;
    }

    /// The word and character spacing that the operator `"` sets before it shows its string.
    pub(super) fn set_spacing(&mut self, tokens: &Tokens<'_>) {
        self.word_space = tokens.number(2).unwrap_or(self.word_space);
        self.char_space = tokens.number(1).unwrap_or(self.char_space);
    }

    /// Takes over the matrices of another state.
    pub(super) fn keep_matrices(&mut self, other: &Self) {
        (self.matrix, self.line) = (other.matrix, other.line);
    }

    /// A number in the array of `TJ`: thousandths of the font size to go back.
    pub(super) fn adjust(&mut self, font: &Font, thousandths: f64) {
        let back = -thousandths / 1000.0 * self.size;
        let (x, y) = if font.vertical { (0.0, back) } else { (back * self.scale, 0.0) };
        self.matrix = Matrix::translation(x, y).then(self.matrix);
    }

    /// Shows a string: moves the pen over it and, unless it is hidden, puts down its glyphs.
    pub(super) fn show(&mut self, font: &mut Font, bytes: &[u8], ctm: Matrix, marks: Option<&mut Vec<Mark>>) {
        let Some(index) = self.font else { return };
        let matrix = self.matrix.then(ctm);
        if !matrix.is_finite() {
            return;
        }
        let pen = Pen::new(self, font, matrix, index);
        let mut along = 0.0;
        let mut rest = bytes;
        let mut marks = marks;
        while let Some((code, length)) = font.next_code(rest) {
            rest = rest.get(length..).unwrap_or_default();
            let entry = font.entry(code, length);
            let spacing = self.char_space + if code == 32 && length == 1 { self.word_space } else { 0.0 };
            let own = if font.vertical {
                f64::from(font.vertical_advance(code, length)) * font.unit * self.size
            } else {
                f64::from(entry.width) * font.unit * self.size * self.scale
            };
            if let Some(marks) = marks.as_deref_mut() {
                marks.push(pen.mark(code, along, own));
            }
            along += own + if font.vertical { spacing } else { spacing * self.scale };
        }
        let (x, y) = if font.vertical { (0.0, along) } else { (along, 0.0) };
        self.matrix = Matrix::translation(x, y).then(self.matrix);
    }
}

/// What the glyphs of one string have in common.
struct Pen {
    font: u32,
    /// The unit of writing in displayed coordinates.
    direction: (f64, f64),
    origin: (f64, f64),
    size: f32,
    angle: i16,
    stroked: bool,
}

impl Pen {
    fn new(state: &TextState, font: &Font, matrix: Matrix, index: u32) -> Self {
        let up = matrix.apply_vector(0.0, state.size);
        let direction = if font.vertical { matrix.apply_vector(0.0, 1.0) } else { matrix.apply_vector(1.0, 0.0) };
        // Vertical advances are negative, and so are sizes that mirror the text.
        let forward = if font.vertical { -1.0 } else { (state.size * state.scale).signum() };
        let angle = (direction.1 * forward).atan2(direction.0 * forward).to_degrees().round();
        Self {
            font: index,
            direction,
            origin: matrix.apply(0.0, state.rise),
            size: (up.0.hypot(up.1) * font.em) as f32,
            angle: (angle as i16).rem_euclid(360),
            stroked: state.mode == 2,
        }
    }

    fn mark(&self, code: u32, along: f64, own: f64) -> Mark {
        Mark {
            font: self.font,
            code,
            x: (self.origin.0 + self.direction.0 * along) as f32,
            y: (self.origin.1 + self.direction.1 * along) as f32,
            dx: (self.direction.0 * own) as f32,
            dy: (self.direction.1 * own) as f32,
            size: self.size,
            angle: self.angle,
            stroked: self.stroked,
        }
    }
}
