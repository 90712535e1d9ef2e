//! End states without a figure, and named projects, programmes and partners.

use crate::{
    clauses,
    context::Mentions,
    draft::Draft,
    lists, numbers, peel,
    statement::{Check, Modality, Type},
    text::Span,
    wordlist,
};

/// The goals of a clause, `front` being the clause without subject and time.
pub(crate) fn goals(m: &Mentions<'_>, clause: Span, front: Span, ahead: bool) -> Vec<Draft> {
    let text = m.text;
    let words = front.of(text);
    if words.chars().count() < 4 {
        return Vec::new();
    }
    let goal = |object: Option<Span>| {
        let mut draft = Draft::new(Type::Goal, Modality::Target, clause);
        draft.object = object.filter(|o| !o.is_empty());
        draft
    };
    // 把甲作为“乙”
    if let Some(at) = words.find(['把', '将'])
        && let Some(as_at) = words[at..].find("作为").map(|i| at + i)
        && words[as_at..].contains('“')
        && !lists::quoted(words, as_at)
    {
        let object = Span::new(front.start + at + 3, front.start + as_at);
        let mut draft = goal(Some(object));
        let label = &words[as_at..];
        if let (Some(o), Some(c)) = (label.find('“'), label.find('”')) {
            let label = Span::new(front.start + as_at + o + 3, front.start + as_at + c);
            draft.label = Some(label);
            let first = label.of(text).chars().next().unwrap_or(' ');
            let count =
                if first == '双' { Some(2) } else { numbers::chinese_digit(first).filter(|n| *n > 1) };
            draft.count =
                count.map(|n| (Span::new(label.start, label.start + first.len_utf8()), n.to_string()));
        }
        let items = clauses::members(text, object);
        if items.len() > 1 {
            draft.items = items;
            draft.object = None;
        }
        return vec![draft];
    }
    if let Some((verb_at, verb)) = verb_of_state(words) {
        let object = Span::new(front.start + verb_at + verb.len(), front.end);
        let purpose = words.starts_with('为') && verb_at <= 6;
        let told = purpose || object.of(text).starts_with('了') || words[..verb_at].ends_with(['已', '了']);
        // 建成某中心 tells of a thing built; 将建成某中心 aims.
        let aims =
            ahead || ["将", "要", "力争", "努力", "争取", "加快"].iter().any(|w| clause.of(text).contains(w));
        if verb == "建成" && !aims {
            return Vec::new();
        }
        let named = peel::all_first(
            text,
            object,
            &["了", "一批", "一个", "一座", "一条", "一流", "：", "更加", "具有"],
        );
        if told || named.of(text).chars().count() < 3 || !ends_state(named.of(text), verb) {
            return Vec::new();
        }
        let pair = two_quoted(text, named);
        if let Some(pair) = pair {
            return pair.into_iter().map(|o| goal(Some(o))).collect();
        }
        let mut draft = goal(Some(head_noun(text, named)));
        if let Some(list) = lists::labelled(m, object) {
            draft.items = list.items;
            draft.open_list = list.open;
        } else {
            let mut attributes = attributes(text, named);
            if attributes.is_empty() && named.of(text).contains("、“") {
                attributes = clauses::members(text, named)
                    .into_iter()
                    .map(|s| s.trim(text, |c| matches!(c, '“' | '”')))
                    .collect();
            }
            let quoted = lists::quoted_list(m, named).map(|l| l.items);
            draft.items = quoted.unwrap_or(attributes);
        }
        return vec![draft];
    }
    if drives(words) || breaks_through(words) || takes_up(words) || advances(words) {
        let mut draft = goal(Some(head_noun(text, front)));
        if drives(words) || advances(words) {
            draft.modality = Modality::Ongoing;
            draft.check = Some(Check::None);
        }
        if takes_up(words) {
            draft.items = lists::labelled(m, front).map(|l| l.items).unwrap_or_default();
            draft.open_list = true;
        } else if advances(words) {
            let inner = peel::all_first(text, front, &["全面推进"]);
            draft.items = clauses::members(text, inner);
            draft.items.retain(|_| inner.of(text).contains(['和', '、', '与']));
        } else if breaks_through(words) {
            let at = words.rfind('”').map(|at| at + '”'.len_utf8());
            draft.object = at.map(|at| Span::new(front.start + at, front.end)).or(draft.object);
        }
        return vec![draft];
    }
    Vec::new()
}

