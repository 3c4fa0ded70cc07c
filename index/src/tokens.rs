//! The analysis as the engine wants it: streams of terms with positions.

use std::sync::{Arc, Mutex, PoisonError};

use tantivy::tokenizer::{Token as Term, TokenStream, Tokenizer, TokenizerManager};

use crate::analysis::{Analysis, Kind, PASSAGE_END, analyse_passages};
use crate::identifier::identifiers;

/// Positions between two values of a fact, so many that no text runs over both.
const VALUE_GAP: usize = 1_000;

/// Which terms a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TermForm {
    /// Pairs of Chinese characters, stems of words, joined words (`5g`).
    Pairs,
    /// Chinese characters, words as written.
    Singles,
    /// Chinese characters, stems of words.
    Facts,
    /// Identifiers, each at the position of its passage.
    Identifiers,
}

impl TermForm {
    const ALL: [Self; 4] = [Self::Pairs, Self::Singles, Self::Facts, Self::Identifiers];

    /// The name by which a schema asks for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Pairs => "pairs",
            Self::Singles => "singles",
            Self::Facts => "facts",
            Self::Identifiers => "identifiers",
        }
    }
}

/// The text that was analysed last, with its tokens: several fields in a row hold the same text.
type Last = Arc<Mutex<Option<(String, Arc<Analysis>)>>>;

/// Makes the forms known to the engine.
pub(crate) fn register(manager: &TokenizerManager) {
    let last = Last::default();
    for form in TermForm::ALL {
        manager.register(form.name(), Terms { form, last: Arc::clone(&last) });
    }
}

#[derive(Clone)]
struct Terms {
    form: TermForm,
    last: Last,
}

impl Terms {
    fn analysed(&self, text: &str) -> Arc<Analysis> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((of, analysis)) if of == text => Arc::clone(analysis),
            _ => {
                let analysis = Arc::new(analyse_passages(text));
                *last = Some((text.to_owned(), Arc::clone(&analysis)));
                analysis
            }
        }
    }
}

impl Tokenizer for Terms {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        match self.form {
            TermForm::Identifiers => Stream::Whole(Wholes { identifiers: by_passage(text), term: Term::default() }),
            form => {
                let (analysis, term) = (self.analysed(text), Term::default());
                Stream::Parts(Parts { analysis, form, next: 0, again: false, term })
            }
        }
    }
}

/// The identifiers of a text with the numbers of their passages, last first.
fn by_passage(text: &str) -> Vec<(usize, String)> {
    let passages = text.split(PASSAGE_END).enumerate();
    let mut found: Vec<_> = passages
        .flat_map(|(number, text)| identifiers(text).into_iter().map(move |(_, whole)| (number, whole)))
        .collect();
    found.reverse();
    found
}

enum Stream {
    Parts(Parts),
    Whole(Wholes),
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        match self {
            Self::Parts(parts) => parts.advance(),
            Self::Whole(wholes) => wholes.advance(),
        }
    }

    fn token(&self) -> &Term {
        match self {
            Self::Parts(parts) => &parts.term,
            Self::Whole(wholes) => &wholes.term,
        }
    }

    fn token_mut(&mut self) -> &mut Term {
        match self {
            Self::Parts(parts) => &mut parts.term,
            Self::Whole(wholes) => &mut wholes.term,
        }
    }
}

struct Wholes {
    /// Last first.
    identifiers: Vec<(usize, String)>,
    term: Term,
}

impl Wholes {
    fn advance(&mut self) -> bool {
        let Some((position, text)) = self.identifiers.pop() else { return false };
        (self.term.position, self.term.text) = (position, text);
        true
    }
}

struct Parts {
    analysis: Arc<Analysis>,
    form: TermForm,
    /// The token that comes next.
    next: usize,
    /// The token before `next` has a second term.
    again: bool,
    term: Term,
}

impl Parts {
    fn advance(&mut self) -> bool {
        self.term.text.clear();
        if self.again {
            self.again = false;
            self.analysis.push_longer(self.next - 1, &mut self.term.text);
            return true;
        }
        while let Some(token) = self.analysis.tokens.get(self.next) {
            let index = self.next;
            self.next += 1;
            self.term.position = token.position as usize;
            let is_last = self.next == self.analysis.tokens.len();
            self.term.position_length = if is_last && self.form == TermForm::Facts { VALUE_GAP } else { 1 };
            match self.form {
                TermForm::Singles => self.term.text.push_str(self.analysis.text(token)),
                TermForm::Pairs if token.kind == Kind::Han => {
                    if !self.analysis.push_longer(index, &mut self.term.text) {
                        continue;
                    }
                }
                TermForm::Pairs => {
                    self.term.text.push_str(&self.analysis.stem(token));
                    self.again = self.analysis.has_joined(index);
                }
                TermForm::Facts | TermForm::Identifiers => self.term.text.push_str(&self.analysis.stem(token)),
            }
            return true;
        }
        false
    }
}
