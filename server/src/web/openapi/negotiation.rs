//! Which forms of an answer a caller takes (RFC 9110, section 12.5.1).

/// Whether any of these media types is acceptable. Whoever says nothing, or nothing legible, takes anything.
pub(super) fn is_acceptable(accept: &str, media: &[String]) -> bool {
    let ranges: Vec<(&str, bool)> = accept.split(',').filter_map(range).collect();
    if ranges.is_empty() || media.is_empty() {
        return true;
    }
    media.iter().any(|media| {
        let media = media.split(';').next().unwrap_or_default().trim();
        // The most exact range decides.
        let meets = |exactness: usize| ranges.iter().find(|(range, _)| exactness_of(range, media) == exactness);
        [3, 2, 1].into_iter().find_map(meets).is_some_and(|(_, wanted)| *wanted)
    })
}

/// A range of media types, and whether it is wanted: it is not with `q=0`.
fn range(part: &str) -> Option<(&str, bool)> {
    let mut pieces = part.split(';').map(str::trim);
    let range = pieces.next().filter(|range| range.contains('/'))?;
    let quality = pieces.find_map(|piece| piece.strip_prefix("q=").or_else(|| piece.strip_prefix("Q=")));
    let is_zero = quality.and_then(|quality| quality.trim().parse::<f32>().ok()).is_some_and(|quality| quality <= 0.0);
    Some((range, !is_zero))
}

/// How exactly a range names a media type: 3 the type itself, 2 all of its kind, 1 all there are, 0 not at all.
fn exactness_of(range: &str, media: &str) -> usize {
    let (kind, subtype) = range.split_once('/').unwrap_or_default();
    let of_kind = media.split_once('/').is_some_and(|(own, _)| own.eq_ignore_ascii_case(kind));
    match (kind, subtype) {
        _ if range.eq_ignore_ascii_case(media) => 3,
        (_, "*") if of_kind => 2,
        ("*", "*") => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(accept: &str, expected: bool) {
        let media = ["application/json".to_owned(), "text/csv; charset=utf-8".to_owned()];
        assert_eq!(is_acceptable(accept, &media), expected, "{accept}");
    }

    #[test]
    fn what_is_not_wanted_is_not_sent() {
        for accept in ["", "*/*", "application/json", "text/html, */*;q=0.1", "text/*", "Application/JSON;q=1", "json"]
        {
            check(accept, true);
        }
        for accept in ["text/html", "image/*, text/plain", "*/*;q=0", "application/json;q=0.0"] {
            check(accept, false);
        }
        check("application/json;q=0, */*", true);
    }
}
