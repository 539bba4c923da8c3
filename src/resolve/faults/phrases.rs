//! Phrases that several faults share.

use crate::diagnostic::Words;

/// What follows for people when a declaration lacks something.
pub fn without(what: &str) -> &'static str {
    match what {
        "target" => "no customer is promised a time",
        "clock" => "nothing is measured, and no customer is promised anything",
        "measure" => "nothing is promised",
        "touchpoints" => "nobody knows which way a customer goes",
        "end" => "nobody knows what a customer sees last",
        "sentence that says what must happen" => "nobody is told what to do",
        "kind" => "nobody knows what to improve",
        "condition" => "it would take the blame for every breach",
        "effect" => "nobody knows what becomes of the cases that it is for",
        "window of time or condition" => "it would excuse every case",
        "event of asking" => "nobody sees who waits for an answer",
        "event of granting" => "an approved act could not be told from one that nobody approved",
        "level" => "nobody is ever told",
        "offer" => "nobody knows what to do for the customer",
        "party" => "nobody knows which cases are one customer's",
        "time zone" => "nobody knows when a day ends",
        "open hours" => "its clocks would never run",
        "line of points" => "nothing could be scored",
        "pass mark" => "nobody knows what is good enough",
        _ => "it cannot be used",
    }
}

/// What follows for people when things go round.
pub fn of_a_circle(what: &str) -> &'static str {
    match what {
        "roles lead each other" => "nobody is left to turn to",
        "segments use each other" => "nobody could say who belongs to them",
        "standards wait for each other" => "none of them ever starts",
        _ => "none of them can be read first",
    }
}

/// Unknown.
pub fn unknown(kind: &str, name: &str, suggestion: Option<&str>, is_a: Option<&str>) -> Words {
    let help = match (suggestion, is_a) {
        (_, Some(other)) => Some(format!("`{name}` is {}; here {} is meant", with_article(other), with_article(kind))),
        (Some(suggestion), None) => Some(format!("did you mean `{suggestion}`?")),
        (None, None) => declare(kind, name),
    };
    Words {
        message: format!("there is no {kind} called `{name}`{}", follows_for_want_of(kind)),
        label: "not declared".into(),
        help,
        ..Words::default()
    }
}

/// What it means for people that nothing of this kind has the name.
pub fn follows_for_want_of(kind: &str) -> &'static str {
    match kind {
        "event" => ": what waits for it would wait for ever",
        "role" => ": nobody has that post",
        "calendar" => ": no hours can be counted on it",
        "period" => ": no day lies in it",
        "touchpoint or moment" | "touchpoint" | "moment" => ": no customer ever comes there",
        "promise" | "standard" | "behaviour" | "level" | "scorecard" => ": nobody is promised it",
        "action" => ": nobody can do it",
        "cause" => ": no breach is explained by it",
        "remedy" => ": no customer is offered it",
        "segment or field" | "field of the case" => ": whom it means cannot be told",
        _ => "",
    }
}

/// With article.
pub fn with_article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {kind}")
}

/// Declare.
pub fn declare(kind: &str, name: &str) -> Option<String> {
    Some(match kind {
        "event" => format!("declare it: `event {name}`"),
        "role" => format!("declare it: `role {name}`"),
        "calendar" => format!("declare it: `calendar {name} {{ mon..fri 09:00-18:00 }}`"),
        "touchpoint or moment" => format!("declare it: `touchpoint {name} {{ stage use }}`"),
        "touchpoint" => format!("declare it: `touchpoint {name} {{ stage use }}`"),
        "cause" => format!("declare it: `cause {name} for STANDARD {{ kind process  when handovers is at least 2 }}`"),
        "action" => format!("declare it: `action {name} is EVENT costs FIELD`"),
        "segment or field" | "field of the case" => format!("declare it in `case {{ … }}`: `{name}: text`"),
        _ => return None,
    })
}

/// Plural.
pub fn plural(kind: &str) -> String {
    match kind {
        "touchpoint or moment" => "places".into(),
        "remedy" => "remedies".into(),
        other => format!("{other}s"),
    }
}

/// Quoted.
pub fn quoted(names: &[String], between: &str) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(between)
}

/// A type with its article: "a number", "a choice of low < high".
pub fn type_in_words(kind: &str) -> String {
    match kind {
        "bool" => "a yes or no".into(),
        "money" => "an amount of money".into(),
        "text" | "number" | "duration" | "time" | "date" | "role" => format!("a {kind}"),
        list if list.contains('<') || list.starts_with("one of") => {
            format!("a choice of {}", list.trim_start_matches("one of "))
        }
        range => format!("a number in {range}"),
    }
}
