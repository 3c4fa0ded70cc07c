//! What the layout makes of the marks.

use super::{File, HELVETICA, check, extract, text};

#[test]
fn bold_by_double_printing_is_read_once() {
    let file = File {
        content: "BT /F1 12 Tf 50 700 Td (Title) Tj 0.4 0 Td (Title) Tj ET",
        resources: "/Font<</F1 5 0 R>>",
        page: "",
        objects: vec![HELVETICA.to_owned()],
    };
    let extraction = extract(&file.bytes(), None).expect("the file can be read");
    let lines = &extraction.pages[0].lines;
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].text.as_str(), lines[0].bold), ("Title", true));
}

#[test]
fn columns_are_read_one_after_the_other() {
    let row = |y: i32| {
        format!(
            "1 0 0 1 50 {y} Tm (left column of running text {y}) Tj 1 0 0 1 320 {y} Tm (right column of running text {y}) Tj "
        )
    };
    let rows: String = (0..12).map(|row_number| row(700 - 14 * row_number)).collect();
    let content = format!("BT /F1 10 Tf {rows} ET");
    let file =
        File { content: &content, resources: "/Font<</F1 5 0 R>>", page: "", objects: vec![HELVETICA.to_owned()] };
    let text = text(&file.bytes());
    let sides: Vec<bool> = text.lines().map(|line| line.starts_with("left")).collect();
    assert_eq!(sides, [[true; 12], [false; 12]].concat());
}

#[test]
fn cells_of_a_table_row_are_parted_by_tabs() {
    check(
        "BT /F1 10 Tf 1 0 0 1 50 700 Tm (No) Tj 1 0 0 1 120 700 Tm (Name) Tj 1 0 0 1 240 700 Tm (Date) Tj ET",
        "No\tName\tDate",
    );
}
