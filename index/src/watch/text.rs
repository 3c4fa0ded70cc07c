//! A document's text as one run of tokens, and where runs stand in it.

use std::borrow::Cow;
use std::ops::Range;

use super::WatchedDocument;
use super::compile::Prefix;
use super::vocabulary::{END, GAP, TokenId, Vocabulary};
use crate::analysis::{Analysis, Kind, analyse};

/// Stands for no place.
const NOWHERE: u32 = u32::MAX;

/// The title and the passages, ready to be asked for runs.
pub(super) struct DocumentText<'a> {
    /// The title, then the passages.
    passages: Vec<PassageText<'a>>,
    /// The runs of all passages, each with [`END`] behind it.
    run: Vec<TokenId>,
    /// For each part of the run, the number of its token in the passage.
    tokens: Vec<u32>,
    /// Where each token stands in the run.
    singles: Chains,
    /// Where each token stands with the one behind it.
    pairs: Chains,
}

/// Where things stand in a run, ascending, by buckets that others may share.
#[derive(Default)]
struct Chains {
    /// The first place of each bucket; the number of buckets is a power of two.
    first: Vec<u32>,
    /// For each place, the next of its bucket.
    next: Vec<u32>,
}

struct PassageText<'a> {
    text: Cow<'a, str>,
    analysis: Analysis,
    /// Where it begins in the run.
    start: usize,
    /// Where each sentence begins in `text`, with its index in the document; none for the title.
    sentences: Vec<(usize, usize)>,
}

/// A run of tokens in a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TokenPlace {
    passage: usize,
    tokens: Range<usize>,
}

/// A place in the text of a passage.
#[derive(Clone, Debug)]
pub(super) struct TextPlace {
    pub(super) passage: usize,
    /// Bytes of the passage's text.
    pub(super) range: Range<usize>,
}

impl<'a> DocumentText<'a> {
    pub(super) fn new(document: &WatchedDocument<'a>, vocabulary: &Vocabulary) -> Self {
        let characters = document.sentences.iter().map(|sentence| sentence.text.len() / 3);
        let guess = characters.fold(64, usize::saturating_add);
        let mut text = Self {
            passages: Vec::new(),
            run: Vec::with_capacity(guess),
            tokens: Vec::with_capacity(guess),
            singles: Chains::default(),
            pairs: Chains::default(),
        };
        text.push(document.facts.display_title().into(), Vec::new(), vocabulary);
        let sentences: Vec<_> = document.sentences.iter().enumerate().collect();
        for block in sentences.chunk_by(|(_, a), (_, b)| a.block == b.block) {
            let mut passage = String::new();
            let mut starts = Vec::with_capacity(block.len());
            for (index, sentence) in block {
                starts.push((passage.len(), *index));
                passage.push_str(sentence.text);
                passage.push(' ');
            }
            text.push(passage.into(), starts, vocabulary);
        }
        text.singles = Chains::new(text.run.len(), text.run.iter().map(|&id| u64::from(id)));
        text.pairs = Chains::new(text.run.len(), text.run.windows(2).map(|two| pair(two).unwrap_or_default()));
        text
    }

    fn push(&mut self, text: Cow<'a, str>, sentences: Vec<(usize, usize)>, vocabulary: &Vocabulary) {
        let analysis = analyse(&text);
        let start = self.run.len();
        vocabulary.read(&analysis, &mut self.run, &mut self.tokens);
        self.run.push(END);
        self.tokens.push(0);
        self.passages.push(PassageText { text, analysis, start, sentences });
    }

    pub(super) fn run(&self) -> &[TokenId] {
        &self.run
    }

    /// The passages from the first behind the title, with their numbers.
    pub(super) fn body(&self) -> impl Iterator<Item = (usize, &str)> {
        self.passages.iter().enumerate().skip(1).map(|(number, passage)| (number, passage.text.as_ref()))
    }

