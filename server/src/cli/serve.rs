//! `policyglot serve` and `policyglot demo`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;

use super::{DataFolder, ingest, output, reocr};
use crate::config::Config;
use crate::data::Data;
use crate::deliver::{self, Settings};
use crate::web::ServerSettings;
use crate::workers::Pool;

/// How long to wait at the very end for work whose request was cut.
const LAST_WORK: Duration = Duration::from_secs(1);

/// What and where to serve.
#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    pub(super) data: DataFolder,
    /// The address to serve on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", env = "POLICYGLOT_LISTEN")]
    pub(super) listen: SocketAddr,
    #[command(flatten)]
    _access: AccessArgs,
    #[command(flatten)]
    _load: LoadArgs,
}

/// Who may ask; the server reads these from `Config`, which notes flags.
#[derive(Debug, Args)]
struct AccessArgs {
    /// Where readers reach this server, such as `https://terms.example.org`; every request then needs a token
    #[arg(long, value_name = "URL", env = "POLICYGLOT_PUBLIC_URL")]
    public_url: Option<String>,
    /// Have every request need a token, also where only this machine can ask (`policyglot token add` makes one)
    #[arg(long, env = "POLICYGLOT_REQUIRE_TOKEN")]
    require_token: bool,
}

/// How the server tells of itself.
#[derive(Debug, Args)]
struct LoadArgs {
    /// The address to tell metrics (/metrics) and the state of the server (/livez, /readyz) at, such as 127.0.0.1:9464
    #[arg(long, value_name = "ADDRESS", env = "POLICYGLOT_METRICS")]
    metrics: Option<SocketAddr>,
}

pub(super) fn serve(args: &ServeArgs, config: &Config) -> anyhow::Result<ExitCode> {
    serve_data(Data::open(&args.data.data)?, args.listen, config)
}

/// Ingests the sample corpus, which the second time changes nothing, and serves it.
pub(super) fn demo(args: &ServeArgs, config: &Config) -> anyhow::Result<ExitCode> {
    let folder = &args.data.data;
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
    serve_data(data, args.listen, config)
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

fn serve_data(data: Data, listen: SocketAddr, config: &Config) -> anyhow::Result<ExitCode> {
    let server = ServerSettings::read(config)?;
    let settings = Settings::read(config)?;
    let data = Arc::new(data);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let listener = crate::web::bind(listen, &data, &server.access).await?;
        output::message(&format!("serving on http://{} (stop with Ctrl-C)", listener.local_addr()?));
        let worker = deliver::start_worker(&data, &settings)?;
        crate::web::serve(data, listener, server).await?;
        drop(worker);
        anyhow::Ok(())
    });
    // Work that goes on without a request that waits for it ends with the process.
    runtime.shutdown_timeout(LAST_WORK);
    served?;
    Ok(ExitCode::SUCCESS)
}
