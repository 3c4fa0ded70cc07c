//! Reads pictures with PP-OCR models: `ppocr MODELS IMAGE...` prints the text of each, line by line.
//!
//! MODELS is a folder with the .onnx files, IMAGE a binary PGM of 8 bits, as `pdftoppm -gray -r 200` makes it.

use std::error::Error;
use std::path::Path;

use ingest::ocr::ppocr::{self, Models};
use ingest::ocr::{Picture, Seen};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: ppocr MODELS IMAGE...")?;
    let models = load(Path::new(&folder))?;
    for image in arguments {
        let picture = pgm(&std::fs::read(&image)?).ok_or("give a binary PGM of 8 bits")?;
        print(&models.read(&picture)?);
    }
    Ok(())
}

fn load(folder: &Path) -> Result<Models, Box<dyn Error>> {
    let entries = std::fs::read_dir(folder)?;
    let names: Vec<String> =
        entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned())).collect();
    let choice = ppocr::chosen(&names).ok_or("there are no models in the folder")?;
    let detector = std::fs::read(folder.join(choice.detector))?;
    let recogniser = std::fs::read(folder.join(choice.recogniser))?;
    let characters = choice.characters.map(|name| std::fs::read_to_string(folder.join(name))).transpose()?;
    Ok(Models::load(&detector, &recogniser, characters.as_deref())?)
}

/// Prints words line by line, with a space where there is a gap of a fifth of the line's height.
#[expect(clippy::print_stdout, reason = "an example prints")]
fn print(seen: &[Seen]) {
    let mut before: Option<&Seen> = None;
    let mut text = String::new();
    for word in seen {
        let gap = (word.bbox[3] - word.bbox[1]) / 5.0;
        match before {
            Some(before) if before.line != word.line => text.push('\n'),
            Some(before) if word.bbox[0] - before.bbox[2] > gap => text.push(' '),
            _ => {}
        }
        text.push_str(&word.text);
        before = Some(word);
    }
    println!("{text}");
}

fn pgm(bytes: &[u8]) -> Option<Picture> {
    let rest = bytes.strip_prefix(b"P5\n")?;
    let mut fields = rest.splitn(4, u8::is_ascii_whitespace);
    let mut number = || -> Option<u32> { std::str::from_utf8(fields.next()?).ok()?.parse().ok() };
    let (width, height, 255) = (number()?, number()?, number()?) else { return None };
    Some(Picture { width, height, dpi: 200.0, pixels: fields.next()?.to_vec() })
}
