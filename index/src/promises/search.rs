//! Answers are what a plain look at every document gives.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::analysis::runs;
use super::check_ranges;
use crate::analysis::{Analysis, STEP, WordForm, analyse};
use crate::query::{DateRange, Query, parse};
use crate::{Answer, DocumentFacts, Filters, Index, Passage, PassageDocument, SearchRequest, Sort, highlight};

/// More than there are documents.
const ALL: usize = 1_000;

/// Checks queries, one a line, over documents, which a blank line parts; their first lines are their titles.
pub(crate) fn check(documents: &str, queries: &str) {
    let documents: Vec<PassageDocument> =
        (0..).zip(documents.split("\n\n").take(8)).map(|(id, text)| document(id, text)).collect();
    let index = index_of(&documents);
    for line in queries.lines().take(6) {
        check_text(&index, &documents, line);
        if let Some(query) = parse(line).query {
            check_query(&index, &documents, &query);
        }
    }
}

/// A document whose passages are the lines of a text.
fn document(id: i64, text: &str) -> PassageDocument {
    let mut lines = text.lines();
    let title = lines.next().unwrap_or_default().to_owned();
    let date = (id % 3 > 0).then(|| format!("202{id}"));
    let facts = DocumentFacts { title, name: format!("file-{id}.pdf"), date, ..DocumentFacts::default() };
    let passages = lines.take(20).enumerate().map(|(block, text)| Passage { block, page: 1, text: text.to_owned() });
    PassageDocument { id, facts, passages: passages.collect() }
}

/// An index of documents in two segments; every third is put in twice, and one that goes again stands between them.
#[expect(clippy::expect_used, reason = "an index in memory that cannot be made is a failed check")]
pub(crate) fn index_of(documents: &[PassageDocument]) -> Index {
    let index = Index::in_memory().expect("an index");
    let mut writer = index.writer().expect("a writer");
    let gone = document(-1, "数据要素\n数据 standard");
    documents.iter().step_by(3).chain([&gone]).for_each(|document| writer.add(document).expect("added"));
    writer.commit().expect("committed");
    documents.iter().for_each(|document| writer.add(document).expect("added"));
    writer.remove(-1).expect("removed");
    writer.commit().expect("committed");
    index
}

#[expect(clippy::expect_used, reason = "an index in memory that cannot be read is a failed check")]
fn ask(index: &Index, request: &SearchRequest<'_>) -> Answer {
    index.search(request).expect("an answer")
}

fn found(index: &Index, query: &Query) -> BTreeSet<i64> {
    let answer = ask(index, &SearchRequest { query: Some(query), limit: ALL, ..SearchRequest::default() });
    let found: BTreeSet<i64> = answer.hits.iter().map(|hit| hit.document).collect();
    assert_eq!((answer.hits.len(), answer.total_documents), (found.len(), found.len()), "{query:?}");
    found
}

/// Every occurrence of an exact text is found and marked, and nothing else.
pub(crate) fn check_text(index: &Index, documents: &[PassageDocument], wanted: &str) {
    let query = Query::Text(wanted.to_owned());
    let analysis = analyse(wanted);
    let expected: BTreeSet<i64> =
        documents.iter().filter(|document| meets(document, &query)).map(|document| document.id).collect();
    assert_eq!(found(index, &query), expected, "{wanted:?} in {documents:?}");
    for passage in documents.iter().flat_map(|document| &document.passages) {
        let text = analyse(&passage.text);
        let marks = highlight(&passage.text, &query);
        check_ranges(&passage.text, &marks);
        let expected = runs(&text, &analysis);
        let covers = |run: &Range<usize>| {
            let place = text.original_range(run.clone()).unwrap_or_default();
            marks.iter().any(|mark| mark.start <= place.start && place.end <= mark.end)
        };
        assert!(expected.iter().all(covers), "{wanted:?} in {:?}: {marks:?}", passage.text);
        assert_eq!(marks.is_empty(), expected.is_empty(), "{wanted:?} in {:?}: {marks:?}", passage.text);
    }
}

