//! `policyglot pair`: what is paired with what and why, and what a person says of it.

use std::process::ExitCode;

use clap::Args;
use corpus::bitext::PairRule;
use corpus::store::{SaidBy, SaidOfPair};
use serde::Serialize;

use super::{DataFolder, ListFormat, output};
use crate::data::Data;
use crate::derive::{self, Explained};

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").multiple(false))]
pub(super) struct PairArgs {
    /// The number of the Chinese document
    #[arg(required_unless_present = "list", requires = "en")]
    zh: Option<i64>,
    /// The number of the English document
    #[arg(requires = "zh")]
    en: Option<i64>,
    /// They are no translations of each other: they are never paired, whatever a manifest says
    #[arg(long, group = "what", requires = "zh")]
    forbid: bool,
    /// Take back what was said of the two
    #[arg(long, group = "what", requires = "zh")]
    forget: bool,
    /// Say why they are paired, or are not
    #[arg(long, group = "what", requires = "zh")]
    explain: bool,
    /// List all bitexts, how each was paired and why, and what was said of other pairs
    #[arg(long, group = "what", conflicts_with = "zh")]
    list: bool,
    #[command(flatten)]
    data: DataFolder,
    /// The form of lists and explanations
    #[arg(long, value_enum, default_value = "table")]
    format: ListFormat,
}

pub(super) fn pair(args: &PairArgs) -> anyhow::Result<ExitCode> {
    let data = Data::open(&args.data.data)?;
    let json = args.format == ListFormat::Json;
    let (Some(zh), Some(en)) = (args.zh, args.en) else { return list(&data, json) };
    if args.explain {
        return explain(&derive::explain_pair(&data, zh, en)?, json);
    }
    let _lock = data.lock_for_writing()?;
    let (done, terms) = if args.forget {
        ("forgotten what was said of", derive::forget_pair(&data, zh, en)?)
    } else if args.forbid {
        ("never to be paired:", derive::say_of_pair(&data, zh, en, PairRule::Forbid)?)
    } else {
        ("paired", derive::say_of_pair(&data, zh, en, PairRule::Set)?)
    };
    output::message(&format!("{done} {zh} and {en}: {terms} term pairs"));
    Ok(ExitCode::SUCCESS)
}

fn explain(found: &Explained, json: bool) -> anyhow::Result<ExitCode> {
    if json {
        output::json(found)?;
        return Ok(ExitCode::SUCCESS);
    }
    let state = if found.paired { "are paired" } else { "are not paired" };
    let mut lines = vec![format!("{} and {} {state}; by their contents {:.4}", found.zh, found.en, found.score)];
    lines.extend(found.said.map(|(rule, by)| said(rule, by)));
    lines.extend(found.instead.iter().map(|other| format!("paired with {other} instead")));
    lines.extend(found.reasons.iter().map(|reason| format!("  {reason}")));
    output::data(&(lines.join("\n") + "\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn said(rule: PairRule, by: SaidBy) -> String {
    let who = if by == SaidBy::Person { "a person" } else { "a manifest" };
    let what = if rule == PairRule::Set { "set them as a pair" } else { "forbade the pair" };
    format!("{who} {what}")
}

/// What is paired, and what is said of pairs.
#[derive(Debug, Serialize)]
struct Listed {
    bitexts: Vec<ListedBitext>,
    rules: Vec<SaidOfPair>,
}

#[derive(Debug, Serialize)]
struct ListedBitext {
    bitext: i64,
    zh: i64,
    zh_name: String,
    en: i64,
    en_name: String,
    paired_by: &'static str,
    score: f32,
    reasons: Vec<String>,
}

fn list(data: &Data, json: bool) -> anyhow::Result<ExitCode> {
    let listed = data.with_store(|store| {
        let mut bitexts = Vec::new();
        for bitext in store.bitexts()? {
            let name = |id: i64| Ok::<_, crate::Error>(store.document(id)?.map(|it| it.name).unwrap_or_default());
            bitexts.push(ListedBitext {
                bitext: bitext.id,
                zh: bitext.zh,
                zh_name: name(bitext.zh)?,
                en: bitext.en,
                en_name: name(bitext.en)?,
                paired_by: bitext.paired_by.name(),
                score: bitext.score,
                reasons: bitext.reasons,
            });
        }
        Ok(Listed { bitexts, rules: store.pair_rules()? })
    })?;
    if json {
        output::json(&listed)?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows = listed.bitexts.iter().map(|row| {
        let (zh, en) = (format!("{} {}", row.zh, row.zh_name), format!("{} {}", row.en, row.en_name));
        [zh, en, row.paired_by.to_owned(), format!("{:.4}", row.score), row.reasons.join("; ")]
    });
    output::data(&output::table(["Chinese", "English", "paired by", "score", "reasons"], rows))?;
    for rule in listed.rules {
        output::data(&format!("{} and {}: {}\n", rule.zh, rule.en, said(rule.rule, rule.said_by)))?;
    }
    Ok(ExitCode::SUCCESS)
}
