//! Documents that look like translations of each other, made of invented sentences: finals and drafts, reports of two
//! years, plans of two cities, parts of one standard, all from the same templates with other facts.

use std::collections::BTreeMap;

/// A made document.
pub(crate) struct Made {
    /// What it is, and its language: `final.zh`.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Chinese and English names of the documents that are translations of each other, by the part before the dot.
pub(crate) const PAIRS: &[(&str, &str)] = &[
    ("final", "final"),
    ("draft", "draft"),
    ("amended", "amended"),
    ("summary", "summary"),
    ("news", "news"),
    ("questions", "questions"),
    ("plan-east", "plan-east"),
    ("plan-west", "plan-west"),
    ("report-2024", "report-2024"),
    ("report-2025", "report-2025"),
    ("part-1", "part-1"),
    ("part-2", "part-2"),
    ("abridged", "abridged"),
    ("moved", "moved"),
    ("prefaced", "prefaced"),
    ("first-of-two", "two-in-one"),
    ("plain", "plain"),
    ("two-scripts", "two-scripts"),
    ("traditional", "traditional"),
    ("notice-1", "notice-1"),
    ("notice-2", "notice-2"),
    ("notice-3", "notice-3"),
];

/// Who and what a document is about; each name in both languages.
#[derive(Clone, Copy)]
struct Subject {
    seed: u64,
    city: (&'static str, &'static str),
    topic: (&'static str, &'static str),
    product: (&'static str, &'static str),
    agency: (&'static str, &'static str),
    year: i64,
}

const DRONES: Subject = Subject {
    seed: 1,
    city: ("临江市", "Linjiang"),
    topic: ("低空物流配送", "low-altitude logistics and delivery"),
    product: ("无人机", "drones"),
    agency: ("市交通运输局", "the Municipal Transport Bureau"),
    year: 2026,
};

const ROBOTS: Subject = Subject {
    seed: 2,
    city: ("海州市", "Haizhou"),
    topic: ("智能巡检作业", "intelligent inspection"),
    product: ("巡检机器人", "inspection robots"),
    agency: ("市工业和信息化局", "the Municipal Bureau of Industry and Information Technology"),
    year: 2025,
};

const BOATS: Subject = Subject {
    seed: 3,
    city: ("青湖市", "Qinghu"),
    topic: ("水上无人运输", "unmanned water transport"),
    product: ("无人船", "unmanned boats"),
    agency: ("市港航管理局", "the Municipal Port and Shipping Administration"),
    year: 2027,
};

impl Subject {
    fn of(self, seed: u64, year: i64) -> Self {
        Self { seed, year, ..self }
    }

