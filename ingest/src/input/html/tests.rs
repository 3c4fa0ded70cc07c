//! Pages in the shapes that are met in the wild, all of them invented.

use corpus::document::{BlockKind, DocumentHash, ReadDocument};
use corpus::facts::DateKind;
use encoding_rs::{BIG5, GB18030};

use crate::Error;
use crate::read::read_text;

fn read(name: &str, bytes: &[u8]) -> ReadDocument {
    read_text(name, name, DocumentHash(String::new()), bytes).expect("the page has text")
}

/// The text of a page, a block a line.
#[track_caller]
fn check(page: &str, wanted: &[&str]) {
    let document = read("page.html", page.as_bytes());
    let found: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(found, wanted);
}

/// A page of the government's portal: particulars in a table, text in a container that has a name, links around it.
const PORTAL: &str = r#"<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8">
<title>国务院办公厅关于印发《湖泊水质监测标准化行动方案》的通知_国务院文件_湖泊网</title>
<meta name="PubDate" content="2031-06-05 10:30"><meta name="ContentSource" content="湖泊网">
<link rel="canonical" href="https://www.lakes.example/zhengce/2031-06/05/content_7.htm">
<style>p{text-indent:2em}</style><script>var a = "<p>not text</p>";</script></head><body>
<div class="header"><ul><li><a href="/">首页</a></li><li><a href="/a">国务院</a></li><li><a href="/b">新闻</a></li><li><a href="/c">政策</a></li></ul></div>
<div class="BreadcrumbNav">当前位置：<a href="/">首页</a> &gt; <a href="/z">政策</a> &gt; 正文</div>
<div class="policyLibraryOverview"><table><tbody>
<tr><td><b>标　　题：</b></td><td colspan="3">国务院办公厅关于印发《湖泊水质监测标准化行动方案》的通知</td></tr>
<tr><td><b>发文机关：</b></td><td>国务院办公厅</td><td><b>发文字号：</b></td><td>国办发〔2031〕18号</td></tr>
<tr><td><b>索 引 号：</b></td><td>000014349/2031-00018</td><td><b>主题分类：</b></td><td>环境监测\标准</td></tr>
<tr><td><b>成文日期：</b></td><td>2031年05月28日</td><td><b>发布日期：</b></td><td>2031年06月05日</td></tr></tbody></table></div>
<h1>国务院办公厅关于印发<br>《湖泊水质监测标准化行动方案》的通知</h1>
<div class="pages-date">2031-06-05 10:30 <span>来源：湖泊网</span> 字号：<a>默认</a> <a>大</a> <a>超大</a> | <a>打印</a> | <a>收藏</a></div>
<div class="pages_content" id="UCAP-CONTENT"><div class="trs_editor_view">
<p style="text-align: center;">国办发〔2031〕18号</p>
<p>各省、自治区、直辖市人民政府，国务院各部委、各直属机构：</p>
<p>　　《湖泊水质监测标准化行动方案》已经国务院同意，现印发给你们，请结合实际认真贯彻落实。</p>
<p style="text-align: right;">国务院办公厅<br>2031年5月28日</p>
<p><strong>一、总体要求</strong></p>
<p>到2033年，制定湖泊监测国家标准50项以上，覆盖主要湖泊。</p>
<table border="1"><tr><th>序号</th><th colspan="2">任务</th></tr><tr><td rowspan="2">1</td><td>采样</td><td>每月一次</td></tr><tr><td>分析</td><td>每季一次</td></tr></table>
<p>附件：<a href="./fj.pdf">湖泊监测标准目录.pdf</a></p>
</div></div>
<div class="editor">责任编辑：张三</div>
<div class="related"><h3>相关稿件</h3><ul><li><a href="/1">湖泊司负责人就行动方案答记者问，谈到了监测的下一步安排</a></li><li><a href="/2">一图读懂湖泊监测标准化</a></li><li><a href="/3">更多湖泊纳入监测</a></li></ul></div>
<div class="footer"><p>版权所有：湖泊网　主办单位：湖泊部，承办单位：信息中心。网站标识码bm00000000　京ICP备00000000号</p></div></body></html>"#;

