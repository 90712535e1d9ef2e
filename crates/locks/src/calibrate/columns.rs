//! Which column of a table of records is which, by the names offices give them.

/// What a column of records may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Arrival,
    Start,
    End,
    Direction,
    Ship,
    Chamber,
    Date,
    Wait,
    Duration,
    Length,
    Beam,
    Deadweight,
    Cargo,
}

impl Column {
    pub(super) const ALL: [Self; 13] = [
        Self::Arrival,
        Self::Start,
        Self::End,
        Self::Direction,
        Self::Ship,
        Self::Chamber,
        Self::Date,
        Self::Wait,
        Self::Duration,
        Self::Length,
        Self::Beam,
        Self::Deadweight,
        Self::Cargo,
    ];

    /// What it is called here.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Arrival => "arrival",
            Self::Start => "start",
            Self::End => "end",
            Self::Direction => "direction",
            Self::Ship => "ship",
            Self::Chamber => "chamber",
            Self::Date => "date",
            Self::Wait => "wait",
            Self::Duration => "duration",
            Self::Length => "length",
            Self::Beam => "beam",
            Self::Deadweight => "deadweight",
            Self::Cargo => "cargo",
        }
    }

    /// Names it goes by, lower case and without gaps, the surest first.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Arrival => &[
                "arrival",
                "arrived",
                "arrivaltime",
                "arrivaldate",
                "arrivaldatetime",
                "arrivalatlock",
                "timeofarrival",
                "arrivaldt",
                "arr",
                "arrtime",
                "ata",
                "eta",
                "queuestart",
                "登记时间",
                "到锚时间",
                "到达时间",
                "到港时间",
                "到达锚地时间",
                "抵锚时间",
                "抵达时间",
                "到船时间",
                "到闸时间",
                "申报时间",
                "报到时间",
                "到达",
                "到锚",
            ],
            Self::Start => &[
                "start",
                "started",
                "entered",
                "entry",
                "entrytime",
                "starttime",
                "startoflockage",
                "lockagestart",
                "startlockage",
                "soldate",
                "sol",
                "begin",
                "begintime",
                "lockin",
                "chamberentry",
                "servicestart",
                "进闸时间",
                "入闸时间",
                "开始时间",
                "进闸",
                "入闸",
                "过闸开始时间",
                "开闸时间",
                "开始过闸时间",
                "进闸开始时间",
                "闸次开始时间",
            ],
            Self::End => &[
                "end",
                "ended",
                "left",
                "exit",
                "exittime",
                "departure",
                "departuretime",
                "departed",
                "endtime",
                "endoflockage",
                "lockageend",
                "endlockage",
                "eoldate",
                "eol",
                "lockout",
                "serviceend",
                "finish",
                "atd",
                "出闸时间",
                "结束时间",
                "出闸",
                "离闸时间",
                "过闸结束时间",
                "出闸结束时间",
                "完成时间",
                "闸次结束时间",
            ],
            Self::Direction => &[
                "direction",
                "dir",
                "side",
                "bound",
                "heading",
                "traveldirection",
                "updown",
                "方向",
                "航向",
                "上下行",
                "过闸方向",
                "航行方向",
                "上行下行",
                "上下水",
            ],
            Self::Ship => &[
                "ship",
                "vessel",
                "vesselname",
                "shipname",
                "vesselno",
                "vesselid",
                "shipid",
                "mmsi",
                "imo",
                "eni",
                "name",
                "id",
                "船舶",
                "船名",
                "船舶名称",
                "船号",
                "船舶编号",
                "船舶识别号",
            ],
            Self::Chamber => &[
                "chamber",
                "chamberid",
                "chamberno",
                "chambernumber",
                "line",
                "lockchamber",
                "闸室",
                "线别",
                "闸室号",
                "线",
                "船闸线别",
                "闸号",
            ],
            Self::Date => &["date", "day", "日期", "过闸日期", "到达日期"],
            Self::Wait => &[
                "wait",
                "waiting",
                "waitingtime",
                "delay",
                "delaytime",
                "waittime",
                "等待时间",
                "待闸时间",
                "候闸时间",
                "待闸时长",
                "等待时长",
            ],
            Self::Duration => &[
                "duration",
                "lockagetime",
                "processingtime",
                "servicetime",
                "passagetime",
                "过闸时长",
                "过闸用时",
                "过闸历时",
            ],
            Self::Length => {
                &["length", "loa", "vessellength", "shiplength", "船长", "总长", "船舶长度", "船舶总长"]
            }
            Self::Beam => {
                &["beam", "width", "vesselwidth", "breadth", "shipbeam", "船宽", "型宽", "船舶宽度", "总宽"]
            }
            Self::Deadweight => {
                &["deadweight", "dwt", "capacity", "核载", "核载量", "载重吨", "核定载重", "参考载货量"]
            }
            Self::Cargo => &[
                "cargo",
                "load",
                "tonnes",
                "tons",
                "cargotonnes",
                "载货量",
                "实载",
                "实载量",
                "货运量",
                "实际载货量",
            ],
        }
    }
}

/// A column found, and what a plain number in it counts: minutes, hours, seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub at: usize,
    pub minutes: f64,
}

/// The name without gaps, and without the unit it ends in: `Arrival Time (h)` is `arrivaltime` in hours.
fn plain(header: &str) -> (String, f64) {
    let text = header
        .trim_start_matches('\u{feff}')
        .trim()
        .trim_matches('"')
        .to_lowercase()
        .replace(['（', '）'], "(");
    let (name, unit) = match text.split_once(['(', '[', '/']) {
        Some((name, unit)) => (name.to_owned(), unit.trim_end_matches([')', ']', '(']).trim().to_owned()),
        None => {
            let last = text.rsplit(['_', ' ']).next().unwrap_or_default();
            let known = [
                "h", "hr", "hrs", "hours", "min", "mins", "minutes", "s", "sec", "secs", "seconds", "m", "t",
            ];
            match known.contains(&last) && last.len() < text.len() {
                true => (text[..text.len() - last.len()].to_owned(), last.to_owned()),
                false => (text.clone(), String::new()),
            }
        }
    };
    let minutes = match unit.as_str() {
        "h" | "hr" | "hrs" | "hour" | "hours" | "小时" | "时" => 60.0,
        "s" | "sec" | "secs" | "second" | "seconds" | "秒" => 1.0 / 60.0,
        "d" | "day" | "days" | "天" => 1_440.0,
        _ => 1.0,
    };
    (name.chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '.')).collect(), minutes)
}

/// Where each column stands. A column is taken once, by the surest of its names.
pub(super) fn find(header: &[String]) -> Vec<(Column, Found)> {
    let names: Vec<(String, f64)> = header.iter().map(|name| plain(name)).collect();
    let mut found: Vec<(Column, Found)> = vec![];
    for column in Column::ALL {
        let place = column.names().iter().find_map(|known| names.iter().position(|(name, _)| name == known));
        if let Some(at) = place.filter(|at| found.iter().all(|(_, other)| other.at != *at)) {
            found.push((column, Found { at, minutes: names[at].1 }));
        }
    }
    found
}
