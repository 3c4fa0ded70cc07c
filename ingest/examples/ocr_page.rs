//! Reads a page by OCR, with the program `tesseract`, and prints its text:
//! `ocr_page FILE PAGE [DPI] [--raw] [--png OUT] [--boxes]`.
//!
//! `--raw` leaves the picture as it was drawn, `--pgm OUT` writes the picture that is read, `--boxes` prints each
//! line's place, size and confidence before it.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints what it finds")]

use std::error::Error;
use std::io::Write;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use ingest::ocr::render::Renderer;
use ingest::ocr::{Picture, Seen, compose, ink, tesseract};

struct Options {
    file: String,
    page: u32,
    dpi: Option<f32>,
    raw: bool,
    boxes: bool,
    pgm: Option<String>,
}

fn main() -> ExitCode {
    let Some(options) = options() else {
        eprintln!("usage: ocr_page FILE PAGE [DPI] [--raw] [--boxes] [--pgm OUT]");
        return ExitCode::from(2);
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", options.file);
            ExitCode::FAILURE
        }
    }
}

fn options() -> Option<Options> {
    let mut options = Options { file: String::new(), page: 0, dpi: None, raw: false, boxes: false, pgm: None };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--raw" => options.raw = true,
            "--boxes" => options.boxes = true,
            "--pgm" => options.pgm = Some(arguments.next()?),
            _ if options.file.is_empty() => options.file = argument,
            _ if options.page == 0 => options.page = argument.parse().ok()?,
            _ => options.dpi = Some(argument.parse().ok()?),
        }
    }
    (options.page > 0).then_some(options)
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let renderer = Renderer::open(std::fs::read(&options.file)?, None)?;
    let (width, height) = renderer.size(options.page).unwrap_or_default();
    let dpi = options.dpi.unwrap_or_else(|| renderer.best_dpi(options.page));
    let started = Instant::now();
    let drawn = renderer.picture(options.page, dpi)?;
    let rendered = started.elapsed();
    let picture = if options.raw { drawn } else { ink::clean(&drawn) };
    eprintln!("{dpi} dpi: drawn in {rendered:.2?}, cleaned in {:.2?}", started.elapsed() - rendered);
    if let Some(path) = &options.pgm {
        std::fs::write(path, tesseract::pgm(&picture))?;
    }
    let seen = read(&picture)?;
    let page = compose::page(options.page, width, height, (picture.width, picture.height), &seen, "tesseract");
    for line in &page.lines {
        if options.boxes {
            let confidence = line.words.iter().map(|word| word.confidence).sum::<f32>() / line.words.len() as f32;
            let [x, y] = [line.bbox.x0, line.bbox.y0];
            print!("{x:5.0} {y:5.0} {:5.1} {confidence:.2} ", line.size);
        }
        println!("{}", line.text);
    }
    Ok(())
}

fn read(picture: &Picture) -> Result<Vec<Seen>, Box<dyn Error>> {
    let list = String::from_utf8(Command::new("tesseract").arg("--list-langs").output()?.stdout)?;
    let language = tesseract::languages(&list).ok_or("tesseract has neither a Chinese nor the English model")?;
    let seen = tesseract::words(&answer(picture, &language)?);
    let Some(second) = tesseract::second_language(&list, &language, &seen) else { return Ok(seen) };
    Ok(tesseract::merged(seen, &tesseract::words(&answer(picture, &second)?)))
}

fn answer(picture: &Picture, language: &str) -> Result<String, Box<dyn Error>> {
    let mut child = Command::new("tesseract")
        .args(tesseract::arguments(picture, language))
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    // The program reads all of its input before it prints anything.
    child.stdin.take().ok_or("no standard input")?.write_all(&tesseract::pgm(picture))?;
    let output = child.wait_with_output()?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
