//! What annotations and form fields show on the page: their appearance streams (PDF 32000-1, 12.5.5).

use lopdf::{Dictionary, Object, Stream};

use super::matrix::Matrix;
use super::objects::{Objects, as_dict};
use super::optional::OptionalContent;

/// A page has so many annotations at most; further ones are left out.
const MAX_ANNOTATIONS: usize = 20_000;
/// Flags (table 165): never shown, and not shown on the screen.
const HIDDEN: i64 = 1 << 1;
const NO_VIEW: i64 = 1 << 5;
/// Windows and icons that lie over the page rather than belong to its text.
const NO_TEXT: [&[u8]; 8] = [b"Popup", b"Text", b"FileAttachment", b"Sound", b"Movie", b"Screen", b"3D", b"RichMedia"];

/// The appearance streams that are visible, each with the transform from its form space, after its own matrix, to
/// the page's.
pub(super) fn appearances<'a>(
    objects: Objects<'a>,
    page: &'a Dictionary,
    optional: &OptionalContent,
) -> Vec<(&'a Stream, Matrix)> {
    let annotations = objects.array(page, b"Annots").unwrap_or_default();
    let annotations = annotations.iter().take(MAX_ANNOTATIONS).filter_map(|object| as_dict(objects.resolve(object)));
    annotations.filter_map(|annotation| appearance(objects, annotation, optional)).collect()
}

/// The resources that fields share, where their appearances name fonts that they do not bring.
pub(super) fn default_resources(objects: Objects<'_>) -> Option<&Dictionary> {
    let catalog = as_dict(objects.get(&objects.document().trailer, b"Root")?)?;
    objects.dict(objects.dict(catalog, b"AcroForm")?, b"DR")
}

fn appearance<'a>(
    objects: Objects<'a>,
    annotation: &'a Dictionary,
    optional: &OptionalContent,
) -> Option<(&'a Stream, Matrix)> {
    let flags = objects.integer(annotation, b"F").unwrap_or(0);
    let subtype = objects.name(annotation, b"Subtype").unwrap_or_default();
    let off = annotation.get(b"OC").is_ok_and(|group| optional.hides(objects, group));
    if flags & (HIDDEN | NO_VIEW) != 0 || NO_TEXT.contains(&subtype) || off {
        return None;
    }
    let stream = match objects.get(objects.dict(annotation, b"AP")?, b"N")? {
        Object::Stream(stream) => stream,
        Object::Dictionary(states) => objects.stream(states, objects.name(annotation, b"AS")?)?,
        _ => return None,
    };
    let rect = ordered(objects.numbers::<4>(annotation, b"Rect")?);
    let bbox = objects.numbers::<4>(&stream.dict, b"BBox").unwrap_or([0.0, 0.0, rect[2] - rect[0], rect[3] - rect[1]]);
    let matrix = objects.numbers::<6>(&stream.dict, b"Matrix").map_or(Matrix::IDENTITY, Matrix::new);
    Some((stream, fitted(bounds(ordered(bbox), matrix), rect)))
}

/// The transform that scales and moves one rectangle onto another.
fn fitted(from: [f64; 4], to: [f64; 4]) -> Matrix {
    let scale = |low: usize| {
        let (from, to) = (from[low + 2] - from[low], to[low + 2] - to[low]);
        if from > 0.0 && to > 0.0 { to / from } else { 1.0 }
    };
    let (x, y) = (scale(0), scale(1));
    Matrix::new([x, 0.0, 0.0, y, to[0] - from[0] * x, to[1] - from[1] * y])
}

fn bounds([x0, y0, x1, y1]: [f64; 4], matrix: Matrix) -> [f64; 4] {
    let corners = [(x0, y0), (x1, y0), (x0, y1), (x1, y1)].map(|(x, y)| matrix.apply(x, y));
    let empty = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    corners.iter().fold(empty, |[x0, y0, x1, y1], (x, y)| [x0.min(*x), y0.min(*y), x1.max(*x), y1.max(*y)])
}

fn ordered([x0, y0, x1, y1]: [f64; 4]) -> [f64; 4] {
    [x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)]
}
