//! Enumerations: lists with a label, stated counts, structure labels, parallel commitments.

use crate::{
    clauses::{self, Clause},
    context::Mentions,
    draft::Draft,
    lexicon, numbers, peel,
    statement::{Modality, Type},
    text::Span,
    wordlist,
};

/// A list found in a clause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct List {
    /// From the first word of the list to the last of its label.
    pub(crate) span: Option<Span>,
    pub(crate) items: Vec<Span>,
    pub(crate) label: Option<Span>,
    pub(crate) count: Option<(Span, String)>,
    pub(crate) open: bool,
    /// It tells what is there rather than what is done.
    pub(crate) told: bool,
}

impl List {
    pub(crate) fn draft(&self, span: Span) -> Draft {
        let modality = if self.told { Modality::Fact } else { Modality::Ongoing };
        let mut draft = Draft::new(Type::Enumeration, modality, span);
        draft.items.clone_from(&self.items);
        draft.label = self.label;
        draft.count.clone_from(&self.count);
        draft.open_list = self.open;
        draft
    }
}

/// `甲、乙、丙等X`: the first such list of a span.
pub(crate) fn labelled(m: &Mentions<'_>, span: Span) -> Option<List> {
    let text = m.text;
    let words = span.of(text);
    let mut from = 0;
    let mut tries = 0;
    while let Some(found) = words[from..].find('等').filter(|_| tries < 8 && words.contains('、')) {
        tries += 1;
        let at = from + found;
        from = at + '等'.len_utf8();
        let here = span.start + at;
        if quoted(words, at)
            || text[here..].starts_with("等级")
            || text[..here].ends_with(['高', '中', '平', '同', '均', '相', '初', '对'])
                && !text[..here].ends_with('、')
        {
            continue;
        }
        let head = Span::new(span.start, here);
        let (items, governed) = items_before(m, head);
        let after = Span::new(here + '等'.len_utf8(), span.end);
        let (count, label) = label_after(m, after);
        let role = wordlist::roles().prefix(after.of(text)).is_some();
        // Two members make a list only under a verb that has or makes them (拥有甲、乙等企业) or in a role (以甲、乙等为重点).
        let enough = items.len() >= 3 || items.len() == 2 && (role || governed && label.is_some());
        if !enough || label.is_none() && items.len() < 3 && !role {
            continue;
        }
        let end = label.map_or(here + '等'.len_utf8(), |l| l.end);
        let open = count.is_none() || count.as_ref().is_some_and(|(_, n)| *n != items.len().to_string());
        return Some(List {
            span: items.first().map(|i| Span::new(i.start, end)),
            items,
            label,
            count,
            open,
            told: false,
        });
    }
    None
}

/// The members that end at the end of `head`: the front of the first is cut at its verb.
fn items_before(m: &Mentions<'_>, head: Span) -> (Vec<Span>, bool) {
    let text = m.text;
    let words = head.of(text);
    // Not before a comma, colon or an earlier 等.
    let start = words
        .rfind(['，', '：', '；', '。'])
        .map_or(head.start, |at| head.start + at + words[at..].chars().next().map_or(0, char::len_utf8));
    let mut items = clauses::members(text, Span::new(start, head.end));
    let mut governed = false;
    if let Some(first) = items.first_mut() {
        let whole = *first;
        *first = first_item(m, whole);
        governed = first.start > whole.start;
    }
    items.retain(|i| !i.is_empty());
    (items, governed)
}

/// The first member without the subject and verb before it: `全市拥有甲` → `甲`.
fn first_item(m: &Mentions<'_>, item: Span) -> Span {
    let text = m.text;
    let words = item.of(text);
    let verb = wordlist::focus()
        .iter()
        .chain(wordlist::commits().iter())
        .filter_map(|v| words.rfind(v).map(|at| (at, v.len())))
        .filter(|(at, length)| *length > 3 || *at == 0 || words[*at..].starts_with(['在', '以']))
        .filter(|(at, length)| at + length < words.len() && !quoted(words, *at))
        .max_by_key(|(at, length)| at + length);
    let mut start = item.start;
    if let Some((at, length)) = verb {
        start = item.start + at + length;
    }
    let rest = Span::new(start, item.end);
    let words = rest.of(text);
    if let Some(at) = words.find('的').filter(|at| at + 3 < words.len() && !quoted(words, *at)) {
        return Span::new(rest.start + at + 3, rest.end);
    }
    peel::all_first(text, rest, &["了", "与", "和", "于"])
}

