//! Tables inside documents: rows between bars (`| 指标 | 单位 | 2025年 | 比上年增长（%） |`) or of cells set apart by tabs.
//!
//! # Method
//! Neighbouring blocks that are rows make a table. Its header is the first row and those below that hold no figure. What
//! a column tells is in its header: a rate of change, a share, a place in an order, a unit, else a level. The unit of a
//! level stands in the header, in a column of units, behind the name of the row, or in a note above (单位：亿元). Rows are
//! measures, or places where most of the first cells are; the period stands in the header or in the title above.

use crate::{
    articles::{Page, Role},
    context::{Context, Mentions},
    draft::{Draft, What, When, Who},
    figures, lexicon, numbers,
    statement::{Modality, Type},
    text::Span,
    values::{Amount, Value},
    wordlist,
};
use rust_decimal::Decimal;

/// Most rows of one table and cells of one row that are read.
const MOST_ROWS: usize = 20_000;
const MOST_CELLS: usize = 64;
/// How many blocks above a table may hold its title and the note of units.
const ABOVE: usize = 2;

/// A table: its rows of cells, and the blocks above that speak of it.
struct Table {
    rows: Vec<Vec<Span>>,
    above: Vec<Span>,
    article: Option<usize>,
}

/// What a column tells.
#[derive(Clone, Debug, Default)]
struct Column {
    header: Vec<Span>,
    tells: Tells,
    unit: Option<Unit>,
    when: Option<When>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tells {
    #[default]
    Level,
    Growth,
    Share,
    Rank,
    Unit,
    Nothing,
}

/// A unit with what its figures are multiplied by.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Unit {
    code: String,
    by: Decimal,
}

/// Takes the tables out of a page, so that nothing else reads their rows, and reads them.
pub(crate) fn read(m: &Mentions<'_>, page: &mut Page, start: &Context) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for table in take(m.text, page) {
        let mut cx = start.clone();
        cx.begin_article(table.article.and_then(|a| page.homes.get(a).copied().flatten()).or(start.home));
        for above in &table.above {
            cx.hear(m, *above);
        }
        drafts.extend(statements(m, &mut cx, &table));
    }
    drafts
}

/// The tables of a page. Their rows become captions, which no reader of sentences reads.
fn take(text: &str, page: &mut Page) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut from = 0;
    while from < page.blocks.len() {
        let rows: Vec<Vec<Span>> =
            page.blocks[from..].iter().take(MOST_ROWS).map_while(|block| cells(text, block.span)).collect();
        if rows.len() < 2 {
            from += 1;
            continue;
        }
        let to = from + rows.len();
        let article = page.blocks[from..to].iter().find_map(|block| block.article);
        let above = page.blocks[from.saturating_sub(ABOVE)..from].iter().map(|b| b.span);
        let above = above.filter(|span| span.of(text).chars().count() <= 40).collect();
        for block in &mut page.blocks[from..to] {
            block.role = Role::Caption;
        }
        let rows = rows.into_iter().filter(|row| !rule(text, row)).collect();
        tables.push(Table { rows, above, article });
        from = to;
    }
    tables
}

/// The cells of a row; none where a block is no row.
pub(crate) fn cells(text: &str, block: Span) -> Option<Vec<Span>> {
    let words = block.of(text);
    let mark = if words.starts_with('|') && words.ends_with('|') && words.len() > 2 { '|' } else { '\t' };
    if mark == '\t' && !words.contains('\t') {
        return None;
    }
    let inner = if mark == '|' { Span::new(block.start + 1, block.end - 1) } else { block };
    let mut cells = Vec::new();
    let mut start = inner.start;
    for part in inner.of(text).split(mark).take(MOST_CELLS) {
        let span = Span::new(start, start + part.len());
        cells.push(span.trim(text, |c: char| c.is_whitespace() || c == '*' || c == '\u{3000}'));
        start = span.end + 1;
    }
    (cells.len() > 1).then_some(cells)
}

/// `|---|---|` below a header.
fn rule(text: &str, row: &[Span]) -> bool {
    row.iter().all(|cell| cell.of(text).chars().all(|c| matches!(c, '-' | ':')))
}

