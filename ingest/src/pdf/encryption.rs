//! Encrypted files (PDF 32000-1, 7.6; ISO 32000-2, 7.6), put into the form that lopdf decrypts.
//!
//! lopdf knows the algorithms, but reads the encryption dictionary only where it is an indirect object without
//! references in it, and loads no object of a file that it cannot decrypt at once. So the entry is hidden from it
//! while it loads, the dictionary is written anew from what the file says, and then lopdf decrypts.

use std::sync::LazyLock;

use lopdf::encryption::DecryptionError;
use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, Object, ObjectId, ObjectStream, Stream};
use regex::bytes::Regex;

use super::Error;
use super::file::reason;
use super::objects::{Objects, as_dict};

/// The key by which the trailer names the encryption dictionary, and what hides it.
const KEY: &[u8] = b"Encrypt";
const HIDDEN: &[u8] = b"Encrypx";
/// The type of object streams until they are decrypted: lopdf would drop them, since they cannot be read yet.
const LOCKED: &[u8] = b"LockedObjStm";

#[expect(clippy::unwrap_used, reason = "the expression is a literal, and tests compile it")]
static ENTRY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?-u)/Encrypt[\x00\t\n\x0c\r <\[/]").unwrap());

/// The file with the entry of the encryption dictionary hidden; `None` where there is none.
pub(super) fn hidden(bytes: &[u8]) -> Option<Vec<u8>> {
    let found: Vec<usize> = ENTRY.find_iter(bytes).map(|found| found.start() + 1).collect();
    if found.is_empty() {
        return None;
    }
    let mut hidden = bytes.to_vec();
    for at in found {
        if let Some(key) = hidden.get_mut(at..at + HIDDEN.len()) {
            key.copy_from_slice(HIDDEN);
        }
    }
    Some(hidden)
}

/// Whether a file that was loaded with the entry hidden is encrypted.
pub(super) fn is_encrypted(document: &Document) -> bool {
    document.trailer.has(HIDDEN)
}

/// Keeps every object as it is loaded, object streams as streams. The second part of what it gives is not used.
pub(super) fn keep(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    if let Object::Stream(stream) = object
        && stream.dict.has_type(b"ObjStm")
    {
        stream.dict.set("Type", Object::Name(LOCKED.to_vec()));
    }
    Some((id, Object::Null))
}

/// Decrypts a file that was loaded with the entry hidden, with the empty password or the given one, be it the
/// user's or the owner's.
pub(super) fn decrypt(mut document: Document, password: Option<&str>, limit: usize) -> Result<Document, Error> {
    let id = document.try_new_object_id().map_err(|error| reason(&error))?;
    let dictionary = written_anew(&document);
    check_handler(&dictionary)?;
    let plain = leaves_all_plain(&dictionary);
    document.trailer.remove(HIDDEN);
    document.trailer.set(KEY, Object::Reference(id));
    name_file(&mut document);
    document.objects.insert(id, Object::Dictionary(dictionary));
    let parameters = simplify_crypt_filters(&mut document);
    match unlock(&mut document, password) {
        // Only what is attached is encrypted.
        Err(Error::PasswordNeeded) if plain => {}
        result => result?,
    }
    for (id, original) in parameters {
        if let Some(Object::Stream(stream)) = document.objects.get_mut(&id) {
            stream.dict.set("DecodeParms", original);
        }
    }
    open_object_streams(&mut document, limit);
    Ok(document)
}

fn check_handler(dictionary: &Dictionary) -> Result<(), Error> {
    match dictionary.get(b"Filter").and_then(Object::as_name) {
        Ok(b"Standard") => Ok(()),
        Ok(handler) => {
            let name = String::from_utf8_lossy(handler);
            Err(Error::UnknownEncryption(format!("security handler {name}")))
        }
        // Where the table is to blame, making it anew helps.
        Err(_) => Err(Error::Damaged("its encryption dictionary is lost".to_owned())),
    }
}

/// Whether strings and streams are not encrypted unless they ask for it.
fn leaves_all_plain(dictionary: &Dictionary) -> bool {
    let identity = |key: &[u8]| dictionary.get(key).and_then(Object::as_name).is_ok_and(|name| name == b"Identity");
    let version = dictionary.get(b"V").and_then(Object::as_i64).unwrap_or(0);
    version >= 4 && identity(b"StmF") && identity(b"StrF")
}

fn unlock(document: &mut Document, password: Option<&str>) -> Result<(), Error> {
    let mut result = document.decrypt("");
    if let Some(password) = password {
        if document.encryption_state.is_none() {
            result = document.decrypt(password);
        }
        // Producers did not always convert a password to the encoding that is asked for.
        if document.encryption_state.is_none() && !password.is_ascii() {
            result = document.decrypt_raw(password.as_bytes()).or(result);
        }
    }
    // Without a state nothing was decrypted; with one an error tells of single objects.
    if document.encryption_state.is_some() {
        return Ok(());
    }
    match result {
        Err(lopdf::Error::Decryption(DecryptionError::StringPrep(_))) | Ok(()) => Err(Error::PasswordNeeded),
        Err(error) => Err(reason(&error)),
    }
}

/// The encryption dictionary with direct entries of the lengths that the standard asks for.
fn written_anew(document: &Document) -> Dictionary {
    let objects = Objects::new(document);
    let mut out = Dictionary::new();
    let Some(source) = objects.get(&document.trailer, HIDDEN).and_then(as_dict) else { return out };
    let name = |key: &[u8]| objects.name(source, key).map(|name| Object::Name(name.to_vec()));
    if let Some(handler) = name(b"Filter") {
        out.set("Filter", handler);
    }
    let version = objects.integer(source, b"V").unwrap_or(0);
    let revision = objects.integer(source, b"R").unwrap_or(0);
    let permissions = objects.integer(source, b"P").unwrap_or(-1);
    let length = key_length(version, objects.integer(source, b"Length"));
    for (key, number) in [("V", version), ("R", revision), ("P", permissions), ("Length", length)] {
        out.set(key, Object::Integer(number));
    }
    let hash = if revision >= 5 { 48 } else { 32 };
    for (key, length) in [("O", hash), ("U", hash), ("OE", 32), ("UE", 32), ("Perms", 16)] {
        if let Some(value) = objects.string(source, key.as_bytes()) {
            let mut value = value.to_vec();
            value.resize(length, 0);
            out.set(key, Object::string_literal(value));
        }
    }
    let metadata = objects.get(source, b"EncryptMetadata").and_then(|object| object.as_bool().ok());
    out.set("EncryptMetadata", Object::Boolean(metadata.unwrap_or(true)));
    for key in ["StmF", "StrF"] {
        out.set(key, name(key.as_bytes()).unwrap_or_else(|| Object::Name(b"Identity".to_vec())));
    }
    out.set("CF", Object::Dictionary(crypt_filters(objects, source)));
    out
}

fn crypt_filters<'a>(objects: Objects<'a>, source: &'a Dictionary) -> Dictionary {
    let mut filters = Dictionary::new();
    for (name, filter) in objects.dict(source, b"CF").into_iter().flat_map(Dictionary::iter) {
        let method = as_dict(objects.resolve(filter)).and_then(|filter| objects.name(filter, b"CFM"));
        let method = method.filter(|method| *method != b"None").unwrap_or(b"Identity");
        let mut direct = Dictionary::new();
        direct.set("CFM", Object::Name(method.to_vec()));
        filters.set(name.clone(), Object::Dictionary(direct));
    }
    filters
}