fn verb_of_state(words: &str) -> Option<(usize, &'static str)> {
    let strong = wordlist::states_strong()
        .iter()
        .filter_map(|v| words.find(v).map(|at| (at, v)))
        .filter(|(at, _)| !lists::quoted(words, *at))
        .min_by_key(|(at, v)| (*at, std::cmp::Reverse(v.len())));
    let weak = wordlist::states_weak().prefix(words).map(|v| (0, v));
    let builds = ["建设", "建立"]
        .iter()
        .find(|v| words.starts_with(**v) && (words.contains("一座") || words.contains("一个")))
        .map(|v| (0, *v));
    weak.or(strong).or(builds)
}

/// Whether the object of a verb names an end state rather than a thing at hand.
fn ends_state(object: &str, verb: &str) -> bool {
    let object = object.trim_end_matches(['”', '。', '，']);
    let states = wordlist::states().iter().any(|s| {
        object.ends_with(s) || object.contains(&format!("{s}、")) || object.contains(&format!("{s}和"))
    });
    match verb {
        "努力实现" | "努力争取" | "上升到" | "上升为" | "打造成为" | "打造成" | "建设成为" | "建设成" => {
            true
        }
        "形成" | "培育形成" | "加快形成" => {
            states
                || object.ends_with("产品")
                || object.ends_with("产业")
                || object.ends_with("模式")
                || object.ends_with("成果")
        }
        "打造" | "构建" | "建立完善" | "建立健全" | "确立" => object.chars().count() >= 3,
        _ => states,
    }
}

/// 推动…迭代升级, 促进…转型升级, 推进…迈向…
fn drives(words: &str) -> bool {
    let verb = ["推动", "推进", "促进", "加快"].iter().any(|v| words.contains(v));
    verb && (words.contains("迈向")
        || words.contains("迈上")
        || ["升级", "跃升", "蝶变", "重塑"].iter().any(|e| words.ends_with(e)))
}

/// 突破…技术
fn breaks_through(words: &str) -> bool {
    ["突破", "攻克", "掌握"].iter().any(|v| words.contains(v)) && words.ends_with("技术")
}

/// 抓好…等工作
fn takes_up(words: &str) -> bool {
    ["抓好", "做好", "抓实"].iter().any(|v| words.contains(v))
        && (words.ends_with("等工作") || words.ends_with("等重点工作"))
}

/// 全面推进…建设和…建设
fn advances(words: &str) -> bool {
    words.starts_with("全面推进") && (words.ends_with("建设") || words.ends_with("振兴"))
}

/// `“甲”和“乙”`
fn two_quoted(text: &str, span: Span) -> Option<[Span; 2]> {
    let words = span.of(text);
    let inner = words.strip_prefix('“')?;
    let close = inner.find('”')?;
    let rest = inner[close + 3..].strip_prefix(['和', '、', '与'])?.strip_prefix('“')?;
    let second = rest.find('”')?;
    let first = Span::new(span.start + 3, span.start + 3 + close);
    let start = span.end - rest.len();
    Some([first, Span::new(start, start + second)])
}

/// The noun behind the last 的, else the whole.
fn head_noun(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let cut = words
        .rfind('的')
        .filter(|at| !lists::quoted(words, *at))
        .map(|at| at + 3)
        .or_else(|| words.rfind('等').map(|at| at + 3));
    match cut {
        Some(at) if at < words.len() => Span::new(span.start + at, span.end),
        _ => span,
    }
}

/// The members of an attribute: `甲、乙、丙的体系`.
fn attributes(text: &str, span: Span) -> Vec<Span> {
    let words = span.of(text);
    let parts = clauses::split(text, span, |c| c == '、', 6);
    if parts.len() < 3 {
        return Vec::new();
    }
    // 高效的甲、公平的乙、诚信的丙 are three; 甲、乙、丙的体系 has three in its attribute.
    let each = parts.iter().all(|p| p.span.of(text).contains('的'));
    let end = words.rfind('的').filter(|_| !each).map_or(span.end, |at| span.start + at);
    let inner = Span::new(span.start, end).trim(text, |c| matches!(c, '“' | '”'));
    clauses::members(text, inner)
}

