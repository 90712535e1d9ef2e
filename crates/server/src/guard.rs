//! Who may ask: the token, the name the server is called by, and where a change comes from.
//!
//! On loopback no token is needed, but a page of another site must not reach the server through a name of its own that
//! it points to 127.0.0.1 (DNS rebinding): only the names of this machine are answered. Changes must come from the page
//! itself. Elsewhere everything but the page's own files asks for the token.

use crate::refusal::Refused;
use axum::{
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The cookie that carries the token.
pub(crate) const COOKIE: &str = "zhidian-token";

/// Fewest characters of a token.
pub(crate) const TOKEN: usize = 16;

/// What may stand in a cookie as it is.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The rules for this server.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    token: Option<String>,
    loopback: bool,
}

impl Guard {
    pub(crate) fn new(token: Option<String>, loopback: bool) -> Self {
        Self { token, loopback }
    }

    /// Lets a request in, or answers in its place.
    pub(crate) fn check(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Box<Response>> {
        self.host(uri, headers).map_err(refused)?;
        if method != Method::GET && method != Method::HEAD {
            self.origin(headers).map_err(refused)?;
        }
        self.token(method, uri, headers)
    }

    fn host(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Refused> {
        let mut hosts = headers.get_all(header::HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok()).or_else(|| uri.host());
        let known = match host {
            Some(host) if hosts.next().is_none() => !self.loopback || is_local(name_of(host)),
            _ => false,
        };
        if known {
            return Ok(());
        }
        Err(Refused::new(
            StatusCode::FORBIDDEN,
            "请用 127.0.0.1 或 localhost 访问",
            "failed to answer under this name; use 127.0.0.1 or localhost",
        ))
    }

    /// A browser says where a change comes from; it must be this page. What is no browser says nothing.
    fn origin(&self, headers: &HeaderMap) -> Result<(), Refused> {
        let said = |name: header::HeaderName| headers.get(name).map(HeaderValue::as_bytes);
        let site = said(header::HeaderName::from_static("sec-fetch-site"));
        let own_site = site.is_none_or(|site| site == b"same-origin" || site == b"none");
        let host = said(header::HOST).unwrap_or_default();
        let own = said(header::ORIGIN).is_none_or(|origin| {
            let authority = origin.strip_prefix(b"http://").or_else(|| origin.strip_prefix(b"https://"));
            authority == Some(host)
        });
        if own && own_site {
            return Ok(());
        }
        Err(Refused::new(
            StatusCode::FORBIDDEN,
            "只接受本页面发出的改动",
            "failed to accept a change that comes from another site",
        ))
    }

    fn token(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Box<Response>> {
        let Some(token) = &self.token else { return Ok(()) };
        let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let bearer = bearer.and_then(|value| value.strip_prefix("Bearer ")).map(str::trim);
        if bearer.is_some_and(|given| same(given, token)) || cookies(headers).any(|given| same(&given, token))
        {
            return Ok(());
        }
        // Said once in an address, the token becomes a cookie and leaves the address.
        let page = method == Method::GET && !uri.path().starts_with("/api/");
        if page && given_in(uri).is_some_and(|given| same(&given, token)) {
            return Err(Box::new(with_cookie(uri, token)));
        }
        Err(refused(Refused::new(
            StatusCode::UNAUTHORIZED,
            "此地址需要口令：在地址后加 ?token=…，或以 Authorization: Bearer 发送",
            "failed to answer without the token: add ?token=… to the address, or send Authorization: Bearer",
        )))
    }
}

fn refused(refused: Refused) -> Box<Response> {
    Box::new(refused.into_response())
}

/// Compared without telling by the time it takes how much of it is right.
fn same(given: &str, token: &str) -> bool {
    let digest = |text: &str| Sha256::digest(text.as_bytes());
    digest(given).as_slice().ct_eq(digest(token).as_slice()).into()
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE)
        .map(|(_, value)| percent_decode_str(value).decode_utf8_lossy().into_owned())
}

fn given_in(uri: &Uri) -> Option<String> {
    let pairs = uri.query()?.split('&');
    let value = pairs.filter_map(|pair| pair.strip_prefix("token=")).next()?;
    Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
}

fn with_cookie(uri: &Uri, token: &str) -> Response {
    let rest: Vec<&str> =
        uri.query().unwrap_or_default().split('&').filter(|pair| !pair.starts_with("token=")).collect();
    // A path that begins with two slashes would lead to another host.
    let path = format!("/{}", uri.path().trim_start_matches('/'));
    let to = if rest.is_empty() { path } else { format!("{path}?{}", rest.join("&")) };
    let value = utf8_percent_encode(token, &PLAIN);
    let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000");
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in [(header::LOCATION, to), (header::SET_COOKIE, cookie)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}

/// The name in a Host header, without its port.
fn name_of(host: &str) -> &str {
    match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((name, _)) => name,
        None => host.split(':').next().unwrap_or_default(),
    }
}

fn is_local(name: &str) -> bool {
    let address = name.parse::<std::net::IpAddr>();
    name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (header::HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
            })
            .collect()
    }

