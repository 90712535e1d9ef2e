//! Figures with their units and what qualifies them.

use crate::{
    lexicon::{self, Unit},
    numbers::{self, Number},
    ordered::Placed,
    periods,
    text::Span,
    traps::Traps,
    wordlist,
};
use rust_decimal::Decimal;

/// What is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// One number in base units, and the weight of its last printed digit.
    One { value: Decimal, ulp: Decimal },
    /// From a number to a number, in base units.
    Between { low: Decimal, high: Decimal, ulp: Decimal },
    /// `a:b:c` as printed.
    Ratio(String),
}

/// How a figure is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    /// More than.
    Above,
    /// At least.
    AtLeast,
    /// At most.
    AtMost,
    /// About.
    About,
    /// Nearly.
    Nearly,
}

impl Bound {
    /// The norm of the claim layout.
    pub(crate) fn norm(self) -> &'static str {
        match self {
            Bound::Above => "gt",
            Bound::AtLeast => "ge",
            Bound::AtMost => "le",
            Bound::About => "approx",
            Bound::Nearly => "lt_approx",
        }
    }
}

/// A figure in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// Number, magnitude and unit.
    pub(crate) span: Span,
    pub(crate) amount: Amount,
    /// Code of the unit in claims; none for a bare number.
    pub(crate) unit: Option<String>,
    /// The qualifying words and what they say.
    pub(crate) bound: Option<(Span, Bound)>,
    /// Whether it is written in Arabic digits.
    pub(crate) arabic: bool,
    /// Whether a magnitude stands in the number.
    pub(crate) magnified: bool,
}

impl Placed for Value {
    fn place(&self) -> Span {
        self.outer()
    }
}

impl Value {
    /// The figure with the words that qualify it.
    pub(crate) fn outer(&self) -> Span {
        match self.bound {
            Some((span, _)) => Span::new(self.span.start.min(span.start), self.span.end.max(span.end)),
            None => self.span,
        }
    }

    /// Whether it is a share or a rate in per cent.
    pub(crate) fn percent(&self) -> bool {
        self.unit.as_deref() == Some("percent")
    }

    /// Whether it is a difference of percentages.
    pub(crate) fn points(&self) -> bool {
        self.unit.as_deref() == Some("percentage_point")
    }
}

const BEFORE: &[(&str, Bound)] = &[
    ("不低于", Bound::AtLeast),
    ("不少于", Bound::AtLeast),
    ("不小于", Bound::AtLeast),
    ("不低於", Bound::AtLeast),
    ("至少", Bound::AtLeast),
    ("不超过", Bound::AtMost),
    ("不高于", Bound::AtMost),
    ("不大于", Bound::AtMost),
    ("不多于", Bound::AtMost),
    ("不足", Bound::AtMost),
    ("不到", Bound::AtMost),
    ("低于", Bound::AtMost),
    ("少于", Bound::AtMost),
    ("控制在", Bound::AtMost),
    ("超过了", Bound::Above),
    ("超过", Bound::Above),
    ("突破了", Bound::Above),
    ("突破", Bound::Above),
    ("高于", Bound::Above),
    ("多于", Bound::Above),
    ("大于", Bound::Above),
    ("超出", Bound::Above),
    ("超", Bound::Above),
    ("逾", Bound::Above),
    ("破", Bound::Above),
    ("大约为", Bound::About),
    ("大约", Bound::About),
    ("约为", Bound::About),
    ("约占", Bound::About),
    ("约", Bound::About),
    ("接近", Bound::Nearly),
    ("将近", Bound::Nearly),
    ("近", Bound::Nearly),
];
const AFTER: &[(&str, Bound)] = &[
    ("及以上", Bound::AtLeast),
    ("以上", Bound::AtLeast),
    ("之上", Bound::AtLeast),
    ("及以下", Bound::AtMost),
    ("以下", Bound::AtMost),
    ("以内", Bound::AtMost),
    ("之内", Bound::AtMost),
    ("左右", Bound::About),
    ("上下", Bound::About),
];
const DASHES: &[char] = &['-', '—', '–', '－', '~', '～', '―'];

