//! Tokens as JSON: listed, made, revoked.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode, header};
use corpus::access::{Role, Token};
use serde::{Deserialize, Serialize};

use crate::access;
use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::problem::{Problem, Thing};

/// How many are listed, the newest first.
const MOST: usize = 10_000;

pub(super) fn routes() -> Api {
    Api::of("Server")
        .get("/tokens", list, says("listTokens", "Lists the tokens, without their secrets").more("For the role admin."))
        .post(
            "/tokens",
            make,
            says("makeToken", "Makes a token, and shows it this once")
                .more("For the role admin. The answer is not kept under an Idempotency-Key."),
        )
        .delete(
            "/tokens/{id}",
            revoke,
            says("revokeToken", "Revokes a token").more("For the role admin.").of("id", "The number of the token."),
        )
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "TokenList")]
struct Tokens {
    tokens: Vec<TokenView>,
}

/// A token: all but the secret.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Token")]
struct TokenView {
    id: i64,
    /// Who or what it is for; the history of edits names them so.
    name: String,
    /// `read`, `edit` or `admin`.
    role: Role,
    /// When it was made.
    created: String,
    /// From when on it is no longer good; without one it is until it is revoked.
    expires: Option<String>,
    /// When it was last used, to a minute.
    last_used: Option<String>,
    /// When it was revoked.
    revoked: Option<String>,
    /// Whether it is good now.
    live: bool,
}

/// A token to make.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewToken {
    name: String,
    /// `read`, `edit` or `admin`.
    role: Role,
    /// How long it is good: `36h`, `90d`, `12w`, or a date; until it is revoked where there is none.
    #[serde(default)]
    expires: String,
}

/// A token that was made.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "MadeToken")]
struct MadeToken {
    #[serde(flatten)]
    token: TokenView,
    /// The token itself, shown this once.
    secret: String,
}

async fn list(State(app): State<App>) -> Result<Json<Tokens>, Problem> {
    let tokens = app.run(|data| data.with_store(|store| Ok(store.tokens(MOST)?))).await?;
    Ok(Json(Tokens { tokens: tokens.into_iter().map(view).collect() }))
}

async fn make(
    State(app): State<App>,
    Json(new): Json<NewToken>,
) -> Result<(StatusCode, [(HeaderName, &'static str); 1], Json<MadeToken>), Problem> {
    let given = app.run(move |data| access::give(data, &new.name, new.role, &new.expires)).await?;
    let made = MadeToken { token: view(given.token), secret: given.secret };
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(made)))
}

async fn revoke(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode, Problem> {
    let id = Thing::Page.number(&id)?;
    app.revoke(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn view(token: Token) -> TokenView {
    let live = token.is_live(&crate::now());
    let Token { id, name, role, created, expires, last_used, revoked } = token;
    TokenView { id, name, role, created, expires, last_used, revoked, live }
}
