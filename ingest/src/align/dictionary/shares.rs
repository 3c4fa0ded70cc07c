//! Renderings of a word while they are gathered.

use super::Rendering;

/// Stems with weights; a stem that comes again adds to its weight.
#[derive(Default)]
pub(super) struct Shares(Vec<Rendering>);

impl Shares {
    pub(super) fn add_all<'a>(&mut self, stems: impl Iterator<Item = (&'a str, f32)>) {
        for (stem, share) in stems {
            match self.0.iter_mut().find(|(known, _)| known == stem) {
                Some((_, sum)) => *sum += share,
                None => self.0.push((stem.to_owned(), share)),
            }
        }
    }

    /// The stems with shares that add up to 1, most likely first.
    pub(super) fn renderings(self) -> Vec<Rendering> {
        let mut found = self.0;
        let total: f32 = found.iter().map(|(_, share)| share).sum();
        if total > 0.0 {
            found.iter_mut().for_each(|(_, share)| *share /= total);
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        found
    }
}
