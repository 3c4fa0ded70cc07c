use super::*;

const BOUNDARY: &str = "----terms";

/// A form with a file, as browsers send it.
async fn upload(server: &Server, name: &str, content: &str) -> Answer {
    let body = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{content}\r\n--{BOUNDARY}--\r\n"
    );
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    server.ask("POST", "/exchange/import", &[("content-type", &kind)], &body).await
}

async fn post(server: &Server, path: &str, form: &str) -> Answer {
    server.ask("POST", path, &[("content-type", "application/x-www-form-urlencoded")], form).await
}

/// What a form repeats of what was shown.
fn hidden(body: &str) -> String {
    let start = body.find("<form method=\"post\" action=\"/exchange/import/").expect("there is something to import");
    let inputs = body[start..].split("</form>").next().unwrap();
    let mut form = form_urlencoded::Serializer::new(String::new());
    for input in inputs.split("<input ").skip(1) {
        let attribute = |name: &str| {
            let start = input.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
            input[start..].split('"').next().unwrap().to_owned()
        };
        form.append_pair(&attribute("name"), &attribute("value"));
    }
    form.finish()
}

const WORDS: &str = "中文,英文,备注\n云量,cloudiness,\n雨量,rainfall,daily\n风速,,\n";

#[tokio::test]
async fn a_file_is_imported_after_a_second_word_and_undone() {
    let server = Server::new();
    let sent = upload(&server, "words.csv", WORDS).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let address = sent.header("location").to_owned();
    let preview = server.get(&address).await.body;
    for shown in ["cloudiness", "rainfall", "there is no English designation", "1 new concepts", "Import 2 entries"] {
        assert!(preview.contains(shown), "{shown}: {preview}");
    }
    assert!(!server.get("/api/v1/terms/export?format=jsonl").await.body.contains("rainfall"), "nothing is written yet");
    let path = address.split('?').next().unwrap();
    let done = post(&server, path, &hidden(&preview)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let result = done.header("location").to_owned();
    assert!(server.get(&result).await.body.contains("2 concepts were made or changed."));
    assert!(server.get("/api/v1/terms/export?format=jsonl").await.body.contains("rainfall"));
    assert!(server.get(&address).await.header("location").contains("said=gone"), "it is imported once");
    let undo = format!("{}/undo", result.split('?').next().unwrap());
    assert_eq!(post(&server, &undo, "").await.status, StatusCode::SEE_OTHER);
    assert!(server.get(&result).await.body.contains("The import was undone"));
    assert!(!server.get("/api/v1/terms/export?format=jsonl").await.body.contains("rainfall"));
}

#[tokio::test]
async fn an_import_that_would_do_nothing_never_succeeds() {
    let server = Server::empty();
    let sent = upload(&server, "words.csv", "中文,英文\n风速,\n").await;
    let body = server.get(sent.header("location")).await.body;
    assert!(body.contains("There is nothing to import") && !body.contains("Import 0"), "{body}");
    let answer =
        server.ask("POST", "/api/v1/terms/import?name=words.csv&dry_run=false", &[], "中文,英文\n风速,\n").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.body.contains("nothing to import: of 1 entries 1 skipped"), "{}", answer.body);
}

#[tokio::test]
async fn consent_is_to_what_was_shown() {
    let server = Server::empty();
    let address = upload(&server, "words.csv", WORDS).await.header("location").to_owned();
    let form = hidden(&server.get(&address).await.body);
    let other = server.ask("POST", "/api/v1/terms/import?name=a.csv&dry_run=false", &[], "雨量,rain\n雪,snow\n").await;
    assert_eq!(other.status, StatusCode::OK, "{}", other.body);
    let answer = post(&server, address.split('?').next().unwrap(), &form).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("has changed since you looked"), "{}", answer.body);
}

#[tokio::test]
async fn a_table_that_cannot_be_understood_asks_for_its_columns() {
    let server = Server::empty();
    let address = upload(&server, "words.csv", "a,b\n1,2\n").await.header("location").to_owned();
    let body = server.get(&address).await.body;
    assert!(body.contains("no column with Chinese terms was found") && body.contains("<select name=\"c2\""), "{body}");
    let address = upload(&server, "words.csv", "a,b,c\nGDP,国内生产总值,GDP\n").await.header("location").to_owned();
    let body = server.get(&format!("{address}&c1=en&c2=zh&c3=ignore&header=yes")).await.body;
    assert!(body.contains("Import 1 entry"), "{body}");
}

#[tokio::test]
async fn the_termbase_is_downloaded_as_a_file() {
    let server = Server::new();
    for (query, kind, name) in [
        ("format=csv&which=candidates", "text/csv; charset=utf-8", "policyglot-terms.csv"),
        (
            "format=omegat&candidates=1&direction=en-zh",
            "text/tab-separated-values; charset=utf-8",
            "policyglot-terms-en-zh.utf8",
        ),
    ] {
        let answer = server.get(&format!("/exchange/export?{query}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, kind), "{}", answer.body);
        assert!(answer.header("content-disposition").contains(name));
        assert!(answer.body.contains("cloud cover"), "{}", answer.body);
    }
    assert_eq!(server.get("/api/v1/terms/export").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_dry_run_says_what_would_become_of_each_entry() {
    let server = Server::new();
    let answer = server.ask("POST", "/api/v1/terms/import?name=words.csv", &[], WORDS).await;
    let report = answer.json();
    assert_eq!(report["counts"]["changed"], 1, "{report:#}");
    assert_eq!(report["counts"]["skipped"], 1);
    assert_eq!(report["entries"][2]["why"], "no_english");
    assert_eq!(report["columns"], serde_json::json!(["zh", "en", "note"]));
    assert!(report["applied"].is_null());
}

#[tokio::test]
async fn what_a_file_says_is_never_markup() {
    let server = Server::empty();
    let text = "中文,<b>x</b>\n潮汐,<script>alert(1)</script> tide\n海湾,\"bay\"\"><img src=x>\"\n";
    let address = upload(&server, "<i>.csv", text).await.header("location").to_owned();
    let body = server.get(&address).await.body;
    for markup in ["<script", "<img", "<b>", "<i>"] {
        assert!(!body.contains(markup), "{markup}: {body}");
    }
}

#[tokio::test]
async fn the_pages_speak_both_languages() {
    let server = Server::new();
    assert!(server.get("/exchange").await.body.contains("Look through it"));
    assert!(server.get("/exchange?ui=zh").await.body.contains("导出范围"));
    let address = upload(&server, "words.csv", WORDS).await.header("location").to_owned();
    let body = server.get(&format!("{address}&ui=zh")).await.body;
    assert!(body.contains("缺少英文") && body.contains("导入 2 条"), "{body}");
}
