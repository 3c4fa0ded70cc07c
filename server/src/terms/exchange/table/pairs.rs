//! Anybody's glossary: a row for each pair of designations, whatever its columns; and chosen columns of ours.

use std::io::Write;

use corpus::document::Language;
use corpus::term::{Concept, Definition, Field, PartOfSpeech, Status, Term};
use corpus::text::is_han;

use crate::Error;
use crate::sheet::Sheet;
use crate::terms::exchange::language::plainly;
use crate::terms::exchange::{Caution, Entry, Imported, MOST_ENTRIES, said};

use super::Row;
use super::columns::{Column, Layout};

/// What keeps several designations in a cell apart.
const SEPARATORS: [char; 3] = [';', '；', '|'];

/// Writes the chosen columns, a row for each pair of designations, and says how many concepts.
///
/// # Errors
/// When a concept cannot be read from the store, or the output cannot be written.
pub fn write(
    concepts: impl Iterator<Item = Result<Concept, Error>>,
    out: impl Write,
    delimiter: u8,
    spreadsheet: bool,
    columns: &[Column],
) -> Result<usize, Error> {
    let mut sheet = Sheet::new(out, delimiter, spreadsheet)?;
    sheet.row(columns.iter().map(|column| column.name()))?;
    let mut count = 0;
    for concept in concepts {
        let concept = concept?;
        for (zh, en) in pairs(&concept) {
            sheet.row(columns.iter().map(|column| cell(*column, &concept, zh, en)))?;
        }
        count += 1;
    }
    sheet.finish()?;
    Ok(count)
}

/// Each Chinese designation with each English one.
pub(crate) fn pairs(concept: &Concept) -> impl Iterator<Item = (&Term, &Term)> {
    let with = |zh| concept.terms_in(Language::En).map(move |en| (zh, en));
    concept.terms_in(Language::Zh).flat_map(with)
}

fn cell(column: Column, concept: &Concept, zh: &Term, en: &Term) -> String {
    let text = |said: &Option<String>| said.clone().unwrap_or_default();
    let definition = |language| concept.definition(language).map(|definition| definition.text.clone());
    match column {
        Column::Zh => zh.text.clone(),
        Column::En => en.text.clone(),
        Column::Also => en.variants.join("; "),
        Column::Status => en.status.name().to_owned(),
        Column::ZhStatus => zh.status.name().to_owned(),
        Column::PartOfSpeech => en.part_of_speech.map_or("", PartOfSpeech::name).to_owned(),
        Column::Subject => text(&concept.subject),
        Column::Definition => definition(Language::Zh).or(definition(Language::En)).unwrap_or_default(),
        Column::DefinitionZh => definition(Language::Zh).unwrap_or_default(),
        Column::DefinitionEn => definition(Language::En).unwrap_or_default(),
        Column::DefinitionSource => {
            concept.definitions.iter().find_map(|definition| definition.source.clone()).unwrap_or_default()
        }
        Column::Note => text(&concept.note),
        Column::Usage => text(&en.note),
        Column::Region => text(&en.region),
        Column::Source => text(&en.source),
        Column::Other | Column::Ignore => String::new(),
    }
}

/// The entries of a glossary, a row each.
pub(super) fn read(rows: &[Row], layout: &Layout) -> Imported {
    let mut imported = Imported { pairs: true, ..Imported::default() };
    if layout.swapped {
        imported.warn(0, Caution::SwappedColumns);
    }
    for row in rows.iter().skip(layout.skipped()) {
        if imported.entries.len() >= MOST_ENTRIES {
            imported.warn(row.line, Caution::TooMany);
            break;
        }
        let (entry, cautions) = entry(row, layout);
        imported.entries.push(entry);
        for caution in cautions {
            imported.warn(row.line, caution);
        }
    }
    imported
}

