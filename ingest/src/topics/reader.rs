//! The taxonomy file, read by lines.

use std::collections::HashSet;

use corpus::topic::{Taxonomy, Topic, TopicTerm};

use super::canonical::Canonical;
use super::order;

/// A file is at most so long, in bytes.
const MOST_BYTES: usize = 4_000_000;
/// A taxonomy has at most so many topics.
const MOST_TOPICS: usize = 5_000;
/// A taxonomy has at most so many terms, company and exclusions included.
const MOST_TERMS: usize = 100_000;
/// An identifier, a name or a term has at most so many characters.
const LONGEST: usize = 200;
/// So many problems are told at most.
const MOST_PROBLEMS: usize = 100;

/// Something in a taxonomy file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct Problem {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what to do, in lower case without a full stop.
    pub message: String,
}

/// A topic with the line where it begins.
pub(super) struct Entry {
    pub(super) line: usize,
    pub(super) topic: Topic,
}

/// Reads a taxonomy file.
///
/// # Errors
/// All that is wrong with it, by line.
pub fn read_taxonomy(file: &str) -> Result<Taxonomy, Vec<Problem>> {
    if file.len() > MOST_BYTES {
        let message = format!("the file is longer than {MOST_BYTES} bytes; leave out terms that are never met");
        return Err(vec![Problem { line: 1, message }]);
    }
    let mut reader = Reader::default();
    for (index, line) in file.trim_start_matches('\u{feff}').lines().enumerate() {
        reader.line(index + 1, line.trim());
        if reader.problems.len() >= MOST_PROBLEMS {
            return Err(reader.problems);
        }
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    known: HashSet<String>,
    terms: usize,
    problems: Vec<Problem>,
}

impl Reader {
    fn problem(&mut self, line: usize, message: impl Into<String>) {
        self.problems.push(Problem { line, message: message.into() });
    }

    fn line(&mut self, number: usize, line: &str) {
        if line.is_empty() || line.starts_with('#') {
            return;
        }
        if let Some(id) = line.strip_prefix('[') {
            match id.strip_suffix(']') {
                Some(id) => self.begin(number, id.trim()),
                None => self.problem(number, "a topic's identifier ends with ]"),
            }
        } else if let Some((key, value)) = line.split_once('=') {
            self.set(number, key.trim(), value.trim());
        } else {
            self.problem(number, "not a comment (#), a topic ([identifier]) or a line of the form: name = value");
        }
    }

    fn begin(&mut self, line: usize, id: &str) {
        if !is_identifier(id) {
            self.problem(line, format!("'{}' is no identifier; use a-z, 0-9 and - with / between levels", short(id)));
        }
        if !self.known.insert(id.to_owned()) {
            self.problem(line, format!("the topic {} is there already; give each its own identifier", short(id)));
        }
        if self.entries.len() == MOST_TOPICS {
            self.problem(line, format!("there are more than {MOST_TOPICS} topics"));
        }
        if self.entries.len() <= MOST_TOPICS {
            let parent = id.rsplit_once('/').map(|(parent, _)| parent.to_owned());
            self.entries.push(Entry { line, topic: Topic { id: id.to_owned(), parent, ..Topic::default() } });
        }
    }

    fn set(&mut self, line: usize, key: &str, value: &str) {
        let Some(entry) = self.entries.last_mut() else {
            return self
                .problem(line, format!("{} stands before the first topic; begin with [identifier]", short(key)));
        };
        let topic = &mut entry.topic;
        match key {
            "zh" | "en" if value.is_empty() => {
                self.problem(line, format!("the {key} name is empty; give the topic one"));
            }
            "zh" => topic.zh = short(value),
            "en" => topic.en = short(value),
            "source" => topic.source = value.chars().take(LONGEST * 4).collect(),
            "parent" => topic.parent = Some(value.to_owned()).filter(|parent| !parent.is_empty()),
            "strong" | "weak" => self.add_terms(line, value, key == "strong"),
            "with" => {
                let terms = self.plain_terms(line, value);
                self.last(|topic| topic.company.push(terms));
            }
            "not" => {
                let terms = self.plain_terms(line, value);
                self.last(|topic| topic.excludes.extend(terms));
            }
            _ => self.problem(
                line,
                format!("{} is not known; use zh, en, source, parent, strong, weak, with or not", short(key)),
            ),
        }
    }

    fn last(&mut self, change: impl FnOnce(&mut Topic)) {
        if let Some(entry) = self.entries.last_mut() {
            change(&mut entry.topic);
        }
    }

    fn add_terms(&mut self, line: usize, value: &str, strong: bool) {
        for term in self.split(line, value) {
            let (text, weight) = match weighted(&term) {
                Ok(parts) => parts,
                Err(message) => {
                    self.problem(line, message);
                    continue;
                }
            };
            if self.is_usable(line, text) {
                let term = TopicTerm { text: text.to_owned(), strong, weight };
                self.last(|topic| topic.terms.push(term));
            }
        }
    }

    fn plain_terms(&mut self, line: usize, value: &str) -> Vec<String> {
        let mut terms = self.split(line, value);
        terms.retain(|term| self.is_usable(line, term));
        terms
    }

    fn split(&mut self, line: usize, value: &str) -> Vec<String> {
        let terms: Vec<String> =
            value.split([';', '；']).map(str::trim).filter(|term| !term.is_empty()).map(str::to_owned).collect();
        if terms.is_empty() {
            self.problem(line, "there is no term; give terms with semicolons between them, or leave the line out");
        }
        let before = self.terms;
        self.terms += terms.len();
        if before <= MOST_TERMS && self.terms > MOST_TERMS {
            self.problem(line, format!("there are more than {MOST_TERMS} terms"));
        }
        if self.terms > MOST_TERMS { Vec::new() } else { terms }
    }

    /// A term has two letters at least, so that it is not found everywhere.
    fn is_usable(&mut self, line: usize, term: &str) -> bool {
        let letters = Canonical::of(term).text.chars().filter(|c| c.is_alphanumeric()).count();
        if letters < 2 {
            self.problem(
                line,
                format!("the term '{}' is too short to say anything; give two letters or more", short(term)),
            );
        } else if term.chars().count() > LONGEST {
            self.problem(line, format!("the term '{}...' has more than {LONGEST} characters", short(term)));
        }
        letters >= 2
    }

    fn finish(mut self) -> Result<Taxonomy, Vec<Problem>> {
        let nameless = self.entries.iter().flat_map(|entry| {
            let names = [("zh", &entry.topic.zh), ("en", &entry.topic.en)];
            let empty = names.into_iter().filter(|(_, name)| name.is_empty());
            empty.map(|(key, _)| (entry.line, format!("the topic {} has no {key} name", short(&entry.topic.id))))
        });
        let nameless: Vec<(usize, String)> = nameless.collect();
        // An empty name has been told of on its own line.
        let told: HashSet<usize> = self.problems.iter().map(|problem| problem.line).collect();
        for (line, message) in nameless {
            let end = self.entries.iter().map(|entry| entry.line).find(|next| *next > line).unwrap_or(usize::MAX);
            if !told.iter().any(|told| (line..end).contains(told)) {
                self.problem(line, message);
            }
        }
        let (topics, problems) = order::parents_first(self.entries);
        self.problems.extend(problems);
        self.problems.sort_by_key(|problem| problem.line);
        self.problems.truncate(MOST_PROBLEMS);
        if self.problems.is_empty() { Ok(Taxonomy { topics }) } else { Err(self.problems) }
    }
}

/// `term *0.6`, or a term alone.
fn weighted(term: &str) -> Result<(&str, f32), String> {
    let Some((text, weight)) = term.rsplit_once('*') else { return Ok((term, 1.0)) };
    match weight.trim().parse::<f32>() {
        Ok(weight) if weight > 0.0 && weight <= 1.0 => Ok((text.trim(), weight)),
        _ => Err(format!("the weight of '{}' is no number above 0 and at most 1; write it as: term *0.6", short(term))),
    }
}

fn is_identifier(id: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    id.len() <= LONGEST && id.split('/').all(is_part)
}

/// The beginning of a text that may be of any length, in one line.
pub(super) fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}
