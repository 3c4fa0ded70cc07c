//! Text that is no PDF, through the program: plain text in any encoding, Markdown, saved pages, records.

#![expect(clippy::unwrap_used, reason = "a test whose files cannot be made or read has failed")]

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use tests::{Ended, Program};

const PROGRAM: &str = env!("CARGO_BIN_EXE_policyglot-under-test");

const PAGE: &str = r#"<!doctype html><html><head><meta charset="utf-8"><title>湖泊部关于开展监测试点工作的通知_湖泊网</title></head><body>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/a">政策</a></li><li><a href="/b">标准</a></li></ul>
<table><tr><td>发文机关：</td><td>工业和信息化部</td></tr><tr><td>发文字号：</td><td>工信部湖〔2031〕8号</td></tr><tr><td>成文日期：</td><td>2031年4月1日</td></tr></table>
<h1>湖泊部关于开展监测试点工作的通知</h1><div class="content">
<p>为做好湖泊监测工作，我部决定在部分省份开展试点。</p><p>试点湖泊不少于20个，名单另行公布。</p></div>
<div class="footer">版权所有：湖泊网，京ICP备00000000号</div></body></html>"#;

/// Runs `extract` on a file of these bytes.
fn extract(name: &str, bytes: &[u8]) -> Ended {
    let program = Program::new(PROGRAM);
    let path = program.folder().join(name);
    fs::write(&path, bytes).unwrap();
    program.run(&["extract", path.to_str().unwrap()])
}

#[track_caller]
fn check(name: &str, bytes: &[u8], text: &str, says: &str) {
    let ended = extract(name, bytes);
    assert_eq!(ended.status, Some(0), "{}", ended.messages);
    assert_eq!(ended.data, text);
    assert!(
        if says.is_empty() { ended.messages.is_empty() } else { ended.messages.contains(says) },
        "{}",
        ended.messages
    );
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn plain_text_whatever_its_encoding() {
    let text = "湖泊水质监测办法\n各地区要加强监测，落实责任。\n";
    check("a.txt", text.as_bytes(), text, "");
    check("a.txt", &utf_16(&format!("\u{feff}{text}")), text, "");
    check("a.txt", &utf_16(text), text, "read as UTF-16LE, which was guessed");
    // 湖泊监测办法，各地要落实。 in GB 18030, and 湖泊監測 in Big5.
    let gb =
        b"\xba\xfe\xb2\xb4\xbc\xe0\xb2\xe2\xb0\xec\xb7\xa8\xa3\xac\xb8\xf7\xb5\xd8\xd2\xaa\xc2\xe4\xca\xb5\xa1\xa3";
    check("a.txt", gb, "湖泊监测办法，各地要落实。\n", "read as gb18030, which was guessed");
    check("a.txt", b"\xb4\xf2\xaa\x79\xba\xca\xb4\xfa", "湖泊監測\n", "read as Big5, which was guessed");
}

#[test]
fn markdown_and_plain_text_that_looks_like_it() {
    let text = "# Lakes\n\nThe **plan** has [two parts](https://lakes.example/).\n";
    check("a.md", text.as_bytes(), "Lakes\nThe plan has two parts.\n", "");
    check("a.txt", b"# 1 and # 2 are sampled.\n", "# 1 and # 2 are sampled.\n", "");
}

#[test]
fn a_saved_page() {
    let text = "湖泊部关于开展监测试点工作的通知\n为做好湖泊监测工作，我部决定在部分省份开展试点。\n试点湖泊不少于20个，名单另行公布。\n";
    for name in ["page.html", "page.htm", "page.shtml", "page"] {
        check(name, PAGE.as_bytes(), text, "");
    }
    let lying = PAGE.replace("utf-8", "gb2312");
    check("page.html", lying.as_bytes(), text, "the file says that it is GBK, but its bytes are read as UTF-8");
}

#[test]
fn a_page_that_only_shows_a_pdf() {
    let ended =
        extract("viewer.html", b"<html><body><embed type='application/pdf' src='files/lakes.pdf'></body></html>");
    assert_eq!((ended.status, ended.data.as_str()), (Some(3), ""), "{}", ended.messages);
    assert!(ended.messages.contains("it only shows a PDF (files/lakes.pdf); download that file"), "{}", ended.messages);
}

#[test]
fn office_documents_are_refused() {
    let ended = extract("plan.docx", b"PK\x03\x04\x14\x00\x06\x00");
    assert_eq!((ended.status, ended.data.as_str()), (Some(4), ""));
    assert!(ended.messages.contains("save it as a PDF or as text"), "{}", ended.messages);
}

#[test]
fn a_folder_of_them_is_ingested() {
    let program = Program::new(PROGRAM);
    let folder = program.folder().join("saved");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.html"), PAGE).unwrap();
    fs::write(folder.join("b.md"), "---\ntitle: On Lakes\ndate: 2031-05-06\n---\nThe plan for lakes has two parts.\n")
        .unwrap();
    fs::write(folder.join("c.txt"), "湖泊水质监测办法\n各地区要加强监测，落实责任。\n").unwrap();
    let ended = program.run(&["ingest", folder.to_str().unwrap()]);
    assert_eq!(ended.status, Some(0), "{}", ended.messages);
    let documents = program.json(&["documents", "--format", "json"]);
    let titles: Vec<&str> =
        documents.as_array().unwrap().iter().filter_map(|document| document["facts"]["title"].as_str()).collect();
    for title in ["湖泊部关于开展监测试点工作的通知", "On Lakes", "湖泊水质监测办法"] {
        assert!(titles.contains(&title), "{documents:#}");
    }
    let facts = program.json(&["inspect", folder.join("a.html").to_str().unwrap(), "--format", "json"]);
    assert_eq!(facts["document_number"], "工信部湖〔2031〕8号");
    assert_eq!(facts["issuers"][0]["name_zh"], "工业和信息化部");
    assert!(
        facts["dates"].as_array().unwrap().iter().any(|date| date["kind"] == "issued" && date["date"] == "2031-04-01")
    );
}

#[test]
fn records_from_standard_input() {
    let program = Program::new(PROGRAM);
    let page = serde_json::json!({"format": "html", "text": PAGE, "id": "3", "url": "https://lakes.example/3"});
    let records = format!(
        "\u{feff}{}\n\nnot a record\n{}\n{page}\n{}\n",
        r#"{"text": "湖泊监测要落实责任。", "id": "1", "title": "湖泊监测", "date": "2031-05"}"#,
        r##"{"id": "1", "text": "# Lakes\n\nLakes are monitored.", "format": "markdown"}"##,
        r#"{"id": "4"}"#,
    );
    let mut child =
        program.command(&["ingest", "--jsonl", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(records.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let messages = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{messages}");
    for line in [
        "standard input:3: this line is not a record",
        "standard input:6: this line is not a record",
        "3 new, 2 failed",
    ] {
        assert!(messages.contains(line), "{line}\n{messages}");
    }
    let documents = program.json(&["documents", "--format", "json"]);
    let titles: Vec<&str> =
        documents.as_array().unwrap().iter().filter_map(|document| document["facts"]["title"].as_str()).collect();
    assert_eq!(titles.len(), 3, "{documents:#}");
    assert!(titles.contains(&"Lakes") && titles.contains(&"湖泊监测"), "{titles:?}");
}
