//! Microsoft Project's XML (MSPDI), read and written.
//!
//! The document is kept as a tree, so that what is not understood here is written back as it was.

use super::{
    plan::{
        Assignment, Calendar, FormatError, Hours, Link, LinkKind, Plan, Resource, Task, duration, minutes,
    },
    xml::{self, Element},
};

/// A document and what is understood of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Everything that stands in it.
    pub tree: Element,
    /// What is understood.
    pub plan: Plan,
}

/// Reads a document.
///
/// # Errors
/// When it is no XML, no MSPDI, or refused by [`xml::read`].
pub fn read(text: &str) -> Result<Document, FormatError> {
    let tree = xml::read(text).map_err(|error| FormatError(error.to_string()))?;
    if tree.local() != "Project" || (tree.get("Tasks").is_none() && tree.get("Calendars").is_none()) {
        return Err(FormatError(format!("<{}> is no project of MSPDI", tree.name)));
    }
    let plan = Plan {
        name: tree.text("Title").or_else(|| tree.text("Name")).unwrap_or_default(),
        tasks: within(&tree, "Tasks", "Task").map(task).collect(),
        links: within(&tree, "Tasks", "Task").flat_map(links).collect(),
        calendars: within(&tree, "Calendars", "Calendar").map(calendar).collect(),
        resources: within(&tree, "Resources", "Resource")
            .map(|resource| Resource {
                uid: resource.text("UID").unwrap_or_default(),
                name: resource.text("Name").unwrap_or_default(),
            })
            .collect(),
        assignments: within(&tree, "Assignments", "Assignment")
            .map(|assignment| Assignment {
                task: assignment.text("TaskUID").unwrap_or_default(),
                resource: assignment.text("ResourceUID").unwrap_or_default(),
            })
            .collect(),
    };
    Ok(Document { tree, plan })
}

fn within<'a>(tree: &'a Element, list: &'a str, item: &'a str) -> impl Iterator<Item = &'a Element> {
    tree.get(list).into_iter().flat_map(move |list| list.all(item))
}

fn task(task: &Element) -> Task {
    let is = |name: &str| task.text(name).is_some_and(|text| text == "1" || text == "true");
    Task {
        uid: task.text("UID").unwrap_or_default(),
        code: task.text("WBS").or_else(|| task.text("ID")).unwrap_or_default(),
        name: task.text("Name").unwrap_or_default(),
        start: task.text("Start"),
        finish: task.text("Finish"),
        minutes: task.text("Duration").and_then(|text| duration(&text)),
        done: task.text("PercentComplete").and_then(|text| text.parse::<f64>().ok()).map(|done| done / 100.0),
        summary: is("Summary"),
        milestone: is("Milestone"),
        calendar: task.text("CalendarUID").filter(|uid| uid != "-1"),
        cost: task.text("Cost"),
        baselines: task
            .all("Baseline")
            .map(|base| (base.text("Number").unwrap_or_default(), base.text("Start"), base.text("Finish")))
            .collect(),
    }
}

fn links(task: &Element) -> Vec<Link> {
    let to = task.text("UID").unwrap_or_default();
    let link = |link: &Element| {
        Some(Link {
            from: link.text("PredecessorUID")?,
            to: to.clone(),
            kind: match link.text("Type").as_deref() {
                Some("0") => LinkKind::FinishFinish,
                Some("2") => LinkKind::StartFinish,
                Some("3") => LinkKind::StartStart,
                _ => LinkKind::FinishStart,
            },
            // Tenths of a minute.
            lag_minutes: link.text("LinkLag").and_then(|lag| lag.parse::<i64>().ok()).unwrap_or(0) / 10,
        })
    };
    task.all("PredecessorLink").filter_map(link).collect()
}

fn calendar(calendar: &Element) -> Calendar {
    let mut out = Calendar {
        uid: calendar.text("UID").unwrap_or_default(),
        name: calendar.text("Name").unwrap_or_default(),
        base: calendar.text("BaseCalendarUID").filter(|uid| uid != "-1" && uid != "0"),
        ..Calendar::default()
    };
    for day in calendar.get("WeekDays").into_iter().flat_map(|days| days.all("WeekDay")) {
        let kind = day.text("DayType").and_then(|kind| kind.parse::<usize>().ok()).unwrap_or(0);
        match kind {
            1..=7 => out.week[kind - 1] = Some(hours(day)),
            _ => out.exceptions.extend(exception(day)),
        }
    }
    let exceptions = calendar.get("Exceptions").into_iter().flat_map(|list| list.all("Exception"));
    // Old files state exceptions among the days of the week as well.
    for exception in exceptions.filter_map(exception) {
        if !out.exceptions.contains(&exception) {
            out.exceptions.push(exception);
        }
    }
    out
}

fn hours(day: &Element) -> Hours {
    let times = day.get("WorkingTimes").into_iter().flat_map(|times| times.all("WorkingTime"));
    times
        .filter_map(|time| Some((minutes(&time.text("FromTime")?)?, minutes(&time.text("ToTime")?)?)))
        .collect()
}

