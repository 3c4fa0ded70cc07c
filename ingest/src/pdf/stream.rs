//! Decoding of streams within a budget, keeping what a broken stream gives before it breaks.

use std::cell::Cell;
use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use lopdf::{Dictionary, Object, Stream};

use super::objects::{Objects, as_dict};

/// No one stream of a document about policy is larger than this once decoded.
const MAX_STREAM: usize = 192 << 20;
/// What all streams of a file together may decode to.
const MAX_TOTAL: usize = 1 << 30;
/// A stream names at most so many filters.
const MAX_FILTERS: usize = 8;

/// Font programs that are read of one file: each takes some milliseconds, however small it is.
const MAX_PROGRAMS: usize = 512;

/// How many bytes may still be decoded from this file, and how many font programs read.
pub(super) struct Budget {
    left: Cell<usize>,
    programs: Cell<usize>,
    exceeded: Cell<bool>,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { left: Cell::new(MAX_TOTAL), programs: Cell::new(MAX_PROGRAMS), exceeded: Cell::new(false) }
    }

    /// Whether some stream was cut because it was too large.
    pub(super) fn exceeded(&self) -> bool {
        self.exceeded.get()
    }

    /// Whether one more font program may be read.
    pub(super) fn take_program(&self) -> bool {
        let left = self.programs.get();
        self.programs.set(left.saturating_sub(1));
        left > 0
    }

    fn limit(&self) -> usize {
        self.left.get().min(MAX_STREAM)
    }

    fn take(&self, decoded: &mut Vec<u8>) {
        let limit = self.limit();
        if decoded.len() > limit {
            decoded.truncate(limit);
            self.exceeded.set(true);
        }
        self.left.set(self.left.get().saturating_sub(decoded.len()));
    }
}

/// The decoded bytes of a stream; empty for an image format or a filter that is not known.
pub(super) fn decode<'a>(objects: Objects<'a>, stream: &'a Stream, budget: &Budget) -> Vec<u8> {
    let filters = list(objects, &stream.dict, [b"Filter", b"F"]);
    if filters.is_empty() {
        let mut bytes = stream.content.clone();
        budget.take(&mut bytes);
        return bytes;
    }
    let parameters = list(objects, &stream.dict, [b"DecodeParms", b"DP"]);
    let mut bytes: Option<Vec<u8>> = None;
    for (index, filter) in filters.iter().take(MAX_FILTERS).enumerate() {
        let Ok(name) = filter.as_name() else { return Vec::new() };
        let input = bytes.as_deref().unwrap_or(&stream.content);
        let parameters = parameters.get(index).and_then(|object| as_dict(object));
        let mut output = match name {
            b"FlateDecode" | b"Fl" if !predicted(parameters) => inflate(input, budget.limit()),
            b"Crypt" => input.to_vec(),
            _ => filtered(name, input, parameters, budget.limit()),
        };
        budget.take(&mut output);
        bytes = Some(output);
    }
    bytes.unwrap_or_default()
}

/// The entry as a list of resolved objects; a lone object is a list of one.
fn list<'a>(objects: Objects<'a>, dict: &'a Dictionary, keys: [&[u8]; 2]) -> Vec<&'a Object> {
    match keys.iter().find_map(|key| objects.get(dict, key)) {
        Some(Object::Array(array)) => array.iter().map(|object| objects.resolve(object)).collect(),
        Some(object) => vec![object],
        None => Vec::new(),
    }
}

fn predicted(parameters: Option<&Dictionary>) -> bool {
    parameters.is_some_and(|dict| !matches!(dict.get(b"Predictor"), Err(_) | Ok(Object::Integer(1))))
}

/// Inflates up to one byte more than `limit`, so that the caller sees that it was exceeded.
fn inflate(input: &[u8], limit: usize) -> Vec<u8> {
    let capped = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut output = Vec::with_capacity(input.len().saturating_mul(4).min(limit));
    // What was decoded before an error stays in `output`.
    let complete = ZlibDecoder::new(input).take(capped).read_to_end(&mut output).is_ok();
    if complete || !output.is_empty() {
        return output;
    }
    // The two bytes of the zlib header may be damaged, missing, or preceded by a stray line end.
    for skip in [2, 0, 3, 4] {
        let Some(rest) = input.get(skip..) else { continue };
        let mut raw = Vec::new();
        let _ = DeflateDecoder::new(rest).take(capped).read_to_end(&mut raw);
        if raw.len() > output.len() {
            output = raw;
        }
    }
    output
}

/// The rarer filters, by lopdf.
fn filtered(name: &[u8], input: &[u8], parameters: Option<&Dictionary>, limit: usize) -> Vec<u8> {
    let name: &[u8] = match name {
        b"Fl" => b"FlateDecode",
        b"LZW" => b"LZWDecode",
        b"A85" => b"ASCII85Decode",
        b"AHx" => b"ASCIIHexDecode",
        b"RL" => b"RunLengthDecode",
        name => name,
    };
    let mut dict = Dictionary::new();
    dict.set("Filter", Object::Name(name.to_vec()));
    if let Some(parameters) = parameters {
        dict.set("DecodeParms", Object::Dictionary(parameters.clone()));
    }
    Stream::new(dict, input.to_vec()).decompressed_content_with_limit(limit).unwrap_or_default()
}
