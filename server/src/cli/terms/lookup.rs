//! `policyglot terms lookup`.

use std::collections::BTreeMap;
use std::process::ExitCode;

use corpus::document::Language;
use corpus::term::Status;

use crate::cli::{DataFolder, output};
use crate::data::Data;
use crate::terms::lookup::{Designation, LookedUp, lookup};

/// So many designations of a concept are printed in each language; JSON has all.
const DESIGNATIONS: usize = 4;
/// So many years are drawn, the latest.
const YEARS: u16 = 20;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// A term or a part of it, in Chinese (simplified or traditional), pinyin or its initials, or English in any word
    /// order
    term: String,
    #[command(flatten)]
    data: DataFolder,
    /// How many concepts
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Exit status 0: found; 1: nothing found.
pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let found = lookup(&Data::open(&args.data.data)?, &args.term, args.limit)?;
    if args.json {
        output::json(&found)?;
    } else if !found.is_empty() {
        output::data(&output::table(["concept", "met", "Chinese", "English", "years"], found.iter().map(row)))?;
    }
    if found.is_empty() {
        output::message(&format!("no term meets '{}'; try a part of it", args.term));
        return Ok(ExitCode::from(1));
    }
    Ok(ExitCode::SUCCESS)
}

fn row(found: &LookedUp) -> [String; 5] {
    let (how, years) = (found.how.name().replace('_', " "), sparkline(&found.years()));
    [found.concept.to_string(), how, side(found, Language::Zh), side(found, Language::En), years]
}

fn side(found: &LookedUp, language: Language) -> String {
    let all: Vec<String> = found.terms_in(language).map(designation).collect();
    let more = all.len().saturating_sub(DESIGNATIONS);
    let mut shown = all.get(..all.len() - more).unwrap_or_default().join("; ");
    if more > 0 {
        shown.push_str(&format!("; {more} more"));
    }
    shown
}

fn designation(term: &Designation) -> String {
    match term.status {
        Status::Candidate => format!("{} ({})", term.text, term.count),
        status => format!("{} ({}, {})", term.text, status.name(), term.count),
    }
}

/// Counts by year as a line of blocks, `2021 ▂·▅█ 2024`; a year without any is a dot.
fn sparkline(years: &BTreeMap<u16, u32>) -> String {
    let (Some((&first, _)), Some((&last, _))) = (years.first_key_value(), years.last_key_value()) else {
        return String::new();
    };
    let first = first.max(last.saturating_sub(YEARS - 1));
    let most = years.range(first..).map(|(_, count)| *count).max().unwrap_or_default();
    let blocks: String =
        (first..=last).map(|year| block(years.get(&year).copied().unwrap_or_default(), most)).collect();
    if first == last { format!("{first} {blocks}") } else { format!("{first} {blocks} {last}") }
}

fn block(count: u32, most: u32) -> char {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    if count == 0 {
        return '·';
    }
    let height = (u64::from(count) * 8).div_ceil(u64::from(most.max(1))).clamp(1, 8);
    usize::try_from(height - 1).ok().and_then(|at| BLOCKS.get(at)).copied().unwrap_or('█')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(years: &[(u16, u32)], expected: &str) {
        assert_eq!(sparkline(&years.iter().copied().collect()), expected);
    }

    #[test]
    fn years_are_drawn_as_blocks() {
        check(&[], "");
        check(&[(2024, 7)], "2024 █");
        check(&[(2021, 2), (2023, 5), (2024, 8)], "2021 ▂·▅█ 2024");
        check(&[(1950, 9), (2024, 1)], "2005 ···················█ 2024");
        check(&[(2023, 1), (2024, u32::MAX)], "2023 ▁█ 2024");
    }
}
