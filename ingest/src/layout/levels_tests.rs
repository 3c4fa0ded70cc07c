use corpus::document::Rect;

use super::*;

fn heading(text: &str, size: f32) -> Draft {
    let mut draft = Draft::new(BlockKind::Heading, text, 1, Rect::default());
    draft.level = 1;
    draft.face = (size > 0.0).then_some(Face { size, bold: false, strong: false });
    draft
}

/// Headings in type of one size, each with the level that it is to have.
#[track_caller]
fn check(wanted: &[(u8, &str)]) {
    check_sized(&wanted.iter().map(|(level, text)| (*level, *text, 0.0)).collect::<Vec<_>>());
}

#[track_caller]
fn check_sized(wanted: &[(u8, &str, f32)]) {
    let mut drafts: Vec<Draft> = wanted.iter().map(|(_, text, size)| heading(text, *size)).collect();
    settle_levels(&mut drafts);
    let found: Vec<(u8, &str)> = drafts.iter().map(|draft| (draft.level, draft.text.as_str())).collect();
    let wanted: Vec<(u8, &str)> = wanted.iter().map(|(level, text, _)| (*level, *text)).collect();
    assert_eq!(found, wanted);
}

#[test]
fn chinese_policies_nest_their_marks() {
    check(&[
        (1, "一、总体要求"),
        (2, "（一）指导思想"),
        (2, "（二）主要目标"),
        (1, "二、重点任务"),
        (2, "（三）完善监测网络"),
        (3, "1. 布设站点"),
        (4, "（1）深水站点"),
        (3, "2. 统一方法"),
        (1, "三、保障措施"),
    ]);
    check(&[(1, "1. 范围"), (1, "2. 任务"), (2, "（1）采样"), (1, "3. 附则")]);
}

#[test]
fn articles_stand_below_chapters_and_sections_or_alone() {
    check(&[
        (1, "第一章 总则"),
        (2, "第一条 目的"),
        (2, "第二条 范围"),
        (1, "第二章 采样"),
        (2, "第一节 一般规定"),
        (3, "第三条 站点"),
        (2, "第二节 特别规定"),
        (3, "第四条 冰下采样"),
        (1, "第三章 附则"),
        (2, "第五条 施行"),
    ]);
    check(&[(1, "第一条 目的"), (1, "第二条 范围")]);
    check(&[(1, "第一编 通则"), (2, "第一章 总则"), (3, "第一节 湖泊"), (1, "第二编 分则"), (2, "第二章 采样")]);
}

#[test]
fn what_begins_anew_in_an_annex_stands_below_it() {
    check(&[
        (1, "一、试点目标"),
        (1, "二、试点内容"),
        (1, "附件1 申报书"),
        (2, "一、基本情况"),
        (3, "（一）单位简介"),
        (2, "二、工作基础"),
        (1, "附件2 名单"),
        (2, "一、东部"),
    ]);
    check(&[(1, "Annex 1 Forms"), (2, "I. Particulars"), (2, "II. Experience"), (1, "Annex 2 Lists"), (2, "I. East")]);
    check(&[(1, "一、甲"), (1, "二、乙"), (1, "附件1 表"), (1, "三、丙")]);
}

#[test]
fn standards_count_by_decimals() {
    check(&[
        (1, "前言"),
        (1, "引言"),
        (1, "1 范围"),
        (1, "4 要求"),
        (2, "4.1 通则"),
        (3, "4.1.1 站点"),
        (4, "4.1.1.1 深水站点"),
        (2, "4.2 方法"),
        (1, "附录A（资料性）示例"),
        (2, "A.1 概述"),
        (3, "A.1.1 数据"),
        (1, "参考文献"),
    ]);
    check(&[
        (1, "Abstract"),
        (1, "1. Introduction"),
        (2, "1.1. Lakes"),
        (1, "2. Methods"),
        (2, "2.1. Sampling"),
        (3, "2.1.1. Buoys"),
        (1, "Appendix A. Data"),
        (2, "A.1. Lakes"),
        (1, "References"),
    ]);
}

#[test]
fn english_marks_nest_in_the_order_in_which_they_come() {
    check(&[
        (1, "I. General requirements"),
        (2, "A. Guiding thought"),
        (3, "1. Lakes"),
        (2, "B. Targets"),
        (1, "II. Tasks"),
        (2, "A. Sampling"),
    ]);
    check(&[(1, "I. Aims"), (2, "(1) Thought"), (2, "(2) Targets"), (1, "II. Tasks"), (2, "(3) Networks")]);
    check(&[
        (1, "Title I Lakes"),
        (2, "Chapter 1 Aims"),
        (3, "Sec. 101. Scope"),
        (1, "Title II Rivers"),
        (2, "Chapter 3 Aims"),
    ]);
}

#[test]
fn type_places_headings_without_numbers() {
    check_sized(&[
        (1, "Executive summary", 16.0),
        (2, "Key findings", 13.0),
        (2, "About this report", 13.0),
        (1, "Why lakes matter", 16.0),
        (2, "Rain", 13.0),
    ]);
    check_sized(&[
        (1, "Abstract", 12.0),
        (1, "1 Introduction", 12.0),
        (2, "1.1 Lakes", 11.0),
        (3, "Which lakes", 10.0),
        (2, "1.2 Rivers", 11.0),
        (1, "2 Methods", 12.0),
    ]);
    // A stray line in large type does not bring the numbers out of step.
    check_sized(&[(1, "1 Aims", 12.0), (1, "A box in large type", 20.0), (1, "2 Scope", 12.0), (2, "2.1 Lakes", 12.0)]);
    // A plan that is printed behind the letter which it goes with.
    check_sized(&[
        (1, "一、印发", 14.0),
        (1, "湖泊监测三年行动计划", 22.0),
        (2, "一、总体要求", 14.0),
        (2, "二、任务", 14.0),
    ]);
}

#[test]
fn levels_that_the_input_gives_are_kept() {
    let mut drafts = [heading("Aims", 0.0), heading("（一）采样", 0.0), heading("Tasks", 0.0), heading("Lakes", 0.0)];
    for (at, level) in [(0, 1), (2, 1), (3, 2)] {
        (drafts[at].given, drafts[at].level) = (true, level);
    }
    settle_levels(&mut drafts);
    assert_eq!(drafts.map(|draft| draft.level), [1, 2, 1, 2]);
}