/// The length of the key in bits; some files give it in bytes, or give one that the version does not have.
fn key_length(version: i64, given: Option<i64>) -> i64 {
    match (version, given) {
        (4, _) => 128,
        (5, _) => 256,
        (2 | 3, Some(length @ 5..=16)) => length * 8,
        (2 | 3, Some(length @ 40..=128)) if length % 8 == 0 => length,
        _ => 40,
    }
}

/// The key of revisions 2 to 4 hashes the file's identifier, which may be a reference, or missing.
fn name_file(document: &mut Document) {
    let objects = Objects::new(document);
    let first = objects.array(&document.trailer, b"ID").and_then(<[Object]>::first).map(|id| objects.resolve(id));
    let first = first.and_then(|id| id.as_str().ok()).unwrap_or_default().to_vec();
    document.trailer.set("ID", Object::Array(vec![Object::string_literal(first)]));
}

/// Streams may name a crypt filter of their own, Identity for none. lopdf finds it only where the parameters are no
/// array and no reference: they are made so, and what they were is given back to be restored.
fn simplify_crypt_filters(document: &mut Document) -> Vec<(ObjectId, Object)> {
    let mut simple = Vec::new();
    for (id, object) in &document.objects {
        if let Object::Stream(stream) = object
            && let Some(parameters) = crypt_parameters(Objects::new(document), stream)
        {
            simple.push((*id, parameters));
        }
    }
    for (id, parameters) in &mut simple {
        if let Some(Object::Stream(stream)) = document.objects.get_mut(id) {
            let original = stream.dict.get(b"DecodeParms").cloned().unwrap_or(Object::Null);
            stream.dict.set("DecodeParms", std::mem::replace(parameters, original));
        }
    }
    simple
}

/// The parameters of a stream's Crypt filter; an empty dictionary, which means Identity, where it has none.
fn crypt_parameters<'a>(objects: Objects<'a>, stream: &'a Stream) -> Option<Object> {
    let at = stream.filters().ok()?.iter().position(|filter| *filter == b"Crypt")?;
    let parameters = match objects.get(&stream.dict, b"DecodeParms") {
        Some(Object::Array(list)) => list.get(at).and_then(|item| as_dict(objects.resolve(item))),
        Some(object) => as_dict(object).filter(|_| at == 0),
        None => None,
    };
    Some(Object::Dictionary(parameters.cloned().unwrap_or_default()))
}

/// Adds what the object streams hold, now that they can be read.
fn open_object_streams(document: &mut Document, limit: usize) {
    let mut found = Vec::new();
    for (id, object) in &document.objects {
        let Object::Stream(stream) = object else { continue };
        if !stream.dict.has_type(LOCKED) {
            continue;
        }
        let Ok(opened) = ObjectStream::new_with_limit(stream, Some(limit)) else { continue };
        // A container that a later update replaced must not bring back what it held.
        let entries = &document.reference_table.entries;
        found.extend(opened.objects.into_iter().filter(|((number, _), _)| match entries.get(number) {
            Some(XrefEntry::Compressed { container, .. }) => *container == id.0,
            Some(_) => false,
            None => true,
        }));
    }
    for (id, object) in found {
        document.objects.entry(id).or_insert(object);
    }
}