#[test]
fn the_portal_of_the_government() {
    check(
        PORTAL,
        &[
            "国务院办公厅关于印发《湖泊水质监测标准化行动方案》的通知",
            "国办发〔2031〕18号",
            "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：",
            "《湖泊水质监测标准化行动方案》已经国务院同意，现印发给你们，请结合实际认真贯彻落实。",
            "国务院办公厅",
            "2031年5月28日",
            "一、总体要求",
            "到2033年，制定湖泊监测国家标准50项以上，覆盖主要湖泊。",
            "序号\t任务",
            "1\t采样\t每月一次",
            "\t分析\t每季一次",
            "附件：湖泊监测标准目录.pdf",
        ],
    );
    let document = read("page.html", PORTAL.as_bytes());
    let facts = &document.facts;
    assert_eq!(facts.title.as_deref(), Some("国务院办公厅关于印发《湖泊水质监测标准化行动方案》的通知"));
    assert_eq!(facts.document_number.as_deref(), Some("国办发〔2031〕18号"));
    let issuers: Vec<_> = facts.issuers.iter().filter_map(|agency| agency.name_zh.as_deref()).collect();
    assert_eq!(issuers, ["国务院办公厅"]);
    assert_eq!(facts.source.as_deref(), Some("湖泊网"));
    assert_eq!(facts.source_urls, ["https://www.lakes.example/zhengce/2031-06/05/content_7.htm"]);
    let mut dates: Vec<_> = facts.dates.iter().map(|fact| (fact.kind, fact.date.as_str())).collect();
    dates.sort_unstable();
    assert_eq!(dates[..2], [(DateKind::Issued, "2031-05-28"), (DateKind::Published, "2031-06-05")]);
    assert_eq!(facts.targets.len(), 1);
    assert!(document.sentences.iter().all(|sentence| sentence.block < document.blocks.len()));
    assert!(document.warnings.is_empty(), "{:?}", document.warnings);
}

/// A page of the turn of the century: nested tables, a font everywhere, paragraphs by line breaks and indents.
#[test]
fn an_old_page_in_gb_2312() {
    let page = r#"<HTML><HEAD><TITLE>湖泊水质监测管理办法</TITLE>
<META http-equiv=Content-Type content="text/html; charset=gb2312"></HEAD><BODY bgColor=#ffffff>
<TABLE width=760><TR><TD colspan=2><IMG src="top.gif"></TD></TR>
<TR><TD width=150 valign=top><TABLE><TR><TD><A href="1.htm">机构概况</A></TD></TR><TR><TD><A href="2.htm">政策法规</A></TD></TR><TR><TD><A href="3.htm">标准目录</A></TD></TR><TR><TD><A href="4.htm">联系我们</A></TD></TR></TABLE></TD>
<TD width=610><TABLE width="100%"><TR><TD align=center><FONT size=4><B>湖泊水质监测管理办法</B></FONT></TD></TR>
<TR><TD class=b12c><FONT size=3><BR>　　第一条　为规范湖泊水质监测工作，保证监测数据真实、准确，制定本办法。
<BR>　　第二条　本办法适用于中华人民共和国境内的湖泊水质监测活动，水库的监测参照执行。<BR><BR>&nbsp;&nbsp;&nbsp;&nbsp;第三条　监测机构应当按照国家标准采样，
并在30日内提交报告。<BR>　　第四条　本办法自2031年7月1日起施行。</FONT></TD></TR>
<TR><TD align=right>【<A href="javascript:window.print()">打印</A>】【<A href="javascript:window.close()">关闭</A>】</TD></TR></TABLE></TD></TR>
<TR><TD colspan=2 align=center>版权所有 湖泊监测总站 地址：湖滨路1号，邮编：000000。</TD></TR></TABLE></BODY></HTML>"#;
    let document = read("old.htm", &GB18030.encode(page).0);
    let found: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(
        found,
        [
            "湖泊水质监测管理办法",
            "第一条　为规范湖泊水质监测工作，保证监测数据真实、准确，制定本办法。",
            "第二条　本办法适用于中华人民共和国境内的湖泊水质监测活动，水库的监测参照执行。",
            "第三条　监测机构应当按照国家标准采样，并在30日内提交报告。",
            "第四条　本办法自2031年7月1日起施行。",
        ]
    );
    assert_eq!(document.blocks[0].kind, BlockKind::Heading);
    assert!(document.facts.dates.iter().any(|fact| fact.kind == DateKind::Effective && fact.date == "2031-07-01"));
    assert!(document.warnings.is_empty(), "{:?}", document.warnings);
}

