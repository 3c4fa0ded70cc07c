//! Which OCR engine there is, and which is the better.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::ValueEnum;
use ingest::ocr::tesseract;

use super::Engine;
use crate::Error;
use crate::config::Config;

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Which engine.
    pub engine: EngineName,
    /// The folder of PP-OCR's models; by default `policyglot/models` in the user's data folder.
    pub models: Option<PathBuf>,
}

impl Asked {
    /// What is configured; `None` where scans are not to be read.
    ///
    /// # Errors
    /// When a setting cannot be used.
    pub(crate) fn read(config: &Config) -> Result<Option<Self>, Error> {
        let engine = EngineName::from_str(&config.value("POLICYGLOT_OCR_ENGINE")?, true).unwrap_or_default();
        let models = config.get("POLICYGLOT_OCR_MODELS")?.map(PathBuf::from);
        Ok((config.value("POLICYGLOT_OCR")? != "never").then_some(Self { engine, models }))
    }
}

/// An engine as it is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum EngineName {
    /// PP-OCR where its models are, else tesseract where it is installed
    #[default]
    Auto,
    /// The program tesseract
    Tesseract,
    /// PP-OCR, on models in a folder
    Ppocr,
}

/// Why there is no engine, with what to install.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// The program cannot use one.
    #[error("this policyglot was built without the feature `ocr`; install one that has it")]
    NotBuilt,
    /// Neither engine is there.
    #[error("install one: {TESSERACT}; or {}", models(.0))]
    Any(PathBuf),
    /// The program tesseract is not there.
    #[error("tesseract is not installed: {TESSERACT}")]
    Tesseract,
    /// The program tesseract reads no Chinese.
    #[error("tesseract is installed without Chinese: apt-get install tesseract-ocr-chi-sim")]
    Chinese,
    /// The models of PP-OCR are not there.
    #[error("there are no PP-OCR models in {}: {}", .0.display(), models(.0))]
    Models(PathBuf),
}

const TESSERACT: &str = "apt-get install tesseract-ocr tesseract-ocr-chi-sim";

fn models(folder: &Path) -> String {
    format!("pip download --no-deps rapidocr && unzip -j rapidocr-*.whl '*.onnx' -d {}", folder.display())
}

/// The engine to use: the one that was asked for, or the better one that is there.
///
/// PP-OCR goes first, since it reads scans better (README.md has the figures); its models are a download that a
/// person has made on purpose.
///
/// # Errors
/// [`Missing`], when it is not there.
pub fn choose(asked: &Asked) -> Result<Engine, Missing> {
    if !cfg!(feature = "ocr") {
        return Err(Missing::NotBuilt);
    }
    let folder = asked.models.clone().unwrap_or_else(models_folder);
    let ppocr = || ppocr_in(&folder).ok_or_else(|| Missing::Models(folder.clone()));
    match asked.engine {
        EngineName::Tesseract => installed_tesseract(),
        EngineName::Ppocr => ppocr(),
        // A folder that was named is meant: what is not in it is not passed over in silence.
        EngineName::Auto if asked.models.is_some() => ppocr(),
        EngineName::Auto => ppocr().or_else(|_| match installed_tesseract() {
            Err(Missing::Tesseract) => Err(Missing::Any(folder.clone())),
            other => other,
        }),
    }
}

/// `$XDG_DATA_HOME/policyglot/models`, by default below `~/.local/share`.
fn models_folder() -> PathBuf {
    let given = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    let data = given.or_else(|| Some(std::env::home_dir()?.join(".local/share")));
    data.unwrap_or_default().join("policyglot/models")
}

#[cfg(feature = "ocr")]
fn ppocr_in(folder: &Path) -> Option<Engine> {
    let entries = std::fs::read_dir(folder).ok()?;
    let mut names: Vec<String> =
        entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned())).collect();
    names.sort();
    let choice = ingest::ocr::ppocr::chosen(&names)?;
    // A worker has another working folder in mind: the folder is named from the root.
    let folder = std::path::absolute(folder).ok()?;
    Some(Engine::Ppocr {
        detector: folder.join(choice.detector),
        recogniser: folder.join(choice.recogniser),
        characters: choice.characters.map(|name| folder.join(name)),
    })
}

#[cfg(not(feature = "ocr"))]
fn ppocr_in(_folder: &Path) -> Option<Engine> {
    None
}

fn installed_tesseract() -> Result<Engine, Missing> {
    let program = on_path("tesseract").ok_or(Missing::Tesseract)?;
    let listed = Command::new(&program).arg("--list-langs").stdin(Stdio::null()).stderr(Stdio::null()).output();
    let listed = listed.map_err(|_| Missing::Tesseract)?;
    let installed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let language = tesseract::languages(&installed).filter(|language| language != "eng").ok_or(Missing::Chinese)?;
    Ok(Engine::Tesseract { program, language, installed })
}

/// The program of that name on the search path.
fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(files: &[&str], engine: EngineName, expected: Result<&str, &str>) {
        let folder = tempfile::tempdir().unwrap();
        for name in files {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let asked = Asked { engine, models: Some(folder.path().to_owned()) };
        let chosen = choose(&asked);
        match (&chosen, expected) {
            (Ok(engine), Ok(name)) => assert_eq!(engine.name(), name),
            (Err(missing), Err(says)) => assert!(missing.to_string().contains(says), "{missing}"),
            _ => panic!("{files:?}: {chosen:?}"),
        }
    }

    #[test]
    fn a_folder_that_was_named_must_hold_models() {
        let models = ["PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"];
        check(&models, EngineName::Auto, Ok("ppocr"));
        check(&models, EngineName::Ppocr, Ok("ppocr"));
        check(&models[..1], EngineName::Auto, Err("pip download"));
        check(&[], EngineName::Ppocr, Err("there are no PP-OCR models in"));
    }

    #[test]
    fn what_is_missing_says_what_to_install() {
        let folder = PathBuf::from("models");
        for missing in [Missing::Any(folder.clone()), Missing::Tesseract, Missing::Chinese, Missing::Models(folder)] {
            let message = missing.to_string();
            assert!(message.contains("apt-get install") || message.contains("pip download"), "{message}");
            assert!(!message.ends_with('.'));
        }
    }
}
