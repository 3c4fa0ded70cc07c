//! Agencies of provinces, cities and counties, which no table can list: a region and the name of an office.

use std::ops::Range;
use std::sync::LazyLock;

use corpus::facts::Agency;
use regex::Regex;

use super::agencies::Mention;
use crate::pattern::pattern;

/// Offices of local governments, with the ending that varies from place to place left open.
const OFFICES: &str = "人民政府(?:办公厅|办公室)?|发展和改革委员会|发展改革委(?:员会)?|发改委|(?:工业|经济)和信息化(?:厅|局|委员会|委)|市场监督管理(?:局|厅|委员会)|市场监管局\
|(?:大数据|数据资源|政务服务和?数据|数据)(?:发展|管理)*局|科学技术(?:厅|局|委员会)|科技[厅局委]|财政[厅局]|教育(?:厅|局|委员会|委)|人力资源(?:和)?社会保障[厅局]|人社[厅局]\
|交通运输(?:厅|局|委员会|委)|卫生健康(?:委员会|委)|商务(?:厅|局|委员会|委)|生态环境[厅局]|(?:规划和)?自然资源[厅局]|住房(?:和)?城乡建设(?:厅|局|委员会|委)|通信管理局|互联网信息办公室\
|委?网信办|公安[厅局]|民政[厅局]|农业农村(?:厅|局|委员会|委)|文化和旅游[厅局]|应急管理[厅局]|水利[厅局]|水务局|司法[厅局]|统计局|税务局|地方金融(?:监督)?管理局|国有资产监督管理委员会\
|国资委|药品监督管理局|知识产权局|医疗保障局|能源局|城市管理局|林业局|文物局|审计[厅局]|退役军人事务[厅局]";

static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"([\x{{4e00}}-\x{{9fff}}]{{0,6}}|[XＸ×]{{2,4}})(省|市|自治区|自治州|地区|新区|区|县|州)({OFFICES})"
    ))
});

/// Short forms of offices and what they stand for.
const SHORT: &[(&str, &str)] = &[
    ("发展改革委员会", "发展和改革委员会"),
    ("发展改革委", "发展和改革委员会"),
    ("发改委", "发展和改革委员会"),
    ("市场监管局", "市场监督管理局"),
    ("科技局", "科学技术局"),
    ("科技厅", "科学技术厅"),
    ("人力资源社会保障", "人力资源和社会保障"),
    ("人社局", "人力资源和社会保障局"),
    ("人社厅", "人力资源和社会保障厅"),
    ("卫生健康委员会", "卫生健康委员会"),
    ("卫生健康委", "卫生健康委员会"),
    ("住房城乡建设", "住房和城乡建设"),
    ("数据资源局", "数据资源管理局"),
    ("国资委", "国有资产监督管理委员会"),
];

/// The local agencies that a text names.
pub(super) fn local_agencies(text: &str) -> Vec<(Range<usize>, Agency)> {
    let mut found = Vec::new();
    for captures in CHINESE.captures_iter(text) {
        let (Some(all), Some(place), Some(rank), Some(office)) =
            (captures.get(0), captures.get(1), captures.get(2), captures.get(3))
        else {
            continue;
        };
        let place = place_name(place.as_str());
        // 各县（市）区人民政府 and 直辖市水利厅 name no agency.
        let kind_of_place =
            matches!(place, "区" | "县" | "市" | "州" | "直辖" | "自治" | "地级" | "单列" | "计划单列" | "设区的");
        if kind_of_place || place.is_empty() && office.as_str().starts_with("人民政府") {
            continue;
        }
        let start = rank.start() - place.len();
        let name = format!("{place}{}{}", rank.as_str(), full_office(office.as_str()));
        let agency = Agency { name_zh: Some(name), ..Agency::default() };
        found.push((start..all.end(), agency));
    }
    found.extend(english(text));
    found
}

/// The name of a place at the end of a run of characters: what follows the last word that cannot be part of one.
fn place_name(run: &str) -> &str {
    const NOT_IN_NAMES: &[char] = &[
        '由', '和', '与', '及', '向', '报', '经', '在', '对', '将', '至', '让', '从', '按', '是', '为', '同', '各',
        '我', '本', '全', '的', '省', '市', '关', '于', '院', '部', '会', '局', '委',
    ];
    let name = run.rsplit(NOT_IN_NAMES).next().unwrap_or_default();
    // Names of places have at most five characters before their rank.
    let from = name.char_indices().rev().nth(4).map_or(0, |(at, _)| at);
    name.get(from..).unwrap_or_default()
}

fn full_office(office: &str) -> String {
    match SHORT.iter().find(|(short, _)| office.contains(short)) {
        Some((short, full)) if !office.contains(full) => office.replacen(short, full, 1),
        _ => office.to_owned(),
    }
}

/// Gives Municipal Education Bureau the name of the city, when the document names one city only.
fn complete_english(mentions: &mut [Mention]) {
    let mut region: Option<String> = None;
    for name in
        mentions.iter().filter(|mention| mention.agency.id.is_empty()).filter_map(|m| m.agency.name_en.as_deref())
    {
        let Some((city, _)) = name.split_once(" Municipal ") else { continue };
        match &region {
            Some(known) if known != city => return,
            _ => region = Some(city.to_owned()),
        }
    }
    let Some(region) = region else { return };
    for mention in mentions.iter_mut().filter(|mention| mention.agency.id.is_empty()) {
        if let Some(name) = mention.agency.name_en.as_mut().filter(|name| name.starts_with("Municipal ")) {
            name.insert_str(0, &format!("{region} "));
        }
    }
}

