//! Construction permits in four stages (工程建设项目审批), made up: no city's register or log is behind them. Limits, materials and shares are
//! invented too, and every row names the origin `synthetic-permits`, which never decides a statement.

use zhidian_approvals::clock::{Calendar, Hours};
use zhidian_approvals::log::time::{DAY, SECOND, day_number, utc};
use zhidian_approvals::simulate::Random;

pub(crate) const CASES: usize = 400;
pub(crate) const SEED: u64 = 20_200_102;

/// A matter: its stage, name, limits by law and by promise in working days, what is reviewed, materials.
struct Matter {
    code: &'static str,
    stage: &'static str,
    name: &'static str,
    authority: &'static str,
    legal: u32,
    promised: u32,
    review: &'static [&'static str],
    materials: &'static [&'static str],
    /// Cases of a hundred that are looked at by experts, and that must be supplemented.
    experts: usize,
    supplemented: usize,
}

const PLANNING: &str = "自然资源和规划部门";
const HOUSING: &str = "住房和城乡建设部门";

const MATTERS: [Matter; 8] = [
    Matter {
        code: "X1-01",
        stage: "立项用地规划许可",
        name: "建设项目用地预审与选址意见书核发",
        authority: PLANNING,
        legal: 20,
        promised: 8,
        review: &["用地预审", "选址审查"],
        materials: &["申请表", "授权委托书", "项目依据文件", "用地范围图"],
        experts: 10,
        supplemented: 25,
    },
    Matter {
        code: "X1-02",
        stage: "立项用地规划许可",
        name: "建设用地规划许可证核发",
        authority: PLANNING,
        legal: 20,
        promised: 7,
        review: &["规划条件核对"],
        materials: &["申请表", "授权委托书", "项目批准文件", "用地范围图", "土地出让合同"],
        experts: 0,
        supplemented: 15,
    },
    Matter {
        code: "X2-01",
        stage: "工程建设许可",
        name: "建设工程设计方案审查",
        authority: PLANNING,
        legal: 20,
        promised: 10,
        review: &["方案审查", "征求部门意见"],
        materials: &["申请表", "授权委托书", "建设用地规划许可证", "设计方案图"],
        experts: 60,
        supplemented: 30,
    },
    Matter {
        code: "X2-02",
        stage: "工程建设许可",
        name: "建设工程规划许可证核发",
        authority: PLANNING,
        legal: 20,
        promised: 7,
        review: &["规划许可审查"],
        materials: &["申请表", "授权委托书", "建设用地规划许可证", "设计方案图", "不动产权证书"],
        experts: 0,
        supplemented: 20,
    },
    Matter {
        code: "X3-01",
        stage: "施工许可",
        name: "特殊建设工程消防设计审查",
        authority: HOUSING,
        legal: 15,
        promised: 8,
        review: &["消防设计审查"],
        materials: &["申请表", "授权委托书", "建设工程规划许可证", "消防设计文件"],
        experts: 35,
        supplemented: 30,
    },
    Matter {
        code: "X3-02",
        stage: "施工许可",
        name: "建筑工程施工许可证核发",
        authority: HOUSING,
        legal: 7,
        promised: 3,
        review: &["施工许可审查"],
        materials: &["申请表", "授权委托书", "建设工程规划许可证", "施工合同", "施工图审查合格书"],
        experts: 0,
        supplemented: 15,
    },
    Matter {
        code: "X4-01",
        stage: "竣工验收",
        name: "建设工程竣工联合验收",
        authority: HOUSING,
        legal: 20,
        promised: 9,
        review: &["现场核验", "征求部门意见"],
        materials: &["申请表", "授权委托书", "施工许可证", "竣工图", "工程质量监督报告"],
        experts: 0,
        supplemented: 35,
    },
    Matter {
        code: "X4-02",
        stage: "竣工验收",
        name: "特殊建设工程消防验收",
        authority: HOUSING,
        legal: 15,
        promised: 8,
        review: &["现场核验"],
        materials: &["申请表", "授权委托书", "施工许可证", "竣工图", "消防设计文件"],
        experts: 10,
        supplemented: 25,
    },
];

