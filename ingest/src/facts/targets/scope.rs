//! What holds for a sentence from outside of it: the year of the plan, of a heading, of the line that leads in.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind};
use corpus::facts::DocumentKind;
use regex::Regex;

use super::YearKnown;
use super::leads::{self, Lead, LeadKind};
use crate::facts::{Text, dates, is_normative};
use crate::layout::numbering;
use crate::pattern::pattern;

/// What a part of a document is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Region {
    #[default]
    Plain,
    /// What there is already.
    Background,
    /// Who may apply, and how.
    Conditions,
    /// What follows where a duty is not done.
    Penalties,
}

/// A heading under which a sentence stands.
struct Section {
    level: u8,
    year: Option<i32>,
    region: Region,
    goals: bool,
}

/// The line that leads in a list: its items inherit from it.
#[derive(Default)]
struct LeadIn {
    year: Option<i32>,
    region: Region,
}

pub(super) struct Scope {
    of_title: Option<i32>,
    /// The first year by which the text promises something; a later one is a vision beyond the plan.
    first: Option<i32>,
    /// The year in which the document was written.
    written: Option<i32>,
    last: Option<(i32, usize)>,
    sections: Vec<Section>,
    lead_in: Option<LeadIn>,
    /// Measures bind from the first day: a year holds in its own paragraph only.
    within_blocks: bool,
    /// What measures require is what they promise.
    pub(super) normative: bool,
    pub(super) policy: bool,
}

impl Scope {
    pub(super) fn new(text: &Text, kind: Option<DocumentKind>, of_title: Option<i32>) -> Self {
        let policy = of_title.is_some() || !matches!(kind, None | Some(DocumentKind::WhitePaper));
        Self {
            of_title,
            first: if policy { first_year(text) } else { None },
            written: written_year(text),
            last: None,
            sections: Vec::new(),
            lead_in: None,
            within_blocks: is_normative(kind),
            normative: kind == Some(DocumentKind::Measures),
            policy,
        }
    }

    /// Enters a block: a heading opens a section, and what is no item ends a list.
    pub(super) fn enter(&mut self, index: usize, block: &Block) {
        let item = block.kind == BlockKind::ListItem || numbering::mark(&block.text).is_some();
        if block.kind == BlockKind::Heading {
            self.lead_in = None;
            self.open(block);
        } else if !item && block.kind == BlockKind::Paragraph && !self.opened_at(index) {
            self.lead_in = None;
        }
    }

    /// The block directly behind a line that leads in is led in, whatever it is.
    fn opened_at(&self, index: usize) -> bool {
        self.last.is_some_and(|(_, named)| named + 1 == index)
    }

    fn open(&mut self, block: &Block) {
        self.last = None;
        if block.level == 0 {
            self.sections.clear();
            return;
        }
        while self.sections.last().is_some_and(|section| section.level >= block.level) {
            self.sections.pop();
        }
        let (region, goals) = region_of(&block.text);
        self.sections.push(Section { level: block.level, year: year_of_heading(&block.text), region, goals });
    }

    /// Leaves a sentence: `lead` is the year that it opens with, `promised` whether it held a commitment.
    pub(super) fn leave(&mut self, text: &str, block: usize, lead: Option<i32>, promised: bool) {
        let leads_in = text.trim_end().ends_with([':', '：']);
        if let Some(year) = lead {
            self.last = Some((year, block));
        } else if promised
            && let Some((year, named)) = self.last
            && named + 1 == block
            && self.sections.last().is_some_and(|section| section.goals)
        {
            self.last = Some((year, block));
        }
        if leads_in {
            let region = if is_condition_lead(text) { Region::Conditions } else { Region::Plain };
            self.lead_in = Some(LeadIn { year: lead.or(self.last.map(|(year, _)| year)), region });
        }
    }

    /// The year that holds where a sentence names none, and how it is known.
    pub(super) fn inherited(&self, block: usize) -> Option<(i32, YearKnown)> {
        // A paragraph directly behind the one that names the year still speaks of it.
        let near = self.last.filter(|(_, named)| *named == block || (named + 1 == block && !self.within_blocks));
        let section = || self.sections.iter().rev().find_map(|section| section.year);
        let named = near
            .map(|(year, _)| year)
            .or_else(|| self.lead_in.as_ref().and_then(|lead_in| lead_in.year))
            .or_else(section);
        if let Some(year) = named {
            return Some((year, YearKnown::Named));
        }
        if self.within_blocks { None } else { self.plan_year().map(|year| (year, YearKnown::Plan)) }
    }

    /// The year of the plan as a whole.
    pub(super) fn plan_year(&self) -> Option<i32> {
        self.of_title.or(self.first)
    }

    /// The year in which the document was written, where it says so.
    pub(super) fn written(&self) -> Option<i32> {
        self.written
    }

    pub(super) fn region(&self) -> Region {
        let led = self.lead_in.as_ref().map(|lead_in| lead_in.region).filter(|region| *region != Region::Plain);
        let of_sections = || self.sections.iter().map(|section| section.region).find(|region| *region != Region::Plain);
        led.or_else(of_sections).unwrap_or_default()
    }

    /// Whether a year is over: it is said to be, or lies before the document.
    pub(super) fn is_history(&self, lead: &Lead) -> bool {
        lead.kind == LeadKind::Past || lead.kind == LeadKind::Bare && (self.is_over(lead.year) || !self.policy)
    }

