//! Evidence for a pair, added up as log-odds.

/// Evidence for a pair, added up.
#[derive(Default)]
pub(super) struct LogOdds {
    sum: f32,
    reasons: Vec<String>,
}

/// Log-odds come closer and closer to this and never reach it: sums far beyond it would all be the same probability.
const LIMIT: f32 = 10.0;

impl LogOdds {
    /// A reason and what it weighs.
    pub(super) fn add(&mut self, reason: &str, weight: f32) {
        self.sum += weight;
        self.reasons.push(format!("{reason} ({weight:+.1})"));
    }

    /// A share that speaks for the pair above `neutral` and against it below.
    pub(super) fn share(&mut self, name: &str, share: Option<f32>, neutral: f32, weight: f32) {
        if let Some(share) = share {
            self.add(&format!("{name} {share:.2}"), (share - neutral) * weight);
        }
    }

    /// Something that is so or not so; what has no name goes without saying.
    pub(super) fn fact(&mut self, yes: &str, no: &str, fact: Option<bool>, for_it: f32, against: f32) {
        match fact {
            Some(true) if !yes.is_empty() => self.add(yes, for_it),
            Some(false) if !no.is_empty() => self.add(no, against),
            _ => {}
        }
    }

    pub(super) fn sum(&self) -> f32 {
        self.sum
    }

    pub(super) fn reasons(self) -> Vec<String> {
        self.reasons
    }

    pub(super) fn probability(&self) -> f32 {
        let odds = LIMIT * (self.sum / LIMIT).tanh();
        1.0 / (1.0 + (-odds).exp())
    }
}
