//! What the user types.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::{net::IpAddr, path::PathBuf};

/// 支点：城市说了什么、知道什么，逐句对照。 What a city says beside what it knows, sentence by sentence.
#[derive(Debug, Parser)]
#[command(name = "zhidian", version, about, long_about = None, arg_required_else_help = true)]
#[command(
    after_help = "退出码 exit codes: 0 ok · 1 findings past a threshold you set · 2 usage · 3 data · 70 bug"
)]
pub(crate) struct Arguments {
    /// 语言 Language of messages and reports; by default that of LANG
    #[arg(long, global = true, value_enum)]
    pub(crate) lang: Option<Lang>,
    /// 不显示进度和提示 Say nothing on stderr but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// 简体中文
    Zh,
    /// English
    En,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// 读文稿、跑模型、逐句核对 Read, run and join: everything, with a report
    Assess(Assess),
    /// 在浏览器里看、查、改判 The same in the browser: the document is the dashboard
    Serve(Serve),
    /// 一篇文稿中的全部表述 One text → its statements
    Read(Read),
    /// 两个版本的表述有何不同 What two versions of a document state differently
    Diff(Diff),
    /// 这个数从何而来 Why is this number so: the tree of evidence down to rows
    Explain(Explain),
    /// 数据是否合格 Is the data well-formed: every problem with its place and remedy
    Check(Check),
    /// 情景会改变哪些结论 What would change under a scenario
    Compare(Compare),
    /// 新建资料夹 A new dossier with empty tables and their descriptions
    Init(Init),
    /// 各种 JSON 的结构 The schemas of the JSON that others may rely on
    Schema(Schema),
    /// 位次、多年最好、合成指数 Places, best since, composite indices, on a plain file
    Indicators(crate::commands::indicators::Indicators),
    /// 办件记录：统计、流程、时限、模拟 Logs of cases: counts, procedure, clock, simulation
    Approvals(Box<crate::commands::approvals::Approvals>),
    /// 船闸：模拟、通过能力、扩能时机、排闸、校准 Locks: waits, capacity, need, today's schedule, records
    Locks(crate::commands::locks::Locks),
    /// 项目：对账、进度、预测、选择、排程 Projects: check, progress, forecast, select, schedule
    Projects(crate::commands::projects::Projects),
}

#[derive(Debug, Args)]
pub(crate) struct Assess {
    /// 资料夹 Dossiers: folders that hold a datapackage.json
    #[arg(required = true, value_name = "DOSSIER")]
    pub(crate) dossiers: Vec<PathBuf>,
    /// 报告与核对表写入此处 Write the reports, the checklist and the JSON here
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// 结果以 JSON 输出 Print the assessment as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// 出现这些结论时以 1 退出 Exit with 1 when a statement comes to one of these
    #[arg(long, value_enum, value_delimiter = ',', value_name = "OUTCOME")]
    pub(crate) fail_on: Vec<Alarm>,
    /// 随机种子 The only source of randomness
    #[arg(long, default_value_t = 0)]
    pub(crate) seed: u64,
    /// 线程数 Threads that engines may use; by default all cores
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// 数据问题写入此文件（JSON Lines） Write the problems of the data here, as JSON Lines
    #[arg(long, value_name = "FILE")]
    pub(crate) problems: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Alarm {
    Contradicted,
    Disputed,
    Undecided,
    Missed,
    OffTrack,
    Incoherent,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// 资料夹 Dossiers: folders that hold a datapackage.json
    #[arg(required = true, value_name = "DOSSIER")]
    pub(crate) dossiers: Vec<PathBuf>,
    /// 端口；0 为任一空闲端口 The port; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 8642)]
    pub(crate) port: u16,
    /// 监听地址；他机可达的地址须设口令 The address to listen at; one that other machines can reach needs a token
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub(crate) host: IpAddr,
    /// 口令，至少16个字符 What a visitor must bring: at least 16 characters
    #[arg(long, value_name = "TOKEN")]
    pub(crate) token: Option<String>,
    /// 资料夹有变化时重新读取 Read the dossiers again when they change
    #[arg(long)]
    pub(crate) watch: bool,
    /// 不允许改判 Let nobody overrule an answer
    #[arg(long)]
    pub(crate) read_only: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Read {
    /// 文稿 A text: .txt, .md or .html (UTF-8, GB18030 or UTF-16), .docx, .pdf with a text layer
    pub(crate) file: PathBuf,
    /// 以 JSON Lines 输出 One JSON object a statement
    #[arg(long)]
    pub(crate) json: bool,
    /// 以 CSV 输出 One row a statement
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
    /// 以网页输出，标出表述 The text as a page, its statements marked
    #[arg(long, conflicts_with_all = ["json", "csv"])]
    pub(crate) html: bool,
    /// 未读出的句子及原因 What was not read, and why
    #[arg(long, conflicts_with_all = ["csv", "html"])]
    pub(crate) why: bool,
    #[command(flatten)]
    pub(crate) about: About,
}

/// What a text does not say of itself.
#[derive(Debug, Args)]
pub(crate) struct About {
    /// 文稿日期 Date of the text, for “this year”: 2021-03-06
    #[arg(long, alias = "date", value_name = "DATE")]
    pub(crate) dated: Option<String>,
    /// 文稿所述地区代码 The region it speaks of, by its GB/T 2260 code
    #[arg(long, value_name = "CODE")]
    pub(crate) region: Option<u32>,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// 旧版 The older version
    pub(crate) old: PathBuf,
    /// 新版 The newer version
    pub(crate) new: PathBuf,
    /// 以 JSON Lines 输出 One JSON object a difference
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) about: About,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// 表述、结果的编号，或模型名 Id of a statement or a finding, or the name of an engine
    pub(crate) id: String,
    /// 资料夹 Dossiers; by default the one here
    #[arg(value_name = "DOSSIER", default_value = ".")]
    pub(crate) dossiers: Vec<PathBuf>,
    /// 以 JSON 输出 Print the answer or finding as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// 资料夹 Dossiers
    #[arg(required = true, value_name = "DOSSIER")]
    pub(crate) dossiers: Vec<PathBuf>,
    /// 以 JSON Lines 输出 One JSON object a problem
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// 资料夹 Dossiers
    #[arg(required = true, value_name = "DOSSIER")]
    pub(crate) dossiers: Vec<PathBuf>,
    /// 情景 Name of a scenario
    #[arg(long, value_name = "NAME")]
    pub(crate) scenario: String,
    /// 以 JSON 输出 Print the difference as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// 名称，也是文件夹名 Its name, and the name of the folder
    pub(crate) name: String,
    /// 建在此处 Make it in this folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) at: PathBuf,
    /// 地区代码 The region it is about, by its GB/T 2260 code
    #[arg(long, value_name = "CODE")]
    pub(crate) region: Option<u32>,
    /// 标题 Its title; by default its name
    #[arg(long)]
    pub(crate) title: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// 哪一个；缺省为全部 Which one; by default all of them in one object
    #[arg(value_enum)]
    pub(crate) of: Option<SchemaOf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum SchemaOf {
    Assess,
    Problem,
    Options,
    /// 网页与接口 The API of `zhidian serve`
    Openapi,
}
