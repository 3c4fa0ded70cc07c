use corpus::document::{Block, BlockKind, BlockLine, DocumentHash, Language, ReadDocument, Rect, Sentence, TextState};
use corpus::facts::Facts;

use super::*;

/// A fleet's taxonomy: a framework of two levels, and one that needs company of two kinds.
const FLEET: &str = "
[fleet]
zh = 船队
en = Fleet

[fleet/smart-ships]
zh = 智能船舶
en = Smart ships
strong = 智能船舶; smart ship; unmanned vessel *0.9
weak = 船舶; vessel
with = 智能; intelligent; AI
not = 船舶工业总公司; vessel element

[fleet/ports]
zh = 港口
en = Ports
strong = 智慧港口; smart port
weak = 泊位; 装卸; berth; cargo handling

[sea-metrology]
zh = 海洋计量
en = Sea metrology
weak = 水深; depth
with = 计量; metrology
with = 海洋; sea
";

/// A document of blocks, a sentence each: `= ` begins the title, `# ` a heading, `^ ` a footnote.
fn document(lines: &[&str]) -> ReadDocument {
    let (mut blocks, mut sentences, mut facts) = (Vec::new(), Vec::new(), Facts::default());
    for (block, line) in lines.iter().enumerate() {
        let (kind, level, text) = match line.split_at_checked(2) {
            Some(("= ", title)) => {
                facts.title = Some(title.to_owned());
                (BlockKind::Heading, 0, title)
            }
            Some(("# ", heading)) => (BlockKind::Heading, 1, heading),
            Some(("^ ", note)) => (BlockKind::Footnote, 0, note),
            _ => (BlockKind::Paragraph, 0, *line),
        };
        let (page, bbox, language) = (1 + u32::try_from(block).unwrap_or(0), Rect::default(), Language::Other);
        let lines = vec![BlockLine::new(0, page, bbox)];
        let text = text.to_owned();
        sentences.push(Sentence { block, start: 0, end: text.len(), page, language, text: text.clone() });
        blocks.push(Block { kind, level, page, bbox, language, text, lines });
    }
    ReadDocument {
        hash: DocumentHash(String::new()),
        name: "fleet.pdf".to_owned(),
        source: String::new(),
        language: Language::Other,
        state: TextState::Text,
        page_count: 1,
        readings: Vec::new(),
        blocks,
        sentences,
        facts,
        warnings: Vec::new(),
    }
}

#[track_caller]
fn taxonomy(file: &str) -> Taxonomy {
    read_taxonomy(file).unwrap_or_else(|problems| unreachable!("{problems:?}"))
}

/// The topics of one passage, without those above them.
#[track_caller]
fn check_passage(text: &str, expected: &[&str]) {
    let taxonomy = taxonomy(FLEET);
    let classed = Classifier::new(&taxonomy).classify(&document(&[text]));
    let topics: Vec<&str> = classed.blocks.iter().map(|block| block.topic.as_str()).collect();
    assert_eq!(topics, expected, "{text}");
}

#[track_caller]
fn check_document(lines: &[&str], expected: &[&str]) {
    let taxonomy = taxonomy(FLEET);
    let classes = classes(&document(lines), &taxonomy);
    assert_eq!(classes.iter().map(|class| class.topic.as_str()).collect::<Vec<_>>(), expected, "{lines:?}");
}

/// What the topics that the program comes with make of a passage; parents aside.
#[track_caller]
fn check_built_in(text: &str, expected: &[&str]) {
    let classed = Classifier::new(built_in()).classify(&document(&[text]));
    let mut topics: Vec<&str> = classed
        .blocks
        .iter()
        .map(|block| block.topic.rsplit_once('/').map_or(&*block.topic, |(_, last)| last))
        .collect();
    topics.sort_unstable();
    topics.dedup();
    assert_eq!(topics, expected, "{text}");
}

#[track_caller]
fn check_problems(file: &str, expected: &[&str]) {
    let problems = read_taxonomy(file).err().unwrap_or_default();
    assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{file}");
}

#[test]
fn the_built_in_taxonomy_has_no_problem_and_all_three_frameworks() {
    assert_eq!(read_taxonomy(BUILT_IN).err(), None);
    let children = |id: &str| built_in().topics.iter().filter(|topic| topic.parent.as_deref() == Some(id)).count();
    assert_eq!(children("ai-standards"), 7);
    let second = built_in().topics.iter().filter(|topic| topic.id.matches('/').count() == 2);
    assert_eq!(second.filter(|topic| topic.id.starts_with("ai-standards/")).count(), 5 + 8 + 12 + 5 + 6 + 11 + 2);
    assert_eq!(children("ai-metrology"), 6);
    assert_eq!(children("ai-manufacturing"), 7 + 1);
}

