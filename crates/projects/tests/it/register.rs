//! Registers as offices keep them, good and bad.

use proptest::prelude::*;
use zhidian_projects::register::{Fault, Reading, Register, Source, Stage, read, read_into, reconcile};

fn load(text: &str) -> (Register, Vec<String>) {
    load_as(text.as_bytes(), &Reading::default())
}

fn load_as(bytes: &[u8], reading: &Reading) -> (Register, Vec<String>) {
    let (register, problems) = read("register.csv", bytes, reading);
    let told = problems.iter().map(|p| {
        format!(
            "{} {}{}",
            p.code,
            p.row.map_or(String::new(), |row| format!("{row} ")),
            p.column.clone().unwrap_or_default()
        )
    });
    (register, told.map(|text| text.trim().to_owned()).collect())
}

const PLAIN: &str = "新乡市重点项目月报,,,,,,,\n单位：万元,,,,,,,2026年10月\n\
项目代码,项目名称,项目单位,建设阶段,总投资,2026年度计划投资,开工时间,竣工时间\n\
2020-410700-65-03-000001,云计算中心,甲公司,续建,\"350,000\",12000,2020年3月,2027年底\n\
2020-410700-65-03-000002,细胞库,乙公司,新开工,28000,9000.5,2026/5/1,2028.6\n合计,,,,378000,21000.5,,\n";

#[test]
fn a_monthly_report_is_read() {
    let (register, problems) = load(PLAIN);
    assert_eq!(problems, Vec::<String>::new());
    let [first, second] = register.projects.as_slice() else { panic!("{} rows", register.projects.len()) };
    assert_eq!((first.total, first.plan_of(2026)), (Some(350_000_000_000), Some(12_000_000_000)));
    assert_eq!((first.stage, second.stage), (Some(Stage::Continuing), Some(Stage::NewStart)));
    assert_eq!(second.plan_of(2026), Some(9_000_500_000));
    assert_eq!(first.due.unwrap().to_string(), "2027-12-31");
    assert_eq!(second.due.unwrap().to_string(), "2028-06-30");
    let (totals, findings) = reconcile(&register);
    assert_eq!((totals.projects, totals.total, findings.len()), (2, 378_000_000_000, 0));
    let (gb, _, _) = encoding(PLAIN);
    assert_eq!(load_as(&gb, &Reading::default()), (register, problems), "GB18030 reads as UTF-8 does");
}

fn encoding(text: &str) -> (Vec<u8>, (), ()) {
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    (bytes.into_owned(), (), ())
}

#[test]
fn an_unknown_unit_is_a_problem_and_no_guess() {
    let text = "项目名称,总投资\n甲,350\n乙,2.5亿元\n";
    let (register, problems) = load(text);
    assert_eq!(problems, ["money.unit_unknown 1 总投资", "money.unit_differs 3 总投资"]);
    assert_eq!((register.projects[0].total, register.projects[1].total), (None, Some(25_000_000_000)));
    let reading = Reading { unit: Some("万元".into()), ..Reading::default() };
    let (register, _) = load_as(text.as_bytes(), &reading);
    assert_eq!(register.projects[0].total, Some(350_000_000));
}

#[test]
fn mixed_units_are_seen_by_their_size() {
    let rows: String = (0..20).map(|at| format!("P{at},{}\n", 20_000 + at * 3_000)).collect();
    let (register, problems) = load(&format!("项目名称,总投资（万元）\n{rows}混,3.5\n"));
    assert_eq!(problems, ["money.magnitude 22 总投资（万元）"]);
    assert_eq!(register.projects[20].total, Some(3_500_000), "nothing is converted silently");
}

#[test]
fn bad_cells_cost_a_cell_each() {
    let text = "项目代码,项目名称,总投资（万元）,开工时间,竣工时间,建设阶段\n\
        A1,甲,-5,2025-02-30,45717,停摆\nA2,乙,五千,03/04/2025,2025年3月,续建\n,,100,,,\nA3,丙,7,二〇二五年三月,2025-Q4,储备\n";
    let (register, problems) = load(text);
    assert_eq!(register.projects.len(), 3);
    assert_eq!(
        problems,
        [
            "money.negative 2 总投资（万元）",
            "date.malformed 2 开工时间",
            "date.serial 2 竣工时间",
            "stage.unknown 2 建设阶段",
            "money.malformed 3 总投资（万元）",
            "date.ambiguous 3 开工时间",
            "project.unnamed 4",
        ]
    );
    assert_eq!(register.projects[2].start.unwrap().to_string(), "2025-03-01");
}

#[test]
fn two_rows_of_header_are_one() {
    let text =
        "单位：万元,,,,\n项目名称,计划,,完成投资,\n,2026年1月,2026年2月,2026年1月,2026年2月\n甲,10,20,8,25\n";
    let (register, problems) = load(text);
    assert_eq!(problems, Vec::<String>::new());
    let project = &register.projects[0];
    assert_eq!(
        (project.planned.in_year(2026), project.earned.in_year(2026)),
        (Some(30_000_000), Some(33_000_000))
    );
}

#[test]
fn progress_joins_its_projects() {
    let (register, _) = load("code,name,invest_total（万元）\nA,甲,100\nB,乙,200\n");
    let rows = "code,period,planned_value（万元）,earned_value（万元）,actual_cost（万元）\nA,2026-01,10,8,9\nA,2026-02,10,12,11\nC,2026-01,1,1,1\nA,晚春,1,1,1\n";
    let (register, problems) = read_into(register, "progress.csv", rows.as_bytes(), &Reading::default());
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(codes, ["progress.no_project", "date.malformed", "progress.period"]);
    assert_eq!((register.projects.len(), register.projects[0].earned.in_year(2026)), (3, Some(20_000_000)));
}

