//! Schedules of other programs.

use crate::oracles;
use proptest::prelude::*;
use zhidian_projects::{
    formats::{
        self, Calendar, Link, LinkKind, Plan, Task, mspdi, primavera,
        register::{add_to, to_instance, to_plan},
        workbook, xml,
    },
    register::{Month, Reading, Register, read, read_into},
    schedule::{Options, solve},
};

fn sample(name: &str) -> Option<String> {
    let bytes = std::fs::read(oracles::folder()?.join("samples").join(name)).unwrap();
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[test]
fn samples_of_mspdi_are_written_back_as_they_were() {
    for name in ["baselines.xml", "calendar-calendars-project2019-mspdi.xml"] {
        let Some(text) = sample(name) else { return };
        let document = mspdi::read(&text).unwrap();
        let again = mspdi::read(&document.tree.to_xml()).unwrap();
        assert_eq!(again, document, "{name}");
        assert!(!document.plan.calendars.is_empty(), "{name}");
        // What is understood survives a new document too.
        let written = mspdi::read(&mspdi::write(&document.plan)).unwrap().plan;
        assert_eq!(
            (&written.calendars, &written.links),
            (&document.plan.calendars, &document.plan.links),
            "{name}"
        );
        assert_eq!(written.resources, document.plan.resources, "{name}");
        for (ours, theirs) in written.tasks.iter().zip(&document.plan.tasks) {
            assert_eq!(
                (&ours.uid, &ours.name, &ours.start, &ours.minutes),
                (&theirs.uid, &theirs.name, &theirs.start, &theirs.minutes)
            );
            assert_eq!(ours.baselines, theirs.baselines);
        }
    }
}

#[test]
fn both_formats_of_primavera_give_the_same_kind_of_plan() {
    let Some(xer) = sample("PredecessorCalendar.xer") else { return };
    let pmxml = sample("PredecessorCalendar.xml").unwrap();
    let (xer, pmxml) = (primavera::read_xer(&xer).unwrap(), primavera::read_pmxml(&pmxml).unwrap());
    let tasks = |plan: &Plan| -> Vec<(String, String)> {
        plan.tasks.iter().map(|task| (task.code.clone(), task.name.clone())).collect()
    };
    assert_eq!(tasks(&xer), tasks(&pmxml));
    assert_eq!(xer.links, pmxml.links);
    assert_eq!((xer.calendars.len(), pmxml.calendars.len()), (1, 1));
    let working = |calendar: &Calendar| {
        calendar.week.each_ref().map(|day| day.as_ref().is_some_and(|hours| !hours.is_empty()))
    };
    assert_eq!(working(&xer.calendars[0]), working(&pmxml.calendars[0]));
    assert_eq!(xer.calendars[0].week[1], Some(vec![(480, 720), (780, 1020)]));
    assert_eq!(pmxml.calendars[0].week[1], Some(vec![(420, 720), (750, 930)]));
    assert_eq!(xer.calendars[0].exceptions.len(), 14);
    assert_eq!(xer.calendars[0].exceptions[0].0, "2019-07-04");
}

#[test]
fn entities_and_cut_files_are_refused() {
    let bomb = "<!DOCTYPE a [<!ENTITY b \"x\">]><a>&b;</a>";
    assert!(xml::read(bomb).unwrap_err().what.contains("document type"));
    assert!(xml::read("<a>&b;</a>").unwrap_err().what.contains("&b;"));
    assert!(xml::read("<a><b>").unwrap_err().what.contains("ends"));
    assert!(xml::read(&"<a>".repeat(100)).unwrap_err().what.contains("levels"));
    assert_eq!(xml::read("<a>&lt;&#x4e2d;&amp;</a>").unwrap().own_text(), "<中&");
    assert!(primavera::read_xer("ERMHDR\t8\n%T\tTASK\n%F\ta\n%R\t1\n").unwrap_err().0.contains("%E"));
    assert!(primavera::read_xer("%T\tTASK\n%E").is_err());
    assert!(formats::read("nothing").is_err());
    assert!(mspdi::read("<Project/>").is_err());
}

#[test]
fn a_plan_in_chinese_is_written_and_read_back() {
    let task = |uid: &str, name: &str| Task {
        uid: uid.into(),
        code: uid.into(),
        name: name.into(),
        minutes: Some(485),
        ..Task::default()
    };
    let plan = Plan {
        name: "沿黄生态带 <一期> & 二期".into(),
        tasks: vec![task("1", "桩基"), task("2", "主体")],
        links: vec![Link { from: "1".into(), to: "2".into(), kind: LinkKind::StartStart, lag_minutes: -90 }],
        calendars: vec![Calendar {
            uid: "1".into(),
            name: "标准".into(),
            week: [None, Some(vec![(480, 720)]), None, None, None, None, Some(vec![])],
            exceptions: vec![("2026-10-01T00:00:00".into(), "2026-10-07T23:59:00".into(), vec![])],
            base: None,
        }],
        ..Plan::default()
    };
    let mut read = mspdi::read(&mspdi::write(&plan)).unwrap().plan;
    read.tasks.iter_mut().for_each(|task| task.done = None);
    assert_eq!(read, plan);
}

#[test]
fn a_register_written_as_a_workbook_reads_back() {
    let text = "项目代码,项目名称,建设阶段,总投资（万元）,2026年计划投资（万元）,2025年完成投资（万元）,开工时间,竣工时间,前置项目,所属项目,\
        关键节点,所需资源,国内贷款（万元）,自筹到位（万元）,2026-01计划（万元）,2026-01完成投资（万元）\n\
        A,甲（一期）,续建,1234.56,100,90,2025-03-01,2027-12-31,,总,桩基 2026-03；封顶：2026年8月,塔吊2台；班组 3,500,120.5,10,9.5\n\
        B,乙,储备,88,,,,,A,,,,,,,\n";
    let (register, problems) = read("r.csv", text.as_bytes(), &Reading::default());
    assert_eq!(problems, []);
    let bytes = workbook::write(&register).unwrap();
    let (again, problems) = read("r.xlsx", bytes.as_slice(), &Reading::default());
    assert_eq!(problems, []);
    assert_eq!(again.projects, register.projects);
    assert_eq!(register.projects[0].milestones[1].due.to_string(), "2026-08-31");
    assert_eq!(register.projects[0].needs, [("塔吊".into(), 2), ("班组".into(), 3)]);
    assert_eq!(register.projects[0].funds_in_place(), Some(120_500_000));
}

#[test]
fn the_form_of_a_monthly_report_reads_back_into_its_register() {
    let list = "code,name,invest_total（万元）,2026-03计划（万元）\nA,甲,100,10\nB,乙,200,20\n";
    let (register, _) = read("r.csv", list.as_bytes(), &Reading::default());
    let form = workbook::monthly_report(&register, Month::new(2026, 3)).unwrap();
    let (joined, problems) = read_into(register.clone(), "form.xlsx", form.as_slice(), &Reading::default());
    assert_eq!(problems, []);
    assert_eq!(joined.projects, register.projects, "an empty form says nothing new");
}

#[test]
fn a_schedule_becomes_a_register_and_a_register_a_schedule() {
    let text = "code,name,invest_total（万元）,累计完成投资（万元）,start,due,before,needs\n\
        A,甲,100,25,2026-01-01,2026-01-10,,班组 2\nB,乙,200,,2026-02-01,2026-02-28,A,\n";
    let (register, problems) = read("r.csv", text.as_bytes(), &Reading::default());
    assert_eq!(problems, []);
    let plan = mspdi::read(&mspdi::write(&to_plan(&register, "组合"))).unwrap().plan;
    let mut again = Register::default();
    add_to(&mut again, &plan, "plan.xml");
    for (ours, theirs) in again.projects.iter().zip(&register.projects) {
        assert_eq!((&ours.code, &ours.name, ours.total), (&theirs.code, &theirs.name, theirs.total));
        assert_eq!((ours.start, ours.due, &ours.before), (theirs.start, theirs.due, &theirs.before));
    }
    assert_eq!(again.projects[0].done, Some(25_000_000));
    let (instance, left_out) = to_instance(&plan);
    assert_eq!((instance.critical_path(), left_out.len()), (38, 0));
}

#[test]
fn every_kind_of_link_is_kept_when_scheduling() {
    let ends = |days: [i64; 2], kind, lag_days: f64| {
        let task = |uid: &str, days: i64| Task {
            uid: uid.into(),
            name: uid.into(),
            minutes: Some(days * 480),
            ..Task::default()
        };
        let link =
            Link { from: "a".into(), to: "b".into(), kind, lag_minutes: (lag_days * 480.0).round() as i64 };
        let plan = Plan {
            tasks: vec![task("a", days[0]), task("b", days[1])],
            links: vec![link],
            ..Plan::default()
        };
        let (instance, left_out) = to_instance(&plan);
        assert!(left_out.is_empty());
        let solution = solve(&instance, &Options::default(), 1, &|| false).unwrap();
        let schedule = solution.schedule.unwrap();
        assert_eq!(instance.verify(&schedule), Ok(()));
        assert_eq!((schedule.makespan, solution.proven), (instance.critical_path(), true));
        schedule.makespan
    };
    assert_eq!(ends([3, 5], LinkKind::FinishStart, 0.0), 8);
    assert_eq!(ends([3, 5], LinkKind::FinishStart, -2.0), 6, "they overlap by two days");
    assert_eq!(ends([3, 5], LinkKind::StartStart, 1.0), 6);
    assert_eq!(ends([10, 2], LinkKind::FinishFinish, 1.0), 11);
    assert_eq!(ends([10, 2], LinkKind::StartStart, 0.0), 10, "the first ends last");
    assert_eq!(ends([1, 2], LinkKind::StartFinish, 4.0), 4);
    assert_eq!(ends([3, 5], LinkKind::FinishStart, 0.25), 9, "a part of a day is waited for as a whole one");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]
    #[test]
    fn any_text_is_read_or_refused(text in "[<>/!&;a-dTaskProjectUID%RF\\t\\n()|0-9 \"=]{0,160}") {
        let _ = formats::read(&text);
        let _ = formats::read(&format!("ERMHDR\t8\n%T\tCALENDAR\n%F\tclndr_data\n%R\t{text}\n%E\n"));
        let _ = formats::read(&format!("<Project><Tasks><Task>{text}</Task></Tasks></Project>"));
    }
}
