//! Our own form, without loss: a concept on each line as JSON (RFC 8259), as the API gives it.

use std::io::Write;

use corpus::term::{Concept, Evidence, Status};
use serde::Serialize;
use serde_json::Value;

use crate::Error;

use super::{Caution, Entry, Imported, MOST_ENTRIES};

/// A line of the file.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    concept: &'a Concept,
    /// Where its designations were seen, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Vec<Evidence>>,
}

/// Writes a concept a line, with the places that `evidence` gives for it, and says how many.
///
/// # Errors
/// When a concept cannot be read from the store, or the output cannot be written.
pub fn write(
    concepts: impl Iterator<Item = Result<Concept, Error>>,
    mut out: impl Write,
    evidence: impl Fn(&Concept) -> Result<Option<Vec<Evidence>>, Error>,
) -> Result<usize, Error> {
    let failed = |source| Error::Io { action: "write", path: "the export".into(), source };
    let mut count = 0;
    for concept in concepts {
        let concept = concept?;
        let line = Line { evidence: evidence(&concept)?, concept: &concept };
        serde_json::to_writer(&mut out, &line).map_err(|error| failed(error.into()))?;
        out.write_all(b"\n").map_err(failed)?;
        count += 1;
    }
    out.flush().map_err(failed)?;
    Ok(count)
}

/// The concepts of a file, a line each; lines that are none are said and left out.
pub fn read(text: &str) -> Imported {
    let mut imported = Imported::default();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        if imported.entries.len() >= MOST_ENTRIES {
            imported.warn(index + 1, Caution::TooMany);
            break;
        }
        match entry(line, index + 1) {
            Ok(entry) => imported.entries.push(entry),
            Err(error) => imported.warn(index + 1, Caution::Unreadable { text: error.to_string() }),
        }
    }
    imported
}

fn entry(line: &str, number: usize) -> Result<Entry, serde_json::Error> {
    let mut value: Value = serde_json::from_str(line)?;
    let terms = value.get_mut("terms").and_then(Value::as_array_mut).into_iter().flatten();
    let mut without_status = Vec::new();
    for (index, term) in terms.enumerate() {
        if let Some(term) = term.as_object_mut().filter(|term| !term.contains_key("status")) {
            term.insert("status".to_owned(), Status::Admitted.name().into());
            without_status.push(index);
        }
    }
    Ok(Entry { concept: serde_json::from_value(value)?, line: number, without_status })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_no_concept_is_said_and_the_others_are_read() {
        let text = "{\"terms\":[{\"text\":\"潮汐\",\"language\":\"zh\"},{\"text\":\"tide\",\"language\":\"en\",\"status\":\"preferred\"}]}\n\n{]\n{\"id\":\"x\"}\n";
        let imported = read(text);
        assert_eq!(imported.entries.len(), 1);
        assert_eq!(imported.entries[0].without_status, [0]);
        let lines: Vec<usize> = imported.warnings.iter().map(|warning| warning.line).collect();
        assert_eq!(lines, [3, 4]);
    }
}
