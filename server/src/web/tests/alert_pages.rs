//! The pages of alerts and deliveries, as a browser asks for them.

use corpus::watch::{ChannelKind, DeliveryState, Occasion, WatchSettings};

use super::*;

const FORM: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];
const BEGIN: &str = "2025-01-01T12:00:00Z";

/// Adds a document that meets a watch.
fn meet(store: &mut Store, watch: i64, title: &str, now: &str) -> i64 {
    meet_as(store, watch, title, now, Occasion::NewDocument)
}

fn meet_as(store: &mut Store, watch: i64, title: &str, now: &str, occasion: Occasion) -> i64 {
    let number = store.document_count().unwrap();
    let lines = [&format!("# {title}"), "沿海各港应当在2027年前建成灯塔。"];
    let facts = Facts { title: Some(title.to_owned()), ..Facts::default() };
    let new = document(&format!("{number}.pdf"), Language::Zh, &lines.map(|line| line as &str), facts);
    let added = store.add_documents(&[new], false, now).unwrap();
    let [Added::New(id)] = added[..] else { panic!("not new") };
    let atoms = vec!["灯塔".to_owned()];
    let found = WatchMatch { watch, atoms, sentence: 1, occasion, ..WatchMatch::default() };
    assert_eq!(store.record_watched(id, &[found], now).unwrap(), 1);
    id
}

fn watch(store: &mut Store, query: &str) -> i64 {
    store.add_watch(query, BEGIN).unwrap().id
}

/// Several alerts of one watch, an hour apart.
fn many(store: &mut Store, count: usize) -> i64 {
    let watch = watch(store, "灯塔");
    for number in 1..=count {
        meet(store, watch, &format!("第{number}号"), &format!("2025-03-{:02}T12:00:00Z", 1 + number / 20));
    }
    watch
}

/// The titles of a page, in order.
fn titles(body: &str) -> Vec<String> {
    let title = |part: &str| {
        let (_, rest) = part.split_once("\">").unwrap_or_default();
        rest.split('<').next().unwrap_or_default().to_owned()
    };
    body.split("<h3>").skip(1).map(title).collect()
}

fn link<'b>(body: &'b str, words: &str) -> &'b str {
    let before = body.split(words).next().unwrap_or_default();
    let (_, tail) = before.rsplit_once("href=\"").unwrap();
    tail.split('"').next().unwrap_or_default()
}

#[tokio::test]
async fn alerts_stand_under_the_days_on_which_they_were_made() {
    let server = Server::with(|store| {
        let watch = watch(store, "灯塔");
        for (title, now) in
            [("甲", "2025-11-20T12:00:00Z"), ("乙", "2025-11-22T11:00:00Z"), ("丙", "2025-11-22T12:00:00Z")]
        {
            meet(store, watch, title, now);
        }
    });
    let body = server.get("/alerts").await.body;
    assert_eq!(titles(&body), ["丙", "乙", "甲"]);
    let place = |words: &str| body.find(words).unwrap_or_else(|| panic!("{words}\n{body}"));
    assert!(place("Saturday 22 November 2025") < place("乙") && place("乙") < place("Thursday 20 November 2025"));
    assert!(place("Thursday 20 November 2025") < place(">甲<"));
    assert_eq!(body.matches("class=\"day-name\"").count(), 2);
    assert!(server.get("/alerts?ui=zh").await.body.contains("2025年11月22日 星期六"));
}

