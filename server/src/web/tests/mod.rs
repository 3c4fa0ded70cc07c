//! The pages and the API over a small store, asked as a browser and as a program ask.

mod access;
mod alert_pages;
mod api;
mod bitexts;
mod concepts;
mod concordance;
mod conditional;
mod exchange;
mod feeds;
mod hostile;
mod idempotency;
mod jobs;
mod load;
mod lookup;
mod marking;
mod meant;
mod openapi;
mod pages;
mod pictures;
mod review;
mod safety;
mod search;
mod shelf;
mod targets;
mod topics;
mod watch_pages;
mod watches;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use corpus::bitext::{Bead, MadeBy, PairedBy};
use corpus::document::{
    Block, BlockKind, DocumentHash, Language, PageReading, PageSource, ReadDocument, Rect, Sentence, TextState, Warning,
};
use corpus::facts::{Agency, Comparator, DateKind, DatedFact, Definition, DocumentKind, Facts, Target};
use corpus::store::{Added, Alignment, Store};
use corpus::term::{EvidenceKind, Sighting, TermPair};
use corpus::watch::WatchMatch;
use tower::ServiceExt as _;

use super::router;
use crate::data::Data;

const NOW: &str = "2026-11-22T08:00:00Z";

/// A server over a small store: document 1 and 2 are a bitext, 3 is a scan, 4 is full of markup.
struct Server {
    _folder: tempfile::TempDir,
    router: Router,
}

/// What was answered.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

impl Server {
    fn new() -> Self {
        Self::with(fill)
    }

    fn empty() -> Self {
        Self::with(|_| ())
    }

    fn with(fill: impl FnOnce(&mut Store)) -> Self {
        Self::with_folder(|folder| fill(&mut Store::open(folder).unwrap()))
    }

    fn with_folder(fill: impl FnOnce(&std::path::Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fill(folder.path());
        let data = Data::open(folder.path()).unwrap();
        Self { _folder: folder, router: router(Arc::new(data)) }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", path, headers, "").await
    }

    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header(header::HOST, "localhost:8080");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }
}

/// Lines become blocks of one sentence each, two a page; the first is the title, and `# ` begins a heading.
fn document(name: &str, language: Language, lines: &[&str], facts: Facts) -> ReadDocument {
    let mut blocks = Vec::new();
    let mut sentences = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let page = 1 + u32::try_from(index / 2).unwrap();
        let (kind, level, text) = match line.strip_prefix("# ") {
            Some(heading) => (BlockKind::Heading, u8::from(index > 0), heading),
            None if line.contains('\t') => (BlockKind::TableRow, 0, *line),
            None => (BlockKind::Paragraph, 0, *line),
        };
        let bbox = Rect::default();
        blocks.push(Block { kind, level, page, bbox, language, text: text.to_owned(), lines: Vec::new() });
        sentences.push(Sentence { block: index, start: 0, end: text.len(), page, language, text: text.to_owned() });
    }
    ReadDocument {
        hash: DocumentHash::of(name.as_bytes()),
        name: name.to_owned(),
        source: format!("folder/{name}"),
        language,
        state: TextState::Text,
        page_count: blocks.last().map_or(1, |block| block.page),
        readings: Vec::new(),
        blocks,
        sentences,
        facts,
        warnings: Vec::new(),
    }
}

fn notice_facts(title: &str, translated: &str) -> Facts {
    let agency = Agency {
        id: "MOW".to_owned(),
        name_en: Some("Ministry of Weather".to_owned()),
        name_zh: Some("天气部".to_owned()),
        abbreviations: Vec::new(),
    };
    let date = |kind, date: &str| DatedFact { kind, date: date.to_owned(), sentence: String::new(), page: 1 };
    Facts {
        title: Some(title.to_owned()),
        title_translated: Some(translated.to_owned()),
        kind: Some(DocumentKind::Notice),
        document_number: Some("天气〔2025〕7号".to_owned()),
        issuers: vec![agency.clone()],
        agencies: vec![agency],
        dates: vec![date(DateKind::Issued, "2025-03-01"), date(DateKind::Effective, "2025-04-01")],
        standards: vec!["GB/T 12345-2024".to_owned()],
        targets: vec![Target {
            by: Some(2027),
            min: Some(1200.0),
            max: None,
            unit: Some("座".to_owned()),
            what: "气象站".to_owned(),
            comparator: Comparator::AtLeast,
            sentence: "到2027年，建成1200座以上气象站。".to_owned(),
            page: 2,
            ..Target::default()
        }],
        definitions: vec![Definition {
            clause: Some("3.1".to_owned()),
            zh: Some("云量".to_owned()),
            en: Some("cloud cover".to_owned()),
            definition: "天空被云遮蔽的成数。".to_owned(),
            page: 2,
            ..Definition::default()
        }],
        ..Facts::default()
    }
}

