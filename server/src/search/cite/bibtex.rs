//! BibTeX (Patashnik, "BibTeXing", 1988), with the fields that biblatex adds.

use super::{Citation, CitedAs, language_name, one_line};

/// The months as every style knows them.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The entry of a document.
pub(in crate::search) fn bibtex(citation: &Citation) -> String {
    let mut fields: Vec<(&str, String)> = vec![("title", kept(&citation.title))];
    // Each author is in braces: an agency is no person, and "and" in its name joins no two.
    let authors: Vec<String> = citation.authors.iter().map(|author| kept(author)).collect();
    let issued_by = if citation.kind == CitedAs::News { "organization" } else { "institution" };
    if !authors.is_empty() {
        fields.push(("author", format!("{{{}}}", authors.join(" and "))));
        let names: Vec<String> = citation.authors.iter().map(|author| text(author)).collect();
        fields.push((issued_by, format!("{{{{{}}}}}", names.join("; "))));
    }
    let given = [
        ("type", citation.genre.map(|genre| format!("{{{genre}}}"))),
        ("number", citation.number.as_ref().map(|number| kept(number))),
        ("year", citation.date_parts().next().map(|year| format!("{{{}}}", text(year)))),
        ("month", month(citation)),
        ("date", citation.date.as_ref().map(|date| format!("{{{}}}", text(date)))),
        (
            "language",
            Some(language_name(citation.language)).filter(|name| !name.is_empty()).map(|n| format!("{{{n}}}")),
        ),
        ("url", citation.url.as_ref().map(|url| format!("{{{}}}", address(url)))),
        ("translator", citation.translator.as_ref().map(|name| format!("{{{}}}", kept(name)))),
        ("note", citation.title_translated.as_ref().map(|title| format!("{{Translated title: {}}}", kept(title)))),
    ];
    fields.extend(given.into_iter().filter_map(|(name, value)| Some((name, value?))));
    let entry = if citation.kind == CitedAs::News { "misc" } else { "techreport" };
    let lines: Vec<String> = fields.iter().map(|(name, value)| format!("  {name} = {value}")).collect();
    format!("@{entry}{{{},\n{}\n}}\n", citation.key, lines.join(",\n"))
}

/// The number of the month as the abbreviation that every style knows.
fn month(citation: &Citation) -> Option<String> {
    let number: usize = citation.date_parts().nth(1)?.parse().ok()?;
    MONTHS.get(number.checked_sub(1)?).map(|month| (*month).to_owned())
}

/// Text in braces of its own: styles must not lower its capitals or turn names around.
fn kept(words: &str) -> String {
    format!("{{{{{}}}}}", text(words))
}

/// Text with what TeX would take for commands escaped. Braces must balance even where they are escaped, so they are
/// named.
fn text(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for char in one_line(words).chars() {
        match char {
            '\\' => escaped.push_str("{\\textbackslash}"),
            '{' => escaped.push_str("{\\textbraceleft}"),
            '}' => escaped.push_str("{\\textbraceright}"),
            '~' => escaped.push_str("{\\textasciitilde}"),
            '^' => escaped.push_str("{\\textasciicircum}"),
            '&' | '%' | '$' | '#' | '_' => {
                escaped.push('\\');
                escaped.push(char);
            }
            _ => escaped.push(char),
        }
    }
    escaped
}

/// An address is taken as it is written, but for what would end the field.
fn address(url: &str) -> String {
    url.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D")
}
