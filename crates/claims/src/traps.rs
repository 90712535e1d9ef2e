//! Look-alikes: spans that read like figures and are none. They are found before any value is read, so that no later
//! stage has to know about them.

use crate::{
    ordered::{Ordered, Placed},
    text::Span,
};
use regex::Regex;
use std::sync::LazyLock;

/// Why a span is not a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trap {
    /// A session of a body: 九届三次, 二十大, 三中全会.
    Session,
    /// A name in quotation marks that holds numerals.
    Quoted,
    /// The title of a book, a plan or a law.
    Title,
    /// The mark of a list: 一是, （二）, 3.
    ListMark,
    /// A five-year plan by its number.
    Plan,
    /// An idiom or an article-like classifier: 一批, 一流, 一座, 新一轮.
    Idiom,
    /// An ordinal inside a name: 二、三线, 3号, 一期.
    NameOrdinal,
    /// A label made of figures: 8+5, 2.0.
    Label,
    /// A code with letters: 5G, H7, COVID-19.
    Code,
}

/// A look-alike and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) span: Span,
    pub(crate) trap: Trap,
}

impl Placed for Found {
    fn place(&self) -> Span {
        self.span
    }
}

/// Non-overlapping look-alikes in the order of the text.
pub(crate) struct Traps {
    found: Ordered<Found>,
}

impl Traps {
    /// The look-alike a span touches.
    pub(crate) fn touching(&self, span: Span) -> Option<Found> {
        self.found.touching(span).copied()
    }

    /// Whether a span touches a look-alike other than a plan's name.
    pub(crate) fn blocks(&self, span: Span) -> bool {
        self.touching(span).is_some()
    }
}

const N: &str = "[一二三四五六七八九十百]";

struct Pattern {
    trap: Trap,
    regex: Regex,
}

#[expect(clippy::expect_used, reason = "the patterns are constants of this file and are compiled in a test")]
fn pattern(trap: Trap, source: &str) -> Pattern {
    Pattern { trap, regex: Regex::new(source).expect("a constant pattern") }
}

/// Each pattern marks the whole match, or its first group where it has one.
static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    vec![
        pattern(Trap::Title, "《[^《》\n]{1,60}》"),
        pattern(Trap::Quoted, "[“\"‘「]([^“”\"‘’「」\n，。]{1,16})[”\"’」]"),
        pattern(Trap::Quoted, "[“「]([^“”「」\n]{1,28})[”」]"),
        pattern(Trap::Plan, "十[一二三四五六七]五|[“‘][六七八九]五[”’]"),
        pattern(
            Trap::Session,
            &format!(
                "(?:第)?{N}+届(?:(?:第)?{N}+(?:次|中))?(?:全会|全体会议|会议)?|(?:党的)?{N}+大(?:以来|报告|精神|召开)\
                 |党的{N}+大|{N}+中全会|第?{N}+次(?:全会|全体会议|党代会|代表大会|会议)"
            ),
        ),
        pattern(Trap::ListMark, &format!("(?m)(?:^|[。；：，！？;:\\s])({N}{{1,3}}是|其{N})")),
        pattern(
            Trap::ListMark,
            // not 第一、二、三产业
            &format!("(?m)^\\s*(第?{N}{{1,3}}[、.．])(?:[^二三四五六七八九十]|$)"),
        ),
        pattern(Trap::ListMark, "(?m)^\\s*(?:[0-9０-９]{1,2}[、．)）]|[0-9]{1,2}\\.[^0-9])"),
        pattern(Trap::ListMark, &format!("[（(](?:{N}{{1,3}}|[0-9]{{1,2}})[)）]")),
        pattern(Trap::ListMark, &format!("(?m)(?:^|[。；])(第{N}{{1,2}})(?:[，是]|、[^二三四五第])")),
        pattern(
            Trap::Idiom,
            "新一轮|新一代|一轮|一系列|一揽子|一体化?|一定|一直|一致|一般(?:公共)?|统一|唯一(?:一个)?|一起|一些|一方面|一带一路\
             |一站式|一网[通统]|一窗|一件事|一把手|一流|一线|一批|一座|一条龙?|一场|一种|一大批|一大|一道|一份|一张|一切|一经|一步\
             |一旦|一律|一贯|一手|一心|一跃|一举|一面|第一时间|进一步|同一|万众|千方百计|百姓|千家万户|三农|两会|四化|双一流\
             |两手|三产融合|百花|百年|千年|千秋|万家|万物|四面|四大班子|五湖四海|七上八下|九州|十足|十分|百强|百亿级|千亿级|万亿级\
             |[两三四]位数|三次产业|三个代表|两个维护|四个自信|两不愁三保障|百分百|一分|一路|一老一小|一村一|一县一|一企一|一区一|一园一|一业一|一业",
        ),
        pattern(
            Trap::NameOrdinal,
            &format!(
                "{N}、{N}[线期号]|{N}[至到、]{N}(?:级|类|线)|{N}+号|{N}[线期级类档]|[0-9]+号|第{N}+(?:批|期|轮|届|阶段|线|书记|时间\
                 |方阵|梯队|产业|季度|步|章|条|款|人民|医院|中学|小学|次|城|道|代|课|责任)"
            ),
        ),
        pattern(Trap::Label, "[0-9]+(?:\\s?[+＋×xX]\\s?[0-9A-Za-zN]+)+"),
        pattern(Trap::Label, "(?:工业|版|迈向|政务|改革|智造|[A-Za-z])\\s?([0-9]\\.0)"),
        pattern(Trap::Label, "([0-9]\\.0)(?:版|时代)"),
        pattern(Trap::Code, "([A-Za-z]{1,8}[-–]?[0-9]+(?:[A-Za-z0-9]|\\.[0-9])*)"),
        pattern(Trap::Code, "([0-9]+(?:G|D|K|A级|S店))(?:[^A-Za-z]|$)"),
        pattern(Trap::Code, "[45]A级"),
    ]
});

