//! What an entry says, put to a concept: what the concept lacks is added; where both say something, the termbase stays
//! unless the file is to count. What earlier entries of the same file said is never lost: it is added to.

use corpus::document::Language;
use corpus::term::{Concept, Definition, Field, PartOfSpeech, Status, Term, fold};

use super::drafts::Draft;
use super::find::is_spelt;
use super::prepare::Prepared;
use super::{Change, Conflict, What, Wishes};

/// A concept with an entry put to it.
pub(super) struct Merged {
    /// The concept as it would be.
    pub(super) after: Concept,
    /// What the entry has changed.
    pub(super) changes: Vec<Change>,
    /// What the entry says otherwise, and is not done.
    pub(super) conflicts: Vec<Conflict>,
}

/// Puts an entry to a concept.
pub(super) fn merge(draft: &Draft, entry: &Prepared, wishes: &Wishes) -> Merged {
    let mut merging = Merging { before: draft.before.as_ref(), wishes, changes: Vec::new(), conflicts: Vec::new() };
    let mut after = draft.after.clone();
    for (term, is_stated) in entry.concept.terms.iter().zip(&entry.stated) {
        merging.term(&mut after, term, *is_stated);
    }
    merging.words(&mut after, &entry.concept);
    Merged { after, changes: merging.changes, conflicts: merging.conflicts }
}

struct Merging<'a> {
    /// The concept as it is in the termbase.
    before: Option<&'a Concept>,
    wishes: &'a Wishes,
    changes: Vec<Change>,
    conflicts: Vec<Conflict>,
}

/// What is to be done where both say something.
enum Choice {
    Keep,
    Replace,
    /// The other was said by the same file: both are kept.
    Add,
}

