//! Glossaries for OmegaT: a line for each pair of designations, source, target and comment kept apart by tabs, in UTF-8
//! (OmegaT user manual, "Glossaries"). Lines that begin with `#` are comments.
//!
//! The comment that we write says what OmegaT has no column for, each thing after its name, and is read back so.

use std::io::Write;

use corpus::document::Language;
use corpus::term::{Concept, Definition, Field, PartOfSpeech, Status, Term};

use crate::Error;

use super::table::pairs;
use super::{About, Caution, Entry, Imported, MOST_ENTRIES, said};

/// Which language is the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, clap::ValueEnum)]
pub enum Direction {
    /// From Chinese into English
    #[default]
    #[serde(rename = "zh-en")]
    #[value(name = "zh-en")]
    ZhEn,
    /// From English into Chinese
    #[serde(rename = "en-zh")]
    #[value(name = "en-zh")]
    EnZh,
}

/// What stands between two things in a comment.
const BETWEEN: &str = " · ";

/// Writes a glossary, and says how many concepts are in it.
///
/// # Errors
/// When a concept cannot be read from the store, or the output cannot be written.
pub fn write(
    concepts: impl Iterator<Item = Result<Concept, Error>>,
    mut out: impl Write,
    about: &About,
    direction: Direction,
) -> Result<usize, Error> {
    let failed = |source| Error::Io { action: "write", path: "the glossary".into(), source };
    let head = format!("# {}, {}", about.title, about.at);
    writeln!(out, "{}", in_a_line(&head)).map_err(failed)?;
    let mut count = 0;
    for concept in concepts {
        let concept = concept?;
        for (zh, en) in pairs::pairs(&concept) {
            let (source, target) = match direction {
                Direction::ZhEn => (zh, en),
                Direction::EnZh => (en, zh),
            };
            // A line that begins with this mark would be a comment; OmegaT takes the space away.
            let mark = if source.text.starts_with('#') { " " } else { "" };
            let comment = comment(&concept, en);
            let cells = [&source.text, &target.text, &comment].map(|cell| in_a_line(cell));
            writeln!(out, "{mark}{}", cells.join("\t")).map_err(failed)?;
        }
        count += 1;
    }
    out.flush().map_err(failed)?;
    Ok(count)
}

/// A text with a space for each stretch of space.
fn in_a_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is said of the rendering and of the concept, each thing after its name.
fn comment(concept: &Concept, en: &Term) -> String {
    let mut parts = Vec::new();
    let mut say = |name: &str, text: &str| {
        if !text.trim().is_empty() {
            parts.push(format!("{name}: {}", text.trim()));
        }
    };
    say("status", en.status.name());
    say("part_of_speech", en.part_of_speech.map_or("", PartOfSpeech::name));
    say("usage", en.note.as_deref().unwrap_or_default());
    say("region", en.region.as_deref().unwrap_or_default());
    say("subject", concept.subject.as_deref().unwrap_or_default());
    for definition in &concept.definitions {
        say(&format!("definition_{}", definition.language.code()), &definition.text);
    }
    say("note", concept.note.as_deref().unwrap_or_default());
    parts.join(BETWEEN)
}

/// The entries of a glossary, a line each, whichever language is the source.
pub fn read(text: &str) -> Imported {
    let mut imported = Imported { pairs: true, ..Imported::default() };
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if imported.entries.len() >= MOST_ENTRIES {
            imported.warn(index + 1, Caution::TooMany);
            break;
        }
        let mut cells = line.split('\t').map(str::trim);
        let (source, target) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let comment = cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(BETWEEN);
        imported.entries.push(entry(source, target, &comment, index + 1));
    }
    turn(&mut imported);
    imported
}

/// An entry with its source for Chinese, until [`turn`] has seen all of them.
fn entry(source: &str, target: &str, comment: &str, line: usize) -> Entry {
    let term = |text: &str, language| Term::new(text, language, Status::Admitted);
    let mut entry = Entry { concept: Concept::default(), line, without_status: vec![0, 1] };
    entry.concept.terms = vec![term(source, Language::Zh), term(target, Language::En)];
    for part in comment.split(BETWEEN).filter(|part| !part.trim().is_empty()) {
        let (name, text) = part.split_once(": ").unwrap_or(("", part));
        if !take(&mut entry, name, text.trim()) {
            add_line(&mut entry.concept.note, part.trim());
        }
    }
    entry
}

