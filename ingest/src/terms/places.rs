//! Where a Chinese run was met, and the English runs that may render it there.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{
    candidates::Shape,
    keys::Key,
    spans::Ends,
    words::{Role, Word},
};

/// A Chinese run with all its places.
pub(crate) struct Run<'a> {
    pub(crate) shape: Shape,
    pub(crate) places: Vec<Place<'a>>,
}

/// One place of a Chinese run.
pub(crate) struct Place<'a> {
    /// The bead.
    pub(crate) bead: usize,
    /// The words of the bead's Chinese side.
    pub(crate) words: Range<usize>,
    /// The Chinese sentence.
    pub(crate) sentence: usize,
    /// What it stands between.
    pub(crate) edges: Edges,
    /// The words beside it, where they may belong to a term.
    pub(crate) neighbours: (Option<u32>, Option<u32>),
    /// The English runs, best first.
    pub(crate) options: Vec<Choice<'a>>,
}

/// An English run that may render a Chinese one.
pub(crate) struct Choice<'a> {
    /// The run as written.
    pub(crate) en: &'a str,
    /// Its stems.
    pub(crate) key: Key,
    /// The English sentence.
    pub(crate) sentence: usize,
    /// How well it renders the Chinese, at most 1.
    pub(crate) fit: f32,
    /// What it stands between.
    pub(crate) edges: Edges,
    /// It stands at the head of a sentence or of a heading.
    pub(crate) first: bool,
    /// It begins with the verb that the dictionary gives for the Chinese run's first word.
    pub(crate) verb: bool,
    /// Its sentence is a title: all its content words are capitals.
    pub(crate) titled: bool,
    /// How much of the first and last words of both runs is linked into the other.
    pub(crate) ends: Ends,
    /// It is a part of a name.
    pub(crate) cut_name: bool,
}

/// What the two ends of a run stand beside.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Edges {
    /// Before it: a mark, a particle, an article, or nothing.
    pub(crate) left: bool,
    /// After it, likewise.
    pub(crate) right: bool,
    /// Before it: a conjunction or a preposition, which longer terms may hold.
    pub(crate) left_inner: bool,
    /// After it, likewise.
    pub(crate) right_inner: bool,
    /// Before or after it: a mark or a conjunction that stands between the items of a list.
    pub(crate) listed: bool,
}

impl Edges {
    pub(crate) fn of(words: &[Word], run: &Range<usize>) -> Self {
        let role = |at: Option<usize>| {
            let word = at.and_then(|at| words.get(at)).filter(|word| word.sentence == words[run.start].sentence);
            let article = word.is_some_and(|word| ["the", "a", "an"].contains(&word.text.to_lowercase().as_str()));
            word.map_or(Role::Outside, |word| if article { Role::Outside } else { word.role })
        };
        let (left, right) = (role(run.start.checked_sub(1)), role(Some(run.end)));
        let text = |at: Option<usize>| {
            let word = at.and_then(|at| words.get(at)).filter(|word| word.sentence == words[run.start].sentence);
            word.map_or("", |word| word.text.as_str())
        };
        let beside = (text(run.start.checked_sub(1)), text(Some(run.end)));
        let list = |mark: &str| matches!(mark, "、" | "和" | "与" | "及" | "," | "and");
        let bound = |role| matches!(role, Role::Outside | Role::Number);
        Self {
            left: bound(left),
            right: bound(right),
            left_inner: left == Role::Inner,
            right_inner: right == Role::Inner,
            listed: list(beside.0) || list(beside.1),
        }
    }

    /// How many of the two ends are bounded by anything, from 0 to 1.
    pub(crate) fn bounded(self) -> f32 {
        self.share(self.left || self.left_inner, self.right || self.right_inner)
    }

    /// How many of the two ends are bounded by what no term holds, from 0 to 1.
    pub(crate) fn hard(self) -> f32 {
        self.share(self.left, self.right)
    }

    fn share(self, left: bool, right: bool) -> f32 {
        f32::midpoint(f32::from(u8::from(left)), f32::from(u8::from(right)))
    }
}

/// What all places of a run tell of it together.
#[derive(Clone, Copy)]
pub(crate) struct Standing {
    /// In how many beads it stands.
    pub(crate) beads: f32,
    /// How often it stands beside the same word.
    pub(crate) locked: f32,
    /// Beside how many different words it stands.
    pub(crate) variety: f32,
}

impl Run<'_> {
    /// What all places tell together.
    pub(crate) fn standing(&self) -> Standing {
        Standing { beads: self.beads() as f32, locked: self.locked(), variety: self.variety() }
    }

    /// How often the run stands beside the same word, of its places: the larger share of both sides (the accessor
    /// variety of Feng et al. 2004, turned round). 0 for what was met once.
    fn locked(&self) -> f32 {
        let share = |side: fn(&Place<'_>) -> Option<u32>| {
            let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
            for word in self.places.iter().filter_map(side) {
                *counts.entry(word).or_default() += 1;
            }
            counts.into_values().max().unwrap_or(0) as f32 / self.places.len() as f32
        };
        if self.places.len() < 2 {
            return 0.0;
        }
        share(|place| place.neighbours.0).max(share(|place| place.neighbours.1))
    }

    /// Beside how many different words it stands: the smaller number of both sides, a bound being different every time.
    fn variety(&self) -> f32 {
        let side = |side: fn(&Place<'_>) -> Option<u32>| {
            let mut words: Vec<u32> = self.places.iter().filter_map(side).collect();
            let bounds = self.places.len() - words.len();
            words.sort_unstable();
            words.dedup();
            (bounds + words.len()) as f32
        };
        side(|place| place.neighbours.0).min(side(|place| place.neighbours.1)).max(1.0)
    }

    /// In how many beads it stands.
    fn beads(&self) -> usize {
        let mut beads: Vec<usize> = self.places.iter().map(|place| place.bead).collect();
        beads.dedup();
        beads.len()
    }
}