fn statements(m: &Mentions<'_>, cx: &mut Context, table: &Table) -> Vec<Draft> {
    let text = m.text;
    let headers = 1 + table
        .rows
        .iter()
        .skip(1)
        .take_while(|row| !row.iter().skip(1).any(|c| figure(text, *c).is_some()))
        .count();
    let Some((heads, rows)) = table.rows.split_at_checked(headers).filter(|(_, rows)| !rows.is_empty())
    else {
        return Vec::new();
    };
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    // A running number before the names.
    let name_at =
        usize::from(heads[0].first().is_some_and(|c| matches!(c.of(text), "序号" | "编号" | "No." | "#")));
    let noted = table.above.iter().rev().find_map(|span| noted_unit(span.of(text)));
    let columns: Vec<Column> = (0..width).map(|at| column(m, cx, heads, at)).collect();
    let places = rows.iter().filter(|row| row.get(name_at).is_some_and(|c| place(m, *c).is_some())).count();
    let by_place = places * 2 > rows.len();
    let mut drafts = Vec::new();
    let mut whole: Option<String> = None;
    for row in rows {
        let Some(name) = row.get(name_at).map(|cell| row_name(text, *cell)).filter(|n| !n.is_empty()) else {
            continue;
        };
        let own_unit = columns.iter().position(|c| c.tells == Tells::Unit).and_then(|at| row.get(at));
        let own_unit = own_unit
            .and_then(|cell| unit(cell.of(text)))
            .or_else(|| row.get(name_at).and_then(|cell| bracketed(cell.of(text))).and_then(unit));
        let whose = place(m, row[name_at]);
        if by_place && whose.is_none() {
            continue;
        }
        let mut what = figures::named(m, name);
        what.base = what.base.or_else(|| figures::part(whole.as_deref(), name.of(text)));
        if what.base.is_some() {
            whole.clone_from(&what.base);
        }
        for (at, cell) in row.iter().enumerate().skip(name_at + 1) {
            let Some(column) = columns.get(at) else { continue };
            let what = if by_place { header_name(m, column) } else { Some(what.clone()) };
            let Some(what) = what else { continue };
            let own = Cell { span: *cell, column, unit: own_unit.as_ref().or(noted.as_ref()) };
            let Some(mut draft) = statement(m, cx, name, what, &own) else { continue };
            draft.article = table.article;
            if by_place {
                draft.who = whose.clone();
            }
            drafts.push(draft);
        }
    }
    drafts
}

/// A cell with what its column says and the unit of its row.
struct Cell<'a> {
    span: Span,
    column: &'a Column,
    unit: Option<&'a Unit>,
}

fn statement(m: &Mentions<'_>, cx: &Context, name: Span, mut what: What, cell: &Cell<'_>) -> Option<Draft> {
    let text = m.text;
    let (span, number, ulp, own) = figure(text, cell.span)?;
    let column = cell.column;
    let mut draft =
        Draft::new(Type::Quantity, Modality::Fact, Span::new(name.start.min(span.start), span.end));
    let unit = own.or_else(|| column.unit.clone());
    match column.tells {
        Tells::Unit | Tells::Nothing => return None,
        Tells::Rank => {
            let place = number.is_integer() && number >= Decimal::ONE;
            draft.kind = Type::Rank;
            draft.rank = place.then(|| (span, numbers::print(number)));
            draft.rank.as_ref()?;
            draft.scope = column.header.iter().find_map(|head| {
                let (at, word) = wordlist::scopes().find(head.of(text))?;
                Some(Span::new(head.start + at, head.start + at + word.len()))
            });
        }
        Tells::Growth | Tells::Share | Tells::Level => {
            let level =
                || cell.unit.cloned().unwrap_or_else(|| Unit { code: "count".into(), by: Decimal::ONE });
            let percent = || Unit { code: "percent".into(), by: Decimal::ONE };
            let unit = match column.tells {
                Tells::Level => unit.unwrap_or_else(level),
                _ => unit.unwrap_or_else(percent),
            };
            if column.tells == Tells::Growth {
                draft.kind = Type::Growth;
                what.suffix = ".growth";
            } else if column.tells == Tells::Share {
                what.suffix = ".share";
            }
            draft.value = Some(Value {
                span,
                amount: Amount::One { value: number.checked_mul(unit.by)?, ulp: ulp.checked_mul(unit.by)? },
                unit: Some(unit.code),
                bound: None,
                arabic: true,
                magnified: false,
            });
        }
    }
    draft.what = Some(what);
    draft.who = cx.who();
    draft.when = column.when.clone().or_else(|| cx.when(Modality::Fact));
    Some(draft)
}

/// What a column tells, from its header.
fn column(m: &Mentions<'_>, cx: &Context, heads: &[Vec<Span>], at: usize) -> Column {
    let text = m.text;
    let mut header: Vec<Span> = heads.iter().filter_map(|row| row.get(at)).copied().collect();
    header.dedup_by_key(|cell| cell.of(text));
    let words: String = header.iter().map(|cell| cell.of(text)).collect();
    let has = |list: &[&str]| list.iter().any(|w| words.contains(w));
    let period = header.iter().flat_map(|cell| m.periods_in(*cell)).find(|p| {
        // 比上年增长: what is compared with, no period of its own.
        !m.undated(p)
    });
    let tells = if has(&["单位", "Unit", "unit"]) && !has(&["单位：", "单位GDP", "单位生产", "单位地区"])
    {
        Tells::Unit
    } else if has(&["位次", "排名", "名次", "排位", "Rank", "rank"]) {
        Tells::Rank
    } else if has(&[
        "增长",
        "增速",
        "同比",
        "比上年",
        "增幅",
        "涨跌",
        "比去年",
        "±",
        "growth",
        "Growth",
        "change",
        "Change",
    ]) {
        Tells::Growth
    } else if has(&["比重", "占比", "构成", "Share", "share"]) {
        Tells::Share
    } else if has(&["备注", "说明", "责任", "来源", "Notes", "Source"]) {
        Tells::Nothing
    } else {
        Tells::Level
    };
    let unit = header.iter().rev().find_map(|cell| bracketed(cell.of(text))).and_then(unit);
    let when = period.map(|p| When { span: Some(p.span), norm: p.said.norm(cx.now()) });
    Column { header, tells, unit, when }
}

