//! How well questions in one language find the passages of the other that answer them.
//!
//! `cargo run --release -p server --example cross_language -- DATA QUESTIONS [--each]`
//!
//! DATA is a data folder that holds the sample corpus, QUESTIONS its `gold/questions.tsv`. Each question is asked of the
//! documents of the other language alone, as it was typed and with renderings, and what is answered is read from
//! the top: documents as they come, of each its best passages. A passage is right when it holds a quote of the
//! question's; without one only its document can be right. `--each` prints the rank of every question too.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the measurements are for the person at the terminal")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context as _;
use server::data::Data;
use server::search::{Chosen, SearchRequest, search};

/// Ranks from here on count nothing.
const DEPTH: usize = 10;

/// A question with what answers it: any of the quotes of the documents named.
#[derive(Debug, Default)]
struct Question {
    text: String,
    half: String,
    language: String,
    /// File stems with quotes.
    answers: Vec<(String, String)>,
}

/// At which rank, from 1, the first right passage and the first right document stand.
#[derive(Clone, Copy, Debug, Default)]
struct Ranks {
    passage: Option<usize>,
    document: Option<usize>,
}

/// Sums over questions.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    questions: usize,
    passage_reciprocal: f64,
    passage_first: usize,
    document_reciprocal: f64,
    document_first: usize,
}

impl Sums {
    fn add(&mut self, ranks: Ranks) {
        let reciprocal = |rank: Option<usize>| rank.map_or(0.0, |rank| 1.0 / rank as f64);
        self.questions += 1;
        self.passage_reciprocal += reciprocal(ranks.passage);
        self.passage_first += usize::from(ranks.passage == Some(1));
        self.document_reciprocal += reciprocal(ranks.document);
        self.document_first += usize::from(ranks.document == Some(1));
    }

    fn line(&self, name: &str) -> String {
        let of = |sum: f64| sum / (self.questions.max(1) as f64);
        format!(
            "{name:<28} {:>5}   {:.3}  {:.3}      {:.3}  {:.3}",
            self.questions,
            of(self.passage_reciprocal),
            of(self.passage_first as f64),
            of(self.document_reciprocal),
            of(self.document_first as f64),
        )
    }
}

fn main() -> anyhow::Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let each = arguments.iter().position(|argument| argument == "--each").map(|at| arguments.remove(at)).is_some();
    let [folder, file] = arguments.as_slice() else {
        anyhow::bail!("give a data folder and a file of questions: cross_language DATA QUESTIONS [--each]");
    };
    let data = Data::open(&PathBuf::from(folder))?;
    let questions = read(&std::fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?)?;
    println!("{:<28} {:>5}   {:^12}      {:^12}", "", "", "passage", "document");
    println!("{:<28} {:>5}   MRR@10 first      MRR@10 first", "", "asked");
    for (name, expand) in [("as typed", false), ("with renderings", true)] {
        let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
        for (id, question) in &questions {
            let ranks = ranks(&data, question, expand)?;
            let direction = if question.language == "en" { "en to zh" } else { "zh to en" };
            for of in [format!("{direction}, {}", question.half), format!("both, {}", question.half)] {
                sums.entry(of).or_default().add(ranks);
            }
            if each && expand {
                let shown = |rank: Option<usize>| rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
                eprintln!(
                    "{id} {} {}/{} {}",
                    question.half,
                    shown(ranks.passage),
                    shown(ranks.document),
                    question.text
                );
            }
        }
        println!("{name}");
        sums.iter().for_each(|(of, sums)| println!("{}", sums.line(&format!("  {of}"))));
    }
    Ok(())
}

fn ranks(data: &Data, question: &Question, expand: bool) -> anyhow::Result<Ranks> {
    let other = if question.language == "en" { "zh" } else { "en" };
    let found = search(
        data,
        &SearchRequest {
            query: question.text.clone(),
            expand,
            chosen: Chosen { languages: vec![other.to_owned()], ..Chosen::default() },
            group: false,
            limit: DEPTH,
            ..SearchRequest::default()
        },
    )?;
    let mut ranks = Ranks::default();
    let mut read = 0;
    for (place, hit) in found.hits.iter().enumerate() {
        let quotes: Vec<String> = question
            .answers
            .iter()
            .filter(|(stem, _)| hit.name.starts_with(stem))
            .map(|(_, quote)| bare(quote))
            .collect();
        if !quotes.is_empty() && ranks.document.is_none() {
            ranks.document = Some(place + 1);
        }
        let blocks = data.with_store(|store| Ok(store.blocks(hit.document)?))?;
        for passage in &hit.passages {
            read += 1;
            let text = blocks.get(passage.block).map(|block| bare(&block.text)).unwrap_or_default();
            if read <= DEPTH && ranks.passage.is_none() && quotes.iter().any(|quote| text.contains(quote)) {
                ranks.passage = Some(read);
            }
        }
    }
    Ok(ranks)
}

/// A text as quotes are compared: nothing but letters and digits, since a page may be set with other spaces and marks.
fn bare(text: &str) -> String {
    corpus::text::normalise::normal_form(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn read(file: &str) -> anyhow::Result<BTreeMap<String, Question>> {
    let mut questions: BTreeMap<String, Question> = BTreeMap::new();
    for line in file.lines().skip(1) {
        let [id, half, language, _kind, _wording, text, document, quote] = line.split('\t').collect::<Vec<_>>()[..]
        else {
            anyhow::bail!("this line has not eight columns: {line}");
        };
        let question = questions.entry(id.to_owned()).or_default();
        (question.text, question.half, question.language) = (text.to_owned(), half.to_owned(), language.to_owned());
        question.answers.push((document.to_owned(), quote.to_owned()));
    }
    Ok(questions)
}
