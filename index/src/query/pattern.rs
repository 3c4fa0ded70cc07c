//! Regular expressions on identifiers.
//!
//! The syntax is that of the `regex` crate. A pattern is met where it stands anywhere in the canonical form of an
//! identifier; `^` and `$` tie it to the beginning and the end. Outside of the syntax it is brought to the same form:
//! spaces, case, width and the kinds of dashes and brackets do not matter. `(2024)` and `[2024]`, a year and nothing
//! else, are brackets around a year rather than a group or a class.

use std::fmt::{Debug, Formatter};

use corpus::text::normalise::normal_form;
use regex::{Regex, RegexBuilder};

use super::PatternError;
use crate::identifier::one_kind;

/// Longest pattern, in characters.
const LONGEST: usize = 200;
/// Most bytes that a compiled pattern may take.
const SIZE: usize = 1 << 18;
/// Most bytes of what a pattern remembers while it is matched.
const CACHE: usize = 1 << 20;
/// Deepest nesting of groups.
const DEEPEST: u32 = 24;

/// A regular expression on identifiers, ready to be met. Two are equal when they are written alike.
#[derive(Clone)]
pub struct Pattern {
    written: String,
    regex: Regex,
}

impl Pattern {
    /// Reads what stands between the slashes.
    ///
    /// # Errors
    /// When it is no regular expression, or one that would take long to be met.
    pub fn new(written: &str) -> Result<Self, PatternError> {
        if written.chars().nth(LONGEST).is_some() {
            return Err(PatternError::TooLong(LONGEST));
        }
        let canonical = canonical_pattern(written);
        if canonical.is_empty() {
            return Err(PatternError::Empty);
        }
        let built = RegexBuilder::new(&canonical).size_limit(SIZE).dfa_size_limit(CACHE).nest_limit(DEEPEST).build();
        match built {
            Ok(regex) => Ok(Self { written: written.to_owned(), regex }),
            Err(regex::Error::CompiledTooBig(_)) => Err(PatternError::TooBig),
            Err(error) => Err(PatternError::Syntax(reason(&error))),
        }
    }

    /// What stands between the slashes, as it was written.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Whether an identifier in its canonical form meets the pattern.
    pub(crate) fn is_match(&self, identifier: &str) -> bool {
        self.regex.is_match(identifier)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Debug for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "/{}/", self.written)
    }
}

/// What is wrong, without the picture of the place: `regex parse error:\n  a(\n  ^\nerror: unclosed group`.
fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}

/// The pattern with its literal characters as identifiers have them.
fn canonical_pattern(written: &str) -> String {
    let mut writer = Writer { rest: written, out: String::with_capacity(written.len()), class: 0 };
    while let Some(c) = writer.rest.chars().next() {
        writer.step(c);
    }
    writer.out
}

struct Writer<'p> {
    rest: &'p str,
    out: String,
    /// How many classes are open.
    class: usize,
}

