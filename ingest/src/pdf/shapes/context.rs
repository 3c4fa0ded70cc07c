//! Which of its candidates each shape is, by the texts that it occurs in: one choice for the whole file.

use super::candidates::Candidate;
use super::lines::Token;
use super::words::Words;

/// So many characters before and after an occurrence are looked at.
const REACH: usize = 4;
/// So many occurrences of a shape are looked at, spread over the file.
const MAX_OCCURRENCES: usize = 24;
/// Occurrences are no independent witnesses: the average of all counts as so many at most.
const WITNESSES: f32 = 6.0;
/// What the context counts for beside the looks: the words of a dictionary tell more than kinds of characters do.
const HAN_WEIGHT: f32 = 0.7;
const OTHER_WEIGHT: f32 = 0.3;
/// Candidates that look so much worse than the best, as a difference of logarithms, are not considered.
const HAN_DOUBT: f32 = 4.0;
const OTHER_DOUBT: f32 = 1.5;
/// What looks worse than this is no character that the reader knows.
const STRANGE: f32 = -6.5;
/// What it counts for how common a character is at all.
const PRIOR: f32 = 0.5;
/// Choices depend on each other; so many rounds settle them.
const ROUNDS: usize = 3;

/// What was chosen for a shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Choice {
    pub(super) char: char,
    /// Its probability beside the other candidates.
    pub(super) sure: f32,
}

/// Chooses for each shape; `None` for one without candidates.
pub(super) fn choose(candidates: &[Vec<Candidate>], tokens: &[Token]) -> Vec<Option<Choice>> {
    let mut choices: Vec<Option<Choice>> = candidates.iter().map(|list| first_choice(list)).collect();
    let occurrences = occurrences(candidates.len(), tokens);
    let doubtful: Vec<usize> = (0..candidates.len()).filter(|shape| is_doubtful(candidates, *shape)).collect();
    if doubtful.is_empty() {
        return choices;
    }
    let words = Words::load();
    for _ in 0..ROUNDS {
        let mut changed = false;
        for shape in &doubtful {
            let (Some(list), Some(places)) = (candidates.get(*shape), occurrences.get(*shape)) else { continue };
            let reading = Reading { tokens, choices: &choices, words: &words };
            let weight = if is_han(list) { HAN_WEIGHT } else { OTHER_WEIGHT };
            let better = best(list, |char| weight * reading.plausibility(*shape, places, char));
            if let Some(choice) = choices.get_mut(*shape) {
                changed |= choice.map(|choice| choice.char) != better.map(|choice| choice.char);
                *choice = better;
            }
        }
        if !changed {
            break;
        }
    }
    choices
}

fn first_choice(list: &[Candidate]) -> Option<Choice> {
    best(list, |_| 0.0)
}

fn is_doubtful(candidates: &[Vec<Candidate>], shape: usize) -> bool {
    match candidates.get(shape).map(Vec::as_slice) {
        Some(list @ [first, second, ..]) => second.looks > first.looks - doubt(list),
        _ => false,
    }
}

fn is_han(list: &[Candidate]) -> bool {
    list.first().is_some_and(|first| corpus::text::is_han(first.char))
}

fn doubt(list: &[Candidate]) -> f32 {
    if is_han(list) { HAN_DOUBT } else { OTHER_DOUBT }
}

/// The candidate with the best looks and context together.
fn best(list: &[Candidate], context: impl Fn(char) -> f32) -> Option<Choice> {
    let looks = list.first()?.looks;
    if looks < STRANGE {
        return None;
    }
    let considered = list.iter().filter(|candidate| candidate.looks > looks - doubt(list));
    let scored: Vec<(char, f32)> =
        considered.map(|candidate| (candidate.char, candidate.looks + context(candidate.char))).collect();
    let (char, most) = scored.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let all: f32 = scored.iter().map(|(_, score)| (score - most).exp()).sum();
    Some(Choice { char, sure: 1.0 / all.max(1.0) })
}

/// Where each shape occurs, as indices of tokens: some of them, evenly spread.
fn occurrences(shapes: usize, tokens: &[Token]) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new(); shapes];
    for (at, token) in tokens.iter().enumerate() {
        if let Token::Shape(shape) = token
            && let Some(places) = all.get_mut(*shape)
        {
            places.push(at);
        }
    }
    for places in &mut all {
        let step = places.len().div_ceil(MAX_OCCURRENCES).max(1);
        *places = places.iter().copied().step_by(step).collect();
    }
    all
}

/// The text as it reads by the present choices.
struct Reading<'a> {
    tokens: &'a [Token],
    choices: &'a [Option<Choice>],
    words: &'a Words,
}

impl Reading<'_> {
    /// How well a character fits where a shape occurs: how likely it is at all, and how much likelier the texts around
    /// it are for it. How common it is counts once, however often it occurs.
    fn plausibility(&self, shape: usize, places: &[usize], char: char) -> f32 {
        if places.is_empty() {
            return 0.0;
        }
        let common = self.words.plausibility(&[char]);
        let around = |at: &usize| self.words.plausibility(&self.around(shape, *at, char)) - common;
        let count = places.len() as f32;
        places.iter().map(around).sum::<f32>() / count * count.min(WITNESSES) + common * PRIOR
    }

    /// The characters around an occurrence up to the end of its line, with `char` wherever the shape stands.
    fn around(&self, shape: usize, at: usize, char: char) -> Vec<char> {
        let text = |token: &Token| match token {
            Token::Known(known) => Some(*known),
            Token::Shape(index) if *index == shape => Some(char),
            Token::Shape(index) => self.choices.get(*index).copied().flatten().map(|choice| choice.char),
            Token::Break => None,
        };
        let before = self.tokens.get(at.saturating_sub(REACH)..at).unwrap_or_default();
        let after = self.tokens.get(at..(at + REACH + 1).min(self.tokens.len())).unwrap_or_default();
        let mut chars: Vec<char> = before.iter().rev().map_while(text).collect();
        chars.reverse();
        chars.extend(after.iter().map_while(text));
        chars
    }
}