/// Finds every look-alike of a text. The earlier and then the longer of two that overlap stands.
pub(crate) fn find(text: &str) -> Traps {
    let mut all: Vec<Found> = Vec::new();
    for Pattern { trap, regex } in PATTERNS.iter() {
        for found in regex.captures_iter(text) {
            let Some(hit) = found.get(1).or_else(|| found.get(0)) else { continue };
            let span = Span::new(hit.start(), hit.end());
            if *trap == Trap::Quoted && !holds_numeral(span.of(text)) {
                continue;
            }
            all.push(Found { span, trap: *trap });
        }
    }
    all.sort_by_key(|f| (f.span.start, std::cmp::Reverse(f.span.end)));
    let mut found: Vec<Found> = Vec::with_capacity(all.len());
    for f in all {
        match found.last_mut() {
            Some(last) if f.span.start < last.span.end => last.span.end = last.span.end.max(f.span.end),
            _ => found.push(f),
        }
    }
    Traps { found: Ordered::new(found) }
}

fn holds_numeral(s: &str) -> bool {
    s.chars()
        .any(|c| c.is_numeric() || matches!(c, '一'..='鿿') && "一二三四五六七八九十百千万亿两双".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trapped(text: &str, part: &str) -> Option<Trap> {
        let at = text.find(part).unwrap();
        find(text).touching(Span::new(at, at + part.len())).map(|f| f.trap)
    }

    #[test]
    fn look_alikes_are_told_from_figures() {
        assert_eq!(trapped("县委九届三次全会提出", "九"), Some(Trap::Session));
        assert_eq!(trapped("按照《产业规划2030》执行", "2030"), Some(Trap::Title));
        assert_eq!(trapped("实施“六百工程”", "六百"), Some(Trap::Quoted));
        assert_eq!(trapped("目标明确：一是扩大投资", "一是"), Some(Trap::ListMark));
        assert_eq!(trapped("十三五时期", "十三五"), Some(Trap::Plan));
        assert_eq!(trapped("引进一批项目", "一批"), Some(Trap::Idiom));
        assert_eq!(trapped("推进三、四线船闸", "三、四"), Some(Trap::NameOrdinal));
        assert_eq!(trapped("构建6+3产业体系", "6+3"), Some(Trap::Label));
        assert_eq!(trapped("建成5G基站3000个", "5G"), Some(Trap::Code));
        assert_eq!(trapped("建成5G基站3000个", "3000"), None);
        assert_eq!(trapped("完成投资45亿元", "45"), None);
    }
}
