//! Agencies of provinces, cities and counties, which no table can list: a region and the name of an office.

mod chinese;
mod english;
mod places;

use std::ops::Range;

use corpus::document::Language;
use corpus::facts::Agency;

use self::places::{Level, PLACES, Place};
use super::Text;
use super::agencies::{Mention, Plain};

/// The title and what stands near it tell whose document it is.
const FRONT: usize = 12;

/// The local agencies that a text names. A self reference such as 市教育局 has no place yet.
pub(super) fn local_agencies(text: &str, plain: Option<&Plain>) -> Vec<(Range<usize>, Agency)> {
    let mut found = plain.map(|plain| chinese::agencies(text, plain)).unwrap_or_default();
    found.extend(english::agencies(text));
    found
}

/// Gives 市教育局 and Municipal Education Bureau the name of the document's own place, and to agencies of known
/// places the name in the other language.
pub(super) fn complete(text: &Text, mentions: &mut [Mention]) {
    if !mentions.iter().any(|mention| mention.agency.id.is_empty()) {
        return;
    }
    let own = own_place(text, mentions);
    for mention in mentions.iter_mut().filter(|mention| mention.agency.id.is_empty()) {
        let agency = &mut mention.agency;
        if let Some(own) = &own {
            chinese::put_place(agency, own);
            english::put_place(agency, own);
        }
        if agency.name_en.is_none() {
            agency.name_en = agency.name_zh.as_deref().and_then(places::english_name);
        } else if agency.name_zh.is_none() {
            agency.name_zh = agency.name_en.as_deref().and_then(english::chinese_name);
        }
    }
}

/// The place whose document it is, in the words of the text.
struct Own {
    /// 合肥市, or Hefei.
    name: String,
    place: Option<&'static Place>,
}

/// Of the places of local agencies the first near the title, or else the only one; or else the place in the title.
fn own_place(text: &Text, mentions: &[Mention]) -> Option<Own> {
    let place_of = |mention: &Mention| match text.language {
        Language::En => mention.agency.name_en.as_deref().and_then(english::place_of),
        _ => mention.agency.name_zh.as_deref().and_then(chinese::place_of),
    };
    let local = mentions.iter().filter(|mention| mention.agency.id.is_empty());
    let mut named: Vec<(usize, String)> =
        local.filter_map(|mention| Some((mention.block, place_of(mention)?))).collect();
    if let Some(at) = named.iter().position(|(block, _)| *block < FRONT) {
        return Some(known(named.swap_remove(at).1, text.language));
    }
    named.dedup_by(|a, b| a.1 == b.1);
    if let [(_, name)] = named.as_slice() {
        return Some(known(name.clone(), text.language));
    }
    let front = text.blocks.iter().filter(|block| block.kind.is_running_text()).take(4);
    let found = front.filter_map(|block| first_place(&block.text, text.language)).next();
    found.filter(|_| named.is_empty())
}

fn known(name: String, language: Language) -> Own {
    let place =
        PLACES.iter().find(|place| if language == Language::En { place.en == name } else { place.full == name });
    Own { name, place }
}

/// The first of the known places in a text, by its full name.
fn first_place(text: &str, language: Language) -> Option<Own> {
    let name = |place: &'static Place| if language == Language::En { place.en } else { place.full };
    let found = PLACES.iter().filter_map(|place| Some((text.find(name(place))?, place)));
    let (_, place) = found.min_by_key(|(at, place)| (*at, place.level == Level::Province))?;
    Some(Own { name: name(place).to_owned(), place: Some(place) })
}
