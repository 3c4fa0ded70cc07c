//! What the columns of a table hold: as its heads say in English or Chinese, as its content shows, or as a person says.

use std::str::FromStr;

use corpus::document::Language;

use crate::Error;
use crate::terms::exchange::language::plainly;

use super::{Row, flat, heads};

/// So many rows show what a column holds.
const SAMPLE: usize = 1_000;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The Chinese designation.
    Zh,
    /// The English designation.
    En,
    /// More designations, each in the language of its letters: synonyms, abbreviations.
    Also,
    /// The status of the English designation, the rendering.
    Status,
    /// The status of the Chinese designation.
    ZhStatus,
    /// The part of speech.
    PartOfSpeech,
    /// The subject field.
    Subject,
    /// A definition in the language of its letters.
    Definition,
    /// The Chinese definition.
    DefinitionZh,
    /// The English definition.
    DefinitionEn,
    /// Where the definitions are from.
    DefinitionSource,
    /// What is to be said of the concept.
    Note,
    /// When and how the English designation is used.
    Usage,
    /// Where or by whom the English designation is used.
    Region,
    /// Where the designations are from.
    Source,
    /// Nothing that is wanted.
    Ignore,
    /// Anything else: kept as a field of the concept, under the column's head.
    Other,
}

impl Column {
    /// All, in the order in which a person chooses among them.
    pub const ALL: [Self; 17] = [
        Self::Zh,
        Self::En,
        Self::Also,
        Self::Status,
        Self::ZhStatus,
        Self::PartOfSpeech,
        Self::Subject,
        Self::Definition,
        Self::DefinitionZh,
        Self::DefinitionEn,
        Self::DefinitionSource,
        Self::Note,
        Self::Usage,
        Self::Region,
        Self::Source,
        Self::Other,
        Self::Ignore,
    ];

    /// The name used on the command line, in the API, and as the head of a column that is exported.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
            Self::Also => "also",
            Self::Status => "status",
            Self::ZhStatus => "zh_status",
            Self::PartOfSpeech => "part_of_speech",
            Self::Subject => "subject",
            Self::Definition => "definition",
            Self::DefinitionZh => "definition_zh",
            Self::DefinitionEn => "definition_en",
            Self::DefinitionSource => "definition_source",
            Self::Note => "note",
            Self::Usage => "usage",
            Self::Region => "region",
            Self::Source => "source",
            Self::Ignore => "ignore",
            Self::Other => "other",
        }
    }

    /// The column of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }

    /// Whether several columns may hold it.
    fn repeats(self) -> bool {
        matches!(self, Self::Zh | Self::En | Self::Also | Self::Note | Self::Ignore | Self::Other)
    }
}

/// What a person says of the columns: a name and the number (from 1) or the head of a column each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// What some columns hold; the others are guessed.
    pub columns: Vec<(Column, String)>,
    /// Whether the first row is of heads; guessed where nothing is said.
    pub header: Option<bool>,
    /// Whether several designations in one cell stay one.
    pub never_split: bool,
}

impl FromStr for Mapping {
    type Err = Error;

    /// Reads `zh=1,en=2,definition=Definition`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let mut columns = Vec::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let Some((name, place)) = part.split_once('=') else {
                return Err(Error::Input(format!("`{part}` says no column; write it as in zh=1,en=2")));
            };
            let column = Column::from_name(name.trim()).ok_or_else(|| {
                let names = Column::ALL.map(Column::name).join(", ");
                Error::Input(format!("a column cannot hold `{name}`; give one of: {names}"))
            })?;
            columns.push((column, place.trim().to_owned()));
        }
        Ok(Self { columns, ..Self::default() })
    }
}

/// How a table is understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// What each column holds.
    pub columns: Vec<Column>,
    /// The heads; empty where the first row is none.
    pub heads: Vec<String>,
    /// Whether the heads said the languages the wrong way round.
    pub swapped: bool,
    /// Whether several designations in one cell stay one.
    pub never_split: bool,
    flat: bool,
}

impl Layout {
    /// Whether it is a table with every field, as we export it.
    pub fn is_flat(&self) -> bool {
        self.flat
    }

    /// How many rows there are before the first entry.
    pub fn skipped(&self) -> usize {
        usize::from(!self.heads.is_empty())
    }

    /// The indexes of the columns that hold something.
    pub fn all(&self, column: Column) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(move |(_, held)| **held == column).map(|(index, _)| index)
    }

    /// What a column is called: its head, or its number.
    pub fn head(&self, index: usize) -> String {
        let head = self.heads.get(index).filter(|head| !head.is_empty());
        head.cloned().unwrap_or_else(|| format!("column {}", index + 1))
    }
}