/// Whether a byte offset lies inside quotation marks or brackets of the same words.
pub(crate) fn quoted(words: &str, at: usize) -> bool {
    let before = &words[..at];
    [('“', '”'), ('（', '）'), ('《', '》')]
        .iter()
        .any(|(o, c)| before.matches(*o).count() > before.matches(*c).count())
}

/// Count and label behind 等: `等七个桥头堡`, `等“四大工程”`, `等领域`.
fn label_after(m: &Mentions<'_>, after: Span) -> (Option<(Span, String)>, Option<Span>) {
    let text = m.text;
    let open = peel::all_first(text, after, &["“", "一批", "一系列", "多个", "各类", "相关", "的"]);
    let quoted = after.of(text).starts_with('“');
    let (count, rest) = match count_at(m, open) {
        Some((span, n, rest)) => (Some((span, n)), rest),
        None => (None, open),
    };
    let words = rest.of(text);
    let ends = [wordlist::roles().find(words), wordlist::label_ends().find(words)];
    let cut = ends.into_iter().flatten().map(|(at, _)| at).min().unwrap_or(words.len());
    let label = Span::new(rest.start, rest.start + cut);
    let ok = !label.is_empty() && label.of(text).chars().count() <= 20;
    if let Some(behind) =
        ["为主导的", "为主的", "为代表的", "为重点的"].iter().find(|w| words.starts_with(**w))
    {
        let label = Span::new(rest.start + behind.len(), rest.end);
        return (count, Some(peel::all_last(text, label, &["为主"])));
    }
    // 等“七个高地”: the whole of the quoted name is the label.
    let whole = count.as_ref().filter(|_| quoted).map(|(c, _)| Span::new(c.start, label.end));
    (count, ok.then_some(whole.unwrap_or(label)))
}

/// A count of a label at the start of a span: 七个, 五大, 三 (before a noun), 7大. Gives the count, its number, the rest.
fn count_at(m: &Mentions<'_>, span: Span) -> Option<(Span, String, Span)> {
    let text = m.text;
    let n = numbers::chinese(text, span.start, |_| false)
        .filter(|n| n.end < span.end && !n.magnified && !n.bare)?;
    if n.value < rust_decimal::Decimal::TWO {
        return None;
    }
    let rest = Span::new(n.end, span.end);
    let after = peel::longest_first(text, rest, &["个", "大", "项", "条", "类", "种", "家", "座"]);
    let (rest, end) = match after {
        Some((rest, hit, _)) => (rest, hit.end),
        None => return None,
    };
    (!rest.is_empty()).then(|| (Span::new(span.start, end), numbers::print(n.value), rest))
}

/// `浙皖闽赣四省`: provinces by their one-character names with their count.
pub(crate) fn provinces(m: &Mentions<'_>, span: Span) -> Option<List> {
    let text = m.text;
    let mut run: Vec<Span> = Vec::new();
    for (offset, c) in span.of(text).char_indices() {
        let here = Span::new(span.start + offset, span.start + offset + c.len_utf8());
        if c == '、' && !run.is_empty() {
            continue;
        }
        if lexicon::province_sign(c) {
            run.push(here);
            continue;
        }
        if run.len() >= 2
            && let Some(n) = numbers::chinese_digit(c)
            && usize::try_from(n).is_ok_and(|n| n == run.len())
            && text[here.end..].starts_with(['省', '市', '地', '区'])
        {
            let rest = Span::new(here.end, span.end);
            let label = peel::longest_first(
                text,
                rest,
                &["省边际", "省交界", "省通衢", "省毗邻", "省", "市", "地", "区"],
            )
            .map(|(_, hit, _)| hit.end)?;
            let label = Span::new(here.start, label);
            return Some(List {
                span: Some(Span::new(run[0].start, label.end)),
                items: run,
                label: Some(label),
                count: Some((here, n.to_string())),
                open: false,
                told: false,
            });
        }
        run.clear();
    }
    None
}

