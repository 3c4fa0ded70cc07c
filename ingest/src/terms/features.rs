//! What speaks for a pair of runs as a term and its rendering, and how much.

use super::candidates::Shape;

/// What speaks for a pair and against it. What is a share or a mean over places is from 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Features {
    /// The Chinese run.
    pub(crate) shape: Shape,
    /// The mean fit of the places where the rendering won.
    pub(crate) fit: f32,
    /// The share of the Chinese run's places that it won.
    pub(crate) share: f32,
    /// Dice's coefficient of the two runs over beads.
    pub(crate) dice: f32,
    /// How much of the first Chinese word is linked into the English.
    pub(crate) zh_first: f32,
    /// Beside how many different words the Chinese run stands.
    pub(crate) variety: f32,
    /// The share of places where the Chinese run stands beside the same word; 0 for a single place.
    pub(crate) locked: f32,
    /// The English run, met in several beads, always stands beside the same word.
    pub(crate) en_locked: f32,
    /// The share of its places where a longer run stands that is met as such elsewhere: what C-value takes off
    /// (Frantzi, Ananiadou and Mima 2000).
    pub(crate) nested: f32,
    /// Ends of the English run that are bounded.
    pub(crate) en_bounded: f32,
    /// Places in lists.
    pub(crate) listed: f32,
    /// Places where the English stands at the head of a sentence.
    pub(crate) head: f32,
    /// Places where the English is a name cut in half.
    pub(crate) cut_name: f32,
    /// The English begins with the verb that the dictionary has for the first Chinese word.
    pub(crate) verb: f32,
    /// The English has an article in it that no preposition precedes.
    pub(crate) article: f32,
    /// The English has a preposition or a conjunction in it.
    pub(crate) en_inner: f32,
    /// The English has digits in it.
    pub(crate) en_digits: f32,
    /// The English begins or ends with an adverb.
    pub(crate) adverb: f32,
    /// By how much, in log-odds, a run that holds the Chinese one is the better term in the same places.
    pub(crate) longer: f32,
    /// By how much a run that overlaps it is.
    pub(crate) crossing: f32,
    /// By how much a run inside it is.
    pub(crate) shorter: f32,
    /// A run inside or around the Chinese one has the same rendering and is the better term.
    pub(crate) doubled: f32,
}

/// Log-odds of a pair of which nothing is known. Fitted to two lists of terms that a reader made exhaustively.
const BIAS: f32 = -6.3;

/// The weights of a logistic model. They are the rounded fit to three sets of texts together; a fit to any two of the
/// sets gives each of them within a few tenths, and ranks the third set's pairs nearly as well.
impl Features {
    /// The log-odds that the pair is a term and its rendering.
    pub(crate) fn log_odds(&self) -> f32 {
        BIAS + self.renders() + self.stands_alone() + self.is_chinese_term() + self.is_english_term() - self.rivals()
    }

    /// What tells of the two as renderings of each other.
    fn renders(&self) -> f32 {
        2.6 * self.fit + 1.2 * self.share + 1.6 * self.dice + 0.9 * self.zh_first
    }

    /// What tells of the runs as units: what they stand between.
    fn stands_alone(&self) -> f32 {
        0.9 * self.variety.log2() + 1.5 * self.locked
            - 0.7 * flag(self.locked > 0.99)
            - 0.8 * self.en_locked
            - 0.7 * self.nested
            + 0.9 * self.en_bounded
            + 0.7 * self.listed
            - 0.5 * self.head
            - 1.1 * self.cut_name
    }

    /// What tells of the Chinese run as a term, against the general language and against phrases.
    fn is_chinese_term(&self) -> f32 {
        let shape = &self.shape;
        let two = flag(shape.letters <= 2.0);
        1.7 * flag(shape.known)
            - 0.5 * flag(shape.phrase)
            - 0.23 * shape.common
            - 0.13 * two * shape.common
            - 1.3 * two
            - 0.14 * shape.rarest
            + 0.5 * flag(shape.single_first)
            - 1.0 * flag(shape.cut)
            - 0.4 * flag(shape.act_first)
            - 0.8 * flag(shape.verb_first)
            - 0.5 * flag(shape.verb_inside)
            - 0.4 * flag(shape.verb_last)
            - 0.6 * flag(shape.modifier_first)
            - 1.0 * flag(shape.modifier_last)
            - 1.2 * flag(shape.digits)
            - 0.9 * flag(shape.inner)
    }

    /// What tells of the English run as a noun phrase.
    fn is_english_term(&self) -> f32 {
        -0.5 * self.verb - 0.6 * self.article - 1.1 * self.adverb - 0.9 * self.en_inner - 0.9 * self.en_digits
    }

    /// What better terms in the same places take off.
    fn rivals(&self) -> f32 {
        0.6 * self.longer + 0.7 * self.crossing + 0.3 * self.shorter + 1.1 * self.doubled
    }
}

/// 1 for what holds.
pub(crate) fn flag(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}
