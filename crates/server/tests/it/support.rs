//! A server over dossiers, and questions to it.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use http_body_util::BodyExt;
use serde_json::Value;
use std::path::{Path, PathBuf};
use tower::ServiceExt;
use zhidian_server::{Options, Server};

/// The workspace's `dossiers/`.
pub(crate) fn shipped(names: &[&str]) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dossiers");
    names.iter().map(|name| folder.join(name)).collect()
}

pub(crate) fn options(paths: Vec<PathBuf>) -> Options {
    Options {
        paths,
        address: "127.0.0.1:0".parse().unwrap(),
        token: None,
        watch: false,
        read_only: false,
        threads: 1,
    }
}

/// Routes over dossiers, without a socket.
pub(crate) async fn routes(options: Options) -> Router {
    Server::bind(options, |_| ()).await.unwrap().routes().await.unwrap()
}

/// Routes over the dossier of Quzhou, which are only read.
pub(crate) async fn quzhou() -> Router {
    routes(Options { read_only: true, ..options(shipped(&["quzhou"])) }).await
}

/// What came back.
pub(crate) struct Back {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Back {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// It was refused so, in words of both languages.
    pub(crate) fn refused(&self, status: u16) {
        assert_eq!(self.status, status, "{}", self.text());
        let error = &self.json()["error"];
        for language in ["zh", "en"] {
            assert!(error[language].as_str().is_some_and(|words| !words.is_empty()), "{error}");
        }
        assert!(error["en"].as_str().unwrap().contains("failed"), "{error}");
    }
}

pub(crate) async fn send(routes: &Router, request: Request<Body>) -> Back {
    let response = routes.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes().to_vec();
    Back { status: parts.status, headers: parts.headers, bytes }
}

pub(crate) fn asking(method: &str, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header("host", "localhost:8642")
}

pub(crate) async fn get(routes: &Router, path: &str) -> Back {
    send(routes, asking("GET", path).body(Body::empty()).unwrap()).await
}

pub(crate) async fn post(routes: &Router, path: &str, body: &Value) -> Back {
    let request = asking("POST", path).header("content-type", "application/json");
    send(routes, request.body(Body::from(body.to_string())).unwrap()).await
}

/// Waits until a run has ended; its status then.
pub(crate) async fn ended(routes: &Router, run: &str) -> Value {
    for _ in 0..600 {
        let status = get(routes, &format!("/api/runs/{run}")).await.json();
        if !["waiting", "running"].contains(&status["state"].as_str().unwrap()) {
            return status;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("run {run} does not end");
}

/// A copy of a shipped dossier and what it uses, to be written to.
pub(crate) fn copied(name: &str) -> (tempfile::TempDir, PathBuf) {
    let parent = tempfile::tempdir().unwrap();
    for folder in shipped(&[name, "reference"]) {
        copy(&folder, &parent.path().join(folder.file_name().unwrap()));
    }
    let path = parent.path().join(name);
    (parent, path)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(path, to).unwrap();
        }
    }
}