/// Counters that let a number in Chinese characters be a figure. Others (个, 大, 项, 条 with 一) mostly make labels.
const COUNTED: &[&str] = &[
    "家",
    "户",
    "名",
    "人次",
    "人",
    "艘次",
    "艘",
    "亩",
    "公里",
    "倍",
    "成",
    "个百分点",
    "岁",
    "所",
    "辆",
    "台",
    "架",
    "吨",
    "元",
    "座",
    "项",
    "条",
    "个",
    "宗",
    "处",
    "种",
    "位",
    "件",
    "对",
    "幢",
    "栋",
];

/// Finds the figures of a Chinese text that are no look-alikes, periods or ranks. `taken` holds the spans of the latter
/// two in order.
pub(crate) fn chinese(text: &str, traps: &Traps, taken: &[Span]) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::new();
    let mut at = 0;
    let mut next_taken = 0;
    while let Some(c) = text.get(at..).and_then(|r| r.chars().next()) {
        let step = at + c.len_utf8();
        let numeral = numbers::arabic_digit(c).is_some()
            || numbers::chinese_digit(c).is_some()
            || matches!(c, '十' | '百' | '千' | '万' | '亿');
        if !numeral {
            at = step;
            continue;
        }
        while taken.get(next_taken).is_some_and(|t| t.end <= at) {
            next_taken += 1;
        }
        if let Some(t) = taken.get(next_taken).filter(|t| t.start <= at) {
            at = t.end.max(step);
            continue;
        }
        if let Some(trap) = traps.touching(Span::new(at, step)) {
            at = trap.span.end.max(step);
            continue;
        }
        match figure(text, at) {
            Some(value)
                if !traps.blocks(value.span) || value.arabic && !traps.blocks(Span::new(at, step)) =>
            {
                at = value.outer().end.max(step);
                values.push(value);
            }
            _ => at = skip_run(text, at).max(step),
        }
    }
    values
}

/// One past the run of digits at `at`.
fn skip_run(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.len()
        - rest
            .trim_start_matches(|c: char| numbers::arabic_digit(c).is_some() || matches!(c, '.' | ','))
            .len()
}

fn figure(text: &str, at: usize) -> Option<Value> {
    if let Some(rest) = text[at..].strip_prefix("百分之") {
        let start = text.len() - rest.len();
        let n = numbers::chinese(text, start, |_| false)?;
        let one = Amount::One { value: n.value, ulp: n.ulp };
        return Some(bounded(text, Span::new(at, n.end), one, Some("percent".into()), &n));
    }
    let first = number(text, at)?;
    let (first, amid) = odd_magnitude(text, first)?;
    if let Some(value) = ratio(text, at, &first) {
        return Some(value);
    }
    let (after, more) = approximate(text, first.end);
    if text[after..].starts_with(['年', '月', '日', '时', '点']) {
        return None; // stretches and points of time are periods or nothing
    }
    if text[after..].starts_with(['大', '多']) {
        return None; // 7大产业: the count of a label
    }
    let unit = unit(text, after).or_else(|| base_year(text, after));
    if first.bare
        && !(unit.is_some()
            && ends_with_any(
                &text[..at],
                &[
                    "突破", "超", "超过", "破", "达", "达到", "迈上", "跨上", "跃上", "跨过", "迈过", "越过",
                    "站上", "跨越", "登上", "迈入", "跨入",
                ],
            ))
    {
        return None;
    }
    if !first.arabic && !spoken(text, after, &first, unit.as_ref()) {
        return None;
    }
    let end = unit.as_ref().map_or(after, |u| after + u.length);
    if let Some(value) = range(text, at, &first, end, unit.as_ref()) {
        return Some(value);
    }
    let factor = unit.as_ref().map_or(Decimal::ONE, |u| u.factor);
    let sign = minus(text, at).filter(|_| first.arabic);
    let value = first.value.checked_mul(factor)?;
    let value = if sign.is_some() { -value } else { value };
    let amount = Amount::One { value, ulp: first.ulp.checked_mul(factor)? };
    let at = sign.unwrap_or(at);
    let end = level_suffix(text, end, unit.as_ref());
    let mut value = bounded(text, Span::new(at, end), amount, unit.map(|u| u.code), &first);
    if value.bound.is_none() {
        value.bound = more.or(amid).map(|span| (span, Bound::Above));
    }
    Some(value)
}