/// Gives 市教育局 the name of the city, when the document names one city only.
pub(super) fn complete(mentions: &mut [Mention]) {
    complete_english(mentions);
    let mut region: Option<String> = None;
    for name in mentions
        .iter()
        .filter(|mention| mention.agency.id.is_empty())
        .filter_map(|mention| mention.agency.name_zh.as_deref())
    {
        let Some(at) = name.find('市').filter(|at| *at > 0) else { continue };
        let city = name.get(..at).unwrap_or_default();
        match &region {
            Some(known) if known != city => return,
            _ => region = Some(city.to_owned()),
        }
    }
    let Some(region) = region else { return };
    for mention in mentions.iter_mut().filter(|mention| mention.agency.id.is_empty()) {
        if let Some(name) = &mut mention.agency.name_zh
            && name.starts_with('市')
        {
            name.insert_str(0, &region);
        }
    }
}

const RANKS: &[&str] = &["Municipal", "Provincial", "District", "County", "Regional"];
const BODIES: &[&str] =
    &["Bureau", "Administration", "Commission", "Department", "Office", "Authority", "Government", "Center"];

/// English names of local agencies: Hefei Municipal Bureau of …, Municipal Data Resources Administration.
fn english(text: &str) -> Vec<(Range<usize>, Agency)> {
    let words = words(text);
    let mut found: Vec<(Range<usize>, Agency)> = Vec::new();
    for (at, (span, word)) in words.iter().enumerate() {
        if !RANKS.contains(word) || found.last().is_some_and(|(last, _)| last.end > span.start) {
            continue;
        }
        let Some(end) = end_of_name(text, &words, at) else { continue };
        let start = start_of_name(text, &words, at);
        let name = text.get(start..end).unwrap_or_default().to_owned();
        found.push((start..end, Agency { name_en: Some(name), ..Agency::default() }));
    }
    found
}

/// The words of a text, apostrophes and hyphens included.
fn words(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, char) in text.char_indices().chain([(text.len(), ' ')]) {
        if char.is_ascii_alphanumeric() || matches!(char, '\'' | '’' | '-') {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            found.push((from..at, text.get(from..at).unwrap_or_default()));
        }
    }
    found
}

fn is_capital(word: &str) -> bool {
    word.starts_with(|char: char| char.is_ascii_uppercase())
}

/// Whether nothing but a space stands between two words.
fn adjoins(text: &str, left: &Range<usize>, right: &Range<usize>) -> bool {
    text.get(left.end..right.start).is_some_and(|gap| gap == " ")
}

fn start_of_name(text: &str, words: &[(Range<usize>, &str)], rank: usize) -> usize {
    let mut start = words.get(rank).map_or(0, |(span, _)| span.start);
    let mut at = rank;
    while let Some((span, word)) = at.checked_sub(1).and_then(|before| words.get(before)) {
        let next = words.get(at).map_or(0..0, |(span, _)| span.clone());
        let small = matches!(*word, "The" | "By" | "In" | "Notice" | "Under" | "And");
        if rank - at >= 2 || !is_capital(word) || small || !adjoins(text, span, &next) {
            break;
        }
        start = span.start;
        at -= 1;
    }
    start
}

/// The end of a name behind its rank: … Bureau, Bureau of X and Y, Data Resources Administration.
fn end_of_name(text: &str, words: &[(Range<usize>, &str)], rank: usize) -> Option<usize> {
    let mut end = None;
    let mut last = words.get(rank)?.0.clone();
    let mut open = false;
    for (at, (span, word)) in words.iter().enumerate().skip(rank + 1).take(12) {
        let joined = adjoins(text, &last, span) || (open && text.get(last.end..span.start) == Some(", "));
        let next_capital = words.get(at + 1).is_some_and(|(_, next)| is_capital(next) && !RANKS.contains(next));
        let body = BODIES.contains(word);
        if !joined || RANKS.contains(word) {
            break;
        }
        match *word {
            "of" | "for" if end == Some(last.end) => open = true,
            "and" if next_capital && (open || end.is_none()) => {}
            "People's" | "People’s" => {}
            _ if is_capital(word) && (end.is_none() || open) => {
                if body || open {
                    end = Some(span.end);
                }
            }
            _ => break,
        }
        // A comma list inside a name ends before a name that has a rank of its own.
        if open && text.get(span.end..).is_some_and(|rest| rest.starts_with(',')) && !comma_goes_on(text, words, at) {
            break;
        }
        last = span.clone();
    }
    end
}

/// Culture, Radio and Tourism: behind the comma stands one word and then "and".
fn comma_goes_on(text: &str, words: &[(Range<usize>, &str)], at: usize) -> bool {
    let (Some((first, one)), Some((second, and)), Some((_, three))) =
        (words.get(at + 1), words.get(at + 2), words.get(at + 3))
    else {
        return false;
    };
    is_capital(one) && *and == "and" && is_capital(three) && !RANKS.contains(three) && adjoins(text, first, second)
}
