//! What Chinese sentences promise: which numbers, and of what.

use std::sync::LazyLock;

use corpus::facts::Comparator;
use corpus::text::is_han;
use regex::Regex;

use super::{Place, Quantity, YearKnown, is_limit};
use crate::pattern::pattern;

/// Verbs that promise a number: 建成3个.
const ACHIEVING: &str = concat!(
    "建成|新建|建设|共建|打造|培育|制定|修订|研制|形成|发布|新增|推广|遴选|选育|选取|选择|开发|布局|完成|开放|实施|参与|达到|实现|推出|选树|认定|创建|组建|设立",
    "|培养|引进|引育|举办|承办|支持|推动|开展|承担|安排|拨付|编制|部署|构建|建立|落地|提升|提高|增长|降低|压缩|缩短|增加|转化|培训|孵化|突破|攻克|突出|服务|覆盖|改造",
    "|完善|筛选|集聚|聚集|汇聚|吸引|扶持|投入|投放|投资|带动|牵头|主导|提出|提供|征集|评选|命名|修建|开通|开设|接入|上线|发展|扩大|拓展|更新|新设|招引|培植|保护|修复|种植|实行|组织|命中|出台"
);

static ACHIEVES: LazyLock<Regex> = LazyLock::new(|| pattern(ACHIEVING));

/// Whether a number is a commitment.
pub(super) fn is_promised(place: &Place) -> bool {
    let number = place.number;
    let clause = clause(place.before);
    let noun = place.after.trim_start();
    if is_base(clause, noun)
        || is_sanction(place, clause)
        || is_description(clause, noun, place)
        || (!place.normative && is_other_matter(place, clause, noun))
    {
        return false;
    }
    if place.in_row {
        return true;
    }
    if place.normative && number.compared {
        return number.unit.is_some() || han_count(clause) >= 2;
    }
    let governed = number.verb || ACHIEVES.is_match(clause) || is_served(place, clause, noun);
    // "About 100" is said of what there is as often as of what is to be.
    let compared = number.compared && (number.verb || number.comparator != Comparator::About);
    if compared {
        // A ceiling on what is counted is a limit, unless something is to be done up to it.
        let limit = is_limit(number.comparator) && place.is_counted() && !governed && !clause.contains("控制");
        let about = number.unit.is_some() || han_count(clause) >= 2;
        let bidden = place.policy || ACHIEVES.find(clause.trim_start()).is_some_and(|verb| verb.start() == 0);
        let dated = place.year > YearKnown::Not || governed && bidden || is_ahead(place.left);
        return about && dated && !limit && (!place.is_time() || is_measured_time(clause));
    }
    let dated = place.year > YearKnown::Not;
    // Numerals in words are turns of speech more often than numbers.
    let sure = place.year == YearKnown::Named || !number.in_words;
    dated && sure && governed && !place.is_time() && number.unit.is_some()
}

/// 为30座桥梁编制名录: the verb stands behind the number.
fn is_served(place: &Place, clause: &str, noun: &str) -> bool {
    let end = noun.find(['，', '；', '。']).unwrap_or(noun.len());
    (clause.trim_end().ends_with(['为', '对', '在']) || place.own.starts_with('为'))
        && noun.get(..end).is_some_and(|noun| ACHIEVES.is_match(noun))
}

/// 产值超百亿元企业3家: the sum tells how large those are that are counted.
pub(super) fn is_size(number: &Quantity, text: &str) -> bool {
    static COUNTED: LazyLock<Regex> =
        LazyLock::new(|| pattern("^(?:以上|级|规模)?的?[^0-9，。；、：（]{0,8}(?:企业|集群|园区|公司|平台|产业)[0-9]"));
    number.unit.as_deref() == Some("元") && text.get(number.span.end..).is_some_and(|after| COUNTED.is_match(after))
}

/// 图书馆5个、书店30个: a further item of a row, of which the first is promised.
pub(super) fn is_item(place: &Place) -> bool {
    const JOINS: &[&str] = &["、", "以及", "和", "及", "与"];
    let between = place.before.trim();
    place.is_counted()
        && !between.contains(['，', '；', '。', '：', '（'])
        && (1..=20).contains(&han_count(between))
        && JOINS.iter().any(|join| between.starts_with(join) || between.ends_with(join))
}

/// 力争今年新建: the year is that of the document.
pub(super) fn is_this_year(left: &str) -> bool {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "(?:今年(?:年底|底|内)?|(?:^|[，；。、将])年内|本年度)(?P<not>以来|前|上半年|一季度|[0-9一二三四五六七八九十]+月)?[^，。；]{0,24}$",
        )
    });
    static AHEAD: LazyLock<Regex> = LazyLock::new(|| pattern("力争|将|计划|拟|确保|争取|预计|下一步"));
    AHEAD.is_match(left) && YEAR.captures(left).is_some_and(|captures| captures.name("not").is_none())
}