    /// The words as they are written, other than Chinese characters.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.passages.iter().flat_map(|passage| {
            let words = passage.analysis.tokens.iter().filter(|token| token.kind != Kind::Han);
            words.map(|token| passage.analysis.text(token))
        })
    }

    /// Where a run stands, ascending, by the place of its first token.
    pub(super) fn places<'t>(&'t self, run: &'t [TokenId]) -> impl Iterator<Item = usize> + 't {
        let (chains, key) = match (run, pair(run)) {
            (_, Some(pair)) => (&self.pairs, Some(pair)),
            (run, None) => (&self.singles, run.first().map(|&id| u64::from(id))),
        };
        let places = key.into_iter().flat_map(|key| chains.places(key));
        places.filter(|&at| self.run.get(at..).is_some_and(|rest| rest.starts_with(run)))
    }

    pub(super) fn first_place(&self, run: &[TokenId]) -> Option<TokenPlace> {
        self.places(run).next().and_then(|at| self.token_place(at, run.len()))
    }

    fn token_place(&self, at: usize, length: usize) -> Option<TokenPlace> {
        let passage = self.passage_at(at)?;
        let last = at.checked_add(length)?.checked_sub(1)?;
        let (first, last) = (*self.tokens.get(at)?, *self.tokens.get(last)?);
        Some(TokenPlace { passage, tokens: first as usize..last as usize + 1 })
    }

    fn passage_at(&self, at: usize) -> Option<usize> {
        self.passages.partition_point(|passage| passage.start <= at).checked_sub(1)
    }

    /// The first place where words stand as they are written, of which the last may go on.
    pub(super) fn first_prefix(&self, prefix: &Prefix) -> Option<TokenPlace> {
        let count = prefix.words.len();
        if prefix.run.is_empty() {
            let last = prefix.words.first()?;
            return self.passages.iter().enumerate().find_map(|(passage, text)| {
                let mut tokens = text.analysis.tokens.iter();
                let first = tokens.position(|token| text.analysis.text(token).starts_with(&**last))?;
                Some(TokenPlace { passage, tokens: first..first + 1 })
            });
        }
        self.places(&prefix.run).find_map(|at| {
            let passage = self.passage_at(at)?;
            let first = *self.tokens.get(at)? as usize;
            let behind = self.run.get(at + prefix.run.len()).copied();
            let whole = prefix.run.iter().filter(|&&id| id != GAP).count();
            let text = self.passages.get(passage)?;
            let tokens = first..first + count;
            let is_whole = whole == count || behind.is_some_and(|id| id != GAP && id != END);
            (is_whole && text.is_written(&tokens, &prefix.words)).then_some(TokenPlace { passage, tokens })
        })
    }

    /// A place of `left` and one of `right` in one passage with at most `distance` tokens between.
    pub(super) fn near(&self, left: &[TokenId], right: &[TokenId], distance: u32) -> Option<[TokenPlace; 2]> {
        let mut lefts = self.places(left).peekable();
        lefts.peek()?;
        let rights: Vec<usize> = self.places(right).collect();
        let mut passage = 0;
        let mut here: Vec<TokenPlace> = Vec::new();
        lefts.find_map(|at| {
            let left = self.token_place(at, left.len())?;
            if here.is_empty() || passage != left.passage {
                passage = left.passage;
                here = self.places_within(passage, &rights, right.len());
            }
            let analysis = &self.passages.get(passage)?.analysis;
            let right = analysis.near(&left.tokens, &here, |place| &place.tokens, distance)?.clone();
            Some([left, right])
        })
    }

    /// Those of the places of a run, ascending, that are in a passage.
    fn places_within(&self, passage: usize, places: &[usize], length: usize) -> Vec<TokenPlace> {
        let start = |passage: usize| self.passages.get(passage).map_or(self.run.len(), |passage| passage.start);
        let from = places.partition_point(|&at| at < start(passage));
        let to = places.partition_point(|&at| at < start(passage + 1));
        let places = places.get(from..to).unwrap_or_default().iter();
        places.filter_map(|&at| self.token_place(at, length)).collect()
    }

    /// Where tokens stand in the text.
    pub(super) fn text_place(&self, place: &TokenPlace) -> Option<TextPlace> {
        let range = self.passages.get(place.passage)?.analysis.original_range(place.tokens.clone())?;
        Some(TextPlace { passage: place.passage, range })
    }

    /// The text at a place, and its sentence.
    pub(super) fn shown(&self, place: &TextPlace) -> Option<(&str, Option<usize>)> {
        let passage = self.passages.get(place.passage)?;
        let after = passage.sentences.partition_point(|&(start, _)| start <= place.range.start);
        let sentence = after.checked_sub(1).and_then(|index| passage.sentences.get(index)).map(|&(_, index)| index);
        Some((passage.text.get(place.range.clone())?, sentence))
    }
}

impl PassageText<'_> {
    /// Whether the tokens are these words, the last of which may go on.
    fn is_written(&self, tokens: &Range<usize>, words: &[Box<str>]) -> bool {
        let Some(tokens) = self.analysis.tokens.get(tokens.clone()) else { return false };
        let Some((last, before)) = words.split_last() else { return false };
        let mut texts = tokens.iter().map(|token| self.analysis.text(token));
        let is_before = before.iter().all(|word| texts.next() == Some(&**word));
        is_before && texts.next().is_some_and(|text| text.starts_with(&**last))
    }
}

/// Two tokens as one key.
fn pair(run: &[TokenId]) -> Option<u64> {
    let (&first, &second) = (run.first()?, run.get(1)?);
    Some(u64::from(first) << 32 | u64::from(second))
}

impl Chains {
    /// Chains of what stands at each place of a run of `length` parts.
    fn new(length: usize, keys: impl DoubleEndedIterator<Item = u64> + ExactSizeIterator) -> Self {
        let buckets = length.saturating_mul(2).next_power_of_two();
        let mut chains = Self { first: vec![NOWHERE; buckets], next: vec![NOWHERE; length] };
        for (at, key) in keys.enumerate().rev() {
            let (bucket, next) = (chains.bucket(key), chains.next.get_mut(at));
            if let (Ok(place), Some(first), Some(next)) = (u32::try_from(at), chains.first.get_mut(bucket), next) {
                *next = std::mem::replace(first, place);
            }
        }
        chains
    }

    fn bucket(&self, key: u64) -> usize {
        let product = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (product >> 32) as usize & self.first.len().saturating_sub(1)
    }

    /// The places of the bucket of a key.
    fn places(&self, key: u64) -> impl Iterator<Item = usize> {
        let some = |&at: &u32| Some(at).filter(|&at| at != NOWHERE);
        let first = self.first.get(self.bucket(key)).and_then(some);
        let chain = std::iter::successors(first, move |&at| self.next.get(at as usize).and_then(some));
        chain.map(|at| at as usize)
    }
}
