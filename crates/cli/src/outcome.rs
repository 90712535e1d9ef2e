//! How a command ends.

use std::process::ExitCode;
use zhidian_model::Text;

/// The five exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Ok,
    /// Done, and something is past a threshold the user set.
    Findings,
    /// Asked wrongly.
    Usage,
    /// The data cannot be used.
    Data,
    /// Our fault.
    Bug,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Ok => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::Data => 3,
            Exit::Bug => 70,
        })
    }
}

/// Why a command did not do what it was asked, in words that follow "zhidian: ".
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) text: Text,
}

impl Failure {
    pub(crate) fn usage(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, text: Text::new(zh, en) }
    }

    pub(crate) fn data(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { exit: Exit::Data, text: Text::new(zh, en) }
    }

    /// A file that could not be read.
    pub(crate) fn read(path: &std::path::Path, error: &dyn std::fmt::Display) -> Self {
        let path = path.display();
        Self::data(
            format!("无法读取 {path}：{error}；请检查路径与文件"),
            format!("failed to read {path}: {error}; check the path and the file"),
        )
    }

    /// A file that could not be written.
    pub(crate) fn write(path: &std::path::Path, error: &dyn std::fmt::Display) -> Self {
        let path = path.display();
        Self::data(
            format!("无法写入 {path}：{error}；请检查文件夹是否存在、是否可写"),
            format!("failed to write {path}: {error}; check that the folder exists and can be written"),
        )
    }
}

/// No panic reaches a user as a backtrace: it is reported as ours, once, with where it was.
pub(crate) fn guard_against_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        let said = panic.payload_as_str().unwrap_or("no message");
        anstream::eprintln!(
            "zhidian: 程序内部错误，已停止，未改动任何文件。 a fault of ours, nothing was changed: {said} ({at})\n\
             请附上输入文件报告此问题 please report it with the input that caused it"
        );
    }));
}
