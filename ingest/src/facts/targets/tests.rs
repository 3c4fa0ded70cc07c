//! Targets of invented documents: plans of lakes, libraries and bridges.

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
fn chinese_numbers_of_a_year_in_the_sentence() {
    let cases: &[(&str, &[&str])] = &[
        ("到2033年，新建桥梁20座。", &["2033 | 20 | 20 | 座 | 桥梁"]),
        (
            "到2033年底，建成社区图书馆50个以上，藏书超过200万册。",
            &["2033 | 50 | - | 个 | 社区图书馆", "2033 | 2000000 | - | 册 | 藏书"],
        ),
        ("2033年底前，修建3至5座跨湖大桥。", &["2033 | 3 | 5 | 座 | 跨湖大桥"]),
        (
            "力争到2034年，湖泊水质优良率达到90%，读者满意度不低于95%。",
            &["2034 | 90 | 90 | % | 湖泊水质优良率", "2034 | 95 | - | % | 读者满意度"],
        ),
        ("到2032年，打造十余个湖滨书屋。", &["2032 | 10 | - | 个 | 湖滨书屋"]),
        ("到2032年，打造一批湖滨书屋、数十个驿站。", &["2032 | - | - | - | 湖滨书屋"]),
        ("到2032年培育三到五家桥梁企业。", &["2032 | 3 | 5 | 家 | 桥梁企业"]),
        ("到2032年，桥梁检测周期缩短至10天以内。", &["2032 | - | 10 | 天 | 桥梁检测周期"]),
        ("到2035年，桥梁养护成本较2030年下降30%以上。", &["2035 | 30 | - | % | 桥梁养护成本"]),
        ("到2035年，图书借阅量比2030年翻一番。", &["2035 | 2 | 2 | 倍 | 图书借阅量"]),
        ("到2035年，湖泊面积由300平方公里增加到350平方公里。", &["2035 | 350 | 350 | 平方公里 | 湖泊面积"]),
        ("到2033年，书库能耗系数降至1.2以下。", &["2033 | - | 1.2 | - | 书库能耗系数"]),
        ("到2033年，七成以上社区设有图书馆。", &["2033 | 70 | - | % | 社区设有图书馆"]),
        (
            "到2033年，图书馆、桥梁、湖泊公园分别达到10座、20座和30个。",
            &["2033 | 10 | 10 | 座 | 图书馆", "2033 | 20 | 20 | 座 | 桥梁", "2033 | 30 | 30 | 个 | 湖泊公园"],
        ),
        ("到2033年，累计投入资金3亿元。", &["2033 | 300000000 | 300000000 | 元 | 资金"]),
        ("到“十六五”末，建成湖滨步道500公里。", &["2035 | 500 | 500 | 公里 | 湖滨步道"]),
        ("到2032年，湖泊旅游收入突破1.5万亿元。", &["2032 | 1500000000000 | - | 元 | 湖泊旅游收入"]),
        ("到2032年，培养馆员1000多名。", &["2032 | 1000 | - | 名 | 馆员"]),
        ("到2032年，桥梁算力规模达到30 EFLOPS。", &["2032 | 30 | 30 | EFLOPS | 桥梁算力规模"]),
    ];
    check(true, cases);
}

#[test]
fn chinese_numbers_of_the_year_of_the_plan() {
    let cases: &[(&str, &[&str])] = &[
        ("建设20座生态桥梁。", &["2035 | 20 | 20 | 座 | 生态桥梁"]),
        ("图书流通率不低于80%。", &["2035 | 80 | - | % | 图书流通率"]),
        ("每年举办读书节不少于4场。", &["2035 | 4 | - | 场 | 读书节"]),
        ("培训馆员3000人次以上。", &["2035 | 3000 | - | 人次 | 馆员"]),
        ("统筹安排专项资金，五年累计投入2亿元。", &["2035 | 200000000 | 200000000 | 元 | 专项资金"]),
        ("2032年发布5项桥梁标准。", &["2032 | 5 | 5 | 项 | 桥梁标准"]),
        ("遴选不超过40个湖泊试点项目。", &["2035 | - | 40 | 个 | 湖泊试点项目"]),
        ("湖水富营养化指数控制在50以内。", &["2035 | - | 50 | - | 湖水富营养化指数"]),
        ("图书馆事业投入年均增长8%。", &["2035 | 8 | 8 | % | 图书馆事业投入"]),
    ];
    check(true, cases);
}

