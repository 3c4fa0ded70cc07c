//! A reader's visit in a real browser: Debian's Chromium, driven through chromedriver, on the demo.

#![expect(clippy::unwrap_used, reason = "a visit that cannot be made has failed")]

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use tests::Program;

const PROGRAM: &str = env!("CARGO_BIN_EXE_policyglot-under-test");

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[track_caller]
fn wait_for(port: u16, what: &str) {
    let start = Instant::now();
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < Duration::from_secs(180), "{what} did not start");
        std::thread::sleep(Duration::from_millis(100));
    }
}

async fn browser(driver: u16, profile: &std::path::Path) -> Client {
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,1000",
        &format!("--user-data-dir={}", profile.display()),
    ];
    let options = serde_json::json!({ "args": arguments });
    let capabilities = [("goog:chromeOptions".to_owned(), options)].into_iter().collect();
    let address = format!("http://127.0.0.1:{driver}");
    ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&address).await.unwrap()
}

/// The texts of all elements that a selector finds.
async fn texts(client: &Client, selector: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for element in client.find_all(Locator::Css(selector)).await.unwrap() {
        texts.push(element.text().await.unwrap());
    }
    texts
}

/// The program serving the sample corpus, chromedriver, and a browser that drives through it.
async fn visit() -> (Program, [Running; 2], Client, String) {
    let program = Program::new(PROGRAM);
    let (port, driver) = (free_port(), free_port());
    let demo = program.command(&["demo", "--listen", &format!("127.0.0.1:{port}")]).spawn().unwrap();
    let chromedriver = Command::new("chromedriver").arg(format!("--port={driver}")).stdout(Stdio::null()).spawn();
    let running = [Running(demo), Running(chromedriver.expect("install chromium-driver to run the browser tests"))];
    wait_for(driver, "chromedriver");
    wait_for(port, "the demo");
    let client = browser(driver, &program.folder().join("profile")).await;
    (program, running, client, format!("http://127.0.0.1:{port}"))
}

#[tokio::test]
async fn a_reader_searches_a_chinese_term_and_reads_both_languages() {
    let (_program, _running, client, address) = visit().await;
    client.goto(&format!("{address}/?ui=en")).await.unwrap();
    let form = client.find(Locator::Css("input[name=q]")).await.unwrap();
    form.send_keys("新质生产力\n").await.unwrap();
    client.wait().for_element(Locator::Css("mark")).await.unwrap();

    let marks: Vec<String> = texts(&client, "mark").await.iter().map(|mark| mark.to_lowercase()).collect();
    assert!(marks.iter().any(|mark| mark == "新质生产力"), "{marks:?}");
    assert!(marks.iter().any(|mark| mark == "new quality productive forces"), "{marks:?}");
    if let Ok(path) = std::env::var("POLICYGLOT_SCREENSHOT") {
        std::fs::write(path, client.screenshot().await.unwrap()).unwrap();
    }

    client.find(Locator::Css("main a[href*='/document/']")).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::Css("[lang=en]")).await.unwrap();
    assert!(!texts(&client, "main [lang|=zh]").await.is_empty());
    assert!(!texts(&client, "main mark").await.is_empty());
    client.close().await.unwrap();
}

#[tokio::test]
async fn an_analyst_narrows_a_search_by_topic_and_finds_the_versions_of_a_policy() {
    let (_program, _running, client, address) = visit().await;
    client.goto(&format!("{address}/search?q=具身智能&ui=en")).await.unwrap();
    let all = texts(&client, "main h2 a, main h3 a").await.len();
    client.find(Locator::Css("a[href*='topic=']")).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::Css("mark")).await.unwrap();
    assert!((1..=all).contains(&texts(&client, "main h2 a, main h3 a").await.len()));

    let title = "具身智能产品测试与数据管理暂行办法";
    client.goto(&format!("{address}/search?q=title:\"{title}\"&ui=en")).await.unwrap();
    client.find(Locator::LinkText(title)).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::Css(".fellows li")).await.unwrap();
    let relations = texts(&client, ".fellows .tag").await;
    assert_eq!(relations, ["Text", "Language version", "Draft", "Draft"]);
    // What a topic rests on is one click away.
    assert_eq!(texts(&client, "details[open]").await.len(), 0);
    client.find(Locator::Css("details summary")).await.unwrap().click().await.unwrap();
    assert!(texts(&client, "details[open]").await[0].contains("具身智能"));
    client.close().await.unwrap();
}
