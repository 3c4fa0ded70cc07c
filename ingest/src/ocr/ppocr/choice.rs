//! Which files of a folder are the models.

/// The files of a folder that belong together, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Finds the lines.
    pub detector: String,
    /// Reads the lines.
    pub recogniser: String,
    /// Lists the recogniser's characters, where such a file is there.
    pub characters: Option<String>,
}

/// Picks the models among the names of a folder's files: the newest by version in the name, a detector
/// (`PP-OCRv6_det_small.onnx`), a recogniser (`PP-OCRv6_rec_small.onnx`), and a list of characters
/// (`ppocrv6_dict.txt`, `ppocr_keys_v1.txt`) if there is one.
#[must_use]
pub fn chosen(names: &[String]) -> Option<Choice> {
    Some(Choice {
        detector: newest(names, ".onnx", &["det"])?,
        recogniser: newest(names, ".onnx", &["rec"])?,
        characters: newest(names, ".txt", &["dict", "keys"]),
    })
}

/// The newest name with this ending that has one of the words as a part of its own.
fn newest(names: &[String], ending: &str, words: &[&str]) -> Option<String> {
    let fits = |name: &&String| {
        let lower = name.to_lowercase();
        let mut parts = lower.strip_suffix(ending).into_iter().flat_map(|stem| stem.split(['_', '-', '.']));
        parts.any(|part| words.contains(&part))
    };
    names.iter().filter(fits).max_by_key(|name| (version(name), std::cmp::Reverse(name.len()), *name)).cloned()
}

/// The number after the first `v` that a digit follows, as in `PP-OCRv6`, by parts; nothing is the oldest.
fn version(name: &str) -> Vec<u32> {
    let lower = name.to_lowercase();
    let starts = lower.match_indices('v').map(|(at, _)| lower.get(at + 1..).unwrap_or_default());
    let mut numbers =
        starts.map(|rest| rest.split(|c: char| !c.is_ascii_digit() && c != '.').next().unwrap_or_default());
    let first = numbers.find(|number| number.starts_with(|c: char| c.is_ascii_digit()));
    first.unwrap_or_default().split('.').filter_map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], expected: Option<(&str, &str, Option<&str>)>) {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let expected = expected.map(|(detector, recogniser, characters)| Choice {
            detector: detector.to_owned(),
            recogniser: recogniser.to_owned(),
            characters: characters.map(str::to_owned),
        });
        assert_eq!(chosen(&names), expected);
    }

    #[test]
    fn the_newest_of_each_kind_is_chosen() {
        let (v6_det, v6_rec) = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx");
        check(&["ch_ppocr_mobile_v2.0_cls_mobile.onnx", v6_rec, v6_det, ".gitkeep"], Some((v6_det, v6_rec, None)));
        check(
            &["ch_PP-OCRv4_det_mobile.onnx", v6_det, "ch_PP-OCRv4_rec_mobile.onnx", v6_rec],
            Some((v6_det, v6_rec, None)),
        );
        check(
            &[
                "ch_PP-OCRv10_det.onnx",
                "ch_PP-OCRv9_det.onnx",
                "ch_PP-OCRv9_rec.onnx",
                "ppocr_keys_v1.txt",
                "readme.txt",
            ],
            Some(("ch_PP-OCRv10_det.onnx", "ch_PP-OCRv9_rec.onnx", Some("ppocr_keys_v1.txt"))),
        );
    }

    #[test]
    fn names_without_a_version_will_do() {
        check(&["det.onnx", "rec.onnx", "dict.txt"], Some(("det.onnx", "rec.onnx", Some("dict.txt"))));
    }

    #[test]
    fn one_model_alone_is_no_choice() {
        check(&["det.onnx"], None);
        check(&["record.onnx", "detail.onnx"], None);
        check(&[], None);
    }
}
