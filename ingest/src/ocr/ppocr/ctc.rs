//! From the recogniser's likelihoods to characters (connectionist temporal classification, Graves et al. 2006).

/// A class that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Read {
    /// The recogniser's number for the character; 0 is the blank and never read.
    pub(super) class: usize,
    /// The time step at which it was clearest.
    pub(super) step: usize,
    /// How likely it was there, from 0 to 1.
    pub(super) confidence: f32,
}

/// The best class of each step, repetitions and blanks taken out; `likelihoods` has `classes` values for each step.
pub(super) fn best_path(likelihoods: &[f32], classes: usize) -> Vec<Read> {
    let mut path: Vec<Read> = Vec::new();
    let mut before = 0;
    for (step, row) in likelihoods.chunks_exact(classes.max(1)).enumerate() {
        let Some((class, confidence)) = likeliest(row) else { continue };
        match path.last_mut() {
            _ if class == 0 => {}
            Some(last) if class == before => {
                if confidence > last.confidence {
                    *last = Read { class, step, confidence };
                }
            }
            _ => path.push(Read { class, step, confidence }),
        }
        before = class;
    }
    path
}

/// The likeliest classes of a strip that shows a single character, with the likelihood at each class's best step; the
/// likeliest first.
pub(super) fn best_single(likelihoods: &[f32], classes: usize, count: usize) -> Vec<Read> {
    let mut best: Vec<Read> = (0..classes).map(|class| Read { class, step: 0, confidence: 0.0 }).collect();
    for (step, row) in likelihoods.chunks_exact(classes.max(1)).enumerate() {
        for (read, &confidence) in best.iter_mut().zip(row) {
            if confidence > read.confidence {
                *read = Read { step, confidence, ..*read };
            }
        }
    }
    best.retain(|read| read.class > 0 && read.confidence > 0.0);
    best.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    best.truncate(count);
    best
}

fn likeliest(row: &[f32]) -> Option<(usize, f32)> {
    row.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Steps in which one of the classes blank, a, b has the given tenths, and the blank the rest.
    fn steps(list: &[(usize, u8)]) -> Vec<f32> {
        let row = |&(class, tenths): &(usize, u8)| {
            let mut row = [0.0; 3];
            row[0] = 1.0 - f32::from(tenths) / 10.0;
            row[class] = f32::from(tenths) / 10.0;
            row
        };
        list.iter().flat_map(row).collect()
    }

    #[track_caller]
    fn check(list: &[(usize, u8)], expected: &[(usize, usize)]) {
        let read: Vec<(usize, usize)> = best_path(&steps(list), 3).iter().map(|r| (r.class, r.step)).collect();
        assert_eq!(read, expected);
    }

    #[test]
    fn repetitions_count_once_unless_a_blank_stands_between() {
        check(&[(1, 8), (1, 9), (1, 7), (2, 9)], &[(1, 1), (2, 3)]);
        check(&[(1, 9), (0, 10), (1, 9)], &[(1, 0), (1, 2)]);
    }

    #[test]
    fn blanks_are_not_read() {
        check(&[(0, 10), (1, 3), (0, 10)], &[]);
        check(&[], &[]);
    }

    #[test]
    fn a_single_character_has_other_readings() {
        let read = best_single(&steps(&[(2, 3), (1, 9), (2, 4)]), 3, 5);
        let classes: Vec<usize> = read.iter().map(|r| r.class).collect();
        assert_eq!(classes, [1, 2]);
        assert!((read[1].confidence - 0.4).abs() < 1e-6, "the best of its steps counts: {read:?}");
    }
}
