use corpus::document::Language;
use corpus::facts::{Agency, DocumentKind, DocumentStatus};
use proptest::prelude::*;

use crate::query::{DateRange, Query, parse};
use crate::{Answer, DocumentFacts, Filters, Index, Passage, PassageDocument, SearchRequest, Sort, Topic};

/// A document whose passages are the lines of `text`.
fn document(id: i64, title: &str, text: &str) -> PassageDocument {
    let facts = DocumentFacts { title: title.to_owned(), name: format!("file-{id}.pdf"), ..DocumentFacts::default() };
    let passages = text.lines().enumerate().map(|(block, text)| Passage { block, page: 1, text: text.to_owned() });
    PassageDocument { id, facts, passages: passages.collect() }
}

fn index_of(documents: &[PassageDocument]) -> Index {
    let index = Index::in_memory().expect("an index");
    let mut writer = index.writer().expect("a writer");
    documents.iter().for_each(|document| writer.add(document).expect("added"));
    writer.commit().expect("committed");
    index
}

fn ask(index: &Index, query: Option<&Query>, filters: Filters, sort: Sort) -> Answer {
    index.search(&SearchRequest { query, filters, limit: 50, sort, ..SearchRequest::default() }).expect("an answer")
}

fn found(index: &Index, input: &str) -> Vec<i64> {
    let query = parse(input).query;
    let answer = ask(index, query.as_ref(), Filters::default(), Sort::Relevance);
    assert_eq!(answer.total_documents, answer.hits.len());
    answer.hits.iter().map(|hit| hit.document).collect()
}

fn library() -> Index {
    let mut notice = document(
        1,
        "关于推进算力网络建设的通知",
        "到2027年建成算力调度平台。\n鼓励企业参与标准研制，引用GB/T 41867—2022。",
    );
    notice.facts.language = Some(Language::Zh);
    notice.facts.kind = Some(DocumentKind::Notice);
    notice.facts.date = Some("2024-06-05".into());
    notice.facts.number = Some("工信厅科〔2024〕7号".into());
    notice.facts.standards = vec!["GB/T 41867-2022".into(), "YD/T 3944-2021".into()];
    notice.facts.issuers = vec![Agency {
        id: "MIIT".into(),
        name_zh: Some("工业和信息化部".into()),
        name_en: Some("Ministry of Industry and Information Technology".into()),
        abbreviations: vec!["工信部".into()],
    }];
    let mut english = document(
        2,
        "Opinions on embodied intelligence",
        "Standards for embodied AI are drafted by SC 42.\nCompute networks follow. Data-driven work.",
    );
    english.facts.language = Some(Language::En);
    english.facts.date = Some("2025".into());
    english.facts.status = Some(DocumentStatus::Draft);
    english.facts.committees = vec!["SAC/TC 77/SC 42".into()];
    let traditional = document(3, "", "數據要素市場，標準化工作。\n算法、力量与网络。");
    index_of(&[notice, english, traditional])
}

#[track_caller]
fn check(input: &str, expected: &[i64]) {
    assert_eq!(found(&library(), input), expected, "{:?}", parse(input));
}

#[test]
fn chinese_is_found_by_any_part_of_it() {
    check("\"力调\"", &[1]);
    check("\"据要\"", &[3]);
    check("\"素\"", &[3]);
    check("\"算力\"", &[1]);
    check("\"算法力量\"", &[]);
}

#[test]
fn plain_words_rank_whole_words_first() {
    check("算力网络", &[1, 3]);
    check("embodied standards", &[2]);
}

#[test]
fn parts_of_a_conjunction_may_stand_anywhere_in_a_document() {
    check("\"调度平台\" AND \"标准研制\"", &[1]);
    check("算力 AND 通知", &[1]);
    check("标准 -算力", &[3]);
    check("调度平台 OR embodied", &[2, 1]);
    check("-标准", &[2]);
}

#[test]
fn identifiers_are_found_whole_and_in_parts() {
    for input in ["\"GB/T 41867—2022\"", "\"GB/T 41867-2022\"", "\"41867\"", "standard:GB/T41867", "standard:3944"] {
        check(input, &[1]);
    }
    for input in
        ["number:工信厅科〔2024〕7号", "number:\"(2024)7号\"", "issuer:MIIT", "issuer:工信部", "issuer:industry"]
    {
        check(input, &[1]);
    }
    check("SC42", &[2]);
    check("\"sc 42\"", &[2]);
    check("name:file-3.pdf", &[3]);
}