/// 由38%提高到60%: where it comes from is no commitment.
fn is_base(clause: &str, noun: &str) -> bool {
    static FROM: LazyLock<Regex> =
        LazyLock::new(|| pattern("[由从](?:20[0-9]{2}年?(?:底|末)?|目前|现有|当前|现在)?的?$"));
    static TO: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "^[^，。；]{0,6}?(?:提[高升]|增加|增长|增至|扩大|上升|升至|降低|下降|降至|减少|减至|缩短|压[缩减]|拓展|到|至)",
        )
    });
    FROM.is_match(clause.trim_end()) && TO.is_match(noun)
}

/// 处1万元以上5万元以下罚款, 可以延长10日: what the law sets, not what somebody will do.
fn is_sanction(place: &Place, clause: &str) -> bool {
    let money = place.number.unit.as_deref() == Some("元");
    let behind = place.after.split(['，', '；', '。']).next().unwrap_or_default();
    let fine = money && (behind.contains("罚款") || clause.contains("罚款") || clause.contains("违法所得"));
    let longer = place.own.starts_with("延长") && clause.ends_with(['可', '以']);
    fine || longer || clause.contains("身高")
}

/// The clause that a number stands in, as far as it goes before it.
fn clause(before: &str) -> &str {
    before.rsplit(['，', '；', '。', '：']).next().unwrap_or_default()
}

fn han_count(text: &str) -> usize {
    text.chars().filter(|char| is_han(*char)).count()
}

fn is_ahead(left: &str) -> bool {
    static AHEAD: LazyLock<Regex> = LazyLock::new(|| pattern("力争|确保|将|目标|争取|预计|计划|建议|要"));
    AHEAD.is_match(left)
}

/// 六个方面, 高于1.5的，, 每10万人: numbers that describe, wherever they stand.
fn is_description(clause: &str, noun: &str, place: &Place) -> bool {
    const DESCRIBING: &[&str] = &[
        "方面", "部分", "环节", "维度", "层面", "大类", "阶段", "附件", "部门", "术语", "月内", "章节", "领域", "原则",
        "方向", "层次", "步骤", "要素", "特征", "文件",
    ];
    let condition = noun.starts_with("的，") || noun.starts_with("的,") || noun.starts_with("的；");
    let limit = clause.contains("原则上")
        || clause.trim_start().starts_with("每个")
        || clause.ends_with('每')
        || ["每投入", "每投资", "每新增", "每增加", "每减少", "每生产"].iter().any(|per| clause.ends_with(per))
        || clause.contains("按每")
        || clause.contains("按照每")
        || !place.number.compared && clause.ends_with(['前', '近']);
    let typed = noun.starts_with(['字', '页', '份']) || place.number.unit.as_deref() == Some("份");
    condition || limit || typed || DESCRIBING.iter().any(|word| noun.starts_with(word))
}

/// History, rewards, applicants, procedure, definitions: numbers that are no commitment of a plan.
fn is_other_matter(place: &Place, clause: &str, noun: &str) -> bool {
    static HISTORY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "(?:^|[，；。])(?:目前|当前|现在)|[^而]已(?:有|经|建|发|制|形|达|完|累|超|实|开|培|认|在|成|部|突|牵|主|设|从|增)|^已|截至|截止|[以年月]来|过去|上年|去年|近年|先后|迄今|此前|走访",
        )
    });
    static PRESENT: LazyLock<Regex> = LazyLock::new(|| {
        pattern("(?:^|[^较比在与])(?:目前|现有|当前)|共有|同比|可以|可(?:增|带动|拉动|节约|节省|减少|创造)")
    });
    static REWARD: LazyLock<Regex> =
        LazyLock::new(|| pattern("奖励|补助|补贴|资助|奖补|奖金|贴息|给予|扶持|罚款|处以|报销|支持额度"));
    static APPLICANT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "申报|推荐|报送|限报|申请|每(?:个|家|所|省|位|名)?(?:单位|省|市|县|企业|项目|地区|高校|机构|人|申请)|公示|受理|评审|答辩|名额|联合体",
        )
    });
    static DEFINES: LazyLock<Regex> =
        LazyLock::new(|| pattern("(?:是|系|均|业|模)指(?:的是)?|所称|划分为|分为|视为|指年"));
    // What was said before the year that leads in is over.
    let named = place.year == YearKnown::Named;
    let since = place.left.rfind('年').filter(|_| named).and_then(|at| place.left.get(at..)).unwrap_or(place.left);
    let history = (HISTORY.is_match(since) || PRESENT.is_match(clause)) && !clause.contains("基础上");
    let near: String = noun.chars().take(24).take_while(|char| !matches!(char, '；' | '。')).collect();
    let money = matches!(place.number.unit.as_deref(), Some("元" | "%" | "美元" | "倍"));
    let last = tail_clauses(place.left);
    let reward = money && (REWARD.is_match(last) || REWARD.is_match(&near));
    let applicant = is_limit(place.number.comparator) && APPLICANT.is_match(clause) && !clause.contains("遴选");
    static APPLIES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "(?:申报|申请|参评|参选|被推荐|参赛)(?:的)?(?:企业|单位|主体|项目|机构|人|园区|平台|产品|对象|城市)[^，。；]{0,4}(?:应|须|需|必须|要|一般|具有|具备|注册|成立|近|上年)",
        )
    });
    let applicant = applicant || APPLIES.is_match(place.left.rsplit(['；', '。']).next().unwrap_or_default());
    let defined = DEFINES.is_match(place.left);
    history || reward || applicant || defined || is_attribute(place, clause, noun)
}

