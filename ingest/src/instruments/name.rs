//! The name of an instrument in a form that its drafts, copies and reports share.

use std::sync::LazyLock;

use corpus::text::is_han;
use regex::Regex;
use rust_stemmers::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};

use crate::pattern::pattern;

/// A Chinese name that is shorter is the name of many things.
const SHORTEST: usize = 6;
/// An English name with fewer words is the name of many things.
const FEWEST: usize = 3;
/// Two English names that share so much of their words are one: translators differ in the rest.
const ALIKE: f32 = 0.72;

/// The name of an instrument, as it is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Name {
    /// Letters and digits only.
    Chinese(String),
    /// Stems of the words that tell, in order.
    English(Vec<String>),
}

impl Name {
    /// The name in a title, without the agencies before 关于, the mark of a draft, and what announces it.
    pub(super) fn of(title: &str) -> Option<Self> {
        let title = quoted(title).unwrap_or(title);
        let title = without_draft_mark(title);
        if title.chars().any(is_han) { chinese(&title) } else { english(&title) }
    }

    /// How far two names are one, from 0 to 1; 0 for names in different languages.
    pub(super) fn likeness(&self, other: &Self) -> f32 {
        match (self, other) {
            (Self::Chinese(a), Self::Chinese(b)) if a == b => 1.0,
            (Self::English(a), Self::English(b)) => {
                let share = shared_words(a, b);
                if share >= ALIKE { share } else { 0.0 }
            }
            _ => 0.0,
        }
    }

    /// What two names that are alike have in common: the whole of a Chinese one, pairs of words of an English one.
    pub(super) fn keys(&self) -> Vec<String> {
        match self {
            Self::Chinese(name) => vec![format!("z:{name}")],
            Self::English(words) => words.windows(2).map(|pair| format!("e:{}", pair.join(" "))).collect(),
        }
    }
}

/// Words in common by all words (Jaccard 1901).
#[expect(clippy::cast_precision_loss, reason = "a title has few words")]
fn shared_words(a: &[String], b: &[String]) -> f32 {
    let common = a.iter().filter(|word| b.contains(word)).count();
    let all = a.len() + b.iter().filter(|word| !a.contains(word)).count();
    common as f32 / all.max(1) as f32
}

/// What a notice announces: 关于印发《…》的通知, Notice on Issuing the "…".
fn quoted(title: &str) -> Option<&str> {
    static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:印发|发布|公布|转发|下达|征求|实施)[^《]{0,12}《(.{6,200})》[^《》]{0,24}(?:通知|公告|函|决定|通告|令)$",
        )
    });
    NOTICE.captures(title.trim()).and_then(|found| found.get(1)).map(|found| found.as_str())
}

fn without_draft_mark(title: &str) -> String {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"[（(〔\[](?:公开)?(?:征求意见稿|征求意见|草案|送审稿|报批稿|讨论稿|修订草案|修订征求意见稿)[^（()）〕\]]{0,12}[）)〕\]]",
            r"|(?i)[(\[](?:revised )?(?:draft|exposure draft)[^()\[\]]{0,40}[)\]]|\bdraft\b"
        ))
    });
    MARK.replace_all(title, " ").into_owned()
}

fn chinese(title: &str) -> Option<Name> {
    static AGENCIES: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^.{0,200}?(?:部|委|局|署|院|厅|会|办|室|府|门|单位|组)\s*关于"));
    let begin = AGENCIES.find(title).map_or(0, |found| found.end());
    let rest = title.get(begin..)?.trim_start();
    let rest = rest.strip_prefix("关于").unwrap_or(rest);
    let letters: String =
        corpus::text::normalise::normalise(rest).text.chars().filter(|char| char.is_alphanumeric()).collect();
    (letters.chars().filter(|char| is_han(*char)).count() >= SHORTEST).then_some(Name::Chinese(letters))
}

/// Words that titles of all instruments share, or that one translator writes and the next leaves out.
const NOT_TELLING: &[&str] = &[
    "a",
    "an",
    "the",
    "of",
    "on",
    "for",
    "and",
    "in",
    "to",
    "with",
    "by",
    "at",
    "from",
    "as",
    "or",
    "its",
    "notice",
    "circular",
    "issuing",
    "issuance",
    "printing",
    "distributing",
    "regarding",
    "concerning",
    "national",
    "china",
    "chinese",
    "s",
    "trial",
    "interim",
    "provisional",
    "implementation",
];

fn english(title: &str) -> Option<Name> {
    let folded =
        corpus::text::normalise::normalise(title).text.replace("artificial intelligence", "ai").replace('+', " plus ");
    let stemmer = Stemmer::create(Algorithm::English);
    let words = folded.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    let telling = words.filter(|word| !NOT_TELLING.contains(word));
    let mut stems: Vec<String> = Vec::new();
    for stem in telling.map(|word| stemmer.stem(word).into_owned()) {
        if !stems.contains(&stem) {
            stems.push(stem);
        }
    }
    (stems.len() >= FEWEST).then_some(Name::English(stems))
}
