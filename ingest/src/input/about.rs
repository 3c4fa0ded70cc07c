//! What an input says of itself beside its text: meta tags, a page's table of particulars, front matter, a record.

use corpus::document::{Language, ReadDocument};
use corpus::facts::{DateKind, DatedFact};

use crate::facts::date_in;
use crate::read::JsonRecord;

/// What an input says of itself. It stands above what is found in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct About {
    /// The title.
    pub(crate) title: Option<String>,
    /// The language.
    pub(crate) language: Option<Language>,
    /// Where it was published.
    pub(crate) url: Option<String>,
    /// Dates, each with what it is of; the dates are ISO 8601.
    pub(crate) dates: Vec<(DateKind, String)>,
    /// Lines such as `发文机关：湖泊部`, in which facts are looked for as in the text, but which are no part of it.
    pub(crate) lines: Vec<String>,
}

/// What a label says that its value is.
enum Meaning {
    Title,
    Language,
    Address,
    Date(DateKind),
    /// A line with the label under which facts are found.
    Line(&'static str),
    /// A particular that nothing is made of.
    Nothing,
}

/// Labels of pages of particulars, meta tags and front matter, in lower case and without spaces.
const LABELS: &[(&[&str], Meaning)] = &[
    (
        &[
            "标题",
            "名称",
            "文件名称",
            "信息名称",
            "公文名称",
            "title",
            "articletitle",
            "og:title",
            "dc.title",
            "dcterms.title",
            "citation_title",
            "twitter:title",
        ],
        Meaning::Title,
    ),
    (&["language", "lang", "语言", "语种"], Meaning::Language),
    (&["url", "og:url", "canonical", "链接", "网址", "原文链接"], Meaning::Address),
    (
        &["成文日期", "成文时间", "生成日期", "印发日期", "印发时间", "发文日期", "发文时间", "制发日期"],
        Meaning::Date(DateKind::Issued),
    ),
    (
        &[
            "发布日期",
            "发布时间",
            "公开日期",
            "公开时间",
            "公布日期",
            "发表时间",
            "日期",
            "时间",
            "pubdate",
            "publishdate",
            "date",
            "published",
            "publishedon",
            "publicationdate",
            "article:published_time",
            "og:published_time",
            "dc.date",
            "dc.date.issued",
            "dcterms.date",
            "dcterms.created",
            "dcterms.issued",
            "citation_publication_date",
            "datepublished",
            "posted",
            "postedon",
        ],
        Meaning::Date(DateKind::Published),
    ),
    (&["实施日期", "施行日期", "生效日期", "effectivedate"], Meaning::Date(DateKind::Effective)),
    (&["废止日期", "失效日期"], Meaning::Date(DateKind::Repealed)),
    (
        &[
            "发文机关",
            "发文单位",
            "发布机构",
            "发布机关",
            "发布单位",
            "制发机关",
            "发文机构",
            "公开机构",
            "issuer",
            "issuedby",
        ],
        Meaning::Line("发文机关"),
    ),
    (&["发文字号", "文号", "文件编号", "公文文号", "文件号", "documentnumber", "number"], Meaning::Line("发文字号")),
    (
        &[
            "来源",
            "信息来源",
            "文章来源",
            "稿源",
            "稿件来源",
            "contentsource",
            "og:site_name",
            "source",
            "sitename",
            "publisher",
        ],
        Meaning::Line("来源"),
    ),
    (&["translator", "translatedby", "译者", "翻译"], Meaning::Line("translator")),
    (&["editor", "editedby"], Meaning::Line("editor")),
    (&["author", "作者", "authors"], Meaning::Nothing),
    (
        &[
            "索引号",
            "主题分类",
            "主题词",
            "信息分类",
            "体裁",
            "体裁分类",
            "公文种类",
            "有效性",
            "时效性",
            "效力状态",
            "公文时效",
            "公开形式",
            "公开方式",
            "公开时限",
            "公开范围",
            "内容概述",
            "关键词",
            "组配分类",
            "服务对象分类",
            "信息索取号",
            "所属主题",
            "废止记录",
            "修改记录",
            "统一登记号",
            "规范性文件编号",
            "主题",
            "分类",
            "字号",
            "字体",
            "浏览次数",
            "浏览量",
            "点击数",
            "阅读次数",
            "访问量",
            "打印",
            "责任编辑",
            "编辑",
            "审核",
            "校对",
        ],
        Meaning::Nothing,
    ),
];

fn meaning(label: &str) -> Option<&'static Meaning> {
    let bare: String = label.chars().filter(|char| !char.is_whitespace() && *char != '\u{200b}').collect();
    let bare = bare.trim_matches(['：', ':', '【', '】', '[', ']']).to_lowercase();
    LABELS.iter().find(|(labels, _)| labels.contains(&bare.as_str())).map(|(_, meaning)| meaning)
}

