//! Definitions in running text: 本办法所称X，是指…; “X” means …; the items of an article of definitions.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind};
use corpus::facts::Definition;
use corpus::text::segment::sentences;
use regex::{Captures, Regex};

use super::designations::is_abbreviation;
use super::passages::{Passage, append};
use crate::layout::letters::is_chinese;
use crate::layout::numbering::mark;
use crate::pattern::pattern;
use crate::read::page_at;

/// A definition takes in at most so many items of a list that follows it.
const MOST_ITEMS: usize = 20;

/// Where a sentence stands.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// It begins its block.
    first: bool,
    /// It is an item of an article that defines terms.
    article: bool,
    /// It is an item of a list.
    item: bool,
}

/// The definitions in paragraphs and list items.
pub(super) fn running(blocks: &[&Block]) -> Vec<Definition> {
    let mut found = Vec::new();
    let mut article = false;
    for (at, block) in blocks.iter().enumerate() {
        if matches!(block.kind, BlockKind::TableRow | BlockKind::Caption) {
            continue;
        }
        let item = block.kind == BlockKind::ListItem || starts_with_item_mark(&block.text);
        article = introduces(&block.text) || article && item;
        let place = Place { first: true, article: article && item, item };
        if place.article
            && let Some(definition) = article_item(&block.text, block.page)
        {
            found.push(definition);
            continue;
        }
        for range in sentences(&block.text) {
            let place = Place { first: range.start == 0, ..place };
            let last = range.end >= block.text.trim_end().len();
            let Some(sentence) = block.text.get(range.clone()) else { continue };
            let mut defined = in_sentence(sentence, page_at(block, range.start), place);
            if let Some(definition) = defined.last_mut().filter(|_| last && sentence.trim_end().ends_with([':', '：']))
            {
                take_items(definition, blocks.get(at + 1..).unwrap_or_default());
            }
            found.append(&mut defined);
        }
    }
    found
}

fn starts_with_item_mark(text: &str) -> bool {
    use crate::layout::numbering::MarkKind as Kind;
    mark(text).is_some_and(|mark| {
        matches!(mark.kind, Kind::HanBracket | Kind::ArabicBracket | Kind::RomanBracket | Kind::Arabic | Kind::Letter)
    })
}

/// The list that a definition ends with is part of it.
fn take_items(definition: &mut Definition, behind: &[&Block]) {
    definition.definition.push('：');
    for block in behind.iter().take(MOST_ITEMS).take_while(|block| block.kind == BlockKind::ListItem) {
        append(&mut definition.definition, &Passage { kind: block.kind, text: block.text.clone() });
    }
}

/// Whether a block leads in a list of definitions: 本办法下列用语的含义：
fn introduces(text: &str) -> bool {
    static INTRODUCES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:下列|以下|有关|相关)?(?:用语|术语|名词|概念)的?(?:含义|定义|解释|界定|适用)|下列(?:用语|术语|名词)|(?i:the following (?:key )?(?:terms|definitions|expressions|words)|meanings? of (?:the )?(?:following )?terms|have the (?:following )?meanings?|terms (?:below|listed|used))",
        )
    });
    let text = text.trim_end();
    text.ends_with(['：', ':']) && text.len() <= 600 && INTRODUCES.is_match(text)
}

/// An item of an article of definitions: （一）X，是指…； (1) X: …
fn article_item(text: &str, page: u32) -> Option<Definition> {
    static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[“「《]?([^，。；：:“”「」《》（）()]{2,36})[”」》]?(?:[（(]([^（）()]{2,100})[)）])?(?:[，,]?\s*(?:是指|指的是|系指|特指|指)(?:的是)?|[：:])\s*((?s).{4,1500})$",
        )
    });
    static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"^(?:The term )?[“"‘]?((?:[A-Za-z0-9][\w/&’'+.-]*)(?: [\w/&’'+.-]+){0,8}?)[,]?[”"’]?(?: ?[（(]([^（）()]{2,100})[)）])?,?(?:\s*[:：—–]\s*| - | (?:means?|shall mean|refers? to|shall refer to|is defined as|denotes?) (?:that )?)((?s).{6,1500})$"#,
        )
    });
    let body = text.get(mark(text).map_or(0, |mark| mark.len)..)?.trim();
    let captures = if is_chinese(body) { CHINESE.captures(body) } else { ENGLISH.captures(body) }?;
    let definition = captures.get(3)?.as_str();
    of_parts(captures.get(1)?.as_str(), captures.get(2).map(|inside| inside.as_str()), definition, page)
}

