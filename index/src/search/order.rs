//! The order of what was found, documents of one group together, and the part of it that is asked for.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::ranking::Found;
use super::{Place, SearchRequest, Sort};

/// A request reaches so many hits at most.
const FURTHEST: usize = 10_000;
/// What the newest documents gain at most by being new, of their score.
const RECENCY: f32 = 0.25;
/// The years in which that gain halves.
const HALF_LIFE: f32 = 2.0;

/// The part of the order that was asked for.
pub(super) struct Ordered<'r> {
    /// The hits, each one document or those of a group, the best of them first.
    pub(super) hits: Vec<Vec<Found<'r>>>,
    /// How many hits there are in all.
    pub(super) total: usize,
    /// Whether more come after.
    pub(super) is_cut: bool,
}

/// Puts what was found in order. A group stands where its first document does.
pub(super) fn order<'r>(mut found: Vec<Found<'r>>, request: &SearchRequest<'_>) -> Ordered<'r> {
    let sort = if request.query.is_none() && request.sort == Sort::Relevance { Sort::Newest } else { request.sort };
    if sort == Sort::Recency {
        favour_the_new(&mut found);
    }
    let compare = |a: &Found<'_>, b: &Found<'_>| compare(sort, &a.place(), &b.place());
    let wanted = request.offset.saturating_add(request.limit).min(FURTHEST);
    let Some(groups) = request.groups else {
        let total = found.len();
        let mut rest = after(found, request.after, sort);
        let is_cut = rest.len() > wanted;
        keep_first(&mut rest, wanted, compare);
        let hits = rest.into_iter().skip(request.offset).map(|document| vec![document]).collect();
        return Ordered { hits, total, is_cut };
    };
    found.sort_unstable_by(compare);
    let grouped = grouped(found, groups);
    let total = grouped.len();
    let is_after = |group: &Vec<Found<'r>>| match (request.after, group.first()) {
        (Some(place), Some(first)) => self::compare(sort, &first.place(), &place) == Ordering::Greater,
        _ => true,
    };
    let mut rest = grouped.into_iter().filter(is_after).skip(request.offset);
    let hits = rest.by_ref().take(wanted.saturating_sub(request.offset)).collect();
    Ordered { hits, total, is_cut: rest.next().is_some() }
}

fn compare(sort: Sort, a: &Place, b: &Place) -> Ordering {
    // Of one date the number decides, not the score: scores change with every document that is added, and a place must
    // hold.
    let by_sort = match sort {
        Sort::Relevance | Sort::Recency => b.score.total_cmp(&a.score),
        Sort::Newest => b.date.cmp(&a.date),
        Sort::Oldest => (a.date == 0, a.date).cmp(&(b.date == 0, b.date)),
    };
    by_sort.then_with(|| a.document.cmp(&b.document))
}

/// What comes after a place.
fn after(mut found: Vec<Found<'_>>, place: Option<Place>, sort: Sort) -> Vec<Found<'_>> {
    if let Some(place) = place {
        found.retain(|document| compare(sort, &document.place(), &place) == Ordering::Greater);
    }
    found
}

/// The first `count` in order.
fn keep_first(found: &mut Vec<Found<'_>>, count: usize, compare: impl Fn(&Found<'_>, &Found<'_>) -> Ordering) {
    if found.len() > count {
        found.select_nth_unstable_by(count, &compare);
        found.truncate(count);
    }
    found.sort_unstable_by(&compare);
}

fn grouped<'r>(found: Vec<Found<'r>>, groups: &HashMap<i64, i64>) -> Vec<Vec<Found<'r>>> {
    let mut places: HashMap<i64, usize> = HashMap::new();
    let mut grouped: Vec<Vec<Found<'r>>> = Vec::with_capacity(found.len());
    for document in found {
        let group = groups.get(&document.document);
        match group.and_then(|group| grouped.get_mut(*places.get(group)?)) {
            Some(known) => known.push(document),
            None => {
                group.map(|group| places.insert(*group, grouped.len()));
                grouped.push(vec![document]);
            }
        }
    }
    grouped
}

/// Raises scores by how new the documents are, counted from the newest that was found, so that the same index gives the
/// same order on every day.
fn favour_the_new(found: &mut [Found<'_>]) {
    let years = |date: u32| (date / 10_000) as f32 + ((date / 100 % 100).max(1) - 1) as f32 / 12.0;
    let newest = found.iter().map(|document| document.date).max().map_or(0.0, years);
    for document in found.iter_mut().filter(|document| document.date > 0) {
        let age = (newest - years(document.date)).max(0.0);
        document.score *= 1.0 + RECENCY * (-age / HALF_LIFE).exp2();
    }
}
