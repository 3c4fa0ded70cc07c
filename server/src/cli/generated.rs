//! `policyglot completions` and `policyglot man`: what is made from the command line itself.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Command};
use clap_complete::Shell;

use super::{output, settled};

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// The folder to write them to, such as ~/.local/share/man/man1; it is made where it is not there
    folder: PathBuf,
}

pub(super) fn completions(args: &CompletionsArgs) -> anyhow::Result<ExitCode> {
    output::data(&completions_for(args.shell))?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn man(args: &ManArgs) -> anyhow::Result<ExitCode> {
    let written = write_manual(&args.folder)?;
    output::message(&format!("{written} manual pages written to {}", args.folder.display()));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn completions_for(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut visible_command(), "policyglot", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// Writes a page for each command; answers how many.
pub(super) fn write_manual(folder: &Path) -> anyhow::Result<usize> {
    let failed = || format!("cannot write manual pages to {}", folder.display());
    std::fs::create_dir_all(folder).with_context(failed)?;
    clap_mangen::generate_to(visible_command(), folder).with_context(failed)?;
    Ok(pages(&visible_command()))
}

fn pages(command: &Command) -> usize {
    1 + command.get_subcommands().map(pages).sum::<usize>()
}

/// The command line without hidden commands, which completions would name.
fn visible_command() -> Command {
    let whole = settled::plain_command();
    let visible = Command::new("policyglot").version(env!("CARGO_PKG_VERSION")).disable_help_subcommand(true);
    let visible = match whole.get_about() {
        Some(about) => visible.about(about.clone()),
        None => visible,
    };
    let commands = whole.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
    visible.args(whole.get_arguments().cloned()).subcommands(commands)
}
