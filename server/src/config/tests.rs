//! The file, who goes before whom, and what is printed.

use super::file::Fault;
use super::*;

const FILE: &str = "policyglot.toml";

fn faults(text: &str) -> Vec<Fault> {
    file::read(text, Path::new(FILE), false).faults
}

/// What a file says.
fn said(text: &str) -> Config {
    let told = file::read(text, Path::new(FILE), false);
    assert_eq!(told.faults, []);
    Config { given: told.given, file: Some(FILE.into()) }
}

#[track_caller]
fn check(text: &str, variable: &str, value: &str) {
    assert_eq!(said(text).get(variable).unwrap().as_deref(), Some(value), "{text}");
}

#[test]
fn a_file_gives_what_a_variable_would() {
    check("[server]\nlisten = \"[::1]:80\"", "POLICYGLOT_LISTEN", "[::1]:80");
    check("server.listen = '0.0.0.0:80'", "POLICYGLOT_LISTEN", "0.0.0.0:80");
    check("server = { require_token = true }", "POLICYGLOT_REQUIRE_TOKEN", "true");
    check("[upload]\nbytes = 1_000_000\n", "POLICYGLOT_UPLOAD_BYTES", "1000000");
    check("upload.files = 0x10", "POLICYGLOT_UPLOAD_FILES", "16");
    check("webhook.networks = ['10.0.0.0/8', \"::1\"]", "POLICYGLOT_WEBHOOK_NETWORKS", "10.0.0.0/8, ::1");
    check("webhook.networks = []", "POLICYGLOT_WEBHOOK_NETWORKS", "");
    check("data = '/srv/terms'", "POLICYGLOT_DATA", "/srv/terms");
    check("mail.from = 'Alerts <alerts@example.org>'", "POLICYGLOT_MAIL_FROM", "Alerts <alerts@example.org>");
}

#[test]
fn a_path_is_relative_to_the_file() {
    let told = file::read("ocr.models = 'models'", Path::new("/etc/terms/policyglot.toml"), false);
    let config = Config { given: told.given, file: None };
    assert_eq!(config.get("POLICYGLOT_OCR_MODELS").unwrap().as_deref(), Some("/etc/terms/models"));
}

#[track_caller]
fn check_fault(text: &str, line: usize, what: &str) {
    assert_eq!(faults(text), [Fault { line, what: what.to_owned() }], "{text}");
}

#[test]
fn a_fault_names_its_line_and_what_to_write() {
    let listen = "server.listen must be an address with a port, such as 127.0.0.1:8080 or [::1]:8080";
    check_fault("[server]\n\nlisten = 8080", 3, &format!("{listen}, in quotation marks; it is an integer"));
    check_fault("server.listen = \"home\"", 1, &format!("{listen}; it is \"home\""));
    check_fault("[rate]\ntoken = \"30\"", 2, "rate.token must be a whole number from 0 to 1000000; it is \"30\"");
    check_fault("[rate]\ntoken = 1_000_001", 2, "rate.token must be a whole number from 0 to 1000000; it is 1000001");
    check_fault("rate.sign_in = 0", 1, "rate.sign_in must be a whole number from 1 to 1000000; it is 0");
    check_fault("rate.token = 2.5", 1, "rate.token must be a whole number from 0 to 1000000; it is a float");
    check_fault("ocr.engine = 'best'", 1, "ocr.engine must be auto, tesseract or ppocr; it is \"best\"");
    check_fault("server.require_token = 1", 1, "server.require_token must be true or false; it is an integer");
    check_fault("[server]\nlisen = 'x'", 2, "no setting is called server.lisen; did you mean server.listen?");
    check_fault("listen = 'x'", 1, "no setting is called listen; did you mean server.listen?");
    check_fault("[serve]\nlisten = 'x'", 1, "no table is called serve; did you mean server?");
    check_fault("[colours]\nred = 1", 1, "no table is called colours; `policyglot config` lists them");
    check_fault("mail = 3", 1, "mail is a table of settings such as mail.smtp; write [mail] above them");
    check_fault("colour = 'red'", 1, "no setting is called colour; `policyglot config` lists them");
    check_fault("mail.from_file = '/x'", 1, "no setting is called mail.from_file; did you mean mail.from?");
    let twice = "mail.smtp_file is given twice, itself and as the path of a file; leave one away";
    check_fault("[mail]\nsmtp = 'smtp://localhost'\nsmtp_file = '/x'", 3, twice);
}

