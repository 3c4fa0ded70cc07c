//! What an engine saw on a picture, as lines of a page.
//!
//! Words are put on rows and rows in reading order (`rows`); a row becomes a line of text with spaces and
//! punctuation as they are in text that a file brings itself (`spelling`).

mod rows;
mod spelling;
#[cfg(test)]
mod tests;

use corpus::document::{Line, Page, PageSource, Rect, Word};

use super::Seen;
use rows::{Row, Strip};
use spelling::is_han;

/// Words below this confidence are left out when they have neither a letter nor a digit, or stand alone.
const NOISE: f32 = 0.35;
/// Lines below this confidence are left out when they are no longer than a few characters.
const SHORT: usize = 3;
/// The size of a line that differs by no more than this part from the size of most of the page's text is the same.
const SAME_SIZE: f32 = 0.15;

/// A word on the page, in points.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) text: String,
    pub(super) bbox: Rect,
    pub(super) confidence: f32,
}

/// The page that an engine saw.
///
/// `width` and `height` are the page's as displayed, in points; `picture` is its width and height in pixels. Words
/// outside the picture, and those that are plainly specks or remnants of a watermark, are left out.
pub fn page(number: u32, width: f32, height: f32, picture: (u32, u32), seen: &[Seen], engine: &str) -> Page {
    let scale = (width / picture.0.max(1) as f32, height / picture.1.max(1) as f32);
    let rows = rows::rows(strips(seen, scale, (width, height)));
    let mut lines: Vec<Line> = rows.iter().filter_map(line).collect();
    even_sizes(&mut lines);
    let confidence = mean_confidence(lines.iter().flat_map(|line| &line.words));
    Page { number, width, height, lines, source: PageSource::Ocr { engine: engine.to_owned(), confidence } }
}

/// The words of one line of the engine's, for each line.
fn strips(seen: &[Seen], scale: (f32, f32), page: (f32, f32)) -> Vec<Strip> {
    let mut numbered: Vec<(u32, Placed)> =
        seen.iter().filter_map(|seen| Some((seen.line, placed(seen, scale, page)?))).collect();
    numbered.sort_by_key(|(line, _)| *line);
    let strips = numbered.chunk_by(|a, b| a.0 == b.0).filter_map(|words| {
        let words: Vec<Placed> = words.iter().map(|(_, word)| word.clone()).collect();
        Strip::new(words)
    });
    strips.filter(|strip| !is_noise(strip)).collect()
}

/// The word in points; `None` when it has no text or no place on the page, or is no word.
fn placed(seen: &Seen, scale: (f32, f32), page: (f32, f32)) -> Option<Placed> {
    let text: String = seen.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let [x0, y0, x1, y1] = seen.bbox;
    let bbox = Rect {
        x0: (x0 * scale.0).clamp(0.0, page.0),
        y0: (y0 * scale.1).clamp(0.0, page.1),
        x1: (x1 * scale.0).clamp(0.0, page.0),
        y1: (y1 * scale.1).clamp(0.0, page.1),
    };
    let confidence = if seen.confidence.is_finite() { seen.confidence.clamp(0.0, 1.0) } else { 0.0 };
    let says_something = text.chars().any(char::is_alphanumeric) || confidence >= NOISE;
    // Comparisons with what is not a number fail, too.
    let stands = bbox.x1 > bbox.x0 && bbox.y1 > bbox.y0;
    (!text.is_empty() && says_something && stands).then_some(Placed { text, bbox, confidence })
}

/// Whether a line is a few characters that the engine is not sure of: specks, remnants of a watermark, the edge of the
/// sheet.
fn is_noise(strip: &Strip) -> bool {
    let characters: usize = strip.words.iter().map(|word| word.text.chars().count()).sum();
    let has_letters = strip.words.iter().any(|word| word.text.chars().any(char::is_alphanumeric));
    !has_letters || (characters <= SHORT && strip.confidence() < NOISE)
}

fn mean_confidence<'a>(words: impl Iterator<Item = &'a Word>) -> f32 {
    let (mut sum, mut length) = (0.0, 0.0);
    for word in words {
        let bytes = (word.end - word.start) as f32;
        sum += word.confidence * bytes;
        length += bytes;
    }
    if length > 0.0 { sum / length } else { 0.0 }
}

/// The text of a row with its words.
fn line(row: &Row) -> Option<Line> {
    let bbox = row.words.iter().map(|word| word.bbox).reduce(Rect::union)?;
    let spelled = spelling::spelled(&row.words, row.size);
    let ends = spelled.ends.iter().map(|end| (end - bbox.x0).max(0.0)).collect();
    let text = spelled.text;
    let (raised, cells) = (Vec::new(), Vec::new());
    let read = Line { text, bbox, size: row.size, bold: false, ends, raised, cells, words: spelled.words };
    (!read.text.is_empty()).then_some(read)
}

/// Measures of single lines scatter; those that are near the size of most of the text take it on.
fn even_sizes(lines: &mut [Line]) {
    let mut sizes: Vec<(f32, usize)> = lines.iter().map(|line| (line.size, line.text.chars().count())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, characters)| characters).sum::<usize>() / 2;
    let mut passed = 0;
    let body = sizes.iter().find(|(_, characters)| {
        passed += characters;
        passed > half
    });
    let Some((body, _)) = body.copied() else { return };
    for line in lines.iter_mut().filter(|line| (line.size - body).abs() <= SAME_SIZE * body) {
        line.size = body;
    }
}

/// The size of type of words on one line, in points: the pitch of Han characters, which is an em, else what the height
/// of Latin words tells.
pub(super) fn size(words: &[Placed]) -> f32 {
    let is_han_word = |word: &Placed| word.text.chars().all(is_han);
    let count = |word: &Placed| word.text.chars().count().max(1) as f32;
    let pitches = words.windows(2).filter_map(|pair| match pair {
        [word, next] if is_han_word(word) && is_han_word(next) => {
            let pitch = (next.bbox.x0 - word.bbox.x0) / count(word);
            (pitch < 1.4 * word.bbox.height().max(next.bbox.height())).then_some(pitch)
        }
        _ => None,
    });
    // The box of a word ends where its ink does: the bearings of its outer characters are missing.
    let widths = words.iter().filter(|word| is_han_word(word)).map(|word| word.bbox.width() / (count(word) - 0.1));
    let heights =
        words.iter().filter(|word| !is_han_word(word)).map(|word| word.bbox.height() / latin_height(&word.text));
    let size = median(pitches).or_else(|| median(widths)).or_else(|| median(heights));
    size.unwrap_or(10.0).max(1.0)
}

fn median(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

/// How high the ink of a Latin word is, in em.
fn latin_height(word: &str) -> f32 {
    let has = |letters: &str| word.chars().any(|c| letters.contains(c));
    let above = word.chars().any(|c| c.is_ascii_uppercase() || c.is_ascii_digit()) || has("bdfhklt()/[]");
    let below = has("gjpqy()/[],;");
    match (above, below) {
        (true, true) => 0.9,
        (true, false) => 0.7,
        (false, true) => 0.68,
        (false, false) => 0.5,
    }
}