fn fill(store: &mut Store) {
    let zh_lines = ["# 关于观测云量的通知", "各地应当每日观测云量。", "# 一、目标", "到2027年，建成1200座以上气象站。"];
    let en_lines = [
        "# Notice on Observing Cloud Cover",
        "Cloud cover shall be observed daily in all localities.",
        "# I. Goals",
        "By 2027, more than 1,200 weather stations shall be built.",
    ];
    let zh = document("云量.pdf", Language::Zh, &zh_lines, notice_facts("关于观测云量的通知", "Notice on Cloud Cover"));
    let en = document("cloud.pdf", Language::En, &en_lines, notice_facts("Notice on Observing Cloud Cover", "通知"));
    let mut scan = document("scan.pdf", Language::Other, &[], Facts::default());
    scan.state = TextState::NeedsOcr;
    scan.page_count = 12;
    scan.readings = (1..=12).map(|page| PageReading { page, source: PageSource::Scan }).collect();
    scan.warnings = vec![Warning { page: Some(3), message: "the page is an image".to_owned() }];
    let markup = "<script>alert(1)</script> & \"quotes\"";
    let mut facts = Facts { title: Some(markup.to_owned()), standards: vec![markup.to_owned()], ..Facts::default() };
    facts.translator = Some("<b>translator</b>".to_owned());
    let hostile = document("<img src=x>\r\n\".pdf", Language::En, &[markup, "a<td>\tb</td>"], facts);
    let added = store.add_documents(&[zh.clone(), en, scan, hostile], false, NOW).unwrap();
    let [Added::New(zh_id), Added::New(en_id), _, Added::New(hostile_id)] = added[..] else { panic!("not new") };
    store.keep_file(&zh.hash, b"%PDF-1.7 a small one").unwrap();
    let hash = store.document(hostile_id).unwrap().unwrap().hash;
    store.keep_file(&hash, b"<html><script>alert(1)</script>").unwrap();

    let bead =
        |zh: &[usize], en: &[usize], score| Bead { zh: zh.to_vec(), en: en.to_vec(), score, made_by: MadeBy::Aligner };
    let beads = [bead(&[0], &[0], 0.9), bead(&[1], &[1], 0.1), bead(&[2], &[2], 0.9), bead(&[3], &[3], 0.8)];
    let bitext = store.put_bitext(zh_id, en_id, PairedBy::Number, 0.9, &[]).unwrap();
    let sighting = |kind, sentence| Sighting { kind, zh_sentence: Some(sentence), en_sentence: Some(sentence) };
    let pair = TermPair {
        zh: "云量".to_owned(),
        en: "cloud cover".to_owned(),
        confidence: 0.87,
        definition: Some("天空被云遮蔽的成数。".to_owned()),
        definition_source: None,
        sightings: vec![sighting(EvidenceKind::Definition, 0), sighting(EvidenceKind::Bead, 1)],
    };
    let alignment = Alignment { beads: &beads, links: &[], words: &[], terms: &[pair], corrections: &[] };
    assert!(store.put_alignment(bitext, &alignment).unwrap());
    store.settle_candidates().unwrap();
    let watch = store.add_watch("云量", NOW).unwrap();
    let found = WatchMatch { watch: watch.id, atoms: vec!["云量".to_owned()], sentence: 1, ..WatchMatch::default() };
    store.record_watched(zh_id, &[found], NOW).unwrap();
}
