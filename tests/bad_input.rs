//! Bad input gets one clear line with the file's name and what to do; the rest of the run goes on.

#![expect(clippy::unwrap_used, reason = "a test whose files cannot be made or read has failed")]

use std::fs;

use tests::{Ended, Program, sample};

const PROGRAM: &str = env!("CARGO_BIN_EXE_policyglot-under-test");

/// Runs `extract` on a file of these bytes.
fn extract(name: &str, bytes: &[u8]) -> Ended {
    let program = Program::new(PROGRAM);
    let path = program.folder().join(name);
    fs::write(&path, bytes).unwrap();
    program.run(&["extract", path.to_str().unwrap()])
}

#[track_caller]
fn check(ended: &Ended, status: i32, name: &str, says: &str) {
    assert_eq!(ended.status, Some(status), "{}", ended.messages);
    assert_eq!(ended.data, "");
    let lines: Vec<&str> = ended.messages.lines().collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains(name) && lines[0].contains(says), "{lines:?}");
}

#[test]
fn an_empty_file() {
    check(&extract("empty.pdf", b""), 4, "empty.pdf", "the file is empty; download or copy it again");
}

#[test]
fn a_web_page_in_place_of_a_pdf() {
    let ended = extract("login.pdf", b"<!doctype html><p>please log in</p>");
    check(&ended, 4, "login.pdf", "this is not a PDF in spite of its name");
}

#[test]
fn bytes_that_are_neither_pdf_nor_text() {
    let bytes: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    check(&extract("noise.bin", &bytes), 4, "noise.bin", "is not text");
}

#[test]
fn a_missing_file() {
    let ended = Program::new(PROGRAM).run(&["extract", "missing.pdf"]);
    check(&ended, 4, "missing.pdf", "there is no such file; check the path");
}

#[test]
fn a_folder() {
    let program = Program::new(PROGRAM);
    fs::create_dir(program.folder().join("papers")).unwrap();
    check(&program.run(&["extract", "papers"]), 4, "papers", "this is a folder; name a file");
}

#[test]
fn a_pdf_that_ends_in_the_middle_gives_what_can_be_had_or_says_why_not() {
    let whole = fs::read(sample("pdf/01-ai-standards-guidelines.zh.pdf")).unwrap();
    let ended = extract("half.pdf", &whole[..whole.len() / 2]);
    assert!(matches!(ended.status, Some(0 | 3 | 4)), "{ended:?}");
    assert!(ended.messages.contains("half.pdf"), "{}", ended.messages);
}

#[test]
fn a_page_tree_that_points_at_itself_ends() {
    let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Count 9999999/Kids[2 0 R 2 0 R 2 0 R 2 0 R]>>endobj\n\
        xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n\
        trailer<</Size 3/Root 1 0 R>>\nstartxref\n126\n%%EOF\n";
    let ended = extract("loop.pdf", pdf);
    assert!(matches!(ended.status, Some(3 | 4)), "{ended:?}");
    assert!(ended.messages.contains("loop.pdf"), "{}", ended.messages);
}

/// A file that no known password opens, its encryption dictionary an object of its own or in the trailer.
#[test]
fn an_encrypted_file_without_its_password() {
    let key = "00".repeat(32);
    let standard = format!("<</Filter/Standard/V 1/R 2/P -4/O<{key}>/U<{key}>>>");
    for (object, entry) in [(format!("4 0 obj{standard}endobj\n"), "4 0 R".to_owned()), (String::new(), standard)] {
        let body = format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n{object}"
        );
        let id = "<00112233445566778899aabbccddeeff>";
        let mut pdf = body.clone() + "xref\n0 5\n0000000000 65535 f \n";
        for number in 1..=4 {
            let offset = body.find(&format!("{number} 0 obj")).unwrap_or(0);
            pdf += &format!("{offset:010} 00000 {} \n", if offset == 0 { 'f' } else { 'n' });
        }
        pdf +=
            &format!("trailer<</Size 5/Root 1 0 R/ID[{id}{id}]/Encrypt {entry}>>\nstartxref\n{}\n%%EOF\n", body.len());
        check(&extract("secret.pdf", pdf.as_bytes()), 5, "secret.pdf", "the file is encrypted: give its password");
    }
}

#[test]
fn an_encrypted_file_with_an_empty_password_is_read() {
    let program = Program::new(PROGRAM);
    let ended = program.run(&["extract", &sample("pdf/12-computing-power-announcement.zh.pdf")]);
    assert_eq!(ended.status, Some(0), "{}", ended.messages);
    assert!(ended.data.contains("算力"), "{}", ended.data);
}

#[test]
fn one_bad_file_does_not_stop_the_rest() {
    let program = Program::new(PROGRAM);
    let folder = program.folder().join("mixed");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a-empty.pdf"), "").unwrap();
    fs::write(folder.join("b-page.pdf"), "<html>").unwrap();
    fs::copy(sample("pdf/06-city-action-plan.zh.pdf"), folder.join("c-plan.pdf")).unwrap();
    fs::write(folder.join("d-note.txt"), "关于开展试点工作的通知。").unwrap();
    fs::write(folder.join("e.xlsx"), "PK").unwrap();
    let ended = program.run(&["ingest", folder.to_str().unwrap(), "nowhere.pdf"]);
    assert_eq!(ended.status, Some(1), "{}", ended.messages);
    for line in [
        "nowhere.pdf: there is no such file; check the path",
        "a-empty.pdf: the file is empty; download or copy it again",
        "b-page.pdf: this is not a PDF in spite of its name; open it in a viewer and download it again",
        "2 new, 3 failed, 1 of other kinds passed over",
    ] {
        assert!(ended.messages.contains(line), "{line}\n{}", ended.messages);
    }
    let documents = program.json(&["documents", "--format", "json"]);
    assert_eq!(documents.as_array().unwrap().len(), 2);
}

#[test]
fn a_second_writer_is_told_who_is_writing() {
    let program = Program::new(PROGRAM);
    assert_eq!(program.run(&["watch", "list"]).status, Some(0));
    let lock = fs::File::options().create(true).truncate(false).write(true).open(program.data().join("lock")).unwrap();
    lock.lock().unwrap();
    let ended = program.run(&["ingest", &sample("pdf")]);
    assert_eq!(ended.status, Some(1));
    assert!(ended.messages.contains("is being written by another policyglot"), "{}", ended.messages);
}
