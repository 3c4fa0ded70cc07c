//! What commands print: data on standard output, messages on standard error.

use std::io::{ErrorKind, Write as _};

/// Writes data to standard output. A reader that has gone away (`| head`) is no failure.
///
/// # Errors
/// When standard output cannot be written for another reason, such as a full disk.
pub(super) fn data(text: &str) -> std::io::Result<()> {
    let mut output = std::io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes a message for a person to standard error; nothing can be done where that fails.
pub(super) fn message(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", single_lines(text));
}

/// A file's name may hold anything, also what moves the cursor: control characters are shown, not sent.
fn single_lines(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

/// Writes a value as indented JSON to standard output.
///
/// # Errors
/// As [`data`].
pub(super) fn json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(data(&text)?)
}

/// Rows of columns without a head.
pub(super) fn rows<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
    for row in rows {
        table.add_row(row);
    }
    table.trim_fmt() + "\n"
}

/// A table of columns without lines, legible also without colour.
pub(super) fn table<const N: usize>(heads: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_header(heads);
    for row in rows {
        table.add_row(row);
    }
    table.trim_fmt() + "\n"
}
