//! Workbooks: a plain panel on the first sheet, or the COIN Tool's sheet `Database`, whose rows above the data describe the
//! indicators and the tree.
//!
//! The COIN Tool (European Commission, Joint Research Centre) has an indicator a column. Its describing rows are found by
//! their labels, wherever they stand, since versions of the tool differ in the place.

use super::{Layout, Limits, Sheet, SheetError};
use crate::composite::recipe::{Direction, Indicator, Node, Recipe};
use std::collections::BTreeMap;

/// A sheet of a workbook as rows of texts, row 1 the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// Its name.
    pub name: String,
    /// Its rows, ragged to the right.
    pub rows: Vec<Vec<String>>,
}

/// What a workbook holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    /// The figures.
    pub sheet: Sheet,
    /// The index that the workbook declares, where it is the COIN Tool's.
    pub recipe: Option<Recipe>,
    /// Name of the sheet that was read.
    pub name: String,
}

/// Reads a workbook: the COIN Tool's `Database` where there is one, else the sheet named, else the first.
///
/// # Errors
/// When there is no table of figures.
pub fn read(
    grids: &[Grid],
    named: Option<&str>,
    layout: &Layout,
    limits: &Limits,
) -> Result<Book, SheetError> {
    let database = grids.iter().find(|grid| grid.name.trim().eq_ignore_ascii_case("database"));
    if let (None, Some(tool)) = (named, database.and_then(Tool::find)) {
        let sheet = plain(&tool.data(), layout, limits)?;
        return Ok(Book { sheet, recipe: Some(tool.recipe()), name: tool.grid.name.clone() });
    }
    let grid = match named {
        Some(name) => grids.iter().find(|grid| grid.name == name).ok_or_else(|| SheetError::NoColumn {
            name: name.to_owned(),
            columns: grids.iter().map(|grid| &*grid.name).collect::<Vec<_>>().join(", "),
        })?,
        None => grids.first().ok_or(SheetError::Nothing)?,
    };
    Ok(Book { sheet: plain(&grid.rows, layout, limits)?, recipe: None, name: grid.name.clone() })
}

/// A plain table. Rows keep their numbers, so empty rows are kept and count for nothing.
fn plain(rows: &[Vec<String>], layout: &Layout, limits: &Limits) -> Result<Sheet, SheetError> {
    let first =
        rows.iter().position(|row| row.iter().any(|cell| !cell.is_empty())).ok_or(SheetError::Nothing)?;
    let width = rows[first].len();
    let cell = |row: &[String], at: usize| {
        let text = row.get(at).map_or("", String::as_str).replace(['\n', '\r'], " ");
        if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    let mut csv = String::new();
    for row in &rows[first..] {
        let line: Vec<String> = (0..width.max(2)).map(|at| cell(row, at)).collect();
        csv.push_str(&line.join(","));
        csv.push('\n');
    }
    let mut sheet = Sheet::read(csv.as_bytes(), layout, limits)?;
    for fault in &mut sheet.faults {
        fault.row = fault.row.map(|row| row + first as u64);
    }
    Ok(sheet)
}

/// The COIN Tool's sheet.
struct Tool<'a> {
    grid: &'a Grid,
    /// Columns of the indicators.
    columns: Vec<usize>,
    /// Describing rows by what they say.
    rows: BTreeMap<&'static str, usize>,
    /// Rows that name groups, from the one next to the indicators up.
    levels: Vec<usize>,
    /// First row of the units.
    first: usize,
    /// Columns of the units' codes and names.
    code: usize,
}

/// Labels of describing rows, as they begin, lower case.
const LABELS: [(&str, &[&str]); 7] = [
    ("code", &["indicator code", "ind. code", "code"]),
    ("name", &["indicator name", "ind. name", "name of indicator"]),
    ("direction", &["direction", "polarity", "orientation"]),
    ("weight", &["weight", "indicator weight"]),
    ("worst", &["goalpost min", "min goalpost", "lower goalpost", "goalposts min"]),
    ("best", &["goalpost max", "max goalpost", "upper goalpost", "goalposts max"]),
    ("denominator", &["denominator", "scaling"]),
];
/// Labels of rows that name groups.
const LEVELS: [&str; 7] =
    ["dimension", "sub-pillar", "subpillar", "pillar", "sub-index", "subindex", "index"];

impl<'a> Tool<'a> {
    fn find(grid: &'a Grid) -> Option<Self> {
        let label = |row: &[String]| {
            row.iter()
                .enumerate()
                .find(|(_, cell)| !cell.is_empty())
                .map(|(at, cell)| (at, cell.to_lowercase()))
        };
        let is = |text: &str, names: &[&str]| names.iter().any(|name| text.starts_with(name));
        let (mut rows, mut levels, mut at) = (BTreeMap::new(), Vec::new(), None);
        for (number, row) in grid.rows.iter().enumerate() {
            let Some((column, text)) = label(row) else { continue };
            if let Some((what, _)) =
                LABELS.iter().find(|(what, names)| is(&text, names) && !rows.contains_key(what))
            {
                rows.insert(*what, number);
                at.get_or_insert(column);
            } else if is(&text, &LEVELS) {
                levels.push(number);
            } else if rows.contains_key("code") && rows.contains_key("direction") {
                break;
            }
        }
        let (codes, at) = (&grid.rows[*rows.get("code")?], at?);
        rows.get("direction")?;
        let columns: Vec<usize> = (at + 1..codes.len()).filter(|column| !codes[*column].is_empty()).collect();
        let (start, last) = (*columns.first()?, rows.values().chain(&levels).copied().max()?);
        // Units: the rows below that name something left of the indicators and have a figure.
        let named = |row: &Vec<String>| row.iter().take(start).position(|cell| !cell.is_empty());
        let number = |row: &Vec<String>| {
            columns.iter().any(|column| row.get(*column).is_some_and(|cell| cell.parse::<f64>().is_ok()))
        };
        let first = (last + 1..grid.rows.len())
            .find(|number_of| named(&grid.rows[*number_of]).is_some() && number(&grid.rows[*number_of]))?;
        let code = named(&grid.rows[first])?;
        Some(Self { grid, columns, rows, levels, first, code })
    }

