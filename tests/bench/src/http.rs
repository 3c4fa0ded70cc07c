//! The program as it is served: `policyglot ingest`, then `policyglot serve` asked over one connection.
//!
//! The client is this process, and the times are its own: from the first byte of the request to the last of the
//! answer; by the CPU clock they are those of all the server's threads. The answers are whole: grouped, with facets,
//! passages and marked hits.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use form_urlencoded::byte_serialize;

use crate::collection::{Kind, Law, write_records};
use crate::engine::{Built, Clock, bytes};
use crate::ours::written;
use crate::side::HITS;

/// How long a server may take to open its data folder.
const START: Duration = Duration::from_secs(60);

/// Reads the laws into a fresh data folder. The bytes are those of its index.
pub(crate) fn ingest(program: &Path, laws: &[Law], data: &Path) -> anyhow::Result<Built> {
    if data.exists() {
        std::fs::remove_dir_all(data)?;
    }
    let records = data.with_extension("jsonl");
    write_records(laws, &records)?;
    let begun = Instant::now();
    let mut command = Command::new(program);
    command.args(["ingest", "--quiet", "--ocr", "never", "--data"]).arg(data).arg("--jsonl").arg(&records);
    let mut child = command.stdout(Stdio::null()).spawn().context("cannot start policyglot")?;
    let stat = format!("/proc/{}/stat", child.id());
    let mut cpu = Duration::ZERO;
    let status = loop {
        cpu = cpu_of(&stat).unwrap_or(cpu);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    anyhow::ensure!(status.success(), "policyglot cannot read the laws");
    Ok(Built { cpu, wall: begun.elapsed(), bytes: bytes(&data.join("index"))? })
}

/// The CPU time of a process that still runs: fields 14 and 15 of its line in proc(5), in hundredths of a second.
fn cpu_of(stat: &str) -> Option<Duration> {
    let line = std::fs::read_to_string(stat).ok()?;
    let fields: Vec<&str> = line.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    let ticks = ticks(11)? + ticks(12)?;
    (ticks > 0).then(|| Duration::from_millis(ticks * 10))
}

/// A server of our own.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts the program and waits until it answers.
    pub(crate) fn start(program: &Path, data: &Path, address: SocketAddr) -> anyhow::Result<Self> {
        anyhow::ensure!(TcpStream::connect(address).is_err(), "something else is served on {address}");
        let mut command = Command::new(program);
        command.arg("serve").arg("--data").arg(data).args(["--listen", &address.to_string()]);
        let child = command.stdout(Stdio::null()).spawn().context("cannot start policyglot")?;
        let server = Self { child, address };
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            anyhow::ensure!(begun.elapsed() < START, "policyglot does not answer on {address}");
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// A connection over which one path is asked.
    pub(crate) fn connect(&self, path: &'static str, queries: &[(Kind, String)]) -> anyhow::Result<Connection> {
        let stream = TcpStream::connect(self.address)?;
        stream.set_nodelay(true)?;
        let request = |(kind, query): &(Kind, String)| {
            let query: String = byte_serialize(written(*kind, query).as_bytes()).collect();
            let target = format!("{path}?q={query}&limit={HITS}");
            (*kind, format!("GET {target} HTTP/1.1\r\nHost: {}\r\nAccept-Language: zh\r\n\r\n", self.address))
        };
        let threads = PathBuf::from(format!("/proc/{}/task", self.child.id()));
        Ok(Connection { stream: BufReader::new(stream), requests: queries.iter().map(request).collect(), threads })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that has ended already is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A connection that is kept.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    requests: Vec<(Kind, String)>,
    /// The folder of the server's threads in proc(5).
    threads: PathBuf,
}

impl Connection {
    /// How long each query of a kind took, in nanoseconds.
    pub(crate) fn times(&mut self, clock: Clock, kind: Kind) -> anyhow::Result<Vec<u64>> {
        let Self { stream, requests, threads } = self;
        let asked = requests.iter().filter(|(its, _)| *its == kind);
        let time = |(_, request): &(Kind, String)| match clock {
            Clock::Wall => wall(stream, request),
            Clock::Cpu => cpu(stream, request, threads),
        };
        asked.map(time).collect()
    }
}

fn wall(stream: &mut BufReader<TcpStream>, request: &str) -> anyhow::Result<u64> {
    let begun = Instant::now();
    ask(stream, request)?;
    Ok(u64::try_from(begun.elapsed().as_nanos())?)
}

fn cpu(stream: &mut BufReader<TcpStream>, request: &str, threads: &Path) -> anyhow::Result<u64> {
    let begun = ran(threads)?;
    ask(stream, request)?;
    Ok(ran(threads)?.saturating_sub(begun))
}

/// For how many nanoseconds threads have run: the first number of each one's schedstat.
fn ran(threads: &Path) -> anyhow::Result<u64> {
    let mut sum = 0;
    for thread in std::fs::read_dir(threads)? {
        // A thread may end before it is looked at.
        let numbers = std::fs::read_to_string(thread?.path().join("schedstat")).unwrap_or_default();
        sum += numbers.split(' ').next().and_then(|number| number.parse::<u64>().ok()).unwrap_or(0);
    }
    Ok(sum)
}

fn ask(stream: &mut BufReader<TcpStream>, request: &str) -> anyhow::Result<()> {
    stream.get_mut().write_all(request.as_bytes())?;
    anyhow::ensure!(!answer(stream)?.is_empty(), "an empty answer");
    Ok(())
}

/// Reads an answer whose length is told.
fn answer(stream: &mut impl BufRead) -> anyhow::Result<Vec<u8>> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    anyhow::ensure!(line.starts_with("HTTP/1.1 200"), "the server says {}", line.trim());
    let mut length = None;
    while line.trim() != "" {
        line.clear();
        stream.read_line(&mut line)?;
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = Some(value.trim().parse()?);
        }
    }
    let mut body = vec![0; length.context("an answer whose length is not told")?];
    stream.read_exact(&mut body)?;
    Ok(body)
}