fn exception(element: &Element) -> Option<(String, String, Hours)> {
    let period = element.get("TimePeriod")?;
    Some((period.text("FromDate")?, period.text("ToDate")?, hours(element)))
}

/// Writes a plan as a new document: what [`Plan`] holds and no more. A document that was read is written by its tree.
pub fn write(plan: &Plan) -> String {
    let text = |name: &str, text: String| Element::new(name, text);
    let flag = |is: bool| String::from(if is { "1" } else { "0" });
    let mut tasks = Vec::new();
    for (at, task) in plan.tasks.iter().enumerate() {
        let mut children = vec![
            text("UID", task.uid.clone()),
            text("ID", (at + 1).to_string()),
            text("Name", task.name.clone()),
            text("WBS", task.code.clone()),
        ];
        children.extend(task.start.iter().map(|start| text("Start", start.clone())));
        children.extend(task.finish.iter().map(|finish| text("Finish", finish.clone())));
        children.extend(
            task.minutes
                .iter()
                .map(|minutes| text("Duration", format!("PT{}H{}M0S", minutes / 60, minutes % 60))),
        );
        children.push(text("Milestone", flag(task.milestone)));
        children.push(text("Summary", flag(task.summary)));
        children.extend(task.done.iter().map(|done| text("PercentComplete", format!("{:.0}", done * 100.0))));
        children.extend(task.cost.iter().map(|cost| text("Cost", cost.clone())));
        children.extend(task.calendar.iter().map(|calendar| text("CalendarUID", calendar.clone())));
        for link in plan.links.iter().filter(|link| link.to == task.uid) {
            let kind = match link.kind {
                LinkKind::FinishFinish => "0",
                LinkKind::FinishStart => "1",
                LinkKind::StartFinish => "2",
                LinkKind::StartStart => "3",
            };
            children.push(Element::of(
                "PredecessorLink",
                vec![
                    text("PredecessorUID", link.from.clone()),
                    text("Type", kind.into()),
                    text("LinkLag", (link.lag_minutes * 10).to_string()),
                ],
            ));
        }
        for (number, start, finish) in &task.baselines {
            let mut base = vec![text("Number", number.clone())];
            base.extend(start.iter().map(|start| text("Start", start.clone())));
            base.extend(finish.iter().map(|finish| text("Finish", finish.clone())));
            children.push(Element::of("Baseline", base));
        }
        tasks.push(Element::of("Task", children));
    }
    let resources = plan.resources.iter().map(|resource| {
        Element::of("Resource", vec![text("UID", resource.uid.clone()), text("Name", resource.name.clone())])
    });
    let assignments = plan.assignments.iter().enumerate().map(|(at, assignment)| {
        Element::of(
            "Assignment",
            vec![
                text("UID", (at + 1).to_string()),
                text("TaskUID", assignment.task.clone()),
                text("ResourceUID", assignment.resource.clone()),
            ],
        )
    });
    let mut root = Element::of(
        "Project",
        vec![
            text("Title", plan.name.clone()),
            Element::of("Calendars", plan.calendars.iter().map(calendar_element).collect()),
            Element::of("Tasks", tasks),
            Element::of("Resources", resources.collect()),
            Element::of("Assignments", assignments.collect()),
        ],
    );
    root.attributes.push(("xmlns".into(), "http://schemas.microsoft.com/project".into()));
    root.to_xml()
}

fn calendar_element(calendar: &Calendar) -> Element {
    let text = |name: &str, text: String| Element::new(name, text);
    let clock = |minutes: u32| format!("{:02}:{:02}:00", minutes / 60 % 24, minutes % 60);
    let times = |hours: &Hours| {
        let one = |(from, to): &(u32, u32)| {
            Element::of("WorkingTime", vec![text("FromTime", clock(*from)), text("ToTime", clock(*to))])
        };
        Element::of("WorkingTimes", hours.iter().map(one).collect())
    };
    let working = |hours: &Hours| text("DayWorking", if hours.is_empty() { "0" } else { "1" }.into());
    let days = calendar.week.iter().enumerate().filter_map(|(day, hours)| {
        let hours = hours.as_ref()?;
        Some(Element::of(
            "WeekDay",
            vec![text("DayType", (day + 1).to_string()), working(hours), times(hours)],
        ))
    });
    let exceptions = calendar.exceptions.iter().map(|(from, to, hours)| {
        let period =
            Element::of("TimePeriod", vec![text("FromDate", from.clone()), text("ToDate", to.clone())]);
        Element::of("Exception", vec![period, working(hours), times(hours)])
    });
    Element::of(
        "Calendar",
        vec![
            text("UID", calendar.uid.clone()),
            text("Name", calendar.name.clone()),
            text("IsBaseCalendar", if calendar.base.is_none() { "1" } else { "0" }.into()),
            text("BaseCalendarUID", calendar.base.clone().unwrap_or_else(|| "-1".into())),
            Element::of("WeekDays", days.collect()),
            Element::of("Exceptions", exceptions.collect()),
        ],
    )
}
