//! The page of results, its addresses, and results as files.

use corpus::instrument::{Relation, Tie};
use serde_json::Value;

use super::pages::main_of;
use super::*;

const CLOUD: &str = "%E4%BA%91%E9%87%8F";

/// Documents 1 and 2 of the small store are of one instrument.
fn grouped(store: &mut Store) {
    fill(store);
    let members = vec![(1, Relation::Original, None), (2, Relation::LanguageVersion, Some(Tie::Bitext))];
    store.put_instruments(&[members]).unwrap();
}

/// Documents of two kinds, languages and years, all on rain.
fn several(store: &mut Store) {
    for number in 0..30 {
        let language = if number % 3 == 0 { Language::Zh } else { Language::En };
        let date = format!("20{:02}-05-01", 20 + number % 4);
        let kind = if number % 2 == 0 { DocumentKind::Notice } else { DocumentKind::Plan };
        let dates = vec![DatedFact { kind: DateKind::Issued, date, sentence: String::new(), page: 1 }];
        let title = format!("Rain gauges {number}");
        let facts = Facts { title: Some(title.clone()), kind: Some(kind), dates, ..Facts::default() };
        let lines = [title.as_str(), "Each station measures rain with a gauge."];
        store.add_documents(&[document(&format!("rain-{number}.pdf"), language, &lines, facts)], true, NOW).unwrap();
    }
}

fn documents(answer: &Value) -> Vec<i64> {
    answer["hits"].as_array().unwrap().iter().map(|hit| hit["document"].as_i64().unwrap()).collect()
}

fn counts(answer: &Value, facet: &str) -> Vec<(String, u64)> {
    let counts = answer["facets"][facet].as_array().unwrap().iter();
    counts.map(|count| (count["value"].as_str().unwrap().to_owned(), count["count"].as_u64().unwrap())).collect()
}

#[tokio::test]
async fn documents_of_one_policy_are_one_result() {
    let server = Server::with(grouped);
    let answer = server.get(&format!("/api/v1/search?q={CLOUD}")).await.json();
    assert_eq!((&answer["results"], &answer["total"]), (&1.into(), &2.into()));
    let hit = &answer["hits"][0];
    assert_eq!((&hit["relation"], &hit["others_in_all"]), (&"original".into(), &1.into()));
    assert_eq!(hit["others"][0]["relation"], "language_version");
    assert_eq!(hit["others"][0]["passages"].as_array().map(Vec::len), Some(1));
    assert_eq!(hit["passages"][0]["counterpart"]["document"], 2);
    let alone = server.get(&format!("/api/v1/search?q={CLOUD}&group=0")).await.json();
    assert_eq!(documents(&alone).len(), 2);
    let page = server.get(&format!("/search?q={CLOUD}")).await.body;
    insta::assert_snapshot!(main_of(&page));
}

#[tokio::test]
async fn groups_follow_the_store() {
    let folder = tempfile::tempdir().unwrap();
    fill(&mut Store::open(folder.path()).unwrap());
    let server = Server { router: router(Arc::new(Data::open(folder.path()).unwrap())), _folder: folder };
    let path = format!("/api/v1/search?q={CLOUD}");
    assert_eq!(server.get(&path).await.json()["results"], 2);
    let mut store = Store::open(server._folder.path()).unwrap();
    let members = vec![(1, Relation::Original, None), (2, Relation::Translation, None)];
    store.put_instruments(&[members]).unwrap();
    assert_eq!(server.get(&path).await.json()["results"], 1);
    store.put_instruments(&[vec![(1, Relation::Original, None)], vec![(2, Relation::Original, None)]]).unwrap();
    assert_eq!(server.get(&path).await.json()["results"], 2);
}

#[tokio::test]
async fn several_values_are_chosen_and_the_others_stay_in_sight() {
    let server = Server::with(several);
    let answer = server.get("/api/v1/search?q=rain&kind=notice&lang=en").await.json();
    assert_eq!(answer["total"], 10);
    assert_eq!(counts(&answer, "kind"), [("notice".to_owned(), 10), ("plan".to_owned(), 10)]);
    assert_eq!(counts(&answer, "language"), [("en".to_owned(), 10), ("zh".to_owned(), 5)]);
    let both = server.get("/api/v1/search?q=rain&kind=notice&kind=plan&year=2020&year=2023").await.json();
    assert_eq!(both["total"], 15);
    assert_eq!(counts(&both, "year").len(), 4);
    let dated = server.get("/api/v1/search?q=rain&from=2021-01&to=2022").await.json();
    assert_eq!(dated["total"], 15);
    let page = server.get("/search?q=rain&kind=notice&lang=en&from=2021&ui=en").await.body;
    for shown in [
        "href=\"/search?q=rain&#38;lang=en&#38;from=2021\" title=\"remove this filter\">Kind: Notice",
        "href=\"/search?q=rain&#38;kind=notice&#38;lang=en\" title=\"remove this filter\">Dates: 2021–",
        "href=\"/search?q=rain\">Remove all",
        "<input type=\"hidden\" name=\"kind\" value=\"notice\">",
        "href=\"/search?q=rain&#38;kind=notice&#38;lang=en&#38;from=2021&#38;sort=newest\"",
    ] {
        assert!(page.contains(shown), "{shown}\n{}", main_of(&page));
    }
}

