//! Being told to end.

use std::future::pending;

/// Waits for Ctrl-C or SIGTERM.
pub(in crate::web) async fn ends() {
    tokio::select! {
        () = interrupted() => (),
        () = terminated() => (),
    }
}

/// Waits for another of these, and ends the program at once: whoever says it twice does not want to wait. What was being
/// done is as after a power failure, from which everything recovers.
pub(in crate::web) async fn ends_at_once() {
    ends().await;
    // What a shell says of a program that Ctrl-C ended.
    std::process::exit(130);
}

async fn interrupted() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::warn!(%error, "cannot listen for Ctrl-C");
        pending::<()>().await;
    }
}

#[cfg(unix)]
async fn terminated() {
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(error) => {
            tracing::warn!(%error, "cannot listen for SIGTERM");
            pending::<()>().await;
        }
    }
}

#[cfg(not(unix))]
async fn terminated() {
    pending::<()>().await;
}