fn entry(row: &Row, layout: &Layout) -> (Entry, Vec<Caution>) {
    let mut read =
        Reading { row, layout, cautions: Vec::new(), without_status: Vec::new(), concept: Concept::default() };
    read.designations();
    read.definitions();
    let first = |column| layout.all(column).map(|index| row.cell(index)).find(|cell| !cell.is_empty());
    let notes = layout.all(Column::Note).map(|index| row.cell(index)).filter(|cell| !cell.is_empty());
    read.concept.note = Some(notes.collect::<Vec<_>>().join("\n")).filter(|note| !note.is_empty());
    read.concept.subject = first(Column::Subject).map(str::to_owned);
    for index in layout.all(Column::Other).filter(|index| !row.cell(*index).is_empty()) {
        read.concept.other.push(Field { name: layout.head(index), value: row.cell(index).to_owned() });
    }
    let spare: Vec<&str> = (layout.columns.len()..row.cells.len()).map(|index| row.cell(index)).collect();
    if spare.iter().any(|cell| !cell.is_empty()) {
        read.cautions.push(Caution::SpareCells { text: spare.join("; ") });
    }
    (Entry { concept: read.concept, line: row.line, without_status: read.without_status }, read.cautions)
}

/// A row on its way to a concept.
struct Reading<'a> {
    row: &'a Row,
    layout: &'a Layout,
    cautions: Vec<Caution>,
    without_status: Vec<usize>,
    concept: Concept,
}

impl Reading<'_> {
    fn first(&self, column: Column) -> Option<&str> {
        self.layout.all(column).map(|index| self.row.cell(index)).find(|cell| !cell.is_empty())
    }

    fn text(&self, column: Column) -> Option<String> {
        self.first(column).map(str::to_owned)
    }

    fn designations(&mut self) {
        let (mut zh, mut en) = (self.designated(Column::Zh), self.designated(Column::En));
        if are_all(&zh, Language::En) && are_all(&en, Language::Zh) {
            self.cautions.push(Caution::SwappedRow);
            std::mem::swap(&mut zh, &mut en);
        }
        let also = self.designated(Column::Also).into_iter();
        let (also_zh, also_en): (Vec<_>, Vec<_>) = also.partition(|text| plainly(text) == Some(Language::Zh));
        for (index, text) in zh.into_iter().chain(also_zh).enumerate() {
            self.designation(text, Language::Zh, Column::ZhStatus, index == 0);
        }
        for (index, text) in en.into_iter().chain(also_en).enumerate() {
            self.designation(text, Language::En, Column::Status, index == 0);
        }
    }

    fn designated(&self, column: Column) -> Vec<String> {
        let cells = self.layout.all(column).map(|index| self.row.cell(index));
        cells.flat_map(|cell| designations(cell, self.layout.never_split)).collect()
    }

    fn designation(&mut self, text: String, language: Language, status: Column, is_first: bool) {
        let mut term = Term {
            part_of_speech: self.first(Column::PartOfSpeech).and_then(said::part_of_speech),
            source: self.text(Column::Source),
            ..Term::new(text, language, Status::Admitted)
        };
        if language == Language::En {
            term.note = self.text(Column::Usage);
            term.region = self.text(Column::Region);
        }
        let said = self.text(status);
        match said.as_deref().and_then(said::status) {
            // Of several in one cell, the first is meant to be the one to use.
            Some(Status::Preferred) if !is_first => term.status = Status::Admitted,
            Some(status) => term.status = status,
            None => {
                self.without_status.push(self.concept.terms.len());
                if let Some(text) = said.filter(|_| is_first) {
                    term.other.push(Field { name: "status".to_owned(), value: text.clone() });
                    self.cautions.push(Caution::UnknownStatus { text });
                }
            }
        }
        self.concept.terms.push(term);
    }

    fn definitions(&mut self) {
        let source = self.text(Column::DefinitionSource);
        for (column, language) in [
            (Column::DefinitionZh, Some(Language::Zh)),
            (Column::DefinitionEn, Some(Language::En)),
            (Column::Definition, None),
        ] {
            let Some(text) = self.text(column) else { continue };
            let of_letters = if text.contains(is_han) { Language::Zh } else { Language::En };
            let language = language.unwrap_or(of_letters);
            if self.concept.definition(language).is_none() {
                self.concept.definitions.push(Definition { language, text, source: source.clone() });
            } else {
                self.concept.other.push(Field { name: "definition".to_owned(), value: text });
            }
        }
    }
}

