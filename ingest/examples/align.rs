//! Prints the sentence beads of two text files of one sentence a line: `align ZH EN`.
//!
//! Line numbers from 1, comma separated, a tab between the sides; then the score.

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use std::{env, error::Error, fs};

use ingest::align::{Knowledge, Line, beads};

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = env::args().skip(1);
    let (Some(zh), Some(en)) = (paths.next(), paths.next()) else {
        return Err("give two files: a Chinese and an English one, a sentence a line".into());
    };
    let (zh, en) = (fs::read_to_string(zh)?, fs::read_to_string(en)?);
    let (zh, en): (Vec<Line<'_>>, Vec<Line<'_>>) =
        (zh.lines().map(Line::plain).collect(), en.lines().map(Line::plain).collect());
    for bead in beads(&zh, &en, &[], Knowledge::of_dictionary()) {
        println!("{}\t{}\t{:.3}", numbers(&bead.zh), numbers(&bead.en), bead.score);
    }
    Ok(())
}

fn numbers(indexes: &[usize]) -> String {
    indexes.iter().map(|index| (index + 1).to_string()).collect::<Vec<_>>().join(",")
}
