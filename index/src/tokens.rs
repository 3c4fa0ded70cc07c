//! The analysis as the engine wants it: streams of terms with positions.

use tantivy::tokenizer::{Token as Term, TokenStream, Tokenizer, TokenizerManager};

use crate::analysis::{Analysis, Kind, analyse};

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
}

impl TermForm {
    const ALL: [Self; 3] = [Self::Pairs, Self::Singles, Self::Facts];

    /// The name by which a schema asks for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Pairs => "pairs",
            Self::Singles => "singles",
            Self::Facts => "facts",
        }
    }
}

/// Makes the forms known to the engine.
pub(crate) fn register(manager: &TokenizerManager) {
    for form in TermForm::ALL {
        manager.register(form.name(), Terms { form });
    }
}

#[derive(Clone)]
struct Terms {
    form: TermForm,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        Stream { analysis: analyse(text), form: self.form, next: 0, again: false, term: Term::default() }
    }
}

struct Stream {
    analysis: Analysis,
    form: TermForm,
    /// The token that comes next.
    next: usize,
    /// The token before `next` has a second term.
    again: bool,
    term: Term,
}

impl TokenStream for Stream {
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
                TermForm::Facts => self.term.text.push_str(&self.analysis.stem(token)),
            }
            return true;
        }
        false
    }

    fn token(&self) -> &Term {
        &self.term
    }

    fn token_mut(&mut self) -> &mut Term {
        &mut self.term
    }
}
