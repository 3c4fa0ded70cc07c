//! What an upload may bring, and how much may wait.

use std::time::Duration;

use crate::Error;
use crate::config::Config;

/// What an upload may bring, and how much may wait. Whoever runs the server sets them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UploadLimits {
    /// The largest file, in bytes: `POLICYGLOT_UPLOAD_FILE_BYTES`, 200 MiB. A standard of 300 scanned pages has 60.
    pub(crate) file_bytes: u64,
    /// All files of one upload, in bytes: `POLICYGLOT_UPLOAD_BYTES`, 1 GiB.
    pub(crate) request_bytes: u64,
    /// The files of one upload: `POLICYGLOT_UPLOAD_FILES`, 500.
    pub(crate) files: usize,
    /// All files that wait to be read or are coming in, in bytes: `POLICYGLOT_UPLOAD_WAITING_BYTES`, 4 GiB.
    pub(crate) waiting_bytes: u64,
    /// Uploads that come in at a time: `POLICYGLOT_UPLOADS_AT_ONCE`, 8.
    pub(crate) at_once: usize,
    /// Jobs that are remembered after their end: `POLICYGLOT_JOBS_KEPT`, 200.
    pub(crate) jobs_kept: usize,
    /// What is left free on the disk, in bytes: 512 MiB. The store and the index need room for what is read.
    pub(crate) free_bytes: u64,
    /// The longest silence of a sender: 30 s.
    pub(crate) idle: Duration,
    /// The longest upload: an hour, for a slow line.
    pub(crate) longest: Duration,
}

impl Default for UploadLimits {
    fn default() -> Self {
        Self {
            file_bytes: 200 << 20,
            request_bytes: 1 << 30,
            files: 500,
            waiting_bytes: 4 << 30,
            at_once: 8,
            jobs_kept: 200,
            free_bytes: 512 << 20,
            idle: Duration::from_secs(30),
            longest: Duration::from_secs(3600),
        }
    }
}

impl UploadLimits {
    /// Reads the limits.
    ///
    /// # Errors
    /// When one cannot be used; the message says where it was given.
    pub(crate) fn read(config: &Config) -> Result<Self, Error> {
        Ok(Self {
            file_bytes: config.number("POLICYGLOT_UPLOAD_FILE_BYTES")?,
            request_bytes: config.number("POLICYGLOT_UPLOAD_BYTES")?,
            files: config.number("POLICYGLOT_UPLOAD_FILES")?,
            waiting_bytes: config.number("POLICYGLOT_UPLOAD_WAITING_BYTES")?,
            at_once: config.number("POLICYGLOT_UPLOADS_AT_ONCE")?,
            jobs_kept: config.number("POLICYGLOT_JOBS_KEPT")?,
            ..Self::default()
        })
    }
}

/// A number of bytes as a person reads it: `1.5 GiB`, `200 MiB`, `12 KiB`.
pub(crate) fn bytes_said(bytes: u64) -> String {
    let scales = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
    let Some((shift, unit)) = scales.into_iter().find(|(shift, _)| bytes >> shift > 0) else {
        return format!("{bytes} B");
    };
    let tenths = (u128::from(bytes) * 10) >> shift;
    if tenths % 10 == 0 || tenths >= 1000 {
        format!("{} {unit}", tenths / 10)
    } else {
        format!("{}.{} {unit}", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_set() {
        let read = |files| UploadLimits::read(&Config::of(&[("POLICYGLOT_UPLOAD_FILES", files)]));
        assert_eq!(read("7").unwrap(), UploadLimits { files: 7, ..UploadLimits::default() });
        for wrong in ["0", "-1", "many"] {
            let error = read(wrong).unwrap_err();
            assert!(error.to_string().starts_with("POLICYGLOT_UPLOAD_FILES must be"), "{error}");
        }
    }

    #[test]
    fn bytes_are_said_in_their_unit() {
        for (bytes, said) in
            [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KiB"), (200 << 20, "200 MiB"), (u64::MAX, "17179869183 GiB")]
        {
            assert_eq!(bytes_said(bytes), said);
        }
    }
}
