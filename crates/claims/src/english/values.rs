//! Figures of an English text.

use crate::{
    lexicon::{self, Unit},
    numbers::{self, Number},
    text::Span,
    values::{Amount, Bound, Value},
};
use rust_decimal::Decimal;

/// Finds the figures of an English text that are no periods or ranks and stand in no quoted name. `taken` holds the
/// spans of periods and ranks in order.
pub(crate) fn find(text: &str, taken: &[Span]) -> Vec<Value> {
    let names = quoted_names(text, LONGEST_NAME);
    let mut values: Vec<Value> = Vec::new();
    let mut at = 0;
    let (mut next_taken, mut next_name) = (0, 0);
    while let Some(c) = text.get(at..).and_then(|r| r.chars().next()) {
        let step = at + c.len_utf8();
        let before = &text[..at];
        // PM2.5: what follows the point of a code belongs to it.
        let pointed = before.strip_suffix('.').is_some_and(|b| b.ends_with(|p: char| p.is_ascii_digit()));
        let word_start = !pointed && !before.ends_with(|p: char| p.is_ascii_alphanumeric() || p == '-');
        if !(c.is_ascii_alphanumeric() && word_start) {
            at = step;
            continue;
        }
        while taken.get(next_taken).is_some_and(|t| t.end <= at) {
            next_taken += 1;
        }
        while names.get(next_name).is_some_and(|t| t.end <= at) {
            next_name += 1;
        }
        let next = [taken.get(next_taken), names.get(next_name)];
        if let Some(t) = next.into_iter().flatten().find(|t| t.start <= at) {
            at = t.end.max(step);
            continue;
        }
        match figure(text, at) {
            Some(value) => {
                at = value.span.end.max(step);
                values.push(value);
            }
            None => at = (at + text[at..].bytes().take_while(u8::is_ascii_alphanumeric).count()).max(step),
        }
    }
    values
}

/// The longest a quoted name may be, in bytes; longer quotations are speech.
const LONGEST_NAME: usize = 70;

/// What stands between quotation marks and is no speech: short, without a stop, on one line.
pub(super) fn quoted_names(text: &str, longest: usize) -> Vec<Span> {
    let mut names = Vec::new();
    let mut open: Option<(usize, bool)> = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('\n', _) => open = None,
            ('“', _) => open = Some((at + c.len_utf8(), false)),
            ('"', None) => open = Some((at + 1, true)),
            ('"', Some((start, true))) | ('”', Some((start, false))) => {
                let span = Span::new(start, at);
                let words = span.of(text);
                let speech = words.ends_with([',', '.', '!', '?']) || words.contains(". ");
                if !words.is_empty() && words.len() <= longest && !speech {
                    names.push(span);
                }
                open = None;
            }
            _ => {}
        }
    }
    names
}

/// The quoted names inside a span.
pub(super) fn quoted_names_in(text: &str, span: Span) -> Vec<Span> {
    let shift = |s: Span| Span::new(s.start + span.start, s.end + span.start);
    quoted_names(span.of(text), 200).into_iter().map(shift).collect()
}

const BEFORE: &[(&str, Bound)] = &[
    ("no less than", Bound::AtLeast),
    ("not less than", Bound::AtLeast),
    ("at least", Bound::AtLeast),
    ("no fewer than", Bound::AtLeast),
    ("no lower than", Bound::AtLeast),
    ("a minimum of", Bound::AtLeast),
    ("no more than", Bound::AtMost),
    ("not more than", Bound::AtMost),
    ("no higher than", Bound::AtMost),
    ("up to", Bound::AtMost),
    ("within", Bound::AtMost),
    ("at most", Bound::AtMost),
    ("a maximum of", Bound::AtMost),
    ("less than", Bound::AtMost),
    ("fewer than", Bound::AtMost),
    ("lower than", Bound::AtMost),
    ("below", Bound::AtMost),
    ("under", Bound::AtMost),
    ("more than", Bound::Above),
    ("greater than", Bound::Above),
    ("higher than", Bound::Above),
    ("in excess of", Bound::Above),
    ("upwards of", Bound::Above),
    ("over", Bound::Above),
    ("above", Bound::Above),
    ("exceeding", Bound::Above),
    ("exceeded", Bound::Above),
    ("exceeds", Bound::Above),
    ("exceed", Bound::Above),
    ("surpassing", Bound::Above),
    ("surpassed", Bound::Above),
    ("surpass", Bound::Above),
    ("topping", Bound::Above),
    ("topped", Bound::Above),
    ("passed", Bound::Above),
    ("around", Bound::About),
    ("about", Bound::About),
    ("approximately", Bound::About),
    ("roughly", Bound::About),
    ("some", Bound::About),
    ("close to", Bound::Nearly),
    ("nearly", Bound::Nearly),
    ("almost", Bound::Nearly),
    ("approaching", Bound::Nearly),
];
const AFTER: &[(&str, Bound)] = &[
    (" or more", Bound::AtLeast),
    (" or above", Bound::AtLeast),
    (" or higher", Bound::AtLeast),
    (" and above", Bound::AtLeast),
    (" or less", Bound::AtMost),
    (" or below", Bound::AtMost),
    (" or lower", Bound::AtMost),
    (" or so", Bound::About),
];

