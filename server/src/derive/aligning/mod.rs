//! Bitexts into beads, word links and term pairs.
//!
//! What waits is noted in the store, and each bitext is one transaction: a run can be interrupted at any time and the
//! next one goes on. Bitexts are mined together in groups, all of a group with what was known of words before it, so
//! that the result depends neither on the number of cores nor on an interruption.

mod learned;
mod one;
mod side;

use std::collections::BTreeMap;

use corpus::document::ReadDocument;
use corpus::store::{Origin, Pending, Store};

use self::one::{Aligned, align_bitext, mine_document};
use super::mentions;
use crate::Error;
use crate::data::Data;
use crate::parallel::on_all_cores;
use crate::terms::changes::compare_renderings;

/// The fewest and the most bitexts that are mined together: in between as many as have taught words already.
const TOGETHER: std::ops::RangeInclusive<usize> = 8..=64;

/// How much was aligned and mined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MinedAnew {
    /// Bitexts that were aligned and mined.
    pub bitexts: usize,
    /// Term pairs that were found in them and in documents without a counterpart.
    pub terms: usize,
    /// Term pairs that are known from elsewhere and were found in documents without a counterpart, in those that were
    /// searched.
    pub mentions: usize,
    /// Beads that readers made and that were not applied, since sentences of theirs are not there any more. They are
    /// kept for a reading that has them again.
    pub lost_corrections: usize,
}

/// Aligns and mines the whole corpus anew, each bitext with what all others have taught of words; `told` hears how many
/// bitexts are done, of how many. A run that was interrupted goes on.
///
/// # Errors
/// When the store fails.
pub fn remine(data: &Data, told: &dyn Fn(usize, usize)) -> Result<MinedAnew, Error> {
    data.with_store(|store| Ok(store.begin_remining(&crate::now())?))?;
    let mined = mine_pending(data, told)?;
    compare_renderings(data)?;
    Ok(mined)
}

/// Aligns and mines all that waits; `told` hears how many bitexts are done, of how many.
pub(super) fn mine_pending(data: &Data, told: &dyn Fn(usize, usize)) -> Result<MinedAnew, Error> {
    let mut mined = MinedAnew::default();
    let (waiting, remining) = data.with_store(|store| Ok((store.waiting_bitexts()?, store.remining_under_way()?)))?;
    let mut rest = waiting.as_slice();
    while !rest.is_empty() {
        // A whole corpus that is mined anew is one group.
        let room = if remining { rest.len() } else { data.with_store(room_in_group)? };
        let (group, later) = rest.split_at(room.min(rest.len()));
        let before = waiting.len() - rest.len();
        let of_group = mine_group(data, group, &|done| told(before + done, waiting.len()))?;
        mined.bitexts += of_group.bitexts;
        mined.terms += of_group.terms;
        mined.lost_corrections += of_group.lost_corrections;
        data.with_store(|store| Ok(store.count_words()?))?;
        rest = later;
    }
    mined.terms += mine_documents(data)?;
    data.with_store(|store| {
        store.count_words()?;
        Ok(store.settle_candidates()?)
    })?;
    mined.mentions = mentions::search_pending(data)?;
    data.with_store(|store| Ok(store.finish_remining(&crate::now())?))?;
    Ok(mined)
}

/// Aligns and mines one bitext anew, around the beads that readers made; how many term pairs it gave.
///
/// # Errors
/// When the store fails.
pub fn realign_bitext(data: &Data, id: i64) -> Result<usize, Error> {
    let mined = mine_group(data, &[id], &|_| ())?;
    data.with_store(|store| {
        // What else is under way counts its words when it is through.
        if store.waiting_bitexts()?.is_empty() {
            store.count_words()?;
        }
        Ok(store.settle_candidates()?)
    })?;
    Ok(mined.terms)
}

/// How many more bitexts belong to the group that is under way, at least one.
fn room_in_group(store: &mut Store) -> Result<usize, Error> {
    let size = store.counted_bitexts()?.clamp(*TOGETHER.start(), *TOGETHER.end());
    let room = size.saturating_sub(store.uncounted_bitexts()?);
    if room == 0 {
        store.count_words()?;
    }
    Ok(if room == 0 { size } else { room })
}

/// Mines bitexts on all cores and keeps what comes of them in their order.
fn mine_group(data: &Data, group: &[i64], told: &dyn Fn(usize)) -> Result<MinedAnew, Error> {
    let mut mined = MinedAnew::default();
    let mut done = 0;
    let mut early: BTreeMap<usize, Result<Option<Aligned>, Error>> = BTreeMap::new();
    on_all_cores(
        group,
        |id| align_bitext(data, *id),
        |index, result| {
            early.insert(index, result);
            while let (Some(result), Some(id)) = (early.remove(&done), group.get(done)) {
                if let Some(aligned) = result? {
                    data.with_store(|store| Ok(store.put_alignment(*id, &aligned.to_keep())?))?;
                    mined.bitexts += 1;
                    mined.terms += aligned.term_count();
                    mined.lost_corrections += aligned.lost_corrections();
                }
                done += 1;
                told(done);
            }
            Ok(())
        },
    )?;
    Ok(mined)
}

/// Mines what documents without a counterpart give by themselves; how many term pairs that is.
fn mine_documents(data: &Data) -> Result<usize, Error> {
    let (mut terms, mut without) = (0, Vec::new());
    for id in data.with_store(|store| Ok(store.pending(Pending::Mining)?))? {
        let Some(document) = data.with_store(|store| alone_with_terms(store, id))? else {
            without.push(id);
            continue;
        };
        let pairs = mine_document(&document);
        data.with_store(|store| Ok(store.put_mined_terms(Origin::Document(id), &pairs)?))?;
        terms += pairs.len();
    }
    data.with_store(|store| Ok(store.mark_done(Pending::Mining, &without)?))?;
    Ok(terms)
}

/// A document that belongs to no bitext and has glosses or definitions of its own.
fn alone_with_terms(store: &Store, id: i64) -> Result<Option<ReadDocument>, Error> {
    let Some(document) = store.document(id)? else { return Ok(None) };
    let none = document.facts.glosses.is_empty() && document.facts.definitions.is_empty();
    if none || store.bitext_of(id)?.is_some() {
        return Ok(None);
    }
    Ok(store.read_document(id)?)
}
