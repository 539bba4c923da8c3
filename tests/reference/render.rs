//! The world as people write it: standards, a log in CSV, a mapping, and a log as the engine takes it.

use std::fmt::{self, Display, Write};

use jiff::Timestamp;

use super::model::*;

/// The standards file.
pub fn standards(world: &World) -> String {
    let mut text = format!("service random {{\n  version \"1\"\n  timezone \"{}\"\n}}\n\n", world.zone);
    for (index, role) in ROLES.iter().enumerate() {
        let leads = index.checked_sub(1).map(|below| format!(" leads {}", ROLES[below])).unwrap_or_default();
        writeln!(text, "role {role}{leads}").unwrap();
    }
    for (index, calendar) in world.calendars.iter().enumerate() {
        text += &calendar_text(index, calendar);
    }
    text +=
        "\ncase {\n  priority: low < normal < high < urgent\n  vip: bool?\n  size: number?\n  promised: time?\n}\n\n";
    text += &Kind::ALL.map(|kind| event_text(world, kind)).concat();
    writeln!(text, "\nsegment special when {}", Whole(&world.special)).unwrap();
    for (index, period) in world.periods.iter().enumerate() {
        let spans = period.0.iter().map(|(first, last)| format!("{first}..{last}")).collect::<Vec<_>>();
        writeln!(text, "\nperiod d{index} {}", spans.join(", ")).unwrap();
    }
    for (index, exemption) in world.exemptions.iter().enumerate() {
        text += &exemption_text(index, exemption);
    }
    let standards = world.as_written().into_iter().map(|standard| standard_text(world, standard));
    text + &standards.collect::<String>()
}

fn event_text(world: &World, kind: Kind) -> String {
    let fields = match kind {
        Kind::Told => "to: role?",
        Kind::Granted => "fit: bool?, by: role?",
        _ if kind.has_leg() => "leg: text?, fit: bool?, deadline: time?",
        _ => "fit: bool?",
    };
    let trust = world.trust.iter().filter(|(told, _)| *told == kind);
    let trust = trust.map(|(_, condition)| format!(" from model trust when {}", Whole(condition)));
    format!("event {} {{ {fields} }}{}\n", kind.name(), trust.collect::<String>())
}

fn exemption_text(index: usize, exemption: &Exemption) -> String {
    let mut text = format!("\nexempt x{index} \"Force majeure\" {{\n");
    if let Some((from, to)) = exemption.window {
        writeln!(text, "  from {} to {}", edge_text(from), edge_text(to)).unwrap();
    }
    if let Some(condition) = &exemption.condition {
        writeln!(text, "  when {}", Whole(condition)).unwrap();
    }
    if !exemption.standards.is_empty() {
        let standards = exemption.standards.iter().map(|standard| STANDARDS[*standard]).collect::<Vec<_>>();
        writeln!(text, "  for {}", standards.join(", ")).unwrap();
    }
    text += if exemption.stops_the_clock { "  stop the clock\n" } else { "  excuse\n" };
    if let Some(proof) = exemption.proof {
        writeln!(text, "  proof {}", field_text(proof)).unwrap();
    }
    text + "}\n"
}

fn edge_text(edge: Edge) -> String {
    let minute = edge.minute.map(|minute| format!(" {}", time_of_day(minute))).unwrap_or_default();
    format!("{}{minute}", edge.date)
}

pub fn calendar_text(index: usize, calendar: &Calendar) -> String {
    let mut text = format!("\ncalendar c{index} {{\n  timezone \"{}\"\n", calendar.zone);
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    for (name, day) in names.iter().zip(&calendar.weekdays).filter(|(_, day)| !day.hours.is_empty()) {
        let not_working = if day.working { "" } else { " not a working day" };
        writeln!(text, "  {name} {}{not_working}", hours_text(&day.hours)).unwrap();
    }
    for date in &calendar.closed {
        writeln!(text, "  closed {date}").unwrap();
    }
    for (date, hours) in &calendar.opened {
        writeln!(text, "  opened {date} {}", hours_text(hours)).unwrap();
    }
    if let Some(after) = calendar.received_after {
        writeln!(text, "  received after {} counts as the next open day", time_of_day(after)).unwrap();
    }
    text + "}\n"
}

