//! Glyph numbers taken for characters: fonts number their ideographs in the order of some standard, so that a
//! constant offset from that order gives back the text. The offset is the one that makes it plausible.

use super::han::Common;
use super::orders;

/// Codes below this are Latin letters and signs, which are no help in the search.
const FIRST: u32 = 256;
/// The search looks at so many codes, the most used.
const SOUNDED: usize = 64;
/// A run must speak for itself with so many bits: choosing among all offsets and orders takes some 18, and what is
/// beyond leaves one false find in a million fonts.
const CONVINCING: f64 = 40.0;
const MAX_RUNS: usize = 4;
/// A run has so many codes at least, and this part of them are common characters.
const MIN_CODES: usize = 12;
const MIN_COMMON: f64 = 0.9;
/// And they are spread as those of ideographs are; the letters of an alphabet lie close together.
const MIN_SPREAD: u32 = 800;

/// Codes `low..=high` are the characters of an order from `base` on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Run {
    pub(super) low: u32,
    pub(super) high: u32,
    /// Index in [`orders::all`].
    order: usize,
    /// The code of the order's first character, which may be below 0.
    base: i64,
}

impl Run {
    pub(super) fn char(&self, code: u32) -> Option<char> {
        let inside = (self.low..=self.high).contains(&code);
        orders::all().get(self.order).filter(|_| inside)?.char(i64::from(code) - self.base)
    }

    /// What the character of a code tells for a text, in bits, wherever the run begins and ends.
    fn evidence(&self, code: u32) -> f64 {
        let evidence = orders::all().get(self.order).map_or(&[][..], |order| order.evidence.as_slice());
        let at = usize::try_from(i64::from(code) - self.base).ok();
        at.and_then(|at| evidence.get(at)).map_or(-1.0, |bits| f64::from(*bits))
    }

    /// Whether this is how SimSun and SimHei number the ideographs of Unicode.
    pub(super) fn is_sim_sun(&self) -> bool {
        self.order == 0 && self.base == 980
    }
}

/// The runs that make the codes, given with how often each is used, a text; none if no offset is convincing.
pub(super) fn runs(used: &[(u32, u32)]) -> Vec<Run> {
    let mut all: Vec<(u32, f64)> =
        used.iter().filter(|(code, _)| *code >= FIRST).map(|(code, uses)| (*code, weight(*uses))).collect();
    all.sort_unstable_by_key(|(code, _)| *code);
    let mut rest = all.clone();
    let mut runs: Vec<Run> = Vec::new();
    while runs.len() < MAX_RUNS {
        let Some((order, base)) = best(&rest) else { break };
        let Some((run, bits)) = window(&rest, order, base) else { break };
        if bits < CONVINCING || !is_full(&rest, &run) {
            break;
        }
        rest.retain(|(code, _)| !(run.low..=run.high).contains(code));
        runs.push(run);
    }
    runs.sort_unstable_by_key(|run| run.low);
    extend(&mut runs, &all);
    runs
}

/// Whether so many codes of the run are common characters that it is no chance find.
fn is_full(codes: &[(u32, f64)], run: &Run) -> bool {
    let chars: Vec<Option<char>> =
        codes.iter().filter(|(code, _)| (run.low..=run.high).contains(code)).map(|(code, _)| run.char(*code)).collect();
    let common = chars.iter().filter(|c| c.is_some_and(is_common)).count();
    let spread = run.high.saturating_sub(run.low) >= MIN_SPREAD;
    spread && chars.len() >= MIN_CODES && common as f64 >= MIN_COMMON * chars.len() as f64
}

/// Lets each run begin where the one before ends, which is where the two together speak most for a text.
fn extend(runs: &mut [Run], codes: &[(u32, f64)]) {
    for at in 1..runs.len() {
        if let Some([before, after]) = runs.get_mut(at - 1..=at) {
            before.high = cut(before, after, codes);
        }
    }
    let mut low = FIRST;
    for run in runs.iter_mut() {
        run.low = low;
        low = run.high.saturating_add(1);
    }
    if let Some(last) = runs.last_mut() {
        last.high = u32::MAX;
    }
}

/// The last code of `before`.
fn cut(before: &Run, after: &Run, codes: &[(u32, f64)]) -> u32 {
    let between = codes.iter().filter(|(code, _)| (before.low..=after.high).contains(code));
    let (mut sum, mut best) = (0.0, (f64::MIN, before.high));
    for (code, weight) in between {
        sum += weight * (before.evidence(*code) - after.evidence(*code));
        if sum > best.0 {
            best = (sum, *code);
        }
    }
    best.1
}

/// Frequent codes tell more, but not by as much as they are more frequent.
fn weight(uses: u32) -> f64 {
    1.0 + f64::from(uses).ln().max(0.0) / 2.0
}

