//! The page itself, built beforehand and held in the program.

use crate::{
    refusal::Refused,
    rendered::{has_already, tag},
};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use flate2::{Compression, write::GzEncoder};
use percent_encoding::percent_decode_str;
use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::Write,
    sync::{LazyLock, OnceLock},
};

/// `web/dist`; empty when the page was not built before the program.
#[derive(rust_embed::RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Built;

/// A file of the page.
struct Asset {
    bytes: Bytes,
    kind: HeaderValue,
    tag: HeaderValue,
    /// Its name tells what it holds: it may be kept for ever.
    hashed: bool,
    gzip: OnceLock<Option<Bytes>>,
}

static ASSETS: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(|| {
    let files = Built::iter().filter_map(|name| Some((name.to_string(), Built::get(&name)?.data)));
    files.map(|(name, data)| (name.clone(), Asset::new(&name, data))).collect()
});

/// Smallest file that is worth compressing.
const SMALL: usize = 512;

impl Asset {
    fn new(name: &str, data: Cow<'static, [u8]>) -> Self {
        let bytes = match data {
            Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            Cow::Owned(bytes) => bytes.into(),
        };
        let kind = HeaderValue::from_static(kind(name));
        Self { tag: tag(&bytes), bytes, kind, hashed: name.starts_with("assets/"), gzip: OnceLock::new() }
    }

    /// Compressed once, where that makes it smaller.
    fn gzip(&self) -> Option<Bytes> {
        let kind = self.kind.to_str().unwrap_or_default();
        let text = kind.starts_with("text/") || kind.contains("json") || kind.contains("svg");
        if !text || self.bytes.len() < SMALL {
            return None;
        }
        self.gzip
            .get_or_init(|| {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
                encoder.write_all(&self.bytes).ok()?;
                encoder.finish().ok().map(Bytes::from)
            })
            .clone()
    }

    fn answer(&self, headers: &HeaderMap) -> Response {
        let kept = if self.hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
        let mut response = if has_already(headers, &self.tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
            let accepts = accepts.is_some_and(|accepted| {
                accepted
                    .split(',')
                    .any(|one| one.trim().split(';').next() == Some("gzip") && !one.contains("q=0"))
            });
            match self.gzip().filter(|_| accepts) {
                Some(bytes) => {
                    ([(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))], Body::from(bytes))
                        .into_response()
                }
                None => Body::from(self.bytes.clone()).into_response(),
            }
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, self.kind.clone());
        headers.insert(header::ETAG, self.tag.clone());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        response
    }
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" | "ftl" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A file of the page by its name; for any other address without an ending, the page, which knows what to show.
pub(crate) fn answer(uri: &Uri, headers: &HeaderMap) -> Response {
    let path = percent_decode_str(uri.path()).decode_utf8_lossy();
    let name = path.trim_start_matches('/');
    if let Some(asset) = ASSETS.get(name).filter(|_| !name.is_empty()) {
        return asset.answer(headers);
    }
    // Ids may hold dots: below /d, /f and the like an ending is part of an id.
    let file = name.split('/').count() == 1 || name.starts_with("assets/");
    if file && name.contains('.') {
        return Refused::missing(("文件", "file"), name).into_response();
    }
    let mut response = match ASSETS.get("index.html") {
        Some(index) => index.answer(headers),
        None => not_built(),
    };
    let twin = match uri.path().trim_end_matches('/') {
        "" => "</api>".to_owned(),
        path => format!("</api{path}>"),
    };
    if let Ok(link) = HeaderValue::from_str(&format!("{twin}; rel=\"alternate\"; type=\"application/json\""))
    {
        response.headers_mut().insert(header::LINK, link);
    }
    response
}

/// The program was built without the page.
fn not_built() -> Response {
    const PAGE: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>支点 Zhidian</title>\
        <p>网页尚未构建：请在源码目录运行 <code>make run</code>。接口照常可用：<a href=\"/api\">/api</a></p>\
        <p lang=\"en\">The page was not built: run <code>make run</code> where the sources are. The API works: \
        <a href=\"/api\">/api</a>, <a href=\"/api/openapi.json\">/api/openapi.json</a></p></html>";
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (headers, PAGE).into_response()
}