/// The last two clauses before a number, in which what it is for is said.
fn tail_clauses(left: &str) -> &str {
    let sentence = left.rsplit(['；', '。']).next().unwrap_or_default();
    let mut commas = sentence.rmatch_indices('，').map(|(at, _)| at);
    commas.nth(2).and_then(|at| sentence.get(at..)).unwrap_or(sentence)
}

/// 投资500万元以上的项目: the number tells which ones are meant, not how many.
fn is_attribute(place: &Place, clause: &str, noun: &str) -> bool {
    let governed = ACHIEVES
        .find_iter(clause)
        .last()
        .is_some_and(|verb| han_count(clause.get(verb.end()..).unwrap_or_default()) <= 1);
    noun.starts_with('的') && !(place.is_counted() && governed)
}

/// 研制周期缩短至18个月: the time that something takes is what is promised.
fn is_measured_time(clause: &str) -> bool {
    static TIME: LazyLock<Regex> =
        LazyLock::new(|| pattern("周期|时长|用时|耗时|平均.{0,12}时间|时间.{0,6}(?:缩短|压缩|控制|降)|寿命"));
    TIME.is_match(clause)
}

/// What is counted: the noun behind the unit, or else the object or the subject before the number.
pub(super) fn what(place: &Place) -> String {
    let measured = place
        .number
        .unit
        .as_deref()
        .is_none_or(|unit| unit == "%" || unit.ends_with("FLOPS") || unit.contains("百分点"))
        || place.is_time()
        || place.number.comparator == Comparator::Times;
    let behind = if measured { String::new() } else { noun_behind(place.after) };
    if let Some(own) = of_row(place) {
        return own;
    }
    // A time limit is of what is to be done within it.
    if place.is_time() && is_limit(place.number.comparator) && place.normative {
        let done = place.after.split(['，', '；', '。']).next().unwrap_or_default().trim();
        if han_count(done) >= 2 {
            return done.chars().take(30).collect();
        }
    }
    if behind.is_empty() || place.number.unit.as_deref() == Some("元") && !behind.contains("资金") {
        let subject = noun_before(place.before);
        let subject = if subject.is_empty() { noun_before(place.left) } else { subject };
        return if subject.is_empty() { noun_behind(place.after) } else { subject };
    }
    behind
}

/// A、B、C分别达到1、2、3: each number has its own name.
fn of_row(place: &Place) -> Option<String> {
    let at = place.left.rfind("分别")?;
    let row = place.left.get(at..)?;
    if row.contains(['，', '；', '。']) {
        return None;
    }
    let numbers = crate::facts::quantities::quantities(row, true).len();
    let names: Vec<&str> = clause(place.left.get(..at)?).split(['、', '和', '与', '及']).collect();
    let name = names.get(numbers)?;
    let name = subject(name);
    (names.len() > 1 && han_count(&name) >= 2).then_some(name)
}

/// The noun phrase that a text begins with.
pub(super) fn noun_behind(after: &str) -> String {
    const ENDS: &[&str] = &[
        "开展", "参与", "通过", "达到", "实现", "完成", "以及", "，", "。", "；", "、", "（", "：", "作为", "给予",
        "用于", "(", ",", "支撑", "带动", "并", "促进", "推动", "纳入", "覆盖", "进入", "同比",
    ];
    let after = after.trim_start().trim_start_matches('的');
    let end = ENDS.iter().filter_map(|word| after.find(word)).min().unwrap_or(after.len());
    let noun = after.get(..end).unwrap_or_default();
    let noun: String = noun.chars().take(30).take_while(|char| !char.is_ascii_digit()).collect();
    let noun = noun.trim();
    let begins =
        noun.chars().next().is_some_and(|char| is_han(char) || matches!(char, '“' | '《') || char.is_ascii_uppercase());
    let verbal = ["以上", "左右", "和", "及", "为", "至", "到", "内", "后", "起", "时"]
        .iter()
        .any(|word| noun.starts_with(word));
    if begins && !verbal && han_count(noun) >= 1 { noun.to_owned() } else { String::new() }
}