#[test]
fn a_fault_never_shows_a_secret() {
    for text in ["mail.password = 'confidential\\u0007'", "mail.password = ['confidential']", "mail.smtp = 'a\\nb'"] {
        assert!(!format!("{:?}", faults(text)).contains("confidential"), "{text}");
    }
}

#[test]
fn all_faults_are_told_and_broken_files_end_there() {
    let lines: Vec<usize> = faults("a = 1\nb = 2\n[server]\nlisten = 3\n").iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [1, 2, 4]);
    assert_eq!(faults("[server]\nlisten = = 3\n").iter().map(|fault| fault.line).min(), Some(2));
    assert_eq!(faults("[server]\nlisten = '[::1]:80'\nlisten = '[::1]:81'\n").len(), 1);
    assert!(faults(&"x = [".repeat(1000)).len() <= 20);
}

#[test]
fn a_file_in_the_data_folder_cannot_say_where_that_is() {
    let told = file::read("data = '/elsewhere'", Path::new("data/policyglot.toml"), true);
    assert!(told.faults[0].what.starts_with("data cannot be set by a file in the data folder"));
}

#[track_caller]
fn check_order(flag: Option<&str>, variable: Option<&str>, file: &str, value: &str, origin: &str) {
    let variable = |name: &str| variable.filter(|_| name == "POLICYGLOT_LISTEN").map(str::to_owned);
    let mut config = said(file).under(Config::of_environment(&variable).unwrap());
    if let Some(flag) = flag {
        config.note_flag("POLICYGLOT_LISTEN", flag.to_owned());
    }
    let row = as_rows(&config).into_iter().find(|row| row[0] == "server.listen").unwrap();
    assert_eq!((row[1].as_str(), row[2].as_str()), (value, origin));
    assert_eq!(config.value("POLICYGLOT_LISTEN").unwrap(), value);
}

#[test]
fn flags_go_before_the_environment_and_that_before_the_file() {
    let (file, variable, flag) = ("server.listen = '127.0.0.1:1'", Some("127.0.0.1:2"), Some("127.0.0.1:3"));
    check_order(None, None, "", "127.0.0.1:8080", "default");
    check_order(None, None, file, "127.0.0.1:1", "policyglot.toml:1");
    check_order(None, variable, file, "127.0.0.1:2", "environment POLICYGLOT_LISTEN");
    check_order(flag, variable, file, "127.0.0.1:3", "flag --listen");
    check_order(flag, None, "", "127.0.0.1:3", "flag --listen");
    // An empty variable says nothing.
    check_order(None, Some(" "), file, "127.0.0.1:1", "policyglot.toml:1");
}

#[test]
fn a_secret_may_stand_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("password");
    std::fs::write(&path, "confidential\n").unwrap();
    let config = Config::of(&[("POLICYGLOT_SMTP_PASSWORD_FILE", path.to_str().unwrap())]);
    assert_eq!(config.get("POLICYGLOT_SMTP_PASSWORD").unwrap().as_deref(), Some("confidential"));
    std::fs::remove_file(&path).unwrap();
    let error = config.get("POLICYGLOT_SMTP_PASSWORD").unwrap_err().to_string();
    assert!(
        error.starts_with("POLICYGLOT_SMTP_PASSWORD_FILE names a file that cannot be used: cannot read"),
        "{error}"
    );
    let both = [("POLICYGLOT_SMTP", "a"), ("POLICYGLOT_SMTP_FILE", "b")];
    let both = |name: &str| both.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
    assert!(Config::of_environment(&both).is_err());
}

