//! The tables of places and of local offices, and names in both languages made from them.

use std::sync::LazyLock;

/// What kind of place it is, which tells how its agencies are named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Level {
    /// 省
    Province,
    /// 自治区
    Region,
    /// 直辖市
    Municipality,
    /// The Xinjiang Production and Construction Corps.
    Corps,
    /// 市
    City,
}

/// A place of the table.
pub(super) struct Place {
    /// 合肥
    pub(super) short: &'static str,
    /// 合肥市
    pub(super) full: &'static str,
    /// Hefei
    pub(super) en: &'static str,
    pub(super) level: Level,
    /// The province of a city: 安徽.
    pub(super) province: Option<&'static str>,
}

/// An office that local governments have.
pub(super) struct Office {
    /// 科学技术局
    pub(super) full: &'static str,
    /// 科技局
    pub(super) short: Vec<&'static str>,
    /// As it follows Municipal or Provincial.
    pub(super) en: &'static str,
}

pub(super) static PLACES: LazyLock<Vec<Place>> =
    LazyLock::new(|| rows(include_str!("places.tsv")).filter_map(|row| place(&row)).collect());

pub(super) static OFFICES: LazyLock<Vec<Office>> =
    LazyLock::new(|| rows(include_str!("offices.tsv")).filter_map(|row| office(&row)).collect());

fn rows(source: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    source.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

fn place(row: &[&'static str]) -> Option<Place> {
    let level = match *row.get(3)? {
        "province" => Level::Province,
        "region" => Level::Region,
        "municipality" => Level::Municipality,
        "corps" => Level::Corps,
        _ => Level::City,
    };
    Some(Place { short: row.first()?, full: row.get(1)?, en: row.get(2)?, level, province: row.get(4).copied() })
}

fn office(row: &[&'static str]) -> Option<Office> {
    let short = row.get(1)?.split('|').filter(|short| !short.is_empty()).collect();
    Some(Office { full: row.first()?, short, en: row.get(2)? })
}

/// The English name of 合肥市科学技术局, where place and office are in the tables.
pub(super) fn english_name(name: &str) -> Option<String> {
    let place = PLACES.iter().filter(|place| name.starts_with(place.full)).max_by_key(|place| place.full.len())?;
    let rest = name.strip_prefix(place.full)?;
    let office = OFFICES.iter().find(|office| office.full == rest)?;
    let en = match place.level {
        Level::Region => return Some(format!("{} of {} Autonomous Region", office.en, place.en)),
        Level::Corps => return Some(format!("{} of {}", office.en, place.en)),
        Level::Province => format!("{} Provincial", place.en),
        Level::Municipality | Level::City => format!("{} Municipal", place.en),
    };
    Some(match office.en.split_once(" of the ") {
        Some((head, rest)) => format!("{head} of the {en} {rest}"),
        None => format!("{en} {}", office.en),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Level, OFFICES, PLACES, english_name};

    #[test]
    fn the_tables_are_sound() {
        assert_eq!(PLACES.iter().filter(|place| place.level != Level::City).count(), 32);
        let mut full = HashSet::new();
        for place in PLACES.iter() {
            assert!(full.insert(place.full), "{} stands twice", place.full);
            assert!(place.full.starts_with(place.short), "{}", place.full);
            let province = place.province.is_none_or(|name| PLACES.iter().any(|other| other.short == name));
            assert!(province && (place.level == Level::City) == place.province.is_some(), "{}", place.full);
        }
        let mut names = HashSet::new();
        for office in OFFICES.iter() {
            assert!(!office.en.is_empty());
            assert!(office.short.iter().chain([&office.full]).all(|name| names.insert(*name)), "{}", office.full);
        }
    }

    #[test]
    fn names_of_known_places_have_an_english_form() {
        for (zh, en) in [
            ("芜湖市科学技术局", Some("Wuhu Municipal Bureau of Science and Technology")),
            ("贵州省财政厅", Some("Guizhou Provincial Department of Finance")),
            ("宁夏回族自治区水利厅", Some("Department of Water Resources of Ningxia Autonomous Region")),
            ("绍兴市人民政府办公室", Some("General Office of the Shaoxing Municipal People's Government")),
            ("芜湖市奇怪局", None),
            ("无名市财政局", None),
        ] {
            assert_eq!(english_name(zh).as_deref(), en);
        }
    }
}
