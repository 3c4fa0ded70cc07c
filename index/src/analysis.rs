//! How text becomes tokens: the one analysis at index, query, highlight and watch time.
//!
//! A token is a Chinese character, or a word of letters or of digits (`TC28` is two). Its position goes up by
//! [`STEP`] between tokens that a reader takes for one expression (`数 据`, `data-driven`, `GB/T 41867—2022`), and by
//! more where punctuation parts them. A text is met where its tokens are found at the same distances, which for Chinese
//! is the same as being a substring.
//!
//! [`Analysis::canonical`] writes the tokens as a string of which that is true literally: text A is met in text B
//! exactly when A's canonical string is a substring of B's.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use corpus::text::normalise::{Normalised, normalise};
use rust_stemmers::{Algorithm, Stemmer};

/// Words are cut at so many bytes, so that no run of letters makes a term too long for the index.
const LONGEST_WORD: usize = 64;

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// A text in normal form with its tokens.
pub(crate) struct Analysis {
    normalised: Normalised,
    /// In order of the text.
    pub(crate) tokens: Vec<Token>,
    /// For each [`PASSAGE_END`] in the text, how many tokens stand before it.
    pub(crate) breaks: Vec<usize>,
}

/// A Chinese character or a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// Bytes of the normal form.
    range: Range<usize>,
    /// From 0, in steps of [`STEP`] a token and more where punctuation parts.
    pub(crate) position: u32,
    /// No character stands between this token and the one before.
    glued: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A character of a script that is written without spaces.
    Han,
    /// Letters.
    Word,
    /// Digits.
    Number,
}

/// Which form of a word a canonical string holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum WordForm {
    /// The stem, so that `standards` meets `standard`.
    Stem,
    /// As written, so that prefixes can be met.
    Written,
}

/// Tokens written as a string, with the place of each.
pub(crate) struct Canonical {
    pub(crate) text: String,
    /// For each token, the byte where it begins.
    starts: Vec<usize>,
}

/// Stands between the passages of a document that are analysed as one text: nothing that is looked for reaches over it.
pub(crate) const PASSAGE_END: char = '\u{1E}';
/// How far apart the positions of tokens are that follow each other in one expression.
pub(crate) const STEP: u32 = 2;
/// How far apart those are that punctuation parts: no number of tokens takes as much, so that 数，据 is not met by 数的据.
pub(crate) const PARTED_STEP: u32 = 3;
/// How far apart those are that stand in different passages: as no tokens of one text are that follow each other.
pub(crate) const PASSAGE_STEP: u32 = 5;

/// Encloses a word, so that it is met whole.
const WORD_EDGE: char = '\u{1}';
/// Stands for punctuation between expressions.
const GAP: char = '\u{2}';

/// Analyses a text.
pub(crate) fn analyse(text: &str) -> Analysis {
    analyse_with(text, Tokeniser::default())
}

/// Analyses the passages of a document, with [`PASSAGE_END`] between them.
pub(crate) fn analyse_passages(text: &str) -> Analysis {
    analyse_with(text, Tokeniser { by_passages: true, ..Tokeniser::default() })
}

fn analyse_with(text: &str, tokeniser: Tokeniser) -> Analysis {
    let normalised = normalise(text);
    let Tokeniser { tokens, breaks, .. } = tokeniser.run(&normalised.text);
    Analysis { normalised, tokens, breaks }
}

/// Whether there is anything in a text that can be looked for.
pub(crate) fn has_tokens(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric) && !analyse(text).tokens.is_empty()
}

/// Whether a character belongs to a script that is written without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}'
        | '\u{3105}'..='\u{312F}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

#[cfg(any(test, feature = "promises"))]
impl Token {
    /// The bytes of the normal form that the token takes.
    pub(crate) fn normal_range(&self) -> Range<usize> {
        self.range.clone()
    }
}

impl Analysis {
    /// The token in normal form.
    pub(crate) fn text(&self, token: &Token) -> &str {
        self.normalised.text.get(token.range.clone()).unwrap_or_default()
    }

