//! Prints the text of a PDF, that of fonts without a character map read by the shapes of their glyphs:
//! `shapes FILE --models DIR` with PP-OCR models, `shapes FILE --tesseract LANGUAGE` with that program.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints what it finds")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use ingest::ocr::{GlyphReader, Picture, Seen, tesseract};
use ingest::pdf::{Options, SheetReader, extract_with};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let read = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [file, "--models", folder] => models(folder).and_then(|models| print(file, &*models)),
        [file, "--tesseract", language] => {
            print(file, &SheetReader(|picture: &Picture| with_tesseract(picture, language)))
        }
        _ => Err("usage: shapes FILE (--models DIR | --tesseract LANGUAGE)".to_owned()),
    };
    match read {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn print(file: &str, reader: &dyn GlyphReader) -> Result<(), String> {
    let bytes = std::fs::read(file).map_err(|error| format!("{file}: {error}"))?;
    let start = Instant::now();
    let options = Options { password: None, glyphs: Some(reader) };
    let extraction = extract_with(&bytes, &options).map_err(|error| format!("{file}: {error}"))?;
    let pages: Vec<String> = extraction.pages.iter().map(corpus::document::Page::text).collect();
    println!("{}", pages.join("\u{c}"));
    for warning in extraction.warnings {
        let page = warning.page.map(|page| format!("page {page}: ")).unwrap_or_default();
        eprintln!("{page}{}", warning.message);
    }
    eprintln!("{:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}

#[cfg(feature = "ppocr")]
fn models(folder: &str) -> Result<Box<dyn GlyphReader>, String> {
    use ingest::ocr::ppocr::{Models, chosen};

    let folder = Path::new(folder);
    let read = |name: &str| std::fs::read(folder.join(name)).map_err(|error| format!("{name}: {error}"));
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    let choice = chosen(&names).ok_or("no models there")?;
    let characters = choice.characters.as_deref().map(read).transpose()?;
    let characters = characters.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let models = Models::load(&read(&choice.detector)?, &read(&choice.recogniser)?, characters.as_deref());
    Ok(Box::new(models.map_err(|error| error.to_string())?))
}

#[cfg(not(feature = "ppocr"))]
fn models(folder: &str) -> Result<Box<dyn GlyphReader>, String> {
    Err(format!("{}: built without PP-OCR", Path::new(folder).display()))
}

fn with_tesseract(picture: &Picture, language: &str) -> Vec<Seen> {
    let read = || {
        let mut child = Command::new("tesseract")
            .args(tesseract::arguments(picture, language))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(&tesseract::pgm(picture))?;
        }
        child.wait_with_output()
    };
    match read() {
        Ok(output) => tesseract::words(&String::from_utf8_lossy(&output.stdout)),
        Err(error) => {
            eprintln!("tesseract: {error}");
            Vec::new()
        }
    }
}
