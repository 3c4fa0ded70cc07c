//! Topics that documents and passages are classed under, and what a class rests on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A class that documents and passages may have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Topic {
    /// Its identifier for ever: lower-case words joined by hyphens, levels by slashes.
    pub id: String,
    /// The topic above it; `None` for the top of a framework.
    pub parent: Option<String>,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// The document that names it.
    pub source: String,
    /// The terms that speak for it.
    pub terms: Vec<TopicTerm>,
    /// The company that weak terms need: one term of each list. Empty where its own terms are company.
    pub company: Vec<Vec<String>>,
    /// Terms that hide the shorter ones within them.
    pub excludes: Vec<String>,
}

/// A term that speaks for a topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TopicTerm {
    /// The term, in either language.
    pub text: String,
    /// Whether it proves the topic alone; otherwise only in company.
    pub strong: bool,
    /// How much it says, above 0 and at most 1.
    pub weight: f32,
}

/// All topics, parents before their children.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Taxonomy {
    /// The topics; identifiers are unique, and every parent is there and stands before.
    pub topics: Vec<Topic>,
}

/// So deep a taxonomy may be.
const DEEPEST: usize = 16;

impl Taxonomy {
    /// The topic of that identifier.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// The topics above one, the nearest first.
    pub fn ancestors<'a>(&'a self, topic: &'a Topic) -> Vec<&'a Topic> {
        let above = |topic: &&'a Topic| topic.parent.as_deref().and_then(|parent| self.topic(parent));
        std::iter::successors(Some(topic), above).skip(1).take(DEEPEST).collect()
    }
}

/// A class of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TopicClass {
    /// The topic's identifier.
    pub topic: String,
    /// How much of the document speaks for it, from 0 to 1; a topic has at least that of those below it.
    pub score: f32,
    /// What speaks for it, what says most first; empty where only topics below it were met.
    pub evidence: Vec<TopicEvidence>,
}

/// A term that speaks for a class, and where it was met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TopicEvidence {
    /// The term as the text writes it where it was met first.
    pub term: String,
    /// The sentence where it was met first.
    pub sentence: String,
    /// The page of that sentence, counted from 1.
    pub page: u32,
    /// The index of its block in the document, from 0.
    pub block: usize,
    /// How often the term was met in passages of this class.
    pub count: u32,
}

/// A class of a passage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BlockTopic {
    /// The index of the block in the document, from 0.
    pub block: usize,
    /// The topic's identifier; topics above it are not repeated.
    pub topic: String,
    /// How sure it is, from 0 to 1.
    pub score: f32,
}

/// What a document and its passages are classed under.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Classed {
    /// The document's classes in the order of the taxonomy, topics above them included.
    pub document: Vec<TopicClass>,
    /// The classes of its passages, by block.
    pub blocks: Vec<BlockTopic>,
}
