//! Chinese names of local agencies: 安徽省科技厅, 市教育局.

use std::ops::Range;
use std::sync::LazyLock;

use corpus::facts::Agency;
use corpus::text::is_han;
use regex::Regex;

use super::places::{Level, OFFICES, Office, PLACES};
use super::{Own, Plain};
use crate::pattern::pattern;

/// The kind of place and the office.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    let mut offices: Vec<&str> =
        OFFICES.iter().flat_map(|office| office.short.iter().copied().chain([office.full])).collect();
    offices.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let offices = offices.join("|");
    pattern(&format!("(省|市|自治区|自治州|地区|新区|高新区|开发区|兵团|区|县|州|旗|盟)({offices})(?:员会)?"))
});

/// The longest name of a place before its kind has so many characters.
const LONGEST: usize = 5;

/// The local agencies that a text names, with the office in full and the place where the text gives it.
pub(super) fn agencies(text: &str, plain: &Plain) -> Vec<(Range<usize>, Agency)> {
    let mut found = Vec::new();
    for captures in NAME.captures_iter(&plain.text) {
        let (Some(all), Some(kind), Some(office)) = (captures.get(0), captures.get(1), captures.get(2)) else {
            continue;
        };
        let Some(start) = start_of_place(plain, kind.range()) else { continue };
        let place = plain.text.get(start..kind.end()).unwrap_or_default();
        let place = if place == "兵团" { "新疆生产建设兵团" } else { place };
        let span = plain.original(&(start..all.end()));
        let Some(office) = office_of(office.as_str()).filter(|_| text.is_char_boundary(span.start)) else { continue };
        let name = format!("{}{}", place.to_ascii_uppercase(), office.full);
        found.push((span, Agency { name_zh: Some(name), ..Agency::default() }));
    }
    found
}

fn office_of(name: &str) -> Option<&'static Office> {
    OFFICES.iter().find(|office| office.full == name || office.short.contains(&name))
}

/// Where the name of the place begins whose kind stands there; `None` where no agency is meant: 各市教育局.
fn start_of_place(plain: &Plain, kind: Range<usize>) -> Option<usize> {
    let head = plain.text.get(..kind.end)?;
    let known = PLACES.iter().filter(|place| head.ends_with(place.full)).map(|place| place.full.len()).max();
    if let Some(length) = known {
        let start = kind.end.checked_sub(length)?;
        // 各省、自治区、直辖市及新疆生产建设兵团教育局 are addressed all alike.
        let before = head.get(..start)?.trim_end_matches(['、', '，', ',', '和', '及', '与', ' ']);
        let alike = before.ends_with("直辖市") || before.ends_with("计划单列市");
        let addressed = head.get(start..)?.ends_with("兵团") && head.starts_with('各');
        return (!alike && !addressed).then_some(start);
    }
    let mut start = kind.start;
    for (at, char) in plain.text.get(..kind.start)?.char_indices().rev().take(LONGEST) {
        let of_name = if is_han(char) { !ENDS_BEFORE.contains(char) } else { matches!(char, 'x' | '×') };
        if plain.is_gap(start) || !of_name {
            break;
        }
        start = at;
    }
    let place = plain.text.get(start..kind.start)?;
    let before = plain.text.get(..start)?;
    if place.is_empty() {
        is_self_reference(before, plain.text.get(kind)?).then_some(start)
    } else {
        names_place(place).then_some(start)
    }
}

/// Characters that cannot be part of the name of a place, or hardly ever.
const ENDS_BEFORE: &str = "由和与及向报经在对将至让从按是为同各我本全的省市关于院部会局委厅办该等给请即代表谨现";

/// Kinds of places, which are no place of their own: 区县人民政府, 直辖市水利厅.
fn names_place(place: &str) -> bool {
    !matches!(
        place,
        "区" | "县"
            | "州"
            | "直辖"
            | "自治"
            | "地级"
            | "单列"
            | "计划单列"
            | "设区"
            | "副"
            | "县级"
            | "有关"
            | "相关"
            | "所在"
            | "所属"
            | "其他"
            | "下辖"
            | "旗"
    )
}

/// Whether 市 or 省 without a name means the document's own.
fn is_self_reference(before: &str, kind: &str) -> bool {
    let generic = ["各", "各有关", "省、", "区、", "县、", "州、", "国家、", "盟、", "相关", "有关", "级", "设区的"];
    matches!(kind, "省" | "市" | "自治区" | "兵团") && !generic.iter().any(|word| before.ends_with(word))
}

/// The place in a name: 合肥市 of 合肥市教育局.
pub(super) fn place_of(name: &str) -> Option<String> {
    let known = PLACES.iter().filter(|place| name.starts_with(place.full)).max_by_key(|place| place.full.len());
    if let Some(place) = known {
        return Some(place.full.to_owned());
    }
    let (at, kind) = name.char_indices().find(|(at, char)| *at > 0 && matches!(char, '市' | '省'))?;
    name.get(..at + kind.len_utf8()).map(str::to_owned)
}

/// Gives 市教育局 its city, 省教育厅 its province.
pub(super) fn put_place(agency: &mut Agency, own: &Own) {
    let Some(name) = &mut agency.name_zh else { return };
    let province = own.place.and_then(|place| place.province);
    let above =
        province.and_then(|short| PLACES.iter().find(|place| place.short == short && place.level != Level::City));
    let level = own.place.map(|place| place.level);
    let place = if name.starts_with('市') {
        own.name.ends_with('市').then_some(own.name.as_str())
    } else if name.starts_with('省') {
        let own = own.name.ends_with('省').then_some(own.name.as_str());
        own.or(above.filter(|place| place.level == Level::Province).map(|place| place.full))
    } else if name.starts_with("自治区") {
        let own = (level == Some(Level::Region)).then_some(own.name.as_str());
        own.or(above.filter(|place| place.level == Level::Region).map(|place| place.full))
    } else {
        None
    };
    let kind = if name.starts_with("自治区") { "自治区".len() } else { '市'.len_utf8() };
    if let Some(place) = place {
        name.replace_range(..kind, place);
    }
}