    fn cell(&self, row: usize, column: usize) -> &str {
        self.grid.rows.get(row).and_then(|row| row.get(column)).map_or("", String::as_str)
    }

    fn said(&self, what: &str, column: usize) -> Option<&str> {
        let cell = self.cell(*self.rows.get(what)?, column);
        (!cell.is_empty()).then_some(cell)
    }

    /// The data as a plain table: `unit`, then a column an indicator.
    fn data(&self) -> Vec<Vec<String>> {
        let codes =
            self.columns.iter().map(|column| self.said("code", *column).unwrap_or_default().to_owned());
        let mut out = vec![vec![]; self.first - 1];
        out.push(std::iter::once("unit".to_owned()).chain(codes).collect());
        for row in self.first..self.grid.rows.len() {
            let cells = self.columns.iter().map(|column| self.cell(row, *column).to_owned());
            out.push(std::iter::once(self.cell(row, self.code).to_owned()).chain(cells).collect());
        }
        out
    }

    /// The tree of the describing rows. Groups of one level are told apart by the group above them.
    fn recipe(&self) -> Recipe {
        let mut recipe = Recipe { title: self.grid.name.clone(), ..Recipe::default() };
        let root = "index".to_owned();
        recipe.nodes.push(Node::named(&root, None));
        for column in &self.columns {
            let mut parent = root.clone();
            // Rows stand from the smallest group to the largest; the tree is built from the largest down.
            for level in self.levels.iter().rev() {
                let group = self.cell(*level, *column);
                if group.is_empty() || group == root {
                    continue;
                }
                if !recipe.nodes.iter().any(|node| node.id == group) {
                    recipe.nodes.push(Node::named(group, Some(&parent)));
                }
                parent = group.to_owned();
            }
            let id = self.said("code", *column).unwrap_or_default();
            let number = |what: &str| self.said(what, *column).and_then(|cell| cell.parse::<f64>().ok());
            let direction = if number("direction").is_some_and(|sign| sign < 0.0) {
                Direction::Less
            } else {
                Direction::More
            };
            let mut indicator = Indicator::named(id, &parent);
            indicator.title = self.said("name", *column).map(ToOwned::to_owned);
            indicator.direction = direction;
            indicator.weight = number("weight").unwrap_or(1.0);
            indicator.denominator = self.said("denominator", *column).map(ToOwned::to_owned);
            recipe.indicators.push(indicator);
        }
        recipe
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
    use super::*;

    fn grid(name: &str, text: &str) -> Grid {
        let rows = text.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect());
        Grid { name: name.into(), rows: rows.collect() }
    }

    #[test]
    fn a_plain_panel_keeps_its_rows() {
        let plain = grid("Sheet1", "\ncity|year|gdp\nA|2020|1.5\n\nB|2020|x, y\nC|2020|2\n");
        let book = read(&[plain], None, &Layout::default(), &Limits::default()).unwrap();
        assert_eq!(book.sheet.data.units, ["A", "B", "C"]);
        assert_eq!(book.sheet.faults[0].row, Some(5), "{:?}", book.sheet.faults);
        assert!(book.recipe.is_none());
        assert!(read(&[grid("a", "")], None, &Layout::default(), &Limits::default()).is_err());
    }

    #[test]
    fn the_coin_tool_brings_its_tree() {
        let tool = grid(
            "Database",
            "||Indicator name|Logistics|Tariffs|Trust\n||Indicator code|Ind.01|Ind.02|Ind.03\n||Direction|1|-1|1\n\
             ||Weight|1|0.5|1\n||Pillar|trade|trade|people\n||Sub-index|links|links|links\nCode|Name|||\n\
             AUT|Austria||4.1|2|70\nBEL|Belgium||4.0|1.5|x\n",
        );
        let book =
            read(&[grid("Read me", "hello"), tool], None, &Layout::default(), &Limits::default()).unwrap();
        assert_eq!(book.sheet.data.units, ["AUT", "BEL"]);
        assert_eq!(book.sheet.data.columns["Ind.02"], [2.0, 1.5]);
        assert_eq!(book.sheet.faults[0].row, Some(9), "{:?}", book.sheet.faults);
        let recipe = book.recipe.unwrap();
        let parents: Vec<(&str, Option<&str>)> =
            recipe.nodes.iter().map(|node| (&*node.id, node.parent.as_deref())).collect();
        assert_eq!(
            parents,
            [("index", None), ("links", Some("index")), ("trade", Some("links")), ("people", Some("links"))]
        );
        assert_eq!((recipe.indicators[1].direction, recipe.indicators[1].weight), (Direction::Less, 0.5));
        assert_eq!(recipe.indicators[2].parent, "people");
    }
}
