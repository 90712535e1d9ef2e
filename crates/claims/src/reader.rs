//! The walk through a text: articles, paragraphs, sentences, clauses.

use crate::{
    articles::{Block, Page, Role},
    clauses::{self, Clause},
    context::{Context, Mentions, Mood},
    draft::{Draft, Who},
    figures, peel, soft,
    text::Span,
    wordlist,
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
            if let Some(span) = page.named.get(index).copied().flatten() {
                cx.set_home(Who { span: Some(span), name: String::new(), code: None });
            }
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
pub(crate) fn mood(words: &str) -> Option<Mood> {
    if wordlist::tells().within(words) {
        return Some(Mood::Fact);
    }
    wordlist::aims().within(words).then_some(Mood::Target)
}

/// `增长5%左右、力争更好`: what follows the last figure of a clause behind 、 is a clause of its own.
fn after_figure(m: &Mentions<'_>, clause: Clause) -> Vec<Clause> {
    let last = m.values_in(clause.span).last().map(|v| v.outer().end);
    let last = last.max(m.ranks_in(clause.span).last().map(|r| r.span.end));
    let Some(end) = last.filter(|end| *end < clause.span.end) else { return vec![clause] };
    let Some(rest) = m.text[end..clause.span.end].strip_prefix('、') else { return vec![clause] };
    let start = clause.span.end - rest.len();
    if rest.chars().count() < 4 {
        return vec![clause];
    }
    let head = Clause { span: Span::new(clause.span.start, end), mark: Some('、') };
    vec![head, Clause { span: Span::new(start, clause.span.end), mark: clause.mark }]
}

/// `市委全会明确：`: who says what follows.
fn attribution(text: &str, clause: Span) -> Option<Span> {
    let verbs = ["明确提出", "明确", "提出", "强调", "指出", "要求", "决定", "规定", "部署", "表示", "认为"];
    let (who, _, _) = peel::longest_last(text, clause, &verbs)?;
    let named = [
        "会", "纲要", "意见", "规划", "报告", "方案", "书记", "委", "政府", "决议", "条例", "办", "厅", "局",
        "部", "院",
    ];
    let who = peel::all_last(text, who, &["上", "中", "》", "还", "进一步"]);
    let known = named.iter().any(|n| who.of(text).ends_with(n));
    known.then_some(who)
}

fn paragraph(m: &Mentions<'_>, cx: &mut Context, block: &Block, drafts: &mut Vec<Draft>) {
    let outer = cx.mood;
    for mut sentence in clauses::sentences(m.text, block.span) {
        sentence.clauses = sentence.clauses.into_iter().flat_map(|c| after_figure(m, c)).collect();
        let before = drafts.len();
        let mut lead: Option<Span> = None;
        let mut said: Option<Span> = None;
        for (i, clause) in sentence.clauses.iter().enumerate() {
            if clause.mark == Some('：')
                && let Some(mood) = mood(clause.span.of(m.text))
            {
                cx.mood = mood;
            }
            if clause.mark == Some('：') {
                said = attribution(m.text, clause.span).or(said);
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
            if draft.attribution.is_none() && said.is_some_and(|s| s.end <= draft.span.start) {
                draft.attribution = said;
            }
        }
        cx.end_sentence();
    }
    cx.mood = outer;
    cx.end_block();
}