/// Whether a text is a label of a page's particulars.
pub(super) fn is_label(text: &str) -> bool {
    text.len() <= 60 && meaning(text).is_some()
}

impl About {
    /// What a record says.
    pub(crate) fn of_record(record: &JsonRecord) -> Self {
        let date = record.date.as_deref().and_then(date_in);
        Self {
            title: record.title.clone(),
            language: record.language.as_deref().map(Language::from_code),
            url: record.url.clone(),
            dates: date.map(|date| (DateKind::Published, date)).into_iter().collect(),
            lines: Vec::new(),
        }
    }

    /// Lets others tell first.
    pub(crate) fn put_first(&mut self, first: Self) {
        let own = std::mem::replace(self, first);
        self.title = self.title.take().or(own.title);
        self.language = self.language.or(own.language);
        self.url = self.url.take().or(own.url);
        let told: Vec<DateKind> = self.dates.iter().map(|(kind, _)| *kind).collect();
        self.dates.extend(own.dates.into_iter().filter(|(kind, _)| !told.contains(kind)));
        self.lines.extend(own.lines);
    }

    /// Takes in what stands behind a label; what was told first stays. Tells whether the label is known.
    pub(super) fn tell(&mut self, label: &str, value: &str) -> bool {
        let Some(meaning) = meaning(label) else { return false };
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if value.is_empty() || value.len() > 1500 {
            return true;
        }
        match meaning {
            Meaning::Title => set(&mut self.title, value),
            Meaning::Language => set(&mut self.language, Language::from_code(&value)),
            Meaning::Address if is_address(&value) => set(&mut self.url, value),
            Meaning::Date(kind) => {
                if let Some(date) = date_in(&value).filter(|_| self.dates.iter().all(|(told, _)| told != kind)) {
                    self.dates.push((*kind, date));
                }
            }
            Meaning::Line(label) => {
                let start = format!("{label}：");
                if !self.lines.iter().any(|line| line.starts_with(&start)) {
                    self.lines.push(start + &value);
                }
            }
            Meaning::Address | Meaning::Nothing => {}
        }
        true
    }

    /// Puts what was told into a document whose facts were found in its text and in [`About::lines`].
    pub(crate) fn apply(self, document: &mut ReadDocument) {
        let facts = &mut document.facts;
        if let Some(title) = self.title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty()) {
            facts.title = Some(title);
        }
        if let Some(url) = self.url.filter(|url| !facts.source_urls.contains(url)) {
            facts.source_urls.insert(0, url);
        }
        for (kind, date) in self.dates.into_iter().rev() {
            // A date of the day is better than one of the month, and none is told twice.
            let told = facts.dates.iter().any(|fact| fact.kind == kind && fact.date.starts_with(&date));
            if !told {
                facts.dates.retain(|fact| fact.kind != DateKind::Mentioned || fact.date != date);
                facts.dates.insert(0, DatedFact { kind, date, sentence: String::new(), page: 1 });
            }
        }
    }
}

fn set<T>(place: &mut Option<T>, value: T) {
    if place.is_none() {
        *place = Some(value);
    }
}

/// Whether a text is an address on the web, and nothing else.
pub(super) fn is_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(char::is_whitespace)
}