    fn in_city(self, zh: &'static str, en: &'static str) -> Self {
        Self { city: (zh, en), ..self }
    }
}

/// Both sides of a text, a line an entry; a side may be empty.
type Lines = Vec<(String, String)>;

/// All made documents.
pub(crate) fn documents() -> Vec<Made> {
    let mut made = Vec::new();
    let mut both = |name: &str, title: (String, String), zh: &[(String, String)], en: &[(String, String)]| {
        made.push(Made { name: format!("{name}.zh"), text: joined(&title.0, zh.iter().map(|line| &line.0)) });
        made.push(Made { name: format!("{name}.en"), text: joined(&title.1, en.iter().map(|line| &line.1)) });
    };
    let mut same = |name: &str, title: (String, String), lines: &Lines| both(name, title, lines, lines);
    same("final", measures_title(DRONES), &text("measures", ' ', DRONES));
    same("draft", measures_title(DRONES), &text("measures", '~', DRONES));
    same("amended", measures_title(DRONES), &text("measures", '^', DRONES.of(1, 2029)));
    let about = |zh: &str, en: &str| (format!("{}{zh}", DRONES.topic.0), format!("{en} {}", DRONES.topic.1));
    same("summary", about("管理办法要点", "Key Points of the Measures for"), &text("summary", ' ', DRONES));
    same("news", about("有了规矩", "New Rules for"), &text("news", ' ', DRONES));
    same("questions", about("管理办法解读", "Questions and Answers on"), &text("questions", ' ', DRONES));
    let east = ROBOTS.in_city("东山市", "Dongshan").of(11, 2027);
    let west = ROBOTS.in_city("西岭市", "Xiling").of(12, 2028);
    same("plan-east", plan_title(east), &text("plan", ' ', east));
    same("plan-west", plan_title(west), &text("plan", ' ', west));
    for year in [2024_i64, 2025] {
        let subject = BOATS.of(year.unsigned_abs(), year);
        same(&format!("report-{year}"), report_title(subject), &text("report", ' ', subject));
    }
    for part in ["1", "2"] {
        let lines = [text("foreword", ' ', ROBOTS), text(&format!("part{part}"), ' ', ROBOTS)].concat();
        same(&format!("part-{part}"), standard_title(part), &lines);
    }
    let abridged = text("plan", ' ', DRONES.of(21, 2029));
    let kept: Lines = abridged.iter().enumerate().filter(|(at, _)| at % 5 < 3).map(|(_, line)| line.clone()).collect();
    both("abridged", plan_title(DRONES), &abridged, &kept);
    let whole = text("report", ' ', DRONES.of(22, 2023));
    let (front, back) = whole.split_at(whole.len() / 2);
    both("moved", report_title(DRONES.of(22, 2023)), &whole, &[back, front].concat());
    let plain = text("measures", ' ', BOATS.of(23, 2024));
    let prefaced = [text("preface", ' ', BOATS), plain.clone(), text("notes", ' ', BOATS)].concat();
    both("prefaced", measures_title(BOATS), &plain, &prefaced);
    let (first, second) = (text("report", ' ', ROBOTS.of(24, 2021)), text("notice", ' ', ROBOTS.of(25, 2021)));
    let of_both = joined(&report_title(ROBOTS).1, first.iter().chain(&second).map(|line| &line.1));
    made.push(Made { name: "first-of-two.zh".to_owned(), text: zh_only(&report_title(ROBOTS).0, &first) });
    made.push(Made { name: "second-of-two.zh".to_owned(), text: zh_only("座谈会通知", &second) });
    made.push(Made { name: "two-in-one.en".to_owned(), text: of_both });
    let lines = text("plan", ' ', BOATS.of(26, 2030));
    made.push(Made { name: "plain.zh".to_owned(), text: zh_only(&plan_title(BOATS).0, &lines) });
    made.push(Made { name: "plain.en".to_owned(), text: en_only(&plan_title(BOATS).1, &lines) });
    let mixed = lines.iter().flat_map(|(zh, en)| [zh, en]);
    made.push(Made { name: "bilingual.zh".to_owned(), text: joined(&plan_title(BOATS).0, mixed) });
    let lines = text("measures", ' ', ROBOTS.of(27, 2022));
    made.push(Made { name: "two-scripts.zh".to_owned(), text: zh_only(&measures_title(ROBOTS).0, &lines) });
    made.push(Made {
        name: "old-script.zh".to_owned(),
        text: traditional(&zh_only(&measures_title(ROBOTS).0, &lines)),
    });
    made.push(Made { name: "two-scripts.en".to_owned(), text: en_only(&measures_title(ROBOTS).1, &lines) });
    let lines = text("report", ' ', ROBOTS.in_city("南屏市", "Nanping").of(28, 2020));
    let title = report_title(ROBOTS.in_city("南屏市", "Nanping").of(28, 2020));
    made.push(Made { name: "traditional.zh".to_owned(), text: traditional(&zh_only(&title.0, &lines)) });
    made.push(Made { name: "traditional.en".to_owned(), text: en_only(&title.1, &lines) });
    for (at, subject) in [DRONES, ROBOTS, BOATS].into_iter().enumerate() {
        let lines = text("notice", ' ', subject.of(31 + at as u64, 2026));
        let title = ("座谈会通知".to_owned(), "Notice of a Symposium".to_owned());
        made.push(Made { name: format!("notice-{}.zh", at + 1), text: zh_only(&title.0, &lines) });
        made.push(Made { name: format!("notice-{}.en", at + 1), text: en_only(&title.1, &lines) });
    }
    made.extend(alone());
    made
}

/// Documents of which the true counterpart is not there, but a look-alike is.
fn alone() -> Vec<Made> {
    let draft = ROBOTS.in_city("北原市", "Beiyuan").of(41, 2026);
    let full = BOATS.in_city("中和市", "Zhonghe").of(42, 2026);
    let (one, other) = (BOATS.in_city("长滩市", "Changtan"), BOATS.in_city("金沙市", "Jinsha"));
    let zh = |name: &str, title: (String, String), lines: &Lines| Made {
        name: format!("{name}.zh"),
        text: zh_only(&title.0, lines),
    };
    let en = |name: &str, title: (String, String), lines: &Lines| Made {
        name: format!("{name}.en"),
        text: en_only(&title.1, lines),
    };
    vec![
        zh("lone-draft", measures_title(draft), &text("measures", '~', draft)),
        en("lone-final", measures_title(draft), &text("measures", ' ', draft)),
        zh("lone-full", measures_title(full), &text("measures", ' ', full)),
        en("lone-summary", measures_title(full), &text("summary", ' ', full)),
        zh("lone-plan", plan_title(one), &text("plan", ' ', one.of(43, 2031))),
        en("lone-plan-elsewhere", plan_title(other), &text("plan", ' ', other.of(44, 2032))),
        zh("lone-report", report_title(one), &text("report", ' ', one.of(45, 2018))),
        en("lone-report-of-next-year", report_title(one), &text("report", ' ', one.of(46, 2019))),
    ]
}

fn measures_title(of: Subject) -> (String, String) {
    (
        format!("{}{}管理办法", of.city.0, of.topic.0),
        format!("Measures of {} for the Administration of {}", of.city.1, of.topic.1),
    )
}

fn plan_title(of: Subject) -> (String, String) {
    (
        format!("{}{}产业发展行动方案", of.city.0, of.product.0),
        format!("Action Plan of {} for the Development of the {} Industry", of.city.1, of.product.1),
    )
}

fn report_title(of: Subject) -> (String, String) {
    (format!("{}政府工作报告", of.city.0), format!("Report on the Work of the Government of {}", of.city.1))
}

fn standard_title(part: &str) -> (String, String) {
    let (zh, en) =
        if part == "1" { ("分类与标记", "Classification and marking") } else { ("试验方法", "Test methods") };
    (format!("巡检机器人　第{part}部分：{zh}"), format!("Inspection robots - Part {part}: {en}"))
}

fn zh_only(title: &str, lines: &Lines) -> String {
    joined(title, lines.iter().map(|line| &line.0))
}

fn en_only(title: &str, lines: &Lines) -> String {
    joined(title, lines.iter().map(|line| &line.1))
}

fn joined<'a>(title: &str, lines: impl Iterator<Item = &'a String>) -> String {
    let lines = lines.filter(|line| !line.is_empty()).map(|line| format!("\n\n{line}"));
    title.to_owned() + &lines.collect::<String>()
}

