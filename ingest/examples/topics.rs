//! Prints what files are classed under, a JSON object a line: `topics FILE...`, or of each line of a file by itself:
//! `topics --lines FILE`.

use std::error::Error;
use std::path::Path;

use corpus::document::{DocumentHash, ReadDocument};
use ingest::topics::{Classifier, built_in};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let classifier = Classifier::new(built_in());
    let by_line = arguments.iter().any(|argument| argument == "--lines");
    for path in arguments.iter().filter(|argument| !argument.starts_with("--")) {
        let bytes = std::fs::read(path)?;
        if by_line {
            for line in String::from_utf8_lossy(&bytes).lines() {
                print(&classifier, line, &read(Path::new("line.txt"), line.as_bytes())?)?;
            }
        } else {
            match read(Path::new(path), &bytes) {
                Ok(document) => print(&classifier, path, &document)?,
                Err(error) => print(&classifier, &format!("{path}: {error}"), &read(Path::new("no.txt"), b"none")?)?,
            }
        }
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "printing is what the example is for")]
fn print(classifier: &Classifier<'_>, name: &str, document: &ReadDocument) -> Result<(), Box<dyn Error>> {
    let classed = classifier.classify(document);
    let language = document.language.code();
    let passages = document.blocks.len();
    let line = serde_json::json!({
        "name": name, "language": language, "passages": passages,
        "document": classed.document, "blocks": classed.blocks,
    });
    println!("{line}");
    Ok(())
}

fn read(path: &Path, bytes: &[u8]) -> Result<ReadDocument, Box<dyn Error>> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let hash = DocumentHash(String::new());
    if ingest::read::is_pdf(bytes) {
        return Ok(ingest::read::read_pdf(&name, "", hash, ingest::pdf::extract(bytes, None)?));
    }
    Ok(ingest::read::read_text(&name, "", hash, bytes)?)
}
