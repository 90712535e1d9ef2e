//! A page as bytes, with the tag by which a browser knows whether it has it already.

use crate::refusal::Refused;
use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use zhidian_dossier::hex;

/// JSON that was written once and may be sent often.
pub(crate) struct Rendered {
    bytes: Bytes,
    tag: HeaderValue,
}

impl Rendered {
    pub(crate) fn json(value: &impl Serialize) -> Result<Self, Refused> {
        let bytes = serde_json::to_vec(value).map_err(|_| Refused::fault())?;
        Ok(Self { tag: tag(&bytes), bytes: bytes.into() })
    }

    /// The page, or that the asker has it already.
    pub(crate) fn answer(&self, headers: &HeaderMap) -> Response {
        if has_already(headers, &self.tag) {
            return (StatusCode::NOT_MODIFIED, [(header::ETAG, self.tag.clone())]).into_response();
        }
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            (header::ETAG, self.tag.clone()),
        ];
        (headers, self.bytes.clone()).into_response()
    }
}

/// The tag of some bytes. Weak, since they may go out compressed.
pub(crate) fn tag(bytes: &[u8]) -> HeaderValue {
    let short = hex(&Sha256::digest(bytes)[..12]);
    HeaderValue::from_str(&format!("W/\"{short}\"")).unwrap_or_else(|_| HeaderValue::from_static("W/\"0\""))
}

/// Does the asker hold what has this tag?
pub(crate) fn has_already(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let asked = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let (Some(asked), Ok(tag)) = (asked, tag.to_str()) else { return false };
    let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    asked.split(',').any(|one| plain(one) == plain(tag))
}
