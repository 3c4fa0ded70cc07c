//! `policyglot topics`: the taxonomy that documents are classed under.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use corpus::store::Pending;
use corpus::topic::Topic;
use ingest::topics::read_taxonomy;
use serde::Serialize;

use super::{DataFolder, ingest as ingesting, output};
use crate::data::Data;
use crate::derive::taxonomy_in_use;

/// So many documents of a topic are listed.
const LISTED: usize = 50;

#[derive(Debug, Subcommand)]
pub(super) enum TopicsCommand {
    /// List the topics with how many documents and passages each has
    List {
        #[command(flatten)]
        data: DataFolder,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show one topic: its names, terms and documents
    Show {
        /// Its identifier, such as ai-standards/key-technology/large-models
        id: String,
        #[command(flatten)]
        data: DataFolder,
    },
    /// Print the taxonomy file in use: save it as topics.ini in the data folder to edit it
    Print {
        #[command(flatten)]
        data: DataFolder,
    },
    /// Say what is wrong with a taxonomy file, by line
    Check {
        /// The file
        file: PathBuf,
    },
    /// Class all documents anew
    Reclass {
        #[command(flatten)]
        data: DataFolder,
    },
}

/// A topic in a list.
#[derive(Serialize)]
struct Listed<'t> {
    id: &'t str,
    parent: Option<&'t str>,
    zh: &'t str,
    en: &'t str,
    source: &'t str,
    documents: usize,
    passages: usize,
}

pub(super) fn run(command: &TopicsCommand) -> anyhow::Result<ExitCode> {
    match command {
        TopicsCommand::List { data, json } => list(&data.data, *json),
        TopicsCommand::Show { id, data } => show(&data.data, id),
        TopicsCommand::Print { data } => {
            output::data(&taxonomy_in_use(&data.data)?.text)?;
            Ok(ExitCode::SUCCESS)
        }
        TopicsCommand::Check { file } => check(file),
        TopicsCommand::Reclass { data } => reclass(&data.data),
    }
}

fn list(folder: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let used = taxonomy_in_use(folder)?;
    let counts = Data::open(folder)?.with_store(|store| Ok(store.topic_counts()?))?;
    let topics = used.taxonomy.topics.iter().map(|topic| {
        let (documents, passages) = counts.get(&topic.id).copied().unwrap_or_default();
        let (id, parent) = (topic.id.as_str(), topic.parent.as_deref());
        Listed { id, parent, zh: &topic.zh, en: &topic.en, source: &topic.source, documents, passages }
    });
    if json {
        output::json(&topics.collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows = topics.map(|topic| {
        let [documents, passages] = [topic.documents, topic.passages].map(|count| count.to_string());
        [topic.id.to_owned(), topic.zh.to_owned(), topic.en.to_owned(), documents, passages]
    });
    output::data(&output::table(["topic", "Chinese", "English", "documents", "passages"], rows))?;
    match used.file {
        Some(file) => output::message(&format!("from {}", file.display())),
        None => output::message("the topics that the program comes with; `policyglot topics print` gives their file"),
    }
    Ok(ExitCode::SUCCESS)
}

fn show(folder: &Path, id: &str) -> anyhow::Result<ExitCode> {
    let used = taxonomy_in_use(folder)?;
    let Some(topic) = used.taxonomy.topic(id) else {
        anyhow::bail!("there is no topic {id}; `policyglot topics list` names them");
    };
    let data = Data::open(folder)?;
    let documents = data.with_store(|store| {
        let found = store.documents_of_topic(id, LISTED)?.into_iter();
        let found = found.map(|(id, score)| Ok(store.document(id)?.map(|document| (document, score))));
        found.filter_map(Result::transpose).collect::<Result<Vec<_>, crate::Error>>()
    })?;
    let mut rows = about(topic);
    for (document, score) in documents {
        let language = document.language.code();
        let title = document.display_title();
        rows.push(["document".to_owned(), format!("{score:.2} [{language}] {title} (document {})", document.id)]);
    }
    output::data(&output::table(["topic", id], rows))?;
    Ok(ExitCode::SUCCESS)
}

fn about(topic: &Topic) -> Vec<[String; 2]> {
    let terms = |strong: bool| {
        let terms = topic.terms.iter().filter(|term| term.strong == strong);
        terms.map(|term| term.text.as_str()).collect::<Vec<_>>().join("; ")
    };
    let rows = [
        ("Chinese", topic.zh.clone()),
        ("English", topic.en.clone()),
        ("under", topic.parent.clone().unwrap_or_default()),
        ("source", topic.source.clone()),
        ("strong", terms(true)),
        ("weak", terms(false)),
        ("with", topic.company.iter().map(|terms| terms.join("; ")).collect::<Vec<_>>().join(" AND ")),
        ("not", topic.excludes.join("; ")),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| [name.to_owned(), value]).collect()
}

/// Exit status 0: nothing is wrong; 1: something is.
fn check(file: &Path) -> anyhow::Result<ExitCode> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| anyhow::anyhow!("{}: cannot be read as UTF-8 text: {error}", file.display()))?;
    match read_taxonomy(&text) {
        Ok(taxonomy) => {
            let terms: usize = taxonomy.topics.iter().map(|topic| topic.terms.len()).sum();
            output::message(&format!("{}: {} topics, {terms} terms", file.display(), taxonomy.topics.len()));
            Ok(ExitCode::SUCCESS)
        }
        Err(problems) => {
            for problem in problems {
                output::message(&format!("{}:{}: {}", file.display(), problem.line, problem.message));
            }
            Ok(ExitCode::from(1))
        }
    }
}

fn reclass(folder: &Path) -> anyhow::Result<ExitCode> {
    let data = Data::open(folder)?;
    let _lock = data.lock_for_writing()?;
    data.with_store(|store| Ok(store.mark_all_pending(Pending::Topics)?))?;
    let derived = ingesting::finish(&data, None)?;
    output::message(&format!("{} documents classed, {} indexed", derived.classed, derived.indexed));
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_status(file: &str, expected: ExitCode) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("topics.ini");
        std::fs::write(&path, file).unwrap();
        assert_eq!(format!("{:?}", check(&path).unwrap()), format!("{expected:?}"), "{file}");
    }

    #[test]
    fn a_file_is_checked_without_a_data_folder() {
        check_status(ingest::topics::BUILT_IN, ExitCode::SUCCESS);
        check_status("[fleet/ports]\n", ExitCode::from(1));
        assert!(check(Path::new("no such file")).is_err());
    }

    #[test]
    fn topics_are_listed_and_shown_over_an_empty_folder() {
        let folder = tempfile::tempdir().unwrap();
        assert!(list(folder.path(), false).is_ok() && list(folder.path(), true).is_ok());
        assert!(show(folder.path(), "ai-standards/key-technology/large-models").is_ok());
        assert!(show(folder.path(), "ai-standards/no-such-topic").is_err());
        assert!(reclass(folder.path()).is_ok());
    }
}
