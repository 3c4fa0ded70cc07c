//! The other documents of the same instrument: its language versions, drafts, annexes, translations and reports.

use corpus::instrument::{Instrument, Member};

use crate::web::link;
use crate::web::view::Said;
use crate::web::words::Words;

/// A document of the instrument.
pub(super) struct FellowView {
    pub(super) relation: &'static str,
    pub(super) title: Said,
    pub(super) language: &'static str,
    /// What tied it to the others.
    pub(super) tie: &'static str,
    /// Whether it is the document that is shown.
    pub(super) here: bool,
}

/// All documents of the instrument, where there is more than one.
pub(super) fn fellows(w: &'static Words, instrument: Option<&Instrument>, shown: i64) -> Vec<FellowView> {
    let members = instrument.map(|instrument| instrument.members.as_slice()).unwrap_or_default();
    let view = |member: &Member| FellowView {
        relation: w.relation(member.relation),
        title: Said::new(&member.title, member.language).to(link::document(member.document)),
        language: w.language(member.language),
        tie: member.tie.map_or("", |tie| w.tie(tie)),
        here: member.document == shown,
    };
    if members.len() < 2 { Vec::new() } else { members.iter().map(view).collect() }
}
