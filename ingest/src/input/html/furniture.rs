//! What of a page is not its text: navigation, scripts, hidden parts, margins.

use std::sync::LazyLock;

use regex::Regex;

use super::tree::{Element, NodeId, ROOT, Tree};
use super::weigh::{Weight, weigh};
use crate::pattern::pattern;

/// A part that a name calls a margin is one unless it holds more than this share of the page's sentences.
const MOST_OF_PAGE: f32 = 0.4;

/// Marks the nodes that are no text of the page, each by its topmost element.
pub(super) fn dropped(tree: &Tree) -> Vec<bool> {
    let mut dropped = machinery(tree);
    let weights = weigh(tree, &dropped);
    let all = weights.get(ROOT).copied().unwrap_or_default();
    for (id, flag) in dropped.iter_mut().enumerate().skip(1) {
        let (Some(element), Some(weight)) = (tree.element(id), weights.get(id)) else { continue };
        let is_small = weight.prose <= all.prose * MOST_OF_PAGE;
        let is_marginal = is_hidden(element) || is_margin(element) || is_link_list(&element.name, *weight);
        *flag |= is_marginal && is_small && all.prose > 0.0;
    }
    dropped
}

/// Marks the elements whose content is never text.
pub(super) fn machinery(tree: &Tree) -> Vec<bool> {
    (0..tree.nodes.len()).map(|id| tree.element(id).is_some_and(|element| is_machinery(&element.name))).collect()
}

/// Elements whose content is never text that a reader reads.
fn is_machinery(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "title"
            | "meta"
            | "link"
            | "svg"
            | "canvas"
            | "audio"
            | "video"
            | "object"
            | "embed"
            | "iframe"
            | "applet"
            | "select"
            | "button"
            | "textarea"
            | "input"
            | "map"
            | "math"
            | "frameset"
            | "noframes"
            | "rp"
            | "rt"
            | "datalist"
            | "progress"
            | "meter"
    )
}

fn is_hidden(element: &Element) -> bool {
    let style = element.attribute("style").unwrap_or_default().to_ascii_lowercase();
    let style: String = style.chars().filter(|char| !char.is_whitespace()).collect();
    element.attribute("hidden").is_some()
        || element.attribute("aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

/// Whether an element is a margin by what it is, or by what it is called.
fn is_margin(element: &Element) -> bool {
    let role = element.attribute("role").unwrap_or_default();
    matches!(element.name.as_str(), "nav" | "footer" | "aside" | "dialog" | "menu")
        || matches!(
            role,
            "navigation"
                | "banner"
                | "contentinfo"
                | "search"
                | "complementary"
                | "dialog"
                | "menu"
                | "menubar"
                | "toolbar"
                | "alert"
                | "tooltip"
        )
        || [element.attribute("class"), element.attribute("id")].into_iter().flatten().any(names_margin)
}

/// Whether a class or id calls an element a margin: `left-nav`, `shareBox`, `bdsharebuttonbox`.
fn names_margin(names: &str) -> bool {
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:nav(?:bar|igation|i)?\d*|(?:sub|top|main|left)?nav(?:bar)?|(?:sub|top|main)?menus?\d*|bread(?:crumbs?)?|crumbs?|mbx|dqwz|weizhi|daohang|position|location|foot(?:er)?\d*|copyright|bottom|banner|side(?:bar)?|rightbar|leftbar|aside|relate[ds]?|recommend(?:ed|ations?)?|more|comments?|disqus|shar(?:e|es|ing)\w*|bdshare\w*|jiathis|addthis|social\w*|fenxiang|fx|cookies?|consent|gdpr|ads?|advert\w*|promo\w*|sponsor\w*|subscri\w*|newsletter|signup|signin|login|search\w*|toolbar|tools?|pager|paging|pagination|page|sitemap|skip|popup|modal|qrcode|ewm|erweima|print\w*|toc|tags?|keywords|hidden|hide|visually|sr|zrbj|friendlink|links|yqlj|xgyd|hotnews|ranking|donate|feedback|download(?:app)?|app|player)$",
        )
    });
    // Words that are no margin by themselves: `page`, `print` and `more` name whole pages as well.
    names.split_whitespace().any(|name| {
        let words: Vec<String> = words(name).collect();
        let telling = words.iter().filter(|word| WORD.is_match(word)).count();
        let content = words.iter().any(|word| CONTENT.contains(&word.as_str()));
        telling > 0 && !content && words.len() <= 4
    })
}

/// Words that name the text itself, whatever stands beside them.
const CONTENT: [&str; 8] = ["content", "article", "text", "body", "main", "wrapper", "container", "zoom"];

/// The words of a name such as `left-nav` or `shareBox`, in lower case.
fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    let parts = name.split(|char: char| !char.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.flat_map(|part| {
        let mut words: Vec<String> = Vec::new();
        let mut before = 'A';
        for char in part.chars() {
            if words.is_empty() || char.is_ascii_uppercase() && before.is_ascii_lowercase() {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.push(char.to_ascii_lowercase());
            }
            before = char;
        }
        words
    })
}

