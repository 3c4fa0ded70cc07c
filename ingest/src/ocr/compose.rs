//! What an engine saw on a picture, as lines of a page.