/// The name of the measure a column is of, in a table of places.
fn header_name(m: &Mentions<'_>, column: &Column) -> Option<What> {
    let found = column.header.iter().find_map(|cell| {
        let named = m.measures_in(*cell).next()?;
        Some(What { span: named.span, base: named.code.map(str::to_owned), suffix: "" })
    });
    let plain = || {
        let cell = column.header.iter().find(|cell| !cell.is_empty())?;
        let words = cell.of(m.text);
        let end = words.find(['（', '(']).unwrap_or(words.len());
        Some(figures::named(m, Span::new(cell.start, cell.start + end)))
    };
    found.or_else(plain)
}

/// The name of a row without marks, `其中：` and the unit in brackets.
fn row_name(text: &str, cell: Span) -> Span {
    let mut span = cell;
    for mark in
        ["其中：", "其中:", "其中", "＃", "#", "一、", "二、", "三、", "四、", "五、", "六、", "—", "－"]
    {
        if span.of(text).starts_with(mark) {
            span = Span::new(span.start + mark.len(), span.end);
        }
    }
    let words = span.of(text);
    let unit_at =
        bracketed(words).filter(|inner| unit(inner).is_some()).and_then(|_| words.rfind(['（', '(']));
    let end = unit_at.map_or(span.end, |at| span.start + at);
    Span::new(span.start, end).trim(text, |c: char| c.is_whitespace() || c == '、' || c == '.')
}

fn place(m: &Mentions<'_>, cell: Span) -> Option<Who> {
    let found = m.places_in(cell).next().filter(|p| p.span == cell)?;
    Some(Who { span: Some(found.span), name: String::new(), code: Some(found.code) })
}

/// What stands in the last brackets of a name.
fn bracketed(words: &str) -> Option<&str> {
    let start = words.rfind(['（', '('])?;
    let inner = &words[start + words[start..].chars().next()?.len_utf8()..];
    inner.find(['）', ')']).map(|end| &inner[..end])
}

/// `单位：亿元、%`: the first unit of a note above a table.
fn noted_unit(words: &str) -> Option<Unit> {
    let at = words.find("单位：").or_else(|| words.find("单位:"))?;
    let rest = words[at..].split(['：', ':']).nth(1)?;
    rest.split(['、', '，', ',', '；', '）', ')', ' ']).find_map(unit)
}

/// A unit with its magnitude: 亿元, 万吨, %, 万人次.
fn unit(words: &str) -> Option<Unit> {
    let words = words.trim().trim_start_matches('±');
    if words.is_empty() {
        return None;
    }
    let whole = lexicon::unit(words).filter(|u| u.length == words.len());
    if let Some(u) = whole {
        return Some(Unit { code: u.code, by: u.factor });
    }
    let mut by = Decimal::ONE;
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let power = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => 10_000,
            '亿' => 100_000_000,
            _ => return None,
        };
        by = by.checked_mul(Decimal::from(power))?;
        rest = &rest[c.len_utf8()..];
        if let Some(u) = lexicon::unit(rest).filter(|u| u.length == rest.len()) {
            return Some(Unit { code: u.code, by: by.checked_mul(u.factor)? });
        }
        if let Some(counter) = wordlist::counters().prefix(rest).filter(|c| c.len() == rest.len()) {
            return Some(Unit { code: counter.to_owned(), by });
        }
    }
    None
}

/// The one figure of a cell: where its number stands, what it is, the weight of its last digit, and a unit of its own.
fn figure(text: &str, cell: Span) -> Option<(Span, Decimal, Decimal, Option<Unit>)> {
    let words = cell.of(text);
    let sign = words.chars().next().filter(|c| matches!(c, '-' | '－' | '−' | '+' | '＋'));
    let start = cell.start + sign.map_or(0, char::len_utf8);
    let (end, value, ulp) = numbers::plain_figure(text, start).filter(|(end, _, _)| *end <= cell.end)?;
    let rest = text.get(end..cell.end)?.trim();
    let own = if rest.is_empty() { None } else { Some(unit(rest)?) };
    let value = if matches!(sign, Some('-' | '－' | '−')) { -value } else { value };
    let span = if own.is_some() { cell } else { Span::new(cell.start, end) };
    Some((span, value, ulp, own))
}