#[test]
fn chinese_numbers_that_are_no_commitment() {
    check_none(
        true,
        &[
            "目前全市已有1000家书店。",
            "截至2030年底，全市共有桥梁1200座，图书馆达到85个。",
            "2029年，全市图书馆达到80个。",
            "近年来，全市先后建成湖泊公园30个。",
            "对首次达标的书店，给予最高20万元奖励。",
            "按照设备投资额的30%给予补助，最高不超过500万元。",
            "每个申报单位牵头申报的项目不超过1个。",
            "每个县推荐项目原则上不超过4个。",
            "评审结果公示不少于5个工作日。",
            "受理申请后20个工作日内作出决定。",
            "申报书正文不超过3000字。",
            "对投资500万元以上的桥梁项目加强检查。",
            "大型桥梁是指长度超过1000米的桥梁。",
            "围绕三个方面开展工作，实施五大行动。",
            "图书馆工作概括为四个环节。",
            "各区于每年12月15日前报送进展情况。",
            "每半年至少召开一次会议。",
            "形成“1+3+N”工作体系。",
            "依据GB/T 80001—2031第3条开展检测。",
            "长度高于500米的，应当另行报批。",
            "自2032年起，每年开展一次评估。",
        ],
    );
}

#[test]
fn chinese_conditions_and_background_are_sections() {
    check(
        true,
        &[(
            "（一）申报条件\n申报单位拥有馆员不少于20人，上年度借阅量超过10万册。\n（二）主要目标\n建成书屋100个以上。",
            &["2035 | 100 | - | 个 | 书屋"],
        )],
    );
    check(
        true,
        &[(
            "申报单位应当符合下列条件：\n（1）专职馆员不少于20人；\n（2）馆舍面积达到500平方米以上。\n建成书屋100个以上。",
            &["2035 | 100 | - | 个 | 书屋"],
        )],
    );
    check(
        true,
        &[(
            "（一）发展基础\n图书馆达到300个以上。\n（二）目标\n图书馆达到500个以上。",
            &["2035 | 500 | - | 个 | 图书馆"],
        )],
    );
}

