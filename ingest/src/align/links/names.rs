//! Names of a sentence pair by their sound.

use super::{evidence::Evidence, function_words, sounds};

/// What a name is worth whose pinyin is written out: Liang Zhiming.
const WRITTEN_OUT: f32 = 1.5;
/// How alike the sounds of a name must be.
const LEAST: f32 = 0.6;
/// From so many consonants on, two names do not sound alike by chance.
const TELLING: usize = 4;
/// The most words, and characters, of a name.
const LONGEST: (usize, usize) = (7, 8);
/// The most names of a sentence that are listened to.
const MOST: usize = 64;
/// The most characters of a word that may be of a name.
const LONGEST_WORD: usize = 6;

/// A Chinese word as it sounds.
struct Sound {
    /// The pinyin of its characters.
    pinyin: String,
    /// Its consonants.
    skeleton: Vec<char>,
    /// How many characters it has.
    characters: usize,
    /// It is a function word.
    loose: bool,
}

/// Weighs the Chinese words that sound like a capitalised English word of a sentence pair.
///
/// `known` tells for each English word whether it is in the dictionary; such a word is no name to be guessed at.
pub(crate) fn weigh(evidence: &mut Evidence<'_>, pair: usize, zh: &[&str], en: &[&str], known: &[bool]) {
    let Some(ids) = evidence.cells.en.sentences.get(pair) else { return };
    let known = |id: u32| known.get(id as usize).copied().unwrap_or(true);
    // A text without capitals has names all the same.
    let capitals = en.iter().any(|word| word.starts_with(char::is_uppercase));
    let named =
        |word: &str, id: u32| is_name(word) && (word.starts_with(char::is_uppercase) || !capitals && !known(id));
    let mut names = en.iter().zip(ids).enumerate().filter(|(_, (word, id))| named(word, **id)).take(MOST).peekable();
    if names.peek().is_none() {
        return;
    }
    let sounds: Vec<Option<Sound>> = zh.iter().map(|word| sound(word)).collect();
    for (at, (word, &id)) in names {
        let name = word.to_lowercase();
        if let Some((score, start, end)) = best(&sounds, &name, known(id)) {
            (start..end).for_each(|zh| evidence.raise_at(pair, zh, at, score));
        }
    }
}

fn is_name(word: &str) -> bool {
    let letters = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'');
    word.len() > 2 && word.starts_with(char::is_alphabetic) && word.chars().all(letters)
}

fn sound(word: &str) -> Option<Sound> {
    let characters = word.chars().count();
    let readings = if characters <= LONGEST_WORD { sounds::readings(word)? } else { return None };
    let skeleton = readings.iter().flat_map(|reading| sounds::skeleton(reading, true)).collect();
    Some(Sound { pinyin: readings.concat(), skeleton, characters, loose: function_words::is_loose_chinese(word) })
}

/// The run of words that sounds most like the name, with what that is worth.
fn best(sounds: &[Option<Sound>], name: &str, known: bool) -> Option<(f32, usize, usize)> {
    let letters: String = name.chars().filter(|c| c.is_alphabetic()).collect();
    let skeleton = sounds::skeleton(name, false);
    let telling = (skeleton.len().min(TELLING) as f32 / TELLING as f32).sqrt();
    let mut best: Option<(f32, usize, usize)> = None;
    for start in 0..sounds.len() {
        let (mut pinyin, mut heard, mut characters) = (String::new(), Vec::new(), 0);
        for end in start + 1..=(start + LONGEST.0).min(sounds.len()) {
            let Some(Some(sound)) = sounds.get(end - 1) else { break };
            characters += sound.characters;
            // A name does not begin with a particle.
            if characters > LONGEST.1 || end == start + 1 && sound.loose && characters == 1 {
                break;
            }
            pinyin.push_str(&sound.pinyin);
            heard.extend(&sound.skeleton);
            let score = if pinyin == letters {
                WRITTEN_OUT
            } else if !known && characters > 1 {
                telling * sounds::likeness(&heard, &skeleton)
            } else {
                0.0
            };
            if score >= LEAST && best.is_none_or(|(known, ..)| score > known) {
                best = Some((score, start, end));
            }
        }
    }
    best
}
