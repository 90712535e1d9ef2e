//! stderr is talk: progress and messages in the user's language.

use crate::{arguments::Lang, outcome::Failure};
use indicatif::{ProgressBar, ProgressStyle};
use std::{io::IsTerminal, sync::Mutex, time::Duration};
use zhidian_ledger::Language;
use zhidian_model::{Problem, Severity, Text};

#[derive(Clone)]
pub(crate) struct Talk {
    pub(crate) language: Language,
    quiet: bool,
}

impl Talk {
    pub(crate) fn new(lang: Option<Lang>, quiet: bool) -> Self {
        let language = match lang {
            Some(Lang::Zh) => Language::Zh,
            Some(Lang::En) => Language::En,
            None => by_environment(),
        };
        Self { language, quiet }
    }

    /// Says something that is no error.
    pub(crate) fn say(&self, zh: &str, en: &str) {
        if !self.quiet {
            anstream::eprintln!("{}", self.pick(zh, en));
        }
    }

    pub(crate) fn fail(&self, failure: &Failure) {
        anstream::eprintln!("zhidian: {}", self.language.of(&failure.text));
    }

    pub(crate) fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    /// One line a problem, the worst first, and no more than a screenful.
    pub(crate) fn problems(&self, problems: &[Problem]) {
        const SHOWN: usize = 20;
        let mut worst: Vec<&Problem> = problems.iter().collect();
        worst.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.cmp(b)));
        for problem in worst.iter().take(SHOWN) {
            self.say(&problem_line(problem, Language::Zh), &problem_line(problem, Language::En));
        }
        if let Some(more) = problems.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            self.say(
                &format!("……另有{more}个问题，用 zhidian check 查看全部"),
                &format!("… and {more} more; zhidian check lists them all"),
            );
        }
    }

    /// A bar that shows itself only when the work takes more than a second.
    pub(crate) fn progress(&self) -> Progress {
        let hidden = self.quiet || !std::io::stderr().is_terminal();
        Progress { bar: if hidden { ProgressBar::hidden() } else { slow_bar() }, stage: Mutex::default() }
    }
}

/// `quzhou/tables/gdp.csv:12 [value]: …`
pub(crate) fn problem_line(problem: &Problem, language: Language) -> String {
    let severity = match (problem.severity, language) {
        (Severity::Warning, Language::Zh) => "提示",
        (Severity::Error, Language::Zh) => "错误",
        (Severity::Fatal, Language::Zh) => "严重",
        (Severity::Warning, Language::En) => "warning",
        (Severity::Error, Language::En) => "error",
        (Severity::Fatal, Language::En) => "fatal",
    };
    let sheet = problem.sheet.as_deref().map(|sheet| format!(" [{sheet}]")).unwrap_or_default();
    let row = problem.row.map(|row| format!(":{row}")).unwrap_or_default();
    let column = problem.column.as_deref().map(|column| format!(" [{column}]")).unwrap_or_default();
    let Text { zh, en } = &problem.remedy;
    let (found, remedy) = match language {
        Language::Zh => (format!("现为“{}”，应为{}", problem.found, problem.expected), zh),
        Language::En => (format!("found “{}”, expected {}", problem.found, problem.expected), en),
    };
    format!("{severity} {}{sheet}{row}{column}: {found}; {remedy} ({})", problem.file, problem.code)
}

pub(crate) struct Progress {
    bar: ProgressBar,
    stage: Mutex<String>,
}

impl Progress {
    pub(crate) fn report(&self, stage: &str, done: u64, of: u64) {
        let mut last = self.stage.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if *last != stage {
            stage.clone_into(&mut last);
            self.bar.set_message(stage.to_owned());
        }
        self.bar.set_length(of);
        self.bar.set_position(done);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn slow_bar() -> ProgressBar {
    let bar = ProgressBar::new(1);
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:24} {pos}/{len} {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_secs(1));
    bar
}

fn by_environment() -> Language {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")).unwrap_or_default();
    if locale.to_lowercase().starts_with("zh") { Language::Zh } else { Language::En }
}
