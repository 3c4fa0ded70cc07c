//! Metrics of the running server, in the text format of OpenMetrics 1.0, which Prometheus reads.
//!
//! What happens is counted as it happens; what there is, in the store, the index and the process, is looked up when it
//! is asked for. Requests are told apart by the pattern of their route, never by their address, so that there are only
//! so many series and no metric says what anybody looks for.

mod holdings;
mod process;

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Metric, Registry};

pub(crate) use holdings::Holdings;

/// Bounds of the times of answers, in seconds: from what is static to the longest that is allowed.
const SECONDS: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// What kind of request it was.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    /// The pattern of the route, `none` where there is none.
    route: String,
    method: &'static str,
}

/// And how it was answered: `2xx`, or `gone` where the caller did not wait.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    method: &'static str,
    status: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Lane {
    class: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct InState {
    state: &'static str,
}

/// The metrics of a server.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    durations: Family<Asked, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
    rejected: Family<Lane, Counter>,
    working: Family<Lane, Gauge>,
    waiting: Family<Lane, Gauge>,
    connections: Gauge,
    documents: Gauge,
    sentences: Gauge,
    concepts: Gauge,
    watches: Gauge,
    alerts: Gauge,
    deliveries: Family<InState, Gauge>,
    last_ingest: Gauge,
    segments: Gauge,
    index_bytes: Gauge,
    store_bytes: Gauge,
    resident: Gauge<f64, AtomicU64>,
    cpu: Counter<f64, AtomicU64>,
    files: Gauge,
    threads: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::default();
        let of = &mut registry;
        let durations: fn() -> Histogram = || Histogram::new(SECONDS);
        let durations = Family::new_with_constructor(durations);
        of.register("policyglot_http_request_duration_seconds", "Time until an answer began", durations.clone());
        Self {
            requests: kept(of, "policyglot_http_requests", "Requests answered"),
            durations,
            in_flight: kept(of, "policyglot_http_in_flight", "Requests that are being answered or sent"),
            rejected: kept(of, "policyglot_queue_rejected", "Requests told to come again"),
            working: kept(of, "policyglot_queue_working", "Requests at work"),
            waiting: kept(of, "policyglot_queue_waiting", "Requests that wait for their turn"),
            connections: kept(of, "policyglot_http_connections", "Connections that are open"),
            documents: kept(of, "policyglot_documents", "Documents in the store"),
            sentences: kept(of, "policyglot_sentences", "Sentences in the store"),
            concepts: kept(of, "policyglot_concepts", "Concepts of the termbase"),
            watches: kept(of, "policyglot_watches", "Watches"),
            alerts: kept(of, "policyglot_alerts", "Alerts made"),
            deliveries: kept(of, "policyglot_deliveries", "Deliveries of alerts by state"),
            last_ingest: kept(of, "policyglot_last_ingest_age_seconds", "Seconds since a document was last added"),
            segments: kept(of, "policyglot_index_segments", "Segments of the search index"),
            index_bytes: kept(of, "policyglot_index_bytes", "Size of the search index"),
            store_bytes: kept(of, "policyglot_store_bytes", "Size of the store"),
            resident: kept(of, "process_resident_memory_bytes", "Resident memory"),
            cpu: kept(of, "process_cpu_seconds", "CPU time used"),
            files: kept(of, "process_open_fds", "Open files"),
            threads: kept(of, "process_threads", "Threads"),
            registry,
        }
    }
}

/// A metric that is told under a name. The name of a counter gets `_total` by itself.
fn kept<M: Metric + Clone + Default>(registry: &mut Registry, name: &str, help: &str) -> M {
    let metric = M::default();
    registry.register(name, help, metric.clone());
    metric
}

impl Metrics {
    /// A request has come.
    pub(crate) fn begun(&self) {
        self.in_flight.inc();
    }

