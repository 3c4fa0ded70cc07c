//! What one file may cost: a worker that passes a limit costs its file, and the next file gets a new worker.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test whose workers cannot be started has failed")]

use std::path::PathBuf;
use std::time::Duration;

use server::workers::{Limits, Output, PictureOf, Pool, Request, Want};
use tests::sample;

/// Has a sample document read by a pool with these limits: its number of pages, or why it was given up.
fn read(pool: &Pool, name: &str) -> Result<usize, String> {
    let request = Request {
        path: PathBuf::from(sample(&format!("pdf/{name}"))),
        name: name.to_owned(),
        source: name.to_owned(),
        want: Want::Pages,
        password: None,
        engine: None,
    };
    match pool.read(&request).unwrap() {
        Output::Pages(extraction) => Ok(extraction.pages.len()),
        Output::Failed(failure) => Err(failure.message),
        _ => panic!("pages were asked for"),
    }
}

fn pool(limits: Limits) -> Pool {
    Pool::new(PathBuf::from(env!("CARGO_BIN_EXE_policyglot-under-test")), limits)
}

#[test]
fn a_worker_reads_one_file_after_another() {
    let pool = pool(Limits::default());
    for _ in 0..3 {
        assert_eq!(read(&pool, "04-embodied-ai-measures.zh.pdf"), Ok(5));
        assert_eq!(read(&pool, "07-trustworthy-data-space-white-paper.zh.pdf"), Ok(3));
    }
}

#[test]
fn a_file_that_takes_too_long_is_given_up() {
    let pool = pool(Limits { wall: Duration::from_millis(1), ..Limits::default() });
    for _ in 0..2 {
        let why = read(&pool, "02-ai-manufacturing-opinions.zh.pdf").unwrap_err();
        assert!(why.starts_with("reading it took more than") && why.ends_with("was given up"), "{why}");
    }
}

/// The program itself is more than that, so the limit leaves it nothing.
#[test]
#[cfg(target_os = "linux")]
fn a_file_that_needs_too_much_memory_is_given_up() {
    let pool = pool(Limits { memory: 1 << 20, ..Limits::default() });
    let why = read(&pool, "02-ai-manufacturing-opinions.zh.pdf").unwrap_err();
    assert!(why.contains("memory") || why.contains("its worker process died"), "{why}");
}

/// A PDF with one page that is drawn by a content stream of its own.
fn pdf(page: &str, content: &str, more: &str) -> Vec<u8> {
    format!(
        "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n\
         2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n\
         3 0 obj << /Type /Page /Parent 2 0 R {page} /Contents 4 0 R >> endobj\n\
         4 0 obj << /Length {} >> stream\n{content}\nendstream endobj\n{more}\
         trailer << /Root 1 0 R /Size 9 >>\n",
        content.len()
    )
    .into_bytes()
}

/// The sizes of a file's pages in points, and of a page's picture in pixels.
type Drawn = (Vec<(f32, f32)>, (u32, u32));

/// Asks for the sizes of the pages and the picture of the first: the sizes, and the width and height of the picture.
fn draw(pool: &Pool, bytes: &[u8]) -> Result<Drawn, String> {
    let folder = tempfile::tempdir().unwrap();
    let (path, into) = (folder.path().join("file"), folder.path().join("picture.png"));
    std::fs::write(&path, bytes).unwrap();
    let ask = |want| {
        let (name, source) = ("drawn.pdf".to_owned(), String::new());
        pool.read(&Request { path: path.clone(), name, source, want, password: None, engine: None }).unwrap()
    };
    let sizes = match ask(Want::Sizes) {
        Output::Sizes(sizes) => sizes,
        Output::Failed(failure) => return Err(failure.message),
        _ => panic!("sizes were asked for"),
    };
    match ask(Want::Picture(PictureOf { page: 1, width: 800, into: into.clone() })) {
        Output::Picture => {}
        Output::Failed(failure) => return Err(failure.message),
        _ => panic!("a picture was asked for"),
    }
    let png = std::fs::read(&into).unwrap();
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert!(png.starts_with(b"\x89PNG"));
    Ok((sizes, (number(16), number(20))))
}

#[test]
fn a_page_is_drawn_as_it_is_displayed() {
    let pool = pool(Limits::default());
    let check = |page: &str, size: (f32, f32), picture: (u32, u32)| {
        assert_eq!(draw(&pool, &pdf(page, "0 0 72 72 re f", "")), Ok((vec![size], picture)), "{page}");
    };
    check("/MediaBox [0 0 600 900]", (600.0, 900.0), (800, 1200));
    check("/MediaBox [0 0 600 900] /Rotate 90", (900.0, 600.0), (800, 533));
    check("/MediaBox [0 0 600 900] /CropBox [100 100 500 300]", (400.0, 200.0), (800, 400));
}

/// A page that fills itself with itself, and one that has no end, cost their worker at most; the next page is drawn.
#[test]
fn a_hostile_page_costs_nothing_but_its_picture() {
    let limits = Limits { memory: 1 << 30, cpu: Duration::from_secs(2), wall: Duration::from_secs(10) };
    let pool = pool(limits);
    let bomb: String = (0..26).map(|_| "/A Do /A Do /A Do /A Do ").collect();
    let form = format!(
        "5 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << /A 5 0 R >> >> /Length {} >> stream\n{bomb}\nendstream endobj\n",
        bomb.len()
    );
    let nested = pdf("/MediaBox [0 0 600 900] /Resources << /XObject << /A 5 0 R >> >>", &bomb, &form);
    let curves = "0 0 m ".to_owned() + &"600 0 0 900 600 900 c 0 900 600 0 0 0 c ".repeat(400_000) + "S";
    let endless = pdf("/MediaBox [0 0 600 900]", &curves, "");
    for hostile in [nested, endless, b"%PDF-1.4 nothing".to_vec()] {
        // Whether it is drawn in part or given up, it comes to an end.
        if let Err(why) = draw(&pool, &hostile) {
            assert!(!why.is_empty());
        }
        let next = draw(&pool, &pdf("/MediaBox [0 0 600 900]", "0 0 72 72 re f", ""));
        assert_eq!(next.map(|(_, picture)| picture), Ok((800, 1200)));
    }
}
