//! Linked documents to instruments.

use std::collections::BTreeMap;

use corpus::document::Language;
use corpus::facts::DocumentKind;
use corpus::instrument::{Relation, Tie};

use super::link::Link;
use super::profile::Profile;

/// Two documents and what ties them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Linked {
    /// The one document, by its number in the store.
    pub a: i64,
    /// The other.
    pub b: i64,
    /// What ties them.
    pub link: Link,
}

/// The documents of one instrument.
pub type Group = Vec<GroupMember>;

/// A document of an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupMember {
    /// Its number in the store.
    pub document: i64,
    /// What it is to the instrument.
    pub relation: Relation,
    /// What tied it to the others; nothing for a document that stands alone.
    pub tie: Option<Tie>,
}

/// Makes instruments of documents, in the order of their numbers; the same documents and links give the same groups.
///
/// Documents that are no reports are joined by every link. A report belongs to one instrument only, that of its surest
/// link, so that a report which names two policies does not make them one. Reports of a policy that is not there
/// are joined with one another.
pub fn group(profiles: &BTreeMap<i64, Profile>, links: &[Linked]) -> Vec<Group> {
    let is_report = |id: &i64| profiles.get(id).is_some_and(Profile::is_report);
    let mut sets = Sets::of(profiles.keys().copied());
    let mut links: Vec<&Linked> =
        links.iter().filter(|tie| profiles.contains_key(&tie.a) && profiles.contains_key(&tie.b)).collect();
    links.sort_by(|a, b| {
        b.link.score.total_cmp(&a.link.score).then((a.link.tie, a.a, a.b).cmp(&(b.link.tie, b.a, b.b)))
    });
    for tie in links.iter().filter(|tie| !is_report(&tie.a) && !is_report(&tie.b) || tie.link.tie == Tie::Bitext) {
        sets.join(tie.a, tie.b);
    }
    // The links are in order of strength: the first that a report has is its own.
    let mut settled: Vec<i64> = Vec::new();
    for tie in &links {
        let report = [tie.a, tie.b].into_iter().find(|id| is_report(id) && !settled.contains(id));
        if let Some(report) = report {
            sets.join(tie.a, tie.b);
            settled.push(report);
        }
    }
    let groups = sets.groups();
    groups.into_iter().map(|ids| members(&ids, profiles, &links)).collect()
}

fn members(ids: &[i64], profiles: &BTreeMap<i64, Profile>, links: &[&Linked]) -> Group {
    let has_chinese = ids
        .iter()
        .filter_map(|id| profiles.get(id))
        .any(|profile| profile.language == Language::Zh && !profile.is_report() && !profile.is_draft());
    let mut group: Group = ids
        .iter()
        .map(|id| {
            let ties: Vec<Tie> = links
                .iter()
                .filter(|tie| (tie.a == *id || tie.b == *id) && ids.contains(&tie.a) && ids.contains(&tie.b))
                .map(|tie| tie.link.tie)
                .collect();
            let listed = ties.contains(&Tie::Annex) && is_annex(*id, profiles, links);
            let relation =
                profiles.get(id).map_or(Relation::Original, |profile| relation(profile, listed, has_chinese));
            let telling = ties.iter().find(|tie| tells(**tie, relation)).or(ties.first());
            GroupMember { document: *id, relation, tie: telling.copied() }
        })
        .collect();
    group.sort_by_key(|member| (member.relation, member.document));
    group
}

/// Whether a tie is why a document has its relation.
fn tells(tie: Tie, relation: Relation) -> bool {
    match relation {
        Relation::Draft => tie == Tie::Draft,
        Relation::Annex => tie == Tie::Annex,
        Relation::Report => matches!(tie, Tie::Report | Tie::Targets),
        Relation::LanguageVersion | Relation::Translation => tie == Tie::Bitext,
        Relation::Original => false,
    }
}

/// Whether a document is the one that is listed, not the one that lists.
fn is_annex(id: i64, profiles: &BTreeMap<i64, Profile>, links: &[&Linked]) -> bool {
    let Some(own) = profiles.get(&id) else { return false };
    let lists = |other: i64| {
        profiles.get(&other).is_some_and(|other| {
            other.annexes.iter().any(|annex| own.names.iter().any(|name| name.likeness(annex) > 0.0))
        })
    };
    links
        .iter()
        .filter(|tie| tie.link.tie == Tie::Annex)
        .any(|tie| (tie.a == id && lists(tie.b)) || (tie.b == id && lists(tie.a)))
}

fn relation(profile: &Profile, is_annex: bool, has_chinese: bool) -> Relation {
    match profile.kind {
        Some(DocumentKind::News) => Relation::Report,
        Some(DocumentKind::Translation) => Relation::Translation,
        _ if profile.is_draft() => Relation::Draft,
        _ if is_annex => Relation::Annex,
        _ if profile.language == Language::En && has_chinese => Relation::LanguageVersion,
        _ => Relation::Original,
    }
}

/// Disjoint sets of documents (union by the smaller number).
struct Sets {
    parent: BTreeMap<i64, i64>,
}

impl Sets {
    fn of(ids: impl Iterator<Item = i64>) -> Self {
        Self { parent: ids.map(|id| (id, id)).collect() }
    }

    fn root(&self, id: i64) -> i64 {
        let mut at = id;
        while let Some(parent) = self.parent.get(&at).filter(|parent| **parent != at) {
            at = *parent;
        }
        at
    }

    fn join(&mut self, a: i64, b: i64) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent.insert(a.max(b), a.min(b));
    }

    fn groups(&self) -> Vec<Vec<i64>> {
        let mut groups: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for id in self.parent.keys() {
            groups.entry(self.root(*id)).or_default().push(*id);
        }
        groups.into_values().collect()
    }
}
