//! The text of the help with queries: each way to write a query, with examples.

/// A part of the help.
pub(in crate::web) struct HelpSection {
    pub(in crate::web) en: &'static str,
    pub(in crate::web) zh: &'static str,
    pub(in crate::web) examples: &'static [HelpExample],
}

/// A query and what it finds.
pub(in crate::web) struct HelpExample {
    pub(in crate::web) query: &'static str,
    pub(in crate::web) en: &'static str,
    pub(in crate::web) zh: &'static str,
}

const fn example(query: &'static str, en: &'static str, zh: &'static str) -> HelpExample {
    HelpExample { query, en, zh }
}

/// The help, in the order of how often it is needed.
pub(in crate::web) const HELP: &[HelpSection] = &[
    HelpSection {
        en: "Words and phrases",
        zh: "词与词组",
        examples: &[
            example(
                "算力调度平台",
                "Chinese without spaces: the passages that match the string best; those that hold all of it come first.",
                "连续的中文：按匹配程度排列，完整出现的排在最前。",
            ),
            example(
                "embodied intelligence standards",
                "English words in any of their forms (standard, standards); the more of them, the higher.",
                "英文词不分单复数等词形（standard、standards）；命中的词越多越靠前。",
            ),
            example("\"数据要素\"", "In quotation marks: exactly this.", "加引号：必须原样出现。"),
            example(
                "\"trusted data\"",
                "A phrase: these words side by side. All quotation marks are alike.",
                "词组：这些词须相邻出现。各种引号作用相同。",
            ),
            example("standardi*", "Words that begin so.", "以此开头的词。"),
            example("\"trusted data spac*\"", "A phrase whose last word begins so.", "词组，最后一个词以此开头。"),
        ],
    },
    HelpSection {
        en: "Joining and excluding",
        zh: "组合与排除",
        examples: &[
            example("算力 AND 标准", "Both, anywhere in a document. In capitals.", "两者都在文献中出现（大写）。"),
            example(
                "算力 与 标准",
                "The same: 与, 或, 非 by themselves between spaces.",
                "同上：与、或、非须单独写，两侧有空格。",
            ),
            example("具身智能 OR \"embodied AI\"", "One or the other.", "任一即可。"),
            example(
                "标准 -草案",
                "The first, without the second. NOT does the same.",
                "含前者而不含后者；也可写 NOT。",
            ),
            example(
                "(算力 OR compute) AND (标准 OR standard)",
                "Parentheses put together what belongs together.",
                "用括号组合。",
            ),
            example(
                "数据 NEAR/5 流通",
                "At most five words or characters apart, in either order.",
                "两者相隔不超过五个字词，先后不限。",
            ),
            example(
                "(算力 OR 数据) NEAR/8 (标准 OR 规范)",
                "Either of the first near either of the second.",
                "前一组中的任一个与后一组中的任一个相近。",
            ),
        ],
    },
    HelpSection {
        en: "Facts of a document",
        zh: "按文献信息检索",
        examples: &[
            example(
                "title:算力",
                "In the title. 标题: means the same; so each field has a Chinese name.",
                "标题中含有；也可写“标题：”，各字段均有中文名。",
            ),
            example(
                "issuer:工信部",
                "Issued by: a name in either language, or an abbreviation.",
                "发文机关：中英文名称或简称。",
            ),
            example(
                "issuer:(MIIT OR CAC) date:2025",
                "A field before a group holds for each part of it.",
                "字段写在括号前，对其中每一项有效。",
            ),
            example("number:\"〔2025〕306号\"", "The document number, or a part of it.", "文号或其一部分。"),
            example(
                "standard:41867",
                "The document is this standard, or names it.",
                "本身是该标准，或引用该标准的文献。",
            ),
            example("committee:\"TC 28\"", "Names this technical committee.", "涉及该技术委员会。"),
            example(
                "kind:指南",
                "The kind: notice, guidelines, opinions, measures, plan, standard, announcement, white_paper, translation, news, or their Chinese names.",
                "类型：通知、指南、意见、办法、规划、标准、公告、白皮书、译文、新闻，或其英文名。",
            ),
            example(
                "status:征求意见稿",
                "How far it has come: draft, trial, final, repealed, or 草案, 试行, 正式, 废止.",
                "状态：草案、试行、正式、废止，或 draft、trial、final、repealed。",
            ),
            example(
                "topic:safety-governance",
                "Classed under this topic, by its identifier or name.",
                "所属主题，用标识或名称均可。",
            ),
            example("lang:en 算力", "In this language: zh or en.", "语言：zh（中文）或 en（英文）。"),
            example("算力 -kind:新闻", "A hyphen before a field excludes.", "字段前加连字符表示排除。"),
        ],
    },
    HelpSection {
        en: "Dates",
        zh: "日期",
        examples: &[
            example(
                "date:2025",
                "In this year; also 2025-06, 2025-06-05, 2025年6月.",
                "该年；也可写 2025-06、2025-06-05、2025年6月。",
            ),
            example(
                "算力 date:2025..2026",
                "From the one to the other, both included. 2025..2026 alone means the same.",
                "起止均含在内；单写 2025..2026 亦可。",
            ),
            example("date:2025年6月.. 标准", "From then on.", "自该时起。"),
            example("date:..2025", "Until then.", "至该时止。"),
        ],
    },
    HelpSection {
        en: "Identifiers, by regular expression",
        zh: "用正则表达式检索编号",
        examples: &[
            example(
                r"/gb\/t 418\d+/",
                "An identifier that looks so, anywhere in the text or the facts: numbers of standards, documents and committees, and codes such as 5G. Case, spaces, and kinds of dashes and brackets do not matter.",
                "正文或文献信息中形如此式的编号：标准号、文号、技术委员会编号，以及 5G 之类的代号。不分大小写，空格以及各种横线、括号均不影响。",
            ),
            example(
                "standard:/^ISO.*:202[1-3]$/",
                "Among the standards only; ^ is the beginning and $ the end. Without them it may stand anywhere in the identifier.",
                "只在标准中查找；^ 表示开头，$ 表示结尾，不写则可出现在编号的任何位置。",
            ),
            example(
                r"number:/工信部联.〔2025〕.*号/",
                "Among the document numbers. (2025) and [2025] mean the same as 〔2025〕.",
                "只在文号中查找；(2025)、[2025] 与〔2025〕相同。",
            ),
            example(r"committee:/tc\d+\/sc/", "Among the technical committees.", "只在技术委员会中查找。"),
        ],
    },
];
