//! Language tags as files write them: BCP 47, ISO 639-2, and with an underscore.

use corpus::document::Language;

/// What a tag says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// The language.
    pub(super) language: Language,
    /// The region, where it tells more than the language.
    pub(super) region: Option<String>,
    /// Whether it says traditional characters and no region.
    pub(super) is_traditional: bool,
}

impl Tag {
    /// What a tag says. Chinese is as it is written on the mainland, unless the tag says otherwise.
    pub(super) fn of(tag: &str) -> Self {
        let mut parts = tag.trim().split(['-', '_']);
        let language = match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "zh" | "zho" | "chi" | "cmn" => Language::Zh,
            "en" | "eng" => Language::En,
            _ => Language::Other,
        };
        let (mut region, mut is_traditional) = (None, false);
        for part in parts {
            match (part.len(), part.bytes().all(|byte| byte.is_ascii_alphabetic())) {
                // What a single letter begins is no region any more.
                (1, _) => break,
                (2, true) => region = Some(part.to_ascii_uppercase()),
                (3, false) if part.bytes().all(|byte| byte.is_ascii_digit()) => region = Some(part.to_owned()),
                (4, true) => is_traditional = part.eq_ignore_ascii_case("hant"),
                _ => {}
            }
        }
        let region = region.filter(|region| !(language == Language::Zh && region == "CN"));
        Self { language, is_traditional: is_traditional && region.is_none() && language == Language::Zh, region }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tag: &str, language: Language, region: &str, is_traditional: bool) {
        let region = Some(region).filter(|region| !region.is_empty()).map(str::to_owned);
        assert_eq!(Tag::of(tag), Tag { language, region, is_traditional }, "{tag}");
    }

    #[test]
    fn tags_are_read_as_they_are_written() {
        for tag in ["zh", "zh-CN", "zh_CN", "ZH-HANS", "zho", "chi", "cmn", "zh-Hans-CN", "zh-x-tw"] {
            check(tag, Language::Zh, "", false);
        }
        check("zh_TW", Language::Zh, "TW", false);
        check("zh-Hant-HK", Language::Zh, "HK", false);
        check("zh-hant", Language::Zh, "", true);
        check("en", Language::En, "", false);
        check("eng", Language::En, "", false);
        check("en-US", Language::En, "US", false);
        check("en_gb", Language::En, "GB", false);
        check("en-001", Language::En, "001", false);
        for tag in ["fr", "de-AT", "yue", "", "x-en"] {
            assert_eq!(Tag::of(tag).language, Language::Other, "{tag}");
        }
    }
}
