//! Encrypted files of every revision, opened with either password, however their dictionary is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::encryption::crypt_filters::{Aes128CryptFilter, Aes256CryptFilter, CryptFilter, Rc4CryptFilter};
use lopdf::{Dictionary, Document, EncryptionState, EncryptionVersion, Object, Permissions, Stream};

use super::super::extract;
use super::{Error, HELVETICA, page};

const CONTENT: &str = "BT /F1 12 Tf 50 700 Td (kept secret) Tj ET";
const USER: &str = "open sesame";
const OWNER: &str = "mine";

fn plain() -> Document {
    let bytes = page(CONTENT, "/Font<</F1 5 0 R>>", &[HELVETICA]);
    let mut document = Document::load_mem(&bytes).expect("a whole file");
    let id = || Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", vec![id(), id()]);
    document
}

fn filters(filter: Arc<dyn CryptFilter>) -> BTreeMap<Vec<u8>, Arc<dyn CryptFilter>> {
    BTreeMap::from([(b"StdCF".to_vec(), filter)])
}

/// The encryption of a revision, with these user's and owner's passwords.
fn state(document: &Document, revision: u8, user: &str) -> EncryptionState {
    let (owner_password, user_password) = (OWNER, user);
    let permissions = Permissions::all();
    let (stream_filter, string_filter) = (b"StdCF".to_vec(), b"StdCF".to_vec());
    let version = match revision {
        2 => EncryptionVersion::V1 { document, owner_password, user_password, permissions },
        3 => EncryptionVersion::V2 { document, owner_password, user_password, key_length: 128, permissions },
        4 | 40 => EncryptionVersion::V4 {
            document,
            encrypt_metadata: revision == 4,
            crypt_filters: if revision == 4 {
                filters(Arc::new(Aes128CryptFilter))
            } else {
                filters(Arc::new(Rc4CryptFilter))
            },
            stream_filter,
            string_filter,
            owner_password,
            user_password,
            permissions,
        },
        #[expect(deprecated, reason = "old files are read too")]
        5 => EncryptionVersion::R5 {
            encrypt_metadata: false,
            crypt_filters: filters(Arc::new(Aes256CryptFilter)),
            file_encryption_key: &[7; 32],
            stream_filter,
            string_filter,
            owner_password,
            user_password,
            permissions,
        },
        _ => EncryptionVersion::V5 {
            encrypt_metadata: true,
            crypt_filters: filters(Arc::new(Aes256CryptFilter)),
            file_encryption_key: &[7; 32],
            stream_filter,
            string_filter,
            owner_password,
            user_password,
            permissions,
        },
    };
    EncryptionState::try_from(version).expect("the parameters are valid")
}

fn encrypted(revision: u8, user: &str) -> Document {
    let mut document = plain();
    let state = state(&document, revision, user);
    document.encrypt(&state).expect("a plain document");
    document
}

fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory takes everything");
    bytes
}

/// The encryption dictionary taken out of its object.
fn taken(document: &mut Document) -> Dictionary {
    let id = document.trailer.get(b"Encrypt").and_then(Object::as_reference).expect("it is encrypted");
    let Some(Object::Dictionary(dictionary)) = document.objects.remove(&id) else { panic!("no dictionary") };
    dictionary
}

#[track_caller]
fn check(bytes: &[u8], password: Option<&str>) {
    let extraction = extract(bytes, password).expect("the file can be opened");
    assert_eq!(extraction.pages.iter().map(corpus::document::Page::text).collect::<String>(), "kept secret");
}

#[test]
fn every_revision_opens_with_either_password() {
    for revision in [2, 3, 4, 40, 5, 6] {
        let bytes = saved(encrypted(revision, USER));
        check(&bytes, Some(USER));
        check(&bytes, Some(OWNER));
        assert_eq!(extract(&bytes, None), Err(Error::PasswordNeeded), "revision {revision}");
        assert_eq!(extract(&bytes, Some("guess")), Err(Error::PasswordNeeded), "revision {revision}");
    }
}

#[test]
fn an_empty_password_is_tried_whatever_is_given() {
    for revision in [2, 3, 4, 40, 5, 6] {
        let bytes = saved(encrypted(revision, ""));
        check(&bytes, None);
        check(&bytes, Some("not needed"));
    }
}

