//! The program's side: a few workers, each given one task at a time.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::protocol::{Failure, Output, Request};
use crate::Error;

/// What one task may cost: a file, or a page that is read by OCR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Address space of a worker, in bytes.
    pub memory: u64,
    /// CPU time for one task.
    pub cpu: Duration,
    /// Wall time for one task: far above the CPU time, since a busy machine is no fault of the file.
    pub wall: Duration,
}

impl Default for Limits {
    /// Ample for a real document: a standard of 200 pages takes less than a second and 100 MiB; a dense page takes an
    /// OCR engine some seconds and 700 MiB.
    fn default() -> Self {
        Self { memory: 2 << 30, cpu: Duration::from_secs(90), wall: Duration::from_secs(300) }
    }
}

/// An answer longer than this is not a document's text.
const LONGEST_ANSWER: u64 = 512 << 20;

/// Worker processes, started when needed and used again.
#[derive(Debug)]
pub struct Pool {
    program: PathBuf,
    limits: Limits,
    /// Whether somebody waits for each answer; else the workers leave the processor to others.
    is_awaited: bool,
    idle: Mutex<Vec<Worker>>,
}

impl Pool {
    /// A pool without workers as yet; `program` is a policyglot.
    pub fn new(program: PathBuf, limits: Limits) -> Self {
        Self { program, limits, is_awaited: true, idle: Mutex::new(Vec::new()) }
    }

    /// A pool whose workers are this program, for reading in the background: what people wait for goes first.
    ///
    /// # Errors
    /// When the program cannot tell where it is.
    pub fn of_this_program() -> Result<Self, Error> {
        let pool = Self::new(std::env::current_exe().map_err(Error::Worker)?, Limits::default());
        Ok(Self { is_awaited: false, ..pool })
    }

    /// Has a task done. What is wrong with the file is an [`Output::Failed`].
    ///
    /// # Errors
    /// When no worker can be started.
    pub fn read(&self, request: &Request) -> Result<Output, Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = match idle {
            Some(worker) => worker,
            None => Worker::start(&self.program, self.limits, self.is_awaited)?,
        };
        let output = worker.read(request, self.limits)?;
        match output {
            Ok(output) => {
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                Ok(output)
            }
            // The worker is dead or about to be: it is dropped, and the next file starts another.
            Err(failure) => Ok(Output::Failed(failure)),
        }
    }
}

#[derive(Debug)]
struct Worker {
    child: Child,
    requests: ChildStdin,
    answers: Receiver<Option<Vec<u8>>>,
}

impl Worker {
    fn start(program: &Path, limits: Limits, is_awaited: bool) -> Result<Self, Error> {
        let mut command = Command::new(program);
        // A group of its own, so that what the worker starts can be ended with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command
            .arg("worker")
            .args(["--memory", &limits.memory.to_string()])
            .args(["--cpu-seconds", &limits.cpu.as_secs().to_string()])
            .args((!is_awaited).then_some("--in-background"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(Error::Worker)?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (requests, answers) = pipes.ok_or_else(|| Error::Worker(std::io::Error::other("no pipe")))?;
        let (sender, receiver) = channel();
        // A thread reads, since a pipe cannot be waited on for a limited time; it ends with the worker.
        std::thread::spawn(move || {
            let mut answers = BufReader::new(answers);
            loop {
                let mut line = Vec::new();
                let read = answers.by_ref().take(LONGEST_ANSWER).read_until(b'\n', &mut line);
                let whole = matches!(read, Ok(length) if length > 0) && line.last() == Some(&b'\n');
                if sender.send(whole.then_some(line)).is_err() || !whole {
                    return;
                }
            }
        });
        Ok(Self { child, requests, answers: receiver })
    }

    /// The outer error is this program's, the inner one the file's.
    fn read(&mut self, request: &Request, limits: Limits) -> Result<Result<Output, Failure>, Error> {
        let mut line = serde_json::to_vec(request).map_err(|error| Error::Input(error.to_string()))?;
        line.push(b'\n');
        if self.requests.write_all(&line).and_then(|()| self.requests.flush()).is_err() {
            return Ok(Err(self.obituary(limits)));
        }
        match self.answers.recv_timeout(limits.wall) {
            Ok(Some(answer)) => Ok(serde_json::from_slice(&answer)
                .map_err(|error| Failure::unreadable(format!("its worker's answer was not understood: {error}")))),
            Ok(None) | Err(RecvTimeoutError::Disconnected) => Ok(Err(self.obituary(limits))),
            Err(RecvTimeoutError::Timeout) => {
                let seconds = limits.wall.as_secs();
                Ok(Err(Failure::unreadable(format!("reading it took more than {seconds} s and was given up"))))
            }
        }
    }

    /// Why a worker that no longer answers died.
    fn obituary(&mut self, limits: Limits) -> Failure {
        let status = self.child.wait();
        #[cfg(unix)]
        {
            use std::os::unix::process::ExitStatusExt as _;
            const SIGABRT: i32 = 6;
            const SIGXCPU: i32 = 24;
            match status.as_ref().ok().and_then(std::process::ExitStatus::signal) {
                Some(SIGABRT) => {
                    let memory = limits.memory >> 20;
                    return Failure::unreadable(format!(
                        "reading it needs more than {memory} MiB of memory and was given up"
                    ));
                }
                Some(SIGXCPU) => {
                    let seconds = limits.cpu.as_secs();
                    return Failure::unreadable(format!("reading it took more than {seconds} s and was given up"));
                }
                _ => {}
            }
        }
        let how = status.map_or_else(|error| error.to_string(), |status| status.to_string());
        Failure::unreadable(format!("its worker process died ({how}); the file is damaged or hostile"))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may be deep in a hostile file: it gets no chance to finish, and nor does what it has started.
        #[cfg(unix)]
        if let Ok(None) = self.child.try_wait() {
            use rustix::process::{Pid, Signal, kill_process_group};
            let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
