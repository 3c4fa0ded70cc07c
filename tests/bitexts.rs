//! Bitexts over time: mined anew, interrupted, corrected by readers, read again, and written as translation memories.

#![expect(clippy::unwrap_used, reason = "a test whose files cannot be made or read has failed")]

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use corpus::bitext::{Bead, MadeBy};
use serde_json::Value;
use server::data::Data;
use tests::{Program, sample};

const PROGRAM: &str = env!("CARGO_BIN_EXE_policyglot-under-test");
const NOW: &str = "2026-11-22T08:00:00Z";

/// A program with some pairs of the sample corpus.
fn program(pairs: &[&str]) -> Program {
    let program = Program::new(PROGRAM);
    let files: Vec<String> = pairs
        .iter()
        .flat_map(|name| ["zh", "en"].map(|language| sample(&format!("pdf/{name}.{language}.pdf"))))
        .collect();
    let mut arguments = vec!["ingest"];
    arguments.extend(files.iter().map(String::as_str));
    let ended = program.run(&arguments);
    assert_eq!(ended.status, Some(0), "{}", ended.messages);
    program
}

/// What all that was derived looks like from outside.
fn state(program: &Program) -> (Value, Vec<String>) {
    let terms = program.json(&["terms", "list", "--limit", "100000", "--format", "json"]);
    let bitexts = program.json(&["bitext", "list", "--format", "json"]);
    let ids = bitexts.as_array().unwrap().iter().map(|bitext| bitext["id"].to_string());
    let beads = ids.map(|id| program.run(&["bitext", "show", &id]).data).collect();
    (terms, beads)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The difference that the last run made, without its times.
fn last(program: &Program) -> (Value, Value) {
    let last = program.json(&["remine", "--last", "--json"]);
    (last["counts"].clone(), last["changes"].clone())
}

#[test]
fn mining_anew_can_be_interrupted_and_gives_the_same() {
    let whole = program(&["04-embodied-ai-measures", "12-computing-power-announcement"]);
    let parted = Program::new(PROGRAM);
    copy(&whole.data(), &parted.data());
    assert_eq!(whole.run(&["remine", "--last"]).status, Some(1), "nothing has been mined anew");
    assert_eq!(whole.run(&["remine"]).status, Some(0));

    let mut running = parted.command(&["remine"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let data = Data::open(&parted.data()).unwrap();
    let state_of =
        || data.with_store(|store| Ok((store.remining_under_way()?, store.waiting_bitexts()?.len()))).unwrap();
    while running.try_wait().unwrap().is_none() && !matches!(state_of(), (true, 0..=1)) {
        std::thread::sleep(Duration::from_millis(5));
    }
    // It may have been quicker than this test: then there is nothing to go on with.
    let _ = running.kill();
    running.wait().unwrap();
    let left = state_of();
    drop(data);
    let ended = parted.run(&["remine", "--list"]);
    assert_eq!(ended.status, Some(0));
    assert_eq!(ended.messages.contains("was interrupted"), left.0, "{left:?} {}", ended.messages);
    assert_eq!(state(&parted), state(&whole));
    if left.0 {
        assert_eq!(last(&parted), last(&whole));
    }

    let before = state(&whole).0;
    let shown = before.as_array().unwrap().len();
    assert_eq!(whole.run(&["remine"]).status, Some(0));
    let (counts, _) = last(&whole);
    let changed: u64 = counts.as_object().unwrap().values().filter_map(Value::as_u64).sum();
    assert!(changed as usize * 10 <= shown, "{counts} of {shown}");
}

#[test]
fn what_a_reader_corrected_outlives_another_reading_and_another_alignment() {
    let program = program(&["12-computing-power-announcement"]);
    let data = Data::open(&program.data()).unwrap();
    let (bitext, corrected) = data
        .with_store(|store| {
            let bitext = store.bitexts()?.remove(0);
            let beads = store.beads(bitext.id)?;
            // Two beads become one, and the sentences that it takes are not in any other.
            let two = beads.windows(2).find(|two| two.iter().all(|bead| bead.zh.len() == 1 && bead.en.len() == 1));
            let two = two.unwrap();
            let side = |side: fn(&Bead) -> &Vec<usize>| two.iter().flat_map(|bead| side(bead).clone()).collect();
            let bead =
                Bead { zh: side(|bead| &bead.zh), en: side(|bead| &bead.en), score: 1.0, made_by: MadeBy::Reader };
            store.correct_beads(bitext.id, std::slice::from_ref(&bead), NOW)?;
            Ok((bitext, bead))
        })
        .unwrap();
    let corrected_now = || {
        data.with_store(|store| {
            let beads = store.beads(bitext.id)?;
            let all: usize = beads.iter().map(|bead| bead.zh.len()).sum();
            Ok((beads.into_iter().filter(|bead| bead.made_by == MadeBy::Reader).collect::<Vec<_>>(), all))
        })
        .unwrap()
    };
    let (_, sentences) = corrected_now();
    server::derive::realign_bitext(&data, bitext.id).unwrap();
    assert_eq!(corrected_now(), (vec![corrected.clone()], sentences));
    assert_eq!(program.run(&["realign"]).status, Some(0));
    assert_eq!(corrected_now(), (vec![corrected.clone()], sentences));

    // Another reading, as if an earlier version of the program had made it.
    data.with_store(|store| {
        let mut read = store.read_document(bitext.zh)?.unwrap();
        read.blocks.pop();
        let last = read.blocks.len();
        read.sentences.retain(|sentence| sentence.block < last);
        Ok(store.replace_reading(bitext.zh, &read, NOW)?)
    })
    .unwrap();
    let ended = program.run(&["reread"]);
    assert!(ended.messages.contains("1 read differently"), "{}", ended.messages);
    assert_eq!(corrected_now(), (vec![corrected], sentences), "it keeps its number, too");
    let listed = program.run(&["bitext", "show", &bitext.id.to_string()]).data;
    assert_eq!(listed.lines().filter(|line| line.split('\t').nth(4) == Some("reader")).count(), 1, "{listed}");
}

#[test]
fn a_pair_is_written_as_a_translation_memory() {
    let program = program(&["12-computing-power-announcement"]);
    let file = program.folder().join("pair.tmx");
    let ended = program.run(&["bitext", "tmx", "1", "--doubtful", "--output", &file.display().to_string()]);
    assert_eq!((ended.status, ended.data.as_str()), (Some(0), ""));
    let written = std::fs::read_to_string(file).unwrap();
    let listed = program.run(&["bitext", "show", "1"]).data;
    let two_sided = listed.lines().filter(|line| line.split('\t').nth(3) != Some("one-sided")).count();
    assert_eq!(written.matches("<tu ").count(), two_sided);
    assert!(program.run(&["bitext", "tmx", "1"]).data.matches("<tu ").count() <= two_sided);
    let ended = program.run(&["bitext", "tmx", "9"]);
    assert!(ended.messages.contains("there is no bitext 9"), "{}", ended.messages);
}
