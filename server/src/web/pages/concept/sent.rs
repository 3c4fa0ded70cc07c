//! What a form sends, and how it is shown again where it cannot be taken.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use crate::terms::editing::Fault;
use crate::web::problem::{Dressed, Problem};
use crate::web::words::Words;

/// The fields of a form, in their order.
pub(super) struct Sent(Vec<(String, String)>);

impl Sent {
    pub(super) fn new(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// A field without space around it, its lines as Unix ends them; empty where it is missing.
    pub(super) fn get(&self, name: &str) -> String {
        let value = self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str());
        value.replace("\r\n", "\n").trim().to_owned()
    }

    /// The numbers of a field that may be sent many times.
    pub(super) fn numbers(&self, name: &str) -> Vec<i64> {
        self.0.iter().filter(|(field, _)| field == name).filter_map(|(_, value)| value.parse().ok()).collect()
    }
}

/// What is wrong with a form, in words.
pub(super) fn faults_told(w: &'static Words, faults: &[Fault]) -> Vec<String> {
    faults.iter().map(|fault| w.edit_fault(fault)).collect()
}

/// A form shown again, with what was typed.
pub(super) fn again(status: StatusCode, page: Result<Response, Problem>) -> Result<Response, Problem> {
    let mut response = (status, page?).into_response();
    response.extensions_mut().insert(Dressed);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_without_the_marks_of_a_browser() {
        let field = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let sent = [("note", " a\r\nb \r\n"), ("t", "3"), ("t", "x"), ("t", "7"), ("empty", " ")].map(field);
        let sent = Sent::new(sent.to_vec());
        assert_eq!(sent.get("note"), "a\nb");
        assert_eq!((sent.get("empty"), sent.get("missing")), (String::new(), String::new()));
        assert_eq!(sent.numbers("t"), [3, 7]);
    }
}
