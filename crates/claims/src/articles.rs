//! The parts of a page: articles with the person who speaks, the office and the place held, title, caption, body;
//! furniture and bylines between them; headings inside.

use crate::{
    layout::{self, Layout},
    lexicon::{self, Place},
    text::Span,
};
use regex::Regex;
use serde::Serialize;
use std::sync::LazyLock;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Who speaks: 某代表、某市市长某某：
    Head,
    /// The title of an article.
    Title,
    /// The caption of a picture.
    Caption,
    /// A heading inside an article.
    Heading,
    /// Running text.
    Body,
    /// Page furniture.
    Chrome,
    /// Who wrote it.
    Byline,
}

/// A block of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) span: Span,
    pub(crate) role: Role,
    /// Index of its article; none for furniture and bylines.
    pub(crate) article: Option<usize>,
}

/// An article. Offsets are code points of the normalised text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Article {
    /// From 1.
    pub article: usize,
    /// The line that names the speaker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headline_speaker: Option<[usize; 2]>,
    /// In what role: 全国人大代表.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// What office: 某市市长.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// The name of the speaker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// GB/T 2260 code of the place the article is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_gbt2260: Option<String>,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<[usize; 2]>,
    /// Its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title_text: Option<String>,
    /// The caption of the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo_caption: Option<[usize; 2]>,
    /// From the first paragraph to the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<[usize; 2]>,
    /// The paragraphs.
    pub paragraphs: Vec<[usize; 2]>,
}

/// The blocks and the articles they make; `homes` is the place each article is about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) blocks: Vec<Block>,
    pub(crate) articles: Vec<Article>,
    pub(crate) homes: Vec<Option<u32>>,
    /// The place an article's head names, where the vocabulary does not know it.
    pub(crate) named: Vec<Option<Span>>,
}

#[expect(clippy::expect_used, reason = "constant patterns, compiled in tests")]
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:(?P<role>[^：，。]{2,20}(?:代表|委员))[、，])?(?P<office>[^：，。]{2,30}?(?:书记|市长|省长|县长|区长|州长|盟长|旗长|镇长|乡长",
        r"|主席|主任|局长|厅长|部长|院长|校长|会长|董事长|总经理|总裁|理事长|秘书长|所长|厂长|专员|行长|馆长|研究员|教授))",
        r"(?P<person>[\p{Han}·]{2,8})[：:]$"
    ))
    .expect("a constant pattern")
});

#[expect(clippy::expect_used, reason = "constant patterns, compiled in tests")]
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[（(]?(?:本版|本报|记者|通讯员|撰稿|文/|文/|图/|作者|来源|By )[^。]{0,40}[)）]?$|^[（(].{0,20}(?:记者|采写|供稿|摄).{0,30}[)）]$")
        .expect("a constant pattern")
});

impl Page {
    /// The blocks of each article, by index: from its first to its last, what stands between included.
    pub(crate) fn ranges(&self) -> Vec<std::ops::Range<usize>> {
        let mut ranges = vec![0..0; self.articles.len()];
        for (i, block) in self.blocks.iter().enumerate() {
            if let Some(range) = block.article.and_then(|a| ranges.get_mut(a)) {
                *range = if range.start == range.end { i..i + 1 } else { range.start..i + 1 };
            }
        }
        ranges
    }
}

