//! The program, built with the tests.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    server::cli::log_to_standard_error();
    server::cli::run(server::cli::Cli::parse()).unwrap_or_else(|error| {
        server::cli::complain(&error);
        ExitCode::from(1)
    })
}
