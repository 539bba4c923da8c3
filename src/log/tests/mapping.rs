//! Faults of a mapping: all at once, each on its line.

use super::parse;

use crate::log::formats;

/// `line: message (help)` of every fault.
fn faults(yaml: &str) -> Vec<String> {
    let (sources, mapping) = parse(yaml);
    let told = mapping.unwrap_err().into_iter().map(|fault| {
        let line = sources.get(fault.at.file).unwrap().position(fault.at.start).line;
        let help = fault.words().help.map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{line}: {}{help}", fault.words().message)
    });
    told.collect()
}

#[test]
fn all_faults_are_told_at_once_each_on_its_line() {
    let yaml = "case: id
evnt: what
time: at
timezone: Asia/Shanghia
events:
  \"Take\": ticket.opend
fields:
  prioritty: p
  customer.tier: {colum: tier}
role: {column: grade, values: {L1: agnet}}
ties: [ticket.opened, nothing]
";
    assert_eq!(
        faults(yaml),
        [
            "1: the mapping does not say `event`: no row would say what happened (add `event: activity`)",
            "2: `evnt` is not a key here: what it says would not be done (did you mean `event`?)",
            "4: `Asia/Shanghia` is not a known time zone: nobody could say who was in time \
             (did you mean `Asia/Shanghai`?)",
            "6: the standards have no event `ticket.opend`: these rows would count for nothing \
             (did you mean `ticket.opened`?)",
            "8: the standards have no field `prioritty`: what hangs on it would stay unknown \
             (did you mean `priority`?)",
            "9: `colum` is not a key here: what it says would not be done (did you mean `column`?)",
            "9: the mapping does not say `column` (add `column: priority`)",
            "10: `agnet` is not a value of `role`: no case could have it (did you mean `agent`?)",
            "11: the standards have no event `nothing`: these rows would count for nothing \
             (declare it in the standards: `event nothing`; or leave its rows out with `ignore`)",
        ]
    );
}

#[test]
fn a_row_has_one_time_or_several_not_both() {
    let (sources, mapping) = parse("case: id\nevent: what\ntimes:\n  opened_at: ticket.opened\n");
    let fault = mapping.unwrap_err().remove(0);
    assert_eq!(fault.words().message, "`event` and `times` cannot stand together: one row would be read in two ways");
    assert_eq!(sources.slice(fault.at), "event");
    assert_eq!(sources.slice(fault.other.unwrap()), "times");
}

#[test]
fn a_repeated_key_shows_both_places() {
    let (sources, mapping) = parse("case: id\nevent: what\ntime: at\ncase: number\n");
    let fault = mapping.unwrap_err().remove(0);
    assert_eq!(fault.words().message, "`case` stands twice: only one of them could count");
    assert_eq!(sources.location(fault.at), "mapping.yaml:4:1");
    assert_eq!(sources.location(fault.other.unwrap()), "mapping.yaml:1:1");
}

#[test]
fn a_name_is_mapped_or_ignored_not_both() {
    let yaml = "case: id\nevent: what\ntime: at\nevents: {Open: ticket.opened}\nignore: [Open]\n";
    let told =
        "5: `Open` and `events: Open` cannot stand together: one row would be read in two ways (keep one of them)";
    assert_eq!(faults(yaml), [told]);
}

#[test]
fn formats_that_cannot_work_are_refused() {
    let yaml = "case: id\nevent: what\ntime: at\nformat: xls\ndelimiter: \"--\"\ntime_format: \"%H:%M\"\n";
    assert_eq!(
        faults(yaml),
        [
            &format!(
                "4: `xls` is not a format that can be read: no customer of the log could be judged \
                 (write {}; a spreadsheet can be saved as CSV)",
                formats::named("format: ")
            ),
            "5: the delimiter `--` is not one plain character: no row could be told into columns \
             (write `delimiter: \";\"`, or `\"\\t\"` for a tab)",
            "6: `%H:%M` cannot be used to read times: it does not say which day \
             (for example `\"%d/%m/%Y %H:%M\"`, `epoch s` or `epoch ms`)",
        ]
    );
}

#[test]
fn a_pattern_in_the_letters_of_other_programs_is_translated() {
    let help = |pattern: &str| {
        let yaml = format!("case: id\nevent: what\ntime: at\ntime_format: {pattern}\n");
        parse(&yaml).1.unwrap_err().remove(0).words().help.unwrap()
    };
    assert_eq!(help("DD.MM.YYYY HH:mm:ss"), "write `\"%d.%m.%Y %H:%M:%S\"`");
    assert_eq!(help("yyyy/MM/dd hh:mm"), "write `\"%Y/%m/%d %H:%M\"`");
    for unknown in ["DD MON YYYY", "any"] {
        assert_eq!(help(unknown), "for example `\"%d/%m/%Y %H:%M\"`, `epoch s` or `epoch ms`");
    }
}

#[test]
fn a_time_format_is_for_times_and_dates() {
    let yaml = "case: id\nevent: what\ntime: at\nfields:\n  confirmed: {column: c, time_format: \"%Y\"}\n";
    let told = "5: a time format is of no use for a field of type `bool`: it holds no time \
                (take it out, or declare the field as a `time` or a `date` in the standards)";
    assert_eq!(faults(yaml), [told]);
}

#[test]
fn an_empty_file_is_no_mapping() {
    assert_eq!(faults(""), ["1: expected a mapping: keys and values; as it stands, the log cannot be read"]);
}

#[test]
fn a_key_without_a_value_is_told() {
    assert_eq!(
        faults("case: id\nevent: what\ntime:\n"),
        ["3: expected the name of a column; as it stands, the log cannot be read"]
    );
}

#[test]
fn a_mapping_can_be_part_of_a_larger_file() {
    let yaml = "standards: desk.mot\nlog:\n  case: id\n  event: what\n  tim: at\n";
    let mut sources = crate::source::Sources::new();
    let file = sources.add(crate::source::SourceFile::new("mot.yaml", yaml));
    let project = crate::log::yaml::Node::parse(yaml, file).unwrap();
    let faults = crate::log::Mapping::from_node(project.get("log").unwrap(), &super::vocabulary()).unwrap_err();
    let places: Vec<_> = faults.iter().map(|fault| sources.location(fault.at)).collect();
    assert_eq!(places, ["mot.yaml:3:3", "mot.yaml:5:3"]);
}

#[test]
fn the_reference_has_every_key() {
    let reference = include_str!("../../../grammar/mapping.md");
    let told = faults("case: a\nevent: b\ntime: c\n天气: sunny\n").remove(0);
    let keys = told.split_once("(one of ").unwrap().1.split('`').skip(1).step_by(2);
    let missing: Vec<&str> = keys.filter(|key| !reference.contains(&format!("\n{key}:"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
