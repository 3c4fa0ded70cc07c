//! Heads and tails of documents, with who issued them.

use corpus::document::DocumentHash;
use corpus::facts::{Agency, Facts};

use crate::read::read_text;

fn facts_of(text: &str) -> Facts {
    read_text("test.txt", "test.txt", DocumentHash(String::new()), text.as_bytes()).expect("it is text").facts
}

fn names(agencies: &[Agency]) -> Vec<&str> {
    agencies
        .iter()
        .map(|agency| match (agency.id.as_str(), &agency.name_zh, &agency.name_en) {
            ("", Some(name), _) | ("", None, Some(name)) => name.as_str(),
            (id, _, _) => id,
        })
        .collect()
}

/// Who issued it, and who else is named.
#[track_caller]
fn check(text: &str, issuers: &[&str], others: &[&str]) {
    let facts = facts_of(text);
    assert_eq!(names(&facts.issuers), issuers, "issuers of {text}");
    let named = names(&facts.agencies);
    let rest: Vec<&str> = named.into_iter().filter(|name| !issuers.contains(name)).collect();
    assert_eq!(rest, others, "others named in {text}");
}

#[test]
fn chinese_titles_and_signatures() {
    for (text, issuers, others) in [
        (
            "水利部办公厅关于印发《湖泊算力普查办法》的通知\n办湖〔2031〕7号\n各省、自治区、直辖市水利厅（局），新疆生产建设兵团水利局：\n现将办法印发给你们。请会同财政部门执行。\n水利部办公厅\n2031年3月2日\n",
            &["MWR"][..],
            &[][..],
        ),
        (
            "水利部等三部门关于开展湖泊标准试点的通知\n各有关单位：\n为推进工作，中国标准化研究院承担秘书处。\n水利部\n国家数据局\n国家标准化管理委员会\n2031年4月1日\n（此件公开发布）\n",
            &["MWR", "NDA", "SAC"],
            &["CNIS"],
        ),
        (
            "关于加强湖泊数据安全工作的意见\n教育部，生态环境部：\n你们的来函收悉，现提出以下意见。\n国家数据局\n2031年5月6日\n抄送：财政部、审计署\n",
            &["NDA"],
            &["MOE", "MEE", "MOF", "CNAO"],
        ),
        (
            "国务院办公厅转发国家发展改革委关于湖泊算力的意见的通知\n国办函〔2031〕9号\n各省、自治区、直辖市人民政府：\n已经国务院同意，现转发给你们。\n国务院办公厅\n2031年1月9日\n",
            &["GO-SC"],
            &["NDRC"],
        ),
        (
            "中共中央办公厅 国务院办公厅印发《关于湖泊治理的意见》\n一、总体要求\n坚持统筹。由水利部牵头。\n",
            &["GO-CPC", "GO-SC"],
            &["MWR"],
        ),
        (
            "国家互联网信息办公室 公安部 文化和旅游部令\n第18号\n《湖泊影像管理办法》已经审议通过，并经公安部、文化和旅游部同意，现予公布，自2031年8月1日起施行。\n国家互联网信息办公室主任　王湖生\n公安部部长　李　岸\n文化和旅游部部长　赵堤\n2031年6月1日\n",
            &["CAC", "MPS", "MCT"],
            &[],
        ),
        (
            "国家市场监督管理总局 国家标准化管理委员会\n公告\n2031年第6号\n关于批准发布《湖泊术语》等12项国家标准的公告\n国家市场监督管理总局、国家标准化管理委员会批准12项国家标准，现予公布。\n国家市场监督管理总局 国家标准化管理委员会\n2031-03-15\n",
            &["SAMR", "SAC"],
            &[],
        ),
        (
            "關於印發湖泊標準化行動計劃的通知\n各有關單位：\n現將行動計劃印發給你們。\n國家發展和改革委員會\n水利部\n2031年2月2日\n",
            &["NDRC", "MWR"],
            &[],
        ),
        (
            "教　育　部　文　件\n教湖〔2031〕3号\n教育部关于推进湖泊教育的意见\n各省、自治区、直辖市教育厅（教委）：\n会同科技部、中国科协开展工作。\n教　育　部\n2031年9月1日\n",
            &["MOE"],
            &["MOST", "CAST"],
        ),
        (
            "关于印发湖泊监测规范的通知\n各有关单位：\n牵头单位：水利部\n起草单位：中国计量科学研究院、国家信息中心\n现印发给你们，请遵照执行。\n国家标准委办公室　2031年3月3日印发\n",
            &["SAC"],
            &["MWR", "NIM", "SIC"],
        ),
        (
            "湖泊数据条例解读\n解读单位：司法部\n近日，有记者问到条例的背景。专家认为，这有利于发展。财政部将安排资金。\n",
            &[],
            &["MOJ", "MOF"],
        ),
    ] {
        check(text, issuers, others);
    }
}

