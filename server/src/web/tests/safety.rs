use super::*;

const SAME: &[(&str, &str)] =
    &[("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];

#[tokio::test]
async fn every_answer_forbids_scripts_and_framing() {
    let server = Server::new();
    for path in ["/", "/document/4", "/nothing", "/api/v1/health", "/api/v1/nothing", "/style.css"] {
        let answer = server.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert!(!answer.body.contains("<script"), "{path}");
    }
}

#[tokio::test]
async fn markup_of_a_document_is_shown_as_text() {
    let server = Server::new();
    for path in
        ["/document/4", "/documents", "/search?q=%3Cscript%3Ealert", "/terms?q=%3Cb%3E", "/%3Cscript%3E?a=%3Cb%3E\""]
    {
        let path = path.replace('"', "%22");
        let body = server.get(&path).await.body;
        for tag in ["<script", "<b>", "<img", "<td>\t", "\"quotes\""] {
            assert!(!body.contains(tag), "{path} has {tag}");
        }
    }
    assert!(server.get("/document/4").await.body.contains("&#60;script&#62;alert(1)"));
}

#[track_caller]
fn check_host(host: &str, status: StatusCode) -> impl Future<Output = ()> {
    let host = host.to_owned();
    async move {
        let answer = Server::empty().get_with("/api/v1/health", &[("host", &host)]).await;
        assert_eq!(answer.status, status, "{host}");
    }
}

#[tokio::test]
async fn only_names_of_this_machine_are_answered() {
    for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:80", "127.1.2.3", "[::1]:8080", "app.localhost"] {
        check_host(host, StatusCode::OK).await;
    }
    for host in ["example.org", "localhost.example.org", "192.168.0.1", "[::2]", "127.0.0.1.nip.io", "a@localhost", ""]
    {
        check_host(host, StatusCode::MISDIRECTED_REQUEST).await;
    }
}

#[tokio::test]
async fn another_site_cannot_change_anything() {
    let server = Server::new();
    let form = ("content-type", "application/x-www-form-urlencoded");
    for refused in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "http://example.org"),
        ("origin", "http://localhost:9999"),
        ("origin", "https://localhost:8080"),
        ("origin", "null"),
    ] {
        for path in ["/watches", "/watches/1/remove", "/api/v1/watches"] {
            let answer = server.ask("POST", path, &[form, refused], "query=rain").await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {refused:?}");
        }
        let answer = server.ask("DELETE", "/api/v1/watches/1", &[refused], "").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{refused:?}");
    }
    assert_eq!(server.get("/api/v1/watches").await.json()["watches"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn our_own_pages_and_programs_can() {
    let server = Server::new();
    let answer = server.ask("POST", "/watches", SAME, "query=rain").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/watches"));
    for allowed in [("sec-fetch-site", "none"), ("origin", "http://localhost:8080"), ("accept", "*/*")] {
        let form = ("content-type", "application/x-www-form-urlencoded");
        let answer = server.ask("POST", "/watches", &[form, allowed], "query=rain").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{allowed:?}");
    }
}

#[tokio::test]
async fn a_large_body_is_refused() {
    let body = format!("query={}", "a".repeat(100_000));
    let answer = Server::new().ask("POST", "/watches", SAME, &body).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_pdf_is_shown_and_anything_else_only_handed_over() {
    let server = Server::new();
    let pdf = server.get("/file/1").await;
    assert_eq!((pdf.status, pdf.header("content-type")), (StatusCode::OK, "application/pdf"));
    let expected = "inline; filename=\"__.pdf\"; filename*=UTF-8''%E4%BA%91%E9%87%8F.pdf";
    assert_eq!(pdf.header("content-disposition"), expected);
    let other = server.get("/file/4").await;
    assert_eq!(other.header("content-type"), "application/octet-stream");
    let expected = "attachment; filename=\"_img_src_x__.pdf\"; filename*=UTF-8''%3Cimg%20src%3Dx%3E%22.pdf";
    assert_eq!(other.header("content-disposition"), expected);
    for path in ["/file/2", "/file/99", "/file/x"] {
        assert_eq!(server.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_language_switch_never_leads_to_another_host() {
    let body = Server::empty().get("//example.org/x").await.body;
    assert!(!body.contains("href=\"//"), "{body}");
}
