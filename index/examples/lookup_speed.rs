//! How quickly terms are looked up and marked in a termbase of 100,000 concepts.
//!
//! `cargo run --release -p index --example lookup_speed`
//!
//! The termbase is made of three lists of words in each language, combined in all ways, so that each run has the same
//! 100,000 concepts with a Chinese designation and one or two English ones. Queries of each kind are made of
//! designations drawn by a counter. Each kind is also answered by going through all designations, their keys made
//! beforehand: by `contains`, and for slips by the table of edits. The last columns say how long that takes.

#![expect(clippy::print_stdout, reason = "the example prints a table")]

use std::time::{Duration, Instant};

use corpus::document::Language;
use corpus::store::ListedTerm;
use corpus::term::Status;
use corpus::text::normalise::normal_form;
use index::terms::{Lookup, Marker};
use pinyin::ToPinyin as _;

const CONCEPTS: usize = 100_000;
const QUERIES: usize = 400;
const LIMIT: usize = 50;
const MEGABYTE: usize = 1 << 20;

const ZH: [&str; 3] = [
    "高质量 绿色 数字 新型 重点 现代 安全 基础 城乡 区域 海洋 农村 工业 智能 公共 国际 民生 生态 节水 低碳 循环 高端 先进 \
     特色 优质 普惠 应急 联合 协同 开放 创新 战略 综合 精准 柔性 分级 动态 长期 特种 专项 地方 中央 统一 独立 边境 沿海 \
     内陆 山区",
    "能源 交通 渔业 林业 教育 卫生 港口 航空 铁路 水利 气象 地质 文化 体育 旅游 金融 财政 税收 贸易 物流 仓储 粮食 棉花 \
     种子 畜牧 化工 钢铁 有色 纺织 医药 器械 电子 软件 通信 卫星 测绘 遥感 住房 市政 消防 养老 托育 就业 工资 社保 档案 \
     专利 商标",
    "发展 规划 标准 监测 体系 平台 基地 工程 机制 制度 政策 指标 目录 清单 试点 示范 服务 设施 网络 中心 市场 企业 产业 \
     集群 技术 装备 材料 产品 人才 队伍 资金 基金 项目 行动 方案 办法 条例 规范 评价 认证 检验 审计 监管 执法 合作 交流 \
     培训 统计",
];

const EN: [&str; 3] = [
    "high-quality green digital new key modern safe basic urban-rural regional marine rural industrial smart public \
     international livelihood ecological water-saving low-carbon circular high-end advanced distinctive premium \
     inclusive emergency joint coordinated open innovative strategic comprehensive targeted flexible graded dynamic \
     long-term special dedicated local central unified independent border coastal inland mountainous",
    "energy transport fishery forestry education health port aviation railway irrigation weather geology culture \
     sports tourism finance budget tax trade logistics storage grain cotton seed livestock chemicals steel nonferrous \
     textile medicine instrument electronics software communications satellite surveying sensing housing municipal \
     firefighting elderly-care childcare employment wage insurance archive patent trademark",
    "development planning standards monitoring system platform base engineering mechanism institution policy \
     indicators catalogue list pilot demonstration services facilities network centre market enterprises industries \
     clusters technologies equipment materials products talent workforce funds foundation projects actions programme \
     measures regulations specifications evaluation certification inspection audit supervision enforcement \
     cooperation exchange training statistics",
];

/// Words of the `at`-th combination, the last list turning fastest.
fn combination<'a>(lists: &[Vec<&'a str>; 3], at: usize) -> [&'a str; 3] {
    let [first, second, third] = lists;
    let (rest, c) = (at / third.len(), at % third.len());
    [first[rest / second.len() % first.len()], second[rest % second.len()], third[c]]
}

/// A word that no language has.
fn invented(at: usize) -> String {
    let syllables = ["ba", "ren", "to", "mil", "su", "dor", "ke", "lan", "fi", "ster"];
    [at % 10, at / 10 % 10, at / 100 % 10, at / 1000 % 10, (at * 7) % 10].map(|part| syllables[part]).concat()
}

fn termbase() -> Vec<ListedTerm> {
    let (zh, en) = (ZH.map(|list| list.split_whitespace().collect()), EN.map(|list| list.split_whitespace().collect()));
    let mut terms = Vec::new();
    for at in 0..CONCEPTS {
        let [a, b, c] = combination(&zh, at);
        let [x, y, z] = combination(&en, at);
        let mut add = |language, text: String| {
            let number = i64::try_from(terms.len()).unwrap_or_default();
            terms.push(ListedTerm {
                term: number,
                concept: i64::try_from(at).unwrap_or_default(),
                language,
                text,
                variants: Vec::new(),
                status: if at % 7 == 0 { Status::Preferred } else { Status::Candidate },
                confidence: 0.9,
                count: u32::try_from(at * 7919 % 1000).unwrap_or_default(),
            });
        };
        add(Language::Zh, format!("{a}{b}{c}"));
        add(Language::En, format!("{x} {y} {z}"));
        if at % 2 == 0 {
            // Every fourth has an invented word, so that there are as many words as a termbase of this size has.
            let invented = if at % 8 == 0 { format!(" {}", invented(at / 8)) } else { String::new() };
            add(Language::En, format!("{z} for {x} {y}{invented}"));
        }
    }
    terms
}

