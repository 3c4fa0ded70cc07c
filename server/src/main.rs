//! The program `policyglot`.

use std::process::ExitCode;

use clap::Parser as _;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_env("POLICYGLOT_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match server::cli::run(server::cli::Cli::parse()) {
        Ok(status) => status,
        Err(error) => {
            server::cli::complain(&error);
            ExitCode::from(1)
        }
    }
}
