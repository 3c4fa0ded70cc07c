//! The command line as a whole: what it takes from elsewhere, and what is made from it.

mod generated;
mod packaging;
mod settled;

use clap::CommandFactory as _;

#[test]
fn the_command_line_is_consistent() {
    super::Cli::command().debug_assert();
    super::settled::plain_command().debug_assert();
}
