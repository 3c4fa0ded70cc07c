//! Prints the text of a PDF, its pages separated by form feeds: `extract_text FILE [PASSWORD]`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints what it finds")]

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let Some(path) = arguments.next().map(PathBuf::from) else {
        eprintln!("usage: extract_text FILE [PASSWORD]");
        return ExitCode::from(2);
    };
    let password = arguments.next().and_then(|password| password.into_string().ok());
    if !path.is_file() {
        eprintln!("{}: not a file", path.display());
        return ExitCode::from(2);
    }
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            return ExitCode::from(2);
        }
    };
    let path = path.display();
    match ingest::pdf::extract(&bytes, password.as_deref()) {
        Ok(extraction) => {
            let pages: Vec<String> = extraction.pages.iter().map(corpus::document::Page::text).collect();
            for warning in &extraction.warnings {
                let page = warning.page.map(|page| format!("page {page}: ")).unwrap_or_default();
                eprintln!("{path}: {page}{}", warning.message);
            }
            for page in extraction.pages.iter().filter(|page| page.needs_ocr()) {
                eprintln!("{path}: page {}: a scan", page.number);
            }
            println!("{}", pages.join("\u{c}"));
            if extraction.has_text() {
                return ExitCode::SUCCESS;
            }
            eprintln!("{path}: no text");
            ExitCode::from(3)
        }
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::from(if error == ingest::pdf::Error::PasswordNeeded { 5 } else { 4 })
        }
    }
}
