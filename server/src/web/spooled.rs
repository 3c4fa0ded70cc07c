//! Files that are sent as they are read from disk: written whole before the first byte goes out, so that a failure is an
//! answer and no broken file, that nobody's slow connection holds the store, and that no more than a piece of it is in
//! memory.

use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use futures_util::stream;

use super::App;
use super::problem::Problem;
use crate::Error;
use crate::data::Data;

/// So many bytes are read and sent at a time.
const PIECE: usize = 64 * 1024;

/// An answer whose body is what `write` writes. It is kept in a file without a name in the data folder, which is gone once
/// it is sent or the connection ends.
pub(super) async fn spooled(
    app: &App,
    write: impl FnOnce(&Data, &mut BufWriter<File>) -> Result<(), Error> + Send + 'static,
) -> Result<Response, Problem> {
    let (file, length) = app
        .run(move |data| {
            let failed = |source| Error::Io { action: "write", path: data.folder().to_owned(), source };
            let mut out = BufWriter::new(tempfile::tempfile_in(data.folder()).map_err(failed)?);
            write(data, &mut out)?;
            out.flush().map_err(failed)?;
            let mut file = out.into_inner().map_err(|error| failed(error.into_error()))?;
            let length = file.stream_position().map_err(failed)?;
            file.seek(SeekFrom::Start(0)).map_err(failed)?;
            Ok((file, length))
        })
        .await?;
    let pieces = stream::try_unfold(file, async |mut file| {
        let read = tokio::task::spawn_blocking(move || {
            let mut piece = vec![0; PIECE];
            let length = file.read(&mut piece)?;
            piece.truncate(length);
            Ok::<_, std::io::Error>((piece, file))
        });
        let (piece, file) = read.await.map_err(std::io::Error::other)??;
        Ok::<_, std::io::Error>((!piece.is_empty()).then(|| (Bytes::from(piece), file)))
    });
    let mut response = Response::new(Body::from_stream(pieces));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    Ok(response)
}
