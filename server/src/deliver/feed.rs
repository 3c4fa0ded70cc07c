//! Alerts as an Atom feed (RFC 4287).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use sha2::{Digest as _, Sha256};

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// A feed: of a watch, or of all.
#[derive(Clone, Debug)]
pub(crate) struct Feed<'a> {
    /// The identity of the data folder, by which no other feed has the same ids.
    pub(crate) identity: &'a str,
    /// The watch; `None` for all of them.
    pub(crate) watch: Option<i64>,
    /// The feed's title.
    pub(crate) title: &'a str,
    /// When the watch was made, RFC 3339: the feed is as old before its first alert.
    pub(crate) created: &'a str,
    /// Where the feed is.
    pub(crate) own_url: &'a str,
    /// Where a person sees the same.
    pub(crate) page_url: &'a str,
    /// The alerts, newest first.
    pub(crate) entries: Vec<Entry>,
}

/// An alert in a feed.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The number of the alert.
    pub(crate) alert: i64,
    /// The document's title.
    pub(crate) title: String,
    /// Where the document is, at the page.
    pub(crate) url: String,
    /// When the alert was made, RFC 3339. An alert never changes.
    pub(crate) created: String,
    /// The names of the watch and of what it met.
    pub(crate) categories: Vec<String>,
    /// Why there is an alert, in words.
    pub(crate) content: String,
}

impl Feed<'_> {
    /// When the feed was last changed: with its newest alert.
    pub(crate) fn updated(&self) -> &str {
        self.entries.iter().map(|entry| entry.created.as_str()).max().unwrap_or(self.created).max(self.created)
    }

    /// The feed as XML.
    ///
    /// # Errors
    /// Never, since it is written to memory; the type of the writer demands it.
    pub(crate) fn write(&self) -> std::io::Result<String> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        let mut feed = BytesStart::new("feed");
        feed.push_attribute(("xmlns", ATOM));
        writer.write_event(Event::Start(feed))?;
        let of = self.watch.map_or_else(|| "all".to_owned(), |watch| format!("watch {watch}"));
        element(&mut writer, "id", &urn(self.identity, &of))?;
        element(&mut writer, "title", self.title)?;
        element(&mut writer, "updated", self.updated())?;
        link(&mut writer, "self", "application/atom+xml", self.own_url)?;
        link(&mut writer, "alternate", "text/html", self.page_url)?;
        writer.write_event(Event::Start(BytesStart::new("author")))?;
        element(&mut writer, "name", "Policyglot")?;
        writer.write_event(Event::End(BytesEnd::new("author")))?;
        for entry in &self.entries {
            self.write_entry(&mut writer, entry)?;
        }
        writer.write_event(Event::End(BytesEnd::new("feed")))?;
        Ok(String::from_utf8_lossy(&writer.into_inner()).into_owned())
    }

    fn write_entry(&self, writer: &mut Writer<Vec<u8>>, entry: &Entry) -> std::io::Result<()> {
        writer.write_event(Event::Start(BytesStart::new("entry")))?;
        // The same in the watch's own feed and in that of all, so that readers of both see it once.
        element(writer, "id", &urn(self.identity, &format!("alert {}", entry.alert)))?;
        element(writer, "title", &entry.title)?;
        element(writer, "updated", &entry.created)?;
        element(writer, "published", &entry.created)?;
        link(writer, "alternate", "text/html", &entry.url)?;
        for category in &entry.categories {
            let mut element = BytesStart::new("category");
            element.push_attribute(("term", clean(category).as_str()));
            writer.write_event(Event::Empty(element))?;
        }
        let mut content = BytesStart::new("content");
        content.push_attribute(("type", "text"));
        writer.write_event(Event::Start(content))?;
        writer.write_event(Event::Text(BytesText::new(&clean(&entry.content))))?;
        writer.write_event(Event::End(BytesEnd::new("content")))?;
        writer.write_event(Event::End(BytesEnd::new("entry")))
    }
}

fn element(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> std::io::Result<()> {
    writer.write_event(Event::Start(BytesStart::new(name)))?;
    writer.write_event(Event::Text(BytesText::new(&clean(text))))?;
    writer.write_event(Event::End(BytesEnd::new(name)))
}

fn link(writer: &mut Writer<Vec<u8>>, relation: &str, kind: &str, url: &str) -> std::io::Result<()> {
    let mut link = BytesStart::new("link");
    for attribute in [("rel", relation), ("type", kind), ("href", &clean(url))] {
        link.push_attribute(attribute);
    }
    writer.write_event(Event::Empty(link))
}

/// Without the characters that XML 1.0 does not have, which text from PDFs may.
fn clean(text: &str) -> String {
    let is_allowed = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}') || matches!(c, '\t' | '\n');
    text.chars().filter(is_allowed).collect()
}

