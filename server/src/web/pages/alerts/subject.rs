//! What watches are called beside their alerts and deliveries.

use corpus::watch::{Subject, Watch};

use crate::web::link;
use crate::web::pages::watches::subject::Names;
use crate::web::view::Said;

/// What a watch is called: its name, or else what it tracks, with its kind where that does not go without saying.
pub(in crate::web::pages) fn title(names: &Names<'_>, name: &str, subject: &Subject) -> Said {
    if !name.is_empty() {
        return Said::by_script(name);
    }
    let shown = names.subject(subject);
    match subject {
        Subject::Query(_) | Subject::Concept(_) => Said { href: None, ..shown.said },
        _ => Said::plain(format!("{}{}{}", shown.kind, names.w.colon, shown.said.text)),
    }
}

/// The same, leading to the watch.
pub(in crate::web::pages) fn linked(names: &Names<'_>, watch: &Watch) -> Said {
    title(names, &watch.name, &watch.subject).to(link::watch(watch.id))
}