#[test]
fn what_cannot_be_used_names_who_said_it() {
    let mut config = Config::of(&[("POLICYGLOT_RATE_TOKEN", "many"), ("POLICYGLOT_LISTEN", "home")]);
    let error = config.check().unwrap_err().to_string();
    assert!(error.starts_with("POLICYGLOT_LISTEN must be an address with a port"), "{error}");
    config.note_flag("POLICYGLOT_LISTEN", "home".to_owned());
    let error = config.get("POLICYGLOT_LISTEN").unwrap_err().to_string();
    assert!(error.starts_with("--listen must be"), "{error}");
    assert!(config.get("POLICYGLOT_NOTHING").is_err());
    let error = said("[mail]\nfrom = 'a@example.org'").wrong("POLICYGLOT_MAIL_FROM", "is odd").to_string();
    assert_eq!(error, "policyglot.toml:2: mail.from is odd");
}

#[test]
fn the_table_is_consistent() {
    for setting in SETTINGS {
        let others = |same: &dyn Fn(&Setting) -> bool| SETTINGS.iter().filter(|other| same(other)).count();
        assert_eq!(others(&|other| other.key == setting.key), 1, "{}", setting.key);
        assert_eq!(others(&|other| other.variable == setting.variable), 1, "{}", setting.variable);
        assert!(setting.default.is_empty() || setting.kind.takes(setting.default), "{}", setting.key);
        assert!(setting.kind.takes(&setting.kind.example()), "{}", setting.key);
        assert!(!setting.about.ends_with('.'), "{}", setting.key);
    }
    // The tables of the file stand together.
    let mut tables: Vec<&str> =
        SETTINGS.iter().map(|setting| setting.key.split_once('.').map_or("", |(table, _)| table)).collect();
    tables.dedup();
    let all = tables.len();
    tables.sort_unstable();
    tables.dedup();
    assert_eq!(tables.len(), all);
}

#[test]
fn what_nobody_sets_is_the_same_in_the_table_and_in_the_code() {
    use crate::access::AccessSettings;
    use crate::jobs::UploadLimits;
    let nothing = Config::default();
    assert_eq!(UploadLimits::read(&nothing).unwrap(), UploadLimits::default());
    let (read, usual) = (AccessSettings::read(&nothing).unwrap(), AccessSettings::default());
    assert_eq!(format!("{read:?}"), format!("{usual:?}"));
    assert_eq!(crate::ocr::Asked::read(&nothing).unwrap(), Some(crate::ocr::Asked::default()));
}

/// Something said by each, with secrets.
fn mixed() -> Config {
    let file = said(
        "[server]\npublic_url = 'https://terms.example.org'\nproxies = ['10.0.0.0/8', '::1']\n\n\
         [mail]\nsmtp = 'smtps://me:confidential@example.org'\npassword_file = '/run/credentials/password'\n\
         from = 'Alerts <alerts@example.org>'\n",
    );
    let variable = |name: &str| match name {
        "POLICYGLOT_DATA" => Some("/srv/terms".to_owned()),
        "POLICYGLOT_REQUIRE_TOKEN" => Some("yes".to_owned()),
        _ => None,
    };
    let mut config = file.under(Config::of_environment(&variable).unwrap());
    config.note_flag("POLICYGLOT_LISTEN", "0.0.0.0:80".to_owned());
    config
}

#[test]
fn settings_are_printed_with_who_said_them_and_without_secrets() {
    let config = mixed();
    let rows: Vec<String> = as_rows(&config).iter().map(|row| row.join(" | ")).collect();
    let printed = format!(
        "{}\n\n{}\n{}\n",
        rows.join("\n"),
        as_toml(&config),
        serde_json::to_string_pretty(&as_json(&config)).unwrap()
    );
    assert!(!printed.contains("confidential"));
    insta::assert_snapshot!(printed);
}

#[test]
fn what_is_printed_as_toml_says_the_same_again() {
    let config = mixed();
    let again = said(&as_toml(&config));
    for setting in SETTINGS {
        // A secret that was given itself is not printed, and a file that holds one is named.
        if setting.kind == Kind::Secret {
            continue;
        }
        let canonical = |config: &Config| {
            let value = config.value(setting.variable).unwrap();
            kind::switch(&value).map_or(value.clone(), |switch| switch.to_string())
        };
        assert_eq!(canonical(&again), canonical(&config), "{}", setting.key);
    }
    assert!(as_toml(&config).contains("password_file = \"/run/credentials/password\""));
    assert!(said(&as_toml(&Config::default())).given.iter().all(Option::is_none));
}
