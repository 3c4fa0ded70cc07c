//! When digests are due, as a function of the clock.

use corpus::watch::DigestBounds;
use jiff::civil::{DateTime, Weekday};
use jiff::tz::Offset;
use jiff::{Span, Timestamp};

use crate::Error;
use crate::data::Data;

/// The hour of the day at which digests are due, on the server's clock.
const HOUR: i8 = 8;

/// Makes the digests that are due; how many. `offset` is that of the server's clock from UTC.
///
/// # Errors
/// When the store cannot be written.
pub fn make_digests(data: &Data, now: Timestamp, offset: Offset) -> Result<usize, Error> {
    let bounds = digest_bounds(now, offset);
    let written = now.round(jiff::Unit::Second).unwrap_or(now).to_string();
    data.with_store(|store| Ok(store.make_digests(&bounds, &written)?))
}

/// The ends of the last day and the last week: 8 o'clock, and that of a Monday, on a clock with this offset.
fn digest_bounds(now: Timestamp, offset: Offset) -> DigestBounds {
    let local = offset.to_datetime(now);
    let today = local.date().at(HOUR, 0, 0, 0);
    let day = if today <= local { today } else { back(today, 1) };
    let since_monday = i64::from(day.date().weekday().since(Weekday::Monday));
    let utc = |at: DateTime| offset.to_timestamp(at).unwrap_or(Timestamp::MIN).to_string();
    DigestBounds { daily: utc(day), weekly: utc(back(day, since_monday)) }
}

fn back(at: DateTime, days: i64) -> DateTime {
    at.checked_sub(Span::new().days(days)).unwrap_or(DateTime::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(now: &str, hours: i8, daily: &str, weekly: &str) {
        let bounds = digest_bounds(now.parse().unwrap(), jiff::tz::offset(hours));
        assert_eq!((bounds.daily.as_str(), bounds.weekly.as_str()), (daily, weekly));
    }

    #[test]
    fn a_day_ends_at_eight_and_a_week_on_monday() {
        // 2026-11-23 is a Monday.
        check("2026-11-23T07:59:59Z", 0, "2026-11-22T08:00:00Z", "2026-11-16T08:00:00Z");
        check("2026-11-23T08:00:00Z", 0, "2026-11-23T08:00:00Z", "2026-11-23T08:00:00Z");
        check("2026-11-25T12:00:00Z", 0, "2026-11-25T08:00:00Z", "2026-11-23T08:00:00Z");
    }

    #[test]
    fn the_clock_is_the_servers() {
        check("2026-11-22T23:59:59Z", 8, "2026-11-22T00:00:00Z", "2026-11-16T00:00:00Z");
        check("2026-11-23T00:00:00Z", 8, "2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z");
        check("2026-11-23T12:00:00Z", -5, "2026-11-22T13:00:00Z", "2026-11-16T13:00:00Z");
    }
}
