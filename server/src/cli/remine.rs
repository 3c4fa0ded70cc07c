//! `policyglot remine`: all pairs aligned and mined anew, with the difference that it made to the termbase.

use std::process::ExitCode;

use clap::Args;
use corpus::store::{Remining, TermChange, TermChangeKind};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{DataFolder, output};
use crate::data::Data;
use crate::derive;

#[derive(Debug, Args)]
pub(super) struct RemineArgs {
    #[command(flatten)]
    data: DataFolder,
    /// Mine nothing: show what the last run changed
    #[arg(long)]
    last: bool,
    /// List the differences
    #[arg(long)]
    list: bool,
    /// Print the differences as JSON
    #[arg(long, conflicts_with = "list")]
    json: bool,
}

pub(super) fn run(args: &RemineArgs) -> anyhow::Result<ExitCode> {
    let data = Data::open(&args.data.data)?;
    if !args.last {
        remine(&data)?;
    }
    let Some(remining) = data.with_store(|store| Ok(store.last_remining()?))? else {
        anyhow::bail!("nothing has been mined anew yet; run `policyglot remine`");
    };
    output::message(&summary(&remining));
    if args.json {
        output::json(&remining)?;
    } else if args.list {
        output::data(&listed(&remining.changes))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// It can be interrupted at any time: what is left is gone on with by the next run, or by `ingest`.
fn remine(data: &Data) -> anyhow::Result<()> {
    let _lock = data.lock_for_writing()?;
    if data.with_store(|store| Ok(store.remining_under_way()?))? {
        output::message("going on with the run that was interrupted");
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed}, {eta} left") {
        bar.set_style(style);
    }
    let mined = derive::remine(data, &|done, total| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    })?;
    bar.finish_and_clear();
    if mined.mentions > 0 {
        output::message(&format!("{} known terms found in documents without a counterpart", mined.mentions));
    }
    if mined.lost_corrections > 0 {
        output::message(&format!("{} corrected beads whose sentences are not there any more", mined.lost_corrections));
    }
    Ok(())
}

/// "12 bitexts mined anew; term pairs: 3 new, 1 gone, 2 surer by more than a tenth".
pub(super) fn summary(remining: &Remining) -> String {
    let counts = TermChangeKind::ALL.iter().map(|kind| {
        let count = remining.counts.get(kind).copied().unwrap_or(0);
        format!("{count} {}", said(*kind))
    });
    format!("{} bitexts mined anew; term pairs: {}", remining.bitexts, counts.collect::<Vec<_>>().join(", "))
}

fn said(kind: TermChangeKind) -> &'static str {
    match kind {
        TermChangeKind::New => "new",
        TermChangeKind::Gone => "gone",
        TermChangeKind::Risen => "sure enough to be shown now",
        TermChangeKind::Fallen => "not any more",
        TermChangeKind::Changed => "surer or less sure by more than a tenth",
        TermChangeKind::Rendering => "with another rendering first",
    }
}

fn listed(changes: &[TermChange]) -> String {
    let score = |score: Option<f32>| score.map_or(String::new(), |score| format!("{score:.2}"));
    let rows = changes.iter().map(|change| {
        let en = match &change.en_before {
            Some(before) => format!("{before} → {}", change.en),
            None => change.en.clone(),
        };
        [change.kind.name().to_owned(), score(change.before), score(change.after), change.zh.clone(), en]
    });
    output::table(["change", "before", "after", "Chinese", "English"], rows)
}
