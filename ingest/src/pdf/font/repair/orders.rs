//! The orders in which fonts number the glyphs of their ideographs.

use std::sync::LazyLock;

use encoding_rs::Encoding;

use super::han;

/// Of the ideographs of a character set more are common than of those of Unicode, so that a common one tells less: by
/// the logarithm of 20,902 ideographs to the 3,755 of the common level.
const COMMONER: f64 = 2.48;

/// Characters in the order in which some fonts number them.
pub(super) struct Order {
    pub(super) chars: Vec<u32>,
    /// What each of them tells for a text, in bits; see [`han::evidence`].
    pub(super) evidence: Vec<f32>,
}

/// All orders that are known, that of Unicode first.
pub(super) fn all() -> &'static [Order] {
    &ORDERS
}

static ORDERS: LazyLock<Vec<Order>> = LazyLock::new(|| {
    let sets = [
        charset(encoding_rs::GBK, 0xb0..=0xf7, 0xa1),
        charset(encoding_rs::BIG5, 0xa4..=0xf9, 0x40),
        charset(encoding_rs::SHIFT_JIS, 0x88..=0xea, 0x40),
    ];
    let mut orders = vec![Order::new(han::HAN.collect(), 0.0), Order::new(han::HANGUL.collect(), 0.0)];
    for set in sets {
        let mut sorted = set.clone();
        sorted.sort_unstable();
        orders.extend([Order::new(set, COMMONER), Order::new(sorted, COMMONER)]);
    }
    orders
});

impl Order {
    fn new(chars: Vec<u32>, commoner: f64) -> Self {
        let evidence = chars.iter().map(|c| (han::evidence(*c) - commoner) as f32).collect();
        Self { chars, evidence }
    }

    pub(super) fn char(&self, at: i64) -> Option<char> {
        char::from_u32(*self.chars.get(usize::try_from(at).ok()?)?)
    }
}

/// The ideographs of a double-byte character set, in its order.
fn charset(encoding: &'static Encoding, leads: std::ops::RangeInclusive<u8>, first: u8) -> Vec<u32> {
    let mut chars = Vec::new();
    for (lead, trail) in leads.flat_map(|lead| (first..=0xfe_u8).map(move |trail| (lead, trail))) {
        let pair = [lead, trail];
        let (text, malformed) = encoding.decode_without_bom_handling(&pair);
        let mut text = text.chars();
        if let (Some(c @ '\u{4e00}'..='\u{9fff}'), None, false) = (text.next(), text.next(), malformed) {
            chars.push(c as u32);
        }
    }
    chars
}
