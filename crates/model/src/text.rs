//! Words for people, in both languages of the product.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One message in zh-CN and en. Both are written where the meaning is known, so that neither is ever missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Text {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A message in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// A word that is the same in both languages: a name, a figure, a code.
    pub fn same(word: impl Into<String>) -> Self {
        let zh = word.into();
        Self { en: zh.clone(), zh }
    }
}
