//! Whether two keys are almost the same.

use crate::analysis::is_unspaced;

/// No more edits than so many are forgiven.
pub(super) const MOST_EDITS: usize = 2;
/// Longer keys are not compared: in so many characters a slip is better found by a part without it.
const LONGEST: usize = 100;

/// What of a key shows quickly that another is too far from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// The characters that occur, each by one of 64 bits.
    characters: u64,
    /// The pairs of neighbours that occur, each by one of 64 bits.
    pairs: u64,
    /// In characters, at most 65,535.
    length: u16,
    /// Whether there is a Chinese character.
    is_han: bool,
}

impl Shape {
    pub(super) fn of(key: &str) -> Self {
        let mut shape = Self::default();
        let mut last = 0;
        for c in key.chars() {
            // Letters have a bit each; the others share what is left by their numbers.
            shape.characters |= 1 << (u32::from(c) & 63);
            shape.pairs |= 1 << ((u32::from(c) ^ (last * 31)) & 63);
            last = u32::from(c) & 0xffff;
            shape.length = shape.length.saturating_add(1);
            shape.is_han |= is_unspaced(c);
        }
        shape
    }

    /// In how many edits the two may differ and still be taken for the same: one character in Chinese designations of
    /// three or more; one in four letters, two in eight.
    pub(super) fn forgiven(self, query: Self) -> usize {
        let forgiven = match query.length {
            _ if self.is_han != query.is_han || usize::from(query.length) > LONGEST => 0,
            _ if self.is_han => usize::from(self.length > 2 && query.length > 1),
            8.. => 2,
            4.. => 1,
            _ => 0,
        };
        // An edit puts at most one character in place of another, and a swap three pairs in place of three.
        let characters = (self.characters ^ query.characters).count_ones() as usize;
        let pairs = (self.pairs ^ query.pairs).count_ones() as usize;
        let is_near = usize::from(self.length.abs_diff(query.length)) <= forgiven
            && characters <= 2 * forgiven
            && pairs <= 6 * forgiven;
        if is_near { forgiven } else { 0 }
    }
}

/// How many characters have to be put in, left out, changed, or swapped with the next to make one of the other, where
/// that is at most `most` (Damerau's four; no stretch is edited twice: the optimal string alignment distance).
pub(crate) fn distance(one: &[char], other: &[char], most: usize) -> Option<usize> {
    let most = most.min(MOST_EDITS);
    if one.len().abs_diff(other.len()) > most || one.len().min(other.len()) > LONGEST {
        return None;
    }
    // Only a band around the diagonal can stay within `most`: cell `c` of a row stands for column `row + c - most`.
    const FAR: usize = MOST_EDITS + 1;
    const BAND: usize = 2 * MOST_EDITS + 3;
    let at = |row: &[usize; BAND], cell: Option<usize>| cell.and_then(|cell| row.get(cell)).copied().unwrap_or(FAR);
    let (mut before_last, mut last) = ([FAR; BAND], [FAR; BAND]);
    for row in 0..=one.len() {
        let mut current = [FAR; BAND];
        let mut least = FAR;
        for cell in 0..=2 * most {
            let Some(column) = (row + cell).checked_sub(most).filter(|&column| column <= other.len()) else { continue };
            let value = if row == 0 {
                column
            } else if column == 0 {
                row
            } else {
                let same = one.get(row - 1) == other.get(column - 1);
                let changed = at(&last, Some(cell)) + usize::from(!same);
                let left_out = at(&last, Some(cell + 1)) + 1;
                let put_in = at(&current, cell.checked_sub(1)) + 1;
                let is_swap = row > 1
                    && column > 1
                    && one.get(row - 1) == other.get(column - 2)
                    && one.get(row - 2) == other.get(column - 1);
                let swapped = if is_swap { at(&before_last, Some(cell)) + 1 } else { FAR };
                changed.min(left_out).min(put_in).min(swapped)
            };
            let value = value.min(FAR);
            least = least.min(value);
            if let Some(slot) = current.get_mut(cell) {
                *slot = value;
            }
        }
        if least > most {
            return None;
        }
        (before_last, last) = (last, current);
    }
    let cell = (other.len() + most).checked_sub(one.len());
    Some(at(&last, cell)).filter(|&edits| edits <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    /// The whole table, as the definition has it.
    pub(crate) fn whole_table(one: &[char], other: &[char]) -> usize {
        let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
        for i in 0..=one.len() {
            for j in 0..=other.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let mut best = table[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
                    best = best.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                        best = best.min(table[i - 2][j - 2] + 1);
                    }
                    best
                };
            }
        }
        table[one.len()][other.len()]
    }

    #[track_caller]
    fn check(one: &str, other: &str, expected: usize) {
        let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
        let expected = Some(expected).filter(|&edits| edits <= MOST_EDITS);
        assert_eq!(distance(&one, &other, MOST_EDITS), expected);
        assert_eq!(distance(&other, &one, MOST_EDITS), expected);
    }

    #[test]
    fn edits_count_one_each() {
        check("harbour", "harbour", 0);
        check("harbour", "harbor", 1);
        check("harbour", "harbuor", 1);
        check("harbour", "barbours", 2);
        check("harbour", "labour", 2);
        check("harbour", "armour", 2);
        check("harbour", "tumour", 3);
        check("", "ab", 2);
        check("水质监测", "水质检测", 1);
    }

    proptest! {
        #[test]
        fn the_band_gives_what_the_table_gives(one in "[ab]{0,8}", other in "[abc]{0,8}", most in 0..=MOST_EDITS) {
            let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
            let expected = Some(whole_table(&one, &other)).filter(|&edits| edits <= most);
            prop_assert_eq!(distance(&one, &other, most), expected);
        }

        #[test]
        fn shapes_never_hide_what_is_near(one in "[a-e数字]{0,12}", other in "[a-e数字]{0,12}") {
            let (shape, query) = (Shape::of(&one), Shape::of(&other));
            let far = Shape { characters: query.characters, pairs: query.pairs, ..shape };
            let allowed = far.forgiven(query);
            let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
            if whole_table(&a, &b) <= allowed {
                prop_assert_eq!(shape.forgiven(query), allowed);
            }
        }
    }
}