#[test]
fn identifiers_are_found_by_pattern() {
    for input in [r"/gb\/t 418\d+/", "/41867-2022$/", "standard:/^yd/", "number:/科〔2024〕\\d/", "/科(2024)第7号/"]
    {
        check(input, &[1]);
    }
    check("committee:/TC 77/ OR /^sc42$/", &[2]);
    check("standard:/sc42/ OR number:/gb/ OR committee:/gb/", &[]);
    check("平台 /418/ -/^iso/", &[1]);
    let query = parse(r"/418\d/").query;
    let answer = ask(&library(), query.as_ref(), Filters::default(), Sort::Relevance);
    assert_eq!(answer.hits[0].passages[0].block, 1);
    assert!(!answer.is_cut);
}

#[test]
fn what_is_met_by_too_much_says_so() {
    let text: String =
        (0..2_100).map(|number| format!("编号 ZX-{number} wordnumber{}。\n", number_word(number))).collect();
    let index = index_of(&[document(1, "表", &text)]);
    for (input, is_cut) in [("/^zx/", true), ("/^zx-1/", false), ("wordn*", true), ("wordnumberba*", false)] {
        let answer = ask(&index, parse(input).query.as_ref(), Filters::default(), Sort::Relevance);
        assert_eq!((answer.total_documents, answer.is_cut), (1, is_cut), "{input}");
    }
}

/// Letters that stand for a number.
fn number_word(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

#[test]
fn words_are_found_by_stem_prefix_and_nearness() {
    check("\"standard\"", &[2]);
    check("draf*", &[2]);
    check("\"data driven\"", &[2]);
    check("standards NEAR/2 AI", &[2]);
    check("standards NEAR/1 AI", &[]);
    check("AI NEAR/2 standards", &[2]);
    check("平台 NEAR/3 算力", &[1]);
    check("standards NEAR/50 follow", &[]);
}

#[test]
fn punctuation_is_no_character() {
    let index =
        index_of(&[document(1, "一", "数据，要素"), document(2, "二", "数据的要素"), document(3, "三", "数、据")]);
    for (input, expected) in [("\"数据，要素\"", &[1][..]), ("\"数、据\"", &[3]), ("\"据的要\"", &[2])] {
        assert_eq!(found(&index, input), expected, "{input}");
    }
}

#[test]
fn the_character_between_passages_is_punctuation_where_a_text_has_it() {
    let index = index_of(&[document(1, "标\u{1E}题", "算力\u{1E}网络，算\u{1E}力")]);
    for (input, expected) in
        [("\"算力\u{1E}网络\"", &[1][..]), ("\"算力，网络\"", &[1]), ("\"力网\"", &[]), ("title:标题", &[])]
    {
        assert_eq!(found(&index, input), expected, "{input:?}");
    }
}

#[test]
fn facts_filter() {
    check("lang:en", &[2]);
    check("status:征求意见稿", &[2]);
    check("committee:42 committee:\"TC 77\"", &[2]);
    check("kind:通知", &[1]);
    check("date:2024", &[1]);
    check("date:2024-07.. OR title:通知", &[1, 2]);
    check("title:intelligence", &[2]);
    let filters =
        Filters { issuers: vec!["MIIT".into()], date: DateRange::years(Some(2024), None), ..Filters::default() };
    let answer = ask(&library(), None, filters, Sort::Newest);
    assert_eq!(answer.hits.iter().map(|hit| hit.document).collect::<Vec<_>>(), [1]);
}

#[test]
fn an_answer_counts_what_it_found() {
    let answer = ask(&library(), None, Filters::default(), Sort::Oldest);
    assert_eq!(answer.hits.iter().map(|hit| hit.document).collect::<Vec<_>>(), [1, 2, 3]);
    let years: Vec<_> = answer.facets.years.iter().map(|year| (year.value.as_str(), year.count)).collect();
    assert_eq!(years, [("2025", 1), ("2024", 1)]);
    assert_eq!(answer.facets.issuers[0].value, "MIIT");
    assert_eq!(answer.facets.languages.len(), 2);
}

#[test]
fn a_chosen_value_does_not_hide_those_beside_it() {
    let english = Filters { languages: vec![Language::En], ..Filters::default() };
    let answer = ask(&library(), None, english.clone(), Sort::Newest);
    assert_eq!(answer.total_documents, 1);
    assert_eq!(answer.facets.languages.len(), 2, "{:?}", answer.facets.languages);
    assert_eq!(answer.facets.years.iter().map(|year| year.count).sum::<usize>(), 1);
    let both = Filters { languages: vec![Language::En, Language::Zh], ..Filters::default() };
    assert_eq!(ask(&library(), None, both, Sort::Newest).total_documents, 2, "one has no language");
    let of_no_year = Filters { years: vec![1999], ..english };
    let answer = ask(&library(), None, of_no_year, Sort::Newest);
    assert_eq!((answer.total_documents, answer.facets.years.len()), (0, 1));
}

#[test]
fn a_hit_names_its_best_passages() {
    let query = parse("调度平台").query;
    let answer = ask(&library(), query.as_ref(), Filters::default(), Sort::Relevance);
    assert_eq!(answer.hits[0].passages[0].block, 0);
}

#[test]
fn what_is_excluded_shows_no_passages() {
    let query = parse("通知 AND -(寻找 无关)").query;
    let answer = ask(&library(), query.as_ref(), Filters::default(), Sort::Relevance);
    assert_eq!(answer.hits[0].passages, []);
    let query = parse("-(无关 embodied)").query;
    let answer = ask(&library(), query.as_ref(), Filters::default(), Sort::Relevance);
    assert!(answer.hits.iter().all(|hit| hit.passages.is_empty()));
}

#[test]
fn a_document_is_replaced_and_removed() {
    let index = index_of(&[document(1, "甲", "旧的正文"), document(2, "乙", "别的正文")]);
    let mut writer = index.writer().expect("a writer");
    writer.add(&document(1, "甲", "新的正文")).expect("added");
    writer.remove(2).expect("removed");
    writer.commit().expect("committed");
    assert_eq!(found(&index, "\"正文\""), [1]);
    assert_eq!(found(&index, "\"旧的\""), Vec::<i64>::new());
    assert_eq!(index.documents().expect("numbers"), [1]);
    assert_eq!(index.document_frequency("新的").expect("a count"), 1);
}

#[test]
fn a_text_stands_in_no_more_documents_than_its_rarest_term() {
    let index = index_of(&[document(1, "甲", "新的正文"), document(2, "乙", "正文，新的 model rules")]);
    for (text, most, exactly) in
        [("新的", 2, 2), ("新的正文", 2, 1), ("正文新的", 2, 0), ("models", 1, 1), ("无", 0, 0), ("", 0, 0)]
    {
        assert_eq!(index.documents_at_most(text).expect("a count"), most, "{text}");
        assert_eq!(index.document_frequency(text).expect("a count"), exactly, "{text}");
    }
}

/// Text of few characters, so that parts repeat.
fn chinese(longest: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!['数', '據', '据', '要', '素', '、', '。']), 1..longest)
        .prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_quoted_text_finds_exactly_the_documents_that_hold_it(
        texts in prop::collection::vec(chinese(30), 1..6),
        wanted in prop::collection::vec(prop::sample::select(vec!['数', '据', '要', '素']), 1..6),
    ) {
        let documents: Vec<_> = (0..).zip(&texts).map(|(id, text)| document(id, "", text)).collect();
        let wanted: String = wanted.into_iter().collect();
        let mut ids = found(&index_of(&documents), &format!("\"{wanted}\""));
        ids.sort_unstable();
        let scanned: Vec<i64> = (0..).zip(&texts).filter(|(_, text)| text.replace('據', "据").contains(&wanted)).map(|(id, _)| id).collect();
        prop_assert_eq!(ids, scanned);
    }
}