impl Writer<'_> {
    fn step(&mut self, c: char) {
        if self.class == 0 && self.year_in_brackets() {
            return;
        }
        self.rest = self.rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '\\' => self.escape(),
            '(' if self.class == 0 && self.rest.starts_with('?') => self.group_flags(),
            '[' => self.open_class(),
            ']' => {
                self.class = self.class.saturating_sub(1);
                self.out.push(c);
            }
            // What is given full width on purpose is an operator: none stands in an identifier.
            '＊' | '＋' | '？' | '｜' => self.out.push(fold_operator(c)),
            c if c.is_whitespace() => self.space(),
            '第' if self.out.ends_with('〕') => self.space(),
            c if c.is_ascii() => self.out.push(c.to_ascii_lowercase()),
            c => self.literal(c),
        }
    }

    /// `(2024)` or `[2024]` as 〔2024〕.
    fn year_in_brackets(&mut self) -> bool {
        let is_open = self.rest.starts_with(['(', '[']);
        let inner = self.rest.get(1..5).filter(|year| is_open && year.bytes().all(|byte| byte.is_ascii_digit()));
        let Some(year) = inner.filter(|year| year.starts_with("19") || year.starts_with("20")) else { return false };
        let after = self.rest.get(5..).unwrap_or_default();
        let closed = after.strip_prefix(if self.rest.starts_with('(') { ')' } else { ']' });
        let Some(after) = closed.filter(|after| !after.starts_with(['?', '*', '+', '{'])) else { return false };
        self.out.push('〔');
        self.out.push_str(year);
        self.out.push('〕');
        self.rest = after;
        true
    }

    /// What stands behind a backslash: a literal of ours, or syntax that is left as it is.
    fn escape(&mut self) {
        let Some(c) = self.rest.chars().next() else { return self.out.push('\\') };
        self.rest = self.rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '(' | ')' | '[' | ']' => self.out.push(one_kind(c)),
            '/' => self.out.push('/'),
            // There are no spaces to be met.
            's' if self.class == 0 => self.out.push_str("(?:)"),
            c if c.is_whitespace() => self.space(),
            c if c.is_ascii() => {
                self.out.push('\\');
                self.out.push(c);
                self.braces();
            }
            c => self.literal(c),
        }
    }

    /// The name in `\p{Han}`, as it is.
    fn braces(&mut self) {
        if self.out.ends_with(['p', 'P', 'x', 'u', 'U']) && self.rest.starts_with('{') {
            let end = self.rest.find('}').map_or(self.rest.len(), |end| end + 1);
            let (name, rest) = self.rest.split_at(end);
            self.out.push_str(name);
            self.rest = rest;
        }
    }

    /// `(?i:`, `(?P<name>`, `(?:`, as they are.
    fn group_flags(&mut self) {
        let end = self.rest.find([':', ')', '>']).unwrap_or(self.rest.len());
        let (flags, rest) = self.rest.split_at(end);
        self.out.push('(');
        self.out.push_str(flags);
        self.rest = rest;
    }

    /// A class; a closing bracket at its beginning is of it.
    fn open_class(&mut self) {
        self.class += 1;
        self.out.push('[');
        for first in ['^', ']'] {
            if let Some(rest) = self.rest.strip_prefix(first) {
                self.out.push(first);
                self.rest = rest;
            }
        }
    }

    /// A space, as 第 behind brackets, carries nothing; one that is repeated may be there or not.
    fn space(&mut self) {
        if self.class == 0 && self.rest.starts_with(['?', '*', '+', '{', '？', '＊', '＋']) {
            self.out.push_str("(?:)");
        }
    }

    /// A character that is no syntax, as identifiers have it.
    fn literal(&mut self, c: char) {
        for c in normal_form(c.encode_utf8(&mut [0; 4])).chars() {
            match one_kind(c) {
                c if c.is_whitespace() => {}
                c if c.is_ascii_alphanumeric() || !c.is_ascii() => self.out.push(c),
                '/' => self.out.push('/'),
                c => {
                    self.out.push('\\');
                    self.out.push(c);
                }
            }
        }
    }
}

fn fold_operator(c: char) -> char {
    match c {
        '＊' => '*',
        '＋' => '+',
        '？' => '?',
        _ => '|',
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::identifier::canonical;

    #[track_caller]
    fn check(pattern: &str, meets: &[&str], not: &[&str]) {
        let pattern = Pattern::new(pattern).expect("a pattern");
        for identifier in meets {
            assert!(pattern.is_match(&canonical(identifier)), "{identifier}");
        }
        for identifier in not {
            assert!(!pattern.is_match(&canonical(identifier)), "{identifier}");
        }
    }

    #[test]
    fn a_pattern_is_met_anywhere_unless_it_is_tied() {
        check(r"gb\/t 503\d+", &["GB/T 50311—2031", "GB/T5031"], &["GB 50311", "GB/T 40311"]);
        check(r"^T/ .*-20[23]\d$", &["T/ABCD 1036-2029"], &["GB/T 50311-2031"]);
        check(r"50311 [—–] 20\d\d", &["GB/T 50311-2031"], &["GB/T 50311.1-2031"]);
        check(r"TC\s*77/SC ?\d+$", &["SAC/TC 77/SC 3"], &["SAC/TC 77"]);
    }

    #[test]
    fn brackets_of_all_kinds_are_the_same() {
        for pattern in [
            "海洋局联规〔2031〕.*号",
            "海洋局联规(2031)4",
            "联规[2031]",
            r"联规\(20\d1\)第?47",
            "〔2031〕第47号",
            "聯規【2031】",
        ] {
            check(pattern, &["海洋局联规〔2031〕47号", "海洋局联规(2031)第47号"], &["海洋局联规〔2030〕47号"]);
        }
        check("(203|204)1", &["GB 50311-2031"], &["GB 50311-2051"]);
        check("[2031]+$", &["GB 50311"], &["GB 5039"]);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let wrong = |pattern: &str| Pattern::new(pattern).expect_err("no pattern");
        assert_eq!(wrong("gb("), PatternError::Syntax("unclosed group".into()));
        assert_eq!(wrong(r"\w{900}"), PatternError::TooBig);
        assert_eq!(wrong(&"a".repeat(201)), PatternError::TooLong(200));
        assert_eq!(wrong(" "), PatternError::Empty);
    }

    proptest! {
        #[test]
        fn no_pattern_panics_or_takes_long(written in "[\\\\a-c0-9()\\[\\]{}?*+|^$.—（〔 -]{0,40}") {
            if let Ok(pattern) = Pattern::new(&written) {
                let _ = pattern.is_match("gb/t50311-2031");
            }
        }
    }
}