/// Where the minus sign of a number begins: 增长率-1.2‰, 负0.5%; not the dash of a range or a code.
fn minus(text: &str, at: usize) -> Option<usize> {
    let sign = text[..at].chars().next_back().filter(|c| matches!(c, '-' | '－' | '−' | '负'))?;
    let start = at - sign.len_utf8();
    let before = text[..start].chars().next_back();
    let han = |c: char| {
        ('\u{4e00}'..='\u{9fff}').contains(&c)
            && numbers::chinese_digit(c).is_none()
            && !matches!(c, '年' | '月' | '日')
    };
    before.is_none_or(|c| han(c) || matches!(c, '，' | '、' | '（' | ' ')).then_some(start)
}

fn number(text: &str, at: usize) -> Option<Number> {
    numbers::chinese(text, at, |p| {
        // 千瓦, 千米 are units of their own; 千元, 亿千瓦 are a magnitude and a unit.
        let Some(mark) = text[p..].chars().next() else { return false };
        let Some(whole) = lexicon::unit(&text[p..]) else { return false };
        let by = match mark {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => 10_000,
            _ => 100_000_000,
        };
        let apart = lexicon::unit(&text[p + mark.len_utf8()..]);
        !apart.is_some_and(|u| {
            u.code == whole.code && u.factor.checked_mul(Decimal::from(by)) == Some(whole.factor)
        })
    })
}

/// `90余万户`: the magnitude stands behind 余 or 多.
fn odd_magnitude(text: &str, first: Number) -> Option<(Number, Option<Span>)> {
    let rest = &text[first.end..];
    let Some(odd) = rest.chars().next().filter(|c| matches!(c, '余' | '多')) else {
        return Some((first, None));
    };
    let by = match rest[odd.len_utf8()..].chars().next() {
        Some('万') => Decimal::from(10_000),
        Some('亿') => Decimal::from(100_000_000),
        _ => return Some((first, None)),
    };
    let span = Span::new(first.end, first.end + odd.len_utf8());
    let number = Number {
        end: span.end + '万'.len_utf8(),
        value: first.value.checked_mul(by)?,
        ulp: first.ulp.checked_mul(by)?,
        magnified: true,
        ..first
    };
    Some((number, Some(span)))
}

/// 余, 多, 来 between a number and its unit.
fn approximate(text: &str, at: usize) -> (usize, Option<Span>) {
    match text[at..].chars().next() {
        Some(c @ ('余' | '多')) => {
            let end = at + c.len_utf8();
            let magnitude = text[end..].chars().take_while(|c| matches!(c, '万' | '亿')).count();
            if magnitude > 0 { (at, None) } else { (end, Some(Span::new(at, end))) }
        }
        _ => (at, None),
    }
}

/// `102.3（上年=100）`: an index on the year before, which the bracket says.
fn base_year(text: &str, at: usize) -> Option<Unit> {
    let inner = text[at..].strip_prefix(['（', '('])?;
    let inner = inner.get(..inner.find(['）', ')'])?)?;
    let said = inner.contains("=100") || inner.contains("＝100");
    let code = "index_prev_year_100".to_owned();
    (said && inner.starts_with("上年")).then_some(Unit { length: 0, code, factor: Decimal::ONE })
}

fn unit(text: &str, at: usize) -> Option<Unit> {
    let rest = &text[at..];
    if rest.starts_with(['年', '月', '日', '时', '点', '分']) && !rest.starts_with("分钟") {
        return None;
    }
    let word = rest.trim_start_matches(' ');
    let skipped = rest.len() - word.len();
    let mut unit = match (lexicon::unit(word), wordlist::counters().prefix(word)) {
        (Some(u), Some(c)) if c.len() <= u.length => u,
        (Some(u), None) => u,
        (_, Some(c)) => Unit { length: c.len(), code: c.to_owned(), factor: Decimal::ONE },
        (None, None) => return None,
    };
    if unit.code == "m3"
        && word.starts_with("方")
        && word["方".len()..].starts_with(['面', '案', '式', '位', '向', '法'])
    {
        return None;
    }
    // 元/吨, 人/平方公里: a rate, as written.
    if let Some(per) =
        word[unit.length..].strip_prefix('/').and_then(lexicon::unit).filter(|p| p.factor == Decimal::ONE)
    {
        let length = unit.length + 1 + per.length;
        unit = Unit {
            length,
            code: word[..length].trim_start_matches(['万', '亿', '千', '百']).to_owned(),
            factor: unit.factor,
        };
    }
    unit.length += skipped;
    Some(unit)
}

