//! Where the characters of a line end, kept in little room.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// For each character of a line, how far its end lies from the start of the line's box along the direction of writing.
///
/// Kept as text, since every reader of a document reads it and few ask for it: the distances from each end to the
/// next in tenths of a point, parted by commas; `105*38` stands for 38 characters that are 10.5 points wide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Ends(String);

/// No line has more characters; what comes after in a damaged store is left out.
const MOST: usize = 100_000;

impl Ends {
    /// Keeps ends, in points, each not before the one before it.
    pub fn of(ends: &[f32]) -> Self {
        use std::fmt::Write as _;
        let mut text = String::new();
        let (mut last, mut run) = (0_i32, (0_i32, 0_usize));
        let mut write = |(width, count): (i32, usize)| {
            let comma = if text.is_empty() { "" } else { "," };
            // Writing to a string cannot fail.
            let _ = match count {
                0 => Ok(()),
                1 => write!(text, "{comma}{width}"),
                _ => write!(text, "{comma}{width}*{count}"),
            };
        };
        for end in ends.iter().take(MOST) {
            // The cast saturates, and what is not a number becomes 0.
            let end = ((end * 10.0).round() as i32).max(last);
            let width = end.saturating_sub(last);
            last = end;
            if run.0 == width {
                run.1 += 1;
            } else {
                write(std::mem::replace(&mut run, (width, 1)));
            }
        }
        write(run);
        Self(text)
    }

    /// The ends, in points; none where they are not known.
    pub fn points(&self) -> Vec<f32> {
        let mut ends = Vec::new();
        let mut last = 0_i32;
        for part in self.0.split(',').filter(|part| !part.is_empty()) {
            let (width, count) = part.split_once('*').unwrap_or((part, "1"));
            let (Ok(width), Ok(count)) = (width.parse::<i32>(), count.parse::<usize>()) else { return Vec::new() };
            for _ in 0..count.min(MOST.saturating_sub(ends.len())) {
                last = last.saturating_add(width.max(0));
                ends.push(last as f32 / 10.0);
            }
        }
        ends
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The ends without those of the characters of a range, which have been taken out of the line.
    pub fn without(&self, range: std::ops::Range<usize>) -> Self {
        let ends = self.points();
        let kept = ends.iter().enumerate().filter(|(at, _)| !range.contains(at)).map(|(_, end)| *end);
        Self::of(&kept.collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(ends: &[f32], written: &str) {
        let kept = Ends::of(ends);
        assert_eq!(kept.0, written);
        assert_eq!(kept.points(), ends);
    }

    #[test]
    fn ends_take_little_room() {
        check(&[], "");
        check(&[10.5, 21.0, 31.5], "105*3");
        check(&[4.0, 4.0, 9.5, 15.0], "40,0,55*2");
    }

    #[test]
    fn what_is_taken_out_is_gone() {
        let ends = Ends::of(&[4.0, 8.0, 13.0]);
        assert_eq!(ends.without(1..2).points(), [4.0, 13.0]);
    }

    #[test]
    fn damaged_ends_are_none() {
        for text in ["x", "1,2*x", "*"] {
            assert!(Ends(text.to_owned()).points().is_empty(), "{text}");
        }
        assert_eq!(Ends("1*99999999999".to_owned()).points().len(), MOST);
        assert_eq!(Ends("2147483647,2147483647,-5".to_owned()).points().len(), 3);
    }

    proptest! {
        #[test]
        fn ends_come_back_to_a_tenth(widths in prop::collection::vec(0.0..40_f32, 0..80)) {
            let ends: Vec<f32> = widths.iter().scan(0.0, |sum, width| { *sum += width; Some(*sum) }).collect();
            let back = Ends::of(&ends).points();
            prop_assert_eq!(back.len(), ends.len());
            prop_assert!(back.iter().zip(&ends).all(|(back, end)| (back - end).abs() < 0.051));
            prop_assert!(back.is_sorted());
        }
    }
}
