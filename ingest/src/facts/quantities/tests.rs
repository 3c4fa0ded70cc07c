//! Quantities of invented sentences.

use corpus::facts::Comparator::{self, *};

use super::quantities;

type Wanted<'a> = (Option<f64>, Option<f64>, &'a str, Comparator);

fn check_in(sentence: &str, chinese: bool, wanted: &[Wanted]) {
    let found = quantities(sentence, chinese);
    let found: Vec<_> = found
        .iter()
        .map(|found| (found.min, found.max, found.unit.as_deref().unwrap_or_default(), found.comparator))
        .collect();
    assert_eq!(found, wanted, "{sentence}");
}

fn least(value: f64, unit: &str) -> Wanted<'_> {
    (Some(value), None, unit, AtLeast)
}

fn most(value: f64, unit: &str) -> Wanted<'_> {
    (None, Some(value), unit, AtMost)
}

fn more(value: f64, unit: &str) -> Wanted<'_> {
    (Some(value), None, unit, MoreThan)
}

fn exact(value: f64, unit: &str) -> Wanted<'_> {
    (Some(value), Some(value), unit, Exactly)
}

fn range(low: f64, high: f64, unit: &str) -> Wanted<'_> {
    (Some(low), Some(high), unit, Between)
}

#[test]
fn chinese_bounds_and_ranges() {
    let check = |sentence: &str, wanted: &[Wanted]| check_in(sentence, true, wanted);
    check("到2033年，修建桥梁50座以上，船舶超过1,500艘", &[least(50.0, "座"), more(1500.0, "艘")]);
    check("建设3—5个湖区，覆盖率达到70%", &[range(3.0, 5.0, "个"), exact(70.0, "%")]);
    check("新建三到五个码头", &[range(3.0, 5.0, "个")]);
    check("新建码头3个至5个", &[range(3.0, 5.0, "个")]);
    check("规模突破1.2万亿元，培训10万人次", &[more(1.2e12, "元"), exact(1e5, "人次")]);
    check("培育100多家、1000余户船厂", &[more(100.0, "家"), more(1000.0, "户")]);
    check("降至1.25以下，在24小时以内", &[most(1.25, ""), most(24.0, "小时")]);
    check("控制在3%以内，不高于20毫秒", &[most(3.0, "%"), most(20.0, "毫秒")]);
    check(
        "约300公里、200名左右",
        &[(Some(300.0), Some(300.0), "公里", About), (Some(200.0), Some(200.0), "名", About)],
    );
    check("占比≥85%，时延≤15毫秒", &[least(85.0, "%"), most(15.0, "毫秒")]);
    check("低于5%", &[(None, Some(5.0), "%", LessThan)]);
    check("分别达到100座、50座和30座", &[exact(100.0, "座"), exact(50.0, "座"), exact(30.0, "座")]);
    check("超过8%、6%", &[more(8.0, "%"), more(6.0, "%")]);
}

#[test]
fn chinese_words_and_changes() {
    let check = |sentence: &str, wanted: &[Wanted]| check_in(sentence, true, wanted);
    check("打造十余项工程，三百座以上", &[more(10.0, "项"), least(300.0, "座")]);
    check("三成以上的航道，百分之九十以上的港口", &[least(30.0, "%"), least(90.0, "%")]);
    check("客运量翻一番，货运量翻两番", &[(Some(2.0), Some(2.0), "倍", Times), (Some(4.0), Some(4.0), "倍", Times)]);
    check("年均增长10%以上，能耗降低8%—10%", &[(Some(10.0), None, "%", GrowBy), (Some(8.0), Some(10.0), "%", CutBy)]);
    check(
        "提高5个百分点，达到2020年的3倍",
        &[(Some(5.0), Some(5.0), "个百分点", GrowBy), (Some(3.0), Some(3.0), "倍", Times)],
    );
    check("面积达5万亩，容量提高到6000万千瓦", &[exact(5e4, "亩"), exact(6e7, "千瓦")]);
    check("一批项目、数十个码头、几十座桥、百家争鸣、统一个口径、三农工作", &[]);
    check("依据GB/T 80001—2031第3条和表2，“十六五”期间，第二批，“3+5+N”体系", &[]);
    check("3家内资船厂，15个工作日内", &[exact(3.0, "家"), most(15.0, "个工作日")]);
}

#[test]
fn english_bounds_and_ranges() {
    let check = |sentence: &str, wanted: &[Wanted]| check_in(sentence, false, wanted);
    check(
        "at least eight bridges, over 1,000 boats and 300 sites",
        &[least(8.0, ""), more(1000.0, ""), exact(300.0, "")],
    );
    check(
        "between 3 and 5 lakes and at least 20 piers, and 300 boats",
        &[range(3.0, 5.0, ""), least(20.0, ""), exact(300.0, "")],
    );
    check("three to five lakes, 3-5 rivers, 8–10%", &[range(3.0, 5.0, ""), range(3.0, 5.0, ""), range(8.0, 10.0, "%")]);
    check(
        "up to RMB 1 million; reach 70 percent; 1.25 or lower",
        &[most(1e6, "yuan"), exact(70.0, "%"), most(1.25, "")],
    );
    check("no more than 40, not exceeding 20 milliseconds", &[most(40.0, ""), most(20.0, "milliseconds")]);
    check("shall not be higher than 1.3, no lower than 90%", &[most(1.3, ""), least(90.0, "%")]);
    check(
        "fewer than 12 locks; about 300 km",
        &[(None, Some(12.0), "", LessThan), (Some(300.0), Some(300.0), "km", About)],
    );
    check("twenty-five ferries, 2.5 trillion yuan", &[exact(25.0, ""), exact(2.5e12, "yuan")]);
    check("more than 300 EFLOPS and 25,000 P or more", &[more(300.0, "EFLOPS"), least(25_000.0, "P")]);
    check("over 100, 50 and 30 respectively", &[more(100.0, ""), more(50.0, ""), more(30.0, "")]);
}

#[test]
fn english_changes_and_what_is_no_number() {
    let check = |sentence: &str, wanted: &[Wanted]| check_in(sentence, false, wanted);
    check("grow by 10% annually", &[(Some(10.0), Some(10.0), "%", GrowBy)]);
    check("cut the leakage by at least 30 percent", &[(Some(30.0), None, "%", CutBy)]);
    check("a reduction of 8 to 10 percent", &[(Some(8.0), Some(10.0), "%", CutBy)]);
    check(
        "will double the number of piers, tripling its traffic",
        &[(Some(2.0), Some(2.0), "times", Times), (Some(3.0), Some(3.0), "times", Times)],
    );
    check("Figure 2 of GB/T 80001-2031 in June 2031, Article 5, 5G and a one-stop shop", &[]);
    check("the top 10 ports, a two-day visit, the double standard, Goal 7, the 1990s, by 2030", &[]);
}
