//! What TBX-Basic has no category for, in notes, and what belongs together among fields.

use corpus::term::Field;

/// What a note begins with that holds a field, before the name.
const MARK: &str = "[field ";
/// What is put before a note that begins like one that holds something else.
const PLAIN: &str = "[note] ";

/// What a note says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Note {
    Plain(String),
    Field(Field),
}

/// A note's text.
pub(super) fn plain(text: &str) -> String {
    if text.starts_with(MARK) || text.starts_with(PLAIN) { format!("{PLAIN}{text}") } else { text.to_owned() }
}

/// A field as a note's text: `[field name] value`, the name with a backslash before what would end it.
pub(super) fn noted(field: &Field) -> String {
    let mut text = MARK.to_owned();
    for char in field.name.chars() {
        if matches!(char, '\\' | ']') {
            text.push('\\');
        }
        text.push(char);
    }
    text.push_str("] ");
    text.push_str(&field.value);
    text
}

/// What a note's text says.
pub(super) fn of(text: String) -> Note {
    if let Some(plain) = text.strip_prefix(PLAIN) {
        return Note::Plain(plain.to_owned());
    }
    text.strip_prefix(MARK).and_then(field).map_or(Note::Plain(text), Note::Field)
}

fn field(text: &str) -> Option<Field> {
    let mut name = String::new();
    let mut chars = text.chars();
    loop {
        match chars.next()? {
            ']' => break,
            '\\' => name.push(chars.next()?),
            char => name.push(char),
        }
    }
    // Programs trim notes: a field without a value is none.
    let value = chars.as_str().strip_prefix(' ')?;
    (!name.is_empty()).then(|| Field { name, value: value.to_owned() })
}

/// Fields in groups: one and those behind it that say something of it, whose names begin with its own and a slash.
pub(super) fn groups(fields: &[Field]) -> impl Iterator<Item = &[Field]> {
    fields.chunk_by(|before, field| {
        let head = before.name.split('/').next().unwrap_or_default();
        field.name.strip_prefix(head).is_some_and(|rest| rest.starts_with('/'))
    })
}
