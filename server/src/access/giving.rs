//! Giving and revoking tokens, with a line of the audit log for each.

use corpus::access::{Deed, Outcome, Role, SecretHash, Token};
use corpus::store::Store;
use jiff::{SignedDuration, Timestamp, Unit};

use super::secret::new_token;
use crate::Error;
use crate::data::Data;
use crate::hidden::is_hidden;

/// The longest that a token can be made for, in days; one without an end is made by giving none.
const MOST_DAYS: i64 = 3_660;

/// A token that was just made.
pub struct Given {
    /// What the store has of it.
    pub token: Token,
    /// The token itself, which is not shown again.
    pub secret: String,
}

/// Makes a token. `lasts` is how long it is good: `36h`, `90d`, `12w`, or a date (`2027-06-30`, to its end in UTC); for
/// good where it is empty.
///
/// # Errors
/// When the name or the time cannot be used, or the store cannot be written.
pub fn give(data: &Data, name: &str, role: Role, lasts: &str) -> Result<Given, Error> {
    let name = checked_name(name)?;
    let expires = ends(lasts, Timestamp::now())?;
    let secret = new_token()?;
    let hash = SecretHash::of(&secret);
    let add = |store: &mut Store| Ok(store.add_token(&name, role, &hash, expires.as_deref(), &crate::now())?);
    Ok(Given { token: data.with_store(add)?, secret })
}

/// Ends a token, and the sessions of browsers that signed in with it; whether there is one that was not revoked.
///
/// # Errors
/// When the store cannot be written.
pub fn revoke(data: &Data, id: i64) -> Result<bool, Error> {
    data.with_store(|store| Ok(store.revoke_token(id, &crate::now())?))
}

/// Notes in the audit log what the command line did.
///
/// # Errors
/// When the store cannot be written.
pub(crate) fn note_command(data: &Data, what: String, outcome: Outcome) -> Result<(), Error> {
    let deed = Deed {
        at: crate::now(),
        who: "command line".to_owned(),
        token: None,
        role: Role::Admin,
        address: None,
        method: "command".to_owned(),
        what,
        outcome,
    };
    data.with_store(|store| Ok(store.note_deed(&deed)?))
}

/// A name that can stand in a list and in the history: one line, and nothing that turns the direction of what follows.
fn checked_name(name: &str) -> Result<String, Error> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > Token::LONGEST_NAME {
        return Err(Error::Input(format!("a token needs a name of at most {} characters", Token::LONGEST_NAME)));
    }
    if name.chars().any(is_hidden) {
        return Err(Error::Input(
            "the name of a token cannot hold characters that are not seen; leave them out".to_owned(),
        ));
    }
    Ok(name.to_owned())
}

/// When something that is made at `now` ends.
fn ends(lasts: &str, now: Timestamp) -> Result<Option<String>, Error> {
    let lasts = lasts.trim();
    if lasts.is_empty() {
        return Ok(None);
    }
    let end = match lasts.parse::<jiff::civil::Date>() {
        Ok(date) => date.tomorrow().ok().and_then(|date| date.to_zoned(jiff::tz::TimeZone::UTC).ok()),
        Err(_) => None,
    };
    let end = match (end, hours(lasts)) {
        (Some(end), _) => Some(end.timestamp()),
        (None, Some(hours)) => now.checked_add(SignedDuration::from_hours(hours)).ok(),
        (None, None) => None,
    };
    let latest = now.checked_add(SignedDuration::from_hours(24 * MOST_DAYS)).unwrap_or(Timestamp::MAX);
    let end = end.filter(|end| *end > now && *end <= latest).and_then(|end| end.round(Unit::Second).ok());
    let message = || {
        format!(
            "'{lasts}' is no time for a token to end; write 36h, 90d, 12w or a date to come such as 2027-06-30, within ten years"
        )
    };
    end.map(|end| Some(end.to_string())).ok_or_else(|| Error::Input(message()))
}

fn hours(lasts: &str) -> Option<i64> {
    let unit = [("h", 1), ("d", 24), ("w", 168)].into_iter().find(|(unit, _)| lasts.ends_with(unit));
    let (unit, hours) = unit?;
    lasts.strip_suffix(unit)?.trim().parse::<i64>().ok()?.checked_mul(hours).filter(|hours| *hours < 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lasts: &str, expected: Option<&str>) {
        let now: Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
        assert_eq!(ends(lasts, now).unwrap().as_deref(), expected, "{lasts}");
    }

    #[test]
    fn a_token_ends_after_a_time_or_with_a_day() {
        check("", None);
        check("36h", Some("2026-11-24T20:00:00Z"));
        check("90d", Some("2027-02-21T08:00:00Z"));
        check(" 2w ", Some("2026-12-07T08:00:00Z"));
        check("2026-11-23", Some("2026-11-24T00:00:00Z"));
        check("2027-06-30", Some("2027-07-01T00:00:00Z"));
    }

    #[test]
    fn what_is_no_time_to_end_is_refused() {
        let now: Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
        for lasts in ["soon", "90", "-1d", "0d", "2026-11-22", "9999w", "2099-01-01", "99999999999999999999d", "月d"] {
            assert!(ends(lasts, now).is_err(), "{lasts}");
        }
    }

    #[test]
    fn a_name_is_one_line_of_plain_text() {
        assert_eq!(checked_name(" 李薇's script ").unwrap(), "李薇's script");
        let long = "长".repeat(61);
        for name in ["", "  ", "a\nb", "a\u{202e}b", "a\u{0}", &long] {
            assert!(checked_name(name).is_err(), "{name:?}");
        }
    }
}