    /// The token's stem; Chinese characters and numbers as they are.
    pub(crate) fn stem(&self, token: &Token) -> Cow<'_, str> {
        let text = self.text(token);
        if token.kind == Kind::Word && text.is_ascii() { STEMMER.stem(text) } else { Cow::Borrowed(text) }
    }

    /// Whether the token at `index` and the next are Chinese characters side by side.
    pub(crate) fn is_pair(&self, index: usize) -> bool {
        match (self.tokens.get(index), self.tokens.get(index + 1)) {
            (Some(a), Some(b)) => a.kind == Kind::Han && b.kind == Kind::Han && b.position == a.position + STEP,
            _ => false,
        }
    }

    /// Whether the token at `index` is a Chinese character without another beside it.
    pub(crate) fn is_lone_han(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| token.kind == Kind::Han)
            && !self.is_pair(index)
            && !index.checked_sub(1).is_some_and(|before| self.is_pair(before))
    }

    /// The longer term that begins at the token at `index`: two characters when [`Analysis::is_pair`], or a word of
    /// letters and digits written together (`5g`).
    pub(crate) fn longer(&self, index: usize) -> Option<String> {
        let mut longer = String::new();
        self.push_longer(index, &mut longer).then_some(longer)
    }

    /// Writes what [`Analysis::longer`] gives, and says whether there is anything.
    pub(crate) fn push_longer(&self, index: usize, out: &mut String) -> bool {
        let (Some(first), Some(second)) = (self.tokens.get(index), self.tokens.get(index + 1)) else { return false };
        if self.is_pair(index) {
            out.push_str(self.text(first));
            out.push_str(self.text(second));
            return true;
        }
        let joined = self.joined(index).and_then(|range| self.normalised.text.get(range));
        out.push_str(joined.unwrap_or_default());
        joined.is_some()
    }

    /// Whether a word of letters and digits written together begins at the token at `index`.
    pub(crate) fn has_joined(&self, index: usize) -> bool {
        self.joined(index).is_some()
    }

    fn joined(&self, index: usize) -> Option<Range<usize>> {
        let (first, second) = (self.tokens.get(index)?, self.tokens.get(index + 1)?);
        if !second.glued || first.kind == Kind::Han || second.kind == Kind::Han {
            return None;
        }
        let begins = !(first.glued && self.is_word(index.wrapping_sub(1)));
        let rest = self.tokens.get(index + 1..)?;
        let last = rest.iter().take_while(|token| token.glued && token.kind != Kind::Han).last()?;
        let range = first.range.start..last.range.end;
        (begins && range.len() <= LONGEST_WORD).then_some(range)
    }

    /// How many positions the text takes.
    pub(crate) fn span(&self) -> u32 {
        match (self.tokens.first(), self.tokens.last()) {
            (Some(first), Some(last)) => last.position - first.position + STEP,
            _ => 0,
        }
    }

    /// The run among `others`, ascending and of one length, that stands nearest after `run`, or else nearest before,
    /// with at most `distance` tokens between and no token in common.
    pub(crate) fn near<'o, T>(
        &self,
        run: &Range<usize>,
        others: &'o [T],
        tokens: impl Fn(&T) -> &Range<usize>,
        distance: u32,
    ) -> Option<&'o T> {
        let reach = distance.saturating_mul(STEP);
        let begin = |run: &Range<usize>| self.tokens.get(run.start).map_or(0, |token| token.position);
        let end =
            |run: &Range<usize>| self.tokens.get(run.end.wrapping_sub(1)).map_or(0, |token| token.position + STEP);
        let after = others.get(others.partition_point(|other| tokens(other).start < run.end));
        let before = others.partition_point(|other| tokens(other).end <= run.start).checked_sub(1);
        let before = before.and_then(|index| others.get(index));
        after
            .filter(|other| begin(tokens(other)).saturating_sub(end(run)) <= reach)
            .or_else(|| before.filter(|other| begin(run).saturating_sub(end(tokens(other))) <= reach))
    }

    fn is_word(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| token.kind != Kind::Han)
    }

    /// The bytes of the original that a run of tokens came from.
    pub(crate) fn original_range(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        let run = self.tokens.get(tokens)?;
        Some(self.normalised.original_range(run.first()?.range.start..run.last()?.range.end))
    }

    /// The tokens as a string in which meeting is being a substring.
    pub(crate) fn canonical(&self, form: WordForm) -> Canonical {
        let mut canonical = Canonical {
            text: String::with_capacity(self.normalised.text.len()),
            starts: Vec::with_capacity(self.tokens.len()),
        };
        let mut expected = self.tokens.first().map_or(0, |token| token.position);
        for token in &self.tokens {
            if token.position != expected {
                canonical.text.push(GAP);
            }
            expected = token.position.saturating_add(STEP);
            canonical.starts.push(canonical.text.len());
            if token.kind == Kind::Han {
                canonical.text.push_str(self.text(token));
                continue;
            }
            canonical.text.push(WORD_EDGE);
            match form {
                WordForm::Stem => canonical.text.push_str(&self.stem(token)),
                WordForm::Written => canonical.text.push_str(self.text(token)),
            }
            canonical.text.push(WORD_EDGE);
        }
        canonical
    }
}

impl Canonical {
    /// The tokens that a byte range of the canonical string covers.
    pub(crate) fn tokens(&self, bytes: Range<usize>) -> Range<usize> {
        let first = self.starts.partition_point(|&start| start <= bytes.start).saturating_sub(1);
        first..self.starts.partition_point(|&start| start < bytes.end)
    }

    /// The string without the edge of its last word, so that it is met by words that begin so.
    pub(crate) fn into_prefix(mut self) -> String {
        if self.text.ends_with(WORD_EDGE) {
            self.text.pop();
        }
        self.text
    }
}

/// What stands between two tokens.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Between {
    space: bool,
    /// Hyphens and slashes.
    joiner: bool,
    /// Full stops, commas and colons.
    stop: bool,
    passage: bool,
    other: bool,
}

#[derive(Default)]
struct Tokeniser {
    tokens: Vec<Token>,
    breaks: Vec<usize>,
    /// Whether [`PASSAGE_END`] has its meaning; elsewhere it is punctuation like any other.
    by_passages: bool,
    between: Between,
}

