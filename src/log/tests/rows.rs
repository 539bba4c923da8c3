//! Rows become events.

use jiff::civil::date;

use super::{PLAIN, read_csv, read_ndjson, story, try_read};

use crate::calendar::Instant;
use crate::vocabulary::{Reading, Value};

fn with(more: &str) -> String {
    format!("{PLAIN}{more}")
}

fn at(text: &str) -> Instant {
    Instant::from_timestamp(text.parse().unwrap())
}

#[test]
fn events_come_in_the_order_of_time_and_then_of_the_file() {
    let log = read_csv(
        PLAIN,
        "id,what,at\n\
         B,ticket.closed,2026-01-02 10:00\n\
         A,ticket.opened,2026-01-01 10:00\n\
         B,ticket.opened,2026-01-01 10:00\n",
    );
    assert_eq!(story(&log), ["A ticket.opened@3", "B ticket.opened@4", "B ticket.closed@2"]);
    assert_eq!(log.cases, ["A".into(), "B".into()]);
}

#[test]
fn names_of_the_log_lead_to_events_of_the_standards() {
    let yaml = with("events:\n  Open: ticket.opened\n  Done: [ticket.resolved, ticket.closed]\nignore: Note\n");
    let log = read_csv(
        &yaml,
        "id,what,at\n1,Open,2026-01-01\n1,Done,2026-01-02\n1,Note,2026-01-02\n1,Call,2026-01-03\n1,Call,2026-01-03\n",
    );
    assert_eq!(story(&log), ["1 ticket.opened@2", "1 ticket.resolved@3", "1 ticket.closed@3"]);
    assert_eq!(log.intake.rows_mapped, 2);
    assert_eq!(log.intake.ignored.get("Note"), Some(&1));
    assert_eq!(log.intake.unknown_events["Call"].count, 2);
    assert_eq!(log.intake.place(log.intake.unknown_events["Call"]), "log.csv:5");
}

#[test]
fn an_event_name_can_be_made_of_several_columns() {
    let yaml = "case: [shop, id]\nevent: [status, sub]\ntime: at\ntimezone: UTC\nevents:\n  \"Done / Closed\": ticket.closed\n";
    let log = read_csv(yaml, "shop,id,status,sub,at\nS1,7,Done,Closed,2026-01-01\n");
    assert_eq!(story(&log), ["S1 / 7 ticket.closed@2"]);
}

#[test]
fn one_row_can_hold_several_times() {
    let yaml =
        "case: id\ntimezone: UTC\ntimes:\n  opened_at: ticket.opened\n  closed_at: ticket.closed\nmissing: \"?\"\n";
    let log = read_csv(yaml, "id,closed_at,opened_at\nA,2026-01-02,2026-01-01\nB,?,2026-01-01\nC,,\n");
    assert_eq!(story(&log), ["A ticket.opened@2", "B ticket.opened@3", "A ticket.closed@2"]);
    assert_eq!(log.intake.rows_without_time, 1);
}

#[test]
fn the_last_snapshot_tells_from_the_first_event_on() {
    let yaml = "case: id\ntimezone: UTC\nsnapshots: {by: seen}\n\
                times: {opened_at: ticket.opened, closed_at: ticket.closed}\n";
    let log = read_csv(
        yaml,
        "id,seen,opened_at,closed_at,priority\n\
         A,2026-01-03,2026-01-01,2026-01-03,urgent\n\
         A,2026-01-02,2026-01-01,,low\n\
         B,2026-01-02,2026-01-01,,low\n\
         B,2026-01-02,2026-01-01,,normal\n",
    );
    assert_eq!(story(&log), ["A ticket.opened@2", "B ticket.opened@5", "A ticket.closed@2"]);
    assert_eq!(log.events[0].case_fields, [(0, Reading::Known(Value::Choice(2)))]);
    assert_eq!(log.events[1].case_fields, [(0, Reading::Known(Value::Choice(1)))]);
    assert_eq!((log.intake.rows_folded, log.intake.out_of_order_in_case), (2, 1));
}

#[test]
fn the_mapping_may_rank_kinds_that_tie() {
    let csv = "id,what,at\nA,ticket.closed,2026-01-01\nB,ticket.closed,2026-01-01\nA,ticket.opened,2026-01-01\n";
    let plain = read_csv(PLAIN, csv);
    assert_eq!(story(&plain), ["A ticket.closed@2", "B ticket.closed@3", "A ticket.opened@4"]);
    assert_eq!((plain.intake.ties, plain.intake.ties_by_file_order), (1, 1));
    let ranked = read_csv(&with("ties: [ticket.opened, ticket.closed]\n"), csv);
    assert_eq!(story(&ranked), ["A ticket.opened@4", "B ticket.closed@3", "A ticket.closed@2"]);
    assert_eq!((ranked.intake.ties, ranked.intake.ties_by_file_order), (1, 0));
}

#[test]
fn a_column_named_as_a_field_needs_no_line() {
    let log = read_csv(PLAIN, "id,what,at,customer.tier,amount\n1,refund.issued,2026-01-01,gold,20 EUR\n");
    assert_eq!(log.events[0].case_fields, [(1, Reading::Known(Value::Text("gold".into())))]);
    assert!(matches!(&log.events[0].fields[0], Reading::Known(Value::Money(money)) if money.to_string() == "20 EUR"));
    assert_eq!(log.events[0].fields[1], Reading::Missing);
}

