//! Targets of invented documents: plans of lakes, libraries and bridges.

mod chinese;
mod english;

use corpus::document::DocumentHash;
use corpus::facts::{Comparator, Interval, Target};

use crate::read::read_text;

/// A plan with this text, written in 2031, for the years to 2035.
fn of_plan(chinese: bool, text: &str) -> Vec<Target> {
    let head = if chinese {
        "湖城市图书馆和桥梁建设行动计划（2031—2035年）\n湖政发〔2031〕8号\n一、重点任务\n"
    } else {
        "Action Plan of Lake City for Libraries and Bridges (2031–2035)\nMarch 3, 2031\nI. Key Tasks\n"
    };
    of(&format!("{head}{text}\n"))
}

fn of(text: &str) -> Vec<Target> {
    read_text("test.txt", "test.txt", DocumentHash(String::new()), text.as_bytes()).expect("it is text").facts.targets
}

/// `year | at least | at most | unit | what` of each target, `-` for what is not given.
fn lines(targets: &[Target]) -> Vec<String> {
    let number = |value: Option<f64>| value.map_or("-".to_owned(), |value| value.to_string());
    let line = |target: &Target| {
        let by = target.by.map_or("-".to_owned(), |year| year.to_string());
        let unit = target.unit.as_deref().unwrap_or("-");
        format!("{by} | {} | {} | {unit} | {}", number(target.min), number(target.max), target.what)
    };
    targets.iter().map(line).collect()
}

/// All cases are tried, so that one run shows all that is wrong.
#[track_caller]
fn check(chinese: bool, cases: &[(&str, &[&str])]) {
    let found = cases.iter().map(|(text, wanted)| (text, lines(&of_plan(chinese, text)), wanted));
    let wrong: Vec<_> = found.filter(|(_, found, wanted)| found != *wanted).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[track_caller]
fn check_none(chinese: bool, texts: &[&str]) {
    let wrong: Vec<_> = texts
        .iter()
        .map(|text| (text, lines(&of_plan(chinese, text))))
        .filter(|(_, found)| !found.is_empty())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn tables_with_years_as_columns_and_as_rows() {
    let table = |text: &str| lines(&of_plan(true, text));
    assert_eq!(
        table(
            "表1 主要指标\n序号\t指标\t单位\t2030年基数\t2032年\t2035年\n1\t桥梁\t座\t100\t120\t150\n2\t图书馆覆盖率\t%\t60\t≥75\t90以上"
        ),
        [
            "2032 | 120 | 120 | 座 | 桥梁",
            "2035 | 150 | 150 | 座 | 桥梁",
            "2032 | 75 | - | % | 图书馆覆盖率",
            "2035 | 90 | - | % | 图书馆覆盖率"
        ]
    );
    assert_eq!(
        table("表2 分年度目标\n年份\t桥梁（座）\t图书馆（个）\n2032\t10\t20\n2033\t15\t25"),
        [
            "2032 | 10 | 10 | 座 | 桥梁",
            "2032 | 20 | 20 | 个 | 图书馆",
            "2033 | 15 | 15 | 座 | 桥梁",
            "2033 | 25 | 25 | 个 | 图书馆"
        ]
    );
    assert_eq!(
        table(
            "表3 任务分工\n序号\t任务\t责任单位\t完成时限\n1\t新建书屋20个\t文化局\t2032年6月\n2\t编制桥梁名录\t交通局\t2033年9月\n3\t修复湖岸不少于30公里\t水利局\t2034年12月"
        ),
        ["2032 | 20 | 20 | 个 | 书屋", "2034 | 30 | - | 公里 | 湖岸"]
    );
    assert_eq!(
        table(
            "到2034年各类桥梁的数量见表4。\n表4 各类桥梁\n类型\t说明\t计划数量\n铁桥\t跨湖\t不少于6座\n石桥\t园林\t3—5座"
        ),
        ["2034 | 6 | - | 座 | 铁桥", "2034 | 3 | 5 | 座 | 石桥"]
    );
}

#[test]
fn a_table_whose_cells_stand_a_line_each() {
    let found = of_plan(
        true,
        "到2034年各类桥梁的数量见表4。\n表4　各类桥梁\n类型\n计划数量\n铁桥\n不少于6座\n石桥\n3—5座\n木桥\n8座以上\n二、保障措施",
    );
    assert_eq!(lines(&found), ["2034 | 6 | - | 座 | 铁桥", "2034 | 3 | 5 | 座 | 石桥", "2034 | 8 | - | 座 | 木桥"]);
    let found = of_plan(true, "表1　申报书\n名称\n不超过30个字\n单位\n按照贡献大小排序，不超过8家\n二、保障措施");
    assert_eq!(lines(&found), [] as [&str; 0]);
}

#[test]
fn comparators_and_intervals() {
    let one = |chinese: bool, text: &str| {
        let found = of_plan(chinese, text);
        found.first().map(|target| (target.comparator, target.every, target.cumulative))
    };
    let year = Some(Interval::Year);
    assert_eq!(one(true, "到2033年，桥梁超过20座。"), Some((Comparator::MoreThan, None, false)));
    assert_eq!(one(true, "到2033年，累计建成桥梁20座以上。"), Some((Comparator::AtLeast, None, true)));
    assert_eq!(one(true, "每年新建桥梁20座。"), Some((Comparator::Exactly, year, false)));
    assert_eq!(one(true, "到2033年，借阅量翻两番。"), Some((Comparator::Times, None, false)));
    assert_eq!(one(true, "到2033年，养护成本降低10%。"), Some((Comparator::CutBy, None, false)));
    assert_eq!(one(true, "到2033年，桥梁达到约20座。"), Some((Comparator::About, None, false)));
    assert_eq!(one(false, "By 2033, build a total of 20 bridges in total."), Some((Comparator::Exactly, None, true)));
    assert_eq!(one(false, "Each year, select no fewer than 100 readers."), Some((Comparator::AtLeast, year, false)));
    assert_eq!(one(false, "By 2033, loans will grow by 10%."), Some((Comparator::GrowBy, None, false)));
    assert_eq!(one(false, "By 2033, keep the fault rate below 3 percent."), Some((Comparator::LessThan, None, false)));
}

#[test]
fn penalties_are_no_commitments_of_measures() {
    let text = "湖泊保护办法\n第一章 总则\n第一条 为了保护湖泊，制定本办法。\n第二条 每个湖泊应当设置不少于2个水文站。\n第三条 违反前条规定的，处1万元以上5万元以下的罚款。\n第二章 法律责任\n第四条 倾倒垃圾500公斤以上的单位，由湖区管委会责令改正。\n";
    assert_eq!(lines(&of(text)), ["- | 2 | - | 个 | 水文站"]);
}

#[test]
fn scaled_units_of_tables() {
    let text = "湖城市图书馆和桥梁建设行动计划（2031—2035年）\n湖政发〔2031〕8号\n表1 主要指标\n序号\t指标\t单位\t2030年\t2033年\t2035年\n1\t持证船员\t万人\t1.5\t2.5\t4\n2\t湖岸绿地\t万亩\t3\t≥5\t≥8\n";
    assert_eq!(
        lines(&of(text)),
        [
            "2033 | 25000 | 25000 | 人 | 持证船员",
            "2035 | 40000 | 40000 | 人 | 持证船员",
            "2033 | 50000 | - | 亩 | 湖岸绿地",
            "2035 | 80000 | - | 亩 | 湖岸绿地",
        ]
    );
}