#[test]
fn a_strong_term_proves_a_topic_alone_and_a_weak_one_in_company() {
    check_passage("建造智能船舶。", &["fleet/smart-ships"]);
    check_passage("Build Smart-Ships now.", &["fleet/smart-ships"]);
    check_passage("智慧港口、智能船舶", &["fleet/smart-ships", "fleet/ports"]);
    check_passage("建造船舶。", &[]);
    check_passage("智能的船舶。", &["fleet/smart-ships"]);
    check_passage("Intelligent vessels are built.", &["fleet/smart-ships"]);
    check_passage("泊位不足。", &[]);
    check_passage("泊位和装卸设备不足。", &["fleet/ports"]);
    check_passage("Berths and cargo handling.", &["fleet/ports"]);
    check_passage("", &[]);
}

#[test]
fn words_are_met_whole_and_phrases_not_across_a_pause() {
    check_passage("smartship", &[]);
    check_passage("smart shipping", &[]);
    check_passage("A harbour that is smart. Ports are many.", &[]);
    check_passage("大智慧港口岸", &["fleet/ports"]);
    check_passage("智慧、港口", &[]);
}

#[test]
fn longer_terms_hide_what_they_exclude() {
    check_passage("智能化改造由船舶工业总公司承担。", &[]);
    check_passage("AI finds the vessel elements.", &[]);
    check_passage("AI steers the vessel and its vessel elements.", &["fleet/smart-ships"]);
}

#[test]
fn company_may_stand_in_a_heading_or_the_title_and_every_kind_of_it_is_needed() {
    check_passage("The depth of the sea.", &[]);
    check_passage("Metrology of the depth of the sea.", &["sea-metrology"]);
    let taxonomy = taxonomy(FLEET);
    let passages = |lines: &[&str]| Classifier::new(&taxonomy).classify(&document(lines)).blocks.len();
    assert_eq!(passages(&["= Sea metrology", "The depth is measured."]), 1);
    assert_eq!(passages(&["# Metrology", "The depth of the sea is measured.", "# Trade", "The depth of the sea."]), 1);
}

#[test]
fn the_title_and_headings_say_more_than_a_footnote_and_the_topics_above_are_given() {
    check_document(&["= On smart ports", "Nothing."], &["fleet", "fleet/ports"]);
    check_document(&["# 智慧港口", "无。"], &["fleet", "fleet/ports"]);
    check_document(&["Nothing.", "^ See smart ports."], &[]);
    check_document(&["智能船舶。", "智慧港口。"], &["fleet", "fleet/smart-ships", "fleet/ports"]);
}

#[test]
fn a_long_document_is_not_about_what_it_says_once() {
    let mut lines = vec!["Grain is sold by weight."; 200];
    lines.push("A smart port is mentioned.");
    check_document(&lines, &[]);
    lines.splice(0..8, ["The smart port grows."; 8]);
    check_document(&lines, &["fleet", "fleet/ports"]);
}

#[test]
fn evidence_names_the_term_as_written_its_sentence_its_page_and_how_often() {
    let taxonomy = taxonomy(FLEET);
    let classes = classes(&document(&["前言。", "發展智能船舶，推廣智能船舶。", "建智慧港口。"]), &taxonomy);
    let ships = classes.iter().find(|class| class.topic == "fleet/smart-ships").expect("the class");
    let evidence = ships.evidence.first().expect("a term");
    assert_eq!((evidence.term.as_str(), evidence.count, evidence.block, evidence.page), ("智能船舶", 2, 1, 2));
    assert_eq!(evidence.sentence, "發展智能船舶，推廣智能船舶。");
    let fleet = classes.iter().find(|class| class.topic == "fleet").expect("the class above");
    assert!(fleet.evidence.is_empty() && fleet.score >= ships.score);
}

#[test]
fn the_built_in_topics_are_found_in_both_languages() {
    for (text, expected) in [
        ("支持企业研发大语言模型。", &["large-models"][..]),
        ("Grants go to those who train LLMs.", &["large-models"]),
        ("推动人形机器人量产。", &["robots"]),
        ("Trials of humanoid robots begin.", &["robots"]),
        ("建设区块链平台。", &["blockchain"]),
        ("A blockchain pilot was approved.", &["blockchain"]),
        ("开展脑机接口临床研究。", &["brain-computer-interfaces"]),
        ("Brain–computer interfaces are tested.", &["brain-computer-interfaces"]),
        ("发展知识图谱与语音识别。", &["knowledge-graph", "speech"]),
        ("Work on knowledge graphs and speech recognition.", &["knowledge-graph", "speech"]),
        ("人工智能系统应当进行伦理审查。", &["governance"]),
        ("An ethics review of AI systems is required.", &["governance"]),
        ("建立人工智能计量体系。", &["ai-metrology"]),
        ("An AI metrology institute is founded.", &["ai-metrology"]),
    ] {
        check_built_in(text, expected);
    }
}