/// Documents meet a query as a plain look says, and pages, groups and filters divide the answer rightly.
fn check_query(index: &Index, documents: &[PassageDocument], query: &Query) {
    let all = found(index, query);
    for document in documents {
        if let Some(expected) = meets_if_known(document, query) {
            assert_eq!(all.contains(&document.id), expected, "{query:?} ({query}) in {document:?}");
        }
    }
    for sort in [Sort::Relevance, Sort::Recency, Sort::Newest, Sort::Oldest] {
        check_pages(index, query, sort);
    }
    let groups: HashMap<i64, i64> = documents.iter().map(|document| (document.id, document.id / 2)).collect();
    let request = SearchRequest { query: Some(query), limit: ALL, groups: Some(&groups), ..SearchRequest::default() };
    let grouped = ask(index, &request);
    let members: Vec<i64> =
        grouped.hits.iter().flat_map(|hit| [hit].into_iter().chain(&hit.others)).map(|hit| hit.document).collect();
    assert_eq!(members.len(), all.len(), "{query:?}");
    assert_eq!(members.iter().copied().collect::<BTreeSet<_>>(), all, "{query:?}");
    assert_eq!(grouped.total_hits, members.iter().map(|id| id / 2).collect::<BTreeSet<_>>().len(), "{query:?}");
    let filters = Filters { date: DateRange::years(Some(2021), Some(2024)), ..Filters::default() };
    let some = ask(index, &SearchRequest { query: Some(query), filters, limit: ALL, ..SearchRequest::default() });
    let expected: BTreeSet<i64> = all.into_iter().filter(|id| id % 3 > 0 && (1..=4).contains(id)).collect();
    assert_eq!(some.hits.iter().map(|hit| hit.document).collect::<BTreeSet<_>>(), expected, "{query:?}");
}

/// Going on from page to page gives the whole answer, in its order.
fn check_pages(index: &Index, query: &Query, sort: Sort) {
    let request = SearchRequest { query: Some(query), sort, ..SearchRequest::default() };
    let ids = |answer: &Answer| answer.hits.iter().map(|hit| hit.document).collect::<Vec<_>>();
    let whole = ids(&ask(index, &SearchRequest { limit: ALL, ..request.clone() }));
    let (mut paged, mut after) = (Vec::new(), None);
    loop {
        let page = ask(index, &SearchRequest { limit: 2, after, ..request.clone() });
        paged.extend(ids(&page));
        after = page.next;
        if after.is_none() || paged.len() > whole.len() {
            break;
        }
    }
    assert_eq!(paged, whole, "{query:?} by {sort:?}");
}

fn meets(document: &PassageDocument, query: &Query) -> bool {
    meets_if_known(document, query).unwrap_or(false)
}

/// Whether a document meets a query; `None` for loose words and facts, of which no plain look decides.
fn meets_if_known(document: &PassageDocument, query: &Query) -> Option<bool> {
    let passages = document.passages.iter().map(|passage| passage.text.as_str());
    let mut texts = passages.chain([document.facts.display_title()]).map(analyse);
    match query {
        Query::Text(text) => {
            let wanted = analyse(text);
            Some(texts.any(|text| !runs(&text, &wanted).is_empty()))
        }
        Query::Prefix(prefix) => {
            let wanted = analyse(prefix).canonical(WordForm::Written).into_prefix();
            Some(!wanted.is_empty() && texts.any(|text| text.canonical(WordForm::Written).text.contains(&wanted)))
        }
        Query::Near { left, right, distance } => {
            let (left, right) = (analyse(left), analyse(right));
            Some(texts.any(|text| stand_near(&text, &runs(&text, &left), &runs(&text, &right), *distance)))
        }
        Query::And(parts) => {
            let parts: Vec<_> = parts.iter().map(|part| meets_if_known(document, part)).collect();
            if parts.contains(&Some(false)) {
                Some(false)
            } else {
                parts.into_iter().collect::<Option<Vec<_>>>().map(|_| true)
            }
        }
        Query::Or(parts) | Query::Best(parts) => {
            let parts: Vec<_> = parts.iter().map(|part| meets_if_known(document, part)).collect();
            if parts.contains(&Some(true)) {
                Some(true)
            } else {
                parts.into_iter().collect::<Option<Vec<_>>>().map(|_| false)
            }
        }
        Query::Not(query) => meets_if_known(document, query).map(|meets| !meets),
        Query::Weighted { query, .. } => meets_if_known(document, query),
        _ => None,
    }
}

/// Whether one of the runs stands beside one of the others, with so many positions between.
fn stand_near(text: &Analysis, left: &[Range<usize>], right: &[Range<usize>], distance: u32) -> bool {
    let begin = |run: &Range<usize>| text.tokens.get(run.start).map_or(0, |token| token.position);
    let end = |run: &Range<usize>| text.tokens.get(run.end - 1).map_or(0, |token| token.position + STEP);
    let near = |a: &Range<usize>, b: &Range<usize>| begin(b) >= end(a) && begin(b) - end(a) <= distance * STEP;
    left.iter().any(|a| right.iter().any(|b| near(a, b) || near(b, a)))
}