impl Merging<'_> {
    fn term(&mut self, concept: &mut Concept, said: &Term, is_stated: bool) {
        let folded = fold(&said.text);
        let claimed = claimed(concept, said.language, &folded);
        let known = concept.terms.iter_mut().find(|term| term.language == said.language && is_spelt(term, &folded));
        let Some(known) = known else {
            let mut term = Term { id: 0, ..said.clone() };
            term.variants.retain(|variant| !claimed.contains(&fold(variant)));
            term.source.get_or_insert_with(|| self.wishes.source.clone());
            self.change(What::Designation(said.language), None, None, &said.text);
            concept.terms.push(term);
            return;
        };
        if known.status == Status::Rejected && !self.wishes.readmit {
            self.conflict(What::Status, Some(&said.text), said.status.name(), Status::Rejected.name());
            return;
        }
        self.status(known, said, is_stated);
        let before =
            self.before.and_then(|before| before.terms.iter().find(|term| term.id == known.id && term.id != 0));
        let name = Some(known.text.clone());
        let part = |part: Option<PartOfSpeech>| part.map(|part| part.name().to_owned());
        let mut part_of_speech = part(known.part_of_speech);
        let before_part = before.and_then(|term| part(term.part_of_speech));
        self.text(
            What::PartOfSpeech,
            name.as_deref(),
            &mut part_of_speech,
            part(said.part_of_speech),
            before_part.as_deref(),
        );
        known.part_of_speech = part_of_speech.as_deref().and_then(PartOfSpeech::from_name);
        for (what, slot, text, before) in [
            (What::Usage, &mut known.note, &said.note, before.and_then(|term| term.note.clone())),
            (What::Region, &mut known.region, &said.region, before.and_then(|term| term.region.clone())),
            (What::Source, &mut known.source, &said.source, before.and_then(|term| term.source.clone())),
        ] {
            self.text(what, name.as_deref(), slot, text.clone(), before.as_deref());
        }
        let new: Vec<String> =
            said.variants.iter().filter(|variant| !claimed.contains(&fold(variant))).cloned().collect();
        if !new.is_empty() {
            self.change(What::Variants, name.as_deref(), None, &new.join("; "));
            known.variants.extend(new);
        }
        self.fields(name.as_deref(), &mut known.other, &said.other);
    }

    fn status(&mut self, known: &mut Term, said: &Term, is_stated: bool) {
        let (old, new) = (known.status, said.status);
        let is_known_better = new == Status::Candidate && old.is_reviewed() && old != Status::Rejected;
        if old == new || is_known_better {
            return;
        }
        // What no entry has said of a new designation is still open.
        let is_open = known.id == 0 && old == self.wishes.status.unwrap_or(Status::Admitted);
        let is_asked = is_stated || old == Status::Rejected || self.wishes.status.is_some();
        let gives_way = matches!(old, Status::Candidate | Status::Rejected);
        if is_asked && (gives_way || (is_stated && (is_open || self.wishes.overwrite))) {
            let text = known.text.clone();
            self.change(What::Status, Some(&text), Some(old.name()), new.name());
            known.status = new;
        } else if is_stated {
            self.conflict(What::Status, Some(&said.text), new.name(), old.name());
        }
    }

    fn words(&mut self, concept: &mut Concept, said: &Concept) {
        let before = |text: fn(&Concept) -> Option<String>| self.before.and_then(text);
        let (subject, note) = (before(|concept| concept.subject.clone()), before(|concept| concept.note.clone()));
        self.text(What::Subject, None, &mut concept.subject, said.subject.clone(), subject.as_deref());
        self.text(What::Note, None, &mut concept.note, said.note.clone(), note.as_deref());
        for definition in &said.definitions {
            self.definition(concept, definition);
        }
        self.fields(None, &mut concept.other, &said.other);
    }

    fn definition(&mut self, concept: &mut Concept, said: &Definition) {
        let language = said.language;
        let what = What::Definition(language);
        let before = self.before.and_then(|before| before.definition(language)).cloned();
        let Some(known) = concept.definitions.iter_mut().find(|known| known.language == language) else {
            self.change(what, None, None, &said.text);
            concept.definitions.push(said.clone());
            return;
        };
        if squashed(&known.text) == squashed(&said.text) {
            let source = before.and_then(|before| before.source);
            self.text(What::Source, Some(&said.text), &mut known.source, said.source.clone(), source.as_deref());
            return;
        }
        match self.choice(Some(&known.text), before.map(|before| before.text).as_deref()) {
            Choice::Keep => self.conflict(what, None, &said.text, &known.text),
            Choice::Replace => {
                self.change(what, None, Some(&known.text), &said.text);
                *known = said.clone();
            }
            Choice::Add => {
                let name = format!("definition_{}", language.code());
                let field = Field { name, value: said.text.clone() };
                self.fields(None, &mut concept.other, &[field]);
            }
        }
    }

    /// Puts a text in its place; `before` is what the termbase has there.
    fn text(
        &mut self,
        what: What,
        of: Option<&str>,
        slot: &mut Option<String>,
        said: Option<String>,
        before: Option<&str>,
    ) {
        let Some(said) = said else { return };
        let Some(known) = slot.as_mut() else {
            self.change(what, of, None, &said);
            *slot = Some(said);
            return;
        };
        let (shown, sought) = (squashed(known), squashed(&said));
        let can_hold_both = matches!(what, What::Note | What::Usage);
        if shown == sought || (can_hold_both && known.lines().any(|line| squashed(line) == sought)) {
            return;
        }
        match self.choice(Some(known), before) {
            Choice::Add if can_hold_both => {
                self.change(what, of, Some(known), &said);
                known.push('\n');
                known.push_str(&said);
            }
            Choice::Keep | Choice::Add => self.conflict(what, of, &said, known),
            Choice::Replace => {
                self.change(what, of, Some(known), &said);
                *known = said;
            }
        }
    }

    /// What is there counts unless the file is to; what the file itself has put there before is added to.
    fn choice(&self, now: Option<&str>, before: Option<&str>) -> Choice {
        match () {
            () if now != before => Choice::Add,
            () if self.wishes.overwrite => Choice::Replace,
            () => Choice::Keep,
        }
    }

    fn fields(&mut self, of: Option<&str>, known: &mut Vec<Field>, said: &[Field]) {
        for field in said {
            if !known.contains(field) {
                self.change(What::Field, of, None, &format!("{}: {}", field.name, field.value));
                known.push(field.clone());
            }
        }
    }

    fn change(&mut self, what: What, of: Option<&str>, before: Option<&str>, after: &str) {
        let (of, before) = (of.map(str::to_owned), before.map(str::to_owned));
        self.changes.push(Change { what, of, before, after: after.to_owned() });
    }

    fn conflict(&mut self, what: What, of: Option<&str>, file: &str, termbase: &str) {
        let of = of.map(str::to_owned);
        self.conflicts.push(Conflict { what, of, file: file.to_owned(), termbase: termbase.to_owned() });
    }
}

/// The spellings that the designations of a concept have in a language, and one more.
fn claimed(concept: &Concept, language: Language, also: &str) -> Vec<String> {
    let spellings = concept.terms_in(language).flat_map(|term| std::iter::once(&term.text).chain(&term.variants));
    spellings.map(|text| fold(text)).chain([also.to_owned()]).collect()
}

/// A text with a space for each stretch of space: formats of one line cannot keep others.
fn squashed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