#[tokio::test]
async fn an_alert_says_what_met_the_watch_and_of_what_it_is_a_rendering() {
    let server = Server::with(|store| {
        fill(store);
        let atoms = vec!["Cloud cover".to_owned()];
        let renderings = vec!["cloud cover".to_owned()];
        let found = WatchMatch { watch: 1, atoms, renderings, sentence: 1, ..WatchMatch::default() };
        store.record_watched(2, &[found], NOW).unwrap();
    });
    let body = server.get("/alerts").await.body;
    for words in [
        "<mark>Cloud cover</mark> shall be observed daily",
        "<b lang=\"en\">Cloud cover</b>, a rendering of <span lang=\"zh\">云量</span>",
        "<b lang=\"zh\">云量</b></p>",
        "Watch: <a href=\"/watches/1\" lang=\"zh\">云量</a>",
        "<span>new document</span>",
        "天气〔2025〕7号",
        "2025-03-01",
        "Ministry of Weather",
        "Notice</span>",
        "2 unseen of 2",
        "href=\"/document/2?q=%E4%BA%91%E9%87%8F&#38;sentence=1\"",
        "/document/1/page/1?sentence=1",
    ] {
        assert!(body.contains(words), "{words}\n{body}");
    }
    assert!(!body.contains("/document/2/page/1"), "there is no picture where no file is kept");
    let chinese = server.get("/alerts?ui=zh").await.body;
    for words in
        ["命中 <b lang=\"en\">Cloud cover</b>（“<span lang=\"zh\">云量</span>”的译名）", "共 2 条，2 条未读", "新文献"]
    {
        assert!(chinese.contains(words), "{words}\n{chinese}");
    }
}

#[tokio::test]
async fn a_new_mention_leads_to_the_version_that_did_not_have_it() {
    let server = Server::with(|store| {
        let watch = watch(store, "灯塔");
        let earlier = meet(store, watch, "旧", "2025-02-01T12:00:00Z");
        meet_as(store, watch, "新", "2025-02-02T12:00:00Z", Occasion::NewMention { earlier });
        meet_as(store, watch, "标准", "2025-02-03T12:00:00Z", Occasion::Cited);
    });
    let body = server.get("/alerts").await.body;
    let said = "new mention in a new version; <a href=\"/document/1\">the version before</a> did not have it";
    assert!(body.contains(said) && body.contains("cites the standard"), "{body}");
    let chinese = server.get("/alerts?ui=zh").await.body;
    assert!(chinese.contains("新版本中新出现，<a href=\"/document/1\">上一版本</a>中没有"), "{chinese}");
}

