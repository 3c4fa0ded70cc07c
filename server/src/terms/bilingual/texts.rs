//! Two texts, one the translation of the other, put side by side sentence by sentence.

use corpus::bitext::Bead;
use corpus::document::Language;
use ingest::align::{Knowledge, Line, beads};

use super::{BilingualText, Segment};
use crate::Error;
use crate::terms::given::{Given, GivenSentence};

/// Aligns a source and its translation. Sentences that only one side has are no segments; those of the source are
/// counted as untranslated.
///
/// # Errors
/// [`Error::Input`] unless one is in Chinese and the other in English.
pub fn aligned(source: &Given, target: &Given) -> Result<BilingualText, Error> {
    let (from, to) = direction(source.language(), target.language())?;
    let (sources, targets) = (source.sentences(), target.sentences());
    let (own, other): (Vec<Line<'_>>, Vec<Line<'_>>) =
        (sources.iter().map(GivenSentence::line).collect(), targets.iter().map(GivenSentence::line).collect());
    let is_chinese = from == Language::Zh;
    let (zh, en) = if is_chinese { (&own, &other) } else { (&other, &own) };
    let mut text =
        BilingualText { source: from, target: to, segments: Vec::new(), untranslated: 0, other_languages: 0 };
    for bead in beads(zh, en, &[], Knowledge::of_dictionary()) {
        let doubtful = bead.is_doubtful();
        let Bead { zh, en, .. } = bead;
        let (own, other) = if is_chinese { (zh, en) } else { (en, zh) };
        if own.is_empty() || other.is_empty() {
            text.untranslated += own.len();
            continue;
        }
        let (source, target) = (joined(&sources, &own, from), joined(&targets, &other, to));
        text.segments.push(Segment { id: String::new(), source, target, doubtful });
    }
    Ok(text)
}

fn direction(source: Language, target: Language) -> Result<(Language, Language), Error> {
    let name = |language| match language {
        Language::Zh => "Chinese",
        Language::En => "English",
        Language::Other => "neither Chinese nor English",
    };
    // Of a text too short to tell, the other one decides.
    match (source, target) {
        (Language::Zh, Language::En | Language::Other) | (Language::Other, Language::En) => {
            Ok((Language::Zh, Language::En))
        }
        (Language::En, Language::Zh | Language::Other) | (Language::Other, Language::Zh) => {
            Ok((Language::En, Language::Zh))
        }
        _ => {
            let both = format!("the source is {} and the target {}", name(source), name(target));
            Err(Error::Input(format!("{both}; give a text and its translation, Chinese and English")))
        }
    }
}

fn joined(sentences: &[GivenSentence], indexes: &[usize], language: Language) -> String {
    let between = if language == Language::Zh { "" } else { " " };
    let texts = indexes.iter().filter_map(|index| sentences.get(*index)).map(GivenSentence::text);
    texts.collect::<Vec<_>>().join(between)
}