/// `甲、乙、丙三链`: a list closed by its count.
pub(crate) fn summed(m: &Mentions<'_>, span: Span) -> Option<List> {
    let text = m.text;
    let words = span.of(text);
    let last = words.rfind('、')?;
    let tail = Span::new(span.start + last + '、'.len_utf8(), span.end);
    let (offset, n) =
        tail.of(text).char_indices().skip(1).find_map(|(i, c)| numbers::chinese_digit(c).map(|n| (i, n)))?;
    if n < 2 || tail.of(text)[..offset].ends_with('第') {
        return None; // 居第二位
    }
    let count = Span::new(tail.start + offset, tail.start + offset + '三'.len_utf8());
    let head = Span::new(span.start, count.start);
    let mut items =
        clauses::split(text, head, |c| c == '、', 6).into_iter().map(|c| c.span).collect::<Vec<_>>();
    let wanted = usize::try_from(n).ok()?;
    if items.len() < 2 || items.len() < wanted {
        return None;
    }
    // 浙、闽、赣、皖三省: more of one kind than the count says are all members.
    let kind = |item: &Span| {
        let name = item.of(text);
        let mut chars = name.chars();
        matches!((chars.next(), chars.next()), (Some(c), None) if lexicon::province_sign(c))
    };
    let alike = items.len() > wanted && items.iter().skip(1).all(kind);
    if !alike {
        items.drain(..items.len() - wanted);
    }
    // The first member begins behind its verb, or is as long as the last.
    let length = items.last()?.of(text).chars().filter(|c| *c != '“').count();
    if let Some(first) = items.first_mut() {
        let behind = first_item(m, *first);
        let cut: usize = first.of(text).chars().rev().take(length).map(char::len_utf8).sum();
        let place = m.places_in(*first).last().filter(|p| p.span.end == first.end).map(|p| p.span);
        *first = if let Some(place) = place {
            place
        } else if behind.start > first.start {
            behind
        } else {
            Span::new(first.end - cut, first.end)
        };
    }
    if let Some(last) = items.last_mut() {
        *last = last.trim(text, |c| matches!(c, '“' | '”'));
    }
    let rest = Span::new(count.end, span.end);
    let noun: usize = rest
        .of(text)
        .chars()
        .take(if rest.of(text).starts_with(['大', '个', '类']) { 3 } else { 1 })
        .map(char::len_utf8)
        .sum();
    if noun == 0 || items.len() != wanted && !alike {
        return None;
    }
    let label = Span::new(count.start, count.end + noun);
    Some(List {
        span: Some(Span::new(items.first()?.start, label.end)),
        items,
        label: Some(label),
        count: Some((count, n.to_string())),
        open: false,
        told: false,
    })
}

/// `“一核两翼、三带多点”`: a structure label and its members.
pub(crate) fn structure(m: &Mentions<'_>, span: Span) -> Option<List> {
    let text = m.text;
    let words = span.of(text);
    let mut from = 0;
    while let Some(open) = words[from..].find('“') {
        let start = from + open + '“'.len_utf8();
        let close = words[start..].find('”')?;
        let inner = Span::new(span.start + start, span.start + start + close);
        from = start + close;
        let mut items = Vec::new();
        let mut whole = true;
        let mut rest = inner.of(text).char_indices().filter(|(_, c)| !matches!(c, '、' | '，'));
        while let Some((at, c)) = rest.next() {
            let number =
                numbers::chinese_digit(c).is_some_and(|d| d > 0) || matches!(c, '多' | '双' | '全' | '十');
            match (number, rest.next()) {
                (true, Some((second, d))) if numbers::chinese_digit(d).is_none() => {
                    items.push(Span::new(inner.start + at, inner.start + second + d.len_utf8()));
                }
                _ => {
                    whole = false;
                    break;
                }
            }
        }
        if whole && items.len() >= 3 && inner.of(text).chars().count() <= 24 {
            return Some(List {
                span: Some(inner),
                items,
                label: Some(inner),
                count: None,
                open: false,
                told: false,
            });
        }
    }
    None
}

