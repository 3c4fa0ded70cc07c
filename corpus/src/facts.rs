//! What a document says of itself: title, issuers, numbers, dates, targets, glosses, definitions.
//!
//! These types are what `policyglot inspect --format json` prints.

use serde::{Deserialize, Serialize};

use crate::document::Language;

/// The facts of one document. Lists are in order of first mention and hold nothing twice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The language of most of the text.
    pub language: Option<Language>,
    /// The title in the document's own language.
    pub title: Option<String>,
    /// The title in the other language, where the document gives it.
    pub title_translated: Option<String>,
    /// What kind of document it is.
    pub kind: Option<DocumentKind>,
    /// The document number, such as 工信部联科〔2024〕113号.
    pub document_number: Option<String>,
    /// The agencies that issued it.
    pub issuers: Vec<Agency>,
    /// All agencies named, issuers included.
    pub agencies: Vec<Agency>,
    /// Dates with what they are.
    pub dates: Vec<DatedFact>,
    /// Commitments with a number.
    pub targets: Vec<Target>,
    /// Standards named, normalised (`GB/T 1.1-2020`).
    pub standards: Vec<String>,
    /// Technical committees named, normalised (`SAC/TC 28/SC 42`).
    pub committees: Vec<String>,
    /// Inline glosses: a term and its counterpart in brackets.
    pub glosses: Vec<Gloss>,
    /// Terms defined in the document.
    pub definitions: Vec<Definition>,
    /// Footnotes.
    pub footnotes: Vec<Footnote>,
    /// Headings.
    pub outline: Vec<OutlineEntry>,
    /// Plan periods named.
    pub plan_periods: Vec<PlanPeriod>,
    /// Addresses that the text names as its source.
    pub source_urls: Vec<String>,
    /// The translator, where it is a translation.
    pub translator: Option<String>,
    /// The editor, where it is a translation.
    pub editor: Option<String>,
    /// The publisher or website that it was taken from.
    pub source: Option<String>,
}

/// What kind of document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 通知
    Notice,
    /// 指南
    Guidelines,
    /// 意见
    Opinions,
    /// 办法, 规定, 条例
    Measures,
    /// 规划, 计划, 行动方案
    Plan,
    /// 标准
    Standard,
    /// 公告
    Announcement,
    /// 白皮书
    WhitePaper,
    /// A translation that says so.
    Translation,
    /// A news report.
    News,
}

impl DocumentKind {
    /// All kinds, in the order that lists show them.
    pub const ALL: [Self; 10] = [
        Self::Notice,
        Self::Guidelines,
        Self::Opinions,
        Self::Measures,
        Self::Plan,
        Self::Standard,
        Self::Announcement,
        Self::WhitePaper,
        Self::Translation,
        Self::News,
    ];

    /// The name used in the store, the API, queries and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Guidelines => "guidelines",
            Self::Opinions => "opinions",
            Self::Measures => "measures",
            Self::Plan => "plan",
            Self::Standard => "standard",
            Self::Announcement => "announcement",
            Self::WhitePaper => "white_paper",
            Self::Translation => "translation",
            Self::News => "news",
        }
    }
}

/// An agency: a ministry, commission, administration or standards body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Agency {
    /// The short identity in the project's table (`MIIT`); empty for an agency that is not in it.
    pub id: String,
    /// The official English name.
    pub name_en: Option<String>,
    /// The official Chinese name.
    pub name_zh: Option<String>,
    /// Acronyms and short forms.
    pub abbreviations: Vec<String>,
}

/// What a date is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateKind {
    /// 成文, signed.
    Issued,
    /// 发布, published.
    Published,
    /// 实施, in force from.
    Effective,
    /// 废止, repealed.
    Repealed,
    /// Translated on.
    Translated,
    /// Merely named.
    Mentioned,
}

/// A date and what it is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedFact {
    /// What it is of.
    pub kind: DateKind,
    /// ISO 8601, as exact as the text: `2024`, `2024-06` or `2024-06-05`.
    pub date: String,
    /// The page, counted from 1.
    pub page: u32,
}

/// A commitment with a number: "by 2026, over 50 national standards".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// The year by which, where one is named.
    pub by: Option<i32>,
    /// The least that is promised; `None` where only a ceiling is.
    pub min: Option<f64>,
    /// The most that is promised; equal to `min` where an exact number is.
    pub max: Option<f64>,
    /// The unit (`%`, 项, 家), where there is one.
    pub unit: Option<String>,
    /// What is counted.
    pub what: String,
    /// The sentence.
    pub sentence: String,
    /// The page, counted from 1.
    pub page: u32,
}

/// A term with its counterpart given in brackets.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Gloss {
    /// The Chinese.
    pub zh: String,
    /// The English, as far as the gloss covers it.
    pub en: String,
    /// The page, counted from 1.
    pub page: u32,
}

/// A term defined in a terms-and-definitions clause or a definition article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// The clause or article number, such as `3.1.1`.
    pub clause: Option<String>,
    /// The Chinese designation.
    pub zh: Option<String>,
    /// The English designation.
    pub en: Option<String>,
    /// The definition.
    pub definition: String,
    /// The page, counted from 1.
    pub page: u32,
}

/// A footnote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footnote {
    /// The mark, in plain digits or as printed.
    pub mark: String,
    /// The text without the mark.
    pub text: String,
    /// The page, counted from 1.
    pub page: u32,
}

/// A heading of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlineEntry {
    /// The level, from 1.
    pub level: u8,
    /// The heading with its number.
    pub title: String,
    /// The page, counted from 1.
    pub page: u32,
}

/// A plan period, such as the 15th Five-Year Plan, 2026 to 2030.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPeriod {
    /// The name as the text gives it.
    pub name: String,
    /// First year.
    pub from: i32,
    /// Last year.
    pub to: i32,
}
