//! What a shape may be: what the reader takes it for, what looks alike, and how well its size and place fit.
//!
//! A reader of single glyphs sees no line to measure them by: `o`, `O`, `0`, `。` and `〇` are one picture to it. The
//! outline knows where the baseline is and how far the pen moves, which tells these apart.

use super::lookalikes::{SPECKS, alike, wide};
use super::places::{Form, Metrics, misfit};
use crate::ocr::SeenGlyph;

/// Marks that the reader is at a loss with are proposed with this probability.
const PROPOSED: f32 = 0.05;
/// Candidates that are so much less likely than the best, as a difference of logarithms, are dropped.
const HOPELESS: f32 = 9.0;
/// The most candidates that are kept.
const MAX_CANDIDATES: usize = 8;
/// A mark that moves the pen so far, in em, is a wide one.
const WIDE: f32 = 0.8;

/// A character that a shape may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    pub(super) char: char,
    /// The logarithm of its probability by looks alone.
    pub(super) looks: f32,
}

/// What a shape may be, the likeliest by its looks first.
pub(super) fn candidates(form: Option<&Form>, seen: &[SeenGlyph], metrics: Metrics) -> Vec<Candidate> {
    let Some(form) = form else { return vec![Candidate { char: ' ', looks: 0.0 }] };
    let mut found: Vec<Candidate> = Vec::new();
    let mut propose = |char: char, probability: f32| {
        if char.is_whitespace() || char.is_control() {
            return;
        }
        let char = if form.advance >= WIDE { wide(char) } else { char };
        let looks = probability.max(1e-6).ln() - misfit(char, form, metrics) / 2.0;
        match found.iter_mut().find(|candidate| candidate.char == char) {
            Some(candidate) => candidate.looks = candidate.looks.max(looks),
            None => found.push(Candidate { char, looks }),
        }
    };
    for glyph in seen {
        propose(glyph.text, glyph.confidence);
        alike(glyph.text, glyph.confidence).for_each(|(char, part)| propose(char, glyph.confidence * part));
    }
    if form.is_speck() {
        SPECKS.chars().for_each(|char| propose(char, PROPOSED));
    }
    found.sort_by(|a, b| b.looks.total_cmp(&a.looks));
    let best = found.first().map_or(0.0, |candidate| candidate.looks);
    found.retain(|candidate| candidate.looks > best - HOPELESS);
    found.truncate(MAX_CANDIDATES);
    found
}

#[cfg(test)]
mod tests {
    use super::super::outline::{Outline, Piece};
    use super::*;

    /// A crescent with this lower and upper edge, left edge and width, which the reader takes for `seen`.
    #[track_caller]
    fn check(seen: char, [bottom, top, left, width]: [f32; 4], advance: f32, expected: char) {
        let (right, middle) = (left + width, (bottom + top) / 2.0);
        let pieces = vec![
            Piece::Move((right, bottom)),
            Piece::Quad((left, bottom), (left, middle)),
            Piece::Quad((left, top), (right, top)),
            Piece::Line((left + width / 3.0, middle)),
        ];
        let form = Form::of(&Outline { pieces }, advance);
        let seen = [SeenGlyph { text: seen, confidence: 0.9 }];
        let found = candidates(form.as_ref(), &seen, Metrics::default());
        assert_eq!(found.first().map(|candidate| candidate.char), Some(expected), "{found:?}");
    }

    #[test]
    fn height_tells_capitals_from_small_letters() {
        check('S', [0.0, 0.46, 0.05, 0.35], 0.5, 's');
        check('S', [0.0, 0.7, 0.05, 0.4], 0.5, 'S');
        check('x', [0.0, 0.68, 0.05, 0.5], 0.6, 'X');
    }

    #[test]
    fn place_and_advance_tell_marks() {
        check('C', [-0.15, 0.75, 0.1, 0.2], 0.33, '(');
        check('C', [-0.05, 0.79, 0.6, 0.3], 1.0, '（');
        check('七', [0.0, 0.6, 0.05, 0.3], 0.35, 't');
        check('国', [-0.08, 0.8, 0.08, 0.84], 1.0, '国');
    }

    #[test]
    fn a_font_with_other_lines_is_measured_by_its_own() {
        let lines = |bottom: f32, top: f32| super::super::outline::Bounds { left: 0.0, bottom, right: 0.5, top };
        let anchors =
            [('A', lines(0.1, 0.9)), ('B', lines(0.1, 0.9)), ('a', lines(0.1, 0.63)), ('e', lines(0.1, 0.63))];
        let metrics = Metrics::fit(&anchors);
        let small = misfit('s', &form(0.1, 0.63), metrics);
        let large = misfit('S', &form(0.1, 0.63), metrics);
        assert!(small < large, "{small} {large}");
    }

    fn form(bottom: f32, top: f32) -> Form {
        let pieces = vec![Piece::Move((0.0, bottom)), Piece::Quad((0.4, bottom), (0.4, top)), Piece::Line((0.0, top))];
        Form::of(&Outline { pieces }, 0.5).expect("it has ink")
    }
}
