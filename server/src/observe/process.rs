//! What this process uses, where the system tells it by files (proc(5)); 0 elsewhere.

use std::fs;

/// What this process uses.
#[derive(Debug, Default)]
pub(super) struct Used {
    pub(super) resident_bytes: f64,
    pub(super) cpu_seconds: f64,
    pub(super) files: usize,
    pub(super) threads: usize,
}

/// What this process uses now.
pub(super) fn used() -> Used {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let (resident, threads) = of_status(&status);
    Used {
        resident_bytes: resident as f64,
        cpu_seconds: cpu_seconds(),
        files: fs::read_dir("/proc/self/fd").map_or(0, Iterator::count),
        threads,
    }
}

/// Resident memory in bytes, and the number of threads.
fn of_status(status: &str) -> (u64, usize) {
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim_start_matches(':').split_whitespace().next()?.parse::<u64>().ok()
    };
    let threads = of("Threads").and_then(|threads| usize::try_from(threads).ok());
    (of("VmRSS").unwrap_or(0).saturating_mul(1024), threads.unwrap_or(0))
}

/// The CPU time of all threads of this process.
#[cfg(unix)]
fn cpu_seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

#[cfg(not(unix))]
fn cpu_seconds() -> f64 {
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_and_threads_are_read_of_a_status() {
        let status = "Name:\tpolicyglot\nVmRSS:\t   2048 kB\nThreads:\t7\n";
        assert_eq!(of_status(status), (2048 * 1024, 7));
        assert_eq!(of_status(""), (0, 0));
    }
}
