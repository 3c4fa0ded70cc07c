//! Watches as a list that may be long: those that hold a text, a stretch at a time, and what came of each.

use rusqlite::params;

use super::rows::{WATCH, watch_row};
use crate::store::documents::{as_i64, as_usize};
use crate::store::{Error, Store};
use crate::watch::{DeliveryCounts, Watch};

/// Whether a watch holds a text (in ASCII lower case), or tracks one of some values (a JSON array).
const HOLDS: &str = "
    (?1 = '' OR instr(lower(watch.name), ?1) OR instr(lower(watch.note), ?1) OR instr(lower(watch.value), ?1)
     OR watch.value IN (SELECT given.value FROM json_each(?2) AS given)
     OR EXISTS (SELECT 1 FROM channel WHERE channel.watch = watch.id AND instr(lower(channel.target), ?1)))";

/// What came of a watch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WatchTally {
    /// How many alerts it has made.
    pub alerts: usize,
    /// How many of them nobody has seen.
    pub unseen: usize,
    /// When the newest was made, RFC 3339, UTC.
    pub newest: Option<String>,
    /// Its deliveries.
    pub deliveries: DeliveryCounts,
}

impl Store {
    /// The watches that hold a text in their name, note, value or addresses, ASCII case aside, or track one of `values`,
    /// newest first from the `offset`th on; all where the text is empty. Also how many there are.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find_watches(
        &self,
        text: &str,
        values: &[String],
        limit: usize,
        offset: usize,
    ) -> Result<(Vec<Watch>, usize), Error> {
        let (text, values) = (text.trim().to_ascii_lowercase(), serde_json::to_string(values)?);
        let mut count = self.connection.prepare_cached(&format!("SELECT count(*) FROM watch WHERE {HOLDS}"))?;
        let total = count.query_row(params![text, values], |row| row.get(0))?;
        let sql = format!("{WATCH} WHERE {HOLDS} ORDER BY watch.id DESC LIMIT ?3 OFFSET ?4");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![text, values, as_i64(limit), as_i64(offset)])?;
        let mut watches = Vec::new();
        while let Some(row) = rows.next()? {
            watches.push(watch_row(row)?);
        }
        Ok((watches, as_usize(total)))
    }

    /// What came of a watch.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn watch_tally(&self, watch: i64) -> Result<WatchTally, Error> {
        let counts = self.count_alerts(Some(watch))?;
        let sql = "SELECT max(created) FROM alert WHERE watch = ?1";
        let newest = self.connection.prepare_cached(sql)?.query_row([watch], |row| row.get(0))?;
        let deliveries = self.delivery_counts_of_watch(watch)?;
        Ok(WatchTally { alerts: counts.total, unseen: counts.unseen, newest, deliveries })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::{ChannelKind, Subject, WatchSettings};

    const NOW: &str = "2026-11-23T08:00:00Z";

    fn settings(name: &str, subject: Subject) -> WatchSettings {
        WatchSettings { name: name.to_owned(), ..subject.into() }
    }

    /// The names of the watches that are found, and how many there are.
    #[track_caller]
    fn check(store: &Store, text: &str, values: &[&str], page: (usize, usize), expected: (&[&str], usize)) {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        let (watches, total) = store.find_watches(text, &values, page.0, page.1).unwrap();
        let names: Vec<&str> = watches.iter().map(|watch| watch.name.as_str()).collect();
        assert_eq!((names.as_slice(), total), expected, "{text}");
    }

    #[test]
    fn watches_are_found_by_text_a_stretch_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path()).unwrap();
        store.add_watch(settings("Lamps", Subject::Query("灯塔".to_owned())), NOW).unwrap();
        store.add_watch(settings("Ministry", Subject::Issuer("MOW".to_owned())), NOW).unwrap();
        let mail = ChannelKind::Mail { address: "keeper@example.org".to_owned() };
        let mailed = settings("100% _sure", Subject::Query("rain".to_owned()));
        store.add_watch(WatchSettings { channels: vec![mail], ..mailed }, NOW).unwrap();

        check(&store, "", &[], (2, 0), (&["100% _sure", "Ministry"], 3));
        check(&store, "", &[], (2, 2), (&["Lamps"], 3));
        check(&store, "LAMP", &[], (9, 0), (&["Lamps"], 1));
        check(&store, "灯", &[], (9, 0), (&["Lamps"], 1));
        check(&store, "keeper@", &[], (9, 0), (&["100% _sure"], 1));
        check(&store, "%", &[], (9, 0), (&["100% _sure"], 1));
        check(&store, "天气部", &["MOW"], (9, 0), (&["Ministry"], 1));
        check(&store, "nothing", &[], (9, 0), (&[], 0));
        assert_eq!(store.watch_tally(1).unwrap(), WatchTally::default());
    }
}
