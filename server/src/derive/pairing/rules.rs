//! What people and manifests say of pairs.

use std::collections::BTreeMap;
use std::path::Path;

use corpus::bitext::PairRule;
use corpus::document::{DocumentHash, Language};
use corpus::store::{SaidBy, SaidOfPair};
use serde::Deserialize;

use super::identity;
use crate::Error;
use crate::data::Data;

/// A file of a manifest. Files that name one instrument are its language versions; a file can also name files that it is
/// not to be paired with.
#[derive(Debug, Deserialize)]
struct ManifestEntry {
    sha256: String,
    #[serde(default)]
    instrument: Option<String>,
    /// The SHA-256 of files that are no translations of this one.
    #[serde(default)]
    not_paired_with: Vec<String>,
}

/// The language versions of an instrument.
#[derive(Default)]
struct Versions {
    zh: Option<i64>,
    en: Option<i64>,
    /// A scan, whose language is known once it has been read: the one that the other is not in.
    unread: Option<i64>,
}

impl Versions {
    fn pair(self) -> Option<(i64, i64)> {
        let some = self.zh.is_some() || self.en.is_some();
        let unread = self.unread.filter(|_| some);
        self.zh.or(unread).zip(self.en.or(unread))
    }
}

/// Keeps what a manifest says of the documents that are there.
pub(super) fn take_manifest(data: &Data, path: &Path) -> Result<(), Error> {
    let failed = |source| Error::Io { action: "open the manifest", path: path.to_owned(), source };
    let text = std::fs::read_to_string(path).map_err(failed)?;
    let manifest: Vec<ManifestEntry> = serde_json::from_str(&text)
        .map_err(|error| Error::Input(format!("{}: not a manifest: {error}", path.display())))?;
    let mut instruments: BTreeMap<&str, Versions> = BTreeMap::new();
    for entry in &manifest {
        let Some((language, id)) = document(data, &entry.sha256)? else { continue };
        if let Some(instrument) = &entry.instrument {
            let versions = instruments.entry(instrument).or_default();
            match language {
                Language::Zh => versions.zh = Some(id),
                Language::En => versions.en = Some(id),
                Language::Other => versions.unread = Some(id),
            }
        }
        for other in &entry.not_paired_with {
            match (language, document(data, other)?) {
                (Language::Zh, Some((Language::En, other))) => say(data, id, other, PairRule::Forbid)?,
                (Language::En, Some((Language::Zh, other))) => say(data, other, id, PairRule::Forbid)?,
                _ => {}
            }
        }
    }
    for (zh, en) in instruments.into_values().filter_map(Versions::pair) {
        say(data, zh, en, PairRule::Set)?;
    }
    Ok(())
}

fn say(data: &Data, zh: i64, en: i64, rule: PairRule) -> Result<(), Error> {
    data.with_store(|store| Ok(store.say_of_pair(SaidOfPair { zh, en, rule, said_by: SaidBy::Manifest })?))?;
    Ok(())
}

fn document(data: &Data, sha256: &str) -> Result<Option<(Language, i64)>, Error> {
    let hash = DocumentHash(sha256.to_ascii_lowercase());
    let Some(id) = data.with_store(|store| Ok(store.document_by_hash(&hash)?))? else { return Ok(None) };
    Ok(identity(data, id)?.map(|(language, _)| (language, id)))
}

/// Whether a pair that was set is still one of a Chinese and an English document: a scan gets its language when it is
/// read.
pub(super) fn are_languages_right(data: &Data, zh: i64, en: i64) -> Result<bool, Error> {
    let language = |id: i64| Ok::<_, Error>(identity(data, id)?.map(|(language, _)| language));
    Ok(language(zh)? == Some(Language::Zh) && language(en)? == Some(Language::En))
}

/// # Errors
/// When either document is missing or in the wrong language.
pub(super) fn check_documents(data: &Data, zh: i64, en: i64) -> Result<(), Error> {
    for (id, language) in [(zh, Language::Zh), (en, Language::En)] {
        let Some((found, _)) = identity(data, id)? else {
            return Err(Error::Input(format!("there is no document {id}; `policyglot documents` lists them")));
        };
        if found != language {
            let code = language.code();
            return Err(Error::Input(format!(
                "document {id} is not in the language {code}; give the Chinese one first"
            )));
        }
    }
    Ok(())
}