#[test]
fn what_is_of_another_field_gets_no_class() {
    for text in [
        "计量器具应当定期检定。",
        "Contractors shall submit the certificate of calibration with each delivery.",
        "The department procures aircraft parts under fixed-price contracts.",
        "数字人民币试点范围扩大。",
        "市市场监督管理局负责食品安全抽检。",
        "Freedom of speech is guaranteed.",
        "本标准规定了钢筋的尺寸和术语。",
        "保险公司应当披露偿付能力。",
        "Students shall pay tuition in advance.",
    ] {
        check_built_in(text, &[]);
    }
}

#[test]
fn a_taxonomy_file_is_told_what_is_wrong_by_line() {
    check_problems(
        "[a]\nzh = 甲\nen = A\n[a/b/c]\nzh = 丙\nen = C\n",
        &["line 4: the topic a/b/c is under a/b, which is not there"],
    );
    check_problems(
        "[a]\nzh=甲\nen=A\n[a]\nzh=甲\nen=A\n",
        &["line 4: the topic a is there already; give each its own identifier"],
    );
    check_problems(
        "[a]\nzh=甲\nen=A\nparent=b\n[b]\nzh=乙\nen=B\nparent=a\n",
        &[
            "line 1: the topic a is under itself; take one of its parent lines out",
            "line 5: the topic b is under itself; take one of its parent lines out",
        ],
    );
    check_problems("[a]\nzh =\nen = A\n", &["line 2: the zh name is empty; give the topic one"]);
    check_problems("[a]\nzh = 甲\n", &["line 1: the topic a has no en name"]);
    check_problems(
        "[A b]\nzh=甲\nen=A\n",
        &["line 1: 'A b' is no identifier; use a-z, 0-9 and - with / between levels"],
    );
    check_problems("strong = x1\n", &["line 1: strong stands before the first topic; begin with [identifier]"]);
    check_problems(
        "[a]\nzh=甲\nen=A\nstrong = ports *2; p\nstrong =\ncolour = red\nports\n",
        &[
            "line 4: the weight of 'ports *2' is no number above 0 and at most 1; write it as: term *0.6",
            "line 4: the term 'p' is too short to say anything; give two letters or more",
            "line 5: there is no term; give terms with semicolons between them, or leave the line out",
            "line 6: colour is not known; use zh, en, source, parent, strong, weak, with or not",
            "line 7: not a comment (#), a topic ([identifier]) or a line of the form: name = value",
        ],
    );
}

#[test]
fn parents_stand_before_their_children_whatever_the_order_of_the_file() {
    let file = "[a/b]\nzh=乙\nen=B\n[a]\nzh=甲\nen=A\n[z]\nzh=丙\nen=Z\nparent = a/b\n";
    let topics = taxonomy(file).topics;
    assert_eq!(topics.iter().map(|topic| topic.id.as_str()).collect::<Vec<_>>(), ["a", "a/b", "z"]);
}

#[test]
fn a_huge_or_hostile_file_and_passage_are_bounded() {
    let line_of = |file: &str| read_taxonomy(file).err().and_then(|problems| Some(problems.first()?.line));
    assert_eq!(line_of(&"x".repeat(5_000_000)), Some(1));
    let many: String = (0..6_000).map(|number| format!("[t{number}]\nzh=题\nen=T\n")).collect();
    assert!(line_of(&many).is_some());
    let terms = format!("[a]\nzh=甲\nen=A\nstrong={}\n", "ports;".repeat(120_000));
    assert_eq!(line_of(&terms), Some(4));
    let deep: String = (1..40).map(|depth| format!("[{}]\nzh=题\nen=T\n", vec!["t"; depth].join("/"))).collect();
    assert!(line_of(&deep).is_some());
    assert!(read_taxonomy(&"?\n".repeat(1_000)).err().is_some_and(|problems| problems.len() <= 100));
    let crowded = "智能船舶".repeat(50_000);
    check_passage(&crowded, &["fleet/smart-ships"]);
}

#[test]
fn an_empty_taxonomy_classes_nothing() {
    let nothing = taxonomy("# nothing\n");
    assert!(classes(&document(&["智能船舶"]), &nothing).is_empty());
}
