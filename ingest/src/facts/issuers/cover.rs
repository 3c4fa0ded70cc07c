//! Covers: of standards, with 发布 behind the publisher or the publisher in the number, and of reports in English.

use std::sync::LazyLock;

use corpus::document::BlockKind;
use regex::Regex;

use super::super::Text;
use super::super::agencies::{self, Mention};
use super::super::head::Head;
use super::lines::is_covered;
use super::organisation;
use crate::pattern::pattern;

/// The cover is among so many first blocks.
const COVER: usize = 26;

/// Publishers on the cover: those before 发布, and those of an international standard's own number.
pub(super) fn on_cover(text: &Text, head: &Head, mentions: &[Mention]) -> Vec<Mention> {
    let mut found = Vec::new();
    for (at, block) in text.blocks.iter().enumerate().take(COVER) {
        if block.kind == BlockKind::ListItem || block.text.chars().count() > 120 {
            continue;
        }
        found.extend(before_issue(&block.text, at, mentions));
        found.extend(presented(&block.text, at, mentions));
    }
    let near = text.blocks.iter().enumerate().take(12).map(|(at, block)| (at, block.text.as_str()));
    for (at, line) in near.chain(head.title.as_deref().map(|title| (0, title))) {
        if found.is_empty() {
            found.extend(numbered_by(line, at));
        }
    }
    found
}

/// 某某协会 发布 and 国家密码管理局发布二〇三一年一月.
fn before_issue(line: &str, at: usize, mentions: &[Mention]) -> Vec<Mention> {
    static ISSUED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(\D[^，。；：]*?)[\s　]*发[\s　]*布(?:$|[\s　]|目|前|二|中华人民共和国|\d)"));
    let Some(before) = ISSUED.captures(line).and_then(|captures| captures.get(1)) else { return Vec::new() };
    let here: Vec<Mention> = mentions.iter().filter(|m| m.block == at && m.span.end <= before.end()).cloned().collect();
    if is_covered(before.as_str(), at, &here) {
        return here;
    }
    if here.is_empty() { organisation(before.as_str(), at, before.start()).into_iter().collect() } else { Vec::new() }
}

/// Presented to Parliament by the Secretary of State for …
fn presented(line: &str, at: usize, mentions: &[Mention]) -> Vec<Mention> {
    let by = line.strip_prefix("Presented to Parliament by").map_or(0, |rest| line.len() - rest.len());
    mentions.iter().filter(|mention| by > 0 && mention.block == at && mention.span.start <= by + 6).cloned().collect()
}

/// The body whose own number a line is: INTERNATIONAL STANDARD ISO/IEC 80001-1, ETSI EN 380 001 V1.1.1.
fn numbered_by(line: &str, at: usize) -> Vec<Mention> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:(?:INTERNATIONAL STANDARD|International Standard|Reference number|Final draft|Draft|NORME INTERNATIONALE)\s+)*(ISO/IEC/IEEE|ISO/IEC|ISO/SAE|ISO|IEC|ITU-[TR]|ETSI|CEN/CLC|CEN|NIST|DIN|IEEE|BSI|IETF)\s+(?:(?:Recommendation|Special Publication|Standard|Std|SPEC|TR|TS|EN|ES|GS|GR|PAS|SP|IR|FIPS|AI|JTC|Guide|NISTIR)\s+)*(?:[A-Z]\.)?\d[\d\s.:()\-–/A-Za-z]*$",
        )
    });
    let Some(body) = NUMBER.captures(line.trim()).and_then(|captures| captures.get(1)) else { return Vec::new() };
    let ids = body.as_str().split('/').map(|id| {
        if id.starts_with("ITU") {
            "ITU"
        } else if id == "CLC" {
            "CENELEC"
        } else {
            id
        }
    });
    ids.filter_map(agencies::agency).map(|agency| Mention::of(at, 0..line.len(), agency.clone())).collect()
}

/// Where nothing else tells: a running title that begins with the publisher, and a speaker for a government.
pub(super) fn by_other_means(text: &Text, head: &Head, mentions: &[Mention]) -> Vec<Mention> {
    let spoken = spoken_for(text, mentions);
    if !spoken.is_empty() {
        return spoken;
    }
    let title = head.title.as_deref().unwrap_or_default();
    let furniture = text.blocks.iter().enumerate().take(60).filter(|(_, block)| !block.kind.is_running_text());
    for (at, block) in furniture {
        let line = block.text.trim_end_matches(|char: char| char.is_ascii_digit() || char.is_whitespace());
        let publisher = line.strip_suffix(title).filter(|_| !title.is_empty()).unwrap_or_default().trim();
        let found = agencies::mentions_in(publisher, at);
        if let [only] = found.as_slice()
            && only.span == (0..publisher.len())
        {
            return found;
        }
    }
    Vec::new()
}

/// 我代表某某市人民政府，向大会报告工作
fn spoken_for(text: &Text, mentions: &[Mention]) -> Vec<Mention> {
    static SPEAKS: LazyLock<Regex> = LazyLock::new(|| pattern(r"我(?:谨|受)?(?:代表|.{2,12}委托[，,]?)$"));
    static REPORTS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[，,]?(?:现在)?向.{0,14}(?:报告|作.{0,6}说明)"));
    let front = mentions.iter().filter(|mention| mention.block < COVER);
    let speaks = |mention: &&Mention| {
        let block = text.blocks.get(mention.block)?;
        let before = block.text.get(..mention.span.start)?;
        Some(SPEAKS.is_match(before) && REPORTS.is_match(block.text.get(mention.span.end..)?))
    };
    front.filter(|mention| speaks(mention) == Some(true)).take(1).cloned().collect()
}
