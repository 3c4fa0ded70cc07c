//! Topics as JSON.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::derive::taxonomy_for_names;
use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::problem::Problem;

/// A topic, and how much is classed under it.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Topic")]
struct TopicSummary {
    id: String,
    parent: Option<String>,
    zh: String,
    en: String,
    source: String,
    documents: usize,
    passages: usize,
}

/// All topics, in the order of the taxonomy.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "TopicList")]
struct List {
    topics: Vec<TopicSummary>,
}

pub(super) fn routes() -> Api {
    Api::of("Documents").get(
        "/topics",
        list,
        says("listTopics", "Lists the topics of the taxonomy, with how much is classed under each").tagged(),
    )
}

async fn list(State(app): State<App>) -> Result<Json<List>, Problem> {
    let listed = app.run(|data| {
        let counts = data.with_store(|store| Ok(store.topic_counts()?))?;
        let topics = taxonomy_for_names(data.folder()).topics.into_iter().map(|topic| {
            let (documents, passages) = counts.get(&topic.id).copied().unwrap_or_default();
            let (id, parent) = (topic.id, topic.parent);
            TopicSummary { id, parent, zh: topic.zh, en: topic.en, source: topic.source, documents, passages }
        });
        Ok(List { topics: topics.collect() })
    });
    Ok(Json(listed.await?))
}
