//! Several things in one cell: values, and fields with their names, so that nothing of them is lost.
//!
//! Values are separated by a semicolon and a space. In a value, a backslash stands before a semicolon, an equals sign, a
//! backslash, and a space at either end.

use corpus::term::Field;

/// Values in one cell.
pub(super) fn join(values: &[String]) -> String {
    values.iter().map(|value| escaped(value)).collect::<Vec<_>>().join("; ")
}

/// The values of a cell.
pub(super) fn split(cell: &str) -> Vec<String> {
    pieces(cell, ';').iter().map(|piece| plain(piece)).filter(|value| !value.is_empty()).collect()
}

/// Fields in one cell, as `name=value`.
pub(super) fn join_fields(fields: &[Field]) -> String {
    let fields = fields.iter().map(|field| format!("{}={}", escaped(&field.name), escaped(&field.value)));
    fields.collect::<Vec<_>>().join("; ")
}

/// The fields of a cell; what has no name is called `note`.
pub(super) fn split_fields(cell: &str) -> Vec<Field> {
    let fields = pieces(cell, ';').into_iter().filter(|piece| !piece.trim().is_empty()).map(|piece| {
        let parts = pieces(&piece, '=');
        match parts.split_first() {
            Some((name, rest)) if !rest.is_empty() => Field { name: plain(name), value: plain(&rest.join("=")) },
            _ => Field { name: "note".to_owned(), value: plain(&piece) },
        }
    });
    fields.collect()
}

fn escaped(value: &str) -> String {
    let last = value.chars().count().saturating_sub(1);
    let mut escaped = String::with_capacity(value.len());
    for (index, char) in value.chars().enumerate() {
        let is_at_end = index == 0 || index == last;
        if matches!(char, ';' | '=' | '\\') || (is_at_end && char.is_whitespace()) {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}

/// The pieces between separators that no backslash stands before; backslashes are left in them.
fn pieces(cell: &str, separator: char) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut chars = cell.chars();
    while let Some(char) = chars.next() {
        if char == separator {
            pieces.push(String::new());
            continue;
        }
        let Some(piece) = pieces.last_mut() else { continue };
        piece.push(char);
        if char == '\\' {
            piece.extend(chars.next());
        }
    }
    pieces
}

/// A piece without the space around it and without its backslashes.
fn plain(piece: &str) -> String {
    let mut plain = String::with_capacity(piece.len());
    // What a backslash stands before is kept even if it is space.
    let (mut chars, mut kept) = (piece.trim_start().chars(), 0);
    while let Some(char) = chars.next() {
        if char == '\\' {
            plain.extend(chars.next());
            kept = plain.len();
        } else {
            plain.push(char);
        }
    }
    let end = plain.trim_end().len().max(kept);
    plain.truncate(end);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_person_may_write_a_list_as_they_would() {
        assert_eq!(split("tidal range;tide range ; "), ["tidal range", "tide range"]);
        let fields = split_fields("grade=A; checked by Wu; url=a=b");
        let fields: Vec<_> = fields.iter().map(|field| (field.name.as_str(), field.value.as_str())).collect();
        assert_eq!(fields, [("grade", "A"), ("note", "checked by Wu"), ("url", "a=b")]);
    }

    proptest! {
        #[test]
        fn what_is_joined_is_split_again(values in prop::collection::vec("[a;=\\\\ 潮\n]{1,6}", 0..4)) {
            prop_assert_eq!(split(&join(&values)), values.clone());
            let fields: Vec<Field> =
                values.iter().map(|value| Field { name: value.clone(), value: value.clone() }).collect();
            prop_assert_eq!(split_fields(&join_fields(&fields)), fields);
        }
    }
}
