//! What else than words and lengths corresponds: how sentences end, what is asked and spoken, headings and blocks.
//!
//! Each trait is a small table of how its classes go together, learned from the pair itself, so a trait that a
//! translation does not keep counts for nothing.

use super::{
    path::{MOST, Step},
    quotes::{Quotation, quotations},
    traits::{Classes, TraitTable},
};
use crate::align::line::Line;

/// What the traits weigh together: several of them see the same mark.
const WEIGHT: f32 = 0.8;

/// The traits of both sides.
pub(crate) struct Marks {
    tables: Vec<TraitTable>,
}

impl Marks {
    /// Before anything is aligned.
    pub(crate) fn new(zh: &[Line<'_>], en: &[Line<'_>]) -> Self {
        let mut tables: Vec<TraitTable> =
            traits(zh).into_iter().zip(traits(en)).map(|(zh, en)| TraitTable::new(zh, en)).collect();
        let both = |trait_of: fn(&[Line<'_>]) -> Option<Vec<Classes>>| trait_of(zh).zip(trait_of(en));
        for (zh, en) in [both(headings), both(blocks)].into_iter().flatten() {
            tables.extend(zh.into_iter().zip(en).map(|(zh, en)| TraitTable::new(zh, en)));
        }
        Self { tables }
    }

    /// No traits, for sentences that stand out of their order.
    pub(crate) fn none() -> Self {
        Self { tables: Vec::new() }
    }

    /// Learns from beads.
    pub(crate) fn fit(&mut self, likely: &[Step]) {
        self.tables.iter_mut().for_each(|table| table.fit(likely));
    }

    /// For each bead that ends in a cell, in order of `zh - 1` and `en - 1`, how much likelier (natural logarithm) its
    /// traits are than chance has them.
    pub(crate) fn scores(&self, row: usize, column: usize) -> [f32; MOST * MOST] {
        let mut sums = [0.0; MOST * MOST];
        self.tables.iter().for_each(|table| table.add(row, column, &mut sums));
        sums.map(|sum| WEIGHT * sum)
    }
}

/// The traits that every text has.
fn traits(lines: &[Line<'_>]) -> Vec<Classes> {
    let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
    let quotes = quotations(&texts);
    vec![
        ends(&texts),
        counted(&texts, &['？', '?']),
        counted(&texts, &['！', '!']),
        inside(&quotes),
        spoken(&quotes),
        begun(&quotes),
    ]
}

/// What the last sentence ends with.
fn ends(texts: &[&str]) -> Classes {
    let of: Vec<usize> = texts.iter().map(|text| end(text)).collect();
    Classes::new(texts.len(), |_, to| of[to - 1])
}

fn end(text: &str) -> usize {
    let closing =
        |c: char| c.is_whitespace() || matches!(c, '”' | '’' | '"' | '\'' | '」' | '』' | '）' | ')' | ']' | '】');
    let text = text.trim_end_matches(closing);
    match text.chars().next_back() {
        _ if text.ends_with("...") || text.ends_with(". .") => 3,
        Some('。' | '.') => 0,
        Some('？' | '?') => 1,
        Some('！' | '!') => 2,
        Some('…' | '—' | '–') => 3,
        _ => 4,
    }
}

/// None, one, or several of some marks.
fn counted(texts: &[&str], marks: &[char]) -> Classes {
    let counts: Vec<usize> = texts.iter().map(|text| text.matches(marks).count()).collect();
    Classes::new(texts.len(), |from, to| counts[from..to].iter().sum::<usize>().min(2))
}

/// Whether the run ends outside a quotation, inside, or with its closing mark.
fn inside(quotes: &[Quotation]) -> Classes {
    Classes::new(quotes.len(), |_, to| match quotes[to - 1] {
        Quotation { open: true, .. } => 1,
        Quotation { closed: true, .. } => 2,
        _ => 0,
    })
}

/// Whether nothing in the run is spoken, some of it, or all.
fn spoken(quotes: &[Quotation]) -> Classes {
    Classes::new(quotes.len(), |from, to| {
        let spoken = quotes[from..to].iter().any(|quotation| quotation.spoken);
        let told = quotes[from..to].iter().any(|quotation| quotation.told);
        usize::from(spoken) + usize::from(spoken && !told)
    })
}

/// How many quotations begin: none, one, or several.
fn begun(quotes: &[Quotation]) -> Classes {
    Classes::new(quotes.len(), |from, to| {
        quotes[from..to].iter().map(|quotation| usize::from(quotation.begun)).sum::<usize>().min(2)
    })
}

/// Whether the run is running text, a heading of the first, second or a further level, or both; `None` where no line
/// is known to be a heading.
fn headings(lines: &[Line<'_>]) -> Option<Vec<Classes>> {
    const BOTH: usize = 4;
    lines.iter().any(|line| line.heading.is_some()).then(|| {
        vec![Classes::new(lines.len(), |from, to| {
            let run = &lines[from..to];
            let Some(level) = run.iter().find_map(|line| line.heading) else { return 0 };
            if run.iter().all(|line| line.heading.is_some()) { usize::from(level.clamp(1, 3)) } else { BOTH }
        })]
    })
}

/// Whether a block begins after the run, and in how many places inside it; `None` where blocks are not known.
fn blocks(lines: &[Line<'_>]) -> Option<Vec<Classes>> {
    let starts: Option<Vec<bool>> = lines.iter().map(|line| line.starts_block).collect();
    let starts = starts.filter(|starts| starts.iter().any(|&starts| !starts))?;
    let after = Classes::new(lines.len(), |_, to| usize::from(starts.get(to).copied().unwrap_or(true)));
    let within =
        Classes::new(lines.len(), |from, to| starts[from..to].iter().skip(1).filter(|&&starts| starts).count().min(2));
    Some(vec![after, within])
}
