//! What is put around every answer: the guard, limits, headers, compression, and no panic.

use crate::{app::App, asked::too_large, operations::LARGEST_BODY, refusal::Refused};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use std::{any::Any, sync::Arc, time::Duration};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, Predicate, predicate::DefaultPredicate, predicate::NotForContentType},
};

/// How long a request may wait for its turn, and how long an answer may take.
const TURN: Duration = Duration::from_secs(20);
const ANSWER: Duration = Duration::from_secs(60);

/// The page loads nothing from elsewhere and runs nothing but its own files.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEADERS: [(&str, &str); 7] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// Puts everything around the routes.
pub(crate) fn around(routes: Router, app: &Arc<App>) -> Router {
    let compressed = DefaultPredicate::new()
        .and(NotForContentType::const_new("application/vnd.openxmlformats-officedocument"));
    routes
        .layer(middleware::from_fn_with_state(app.clone(), guarded))
        .layer(CompressionLayer::new().gzip(true).compress_when(compressed))
        .layer(CatchPanicLayer::custom(|_: Box<dyn Any + Send>| Refused::fault().into_response()))
        .layer(middleware::map_response(with_headers))
}

async fn guarded(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if let Err(response) = app.guard.check(request.method(), request.uri(), request.headers()) {
        return *response;
    }
    // Said beforehand: not a byte of it is waited for.
    let length =
        request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: usize| length > LARGEST_BODY) {
        return too_large().into_response();
    }
    let busy = || {
        let words = ("服务正忙，请稍后再试", "failed to answer in time: the server is busy, try again");
        Refused::new(StatusCode::SERVICE_UNAVAILABLE, words.0, words.1).into_response()
    };
    let Ok(Ok(_turn)) = tokio::time::timeout(TURN, app.at_once.acquire()).await else { return busy() };
    tokio::time::timeout(ANSWER, next.run(request)).await.unwrap_or_else(|_| busy())
}

async fn with_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    response
}