/// Queries of a kind.
struct Kind {
    name: &'static str,
    queries: Vec<String>,
}

fn kinds(terms: &[ListedTerm]) -> Vec<Kind> {
    let drawn = |language: Language| {
        let of: Vec<&str> =
            terms.iter().filter(|term| term.language == language).map(|term| term.text.as_str()).collect();
        (0..QUERIES).map(move |at| of[at * 104_729 % of.len()]).collect::<Vec<_>>()
    };
    let (zh, en) = (drawn(Language::Zh), drawn(Language::En));
    let chars = |text: &str, from: usize, count: usize| text.chars().skip(from).take(count).collect::<String>();
    let each = |of: &[&str], make: &dyn Fn(usize, &str) -> String| {
        of.iter().enumerate().map(|(at, text)| make(at, text)).collect::<Vec<_>>()
    };
    let reversed = |text: &str| text.split(' ').rev().collect::<Vec<_>>().join(" of ");
    let read = |text: &str, first_only: bool| {
        let sounds = text.chars().filter_map(|c| c.to_pinyin());
        sounds.map(|sound| if first_only { sound.first_letter() } else { sound.plain() }).collect::<String>()
    };
    let nonsense = |alphabet: &str, length: usize, at: usize| {
        let alphabet: Vec<char> = alphabet.chars().collect();
        (0..length).map(|i| alphabet[(i * i * 31 + i * 17 + at * 101) % alphabet.len()]).collect::<String>()
    };
    let kind = |name, queries| Kind { name, queries };
    vec![
        kind("exact, Chinese", each(&zh, &|_, text| text.to_owned())),
        kind("exact, English", each(&en, &|_, text| text.to_owned())),
        kind("beginning, Chinese", each(&zh, &|at, text| chars(text, 0, 1 + at % 5))),
        kind("beginning, English", each(&en, &|at, text| chars(text, 0, 1 + at % 12))),
        kind("part, Chinese", each(&zh, &|at, text| chars(text, 1 + at % 3, 2))),
        kind("part, English", each(&en, &|at, text| chars(text, 2 + at % 6, 4 + at % 9))),
        kind("other word order", each(&en, &|_, text| reversed(text))),
        kind("one common word", each(&en, &|at, text| text.split(' ').nth(at % 3).unwrap_or_default().to_owned())),
        kind("pinyin", each(&zh, &|_, text| read(text, false))),
        kind("pinyin, beginning", each(&zh, &|at, text| chars(&read(text, false), 0, 2 + at % 9))),
        kind("pinyin, initials", each(&zh, &|_, text| read(text, true))),
        kind("slip, English", each(&en, &|at, text| chars(text, 0, 5 + at % 6) + &chars(text, 6 + at % 6, 99))),
        kind(
            "slip in a word, English",
            each(&en, &|_, text| {
                text.split(' ').map(|word| chars(word, 0, 3) + &chars(word, 4, 99)).rev().collect::<Vec<_>>().join(" ")
            }),
        ),
        kind(
            "eight misspelt words",
            each(&en, &|at, _| {
                (0..8).map(|i| nonsense("etaoinshrdlu", 8 + i % 3, at + i)).collect::<Vec<_>>().join(" ")
            }),
        ),
        kind("slip, Chinese", each(&zh, &|at, text| chars(text, 0, at % 5) + "丙" + &chars(text, 1 + at % 5, 99))),
        kind("one letter", each(&en, &|at, _| nonsense("abcdefghijklmnopqrstuvwxyz", 1, at))),
        kind("one Chinese character", each(&zh, &|at, text| chars(text, at % 6, 1))),
        kind("letters at random", each(&en, &|at, _| nonsense("etaoinshrdlu ", 4 + at % 20, at))),
        kind("500 letters", each(&en, &|at, _| nonsense("etaoinshrdlu ", 500, at))),
        kind("500 characters", each(&zh, &|at, _| nonsense("发展规划标准的", 500, at))),
        kind("500 words of one letter", each(&en, &|at, _| nonsense("a b c d e ", 500, at))),
    ]
}

