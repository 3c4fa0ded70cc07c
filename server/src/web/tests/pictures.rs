//! Page pictures, with sizes and pictures that were kept before: no worker is needed to show them.

use axum::http::StatusCode;
use corpus::document::{BlockLine, DocumentHash, Rect};
use corpus::store::Store;

use super::{Server, fill};
use crate::pictures::Pictures;

/// The picture of page 1, 1200 pixels wide, as far as anybody looks into it here.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n a picture";

/// The small store with places in the bitext, and what workers would have made.
fn with_pictures() -> Server {
    Server::with_folder(|folder| {
        let mut store = Store::open(folder).unwrap();
        fill(&mut store);
        for id in [1, 2] {
            let mut read = store.read_document(id).unwrap().unwrap();
            for (index, block) in read.blocks.iter_mut().enumerate() {
                let top = 100.0 + 40.0 * index as f32;
                let bbox = Rect { x0: 100.0, y0: top, x1: 300.0, y1: top + 10.0 };
                block.bbox = bbox;
                block.lines = vec![BlockLine::new(0, block.page, bbox)];
            }
            let bitext = store.bitext_of(id).unwrap().unwrap();
            let beads = store.beads(bitext.id).unwrap();
            store.replace_reading(id, &read, super::NOW).unwrap();
            let alignment =
                corpus::store::Alignment { beads: &beads, links: &[], words: &[], terms: &[], corrections: &[] };
            store.put_alignment(bitext.id, &alignment).unwrap();
            store.keep_file(&read.hash, b"%PDF-1.7 a small one").unwrap();
            keep(folder, &read.hash, "sizes.json", b"[[600.0,800.0],[800.0,600.0]]");
            keep(folder, &read.hash, "1-1200-1.png", PNG);
        }
    })
}

fn keep(folder: &std::path::Path, hash: &DocumentHash, name: &str, bytes: &[u8]) {
    let folder = folder.join("pictures").join(&hash.0);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), bytes).unwrap();
}

#[tokio::test]
async fn a_page_is_shown_with_what_was_met_beside_its_translation() {
    let server = with_pictures();
    let page = server.get("/document/1/page/1?q=%E4%BA%91%E9%87%8F&block=1").await;
    assert_eq!(page.status, StatusCode::OK);
    // 各地应当每日观测云量。: the ninth and tenth of eleven characters on a line of 200 points from 100.
    for part in [
        "viewBox=\"0 0 600 800\"",
        "class=\"met\" x=\"244.7\" y=\"139.2\" width=\"37.9\" height=\"11.6\"",
        "class=\"asked\" d=\"M98.0 138.0L302.0 138.0L302.0 152.0L98.0 152.0Z\"",
        "/document/2/page/1?",
        "<a href=\"/document/1?q=%E4%BA%91%E9%87%8F&#38;block=1#b1\">",
        "/file/1#page=1",
        "/document/1/page/2?q=%E4%BA%91%E9%87%8F",
    ] {
        assert!(page.body.contains(part), "{part} is missing:\n{}", page.body);
    }
    assert_eq!(page.body.matches("<figure").count(), 2);
    assert!(!page.body.contains("style=\""), "the policy forbids styles within the page");
    assert!(server.get("/document/1/page/2?ui=zh").await.body.contains("viewBox=\"0 0 800 600\""));
}

#[tokio::test]
async fn a_sentence_is_framed() {
    let server = with_pictures();
    for address in ["/document/2/page/1?sentence=1", "/document/2/page/1?from=1"] {
        assert_eq!(server.get(address).await.body.matches("class=\"asked\"").count(), 2, "{address}");
    }
    assert_eq!(server.get("/document/2/page/1?sentence=99").await.body.matches("class=\"asked\"").count(), 1);
}

#[tokio::test]
async fn a_picture_is_kept_by_browsers_while_it_is_the_same() {
    let server = with_pictures();
    let mark = Pictures::mark(&DocumentHash::of("云量.pdf".as_bytes()));
    let picture = server.get(&format!("/document/1/page/1.png?w=1000&v={mark}")).await;
    assert_eq!((picture.status, picture.header("content-type")), (StatusCode::OK, "image/png"));
    assert!(picture.header("cache-control").contains("immutable"));
    let tag = format!("\"{mark}-1-1200\"");
    assert_eq!(picture.header("etag"), tag);
    let other = server.get("/document/1/page/1.png?v=old").await;
    assert_eq!(other.header("cache-control"), "private, no-cache", "an address of another picture is asked for again");
    let again = server.get_with("/document/1/page/1.png", &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
}

#[tokio::test]
async fn what_has_no_picture_says_what_to_do() {
    let server = with_pictures();
    let check = async |path: &str, part: &str| {
        let answer = server.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains(part), "{part} is missing in {path}:\n{}", answer.body);
    };
    // Document 4 is a web page, document 3 was not kept.
    check("/document/4/page/1?block=0", "<a class=\"button\" href=\"/document/4?block=0#b0\">Read the text</a>").await;
    check("/document/3/page/2?ui=zh", "只有 PDF 文件才能显示页面图像").await;
    check("/document/4/page/1.png", "That page has no picture").await;
    check("/document/1/page/0", "/document/1/page/1").await;
    check("/document/1/page/3.png", "That page has no picture").await;
    check("/document/1/page/x", "").await;
    check("/document/99/page/1", "").await;
}

/// The tests' own program is no policyglot, so its workers die, as those of hostile files do.
#[tokio::test]
async fn a_page_that_cannot_be_drawn_says_why() {
    let server = with_pictures();
    let picture = server.get("/document/1/page/2.png?ui=zh").await;
    assert_eq!((picture.status, picture.header("content-type")), (StatusCode::UNPROCESSABLE_ENTITY, "image/svg+xml"));
    assert!(picture.body.contains("无法绘制此页") && picture.body.contains("worker process died"), "{}", picture.body);
    assert_eq!(picture.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_program_gets_the_size_of_a_page_and_its_boxes() {
    let server = with_pictures();
    let page = server.get("/api/v1/documents/1/pages/1?q=%E4%BA%91%E9%87%8F").await.json();
    assert_eq!((page["width"].as_f64(), page["height"].as_f64()), (Some(600.0), Some(800.0)));
    assert_eq!(page["hit_pages"], serde_json::json!([1]));
    assert_eq!(page["hits"][1]["boxes"][0]["x0"], 245.5);
    assert_eq!(page["blocks"][1]["boxes"][0]["x1"], 300.0);
    let text = server.get("/api/v1/documents/4/pages/1").await.json();
    assert!(text["width"].is_null() && text["picture"].is_null());
    assert_eq!(server.get("/api/v1/documents/1/pages/9").await.status, StatusCode::NOT_FOUND);
}