/// `“甲乙，丙丁，戊己”总要求`: a quoted list of three phrases or more and what it is called.
pub(crate) fn quoted_list(m: &Mentions<'_>, span: Span) -> Option<List> {
    let text = m.text;
    let words = span.of(text);
    let open = words.find('“')?;
    let start = open + '“'.len_utf8();
    let close = words[start..].find('”')?;
    let inner = Span::new(span.start + start, span.start + start + close);
    let items: Vec<Span> = clauses::split(text, inner, |c| matches!(c, '，' | '、' | '；'), 6)
        .into_iter()
        .map(|c| c.span)
        .collect();
    if items.len() < 3 || items.iter().any(|i| i.of(text).chars().count() < 3) {
        return None;
    }
    let after = Span::new(inner.end + '”'.len_utf8(), span.end);
    let after = peel::all_first(text, after, &["的"]);
    let label = peel::longest_first(text, after, wordlist::list_labels()).map(|(_, hit, _)| hit);
    Some(List {
        span: Some(Span::new(inner.start - '“'.len_utf8(), label.map_or(after.start, |l| l.end))),
        items,
        label,
        count: None,
        open: false,
        told: false,
    })
}

/// `从五个方面着手`, `实施“六大行动”`: a stated count with its label and no members at hand.
pub(crate) fn counted(m: &Mentions<'_>, span: Span) -> Option<List> {
    let text = m.text;
    let words = span.of(text);
    for (offset, c) in words.char_indices() {
        let digit = numbers::chinese_digit(c).is_some_and(|d| d >= 2) || c == '十' || c.is_ascii_digit();
        if !digit
            || words[..offset].ends_with(|p: char| {
                numbers::chinese_digit(p).is_some()
                    || p == '第'
                    || p == '十'
                    || p.is_ascii_digit()
                    || p == '.'
            })
        {
            continue;
        }
        let here = Span::new(span.start + offset, span.end);
        let Some((count, n, rest)) = count_at(m, here) else { continue };
        let label = peel::longest_first(text, rest, wordlist::counted_labels());
        if let Some((_, hit, _)) = label {
            return Some(List {
                span: Some(Span::new(count.start, hit.end)),
                items: Vec::new(),
                label: Some(hit),
                count: Some((count, n)),
                open: false,
                told: false,
            });
        }
    }
    None
}

/// Three or more commitments joined by 、 in one clause.
pub(crate) fn commitments(m: &Mentions<'_>, front: Span) -> Option<List> {
    let text = m.text;
    let items: Vec<Span> = clauses::members(text, front);
    let parts = clauses::split(text, front, |c| c == '、', 6).len();
    if items.len() < 3 || parts < 2 {
        return None;
    }
    let verbs = items.iter().filter(|i| wordlist::commits().prefix(i.of(text)).is_some()).count();
    let lengths: Vec<usize> = items.iter().map(|i| i.of(text).chars().count()).collect();
    let equal = lengths.iter().all(|l| *l == lengths[0]) && (4..=12).contains(&lengths[0]);
    let attributive = items.last().is_some_and(|i| i.of(text).contains('的'));
    let parallel = verbs >= 3 && verbs + 1 >= items.len() || equal && verbs >= 1;
    if attributive || !parallel {
        return None;
    }
    Some(List { span: Some(front), items, ..List::default() })
}

