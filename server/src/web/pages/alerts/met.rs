//! What met a watch: the sentence with it marked, and which of it renders what the watch names.

use std::collections::HashSet;

use corpus::watch::{Alert, Watch};
use index::stems;

use crate::derive::widening;
use crate::terms::cached::Termbase;
use crate::web::view::{self, Part, Said};

/// The longest part of a sentence that is shown, in characters.
const LONGEST: usize = 480;
/// How much of that stands before what was met.
const BEFORE: usize = 120;

/// A string that met a watch.
pub(super) struct Met {
    pub(super) text: Said,
    /// What the watch names, of which it is a rendering.
    pub(super) of: Option<Said>,
}

/// The renderings that meet a watch besides what it names, as the termbase has them now.
pub(super) struct Renderings {
    /// Stems of the rendering, and the term that it renders.
    of: Vec<(String, String)>,
    /// Stems of the terms that the watch names.
    named: HashSet<String>,
}

impl Renderings {
    pub(super) fn new(base: &Termbase, watch: &Watch) -> Self {
        let (also, _) = widening(base, watch);
        let named = also.iter().map(|also| stems(&also.term)).collect();
        let pairs = also.into_iter().flat_map(|also| {
            let term = also.term;
            also.renderings.into_iter().map(move |rendering| (stems(&rendering.text), term.clone()))
        });
        Self { of: pairs.collect(), named }
    }

    /// What met the watch, each string once whatever its case.
    pub(super) fn met(&self, alert: &Alert) -> Vec<Met> {
        let mut listed = HashSet::new();
        let atoms = alert.atoms.iter().filter(|atom| listed.insert(atom.to_lowercase()));
        atoms.map(|atom| Met { text: Said::by_script(atom), of: self.rendered(atom).map(Said::by_script) }).collect()
    }

    fn rendered(&self, atom: &str) -> Option<&str> {
        let key = stems(atom);
        let rendering = self.of.iter().find(|(rendering, _)| *rendering == key && !self.named.contains(&key));
        rendering.map(|(_, term)| term.as_str())
    }
}

/// A sentence with what was met marked; of one that is long the part around it.
pub(super) fn marked(sentence: &str, atoms: &[String]) -> Vec<Part> {
    let length = sentence.chars().count();
    if length <= LONGEST {
        return view::marked(sentence, atoms);
    }
    let before: usize = view::marked(sentence, atoms)
        .iter()
        .take_while(|part| !part.marked)
        .map(|part| part.text.chars().count())
        .sum();
    let start = if before < length { before.saturating_sub(BEFORE) } else { 0 };
    let shown: String = sentence.chars().skip(start).take(LONGEST).collect();
    let ellipsis = |is_cut: bool| if is_cut { "…" } else { "" };
    let (left, right) = (ellipsis(start > 0), ellipsis(start + LONGEST < length));
    view::marked(&format!("{left}{shown}{right}"), atoms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sentence_is_cut_around_what_was_met() {
        let atoms = vec!["灯塔".to_owned()];
        let text = |sentence: &str| marked(sentence, &atoms).iter().map(|part| part.text.clone()).collect::<String>();
        assert_eq!(text("灯塔由渔港管理。"), "灯塔由渔港管理。");
        let long = format!("{}灯塔{}", "海".repeat(3000), "港".repeat(3000));
        let shown = text(&long);
        assert!(shown.starts_with("…海") && shown.ends_with("港…") && shown.contains("海灯塔港"), "{shown}");
        assert_eq!(shown.chars().count(), LONGEST + 2);
        assert!(text(&"海".repeat(3000)).starts_with("海"));
    }
}