/// Whether a number in characters stands for a figure: with a magnitude and a unit, or from two up with a counter.
fn spoken(text: &str, at: usize, n: &Number, unit: Option<&Unit>) -> bool {
    let Some(_) = unit else { return false };
    let counted = COUNTED.iter().any(|c| text[at..].starts_with(c));
    counted && (n.value >= Decimal::TWO || text[at..].starts_with('成') && share(&text[at..]))
}

/// `突破一成`, `占一成以上`: a tenth, where 成 ends the figure.
fn share(rest: &str) -> bool {
    let after = rest.strip_prefix('成').unwrap_or(rest);
    after.is_empty() || after.starts_with(['，', '。', '、', '；', '以', '左', '多', '）'])
}

/// `25兆瓦级`: the class word belongs to the figure.
fn level_suffix(text: &str, end: usize, unit: Option<&Unit>) -> usize {
    if unit.is_some() && text[end..].starts_with('级') { end + '级'.len_utf8() } else { end }
}

fn ratio(text: &str, at: usize, first: &Number) -> Option<Value> {
    if !first.arabic || first.magnified {
        return None;
    }
    let mut end = first.end;
    let mut parts = vec![numbers::print(first.value)];
    while let Some(mark) = text[end..].chars().next().filter(|c| matches!(c, ':' | '：' | '∶' | '︰')) {
        let Some((after, value, _)) = numbers::plain_figure(text, end + mark.len_utf8()) else { break };
        parts.push(numbers::print(value));
        end = after;
        if parts.len() > 9 {
            return None;
        }
    }
    if parts.len() < 2 || parts.len() == 2 && !compares(text, at, &parts) {
        return None;
    }
    let amount = Amount::Ratio(parts.join(":"));
    Some(Value {
        span: Span::new(at, end),
        amount,
        unit: Some("ratio".into()),
        bound: None,
        arabic: true,
        magnified: false,
    })
}

/// Whether two figures with a colon between them are a ratio and no time of day: 收入比缩小至2.15:1.
fn compares(text: &str, at: usize, parts: &[String]) -> bool {
    let near = text[..at].char_indices().rev().nth(11).map_or(0, |(i, _)| i);
    let said = text[near..at].contains(['比', '例']);
    said || ends_with_any(&text[..at], &["调整为", "调整到", "优化为"]) || parts[1] == "1"
}

fn range(text: &str, at: usize, first: &Number, end: usize, unit: Option<&Unit>) -> Option<Value> {
    let rest = &text[end..];
    let mark = rest.chars().next()?;
    let dash = DASHES.contains(&mark);
    if !dash && !matches!(mark, '至' | '到') {
        return None;
    }
    let second_at = end + rest.len() - rest.trim_start_matches(|c| DASHES.contains(&c) || c == mark).len();
    if second_at - end > 8 || ends_with_any(&text[..at], &["从", "由", "自"]) {
        return None;
    }
    let second = number(text, second_at).filter(|n| n.arabic == first.arabic && !n.bare)?;
    let second_unit = self::unit(text, second.end);
    let last = second_unit.as_ref().map_or(second.end, |u| second.end + u.length);
    let shared = second_unit.as_ref().or(unit)?;
    if unit.is_some_and(|u| u.code != shared.code) {
        return None;
    }
    // 2—3万: the magnitude of the second is meant for both where the first has none and is the smaller as printed.
    let mut low = first.value;
    if second.magnified && !first.magnified && unit.is_none() && first.ulp == Decimal::ONE {
        low = low.checked_mul(second.ulp)?;
    }
    let low_factor = unit.map_or(shared.factor, |u| u.factor);
    let low = low.checked_mul(low_factor)?;
    let high = second.value.checked_mul(shared.factor)?;
    if low > high {
        return None;
    }
    let amount = Amount::Between { low, high, ulp: second.ulp.checked_mul(shared.factor)? };
    Some(bounded(text, Span::new(at, last), amount, Some(shared.code.clone()), &second))
}