fn figure(text: &str, at: usize) -> Option<Value> {
    let start = money_sign(text, at);
    let n = numbers::english(text, at)?;
    if !n.arabic && !n.magnified && n.value < Decimal::TWO {
        return None;
    }
    if text[n.end..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None; // 5G, 14th, 3D
    }
    let sign = start.map(|(_, code)| code.to_owned());
    let (unit, end) = match sign {
        Some(_) => (None, n.end),
        None => measured(text, n.end),
    };
    let first = start.map_or(at, |(s, _)| s);
    if let Some(range) = range(text, first, &n, end, unit.as_ref(), sign.as_deref()) {
        return Some(range);
    }
    let factor = unit.as_ref().map_or(Decimal::ONE, |u| u.factor);
    let amount = Amount::One { value: n.value.checked_mul(factor)?, ulp: n.ulp.checked_mul(factor)? };
    Some(bounded(text, Span::new(first, end), amount, sign.or(unit.map(|u| u.code)), &n))
}

/// The unit behind a number that ends at `end`, and where both end.
fn measured(text: &str, end: usize) -> (Option<Unit>, usize) {
    let rest = &text[end..];
    let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '-']).len();
    match unit(&rest[gap..]) {
        Some(u) => {
            let end = end + gap + u.length;
            (Some(u), end)
        }
        None => (None, end),
    }
}

/// `2–3 parks`, `5 to 6 percent`, `between 3 and 4 million tonnes`.
fn range(
    text: &str,
    first: usize,
    n: &Number,
    end: usize,
    unit: Option<&Unit>,
    sign: Option<&str>,
) -> Option<Value> {
    let rest = &text[end..];
    let before = text[..first].trim_end();
    let word =
        before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default().to_ascii_lowercase();
    let joint = [" to ", "-", "–", "—", " and "].into_iter().find(|j| rest.starts_with(j))?;
    if (joint == " and ") != (word == "between") || joint == " to " && word == "from" {
        return None;
    }
    let second_at = end + joint.len();
    let sign_length = ["RMB ", "RMB", "US$", "$", "¥", "€"]
        .iter()
        .find(|s| sign.is_some() && text[second_at..].starts_with(**s));
    let second_at = second_at + sign_length.map_or(0, |s| s.len());
    let second = numbers::english(text, second_at).filter(|s| s.arabic == n.arabic)?;
    if text[second.end..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '–')
        && unit.is_none()
        && sign.is_none()
        && !text[second.end..].starts_with('-')
    {
        return None;
    }
    let (second_unit, last) = if sign.is_some() { (None, second.end) } else { measured(text, second.end) };
    // 3 percent to 5 million: two figures.
    if unit.is_some() && unit.map(|u| &u.code) != second_unit.as_ref().map(|u| &u.code) {
        return None;
    }
    if second_unit.is_none() && sign.is_none() && !rest_is_noun(&text[last..]) {
        return None;
    }
    let factor = second_unit.as_ref().map_or(Decimal::ONE, |u| u.factor);
    let mut low = n.value;
    if second.magnified && !n.magnified {
        // 2 to 3 million: the magnitude is meant for both.
        let plain = numbers::plain_figure(text, second_at).map(|(_, value, _)| value)?;
        low = low.checked_mul(second.value.checked_div(plain)?)?;
    }
    let (low, high) = (low.checked_mul(factor)?, second.value.checked_mul(factor)?);
    if low >= high {
        return None;
    }
    let amount = Amount::Between { low, high, ulp: second.ulp.checked_mul(factor)? };
    let unit = sign.map(str::to_owned).or(second_unit.map(|u| u.code));
    Some(bounded(text, Span::new(first, last), amount, unit, &second))
}

fn rest_is_noun(rest: &str) -> bool {
    rest.starts_with(' ') && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic())
}

