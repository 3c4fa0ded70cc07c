//! Optional content: layers that are off when the file is opened are not text (PDF 32000-1, 8.11).

use std::collections::HashSet;

use lopdf::{Dictionary, Object, ObjectId};

use super::objects::{Objects, as_dict};

/// Membership dictionaries may nest; deeper than this they count as visible.
const MAX_DEPTH: usize = 8;

/// The optional content groups that are off by default.
#[derive(Default)]
pub(super) struct OptionalContent {
    off: HashSet<ObjectId>,
}

impl OptionalContent {
    pub(super) fn read(objects: Objects<'_>) -> Self {
        Self { off: off_groups(objects).unwrap_or_default() }
    }

    /// Whether content under this group or membership dictionary is not shown.
    pub(super) fn hides<'a>(&self, objects: Objects<'a>, object: &'a Object) -> bool {
        !self.off.is_empty() && self.hidden(objects, object, 0)
    }

    fn hidden<'a>(&self, objects: Objects<'a>, object: &'a Object, depth: usize) -> bool {
        if let Object::Reference(id) = object
            && self.off.contains(id)
        {
            return true;
        }
        let Some(dict) = as_dict(objects.resolve(object)).filter(|_| depth < MAX_DEPTH) else { return false };
        let Ok(groups) = dict.get(b"OCGs") else { return false };
        let groups: Vec<&Object> = match objects.resolve(groups) {
            Object::Array(groups) => groups.iter().collect(),
            _ => vec![groups],
        };
        let mut hidden = groups.iter().map(|group| self.hidden(objects, group, depth + 1));
        match objects.name(dict, b"P").unwrap_or(b"AnyOn") {
            b"AllOn" => hidden.any(|hidden| hidden),
            b"AnyOff" => !groups.is_empty() && hidden.all(|hidden| !hidden),
            b"AllOff" => hidden.any(|hidden| !hidden),
            _ => !groups.is_empty() && hidden.all(|hidden| hidden),
        }
    }
}

fn off_groups(objects: Objects<'_>) -> Option<HashSet<ObjectId>> {
    let catalog: &Dictionary = objects.get(&objects.document().trailer, b"Root").and_then(as_dict)?;
    let properties = objects.dict(catalog, b"OCProperties")?;
    let default = objects.dict(properties, b"D")?;
    let ids = |dict, key: &[u8]| -> Vec<ObjectId> {
        let array = objects.array(dict, key).unwrap_or_default();
        array.iter().filter_map(|object| object.as_reference().ok()).collect()
    };
    let mut off: HashSet<ObjectId> = ids(default, b"OFF").into_iter().collect();
    if objects.name(default, b"BaseState") == Some(b"OFF") {
        off.extend(ids(properties, b"OCGs"));
        for id in ids(default, b"ON") {
            off.remove(&id);
        }
    }
    Some(off)
}
