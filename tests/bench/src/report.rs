//! The table and the JSON.

use comfy_table::{CellAlignment, ContentArrangement, Table};
use serde_json::{Value, json};

use crate::collection::Kind;
use crate::run::{Collection, Measured};

/// What the queries of a kind took; see [`usual`].
#[derive(Clone, Copy, Debug)]
struct Speed {
    per_second: f64,
    /// Milliseconds.
    p50: f64,
    /// Milliseconds.
    p99: f64,
    /// How many times as many queries a second our index answered, where it was asked.
    behind: Option<f64>,
}

/// How many processes were running or waiting to, in the last minute.
pub(crate) fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}

pub(crate) fn print(collection: &Collection<'_>, measured: &[Measured], load: &[String]) -> anyhow::Result<()> {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::ASCII_MARKDOWN).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header([
        "engine",
        "index CPU s",
        "wall s",
        "MB",
        "kind",
        "queries/s",
        "ours is",
        "p50 ms",
        "p99 ms",
        "recall",
        "precision",
    ]);
    let ours = measured.iter().find(|one| one.engine.code == "ours");
    let mut rows = Vec::new();
    for one in measured {
        for kind in Kind::ALL {
            let speed = speed(one, ours, kind);
            table.add_row(cells(one, kind, speed));
            rows.push(row(one, kind, speed));
        }
    }
    for column in table.column_iter_mut().filter(|column| ![0, 4].contains(&column.index)) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let (times, laws, arguments) = (collection.times, &collection.laws, collection.arguments);
    let text: usize = laws.iter().flat_map(|law| &law.paragraphs).map(String::len).sum();
    let (documents, megabytes, load) = (laws.len(), mega(text as f64), load.join(" to "));
    let (rounds, clock) = (arguments.rounds, format!("{:?}", arguments.clock).to_lowercase());
    println!(
        "{times} x the text: {documents} laws, {megabytes:.1} MB; {rounds} rounds, {clock} clock, load {load}\n{table}"
    );
    let result = json!({
        "times": times, "documents": documents, "text_bytes": text, "load": load, "rounds": rounds, "clock": clock,
        "rows": rows,
    });
    Ok(std::fs::write(collection.folder.join("result.json"), format!("{result:#}\n"))?)
}

fn mega(bytes: f64) -> f64 {
    bytes / 1e6
}

fn cells(one: &Measured, kind: Kind, speed: Speed) -> Vec<String> {
    let built = |text: fn(&crate::engine::Built) -> f64| {
        one.built.as_ref().filter(|_| kind == Kind::Loose).map_or(String::new(), |built| format!("{:.1}", text(built)))
    };
    let exact =
        |share: fn(&(f64, f64)) -> f64| one.exact.get(&kind).map_or(String::new(), |it| format!("{:.4}", share(it)));
    vec![
        if kind == Kind::Loose { one.engine.name.to_owned() } else { String::new() },
        built(|built| built.cpu.as_secs_f64()),
        built(|built| built.wall.as_secs_f64()),
        built(|built| mega(built.bytes as f64)),
        kind.name().to_owned(),
        format!("{:.0}", speed.per_second),
        speed.behind.map_or(String::new(), |times| format!("{times:.2} x")),
        format!("{:.3}", speed.p50),
        format!("{:.3}", speed.p99),
        exact(|it| it.0),
        exact(|it| it.1),
    ]
}

fn row(one: &Measured, kind: Kind, speed: Speed) -> Value {
    json!({
        "engine": one.engine.code, "kind": kind.name(),
        "index_cpu_seconds": one.built.map(|built| built.cpu.as_secs_f64()),
        "index_seconds": one.built.map(|built| built.wall.as_secs_f64()),
        "index_bytes": one.built.map(|built| built.bytes),
        "queries_per_second": speed.per_second, "ours_is_times": speed.behind,
        "p50_ms": speed.p50, "p99_ms": speed.p99,
        "recall": one.exact.get(&kind).map(|it| it.0), "precision": one.exact.get(&kind).map(|it| it.1),
    })
}

fn speed(one: &Measured, ours: Option<&Measured>, kind: Kind) -> Speed {
    let its = usual(one, kind);
    let per_second = per_second(&its);
    Speed {
        per_second,
        p50: milliseconds(&its, 50),
        p99: milliseconds(&its, 99),
        behind: ours.map(|ours| self::per_second(&usual(ours, kind)) / per_second),
    }
}

/// What each query of a kind usually took: the median of its times in all rounds, so that a round in which the machine
/// had something else to do counts for no engine.
fn usual(one: &Measured, kind: Kind) -> Vec<u64> {
    let rounds = one.times.get(&kind).map_or(&[][..], Vec::as_slice);
    let queries = rounds.iter().map(Vec::len).min().unwrap_or(0);
    let mut usual: Vec<u64> = (0..queries)
        .map(|query| {
            let mut times: Vec<u64> = rounds.iter().filter_map(|round| round.get(query)).copied().collect();
            times.sort_unstable();
            times.get(times.len() / 2).copied().unwrap_or_default()
        })
        .collect();
    usual.sort_unstable();
    usual
}

fn per_second(times: &[u64]) -> f64 {
    times.len() as f64 / (times.iter().sum::<u64>() as f64 / 1e9)
}

/// What so many of a hundred queries took at most, of times in order.
fn milliseconds(times: &[u64], share: usize) -> f64 {
    let at = (times.len() * share).div_ceil(100).saturating_sub(1);
    times.get(at).map_or(0.0, |&time| time as f64 / 1e6)
}