impl Tokeniser {
    fn run(mut self, text: &str) -> Self {
        let mut chars = text.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            let Some(kind) = kind_of(c) else {
                if c == PASSAGE_END && self.by_passages {
                    self.breaks.push(self.tokens.len());
                    self.between.passage = true;
                }
                self.between.add(c);
                continue;
            };
            let mut end = start + c.len_utf8();
            while let Some(&(at, next)) = chars.peek() {
                let belongs = if kind_of(next) == Some(kind) {
                    next.len_utf8()
                } else if let Some(length) = inner_apostrophe(kind, text, at, next) {
                    length
                } else {
                    break;
                };
                if kind == Kind::Han || end - start + belongs > LONGEST_WORD {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
            self.push(kind, start..end);
        }
        self
    }

    fn push(&mut self, kind: Kind, range: Range<usize>) {
        let between = std::mem::take(&mut self.between);
        let (position, glued) = match self.tokens.last() {
            None => (0, false),
            Some(last) => {
                let step = match between {
                    Between { passage: true, .. } => PASSAGE_STEP,
                    between if between.parts(last.kind, kind) => PARTED_STEP,
                    _ => STEP,
                };
                (last.position.saturating_add(step), between == Between::default())
            }
        };
        self.tokens.push(Token { kind, range, position, glued });
    }
}

impl Between {
    fn add(&mut self, c: char) {
        match c {
            c if c.is_whitespace() => self.space = true,
            '-' | '/' | '_' | '\'' | '·' | '&' | '\u{2044}' => self.joiner = true,
            '.' | ',' | ':' => self.stop = true,
            _ => self.other = true,
        }
    }

    /// Whether tokens with this between them are not one expression.
    fn parts(self, before: Kind, after: Kind) -> bool {
        match (before, after) {
            (Kind::Han, Kind::Han) => self.joiner || self.stop || self.other,
            (Kind::Han, _) | (_, Kind::Han) => self.stop || self.other,
            _ => self.other || (self.stop && self.space),
        }
    }
}

fn kind_of(c: char) -> Option<Kind> {
    if c.is_ascii() {
        return match c {
            'a'..='z' | 'A'..='Z' => Some(Kind::Word),
            '0'..='9' => Some(Kind::Number),
            _ => None,
        };
    }
    if is_unspaced(c) {
        Some(Kind::Han)
    } else if c.is_numeric() {
        Some(Kind::Number)
    } else if c.is_alphabetic() {
        Some(Kind::Word)
    } else {
        None
    }
}

/// The apostrophe of `China's` belongs to the word: the stemmer takes it off. How many bytes it takes with the letter
/// after it, without which it would not belong.
fn inner_apostrophe(kind: Kind, text: &str, at: usize, c: char) -> Option<usize> {
    let after = text.get(at..).filter(|_| kind == Kind::Word && c == '\'')?.chars().nth(1)?;
    (kind_of(after) == Some(Kind::Word)).then(|| c.len_utf8() + after.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, tokens: &str) {
        let analysis = analyse(text);
        let canonical = analysis.canonical(WordForm::Stem).text;
        assert_eq!(canonical.replace("\u{1}\u{1}", " ").replace('\u{1}', " ").replace(GAP, "|").trim(), tokens);
    }

    #[test]
    fn chinese_is_characters_and_punctuation_parts_them() {
        check("數據 要素，市场", "数据要素|市场");
        check("人工智能(AI)标准", "人工智能| ai |标准");
    }

    #[test]
    fn words_are_stemmed_and_hyphens_join() {
        check("Data-driven standards. Next", "data driven standard | next");
        check("China’s U.S. policy", "china u s | polici");
    }

    #[test]
    fn a_word_is_not_cut_behind_an_apostrophe() {
        let letters = "o".repeat(LONGEST_WORD - 1);
        check(&format!("{letters}'neil"), &format!("{letters} neil"));
    }

    #[test]
    fn identifiers_come_apart() {
        check("GB/T 41867—2022", "gb t 41867 2022");
        check("TC28/SC42", "tc 28 sc 42");
        check("工信部联科〔2024〕113号", "工信部联科| 2024 | 113 号");
        check("GB/T 1.1—2020", "gb t 1 1 2020");
    }

    #[test]
    fn letters_and_digits_written_together_have_a_joined_form() {
        let analysis = analyse("在 5G、B2B 和 SC 42");
        let joined: Vec<_> = (0..analysis.tokens.len()).filter_map(|index| analysis.longer(index)).collect();
        assert_eq!(joined, ["5g", "b2b"]);
    }

    #[test]
    fn tokens_know_their_bytes() {
        let text = "發展㍿標準";
        let analysis = analyse(text);
        let canonical = analysis.canonical(WordForm::Stem);
        let at = canonical.text.find("会社").expect("the ligature is taken apart");
        let range = analysis.original_range(canonical.tokens(at..at + "会社".len())).expect("in range");
        assert_eq!(&text[range], "㍿");
    }
}