/// A named project, programme, partner or institution that is being built or pushed.
pub(crate) fn action(m: &Mentions<'_>, clause: Span, front: Span) -> Option<Draft> {
    let text = m.text;
    let words = front.of(text);
    let mut draft = Draft::new(Type::Action, Modality::Ongoing, clause);
    // 与甲合作, 深化与甲、乙等企业合作
    if let Some(at) = words
        .find(['与', '同', '和'])
        .filter(|_| words.ends_with("合作") || words.ends_with("战略合作") || words.ends_with("协议"))
        && words[at..].starts_with(['与', '同'])
    {
        let partner = Span::new(front.start + at + 3, front.end);
        let partner = peel::all_last(
            text,
            partner,
            &["合作", "战略", "签订", "签署", "框架", "协议", "开展", "深度", "务实", "的", "全面"],
        );
        let named = m.places_in(partner).next().is_some()
            || ["集团", "公司", "研究所", "研究院", "大学", "学院", "企业", "院", "银行", "总部"]
                .iter()
                .any(|w| partner.of(text).contains(w));
        if named {
            draft.object = Some(partner);
            if let Some(list) = lists::labelled(m, Span::new(front.start + at, front.end)) {
                draft.items = list.items;
                draft.open_list = list.open;
            }
            return Some(draft);
        }
    }
    let (rest, _, verb) = wordlist::doing()
        .iter()
        .filter_map(|v| words.find(v).filter(|at| *at <= 12 && !lists::quoted(words, *at)).map(|at| (at, v)))
        .min_by_key(|(at, v)| (*at, std::cmp::Reverse(v.len())))
        .map(|(at, v)| (Span::new(front.start + at + v.len(), front.end), at, v))?;
    let rest = peel::all_first(text, rest, &["了", "实施", "推进", "建设", "启动", "一批", "一个", "各类"]);
    let object = rest.of(text);
    let count = object.chars().count();
    if count < 3 || wordlist::generic().within(object) {
        return None;
    }
    let projects = ["等项目建设", "等重大项目建设", "等项目", "重大项目", "重点项目", "等工程建设", "等工程"]
        .iter()
        .any(|e| object.ends_with(e));
    let batch = words.contains("一批") && (object.ends_with("项目") || object.ends_with("工程"));
    let stem = peel::all_last(
        text,
        rest,
        &[
            "建设",
            "项目",
            "工程",
            "改造",
            "扩建",
            "前期工作",
            "前期",
            "落地",
            "提速",
            "投产",
            "开工",
            "创建",
            "运营",
            "发展",
        ],
    );
    let stem_words = stem.of(text);
    let quoted_name = object.contains('“')
        && (object.ends_with('”')
            || ["工程", "行动", "计划", "项目", "专项", "抓手", "平台", "活动", "改革", "模式", "机制"]
                .iter()
                .any(|e| object.ends_with(e)))
        && matches!(
            verb,
            "主攻" | "实施" | "推进" | "启动" | "开展" | "明确" | "深化" | "打通" | "建设" | "建立"
        );
    let named_thing = wordlist::named().iter().any(|n| {
        stem_words.ends_with(n)
            || stem_words.contains(n) && stem_words.contains(['、', '和'])
            || object.contains(&format!("{n}建设"))
    }) && count >= 5
        || stem_words.contains("产业生态链")
        || stem_words.contains("产业链") && count >= 8;
    let programme = ["行动计划", "三年行动", "行动方案", "专项行动", "倍增计划", "提升行动"]
        .iter()
        .any(|e| object.ends_with(e));
    if projects || batch || quoted_name || named_thing || programme {
        let object = if stem.of(text).chars().count() < 3 {
            rest
        } else {
            peel::all_last(text, stem, &["等", "等重大", "等重点"])
        };
        draft.object = Some(object);
        draft.open_list = rest.of(text).contains('等');
        if let Some(list) = lists::labelled(m, rest) {
            draft.items = list.items;
        } else if let Some((a, b)) =
            clauses::conjoined(text, rest).filter(|(a, _)| wordlist::named().suffix(a.of(text)).is_some())
        {
            draft.items = vec![a, b];
        }
        return Some(draft);
    }
    None
}
