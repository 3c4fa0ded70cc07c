//! Connected parts of a mask.

use std::ops::Range;

/// Pixels of a row that follow each other, from `x0` up to but not including `x1`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ocr) struct Run {
    pub(in crate::ocr) y: u32,
    pub(in crate::ocr) x0: u32,
    pub(in crate::ocr) x1: u32,
    /// The index of its part.
    pub(in crate::ocr) part: u32,
}

/// Pixels that touch each other, also at their corners.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ocr) struct Part {
    pub(in crate::ocr) x0: u32,
    pub(in crate::ocr) y0: u32,
    /// The first column to its right.
    pub(in crate::ocr) x1: u32,
    /// The first row below it.
    pub(in crate::ocr) y1: u32,
    /// How many pixels it has.
    pub(in crate::ocr) area: u32,
}

impl Part {
    pub(in crate::ocr) fn width(&self) -> u32 {
        self.x1 - self.x0
    }

    pub(in crate::ocr) fn height(&self) -> u32 {
        self.y1 - self.y0
    }

    fn of(run: Run) -> Self {
        Self { x0: run.x0, y0: run.y, x1: run.x1, y1: run.y + 1, area: run.x1 - run.x0 }
    }

    fn add(&mut self, run: Run) {
        self.x0 = self.x0.min(run.x0);
        self.x1 = self.x1.max(run.x1);
        self.y0 = self.y0.min(run.y);
        self.y1 = self.y1.max(run.y + 1);
        self.area = self.area.saturating_add(run.x1 - run.x0);
    }
}

/// The parts of a mask and the runs they are made of, row by row.
#[derive(Debug, Default)]
pub(in crate::ocr) struct Parts {
    pub(in crate::ocr) runs: Vec<Run>,
    pub(in crate::ocr) parts: Vec<Part>,
}

impl Parts {
    /// The parts of a mask with rows of `width` pixels.
    ///
    /// Runs are united with those that they touch in the row above, and the sets kept in a forest, as in
    /// Rosenfeld and Pfaltz (1966).
    pub(in crate::ocr) fn new(mask: &[bool], width: usize) -> Self {
        let mut runs: Vec<Run> = Vec::new();
        let mut parents: Vec<u32> = Vec::new();
        let mut above = 0..0;
        for (y, row) in (0_u32..).zip(mask.chunks(width.max(1))) {
            let start = runs.len();
            push_runs(&mut runs, y, row);
            parents.extend((start as u32)..(runs.len() as u32));
            unite(&runs, &mut parents, above, start..runs.len());
            above = start..runs.len();
        }
        Self::numbered(runs, &mut parents)
    }

    fn numbered(mut runs: Vec<Run>, parents: &mut [u32]) -> Self {
        let mut numbers: Vec<u32> = vec![u32::MAX; runs.len()];
        let mut parts: Vec<Part> = Vec::new();
        for index in 0..runs.len() {
            let root = find(parents, index as u32) as usize;
            let (Some(run), Some(number)) = (runs.get_mut(index), numbers.get_mut(root)) else { continue };
            if *number == u32::MAX {
                *number = parts.len() as u32;
                parts.push(Part::of(*run));
            } else if let Some(part) = parts.get_mut(*number as usize) {
                part.add(*run);
            }
            run.part = *number;
        }
        Self { runs, parts }
    }

    /// A mask of the parts that are kept.
    pub(in crate::ocr) fn mask(&self, width: usize, height: usize, keep: impl Fn(usize, &Part) -> bool) -> Vec<bool> {
        let kept: Vec<bool> = self.parts.iter().enumerate().map(|(index, part)| keep(index, part)).collect();
        let mut mask = vec![false; width * height];
        for run in self.runs.iter().filter(|run| kept.get(run.part as usize).copied().unwrap_or(false)) {
            fill(&mut mask, width, run.y, run.x0..run.x1, true);
        }
        mask
    }
}

/// Sets the pixels of some columns of a row.
pub(in crate::ocr) fn fill(mask: &mut [bool], width: usize, y: u32, columns: Range<u32>, value: bool) {
    let row = y as usize * width;
    if let Some(pixels) = mask.get_mut(row + columns.start as usize..row + columns.end as usize) {
        pixels.fill(value);
    }
}

fn push_runs(runs: &mut Vec<Run>, y: u32, row: &[bool]) {
    let mut open: Option<u32> = None;
    for (x, set) in (0_u32..).zip(row.iter().copied().chain([false])) {
        match open {
            None if set => open = Some(x),
            Some(x0) if !set => {
                runs.push(Run { y, x0, x1: x, part: 0 });
                open = None;
            }
            _ => {}
        }
    }
}

fn unite(runs: &[Run], parents: &mut [u32], above: Range<usize>, row: Range<usize>) {
    let (mut upper, mut lower) = (above.start, row.start);
    while upper < above.end && lower < row.end {
        let (Some(a), Some(b)) = (runs.get(upper), runs.get(lower)) else { break };
        if a.x0 <= b.x1 && b.x0 <= a.x1 {
            let (a, b) = (find(parents, upper as u32), find(parents, lower as u32));
            if let Some(parent) = parents.get_mut(a.max(b) as usize) {
                *parent = a.min(b);
            }
        }
        if a.x1 < b.x1 {
            upper += 1;
        } else {
            lower += 1;
        }
    }
}

/// The root of a set; the way to it is halved as it is walked.
fn find(parents: &mut [u32], mut index: u32) -> u32 {
    while let Some(parent) = parents.get(index as usize).copied()
        && parent != index
    {
        let above = parents.get(parent as usize).copied().unwrap_or(parent);
        if let Some(slot) = parents.get_mut(index as usize) {
            *slot = above;
        }
        index = above;
    }
    index
}