#[test]
fn local_documents() {
    check(
        "芜湖市科技局 芜湖市财政局关于印发《芜湖市湖泊算力行动方案》的通知\n各县市区人民政府，各开发区管委会：\n由市发改委、市数据局会同省科技厅落实，各市财政局配合。\n芜湖市科学技术局\n芜湖市财政局\n2031年7月1日\n",
        &["芜湖市科学技术局", "芜湖市财政局"],
        &["芜湖市发展和改革委员会", "芜湖市数据局", "安徽省科学技术厅"],
    );
    check(
        "贵州省人民政府办公厅关于印发湖泊算力规划的通知\n黔府办发〔2031〕2号\n各市（自治州）人民政府，各县（市、区）人民政府：\n省大数据局牵头，省通信管理局配合。\n贵州省人民政府办公厅\n2031年8月8日\n",
        &["贵州省人民政府办公厅"],
        &["贵州省大数据局", "贵州省通信管理局"],
    );
    check(
        "各位代表：\n现在，我代表宁波市人民政府，向大会报告政府工作，请予审议。\n一、过去一年的工作\n全市经济增长。\n",
        &["宁波市人民政府"],
        &[],
    );
    check(
        "Notice of the Wuhu Municipal Bureau of Science and Technology on Issuing the Lake Computing Plan\nTo all county governments:\nThe Municipal Finance Bureau shall arrange funds with the Provincial Department of Finance.\nWuhu Municipal Bureau of Science and Technology\nJuly 1, 2031\n",
        &["芜湖市科学技术局"],
        &["芜湖市财政局", "安徽省财政厅"],
    );
}

#[test]
fn covers_of_standards() {
    check(
        "ICS 07.060\nCCS A 45\n中华人民共和国国家标准\nGB/T 80021—2031\n湖泊监测 数据\n2031-03-16 发布 2031-10-01 实施\n国家市场监督管理总局 国家标准化管理委员会 发布\n前言\n本文件由全国湖泊标准化技术委员会归口。\n本文件起草单位：中国标准化研究院、水利部。\n",
        &["SAMR", "SAC"],
        &["CNIS", "MWR"],
    );
    check(
        "ICS 33.050\n中华人民共和国通信行业标准\nYD/T 80022—2031\n湖泊无线网\n2031-05-01 发布\n中华人民共和国工业和信息化部 发布\n前言\n本文件由中国通信标准化协会提出并归口。\n",
        &["MIIT"],
        &["CCSA"],
    );
    check(
        "ICS 35.240\n团体标准\nT/LHXH 003—2031\n湖泊智能体\n2031-06-01 发布 2031-07-01 实施\n洪泽湖数字产业协会 发布\n前言\n本文件由某某公司提出。\n",
        &["洪泽湖数字产业协会"],
        &[],
    );
    check(
        "INTERNATIONAL STANDARD\nISO/IEC 80023-1\nFirst edition 2031-04\nInformation technology — Lakes — Part 1: Terms\nForeword\nISO and IEC are not responsible for lakes.\n",
        &["ISO", "IEC"],
        &[],
    );
    check(
        "NIST Special Publication 899-12\nA Framework for Lake Security\nJane Lake\nThis document was prepared with the Federal Trade Commission.\n",
        &["NIST"],
        &["FTC"],
    );
}

