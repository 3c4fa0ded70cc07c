//! Values are the same whoever gives them.

use std::ffi::OsString;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::Error;
use crate::cli::settled::{Unsettled, settle};
use crate::cli::{Cli, Command};
use crate::config::{Config, Kind, SETTINGS, Setting};

pub(super) fn settled(arguments: &[&str], variables: &[(&str, &str)]) -> Result<(Cli, Config), Unsettled> {
    let arguments = std::iter::once("policyglot").chain(arguments.iter().copied()).map(OsString::from).collect();
    let given = |name: &str| variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
    settle(arguments, &given)
}

fn config(arguments: &[&str], variables: &[(&str, &str)]) -> Config {
    settled(arguments, variables).unwrap().1
}

fn error(arguments: &[&str], variables: &[(&str, &str)]) -> String {
    match settled(arguments, variables) {
        Err(Unsettled::Config(Error::Input(message))) => message,
        other => panic!("{other:?}", other = other.map(|(cli, _)| cli)),
    }
}

/// A text that the setting takes, no more and no less than all forms of giving it can hold.
fn text_for(kind: Kind) -> BoxedStrategy<String> {
    match kind {
        Kind::Text | Kind::Secret => "[^\\p{C}\\s][^\\p{C}]{0,12}[^\\p{C}\\s]".boxed(),
        Kind::Path => "/[^\\p{C}\\s/]{1,9}/[^\\p{C}\\s/]{1,9}".boxed(),
        Kind::Address => any::<std::net::SocketAddr>().prop_map(|address| address.to_string()).boxed(),
        Kind::PublicUrl => "https?://[a-z]{1,9}\\.example\\.org(:[1-9][0-9]{0,3})?".boxed(),
        Kind::Switch => Just("true".to_owned()).boxed(),
        Kind::Number { least, most } => (least..=most).prop_map(|number| number.to_string()).boxed(),
        Kind::OneOf(words) => select(words).prop_map(str::to_owned).boxed(),
        Kind::Networks => {
            let network =
                (any::<[u8; 4]>(), 0_u32..=32).prop_map(|([a, b, c, d], bits)| format!("{a}.{b}.{c}.{d}/{bits}"));
            proptest::collection::vec(network, 1..4).prop_map(|networks| networks.join(", ")).boxed()
        }
        Kind::Mailbox => "[a-z]{1,9}@[a-z]{1,9}\\.org".boxed(),
        Kind::LogFilter => select(&["error", "info", "warn,server=debug"][..]).prop_map(str::to_owned).boxed(),
    }
}

fn setting_and_text() -> impl Strategy<Value = (&'static Setting, String)> {
    any::<Index>().prop_flat_map(|index| {
        let setting = index.get(SETTINGS);
        text_for(setting.kind).prop_map(move |text| (setting, text))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_value_is_the_same_whoever_gives_it((setting, text) in setting_and_text()) {
        let value = |config: Config| config.get(setting.variable).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        std::fs::write(&path, format!("{} = {}", setting.key, setting.kind.in_toml(&text))).unwrap();

        prop_assert_eq!(value(config(&["config"], &[(setting.variable, &text)])), Some(text.clone()));
        prop_assert_eq!(value(config(&["config", "--config", path.to_str().unwrap()], &[])), Some(text.clone()));
        if let Some(flag) = setting.flag {
            let flag = if setting.kind == Kind::Switch { format!("--{flag}") } else { format!("--{flag}={text}") };
            match settled(&["config", &flag], &[]) {
                Ok((_, config)) => prop_assert_eq!(value(config), Some(text)),
                Err(refused) => prop_assert!(false, "{flag}: {refused:?}"),
            }
        }
    }
}

/// The address and the folder of `policyglot serve`, as a flag, a variable, or the file in the folder say.
#[test]
fn arguments_have_what_is_said_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    std::fs::write(folder.path().join("policyglot.toml"), "[server]\nlisten = '127.0.0.1:1'\n").unwrap();
    let listen = |arguments: &[&str], variables: &[(&str, &str)]| {
        let (cli, _) = settled(arguments, variables).unwrap();
        let Command::Serve(args) = cli.command else { panic!("{cli:?}") };
        (args.data.data, args.listen.port())
    };
    let there = folder.path().to_owned();
    assert_eq!(listen(&["serve"], &[]), ("./data".into(), 8080));
    assert_eq!(listen(&["serve", "--data", data], &[]), (there.clone(), 1));
    assert_eq!(listen(&["serve"], &[("POLICYGLOT_DATA", data)]), (there.clone(), 1));
    let variables = [("POLICYGLOT_DATA", data), ("POLICYGLOT_LISTEN", "127.0.0.1:2")];
    assert_eq!(listen(&["serve"], &variables), (there.clone(), 2));
    assert_eq!(listen(&["serve", "--listen", "127.0.0.1:3"], &variables), (there.clone(), 3));

    // A file that is named goes before the one in the data folder, and may say where that is.
    let named = folder.path().join("other.toml");
    std::fs::write(&named, "data = 'below'\n").unwrap();
    let named = named.to_str().unwrap();
    assert_eq!(listen(&["serve", "--config", named], &[]), (there.join("below"), 8080));
    assert_eq!(listen(&["--config", named, "serve"], &[]), (there.join("below"), 8080));
    assert_eq!(listen(&["serve"], &[("POLICYGLOT_CONFIG", named)]), (there.join("below"), 8080));
    assert_eq!(listen(&["serve"], &[("POLICYGLOT_CONFIG", "")]), ("./data".into(), 8080));
}

#[test]
fn a_file_holds_for_the_commands_below_a_command_too() {
    let folder = tempfile::tempdir().unwrap();
    let named = folder.path().join("settings.toml");
    std::fs::write(&named, "data = 'terms'\nocr.engine = 'tesseract'\nedit.name = 'Ada'\n").unwrap();
    let named = named.to_str().unwrap();
    let seen = |arguments: &[&str]| format!("{:?}", settled(arguments, &[]).unwrap().0);
    let edit = seen(&["terms", "edit", "history", "--config", named]);
    assert!(edit.contains("/terms\"") && edit.contains("\"Ada\""), "{edit}");
    let extract = seen(&["extract", "a.pdf", "--config", named]);
    assert!(extract.contains("Tesseract"), "{extract}");
}

#[test]
fn what_is_wrong_elsewhere_is_said_only_where_it_matters() {
    let variables = [("POLICYGLOT_LISTEN", "home"), ("POLICYGLOT_SMTP", "\u{7}")];
    assert!(error(&["serve"], &variables).starts_with("POLICYGLOT_LISTEN must be an address with a port"));
    assert!(settled(&["documents"], &variables).is_ok());

    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    std::fs::write(folder.path().join("policyglot.toml"), "[serve]\nlisten = 'x'\n").unwrap();
    let message = error(&["documents", "--data", data], &[]);
    assert!(message.ends_with("policyglot.toml:1: no table is called serve; did you mean server?"), "{message}");
    // These go by no file, and the last looks at another.
    for arguments in [&["completions", "bash"][..], &["man", "x"], &["config", "--data", data, "--check", "y"]] {
        assert!(settled(arguments, &[("POLICYGLOT_DATA", data)]).is_ok(), "{arguments:?}");
    }
    assert!(matches!(settled(&["config", "--config", data], &[]), Err(Unsettled::Config(Error::Io { .. }))));
}
