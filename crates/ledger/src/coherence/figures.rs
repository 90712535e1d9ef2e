//! The figures of a document against each other: parts against their sum, shares against the whole, a change against the
//! two levels it lies between. Everything is computed from what the text prints, with the weight of its last digits: what
//! rounding or truncation explains does not disagree.

use rust_decimal::Decimal;
use zhidian_claims::{Modality, Statement, Type};
use zhidian_model::{Coherence, Text};

/// Wholes and the parts they are made of, by the codes of claims.
const SUMS: [(&str, &[&str]); 2] = [
    ("GDP", &["VA.primary", "VA.secondary", "VA.tertiary"]),
    ("TRADE.total", &["TRADE.exports", "TRADE.imports"]),
];
/// Measures whose growth is told at constant prices, so that printed levels say nothing about it.
const CONSTANT_PRICES: [&str; 3] = ["GDP", "VA.", "IND.above_scale.va"];

/// Compares a stated figure with the others of its document; nothing where they say nothing about it.
pub fn against(statement: &Statement, document: &[Statement]) -> Option<Coherence> {
    if statement.modality != Modality::Fact {
        return None;
    }
    summed(statement, document)
        .or_else(|| structure(statement))
        .or_else(|| between_levels(statement, document))
        .or_else(|| share(statement, document))
}

/// A printed number and the weight of its last digit.
#[derive(Clone, Copy)]
struct Printed {
    value: Decimal,
    ulp: Decimal,
}

fn printed(statement: &Statement) -> Option<Printed> {
    let figure = statement.value.as_ref().filter(|_| statement.qualifier.is_none())?;
    let number = |text: &Option<String>| text.as_deref().and_then(|n| Decimal::from_str_exact(n).ok());
    let value = number(&figure.num)?;
    Some(Printed { value, ulp: number(&figure.precision).unwrap_or(Decimal::ONE) })
}

fn unit(statement: &Statement) -> Option<&str> {
    statement.value.as_ref()?.unit.as_deref()
}

fn code(statement: &Statement) -> Option<&str> {
    statement.indicator.as_ref()?.canon.as_deref()
}

/// Whether two statements speak of one subject at one time in one article.
fn beside(a: &Statement, b: &Statement) -> bool {
    let place =
        |s: &Statement| s.subject.as_ref().map(|w| w.gbt2260.clone().unwrap_or_else(|| w.text.clone()));
    let time = |s: &Statement| s.period.as_ref().and_then(|w| w.norm.clone());
    a.id != b.id
        && a.article == b.article
        && place(a) == place(b)
        && time(a) == time(b)
        && b.modality == Modality::Fact
}

/// `地区生产总值` against the value added of the three sectors, `进出口` against exports and imports.
fn summed(statement: &Statement, document: &[Statement]) -> Option<Coherence> {
    let code_of_whole = code(statement).filter(|_| statement.kind == Type::Quantity)?;
    let (_, parts) = SUMS.iter().find(|(whole, _)| *whole == code_of_whole)?;
    let whole = printed(statement)?;
    let mut found = Vec::new();
    for part in *parts {
        let mut named = document.iter().filter(|other| {
            other.kind == Type::Quantity
                && code(other) == Some(part)
                && unit(other) == unit(statement)
                && beside(statement, other)
        });
        let one = named.next()?;
        if named.next().is_some() {
            return None; // told twice: which of the two is meant is not known
        }
        found.push((one, printed(one)?));
    }
    let sum: Decimal = found.iter().map(|(_, p)| p.value).sum();
    let slack: Decimal = found.iter().map(|(_, p)| p.ulp).sum::<Decimal>() + whole.ulp;
    let words: Vec<&str> = found.iter().filter_map(|(s, _)| Some(s.value.as_ref()?.text.as_str())).collect();
    let stated = statement.value.as_ref()?.text.as_str();
    let agrees = (sum - whole.value).abs() <= slack;
    Some(told(
        agrees,
        &format!("各部分{}合计", words.join("、")),
        &format!("the parts {} add up", words.join(", ")),
        stated,
    ))
}

/// `8.1:42.5:49.4`: the shares of three sectors make a hundred.
fn structure(statement: &Statement) -> Option<Coherence> {
    let ratio = statement.value.as_ref()?.ratio.as_deref()?;
    let name = statement.indicator.as_ref()?.text.as_str();
    if !(name.contains("产业") || name.contains("结构")) {
        return None;
    }
    let parts: Option<Vec<Decimal>> = ratio.split(':').map(|p| Decimal::from_str_exact(p).ok()).collect();
    let parts = parts.filter(|parts| parts.len() > 2)?;
    let sum: Decimal = parts.iter().sum();
    // Shares, not a mere proportion such as 1:2:3.
    if (sum - Decimal::ONE_HUNDRED).abs() > Decimal::TEN {
        return None;
    }
    let ulp: Decimal = parts.iter().map(|p| Decimal::new(1, p.scale())).sum();
    let agrees = (sum - Decimal::ONE_HUNDRED).abs() <= ulp / Decimal::TWO;
    Some(told(agrees, &format!("{ratio}合计{sum}"), &format!("{ratio} add up to {sum}"), "100"))
}

