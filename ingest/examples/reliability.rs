//! Prints how far the confidence of mined term pairs can be trusted: `reliability [--given-beads] FOLDER...`.
//!
//! A folder holds bitexts with gold: `zh.txt`, `en.txt`, `beads.tsv` and `terms.tsv` (Chinese, English, other renderings
//! by `|`), or several as `NAME.sentences.zh.txt`, `NAME.sentences.en.txt`, `NAME.beads.tsv` with one `terms.tsv`. With
//! `--given-beads` the gold beads are mined instead of the aligner's.
//!
//! For each bin of confidence: how many pairs, their mean confidence, and of them the share worth keeping, that is
//! listed in the gold with this rendering, in all and by tier; then, of the pairs whose Chinese side is listed, how many
//! there are and the share rendered rightly. A list that a reader made by taking some of the terms makes the share
//! worth keeping a lower bound; the share rendered rightly does not depend on how much was listed. Last the Brier score
//! of the confidence as that of a pair worth keeping (Brier 1950).

#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use corpus::{
    bitext::{Bead, MadeBy},
    facts::Facts,
    term::{TermPair, Tier},
};
use ingest::{
    align::{Knowledge, Line, beads},
    terms::{MinedBitext, mine},
};

/// The bounds of the bins.
const BINS: [f32; 11] = [0.0005, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.01];

/// Renderings by Chinese term, both in the form that they are compared in.
type Gold = BTreeMap<String, BTreeSet<String>>;

/// A mined pair against the gold.
struct Judged {
    confidence: f32,
    tier: Tier,
    listed: bool,
    right: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let (flags, folders): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|arg| arg.starts_with("--"));
    let given_beads = flags.iter().any(|flag| flag == "--given-beads");
    let mut judged = Vec::new();
    for folder in &folders {
        for names in bitexts(Path::new(folder))? {
            judged.extend(judge(&names, given_beads)?);
        }
    }
    if judged.is_empty() {
        return Err("nothing was mined: give folders with bitexts and a terms.tsv".into());
    }
    print(&judged);
    Ok(())
}

/// The files of a bitext: Chinese, English, beads, terms.
type Files = [PathBuf; 4];

fn bitexts(folder: &Path) -> Result<Vec<Files>, Box<dyn Error>> {
    if folder.join("zh.txt").exists() {
        return Ok(vec![["zh.txt", "en.txt", "beads.tsv", "terms.tsv"].map(|name| folder.join(name))]);
    }
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".sentences.zh.txt").map(str::to_owned));
    }
    names.sort();
    let files = |name: &String| {
        let own =
            ["sentences.zh.txt", "sentences.en.txt", "beads.tsv"].map(|kind| folder.join(format!("{name}.{kind}")));
        let [zh, en, beads] = own;
        [zh, en, beads, folder.join("terms.tsv")]
    };
    Ok(names.iter().map(files).collect())
}

fn judge([zh, en, bead_rows, terms]: &Files, given_beads: bool) -> Result<Vec<Judged>, Box<dyn Error>> {
    let (zh, en, terms) = (fs::read_to_string(zh)?, fs::read_to_string(en)?, fs::read_to_string(terms)?);
    let gold = gold(&terms, &zh);
    let (zh, en): (Vec<&str>, Vec<&str>) = (zh.lines().collect(), en.lines().collect());
    let knowledge = Knowledge::of_dictionary();
    let beads = if given_beads {
        fs::read_to_string(bead_rows)?.lines().map(bead).collect()
    } else {
        let (zh, en): (Vec<Line<'_>>, Vec<Line<'_>>) =
            (zh.iter().map(|text| Line::plain(text)).collect(), en.iter().map(|text| Line::plain(text)).collect());
        beads(&zh, &en, &[], knowledge)
    };
    let none = Facts::default();
    let bitext = MinedBitext { zh: &zh, en: &en, beads: &beads, zh_facts: &none, en_facts: &none };
    Ok(mine(&bitext, knowledge).pairs.iter().map(|pair| against(pair, &gold)).collect())
}

