//! What stands in `packaging/` is true of this program and this checkout.

use std::path::{Path, PathBuf};
use std::process::Command as Process;

use super::settled::settled;
use crate::cli::Command;
use crate::config::{Config, Kind, SETTINGS, as_toml};

fn packaged(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging").join(name)).unwrap()
}

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Whether a variable is that of a setting, or of a file that holds one.
#[track_caller]
fn check_variable(name: &str) {
    let is_setting = SETTINGS.iter().any(|setting| {
        setting.variable == name || (setting.kind == Kind::Secret && format!("{}_FILE", setting.variable) == name)
    });
    assert!(is_setting, "{name}");
}

/// What follows a word at the beginnings of lines, also of those that are commented out.
fn lines<'a>(text: &'a str, word: &str) -> Vec<&'a str> {
    text.lines().filter_map(|line| line.trim_start_matches('#').trim_start().strip_prefix(word)).collect()
}

#[test]
fn the_example_is_what_the_program_prints() {
    assert_eq!(as_toml(&Config::default()), packaged("policyglot.toml"), "`policyglot config --format toml` makes it");
}

#[test]
fn the_unit_starts_the_server() {
    let unit = packaged("policyglot.service");
    let [start] = lines(&unit, "ExecStart=")[..] else { panic!("{unit}") };
    let words: Vec<&str> = start.split(' ').collect();
    assert_eq!(words[0], "/usr/local/bin/policyglot");
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("policyglot.toml");
    std::fs::write(&settings, packaged("policyglot.toml")).unwrap();
    let words: Vec<&str> = words[1..]
        .iter()
        .map(|word| if word.starts_with("/etc/") { settings.to_str().unwrap() } else { word })
        .collect();
    let (cli, _) = settled(&words, &[]).unwrap();
    let Command::Serve(args) = cli.command else { panic!("{cli:?}") };
    assert_eq!(args.data.data, Path::new("/var/lib").join(lines(&unit, "StateDirectory=")[0]));
    for variable in lines(&unit, "Environment=") {
        check_variable(variable.split_once('=').unwrap().0);
    }
}

/// As systemd reads it, where that is installed; the program is this test's own, since none is installed.
#[test]
fn systemd_takes_the_unit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policyglot.service");
    let program = std::env::current_exe().unwrap();
    let unit = packaged("policyglot.service").replace("/usr/local/bin/policyglot", program.to_str().unwrap());
    let unit = unit.replace("#LoadCredential", "LoadCredential").replace("#Environment", "Environment");
    std::fs::write(&path, unit).unwrap();
    let Ok(output) = Process::new("systemd-analyze").args(["verify", "--man=no"]).arg(&path).output() else { return };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    // It also reads the units of this machine, which are none of ours.
    let own: Vec<&str> = said.lines().filter(|line| line.contains("policyglot")).collect();
    assert!(own.is_empty(), "{said}");
}

#[test]
fn the_container_file_names_what_is_there() {
    let file = packaged("Containerfile");
    for copied in lines(&file, "COPY ") {
        if copied.starts_with("--from=build") {
            assert!(copied.contains("/target/release/policyglot "), "{copied}");
            continue;
        }
        let words: Vec<&str> = copied.split(' ').collect();
        for source in &words[..words.len() - 1] {
            assert!(checkout().join(source).exists(), "{source}");
        }
    }
    let manifest = std::fs::read_to_string(checkout().join("Cargo.toml")).unwrap();
    let members = manifest.lines().find_map(|line| line.strip_prefix("members = ")).unwrap();
    for member in members.split('"').skip(1).step_by(2) {
        let top = member.split('/').next().unwrap();
        assert!(lines(&file, "COPY ").contains(&format!("{top} {top}").as_str()), "{member} is not copied");
    }
    let variables: Vec<(&str, &str)> = lines(&file, "ENV ").iter().map(|line| line.split_once('=').unwrap()).collect();
    for (name, _) in &variables {
        check_variable(name);
    }
    assert_eq!(lines(&file, "ENTRYPOINT "), ["[\"policyglot\"]"]);
    // The last is the image's; the one before it, indented, is that of the health check.
    let [command] = file.lines().filter_map(|line| line.strip_prefix("CMD ")).collect::<Vec<_>>()[..] else {
        panic!("{file}")
    };
    let words: Vec<String> = serde_json::from_str(command).unwrap();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (cli, config) = settled(&words, &variables).unwrap();
    let Command::Serve(args) = cli.command else { panic!("{cli:?}") };
    assert!(lines(&file, "VOLUME ").iter().any(|volume| Path::new(volume) == args.data.data));
    assert!(lines(&file, "EXPOSE ").contains(&args.listen.port().to_string().as_str()));
    assert!(file.contains(&format!("http://127.0.0.1:{}/", args.listen.port())));
    config.check().unwrap();
}