#[test]
fn topics_are_found_whole_by_identifier_last_part_or_name_and_counted() {
    let topic = |id: &str, names: [&str; 2]| Topic { id: id.to_owned(), names: names.map(str::to_owned).to_vec() };
    let mut documents = [document(1, "一", "算力。"), document(2, "Two", "Ships."), document(3, "三", "无。")];
    documents[0].facts.topics =
        vec![topic("fleet", ["船队", "Fleet"]), topic("fleet/smart-ships", ["智能船舶", "Smart ships"])];
    documents[1].facts.topics = vec![topic("fleet", ["船队", "Fleet"]), topic("fleet/smart", ["智能", "Smart"])];
    let index = index_of(&documents);
    for (input, expected) in [
        ("topic:fleet", &[1, 2][..]),
        ("topic:fleet/", &[1, 2]),
        ("topic:fleet/smart-ships", &[1]),
        ("topic:Fleet/Smart", &[2]),
        ("topic:smart-ships", &[1]),
        ("topic:\"Smart ships\"", &[1]),
        ("topic:智能船舶", &[1]),
        ("topic:智能", &[2]),
        ("topic:ships", &[]),
        ("topic:船队 -topic:smart", &[1]),
    ] {
        let mut ids = found(&index, input);
        ids.sort_unstable();
        assert_eq!(ids, expected, "{input}");
    }
    let filters = Filters { topics: vec!["fleet/smart".into()], ..Filters::default() };
    let answer = ask(&index, None, filters, Sort::Relevance);
    assert_eq!(answer.hits.iter().map(|hit| hit.document).collect::<Vec<_>>(), [2]);
    let counts = ask(&index, None, Filters::default(), Sort::Relevance).facets.topics;
    let counts: Vec<_> = counts.iter().map(|count| (count.value.as_str(), count.count)).collect();
    assert_eq!(counts, [("fleet", 2), ("fleet/smart", 1), ("fleet/smart-ships", 1)]);
}
