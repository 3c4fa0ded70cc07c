//! Where the passages of a document begin, as the index keeps it: one short string of bytes a document.

use crate::analysis::{Analysis, STEP};
use crate::document::Passage;

/// A passage in the text of its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PassageAt {
    /// The position of its first token.
    pub(crate) start: u32,
    /// The index of its block.
    pub(crate) block: u64,
    /// The page where it begins.
    pub(crate) page: u32,
}

/// The table of a document whose title and passages were analysed as one text.
pub(crate) fn table(analysis: &Analysis, passages: &[Passage]) -> Vec<u8> {
    let position = |token: usize| analysis.tokens.get(token).map(|token| token.position);
    let end = analysis.tokens.last().map_or(0, |token| token.position + STEP);
    let mut bytes = Vec::with_capacity(passages.len() * 4 + 4);
    push(&mut bytes, u64::from(end));
    let mut last = PassageAt { start: 0, block: 0, page: 0 };
    for (passage, &first) in passages.iter().zip(&analysis.breaks) {
        let start = position(first).unwrap_or(end);
        push(&mut bytes, u64::from(start.saturating_sub(last.start)));
        push(&mut bytes, signed(passage.block as u64, last.block));
        push(&mut bytes, signed(u64::from(passage.page), u64::from(last.page)));
        last = PassageAt { start, block: passage.block as u64, page: passage.page };
    }
    bytes
}

/// The position after the last token of the document.
pub(crate) fn end(mut bytes: &[u8]) -> u32 {
    u32::try_from(pull(&mut bytes)).unwrap_or(u32::MAX)
}

/// The passages of a table, in order. What is cut short ends early.
pub(crate) fn read(mut bytes: &[u8]) -> impl Iterator<Item = PassageAt> + '_ {
    let _end = pull(&mut bytes);
    let mut last = PassageAt { start: 0, block: 0, page: 0 };
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let start = last.start.saturating_add(u32::try_from(pull(&mut bytes)).unwrap_or(u32::MAX));
        let block = plain(pull(&mut bytes), last.block);
        let page = u32::try_from(plain(pull(&mut bytes), u64::from(last.page))).unwrap_or(u32::MAX);
        last = PassageAt { start, block, page };
        Some(last)
    })
}

/// The difference to the number before, small whichever way it goes.
fn signed(number: u64, before: u64) -> u64 {
    let difference = number.wrapping_sub(before).cast_signed();
    ((difference << 1) ^ (difference >> 63)).cast_unsigned()
}

fn plain(signed: u64, before: u64) -> u64 {
    let difference = (signed >> 1) ^ (signed & 1).wrapping_neg();
    before.wrapping_add(difference)
}

/// Writes a number, seven bits a byte, the lowest first.
fn push(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn pull(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let Some((&byte, rest)) = bytes.split_first() else { break };
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            break;
        }
    }
    number
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::{PASSAGE_END, analyse_passages};

    #[test]
    fn a_passage_begins_at_its_first_token() {
        let passage = |block, page, text: &str| Passage { block, page, text: text.to_owned() };
        let passages = [passage(0, 1, "算力。"), passage(3, 1, "——"), passage(4, 2, "data sets")];
        let text = format!("标题{PASSAGE_END}算力。{PASSAGE_END}——{PASSAGE_END}data sets");
        let analysis = analyse_passages(&text);
        let starts: Vec<_> = read(&table(&analysis, &passages)).map(|at| (at.start, at.block, at.page)).collect();
        assert_eq!(starts, [(7, 0, 1), (14, 3, 1), (14, 4, 2)]);
        assert_eq!(end(&table(&analysis, &passages)), 18);
    }

    proptest! {
        #[test]
        fn numbers_come_back(numbers in prop::collection::vec(any::<u64>(), 0..8)) {
            let mut bytes = Vec::new();
            let mut last = 0;
            for &number in &numbers {
                push(&mut bytes, signed(number, last));
                last = number;
            }
            let mut rest = bytes.as_slice();
            let mut last = 0;
            for number in numbers {
                last = plain(pull(&mut rest), last);
                prop_assert_eq!(last, number);
            }
        }
    }
}
