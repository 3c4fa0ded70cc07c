//! Where an answer ended, as a word that the next request gives back.
//!
//! It holds the score, the date and the number of the last document, and a mark of the search that it belongs to: the
//! place of that document in another order would mean nothing.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use index::Place;

use super::SearchRequest;
use crate::Error;

/// The bytes of a cursor: version, mark of the search, score, date, document.
const LENGTH: usize = 1 + 4 + 4 + 4 + 8;
const VERSION: u8 = 1;

/// The word for a place in the answer to a request.
pub(crate) fn cursor(request: &SearchRequest, place: Place) -> String {
    let mut bytes = vec![VERSION];
    bytes.extend(mark(request).to_be_bytes());
    bytes.extend(place.score.to_bits().to_be_bytes());
    bytes.extend(place.date.to_be_bytes());
    bytes.extend(place.document.to_be_bytes());
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The place that a word stands for.
///
/// # Errors
/// [`Error::Input`] when it is none of this search's.
pub(crate) fn place(request: &SearchRequest, cursor: &str) -> Result<Place, Error> {
    let bytes = bytes(cursor).filter(|bytes| bytes.first() == Some(&VERSION)).ok_or_else(|| {
        Error::Input("after= is no place in an answer; give the word of \"next\", or leave it out to begin".to_owned())
    })?;
    let number = |from: usize| {
        let four = bytes.get(from..from + 4).and_then(|four| four.try_into().ok());
        u32::from_be_bytes(four.unwrap_or_default())
    };
    if number(1) != mark(request) {
        return Err(Error::Input(
            "after= is of another search; leave it out, or repeat the query, filters and sort that it came with"
                .to_owned(),
        ));
    }
    let document = bytes.get(13..).and_then(|eight| eight.try_into().ok());
    Ok(Place {
        score: f32::from_bits(number(5)),
        date: number(9),
        document: i64::from_be_bytes(document.unwrap_or_default()),
    })
}

fn bytes(cursor: &str) -> Option<Vec<u8>> {
    if cursor.len() != LENGTH * 2 || !cursor.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..LENGTH).map(|index| u8::from_str_radix(cursor.get(index * 2..index * 2 + 2)?, 16).ok()).collect()
}

/// A mark of all that the order of an answer hangs on.
fn mark(request: &SearchRequest) -> u32 {
    let mut hasher = DefaultHasher::new();
    (&request.query, request.expand, &request.without, &request.chosen, request.group, request.sort).hash(&mut hasher);
    // The lower half is as good as the whole.
    hasher.finish() as u32
}

#[cfg(test)]
mod tests {
    use index::Sort;
    use proptest::prelude::*;

    use super::*;

    fn request(query: &str) -> SearchRequest {
        SearchRequest { query: query.to_owned(), limit: 10, ..SearchRequest::default() }
    }

    #[test]
    fn a_cursor_is_of_one_search() {
        let place_of_first = Place { score: 7.25, date: 20_240_605, document: 12 };
        let word = cursor(&request("潮汐"), place_of_first);
        assert_eq!(place(&request("潮汐"), &word).unwrap(), place_of_first);
        let more = SearchRequest { limit: 50, ..request("潮汐") };
        assert!(place(&more, &word).is_ok(), "how many are asked for does not matter");
        let others = [
            request("tides"),
            SearchRequest { sort: Sort::Newest, ..request("潮汐") },
            SearchRequest { group: false, ..request("潮汐") },
        ];
        for other in others {
            assert!(place(&other, &word).unwrap_err().to_string().contains("another search"));
        }
        for bad in ["", "0", "zz", "潮汐", &word[2..], &word.replace('0', "+")] {
            assert!(place(&request("潮汐"), bad).unwrap_err().to_string().contains("no place"), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn places_come_back(score in any::<u32>(), date in any::<u32>(), document in any::<i64>(), query in ".{0,9}") {
            let request = request(&query);
            let given = Place { score: f32::from_bits(score), date, document };
            let back = place(&request, &cursor(&request, given)).unwrap();
            prop_assert_eq!((back.score.to_bits(), back.date, back.document), (score, date, document));
        }

        #[test]
        fn no_word_does_harm(word in ".{0,60}") {
            let _ = place(&request("q"), &word);
        }
    }
}