#[tokio::test]
async fn alerts_of_one_watch_and_those_that_are_unseen_are_chosen() {
    let server = Server::with(|store| {
        let [lighthouse, harbour] = ["灯塔", "渔港"].map(|query| watch(store, query));
        meet(store, lighthouse, "甲", BEGIN);
        meet(store, harbour, "乙", BEGIN);
        meet(store, lighthouse, "丙", BEGIN);
        store.mark_alerts_seen(None, 2, NOW).unwrap();
    });
    let check = async |query: &str, expected: &[&str]| {
        let body = server.get(&format!("/alerts{query}")).await.body;
        assert_eq!(titles(&body), expected, "{query}");
        assert_eq!(
            body.matches("<span class=\"tag new\">unseen</span>").count(),
            usize::from(expected.contains(&"丙"))
        );
        body
    };
    check("", &["丙", "乙", "甲"]).await;
    let of_one = check("?watch=1", &["丙", "甲"]).await;
    assert!(of_one.contains("1 unseen of 2") && of_one.contains("href=\"/watch/1/feed.atom\""));
    check("?seen=no", &["丙"]).await;
    check("?watch=1&seen=no", &["丙"]).await;
    let nothing = check("?watch=2&seen=no", &[]).await;
    assert!(nothing.contains("Nothing is unseen"));
    assert_eq!(server.get("/alerts?watch=99").await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.get("/alerts?watch=x").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn paging_neither_skips_nor_repeats_when_alerts_come_meanwhile() {
    for filter in ["/alerts", "/alerts?seen=no", "/alerts?watch=1"] {
        let server = Server::with(|store| {
            many(store, 120);
        });
        let mut store = Store::open(server._folder.path()).unwrap();
        let (mut address, mut listed) = (filter.to_owned(), Vec::new());
        for stretch in 1..=3 {
            let body = server.get(&address).await.body;
            listed.extend(titles(&body));
            meet(&mut store, 1, &format!("后来第{stretch}号"), "2025-04-01T12:00:00Z");
            if stretch < 3 {
                address = link(&body, "Older alerts").replace("&#38;", "&");
            } else {
                assert!(!body.contains("Older alerts"), "{filter}");
            }
        }
        let expected: Vec<String> = (1..=120).rev().map(|number| format!("第{number}号")).collect();
        assert_eq!(listed, expected, "{filter}");
    }
}

#[tokio::test]
async fn only_what_was_shown_is_marked_as_seen() {
    let server = Server::with(|store| {
        let [lighthouse, harbour] = ["灯塔", "渔港"].map(|query| watch(store, query));
        meet(store, lighthouse, "甲", BEGIN);
        meet(store, harbour, "乙", BEGIN);
    });
    let body = server.get("/alerts").await.body;
    assert!(body.contains("<input type=\"hidden\" name=\"up_to\" value=\"2\">"), "{body}");
    // What comes between the page and the click.
    let mut store = Store::open(server._folder.path()).unwrap();
    meet(&mut store, 1, "丙", NOW);
    let marked = server.ask("POST", "/alerts/seen", &FORM, "up_to=2&watch=1&seen=no").await;
    assert_eq!((marked.status, marked.header("location")), (StatusCode::SEE_OTHER, "/alerts?watch=1&seen=no&marked=1"));
    assert_eq!(titles(&server.get("/alerts?seen=no").await.body), ["丙", "乙"]);
    let marked = server.ask("POST", "/alerts/seen", &FORM, "up_to=2&watch=").await;
    let body = server.get(marked.header("location")).await.body;
    assert!(body.contains("1 alert was marked as seen.") && body.contains("1 unseen of 3"), "{body}");
    assert_eq!(titles(&server.get("/alerts?seen=no").await.body), ["丙"]);
    assert_eq!(server.ask("POST", "/alerts/seen", &FORM, "up_to=all").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_top_of_every_page_tells_how_many_are_unseen() {
    let server = Server::with(|store| {
        many(store, 3);
    });
    let told = "Alerts <span class=\"unseen-count\">3<span class=\"hidden\"> unseen</span></span>";
    for path in ["/", "/documents", "/alerts", "/terms"] {
        assert!(server.get(path).await.body.contains(told), "{path}");
    }
    server.ask("POST", "/alerts/seen", &FORM, "up_to=3").await;
    assert!(!server.get("/").await.body.contains("unseen-count"));
}

#[tokio::test]
async fn an_empty_page_of_alerts_teaches_what_to_do() {
    let server = Server::with(|_| ());
    let body = server.get("/alerts").await.body;
    assert!(body.contains("Nothing is watched yet") && body.contains("href=\"/watches/new\""), "{body}");
    Store::open(server._folder.path()).unwrap().add_watch("灯塔", NOW).unwrap();
    let body = server.get("/alerts").await.body;
    assert!(body.contains("There are no alerts yet") && body.contains("--watch-folder"), "{body}");
    assert!(server.get("/alerts?watch=1").await.body.contains("This watch has made no alerts yet"));
    assert!(server.get("/alerts?watch=1&ui=zh").await.body.contains("这项关注还没有产生提醒"));
    assert!(server.get("/deliveries").await.body.contains("Nothing has been sent yet"));
}

#[tokio::test]
async fn only_the_page_of_alerts_may_run_its_script() {
    let server = Server::new();
    let page = server.get("/alerts").await;
    assert!(page.header("content-security-policy").contains("script-src 'self'; connect-src 'self'"));
    let address = page.body.split("<script src=\"").nth(1).unwrap().split('"').next().unwrap();
    let script = server.get(address).await;
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    assert!(script.body.contains("EventSource"));
    assert!(page.body.contains("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"/alerts.atom\""));
    assert!(!server.get("/deliveries").await.header("content-security-policy").contains("script-src"));
}

/// A watch whose name, subject and addresses are full of markup, with a delivery by mail and one by webhook.
fn hostile(store: &mut Store) {
    let markup = "<script>alert(1)</script>";
    let channels = vec![
        ChannelKind::Mail { address: "keeper@example.org".to_owned() },
        ChannelKind::Webhook {
            url: "https://hooks.example.org/T1/confidential".to_owned(),
            secret: "whsec_c2VjcmV0".to_owned(),
        },
    ];
    let settings = WatchSettings { name: markup.to_owned(), channels, ..WatchSettings::from("灯塔") };
    let watch = store.add_watch(settings, BEGIN).unwrap().id;
    meet(store, watch, markup, BEGIN);
}

#[tokio::test]
async fn markup_is_shown_and_not_run() {
    let server = Server::with(hostile);
    for path in ["/alerts", "/alerts?watch=1", "/deliveries", "/deliveries?watch=1&ui=zh"] {
        let body = server.get(path).await.body;
        assert!(!body.contains("<script>") && body.contains("&#60;script&#62;alert(1)"), "{path}: {body}");
    }
}

#[tokio::test]
async fn deliveries_say_how_far_they_have_come_and_those_given_up_are_sent_again() {
    let server = Server::with(hostile);
    let mut store = Store::open(server._folder.path()).unwrap();
    let of = |store: &Store, kind: &str| {
        let mut deliveries = store.deliveries(None, 9).unwrap().into_iter();
        deliveries.find(|delivery| delivery.channel.kind.name() == kind).unwrap()
    };
    let (mail, webhook) = (of(&store, "mail").id, of(&store, "webhook").id);
    store.delivery_failed(&webhook, NOW, "it answered 410 Gone: <b>no</b>", None).unwrap();
    let body = server.get("/deliveries").await.body;
    for words in [
        "<b class=\"target\">https://hooks.example.org/…</b>",
        "<b class=\"target\">keeper@example.org</b>",
        "failed for good <span class=\"count\">1</span>",
        "to be sent <span class=\"count\">1</span>",
        "it answered 410 Gone: &#60;b&#62;no&#60;/b&#62;",
        "not tried yet",
        "1 attempt<",
        "<summary>1 alert</summary>",
    ] {
        assert!(body.contains(words), "{words}\n{body}");
    }
    assert!(!body.contains("confidential") && !body.contains("whsec_"));
    assert_eq!(body.matches("/resend").count(), 1, "one that waits needs no button");
    assert!(server.get("/deliveries?ui=zh&state=dead").await.body.contains("<span lang=\"zh-Hans\">对方返回 410 Gone"));
    let pending = server.get("/deliveries?state=pending&watch=1").await.body;
    assert!(pending.contains("keeper@example.org") && !pending.contains("hooks.example.org"));

    let resend = async |id: &str| server.ask("POST", &format!("/deliveries/{id}/resend?watch=1"), &FORM, "").await;
    assert_eq!(resend(&webhook).await.header("location"), "/deliveries?watch=1&said=again");
    assert_eq!(of(&store, "webhook").state, DeliveryState::Pending);
    for id in [&webhook, &mail] {
        assert_eq!(resend(id).await.header("location"), "/deliveries?watch=1&said=not", "{id}");
    }
    store.delivery_done(&mail, NOW).unwrap();
    assert_eq!(resend(&mail).await.header("location"), "/deliveries?watch=1&said=not");
    assert_eq!(of(&store, "mail").state, DeliveryState::Delivered);
    assert_eq!(resend("msg_0").await.status, StatusCode::NOT_FOUND);
    assert!(server.get("/deliveries?said=again").await.body.contains("under the same id"));
    assert_eq!(server.get("/deliveries?watch=99").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_api_gives_what_the_page_shows() {
    let server = Server::new();
    let all = server.get("/api/v1/alerts").await.json();
    assert_eq!((&all["counts"]["total"], &all["counts"]["unseen"]), (&1.into(), &1.into()));
    let alert = &all["alerts"][0];
    let said = ["kind", "number", "date", "title"].map(|name| alert[name].as_str().unwrap_or_default());
    assert_eq!(said, ["notice", "天气〔2025〕7号", "2025-03-01", "关于观测云量的通知"]);
    assert_eq!((&alert["issuers"][0]["id"], &alert["sentence_index"]), (&"MOW".into(), &1.into()));
    server.ask("POST", "/alerts/seen", &FORM, "up_to=1").await;
    assert_eq!(server.get("/api/v1/alerts?seen=no").await.json()["alerts"], serde_json::json!([]));
    assert_eq!(server.get("/api/v1/alerts?seen=all").await.json()["alerts"][0]["seen"], true);
    for query in ["seen=perhaps", "before=x"] {
        assert_eq!(server.get(&format!("/api/v1/alerts?{query}")).await.status, StatusCode::BAD_REQUEST, "{query}");
    }
}
