//! What would become of a file, before it is imported.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::Error;
use crate::data::Data;
use crate::terms::exchange::plan::{self, Carried, Line, Outcome, Plan};
use crate::terms::exchange::reading::{FileRead, first_rows, read};
use crate::terms::exchange::table::columns::Column;
use crate::web::exchange::{Pairs, asked_import, check_size, kept};
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::who::Who;
use crate::web::words::ExchangeWords;
use crate::web::{App, link};
use corpus::term::Status;

/// So many entries and warnings are listed.
const LISTED: usize = 200;
/// So many columns of a table are shown.
const COLUMNS: usize = 30;

#[derive(Template)]
#[template(path = "exchange_preview.html")]
struct PreviewPage {
    shell: Shell,
    e: &'static ExchangeWords,
    address: String,
    name: String,
    notice: Option<String>,
    format: Option<&'static str>,
    warnings: Vec<(usize, String)>,
    columns: Vec<ColumnView>,
    sheets: Vec<(String, bool)>,
    settings: Settings,
    counts: Vec<String>,
    lines: Vec<LineView>,
    has_more: bool,
    hides_unchanged: bool,
    importable: usize,
    /// What the second word repeats, so that it is about what was shown.
    repeated: Pairs,
}

impl PreviewPage {
    /// The first rows of the table.
    fn rows(&self) -> Vec<Vec<&str>> {
        let height = self.columns.first().map_or(0, |column| column.cells.len());
        let row =
            |index: usize| self.columns.iter().map(move |column| column.cells.get(index).map_or("", String::as_str));
        (0..height).map(|index| row(index).collect()).collect()
    }
}

/// A column of a table with what it may hold.
struct ColumnView {
    number: usize,
    choices: Vec<(&'static str, &'static str, bool)>,
    cells: Vec<String>,
}

/// What a person has chosen where the file leaves something open.
struct Settings {
    statuses: Vec<(&'static str, &'static str, bool)>,
    header: String,
    overwrite: bool,
    readmit: bool,
    ambiguous_new: bool,
    no_split: bool,
    is_table: bool,
}

struct LineView {
    line: usize,
    class: &'static str,
    outcome: String,
    concepts: Vec<(i64, String)>,
    zh: String,
    en: String,
    why: Option<String>,
    changes: Vec<String>,
    conflicts: Vec<String>,
}

