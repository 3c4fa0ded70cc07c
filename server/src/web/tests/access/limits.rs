use super::*;

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let server = Server::guarded(AccessSettings { per_token: 3, ..settings() }, fill_with_tokens);
    for _ in 0..3 {
        assert_eq!(server.get_with("/api/v1/watches", &[READ]).await.status, StatusCode::OK);
    }
    let answer = server.get_with("/api/v1/watches", &[READ]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let wait: u64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=21).contains(&wait), "{wait}");
    assert!(server.get_with("/watches", &[READ]).await.body.contains("asked too often"));
    assert_eq!(server.get_with("/api/v1/watches", &[EDIT]).await.status, StatusCode::OK, "another token");
}

#[tokio::test]
async fn an_address_has_an_allowance_whatever_it_brings() {
    let server = Server::guarded(AccessSettings { per_address: 2, ..settings() }, fill_with_tokens);
    let ask = |address: &'static str| {
        let server = &server;
        async move { server.ask_from(address, "GET", "/api/v1/watches", &[READ], "").await.status }
    };
    assert_eq!([ask("192.0.2.1:1").await, ask("192.0.2.1:2").await], [StatusCode::OK; 2]);
    assert_eq!(ask("192.0.2.1:3").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(ask("192.0.2.2:1").await, StatusCode::OK);
    assert_eq!([ask("[2001:db8::1]:1").await, ask("[2001:db8::2]:1").await], [StatusCode::OK; 2]);
    assert_eq!(ask("[2001:db8::3]:1").await, StatusCode::TOO_MANY_REQUESTS, "one network of IPv6");
    assert_eq!(ask("[2001:db8:0:1::3]:1").await, StatusCode::OK);
}

#[tokio::test]
async fn attempts_to_sign_in_are_few() {
    let server = Server::guarded(AccessSettings { sign_ins: 3, ..settings() }, fill_with_tokens);
    for _ in 0..3 {
        let answer = server.ask_from("192.0.2.1:1", "POST", "/sign-in", &[FORM], "token=pgt_wrong").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    for token in ["pgt_wrong", "pgt_admin"] {
        let body = format!("token={token}");
        let answer = server.ask_from("192.0.2.1:1", "POST", "/sign-in", &[FORM], &body).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{token}");
        assert!(answer.header("retry-after").parse::<u64>().unwrap() > 60);
    }
    let wrong = [("authorization", "Bearer pgt_wrong")];
    let answer = server.ask_from("192.0.2.1:1", "GET", "/api/v1/watches", &wrong, "").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "tokens in headers count as well");
    let good = server.ask_from("192.0.2.1:1", "GET", "/api/v1/watches", &[READ], "").await;
    assert_eq!(good.status, StatusCode::OK, "who has a good token is not kept out by others of the address");
    let other = server.ask_from("192.0.2.2:1", "POST", "/sign-in", &[FORM], "token=pgt_admin").await;
    assert_eq!(other.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_server_for_this_machine_alone_counts_nothing() {
    let access = AccessSettings { per_token: 1, per_address: 1, sign_ins: 1, ..AccessSettings::default() };
    let server = Server::guarded(access, fill);
    for _ in 0..5 {
        assert_eq!(server.get("/api/v1/watches").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn only_proxies_of_the_settings_say_where_a_request_comes_from() {
    let deny = AccessSettings { per_address: 0, ..settings() };
    let allow = AccessSettings { proxies: vec![crate::deliver::Network::read("10.0.0.0/8").unwrap()], ..deny.clone() };
    for (access, peer, forwarded, expected) in [
        (&deny, "10.1.2.3:1", "192.0.2.9", "10.1.2.3"),
        (&allow, "10.1.2.3:1", "192.0.2.9", "192.0.2.9"),
        (&allow, "10.1.2.3:1", "192.0.2.1, 192.0.2.9, 10.7.7.7", "192.0.2.9"),
        (&allow, "10.1.2.3:1", "192.0.2.1, nonsense", "10.1.2.3"),
        (&allow, "192.0.2.8:1", "192.0.2.9", "192.0.2.8"),
    ] {
        let server = Server::guarded(access.clone(), fill_with_tokens);
        let headers = [EDIT, ("x-forwarded-for", forwarded)];
        server.ask_from(peer, "POST", "/api/v1/watches/1/pause", &headers, "").await;
        let line = server.store().audit(None, 1).unwrap().pop().unwrap();
        assert_eq!(line.deed.address.as_deref(), Some(expected), "{peer} {forwarded}");
    }
}
