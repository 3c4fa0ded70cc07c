//! The program `policyglot`.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    server::cli::log_to_standard_error();
    match server::cli::run(server::cli::Cli::parse()) {
        Ok(status) => status,
        Err(error) => {
            server::cli::complain(&error);
            ExitCode::from(1)
        }
    }
}