    fn status(guard: &Guard, method: Method, uri: &str, pairs: &[(&'static str, &str)]) -> Option<u16> {
        let checked = guard.check(&method, &uri.parse().unwrap(), &headers(pairs));
        checked.err().map(|response| response.status().as_u16())
    }

    #[test]
    fn only_names_of_this_machine_are_answered_on_loopback() {
        let guard = Guard::new(None, true);
        for host in ["127.0.0.1:8642", "localhost", "LOCALHOST:1", "[::1]:8642", "127.0.0.53"] {
            assert_eq!(status(&guard, Method::GET, "/", &[("host", host)]), None, "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8642", ""] {
            assert_eq!(status(&guard, Method::GET, "/", &[("host", host)]), Some(403), "{host}");
        }
        assert_eq!(status(&guard, Method::GET, "/", &[]), Some(403));
    }

    #[test]
    fn changes_come_from_the_page_itself() {
        let guard = Guard::new(None, true);
        let post = |pairs: &[(&'static str, &str)]| {
            status(&guard, Method::POST, "/api/texts", &[&[("host", "localhost:1")], pairs].concat())
        };
        assert_eq!(post(&[]), None);
        assert_eq!(post(&[("origin", "http://localhost:1"), ("sec-fetch-site", "same-origin")]), None);
        for origin in ["http://evil.example", "null", "http://localhost:2", "http://localhost:1.evil.example"]
        {
            assert_eq!(post(&[("origin", origin)]), Some(403), "{origin}");
        }
        assert_eq!(post(&[("sec-fetch-site", "cross-site")]), Some(403));
        assert_eq!(post(&[("sec-fetch-site", "same-site")]), Some(403));
    }

    #[test]
    fn a_token_is_taken_from_three_places() {
        let token = "correct horse battery";
        let guard = Guard::new(Some(token.into()), false);
        let host = ("host", "city.example");
        assert_eq!(status(&guard, Method::GET, "/api", &[host]), Some(401));
        assert_eq!(
            status(&guard, Method::GET, "/api", &[host, ("authorization", "Bearer wrong")]),
            Some(401)
        );
        let bearer = format!("Bearer {token}");
        assert_eq!(status(&guard, Method::GET, "/api", &[host, ("authorization", &bearer)]), None);
        let cookie = "a=b; zhidian-token=correct%20horse%20battery";
        assert_eq!(status(&guard, Method::GET, "/api", &[host, ("cookie", cookie)]), None);
        let address = "/d/quzhou-zh?token=correct%20horse%20battery&lang=en";
        let response = guard.check(&Method::GET, &address.parse().unwrap(), &headers(&[host])).unwrap_err();
        assert_eq!(response.status(), 303);
        assert_eq!(response.headers()["location"], "/d/quzhou-zh?lang=en");
        let set = response.headers()["set-cookie"].to_str().unwrap();
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{set}");
        let other = guard.check(
            &Method::GET,
            &"//evil.example/?token=correct%20horse%20battery".parse().unwrap(),
            &headers(&[host]),
        );
        assert_eq!(other.unwrap_err().headers()["location"], "/evil.example/");
    }
}