#[tokio::test]
async fn an_answer_goes_on_where_it_ended() {
    let server = Server::with(several);
    for sort in ["relevance", "recency", "newest", "oldest"] {
        let whole = documents(&server.get(&format!("/api/v1/search?q=rain&sort={sort}&limit=30")).await.json());
        assert_eq!(whole.len(), 30);
        let (mut parts, mut after) = (Vec::new(), String::new());
        loop {
            let answer = server.get(&format!("/api/v1/search?q=rain&sort={sort}&limit=7&after={after}")).await.json();
            parts.extend(documents(&answer));
            match answer["next"].as_str() {
                Some(next) => after = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(parts, whole, "{sort}");
        let other = server.get(&format!("/api/v1/search?q=snow&sort={sort}&after={after}")).await;
        assert_eq!(other.status, StatusCode::BAD_REQUEST);
        assert!(other.json()["detail"].as_str().unwrap().contains("another search"), "{}", other.body);
    }
    let bad = server.get("/api/v1/search?q=rain&after=here").await;
    assert!(bad.json()["detail"].as_str().unwrap().contains("leave it out to begin"), "{}", bad.body);
}

#[tokio::test]
async fn a_place_holds_when_documents_are_added() {
    let folder = tempfile::tempdir().unwrap();
    several(&mut Store::open(folder.path()).unwrap());
    let data = Arc::new(Data::open(folder.path()).unwrap());
    let server = Server { router: router(Arc::clone(&data)), _folder: folder };
    let first = server.get("/api/v1/search?q=rain&sort=oldest&limit=10").await.json();
    let mut shown = documents(&first);
    data.with_store(|store| {
        let dates =
            vec![DatedFact { kind: DateKind::Issued, date: "1999-01-01".to_owned(), sentence: String::new(), page: 1 }];
        let facts = Facts { dates, ..Facts::default() };
        store.add_documents(&[document("old.pdf", Language::En, &["An old rain gauge."], facts)], true, NOW)?;
        Ok(())
    })
    .unwrap();
    crate::derive::index_pending(&data).unwrap();
    let next = first["next"].as_str().unwrap();
    let rest = server.get(&format!("/api/v1/search?q=rain&sort=oldest&limit=50&after={next}")).await.json();
    shown.extend(documents(&rest));
    shown.sort_unstable();
    assert_eq!(shown, (1..=30).collect::<Vec<_>>());
}

#[tokio::test]
async fn pages_go_on_by_place_and_back_by_number() {
    let server = Server::with(several);
    let page = server.get("/search?q=rain").await.body;
    let from = page.find("/search?q=rain&#38;page=2&#38;after=").unwrap();
    let next = page[from..].split('"').next().unwrap().replace("&#38;", "&");
    let page = server.get(&next).await.body;
    assert!(page.contains("2 / 3") && page.contains("href=\"/search?q=rain\" rel=\"prev\""), "{}", main_of(&page));
}

#[tokio::test]
async fn results_come_as_files() {
    let server = Server::with(grouped);
    for (format, media, name, held) in [
        ("csv", "text/csv; charset=utf-8", "search.csv", "\u{feff}rank,document,name,title,"),
        ("json", "application/json", "search.json", "\"cut\": false"),
        ("jsonl", "application/x-ndjson", "search.jsonl", "{\"rank\":1,\"document\":1,"),
        ("bibtex", "application/x-bibtex; charset=utf-8", "search.bib", "@techreport{mow-2025-1,\n"),
        ("ris", "application/x-research-info-systems; charset=utf-8", "search.ris", "SN  - 天气〔2025〕7号\r\n"),
    ] {
        let answer = server.get(&format!("/search/export?q={CLOUD}&format={format}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, media));
        assert_eq!(answer.header("content-disposition"), format!("attachment; filename=\"{name}\""));
        assert!(answer.body.contains(held), "{}", answer.body);
        insta::assert_snapshot!(format!("export_{format}"), answer.body.replace('\r', ""));
    }
    for (path, status) in [
        ("/search/export?q=rain&format=pdf", StatusCode::BAD_REQUEST),
        ("/search/export?format=csv", StatusCode::BAD_REQUEST),
        ("/document/1/cite?format=csv", StatusCode::BAD_REQUEST),
        ("/document/99/cite?format=ris", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(server.get(path).await.status, status, "{path}");
    }
    assert!(server.get("/document/2/cite?format=ris").await.body.contains("TT  - 通知\r\n"));
}

#[tokio::test]
async fn a_file_that_is_cut_says_so() {
    let server = Server::with(|store| {
        let lines = ["Rain."];
        let all: Vec<_> =
            (0..1_005).map(|number| document(&format!("{number}"), Language::En, &lines, Facts::default())).collect();
        store.add_documents(&all, true, NOW).unwrap();
    });
    let answer = server.get("/search/export?q=rain&format=jsonl").await;
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"search-first-1000-of-1005.jsonl\"");
    assert_eq!(answer.body.lines().count(), 1_000);
    assert!(server.get("/search?q=rain&ui=en").await.body.contains("Export (the first 1,000)"));
}
