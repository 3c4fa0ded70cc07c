//! Which sentences stand inside quotation marks.
//!
//! Chinese marks say themselves whether they open; the straight ones, and the single ones that are apostrophes too, are
//! told by their neighbours.

/// The quotation of one sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// Whether the sentence ends inside quotation marks.
    pub(crate) open: bool,
    /// Whether it ends with a mark that closes.
    pub(crate) closed: bool,
    /// How many quotations begin in it.
    pub(crate) begun: u8,
    /// Whether letters of it stand inside quotation marks.
    pub(crate) spoken: bool,
    /// Whether letters of it stand outside.
    pub(crate) told: bool,
}

/// What a text uses as its outer quotation marks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// “ and ”, 「 and 」, 『 and 』.
    Paired,
    /// The straight double mark.
    Double,
    /// The single mark, straight or curly.
    Single,
}

/// What a character does.
#[derive(PartialEq, Eq)]
enum Turn {
    Opens,
    Closes,
}

/// The quotations of each sentence of a text.
pub(crate) fn quotations(sentences: &[&str]) -> Vec<Quotation> {
    let style = style(sentences);
    let mut open = false;
    sentences.iter().map(|sentence| quotation(sentence, style, &mut open)).collect()
}

/// The marks that most sentences with quotations begin with, or have anywhere where none begins so. Single marks count
/// at the beginning only: elsewhere they may be apostrophes.
fn style(sentences: &[&str]) -> Style {
    const WEIGHT: usize = 3;
    let begin = |marks: &[char]| sentences.iter().filter(|text| text.trim_start().starts_with(marks)).count();
    let hold = |marks: &[char]| sentences.iter().filter(|text| text.contains(marks)).count();
    let weigh = |marks: &[char]| WEIGHT * begin(marks) + hold(marks);
    let paired = weigh(&['“', '「', '『']);
    let double = weigh(&['"']);
    let single = (WEIGHT + 1) * begin(&['\'', '‘']);
    if paired >= double.max(single) {
        Style::Paired
    } else if double >= single {
        Style::Double
    } else {
        Style::Single
    }
}

fn quotation(sentence: &str, style: Style, open: &mut bool) -> Quotation {
    let mut found = Quotation::default();
    let mut before = ' ';
    let mut characters = sentence.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        match turn(style, before, character, after, *open) {
            Some(turn) => {
                *open = turn == Turn::Opens;
                found.closed = !*open;
                found.begun = found.begun.saturating_add(u8::from(*open));
            }
            None if character.is_alphanumeric() => {
                found.closed = false;
                found.spoken |= *open;
                found.told |= !*open;
            }
            None => {}
        }
        before = character;
    }
    found.open = *open;
    found
}

fn turn(style: Style, before: char, character: char, after: char, open: bool) -> Option<Turn> {
    let could_open = !after.is_whitespace()
        && (before.is_whitespace() || matches!(before, '—' | '–' | '-' | '(' | '[' | '…' | ':' | '"' | '“'));
    match (style, character) {
        (Style::Paired, '“' | '「' | '『') => Some(Turn::Opens),
        (Style::Paired, '”' | '」' | '』') => Some(Turn::Closes),
        (Style::Double, '"') if open || !could_open => Some(Turn::Closes),
        (Style::Double, '"') => Some(Turn::Opens),
        (Style::Single, '‘') if could_open => Some(Turn::Opens),
        (Style::Single, '\'') if could_open && !open => Some(Turn::Opens),
        // After a letter it may be an apostrophe (the boys' room): what speech ends with is a mark of punctuation.
        (Style::Single, '\'' | '’') if open && !before.is_alphanumeric() && !after.is_alphanumeric() => {
            Some(Turn::Closes)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `o` where a sentence ends inside a quotation, `c` where with its closing mark, `-` elsewhere.
    #[track_caller]
    fn check(sentences: &[&str], expected: &str) {
        let found: String = quotations(sentences)
            .iter()
            .map(|quotation| match quotation {
                Quotation { open: true, .. } => 'o',
                Quotation { closed: true, .. } => 'c',
                _ => '-',
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn paired_marks_open_and_close() {
        check(&["老人说：“坐吧。", "茶快好了。”", "雨还在下。"], "oc-");
        check(&["“Sit down,” he said.", "“The tea is nearly ready.", "Take off your coat.”"], "-oc");
        check(&["「坐吧。」", "雨停了。"], "c-");
    }

    #[test]
    fn straight_marks_are_told_by_their_neighbours() {
        check(&["\"Sit down.", "Have some tea,\" he said.", "It rained."], "o--");
        check(&["\"Sit down.\"", "\"Thank you,\" she said, \"but no.\""], "cc");
    }

    #[test]
    fn apostrophes_are_no_quotations() {
        check(&["'Don't sit there.", "It's my father's.'", "The boys' boat hadn't moved.", "'Oh!'"], "oc-c");
        check(&["The boys' boat hadn't moved.", "It's late."], "--");
    }

    #[test]
    fn letters_are_spoken_or_told() {
        let found = quotations(&["他说：“好。”", "“好。”", "他走了。"]);
        let of: Vec<(bool, bool, u8)> = found.iter().map(|one| (one.spoken, one.told, one.begun)).collect();
        assert_eq!(of, [(true, true, 1), (true, false, 1), (false, true, 0)]);
    }
}