fn bounded(text: &str, span: Span, amount: Amount, unit: Option<String>, n: &Number) -> Value {
    let head = text[..span.start].trim_end();
    let tail_start = head.char_indices().rev().nth(16).map_or(0, |(i, _)| i);
    let head_tail = head[tail_start..].to_ascii_lowercase();
    let pre = BEFORE.iter().find(|(w, _)| {
        head_tail.ends_with(w)
            && !head_tail[..head_tail.len() - w.len()].ends_with(|c: char| c.is_ascii_alphanumeric())
    });
    let pre = pre.map(|(w, b)| (Span::new(head.len() - w.len(), head.len()), *b));
    let post = AFTER.iter().find(|(w, _)| text[span.end..].starts_with(w));
    let post = post.map(|(w, b)| (Span::new(span.end + 1, span.end + w.len()), *b));
    Value { span, amount, unit, bound: post.or(pre), arabic: n.arabic, magnified: n.magnified }
}

fn money_sign(text: &str, at: usize) -> Option<(usize, &'static str)> {
    const SIGNS: &[(&str, &str)] = &[
        ("RMB ", "CNY"),
        ("RMB", "CNY"),
        ("CNY ", "CNY"),
        ("¥", "CNY"),
        ("US$", "USD"),
        ("USD ", "USD"),
        ("$", "USD"),
        ("€", "EUR"),
    ];
    SIGNS.iter().find(|(s, _)| text[..at].ends_with(s)).map(|(s, code)| (at - s.len(), *code))
}

fn unit(rest: &str) -> Option<Unit> {
    const OWN: &[(&str, &str)] = &[
        ("percentage points", "percentage_point"),
        ("percentage point", "percentage_point"),
        ("percent", "percent"),
        ("per cent", "percent"),
        ("%", "percent"),
        ("yuan", "CNY"),
        ("renminbi", "CNY"),
        ("u.s. dollars", "USD"),
        ("us dollars", "USD"),
        ("dollars", "USD"),
        ("times", "times_multiplier"),
        ("teus", "TEU"),
        ("teu", "TEU"),
    ];
    let lower = rest.char_indices().take(20).map(|(_, c)| c.to_ascii_lowercase()).collect::<String>();
    let whole = |length: usize| !rest[length..].starts_with(|c: char| c.is_ascii_alphanumeric());
    if let Some((w, code)) = OWN.iter().find(|(w, _)| lower.starts_with(w) && whole(w.len())) {
        return Some(Unit { length: w.len(), code: (*code).to_owned(), factor: Decimal::ONE });
    }
    lexicon::unit(rest).filter(|u| u.length > 0 && rest.is_char_boundary(u.length) && whole(u.length))
}

#[cfg(test)]
mod tests {
    use super::{super::ranks, *};
    use crate::{periods, values::taken};

    type Shown = (String, String, Option<String>, Option<&'static str>);

    fn read(text: &str) -> Vec<Shown> {
        let taken = taken(&periods::english(text), &ranks::find(text));
        let show = |v: &Value| {
            let amount = match &v.amount {
                Amount::One { value, .. } => numbers::print(*value),
                Amount::Between { low, high, .. } => {
                    format!("{}..{}", numbers::print(*low), numbers::print(*high))
                }
                Amount::Ratio(r) => r.clone(),
            };
            (v.span.of(text).to_owned(), amount, v.unit.clone(), v.bound.map(|b| b.1.norm()))
        };
        find(text, &taken).iter().map(show).collect()
    }

    fn one(text: &str) -> Shown {
        read(text).into_iter().next().unwrap_or_else(|| panic!("nothing read in {text}"))
    }

    #[test]
    fn figures_in_english_words() {
        let figure = |text: &str, n: &str, unit: Option<&str>, bound| {
            (text.to_owned(), n.to_owned(), unit.map(str::to_owned), bound)
        };
        assert_eq!(
            one("more than 3.4 trillion yuan"),
            figure("3.4 trillion yuan", "3400000000000", Some("CNY"), Some("gt"))
        );
        assert_eq!(one("grew by 4.5 percent"), figure("4.5 percent", "4.5", Some("percent"), None));
        assert_eq!(one("RMB 30 billion"), figure("RMB 30 billion", "30000000000", Some("CNY"), None));
        assert_eq!(one("nearly six million people").1, "6000000");
        assert_eq!(one("no lower than 3.5 percent").3, Some("ge"));
    }

    #[test]
    fn ranges() {
        assert_eq!(one("build 2–3 model parks").1, "2..3");
        assert_eq!(one("growth of 5 to 6 percent").1, "5..6");
        assert_eq!(one("between 3 and 4 million tonnes").1, "3000000..4000000");
        assert_eq!(one("$2 billion to $3 billion").1, "2000000000..3000000000");
        assert_eq!(read("from 5 percent to 6 percent").len(), 2);
    }

    #[test]
    fn numbers_in_quoted_names_are_no_figures() {
        for text in
            ["the \"six hundred projects\" drive", "the “hundred firms, thousand billion yuan” platform"]
        {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
        assert_eq!(read("\"We added 300 beds last year.\"").len(), 1);
    }
}
