//! A reader's visit in a real browser: Debian's Chromium, driven through chromedriver, on the demo.

#![expect(clippy::unwrap_used, reason = "a visit that cannot be made has failed")]

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource as _, MouseActions, PointerAction};
use fantoccini::elements::Element;
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

/// The colours behind all elements that a selector finds.
async fn colours(client: &Client, selector: &str) -> Vec<String> {
    let mut colours = Vec::new();
    for element in client.find_all(Locator::Css(selector)).await.unwrap() {
        colours.push(element.css_value("background-color").await.unwrap());
    }
    colours
}

async fn point_at(client: &Client, element: Element) {
    let there = PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 };
    client.perform_actions(MouseActions::new("mouse".to_owned()).then(there)).await.unwrap();
}

const UNLIT: &str = "rgba(0, 0, 0, 0)";

#[tokio::test]
async fn a_translator_sees_which_words_render_each_other() {
    let (_program, _running, client, address) = visit().await;
    client.goto(&format!("{address}/bitexts?ui=en")).await.unwrap();
    client.find(Locator::Css("main table a")).await.unwrap().click().await.unwrap();
    let linked = Locator::Css(".bead:has(.zh .l1):has(.en .l1)");
    let bead = client.wait().for_element(linked).await.unwrap().attr("id").await.unwrap().unwrap();
    let (own, others) = (format!("#{bead} .l1"), format!("#{bead} .l0"));
    assert!(colours(&client, &own).await.iter().all(|colour| colour == UNLIT));
    point_at(&client, client.find(Locator::Css(&format!("#{bead} .zh .l1"))).await.unwrap()).await;
    assert!(colours(&client, &own).await.iter().all(|colour| colour != UNLIT), "the fellows light up");
    assert!(colours(&client, &others).await.iter().all(|colour| colour == UNLIT), "the others do not");
    if let Ok(path) = std::env::var("POLICYGLOT_SCREENSHOT_LINKS") {
        std::fs::write(path, client.screenshot().await.unwrap()).unwrap();
    }

    // By keyboard, on the bead's own page.
    client.find(Locator::Css(&format!("#{bead} summary"))).await.unwrap().click().await.unwrap();
    client.find(Locator::Css(&format!("#{bead} details a"))).await.unwrap().click().await.unwrap();
    let line = client.wait().for_element(Locator::Css(".words li")).await.unwrap();
    let group = line.attr("class").await.unwrap().unwrap();
    client.execute("document.querySelector('.words li').focus()", Vec::new()).await.unwrap();
    for side in ["zh", "en"] {
        let lit = colours(&client, &format!(".bead .{side} .{group}")).await;
        assert!(!lit.is_empty() && lit.iter().all(|colour| colour != UNLIT), "{side} {group}");
        let others = colours(&client, &format!(".bead .{side} [class^=l]:not(.{group})")).await;
        assert!(others.iter().all(|colour| colour == UNLIT), "{side} {group}");
    }
    client.close().await.unwrap();
}

#[tokio::test]
async fn a_translator_corrects_a_bead_and_it_stays() {
    let (_program, _running, client, address) = visit().await;
    client.goto(&format!("{address}/bitexts?ui=en")).await.unwrap();
    client.find(Locator::Css("main table a")).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::Css(".bead")).await.unwrap();
    let bitext = format!("{address}{}", client.current_url().await.unwrap().path());
    let before = texts(&client, ".bead .zh").await;
    let (first, second) = (before[0].clone(), before[1].clone());
    client.find(Locator::Css(".bead summary")).await.unwrap().click().await.unwrap();
    client.find(Locator::Css(".bead button[value=merge]")).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::Css(".notice.good")).await.unwrap();

    client.goto(&bitext).await.unwrap();
    client.wait().for_element(Locator::Css(".bead.mended")).await.unwrap();
    assert_eq!(texts(&client, ".bead.mended .zh").await, [format!("{first}\n{second}")]);
    assert_eq!(texts(&client, ".bead.mended .tag").await, ["by a reader"]);

    client.find(Locator::Css(".bead.mended summary")).await.unwrap().click().await.unwrap();
    client.find(Locator::Css(".bead.mended button[value=undo]")).await.unwrap().click().await.unwrap();
    client.wait().for_element(Locator::Css(".notice.good")).await.unwrap();
    client.goto(&bitext).await.unwrap();
    client.wait().for_element(Locator::Css(".bead")).await.unwrap();
    assert_eq!(texts(&client, ".bead .zh").await, before);
    client.close().await.unwrap();
}