/// A file with what would become of it, or why it cannot be read.
struct Looked {
    file: Result<(FileRead, Plan), String>,
    /// The first rows, where it cannot be read but is a table.
    rows: Vec<Vec<String>>,
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(file): Path<String>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Problem> {
    let (key, given) = (file.clone(), pairs.clone());
    let Some(looked) = app.run(move |data| look(data, &key, &given)).await? else {
        return Ok(Redirect::to("/exchange?said=gone").into_response());
    };
    super::super::page(&page(shell, &file, &pairs, looked, None))
}

/// Reads a kept file and plans its import; `None` where it is not kept any more.
fn look(data: &Data, key: &str, pairs: &Pairs) -> Result<Option<Looked>, Error> {
    let Some(bytes) = kept::find(data.folder(), key)? else { return Ok(None) };
    let (asked, wishes) = asked_import(pairs)?;
    let file = match read(&wishes.source, &bytes, &asked).and_then(|file| check_size(&file.imported).map(|()| file)) {
        Ok(file) => {
            let plan = data.with_store(|store| plan::make(store, &file.imported, &wishes))?;
            Ok((file, plan))
        }
        Err(Error::Input(message)) => Err(message),
        Err(error) => return Err(error),
    };
    let rows = if file.is_err() { first_rows(&wishes.source, &bytes, &asked) } else { Vec::new() };
    Ok(Some(Looked { file, rows }))
}

/// What the second word came to.
enum Done {
    Carried(Carried),
    /// The termbase is not as it was when the plan was shown.
    Changed(Box<Looked>),
    Gone,
}

pub(super) async fn import(
    State(app): State<App>,
    shell: Shell,
    Who(by, _): Who,
    Path(file): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Problem> {
    let (key, given) = (file.clone(), pairs.clone());
    let done = app.run(move |data| {
        let Some(looked) = look(data, &key, &given)? else { return Ok(Done::Gone) };
        let seen = given.iter().find(|(name, _)| name == "plan").map_or("", |(_, mark)| mark.as_str());
        match &looked.file {
            Ok((_, plan)) if plan::fingerprint(plan) == seen && !plan.is_empty() => {
                let carried = plan::carry_out(data, plan, &by, &crate::now())?;
                kept::forget(data.folder(), &key);
                Ok(Done::Carried(carried))
            }
            _ => Ok(Done::Changed(Box::new(looked))),
        }
    });
    match done.await? {
        Done::Carried(carried) => {
            let concepts = carried.concepts.to_string();
            let address = link::url(&format!("/exchange/done/{}", carried.batch), &[("concepts", &concepts)]);
            Ok(Redirect::to(&address).into_response())
        }
        Done::Changed(looked) => {
            let notice = ExchangeWords::of(shell.ui()).changed_meanwhile.to_owned();
            super::super::page(&page(shell, &file, &pairs, *looked, Some(notice)))
        }
        Done::Gone => Ok(Redirect::to("/exchange?said=gone").into_response()),
    }
}

fn page(shell: Shell, key: &str, pairs: &Pairs, looked: Looked, notice: Option<String>) -> PreviewPage {
    let e = ExchangeWords::of(shell.ui());
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let mut repeated: Pairs = pairs.iter().filter(|(name, _)| name != "plan" && name != "ui").cloned().collect();
    let mut page = PreviewPage {
        e,
        address: format!("/exchange/import/{key}"),
        name: value("name").to_owned(),
        notice,
        format: None,
        warnings: Vec::new(),
        columns: Vec::new(),
        sheets: Vec::new(),
        settings: settings(&shell, pairs),
        counts: Vec::new(),
        lines: Vec::new(),
        has_more: false,
        hides_unchanged: false,
        importable: 0,
        repeated: Vec::new(),
        shell,
    };
    match looked.file {
        Err(message) => {
            page.notice = Some(message);
            page.settings.is_table = !looked.rows.is_empty();
            page.columns = columns(e, &looked.rows, &[]);
        }
        Ok((file, plan)) => {
            repeated.push(("plan".to_owned(), plan::fingerprint(&plan)));
            fill(&mut page, &file, &plan, value("sheet"));
        }
    }
    page.repeated = repeated;
    page
}

fn settings(shell: &Shell, pairs: &Pairs) -> Settings {
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let statuses = [Status::Preferred, Status::Admitted, Status::Candidate, Status::Superseded, Status::Deprecated];
    Settings {
        statuses: statuses
            .into_iter()
            .map(|status| (status.name(), shell.w.status(&status), status.name() == value("set_status")))
            .collect(),
        header: value("header").to_owned(),
        overwrite: !value("overwrite").is_empty(),
        readmit: !value("override").is_empty(),
        ambiguous_new: value("ambiguous") == "new",
        no_split: !value("no_split").is_empty(),
        is_table: false,
    }
}

fn fill(page: &mut PreviewPage, file: &FileRead, plan: &Plan, sheet: &str) {
    let e = page.e;
    let counts = plan.counts();
    page.format = Some(e.format_name(file.format));
    let warnings = file.imported.warnings.iter().take(LISTED);
    page.warnings = warnings.map(|warning| (warning.line, e.caution(&warning.caution))).collect();
    if let Some(layout) = file.layout.as_ref().filter(|layout| !layout.is_flat()) {
        page.settings.is_table = true;
        page.columns = columns(e, &file.first_rows, &layout.columns);
    }
    if file.sheets.len() > 1 {
        let chosen = if sheet.is_empty() { file.sheets.first().map_or("", String::as_str) } else { sheet };
        page.sheets = file.sheets.iter().map(|name| (name.clone(), name == chosen)).collect();
    }
    page.counts = e.counts(&counts);
    let told = plan.lines.iter().filter(|line| line.is_worth_telling());
    page.lines = told.clone().take(LISTED).map(|line| line_view(e, line)).collect();
    page.has_more = told.count() > LISTED;
    page.hides_unchanged = counts.unchanged > 0;
    page.importable = if plan.is_empty() { 0 } else { counts.added + counts.changed + counts.joined };
}

fn columns(e: &'static ExchangeWords, rows: &[Vec<String>], held: &[Column]) -> Vec<ColumnView> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0).min(COLUMNS);
    let column = |index: usize| {
        let now = held.get(index).copied();
        let choices = Column::ALL.map(|column| (column.name(), e.column(column), now == Some(column)));
        let cells = rows.iter().map(|row| row.get(index).map_or(String::new(), |cell| beginning(cell)));
        ColumnView { number: index + 1, choices: choices.to_vec(), cells: cells.collect() }
    };
    (0..width).map(column).collect()
}

fn beginning(text: &str) -> String {
    const SHOWN: usize = 60;
    let mut shown: String = text.chars().take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

fn line_view(e: &'static ExchangeWords, line: &Line) -> LineView {
    use crate::terms::exchange::plan::Why;
    let (class, why) = match &line.outcome {
        Outcome::Added => ("good", None),
        Outcome::Changed { .. } | Outcome::Joined { .. } => ("good", None),
        Outcome::Unchanged { .. } | Outcome::Duplicate { .. } => ("", None),
        Outcome::Skipped { why } => ("warn", Some(why)),
    };
    let concepts = match &line.outcome {
        Outcome::Changed { concept } | Outcome::Unchanged { concept } => vec![*concept],
        Outcome::Skipped { why: Why::Rejected { concept } } => vec![*concept],
        Outcome::Skipped { why: Why::Ambiguous { concepts } } => concepts.clone(),
        _ => Vec::new(),
    };
    let left_out = line.left_out.iter().map(|left_out| e.why(&left_out.why));
    LineView {
        line: line.line,
        class,
        outcome: e.outcome(&line.outcome),
        concepts: concepts.into_iter().map(|concept| (concept, link::concept(concept))).collect(),
        zh: beginning(&line.zh.join("; ")),
        en: beginning(&line.en.join("; ")),
        why: why.map(|why| e.why(why)),
        changes: line.changes.iter().map(|change| e.change(change)).collect(),
        conflicts: line.conflicts.iter().map(|conflict| e.conflict(conflict)).chain(left_out).collect(),
    }
}
