//! What a server needs to know of this installation.

use crate::Error;
use crate::access::AccessSettings;
use crate::config::Config;
use crate::jobs::UploadLimits;
use crate::ocr::Asked;
use crate::web::LoadSettings;

/// What a server needs to know of this installation.
#[derive(Clone, Debug)]
pub struct ServerSettings {
    /// Who may ask.
    pub access: AccessSettings,
    pub(crate) uploads: UploadLimits,
    /// The OCR engine that scans of uploads are read with; `None` where they are not to be read.
    pub(crate) ocr: Option<Asked>,
    /// How much the server takes on.
    pub load: LoadSettings,
}

impl ServerSettings {
    /// Reads the settings.
    ///
    /// # Errors
    /// When one cannot be used; the message says where it was given.
    pub fn read(config: &Config) -> Result<Self, Error> {
        Ok(Self {
            access: AccessSettings::read(config)?,
            uploads: UploadLimits::read(config)?,
            ocr: Asked::read(config)?,
            load: LoadSettings::read(config)?,
        })
    }
}
