//! `zhidian read`: one text, its statements, and why the rest states nothing.

mod marked;

use super::print;
use crate::{
    arguments::{About, Read},
    outcome::{Exit, Failure},
    talk::Talk,
};
use std::path::Path;
use zhidian_claims::{Options, Reading, Reason, Statement, Unread, read};

pub(crate) fn run(command: &Read, talk: &Talk) -> Result<Exit, Failure> {
    let reading = reading(&command.file, &command.about, talk)?;
    let bad = |error: &dyn std::fmt::Display| Failure::data(error.to_string(), error.to_string());
    let lines = |lines: Result<Vec<String>, serde_json::Error>| -> Result<String, Failure> {
        Ok(lines.map_err(|error| bad(&error))?.iter().map(|line| line.clone() + "\n").collect())
    };
    let out = if command.why && command.json {
        lines(reading.unread.iter().map(serde_json::to_string).collect())?
    } else if command.why {
        reading.unread.iter().map(|unread| why(unread, talk)).collect::<String>()
    } else if command.json {
        lines(reading.statements.iter().map(serde_json::to_string).collect())?
    } else if command.csv {
        table(&reading.statements)?
    } else if command.html {
        marked::page(&reading, &command.file.display().to_string())
    } else {
        reading.statements.iter().map(line).collect::<String>()
    };
    print(&out)?;
    talk.say(
        &format!("{}条表述", reading.statements.len()),
        &format!("{} statements", reading.statements.len()),
    );
    Ok(Exit::Ok)
}

/// Reads one text.
pub(super) fn reading(file: &Path, about: &About, talk: &Talk) -> Result<Reading, Failure> {
    let shown = file.display();
    if !file.exists() {
        return Err(Failure::data(
            format!("无法读取 {shown}：没有这个文件"),
            format!("failed to read {shown}: there is no such file"),
        ));
    }
    if let Some(code) = about.region.filter(|code| zhidian_vocabulary::regions::by_code(*code).is_none()) {
        return Err(Failure::usage(
            format!("无法识别地区代码 {code}；请用 GB/T 2260 六位代码，如 330800"),
            format!(
                "failed to find a region with the code {code}; use a six-digit code of GB/T 2260 such as 330800"
            ),
        ));
    }
    let (text, problems) = zhidian_dossier::read_text(file, &zhidian_dossier::Options::default());
    talk.problems(&problems);
    let Some(text) = text else {
        let worst = problems.iter().max_by_key(|problem| problem.severity);
        let (zh, en) = worst
            .map_or_else(Default::default, |problem| (problem.remedy.zh.clone(), problem.remedy.en.clone()));
        return Err(Failure::data(
            format!("无法读取 {shown}：{zh}"),
            format!("failed to read {shown}: {en}"),
        ));
    };
    if let Some(dated) = &about.dated
        && dated.parse::<zhidian_model::Period>().is_err()
    {
        return Err(Failure::usage(
            format!("无法理解日期“{dated}”；请写成 2021-03-06"),
            format!("failed to read the date “{dated}”; write it as 2021-03-06"),
        ));
    }
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or("text");
    let options = Options {
        id_prefix: stem.to_owned(),
        dated: about.dated.clone(),
        region: about.region,
        ..Options::default()
    };
    read(&text, &options).map_err(|error| {
        Failure::data(format!("无法读取文稿：{error}"), format!("failed to read the text: {error}"))
    })
}

/// `没有可核对的内容  全市上下精神振奋`
fn why(unread: &Unread, talk: &Talk) -> String {
    let reason = match unread.reason {
        Reason::NothingToCheck => talk.pick("没有可核对的内容", "nothing to check"),
        Reason::NoMeasure => talk.pick("有数，未说明是什么指标", "a figure of no named measure"),
        Reason::NoSet => talk.pick("有位次，未说明在哪个范围", "a place in no named set"),
        Reason::LookAlike => talk.pick("数字属于名称、届次或习语", "its numbers belong to names or idioms"),
    };
    format!("{reason}  {}\n", unread.text)
}

/// `text-015  rank  fact  3  地区生产总值增速居浙江第三位`
pub(super) fn line(statement: &Statement) -> String {
    format!("{}  {}  {}  {}\n", statement.id, name(&statement.kind), value(statement), statement.text)
}

/// The columns a person filters by.
fn table(statements: &[Statement]) -> Result<String, Failure> {
    let header = [
        "id",
        "type",
        "modality",
        "start",
        "end",
        "text",
        "subject",
        "region",
        "indicator",
        "canon",
        "value",
        "unit",
        "period",
        "rank",
        "scope",
        "topic",
    ];
    let rows = statements.iter().map(|statement| {
        let indicator = statement.indicator.as_ref();
        let subject = statement.subject.as_ref();
        let figure = statement.value.as_ref();
        [
            statement.id.clone(),
            name(&statement.kind),
            name(&statement.modality),
            statement.raw_span[0].to_string(),
            statement.raw_span[1].to_string(),
            statement.text.clone(),
            subject.map(|words| words.text.clone()).unwrap_or_default(),
            subject.and_then(|words| words.gbt2260.clone()).unwrap_or_default(),
            indicator.map(|words| words.text.clone()).unwrap_or_default(),
            indicator.and_then(|words| words.canon.clone()).unwrap_or_default(),
            figure
                .map(|figure| figure.num.clone().unwrap_or_else(|| figure.text.clone()))
                .unwrap_or_default(),
            figure.and_then(|figure| figure.unit.clone()).unwrap_or_default(),
            statement.period.as_ref().and_then(|words| words.norm.clone()).unwrap_or_default(),
            statement.rank.as_ref().and_then(|words| words.norm.clone()).unwrap_or_default(),
            statement.scope.as_ref().map(|words| words.text.clone()).unwrap_or_default(),
            statement.topic.clone(),
        ]
    });
    let rows: Vec<Vec<String>> = rows.map(|row| row.to_vec()).collect();
    zhidian_dossier::export::csv(&header, &rows).map_err(|error| {
        Failure::data(format!("无法写成 CSV：{error}"), format!("failed to write CSV: {error}"))
    })
}

/// The name a closed list prints in JSON.
fn name(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(ToOwned::to_owned))
        .unwrap_or_default()
}

fn value(statement: &Statement) -> String {
    let rank = statement.rank.as_ref().and_then(|rank| rank.norm.clone());
    let figure = statement.value.as_ref().map(|figure| figure.text.clone());
    figure.or(rank).unwrap_or_else(|| "·".into())
}
