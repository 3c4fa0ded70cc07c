//! The page tree, walked within limits.

use std::collections::HashSet;

use lopdf::{Dictionary, Object, ObjectId};

use super::matrix::Matrix;
use super::objects::{Objects, as_dict};

/// A file may have so many pages; what comes after is left out with a warning.
pub(super) const MAX_PAGES: usize = 20_000;
const MAX_DEPTH: usize = 64;
const MAX_NODES: usize = 100_000;
/// A page without a usable box is taken to be US Letter, as other readers do.
const LETTER: [f64; 4] = [0.0, 0.0, 612.0, 792.0];
/// Twice the largest page that PDF 32000-1 annex C allows, in points.
const MAX_SIDE: f64 = 28_800.0;

/// A page with what it inherits.
#[derive(Clone)]
pub(super) struct PageNode<'a> {
    pub(super) dict: &'a Dictionary,
    pub(super) resources: Option<&'a Dictionary>,
    /// Width and height as displayed, in points.
    pub(super) size: (f64, f64),
    /// From default user space to the displayed page: points from the top left, y downwards.
    pub(super) base: Matrix,
}

#[derive(Clone, Copy, Default)]
struct Inherited<'a> {
    resources: Option<&'a Dictionary>,
    media: Option<[f64; 4]>,
    crop: Option<[f64; 4]>,
    rotate: Option<i64>,
}

/// All pages in order, and whether some were left out because of a limit or a circle in the tree.
pub(super) fn walk(objects: Objects<'_>) -> (Vec<PageNode<'_>>, bool) {
    let mut walk = Walk { objects, seen: HashSet::new(), pages: Vec::new(), nodes: 0, cut: false };
    let catalog = objects.get(&objects.document().trailer, b"Root").and_then(as_dict);
    if let Some(root) = catalog.and_then(|catalog| catalog.get(b"Pages").ok()) {
        walk.node(root, Inherited::default(), 0);
    }
    if walk.pages.is_empty() {
        walk.orphans();
    }
    (walk.pages, walk.cut)
}

struct Walk<'a> {
    objects: Objects<'a>,
    seen: HashSet<ObjectId>,
    pages: Vec<PageNode<'a>>,
    nodes: usize,
    cut: bool,
}

impl<'a> Walk<'a> {
    fn node(&mut self, object: &'a Object, inherited: Inherited<'a>, depth: usize) {
        self.nodes += 1;
        if depth > MAX_DEPTH || self.nodes > MAX_NODES || self.pages.len() >= MAX_PAGES {
            self.cut = true;
            return;
        }
        if let Object::Reference(id) = object
            && !self.seen.insert(*id)
        {
            self.cut = true;
            return;
        }
        let Some(dict) = as_dict(self.objects.resolve(object)) else { return };
        let inherited = self.inherit(dict, inherited);
        match self.objects.array(dict, b"Kids") {
            Some(kids) if !dict.has_type(b"Page") => {
                for kid in kids {
                    self.node(kid, inherited, depth + 1);
                }
            }
            _ if dict.has_type(b"Pages") => {}
            _ => self.pages.push(page(self.objects, dict, inherited)),
        }
    }

    fn inherit(&self, dict: &'a Dictionary, from: Inherited<'a>) -> Inherited<'a> {
        let rect = |key: &[u8]| self.objects.numbers::<4>(dict, key).and_then(ordered);
        Inherited {
            resources: self.objects.dict(dict, b"Resources").or(from.resources),
            media: rect(b"MediaBox").or(from.media),
            crop: rect(b"CropBox").or(from.crop),
            rotate: self.objects.integer(dict, b"Rotate").or(from.rotate),
        }
    }

    /// A file whose page tree is lost still has its page objects; they are taken in the order of their numbers.
    fn orphans(&mut self) {
        for object in self.objects.document().objects.values() {
            let Object::Dictionary(dict) = object else { continue };
            if dict.has_type(b"Page") && self.pages.len() < MAX_PAGES {
                let parent = self.objects.dict(dict, b"Parent");
                let inherited = parent.map_or_else(Inherited::default, |dict| self.inherit(dict, Inherited::default()));
                self.pages.push(page(self.objects, dict, self.inherit(dict, inherited)));
            }
        }
    }
}

fn page<'a>(objects: Objects<'a>, dict: &'a Dictionary, inherited: Inherited<'a>) -> PageNode<'a> {
    let media = inherited.media.unwrap_or(LETTER);
    let shown = inherited.crop.and_then(|crop| intersection(crop, media)).unwrap_or(media);
    let [x0, y0, x1, y1] = shown;
    let (width, height) = (x1 - x0, y1 - y0);
    let (base, size) = match inherited.rotate.unwrap_or(0).rem_euclid(360) {
        90 => (Matrix::new([0.0, 1.0, 1.0, 0.0, -y0, -x0]), (height, width)),
        180 => (Matrix::new([-1.0, 0.0, 0.0, 1.0, x1, -y0]), (width, height)),
        270 => (Matrix::new([0.0, -1.0, -1.0, 0.0, y1, x1]), (height, width)),
        _ => (Matrix::new([1.0, 0.0, 0.0, -1.0, -x0, y1]), (width, height)),
    };
    let unit = objects.number(dict, b"UserUnit").filter(|unit| (0.01..=100.0).contains(unit)).unwrap_or(1.0);
    let base = base.then(Matrix { a: unit, d: unit, ..Matrix::IDENTITY });
    PageNode { dict, resources: inherited.resources, size: (size.0 * unit, size.1 * unit), base }
}

/// The corners in order; `None` for a rectangle without area.
fn ordered([x0, y0, x1, y1]: [f64; 4]) -> Option<[f64; 4]> {
    let rect = [x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)];
    let (width, height) = (rect[2] - rect[0], rect[3] - rect[1]);
    (width >= 1.0 && height >= 1.0 && width < MAX_SIDE && height < MAX_SIDE).then_some(rect)
}

fn intersection(a: [f64; 4], b: [f64; 4]) -> Option<[f64; 4]> {
    let rect = [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])];
    (rect[0] < rect[2] && rect[1] < rect[3]).then_some(rect)
}
