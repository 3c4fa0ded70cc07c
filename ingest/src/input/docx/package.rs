//! The ZIP archive that a document is: its parts, each bounded, whatever the archive says of their sizes.

use std::io::{Cursor, Read as _};

use encoding_rs::UTF_8;
use zip::ZipArchive;

use super::xml;

/// A document has some dozens of parts.
const MOST_PARTS: usize = 20_000;
/// The text of the longest document has some megabytes, its XML ten times that.
const LARGEST_PART: u64 = 100 << 20;
/// All parts that are read together.
const LARGEST_ALL: u64 = 160 << 20;

const MAIN: &str = "word/document.xml";

/// An open package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    main: String,
    /// How many bytes may still be read.
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens an archive; `None` where it is none, or has more parts than a document.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).ok().filter(|archive| archive.len() <= MOST_PARTS)?;
        let mut package = Self { archive, main: MAIN.to_owned(), left: LARGEST_ALL };
        if let Some(main) = package.part("_rels/.rels").ok().flatten().and_then(|relations| main_part(&relations)) {
            package.main = main;
        }
        Some(package)
    }

    /// Whether the main part is there and is a text document's.
    pub(super) fn has_document(&self) -> bool {
        self.main.starts_with("word/") && self.archive.index_for_name(&self.main).is_some()
    }

    /// The main part.
    ///
    /// # Errors
    /// When it cannot be read, with why.
    pub(super) fn document(&mut self) -> Result<String, String> {
        let main = self.main.clone();
        self.part(&main)?.ok_or_else(|| format!("it has no {main}"))
    }

    /// The text of a part; `None` where there is none of that name.
    ///
    /// # Errors
    /// When it cannot be read, or is larger than any document's, with why.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, String> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|error| format!("{name} cannot be read: {error}"))?;
        let most = LARGEST_PART.min(self.left);
        let mut bytes = Vec::new();
        // The size that the archive declares is not believed: what is really there counts.
        let declared = file.size();
        let read = if declared > most { Ok(0) } else { file.take(most + 1).read_to_end(&mut bytes) };
        read.map_err(|error| format!("{name} is damaged: {error}"))?;
        let length = bytes.len() as u64;
        if declared > most || length > most {
            return Err(format!("{name} unpacks to more than {} MB", most >> 20));
        }
        self.left = self.left.saturating_sub(length);
        Ok(Some(UTF_8.decode(&bytes).0.into_owned()))
    }
}

/// The main part that the package names (ISO/IEC 29500-2): the target of the relation of that type.
fn main_part(relations: &str) -> Option<String> {
    let mut events = xml::Events::new(relations);
    while let Some(event) = events.next().ok().flatten() {
        let xml::Event::Start(element) = event else { continue };
        if element.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument")) {
            return Some(element.attribute("Target")?.trim_start_matches('/').to_owned());
        }
    }
    None
}
