//! Two texts near each other, in one passage.

use tantivy::{DocId, SegmentReader, TantivyError};

use super::exact::Exact;
use super::plan::Near;
use super::rows::SegmentRows;

/// Calls `met` for each row of a segment, given with its number, where the texts stand near each other, with where the left one does so.
///
/// With `only`, ascending, other rows are passed over.
pub(super) fn each_near(
    (segment, number): (&SegmentReader, usize),
    rows: &SegmentRows,
    near: &Near,
    only: Option<&[DocId]>,
    mut met: impl FnMut(DocId, &[u32]),
) -> Result<(), TantivyError> {
    let sides = (Exact::new(segment, number, &near.left, true)?, Exact::new(segment, number, &near.right, true)?);
    let (Some(mut left), Some(mut right)) = sides else { return Ok(()) };
    let mut target = 0;
    loop {
        if let Some(only) = only {
            let next = only.partition_point(|&row| row < target);
            let Some(&row) = only.get(next) else { return Ok(()) };
            target = row;
        }
        let Some(row) = left.align(target) else { return Ok(()) };
        let Some(other) = right.align(row) else { return Ok(()) };
        if other > row || row > target && only.is_some() {
            target = other.max(row);
            continue;
        }
        target = row + 1;
        if left.frequency(row) > 0 && right.frequency(row) > 0 {
            let meetings = meetings(near, left.starts(), right.starts(), rows.starts(row).0);
            if !meetings.is_empty() {
                met(row, &meetings);
            }
        }
    }
}

/// The places of the left text that have a place of the right one within reach, before or after, in the same passage.
fn meetings(near: &Near, left: &[u32], right: &[u32], passages: &[u32]) -> Vec<u32> {
    let passage = |position: u32| passages.partition_point(|&start| start <= position);
    let is_met = |start: u32| {
        let end = start.saturating_add(near.left_span);
        // Where the other may begin: so far before that it ends within reach, or so far after.
        let earliest = start.saturating_sub(near.reach.saturating_add(near.right_span));
        let latest = end.saturating_add(near.reach);
        let from = right.partition_point(|&other| other < earliest);
        let mut others = right.get(from..).unwrap_or_default().iter().take_while(|&&other| other <= latest);
        others.any(|&other| {
            let apart = other.saturating_add(near.right_span) <= start || other >= end;
            apart && passage(other) == passage(start)
        })
    };
    left.iter().copied().filter(|&start| is_met(start)).collect()
}
