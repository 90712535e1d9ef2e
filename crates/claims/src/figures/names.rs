//! From words to indicators: trimming a name, finding its code, naming the members of a distribution.

use crate::{context::Mentions, draft::What, lexicon, peel, text::Span, wordlist};

/// The name of what is counted behind a figure: the words after the last 的, without verbs of what happens to it.
pub(super) fn noun_after(m: &Mentions<'_>, post: Span) -> Span {
    let text = m.text;
    let mut span = peel::all_first(text, post, &["的", "余", "多", "以上", "左右", "，"]);
    let words = span.of(text);
    let bracket = words
        .find(['（', '('])
        .filter(|at| !words[*at..].starts_with("（市") && !words[*at..].starts_with("（区"));
    if let Some(at) = bracket.or_else(|| words.find(['；', '，'])) {
        span = Span::new(span.start, span.start + at);
    }
    let words = span.of(text);
    if let Some(at) = words.rfind('的').filter(|at| at + 3 < words.len()) {
        span = Span::new(span.start + at + 3, span.end);
    }
    let words = span.of(text);
    let cut = happens(words);
    if let Some(at) = cut {
        span = Span::new(span.start, span.start + at);
    }
    // 迈上500亿元台阶: the figure is a step of what was named before.
    const STEPS: [&str; 7] = ["台阶", "新台阶", "大关", "关口", "门槛", "大台阶", "新关口"];
    if STEPS.contains(&span.of(text)) {
        return Span::new(span.start, span.start);
    }
    span.trim(text, |c| matches!(c, '、' | ' ' | '，'))
}

/// Cuts `甲、乙、丙等` off the front of a name.
pub(super) fn without_list(text: &str, name: Span) -> Span {
    let words = name.of(text);
    let Some(at) = words.rfind('等').filter(|at| words[..*at].contains('、')) else { return name };
    let rest = Span::new(name.start + at + '等'.len_utf8(), name.end);
    if rest.is_empty() { name } else { rest }
}

/// Cuts verbs off the front of a name where three characters or more remain and the whole is no known indicator.
pub(super) fn without_verb(m: &Mentions<'_>, name: Span) -> Span {
    const KEPT: &[&str] = &[
        "新增",
        "净增",
        "有",
        "出口",
        "进口",
        "生产",
        "销售",
        "发展",
        "投入",
        "服务",
        "转移",
        "支持",
        "登记",
        "新登记",
        "增加",
        "减少",
    ];
    let text = m.text;
    let mut span = name;
    while let Some((rest, _, verb)) = peel::longest_first(text, span, wordlist::counted_verbs()) {
        let known = m.measure_at(span.start).is_some_and(|n| n.span.end <= span.end);
        let rest = peel::all_first(text, rest, &["了"]);
        // 取消和下放: two verbs with one object.
        let joined = peel::longest_first(text, rest, &["和", "并", "、"])
            .map(|(after, _, _)| after)
            .filter(|after| wordlist::counted_verbs().prefix(after.of(text)).is_some());
        let least = if span == name && !matches!(verb, "惠及" | "发送" | "运送") { 3 } else { 2 };
        if known || KEPT.contains(&verb) || rest.of(text).chars().count() < least {
            break;
        }
        span = peel::all_first(text, joined.unwrap_or(rest), &["各类", "一批"]);
    }
    span
}

/// `老旧小区改造惠及居民`, `经济圈建设推进重大项目`: what is counted stands behind the verb inside.
pub(super) fn behind_verb(m: &Mentions<'_>, name: Span) -> Span {
    const VERBS: [&str; 14] = [
        "下达", "惠及", "推进", "实施", "带动", "覆盖", "受益", "吸引", "发送", "签约", "集聚", "聚集",
        "引进", "建成",
    ];
    let words = name.of(m.text);
    if code_of(words).is_some() || m.measure_at(name.start).is_some_and(|n| n.span.end == name.end) {
        return name;
    }
    let behind = VERBS
        .iter()
        .filter_map(|verb| words.rfind(verb).map(|at| (at, at + verb.len())))
        .filter(|(at, end)| {
            words[..*at].chars().count() >= 3
                && words[*end..].chars().count() >= 2
                && !words[..*at].ends_with(['“', '、', '和', '的'])
                && words[..*at].matches('“').count() == words[..*at].matches('”').count()
        })
        .max();
    behind.map_or(name, |(_, end)| peel::all_first(m.text, Span::new(name.start + end, name.end), &["了"]))
}