/// A section of the file of templates with its places filled; `mark` chooses the other wordings of that mark.
fn text(section: &str, mark: char, subject: Subject) -> Lines {
    let source = include_str!("decoys.txt");
    let lines = source.lines().skip_while(|line| *line != format!("== {section}")).skip(1);
    let lines: Vec<&str> = lines.take_while(|line| !line.starts_with("== ")).collect();
    let mut chosen: Vec<(usize, &str, &str)> = Vec::new();
    for (at, pair) in lines.chunks_exact(2).enumerate() {
        match pair[0].strip_prefix(['~', '^']) {
            Some(zh) if pair[0].starts_with(mark) => {
                chosen.pop();
                chosen.push((at, zh, &pair[1][1..]));
            }
            Some(_) => {}
            None => chosen.push((at, pair[0], pair[1])),
        }
    }
    chosen.into_iter().map(|(at, zh, en)| filled(zh, en, at, subject)).collect()
}

fn filled(zh: &str, en: &str, at: usize, subject: Subject) -> (String, String) {
    if zh == "{x}" {
        return (String::new(), en.to_owned());
    }
    let mut values = BTreeMap::new();
    let mut random = Random(subject.seed * 7919 + at as u64 * 104_729);
    let zh = places(zh, |place| place_of(place, subject, 0, &mut values, &mut random));
    let en = places(en, |place| place_of(place, subject, 1, &mut values, &mut random));
    let heading = |line: String| line.strip_prefix("# ").map(str::to_owned).unwrap_or(line);
    let mut english = heading(en);
    if let Some(first) = english.get(..1).map(str::to_uppercase) {
        english.replace_range(..1, &first);
    }
    (heading(zh), english)
}

