//! A page as a picture.
