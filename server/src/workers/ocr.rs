//! A page drawn, for readers or for an engine that reads it, inside the worker: a hostile picture dies here.

use std::path::{Path, PathBuf};

use corpus::document::{Page, PageSource};
use ingest::ocr::compose;
use ingest::ocr::ink::clean;
use ingest::ocr::ppocr::Models;
use ingest::ocr::render::Renderer;
use ingest::ocr::{Error, GlyphReader, Picture, Seen};
use ingest::pdf::SheetReader;

use super::protocol::{Failure, FailureKind, PictureOf, Request};
use super::tesseract;
use crate::ocr::Engine;

/// What is kept from one task to the next: models take a second to load, and pages of one file come in a row.
#[derive(Default)]
pub(super) struct Kept {
    models: Option<(Engine, Models)>,
    drawn: Option<Drawn>,
}

/// The file that was drawn from last.
struct Drawn {
    path: PathBuf,
    password: Option<String>,
    renderer: Renderer,
}

impl Kept {
    /// Reads one page, counted from 1, with the engine of the request.
    ///
    /// # Errors
    /// When the page cannot be drawn or the engine fails.
    pub(super) fn read_page(&mut self, request: &Request, number: u32) -> Result<Page, Failure> {
        let Some(engine) = &request.engine else {
            return Err(Failure::unreadable("no OCR engine was named"));
        };
        let (size, picture) = self.draw(request, number)?;
        let pixels = (picture.width, picture.height);
        let seen = self.see(engine, picture)?;
        let mut page = compose::page(number, size.0, size.1, pixels, &seen, engine.name());
        if let PageSource::Ocr { confidence, .. } = &mut page.source {
            // An empty page has no mean; JSON has no word for that.
            *confidence = if confidence.is_finite() { confidence.clamp(0.0, 1.0) } else { 0.0 };
        }
        Ok(page)
    }

    /// A page's width and height in points, and its picture.
    fn draw(&mut self, request: &Request, number: u32) -> Result<((f32, f32), Picture), Failure> {
        self.with_renderer(request, |renderer| {
            let picture = renderer.picture(number, renderer.best_dpi(number)).map_err(|error| failure(&error))?;
            let points = |pixels: u32| pixels as f32 * 72.0 / picture.dpi.max(1.0);
            let size = renderer.size(number).unwrap_or((points(picture.width), points(picture.height)));
            Ok((size, picture))
        })
    }

    /// The width and height of each page as displayed, in points.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub(super) fn sizes(&mut self, request: &Request) -> Result<Vec<(f32, f32)>, Failure> {
        self.with_renderer(request, |renderer| Ok(renderer.sizes()))
    }

    /// Writes the picture of a page into the file that the request names.
    ///
    /// # Errors
    /// When the page cannot be drawn or the picture cannot be written.
    pub(super) fn picture(&mut self, request: &Request, wanted: &PictureOf) -> Result<(), Failure> {
        let png = self.with_renderer(request, |renderer| {
            renderer.png(wanted.page, wanted.width).map_err(|error| failure(&error))
        })?;
        std::fs::write(&wanted.into, png)
            .map_err(|error| Failure::unreadable(format!("its picture cannot be written: {error}")))
    }

    /// Does work with the renderer of the request's file, which is kept for the next request only when all went well:
    /// what a hostile page has left behind is not drawn from again.
    fn with_renderer<T>(
        &mut self,
        request: &Request,
        work: impl FnOnce(&Renderer) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let is_same = |drawn: &Drawn| drawn.path == request.path && drawn.password == request.password;
        let drawn = match self.drawn.take().filter(is_same) {
            Some(drawn) => drawn,
            None => open(request)?,
        };
        let done = work(&drawn.renderer)?;
        self.drawn = Some(drawn);
        Ok(done)
    }

    fn see(&mut self, engine: &Engine, picture: Picture) -> Result<Vec<Seen>, Failure> {
        match engine {
            Engine::Tesseract { program, language, installed } => {
                let clean = clean(&picture);
                drop(picture);
                tesseract::read(program, language, installed, &clean).map_err(Failure::unreadable)
            }
            Engine::Ppocr { .. } => {
                let seen = self.models(engine)?.read(&picture);
                seen.map_err(|error| Failure::unreadable(error.to_string()))
            }
        }
    }

    /// Does work with what an engine offers to tell glyphs. Where the engine fails nothing is told, and pages wait.
    pub(super) fn with_glyphs<T>(
        &mut self,
        engine: Option<&Engine>,
        work: impl FnOnce(Option<&dyn GlyphReader>) -> T,
    ) -> T {
        match engine {
            Some(Engine::Tesseract { program, language, .. }) => {
                let see = |sheet: &Picture| tesseract::read_in(program, language, sheet).unwrap_or_default();
                work(Some(&SheetReader(see)))
            }
            Some(engine @ Engine::Ppocr { .. }) => {
                work(self.models(engine).ok().map(|models| models as &dyn GlyphReader))
            }
            None => work(None),
        }
    }

    /// The models of an engine, loaded the first time.
    fn models(&mut self, engine: &Engine) -> Result<&Models, Failure> {
        if self.models.as_ref().is_none_or(|(loaded, _)| loaded != engine) {
            self.models = Some((engine.clone(), load(engine)?));
        }
        match &self.models {
            Some((_, models)) => Ok(models),
            None => Err(Failure::unreadable("there are no models")),
        }
    }
}

fn load(engine: &Engine) -> Result<Models, Failure> {
    let Engine::Ppocr { detector, recogniser, characters } = engine else {
        return Err(Failure::unreadable("tesseract has no models to load"));
    };
    let bytes = |path: &PathBuf| std::fs::read(path).map_err(|error| unread(path, &error));
    let characters =
        characters.as_ref().map(|path| std::fs::read_to_string(path).map_err(|error| unread(path, &error)));
    let characters = characters.transpose()?;
    Models::load(&bytes(detector)?, &bytes(recogniser)?, characters.as_deref())
        .map_err(|error| Failure::unreadable(error.to_string()))
}

fn unread(path: &Path, error: &std::io::Error) -> Failure {
    Failure::unreadable(format!("the model {} cannot be opened: {error}", path.display()))
}

fn open(request: &Request) -> Result<Drawn, Failure> {
    let bytes =
        std::fs::read(&request.path).map_err(|error| Failure::unreadable(format!("cannot be opened: {error}")))?;
    let renderer = Renderer::open(bytes, request.password.as_deref()).map_err(|error| failure(&error))?;
    Ok(Drawn { path: request.path.clone(), password: request.password.clone(), renderer })
}

fn failure(error: &Error) -> Failure {
    let kind = match error {
        Error::PasswordNeeded => FailureKind::Password,
        _ => FailureKind::Unreadable,
    };
    Failure { kind, message: error.to_string() }
}
