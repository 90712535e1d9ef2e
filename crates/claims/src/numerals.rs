//! Numbers, percentages, sums of money and ordinals in any Chinese text, whether or not they state anything.
//!
//! [`find`] reads numerals as people write them: Arabic and Chinese digits mixed (7万5千4百), full width, traditional and
//! financial characters (壹仟零伍), a last digit that carries the order below the one before it (四百五 is 450), decimals
//! (三点一四), fractions (三又五分之一, 3/5), powers and exponents, approximations (十余万), tenths (七成六) and rebates
//! (九五折). What only looks like a number (四川, 收拾, 一切) is left alone. The reader of statements does not build on
//! this: it has its own, narrower view of what a report may mean by a figure.

use crate::numbers::chinese_digit;
use rust_decimal::Decimal;

/// What kind of number a mention is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberKind {
    /// A number by itself, or before a noun or a measure word.
    Number,
    /// A share in hundredths: 25%, 百分之五, 七成, 八折.
    Percent,
    /// A difference of percentages: 2.4个百分点.
    Points,
    /// A sum of money with the code of its currency (ISO 4217, `BTC` for bitcoin). A currency named without a sum has none.
    Money(&'static str),
    /// A place in an order: 第三.
    Ordinal,
}

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberMention {
    /// Where it stands, in code points.
    pub span: [usize; 2],
    /// What it is.
    pub kind: NumberKind,
    /// Its exact value; of a percentage in hundredths, of money in the unit of its currency. None for a currency alone.
    pub value: Option<Decimal>,
}

/// The numbers of a text in order. A percentage or a sum is one mention, and the number inside it is none of its own.
pub fn find(text: &str) -> Vec<NumberMention> {
    let reader = Numerals::new(text);
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < reader.c.len() {
        if let Some(end) = reader.address(at) {
            at = end;
            continue;
        }
        if let Some((end, kind, value)) =
            reader.ordinal(at).or_else(|| reader.share(at)).or_else(|| reader.money(at))
        {
            mentions.push(NumberMention { span: [at, end], kind, value });
            at = end;
        } else if let Some((end, value)) = reader.signed(at) {
            if !reader.idiom(at, end) {
                mentions.push(NumberMention {
                    span: [at, end],
                    kind: NumberKind::Number,
                    value: Some(value),
                });
            }
            at = end;
        } else {
            at = reader.past(at);
        }
    }
    mentions
}

type Found = (usize, NumberKind, Option<Decimal>);

/// A text as characters, each in its plain form: half width, simplified, everyday digits.
struct Numerals {
    c: Vec<char>,
    raw: Vec<char>,
}

/// Longest number, in characters, and longest exponent.
const LONGEST: usize = 96;
const GREATEST_POWER: i64 = 400;

fn plain(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '　' => ' ',
        '壹' | '弌' => '一',
        '贰' | '貳' => '二',
        '叁' | '參' | '叄' => '三',
        '肆' => '四',
        '伍' => '五',
        '陆' | '陸' => '六',
        '柒' => '七',
        '捌' => '八',
        '玖' => '九',
        '兩' | '倆' | '俩' => '两',
        '〇' => '零',
        '拾' => '十',
        '佰' => '百',
        '仟' => '千',
        '萬' => '万',
        '億' => '亿',
        '點' => '点',
        '負' => '负',
        '幾' => '几',
        '個' => '个',
        '對' => '对',
        '雙' => '双',
        '餘' => '余',
        '圆' | '圓' => '元',
        '塊' => '块',
        '−' => '-',
        _ => c,
    }
}

fn digit(c: char) -> Option<i64> {
    chinese_digit(c).map(i64::from)
}

fn power(c: char) -> Option<u32> {
    Some(match c {
        '十' => 1,
        '百' => 2,
        '千' => 3,
        '万' => 4,
        '亿' => 8,
        '兆' => 12,
        _ => return None,
    })
}