/// The code of a name in claims. 经济 alone is the economy's product where its growth is told.
pub(super) fn code_of(name: &str) -> Option<String> {
    let plain = plain(name);
    if matches!(plain.as_str(), "经济" | "经济增长" | "经济总量" | "经济增速") {
        return Some("GDP".to_owned());
    }
    let inner = || name.split_once('（')?.1.split_once('）').map(|(inner, _)| inner);
    // 规模以上工业企业实现利润总额: a verb of attaining inside changes nothing.
    let bare = || plain.contains("实现").then(|| plain.replacen("实现", "", 1));
    lexicon::measure(&plain)
        .or_else(|| inner().and_then(lexicon::measure))
        .or_else(|| bare().and_then(|b| lexicon::measure(&b)))
        .map(str::to_owned)
}

/// The code of the value added of a sector named without it: 服务业, 第二产业.
pub(super) fn sector_code(name: &str) -> Option<String> {
    let stem = name.split(['对', '占']).next().unwrap_or(name).trim();
    lexicon::measure(&format!("{}增加值", plain(stem))).map(str::to_owned)
}

/// The code of a sector whose growth is told without naming its value added: 规上工业增长7%, 第二产业增长5%.
pub(super) fn grown(name: &str) -> Option<String> {
    let code = match plain(name).as_str() {
        "规上工业" | "规模以上工业" | "规模工业" | "规上工业生产" => "IND.above_scale.va",
        "第一产业" | "一产" => "VA.primary",
        "第二产业" | "二产" => "VA.secondary",
        "第三产业" | "三产" => "VA.tertiary",
        _ => return None,
    };
    Some(code.to_owned())
}

/// The indicator of a name: the composed code where the whole name is a known one.
pub(super) fn what(m: &Mentions<'_>, name: Span, suffix: &'static str) -> What {
    What { span: name, base: code_of(name.of(m.text)), suffix }
}

/// A name without what does not change what it names.
pub(super) fn plain(words: &str) -> String {
    let mut name = words.replace("常住居民", "居民").replace("全体居民", "居民").replace(['“', '”', ' '], "");
    if let Some(at) = name.find(['（', '(']) {
        name.truncate(at);
    }
    for end in ["月均值", "平均值", "均值"] {
        if let Some(rest) = name.strip_suffix(end) {
            name = rest.to_owned();
        }
    }
    for front in ["全年", "全市", "全省", "全区", "全县", "全部", "我市", "我省", "年度"] {
        if let Some(rest) = name.strip_prefix(front) {
            name = rest.to_owned();
        }
    }
    name
}

/// The codes of a name that holds several: 城乡居民…, 一二三产增加值, 城镇、农村居民….
pub(super) fn members_of(name: &str, n: usize) -> Vec<String> {
    let code = |name: &str| lexicon::measure(name).map(str::to_owned);
    let joint = lexicon::joint(name);
    if joint.len() == n {
        return joint.into_iter().map(str::to_owned).collect();
    }
    if n == 2
        && let Some(rest) = name.strip_prefix("城乡")
        && let (Some(a), Some(b)) = (code(&format!("城镇{rest}")), code(&format!("农村{rest}")))
    {
        return vec![a, b];
    }
    if n == 3
        && ["一二三产", "一、二、三产", "三次产业", "第一、二、三产", "第一、第二、第三产", "三产"]
            .iter()
            .any(|p| name.starts_with(p))
    {
        return ["第一", "第二", "第三"].iter().filter_map(|o| code(&format!("{o}产业增加值"))).collect();
    }
    let parts: Vec<&str> = name.split(['、', '和', '及', '与']).filter(|p| !p.is_empty()).collect();
    let Some(last) = parts.last().filter(|_| parts.len() == n) else { return Vec::new() };
    parts
        .iter()
        .filter_map(|part| {
            code(part).or_else(|| {
                last.char_indices().map(|(i, _)| &last[i..]).find_map(|tail| code(&format!("{part}{tail}")))
            })
        })
        .collect()
}

