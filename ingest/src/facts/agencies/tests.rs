//! Names as texts print them.

use super::mentions_in;

#[track_caller]
fn check(text: &str, wanted: &[&str]) {
    let found: Vec<String> = mentions_in(text, 0)
        .into_iter()
        .map(|mention| if mention.agency.id.is_empty() { text[mention.span].to_owned() } else { mention.agency.id })
        .collect();
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn chinese_names_and_short_forms() {
    check("水利部、国家发展改革委和国务院国资委", &["MWR", "NDRC", "SASAC"]);
    check("各级教育部门会同省发展改革委", &["省发展改革委"]);
    check("水利部会同湖州市水利局", &["MWR", "湖州市水利局"]);
    check("中华人民共和国水利部 中华人民共和国生态环境部", &["MWR", "MEE"]);
    check("教　　育　　部　　水　利　部", &["MOE", "MWR"]);
    check("國家發展和改革委員會、衛生健康委員會", &["NDRC"]);
    check("教育部、能源局、林草局按职责分工负责", &["MOE", "NEA", "NFGA"]);
    check("各省级能源局、发展改革委", &[]);
    check("某某铁路局与能源局签约", &[]);
    check("集团公司人事部、该院财政部门", &[]);
    check("美国商务部会同日本经济产业省", &["US-DOC", "METI"]);
    check("印度财政部说", &[]);
    check("国务院学位委员会 教育部", &["SCADC", "MOE"]);
    check("原信息产业部和质检总局", &["MII", "AQSIQ"]);
    check("新疆生产建设兵团工业和信息化局、兵团科技局", &["新疆生产建设兵团工业和信息化局", "兵团科技局"]);
}

#[test]
fn english_names_in_several_spellings() {
    check("the Ministry of Water Resource and the National Development & Reform Commission", &["MWR", "NDRC"]);
    check("Ministry of Water Resources (MWR), SAC/TC 28", &["MWR", "MWR"]);
    check("a ministry of education somewhere", &[]);
    check(
        "Huzhou Municipal Bureau of Industry and Information Technology and the Municipal Water Bureau",
        &["Huzhou Municipal Bureau of Industry and Information Technology", "Municipal Water Bureau"],
    );
    check("the Ministry of Industry and Information Technology of the People's Republic of China", &["MIIT"]);
    check("the State Administration of Market Regulation's notice", &["SAMR"]);
    check("SASAC of the State Council", &["SASAC"]);
    check("SHARE THE MOST POPULAR", &[]);
    check("the national cyberspace authorities", &["CAC"]);
    check("the European Commission and the Bureau of Industry and Security", &["EC", "BIS"]);
}

#[test]
fn one_misspelt_word_of_a_long_name() {
    check("Ministry of Indsutry and Information Technology", &["MIIT"]);
    check("National Developement and Reform Commission", &["NDRC"]);
    check("National Development and Reformation Commission", &["NDRC"]);
    check("Ministry of Human Resources and Social Secuirty", &["MOHRSS"]);
    check("Office of Central Cyberspace Affair Commission", &["CAC"]);
    check("State Adminstration for Market Regulation", &["SAMR"]);
    check("Ministry of Agriculture and Rual Affairs", &["MARA"]);
}

#[test]
fn other_names_are_not_misspelt_ones() {
    check("National Health and Reform Commission", &[]);
    check("National Cultural Data Administration", &[]);
    check("the Ministry of Innovation and Information Technology", &[]);
    check("State Administration for Animal Regulation", &[]);
}

#[test]
fn words_cut_or_run_together() {
    check("the Ministry of Industry and Informa- tion Technology", &["MIIT"]);
    check("issued by theStateAdministration forMarket Regulation", &["SAMR"]);
    check("NationalDevelopment andReform Commission", &["NDRC"]);
}

#[test]
fn ministries_of_other_countries() {
    check("the Indian Ministry of Education and Japan's Ministry of Justice", &[]);
    check("the Ministry of Finance of Vietnam", &[]);
}

#[test]
fn local_agencies_in_english() {
    check("the Shenzhen Development and Reform Commission said", &["Shenzhen Development and Reform Commission"]);
    check(
        "issued by the Department of Science and Technology of Anhui Province, the Guizhou Provincial Department of Finance",
        &["Department of Science and Technology of Anhui Province", "Guizhou Provincial Department of Finance"],
    );
    check("the Beijing office of a Department store in Shanghai", &[]);
}
