//! The text of a picture without what lies under and over it: watermarks, stains, specks.
