//! When digests are sent: daily at eight in the morning, weekly on Monday at eight.

use corpus::watch::DigestBounds;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _, Zoned};

/// The hour at which a day's or a week's alerts are told.
const HOUR: i8 = 8;

/// The ends of the last periods, where the reader is.
pub(super) fn bounds(now: Timestamp, zone: &TimeZone) -> DigestBounds {
    let now = now.to_zoned(zone.clone());
    let daily = last_morning(&now);
    let weekly = last_monday(&daily);
    DigestBounds { daily: daily.timestamp().to_string(), weekly: weekly.timestamp().to_string() }
}

/// The last time that it was eight in the morning. A change of the clocks does not move it.
fn last_morning(now: &Zoned) -> Zoned {
    let of = |day: &Zoned| day.date().at(HOUR, 0, 0, 0).to_zoned(day.time_zone().clone()).ok();
    let today = of(now).filter(|morning| morning <= now);
    let yesterday = || now.checked_sub(1.day()).ok().as_ref().and_then(of);
    today.or_else(yesterday).unwrap_or_else(|| now.clone())
}

/// The same on the last Monday.
fn last_monday(morning: &Zoned) -> Zoned {
    let days = i64::from(morning.weekday().since(Weekday::Monday));
    morning.checked_sub(days.days()).unwrap_or_else(|_| morning.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(now: &str, offset: i8, daily: &str, weekly: &str) {
        let zone = TimeZone::fixed(jiff::tz::offset(offset));
        let expected = DigestBounds { daily: daily.to_owned(), weekly: weekly.to_owned() };
        assert_eq!(bounds(now.parse().unwrap(), &zone), expected, "{now}");
    }

    #[test]
    fn a_day_ends_at_eight_where_the_reader_is() {
        // The 23rd of November 2026 is a Monday.
        check("2026-11-23T08:00:00Z", 0, "2026-11-23T08:00:00Z", "2026-11-23T08:00:00Z");
        check("2026-11-23T07:59:59Z", 0, "2026-11-22T08:00:00Z", "2026-11-16T08:00:00Z");
        check("2026-11-25T12:00:00Z", 0, "2026-11-25T08:00:00Z", "2026-11-23T08:00:00Z");
        check("2026-11-23T00:00:00Z", 8, "2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z");
        check("2026-11-23T12:00:00Z", -5, "2026-11-22T13:00:00Z", "2026-11-16T13:00:00Z");
        check("2026-11-22T23:59:59Z", 8, "2026-11-22T00:00:00Z", "2026-11-16T00:00:00Z");
    }
}