/// Puts a part of a comment where it belongs; `false` for one whose name says nothing.
fn take(entry: &mut Entry, name: &str, text: &str) -> bool {
    let concept = &mut entry.concept;
    let mut definition = |language| match concept.definition(language) {
        None => concept.definitions.push(Definition { language, text: text.to_owned(), source: None }),
        Some(_) => concept.other.push(Field { name: "definition".to_owned(), value: text.to_owned() }),
    };
    match name {
        "definition_zh" => definition(Language::Zh),
        "definition_en" => definition(Language::En),
        "definition_und" => definition(Language::Other),
        "subject" => concept.subject = Some(text.to_owned()),
        "note" => add_line(&mut concept.note, text),
        _ => {
            let Some(en) = concept.terms.last_mut() else { return false };
            match (name, said::status(text)) {
                ("status", Some(status)) => {
                    en.status = status;
                    entry.without_status = vec![0];
                }
                ("part_of_speech", _) => en.part_of_speech = said::part_of_speech(text),
                ("usage", _) => en.note = Some(text.to_owned()),
                ("region", _) => en.region = Some(text.to_owned()),
                _ => return false,
            }
        }
    }
    true
}

fn add_line(note: &mut Option<String>, text: &str) {
    match note {
        Some(note) => {
            note.push('\n');
            note.push_str(text);
        }
        None => *note = Some(text.to_owned()),
    }
}

/// Finds out which side is Chinese, as most lines have it, and puts the others right.
fn turn(imported: &mut Imported) {
    use super::language::plainly;
    let votes = imported.entries.iter().map(|entry| {
        let [source, target] = entry.concept.terms.as_slice() else { return 0_i64 };
        let is = |term: &Term, language| i64::from(plainly(&term.text) == Some(language));
        is(source, Language::Zh) + is(target, Language::En) - is(source, Language::En) - is(target, Language::Zh)
    });
    let votes: Vec<i64> = votes.collect();
    let into_chinese = votes.iter().sum::<i64>() < 0;
    let mut odd = Vec::new();
    for (entry, vote) in imported.entries.iter_mut().zip(votes) {
        // Both sides of a line have to be plainly in the other's language for it to be turned against the others.
        let is_odd = if into_chinese { vote == 2 } else { vote == -2 };
        if is_odd {
            odd.push(entry.line);
        }
        if into_chinese != is_odd
            && let [zh, en] = entry.concept.terms.as_mut_slice()
        {
            std::mem::swap(&mut zh.text, &mut en.text);
        }
    }
    for line in odd {
        imported.warn(line, Caution::SwappedRow);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)], warned: &[usize]) -> Imported {
        let imported = read(text);
        let pairs: Vec<(&str, &str)> = imported
            .entries
            .iter()
            .map(|entry| (entry.concept.terms[0].text.as_str(), entry.concept.terms[1].text.as_str()))
            .collect();
        assert_eq!(pairs, expected, "{text}");
        let lines: Vec<usize> = imported.warnings.iter().map(|warning| warning.line).collect();
        assert_eq!(lines, warned, "{text}");
        imported
    }

    #[test]
    fn either_language_may_be_the_source() {
        check("# ours\n潮汐\ttide\n5G\t5G\n", &[("潮汐", "tide"), ("5G", "5G")], &[]);
        check(
            "tide\t潮汐\tdaily\n\nbay\t海湾\nGDP\t国内生产总值\n",
            &[("潮汐", "tide"), ("海湾", "bay"), ("国内生产总值", "GDP")],
            &[],
        );
        check("tide\t潮汐\nbay\t海湾\n礁\treef\n", &[("潮汐", "tide"), ("海湾", "bay"), ("礁", "reef")], &[3]);
    }

    #[test]
    fn a_comment_is_a_note_unless_it_names_what_it_says() {
        let imported = check("潮汐\ttide\tdaily · status: deprecated · usage: at sea\n", &[("潮汐", "tide")], &[]);
        let entry = &imported.entries[0];
        assert_eq!(entry.concept.note.as_deref(), Some("daily"));
        assert_eq!(entry.concept.terms[1].status, Status::Deprecated);
        assert_eq!(entry.concept.terms[1].note.as_deref(), Some("at sea"));
        assert_eq!(entry.without_status, [0]);
    }

    #[test]
    fn a_line_without_a_target_is_an_entry_that_the_plan_refuses() {
        check("潮汐\n海湾\tbay\n", &[("潮汐", ""), ("海湾", "bay")], &[]);
    }
}
