//! The codes with which the numbers of Chinese standards begin.

/// Codes of national, military and metrological documents, and of those that some departments number apart: national
/// standards (GB, GBn, GBJ of construction, GBZ of occupational health, GSB of reference materials; Administrative
/// Measures for National Standards, SAMR 2022), military (GJB), metrological regulations and norms (JJG, JJF),
/// technical norms of special equipment (TSG), highways, waterways (JTG, JTJ, JTS) and construction (JGJ, CJJ).
pub(super) const NATIONAL: &str = "GJBz|GJB|GBZ|GBJ|GBn|GSB|GB|JJF|JJG|TSG|JTG|JTJ|JTS|JGJ|CJJ|CECS|YDB|YDN";

/// Codes of the trades, two letters each (SAMR's list of trade standard codes; Administrative Measures for Trade
/// Standards, 2023), and those of departments before 2018 that texts still cite.
pub(super) const TRADES: &str = concat!(
    "NB/SH|NB/RB|",
    "AQ|BB|BZ|CB|CH|CJ|CY|DA|DL|DY|DZ|EJ|FZ|GA|GC|GD|GF|GH|GM|GY|HB|HG|HJ|HS|HY|JB|JC|JG|JR|JT|JY|KA|KY|LB|LD|LS|LY|",
    "MH|MR|MT|MZ|NB|NY|QB|QC|QJ|QX|RB|RY|SB|SC|SD|SF|SH|SJ|SL|SN|SW|SY|TB|TD|TY|WB|WH|WJ|WM|WS|WW|WY|XB|XF|YB|YC|YD|",
    "YJ|YS|YY|YZ|ZY"
);

/// Codes whose numbers begin with a letter: JTG D20-2017, TSG Z0001-2009.
pub(super) fn takes_letter(code: &str) -> bool {
    matches!(code, "TSG" | "JTG" | "JTJ" | "JTS")
}

/// Codes that are rarely anything else, so that a number without a year is believed.
pub(super) fn is_sure(code: &str) -> bool {
    matches!(code, "GB" | "GBZ" | "GJB" | "JJF" | "JJG")
}