/// `甲680亿元，占乙的93.5%` where the level of 乙 is told too: the share is the one level over the other.
fn share(statement: &Statement, document: &[Statement]) -> Option<Coherence> {
    let stated = printed(statement)
        .filter(|_| statement.kind == Type::Quantity && unit(statement) == Some("percent"))?;
    let (part_name, whole_name) = part_and_whole(&statement.indicator.as_ref()?.text)?;
    let levels = || {
        document.iter().filter(|other| {
            other.kind == Type::Quantity && unit(other) != Some("percent") && beside(statement, other)
        })
    };
    let named = |name: &str| {
        let mut found = levels().filter(|other| is_called(other, name));
        let one = found.next()?;
        found.next().is_none().then_some(one) // told twice: which of the two is meant is not known
    };
    let part = if part_name.is_empty() {
        // the level told right before: 甲680亿元，占…
        levels()
            .rfind(|other| other.span[1] <= statement.value.as_ref().map_or(0, |v| v.span[0]))
            .filter(|other| statement.span[0].saturating_sub(other.span[1]) <= LONGEST_GAP)?
    } else {
        named(part_name)?
    };
    let whole = named(whole_name).filter(|whole| whole.id != part.id && unit(whole) == unit(part))?;
    let (a, b) = (printed(part)?, printed(whole)?);
    let percent = |a: Decimal, b: Decimal| a.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(b);
    let low = percent(a.value - a.ulp, b.value + b.ulp)?;
    let high = percent(a.value + a.ulp, (b.value - b.ulp).max(Decimal::new(1, 6)))?;
    let agrees = low - stated.ulp <= stated.value && stated.value <= high + stated.ulp;
    let (a, b) = (part.value.as_ref()?.text.as_str(), whole.value.as_ref()?.text.as_str());
    let value = statement.value.as_ref()?.text.as_str();
    Some(told(agrees, &format!("{a}占{b}的比重"), &format!("the share of {a} in {b}"), value))
}

/// How far a share may stand behind the level it is of, in characters.
const LONGEST_GAP: usize = 12;

/// What is a share of what: `甲占乙的比重`, `占乙`, `share of A in B`. The first may be left out.
fn part_and_whole(name: &str) -> Option<(&str, &str)> {
    let (part, whole) = match name.split_once('占') {
        Some((part, whole)) => {
            let ends = ["的比重", "的比例", "的份额", "比重", "比例", "份额", "的"];
            (part, ends.iter().find_map(|end| whole.strip_suffix(end)).unwrap_or(whole))
        }
        None => {
            let of = ["share of ", "proportion of "].iter().find_map(|of| Some(name.split_once(of)?.1))?;
            of.split_once(" in ")?
        }
    };
    (!whole.is_empty()).then_some((part.trim(), whole.trim()))
}

/// Whether a statement's indicator is called so: by the same words, or by another name of the same measure.
fn is_called(statement: &Statement, name: &str) -> bool {
    let Some(indicator) = &statement.indicator else { return false };
    let codes = zhidian_vocabulary::measures::exact(name);
    indicator.text == name
        || matches!(codes.as_slice(), [one] if one.claims_code.is_some() && one.claims_code == indicator.canon.as_deref())
}

