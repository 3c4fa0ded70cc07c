//! `policyglot serve` and `policyglot demo`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use super::{ingest, output, reocr};
use crate::data::Data;
use crate::deliver::{self, Settings};
use crate::workers::Pool;

pub(super) fn serve(folder: &Path, listen: SocketAddr) -> anyhow::Result<ExitCode> {
    serve_data(Data::open(folder)?, listen)
}

/// Ingests the sample corpus, which the second time changes nothing, and serves it.
pub(super) fn demo(folder: &Path, listen: SocketAddr) -> anyhow::Result<ExitCode> {
    let sample = sample_folder()?;
    let data = Data::open(folder)?;
    let start = Instant::now();
    let lock = data.lock_for_writing()?;
    output::message(&format!("reading the sample corpus into {}", folder.display()));
    let report = ingest::run(&data, &Pool::of_this_program()?, &[sample.join("pdf")], None, false)?;
    let derived = ingest::finish(&data, None)?;
    drop(lock);
    ingest::print(&report, &derived);
    // Nobody who wants to see the demo waits for its scans.
    if let Some(line) = reocr::waiting_line(&data, None)? {
        output::message(&line);
    }
    output::message(&format!("ready after {}", ingest::seconds_since(start)));
    serve_data(data, listen)
}

/// The sample corpus of the checkout that this is run in, or that the program was built from.
fn sample_folder() -> anyhow::Result<PathBuf> {
    let built_from = Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(|checkout| checkout.join("corpus/sample"));
    [Some(PathBuf::from("corpus/sample")), built_from]
        .into_iter()
        .flatten()
        .find(|folder| folder.join("pdf").is_dir())
        .ok_or_else(|| {
            anyhow::anyhow!(
                "the sample corpus is not here; run this in a checkout of Policyglot, or use `policyglot ingest`"
            )
        })
}

fn serve_data(data: Data, listen: SocketAddr) -> anyhow::Result<ExitCode> {
    let settings = Settings::from_environment()?;
    let data = Arc::new(data);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = crate::web::bind(listen).await?;
        output::message(&format!("serving on http://{} (stop with Ctrl-C)", listener.local_addr()?));
        let worker = deliver::start_worker(&data, &settings)?;
        crate::web::serve(data, listener).await?;
        drop(worker);
        anyhow::Ok(())
    })?;
    Ok(ExitCode::SUCCESS)
}