fn bounded(text: &str, span: Span, amount: Amount, unit: Option<String>, n: &Number) -> Value {
    let before = &text[..span.start];
    let after = &text[span.end..];
    let post = AFTER
        .iter()
        .find(|(w, _)| after.starts_with(w))
        .map(|(w, b)| (Span::new(span.end, span.end + w.len()), *b));
    let pre = BEFORE
        .iter()
        .find(|(w, _)| before.ends_with(w))
        .filter(|(w, _)| !(*w == "近" && before.ends_with("附近") || *w == "超" && before.ends_with("赶超")))
        .map(|(w, b)| (Span::new(span.start - w.len(), span.start), *b));
    Value { span, amount, unit, bound: post.or(pre), arabic: n.arabic, magnified: n.magnified }
}

fn ends_with_any(s: &str, words: &[&str]) -> bool {
    words.iter().any(|w| s.ends_with(w))
}

/// The spans of periods, for the finders of figures.
pub(crate) fn taken(periods: &[periods::Mention], ranks: &[crate::ranks::Mention]) -> Vec<Span> {
    let mut taken: Vec<Span> = periods.iter().map(|p| p.span).chain(ranks.iter().map(|r| r.span)).collect();
    taken.sort_unstable();
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ranks, traps};

    fn read(text: &str) -> Vec<(String, String, Option<String>, Option<&'static str>)> {
        let traps = traps::find(text);
        let taken = taken(&periods::chinese(text), &ranks::chinese(text, &traps));
        chinese(text, &traps, &taken).iter().map(|v| show(text, v)).collect()
    }

    fn show(text: &str, v: &Value) -> (String, String, Option<String>, Option<&'static str>) {
        let amount = match &v.amount {
            Amount::One { value, .. } => numbers::print(*value),
            Amount::Between { low, high, .. } => {
                format!("{}..{}", numbers::print(*low), numbers::print(*high))
            }
            Amount::Ratio(r) => r.clone(),
        };
        (v.span.of(text).to_owned(), amount, v.unit.clone(), v.bound.map(|b| b.1.norm()))
    }

    fn one(text: &str) -> (String, String, Option<String>, Option<&'static str>) {
        read(text).into_iter().next().unwrap_or_else(|| panic!("nothing read in {text}"))
    }

    #[test]
    fn money_counters_and_rates() {
        assert_eq!(
            one("完成投资86.5亿元"),
            ("86.5亿元".into(), "8650000000".into(), Some("CNY".into()), None)
        );
        assert_eq!(one("企业1200余家"), ("1200余家".into(), "1200".into(), Some("家".into()), Some("gt")));
        assert_eq!(
            one("增长6.5%左右"),
            ("6.5%".into(), "6.5".into(), Some("percent".into()), Some("approx"))
        );
        assert_eq!(
            one("提高1.2个百分点"),
            ("1.2个百分点".into(), "1.2".into(), Some("percentage_point".into()), None)
        );
        assert_eq!(
            one("装机突破300万千瓦"),
            ("300万千瓦".into(), "3000000".into(), Some("kW".into()), Some("gt"))
        );
        assert_eq!(one("不低于3万人"), ("3万人".into(), "30000".into(), Some("人".into()), Some("ge")));
        assert_eq!(one("百分之十二"), ("百分之十二".into(), "12".into(), Some("percent".into()), None));
        assert_eq!(
            one("粮食40亿斤以上"),
            ("40亿斤".into(), "4000000000".into(), Some("jin".into()), Some("ge"))
        );
    }

    #[test]
    fn ranges_and_ratios() {
        assert_eq!(one("引进3—5个项目").1, "3..5");
        assert_eq!(one("增长5%至6%").1, "5..6");
        assert_eq!(one("投入2-3亿元").1, "200000000..300000000");
        assert_eq!(
            one("结构调整为6.1:41.2:52.7"),
            ("6.1:41.2:52.7".into(), "6.1:41.2:52.7".into(), Some("ratio".into()), None)
        );
    }

    #[test]
    fn words_that_only_look_like_figures() {
        for text in [
            "一座城市",
            "“三百工程”",
            "万亩千亿平台",
            "百亿级产业",
            "两山理念",
            "一是扩大投资",
            "三农工作",
            "建成5G网络",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
        assert_eq!(one("新增三家企业").1, "3");
    }
}