#[test]
fn a_field_of_one_event_can_have_a_column_of_its_own() {
    let yaml = with("fields:\n  amount of refund.issued: paid\n  amount: asked\n");
    let log = read_csv(&yaml, "id,what,at,asked,paid\n1,refund.issued,2026-01-01,50,20\n");
    assert!(matches!(&log.events[0].fields[0], Reading::Known(Value::Money(money)) if money.to_string() == "20 CNY"));
}

#[test]
fn an_empty_cell_says_nothing_of_the_case() {
    let log = read_csv(PLAIN, "id,what,at,priority\n1,ticket.opened,2026-01-01,\n");
    assert!(log.events[0].case_fields.is_empty());
}

#[test]
fn a_value_map_goes_before_the_cell_itself() {
    let yaml = with("fields:\n  priority: {column: p, values: {\"1 - Critical\": urgent, 2: normal}}\n");
    let log = read_csv(
        &yaml,
        "id,what,at,p\n1,ticket.opened,2026-01-01,1 - Critical\n2,ticket.opened,2026-01-01,2\n\
         3,ticket.opened,2026-01-01,low\n4,ticket.opened,2026-01-01,3\n",
    );
    let priority = |index: usize| log.events[index].case_fields[0].1.clone();
    assert_eq!(priority(0), Reading::Known(Value::Choice(2)));
    assert_eq!(priority(1), Reading::Known(Value::Choice(1)));
    assert_eq!(priority(2), Reading::Known(Value::Choice(0)));
    assert_eq!(priority(3), Reading::Malformed("3".into()));
    assert_eq!(log.intake.unknown_values["priority"]["3"].count, 1);
}

#[test]
fn actor_and_role_are_read() {
    let yaml = with("actor: who\nrole: {column: grade, values: {L2: team_lead}}\n");
    let log =
        read_csv(&yaml, "id,what,at,who,grade\n1,ticket.opened,2026-01-01,Li,L2\n1,ticket.closed,2026-01-02,,boss\n");
    assert_eq!(log.events[0].actor.as_deref(), Some("Li"));
    assert_eq!(log.events[0].role, Reading::Known(Value::Role(1)));
    assert_eq!(log.events[1].actor, None);
    assert_eq!(log.events[1].role, Reading::Malformed("boss".into()));
    assert_eq!(log.intake.unknown_values["role"]["boss"].line, 3);
}

#[test]
fn a_field_that_is_a_time_is_read_as_times_are() {
    let yaml = "case: id\nevent: what\ntime: at\ntimezone: Asia/Shanghai\n\
                fields:\n  day: {column: day, time_format: \"%d.%m.%Y\"}\n";
    let log = read_csv(yaml, "id,what,at,deadline,day\n1,promise.made,2026-01-01 08:00,2026-01-01 10:00,5.1.2026\n");
    assert_eq!(log.events[0].time, at("2026-01-01T00:00:00Z"));
    assert_eq!(log.events[0].fields[0], Reading::Known(Value::Time(at("2026-01-01T02:00:00Z"))));
    assert_eq!(log.events[0].fields[1], Reading::Known(Value::Date(date(2026, 1, 5))));
}

#[test]
fn ndjson_paths_reach_into_objects() {
    let yaml = with("fields: {amount: refund.sum}\nactor: by.name\n");
    let log = read_ndjson(
        &yaml,
        r#"{"id": 7, "what": "refund.issued", "at": "2026-01-01T08:00:00Z", "refund": {"sum": 19.90, "x": [1]}, "by": null}

{"id": 7, "what": "ticket.resolved", "at": "2026-01-02T08:00:00Z", "refund.sum": "1", "confirmed": true, "customer": {"tier": "gold"}}"#,
    );
    assert_eq!(story(&log), ["7 refund.issued@1", "7 ticket.resolved@3"]);
    assert!(
        matches!(&log.events[0].fields[0], Reading::Known(Value::Money(money)) if money.to_string() == "19.90 CNY")
    );
    assert_eq!(log.events[0].actor, None);
    assert_eq!(log.events[1].fields[0], Reading::Known(Value::Bool(true)));
    assert_eq!(log.events[1].case_fields, [(1, Reading::Known(Value::Text("gold".into())))]);
}

#[test]
fn several_files_make_one_log() {
    let first = "id,what,at\n1,ticket.closed,2026-01-02\n";
    let second = "{\"id\": \"1\", \"what\": \"ticket.opened\", \"at\": \"2026-01-01\"}\n";
    let log = try_read(PLAIN, &[("a.csv", first.as_bytes()), ("b.jsonl", second.as_bytes())]).unwrap();
    assert_eq!(story(&log), ["1 ticket.opened@1", "1 ticket.closed@2"]);
    assert_eq!((log.events[0].place.source, log.intake.sources[1].rows), (1, 1));
    assert_eq!(log.intake.out_of_order_in_case, 0);
}