/// Sets out the page. `home` is the place of the whole document, where known.
pub(crate) fn arrange(layout: &Layout, home: Option<u32>) -> Page {
    let text = layout.text.as_str();
    let mut page = Page::default();
    let mut expects_title = true;
    for (index, &span) in layout.blocks.iter().enumerate() {
        let words = span.of(text);
        let length = words.chars().count();
        let closed = words.ends_with(['。', '！', '？', '；', '.', '”']);
        if layout::is_chrome(words) {
            page.blocks.push(Block { span, role: Role::Chrome, article: None });
            continue;
        }
        if BYLINE.is_match(words) {
            page.blocks.push(Block { span, role: Role::Byline, article: None });
            continue;
        }
        if let Some(head) = HEAD.captures(words).filter(|_| length <= 60) {
            let group = |name: &str| head.name(name).map(|m| m.as_str().to_owned());
            let region = lexicon::places(words, home).last().map(|p| p.code);
            open(&mut page, home.filter(|h| region.is_none_or(|r| r == *h)).or(region));
            if let (None, Some(office)) = (region, head.name("office")) {
                let place = unknown_place(office.as_str()).map(|length| {
                    Span::new(span.start + office.start(), span.start + office.start() + length)
                });
                if let Some(named) = page.named.last_mut() {
                    *named = place;
                }
            }
            if let Some(article) = page.articles.last_mut() {
                article.headline_speaker = Some(layout.map.points(span));
                article.role = group("role");
                article.office = group("office");
                article.person = group("person");
            }
            expects_title = true;
            push(&mut page, span, Role::Head);
            continue;
        }
        if page.articles.is_empty() {
            open(&mut page, home);
        }
        let Some(article) = page.articles.last_mut() else { continue };
        let latin = words.is_ascii() || !words.contains(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
        let short = length <= if latin { 120 } else { 40 } && !closed;
        let role = if article.person.as_deref() == Some(words) {
            article.photo_caption = Some(layout.map.points(span));
            Role::Caption
        } else if expects_title && short && article.paragraphs.is_empty() && index + 1 < layout.blocks.len() {
            expects_title = false;
            article.title = Some(layout.map.points(span));
            article.title_text = Some(words.to_owned());
            Role::Title
        } else if is_heading(words, length, closed) {
            Role::Heading
        } else {
            let points = layout.map.points(span);
            article.paragraphs.push(points);
            article.body = Some([article.body.map_or(points[0], |b| b[0]), points[1]]);
            expects_title = false;
            Role::Body
        };
        push(&mut page, span, role);
    }
    page
}

/// The place a text is mostly about: the one its title names, else the one most often named, the earlier of two.
pub(crate) fn about(places: &[Place], title: Option<Span>) -> Option<u32> {
    if let Some(title) = title
        && let Some(place) = places.iter().find(|p| title.contains(p.span))
    {
        return Some(place.code);
    }
    let mut counts: Vec<(u32, usize)> = Vec::new();
    for place in places {
        if let Some((_, n)) = counts.iter_mut().find(|(code, _)| *code == place.code) {
            *n += 1;
        } else if counts.len() < 64 {
            counts.push((place.code, 1));
        }
    }
    let most = counts.iter().map(|(_, n)| *n).max()?;
    counts.into_iter().find(|(_, n)| *n == most).map(|(code, _)| code)
}

/// How much of an office is the name of a place: 某市委书记, 某县县长.
fn unknown_place(office: &str) -> Option<usize> {
    let ends = office
        .char_indices()
        .skip(2)
        .filter(|(_, c)| matches!(c, '市' | '县' | '区' | '州' | '旗' | '镇' | '乡'));
    ends.map(|(at, c)| at + c.len_utf8()).find(|end| {
        let rest = &office[*end..];
        rest.starts_with([
            '委', '长', '书', '人', '政', '市', '县', '区', '州', '旗', '镇', '乡', '党', '副', '代', '常',
        ])
    })
}

fn open(page: &mut Page, home: Option<u32>) {
    let article = Article {
        article: page.articles.len() + 1,
        region_gbt2260: home.map(|c| c.to_string()),
        ..Article::default()
    };
    page.articles.push(article);
    page.homes.push(home);
    page.named.push(None);
}

fn push(page: &mut Page, span: Span, role: Role) {
    let article = page.articles.len().checked_sub(1);
    page.blocks.push(Block { span, role, article });
}

/// A short line that ends no sentence: 一、……, （二）……, # …….
fn is_heading(words: &str, length: usize, closed: bool) -> bool {
    let numbered = words.starts_with('#')
        || words.starts_with(['（', '('])
        || words.chars().nth(1) == Some('、') && words.starts_with(|c| "一二三四五六七八九十".contains(c))
        || words.starts_with('第') && words.contains("部分");
    !closed
        && length <= 40
        && (numbered
            || length <= 18 && !words.contains(['，', '：', '%']) && !words.chars().any(char::is_numeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_two_speakers() {
        let raw = "某某代表、青山市市长李大明：\n守正创新，开放兴市\n李大明\n青山市去年完成投资三百亿元，今年计划完成三百五十亿元。\n相关报道\n\
                   省政协委员、绿水县县长王小明：\n以水为媒\n绿水县航道里程居全省前列，通航能力持续提升，港口吞吐量稳步增加。\n（本报记者赵一采写）";
        let layout = layout::repair(raw);
        let page = arrange(&layout, None);
        assert_eq!(page.articles.len(), 2);
        assert_eq!(page.articles[0].person.as_deref(), Some("李大明"));
        assert_eq!(page.articles[0].title_text.as_deref(), Some("守正创新，开放兴市"));
        assert_eq!(page.articles[1].office.as_deref(), Some("绿水县县长"));
        assert_eq!(page.articles[1].paragraphs.len(), 1);
        let roles: Vec<Role> = page.blocks.iter().map(|b| b.role).collect();
        assert_eq!(
            roles,
            [
                Role::Head,
                Role::Title,
                Role::Caption,
                Role::Body,
                Role::Chrome,
                Role::Head,
                Role::Title,
                Role::Body,
                Role::Byline
            ]
        );
    }
}
