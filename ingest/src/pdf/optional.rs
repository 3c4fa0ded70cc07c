//! Optional content: layers that are off when the file is opened are not text (PDF 32000-1, 8.11).

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Object, ObjectId};

use super::objects::{Objects, as_dict};

/// Membership dictionaries may nest; deeper than this they count as visible.
const MAX_DEPTH: usize = 8;

/// Groups and expressions that are looked at for one answer; what nests more than that counts as visible.
const MAX_VISITS: u32 = 4096;

/// The optional content groups that are off by default.
#[derive(Default)]
pub(super) struct OptionalContent {
    off: HashSet<ObjectId>,
    /// Answers given before, and the visits left for the present one.
    known: RefCell<HashMap<*const Object, bool>>,
    visits: Cell<u32>,
}

impl OptionalContent {
    pub(super) fn read(objects: Objects<'_>) -> Self {
        Self { off: off_groups(objects).unwrap_or_default(), ..Self::default() }
    }

    /// Whether content under this group or membership dictionary is not shown.
    pub(super) fn hides<'a>(&self, objects: Objects<'a>, object: &'a Object) -> bool {
        if self.off.is_empty() {
            return false;
        }
        let known = self.known.borrow().get(&std::ptr::from_ref(object)).copied();
        known.unwrap_or_else(|| {
            self.visits.set(MAX_VISITS);
            let hidden = self.hidden(objects, object, 0);
            self.known.borrow_mut().insert(std::ptr::from_ref(object), hidden);
            hidden
        })
    }

    /// Whether to look deeper.
    fn goes_on(&self, depth: usize) -> bool {
        let left = self.visits.get();
        self.visits.set(left.saturating_sub(1));
        left > 0 && depth < MAX_DEPTH
    }

    fn hidden<'a>(&self, objects: Objects<'a>, object: &'a Object, depth: usize) -> bool {
        if let Object::Reference(id) = object
            && self.off.contains(id)
        {
            return true;
        }
        let Some(dict) = as_dict(objects.resolve(object)).filter(|_| self.goes_on(depth)) else { return false };
        if let Some(expression) = objects.array(dict, b"VE") {
            return !self.visible(objects, expression, depth + 1);
        }
        let Ok(groups) = dict.get(b"OCGs") else { return false };
        let groups: Vec<&Object> = match objects.resolve(groups) {
            Object::Array(groups) => groups.iter().collect(),
            _ => vec![groups],
        };
        let groups: Vec<&Object> = groups.into_iter().filter(|group| !objects.resolve(group).is_null()).collect();
        let mut hidden = groups.iter().map(|group| self.hidden(objects, group, depth + 1));
        match objects.name(dict, b"P").unwrap_or(b"AnyOn") {
            b"AllOn" => hidden.any(|hidden| hidden),
            b"AnyOff" => !groups.is_empty() && hidden.all(|hidden| !hidden),
            b"AllOff" => hidden.any(|hidden| !hidden),
            _ => !groups.is_empty() && hidden.all(|hidden| hidden),
        }
    }

    /// The value of a visibility expression: `And`, `Or` or `Not` and its operands, groups or expressions.
    fn visible<'a>(&self, objects: Objects<'a>, expression: &'a [Object], depth: usize) -> bool {
        let Some((operator, operands)) = expression.split_first().filter(|_| self.goes_on(depth)) else { return true };
        let mut values = operands.iter().map(|operand| match objects.resolve(operand) {
            Object::Array(expression) => self.visible(objects, expression, depth + 1),
            _ => !self.hidden(objects, operand, depth + 1),
        });
        match objects.resolve(operator).as_name() {
            Ok(b"And") => values.all(|value| value),
            Ok(b"Or") => values.any(|value| value),
            Ok(b"Not") => !values.next().unwrap_or(false),
            _ => true,
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