    /// The answer to a request has begun after some time; none, where nobody waited for it.
    pub(crate) fn answered(&self, route: &str, method: &'static str, status: Option<u16>, after: Duration) {
        let status = match status {
            Some(100..200) => "1xx",
            Some(200..300) => "2xx",
            Some(300..400) => "3xx",
            Some(400..500) => "4xx",
            Some(_) => "5xx",
            None => "gone",
        };
        let route = route.to_owned();
        self.requests.get_or_create(&Answered { route: route.clone(), method, status }).inc();
        if status != "gone" {
            self.durations.get_or_create(&Asked { route, method }).observe(after.as_secs_f64());
        }
    }

    /// A request's answer is sent, or given up.
    pub(crate) fn ended(&self) {
        self.in_flight.dec();
    }

    /// A request was told to come again.
    pub(crate) fn rejected(&self, class: &'static str) {
        self.rejected.get_or_create(&Lane { class }).inc();
    }

    /// How full a lane is.
    pub(crate) fn set_level(&self, class: &'static str, working: usize, waiting: usize) {
        self.working.get_or_create(&Lane { class }).set(signed(working));
        self.waiting.get_or_create(&Lane { class }).set(signed(waiting));
        // It is told also while it is 0.
        drop(self.rejected.get_or_create(&Lane { class }));
    }

    /// How many connections are open.
    pub(crate) fn set_connections(&self, count: usize) {
        self.connections.set(signed(count));
    }

    /// What store and index hold.
    pub(crate) fn set_holdings(&self, holdings: &Holdings, now: jiff::Timestamp) {
        self.documents.set(signed(holdings.documents));
        self.sentences.set(signed(holdings.sentences));
        self.concepts.set(signed(holdings.concepts));
        self.watches.set(signed(holdings.watches));
        self.alerts.set(signed(holdings.alerts));
        for (state, count) in holdings.deliveries {
            self.deliveries.get_or_create(&InState { state }).set(signed(count));
        }
        let age = holdings.latest.map_or(0, |latest| now.as_second().saturating_sub(latest.as_second()));
        self.last_ingest.set(age.max(0));
        self.segments.set(signed(holdings.segments));
        self.index_bytes.set(i64::try_from(holdings.index_bytes).unwrap_or(i64::MAX));
        self.store_bytes.set(i64::try_from(holdings.store_bytes).unwrap_or(i64::MAX));
    }

    /// All metrics with what the process uses now, as text.
    pub(crate) fn text(&self) -> String {
        let used = process::used();
        self.resident.set(used.resident_bytes);
        let before = self.cpu.get();
        if used.cpu_seconds > before {
            self.cpu.inc_by(used.cpu_seconds - before);
        }
        self.files.set(signed(used.files));
        self.threads.set(signed(used.threads));
        let mut text = String::new();
        if encode(&mut text, &self.registry).is_err() {
            // Nothing that is written to a String fails.
            text.clear();
        }
        text
    }
}

fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_told_as_openmetrics_has_them() {
        let metrics = Metrics::default();
        metrics.begun();
        metrics.answered("/document/{id}", "GET", Some(200), Duration::from_millis(7));
        metrics.rejected("long");
        metrics.set_level("long", 1, 0);
        let text = metrics.text();
        for line in [
            "# TYPE policyglot_http_requests counter",
            "policyglot_http_requests_total{route=\"/document/{id}\",method=\"GET\",status=\"2xx\"} 1",
            "policyglot_http_request_duration_seconds_bucket{le=\"0.01\",route=\"/document/{id}\",method=\"GET\"} 1",
            "policyglot_http_in_flight 1",
            "policyglot_queue_rejected_total{class=\"long\"} 1",
            "policyglot_queue_working{class=\"long\"} 1",
        ] {
            assert!(text.lines().any(|other| other == line), "{line} is not in\n{text}");
        }
        assert!(text.ends_with("# EOF\n"));
    }

    #[test]
    fn every_line_is_a_comment_or_a_sample() {
        let metrics = Metrics::default();
        metrics.answered("none", "other", None, Duration::ZERO);
        for line in metrics.text().lines().filter(|line| !line.starts_with("# ")) {
            let (name, value) = line.rsplit_once(' ').unwrap();
            assert!(name.starts_with("policyglot_") || name.starts_with("process_"), "{line}");
            assert!(value.parse::<f64>().is_ok(), "{line}");
        }
    }
}