/// The order and base that speak most for a text, by the most used codes.
fn best(codes: &[(u32, f64)]) -> Option<(usize, i64)> {
    let mut sounded: Vec<(u32, f64)> = codes.to_vec();
    sounded.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    sounded.truncate(SOUNDED);
    let lowest = i64::from(sounded.iter().map(|(code, _)| *code).min()?);
    let highest = i64::from(sounded.iter().map(|(code, _)| *code).max()?);
    let mut best = (f64::MIN, 0, 0);
    for (order, known) in orders::all().iter().enumerate() {
        let length = known.evidence.len() as i64;
        for base in lowest - length..=highest {
            let score = sounded.iter().map(|(code, weight)| {
                let at = usize::try_from(i64::from(*code) - base).ok();
                weight * f64::from(at.and_then(|at| known.evidence.get(at)).copied().unwrap_or(0.0))
            });
            let score: f64 = score.sum();
            if score > best.0 {
                best = (score, order, base);
            }
        }
    }
    Some((best.1, best.2))
}

/// The stretch of codes, sorted, for which this base speaks most, and with how many bits.
fn window(codes: &[(u32, f64)], order: usize, base: i64) -> Option<(Run, f64)> {
    let run = Run { low: 0, high: u32::MAX, order, base };
    let (mut sum, mut start) = (0.0, None);
    let mut best: Option<(f64, u32, u32)> = None;
    for (code, weight) in codes {
        let bits = run.evidence(*code);
        if sum <= 0.0 {
            (sum, start) = (0.0, Some(*code));
        }
        sum += bits * weight;
        if let Some(low) = start
            && best.is_none_or(|(most, _, _)| sum > most)
        {
            best = Some((sum, low, *code));
        }
    }
    best.map(|(bits, low, high)| (Run { low, high, ..run }, bits))
}

/// Whether texts use the character.
pub(super) fn is_common(c: char) -> bool {
    Common::of(c as u32) != Common::default()
}

/// The marks of Chinese print that are used most, by the block of Unicode that they stand in, with how much each is
/// worth in finding where a font has that block.
const FULL_WIDTH: (u32, &[(char, f64)]) =
    (0xff01, &[('，', 8.0), ('（', 5.0), ('）', 5.0), ('：', 5.0), ('；', 4.0), ('？', 2.0), ('！', 2.0)]);
const MARKS: (u32, &[(char, f64)]) =
    (0x3001, &[('、', 8.0), ('。', 8.0), ('《', 5.0), ('》', 5.0), ('【', 3.0), ('】', 3.0), ('〔', 3.0), ('〕', 3.0)]);

/// A block of marks must speak for itself with so much.
const CONVINCING_MARKS: f64 = 25.0;

/// Where the codes that no run explains have the marks of print: a code and its character for each that is found.
///
/// A block is believed when three of its marks are met in their places, or its two foremost ones and nothing else
/// among what is left.
pub(super) fn punctuation(left: &[(u32, u32)]) -> Vec<(u32, char)> {
    let mut found = block(left, FULL_WIDTH, 94);
    let rest: Vec<(u32, u32)> =
        left.iter().copied().filter(|(code, _)| found.iter().all(|(known, _)| known != code)).collect();
    found.extend(block(&rest, MARKS, 21));
    found
}

fn block(left: &[(u32, u32)], (first, marks): (u32, &[(char, f64)]), length: u32) -> Vec<(u32, char)> {
    let worth = |c: u32| marks.iter().find(|(mark, _)| *mark as u32 == c).map_or(-2.0, |(_, worth)| *worth);
    let inside = |base: u32| {
        left.iter().filter_map(move |(code, uses)| {
            let at = code.checked_sub(base).filter(|at| *at < length)?;
            Some((*code, first + at, *uses))
        })
    };
    let score = |base: u32| -> f64 { inside(base).map(|(_, c, uses)| worth(c) * weight(uses)).sum() };
    let believed = |base: u32| {
        let met = inside(base).filter(|(_, c, _)| worth(*c) > 0.0).count();
        let foremost = inside(base).filter(|(_, c, uses)| worth(*c) >= 8.0 && *uses > 1).count();
        met >= 3 || foremost == 2 && left.len() == 2
    };
    let bases = left
        .iter()
        .flat_map(|(code, _)| marks.iter().filter_map(move |(mark, _)| code.checked_sub(*mark as u32 - first)));
    let best = bases.filter(|base| believed(*base)).map(|base| (score(base), base)).max_by(|a, b| a.0.total_cmp(&b.0));
    let Some((_, base)) = best.filter(|(score, _)| *score >= CONVINCING_MARKS) else { return Vec::new() };
    inside(base).filter_map(|(code, c, _)| Some((code, char::from_u32(c)?))).collect()
}
