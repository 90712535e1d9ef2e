//! The walk through a text: articles, paragraphs, sentences, clauses.

use crate::{
    articles::{Block, Page, Role},
    clauses,
    context::{Context, Mentions, Mood},
    draft::{Draft, Who},
    figures, soft,
    text::Span,
};

/// Reads every statement of a Chinese text.
pub(crate) fn chinese(
    m: &Mentions<'_>,
    page: &Page,
    speakers: &[Option<Who>],
    context: Context,
) -> Vec<Draft> {
    let mut cx = context;
    let mut drafts = Vec::new();
    let mut article = None;
    for block in &page.blocks {
        if block.article != article && block.article.is_some() {
            article = block.article;
            let index = article.unwrap_or_default();
            cx.begin_article(page.homes.get(index).copied().flatten());
            cx.speaker = speakers.get(index).cloned().flatten();
        }
        match block.role {
            Role::Heading | Role::Title => heading(m, &mut cx, block),
            Role::Body => paragraph(m, &mut cx, block, &mut drafts),
            Role::Head | Role::Caption | Role::Chrome | Role::Byline => {}
        }
    }
    drafts
}

/// A heading sets the mood of what follows it, and the year where it names one.
fn heading(m: &Mentions<'_>, cx: &mut Context, block: &Block) {
    if block.role == Role::Title {
        return;
    }
    cx.mood = mood(block.span.of(m.text)).unwrap_or(Mood::Fact);
    cx.hear(m, block.span);
}

/// The mood a phrase announces: targets ahead, or a look back.
fn mood(words: &str) -> Option<Mood> {
    const AIMS: &[&str] = &[
        "预期目标",
        "主要目标",
        "目标是",
        "工作目标",
        "奋斗目标",
        "目标任务",
        "工作安排",
        "重点工作",
        "总体要求",
        "工作打算",
        "工作思路",
        "下一步",
        "发展目标",
        "工作部署",
        "重点任务",
        "主要任务",
        "下步",
    ];
    const TELLS: &[&str] =
        &["回顾", "工作总结", "过去五年", "过去一年", "主要成效", "取得的成绩", "完成情况"];
    if TELLS.iter().any(|w| words.contains(w)) {
        return Some(Mood::Fact);
    }
    AIMS.iter().any(|w| words.contains(w)).then_some(Mood::Target)
}

fn paragraph(m: &Mentions<'_>, cx: &mut Context, block: &Block, drafts: &mut Vec<Draft>) {
    let outer = cx.mood;
    for sentence in clauses::sentences(m.text, block.span) {
        let before = drafts.len();
        let mut lead: Option<Span> = None;
        for (i, clause) in sentence.clauses.iter().enumerate() {
            if clause.mark == Some('：')
                && let Some(mood) = mood(clause.span.of(m.text))
            {
                cx.mood = mood;
            }
            cx.hear(m, clause.span);
            if figures::adverbial(m, cx, clause.span) && i + 1 < sentence.clauses.len() {
                lead = Some(Span::new(lead.map_or(clause.span.start, |l| l.start), clause.span.end));
                continue;
            }
            let found = figures::read(m, cx, clause.span, lead.take());
            drafts.extend(found);
        }
        soft::read(m, cx, &sentence, before, drafts);
        for draft in &mut drafts[before..] {
            draft.article = block.article;
        }
        cx.end_sentence();
    }
    cx.mood = outer;
    cx.end_block();
}
