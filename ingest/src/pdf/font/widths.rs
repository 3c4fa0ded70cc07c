//! Advance widths, in 1/1000 of text space (PDF 32000-1, 9.2.4, 9.6 and 9.7.4.3).

use lopdf::{Dictionary, Object};

use super::super::objects::{Objects, as_number};

/// W arrays longer than this are cut.
const MAX_WIDTHS: usize = 1 << 17;

/// The widths of a CID font, and its metrics for vertical writing.
#[derive(Debug)]
pub(super) struct CidWidths {
    default: f32,
    runs: Vec<Run<1>>,
    vertical_default: f32,
    vertical_runs: Vec<Run<3>>,
}

/// CIDs `low..=high`: one value for all, or a value each.
#[derive(Debug)]
struct Run<const N: usize> {
    low: u32,
    high: u32,
    values: Vec<[f32; N]>,
}

impl<const N: usize> Run<N> {
    fn value(&self, cid: u32) -> Option<[f32; N]> {
        let at = if self.values.len() == 1 { 0 } else { (cid - self.low) as usize };
        self.values.get(at).copied()
    }
}

impl CidWidths {
    pub(super) fn read<'a>(objects: Objects<'a>, font: &'a Dictionary) -> Self {
        let number = |key: &[u8]| objects.number(font, key).map(|number| number as f32);
        let [_, advance] = objects.numbers::<2>(font, b"DW2").unwrap_or([880.0, -1000.0]);
        Self {
            default: number(b"DW").unwrap_or(1000.0),
            runs: runs(objects, objects.array(font, b"W").unwrap_or_default()),
            vertical_default: advance as f32,
            vertical_runs: runs(objects, objects.array(font, b"W2").unwrap_or_default()),
        }
    }

    pub(super) fn width(&self, cid: u32) -> f32 {
        find(&self.runs, cid).map_or(self.default, |[width]| width)
    }

    /// The advance in vertical writing. The position vector of W2 is of no use here: glyphs are placed by their
    /// origin for vertical writing.
    pub(super) fn vertical_advance(&self, cid: u32) -> f32 {
        find(&self.vertical_runs, cid).map_or(self.vertical_default, |[advance, _, _]| advance)
    }
}

fn find<const N: usize>(runs: &[Run<N>], cid: u32) -> Option<[f32; N]> {
    let after = runs.partition_point(|run| run.low <= cid);
    runs.get(..after)?.last().filter(|run| run.high >= cid)?.value(cid)
}

/// `c [w w ...]` and `c c w` (or three numbers for `w`), in order of their first CID.
fn runs<'a, const N: usize>(objects: Objects<'a>, array: &'a [Object]) -> Vec<Run<N>> {
    let mut runs = Vec::new();
    let mut at = 0;
    let item = |at: usize| array.get(at).map(|object| objects.resolve(object));
    let number = |at: usize| item(at).and_then(as_number);
    let mut total = 0;
    while let Some(low) = number(at) {
        let low = low.max(0.0) as u32;
        if let Some(Object::Array(list)) = item(at + 1) {
            let numbers: Vec<f32> =
                list.iter().map(|object| as_number(objects.resolve(object)).unwrap_or(0.0) as f32).collect();
            let mut values: Vec<[f32; N]> =
                numbers.chunks_exact(N).filter_map(|chunk| <[f32; N]>::try_from(chunk).ok()).collect();
            let high = low.saturating_add(u32::try_from(values.len()).unwrap_or(u32::MAX)).saturating_sub(1);
            total += values.len();
            values.shrink_to_fit();
            if !values.is_empty() {
                runs.push(Run { low, high, values });
            }
            at += 2;
        } else {
            let Some(high) = number(at + 1) else { break };
            let mut value = [0.0; N];
            for (index, slot) in value.iter_mut().enumerate() {
                *slot = number(at + 2 + index).unwrap_or(0.0) as f32;
            }
            runs.push(Run { low, high: high.max(0.0) as u32, values: vec![value] });
            total += 1;
            at += 2 + N;
        }
        if total > MAX_WIDTHS {
            break;
        }
    }
    runs.sort_by_key(|run| run.low);
    runs
}

/// The widths of a simple font; `None` for a code without one.
#[derive(Debug)]
pub(super) struct SimpleWidths {
    first: i64,
    widths: Vec<f32>,
    missing: Option<f32>,
}

impl SimpleWidths {
    pub(super) fn read<'a>(objects: Objects<'a>, font: &'a Dictionary, descriptor: Option<&'a Dictionary>) -> Self {
        let widths = objects.array(font, b"Widths").unwrap_or_default();
        let widths = widths.iter().take(256).map(|width| as_number(objects.resolve(width)).unwrap_or(0.0) as f32);
        let missing = descriptor.and_then(|dict| objects.number(dict, b"MissingWidth"));
        Self {
            first: objects.integer(font, b"FirstChar").unwrap_or(0),
            widths: widths.collect(),
            missing: missing.map(|width| width as f32),
        }
    }

    pub(super) fn width(&self, code: u32) -> Option<f32> {
        let at = usize::try_from(i64::from(code).checked_sub(self.first)?).ok();
        let width = at.and_then(|at| self.widths.get(at)).copied();
        width.or(if self.widths.is_empty() { None } else { Some(self.missing.unwrap_or(0.0)) })
    }
}
