//! What is not answered, with the status that fits and the words of both languages.

use crate::api::Refusal;
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use zhidian_model::Text;

/// An error as it goes out.
#[derive(Debug)]
pub(crate) struct Refused {
    status: StatusCode,
    text: Text,
}

impl Refused {
    pub(crate) fn new(status: StatusCode, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { status, text: Text::new(zh, en) }
    }

    pub(crate) fn with(status: StatusCode, text: Text) -> Self {
        Self { status, text }
    }

    /// There is no such thing here.
    pub(crate) fn missing((zh, en): (&str, &str), id: &str) -> Self {
        let id: String = id.chars().take(80).collect();
        Self::new(StatusCode::NOT_FOUND, format!("没有{zh}“{id}”"), format!("failed to find the {en} “{id}”"))
    }

    /// It cannot be done as things stand.
    pub(crate) fn conflict(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, zh, en)
    }

    pub(crate) fn malformed(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, zh, en)
    }

    pub(crate) fn unfit(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, zh, en)
    }

    /// Our fault.
    pub(crate) fn fault() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "程序内部错误；请附上这次操作报告此问题",
            "failed by a fault of ours; please report what was asked",
        )
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(Refusal { error: self.text })).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE || self.status == StatusCode::TOO_MANY_REQUESTS {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}
