//! The two networks and the recogniser's characters.

use std::sync::Arc;

use rten::{Model, ModelOptions, RunOptions, ThreadPool};
use rten_tensor::NdTensor;

/// What can go wrong with the models.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
    /// The bytes are not a network that can be run.
    #[error("cannot load the {which} model: {why}; give the .onnx files of the PyPI package rapidocr")]
    Load {
        /// Which of the two.
        which: &'static str,
        /// What the runtime says.
        why: String,
    },
    /// Neither the model nor a file beside it tells which characters it reads.
    #[error("the recogniser has no list of characters: put its dictionary (.txt) beside it")]
    NoCharacters,
    /// The list of characters belongs to another model.
    #[error("the recogniser tells {classes} characters apart and its list has {characters}: give the list made for it")]
    OtherCharacters {
        /// What the model tells apart, the blank included.
        classes: usize,
        /// What the list holds.
        characters: usize,
    },
    /// A network failed on a picture.
    #[error("the {which} model failed on a picture: {why}; give the .onnx files of the PyPI package rapidocr")]
    Run {
        /// Which of the two.
        which: &'static str,
        /// What the runtime says.
        why: String,
    },
}

/// How pages are read.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Pixels to the inch at which the detector sees a page; one that is drawn finer is reduced for it. Time and memory
    /// grow with its square.
    pub dpi: f32,
    /// The longer side of what the detector sees, in pixels, which no page goes beyond.
    pub side: u32,
    /// How far the detector's boxes, which hold the core of a line, are moved outwards, as a share of area by
    /// perimeter.
    pub unclip: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { dpi: 82.0, side: 1_920, unclip: 1.6 }
    }
}

/// The networks, loaded.
pub struct Models {
    /// How pages are read.
    pub settings: Settings,
    detector: Model,
    recogniser: Model,
    characters: Vec<String>,
    threads: Arc<ThreadPool>,
}

impl Models {
    /// Loads the detector and the recogniser from the bytes of their ONNX files; they run on one thread.
    ///
    /// `characters` has one character a line, for recognisers that do not carry their own in the metadata field
    /// `character`.
    ///
    /// # Errors
    /// When the bytes are not such models, or nothing tells the characters.
    pub fn load(detector: &[u8], recogniser: &[u8], characters: Option<&str>) -> Result<Self, Error> {
        let detector = network("detector", detector)?;
        let recogniser = network("recogniser", recogniser)?;
        let own = recogniser.metadata().get("character");
        let listed = own.or(characters).ok_or(Error::NoCharacters)?;
        let characters = listed.trim_end_matches(['\r', '\n']).split('\n').map(|c| c.trim_end_matches('\r').to_owned());
        let characters = characters.collect();
        Ok(Self { settings: Settings::default(), detector, recogniser, characters, threads: threads(1) })
    }

    /// Runs the networks on so many threads from now on, at least one.
    pub fn set_threads(&mut self, count: usize) {
        self.threads = threads(count.max(1));
    }

    /// For each pixel, how likely it lies in the core of a line; the input has the shape 1, 3, height, width, and the
    /// answer 1, 1, height, width.
    pub(super) fn detect(&self, input: NdTensor<f32, 4>) -> Result<NdTensor<f32, 4>, Error> {
        self.run("detector", &self.detector, input)
    }

    /// For each strip and time step, how likely it shows each character; the input has the shape strips, 3, height,
    /// width, and the answer strips, steps, classes.
    pub(super) fn recognise(&self, input: NdTensor<f32, 4>) -> Result<NdTensor<f32, 3>, Error> {
        let answer: NdTensor<f32, 3> = self.run("recogniser", &self.recogniser, input)?;
        let [_, _, classes] = rten_tensor::Layout::shape(&answer);
        let characters = self.characters.len();
        // The first class is the blank, and most models have the space, which no list can hold, as their last.
        if classes == characters + 1 || classes == characters + 2 {
            return Ok(answer);
        }
        Err(Error::OtherCharacters { classes, characters })
    }

    /// What a class of the recogniser reads; nothing for the blank.
    pub(super) fn character(&self, class: usize) -> Option<&str> {
        let listed = self.characters.get(class.checked_sub(1)?);
        Some(listed.map_or(" ", String::as_str))
    }

    fn run<T>(&self, which: &'static str, model: &Model, input: NdTensor<f32, 4>) -> Result<T, Error>
    where
        T: TryFrom<rten::Value>,
        T::Error: std::fmt::Display,
    {
        let mut options = RunOptions::default();
        options.thread_pool = Some(Arc::clone(&self.threads));
        let answer = model.run_one(input.into(), Some(options));
        let failed = |why: String| Error::Run { which, why };
        answer.map_err(|e| failed(e.to_string()))?.try_into().map_err(|e: T::Error| failed(e.to_string()))
    }
}

impl std::fmt::Debug for Models {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let characters = self.characters.len();
        f.debug_struct("Models").field("settings", &self.settings).field("characters", &characters).finish()
    }
}

fn network(which: &'static str, bytes: &[u8]) -> Result<Model, Error> {
    ModelOptions::with_all_ops().load(bytes.to_vec()).map_err(|e| Error::Load { which, why: e.to_string() })
}

fn threads(count: usize) -> Arc<ThreadPool> {
    Arc::new(ThreadPool::with_num_threads(count))
}