/// Whether an element is a list of links and hardly more.
fn is_link_list(name: &str, weight: Weight) -> bool {
    let block =
        matches!(name, "ul" | "ol" | "dl" | "div" | "td" | "table" | "p" | "section" | "center" | "tr" | "form");
    let few_words = weight.links / weight.link_count.max(1) as f32;
    block && weight.link_count >= 3 && weight.link_share() > 0.7 && few_words < 40.0 && weight.prose < 15.0
}

/// Whether a line is one of those that pages put around every text: print, share, font size, copyright, the way here.
pub(super) fn is_stock_line(line: &str) -> bool {
    static STOCK: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"^[\s>»›|【】\[\]（）()·•▲◆■□→<《]*(?:",
            r"(?:打印(?:本页|此页|文本|正文)?|关闭(?:窗口|本页|页面)?|返回(?:顶部|列表|首页)?|收藏(?:本页)?|纠错|分享(?:到|至)?|转发|放大|缩小|大|中|小|默认|繁體?|简体?|下载(?:本文|文字版|图片版)?|阅读全文|展开|更多|首页|上一[篇页条]|下一[篇页条]|相关(?:链接|文章|阅读|新闻|报道|解读|稿件)|推荐阅读|扫一扫.{0,20}|【?我要纠错】?|字号|字体|视力保护色|语音播报|无障碍|分享|微信|微博|QQ空间|人人网|点赞|评论|附件下载|网站地图|联系我们|关于我们|设为首页|加入收藏)",
            r"|(?:share this(?: article| page| post)?|print|share|tweet|email|e-mail|facebook|twitter|x|linkedin|whatsapp|copy link|save|cite|menu|search|subscribe|sign up|log ?in|sign in|download(?: pdf| the pdf)?|read more|back to top|skip to (?:main )?content|related (?:articles|posts|content|reading|links)|next(?: article| post)?|previous(?: article| post)?|advertisement|listen|close)",
            r")(?:[\s|>»›:：【】\[\]（）()·•▲◆■□/、<》+-]|$)"
        ))
    });
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:(?:您|你)?(?:现在|当前|目前|所在)?(?:的|所在)?位置(?:是|为)?\s*[：:>]|当前位置|字[号体](?:大小)?\s*[：:]|视力保护色|浏览(?:次数|量)\s*[：:]|点击(?:数|量|次数)\s*[：:]|访问(?:次数|量)\s*[：:]|阅读(?:次数|量)?\s*[：:]|分享(?:到|至)?\s*[：:]|责任编辑\s*[：:]|责编\s*[：:]|\[?责任编辑|扫一扫|用微信扫|版权所有|主办(?:单位)?\s*[：:]|承办(?:单位)?\s*[：:]|网站标识码|.{0,4}ICP备|.{0,12}公网安备|上一[篇条]\s*[：:]|下一[篇条]\s*[：:]|copyright\b|©|\(c\) \d{4}|.{0,60}all rights reserved|home\s*[>»/›]|首页\s*[>»/›]|(?:filed under|tags?|categories|share this|follow us)\s*:)",
        )
    });
    let length = line.chars().count();
    let words: Vec<&str> = line
        .split([' ', '\u{3000}', '|', '\u{a0}', '【', '】', '[', ']', '/'])
        .filter(|word| !word.is_empty())
        .collect();
    let lower = line.to_lowercase();
    length <= 160 && WHOLE.is_match(line)
        || length <= 40 && !words.is_empty() && words.iter().all(|word| STOCK.is_match(&word.to_lowercase()))
        || length <= 30 && STOCK.find(&lower).is_some_and(|found| found.end() == lower.len())
}

/// Whether nothing of a node is text of the page, itself or what it stands in.
pub(super) fn is_gone(tree: &Tree, dropped: &[bool], mut id: NodeId) -> bool {
    while id != ROOT {
        if dropped.get(id).copied().unwrap_or_default() {
            return true;
        }
        id = tree.parent(id);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_margins() {
        for name in
            ["left-nav", "shareBox", "bdsharebuttonbox", "footer_2031", "related-posts", "breadcrumb", "cookie-banner"]
        {
            assert!(names_margin(name), "{name}");
        }
        for name in [
            "content",
            "pages_content",
            "article-body",
            "has-sidebar-content",
            "TRS_Editor",
            "main nav-open-body",
            "navy-text",
        ] {
            assert!(!names_margin(name), "{name}");
        }
    }

    #[test]
    fn stock_lines() {
        for line in [
            "【打印本页】【关闭窗口】",
            "打印 关闭",
            "字号：大 中 小",
            "您现在的位置：首页 > 政策 > 正文",
            "责任编辑：张三",
            "分享到：",
            "扫一扫在手机打开当前页",
            "Share this article",
            "Copyright © 2031 Lake Institute",
            "Print | Email",
            "上一篇：关于湖泊的通知",
        ] {
            assert!(is_stock_line(line), "{line}");
        }
        for line in [
            "一、总体要求",
            "分享经济是指各方共享资源。",
            "Share prices fell.",
            "小微企业",
            "打印机技术要求",
            "更多湖泊纳入监测。",
            "附件：1. 名单",
        ] {
            assert!(!is_stock_line(line), "{line}");
        }
    }
}
