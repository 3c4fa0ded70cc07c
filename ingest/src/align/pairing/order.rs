//! How far two documents have words and numbers in the same order, by their fingerprints.

/// How far apart in the text a word and its rendering may stand, in thousandths.
const NEAR: u16 = 40;

/// The share of numbers in common order that speaks neither for nor against a pair.
pub(super) const NEUTRAL_NUMBERS: f32 = 0.55;
/// How many numbers of that share are added to what is met.
const FEW_NUMBERS: f32 = 5.0;

/// The longest common subsequence of two lists, as a share of their mean length.
pub(super) fn common_order(a: &[String], b: &[String]) -> Option<f32> {
    if a.len().min(b.len()) < 4 {
        return None;
    }
    let mut row = vec![0usize; b.len() + 1];
    for left in a {
        let mut diagonal = 0;
        for (at, right) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if left == right { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    // A few numbers say little: they count as if some more had been met that said nothing.
    let (shared, all) = (row[b.len()] as f32, (a.len() + b.len()) as f32 / 2.0);
    Some((shared + NEUTRAL_NUMBERS * FEW_NUMBERS) / (all + FEW_NUMBERS))
}

/// The share of the English rare words that the Chinese side renders in the same order, less what chance would give:
/// the better of the same place (sections may have moved) and of one rising order (front matter shifts places).
///
/// Both sketches hold the smallest hashes; only the range that both cover is compared.
pub(super) fn ordered_words(zh: &[(u32, u16)], en: &[(u32, u16)]) -> Option<f32> {
    let end = zh.last()?.0.min(en.last()?.0);
    let seen: Vec<(u32, u16)> = en.iter().copied().take_while(|(hash, _)| *hash <= end).collect();
    if seen.len() < 20 {
        return None;
    }
    let (mut near, mut chance) = (0.0, 0.0);
    let mut points = Vec::new();
    for &(hash, place) in &seen {
        let from = zh.partition_point(|(other, _)| *other < hash);
        let same: Vec<u16> =
            zh.iter().skip(from).take_while(|(other, _)| *other == hash).map(|&(_, place)| place).collect();
        near += f32::from(u8::from(same.iter().any(|other| other.abs_diff(place) <= NEAR)));
        chance += (same.len() as f32 * 2.0 * f32::from(NEAR) / 1000.0).min(1.0);
        points.extend(same.iter().map(|&other| (place, other)));
    }
    let rising = longest_rising(&mut points) as f32;
    // The longest rising run of n random points is about twice the root of n (Logan and Shepp 1977).
    let luck = 2.0 * (points.len() as f32).sqrt();
    let share = |found: f32, chance: f32| ((found - chance) / (seen.len() as f32 - chance).max(1.0)).clamp(0.0, 1.0);
    Some(share(near, chance).max(share(rising, luck)))
}

/// The length of the longest run of points that rises on both sides.
fn longest_rising(points: &mut [(u16, u16)]) -> usize {
    // Points of one place may not follow each other: they are tried from the last.
    points.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    let mut ends: Vec<u16> = Vec::new();
    for &mut (_, other) in points {
        let at = ends.partition_point(|&end| end < other);
        match ends.get_mut(at) {
            Some(end) => *end = other,
            None => ends.push(other),
        }
    }
    ends.len()
}