    pub(super) fn is_over(&self, year: i32) -> bool {
        self.written.is_some_and(|written| year < written)
    }
}

/// The first year by which a sentence at its beginning promises something.
fn first_year(text: &Text) -> Option<i32> {
    text.sentences.iter().find_map(|sentence| {
        let chinese = sentence.text.chars().any(corpus::text::is_han);
        leads::leads(&sentence.text, chinese)
            .into_iter()
            .find(|lead| {
                let before = sentence.text.get(..lead.at).unwrap_or_default();
                let close = before.chars().filter(|char| char.is_alphanumeric()).count() <= 12;
                lead.kind == LeadKind::By && close && is_forward(&sentence.text)
            })
            .map(|lead| lead.year)
    })
}

/// "By the end of 2030, 40 had been built" looks back.
fn is_forward(text: &str) -> bool {
    static BACK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:had|has|have|was|were)\b|已经?[建发形达制出完]"));
    static AHEAD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:will|shall|should|must)\b"));
    !BACK.is_match(text) || AHEAD.is_match(text)
}

/// The year of a document number, of a title's period, or of a date that stands alone near the ends of the document.
fn written_year(text: &Text) -> Option<i32> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"[〔\[【](20[0-9]{2})[〕\]】]\s?(?:第|No\. ?)?[0-9]"));
    static DATED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\W*(?:[A-Za-z: ]{0,24}\s)?(?:(20[0-9]{2})年[0-9]{1,2}月(?:[0-9]{1,2}日)?|[A-Z][a-z]{2,8} (?:[0-9]{1,2}, )?(20[0-9]{2}))\W*$",
        )
    });
    let year = |regex: &Regex, block: &Block| {
        let captures = regex.captures(&block.text)?;
        captures.get(1).or(captures.get(2))?.as_str().parse::<i32>().ok()
    };
    let short = || text.blocks.iter().filter(|block| block.text.len() < 200);
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern("(20[0-9]{2})(.?)"));
    let report = || short().take(6).filter(|block| dates::dateline(&block.text).is_some());
    short()
        .take(30)
        .find_map(|block| year(&NUMBER, block))
        .or_else(|| short().find_map(|block| year(&DATED, block)))
        .or_else(|| report().find_map(|block| year(&YEAR, block)))
}

/// A heading of goals for a year: 2033年目标, "To 2033".
fn year_of_heading(text: &str) -> Option<i32> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:[到至—–-]|^\W*(?:[（(]?[一二三四五六七八九十0-9IVX]{1,4}[)）、.．]\s?)?)(20[0-9]{2})\s?年(?:底|末)?(?:前|之前)?(?:的|主要|总体|发展|工作)*(?:目标|任务|指标|$)|(?i)\b(?:by|to|through|until|for)\s+(?:the end of )?(20[0-9]{2})\b|(?i)\b(20[0-9]{2})\s+(?:goals?|targets?|objectives?)|(?i)(?:20[0-9]{2}\s?[-–—]\s?)(20[0-9]{2})\)?\s*$",
        )
    });
    if text.chars().count() > 80 {
        return None;
    }
    let captures = YEAR.captures(text)?;
    captures.iter().skip(1).flatten().next()?.as_str().parse().ok()
}

/// What a heading says that its section is about, and whether it is about goals.
fn region_of(heading: &str) -> (Region, bool) {
    static BACKGROUND: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"现状|发展基础|工作基础|形势|背景|回顾|成效|进展|引言|前言|概况|问题与挑战|(?i)\b(?:background|introduction|overview|context|current (?:situation|status|state)|progress|achievements|challenges|lessons|where we|methodology|findings|state of play)\b",
        )
    });
    static CONDITIONS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:申报|申请|推荐|报名|准入|基本|资格|支持|遴选|评选)(?:条件|要求|范围|资格|程序|材料|数量|名额|方式|流程|对象)|条件$|须知|奖补|填[报表写]|(?i)\b(?:eligib\w+|applicants?|application (?:process|procedures?|requirements?|conditions?|form)|selection criteria|conditions|criteria|how to apply|submission)\b",
        )
    });
    static GOALS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"目标|指标|(?i)\b(?:goals?|targets?|objectives?|indicators?)\b"));
    static PENALTIES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"法律责任|罚则|处罚|责任追究|(?i)\b(?:legal (?:liabilit\w+|responsibilit\w+)|liabilities|penalt\w+|sanctions|offences)\b",
        )
    });
    let region = if PENALTIES.is_match(heading) {
        Region::Penalties
    } else if CONDITIONS.is_match(heading) {
        Region::Conditions
    } else if BACKGROUND.is_match(heading) {
        Region::Background
    } else {
        Region::Plain
    };
    (region, GOALS.is_match(heading))
}

/// 应当符合下列条件：
fn is_condition_lead(text: &str) -> bool {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:下列|以下|如下)(?:基本)?(?:条件|要求|情形|材料)|(?:条件|要求)(?:如下|包括)?[:：]\s*$|(?:符合|满足|具备)[^，。]{0,12}[:：]\s*$|(?i)\b(?:following|these) (?:\w+ ){0,2}(?:conditions|requirements|criteria|circumstances|materials|documents)|(?i)\b(?:conditions|requirements|criteria)(?: are)?(?: as follows)?:\s*$",
        )
    });
    LEAD.is_match(text)
}
