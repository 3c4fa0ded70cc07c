//! Charts as inline SVG, legible without colour and told in words to those who do not see them.
//!
//! Sizes are in the units of the drawing's own coordinates; the style sheet gives colours, and scales the drawing.

use std::collections::BTreeMap;

/// The most years that a chart shows; of more, the latest.
const MOST_YEARS: u16 = 30;
/// The most series that are told apart; the rest are one more.
pub(super) const MOST_SERIES: usize = 5;

/// The years that a chart shows, first and last.
pub(super) type Years = (u16, u16);

/// The years that several counts span; `None` where there are none.
pub(super) fn years<'a>(counts: impl Iterator<Item = &'a BTreeMap<u16, u32>>) -> Option<Years> {
    let all: Vec<u16> = counts.flat_map(|counts| counts.keys().copied()).collect();
    let (first, last) = (*all.iter().min()?, *all.iter().max()?);
    Some((first.max(last.saturating_sub(MOST_YEARS - 1)), last))
}

/// Counts by year as a row of small bars.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spark {
    /// The counts in words: "2024: 3, 2025: 9".
    pub(super) title: String,
    /// The width of the drawing; its height is [`Spark::HEIGHT`].
    pub(super) width: u32,
    /// The bars, the earliest first.
    pub(super) bars: Vec<Bar>,
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Spark {
    pub(super) const HEIGHT: u32 = 20;

    /// The bars of the counts in some years; `None` where no year has one.
    pub(super) fn new(counts: &BTreeMap<u16, u32>, (first, last): Years) -> Option<Self> {
        let most = counts.range(first..=last).map(|(_, count)| *count).max().filter(|most| *most > 0)?;
        let number = u32::from(last.saturating_sub(first)) + 1;
        let step = (96 / number).clamp(4, 12);
        let bars = (first..=last).zip(0_u32..).map(|(year, at)| {
            let count = counts.get(&year).copied().unwrap_or(0);
            // A year with few of many is still to be seen.
            let height = if count == 0 { 1 } else { scaled(count, most, Self::HEIGHT - 2).max(2) };
            Bar { x: at * step, y: Self::HEIGHT - height, width: step - 2, height }
        });
        let told: Vec<String> = counts.range(first..=last).map(|(year, count)| format!("{year}: {count}")).collect();
        Some(Self { title: told.join(", "), width: number * step, bars: bars.collect() })
    }

    /// The height of every drawing.
    pub(super) fn height(&self) -> u32 {
        Self::HEIGHT
    }
}

/// A share of a length, rounded.
fn scaled(count: u32, most: u32, length: u32) -> u32 {
    let (count, most) = (u64::from(count), u64::from(most.max(1)));
    let scaled = (count * u64::from(length) + most / 2) / most;
    u32::try_from(scaled).unwrap_or(length).min(length)
}

/// Counts of several series by year, as stacked bars.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stacked {
    pub(super) columns: Vec<Column>,
    pub(super) lines: Vec<Line>,
}

/// A year.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) year: u16,
    /// The middle of the column.
    pub(super) x: u32,
    /// Whether there is room for the year's label.
    pub(super) labelled: bool,
    pub(super) total: u32,
    /// Where the total stands.
    pub(super) top: u32,
    /// The parts from the ground up: the number of the series, and its bar.
    pub(super) parts: Vec<(usize, Bar)>,
}

/// A line of the scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) y: u32,
    pub(super) value: u32,
}

impl Stacked {
    const WIDTH: u32 = 640;
    const LEFT: u32 = 40;
    const TOP: u32 = 24;
    const GROUND: u32 = 212;
    /// So wide a label of a year is, with room beside it.
    const LABEL: u32 = 44;

