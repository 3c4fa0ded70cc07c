//! Standards of Europe (EN, ETSI), of national bodies, and of NIST, the IETF and 3GPP.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{DASH, Found, Number, hyphened, numbers, part, pattern_of};

static ETSI: LazyLock<Regex> = LazyLock::new(|| {
    pattern_of(&[
        r"(?-u:\b)(?P<code>(?:ETSI\s{1,2}(?:TS|TR|EN|EG|ES|ETS|SR|GS|GR)|3GPP\s{1,2}(?:TS|TR)))\s{1,2}",
        r"(?P<digits>(?:[A-Z]{2,8}(?:[-/][A-Z]{2,6})?\s)?(?:\d{3}\s\d{3}|\d{2}\.\d{3}|\d{3})(?:-\d{1,3}(?-u:\b)){0,2})",
        r"(?:,?\s{0,2}\(?(?P<version>V\d{1,2}\.\d{1,2}\.\d{1,2}))?",
    ])
});

static NIST: LazyLock<Regex> = LazyLock::new(|| {
    pattern_of(&[
        r"(?-u:\b)(?:NIST\s{1,2})?(?:(?P<sp>SP|Special Publication)\s?(?P<spnum>[12]?\d{3}-\d{1,4}[A-Z]?(?:-\d(?-u:\b))?)",
        r"|(?P<fips>FIPS)(?:\sPUBS?|\sPublication)?\s(?P<fipsnum>\d{2,3}(?:-\d(?-u:\b))?)|NIST\s?(?P<ir>IR)\s?(?P<irnum>\d{4}[A-Z]?)|NIST\s(?P<ai>AI)\s(?P<ainum>\d{3}-\d{1,2}))",
        r"(?:,?\s?(?:[Rr]ev(?:ision|\.)?\s?|r)(?P<revision>\d{1,2})(?-u:\b))?",
    ])
});

static RFC: LazyLock<Regex> =
    LazyLock::new(|| pattern_of(&[r"(?-u:\b)(?:IETF\s)?RFC[\s-]?(?P<digits>\d{3,5})(?-u:\b)"]));

/// A letter and a number, and again those of the metric one; the year has two digits and a letter where revised twice
/// in it, a year in brackets where approved again (ASTM, Form and Style, B30).
static ASTM: LazyLock<Regex> = LazyLock::new(|| {
    pattern_of(&[
        r"(?-u:\b)(?:ANSI/)?ASTM[\s-](?P<letter>[A-G])\s?(?P<digits>\d{1,4}M?(?:/[A-G]\d{1,4}M?)?)(?:\s?",
        DASH,
        r"\s?(?P<year>(?:(?:19|20)\d{2}|\d{2})[a-e]?(?:\s?\((?:19|20)\d{2}\))?)(?-u:\b|$))?",
    ])
});

static NATIONAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern_of(&[
        r"(?-u:\b)(?P<code>(?:BS|DIN|NF|UNE)\sEN|DIN\sSPEC|DIN\sVDE|BSI PAS|CEN/TS|CEN/TR|CWA|BS|DIN|EN|prEN|JIS\s[A-Z]|ANSI/[A-Z]{2,8}|ANSI\sINCITS|ANSI|UL|SAE\sJ|ECMA|CISPR|OIML\s[RD]|GOST(?:\sR)?)",
        r"(?P<gap>[\s-]{0,2})(?P<digits>\d{3}\s\d{3}|\d{1,6}(?:\.\d{1,3}){0,2})(?P<parts>(?:",
        DASH,
        r"\d{1,3}(?-u:\b)){0,2})(?:\s?(?:[:：]|",
        DASH,
        r")\s?(?P<year>(?:19|20)\d{2})(?-u:\b))?",
    ])
});

/// Adds the standards of these bodies that a text names.
pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let mut add = |regex, read| found.extend(numbers(regex, text, read));
    add(&ETSI, etsi);
    add(&NIST, nist);
    add(&RFC, |captures| Some(plain("RFC", part(captures, "digits")?)));
    add(&ASTM, astm);
    add(&NATIONAL, national);
}

fn plain(code: &str, digits: &str) -> Number {
    Number { code: code.to_owned(), digits: digits.to_owned(), year: None, sign: ' ' }
}

/// A version tells the editions of these apart, as a year does elsewhere.
fn etsi(captures: &Captures) -> Option<Number> {
    let code = part(captures, "code")?.split_whitespace().collect::<Vec<_>>().join(" ");
    let digits = part(captures, "digits")?;
    let numbered_apart = digits.starts_with(|char: char| char.is_ascii_uppercase());
    let sound = match code.rsplit(' ').next()? {
        "GS" | "GR" => numbered_apart,
        _ if code.starts_with("3GPP") => digits.contains('.'),
        _ => digits.contains(' ') && !numbered_apart,
    };
    let year = part(captures, "version").map(str::to_owned);
    sound.then(|| Number { code, digits: digits.to_owned(), year, sign: ' ' })
}

fn nist(captures: &Captures) -> Option<Number> {
    let series = [
        ("sp", "spnum", "NIST SP"),
        ("fips", "fipsnum", "FIPS"),
        ("ir", "irnum", "NIST IR"),
        ("ai", "ainum", "NIST AI"),
    ];
    let (_, number, code) = series.into_iter().find(|(group, _, _)| captures.name(group).is_some())?;
    let mut found = plain(code, part(captures, number)?);
    found.year = part(captures, "revision").map(|revision| format!("Rev. {revision}"));
    Some(found)
}

fn astm(captures: &Captures) -> Option<Number> {
    let digits = format!("{}{}", part(captures, "letter")?, part(captures, "digits")?);
    let year = part(captures, "year").map(|year| year.split_whitespace().collect());
    Some(Number { code: "ASTM".to_owned(), digits, year, sign: '-' })
}

fn national(captures: &Captures) -> Option<Number> {
    let (code, gap) = (part(captures, "code")?, part(captures, "gap")?);
    let (digits, year) = (part(captures, "digits")?, part(captures, "year").map(str::to_owned));
    let parts = hyphened(part(captures, "parts")?);
    let joined = matches!(code, "ECMA") || code.ends_with(|char: char| char.is_ascii_digit());
    let long = digits.len() >= 4 && !super::chinese::is_year(digits);
    // Two or three capitals stand for much else: EN before a page number is a language.
    let sound = match code {
        "EN" | "BS" | "UL" | "ANSI" | "CWA" | "prEN" => year.is_some() || long,
        "DIN" => year.is_some() || long || !parts.is_empty(),
        "GOST" | "GOST R" => digits.len() >= 2,
        _ if code.starts_with("SAE") => digits.len() >= 3,
        _ => digits.len() >= 2,
    };
    let spaced = gap.starts_with(' ') || code.ends_with(" J") || joined && gap == "-";
    (sound && spaced).then(|| Number { code: code.to_owned(), digits: format!("{digits}{parts}"), year, sign: ':' })
}
