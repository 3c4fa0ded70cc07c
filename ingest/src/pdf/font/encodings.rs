//! The standard encodings of simple fonts and the metrics of the core 14 (PDF 32000-1, annex D; Adobe's AFM files).

use std::sync::LazyLock;

type Encoding = (&'static str, Vec<char>);

static ENCODINGS: LazyLock<Vec<Encoding>> = LazyLock::new(|| {
    let lines = include_str!("encodings.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).map(|(name, chars)| (name, chars.chars().collect())).collect()
});

static WIDTHS: LazyLock<Vec<(&'static str, Vec<f32>)>> = LazyLock::new(|| {
    let lines = include_str!("widths.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(' '))
        .map(|(name, widths)| (name, widths.split(' ').filter_map(|width| width.parse().ok()).collect()))
        .collect()
});

/// The character of a code in the encoding `Standard`, `WinAnsi`, `MacRoman`, `Symbol` or `ZapfDingbats`.
pub(super) fn char_of(encoding: &str, code: usize) -> Option<char> {
    let (_, chars) = ENCODINGS.iter().find(|(name, _)| *name == encoding)?;
    let c = *chars.get(code.checked_sub(0x20)?)?;
    (c != '\u{fffd}').then_some(c)
}

/// The width of a character, in 1/1000 em, in the core font that is most like the one named.
pub(super) fn core_width(font: &str, code: usize, c: Option<char>) -> f32 {
    let Some(core) = core_font(font) else { return 600.0 };
    let own = matches!(core, "Symbol" | "ZapfDingbats");
    let code = if own { Some(code) } else { c.and_then(win_ansi) };
    let column = match code {
        Some(code @ 0x20..=0x7e) => code - 0x20,
        Some(code @ 0xa0..=0xff) => code - 0xa0 + 95,
        _ => return 556.0,
    };
    let widths = WIDTHS.iter().find(|(name, _)| *name == core).map(|(_, widths)| widths);
    widths.and_then(|widths| widths.get(column)).copied().unwrap_or(556.0)
}

fn win_ansi(c: char) -> Option<usize> {
    let (_, chars) = ENCODINGS.iter().find(|(name, _)| *name == "WinAnsi")?;
    chars.iter().position(|other| *other == c).map(|at| at + 0x20)
}

/// The core font of a name; `None` for a fixed pitch.
fn core_font(font: &str) -> Option<&'static str> {
    let name = font.to_ascii_lowercase();
    let bold = name.contains("bold") || name.contains("black");
    let italic = name.contains("italic") || name.contains("oblique");
    if name.contains("courier") || name.contains("mono") || name.contains("consolas") {
        return None;
    }
    if name.starts_with("symbol") {
        return Some("Symbol");
    }
    if name.contains("dingbats") {
        return Some("ZapfDingbats");
    }
    let serif = ["times", "serif", "roman", "georgia", "garamond", "book", "song", "ming"];
    if serif.iter().any(|part| name.contains(part)) && !name.contains("sans") {
        return Some(match (bold, italic) {
            (false, false) => "Times-Roman",
            (true, false) => "Times-Bold",
            (false, true) => "Times-Italic",
            (true, true) => "Times-BoldItalic",
        });
    }
    Some(if bold { "Helvetica-Bold" } else { "Helvetica" })
}