/// `聚焦甲、乙、丙`, `在甲、乙、丙上下功夫`, `带动甲、乙及丙发展`: three matters or more under one verb.
pub(crate) fn focused(m: &Mentions<'_>, front: Span) -> Option<List> {
    let text = m.text;
    let (rest, _, verb) = peel::longest_first(text, front, wordlist::focus())?;
    let mut end = rest;
    if verb == "在" || verb == "重点在" {
        let at = ["上下功夫", "上发力", "上用力", "上持续", "上聚力", "上求突破", "上出实招"]
            .iter()
            .find_map(|w| rest.of(text).find(w))?;
        end = Span::new(rest.start, rest.start + at);
        let inner = end.of(text);
        if let Some(at) =
            ["增强", "提升", "推进", "强化"].iter().filter(|w| inner.starts_with(**w)).map(|w| w.len()).next()
        {
            end = Span::new(end.start + at, end.end);
        }
    } else if !matches!(
        verb,
        "聚焦"
            | "突出"
            | "围绕"
            | "坚持"
            | "紧扣"
            | "立足"
            | "瞄准"
            | "支撑带动"
            | "带动"
            | "涵盖"
            | "包括"
            | "涉及"
            | "促进"
            | "统筹"
            | "注重"
    ) {
        return None;
    }
    end = peel::all_last(text, end, &["发展", "建设", "工作"]);
    let mut items = clauses::members(text, end);
    if items.len() < 3 || items.iter().any(|i| i.of(text).chars().count() > 16) {
        return None;
    }
    if let Some(first) = items.first_mut()
        && let Some(place) =
            m.places_in(*first).find(|p| p.span.start == first.start && p.span.end < first.end)
    {
        *first = Span::new(place.span.end, first.end);
    }
    Some(List {
        span: Some(Span::new(front.start, end.end)),
        items,
        label: None,
        count: None,
        open: false,
        told: false,
    })
}

/// Runs of three or more neighbouring clauses of one length: `引进资源，提升能力，发展文化`.
pub(crate) fn parallel(text: &str, clauses: &[Clause], fronts: &[Span]) -> Vec<(usize, usize)> {
    let length = |i: usize| fronts[i].of(text).chars().filter(|c| !matches!(c, '“' | '”')).count();
    let mut runs = Vec::new();
    let mut i = 0;
    while i < clauses.len() {
        let n = length(i);
        let mut j = i + 1;
        while j < clauses.len() && length(j) == n && clauses[j - 1].mark != Some('：') {
            j += 1;
        }
        let plain = (i..j).all(|k| {
            !fronts[k].of(text).chars().any(|c| c.is_ascii_digit()) && !fronts[k].of(text).contains('、')
        });
        let verbs = (i..j).filter(|k| wordlist::commits().prefix(fronts[*k].of(text)).is_some()).count();
        // Three of one length under verbs of commitment, or four and more of one length, which no chance makes.
        let even = j - i >= 4 && n >= 5 || verbs * 2 >= j - i;
        if j - i >= 3 && (4..=12).contains(&n) && plain && even {
            runs.push((i, j));
        }
        i = j.max(i + 1);
    }
    runs
}

/// `甲、乙、丙“五大高地”`: a list that runs into its quoted count and label.
pub(crate) fn quoted_count(m: &Mentions<'_>, span: Span) -> Option<List> {
    let text = m.text;
    let words = span.of(text);
    let open = words.rfind('“').filter(|at| words[..*at].contains('、'))?;
    let close = words[open..].find('”').map(|at| open + at)?;
    let inner = Span::new(span.start + open + '“'.len_utf8(), span.start + close);
    let (count, n, rest) = count_at(m, inner)?;
    let (items, _) = items_before(m, Span::new(span.start, span.start + open));
    (items.len() >= 2).then(|| List {
        span: Some(Span::new(items[0].start, span.start + close + '”'.len_utf8())),
        items,
        label: Some(Span::new(count.start, rest.end)),
        count: Some((count, n)),
        open: false,
        told: false,
    })
}
