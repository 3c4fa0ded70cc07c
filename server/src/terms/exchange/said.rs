//! How files call a status and a part of speech: our names, those of TBX, and what people write in glossaries.

use corpus::term::{PartOfSpeech, Status};

const STATUSES: [(Status, &str); 6] = [
    (
        Status::Preferred,
        "preferred preferredterm preferredtermadmnsts recommended standardized 首选 推荐 优先 规范 规范用词 标准 首选术语 推荐使用",
    ),
    (
        Status::Admitted,
        "admitted admittedterm admittedtermadmnsts approved accepted allowed valid translated legalterm reviewed final ok yes \
         许用 可用 允许 采纳 认可 通过 已审核 已审定 已批准 已确认 许用术语 定稿",
    ),
    (
        Status::Candidate,
        "candidate proposed new draft fuzzy unreviewed suggested 候选 待审 待审核 待定 拟定 建议 草稿 未审核",
    ),
    (
        Status::Superseded,
        "superseded supersededterm supersededtermadmnsts former old historical 曾用 旧称 旧译 旧 已被取代 被取代 曾用名",
    ),
    (
        Status::Deprecated,
        "deprecated deprecatedterm deprecatedtermadmnsts forbidden obsolete donotuse banned notrecommended \
         弃用 停用 禁用 不用 不推荐 勿用 拒用 淘汰 弃用术语",
    ),
    (Status::Rejected, "rejected declined wrong 拒绝 驳回 错误 未采纳"),
];

const PARTS: [(PartOfSpeech, &str); 5] = [
    (PartOfSpeech::Noun, "noun n nounphrase np propernoun 名词 名 名词短语"),
    (PartOfSpeech::Verb, "verb v vt vi verbphrase vp 动词 动 动词短语"),
    (PartOfSpeech::Adjective, "adjective adj a 形容词 形"),
    (PartOfSpeech::Adverb, "adverb adv 副词 副"),
    (PartOfSpeech::Other, "other 其他 其它 短语 缩略语"),
];

/// The status that a file means; `None` for what is known by no such word.
pub(super) fn status(said: &str) -> Option<Status> {
    meant(&STATUSES, said)
}

/// The part of speech that a file means.
pub(super) fn part_of_speech(said: &str) -> Option<PartOfSpeech> {
    meant(&PARTS, said)
}

fn meant<T: Copy>(meanings: &[(T, &str)], said: &str) -> Option<T> {
    let said: String = said.chars().filter(|char| char.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let known = meanings.iter().find(|(_, words)| words.split_whitespace().any(|word| word == said));
    known.map(|(meaning, _)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_names_mean_themselves() {
        for known in Status::ALL {
            assert_eq!(status(known.name()), Some(known));
        }
        for known in PartOfSpeech::ALL {
            assert_eq!(part_of_speech(known.name()), Some(known));
        }
    }

    #[test]
    fn what_people_write_is_understood() {
        for (said, meant) in [
            ("preferredTerm-admn-sts", Some(Status::Preferred)),
            ("Do not use", Some(Status::Deprecated)),
            ("推荐", Some(Status::Preferred)),
            ("APPROVED", Some(Status::Admitted)),
            ("旧译", Some(Status::Superseded)),
            ("pending with legal", None),
            ("", None),
        ] {
            assert_eq!(status(said), meant, "{said}");
        }
        assert_eq!(part_of_speech("n."), Some(PartOfSpeech::Noun));
        assert_eq!(part_of_speech("（动词）"), Some(PartOfSpeech::Verb));
    }
}
