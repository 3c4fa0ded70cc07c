//! What a document says of itself: title, issuers, numbers, dates, targets, glosses, definitions.
//!
//! These types are what `policyglot inspect --format json` prints.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::{Language, Rect, Script};

/// The facts of one document. Lists are in order of first mention and hold nothing twice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Facts {
    /// The language of most of the text.
    pub language: Option<Language>,
    /// The characters of a Chinese text.
    pub script: Option<Script>,
    /// The title in the document's own language.
    pub title: Option<String>,
    /// The title in the other language, where the document gives it.
    pub title_translated: Option<String>,
    /// What kind of document it is.
    pub kind: Option<DocumentKind>,
    /// How far it has come: a draft, a trial, in its final form.
    pub status: Option<DocumentStatus>,
    /// The document number, such as 工信部联科〔2024〕113号.
    pub document_number: Option<String>,
    /// What the cover and the foreword of a standard say of it.
    pub standard: Option<StandardRecord>,
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
    /// Other documents that the text names by title or number.
    pub citations: Vec<Citation>,
    /// Where agencies, standards, committees and plan periods are first named.
    pub mentions: Vec<Mention>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
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

/// How far a document has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentStatus {
    /// 征求意见稿, 送审稿, 报批稿: a draft, put out for comments or approval.
    Draft,
    /// 试行, 暂行: in force on trial.
    Trial,
    /// In its final form.
    Final,
    /// It says that it is repealed or replaced.
    Repealed,
}

impl DocumentStatus {
    /// All of them, the earliest first.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Trial, Self::Final, Self::Repealed];

    /// The name used in the store, the API and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Trial => "trial",
            Self::Final => "final",
            Self::Repealed => "repealed",
        }
    }
}

/// What the cover and the foreword of a standard say of it (GB/T 1.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StandardRecord {
    /// Its number, normalised: `GB/T 1.1-2020`.
    pub number: String,
    /// Its classes in the International Classification for Standards: `35.240.01`.
    pub ics: Vec<String>,
    /// Its classes in the Chinese Classification for Standards: `L 70`.
    pub ccs: Vec<String>,
    /// The standards that it replaces, normalised.
    pub replaces: Vec<String>,
    /// The standards that replace it, normalised.
    pub replaced_by: Vec<String>,
    /// The international standards that it adopts, and how closely.
    pub adopts: Vec<Adoption>,
    /// The committee under whose jurisdiction it is (归口), normalised where it is a number.
    pub committee: Option<String>,
}

/// An international standard that a national one adopts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Adoption {
    /// The standard that is adopted, normalised.
    pub standard: String,
    /// How closely.
    pub degree: AdoptionDegree,
}

/// How closely a standard follows the one that it adopts (ISO/IEC Guide 21-1, GB/T 1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum AdoptionDegree {
    /// 等同: identical.
    #[serde(rename = "IDT")]
    Identical,
    /// 修改: modified.
    #[serde(rename = "MOD")]
    Modified,
    /// 非等效, 参考: not equivalent.
    #[serde(rename = "NEQ")]
    NotEquivalent,
}

impl AdoptionDegree {
    /// The code of Guide 21: `IDT`, `MOD` or `NEQ`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Identical => "IDT",
            Self::Modified => "MOD",
            Self::NotEquivalent => "NEQ",
        }
    }
}

/// Another document that the text names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Citation {
    /// Its title, without the marks around it, where one is given.
    pub title: Option<String>,
    /// Its document number, where one is given.
    pub number: Option<String>,
    /// The sentence.
    pub sentence: String,
    /// The page, counted from 1.
    pub page: u32,
}

/// What kind of thing a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    /// An agency; the value is its identity, or its name where it is not in the table.
    Agency,
    /// A standard; the value is its number, normalised.
    Standard,
    /// A technical committee; the value is its number, normalised.
    Committee,
    /// A plan period; the value is its first and last year, `2026-2030`.
    PlanPeriod,
}

/// Where a text first names a thing, and how often it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// The kind of thing.
    pub kind: MentionKind,
    /// Which one, in normal form.
    pub value: String,
    /// As it is printed there.
    pub text: String,
    /// The sentence, cut to the words around the name where it is long.
    pub sentence: String,
    /// The page, counted from 1.
    pub page: u32,
    /// How often it is named.
    pub count: u32,
}

/// An agency: a ministry, commission, administration or standards body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
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

impl DateKind {
    /// The name used in JSON and in exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Published => "published",
            Self::Effective => "effective",
            Self::Repealed => "repealed",
            Self::Translated => "translated",
            Self::Mentioned => "mentioned",
        }
    }
}

