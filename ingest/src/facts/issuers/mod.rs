//! Which of the agencies that a document names have issued it.
//!
//! Issuers stand under a label, in lines of their own above the text or above its date, before 关于 in a title, on the
//! cover of a standard, and in the first sentences of a report. Who drafts, receives, interprets or is to carry out a
//! document is merely named.

mod cover;
mod lines;
mod report;
mod title;

use std::sync::LazyLock;

use corpus::facts::Agency;
use regex::Regex;

use super::Text;
use super::agencies::Mention;
use super::head::Head;
use crate::pattern::pattern;

/// The issuers, and all agencies with them, each once, in the order of the text.
pub(super) fn issuers(text: &Text, head: &Head, mentions: &[Mention]) -> (Vec<Agency>, Vec<Agency>) {
    let mut issued: Vec<Mention> = labelled(text, head, mentions);
    let lines = lines::lines(text, mentions);
    let signed = lines.signed || !issued.is_empty();
    issued.extend(lines.found);
    issued.extend(title::in_title(text, head, mentions));
    issued.extend(cover::on_cover(text, head, mentions));
    if !signed {
        issued.extend(report::in_report(text, mentions, !issued.is_empty()));
    }
    if issued.is_empty() {
        issued.extend(cover::by_other_means(text, head, mentions));
    }
    issued.sort_by_key(|mention| (mention.block, mention.span.start));
    let issuers = unique(issued.iter().map(|mention| &mention.agency));
    let all =
        mentions.iter().filter(|mention| !mention.leader || issuers.iter().any(|issuer| same(issuer, &mention.agency)));
    let mut named: Vec<(usize, usize, &Agency)> =
        all.chain(&issued).map(|mention| (mention.block, mention.span.start, &mention.agency)).collect();
    named.sort_by_key(|(block, start, _)| (*block, *start));
    let agencies = unique(named.into_iter().map(|(_, _, agency)| agency));
    (issuers, agencies)
}

/// Issuers under a label such as Authors or 发布单位; an organisation that nothing knows by the name that it gives.
fn labelled(text: &Text, head: &Head, mentions: &[Mention]) -> Vec<Mention> {
    let Some((at, block)) = head.issuer_block.and_then(|at| Some((at, text.blocks.get(at)?))) else {
        return Vec::new();
    };
    let found: Vec<Mention> = mentions.iter().filter(|mention| mention.block == at).cloned().collect();
    if !found.is_empty() {
        return found;
    }
    let value = block.text.rsplit([':', '：']).next().unwrap_or_default().trim();
    organisation(value, at, block.text.len().saturating_sub(value.len())).into_iter().collect()
}

/// An organisation by what its name ends with: an association, an institute.
fn organisation(name: &str, block: usize, start: usize) -> Option<Mention> {
    static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[\p{Han}（）()·—“”]{3,30}(?:协会|学会|联盟|联合会|商会|促进会|研究会|委员会|研究院|研究所|研究中心|标准化院)$",
        )
    });
    static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:the )?(?:[A-Z][\w&’'-]*|of|for|and|the|on|in)(?:,? (?:[A-Z][\w&’'-]*|of|for|and|the|on|in)){0,11}$",
        )
    });
    static ENDS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?:Association|Alliance|Federation|Institute|Institution|Academy|Council|Committee|Commission|Society|Union|Agency|Authority|Foundation|Consortium|Center|Centre|Forum|Ministry|Department|Administration|Bureau)\b",
        )
    });
    let name = name.trim().trim_end_matches(['.', '。']);
    let mut agency = Agency::default();
    if CHINESE.is_match(name) {
        agency.name_zh = Some(name.to_owned());
    } else if ENGLISH.is_match(name) && ENDS.is_match(name) {
        agency.name_en = Some(name.strip_prefix("the ").unwrap_or(name).to_owned());
    } else {
        return None;
    }
    Some(Mention::of(block, start..start + name.len(), agency))
}

fn unique<'a>(agencies: impl Iterator<Item = &'a Agency>) -> Vec<Agency> {
    let mut found: Vec<Agency> = Vec::new();
    for agency in agencies {
        if !found.iter().any(|known| same(known, agency)) {
            found.push(agency.clone());
        }
    }
    found
}

fn same(a: &Agency, b: &Agency) -> bool {
    if !(a.id.is_empty() && b.id.is_empty()) {
        return a.id == b.id;
    }
    match (&a.name_zh, &b.name_zh) {
        (Some(a), Some(b)) => a == b,
        _ => a.name_en.is_some() && a.name_en == b.name_en,
    }
}

#[cfg(test)]
mod tests;
