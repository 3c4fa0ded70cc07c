//! One file to one document.