fn are_all(texts: &[String], language: Language) -> bool {
    !texts.is_empty() && texts.iter().all(|text| plainly(text) == Some(language))
}

/// The designations of a cell: several where separators stand between them and not within brackets.
fn designations(cell: &str, never_split: bool) -> Vec<String> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Vec::new();
    }
    if never_split {
        return vec![cell.to_owned()];
    }
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    for char in cell.chars() {
        match char {
            '(' | '（' | '[' | '【' | '〔' => depth += 1,
            ')' | '）' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && SEPARATORS.contains(&char) {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(char);
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{columns::Mapping, delimited, read};
    use super::*;

    /// A glossary, and what is read of it: designations, then warnings.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) -> Imported {
        let (imported, _) = read(delimited::read(text, None), &Mapping::default()).unwrap();
        let side = |entry: &Entry, language| {
            let terms = entry.concept.terms_in(language).map(|term| term.text.as_str());
            terms.collect::<Vec<_>>().join(" / ")
        };
        let seen = imported
            .entries
            .iter()
            .map(|entry| format!("{}: {} = {}", entry.line, side(entry, Language::Zh), side(entry, Language::En)));
        assert_eq!(seen.collect::<Vec<_>>(), expected, "{text}");
        imported
    }

    #[test]
    fn several_designations_in_a_cell_are_taken_apart() {
        check(
            "中文,英文\n潮汐；潮,tide; tides\n海湾,bay (large; deep)|gulf\n",
            &["2: 潮汐 / 潮 = tide / tides", "3: 海湾 = bay (large; deep) / gulf"],
        );
        check(
            "中文,英文,缩写\n全球定位站,global positioning station,GPST\n",
            &["2: 全球定位站 = global positioning station / GPST"],
        );
    }

    #[test]
    fn a_row_the_wrong_way_round_is_read_the_other_way_and_said() {
        let imported =
            check("中文,英文\n潮汐,tide\nbay,海湾\n礁,reef\n", &["2: 潮汐 = tide", "3: 海湾 = bay", "4: 礁 = reef"]);
        assert_eq!(imported.warnings, [crate::terms::exchange::Warning { line: 3, caution: Caution::SwappedRow }]);
    }

    #[test]
    fn columns_the_wrong_way_round_are_read_the_other_way_and_said_once() {
        let imported = check("中文,英文\ntide,潮汐\nbay,海湾\n", &["2: 潮汐 = tide", "3: 海湾 = bay"]);
        let cautions: Vec<&Caution> = imported.warnings.iter().map(|warning| &warning.caution).collect();
        assert_eq!(cautions, [&Caution::SwappedColumns]);
    }

    #[test]
    fn all_that_a_row_says_is_kept() {
        let imported = check(
            "编号,中文,英文,状态,词性,定义,备注,来源,领域\n7,潮汐,tide,弃用,n.,海水的涨落。,每日,手册,海洋\n",
            &["2: 潮汐 = tide"],
        );
        let concept = &imported.entries[0].concept;
        let (zh, en) = (&concept.terms[0], &concept.terms[1]);
        assert_eq!((zh.status, en.status), (Status::Admitted, Status::Deprecated));
        assert_eq!(imported.entries[0].without_status, [0], "a status is the rendering's");
        assert_eq!(en.part_of_speech, Some(PartOfSpeech::Noun));
        assert_eq!(en.source.as_deref(), Some("手册"));
        assert_eq!(concept.definitions[0].language, Language::Zh);
        assert_eq!((concept.subject.as_deref(), concept.note.as_deref()), (Some("海洋"), Some("每日")));
        assert_eq!(concept.other, [Field { name: "编号".to_owned(), value: "7".to_owned() }]);
    }

    #[test]
    fn ragged_rows_are_read_as_far_as_they_go() {
        let imported = check(
            "中文,英文,备注\n潮汐\n海湾,bay\n礁,reef,of coral,and,more\n",
            &["2: 潮汐 = ", "3: 海湾 = bay", "4: 礁 = reef"],
        );
        assert!(imported.warnings.is_empty(), "{:?}", imported.warnings);
    }
}
