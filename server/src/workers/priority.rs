//! Work in the background gives way to what people wait for.
//!
//! It is the priority of the system (nice) that is lowered: with nothing else to do, such work is as fast as any.

/// How much the priority is lowered: at 10, what runs beside it with 0 gets nine times as much of a core that both want
/// (sched(7): a factor of 1.25 a step).
#[cfg(unix)]
const LOWER: i32 = 10;

/// Lowers the priority of this process, where the system has such a thing. It does not become lower twice.
pub(crate) fn give_way() {
    #[cfg(unix)]
    lower();
}

/// Lowers the priority of this thread and of those that it starts from now on. Where priorities are those of whole
/// processes, nothing happens: a server must not become slow.
pub(crate) fn thread_gives_way() {
    #[cfg(target_os = "linux")]
    lower();
}

#[cfg(unix)]
fn lower() {
    use rustix::process::{getpriority_process, setpriority_process};
    // On Linux this is the calling thread's, which is what a process that has just been started consists of.
    let is_low = getpriority_process(None).is_ok_and(|now| now >= LOWER);
    if !is_low && let Err(error) = setpriority_process(None, LOWER) {
        tracing::debug!(%error, "the priority stays as it is");
    }
}