/// A change told beside the two levels it lies between: `从86家增加到312家，增长2.6倍`, `由51%提高到55%，提高4个百分点`.
fn between_levels(statement: &Statement, document: &[Statement]) -> Option<Coherence> {
    let name = statement.indicator.as_ref().filter(|_| statement.kind == Type::Growth)?;
    if statement.basis.is_some() || statement.text.contains("年均") || statement.text.contains("annual") {
        return None;
    }
    let base = name.canon.as_deref().map(|c| c.split(".growth").next().unwrap_or(c));
    if base.is_some_and(|base| CONSTANT_PRICES.iter().any(|c| base.starts_with(c))) {
        return None;
    }
    let level = document.iter().rev().find(|other| {
        let same = other.indicator.as_ref().is_some_and(|i| match (base, i.canon.as_deref()) {
            (Some(a), Some(b)) => a == b,
            (None, None) => i.text == name.text,
            _ => false,
        });
        other.kind == Type::Quantity
            && same
            && beside(statement, other)
            && other.span[0] <= statement.span[0]
            && statement.span[0].saturating_sub(other.span[1]) <= 8
            && other
                .baseline
                .as_ref()
                .is_some_and(|b| b.norm.as_deref().is_some_and(|n| n.starts_with("from:")))
    })?;
    let from = level.baseline.as_ref()?.norm.as_deref()?.strip_prefix("from:")?;
    let from = Decimal::from_str_exact(from).ok().filter(|from| !from.is_zero())?;
    let to = printed(level)?;
    let change = printed(statement)?;
    // The level before carries the weight of the level after: both are printed alike.
    let ends = |by: fn(Decimal, Decimal) -> Option<Decimal>| {
        let low = by(to.value - to.ulp, from + to.ulp)?;
        let high = by(to.value + to.ulp, (from - to.ulp).max(Decimal::new(1, 6)))?;
        Some((low, high))
    };
    let (low, high) = match unit(statement)? {
        "percent" => ends(|b, a| (b.checked_div(a)? - Decimal::ONE).checked_mul(Decimal::ONE_HUNDRED))?,
        "times_multiplier" => ends(|b, a| Some(b.checked_div(a)? - Decimal::ONE))?,
        "percentage_point" if unit(level) == Some("percent") => ends(|b, a| b.checked_sub(a))?,
        _ => return None,
    };
    let falls =
        statement.change.as_ref().is_some_and(|c| c.norm.as_deref().is_some_and(|n| n.starts_with("down")));
    let stated = if falls { -change.value } else { change.value };
    let agrees = low - change.ulp <= stated && stated <= high + change.ulp;
    let value = statement.value.as_ref()?.text.as_str();
    let (a, b) = (level.baseline.as_ref()?.text.as_str(), level.value.as_ref()?.text.as_str());
    Some(told(agrees, &format!("从{a}到{b}的变化"), &format!("from {a} to {b}"), value))
}

fn told(agrees: bool, zh: &str, en: &str, stated: &str) -> Coherence {
    let (zh_end, en_end) = if agrees { ("一致", "they agree") } else { ("不一致", "they do not agree") };
    Coherence {
        agrees,
        text: Text::new(
            format!("{zh}与所述{stated}：{zh_end}"),
            format!("{en}, stated is {stated}: {en_end}"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhidian_claims::{Options, read};

    fn checked(text: &str) -> Vec<bool> {
        let options = Options { dated: Some("2026-02".into()), region: Some(330_800), ..Options::default() };
        let reading = read(text, &options).unwrap();
        reading.statements.iter().filter_map(|s| against(s, &reading.statements)).map(|c| c.agrees).collect()
    }

    #[test]
    fn parts_and_their_sum() {
        let text = "全市地区生产总值1850.3亿元。其中，第一产业增加值150.1亿元；第二产业增加值720.2亿元；第三产业增加值980.0亿元。";
        assert_eq!(checked(text), [true]);
        assert_eq!(checked(&text.replace("980.0", "890.0")), [false]);
        assert_eq!(checked("进出口总额356亿元，其中出口250亿元，进口106亿元。"), [true]);
        assert_eq!(checked("进出口总额356亿元，其中出口250亿元，进口126亿元。"), [false]);
        assert!(checked("进出口总额356亿元，其中出口250亿元。").is_empty(), "a part is not told");
    }

    #[test]
    fn shares_of_a_structure() {
        assert_eq!(checked("三次产业结构优化为8.1:42.5:49.4。"), [true]);
        assert_eq!(checked("三次产业结构优化为8.1:42.5:52.4。"), [false]);
    }

    #[test]
    fn a_share_and_its_levels() {
        let text = "全市规上工业总产值3400亿元。六大产业链产值2680亿元，占规上工业总产值的比重为78.8%。";
        assert_eq!(checked(text), [true]);
        assert_eq!(checked(&text.replace("78.8", "87.8")), [false]);
        let named = "税收收入1200亿元，一般公共预算收入1600亿元，税收收入占一般公共预算收入比重75%。";
        assert_eq!(checked(named), [true]);
        assert_eq!(checked(&named.replace("75%", "57%")), [false]);
        assert!(checked("完成投资680亿元，占总投资的93.5%。").is_empty(), "the whole is not told");
    }

    #[test]
    fn a_change_between_two_levels() {
        assert_eq!(checked("高新技术企业从86家增加到312家，增长2.6倍。"), [true]);
        assert_eq!(checked("高新技术企业从86家增加到312家，增长3.6倍。"), [false]);
        assert_eq!(checked("研发投入强度由1.8%提升至2.4%，提高0.6个百分点。"), [true]);
        assert_eq!(checked("研发投入强度由1.8%提升至2.4%，提高1.2个百分点。"), [false]);
        assert!(
            checked("地区生产总值从1500亿元增加到1850亿元，增长8.9%。").is_empty(),
            "growth at constant prices"
        );
    }
}
