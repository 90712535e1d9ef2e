//! Ordinal positions, top groups, extremes and firsts.

use crate::{numbers, ordered::Placed, text::Span, traps::Traps};
use regex::Regex;
use std::sync::LazyLock;

/// How a rank is worded, which decides what must stand beside it for it to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 第三, 前十, 首位: a place in an order.
    Place,
    /// 第五大 + noun: a place told of the noun behind.
    Nth,
    /// 唯一.
    Only,
    /// 最高, 最少.
    Extreme,
    /// 首台, 首个.
    First,
    /// 首次.
    FirstTime,
    /// 创历史新高.
    Record,
    /// 前列, 第一方阵.
    Vague,
}

/// A mention of a rank and its norm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) span: Span,
    pub(crate) norm: String,
    pub(crate) kind: Kind,
}

impl Placed for Mention {
    fn place(&self) -> Span {
        self.span
    }
}

#[expect(clippy::expect_used, reason = "constant patterns, compiled in tests")]
static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<vague>第一方阵|第一梯队|前列|最前列|前茅)",
        r"|(?P<nth>第(?P<nn>[一二三四五六七八九十]{1,3}|[0-9]{1,3}))大",
        r"|(?P<place>第(?P<pn>[一二三四五六七八九十百]{1,4}|[0-9]{1,4})(?:位|名)?)",
        r"|(?P<top>前(?P<tn>[一二三四五六七八九十百]{1,3}|[0-9]{1,3})(?:位|名|强)?)",
        r"|(?P<head>首位|榜首|之首|居首|第一位)",
        r"|(?P<only>唯一)",
        r"|(?P<record>(?:历史|同期|历年)?新(?:高|低)|历史最高|历史最好)",
        r"|(?P<firsttime>首次|第一次)",
        r"|(?P<first>首(?:个|台|家|条|座|批|例|艘|套|款|架|创|颗|部|支|单|张|辆|枚|只))",
        r"|(?P<best>最(?:高|好|佳|优)(?:位次|水平|成绩|名次)|最(?:好|优|佳))",
        r"|(?P<max>最(?:高|大|多|快|强|长|早|广|深|先进))|(?P<min>最(?:少|低|短|小|慢))",
    ))
    .expect("a constant pattern")
});

/// What may not follow a place: then the ordinal belongs to a name or to time.
const NOT_AFTER_PLACE: &[&str] = &[
    "产业",
    "季度",
    "届",
    "次",
    "批",
    "期",
    "轮",
    "线",
    "书记",
    "时间",
    "方",
    "城",
    "步",
    "章",
    "条",
    "款",
    "人民",
    "医院",
    "中学",
    "小学",
    "道",
    "代",
    "课",
    "责任",
    "阶段",
    "个",
    "十四",
    "类",
    "号",
    "师",
    "军",
    "要务",
    "资源",
    "动力",
    "生产力",
    "百年",
    "只",
    "家",
    "座",
    "人称",
    "手",
    "站",
    "关",
    "枪",
    "单",
    "块",
    "艘",
    "台",
    "篇",
    "回",
    "要素",
    "财经",
    "车间",
];
const NOT_AFTER_TOP: &[&str] = &["季度", "月", "个月", "年", "期", "天", "者", "排", "后", "年来", "个季度"];
const NOT_AFTER_EXTREME: &[&str] =
    &["限度", "程度", "终", "近", "后", "大化", "低生活保障", "低工资", "法", "人民法院", "高人民", "检"];

/// Finds the ranks of a Chinese text, in order.
pub(crate) fn chinese(text: &str, traps: &Traps) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for c in CHINESE.captures_iter(text) {
        let Some(whole) = c.get(0) else { continue };
        let group = |name: &str| c.name(name);
        let after = &text[whole.end()..];
        let number = |name: &str| {
            let digits = group(name)?.as_str();
            numbers::chinese(digits, 0, |_| false).map(|n| numbers::print(n.value))
        };
        let follows = |words: &[&str]| words.iter().any(|w| after.starts_with(w));
        let (hit, norm, kind) = if let Some(m) = group("vague") {
            (m, "top_vague".to_owned(), Kind::Vague)
        } else if let Some(m) = group("nth") {
            let Some(n) = number("nn") else { continue };
            (m, n, Kind::Nth)
        } else if let Some(m) = group("place") {
            let Some(n) = number("pn").filter(|_| !follows(NOT_AFTER_PLACE)) else { continue };
            (m, n, Kind::Place)
        } else if let Some(m) = group("top") {
            let Some(n) = number("tn").filter(|_| !follows(NOT_AFTER_TOP)) else { continue };
            (m, format!("<={n}"), Kind::Place)
        } else if let Some(m) = group("head") {
            (m, "1".to_owned(), Kind::Place)
        } else if let Some(m) = group("only") {
            (m, "unique".to_owned(), Kind::Only)
        } else if let Some(m) = group("record") {
            let norm = if m.as_str().ends_with('低') { "min" } else { "max" };
            (m, norm.to_owned(), Kind::Record)
        } else if let Some(m) = group("firsttime") {
            (m, "first_time".to_owned(), Kind::FirstTime)
        } else if let Some(m) = group("first") {
            (m, "first".to_owned(), Kind::First)
        } else if let Some(m) = group("best") {
            (m, "best".to_owned(), Kind::Extreme)
        } else if let Some(m) = group("max").filter(|_| !follows(NOT_AFTER_EXTREME)) {
            (m, "max".to_owned(), Kind::Extreme)
        } else if let Some(m) = group("min").filter(|_| !follows(NOT_AFTER_EXTREME)) {
            (m, "min".to_owned(), Kind::Extreme)
        } else {
            continue;
        };
        let span = Span::new(hit.start(), hit.end());
        if !matches!(kind, Kind::Vague | Kind::Only) && traps.blocks(span) {
            continue;
        }
        mentions.push(Mention { span, norm, kind });
    }
    mentions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traps;

    fn norms(text: &str) -> Vec<String> {
        chinese(text, &traps::find(text)).into_iter().map(|m| m.norm).collect()
    }

    #[test]
    fn chinese_ranks() {
        assert_eq!(norms("总量居全省第四位"), ["4"]);
        assert_eq!(norms("进入全国前二十"), ["<=20"]);
        assert_eq!(norms("增速排名全市首位"), ["1"]);
        assert_eq!(norms("西部唯一的试点"), ["unique"]);
        assert_eq!(norms("走在全国前列"), ["top_vague"]);
        assert_eq!(norms("创历史新高"), ["max"]);
        assert_eq!(norms("全国首座零碳港口"), ["first"]);
        assert_eq!(norms("时限最短"), ["min"]);
        assert_eq!(norms("全省第二大产业"), ["2"]);
    }

    #[test]
    fn ordinals_of_names_are_no_ranks() {
        for text in ["第三产业增长", "前三季度增长", "第一季度", "前五个月", "第一书记", "第十四届"]
        {
            assert!(norms(text).is_empty(), "{text}");
        }
    }
}