/// How a table is to be understood.
///
/// # Errors
/// When the mapping names a column that is not there, and when there is none of either language.
pub fn layout(rows: &[Row], mapping: &Mapping) -> Result<Layout, Error> {
    let Some(first) = rows.first() else {
        return Err(Error::Input("the file is empty; nothing can be imported of it".to_owned()));
    };
    let width = rows.iter().take(SAMPLE).map(|row| row.cells.len()).max().unwrap_or(0);
    if mapping.columns.is_empty() && flat::is_head(first) {
        let heads = first.cells.iter().map(|cell| cell.trim().to_owned()).collect();
        return Ok(Layout { heads, flat: true, ..Layout::default() });
    }
    let content: Vec<Content> = (0..width).map(|column| Content::of(rows, column)).collect();
    let names_heads = mapping.columns.iter().any(|(_, place)| place.parse::<usize>().is_err());
    let has_head = mapping.header.unwrap_or_else(|| names_heads || is_head(first, &content));
    let heads: Vec<String> =
        if has_head { (0..width).map(|column| first.cell(column).to_owned()).collect() } else { Vec::new() };
    let said = said(mapping, &heads, width)?;
    let mut columns = guess(&heads, &said, &content);
    let swapped = said.iter().all(Option::is_none) && swap(&mut columns, &content);
    let layout = Layout { columns, heads, swapped, never_split: mapping.never_split, flat: false };
    let missing = [(Column::Zh, "Chinese"), (Column::En, "English")];
    match missing.into_iter().find(|(column, _)| !layout.columns.contains(column)) {
        None => Ok(layout),
        Some((_, language)) => Err(Error::Input(format!(
            "no column with {language} terms was found; say which one it is, as in --map zh=1,en=2"
        ))),
    }
}

fn said(mapping: &Mapping, heads: &[String], width: usize) -> Result<Vec<Option<Column>>, Error> {
    let mut said = vec![None; width];
    for (column, place) in &mapping.columns {
        let by_head = heads.iter().position(|head| head == place);
        let index = by_head.or_else(|| place.parse::<usize>().ok()?.checked_sub(1));
        let slot = index.and_then(|index| said.get_mut(index)).ok_or_else(|| {
            Error::Input(format!("there is no column `{place}`; give a number from 1 to {width}, or a column's head"))
        })?;
        *slot = Some(*column);
    }
    Ok(said)
}

/// What is said, then what the heads say, then what the content shows.
fn guess(heads: &[String], said: &[Option<Column>], content: &[Content]) -> Vec<Column> {
    let mut columns = said.to_vec();
    let named: Vec<Option<heads::Head>> =
        (0..columns.len()).map(|index| heads.get(index).and_then(|head| heads::meaning(head))).collect();
    let give = |columns: &mut Vec<Option<Column>>, index: usize, column: Column| {
        let is_free = column.repeats() || !columns.contains(&Some(column));
        if let Some(slot @ None) = columns.get_mut(index).filter(|_| is_free) {
            *slot = Some(column);
        }
    };
    for (index, head) in named.iter().enumerate() {
        if let Some(heads::Head::Is(column)) = head {
            give(&mut columns, index, *column);
        }
    }
    // A side of a pair, and after it whatever has no head that says anything, is of the language that it is mostly in.
    let sides = named.iter().enumerate().filter(|(_, head)| matches!(head, Some(heads::Head::Side)));
    let nameless = named.iter().enumerate().filter(|(_, head)| head.is_none());
    for (index, _) in sides.chain(nameless) {
        let language = content.get(index).and_then(Content::language);
        let column = match language {
            Some(Language::Zh) => Column::Zh,
            Some(Language::En) => Column::En,
            _ => continue,
        };
        if !columns.contains(&Some(column)) {
            give(&mut columns, index, column);
        }
    }
    // "Source" beside a column of each language is where they are from.
    for (index, head) in heads.iter().enumerate() {
        if heads::is_source(head) {
            give(&mut columns, index, Column::Source);
        }
    }
    // The third column of a glossary without heads is a comment.
    if let (true, false, Some(slot)) =
        (heads.is_empty(), columns.contains(&Some(Column::Note)), columns.iter_mut().find(|column| column.is_none()))
    {
        *slot = Some(Column::Note);
    }
    columns.into_iter().map(|column| column.unwrap_or(Column::Other)).collect()
}

/// Puts the languages right where most of both columns is plainly in the other one's.
fn swap(columns: &mut [Column], content: &[Content]) -> bool {
    let first = |wanted| columns.iter().position(|column| *column == wanted);
    let (Some(zh), Some(en)) = (first(Column::Zh), first(Column::En)) else { return false };
    let is = |index: usize, language| content.get(index).and_then(Content::language) == Some(language);
    if !(is(zh, Language::En) && is(en, Language::Zh)) {
        return false;
    }
    columns.swap(zh, en);
    true
}

/// Whether the first row says what the columns are: by a word that is known, or because it is not in the language of the
/// Chinese column below it.
fn is_head(first: &Row, content: &[Content]) -> bool {
    let known: Vec<heads::Head> = first.cells.iter().filter_map(|cell| heads::meaning(cell)).collect();
    let says_both = known.len() > 1 && known.iter().any(|head| *head != known[0] || *head == heads::Head::Side);
    let is_chinese = |content: &Content| content.language() == Some(Language::Zh) && content.zh > 1;
    let unlike = content
        .iter()
        .enumerate()
        .any(|(index, content)| is_chinese(content) && plainly(first.cell(index)) == Some(Language::En));
    let swapped_row = content.iter().enumerate().any(|(index, content)| {
        content.language() == Some(Language::En) && plainly(first.cell(index)) == Some(Language::Zh)
    });
    says_both || (known.len() == 1 && first.cells.len() < 3 && unlike) || (unlike && !swapped_row)
}

