//! PDF bytes to pages of positioned text, by a content interpreter of our own on lopdf objects.
