//! Addresses of the pages.

/// An address with a query; parts with an empty value are left out.
pub(super) fn url(path: &str, query: &[(&str, &str)]) -> String {
    let mut serializer = form_urlencoded::Serializer::new(String::new());
    for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
        serializer.append_pair(name, value);
    }
    let query = serializer.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Whether an address stays on this server. Browsers read `//host`, `/\\host` and `/<tab>/host` as another's, and leave out
/// what is no visible character.
pub(super) fn is_local(address: &str) -> bool {
    let is_plain = address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    is_plain && address.starts_with('/') && !address.starts_with("//")
}

/// A search.
pub(super) fn search(query: &str) -> String {
    url("/search", &[("q", query)])
}

/// A document from its beginning.
pub(super) fn document(id: i64) -> String {
    format!("/document/{id}")
}

/// A document at one of its blocks, with what was searched marked.
pub(super) fn block(id: i64, block: usize, query: &str) -> String {
    let address = url(&document(id), &[("q", query), ("block", &block.to_string())]);
    format!("{address}#b{block}")
}

/// A document at the first row of a page.
pub(super) fn page(id: i64, page: u32) -> String {
    format!("{}?page={page}#p{page}", document(id))
}

/// A document at one of its sentences, which the page finds the block of.
pub(super) fn sentence(id: i64, sentence: usize) -> String {
    format!("{}?sentence={sentence}", document(id))
}

/// The picture of a page of a document, with a block framed and what was searched marked. A document that is no PDF has
/// none: the address leads to a page that says so and leads to the text.
pub(super) fn page_picture(document: i64, page: u32, block: Option<usize>, query: &str) -> String {
    let block = block.map_or(String::new(), |block| block.to_string());
    url(&format!("{}/page/{page}", self::document(document)), &[("q", query), ("block", &block)])
}

/// The same with one sentence framed.
pub(super) fn sentence_picture(document: i64, page: u32, sentence: usize) -> String {
    format!("{}/page/{page}?sentence={sentence}", self::document(document))
}

/// A bitext from its beginning.
pub(super) fn bitext(id: i64) -> String {
    format!("/bitext/{id}")
}

/// The place of a document's block in the bitext that the document belongs to.
pub(super) fn aligned_block(document: i64, block: usize) -> String {
    format!("{}/bitext?block={block}", self::document(document))
}

/// The place of a document's sentence in the bitext that the document belongs to.
pub(super) fn aligned_sentence(document: i64, sentence: usize) -> String {
    format!("{}/bitext?sentence={sentence}", self::document(document))
}

/// A watch.
pub(super) fn watch(id: i64) -> String {
    format!("/watches/{id}")
}

/// The file itself.
pub(super) fn file(id: i64) -> String {
    format!("/file/{id}")
}

/// A concept.
pub(super) fn concept(id: i64) -> String {
    format!("/concept/{id}")
}

/// The passages most like one of a document's blocks, in both languages.
pub(super) fn similar(document: i64, block: usize) -> String {
    url("/similar", &[("document", &document.to_string()), ("block", &block.to_string())])
}