/// The nearest clause before a number that names something.
fn noun_before(before: &str) -> String {
    let parts = before.rsplit(['，', '；', '。', '：']).filter(|part| part.chars().any(is_han));
    parts
        .map(subject)
        .find(|subject| han_count(subject) >= 2 || subject.len() >= 3 && subject.is_ascii())
        .unwrap_or_default()
}

/// A clause without the year that leads in, its verbs, and what joins it to the number.
fn subject(part: &str) -> String {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"^(?:[\s，；、,]|力争|[到至]?(?:20[0-9]{2}年?[-—–至])?20[0-9]{2}年(?:[0-9]{1,2}月)?(?:年?底|末|前|之前)?|今年(?:年底|底|内)?|年内|本年度|届时|[累合]计|总计|每年|每半年|每季度|每月|年均|逐年|全年|[一二两三四五]年内?|前|分别|给予|按规定",
            r"|编制|每个|对|使|将|共|并|还|其中|至少|争取|确保|计划|预计|达到|到|新制定|新增|制修订|制定|修订|研制|发布|新建|建成|建设|建立|培育|打造|形成|完成|开发|遴选|推广|推出|参与|主导|牵头|选树|认定|创建|组建|设立",
            r"|培养|培训|引进|举办|承办|布局|推动|推进|实现|组织|开展|实施|支持|安排|统筹|承担|投入|带动|促进|修复|修建|种植|改造|保护|更新|拓展|提出|提供|提升|提高|降低|扩大|增加|落实|加大|加快|保持|[“”]?十[一二三四五六七]五[“”]?(?:规划)?(?:期间|时期|期末|末)|或|和|或者)"
        ))
    });
    static VERB: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "(?:(?:较|比|与|由|从)(?:(?:目前|现有|当前|现在)的?[0-9].{0,12}|20[0-9]{2}年?(?:底|末)?|上年|目前|现有|[0-9].{0,16}|.{0,6}水平)(?:相比)?|为|达|至|到|了|均|应|超|共|需|不|得|再|将|分别|累计|总计|共计|年均|平均|每年|稳步|持续|力争|至少|约|建成|新建|建设|完成|形成|培育|新增|开放|达到|提高|提升|增长|增加|降低|下降|压缩|缩短|控制|保持|稳定|（|）|，| |、)$",
        )
    });
    let mut subject = part.trim();
    for _ in 0..12 {
        let Some(found) = LEAD.find(subject).filter(|found| !found.is_empty()) else { break };
        let rest = subject.get(found.end()..).unwrap_or_default();
        let year = found.as_str().contains(|char: char| char.is_ascii_digit());
        if han_count(rest) == 0 && !year || keeps_verb(rest) && !year && found.len() >= 6 {
            break;
        }
        subject = rest;
    }
    for _ in 0..12 {
        let Some(found) = VERB.find(subject).filter(|found| !found.is_empty()) else { break };
        subject = subject.get(..found.start()).unwrap_or_default();
    }
    let subject = balanced(after_verb(subject));
    // 五年累计投入2亿元 names only what is done.
    static VERBS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "^(?:投入|投资|安排|实现|完成|新增|建成|新建|达到|带动|开展|组织|提供|总计|累计|力争|发布|制定|形成|培育)+$",
        )
    });
    let verb = VERBS.is_match(subject);
    if verb { String::new() } else { subject.to_owned() }
}

/// 开展贯标的企业: the verb belongs to what is counted.
fn keeps_verb(rest: &str) -> bool {
    rest.char_indices().filter(|(_, char)| is_han(*char)).take(6).any(|(at, char)| char == '的' && at > 0)
}

/// 推动长三角地区共同制定区域标准: what stands behind the last verb of making, where a long clause comes before it.
fn after_verb(subject: &str) -> &str {
    static MAKES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "共同制定|主导制定|牵头制定|参与制定|制定|发布|建成|新建|打造|培育|形成|编制|研制|组织|安排|培养|引进|举办|遴选",
        )
    });
    if han_count(subject) < 12 {
        return subject;
    }
    let behind = MAKES.find_iter(subject).last().and_then(|verb| subject.get(verb.end()..));
    behind.filter(|behind| han_count(behind) >= 2 && !behind.starts_with(['的', '和', '、'])).unwrap_or(subject)
}

/// Without a bracket that was cut off.
fn balanced(text: &str) -> &str {
    let text = text.trim();
    match (text.rfind('（'), text.contains('）')) {
        (Some(at), false) => text.get(..at).unwrap_or_default().trim(),
        _ => text,
    }
}
