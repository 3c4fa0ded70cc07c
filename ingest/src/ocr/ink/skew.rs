//! How far the lines of a page are from level.

/// Angles up to this many degrees are looked for: sheets lie no worse in a feeder.
const MOST: f32 = 3.0;
/// The steps of the first and of the second search, in degrees.
const COARSE: f32 = 0.25;
const FINE: f32 = 0.05;
/// Turning blurs; an angle below this many degrees does not hurt an engine.
const LEAST: f32 = 0.15;
/// Rows must be so much sharper at the angle than as they stand.
const SHARPER: f64 = 1.05;

/// The angle of the lines against the horizontal, in degrees clockwise; 0 for a page that lies straight enough.
///
/// At the right angle rows are full or empty: the squared differences of the ink of neighbouring rows are greatest
/// (Postl, Detection of linear oblique structures and skew scan in digitized documents, 1986).
pub(super) fn skew(ink: &[bool], width: usize, dpi: f32) -> f32 {
    let points = points(ink, width, (dpi / 75.0).max(1.0) as usize);
    let height = points.iter().map(|(_, y)| *y).fold(0.0, f32::max) as usize + 1;
    let level = sharpness(&points, height, 0.0);
    let steps = (MOST / COARSE) as i32;
    let coarse = best(&points, height, (-steps..=steps).map(|step| step as f32 * COARSE));
    let steps = (COARSE / FINE) as i32;
    let angle = best(&points, height, (-steps..=steps).map(|step| coarse + step as f32 * FINE));
    let sure = sharpness(&points, height, angle) > level * SHARPER;
    if sure && angle.abs() >= LEAST { angle } else { 0.0 }
}

fn best(points: &[(f32, f32)], height: usize, angles: impl Iterator<Item = f32>) -> f32 {
    angles
        .map(|angle| (sharpness(points, height, angle), angle))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(0.0, |(_, angle)| angle)
}

/// Every so manieth pixel of ink, its column counted from the middle of the page.
fn points(ink: &[bool], width: usize, step: usize) -> Vec<(f32, f32)> {
    let rows = ink.chunks(width.max(1)).step_by(step).enumerate();
    rows.flat_map(|(y, row)| {
        let columns = row.iter().step_by(step).enumerate().filter(|(_, ink)| **ink);
        columns.map(move |(x, _)| (x as f32 - (width / step) as f32 / 2.0, y as f32))
    })
    .collect()
}

fn sharpness(points: &[(f32, f32)], height: usize, angle: f32) -> f64 {
    let slope = angle.to_radians().tan();
    let mut rows = vec![0_i64; height];
    for (x, y) in points {
        // What falls off the page counts nowhere; a cast from float saturates.
        if let Some(row) = rows.get_mut((y - slope * x).round().max(0.0) as usize) {
            *row += 1;
        }
    }
    rows.windows(2).map(|pair| pair.iter().rev().fold(0, |sum, row| row - sum).pow(2) as f64).sum()
}
