//! What a plain reading of every text finds, beside what the engines find.

use corpus::text::normalise::normal_form;

use crate::collection::{Kind, Law};

/// Every so many conjunctions and phrases are looked for by reading: 60 of 600.
const EVERY: usize = 10;

/// For the queries of a kind, how many laws have every part of each in their title or in one of their paragraphs;
/// `None` for those that are not looked for.
pub(crate) fn counts(laws: &[Law], queries: &[(Kind, String)], kind: Kind) -> Vec<Option<u64>> {
    let queries: Vec<&String> = queries.iter().filter(|(its, _)| *its == kind).map(|(_, query)| query).collect();
    let mut counts: Vec<Option<u64>> =
        (0..queries.len()).map(|at| (kind != Kind::Loose && at % EVERY == 0).then_some(0)).collect();
    for law in laws {
        let text = normal_form(&format!("{}\n{}", law.title, law.paragraphs.join("\n")));
        for (query, count) in queries.iter().zip(&mut counts) {
            if let Some(count) = count
                && parts(kind, query).iter().all(|part| text.contains(part))
            {
                *count += 1;
            }
        }
    }
    counts
}

fn parts(kind: Kind, query: &str) -> Vec<String> {
    match kind {
        Kind::And => query.split(' ').map(normal_form).collect(),
        _ => vec![normal_form(query)],
    }
}

/// The share of what the plain reading found that an engine found as well, and the share of what it found that is
/// there; 1 and 1 when the numbers agree for every query.
pub(crate) fn recall(truth: &[Option<u64>], found: &[u64]) -> (f64, f64) {
    let (mut there, mut all, mut both) = (0, 0, 0);
    for (truth, found) in truth.iter().zip(found) {
        if let Some(truth) = truth {
            there += truth;
            all += found;
            both += truth.min(found);
        }
    }
    let share = |whole: u64| if whole == 0 { 1.0 } else { both as f64 / whole as f64 };
    (share(there), share(all))
}