fn hours_text(hours: &[Hours]) -> String {
    let hours = hours.iter().map(|hours| format!("{}-{}", time_of_day(hours.opens), time_of_day(hours.closes)));
    hours.collect::<Vec<_>>().join(", ")
}

fn time_of_day(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn standard_text(world: &World, index: usize) -> String {
    let (standard, name) = (&world.standards[index], STANDARDS[index]);
    let mut text = format!("\nstandard {name} {{\n");
    let mut line = |words: String| writeln!(text, "  {words}").unwrap();
    if standard.per_leg {
        line("per leg".into());
    }
    if standard.first {
        line("first".into());
    }
    let delay = standard.delay.map(|delay| format!("{delay}m after ")).unwrap_or_default();
    line(format!("from {delay}{} to {}", triggers_text(&standard.starts), triggers_text(&standard.stops)));
    if !standard.cancels.is_empty() {
        line(format!("cancel on {}", triggers_text(&standard.cancels)));
    }
    for pause in &standard.pauses {
        line(format!("pause on {} resume on {}", triggers_text(&pause.on), triggers_text(&pause.resume)));
    }
    if !standard.restarts.is_empty() {
        line(format!("restart on {}", triggers_text(&standard.restarts)));
    }
    for extension in &standard.extensions {
        let how = if extension.another { "another" } else { "to" };
        let approved = extension.approved_by.map(|role| format!(", approved by {} or above", ROLES[role]));
        let (by, on) = (limit_text(extension.by), triggers_text(&extension.on));
        line(format!("extend {how} {by} on {on}{}", approved.unwrap_or_default()));
    }
    if let Some(reopen) = &standard.reopen {
        let within = reopen.within.map(|limit| format!(" within {}", limit_text(limit))).unwrap_or_default();
        line(format!("reopen on {}{within}", triggers_text(&reopen.on)));
    }
    for (calendar, condition) in &standard.counting {
        line(format!("counting c{calendar}{}", row(condition)));
    }
    if standard.hours_fixed {
        line("counting fixed at start".into());
    }
    for (promise, condition) in &standard.targets {
        let promise = match promise {
            Promise::Within(limit) => format!("within {}", limit_text(*limit)),
            Promise::AtOnce => "at once".into(),
            Promise::DueAtDeadline => "due at deadline".into(),
            Promise::DueAtPromised => "due at promised".into(),
            Promise::NoTarget => "no target".into(),
        };
        line(format!("{promise}{}", row(condition)));
    }
    if let Some(warn) = standard.warn {
        line(format!("warn at {warn}%"));
    }
    if standard.never_exempt {
        line("never exempt".into());
    }
    text += "}\n";
    if !standard.escalation.is_empty() {
        writeln!(text, "\nescalate {name}, seen as told {{").unwrap();
        for level in &standard.escalation {
            let (to, within) = (ROLES[level.role], limit_text(level.within));
            writeln!(text, "  at {}% to {to} within {within}", level.percent).unwrap();
        }
        text += "}\n";
    }
    text
}

/// A single row needs no `otherwise`, but may have one.
fn row(condition: &Option<Condition>) -> String {
    condition.as_ref().map_or_else(|| " otherwise".into(), |condition| format!(" when {}", Whole(condition)))
}

pub fn limit_text(limit: Limit) -> String {
    match limit {
        Limit::Exact(minutes) => format!("{minutes}m"),
        Limit::WorkingDays(days) => format!("{days} working days"),
        Limit::CalendarDays(days, None) => format!("{days} calendar days"),
        Limit::CalendarDays(days, Some(calendar)) => {
            format!("{days} calendar days moved to the next open day of c{calendar}")
        }
    }
}

fn triggers_text(triggers: &[Trigger]) -> String {
    let triggers = triggers.iter().map(|trigger| match &trigger.filter {
        Some(filter) => format!("{} where ({})", what_text(trigger.on), Whole(filter)),
        None => what_text(trigger.on),
    });
    triggers.collect::<Vec<_>>().join(" or ")
}

fn what_text(what: What) -> String {
    match what {
        What::Logged(kind) => kind.name().into(),
        What::Breach(standard) => format!("breach of {}", STANDARDS[standard]),
        What::Reached(standard, percent) => format!("{} at {percent}%", STANDARDS[standard]),
        What::Met(standard) => format!("{} met", STANDARDS[standard]),
    }
}

/// A condition as a whole: parts that are conditions of their own are put in parentheses.
struct Whole<'a>(&'a Condition);

