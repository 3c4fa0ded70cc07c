//! The left border of a Chinese term that English in brackets glosses.

use std::ops::Range;

use corpus::text::is_han;

/// Chinese words that stand before a term and not in it.
const BORDERS_ZH: &[&str] = &[
    "以及",
    "包括",
    "例如",
    "比如",
    "所称",
    "称为",
    "简称",
    "叫做",
    "采用",
    "使用",
    "利用",
    "运用",
    "基于",
    "针对",
    "面向",
    "围绕",
    "依托",
    "通过",
    "根据",
    "按照",
    "依据",
    "加快",
    "加强",
    "推进",
    "推动",
    "促进",
    "发展",
    "培育",
    "实施",
    "开展",
    "支持",
    "鼓励",
    "引导",
    "探索",
    "研究",
    "制定",
    "建立",
    "构建",
    "完善",
    "提升",
    "提高",
    "降低",
    "强化",
    "深化",
    "开发",
    "布局",
    "打造",
    "形成",
    "实现",
    "具有",
    "属于",
    "成为",
    "作为",
    "什么是",
    "关于",
    "对于",
    "由于",
    "从而",
    "进而",
    "特别是",
    "尤其是",
    "建设",
    "推广",
    "健全",
    "规范",
    "优化",
    "扩大",
    "培养",
    "倡导",
    "坚持",
    "覆盖",
    "涵盖",
    "符合",
    "满足",
    "引入",
    "部署",
    "监测",
    "的",
    "和",
    "与",
    "及",
    "或",
    "在",
    "对",
    "将",
    "把",
    "由",
    "以",
    "从",
    "向",
    "于",
    "等",
    "是",
    "为",
    "了",
    "并",
    "中",
    "被",
    "让",
    "使",
    "如",
    "即",
    "其",
    "该",
    "本",
    "各",
    "每",
    "按",
    "用",
];

/// Borders that are parts of words before some characters: 中心, 和谐.
const PARTS_OF_WORDS: &[(&str, &str)] = &[
    ("中", "心国央医小文间期长型等华性台介继枢控级位"),
    ("和", "谐平解睦"),
    ("以", "太上下内外来"),
    ("对", "象称外口抗等话接标比齐"),
    ("于", "是"),
    ("等", "级价效保离"),
    ("本", "体地质土国币"),
    ("用", "户途电水能工地量人"),
    ("为", "民"),
    ("如", "意"),
    ("其", "他它"),
    ("使", "用命"),
    ("向", "量"),
    ("与", "会"),
    ("由", "器"),
    ("将", "来"),
    ("并", "行网发联购"),
    ("的", "士确"),
    ("按", "钮键揭"),
    ("从", "业"),
];

/// The bytes in `left` of the Chinese term that ends there and that `en` glosses.
pub(in super::super) fn chinese_term(left: &str, en: &str) -> Option<Range<usize>> {
    let trimmed = left.trim_end();
    for (open, close) in [('“', '”'), ('《', '》'), ('「', '」')] {
        if let Some(body) = trimmed.strip_suffix(close) {
            let start = body.rfind(open)? + open.len_utf8();
            return Some(start..body.len());
        }
    }
    let inside = |char: char| is_han(char) || char.is_ascii_alphanumeric() || matches!(char, '·' | '-' | '+');
    let run = trimmed.rsplit(|char: char| !inside(char)).next().filter(|run| run.chars().any(is_han))?;
    let offset = trimmed.len() - run.len();
    let start = start_in_run(run, en);
    let span = offset + start..trimmed.len();
    let len = run.get(start..)?.chars().count();
    (2..=24).contains(&len).then_some(span)
}

/// The border nearest to the length that the English lets one expect.
fn start_in_run(run: &str, en: &str) -> usize {
    let letters = en.chars().filter(char::is_ascii_alphabetic).count() as f32;
    // An acronym has a letter for a word, and a word two characters.
    let acronym = en.chars().all(|char| !char.is_ascii_lowercase());
    let expected = if acronym { letters * 2.0 } else { letters / 5.0 }.max(2.0);
    let mut starts: Vec<usize> = vec![0];
    for border in BORDERS_ZH {
        let inside_word = |end: usize| {
            let next = run.get(end..).and_then(|rest| rest.chars().next());
            next.is_some_and(|next| PARTS_OF_WORDS.iter().any(|(char, after)| char == border && after.contains(next)))
        };
        let ends = run.match_indices(border).map(|(at, _)| at + border.len());
        starts.extend(ends.filter(|end| !inside_word(*end)));
    }
    let len = |start: usize| run.get(start..).map_or(0, |term| term.chars().count());
    // A term of one character is none, and one four times as long as expected is a sentence.
    let cost = |start: usize| ((len(start) as f32 / expected).ln()).abs();
    let sound = starts.into_iter().filter(|start| len(*start) >= 2);
    sound.min_by(|a, b| cost(*a).total_cmp(&cost(*b))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_zh(left: &str, en: &str, wanted: &str) {
        let found = chinese_term(left, en).and_then(|span| left.get(span));
        assert_eq!(found, Some(wanted), "{left}（{en}）");
    }

    #[test]
    fn chinese_terms() {
        check_zh("加快发展湖泊孪生", "lake twin", "湖泊孪生");
        check_zh("探索“水下听诊”", "underwater auscultation", "水下听诊");
        check_zh("通过水位预报模型的自适应校准", "adaptive calibration", "自适应校准");
    }
}