#[tokio::test]
async fn the_doubtful_beads_alone_are_those_that_are_marked() {
    let (_program, _running, client, address) = visit().await;
    for bitext in 1..=3 {
        client.goto(&format!("{address}/bitext/{bitext}?ui=en")).await.unwrap();
        let (marked, parts) = (texts(&client, ".bead.doubtful .zh").await, texts(&client, ".pager").await.len());
        client.goto(&format!("{address}/bitext/{bitext}?only=doubtful")).await.unwrap();
        let alone = texts(&client, ".bead .zh").await;
        assert_eq!(texts(&client, ".bead:not(.doubtful)").await.len(), 0);
        assert!(alone == marked || parts > 0 && alone.starts_with(&marked), "{alone:?} {marked:?}");
    }
    client.close().await.unwrap();
}

/// What a reviewer types, without any field that takes it.
async fn type_keys(client: &Client, keys: &str) {
    client.active_element().await.unwrap().send_keys(keys).await.unwrap();
}

/// The renderings that wait, as another process finds them in the store.
fn waiting(program: &Program) -> Vec<String> {
    let queue = program.json(&["terms", "review", "--limit", "10000", "--format", "json"]);
    queue.as_array().unwrap().iter().map(|pair| format!("{} {}", pair["concept"], pair["en"])).collect()
}

/// Decisions are saved behind the reviewer's back: waits until so many renderings wait.
fn wait_until_waiting(program: &Program, count: usize) -> Vec<String> {
    let start = Instant::now();
    loop {
        let waiting = waiting(program);
        if waiting.len() == count {
            return waiting;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{} wait, not {count}", waiting.len());
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[tokio::test]
async fn a_reviewer_decides_on_ten_candidates_with_the_keyboard_alone() {
    let (program, _running, client, address) = visit().await;
    let before = waiting(&program);
    client.goto(&format!("{address}/review?ui=en")).await.unwrap();
    client.wait().for_element(Locator::Css(".waits.here")).await.unwrap();
    let shown = texts(&client, ".queue .en").await;

    // One after the other, without waiting for any: four preferred, two admitted, three rejected, one put off.
    type_keys(&client, "parpsparpr").await;
    assert_eq!(texts(&client, ".waits[data-done] .en").await, shown[..10]);
    let verdicts = texts(&client, ".waits[data-done] .verdict").await;
    assert_eq!(verdicts[..5], ["Preferred", "Admitted", "Reject", "Preferred", "Skip"]);
    assert_eq!(texts(&client, ".waits.here .en").await, shown[10..11]);
    let after = wait_until_waiting(&program, before.len() - 9);
    assert!(after.last().is_some_and(|last| last.contains(&shown[4])), "what is put off comes last: {after:?}");

    // The last decision is taken back, and its candidate waits where it was.
    type_keys(&client, "u").await;
    let after = wait_until_waiting(&program, before.len() - 8);
    assert_eq!(texts(&client, ".waits.here .en").await, shown[9..10]);
    assert!(after.iter().any(|waiting| waiting.contains(&shown[9])));

    // Letters in a field are letters.
    client.find(Locator::Css(".filters input[name=q]")).await.unwrap().send_keys("par").await.unwrap();
    assert_eq!(texts(&client, ".waits[data-done]").await.len(), 9);
    if let Ok(path) = std::env::var("POLICYGLOT_SCREENSHOT_REVIEW") {
        std::fs::write(path, client.screenshot().await.unwrap()).unwrap();
    }

    // What a reviewer has decided outlives mining everything anew.
    assert_eq!(program.run(&["remine"]).status, Some(0));
    let again = waiting(&program);
    for decided in before.iter().filter(|pair| !after.contains(pair)) {
        assert!(!again.contains(decided), "{decided} came back");
    }
    client.goto(&format!("{address}/review?ui=en")).await.unwrap();
    assert_eq!(texts(&client, ".recent li").await.len(), 8, "the history has the latest eight");
    client.close().await.unwrap();
}
