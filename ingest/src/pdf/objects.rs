//! A read-only view of the file's objects that follows references, never far and never in circles.

use lopdf::{Dictionary, Document, Object, Stream};

/// References to references are followed this often.
const MAX_HOPS: usize = 16;

static NULL: Object = Object::Null;

/// The objects of one file. Every getter gives `None` where the file has nothing or something else.
#[derive(Clone, Copy)]
pub(super) struct Objects<'a> {
    document: &'a Document,
}

impl<'a> Objects<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self { document }
    }

    pub(super) fn document(self) -> &'a Document {
        self.document
    }

    /// The object that a chain of references ends in; null where it leads nowhere.
    pub(super) fn resolve(self, mut object: &'a Object) -> &'a Object {
        for _ in 0..MAX_HOPS {
            let Object::Reference(id) = object else { return object };
            match self.document.objects.get(id) {
                Some(next) => object = next,
                None => return &NULL,
            }
        }
        &NULL
    }

    pub(super) fn get(self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        match self.resolve(dict.get(key).ok()?) {
            Object::Null => None,
            object => Some(object),
        }
    }

    /// The entry as a dictionary; a stream counts as its dictionary.
    pub(super) fn dict(self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        as_dict(self.get(dict, key)?)
    }

    pub(super) fn stream(self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Stream> {
        self.get(dict, key)?.as_stream().ok()
    }

    pub(super) fn array(self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
        self.get(dict, key)?.as_array().ok().map(Vec::as_slice)
    }

    pub(super) fn name(self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
        self.get(dict, key)?.as_name().ok()
    }

    pub(super) fn string(self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
        self.get(dict, key)?.as_str().ok()
    }

    pub(super) fn number(self, dict: &'a Dictionary, key: &[u8]) -> Option<f64> {
        as_number(self.get(dict, key)?)
    }

    pub(super) fn integer(self, dict: &'a Dictionary, key: &[u8]) -> Option<i64> {
        as_integer(self.get(dict, key)?)
    }

    /// The numbers of an array of exactly or at least `N` numbers.
    pub(super) fn numbers<const N: usize>(self, dict: &'a Dictionary, key: &[u8]) -> Option<[f64; N]> {
        let array = self.array(dict, key)?;
        let mut numbers = [0.0; N];
        for (number, object) in numbers.iter_mut().zip(array) {
            *number = as_number(self.resolve(object))?;
        }
        (array.len() >= N).then_some(numbers)
    }
}

pub(super) fn as_dict(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// A finite number.
pub(super) fn as_number(object: &Object) -> Option<f64> {
    match object {
        Object::Integer(number) => Some(*number as f64),
        Object::Real(number) => number.is_finite().then(|| f64::from(*number)),
        _ => None,
    }
}

/// An integer; some producers write `500.0`.
pub(super) fn as_integer(object: &Object) -> Option<i64> {
    match object {
        Object::Integer(number) => Some(*number),
        Object::Real(number) => number.is_finite().then_some(*number as i64),
        _ => None,
    }
}
