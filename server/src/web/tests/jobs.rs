use super::*;

const FORM: (&str, &str) = ("content-type", "multipart/form-data; boundary=XX");

/// The body of a form with files.
fn form(files: &[(&str, &str)]) -> String {
    let part = |(name, text): &(&str, &str)| {
        format!(
            "--XX\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/plain\r\n\r\n{text}\r\n"
        )
    };
    files.iter().map(part).collect::<String>() + "--XX--\r\n"
}

#[tokio::test]
async fn files_that_are_uploaded_become_a_job() {
    let server = Server::new();
    let body = form(&[("a.txt", "Rain."), ("", ""), ("../../b\u{202e}.txt", "Snow.")]);
    let answer = server.ask("POST", "/api/v1/documents", &[FORM], &body).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::ACCEPTED, "/api/v1/jobs/1"), "{}", answer.body);
    let job = answer.json();
    assert_eq!((&job["state"], &job["total"], &job["done"]), (&"waiting".into(), &2.into(), &0.into()));
    let names: Vec<_> = job["files"].as_array().unwrap().iter().map(|file| file["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["a.txt", "b.txt"]);
    assert_eq!(server.get("/api/v1/jobs/1").await.json(), job);
    let list = server.get("/api/v1/jobs").await.json();
    assert_eq!((&list["jobs"][0]["id"], list["jobs"][0].get("files")), (&1.into(), None));
}

#[tokio::test]
async fn one_file_can_be_the_body_and_a_key_makes_one_job_of_two_requests() {
    let server = Server::new();
    let send = async |key: &str, name: &str| {
        let address = format!("/api/v1/documents?name={name}&quiet=true");
        server.ask("POST", &address, &[("idempotency-key", key), ("content-type", "text/plain")], "Rain.").await
    };
    let first = send("k1", "rain.txt").await.json();
    assert_eq!((&first["files"][0]["name"], &first["quiet"]), (&"rain.txt".into(), &true.into()));
    let again = send("k1", "rain.txt").await;
    assert_eq!((again.status, again.header("location")), (StatusCode::ACCEPTED, "/api/v1/jobs/1"));
    assert_eq!(send("k2", "").await.json()["files"][0]["name"], "unnamed");
    assert_eq!(server.get("/api/v1/jobs").await.json()["jobs"].as_array().map(Vec::len), Some(2));
    let long = "k".repeat(300);
    assert_eq!(send(&long, "a").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_form_leads_to_the_page_of_its_job() {
    let server = Server::new();
    let markup = "<script>alert(1)</script>.txt";
    let sent = server.ask("POST", "/documents/add", &[FORM], &form(&[(markup, "Rain.")])).await;
    assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, "/jobs/1"), "{}", sent.body);
    let page = server.get("/jobs/1").await;
    assert!(page.header("content-security-policy").contains("script-src 'self'"));
    for part in [
        "data-events=\"/api/v1/jobs/1/events\"",
        "<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>",
        "0 of 1 file",
        "It waits for the uploads before it.",
        "action=\"/jobs/1/cancel\"",
    ] {
        assert!(page.body.contains(part), "{part}\n{}", page.body);
    }
    assert!(!page.body.contains("<script>alert"));
    let list = server.get("/documents/add?ui=zh").await.body;
    assert!(list.contains("最近上传") && list.contains("href=\"/jobs/1\""));

    let stopped = server.ask("POST", "/jobs/1/cancel", &[], "").await;
    assert_eq!((stopped.status, stopped.header("location")), (StatusCode::SEE_OTHER, "/jobs/1"));
    let page = server.get("/jobs/1").await.body;
    assert!(page.contains("stopped") && page.contains("not read") && !page.contains("http-equiv"), "{page}");
}

#[tokio::test]
async fn a_job_tells_of_its_end_and_then_is_silent() {
    let server = Server::new();
    server.ask("POST", "/api/v1/documents?name=a.txt", &[], "Rain.").await;
    let cancelled = server.ask("DELETE", "/api/v1/jobs/1", &[], "").await;
    assert_eq!((cancelled.status, &cancelled.json()["state"]), (StatusCode::OK, &"cancelled".into()));
    let events = server.get("/api/v1/jobs/1/events").await;
    assert_eq!(events.header("content-type"), "text/event-stream");
    assert_eq!(events.body.matches("event: ").count(), 1, "{}", events.body);
    assert!(events.body.contains("event: end") && events.body.contains("\"state\":\"cancelled\""), "{}", events.body);
}

#[track_caller]
fn check(answer: &Answer, status: u16, why: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
    assert!(answer.body.contains(why), "{}", answer.body);
}

#[tokio::test]
async fn what_is_no_upload_is_refused_with_what_to_do() {
    let server = Server::new();
    check(&server.ask("POST", "/api/v1/documents", &[FORM], &form(&[("", "")])).await, 400, "no file was sent");
    check(&server.ask("POST", "/api/v1/documents", &[], "").await, 400, "no file was sent");
    check(&server.ask("POST", "/api/v1/documents", &[FORM], "--XX\r\nbroken").await, 400, "send it again");
    check(&server.ask("POST", "/documents/add", &[], "a=b").await, 400, "multipart/form-data");
    check(&server.get("/api/v1/jobs/7").await, 404, "GET /api/v1/jobs lists them");
    check(&server.get("/jobs/x").await, 404, "There is no such upload");
    check(
        &server.ask("POST", "/documents/add", &[FORM, ("sec-fetch-site", "cross-site")], "").await,
        403,
        "another site",
    );
    assert_eq!(server.get("/api/v1/jobs").await.json()["jobs"], serde_json::json!([]));
}