/// A ministry's page: text from a word processor within the editor of the content system, share buttons below.
#[test]
fn a_ministry() {
    check(
        r#"<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/><title>湖泊部关于开展监测试点工作的通知</title>
<meta name="ArticleTitle" content="湖泊部关于开展监测试点工作的通知"/></head><body>
<div id="top"><a href="/">首页</a>|<a href="/1">机构</a>|<a href="/2">新闻</a>|<a href="/3">公开</a></div>
<div class="mainbody"><div class="location">您现在的位置：<a href="/">首页</a>&gt;<a href="/3">公开</a>&gt;通知</div>
<div class="title">湖泊部关于开展监测试点工作的通知</div>
<div class="info">发布时间：2031-04-02　来源：监测司　浏览次数：<script>document.write(7)</script></div>
<div class="content"><div class="TRS_Editor"><style type="text/css">.TRS_Editor P{line-height:2}</style><div class="Custom_UnionStyle">
<p class="MsoNormal"><span style="font-family:仿宋">各省、自治区湖泊厅（局）<span>：</span></span><o:p></o:p></p>
<p class="MsoNormal"><span>为做好湖泊监测工作，</span><span>我部决定在部分省份开展试点</span><span>。现将有关事项通知如下。</span></p>
<p>&nbsp;</p>
<p class="MsoNormal"><b>一、试点范围</b></p>
<p class="MsoNormal">试点湖泊不少于<span lang="EN-US">20</span>个，每个湖泊设<span lang="EN-US">3</span>处采样点，水体容量不小于<span lang="EN-US">10<sup>8</sup>m<sup>3</sup></span>。</p>
<ol><li>湖泊由省级部门推荐。</li><li>名单由我部公布。</li></ol>
<p align="right">湖泊部</p><p align="right">2031年4月1日</p>
</div></div></div>
<div class="share">分享到：<a href="w">微信</a><a href="x">微博</a></div>
<div style="display: none">隐藏的说明文字，读者看不到，也不是正文。</div>
<div class="page"><p>上一篇：<a href="/p">湖泊部公告</a></p><p>下一篇：<a href="/n">湖泊部令</a></p></div></div>
<div id="foot">主办：湖泊部　京ICP备00000000号</div></body></html>"#,
        &[
            "湖泊部关于开展监测试点工作的通知",
            "各省、自治区湖泊厅（局）：",
            "为做好湖泊监测工作，我部决定在部分省份开展试点。现将有关事项通知如下。",
            "一、试点范围",
            "试点湖泊不少于20个，每个湖泊设3处采样点，水体容量不小于10⁸m³。",
            "1. 湖泊由省级部门推荐。",
            "2. 名单由我部公布。",
            "湖泊部",
            "2031年4月1日",
        ],
    );
}

/// A page from Hong Kong in Big5 that does not say so.
#[test]
fn a_page_in_big5() {
    let page = r#"<html><head><title>湖泊署公布監測指引 - 新聞公報</title></head><body>
<div id="menu"><ul><li><a href="a">主頁</a></li><li><a href="b">新聞公報</a></li><li><a href="c">網頁指南</a></li></ul></div>
<div id="contentBody"><h1>湖泊署公布監測指引</h1>
<p>湖泊署今日（六月五日）公布《湖泊水質監測指引》，協助各機構採集及分析樣本。</p>
<p>署長表示：「指引參考了國際標準，並諮詢了業界的意見。」<br><br>指引已上載至該署網頁，市民可免費下載。</p>
<p>完</p><p>2031年6月5日（星期四）</p></div><div class="footer">重要告示 | 私隱政策</div></body></html>"#;
    let document = read("press.html", &BIG5.encode(page).0);
    let found: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(
        found,
        [
            "湖泊署公布監測指引",
            "湖泊署今日（六月五日）公布《湖泊水質監測指引》，協助各機構採集及分析樣本。",
            "署長表示：「指引參考了國際標準，並諮詢了業界的意見。」",
            "指引已上載至該署網頁，市民可免費下載。",
            "完",
            "2031年6月5日（星期四）",
        ]
    );
    assert!(document.warnings.iter().any(|warning| warning.message.contains("Big5")), "{:?}", document.warnings);
}

