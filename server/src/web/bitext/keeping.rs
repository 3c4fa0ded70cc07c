//! Corrections into the store, and back out of it.

use super::correction::{Sides, check, position};
use crate::Error;
use crate::data::Data;
use crate::derive::realign_bitext;
use crate::web::problem::{Problem, Thing};

/// Keeps what a reader makes of the beads that were seen, and aligns the rest of the bitext anew around it.
pub(in crate::web) fn correct(
    data: &Data,
    id: i64,
    seen: &[Sides],
    wanted: &[Sides],
) -> Result<Result<(), Problem>, Error> {
    let refused = data.with_store(|store| {
        if store.bitext(id)?.is_none() {
            return Ok(Some(Problem::Missing(Thing::Bitext)));
        }
        match check(&store.beads(id)?, seen, wanted) {
            Err(fault) => Ok(Some(Problem::Bead(fault))),
            Ok(made) => {
                store.correct_beads(id, &made, &crate::now())?;
                Ok(None)
            }
        }
    });
    settled(data, id, refused?)
}

/// Takes back what a reader made of the beads that were seen.
pub(in crate::web) fn put_back(data: &Data, id: i64, seen: &[Sides]) -> Result<Result<(), Problem>, Error> {
    let refused = data.with_store(|store| {
        if store.bitext(id)?.is_none() {
            return Ok(Some(Problem::Missing(Thing::Bitext)));
        }
        if let Err(fault) = position(&store.beads(id)?, seen) {
            return Ok(Some(Problem::Bead(fault)));
        }
        let corrections = store.corrections(id)?;
        let stands = |bead: &corpus::bitext::Bead| seen.iter().any(|seen| *seen == Sides::from(bead));
        let taken_back = corrections.iter().filter(|correction| correction.bead.as_ref().is_some_and(stands));
        let mut undone = false;
        for correction in taken_back {
            undone |= store.undo_correction(id, correction.id)?;
        }
        Ok((!undone).then_some(Problem::Missing(Thing::Correction)))
    });
    settled(data, id, refused?)
}

fn settled(data: &Data, id: i64, refused: Option<Problem>) -> Result<Result<(), Problem>, Error> {
    if let Some(problem) = refused {
        return Ok(Err(problem));
    }
    realign_bitext(data, id)?;
    Ok(Ok(()))
}
