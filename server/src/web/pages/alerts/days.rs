//! Alerts by the day on which they were made, where the server is.

use corpus::watch::Alert;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// Alerts that were made on one day, in the order of the list.
pub(super) struct Day<'a> {
    pub(super) date: Date,
    pub(super) of: &'a [Alert],
}

/// When an alert was made, where the server is; of a time that cannot be read the beginning of 1970.
pub(super) fn local(created: &str, zone: &TimeZone) -> (Date, Time) {
    let made = created.parse().unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone());
    (made.date(), made.time())
}

/// A list, newest first, by day.
pub(super) fn by_day<'a>(alerts: &'a [Alert], zone: &TimeZone) -> Vec<Day<'a>> {
    let date = |alert: &Alert| local(&alert.created, zone).0;
    let days = alerts.chunk_by(|one, next| date(one) == date(next));
    days.filter_map(|of| Some(Day { date: date(of.first()?), of })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus::document::Language;
    use corpus::watch::Occasion;

    fn alert(id: i64, created: &str) -> Alert {
        Alert {
            id,
            watch: 1,
            watch_name: String::new(),
            query: String::new(),
            occasion: Occasion::NewDocument,
            document: id,
            title: String::new(),
            language: Language::Zh,
            atoms: Vec::new(),
            renderings: Vec::new(),
            sentence: String::new(),
            place: 0,
            page: 1,
            ocr: false,
            created: created.to_owned(),
            seen: false,
        }
    }

    #[track_caller]
    fn check(created: &[&str], hours: i8, expected: &[(&str, usize)]) {
        let zone = TimeZone::fixed(jiff::tz::offset(hours));
        let alerts: Vec<Alert> = created.iter().zip(1..).map(|(created, id)| alert(id, created)).collect();
        let days = by_day(&alerts, &zone);
        let days: Vec<(String, usize)> = days.iter().map(|day| (day.date.to_string(), day.of.len())).collect();
        let days: Vec<(&str, usize)> = days.iter().map(|(date, count)| (date.as_str(), *count)).collect();
        assert_eq!(days, expected);
    }

    #[test]
    fn a_day_is_the_servers_own() {
        let created = ["2026-11-23T01:00:00Z", "2026-11-22T17:00:00Z", "2026-11-22T15:00:00Z"];
        check(&created, 0, &[("2026-11-23", 1), ("2026-11-22", 2)]);
        check(&created, 8, &[("2026-11-23", 2), ("2026-11-22", 1)]);
        check(&created, -5, &[("2026-11-22", 3)]);
        check(&[], 0, &[]);
        check(&["yesterday"], 0, &[("1970-01-01", 1)]);
    }
}