/// `粤东地区生产总值增速`, `天府国际机场旅客吞吐量`: a region or body without a code of its own, and its measure.
pub(super) fn owner(m: &Mentions<'_>, name: Span) -> Option<(Span, Span)> {
    let text = m.text;
    if code_of(name.of(text)).is_some() {
        return None;
    }
    if let Some(found) = station(text, name) {
        return Some(found);
    }
    let stem = peel::longest_last(text, name, wordlist::rates()).map_or(name, |(rest, _, _)| rest);
    let measure = m.measures_in(stem).find(|n| n.span.end == stem.end && n.span.start > stem.start)?.span;
    let measure = match text[..measure.start].chars().next_back() {
        Some(c @ ('年' | '月')) => Span::new(measure.start - c.len_utf8(), measure.end),
        _ => measure,
    };
    let whose = Span::new(name.start, measure.start);
    let words = whose.of(text);
    // 关中地区生产总值
    if wordlist::scopes().contains(words) && !words.starts_with(['全', '世', '国', '行']) {
        return Some((whose, Span::new(measure.start, name.end)));
    }
    let body = wordlist::bodies().suffix(words).or_else(|| wordlist::region_ends().suffix(words))?;
    let plain = !words.contains(['、', '，', '的', '“', '（', '占']) && words.chars().count() <= 12;
    (plain && words.len() > body.len() + 3).then(|| (whose, Span::new(measure.start, name.end)))
}

/// `磨憨铁路口岸进出口货运量`: a station by its proper name and what is counted there.
fn station(text: &str, name: Span) -> Option<(Span, Span)> {
    const STATIONS: [&str; 5] = ["机场", "口岸", "海关", "港", "铁路"];
    const GENERAL: [&str; 12] =
        ["高速", "普速", "城际", "国际", "沿海", "内河", "主要", "通用", "民用", "运输", "支线", "新建"];
    let words = name.of(text);
    let end = STATIONS.iter().filter_map(|s| words.find(s).map(|at| at + s.len())).max()?;
    let (whose, of) = words.split_at(end);
    let (long, what) = (whose.chars().count(), of.chars().count());
    let measured = of.ends_with(['量', '额', '值', '数']) && what >= 3;
    let plain = !whose.contains(['、', '，', '的', '“', '（', '占', '全', '各', '大']);
    let proper = !GENERAL.iter().any(|g| whose.starts_with(g));
    (measured && plain && proper && (4..=12).contains(&long))
        .then(|| (Span::new(name.start, name.start + end), Span::new(name.start + end, name.end)))
}

/// The part of a whole that a bare name means behind it: 其中城镇居民 after the income of residents.
pub(crate) fn part_of(whole: Option<&str>, name: &str) -> Option<String> {
    let code = match (whole?, name) {
        ("DPI" | "DPI.urban" | "DPI.rural", "城镇" | "城镇居民" | "城镇常住居民") => "DPI.urban",
        ("DPI" | "DPI.urban" | "DPI.rural", "农村" | "农村居民" | "农村常住居民" | "农民") => {
            "DPI.rural"
        }
        ("GDP" | "VA.primary" | "VA.secondary", "第一产业" | "一产") => "VA.primary",
        ("GDP" | "VA.primary" | "VA.secondary", "第二产业" | "二产") => "VA.secondary",
        ("GDP" | "VA.primary" | "VA.secondary", "第三产业" | "三产" | "服务业") => "VA.tertiary",
        _ => return None,
    };
    Some(code.to_owned())
}

/// Where in the words behind a noun its fate begins: 建成, 投产, 入选.
pub(super) fn happens(words: &str) -> Option<usize> {
    words
        .char_indices()
        .skip(2)
        .map(|(at, _)| at)
        .find(|at| wordlist::happens().prefix(&words[*at..]).is_some())
}