#[test]
fn the_dictionary_may_stand_in_the_trailer() {
    for revision in [2, 4, 6] {
        let mut document = encrypted(revision, USER);
        let dictionary = taken(&mut document);
        document.trailer.set("Encrypt", dictionary);
        check(&saved(document), Some(USER));
    }
}

#[test]
fn entries_of_the_dictionary_may_be_references() {
    for revision in [3, 4, 6] {
        let mut document = encrypted(revision, USER);
        let mut dictionary = taken(&mut document);
        let mut apart = Dictionary::new();
        for (key, value) in &dictionary {
            let value = match value {
                Object::Dictionary(filters) => {
                    let ids = filters.iter().map(|(name, filter)| (name.clone(), document.add_object(filter.clone())));
                    ids.map(|(name, id)| (name, Object::Reference(id))).collect::<Dictionary>().into()
                }
                value => value.clone(),
            };
            apart.set(key.clone(), document.add_object(value));
        }
        dictionary = apart;
        let id = document.add_object(dictionary);
        document.trailer.set("Encrypt", id);
        check(&saved(document), Some(USER));
    }
}

#[test]
fn lengths_that_are_wrong_are_put_right() {
    for (revision, length) in [(2, 128), (3, 16), (4, 16), (6, 32)] {
        let mut document = encrypted(revision, USER);
        let mut dictionary = taken(&mut document);
        dictionary.set("Length", length);
        let mut owner = dictionary.get(b"O").and_then(Object::as_str).expect("a string").to_vec();
        owner.resize(127, 0);
        dictionary.set("O", Object::string_literal(owner));
        let id = document.add_object(dictionary);
        document.trailer.set("Encrypt", id);
        check(&saved(document), Some(USER));
    }
}

#[test]
fn streams_may_be_left_unencrypted() {
    let identity = || Dictionary::from_iter([("Name", Object::Name(b"Identity".to_vec()))]);
    let parameters = [Object::Dictionary(identity()), vec![identity().into()].into(), Object::Null];
    for parameters in parameters {
        let mut document = encrypted(4, USER);
        let Some(Object::Stream(stream)) = document.objects.get_mut(&(4, 0)) else { panic!("no content") };
        stream.set_content(CONTENT.into());
        stream.dict.set("Filter", vec![Object::Name(b"Crypt".to_vec())]);
        stream.dict.set("DecodeParms", parameters);
        check(&saved(document), Some(USER));
    }
}

#[test]
fn object_streams_are_opened_once_decrypted() {
    let bytes = page(CONTENT, "/Font<</F1 99 0 R>>", &[]);
    let mut document = Document::load_mem(&bytes).expect("a whole file");
    // The content is encrypted as a stream; a dictionary in an object stream is not encrypted once more.
    let held = format!("99 0 {HELVETICA}");
    let entries = [("Type", Object::Name(b"ObjStm".to_vec())), ("N", 1.into()), ("First", 5.into())];
    document.add_object(Stream::new(Dictionary::from_iter(entries), held.into()));
    let state = state(&document, 6, USER);
    document.encrypt(&state).expect("a plain document");
    check(&saved(document), Some(USER));
}

#[test]
fn a_lost_table_is_no_obstacle() {
    let bytes = saved(encrypted(4, USER));
    let table = bytes.windows(5).rposition(|window| window == b"xref\n").expect("a table was written");
    let trailer = bytes.windows(7).rposition(|window| window == b"trailer").expect("a trailer was written");
    let end = bytes.windows(9).rposition(|window| window == b"startxref").expect("it was written");
    check(&[&bytes[..table], &bytes[trailer..end]].concat(), Some(USER));
}

#[test]
fn the_word_in_a_plain_file_means_nothing() {
    let bytes = page("BT /F1 12 Tf 50 700 Td (the entry /Encrypt names it) Tj ET", "/Font<</F1 5 0 R>>", &[HELVETICA]);
    assert_eq!(super::text(&bytes), "the entry /Encrypt names it");
}

#[test]
fn unknown_handlers_are_named() {
    let mut document = encrypted(4, USER);
    let mut dictionary = taken(&mut document);
    dictionary.set("Filter", Object::Name(b"Acme.Lock".to_vec()));
    let id = document.add_object(dictionary);
    document.trailer.set("Encrypt", id);
    let expected = Error::UnknownEncryption("security handler Acme.Lock".to_owned());
    assert_eq!(extract(&saved(document), None), Err(expected));
}