/// All that hold the query, the naive way.
fn scan(keys: &[String], query: &str) -> usize {
    let query = normal_form(query).replace('-', " ");
    let mut found: Vec<(bool, usize, usize)> = Vec::new();
    for (at, key) in keys.iter().enumerate() {
        if key.contains(&query) {
            found.push((!key.starts_with(&query), key.len(), at));
        }
    }
    found.sort_unstable();
    found.len().min(LIMIT)
}

/// All that are two edits away, the naive way.
fn scan_slips(keys: &[Vec<char>], query: &str) -> usize {
    let query: Vec<char> = query.chars().collect();
    keys.iter().filter(|key| edits(key, &query) <= 2).count()
}

fn edits(one: &[char], other: &[char]) -> usize {
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, a) in (1..).zip(one) {
        let mut current = vec![row];
        for (column, b) in other.iter().enumerate() {
            current.push((last[column] + usize::from(a != b)).min(last[column + 1] + 1).min(current[column] + 1));
        }
        last = current;
    }
    last.last().copied().unwrap_or_default()
}

fn times<T>(queries: &[String], mut answer: impl FnMut(&str) -> T) -> Vec<Duration> {
    let timed = queries.iter().map(|query| {
        let began = Instant::now();
        std::hint::black_box(answer(query));
        began.elapsed()
    });
    let mut times: Vec<Duration> = timed.collect();
    times.sort_unstable();
    times
}

fn at(times: &[Duration], percent: usize) -> f64 {
    let index = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(index).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / MEGABYTE as f64
}

/// A text of about a megabyte in which designations of a language stand among other words.
fn text(terms: &[ListedTerm], language: Language) -> String {
    let of: Vec<&str> = terms.iter().filter(|term| term.language == language).map(|term| term.text.as_str()).collect();
    let fillers: [&str; 3] = if language == Language::Zh {
        ["各级政府应当进一步推动", "，并会同有关部门完善", "。到明年底前基本建成"]
    } else {
        [
            " and all levels of government shall further promote ",
            ", together with others, the ",
            ". By next year, build ",
        ]
    };
    let mut text = String::with_capacity(MEGABYTE);
    for at in 0.. {
        if text.len() >= MEGABYTE {
            break;
        }
        text.push_str(of[at * 104_729 % of.len()]);
        text.push_str(fillers[at % 3]);
    }
    text
}

fn main() {
    let terms = termbase();
    println!("{CONCEPTS} concepts, {} designations", terms.len());
    let _ = Lookup::new(&[]).find("shi", 1);
    let began = Instant::now();
    let lookup = Lookup::new(&terms);
    println!("look-up built in {:.2?}, {:.0} MB", began.elapsed(), megabytes(lookup.bytes()));
    let mut changed = lookup.clone();
    let began = Instant::now();
    changed.replace(&[77], &[]);
    println!("one concept replaced in {:.2?}", began.elapsed());

    let keys: Vec<String> = terms.iter().map(|term| normal_form(&term.text).replace('-', " ")).collect();
    let letters: Vec<Vec<char>> = keys.iter().map(|key| key.chars().collect()).collect();
    println!("\n{:<26}{:>9}{:>9}{:>9}{:>12}{:>9}", "milliseconds", "p50", "p99", "most", "scan p50", "ratio");
    let mut all = Vec::new();
    for kind in kinds(&terms) {
        let own = times(&kind.queries, |query| lookup.find(query, LIMIT));
        let some = &kind.queries[..if kind.name.starts_with("slip") { 5 } else { 40 }];
        let naive = if kind.name.starts_with("slip") {
            times(some, |query| scan_slips(&letters, query))
        } else {
            times(some, |query| scan(&keys, query))
        };
        let (own_median, naive_median) = (at(&own, 50), at(&naive, 50));
        println!(
            "{:<26}{:>9.3}{:>9.3}{:>9.3}{:>12.3}{:>9.1}",
            kind.name,
            own_median,
            at(&own, 99),
            at(&own, 100),
            naive_median,
            naive_median / own_median.max(0.000_1)
        );
        all.extend(own);
    }
    all.sort_unstable();
    println!("{:<26}{:>9.3}{:>9.3}{:>9.3}", "all", at(&all, 50), at(&all, 99), at(&all, 100));

    let began = Instant::now();
    let marker = Marker::new(&terms, 0.5);
    println!("\nmarker built in {:.2?}, {:.0} MB", began.elapsed(), megabytes(marker.bytes()));
    let repeated = "发展".repeat(MEGABYTE / 6);
    for (name, text) in [
        ("Chinese", text(&terms, Language::Zh)),
        ("English", text(&terms, Language::En)),
        ("one word repeated", repeated),
        ("letters without a space", "a".repeat(MEGABYTE)),
    ] {
        let began = Instant::now();
        let marks = marker.mark(&text);
        println!("1 MB marked, {name}: {:.2?}, {} marks", began.elapsed(), marks.len());
    }
}