/// A definition of a term in either language, and of what the bracket behind it says.
fn of_parts(term: &str, inside: Option<&str>, definition: &str, page: u32) -> Option<Definition> {
    // The last item but one of an article ends with the conjunction of its list.
    let definition = definition.trim();
    let definition = definition.strip_suffix("; and").or(definition.strip_suffix("; or")).unwrap_or(definition);
    let definition = definition.trim_end_matches(['。', '；', '.', ';', '：', ':']).trim().to_owned();
    let mut found = Definition { definition, page, ..Definition::default() };
    let term = term.trim().trim_end_matches(['，', ',']);
    let chinese = is_chinese(term);
    *(if chinese { &mut found.zh } else { &mut found.en }) = Some(without_article(term).to_owned());
    for piece in inside.into_iter().flat_map(|inside| inside.split([',', '，', ';', '；', '、'])) {
        let piece = piece.trim().trim_matches(['“', '”', '"']);
        let named = ["以下简称", "下称", "简称", "hereinafter"].iter().find_map(|word| piece.strip_prefix(word));
        if let Some(named) = named {
            let name = named.trim_start_matches([':', '：', ' ']).trim_start_matches("referred to as ");
            found.admitted.push(name.trim_matches(['“', '”', '"', '‘', '’', ' ']).to_owned());
        } else if is_abbreviation(piece) {
            found.abbreviation.get_or_insert_with(|| piece.to_owned());
        } else if is_chinese(piece) != chinese && (2..=80).contains(&piece.chars().count()) {
            let other = if chinese { &mut found.en } else { &mut found.zh };
            other.get_or_insert_with(|| piece.to_owned());
        }
    }
    Some(found)
}

fn without_article(term: &str) -> &str {
    let rest = ["a ", "an ", "the ", "A ", "An ", "The "].iter().find_map(|article| term.strip_prefix(article));
    rest.unwrap_or(term)
}

fn in_sentence(sentence: &str, page: u32, place: Place) -> Vec<Definition> {
    if is_chinese(sentence) { chinese(sentence, page, place) } else { english(sentence, page, place) }
}

/// 本办法所称X，是指…。
fn chinese(sentence: &str, page: u32, place: Place) -> Vec<Definition> {
    static DEFINES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:^|[，。；：:\s])(?P<so>(?:本[\x{4e00}-\x{9fff}]{1,10}?)?(?:中|里)?所称的?|所谓的?)?[“「《]?(?P<term>[\x{4e00}-\x{9fff}A-Za-z0-9+、·—/-]{2,32}?)[”」》]?(?:[（(](?P<inside>[^（）()]{2,100})[)）])?(?P<comma>[，,]?)\s*(?P<verb>是指|指的是|系指|特指|指)(?:的是)?(?P<definition>[^。]{4,800})",
        )
    });
    let body = sentence.get(mark(sentence).map_or(0, |mark| mark.len)..).unwrap_or(sentence).trim();
    let several = body.matches("是指").count() > 1;
    let clauses = body.split('；').filter(|_| several).chain((!several).then_some(body));
    let define = |clause: &str| {
        let captures = DEFINES.captures(clause)?;
        let part = |name: &str| captures.name(name).map(|part| part.as_str());
        let said = part("so").is_some();
        let opens = captures.get(0)?.start() == 0;
        let term = part("term")?;
        // A bare 指 is a verb as any other, but behind 所称X，.
        let verb = part("verb")? != "指" || said && part("comma").is_some_and(|comma| !comma.is_empty());
        let sound = said || opens && (place.first || several || place.item) && is_term(term);
        let complete = term.chars().any(corpus::text::is_han) || is_abbreviation(term);
        (verb && sound && complete).then(|| of_parts(term, part("inside"), part("definition")?, page)).flatten()
    };
    clauses.filter_map(define).collect()
}