/// A number times itself, `power` times; one over that where `power` is negative.
fn raised(value: Decimal, power: i64) -> Option<Decimal> {
    let times = (0..power.unsigned_abs()).try_fold(Decimal::ONE, |product, _| product.checked_mul(value))?;
    if power < 0 { Decimal::ONE.checked_div(times) } else { Some(times) }
}

fn ten(power: u32) -> Decimal {
    Decimal::from_i128_with_scale(10_i128.pow(power.min(20)), 0)
}

impl Numerals {
    fn new(text: &str) -> Self {
        let raw: Vec<char> = text.chars().collect();
        Self { c: raw.iter().map(|c| plain(*c)).collect(), raw }
    }

    fn at(&self, i: usize) -> char {
        self.c.get(i).copied().unwrap_or('\0')
    }

    fn before(&self, i: usize) -> char {
        i.checked_sub(1).map_or('\0', |i| self.at(i))
    }

    /// The first place from `i` that is no blank.
    fn skip(&self, mut i: usize) -> usize {
        while self.at(i) == ' ' {
            i += 1;
        }
        i
    }

    /// One past `words` at `i`, blanks between its characters allowed.
    fn words(&self, i: usize, words: &str) -> Option<usize> {
        let mut at = i;
        for (n, w) in words.chars().enumerate() {
            if n > 0 {
                at = self.skip(at);
            }
            if self.at(at) != w {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// An address of the web holds no numbers.
    fn address(&self, i: usize) -> Option<usize> {
        let scheme = ["http://", "https://"].iter().find(|s| self.words(i, s).is_some())?;
        let mut end = i + scheme.len();
        while !matches!(self.at(end), '\0' | ' ' | '，' | '。') && self.at(end).is_ascii() {
            end += 1;
        }
        Some(end)
    }

    /// One past what begins at `i` and is no number: a run of Latin letters and digits, else one character.
    fn past(&self, i: usize) -> usize {
        if !self.at(i).is_ascii_alphabetic() {
            return i + 1;
        }
        let mut end = i;
        while self.at(end).is_ascii_alphanumeric() {
            end += 1;
        }
        end
    }

    /// A number with its sign.
    fn signed(&self, i: usize) -> Option<(usize, Decimal)> {
        let sign = match self.at(i) {
            '负' => true,
            '-' => {
                !(self.before(i).is_ascii_alphanumeric() || self.before(i) == '-' || self.at(i + 1) == ' ')
            }
            _ => false,
        };
        if !sign {
            return self.unsigned(i);
        }
        let (end, value) = self.unsigned(self.skip(i + 1))?;
        Some((end, -value))
    }

    fn unsigned(&self, i: usize) -> Option<(usize, Decimal)> {
        let (end, value, part) = self.simple(i)?;
        // 十一又十四分之一
        let after = self.skip(end);
        if self.at(after) == '又'
            && let Some((end, fraction)) = self.fraction(self.skip(after + 1))
        {
            return Some((end, value.checked_add(fraction)?));
        }
        if let Some(found) = self.fraction(i) {
            return Some(found);
        }
        // 3/5, 1 3/5
        if part == Part::Whole {
            if let Some((end, below)) = self.slash(end) {
                return Some((end, value.checked_div(below)?));
            }
            if self.at(end) == ' '
                && let Some((middle, above, Part::Whole)) = self.simple(end + 1)
                && let Some((end, below)) = self.slash(middle)
            {
                return Some((end, value.checked_add(above.checked_div(below)?)?));
            }
        }
        Some((end, value))
    }

    fn slash(&self, i: usize) -> Option<(usize, Decimal)> {
        let (end, value, part) = (self.at(i) == '/').then(|| self.simple(i + 1)).flatten()?;
        (part == Part::Whole && !value.is_zero()).then_some((end, value))
    }

    /// 五分之一
    fn fraction(&self, i: usize) -> Option<(usize, Decimal)> {
        let (end, below, _) = self.simple(i)?;
        let at = self.words(self.skip(end), "分之")?;
        let orders = self.c[i..end].iter().all(|c| power(*c).is_some_and(|p| p > 1));
        if orders || below.is_zero() {
            return None; // 百分之: a percentage
        }
        let (end, above) = match self.at(self.skip(at)) {
            '负' => self.simple(self.skip(self.skip(at) + 1)).map(|(end, v, _)| (end, -v))?,
            _ => self.simple(self.skip(at)).map(|(end, v, _)| (end, v))?,
        };
        Some((end, above.checked_div(below)?))
    }

    fn simple(&self, i: usize) -> Option<(usize, Decimal, Part)> {
        let c = self.at(i);
        if c.is_ascii_digit()
            || c == '.' && self.at(i + 1).is_ascii_digit() && !matches!(self.before(i), '.' | '0'..='9')
        {
            self.arabic(i)
        } else if self.words(i, "半百").is_some() {
            Some((i + 2, Decimal::from(50), Part::Other))
        } else {
            self.mixed(i, None).map(|(end, value)| (end, value, Part::Other))
        }
    }

    /// A number that begins in Arabic digits.
    fn arabic(&self, i: usize) -> Option<(usize, Decimal, Part)> {
        let (mut end, mut value, mut part) = self.figure(i)?;
        if self.at(end) == 'e' || self.at(end) == 'E' {
            let (minus, at) = self.marks(end + 1, &['+', '-']);
            if let Some((after, power)) = self.integer(at) {
                let power = if minus { -power } else { power };
                let by = raised(Decimal::TEN, power)?;
                return Some((after, value.checked_mul(by)?, Part::Other));
            }
        }
        if self.at(end) == '^' {
            let (minus, at) = self.marks(end + 1, &['+', '-']);
            if let Some((after, power)) = self.integer(at) {
                let by = raised(value, power)?;
                let by = if minus { Decimal::ONE.checked_div(by)? } else { by };
                return Some((after, by, Part::Other));
            }
        }
        let letter = self.skip(end);
        let scale = match self.at(letter) {
            'k' | 'K' => Some(3),
            'm' | 'M' => Some(6),
            'G' => Some(9),
            'T' => Some(12),
            _ => None,
        };
        if let Some(scale) =
            scale.filter(|_| !self.at(letter + 1).is_ascii_alphanumeric() && letter <= end + 1)
        {
            return Some((letter + 1, value.checked_mul(ten(scale))?, Part::Other));
        }
        if let Some((after, mixed)) = self.mixed(i, Some((end, value))).filter(|(after, _)| *after > end) {
            (end, value, part) = (after, mixed, Part::Other);
        }
        Some((end, value, part))
    }

    /// Whether an odd number of minus signs stands among the marks at `i`, and where they end.
    fn marks(&self, i: usize, marks: &[char]) -> (bool, usize) {
        let mut at = i;
        while marks.contains(&self.at(at)) && at < i + 3 {
            at += 1;
        }
        let minus =
            self.c[i.min(self.c.len())..at.min(self.c.len())].iter().filter(|c| **c == '-').count() % 2 == 1;
        (minus, at)
    }

    fn integer(&self, i: usize) -> Option<(usize, i64)> {
        let mut end = i;
        while self.at(end).is_ascii_digit() && end < i + 6 {
            end += 1;
        }
        let digits: String = self.c.get(i..end)?.iter().collect();
        digits.parse().ok().filter(|n| *n <= GREATEST_POWER).map(|n| (end, n))
    }

    /// Digits with separators of thousands and decimals.
    fn figure(&self, i: usize) -> Option<(usize, Decimal, Part)> {
        let run = |from: usize| (from..).take_while(|at| self.at(*at).is_ascii_digit()).take(LONGEST).count();
        let mut digits = String::new();
        let mut end = i;
        let head = run(i);
        digits.extend(&self.c[i..i + head]);
        end += head;
        let mut grouped = false;
        while (grouped || (1..=3).contains(&head)) && self.at(end) == ',' && run(end + 1) == 3 {
            digits.extend(&self.c[end + 1..end + 4]);
            end += 4;
            grouped = true;
        }
        let mut part = Part::Whole;
        let decimals = run(end + 1);
        // 12.34.56 are numbers with points between them
        let point = self.at(end) == '.' && decimals > 0;
        let many = self.at(end + 1 + decimals) == '.' && run(end + 2 + decimals) > 0;
        let inside = self.before(i) == '.' && i > 1 && self.c[i - 2].is_ascii_digit();
        if point && !many && !inside {
            digits.push('.');
            digits.extend(&self.c[end + 1..end + 1 + decimals]);
            end += 1 + decimals;
            part = Part::Other;
        }
        if digits.len() > LONGEST {
            return None;
        }
        let digits = if digits.starts_with('.') { format!("0{digits}") } else { digits };
        Some((end, Decimal::from_str_exact(&digits).ok()?, part))
    }

    /// Digits and orders of magnitude in any mixture, from a figure already read where there is one.
    fn mixed(&self, i: usize, first: Option<(usize, Decimal)>) -> Option<(usize, Decimal)> {
        if self.at(i) == ' ' {
            return None;
        }
        let (mut total, mut section) = (Decimal::ZERO, Decimal::ZERO);
        let mut pending = first.map(|(_, value)| value);
        let mut carries = false; // the pending digit is one that may carry the order below
        let mut last: Option<u32> = None; // the order before, where nothing but a digit follows it
        let mut lowest = u32::MAX; // the lowest order of the section
        let (mut at, mut end) = first.map_or((i, i), |(end, _)| (end, end));
        let (mut digits, mut orders) = (usize::from(first.is_some()), 0);
        while at < i + LONGEST {
            let here = self.skip(at);
            let c = self.at(here);
            if let Some(d) = digit(c) {
                let d = Decimal::from(d);
                pending = Some(match pending {
                    Some(held) if carries || orders == 0 && first.is_none() => {
                        held.checked_mul(Decimal::TEN)?.checked_add(d)?
                    }
                    Some(held) if held.is_zero() => d,
                    Some(_) => break,
                    None => d,
                });
                if c == '零' && pending == Some(Decimal::ZERO) {
                    last = None;
                }
                carries = c != '零';
                digits += 1;
                end = here + 1;
            } else if let Some(p) = power(c) {
                if p < 4 {
                    let bare = pending.is_none_or(|d| d.is_zero());
                    if p >= lowest || bare && last.is_some() {
                        break;
                    }
                    let count = pending.take().filter(|d| !d.is_zero()).unwrap_or(Decimal::ONE);
                    section = section.checked_add(count.checked_mul(ten(p))?)?;
                    lowest = p;
                } else {
                    let group = section.checked_add(pending.take().unwrap_or(Decimal::ZERO))?;
                    if group.is_zero() && total.is_zero() && digits == 0 {
                        return None;
                    }
                    total = if group.is_zero() || total < ten(p) {
                        total.checked_add(group)?.checked_mul(ten(p))?
                    } else {
                        total.checked_add(group.checked_mul(ten(p))?)?
                    };
                    section = Decimal::ZERO;
                    lowest = u32::MAX;
                }
                (last, carries) = (Some(p), false);
                orders += 1;
                end = here + 1;
            } else if matches!(c, '余' | '多' | '几')
                && power(self.at(self.skip(here + 1))).is_some_and(|p| p >= 4)
            {
                at = here + 1; // 十余万
                continue;
            } else if self.at(here).is_ascii_digit() && orders > 0 && pending.is_none_or(|d| d.is_zero()) {
                let Some((after, value, _)) = self.figure(here) else { break };
                (pending, carries, last) = (Some(value), false, None);
                digits += 1;
                end = after;
            } else {
                break;
            }
            at = end;
        }
        if digits == 0 && self.at(i) != '十' {
            return None;
        }
        let mut rest = pending.unwrap_or(Decimal::ZERO);
        if let Some(p) = last.filter(|p| *p > 1 && carries && pending.is_some_and(|d| d < Decimal::TEN)) {
            rest = rest.checked_mul(ten(p - 1))?; // 四百五
        }
        let mut value = total.checked_add(section)?.checked_add(rest)?;
        if let Some((after, decimals)) = self.decimals(end).filter(|_| first.is_none() || orders > 0) {
            value = value.checked_add(decimals)?;
            end = after;
        }
        if self.at(end) == '打' && orders + digits > 0 {
            return Some((end + 1, value.checked_mul(Decimal::from(12))?));
        }
        Some((end, value))
    }

    /// 点三三
    fn decimals(&self, i: usize) -> Option<(usize, Decimal)> {
        let mut at = self.skip(i);
        if self.at(at) != '点' {
            return None;
        }
        let (mut value, mut weight, mut end) = (Decimal::ZERO, Decimal::ONE, None);
        at += 1;
        while let Some(d) = digit(self.at(self.skip(at))).filter(|_| self.at(self.skip(at)) != '两') {
            weight = weight.checked_div(Decimal::TEN)?;
            value = value.checked_add(weight.checked_mul(Decimal::from(d))?)?;
            at = self.skip(at) + 1;
            end = Some(at);
            if at > i + 24 {
                break;
            }
        }
        end.map(|end| (end, value))
    }

    /// 第三, 第２５０
    fn ordinal(&self, i: usize) -> Option<Found> {
        if self.at(i) != '第' {
            return None;
        }
        let (end, value, _) = self.simple(i + 1)?;
        // 第零十刃: nothing is the noughth
        (self.at(i + 1) != '零').then_some((end, NumberKind::Ordinal, Some(value)))
    }

    /// Percentages, percentage points, tenths, rebates.
    fn share(&self, i: usize) -> Option<Found> {
        self.of_hundred(i).or_else(|| self.tenths(i)).or_else(|| {
            let (end, value) = self.signed(i)?;
            if self.doubtful(i) {
                return None;
            }
            if self.at(end) == '%' {
                return Some((end + 1, NumberKind::Percent, Some(value)));
            }
            let at = self.skip(end);
            let points = ["个百分点", "百分点"].iter().find_map(|w| self.words(at, w))?;
            Some((points, NumberKind::Points, Some(value)))
        })
    }

    /// 二三十: about twenty or thirty.
    fn doubtful(&self, i: usize) -> bool {
        let (a, b) = (digit(self.at(i)), digit(self.at(i + 1)));
        a.zip(b).is_some_and(|(a, b)| a > 0 && b == a + 1) && power(self.at(i + 2)).is_some()
    }

    /// 百分之五, 千分之一, 百万分之三
    fn of_hundred(&self, i: usize) -> Option<Found> {
        if digit(self.before(i)).is_some()
            || self.before(i).is_ascii_digit()
            || power(self.before(i)).is_some()
        {
            return None;
        }
        let mut at = i;
        let mut whole = Decimal::ONE;
        let mut orders = 0;
        while let Some(p) = power(self.at(self.skip(at))).filter(|p| (2..=8).contains(p)) {
            at = self.skip(at) + 1;
            whole = whole.checked_mul(ten(p))?;
            orders += 1;
        }
        let at = (orders > 0).then(|| self.words(self.skip(at), "分之")).flatten()?;
        let at = self.skip(at);
        if self.doubtful(at) {
            return None;
        }
        let (end, value) = match self.at(at) {
            '百' if power(self.at(at + 1)).is_none() => (at + 1, Decimal::ONE_HUNDRED),
            _ => self.signed(at)?,
        };
        Some((end, NumberKind::Percent, Some(value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?)))
    }

    /// 七成六, 三成半, 九五折, 半折, 打对折
    fn tenths(&self, i: usize) -> Option<Found> {
        let percent = |end, value: Decimal| Some((end, NumberKind::Percent, Some(value)));
        if self.words(i, "对折").is_some() && self.before(i) == '打' {
            return percent(i + 2, Decimal::from(50));
        }
        if self.at(i) == '半' && matches!(self.at(i + 1), '折' | '成') {
            return percent(i + 2, Decimal::from(if self.at(i + 1) == '折' { 50 } else { 5 }));
        }
        let (mut end, mut value, _) = self.simple(i)?;
        // 7 2 折: digits set apart
        let next = self.skip(end);
        if self.at(next).is_ascii_digit()
            && next > end
            && self.at(self.skip(next + 1)) == '折'
            && value < Decimal::TEN
        {
            value =
                value.checked_mul(Decimal::TEN)?.checked_add(Decimal::from(self.at(next).to_digit(10)?))?;
            end = next + 1;
        }
        let at = self.skip(end);
        match self.at(at) {
            '折' => {
                let tenths = value < Decimal::TEN;
                let ten = power(self.at(i)).is_some();
                let value = if tenths { value.checked_mul(Decimal::TEN)? } else { value };
                (!ten && value <= Decimal::ONE_HUNDRED).then_some(())?;
                percent(at + 1, value)
            }
            '成' if value <= Decimal::TEN
                && !matches!(self.at(at + 1), '为' | '立' | '功' | '员' | '果' | '本' | '都' | '交') =>
            {
                let value = value.checked_mul(Decimal::TEN)?;
                let more = self.skip(at + 1);
                match self.at(more) {
                    '半' => percent(more + 1, value.checked_add(Decimal::from(5))?),
                    c if digit(c).is_some_and(|d| d > 0) && power(self.at(more + 1)).is_none() => {
                        percent(more + 1, value.checked_add(Decimal::from(digit(c)?))?)
                    }
                    _ => percent(at + 1, value),
                }
            }
            _ => None,
        }
    }

    /// A sum of money, or the name of a currency.
    fn money(&self, i: usize) -> Option<Found> {
        let mark = match self.raw.get(i) {
            Some('$' | '＄') => Some("USD"),
            Some('¥' | '￥') => Some("CNY"),
            Some('€') => Some("EUR"),
            Some('£' | '￡') => Some("GBP"),
            _ => None,
        };
        if let Some(code) = mark {
            let (end, value) = self.unsigned(i + 1)?;
            return Some((end, NumberKind::Money(code), Some(value)));
        }
        if let Some((end, code, false)) = self.currency(i) {
            // 人民币 50元
            let at = self.skip(end);
            if let Some((after, value)) = self.unsigned(at)
                && let Some((after, same, _)) = self.currency(after)
                && same == code
            {
                return Some((after, NumberKind::Money(code), Some(value)));
            }
            return Some((end, NumberKind::Money(code), None));
        }
        let (end, value) = self.signed(i)?;
        let at = self.skip(end);
        let at = if self.at(at) == '个' { at + 1 } else { at };
        let (mut end, code, _) = self.currency(at)?;
        let mut value = value;
        // 元人民币, 五元三毛, 两美元又三美分
        if let Some((after, same, false)) = self.currency(end).filter(|(_, same, _)| *same == code) {
            (end, _) = (after, same);
        }
        loop {
            let next = if self.at(end) == '又' { end + 1 } else { end };
            let Some((after, part)) = self.unsigned(next) else { break };
            let Some((after, weight)) = self.small_money(after, code) else { break };
            value = value.checked_add(part.checked_mul(weight)?)?;
            end = after;
        }
        Some((end, NumberKind::Money(code), Some(value)))
    }

    /// The currency named at `i`, its code, and whether the word needs a number before it.
    fn currency(&self, i: usize) -> Option<(usize, &'static str, bool)> {
        const NAMES: &[(&str, &str, bool)] = &[
            ("美元", "USD", false),
            ("美刀", "USD", false),
            ("美金", "USD", false),
            ("欧元", "EUR", false),
            ("日元", "JPY", false),
            ("日圆", "JPY", false),
            ("英镑", "GBP", false),
            ("港元", "HKD", false),
            ("港币", "HKD", false),
            ("澳元", "AUD", false),
            ("加元", "CAD", false),
            ("韩元", "KRW", false),
            ("卢布", "RUB", false),
            ("台币", "TWD", false),
            ("新台币", "TWD", false),
            ("瑞士法郎", "CHF", false),
            ("奈拉", "NGN", false),
            ("比特币", "BTC", false),
            ("人民币", "CNY", false),
            ("元", "CNY", true),
            ("块钱", "CNY", true),
            ("块", "CNY", true),
        ];
        let found =
            NAMES.iter().filter_map(|(name, code, needs)| Some((self.words(i, name)?, *code, *needs)));
        let found = found.max_by_key(|(end, _, _)| *end)?;
        // 五元素, 一块蛋糕: no money
        let noun =
            matches!(self.at(found.0), '素' | '旦' | '宵' | '蛋' | '石' | '地' | '糕' | '田') && found.2;
        (!noun).then_some(found)
    }

    /// A hundredth or tenth of a currency.
    fn small_money(&self, i: usize, code: &str) -> Option<(usize, Decimal)> {
        let names: &[(&str, i64)] = match code {
            "CNY" => &[("毛", 10), ("角", 10), ("分", 1)],
            "USD" => &[("美分", 1)],
            "EUR" => &[("欧分", 1), ("分", 1)],
            "JPY" => &[("日本銭", 1), ("日本钱", 1)],
            _ => &[],
        };
        let found = names.iter().find_map(|(name, weight)| Some((self.words(i, name)?, *weight)))?;
        Some((found.0, Decimal::new(found.1, 2)))
    }

    /// Whether what reads as a number belongs to a word.
    fn idiom(&self, i: usize, end: usize) -> bool {
        // What makes a word of a financial digit (陆地, 拾取), and of a plain 一 (一切, 一流).
        const FINANCIAL: [&str; 11] = ["地", "军", "部队", "空", "仁", "取", "起", "到", "意", "无", "足"];
        const ONE: [&str; 24] = [
            "切", "看", "起", "样", "定", "些", "直", "般", "旦", "下", "致", "边", "向", "共", "同", "律",
            "再", "面", "流", "体", "系列", "折", "美元", "美刀",
        ];
        const BEFORE: [&str; 13] =
            ["队", "入", "退", "收", "夕", "放", "大", "登", "空", "唯", "统", "万", "单"];
        let single = end == i + 1;
        let word = |list: &[&str]| list.iter().any(|w| self.words(end, w).is_some());
        let raw = self.raw[i];
        let chinese = !raw.is_ascii() && !('０'..='９').contains(&raw);
        if !chinese {
            return false;
        }
        // 两两, 九九: words of their own
        if end == i + 2 && self.at(i) == self.at(i + 1) && digit(self.at(i)).is_some() {
            return true;
        }
        if self.at(i) == '两' && (self.at(end) == '两' || self.before(i) == '两') && single {
            return true;
        }
        if !single {
            return self.at(end) == '折';
        }
        let before = BEFORE.iter().any(|w| w.starts_with(self.before(i)));
        let financial = raw != self.at(i) && raw != '兩';
        let after = match self.at(i) {
            '一' if !financial => word(&ONE),
            '四' if !financial => word(&["川", "面"]),
            '十' if !financial => word(&["足", "分"]),
            '五' if !financial => word(&["角大楼"]),
            '两' => word(&["美元", "美刀"]),
            _ if financial => word(&FINANCIAL),
            _ => false,
        };
        after || financial && before || before && matches!(self.before(i), '唯' | '统')
    }
}

/// Whether a number is whole digits alone, and so may be part of a fraction written with a stroke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Other,
}
