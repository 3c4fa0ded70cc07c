//! Rules: the straight lines along the page's edges that tables are drawn with (PDF 32000-1, 8.5).

use corpus::document::Rect;

use super::matrix::Matrix;
use super::token::Tokens;

/// What is filled is a rule when it is no thicker, in points.
const THICK: f32 = 3.0;
/// Shorter pieces are parts of drawings, in points.
const SHORT: f32 = 4.0;
/// A line that leaves its direction by more is no rule, in points.
const SLANT: f32 = 0.8;
/// Longer paths are drawings, and so are pages with more rules.
const MAX_PATH: usize = 512;
const MAX_RULES: usize = 6_000;

/// The path under construction and the rules that paths before it left on the page.
#[derive(Default)]
pub(super) struct Rules {
    found: Vec<Rect>,
    /// Straight pieces of the path, on the displayed page.
    path: Vec<Rect>,
    /// Rectangles of the path.
    boxes: Vec<Rect>,
    at: (f64, f64),
    start: (f64, f64),
}

impl Rules {
    /// Whether an operator builds or paints a path.
    pub(super) fn takes(operator: &[u8]) -> bool {
        matches!(
            operator,
            b"m" | b"l"
                | b"re"
                | b"h"
                | b"c"
                | b"v"
                | b"y"
                | b"S"
                | b"s"
                | b"n"
                | b"f"
                | b"F"
                | b"f*"
                | b"B"
                | b"B*"
                | b"b"
                | b"b*"
        )
    }

    /// The rules, as rectangles on the displayed page that have hardly any width or hardly any height.
    pub(super) fn found(&self) -> &[Rect] {
        if self.found.len() < MAX_RULES { &self.found } else { &[] }
    }

    pub(super) fn operator(&mut self, operator: &[u8], tokens: &Tokens<'_>, ctm: Matrix) {
        match operator {
            b"m" => {
                if let Some([x, y]) = tokens.numbers::<2>() {
                    self.at = ctm.apply(x, y);
                    self.start = self.at;
                }
            }
            b"l" => {
                if let Some([x, y]) = tokens.numbers::<2>() {
                    self.line_to(ctm.apply(x, y));
                }
            }
            b"re" => {
                if let Some([x, y, width, height]) = tokens.numbers::<4>() {
                    self.rectangle(ctm.apply(x, y), ctm.apply(x + width, y + height));
                }
            }
            b"c" | b"v" | b"y" => {
                if let Some([x, y]) = tokens.numbers::<2>() {
                    self.at = ctm.apply(x, y);
                }
            }
            b"h" => self.line_to(self.start),
            b"S" | b"s" => self.stroke(),
            b"f" | b"F" | b"f*" => self.fill(),
            b"B" | b"B*" | b"b" | b"b*" => {
                self.fill();
                self.stroke();
            }
            _ => {}
        }
        if !matches!(operator, b"m" | b"l" | b"re" | b"h" | b"c" | b"v" | b"y") {
            self.path.clear();
            self.boxes.clear();
        }
    }

    fn line_to(&mut self, to: (f64, f64)) {
        if self.path.len() < MAX_PATH {
            self.path.push(spanned(self.at, to));
        }
        self.at = to;
    }

    fn rectangle(&mut self, from: (f64, f64), to: (f64, f64)) {
        if self.boxes.len() < MAX_PATH {
            self.boxes.push(spanned(from, to));
        }
        (self.at, self.start) = (from, from);
    }

    fn stroke(&mut self) {
        for piece in std::mem::take(&mut self.path) {
            if piece.width().min(piece.height()) <= SLANT {
                self.keep(piece);
            }
        }
        for Rect { x0, y0, x1, y1 } in std::mem::take(&mut self.boxes) {
            self.keep(Rect { x0, y0, x1, y1: y0 });
            self.keep(Rect { x0, y0: y1, x1, y1 });
            self.keep(Rect { x0, y0, x1: x0, y1 });
            self.keep(Rect { x0: x1, y0, x1, y1 });
        }
    }

    fn fill(&mut self) {
        let drawn = self.path.len() >= 3;
        let outline = self.path.iter().copied().reduce(Rect::union).filter(|_| drawn && self.path.len() <= 5);
        let thin: Vec<Rect> = self.boxes.iter().copied().chain(outline).filter(is_thin).collect();
        thin.into_iter().for_each(|rule| self.keep(rule));
    }

    fn keep(&mut self, rule: Rect) {
        if self.found.len() < MAX_RULES && rule.width().max(rule.height()) >= SHORT {
            self.found.push(rule);
        }
    }
}

fn is_thin(rect: &Rect) -> bool {
    rect.width().min(rect.height()) <= THICK
}

fn spanned(from: (f64, f64), to: (f64, f64)) -> Rect {
    Rect {
        x0: from.0.min(to.0) as f32,
        y0: from.1.min(to.1) as f32,
        x1: from.0.max(to.0) as f32,
        y1: from.1.max(to.1) as f32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(content: &[u8], wanted: &[(f32, f32, f32, f32)]) {
        let mut rules = Rules::default();
        let mut tokens = Tokens::new(content);
        while let Some(operator) = tokens.next_operator() {
            if Rules::takes(operator) {
                rules.operator(operator, &tokens, Matrix::IDENTITY);
            }
        }
        let found: Vec<_> = rules.found().iter().map(|rule| (rule.x0, rule.y0, rule.x1, rule.y1)).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn straight_lines_that_are_painted_are_rules() {
        check(b"10 20 m 90 20 l S", &[(10.0, 20.0, 90.0, 20.0)]);
        check(b"10 20 80 1 re f", &[(10.0, 20.0, 90.0, 21.0)]);
        check(b"10 20 m 90 20 l 90 21 l 10 21 l h f", &[(10.0, 20.0, 90.0, 21.0)]);
        check(
            b"0 0 8 9 re S",
            &[(0.0, 0.0, 8.0, 0.0), (0.0, 9.0, 8.0, 9.0), (0.0, 0.0, 0.0, 9.0), (8.0, 0.0, 8.0, 9.0)],
        );
    }

    #[test]
    fn clips_slants_shades_and_specks_are_none() {
        check(b"10 20 80 60 re W n 10 20 m 90 60 l S 10 20 80 60 re f 1 1 m 2 1 l S", &[]);
    }
}
