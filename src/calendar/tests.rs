//! Business time as its users would tell it, by example.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail")]

use super::*;

mod daylight_saving;

fn zone(name: &str) -> Zone {
    Zone::named(name).unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// `2026-03-02 09:00` in a zone where it exists once.
fn at(zone: &Zone, text: &str) -> Instant {
    let local = text.parse().unwrap();
    assert_eq!(zone.is_in_gap_or_fold(local), None, "{text}");
    zone.opening(local)
}

/// `2026-03-02T08:00Z`.
fn utc(text: &str) -> Instant {
    Instant::from_timestamp(text.parse().unwrap())
}

fn time(text: &str) -> MinuteOfDay {
    let (hour, minute) = text.split_once(':').unwrap();
    MinuteOfDay::from_clock(hour.parse().unwrap(), minute.parse().unwrap()).unwrap()
}

/// `09:00-12:00, 13:00-18:00`.
fn intervals(text: &str) -> Vec<Interval> {
    let interval = |text: &str| {
        let (opens, closes) = text.split_once('-').unwrap();
        let (opens, closes) = (time(opens), time(closes));
        Interval { opens, closes }
    };
    let parts = text.split(", ").filter(|part| !part.is_empty());
    parts.map(interval).collect()
}

/// Monday to Friday as said, nothing at the weekend.
fn weekdays(zone_name: &str, plan: &str) -> Hours {
    let mut hours = Hours::new(zone(zone_name));
    hours.weekdays[..5].fill(intervals(plan));
    hours
}

fn all_week(zone_name: &str, plan: &str) -> Hours {
    let mut hours = Hours::new(zone(zone_name));
    hours.weekdays.fill(intervals(plan));
    hours
}

/// An office in Berlin; 2026-03-02 is a Monday.
fn office() -> Hours {
    weekdays("Europe/Berlin", "09:00-12:00, 13:00-17:00")
}

/// The table of some weeks around a date.
fn around(hours: &Hours, day: &str) -> Calendar {
    let start = hours.zone.start_of_day(date(day));
    let weeks = Duration::from_hours(5 * 7 * 24);
    hours.over(start.saturating_sub(weeks), start.saturating_add(weeks))
}

fn march(hours: &Hours) -> (Calendar, Zone) {
    (around(hours, "2026-03-02"), hours.zone.clone())
}

const HOUR: Duration = Duration::from_hours(1);

mod open_time {
    use super::*;

    #[test]
    fn a_lunch_break_does_not_count() {
        let (calendar, zone) = march(&office());
        let start = at(&zone, "2026-03-02 11:00");
        assert_eq!(calendar.open_time(start, at(&zone, "2026-03-02 14:00")), Duration::from_hours(2));
        assert_eq!(calendar.due(start, Duration::from_minutes(90)), Some(at(&zone, "2026-03-02 13:30")));
    }

    #[test]
    fn due_exactly_at_closing_time_is_due_at_closing_time() {
        let (calendar, zone) = march(&office());
        let due = calendar.due(at(&zone, "2026-03-06 16:00"), HOUR);
        assert_eq!(due, Some(at(&zone, "2026-03-06 17:00")));
        let due = calendar.due(at(&zone, "2026-03-06 11:00"), HOUR);
        assert_eq!(due, Some(at(&zone, "2026-03-06 12:00")));
    }

    #[test]
    fn one_nanosecond_more_is_due_after_the_weekend() {
        let (calendar, zone) = march(&office());
        let nanosecond = Duration::from_nanos(1);
        let due = calendar.due(at(&zone, "2026-03-06 16:00"), HOUR.saturating_add(nanosecond));
        assert_eq!(due, Some(at(&zone, "2026-03-09 09:00").saturating_add(nanosecond)));
    }

    #[test]
    fn a_clock_started_after_hours_counts_from_the_next_opening() {
        let (calendar, zone) = march(&office());
        let due = calendar.due(at(&zone, "2026-03-06 19:00"), HOUR);
        assert_eq!(due, Some(at(&zone, "2026-03-09 10:00")));
    }

    #[test]
    fn no_budget_is_due_as_soon_as_it_is_open() {
        let (calendar, zone) = march(&office());
        let due = |start| calendar.due(at(&zone, start), Duration::ZERO);
        assert_eq!(due("2026-03-06 19:00"), Some(at(&zone, "2026-03-09 09:00")));
        assert_eq!(due("2026-03-06 10:00"), Some(at(&zone, "2026-03-06 10:00")));
    }

    #[test]
    fn it_is_open_at_the_opening_and_closed_at_the_closing() {
        let (calendar, zone) = march(&office());
        assert!(calendar.is_open(at(&zone, "2026-03-02 09:00")));
        assert!(!calendar.is_open(at(&zone, "2026-03-02 12:00")));
        assert_eq!(calendar.next_open(at(&zone, "2026-03-02 12:00")), Some(at(&zone, "2026-03-02 13:00")));
    }

    #[test]
    fn a_night_shift_belongs_to_the_date_on_which_it_opens() {
        let mut hours = weekdays("Asia/Shanghai", "22:00-02:00");
        hours.closed.push(DateRange::day(date("2026-03-05")));
        let (calendar, zone) = march(&hours);
        // Thursday the 5th is closed: Wednesday's shift still ends on it, its own never begins.
        assert!(calendar.is_open(at(&zone, "2026-03-05 01:00")));
        assert!(!calendar.is_open(at(&zone, "2026-03-05 23:00")));
        assert!(!calendar.is_open(at(&zone, "2026-03-06 01:00")));
        assert!(calendar.is_open(at(&zone, "2026-03-07 01:59")));
    }

    #[test]
    fn a_shift_that_meets_the_next_morning_is_one_opening() {
        let hours = all_week("Asia/Shanghai", "20:00-08:00, 08:00-12:00");
        let (calendar, zone) = march(&hours);
        let (from, to) = (at(&zone, "2026-03-02 15:00"), at(&zone, "2026-03-03 15:00"));
        let open: Vec<_> = calendar.open_intervals(from, to).collect();
        let expected = (at(&zone, "2026-03-02 20:00"), at(&zone, "2026-03-03 12:00"));
        assert_eq!(open, [expected]);
        assert_eq!(calendar.open_time(from, to), Duration::from_hours(16));
    }

    #[test]
    fn hours_written_twice_count_once() {
        let (calendar, zone) = march(&weekdays("Asia/Shanghai", "09:00-12:00, 08:00-10:00"));
        let (from, to) = (at(&zone, "2026-03-02 00:00"), at(&zone, "2026-03-03 00:00"));
        assert_eq!(calendar.open_time(from, to), Duration::from_hours(4));
    }

    #[test]
    fn round_the_clock_is_the_wall_clock() {
        let hours = all_week("Europe/Berlin", "00:00-24:00");
        let calendar = around(&hours, "2026-03-29");
        let (from, to) = (utc("2026-03-20T12:34:56Z"), utc("2026-04-02T01:02:03Z"));
        let (open, wall) = (Counting::Calendar(&calendar), Counting::Wall);
        assert_eq!(open.open_time(from, to), wall.open_time(from, to));
        let budget = Duration::from_hours(300);
        assert_eq!(open.due(from, budget), wall.due(from, budget));
        assert_eq!(open.next_open(from), wall.next_open(from));
    }

    #[test]
    fn intervals_are_clipped_to_what_was_asked_for() {
        let (calendar, zone) = march(&office());
        let (from, to) = (at(&zone, "2026-03-02 10:00"), at(&zone, "2026-03-02 14:00"));
        let open: Vec<_> = calendar.open_intervals(from, to).collect();
        let (noon, one) = (at(&zone, "2026-03-02 12:00"), at(&zone, "2026-03-02 13:00"));
        assert_eq!(open, [(from, noon), (one, to)]);
    }
}

mod dates {
    use super::*;

    #[test]
    fn a_closed_date_does_not_count() {
        let mut hours = office();
        hours.closed.push(DateRange { first: date("2026-03-03"), last: date("2026-03-04") });
        let (calendar, zone) = march(&hours);
        let due = calendar.due(at(&zone, "2026-03-02 16:00"), Duration::from_hours(2));
        assert_eq!(due, Some(at(&zone, "2026-03-05 10:00")));
        assert_eq!(calendar.next_open_day(date("2026-03-03")), Some(date("2026-03-05")));
    }

    #[test]
    fn a_make_up_day_is_a_working_day_with_hours_of_its_own() {
        let mut hours = weekdays("Asia/Shanghai", "09:00-18:00");
        let week = DateRange { first: date("2026-10-01"), last: date("2026-10-07") };
        let saturday = date("2026-10-10");
        hours.closed.push(week);
        hours.opened.push((DateRange::day(saturday), intervals("10:00-16:00")));
        hours.not_working[5] = true;
        let calendar = around(&hours, "2026-10-01");
        let zone = &hours.zone;
        let third = calendar.close_of_working_day(date("2026-09-30"), 3);
        assert_eq!(third, Some(at(zone, "2026-10-10 16:00")));
        assert_eq!(calendar.working_days_between(date("2026-09-30"), saturday), 3);
    }

    #[test]
    fn an_opened_date_is_stronger_than_a_closed_one() {
        let mut hours = office();
        let tuesday = DateRange::day(date("2026-03-03"));
        hours.closed.push(tuesday);
        hours.opened.push((tuesday, intervals("10:00-11:00")));
        let (calendar, zone) = march(&hours);
        assert_eq!(calendar.open_time(at(&zone, "2026-03-03 00:00"), at(&zone, "2026-03-04 00:00")), HOUR);
    }

    #[test]
    fn a_day_can_be_open_and_no_working_day() {
        let mut hours = office();
        hours.weekdays[5] = intervals("10:00-16:00");
        hours.not_working[5] = true;
        let (calendar, zone) = march(&hours);
        // Friday noon: Saturday's hours count, and the next working day is Monday.
        let due = calendar.due(at(&zone, "2026-03-06 17:00"), HOUR);
        assert_eq!(due, Some(at(&zone, "2026-03-07 11:00")));
        let close = calendar.close_of_working_day(date("2026-03-06"), 1);
        assert_eq!(close, Some(at(&zone, "2026-03-09 17:00")));
    }

    #[test]
    fn working_days_end_with_the_last_closing() {
        let mut hours = weekdays("Europe/Berlin", "18:00-23:00, 22:00-02:00, 09:00-12:00");
        hours.closed.push(DateRange::day(date("2026-03-03")));
        let (calendar, zone) = march(&hours);
        let close = |day, n| calendar.close_of_working_day(date(day), n);
        assert_eq!(close("2026-03-02", 0), Some(at(&zone, "2026-03-03 02:00")));
        assert_eq!(close("2026-03-02", 1), Some(at(&zone, "2026-03-05 02:00")));
        assert_eq!(close("2026-03-03", 0), None);
        assert_eq!(close("2026-03-03", 1), Some(at(&zone, "2026-03-05 02:00")));
    }

    #[test]
    fn what_comes_after_the_hour_counts_as_the_next_open_day() {
        let mut hours = office();
        hours.weekdays[5] = intervals("10:00-16:00");
        hours.received_until = Some(time("16:30"));
        let (calendar, zone) = march(&hours);
        let received = |text| calendar.received(at(&zone, text));
        assert_eq!(received("2026-03-05 16:30"), at(&zone, "2026-03-05 16:30"));
        assert_eq!(received("2026-03-05 16:31"), at(&zone, "2026-03-06 09:00"));
        assert_eq!(received("2026-03-06 23:59"), at(&zone, "2026-03-07 10:00"));
        assert_eq!(received("2026-03-07 16:31"), at(&zone, "2026-03-09 09:00"));
        assert_eq!(received("2026-03-08 20:00"), at(&zone, "2026-03-08 20:00"));
    }

    #[test]
    fn a_plan_can_be_read_date_by_date() {
        let mut hours = office();
        hours.closed.push(DateRange::day(date("2026-03-03")));
        let week = DateRange { first: date("2026-03-02"), last: date("2026-03-08") };
        let plans = hours.plans(week);
        let open: Vec<_> = plans.iter().map(|plan| plan.intervals.len()).collect();
        assert_eq!(open, [2, 0, 2, 2, 2, 0, 0]);
    }
}

mod zones {
    use super::*;

    #[test]
    fn a_name_is_known_whatever_its_case() {
        assert_eq!(zone("asia/shanghai").name(), "Asia/Shanghai");
        assert_eq!(zone("utc"), Zone::utc());
        assert_eq!(Zone::utc().name(), "UTC");
        assert!(Zone::names().any(|name| name == "Europe/Berlin"));
    }

    #[test]
    fn an_unknown_name_is_an_error_that_says_it() {
        let error = Zone::named("Asia/Shangai").unwrap_err();
        assert_eq!(error.to_string(), "`Asia/Shangai` is not a known time zone");
    }

    #[test]
    fn the_database_has_a_version() {
        assert!(zone_database_version().starts_with("20"));
    }
}

mod the_ends {
    use super::*;

    #[test]
    fn beyond_the_table_there_is_no_answer() {
        let hours = office();
        let (from, to) = (at(&hours.zone, "2026-03-02 10:00"), at(&hours.zone, "2026-03-03 10:00"));
        let calendar = hours.over(from, to);
        let midnight = at(&hours.zone, "2026-03-04 00:00");
        assert_eq!(calendar.covers(), (at(&hours.zone, "2026-03-02 00:00"), midnight));
        let budget = |hours| calendar.due(from, Duration::from_hours(hours));
        assert_eq!(budget(13), Some(at(&hours.zone, "2026-03-03 17:00")));
        assert_eq!(budget(14), None);
        assert_eq!(calendar.due(at(&hours.zone, "2026-03-01 10:00"), HOUR), None);
        assert_eq!(calendar.next_open(at(&hours.zone, "2026-03-03 17:00")), None);
        assert_eq!(calendar.close_of_working_day(date("2026-03-02"), 2), None);
        assert_eq!(calendar.close_of_working_day(date("2026-02-27"), 1), None);
        assert_eq!(calendar.next_open_day(date("2026-03-04")), None);
    }

    #[test]
    fn a_table_reaches_beyond_its_span_for_what_may_come_due() {
        let hours = office();
        let (from, to) = (at(&hours.zone, "2026-03-02 10:00"), at(&hours.zone, "2026-03-06 18:00"));
        let calendar = hours.reaching(from, to, Duration::from_hours(70), 20);
        assert_eq!(calendar.due(to, Duration::from_hours(70)), Some(at(&hours.zone, "2026-03-20 17:00")));
        assert_eq!(calendar.close_of_working_day(date("2026-03-06"), 20), Some(at(&hours.zone, "2026-04-03 17:00")));
    }

    #[test]
    fn a_calendar_that_is_never_open_gives_up() {
        let hours = Hours::new(Zone::utc());
        let (from, to) = (utc("2026-03-02T00:00:00Z"), utc("2026-03-03T00:00:00Z"));
        let calendar = hours.reaching(from, to, HOUR, 1);
        assert_eq!(calendar.covers().1, utc("2046-03-04T00:00:00Z"));
        assert_eq!(calendar.due(from, HOUR), None);
        assert_eq!(calendar.open_time(from, to), Duration::ZERO);
    }

    #[test]
    fn all_of_time_fits_a_table() {
        let hours = all_week("UTC", "00:00-24:00");
        let calendar = hours.reaching(Instant::MIN, Instant::MAX, HOUR, 5);
        assert_eq!(calendar.covers(), (Instant::MIN, Instant::MAX));
        assert_eq!(calendar.open_time(Instant::MIN, Instant::MAX), Duration::MAX);
        let now = utc("2026-03-02T00:00:00Z");
        assert_eq!(calendar.due(now, HOUR), now.checked_add(HOUR));
        assert_eq!(calendar.due(now, Duration::MAX), None);
        assert_eq!(calendar.due(Instant::MAX, HOUR), None);
        assert!(calendar.is_open(Instant::MIN));
        assert_eq!(Counting::Wall.due(Instant::MAX, HOUR), None);
    }
}

mod as_written {
    use super::*;

    #[test]
    fn times_and_intervals_print_as_they_are_written() {
        let plan: Vec<_> = intervals("09:00-12:00, 22:30-02:05, 00:00-24:00");
        let printed: Vec<_> = plan.iter().map(Interval::to_string).collect();
        assert_eq!(printed, ["09:00-12:00", "22:30-02:05", "00:00-24:00"]);
        assert_eq!(utc("2026-03-02T08:00:00Z").to_string(), "2026-03-02T08:00:00Z");
    }

    #[test]
    fn no_clock_shows_a_quarter_past_twenty_four() {
        assert_eq!(MinuteOfDay::from_clock(24, 0), Some(MinuteOfDay::END));
        assert_eq!(MinuteOfDay::from_clock(24, 15), None);
        assert_eq!(MinuteOfDay::from_clock(9, 60), None);
        assert_eq!(MinuteOfDay::new(1441), None);
    }
}