fn places(text: &str, mut fill: impl FnMut(&str) -> String) -> String {
    let mut parts = text.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (place, rest) = part.split_once('}').unwrap_or((part, ""));
        out += &fill(place);
        out += rest;
    }
    out
}

fn place_of(place: &str, of: Subject, side: usize, values: &mut BTreeMap<String, f64>, random: &mut Random) -> String {
    let name = |pair: (&str, &str)| if side == 0 { pair.0.to_owned() } else { pair.1.to_owned() };
    let (month, day) = (of.seed % 12, of.seed % 13 + 14);
    match place {
        "city" => name(of.city),
        "topic" => name(of.topic),
        "product" => name(of.product),
        "agency" => name(of.agency),
        "district" => name(("滨河新区", "Binhe New District")),
        "m" => (month + 1).to_string(),
        "month" => MONTHS[usize::try_from(month).unwrap_or(0)].to_owned(),
        "d" => day.to_string(),
        _ if place.starts_with('y') => (of.year + place[1..].parse::<i64>().unwrap_or(0)).to_string(),
        _ => number(place, values, random),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `1:20-90` draws a number, `1` repeats it, `1z` is it in ten thousands and `1e` in hundred millions.
fn number(place: &str, values: &mut BTreeMap<String, f64>, random: &mut Random) -> String {
    if let Some((key, range)) = place.split_once(':') {
        let (low, high) = range.split_once('-').unwrap_or((range, range));
        let (from, to): (f64, f64) = (low.parse().unwrap_or(0.0), high.parse().unwrap_or(0.0));
        let scale = if low.contains('.') { 10.0 } else { 1.0 };
        let value = ((from + random.next() * (to - from)) * scale).round() / scale;
        values.insert(key.to_owned(), value);
        return value.to_string();
    }
    let value = values.get(&place[..1]).copied().unwrap_or_default();
    match &place[1..] {
        "z" => (value * 10_000.0).round().to_string(),
        "e" if value >= 10.0 => format!("{} billion", (value * 10.0).round() / 100.0),
        _ => value.to_string(),
    }
}

/// A linear congruential generator (Knuth's MMIX).
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        for _ in 0..3 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        }
        (self.0 >> 40) as f64 / (1u64 << 24) as f64
    }
}

/// Simplified characters of the templates with their traditional forms.
const SCRIPTS: &str = "为為总總则則规規范範动動产產业業发發关關据據办辦称稱运運营營获獲许許务務负負责責监監对對\
    应應场場构構开開与與险險记記条條员員资資册冊执執证證设設备備预預决決书書说說当當万萬经經训訓请請营營间間\
    个個达達无無区區学學医醫军軍时時结結声聲过過单單载載货貨重重危危数數显顯诉訴标標准準电電话話费費会會级級\
    报報护護查查网網个個种種张張专專项項划劃术術东東西西国國际際从從处處罚罰违違价價实實让讓进進这這将將导導\
    机機济濟长長环環质質创創传傳统統试試验驗检檢测測养養区區县縣组組织織优優势勢众眾党黨职職权權义義愿願银銀";

fn traditional(text: &str) -> String {
    let table: Vec<char> = SCRIPTS.chars().filter(|c| !c.is_whitespace()).collect();
    let form = |c: char| table.chunks_exact(2).find(|pair| pair[0] == c).map_or(c, |pair| pair[1]);
    text.chars().map(form).collect()
}
