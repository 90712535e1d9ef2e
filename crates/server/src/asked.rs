//! What a request asks: its path, its query and its body, each read strictly.

use crate::refusal::Refused;
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, RawQuery, Request, rejection::BytesRejection},
    http::{StatusCode, header, request::Parts},
};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Longest name in a path, in bytes.
const NAME: usize = 300;
/// How the name of a filter begins; a column follows, and it may be given once a value.
const WHERE: &str = "where.";
/// Longest value of a query, in characters.
const VALUE: usize = 500;

/// The names in a path.
pub(crate) struct Names<T>(pub(crate) T);

impl<S: Send + Sync> FromRequestParts<S> for Names<String> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let Path(name) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| broken_path())?;
        no_longer(&name)?;
        Ok(Self(name))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Names<(String, String)> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let read = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((first, second)) = read.map_err(|_| broken_path())?;
        no_longer(&first)?;
        no_longer(&second)?;
        Ok(Self((first, second)))
    }
}

fn broken_path() -> Refused {
    Refused::malformed(
        "地址不是有效的百分号编码",
        "failed to read the address: its percent-encoding is broken",
    )
}

fn no_longer(name: &str) -> Result<(), Refused> {
    if name.len() <= NAME {
        return Ok(());
    }
    Err(Refused::malformed("地址过长", "failed to read the address: a name in it is too long"))
}

/// The parameters of a query; each must be known, and stand once, or as a filter once a value.
pub(crate) struct Query(BTreeMap<String, Vec<String>>);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let raw = RawQuery::from_request_parts(parts, state).await.ok().and_then(|RawQuery(raw)| raw);
        Self::read(raw.as_deref().unwrap_or_default())
    }
}

impl Query {
    fn read(raw: &str) -> Result<Self, Refused> {
        let mut pairs: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name)?, decoded(value)?);
            if value.chars().count() > VALUE {
                return Err(Refused::malformed(
                    format!("参数“{name}”过长"),
                    format!("failed to read the parameter “{name}”: it has more than {VALUE} characters"),
                ));
            }
            let given = pairs.entry(name.clone()).or_default();
            let again = if name.starts_with(WHERE) { given.contains(&value) } else { !given.is_empty() };
            if again {
                return Err(Refused::malformed(
                    format!("参数“{name}”出现了两次"),
                    format!("failed to read the query: “{name}” is given twice"),
                ));
            }
            given.push(value);
        }
        Ok(Self(pairs))
    }

    /// Takes a parameter out.
    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)?.pop()
    }

    /// Takes a whole number out.
    pub(crate) fn whole(&mut self, name: &str, least: u64, most: u64) -> Result<Option<u64>, Refused> {
        let Some(text) = self.take(name) else { return Ok(None) };
        let plain = text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse::<u64>().ok().filter(|number| plain && (least..=most).contains(number)) {
            Some(number) => Ok(Some(number)),
            None => Err(Refused::malformed(
                format!("参数“{name}”应为{least}至{most}的整数"),
                format!("failed to read “{name}”: expected a whole number from {least} to {most}"),
            )),
        }
    }

    /// Takes one of some words out.
    pub(crate) fn word<'w>(&mut self, name: &str, words: &[&'w str]) -> Result<Option<&'w str>, Refused> {
        let Some(text) = self.take(name) else { return Ok(None) };
        match words.iter().find(|word| **word == text) {
            Some(word) => Ok(Some(word)),
            None => Err(Refused::malformed(
                format!("参数“{name}”应为{}之一", words.join("、")),
                format!("failed to read “{name}”: expected one of {}", words.join(", ")),
            )),
        }
    }

    /// Takes every filter of a column out: for a column, the values that are let through.
    pub(crate) fn filters(&mut self) -> BTreeMap<String, Vec<String>> {
        let names: Vec<String> = self.0.keys().filter(|name| name.starts_with(WHERE)).cloned().collect();
        let taken = names.into_iter().filter_map(|name| {
            let values = self.0.remove(&name)?;
            Some((name[WHERE.len()..].to_owned(), values))
        });
        taken.collect()
    }

    /// Nothing may be left.
    pub(crate) fn end(self) -> Result<(), Refused> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(name) => {
                let name: String = name.chars().take(60).collect();
                Err(Refused::malformed(
                    format!("未知的参数“{name}”"),
                    format!("failed to read the query: “{name}” is no parameter here"),
                ))
            }
        }
    }
}

fn decoded(text: &str) -> Result<String, Refused> {
    let text = text.replace('+', " ");
    percent_decode_str(&text)
        .decode_utf8()
        .map(std::borrow::Cow::into_owned)
        .map_err(|_| Refused::malformed("参数不是有效的 UTF-8", "failed to read the query: it is no UTF-8"))
}

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let media = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case("application/json") {
            return Err(Refused::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "请以 application/json 发送",
                "failed to read the body: send it as application/json",
            ));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|error| unread(&error))?;
        let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(|error| {
            Refused::malformed(
                format!("内容不是 JSON：{error}"),
                format!("failed to read the body as JSON: {error}"),
            )
        })?;
        let read = serde_json::from_value(value).map_err(|error| {
            Refused::unfit(format!("内容不合要求：{error}"), format!("failed to read the body: {error}"))
        })?;
        Ok(Self(read))
    }
}

/// More was sent than is taken.
pub(crate) fn too_large() -> Refused {
    Refused::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "内容过大：文稿最多 8 MB",
        "failed to read the body: it is too large; a text may have 8 MB",
    )
}

fn unread(error: &BytesRejection) -> Refused {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large();
    }
    Refused::malformed("未能收到完整的内容", "failed to read the body: it did not arrive whole")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_strictly() {
        let mut query = Query::read("q=%E8%A1%A2+a&limit=5&where.unit=%25").unwrap();
        assert_eq!(query.take("q").as_deref(), Some("衢 a"));
        assert_eq!(query.whole("limit", 1, 500).unwrap(), Some(5));
        assert_eq!(query.filters(), BTreeMap::from([("unit".to_owned(), vec!["%".to_owned()])]));
        assert!(query.end().is_ok());
        assert!(Query::read("a=1&a=2").is_err());
        let mut either = Query::read("where.a=1&where.b=&where.a=2").unwrap();
        let values =
            |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<String>>();
        let expected =
            BTreeMap::from([("a".to_owned(), values(&["1", "2"])), ("b".to_owned(), values(&[""]))]);
        assert_eq!(either.filters(), expected);
        assert!(Query::read("where.a=1&where.a=1").is_err());
        assert!(Query::read("a=%ff").is_err());
        assert!(Query::read("x=1").unwrap().end().is_err());
        for wrong in ["0", "501", "-1", "1.5", "+1", "", "a"] {
            let mut query = Query::read(&format!("limit={}", wrong.replace('+', "%2B"))).unwrap();
            assert!(query.whole("limit", 1, 500).is_err(), "{wrong}");
        }
    }
}