#[test]
fn english_heads_and_tails() {
    for (text, issuers, others) in [
        (
            "Notice of the General Office of the Ministry of Water Resources on Printing the Measures for Lakes\nTo the water departments of all provinces:\nThe measures were drafted with the Ministry of Finance.\nGeneral Office of the Ministry of Water Resources\nMarch 2, 2031\n",
            &["MWR"][..],
            &["MOF"][..],
        ),
        (
            "Order No. 5 of the National Data Administration\nThe Measures for Lake Data have been adopted and are hereby issued with the consent of the Ministry of Justice.\nChapter I General Provisions\nArticle 1 These Measures are formulated.\n",
            &["NDA"],
            &["MOJ"],
        ),
        (
            "Translation\nTitle\nOpinions on Lake Machines\nAuthors\nMinistry of Water Resources (水利部) and State Administration for Market Regulation (SAMR; 市场监管总局)\nSource\nWebsite of the Ministry of Finance\nTranslation Date\nMay 1, 2031\nI. Basis\nThe Ministry of Justice is to help.\n",
            &["MWR", "SAMR"],
            &["MOF", "MOJ"],
        ),
        (
            "Measures for Lake Data\nIssued by: Ministry of Industry and Infor- mation Technology, National Developement and Reform Commission\nJune 5, 2031\nArticle 1 The Ministry of Public Security shall be told.\n",
            &["MIIT", "NDRC"],
            &["MPS"],
        ),
        (
            "Lake plan to lift standards\nUpdated: May 30, 2031 09:39 Lake Daily\nThe plan, jointly issued by the Ministry of Water Resources, the National Data Administration and the Standardization Administration of China, was released on Wednesday.\nExperts of the Chinese Academy of Sciences welcomed it, and the Ministry of Finance will pay.\n",
            &["MWR", "NDA", "SAC"],
            &["CAS", "MOF"],
        ),
        (
            "NDA Releases Lake Data Rules\nOn 7 January 2031, the National Data Administration (NDA) and 2 other departments have jointly issued the Lake Data Rules.\nThe 2 other departments involved are:\n- Ministry of Water Resources (MWR)\n- Ministry of Commerce (MOC)\nThe rules ask for more:\n- By 2033, the Ministry of Education trains 300 stewards.\n",
            &["NDA", "MWR", "MOFCOM"],
            &["MOE"],
        ),
        (
            "Five lakes, one plan\nBy our reporter in China\nMay 3, 2031\nThree departments recently issued the Opinions on Lakes. They are the Ministry of Water Resources (MWR), the Ministry of Commerce and the National Data Administration. Said an officer of the Ministry of Education, it is early.\n",
            &["MWR", "MOFCOM", "NDA"],
            &["MOE"],
        ),
        (
            "A history of lake rules in China\nLakes matter to the people who live beside them, and to those who do not.\nIn 2021, the Ministry of Water Resources issued rules on lakes, and the Ministry of Finance followed.\n",
            &[],
            &["MWR", "MOF"],
        ),
        (
            "U.S. Department of Defense\nLake Adoption Strategy\nJune 2031\nThe strategy follows the work of the Office of Management and Budget on lakes.\n",
            &["US-DOD"],
            &["OMB"],
        ),
        (
            "A lake approach to regulation\nPresented to Parliament by the Secretary of State for Science, Innovation and Technology by Command of His Majesty\nMarch 2031\nThe Information Commissioner's Office has lakes of its own.\n",
            &["DSIT"],
            &["ICO"],
        ),
        (
            "A note on teaching in India\nThe Ministry of Education and the Ministry of Finance of India plan new schools near lakes in India.\n",
            &[],
            &[],
        ),
    ] {
        check(text, issuers, others);
    }
}

#[test]
fn chinese_reports() {
    check(
        "六部门联合发文支持湖泊算力\n来源：湖报\n2031年5月3日\n水利部、教育部、商务部、国务院国资委、市场监管总局、国家数据局等六部门近日联合印发《关于湖泊算力的意见》。财政部有关负责人表示支持。\n",
        &["MWR", "MOE", "MOFCOM", "SASAC", "SAMR", "NDA"],
        &["MOF"],
    );
    check(
        "湖泊数字人与社会：一项案例研究\n摘要：本文讨论湖泊数字人的成长机制，并以一个案例说明其过程与条件，最后给出建议。\n关键词：湖泊 数字人\n一、引言\n纲要提出了目标。为此，国务院印发《湖泊经济规划》，水利部先后发布《湖泊行动计划》等文件，多地出台政策。\n",
        &[],
        &["MWR"],
    );
}