impl Display for Whole<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Condition::All(parts) => joined(parts, " and ", f),
            Condition::Any(parts) => joined(parts, " or ", f),
            Condition::Not(inner) => write!(f, "not ({})", Whole(inner)),
            Condition::Special => f.write_str("special"),
            Condition::StartedIn(period) => write!(f, "started in d{period}"),
            Condition::Test(field, test) => test_text(*field, *test, f),
        }
    }
}

fn joined(parts: &[Condition], word: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let parts: Vec<String> = parts.iter().map(|part| format!("({})", Whole(part))).collect();
    f.write_str(&parts.join(word))
}

fn test_text(field: Field, test: Test, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let value = |value: i64| match field {
        Field::Priority => PRIORITIES[usize::try_from(value).unwrap()].to_owned(),
        Field::Size => value.to_string(),
        Field::Vip | Field::Fit | Field::FitOfNoted => (value == 1).to_string(),
    };
    write!(f, "{} ", field_text(field))?;
    match test {
        Test::Known => f.write_str("is known"),
        Test::Unknown => f.write_str("is unknown"),
        Test::Is(one) => write!(f, "is {}", value(one)),
        Test::IsNot(one) => write!(f, "is not {}", value(one)),
        Test::AtLeast(one) => write!(f, "is at least {}", value(one)),
        Test::AtMost(one) => write!(f, "is at most {}", value(one)),
        Test::MoreThan(one) => write!(f, "is more than {}", value(one)),
        Test::LessThan(one) => write!(f, "is less than {}", value(one)),
        Test::In(one, other) => write!(f, "in ({}, {})", value(one), value(other)),
        Test::NotIn(one, other) => write!(f, "not in ({}, {})", value(one), value(other)),
    }
}

fn field_text(field: Field) -> &'static str {
    match field {
        Field::Priority => "priority",
        Field::Vip => "vip",
        Field::Size => "size",
        Field::Fit => "fit",
        Field::FitOfNoted => "fit of noted",
    }
}

/// The mapping of [`csv`].
pub const MAPPING: &str =
    "format: csv\ntimezone: UTC\ncase: case\nevent: event\ntime: time\nactor: actor\nrole: role\n";

/// The log as a file.
pub fn csv(world: &World) -> String {
    let mut text = String::from("case,event,time,leg,fit,deadline,priority,vip,size,promised,to,by,actor,role\n");
    let yes = |value: Value| value.map(|value| value == 1);
    for (case, event) in world.log() {
        let (own, fields) = (event.own, event.case);
        let named = |kind| event.role.filter(|_| event.kind == kind).map(|role| ROLES[role]);
        let cells = [
            format!("case-{case}"),
            event.kind.name().into(),
            timestamp(event.at),
            cell(own.leg),
            cell(yes(own.fit)),
            cell(own.deadline.map(timestamp)),
            cell(fields.priority.map(|value| PRIORITIES[usize::try_from(value).unwrap()])),
            cell(yes(fields.vip)),
            cell(fields.size),
            cell(fields.promised.map(timestamp)),
            cell(named(Kind::Told)),
            cell(named(Kind::Granted)),
            cell(event.acted_as.map(person)),
            cell(event.acted_as.map(|role| ROLES[role])),
        ];
        writeln!(text, "{}", cells.join(",")).unwrap();
    }
    text
}

/// Whoever acts in a role.
pub fn person(role: usize) -> String {
    format!("person-{role}")
}

fn cell(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

pub fn timestamp(minute: Minute) -> String {
    Timestamp::from_second(minute * 60).unwrap().to_string()
}

impl World {
    /// The events of all cases in the order of time; ties in the order of the cases.
    pub fn log(&self) -> Vec<(usize, &Event)> {
        let cases = self.cases.iter().enumerate();
        let mut log: Vec<_> = cases.flat_map(|(case, events)| events.iter().map(move |event| (case, event))).collect();
        log.sort_by_key(|(_, event)| event.at);
        log
    }
}

/// A world that fails a test is shown as a person would write it.
impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let as_of = self.as_of.map_or_else(|| "the last event".to_owned(), timestamp);
        write!(f, "\n{}\n{}as of {as_of}\n", standards(self), csv(self))
    }
}
