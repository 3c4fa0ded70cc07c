//! A Chinese and an English document that are translations of each other, and their aligned sentences.

use serde::{Deserialize, Serialize};

/// Sentences of one side that correspond to sentences of the other (Gale and Church 1993).
///
/// Either side may be empty: a sentence that the translation left out, or added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bead {
    /// Indexes of Chinese sentences, from 0, ascending.
    pub zh: Vec<usize>,
    /// Indexes of English sentences, from 0, ascending.
    pub en: Vec<usize>,
    /// How sure, from 0 to 1.
    pub score: f32,
    /// Who made it.
    #[serde(default)]
    pub made_by: MadeBy,
}

impl Bead {
    /// A bead of the aligner's with a lower score is doubtful.
    ///
    /// Measured on gold beads with sentences on both sides: in six chapters of novels 98 in a hundred were right where
    /// the score was 0.9 or more, 89 from 0.8, 81 from 0.7, and 62 below; in fourteen policy texts 99.8 in a hundred
    /// from 0.9, and seventeen beads in a thousand scored less.
    pub const DOUBTFUL: f32 = 0.7;

    /// Whether a side is empty.
    pub fn is_one_sided(&self) -> bool {
        self.zh.is_empty() || self.en.is_empty()
    }

    /// Whether the aligner is not sure of it. One whose other side is empty is not doubtful but one-sided.
    pub fn is_doubtful(&self) -> bool {
        self.made_by == MadeBy::Aligner && self.score < Self::DOUBTFUL && !self.is_one_sided()
    }
}

/// Who made a bead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MadeBy {
    /// The aligner, which may make it otherwise the next time.
    #[default]
    Aligner,
    /// A reader, whose beads stay.
    Reader,
}

impl MadeBy {
    /// The name used in the store and the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aligner => "aligner",
            Self::Reader => "reader",
        }
    }

    /// The maker of that name; what is unknown was made by the aligner.
    pub fn from_name(name: &str) -> Self {
        if name == "reader" { Self::Reader } else { Self::Aligner }
    }
}

/// A word of a bitext, by its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WordPlace {
    /// The index of the sentence in its document.
    pub sentence: usize,
    /// Byte range in the sentence.
    pub range: std::ops::Range<usize>,
}

/// Two words of a bead that render each other (Och and Ney 2003).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WordLink {
    /// The Chinese word.
    pub zh: WordPlace,
    /// The English word.
    pub en: WordPlace,
    /// How sure, from 0 to 1.
    pub score: f32,
}

/// How often a Chinese word was rendered by an English one, by word links.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WordPair {
    /// The Chinese word in simplified characters, or the value of a number.
    pub zh: String,
    /// The stem of the English word, or the value of a number.
    pub en: String,
    /// Expected count: the sum of the links' probabilities.
    pub count: f32,
}

/// What a person has said of two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PairRule {
    /// They are translations of each other.
    Set,
    /// They are not.
    Forbid,
}

impl PairRule {
    /// The name used in the store.
    pub fn name(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Forbid => "forbid",
        }
    }

    /// The rule of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Set, Self::Forbid].into_iter().find(|rule| rule.name() == name)
    }
}

/// How a bitext came to be paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairedBy {
    /// A person or a manifest said so.
    Manifest,
    /// They bear the same document number.
    Number,
    /// Their contents agree.
    Content,
}

impl PairedBy {
    /// The name used in the store and the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Number => "number",
            Self::Content => "content",
        }
    }
}

/// A bitext in the store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bitext {
    /// The row's number in the store.
    pub id: i64,
    /// The Chinese document.
    pub zh: i64,
    /// The English document.
    pub en: i64,
    /// How it was paired.
    pub paired_by: PairedBy,
    /// How sure, from 0 to 1.
    pub score: f32,
    /// What spoke for the pair and against it, one short phrase each.
    pub reasons: Vec<String>,
}
