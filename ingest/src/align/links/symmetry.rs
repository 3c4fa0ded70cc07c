//! From the posteriors of both directions to links (Och and Ney 2003).

/// How likely a link must be, as the geometric mean of both directions.
const LIKELY: f32 = 0.3;
/// How likely one must be that joins a word without a link to a neighbouring link.
const JOINING: f32 = 0.1;

/// Links as (row, column), ascending, of a grid of `columns` columns.
///
/// What is likely is linked; then a word without a link takes the likeliest that stands beside a link, as long as
/// there is one.
pub(crate) fn links(cells: &[f32], columns: usize) -> Vec<(usize, usize)> {
    let place = |at: usize| (at / columns.max(1), at % columns.max(1));
    let mut linked = Linked::new(cells.len().checked_div(columns).unwrap_or(0), columns);
    let mut joining: Vec<(f32, usize)> = Vec::new();
    for (at, &score) in cells.iter().enumerate() {
        if score > LIKELY {
            linked.add(place(at));
        } else if score > JOINING {
            joining.push((score, at));
        }
    }
    joining.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    loop {
        let before = joining.len();
        joining.retain(|&(_, at)| {
            let (row, column) = place(at);
            let joins = linked.lacks(row, column) && linked.neighbours(row, column);
            if joins {
                linked.add((row, column));
            }
            !joins
        });
        if joining.len() == before {
            break;
        }
    }
    (0..cells.len()).map(place).filter(|&(row, column)| linked.has(row, column)).collect()
}

/// The links so far.
struct Linked {
    columns: usize,
    cells: Vec<bool>,
    rows_linked: Vec<bool>,
    columns_linked: Vec<bool>,
}

impl Linked {
    fn new(rows: usize, columns: usize) -> Self {
        Self {
            columns,
            cells: vec![false; rows * columns],
            rows_linked: vec![false; rows],
            columns_linked: vec![false; columns],
        }
    }

    fn add(&mut self, (row, column): (usize, usize)) {
        self.cells[row * self.columns + column] = true;
        self.rows_linked[row] = true;
        self.columns_linked[column] = true;
    }

    fn has(&self, row: usize, column: usize) -> bool {
        column < self.columns && self.cells.get(row * self.columns + column).copied().unwrap_or(false)
    }

    /// Whether one of the two words has no link.
    fn lacks(&self, row: usize, column: usize) -> bool {
        !self.rows_linked[row] || !self.columns_linked[column]
    }

    /// Whether one of the eight places around is linked.
    fn neighbours(&self, row: usize, column: usize) -> bool {
        let around = |at: usize| at.saturating_sub(1)..=at + 1;
        around(row).any(|row| around(column).any(|column| self.has(row, column)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cells: &[f32], columns: usize, expected: &[(usize, usize)]) {
        assert_eq!(links(cells, columns), expected);
    }

    #[test]
    fn words_without_a_link_join_their_neighbours() {
        check(&[], 0, &[]);
        check(&[0.9, 0.2, 0.0, 0.0, 0.0, 0.9], 3, &[(0, 0), (0, 1), (1, 2)]);
        // Both words have links already, or none stands beside.
        check(&[0.9, 0.2, 0.0, 0.9], 2, &[(0, 0), (1, 1)]);
        check(&[0.9, 0.0, 0.0, 0.0, 0.0, 0.2], 3, &[(0, 0)]);
    }
}