/// Whether what stands before 是指 is a noun by itself.
fn is_term(term: &str) -> bool {
    const FIRST: &[&str] = &[
        "这", "该", "此", "其", "它", "那", "即", "就", "本条", "上述", "前款", "如果", "如", "我们", "主要", "一般",
        "通常", "因此", "所以", "但", "而", "有人", "简单", "具体", "换",
    ];
    const LAST: &[&str] = &["主要", "一般", "通常", "也", "就", "均", "都", "即", "不", "并", "中", "里", "来说", "说"];
    !(FIRST.iter().any(|word| term.starts_with(word))
        || LAST.iter().any(|word| term.ends_with(word))
        || term.contains(['的', '是', '了']))
}

/// “X” means …; For the purposes of these Measures, X refers to ….
fn english(sentence: &str, page: u32, place: Place) -> Vec<Definition> {
    static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"[“"](?P<term>[A-Za-z][^“”"]{1,80}?),?[”"](?: ?\((?P<inside>[^()]{1,100})\))?,?(?: as used [^,.;]{3,60}?,?)? (?:refers? to|means?|shall mean|shall refer to|is defined as|are defined as) (?:that )?(?P<definition>.{10,800})"#,
        )
    });
    let body = sentence.get(mark(sentence).map_or(0, |mark| mark.len)..).unwrap_or(sentence).trim();
    let quoted = QUOTED.captures_iter(body).filter(|found| !is_aside(body, found));
    let of_captures = |found: &Captures| {
        let part = |name: &str| found.name(name).map(|part| part.as_str());
        of_parts(part("term")?, part("inside"), part("definition")?, page)
    };
    let mut found: Vec<Definition> = quoted.filter_map(|captures| of_captures(&captures)).collect();
    if found.is_empty()
        && let Some(captures) = plain(body, place)
    {
        found.extend(of_captures(&captures));
    }
    found
}

/// The literal sense of a foreign word is not what it is defined as.
fn is_aside(sentence: &str, found: &Captures) -> bool {
    let before = found.get(0).and_then(|whole| sentence.get(..whole.start())).unwrap_or_default();
    let before = before.trim_end().trim_end_matches(',');
    ["literally", "meaning", "word", "as", "i.e.", "or"].iter().any(|word| before.ends_with(word))
}

/// A definition without quotation marks: said to be one, or the first sentence of a paragraph or item.
fn plain(body: &str, place: Place) -> Option<Captures<'_>> {
    static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?P<lead>(?:(?:For the purposes? of|As used in|As defined in|In|Within|Under) (?:this|these|the present|the) [^,]{2,80}, (?:and unless [^,]{3,60}, )?)?(?:(?:[Tt]he )?(?:term|expression|phrase) )?)(?P<term>[A-Za-z][\w/&’'+-]*(?: [\w/&’'+-]+){0,8}?)(?: \((?P<inside>[^()]{1,100})\))?,?(?: as used [^,.;]{3,60}?,?)? (?P<verb>refers? to|means?|shall mean|shall refer to|is defined as|are defined as) (?:that )?(?P<definition>.{10,800})$",
        )
    });
    let captures = PLAIN.captures(body)?;
    let lead = captures.name("lead").map_or("", |lead| lead.as_str());
    let term = captures.name("term")?.as_str();
    let formal = lead.starts_with("For the purpose") || lead.starts_with("As ") || lead.contains("term ");
    let of_document = lead.starts_with("In ") && DOCUMENTS.iter().any(|word| lead.to_lowercase().contains(word));
    let opens = place.first && term.contains([' ', '-']) && is_subject(term);
    (formal || of_document || place.article || opens && lead.is_empty()).then_some(captures)
}

/// What a document calls itself.
const DOCUMENTS: &[&str] = &[
    "measures",
    "provisions",
    "regulations",
    "rules",
    "law",
    "document",
    "standard",
    "paper",
    "report",
    "guideline",
    "guidance",
    "specification",
    "plan",
    "opinions",
    "context",
    "guide",
    "recommendation",
    "section",
    "article",
];