/// A name that never changes and that nobody else has: a UUID made of the hash of what is named, as RFC 9562 allows in
/// its version 8. The data folder's identity itself is not told.
fn urn(identity: &str, what: &str) -> String {
    let hash =
        Sha256::new().chain_update("feed").chain_update(identity).chain_update("/").chain_update(what).finalize();
    let bytes = hash.iter().take(16).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
    let versioned = (bytes & !(0xf << 76) & !(0b11 << 62)) | (8 << 76) | (0b10 << 62);
    let hex = format!("{versioned:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("urn:uuid:{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(alert: i64) -> Entry {
        Entry {
            alert,
            title: format!("关于<第{alert}号>灯塔 & 渔港的通知\u{0}\u{b}"),
            url: format!("http://127.0.0.1:8080/document/{alert}?a=1&b=2#page-3"),
            created: format!("2026-11-2{alert}T08:00:00Z"),
            categories: vec!["灯塔 \"OR\" lighthouse".to_owned()],
            content: "第 3 页：灯塔由渔港管理。]]>".to_owned(),
        }
    }

    fn feed(watch: Option<i64>, entries: Vec<Entry>) -> String {
        let feed = Feed {
            identity: "cafe",
            watch,
            title: "灯塔 · Policyglot",
            created: "2026-11-01T00:00:00Z",
            own_url: "http://127.0.0.1:8080/watch/7/feed.atom",
            page_url: "http://127.0.0.1:8080/alerts?watch=7",
            entries,
        };
        feed.write().unwrap()
    }

    fn read(xml: &str) -> feed_rs::model::Feed {
        feed_rs::parser::parse(xml.as_bytes()).unwrap()
    }

    #[test]
    fn a_feed_is_read_by_a_feed_parser() {
        let xml = feed(Some(7), vec![entry(2), entry(1)]);
        let read = read(&xml);
        assert_eq!(read.feed_type, feed_rs::model::FeedType::Atom);
        assert_eq!(read.title.unwrap().content, "灯塔 · Policyglot");
        assert_eq!(read.updated.unwrap().to_rfc3339(), "2026-11-22T08:00:00+00:00");
        let [first, second] = read.entries.as_slice() else { panic!("{xml}") };
        assert_eq!(first.title.as_ref().unwrap().content, "关于<第2号>灯塔 & 渔港的通知");
        assert_eq!(first.links.first().unwrap().href, "http://127.0.0.1:8080/document/2?a=1&b=2#page-3");
        assert_eq!(first.content.as_ref().unwrap().body.as_deref(), Some("第 3 页：灯塔由渔港管理。]]>"));
        assert_eq!(first.categories.first().unwrap().term, "灯塔 \"OR\" lighthouse");
        assert_ne!(first.id, second.id);
    }

    #[test]
    fn ids_never_change_and_are_the_same_in_every_feed() {
        let own = read(&feed(Some(7), vec![entry(1)]));
        let all = read(&feed(None, vec![entry(2), entry(1)]));
        assert_eq!(own.entries.first().unwrap().id, all.entries.get(1).unwrap().id);
        assert_ne!(own.id, all.id);
        assert_eq!(own.entries.first().unwrap().id, urn("cafe", "alert 1"));
        let id = urn("cafe", "alert 1");
        assert_ne!(id, urn("beef", "alert 1"));
        let form = is_uuid(&id);
        assert!(form, "{id}");
    }

    /// `urn:uuid:` and a UUID of version 8 in its only spelling.
    fn is_uuid(id: &str) -> bool {
        let Some(uuid) = id.strip_prefix("urn:uuid:") else { return false };
        let parts: Vec<&str> = uuid.split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        let version = parts.get(2).is_some_and(|part| part.starts_with('8'));
        let variant = parts.get(3).is_some_and(|part| part.starts_with(['8', '9', 'a', 'b']));
        lengths == [8, 4, 4, 4, 12] && version && variant
    }

    #[test]
    fn an_empty_feed_is_as_old_as_its_watch() {
        let read = read(&feed(Some(7), Vec::new()));
        assert!(read.entries.is_empty());
        assert_eq!(read.updated.unwrap().to_rfc3339(), "2026-11-01T00:00:00+00:00");
    }
}