    /// The chart of series, each with its counts by year, in some years.
    pub(super) fn new(series: &[BTreeMap<u16, u32>], (first, last): Years) -> Self {
        let count = |series: &BTreeMap<u16, u32>, year: u16| series.get(&year).copied().unwrap_or(0);
        let total = |year| series.iter().fold(0_u32, |sum, series| sum.saturating_add(count(series, year)));
        let number = u32::from(last.saturating_sub(first)) + 1;
        let room = (Self::WIDTH - Self::LEFT) / number;
        let width = (room * 2 / 3).clamp(6, 72);
        let scale = nice((first..=last).map(total).max().unwrap_or(0));
        let every = Self::LABEL.div_ceil(room.max(1)).max(1);
        let columns = (first..=last).zip(0_u32..).map(|(year, at)| {
            let x = Self::LEFT + at * room + room / 2;
            let (mut ground, mut so_far, mut parts) = (Self::GROUND, 0_u32, Vec::new());
            for (number, series) in series.iter().enumerate() {
                so_far = so_far.saturating_add(count(series, year));
                let top = Self::GROUND - scaled(so_far, scale, Self::GROUND - Self::TOP);
                if top < ground {
                    parts.push((number, Bar { x: x - width / 2, y: top, width, height: ground - top }));
                }
                ground = top;
            }
            Column { year, x, labelled: at % every == 0, total: total(year), top: ground.saturating_sub(6), parts }
        });
        let half = scale.is_multiple_of(2).then_some(scale / 2);
        let lines = [Some(0), half, Some(scale)]
            .into_iter()
            .flatten()
            .map(|value| Line { y: Self::GROUND - scaled(value, scale, Self::GROUND - Self::TOP), value });
        Self { columns: columns.collect(), lines: lines.collect() }
    }
}

/// The least round number that is not below: 1, 2, 4, 5 or 10 times a power of ten.
fn nice(most: u32) -> u32 {
    let mut power = 1_u32;
    while let Some(next) = power.checked_mul(10).filter(|_| most > power.saturating_mul(10)) {
        power = next;
    }
    let steps = [1, 2, 4, 6, 10].map(|step| power.saturating_mul(step));
    steps.into_iter().find(|step| *step >= most).unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_ends_at_a_round_number() {
        for (most, expected) in
            [(0, 1), (1, 1), (3, 4), (5, 6), (7, 10), (18, 20), (41, 60), (101, 200), (u32::MAX, u32::MAX)]
        {
            assert_eq!(nice(most), expected, "{most}");
        }
    }

    #[test]
    fn small_bars_stand_for_every_year_and_are_told_in_words() {
        let counts = BTreeMap::from([(2022, 2), (2024, 8)]);
        let spark = Spark::new(&counts, (2022, 2025)).unwrap();
        assert_eq!(spark.title, "2022: 2, 2024: 8");
        let heights: Vec<u32> = spark.bars.iter().map(|bar| bar.height).collect();
        assert_eq!(heights, [5, 1, 18, 1]);
        assert_eq!(Spark::new(&BTreeMap::new(), (2022, 2025)), None);
    }

    #[test]
    fn bars_stand_on_each_other_and_within_the_chart() {
        let series = [BTreeMap::from([(2023, 6), (2024, 1)]), BTreeMap::from([(2023, 4)])];
        let chart = Stacked::new(&series, (2023, 2024));
        let parts: Vec<_> = chart.columns[0].parts.iter().map(|(series, bar)| (*series, bar.y, bar.height)).collect();
        assert_eq!(parts, [(0, 99, 113), (1, 24, 75)]);
        assert_eq!(chart.lines.iter().map(|line| line.value).collect::<Vec<_>>(), [0, 5, 10]);
    }

    #[test]
    fn the_years_are_those_seen_the_latest_thirty() {
        let (old, new) = (BTreeMap::from([(1949, 1)]), BTreeMap::from([(2020, 1), (2026, 1)]));
        assert_eq!(years([&old, &new].into_iter()), Some((1997, 2026)));
        assert_eq!(years([&new].into_iter()), Some((2020, 2026)));
        assert_eq!(years([].into_iter()), None);
    }
}
