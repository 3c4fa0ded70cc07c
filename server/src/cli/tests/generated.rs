//! Completions and manual pages are made, and taken by those they are for, where these are installed.

use std::io::Write as _;
use std::process::{Command, Stdio};

use clap::ValueEnum as _;
use clap_complete::Shell;

use crate::cli::generated::{completions_for, write_manual};

/// What a program says of a text that it is given; `None` where it is not installed.
fn said_by(program: &str, arguments: &[&str], text: &str) -> Option<(bool, String)> {
    let mut command = Command::new(program);
    let command = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().ok()?;
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Some((output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned()))
}

#[test]
fn completions_are_made_for_every_shell() {
    for shell in Shell::value_variants() {
        let script = completions_for(*shell);
        assert!(script.contains("lookup") && script.contains("require-token"), "{shell}");
        assert!(!script.contains("worker"), "{shell} names a hidden command");
        assert_eq!(script, completions_for(*shell));
    }
    for (shell, program) in [(Shell::Bash, "bash"), (Shell::Zsh, "zsh"), (Shell::Fish, "fish")] {
        if let Some(said) = said_by(program, &["-n"], &completions_for(shell)) {
            assert_eq!(said, (true, String::new()));
        }
    }
}

#[test]
fn manual_pages_are_made_for_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let written = write_manual(folder.path()).unwrap();
    let mut names: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), written);
    for name in ["policyglot.1", "policyglot-serve.1", "policyglot-terms-lookup.1", "policyglot-config.1"] {
        assert!(names.iter().any(|other| other == name), "{name}");
    }
    assert!(!names.iter().any(|name| name.contains("worker")));
    let serve = std::fs::read_to_string(folder.path().join("policyglot-serve.1")).unwrap();
    assert!(serve.contains("POLICYGLOT_LISTEN"));
    for name in names {
        let page = std::fs::read_to_string(folder.path().join(&name)).unwrap();
        assert!(!page.contains("worker"), "{name}");
        if let Some(said) = said_by("groff", &["-man", "-Tutf8", "-k", "-ww", "-z"], &page) {
            assert_eq!(said, (true, String::new()), "{name}");
        }
    }
}
