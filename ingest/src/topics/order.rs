//! Topics in an order in which parents stand before their children.

use std::collections::{HashMap, HashSet};

use corpus::topic::Topic;

use super::reader::{Entry, Problem, short};

/// A taxonomy has at most so many levels.
const MOST_LEVELS: usize = 16;

/// The topics, parents first and otherwise in their order, and what is wrong with the parents that are named.
pub(super) fn parents_first(entries: Vec<Entry>) -> (Vec<Topic>, Vec<Problem>) {
    let mut problems = Vec::new();
    let depths: Vec<usize> = {
        let parents: HashMap<&str, Option<&str>> =
            entries.iter().map(|entry| (entry.topic.id.as_str(), entry.topic.parent.as_deref())).collect();
        let mut depth = |entry: &Entry| match depth(&entry.topic, &parents) {
            Ok(depth) => depth,
            Err(message) => {
                problems.push(Problem { line: entry.line, message });
                0
            }
        };
        entries.iter().map(&mut depth).collect()
    };
    let settled = in_order(&entries);
    let mut ordered: Vec<(usize, Topic)> =
        depths.into_iter().zip(entries.into_iter().map(|entry| entry.topic)).collect();
    if !settled {
        ordered.sort_by_key(|(depth, _)| *depth);
    }
    (ordered.into_iter().map(|(_, topic)| topic).collect(), problems)
}

/// Whether every parent that is there stands before its children already.
fn in_order(entries: &[Entry]) -> bool {
    let mut seen = HashSet::new();
    entries.iter().all(|entry| {
        seen.insert(entry.topic.id.as_str());
        entry.topic.parent.as_deref().is_none_or(|parent| seen.contains(parent))
    })
}

fn depth(topic: &Topic, parents: &HashMap<&str, Option<&str>>) -> Result<usize, String> {
    let mut depth = 0;
    let mut here = topic.parent.as_deref();
    while let Some(id) = here {
        let Some(above) = parents.get(id) else {
            // Told once, where the topic itself names it.
            return if depth == 0 {
                Err(format!("the topic {} is under {}, which is not there", short(&topic.id), short(id)))
            } else {
                Ok(depth)
            };
        };
        depth += 1;
        if id == topic.id {
            return Err(format!("the topic {} is under itself; take one of its parent lines out", short(id)));
        }
        if depth > MOST_LEVELS {
            return Err(format!("the topic {} is more than {MOST_LEVELS} levels deep", short(&topic.id)));
        }
        here = *above;
    }
    Ok(depth)
}
