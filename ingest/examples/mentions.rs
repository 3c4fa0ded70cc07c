//! Prints what English texts use of known designations, and what they are taken to render otherwise:
//! `mentions GLOSSARY TEXT...`.
//!
//! The glossary has a line a pair, Chinese and English with a tab between. A text has a sentence a line. A row is what
//! supports it, how sure it is, the Chinese, the English, in how many sentences, and the first of them.

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use std::{env, error::Error, fs};

use corpus::term::KnownPair;
use ingest::align::Dictionary;
use ingest::terms::Mentions;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let glossary = fs::read_to_string(arguments.next().ok_or("give a glossary and texts")?)?;
    let pairs = glossary.lines().filter_map(|line| {
        let (zh, rest) = line.split_once('\t')?;
        let en = rest.split('\t').next().unwrap_or(rest);
        Some(KnownPair { zh: zh.trim().to_owned(), en: en.trim().to_owned(), sure: true })
    });
    let mentions = Mentions::new(pairs.collect(), Dictionary::shared());
    for path in arguments {
        let text = fs::read_to_string(&path)?;
        let sentences: Vec<&str> = text.lines().collect();
        for mention in mentions.in_english(&sentences) {
            let pair = &mention.pair;
            let first = pair.sightings.first().and_then(|sighting| sentences.get(sighting.en_sentence?));
            println!(
                "{:?}\t{:.2}\t{}\t{}\t{}\t{}",
                mention.support,
                pair.confidence,
                pair.zh,
                pair.en,
                pair.sightings.len(),
                first.unwrap_or(&"")
            );
        }
    }
    Ok(())
}