/// A think tank: cookies, a sidebar with teasers, notes, comments.
#[test]
fn an_english_think_tank() {
    let page = r##"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>What China's Lake Plan Means | Lake Institute</title>
<meta property="og:title" content="What China's Lake Plan Means"><meta property="og:site_name" content="Lake Institute">
<meta property="article:published_time" content="2031-06-09T08:00:00+00:00"></head><body class="single has-sidebar">
<div class="cookie-banner"><p>We use cookies to improve this site. By continuing, you accept our policy.</p><button>Accept</button></div>
<header><a href="/">Lake Institute</a><nav><ul><li><a href="/r">Research</a></li><li><a href="/e">Events</a></li><li><a href="/a">About</a></li></ul></nav></header>
<div class="layout"><div class="column"><div class="post"><h1>What China&rsquo;s Lake Plan Means</h1><p class="byline">By <a href="/jane">Jane Poe</a></p>
<p>In May, the State Council issued a plan for lake monitoring.<sup><a href="#fn1" id="r1">1</a></sup> It calls for &ldquo;high-quality development&rdquo; (高质量发展) of
the standards system, and it sets a deadline of 2033.</p>
<h2>Key targets</h2>
<ul><li>Over 50 national standards by 2033.</li><li>Monthly samples at every major lake.</li></ul>
<blockquote><p>Lakes are the mirror of the land.</p></blockquote>
<h3>Outlook</h3><p>Whether provinces can follow depends on money, on staff, and on the <em>data platform</em> that the ministry has promised for years.</p>
<ol class="notes"><li id="fn1">State Council, Notice No. 18, May 28, 2031. <a href="#r1">↩</a></li></ol>
<div class="share-buttons"><a href="t">Tweet</a><a href="f">Share</a></div></div></div>
<div class="sidebar"><h4>Latest</h4><p><a href="/1">River standards in review</a></p><p>Our survey of river standards, in four charts.</p><p><a href="/2">A glossary of wetlands</a></p></div></div>
<section id="comments"><h3>2 comments</h3><p>Great piece, thank you for writing it, I learned a lot about lakes.</p><p>I do not agree at all, but it was interesting, and I shared it.</p></section>
<footer><p>Copyright © 2031 Lake Institute. All rights reserved.</p></footer></body></html>"##;
    check(
        page,
        &[
            "What China’s Lake Plan Means",
            "By Jane Poe",
            "In May, the State Council issued a plan for lake monitoring. It calls for “high-quality development” (高质量发展) of the standards system, and it sets a deadline of 2033.",
            "Key targets",
            "• Over 50 national standards by 2033.",
            "• Monthly samples at every major lake.",
            "Lakes are the mirror of the land.",
            "Outlook",
            "Whether provinces can follow depends on money, on staff, and on the data platform that the ministry has promised for years.",
            "[1] State Council, Notice No. 18, May 28, 2031.",
        ],
    );
    let document = read("page.html", page.as_bytes());
    let levels: Vec<_> =
        document.blocks.iter().filter(|block| block.kind == BlockKind::Heading).map(|block| block.level).collect();
    assert_eq!(levels, [0, 1, 2]);
    assert_eq!(document.blocks.last().map(|block| block.kind), Some(BlockKind::Footnote));
    assert_eq!(document.facts.footnotes[0].mark, "1");
    assert_eq!(document.facts.source.as_deref(), Some("Lake Institute"));
    assert_eq!(document.facts.glosses[0].zh, "高质量发展");
    assert!(document.facts.dates.iter().any(|fact| fact.kind == DateKind::Published && fact.date == "2031-06-09"));
}

#[track_caller]
fn has_no_text(page: &str, says: &str) {
    let read = read_text("page.html", "page.html", DocumentHash(String::new()), page.as_bytes());
    assert!(matches!(&read, Err(Error::NoText(why)) if why.contains(says)), "{read:?}");
}

#[test]
fn pages_that_have_no_text() {
    has_no_text(
        r#"<html><head><title>湖泊监测白皮书</title></head><body><h1>湖泊监测白皮书</h1>
<iframe src="/pdfjs/web/viewer.html?file=%2Ffiles%2Flakes.pdf" width="100%"></iframe><div class="footer">主办：湖泊部</div></body></html>"#,
        "/files/lakes.pdf); download that file",
    );
    let script = "window.data=load();".repeat(20);
    has_no_text(
        &format!("<html><body><div id=app></div><script>{script}</script></body></html>"),
        "its scripts put it there",
    );
    has_no_text("<html></html>", "the page has no text");
}

#[test]
fn hostile_pages_are_read_in_bounds() {
    let text = "湖泊监测标准，国家标准。";
    for page in [
        format!("<html>{}{text}", "<div>".repeat(100_000)),
        format!("<html>{}{text}", "<table><tr><td>".repeat(30_000)),
        format!("<html>{}", format!("<p>{text}").repeat(5_000)),
        format!("<html>{}", format!("<b a={text}><i>{text}</b>").repeat(5_000)),
        format!(
            "<html><table><tr><td colspan=4000000000 rowspan=4000000000>{text}<td>{text}<tr><td>{text}<td>{text}</table>"
        ),
        format!("<html><p>\0{}\0</p>", text.repeat(100)),
    ] {
        assert!(read("page.html", page.as_bytes()).blocks.iter().any(|block| block.text.contains("监测标准")));
    }
}