#[test]
fn what_cannot_be_is_found() {
    let text = "项目代码,项目名称,总投资（万元）,2026年计划投资（万元）,累计完成投资（万元）,开工时间,竣工时间,前置项目\n\
        A,某工程,100,200,150,2026-01,2025-01,B\nB,某工程一期,40,,,,,A\nB,乙,40,,,,,Z\nC,某 工程,5,,,,,\n";
    let (register, problems) = load(text);
    assert_eq!(problems, Vec::<String>::new());
    let (totals, findings) = reconcile(&register);
    let faults: Vec<Fault> = findings.iter().map(|finding| finding.fault).collect();
    assert_eq!(
        faults,
        [
            Fault::DuplicateName,
            Fault::PhasesCountedTwice,
            Fault::EndsBeforeStart,
            Fault::YearOverTotal,
            Fault::DoneOverTotal,
            Fault::Circle,
            Fault::DuplicateCode,
            Fault::UnknownBefore,
        ]
    );
    assert_eq!((totals.projects, totals.distinct), (4, 1));
    assert_eq!(findings[5].found, "某工程 → 某工程一期", "the circle is named");
}

#[test]
fn a_mapping_file_names_odd_columns() {
    let reading = Reading::from_toml(
        "unit = \"亿元\"\nheader = 2\n[columns]\n\"盘子\" = \"invest_total\"\n\"谁\" = \"name\"\n",
    )
    .unwrap();
    let (register, problems) = load_as("闲话,闲话\n谁,盘子\n甲,3\n".as_bytes(), &reading);
    assert_eq!((register.projects[0].total, problems.len()), (Some(30_000_000_000), 0));
    assert!(Reading::from_toml("[columns]\n\"盘子\" = \"plate\"\n").unwrap_err().contains("plate"));
    assert!(Reading::from_toml("unit = \"brass\"").is_err());
}

#[test]
fn what_is_no_register_says_so() {
    assert_eq!(load("a,b\n1,2\n").1, ["register.no_header"]);
    assert_eq!(load("").1, ["register.no_header"]);
    assert_eq!(load_as(b"PK\x03\x04damaged", &Reading::default()).1, ["file.unreadable"]);
    assert_eq!(load_as(&[0xff, 0x00, 0x80, 0x81, 0xff], &Reading::default()).1.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let (register, _) = load_as(&bytes, &Reading::default());
        let _ = reconcile(&register);
    }

    #[test]
    fn any_cells_under_a_header_are_kept_or_told(
        rows in prop::collection::vec(prop::collection::vec("[0-9一二年月日./\\-亿万元A-C,;]{0,9}", 7), 0..12),
    ) {
        let mut text = String::from("项目代码,项目名称,总投资（万元）,2026年计划投资,开工时间,竣工时间,前置项目\n");
        for row in &rows {
            text += &row.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
            text.push('\n');
        }
        let (register, _) = load(&text);
        prop_assert!(register.projects.len() <= rows.len());
        let (totals, _) = reconcile(&register);
        prop_assert!(totals.distinct <= totals.projects);
    }
}

#[test]
fn a_stated_total_is_held_against_its_rows() {
    let text = "项目名称,总投资（万元）\n甲,100\n乙,200\n合计,350\n";
    let (register, problems) = load(text);
    assert_eq!(register.projects.len(), 2);
    assert_eq!(problems, ["register.total_differs 4 总投资（万元）"]);
}

#[test]
fn funds_are_told_by_source() {
    let text = "项目名称,总投资（万元）,资金来源合计（万元）,其中：国家预算资金（万元）,自筹资金（万元）,到位资金（万元）,自筹到位（万元）\n\
        甲,100,100,40,50,30,30\n乙,50,,20,30,,10\n";
    let (register, problems) = load(text);
    assert_eq!(problems, Vec::<String>::new());
    let (totals, findings) = reconcile(&register);
    assert_eq!((totals.funds, totals.funds_planned), (40_000_000, 150_000_000));
    assert_eq!(totals.by_source[&Source::Own], (80_000_000, 40_000_000));
    assert_eq!(findings.iter().map(|finding| finding.fault).collect::<Vec<_>>(), [Fault::FundsDisagree]);
}

#[test]
fn rows_may_state_their_unit() {
    let text = "code,name,invest_total,unit\nA,甲,100,万元\nB,乙,2,亿元\nC,丙,3,斤\nD,丁,4,\n";
    let whole = Reading { unit: Some("亿元".into()), ..Reading::default() };
    for (reading, last) in [(Reading::default(), None), (whole, Some(40_000_000_000))] {
        let (register, problems) = read("r.csv", text.as_bytes(), &reading);
        let totals: Vec<_> = register.projects.iter().map(|project| project.total).collect();
        assert_eq!(totals, [Some(100_000_000), Some(20_000_000_000), None, last]);
        let rows: Vec<_> = problems.iter().map(|problem| (problem.code.as_str(), problem.row)).collect();
        let unknown = |row| ("money.unit_unknown", Some(row));
        let expected = if last.is_none() { vec![unknown(4), unknown(5)] } else { vec![unknown(4)] };
        assert_eq!(rows, expected);
    }
}
