use super::*;

impl Server {
    /// Signs a browser in and gives the cookie that it sends from then on.
    async fn sign_in(&self, token: &str, to: &str) -> (Answer, String) {
        let body =
            form_urlencoded::Serializer::new(String::new()).append_pair("token", token).append_pair("to", to).finish();
        let answer = self.ask("POST", "/sign-in", &[FORM, SAME], &body).await;
        let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        (answer, cookie)
    }
}

#[tokio::test]
async fn a_browser_signs_in_and_comes_back_to_where_it_was() {
    let server = server();
    let asked = server.get("/search?q=%E4%BA%91&page=2").await;
    assert!(asked.body.contains("name=\"to\" value=\"/search?q=%E4%BA%91&#38;page=2\""), "{}", asked.body);
    let (answer, cookie) = server.sign_in(" pgt_reader ", "/search?q=%E4%BA%91&page=2").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/search?q=%E4%BA%91&page=2"));
    let set = answer.header("set-cookie");
    assert!(set.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax") && !set.contains("pgt_"), "{set}");
    let page = server.get_with("/documents", &[("cookie", &cookie)]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("cache-control"), "private, no-cache");
    let out = server.ask("POST", "/sign-out", &[("cookie", &cookie), FORM, SAME], "").await;
    assert_eq!((out.status, out.header("location")), (StatusCode::SEE_OTHER, "/sign-in"));
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(server.get_with("/documents", &[("cookie", &cookie)]).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_token_that_is_not_good_signs_nobody_in() {
    let server = server();
    let mut bodies = Vec::new();
    for token in ["pgt_other", "", "<script>alert(1)</script>"] {
        let (answer, cookie) = server.sign_in(token, "/documents").await;
        assert_eq!((answer.status, cookie.as_str()), (StatusCode::UNAUTHORIZED, ""), "{token}");
        assert!(answer.body.contains("not, or no longer, good") && answer.body.contains("value=\"/documents\""));
        bodies.push(answer.body);
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "what was sent is not shown");
    assert!(server.store().audit(None, 9).unwrap().is_empty(), "who is nobody does not fill the log");
}

#[tokio::test]
async fn nobody_is_led_elsewhere_after_signing_in() {
    let server = server();
    for to in ["https://example.org/", "//example.org/", "/\\example.org", "/\t/example.org", "/sign-out", "x"] {
        let (answer, _) = server.sign_in("pgt_reader", to).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"), "{to:?}");
    }
    for path in ["//example.org/a", "/sign-in?to=//example.org/"] {
        let body = server.get(path).await.body;
        assert!(body.contains("name=\"to\" value=\"/\""), "{path}: {body}");
    }
    let referer = [FORM, SAME, ("referer", "http://localhost:8080/watches/1?a=1")];
    let body = server.ask("POST", "/watches", &referer, "query=rain").await.body;
    assert!(body.contains("name=\"to\" value=\"/watches/1?a=1\""), "{body}");
}

#[tokio::test]
async fn a_session_ends_with_its_token() {
    let server = server();
    let (_, cookie) = server.sign_in("pgt_editor", "/").await;
    assert_eq!(server.get_with("/watches", &[("cookie", &cookie)]).await.status, StatusCode::OK);
    server.store().revoke_token(2, NOW).unwrap();
    assert_eq!(server.get_with("/watches", &[("cookie", &cookie)]).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn over_tls_the_cookie_is_sent_over_nothing_else() {
    let server = public_server("https://terms.example.org");
    let headers = [FORM, ("host", "terms.example.org"), ("origin", "https://terms.example.org")];
    let answer = server.ask("POST", "/sign-in", &headers, "token=pgt_reader").await;
    let set = answer.header("set-cookie").to_owned();
    assert!(set.starts_with("__Host-policyglot_session=") && set.ends_with("; Secure"), "{set}");
    let cookie = set.split(';').next().unwrap();
    let ask = |cookie: String| {
        let server = &server;
        async move { server.get_with("/watches", &[("host", "terms.example.org"), ("cookie", &cookie)]).await.status }
    };
    assert_eq!(ask(cookie.to_owned()).await, StatusCode::OK);
    let planted = cookie.replacen("__Host-", "", 1);
    assert_eq!(ask(planted).await, StatusCode::UNAUTHORIZED, "another host of the domain could have set it");
}

#[tokio::test]
async fn another_site_cannot_use_the_session_of_a_reader() {
    let server = public_server("https://terms.example.org");
    let own = [FORM, ("host", "terms.example.org"), ("origin", "https://terms.example.org")];
    let signed_in = server.ask("POST", "/sign-in", &own, "token=pgt_admin").await;
    let cookie = signed_in.header("set-cookie").split(';').next().unwrap().to_owned();
    let forged: [&[(&str, &str)]; 7] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example.org")],
        &[("origin", "http://terms.example.org")],
        &[("origin", "https://terms.example.org:8443")],
        &[("origin", "null")],
        &[],
    ];
    for told in forged {
        for (method, path, body) in [
            ("POST", "/watches", "query=rain"),
            ("POST", "/tokens", "name=mine&role=admin"),
            ("POST", "/tokens/1/revoke", ""),
            ("POST", "/sign-out", ""),
            ("DELETE", "/api/v1/watches/1", ""),
        ] {
            let mut headers = vec![FORM, ("host", "terms.example.org"), ("cookie", cookie.as_str())];
            headers.extend(told);
            let answer = server.ask(method, path, &headers, body).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{told:?} {method} {path}");
        }
    }
    let store = server.store();
    assert_eq!((store.watches().unwrap().len(), store.tokens(9).unwrap().len()), (1, 3));
    assert!(store.tokens(9).unwrap().iter().all(|token| token.revoked.is_none()));
    for told in [("sec-fetch-site", "same-origin"), ("origin", "https://terms.example.org")] {
        let headers = [FORM, ("host", "terms.example.org"), ("cookie", cookie.as_str()), told];
        let answer = server.ask("POST", "/watches", &headers, "query=rain").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{told:?}");
    }
}
