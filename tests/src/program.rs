//! The program, built with the tests.

use std::process::ExitCode;

use server::cli;

fn main() -> ExitCode {
    let ended = cli::read().and_then(|(command_line, config)| {
        cli::log_to_standard_error(&config)?;
        cli::run(command_line, &config)
    });
    ended.unwrap_or_else(|error| {
        cli::complain(&error);
        ExitCode::from(1)
    })
}
