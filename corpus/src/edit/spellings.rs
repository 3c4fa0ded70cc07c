//! No two designations of a concept may claim one spelling: what mining saw could be of either.

use std::collections::{BTreeMap, BTreeSet};

use super::Fault;
use crate::document::Language;
use crate::term::{Status, Term, fold};

/// Who claims a spelling, folded, in a language: the place of a designation in its list, and whether it is a variant.
#[derive(Debug, Default)]
pub(super) struct Spellings(BTreeMap<(&'static str, String), (usize, bool)>);

impl Spellings {
    /// Refuses designations of which two claim one spelling.
    pub(super) fn check(terms: &[Term]) -> Result<(), Fault> {
        let mut claimed = Self::default();
        for is_variant in [false, true] {
            for (at, term) in terms.iter().enumerate() {
                claimed.claim(terms, at, term, is_variant)?;
            }
        }
        Ok(())
    }

    fn claim(&mut self, terms: &[Term], at: usize, term: &Term, is_variant: bool) -> Result<(), Fault> {
        let own = std::slice::from_ref(&term.text);
        for spelling in if is_variant { &term.variants } else { own } {
            let former = self.0.insert((term.language.code(), fold(spelling)), (at, is_variant));
            let Some((other, other_is_variant)) = former.filter(|(other, _)| *other != at) else { continue };
            return Err(match (is_variant, other_is_variant) {
                (false, _) => Fault::Known(spelling.clone()),
                (true, false) => Fault::VariantIsTerm(spelling.clone()),
                (true, true) => Fault::KnownVariant {
                    spelling: spelling.clone(),
                    term: terms.get(other).map(|term| term.text.clone()).unwrap_or_default(),
                },
            });
        }
        Ok(())
    }

    /// Lets go of candidates and rejected designations that are not `named` and whose text one that is claims: what was
    /// seen of them is seen of that one. Refuses what then still claims one spelling.
    pub(super) fn settle(terms: Vec<Term>, named: &BTreeSet<i64>) -> Result<Vec<Term>, Fault> {
        let spellings = |term: &Term| {
            let language = term.language;
            let all = std::iter::once(&term.text).chain(&term.variants);
            all.map(|spelling| (language.code(), fold(spelling))).collect::<Vec<_>>()
        };
        let claimed: BTreeSet<(&str, String)> =
            terms.iter().filter(|term| named.contains(&term.id)).flat_map(spellings).collect();
        let gives_way = |term: &Term| {
            matches!(term.status, Status::Candidate | Status::Rejected)
                && !named.contains(&term.id)
                && claimed.contains(&(term.language.code(), fold(&term.text)))
        };
        let terms: Vec<Term> = terms.into_iter().filter(|term| !gives_way(term)).collect();
        Self::check(&terms)?;
        Ok(terms)
    }

    /// Takes from the variants of each designation what is a designation itself, or an earlier one's variant.
    pub(super) fn without_doubles(terms: &mut [Term]) {
        let mut claimed: BTreeSet<(Language, String)> =
            terms.iter().map(|term| (term.language, fold(&term.text))).collect();
        for term in terms {
            let language = term.language;
            term.variants.retain(|variant| claimed.insert((language, fold(variant))));
        }
    }
}
