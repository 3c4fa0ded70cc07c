//! Prints the facts of one file as JSON: `cargo run --example inspect -- FILE [--blocks | --sentences | --lines]`.

use std::error::Error;
use std::path::Path;

use corpus::document::{DocumentHash, ReadDocument};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = arguments.iter().find(|argument| !argument.starts_with("--")).ok_or("give a file")?;
    if arguments.iter().any(|argument| argument == "--lines") {
        return print(&ingest::pdf::extract(&std::fs::read(path)?, None)?.pages);
    }
    let document = read(Path::new(path))?;
    if arguments.iter().any(|argument| argument == "--blocks") {
        print(&document.blocks)
    } else if arguments.iter().any(|argument| argument == "--sentences") {
        print(&document.sentences)
    } else {
        print(&document.facts)
    }
}

#[expect(clippy::print_stdout, reason = "printing is what the example is for")]
fn print(what: &impl serde::Serialize) -> Result<(), Box<dyn Error>> {
    println!("{}", serde_json::to_string_pretty(what)?);
    Ok(())
}

fn read(path: &Path) -> Result<ReadDocument, Box<dyn Error>> {
    let bytes = std::fs::read(path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let source = path.to_string_lossy();
    let hash = DocumentHash(String::new());
    if ingest::read::is_pdf(&bytes) {
        let extraction = ingest::pdf::extract(&bytes, None)?;
        return Ok(ingest::read::read_pdf(&name, &source, hash, extraction));
    }
    Ok(ingest::read::read_text(&name, &source, hash, &bytes)?)
}
