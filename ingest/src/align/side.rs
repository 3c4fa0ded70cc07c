//! One side of a bitext as numbers: sentences of word ids, and how often each word occurs.

use std::collections::HashMap;

use super::beads::MOST;

/// Words of a sentence beyond this many are left out: no sentence has them, and the cost grows with their square.
const LONGEST: usize = 400;

/// One side of a bitext.
pub(crate) struct Side {
    /// Word ids of each sentence.
    pub(crate) sentences: Vec<Vec<u32>>,
    /// The word of each id.
    pub(crate) words: Vec<String>,
    /// The share of each word among all words of the side.
    pub(crate) share: Vec<f32>,
    /// The length of each sentence in letters, without spaces and punctuation.
    pub(crate) lengths: Vec<f32>,
    ids: HashMap<String, u32>,
    /// How many sentences before each boundary stand together, at most [`MOST`].
    rooms: Vec<usize>,
}

impl Side {
    /// Numbers the words of sentences in order of first mention; `texts` give the lengths.
    pub(crate) fn new(tokens: Vec<Vec<String>>, texts: &[&str]) -> Self {
        let mut ids: HashMap<String, u32> = HashMap::new();
        let mut words = Vec::new();
        let mut counts: Vec<u32> = Vec::new();
        let mut sentences = Vec::with_capacity(tokens.len());
        for sentence in tokens {
            let mut numbered = Vec::with_capacity(sentence.len());
            for word in sentence.into_iter().take(LONGEST) {
                let next = u32::try_from(words.len()).unwrap_or(u32::MAX);
                let id = *ids.entry(word.clone()).or_insert(next);
                if id == next {
                    words.push(word);
                    counts.push(0);
                }
                if let Some(count) = counts.get_mut(id as usize) {
                    *count += 1;
                }
                numbered.push(id);
            }
            sentences.push(numbered);
        }
        let total: u32 = counts.iter().sum();
        let share = counts.iter().map(|&count| count as f32 / total.max(1) as f32).collect();
        let lengths = texts.iter().map(|text| letters(text)).collect();
        let rooms = rooms(&(0..sentences.len()).collect::<Vec<_>>());
        Self { sentences, words, share, lengths, ids, rooms }
    }

    /// The id of a word.
    pub(crate) fn id(&self, word: &str) -> Option<u32> {
        self.ids.get(word).copied()
    }

    /// The same sentences, which are those at `indexes` of a longer list: no bead may reach across what that has more.
    pub(crate) fn apart(self, indexes: &[usize]) -> Self {
        Self { rooms: rooms(indexes), ..self }
    }

    /// How many sentences a bead that ends before sentence `end` may hold, at most [`MOST`].
    pub(crate) fn room(&self, end: usize) -> usize {
        self.rooms.get(end).copied().unwrap_or(0)
    }

    /// Some of the sentences, with the words of all. No bead may reach across what is left out.
    pub(crate) fn part(&self, sentences: &[usize]) -> Self {
        Self {
            sentences: sentences.iter().filter_map(|&at| self.sentences.get(at).cloned()).collect(),
            lengths: sentences.iter().filter_map(|&at| self.lengths.get(at).copied()).collect(),
            words: self.words.clone(),
            share: self.share.clone(),
            ids: HashMap::new(),
            rooms: rooms(sentences),
        }
    }

    /// How many sentences there are.
    pub(crate) fn len(&self) -> usize {
        self.sentences.len()
    }

    /// In how many sentences each word occurs.
    pub(crate) fn sentence_counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.words.len()];
        for sentence in &self.sentences {
            let mut seen = sentence.clone();
            seen.sort_unstable();
            seen.dedup();
            seen.into_iter().for_each(|word| counts[word as usize] += 1);
        }
        counts
    }
}

/// For each boundary how many of the indexes before it follow each other, at most [`MOST`].
fn rooms(indexes: &[usize]) -> Vec<usize> {
    let mut rooms = vec![0];
    for (at, index) in indexes.iter().enumerate() {
        let follows =
            at.checked_sub(1).and_then(|before| indexes.get(before)).is_some_and(|before| before + 1 == *index);
        let before = if follows { rooms.last().copied().unwrap_or(0) } else { 0 };
        rooms.push((before + 1).min(MOST));
    }
    rooms
}

fn letters(text: &str) -> f32 {
    text.chars().filter(|c| c.is_alphanumeric()).count() as f32
}
