//! The document against itself. It says nothing about the world.

pub mod figures;
pub mod translation;

use zhidian_claims::{Statement, Type};
use zhidian_model::{Coherence, Text};

/// Compares what a list says of itself with what it lists: the stated count with its members, the heads it announces
/// with the heads that follow, the parts of a structure label with the statements that spell them out. Nothing for a
/// list that says nothing about itself.
pub fn check(statement: &Statement, document: &[Statement]) -> Option<Coherence> {
    if statement.kind != Type::Enumeration {
        return None;
    }
    counted(statement, document).or_else(|| structured(statement, document))
}

fn counted(statement: &Statement, document: &[Statement]) -> Option<Coherence> {
    let stated: usize = statement.count.as_ref()?.norm.as_deref()?.parse().ok()?;
    if !statement.items.is_empty() {
        return Some(compared(stated, statement.items.len(), statement.open_list));
    }
    let heads = document.iter().filter(|other| {
        statement.group.is_some()
            && other.group == statement.group
            && other.id != statement.id
            && other.article == statement.article
    });
    match heads.count() {
        0 => None,
        heads => Some(compared(stated, heads, false)),
    }
}

fn compared(stated: usize, listed: usize, open: bool) -> Coherence {
    // Who lists most of them lists all of them; a list that is left open names a few.
    let agrees = stated == listed || (open && listed * 2 <= stated);
    let (zh, en) = match (agrees, stated == listed) {
        (true, true) => ("一致", "they agree"),
        (true, false) => ("“等”字后从略，不矛盾", "the list is left open, which does not contradict it"),
        (false, _) => ("不一致", "they do not agree"),
    };
    Coherence {
        agrees,
        text: Text::new(
            format!("原文称{stated}项，列出{listed}项：{zh}"),
            format!("the text says {stated} and lists {listed}: {en}"),
        ),
    }
}

/// `一主一副、两翼多点`: each part of the label is spelled out by a statement that is called so, and a part with a
/// number has that many members. A part that is not spelled out contradicts nothing.
fn structured(statement: &Statement, document: &[Statement]) -> Option<Coherence> {
    let label = statement.label.as_ref()?;
    let label_span = label.span?;
    let inside = |item: &zhidian_claims::Words| {
        item.span.is_some_and(|span| label_span[0] <= span[0] && span[1] <= label_span[1])
    };
    if statement.items.len() < 2 || !statement.items.iter().all(inside) {
        return None;
    }
    let (mut zh, mut en, mut agrees, mut spelled_out) = (Vec::new(), Vec::new(), true, 0);
    for item in &statement.items {
        let (number, name) = numeral(&item.text);
        let spelled = document.iter().find(|other| {
            other.id != statement.id && other.label.as_ref().is_some_and(|label| label.text.contains(name))
        });
        let members = spelled.map(|spelled| spelled.items.len().max(1));
        agrees &= !matches!((number, members), (Some(number), Some(members)) if number != members);
        spelled_out += usize::from(members.is_some());
        let (zh_members, en_members) = members
            .map_or(("未展开".into(), "not spelled out".into()), |members| {
                (format!("{members}项"), format!("{members}"))
            });
        zh.push(format!("“{}”{zh_members}", item.text));
        en.push(format!("“{}” {en_members}", item.text));
    }
    if spelled_out == 0 {
        return None;
    }
    let (zh_end, en_end) = if agrees {
        ("与展开的内容一致", "agrees with what is spelled out")
    } else {
        ("不一致", "they do not agree")
    };
    Some(Coherence {
        agrees,
        text: Text::new(format!("{}：{zh_end}", zh.join("，")), format!("{}: {en_end}", en.join(", "))),
    })
}

/// `两翼` is two of `翼`; `多点` is any number of `多点`.
fn numeral(item: &str) -> (Option<usize>, &str) {
    const NUMERALS: [(char, usize); 11] = [
        ('一', 1),
        ('二', 2),
        ('两', 2),
        ('三', 3),
        ('四', 4),
        ('五', 5),
        ('六', 6),
        ('七', 7),
        ('八', 8),
        ('九', 9),
        ('十', 10),
    ];
    let mut chars = item.chars();
    let first = chars.next();
    match NUMERALS.iter().find(|(numeral, _)| Some(*numeral) == first) {
        Some((_, number)) if !chars.as_str().is_empty() => (Some(*number), chars.as_str()),
        _ => (None, item),
    }
}
