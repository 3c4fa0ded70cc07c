//! Which part of the queue a page shows, as its address says.

use corpus::store::{QueueFilter, QueueOrder, Store};
use corpus::term::Tier;

use crate::Error;
use crate::terms::review::TIERS;
use crate::web::link;

/// A part of the queue.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct List {
    pub(super) order: QueueOrder,
    pub(super) tier: Option<Tier>,
    /// The least confidence, in hundredths.
    pub(super) least: u8,
    pub(super) document: Option<i64>,
    pub(super) bitext: Option<i64>,
    pub(super) text: String,
    /// The page, counted from 1.
    pub(super) page: usize,
}

impl List {
    /// What an address says; what cannot be read is left out.
    pub(super) fn of(query: &[(String, String)]) -> Self {
        let value = |name: &str| query.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value.trim());
        Self {
            order: if value("order") == "frequency" { QueueOrder::Frequency } else { QueueOrder::Confidence },
            tier: TIERS.into_iter().find(|tier| tier.name() == value("tier")),
            least: value("least").parse().unwrap_or(0).min(100),
            document: value("document").parse().ok(),
            bitext: value("bitext").parse().ok(),
            text: value("q").chars().take(super::super::MAX_QUERY).collect(),
            page: super::super::page_number(Some(value("page"))),
        }
    }

    /// The list whose query a form has carried along.
    pub(super) fn read(query: &str) -> Self {
        Self::of(&form_urlencoded::parse(query.as_bytes()).into_owned().collect::<Vec<_>>())
    }

    /// Its query, for a form to carry along.
    pub(super) fn query(&self) -> String {
        let address = self.address(&[]);
        address.split_once('?').map_or("", |(_, query)| query).to_owned()
    }

    /// Its address, with more behind.
    pub(super) fn address(&self, more: &[(&str, &str)]) -> String {
        let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
        let (document, bitext) = (number(self.document), number(self.bitext));
        let least = if self.least > 0 { self.least.to_string() } else { String::new() };
        let page = if self.page > 1 { self.page.to_string() } else { String::new() };
        let order = if self.order == QueueOrder::Frequency { "frequency" } else { "" };
        let mut query = vec![
            ("order", order),
            ("tier", self.tier.map_or("", Tier::name)),
            ("least", &least),
            ("document", &document),
            ("bitext", &bitext),
            ("q", &self.text),
            ("page", &page),
        ];
        query.extend(more);
        link::url("/review", &query)
    }

    /// Whether it leaves out anything that waits.
    pub(super) fn is_filtered(&self) -> bool {
        let all = Self { order: self.order, page: self.page, ..Self::default() };
        *self != all
    }

    /// What the store is asked for. What was seen in a bitext was seen in its Chinese side: a document has one bitext.
    pub(super) fn filter(&self, store: &Store) -> Result<QueueFilter, Error> {
        let side = match (self.document, self.bitext) {
            (Some(document), _) => Some(document),
            (None, Some(bitext)) => Some(store.bitext(bitext)?.map_or(0, |bitext| bitext.zh)),
            (None, None) => None,
        };
        Ok(QueueFilter {
            least_confidence: f32::from(self.least) / 100.0,
            tier: self.tier,
            document: side,
            text: Some(self.text.clone()).filter(|text| !text.is_empty()),
            order: self.order,
        })
    }
}