/// A bead of a row: line numbers from 1, comma separated, a tab between the sides.
fn bead(row: &str) -> Bead {
    let mut cells = row.split('\t').map(|cell| {
        let numbers = cell.split(',').filter_map(|number| number.trim().parse::<usize>().ok());
        numbers.filter_map(|number| number.checked_sub(1)).collect::<Vec<usize>>()
    });
    let (zh, en) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
    Bead { zh, en, score: 1.0, made_by: MadeBy::Reader }
}

/// The gold terms that a text has.
fn gold(terms: &str, zh: &str) -> Gold {
    let mut gold = Gold::new();
    for row in terms.lines() {
        let mut cells = row.split('\t');
        let (Some(term), Some(en)) = (cells.next(), cells.next()) else { continue };
        if zh.contains(term) {
            let others = cells.next().unwrap_or_default().split('|');
            let renderings = [en].into_iter().chain(others).map(folded).filter(|rendering| !rendering.is_empty());
            gold.entry(term.to_owned()).or_default().extend(renderings);
        }
    }
    gold
}

/// A rendering without case, articles, hyphens and plurals.
fn folded(en: &str) -> String {
    let lower = en.to_lowercase().replace('’', "'");
    let words = lower.split(|c: char| !(c.is_alphanumeric() || matches!(c, '&' | '+' | '/' | '\'' | '.')));
    let words = words.filter(|word| !word.is_empty() && !matches!(*word, "the" | "a" | "an"));
    words.map(singular).collect::<Vec<_>>().join(" ")
}

fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None if word.len() > 3 => word.strip_suffix('s').unwrap_or(word).to_owned(),
        None => word.to_owned(),
    }
}

fn against(pair: &TermPair, gold: &Gold) -> Judged {
    let renderings = gold.get(&pair.zh);
    Judged {
        confidence: pair.confidence,
        tier: pair.tier(),
        listed: renderings.is_some(),
        right: renderings.is_some_and(|renderings| renderings.contains(&folded(&pair.en))),
    }
}

fn share<'a>(judged: impl Iterator<Item = &'a Judged>, holds: impl Fn(&Judged) -> bool) -> (usize, String) {
    let held: Vec<bool> = judged.map(holds).collect();
    let share = held.iter().filter(|held| **held).count() as f32 / held.len().max(1) as f32;
    (held.len(), if held.is_empty() { "–".to_owned() } else { format!("{share:.2}") })
}

fn print(judged: &[Judged]) {
    println!("confidence\tpairs\tmean\tworth keeping\trecurrent\t\tsingle\t\tlisted\trendered rightly");
    for bounds in BINS.windows(2).rev() {
        let &[low, high] = bounds else { continue };
        let bin = || judged.iter().filter(move |row| (low..high).contains(&row.confidence));
        let tier = |tier: Tier| share(bin().filter(move |row| row.tier == tier), |row| row.right);
        let (count, kept) = share(bin(), |row| row.right);
        let mean = bin().map(|row| row.confidence).sum::<f32>() / count.max(1) as f32;
        let ((recurrent, recurrent_kept), (single, single_kept)) = (tier(Tier::Recurrent), tier(Tier::Single));
        let (listed, right) = share(bin().filter(|row| row.listed), |row| row.right);
        println!(
            "{low:.3}–{:.3}\t{count}\t{mean:.3}\t{kept}\t{recurrent}\t{recurrent_kept}\t{single}\t{single_kept}\t{listed}\t{right}",
            high.min(1.0)
        );
    }
    let brier = judged.iter().map(|row| (row.confidence - f32::from(u8::from(row.right))).powi(2)).sum::<f32>();
    println!("Brier score {:.4} over {} pairs", brier / judged.len() as f32, judged.len());
}
