//! How a string is cut into character codes: code space ranges (PDF 32000-1, 9.7.6.2).

/// Codes of one length; each byte lies between those of `low` and `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct CodeSpace {
    length: usize,
    low: [u8; 4],
    high: [u8; 4],
}

impl CodeSpace {
    /// `None` when the bounds differ in length or are not of 1 to 4 bytes.
    pub(super) fn new(low: &[u8], high: &[u8]) -> Option<Self> {
        let length = low.len();
        if high.len() != length || !(1..=4).contains(&length) {
            return None;
        }
        let mut space = Self { length, low: [0; 4], high: [0; 4] };
        space.low.iter_mut().zip(low).for_each(|(to, from)| *to = *from);
        space.high.iter_mut().zip(high).for_each(|(to, from)| *to = *from);
        Some(space)
    }

    fn leads(&self, byte: u8) -> bool {
        (self.low[0]..=self.high[0]).contains(&byte)
    }

    fn holds(&self, bytes: &[u8]) -> bool {
        bytes.len() >= self.length
            && bytes
                .iter()
                .zip(self.low.iter().zip(self.high))
                .take(self.length)
                .all(|(byte, (low, high))| (*low..=high).contains(byte))
    }
}

/// All code spaces of a font, with the code length of each lead byte worked out beforehand.
#[derive(Debug)]
pub(super) struct CodeSpaces {
    spaces: Vec<CodeSpace>,
    /// 0 where the lead byte alone does not tell.
    by_lead: Box<[u8; 256]>,
}

impl CodeSpaces {
    pub(super) fn new(spaces: Vec<CodeSpace>) -> Self {
        let shortest = spaces.iter().map(|space| space.length).min().unwrap_or(1);
        let mut by_lead = Box::new([0; 256]);
        for (byte, length) in (0..=255).zip(by_lead.iter_mut()) {
            let mut lengths = spaces.iter().filter(|space| space.leads(byte)).map(|space| space.length);
            let first = lengths.next().unwrap_or(shortest);
            *length = if lengths.all(|other| other == first) { u8::try_from(first).unwrap_or(1) } else { 0 };
        }
        Self { spaces, by_lead }
    }

    /// These and further ones, which stand first.
    pub(super) fn with(self, further: Self) -> Self {
        // Code spaces without ranges are of one length, and leave room for no others.
        if self.spaces.is_empty() { further } else { Self::new([further.spaces, self.spaces].concat()) }
    }

    /// Codes of one byte each.
    pub(super) fn single() -> Self {
        Self { spaces: Vec::new(), by_lead: Box::new([1; 256]) }
    }

    /// Codes of two bytes each.
    pub(super) fn double() -> Self {
        Self { spaces: Vec::new(), by_lead: Box::new([2; 256]) }
    }

    /// The first code of `bytes` and its length in bytes (at least 1); `None` at the end.
    pub(super) fn next(&self, bytes: &[u8]) -> Option<(u32, usize)> {
        let lead = *bytes.first()?;
        let length = match self.by_lead.get(usize::from(lead)) {
            Some(0) | None => self.spaces.iter().find(|space| space.holds(bytes)).map_or(1, |space| space.length),
            Some(length) => usize::from(*length),
        };
        let code = bytes.iter().take(length).fold(0, |code, byte| code << 8 | u32::from(*byte));
        Some((code, length.min(bytes.len())))
    }
}

/// The code spaces of the predefined CMaps (PDF 32000-1, table 118, and Adobe's cmap-resources), by name without
/// the direction; `None` for a name that is not known.
pub(super) fn predefined(name: &str) -> Option<CodeSpaces> {
    let (_, spaces) = FAMILIES.iter().find(|(families, _)| families.split(' ').any(|family| family == name))?;
    let spaces = spaces.split(' ').filter_map(|space| {
        let (low, high) = space.split_once('-')?;
        CodeSpace::new(&bytes(low)?, &bytes(high)?)
    });
    Some(CodeSpaces::new(spaces.collect()))
}

/// Names of CMaps, and their code spaces. Where two lengths share lead bytes the longer stands first.
const FAMILIES: &[(&str, &str)] = &[
    ("GB-EUC", "00-80 a1a1-fefe"),
    ("GBpc-EUC", "00-80 fd-ff a1a1-fcfe"),
    ("GBK-EUC GBKp-EUC GBT-EUC", "00-80 8140-fefe"),
    ("GBK2K", "00-7f 81308130-fe39fe39 8140-fefe"),
    ("B5pc", "00-80 fd-ff a140-fcfe"),
    ("ETen-B5 ETenms-B5", "00-80 a140-fefe"),
    ("HKscs-B5", "00-80 8740-fefe"),
    ("CNS-EUC", "00-80 8ea1a1a1-8ea7fefe a1a1-fefe"),
    ("83pv-RKSJ 90pv-RKSJ", "00-80 a0-df fd-ff 8140-9ffc e040-fcfc"),
    ("90ms-RKSJ 90msp-RKSJ Add-RKSJ Ext-RKSJ", "00-80 a0-df 8140-9ffc e040-fcfc"),
    ("EUC", "00-80 8ea0-8edf a1a1-fefe"),
    (" GB GBT CNS1 CNS2 KSC Add Ext 78 NWP Hojo", "2121-7e7e"),
    ("78-EUC Hojo-EUC", "00-80 8ea0-8edf a1a1-fefe"),
    ("RKSJ 78-RKSJ 78ms-RKSJ", "00-80 a0-df 8140-9ffc e040-fcfc"),
    ("GBTpc-EUC", "00-80 fd-ff a1a1-fcfe"),
    ("ETHK-B5 HKdla-B5 HKdlb-B5 HKgccs-B5 HKm314-B5 HKm471-B5", "00-80 8140-fefe"),
    ("KSC-Johab", "00-80 8441-fefe"),
    ("KSC-EUC", "00-80 a1a1-fefe"),
    ("KSCms-UHC KSCms-UHC-HW", "00-80 8141-fefe"),
    ("KSCpc-EUC", "00-84 fe-ff a141-fdfe"),
    ("UniGB-UCS2 UniCNS-UCS2 UniJIS-UCS2 UniJIS-UCS2-HW UniJISPro-UCS2 UniJISPro-UCS2-HW UniKS-UCS2", "0000-ffff"),
    (
        "UniGB-UTF16 UniCNS-UTF16 UniJIS-UTF16 UniJIS2004-UTF16 UniJISX0213-UTF16 UniKS-UTF16",
        "d800dc00-dbffdfff 0000-d7ff e000-ffff",
    ),
    ("UniGB-UTF32 UniCNS-UTF32 UniJIS-UTF32 UniJIS2004-UTF32 UniJISX0213-UTF32 UniKS-UTF32", "00000000-0010ffff"),
    (
        "UniGB-UTF8 UniCNS-UTF8 UniJIS-UTF8 UniJIS2004-UTF8 UniKS-UTF8",
        "00-7f c080-dfbf e08080-efbfbf f0808080-f7bfbfbf",
    ),
];

fn bytes(hexadecimal: &str) -> Option<Vec<u8>> {
    let starts = (0..hexadecimal.len()).step_by(2);
    starts.map(|at| u8::from_str_radix(hexadecimal.get(at..at + 2)?, 16).ok()).collect()
}
