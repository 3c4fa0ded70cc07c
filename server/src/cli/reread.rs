//! `policyglot reread`: documents read again from their kept files, after the program has learnt to read better.

use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget};

use super::{DataFolder, OcrEngine, ingest, output, reocr};
use crate::data::Data;
use crate::rereading::{Reread, reread};
use crate::workers::Pool;

#[derive(Debug, Args)]
pub(super) struct RereadArgs {
    /// Documents, by number or by file name; by default all
    documents: Vec<String>,
    #[command(flatten)]
    data: DataFolder,
    #[command(flatten)]
    engine: OcrEngine,
}

/// Exit status 0: all were read; 1: not all.
pub(super) fn run(args: &RereadArgs) -> anyhow::Result<ExitCode> {
    let data = Data::open(&args.data.data)?;
    let _lock = data.lock_for_writing()?;
    let ids = match args.documents.as_slice() {
        [] => data.with_store(|store| Ok(store.document_ids()?))?,
        names => reocr::named(&data, names)?,
    };
    let engine = args.engine.choose().ok();
    let bar = ProgressBar::with_draw_target(Some(ids.len() as u64), ProgressDrawTarget::stderr());
    let (mut changed, mut same, mut without, mut failed) = (0, 0, 0, 0);
    reread(&data, &Pool::of_this_program()?, engine.as_ref(), &ids, &mut |name, became| {
        bar.inc(1);
        match became {
            Reread::Changed => changed += 1,
            Reread::Same => same += 1,
            Reread::NoFile => without += 1,
            Reread::Failed(failure) => {
                failed += 1;
                bar.suspend(|| output::message(&format!("{name}: {}; it stays as it was", failure.message)));
            }
        }
    })?;
    bar.finish_and_clear();
    let mut parts = vec![format!("{changed} read differently"), format!("{same} as before")];
    ingest::count(&mut parts, without, "came as records and are not read again");
    ingest::count(&mut parts, failed, "failed");
    ingest::count_derived(&mut parts, &ingest::finish(&data, None)?);
    output::message(&parts.join(", "));
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