const ORIGIN: &str = "synthetic-permits";
const REGION: &str = "410700";

/// The register, one row a matter.
pub(crate) fn items() -> String {
    let mut out = "item,name,region,period,level,authority,kind,legal_limit,promised_limit,documents,visits,online,basis,materials,origin\n"
        .to_owned();
    for matter in &MATTERS {
        let Matter { code, stage, name, authority, legal, promised, materials, .. } = matter;
        out += &format!(
            "{code},{name},{REGION},2020,市级,{authority},行政许可（{stage}）,{legal},{promised},{},1,全程网办,,{},{ORIGIN}\n",
            materials.len(),
            materials.join(";")
        );
    }
    out
}

/// The log of a year, one row a step.
pub(crate) fn log(cases: usize, seed: u64) -> String {
    let (calendar, hours) = (Calendar::published(), Hours::new(&[(540, 720), (810, 1050)], 0).unwrap());
    let mut random = Random::new(seed, 0);
    let mut out = "case,item,region,activity,resource,start,end,outcome,origin\n".to_owned();
    let (first, days) = (day_number(2020, 1, 2), 260);
    let mut came: Vec<i64> =
        (0..cases).map(|_| first * DAY + random.below(days * DAY as usize) as i64).collect();
    came.sort_unstable();
    for (number, came) in came.into_iter().enumerate() {
        let matter = &MATTERS[random.below(MATTERS.len())];
        let case =
            Case { calendar: &calendar, hours: &hours, matter, id: format!("XX2020{:04}", number + 1) };
        case.write(came, &mut random, &mut out);
    }
    out
}

struct Case<'a> {
    calendar: &'a Calendar,
    hours: &'a Hours,
    matter: &'a Matter,
    id: String,
}

impl Case<'_> {
    fn write(&self, came: i64, random: &mut Random, out: &mut String) {
        let stage = self.matter.code.as_bytes()[1] - b'0';
        let window = format!("窗口{}", 1 + random.below(4));
        let reviewer = format!("审查岗{}", usize::from(stage) * 10 + 1 + random.below(3));
        let decider = format!("审批岗{stage}");
        // Steps with office hours waited before and worked on each, on the average.
        let mut steps: Vec<(&str, &str, f64, f64)> = vec![("受理", &window, 0.0, 0.4)];
        if random.below(100) < self.matter.supplemented {
            steps.push(("材料补正", &window, 12.0, 0.5));
        }
        steps.extend(self.matter.review.iter().map(|step| (*step, reviewer.as_str(), 7.0, 2.5)));
        if random.below(100) < self.matter.experts {
            steps.push(("专家评审", "评审专家", 10.0, 3.5));
        }
        steps.push(("审批决定", &decider, 4.0, 0.6));
        steps.push(("送达", &window, 2.0, 0.2));
        let mut at = came;
        let last = steps.len() - 1;
        for (number, (step, who, wait, work)) in steps.into_iter().enumerate() {
            let start = self.later(at, wait, random);
            let end = self.later(start, work, random);
            let outcome = if number == last { "准予" } else { "" };
            let minute = |micros: i64| utc(micros.div_euclid(60 * SECOND) * 60 * SECOND)[..16].to_owned();
            let Self { id, matter, .. } = self;
            *out += &format!(
                "{id},{},{REGION},{step},{who},{},{},{outcome},{ORIGIN}\n",
                matter.code,
                minute(start),
                minute(end)
            );
            at = end;
        }
    }

    /// So many office hours later, exponentially spread and cut at four times the mean.
    fn later(&self, at: i64, mean_hours: f64, random: &mut Random) -> i64 {
        let drawn = (-(1.0 - random.unit()).ln()).min(4.0) * mean_hours;
        let minutes = (drawn * 60.0) as i64 + 1;
        self.hours.after(self.calendar, at, minutes * 60 * SECOND).unwrap()
    }
}