/// How many cells of a column are plainly in each language.
#[derive(Clone, Copy, Debug, Default)]
struct Content {
    zh: usize,
    en: usize,
    other: usize,
}

impl Content {
    fn of(rows: &[Row], column: usize) -> Self {
        let mut content = Self::default();
        for row in rows.iter().skip(1).take(SAMPLE).chain(rows.first().filter(|_| rows.len() == 1)) {
            match plainly(row.cell(column)) {
                Some(Language::Zh) => content.zh += 1,
                Some(Language::En) => content.en += 1,
                Some(Language::Other) => content.other += 1,
                None => {}
            }
        }
        content
    }

    /// The language of at least three cells in five.
    fn language(&self) -> Option<Language> {
        let all = self.zh + self.en + self.other;
        let most = |count: usize| all > 0 && count * 5 >= all * 3;
        match () {
            () if most(self.zh) => Some(Language::Zh),
            () if most(self.en) => Some(Language::En),
            () => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rows: &[&[&str]], map: &str, expected: &[Column]) -> Layout {
        let rows: Vec<Row> = rows
            .iter()
            .enumerate()
            .map(|(index, cells)| Row { line: index + 1, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() })
            .collect();
        let layout = layout(&rows, &map.parse().unwrap()).unwrap();
        assert_eq!(layout.columns, expected, "{rows:?}");
        layout
    }

    use Column::{Definition, En, Ignore, Note, Other, PartOfSpeech, Source, Status, Subject, Zh};

    #[test]
    fn heads_in_either_language_say_what_columns_hold() {
        for heads in [
            ["中文", "英文", "定义", "状态"],
            ["Chinese term", "English term", "Definition", "Status"],
            ["源语", "译文", "释义", "术语状态"],
            ["source", "target", "DEFINITION", "Term status"],
            ["zh-CN", "en_US", "def.", "status"],
            ["术语", "对应词", "解释", "审定状态"],
            ["Term", "Translation", "definition", "status"],
        ] {
            let layout = check(&[&heads, &["潮汐", "tide", "海水涨落", "admitted"]], "", &[Zh, En, Definition, Status]);
            assert_eq!(layout.skipped(), 1, "{heads:?}");
        }
        let rows: [&[&str]; 2] =
            [&["英语", "词性", "汉语", "来源", "领域", "编号"], &["tide", "n.", "潮汐", "手册", "海洋", "7"]];
        check(&rows, "", &[En, PartOfSpeech, Zh, Source, Subject, Other]);
    }

    #[test]
    fn columns_without_heads_are_told_by_their_content() {
        let layout = check(&[&["tide", "潮汐"], &["bay", "海湾"], &["reef", "礁"]], "", &[En, Zh]);
        assert_eq!(layout.skipped(), 0);
        let rows: [&[&str]; 3] = [&["潮汐", "tide", "daily"], &["海湾", "bay", ""], &["礁", "reef", "of coral"]];
        check(&rows, "", &[Zh, En, Note]);
        let rows: [&[&str]; 3] = [&["Begriff", "Wort"], &["潮汐", "tide"], &["海湾", "bay"]];
        assert_eq!(check(&rows, "", &[Zh, En]).skipped(), 1);
    }

    #[test]
    fn heads_that_say_the_wrong_language_are_put_right() {
        let rows: [&[&str]; 3] = [&["中文", "English"], &["tide", "潮汐"], &["bay", "海湾"]];
        assert!(check(&rows, "", &[En, Zh]).swapped);
        assert!(!check(&rows, "zh=1,en=2", &[Zh, En]).swapped, "what a person says is believed");
    }

    #[test]
    fn a_person_may_say_what_columns_hold() {
        let rows: [&[&str]; 2] = [&["a", "b", "c"], &["潮汐", "海水涨落", "tide"]];
        check(&rows, "zh=1,en=3,definition=b", &[Zh, Definition, En]);
        check(&rows, "zh=a, en=c, ignore=2", &[Zh, Ignore, En]);
    }

    #[track_caller]
    fn refused(rows: &[Row], map: &str, expected: &str) {
        let failed = map.parse().and_then(|mapping| layout(rows, &mapping)).unwrap_err().to_string();
        assert!(failed.contains(expected), "{failed}");
    }

    #[test]
    fn what_cannot_be_is_refused_with_what_to_do() {
        let row = Row { line: 1, cells: vec!["潮汐".to_owned(), "tide".to_owned()] };
        refused(std::slice::from_ref(&row), "zh=1,en=7", "a number from 1 to 2");
        refused(std::slice::from_ref(&row), "zh=1,english=2", "cannot hold `english`");
        refused(std::slice::from_ref(&row), "zh", "zh=1,en=2");
        refused(&[Row { line: 1, cells: vec!["潮汐".to_owned()] }], "", "no column with English terms");
        refused(&[], "", "the file is empty");
    }
}