/// Whether words can be the subject of a definition: a noun phrase that says nothing yet.
fn is_subject(term: &str) -> bool {
    const FIRST: &[&str] = &[
        "This", "That", "These", "Those", "It", "The", "Which", "What", "Such", "In", "By", "As", "We", "All", "Their",
        "If", "When", "While", "Being", "Having", "There", "To", "No", "Not", "For", "Each", "Any", "Our", "His",
        "Her", "Its", "And", "But", "So", "Given", "Success", "Better", "More", "Less", "Rising", "Growing", "Lack",
        "Doing", "Recent", "Some", "Many", "Most", "Few", "Both",
    ];
    const INSIDE: &[&str] =
        &["is", "are", "was", "were", "has", "have", "will", "can", "that", "which", "more", "less", "these", "this"];
    let mut words = term.split(' ');
    let first = words.next().unwrap_or_default();
    !(FIRST.contains(&first) || words.any(|word| INSIDE.contains(&word))) && term.split(' ').count() <= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Place = Place { first: true, article: false, item: false };

    #[track_caller]
    fn check(sentence: &str, place: Place, wanted: &[(&str, &str)]) {
        let found = in_sentence(sentence, 1, place);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|d| (d.zh.as_deref().or(d.en.as_deref()).unwrap_or_default(), d.definition.as_str()))
            .collect();
        assert_eq!(found, wanted, "{sentence}");
    }

    #[test]
    fn chinese_definitions() {
        let wanted = [("湖泊水位", "湖面相对于基准面的高程")];
        check("本办法所称湖泊水位，是指湖面相对于基准面的高程。", FIRST, &wanted);
        check("第三条　本条例所称的湖泊水位，指湖面相对于基准面的高程。", FIRST, &wanted);
        check("所谓湖泊水位，就是水位；湖泊很多。", FIRST, &[]);
        check("湖泊水位是指湖面相对于基准面的高程。", FIRST, &wanted);
        check(
            "本规定所称湖长，是指负责湖泊的人员；所称湖区，是指湖岸以内的区域。",
            FIRST,
            &[("湖长", "负责湖泊的人员"), ("湖区", "湖岸以内的区域")],
        );
        check("本规定所称开放湖泊（open lake），是指不封闭的湖泊。", FIRST, &[("开放湖泊", "不封闭的湖泊")]);
    }

    #[test]
    fn chinese_prose_defines_nothing() {
        check("这是指湖面上升的过程与结果。", FIRST, &[]);
        check("各地要加强指导，水利部指导各地开展工作。", FIRST, &[]);
        check("专家介绍说，这里的水是指湖水和河水。", FIRST, &[]);
        check("其中主要是指大型湖泊的水位监测。", FIRST, &[]);
    }

    #[test]
    fn english_definitions() {
        let wanted = [("lake level", "the height of the surface")];
        check("For the purposes of these Measures, “lake level” refers to the height of the surface.", FIRST, &wanted);
        check("For the purposes of these Measures, lake level means the height of the surface.", FIRST, &wanted);
        check("In this white paper, a lake level means the height of the surface.", FIRST, &wanted);
        check("The term “lake level” means the height of the surface.", FIRST, &wanted);
        check("The term “lake level” as used in these Rules refers to the height of the surface.", FIRST, &wanted);
        check("“Lake level,” as used herein, means the height of the surface.", FIRST, &[("Lake level", wanted[0].1)]);
        check("Lake level refers to the height of the surface.", FIRST, &[("Lake level", "the height of the surface")]);
    }

    #[test]
    fn english_prose_defines_nothing() {
        check("This means that the lakes are open to all of us.", FIRST, &[]);
        check("In recent years, a rising lake means that the shore is lost.", FIRST, &[]);
        check("More rain means that the lakes are open to all of us.", FIRST, &[]);
        check("It uses X (甲), literally “open lake,” means of transport for all.", FIRST, &[]);
    }

    #[test]
    fn items_of_an_article() {
        assert!(introduces("本办法下列用语的含义：") && introduces("The following terms apply:"));
        assert!(!introduces("重点任务如下："));
        let term = |text: &str| article_item(text, 1).map(|d| (d.zh.or(d.en).unwrap_or_default(), d.definition));
        let wanted = |term: &str, definition: &str| Some((term.to_owned(), definition.to_owned()));
        assert_eq!(term("（一）湖岸，是指水陆交界的地带；"), wanted("湖岸", "水陆交界的地带"));
        assert_eq!(term("（二）湖长：负责湖泊的人员。"), wanted("湖长", "负责湖泊的人员"));
        assert_eq!(term("(1) Lake chief: the person in charge;"), wanted("Lake chief", "the person in charge"));
        assert_eq!(term("(2) “Shore” means where land meets water."), wanted("Shore", "where land meets water"));
        assert_eq!(term("(3) “Bay” means a part of a lake; and"), wanted("Bay", "a part of a lake"));
    }
}