/// A date and what it is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DatedFact {
    /// What it is of.
    pub kind: DateKind,
    /// ISO 8601, as exact as the text: `2024`, `2024-06` or `2024-06-05`.
    pub date: String,
    /// The sentence, cut to the words around the date where it is long.
    #[serde(default)]
    pub sentence: String,
    /// The page, counted from 1.
    pub page: u32,
}

/// A commitment with a number: "by 2026, over 50 national standards".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Target {
    /// The year by which, where one is named.
    pub by: Option<i32>,
    /// How the number is to be read.
    #[serde(default)]
    pub comparator: Comparator,
    /// The least that is promised; `None` where only a ceiling is.
    pub min: Option<f64>,
    /// The most that is promised; equal to `min` where an exact number is.
    pub max: Option<f64>,
    /// The unit (`%`, 项, 家), where there is one.
    pub unit: Option<String>,
    /// What is counted.
    pub what: String,
    /// How often it is promised, where it is not once: every year, every half year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Interval>,
    /// Whether the number counts from the beginning (累计), not what is added.
    #[serde(default)]
    pub cumulative: bool,
    /// The sentence; of a table, the row.
    pub sentence: String,
    /// The page, counted from 1.
    pub page: u32,
}

/// How the number of a target is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Comparator {
    /// 达到, "reach": this many.
    #[default]
    Exactly,
    /// 左右, 约, "about".
    About,
    /// 不少于, 以上, "at least".
    AtLeast,
    /// 超过, "more than": the number itself is not enough.
    MoreThan,
    /// 不超过, 以下, "at most".
    AtMost,
    /// 低于, "below": the number itself is too much.
    LessThan,
    /// 3—5个, "3 to 5".
    Between,
    /// 翻一番, "double": this many times what there is.
    Times,
    /// 提高10%, 增长, "grow by": this much more than there is.
    GrowBy,
    /// 降低10%, "cut by": this much less than there is.
    CutBy,
}

impl Comparator {
    /// The name used in JSON and in exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exactly => "exactly",
            Self::About => "about",
            Self::AtLeast => "at_least",
            Self::MoreThan => "more_than",
            Self::AtMost => "at_most",
            Self::LessThan => "less_than",
            Self::Between => "between",
            Self::Times => "times",
            Self::GrowBy => "grow_by",
            Self::CutBy => "cut_by",
        }
    }
}

/// How often something is promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Interval {
    /// Every year, a year on average.
    Year,
    /// Every half year.
    HalfYear,
    /// Every quarter.
    Quarter,
    /// Every month.
    Month,
}

impl Interval {
    /// The name used in JSON and in exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::HalfYear => "half_year",
            Self::Quarter => "quarter",
            Self::Month => "month",
        }
    }
}

/// A term with its counterpart given in brackets, or in a note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Gloss {
    /// The Chinese.
    pub zh: String,
    /// The English, as far as the gloss covers it.
    pub en: String,
    /// What a note says of the rendering.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The sentence, cut to the words around the term where it is long.
    #[serde(default)]
    pub sentence: String,
    /// The page, counted from 1.
    pub page: u32,
}

/// A term defined in a terms-and-definitions clause or a definition article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Definition {
    /// The clause or article number, such as `3.1.1`.
    pub clause: Option<String>,
    /// The Chinese designation.
    pub zh: Option<String>,
    /// The English designation.
    pub en: Option<String>,
    /// An abbreviation that the entry gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abbreviation: Option<String>,
    /// Other designations that the entry admits (许用术语), in either language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub admitted: Vec<String>,
    /// Designations that the entry deprecates (拒用术语), in either language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deprecated: Vec<String>,
    /// The definition.
    pub definition: String,
    /// The entry's notes (注), without their marks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Where the entry is taken from (来源): `GB/T 41867-2022, 3.1.1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The page, counted from 1.
    pub page: u32,
}

/// A footnote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Footnote {
    /// The mark, in plain digits or as printed.
    pub mark: String,
    /// The text without the mark.
    pub text: String,
    /// The page, counted from 1.
    pub page: u32,
}

/// A heading of the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutlineEntry {
    /// The level, from 1.
    pub level: u8,
    /// The heading with its number.
    pub title: String,
    /// The page, counted from 1.
    pub page: u32,
    /// Where it stands on that page.
    #[serde(rename = "box", default)]
    pub bbox: Rect,
}

/// A plan period, such as the 15th Five-Year Plan, 2026 to 2030.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanPeriod {
    /// The name as the text gives it.
    pub name: String,
    /// First year.
    pub from: i32,
    /// Last year.
    pub to: i32,
}