#[test]
fn chinese_lists_inherit_the_year_that_leads_in() {
    check(
        true,
        &[(
            "到2033年，主要目标如下：\n1.桥梁总数达到300座；\n2.图书馆覆盖率超过90%；\n3.湖泊公园建成20个。\n保障措施要落实。\n建设书屋10个。",
            &[
                "2033 | 300 | 300 | 座 | 桥梁总数",
                "2033 | 90 | - | % | 图书馆覆盖率",
                "2033 | 20 | 20 | 个 | 湖泊公园",
                "2035 | 10 | 10 | 个 | 书屋",
            ],
        )],
    );
    check(
        true,
        &[(
            "（一）2032年目标\n桥梁达到100座。\n（二）到2034年目标\n桥梁达到200座。",
            &["2032 | 100 | 100 | 座 | 桥梁", "2034 | 200 | 200 | 座 | 桥梁"],
        )],
    );
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
fn english_numbers_of_a_year_in_the_sentence() {
    let cases: &[(&str, &[&str])] = &[
        ("By 2033, 20 new bridges will be built.", &["2033 | 20 | 20 | - | new bridges"]),
        (
            "By the end of 2033, the city will build more than 50 libraries and train at least 300 librarians.",
            &["2033 | 50 | - | - | libraries", "2033 | 300 | - | - | librarians"],
        ),
        (
            "Complete six lake parks by 2032, and restore 40 kilometers of shore by 2034.",
            &["2032 | 6 | 6 | - | lake parks", "2034 | 40 | 40 | kilometers | shore"],
        ),
        ("By 2034, three to five bridges shall be opened to traffic.", &["2034 | 3 | 5 | - | bridges"]),
        (
            "By 2033, the share of lakes with good water shall reach 90 percent.",
            &["2033 | 90 | 90 | % | share of lakes with good water"],
        ),
        (
            "By 2033, the energy factor of library buildings will fall to 1.2 or lower.",
            &["2033 | - | 1.2 | - | energy factor of library buildings"],
        ),
        ("By 2035, the number of loans will double.", &["2035 | 2 | 2 | times | loans"]),
        (
            "By 2035, cut the maintenance cost of bridges by at least 30 percent compared with 2030.",
            &["2035 | 30 | - | % | maintenance cost of bridges"],
        ),
        (
            "By 2034, raise the lake area from 300 to 350 square kilometers.",
            &["2034 | 350 | 350 | square kilometers | lake area"],
        ),
        (
            "By 2033, investment in libraries will exceed 1.5 billion yuan.",
            &["2033 | 1500000000 | - | yuan | investment in libraries"],
        ),
        (
            "By 2033, libraries and bridges shall reach 10 and 20, respectively.",
            &["2033 | 10 | 10 | - | libraries", "2033 | 20 | 20 | - | bridges"],
        ),
        (
            "By 2032, more than 30 open and shared reading rooms shall have been built.",
            &["2032 | 30 | - | - | open and shared reading rooms"],
        ),
        (
            "By 2032, at least eight city bridges, county bridges, and village bridges shall be completed.",
            &["2032 | 8 | - | - | city bridges, county bridges, and village bridges"],
        ),
        (
            "By 2033, green power will account for at least 70 percent of consumption in new libraries.",
            &["2033 | 70 | - | % | green power"],
        ),
        (
            "By the end of the 16th Five-Year Plan, 500 kilometers of lake paths will be open.",
            &["2035 | 500 | 500 | kilometers | lake paths"],
        ),
        ("By 2033, the average inspection cycle of bridges shall be shortened to 10 days.", &[]),
        (
            "By 2033, the average inspection cycle of bridges shall not exceed 10 days.",
            &["2033 | - | 10 | days | average inspection cycle of bridges"],
        ),
        (
            "By 2033, at least 10 divers will be hired, of whom at least 2 shall serve as leaders.",
            &["2033 | 10 | - | - | divers", "2033 | 2 | - | - | divers"],
        ),
    ];
    check(false, cases);
}

#[test]
fn english_numbers_of_the_year_of_the_plan() {
    let cases: &[(&str, &[&str])] = &[
        ("Build 20 ecological bridges.", &["2035 | 20 | 20 | - | ecological bridges"]),
        ("The circulation rate shall be no lower than 80 percent.", &["2035 | 80 | - | % | circulation rate"]),
        ("Hold at least four reading festivals each year.", &["2035 | 4 | - | - | reading festivals"]),
        (
            "The city will make arrangements for special funds, with a total of 200 million yuan invested over five years.",
            &["2035 | 200000000 | 200000000 | yuan | special funds"],
        ),
        ("No more than 40 lake pilot projects will be selected.", &["2035 | - | 40 | - | lake pilot projects"]),
        ("Spending on libraries will grow by 8% annually.", &["2035 | 8 | 8 | % | Spending on libraries"]),
        ("In 2032, release five bridge standards.", &["2032 | 5 | 5 | - | bridge standards"]),
        ("Train 300 or more librarians.", &["2035 | 300 | - | - | librarians"]),
    ];
    check(false, cases);
}

#[test]
fn english_numbers_that_are_no_commitment() {
    check_none(
        false,
        &[
            "The city has 1,000 bookshops and more than 80 libraries.",
            "The bureau has published 45 standards on bridges.",
            "By the end of 2030, more than 1,200 bridges had been built.",
            "As of 2030, over 85 libraries were open.",
            "In 2029, more than 80 libraries reported their loans.",
            "Bookshops that qualify for the first time shall be rewarded with up to RMB 200,000.",
            "A subsidy of 30 percent of the investment, up to 5 million yuan, shall be granted.",
            "No applicant may lead more than one project or take part in more than two.",
            "Each county may recommend up to four projects.",
            "The results shall be made public for no less than five working days.",
            "The authority shall make a decision within 20 working days.",
            "The abstract shall have no more than 300 words.",
            "Large bridges are bridges whose length exceeds 1,000 meters.",
            "Large libraries means libraries with more than 1,000 seats.",
            "Focus on three key areas and carry out five major tasks.",
            "The plan covers four aspects of the work.",
            "Each unit shall report its progress by December 15 of each year.",
            "The council meets at least once every six months.",
            "Over the next five years the work goes on.",
            "Test bridges in accordance with GB/T 80001-2031 and Article 3.",
            "The region accounts for over 40 percent of the country's lakes.",
        ],
    );
}

#[test]
fn english_lists_and_sections() {
    check(
        false,
        &[(
            "By 2033:\n1. the number of bridges will reach 300;\n2. library coverage will exceed 90 percent.\nFunds must be found.\nBuild 10 reading rooms.",
            &[
                "2033 | 300 | 300 | - | bridges",
                "2033 | 90 | - | % | library coverage",
                "2035 | 10 | 10 | - | reading rooms",
            ],
        )],
    );
    check(
        false,
        &[(
            "Applicants shall meet the following conditions:\n(1) it has no fewer than 20 librarians;\n(2) it has at least two reading rooms.\nBuild 10 reading rooms.",
            &["2035 | 10 | 10 | - | reading rooms"],
        )],
    );
    let found = of_plan(
        false,
        "Table 1. Main indicators\nNo.\tIndicator\tUnit\t2032\t2035\n1\tBridges\tItems\t120\t150\n2\tLibrary coverage\t%\t≥75\tover 90",
    );
    assert_eq!(
        lines(&found),
        [
            "2032 | 120 | 120 | Items | Bridges",
            "2035 | 150 | 150 | Items | Bridges",
            "2032 | 75 | - | % | Library coverage",
            "2035 | 90 | - | % | Library coverage"
        ]
    );
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
fn chinese_rows_sizes_and_bases() {
    check(
        true,
        &[
            ("到2033年，湖区绿化率由2030年的38%提高到60%。", &["2033 | 60 | 60 | % | 湖区绿化率"]),
            ("到2033年，游船覆盖率从目前的42%提升至70%以上。", &["2033 | 70 | - | % | 游船覆盖率"]),
            (
                "到2033年，建成中心图书馆5个、社区书店30个和水文站40座。",
                &["2033 | 5 | 5 | 个 | 中心图书馆", "2033 | 30 | 30 | 个 | 社区书店", "2033 | 40 | 40 | 座 | 水文站"],
            ),
            (
                "到2033年，培育营收超百亿元企业3家、造船企业20家。",
                &["2033 | 3 | 3 | 家 | 营收超百亿元企业", "2033 | 20 | 20 | 家 | 造船企业"],
            ),
            ("到2033年，湖鱼年产量达到20亿斤。", &["2033 | 2000000000 | 2000000000 | 斤 | 湖鱼年产量"]),
            ("力争五年内建成书店6家。", &["2035 | 6 | 6 | 家 | 书店"]),
            ("力争今年新建桥梁6座，到2033年全部通车。", &["2031 | 6 | 6 | 座 | 桥梁"]),
        ],
    );
    check_none(
        true,
        &[
            "申报企业应当注册满3年，上年营业收入不低于1亿元。",
            "图书馆每投入1亿元可带动就业约1800人。",
            "新建小区按每百户不少于30平方米配建书屋。",
        ],
    );
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

#[test]
fn english_steps_bases_and_multiples() {
    check(
        false,
        &[
            (
                "The city will collect 45% of boat waste by 2033 and 60% by 2035.",
                &["2033 | 45 | 45 | % | boat waste", "2035 | 60 | 60 | % | boat waste"],
            ),
            (
                "By 2033, win at least 15% of the boat market, up from around 9% today.",
                &["2033 | 15 | - | % | boat market"],
            ),
            (
                "By 2033, the city will build 20 bridges and raise the share of electric boats from 8% to about 15%.",
                &["2033 | 20 | 20 | - | bridges", "2033 | 15 | 15 | % | share of electric boats"],
            ),
            (
                "The city will double the number of public libraries by 2033.",
                &["2033 | 2 | 2 | times | public libraries"],
            ),
            (
                "Over the ten years from 2031 to 2035 we will commit £2.5 billion to bridges and ferries.",
                &["2035 | 2500000000 | 2500000000 | pounds | bridges and ferries"],
            ),
            ("The council plans to set up 40 lake schools by 2033.", &["2033 | 40 | 40 | - | lake schools"]),
            ("By 2033 we aim to have 75% of ferries insured.", &["2033 | 75 | 75 | % | ferries"]),
            ("The city is targeting 13 lakeside docks by 2033.", &["2033 | 13 | 13 | - | lakeside docks"]),
        ],
    );
    check_none(
        false,
        &[
            "Boat yards with annual research of not less than 5% and at least 50 divers may apply.",
            "Under the Lakes and Rivers Act 2021, holders of more than 25% of the shares must notify the council.",
            "Having invested over £2 billion in lakes since 2024, the council aims at good water.",
            "By 2032 four lake centres had been set up in the region.",
        ],
    );
}
