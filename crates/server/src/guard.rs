//! Who may ask: token, host, origin.

/// The cookie that carries the token.
pub(crate) const COOKIE: &str = "zhidian-token";
