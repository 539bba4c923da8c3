//! What becomes of local times when the clocks are changed.

use super::*;

/// 24 hours a day, 5 days a week.
fn trading() -> Hours {
    weekdays("America/New_York", "00:00-24:00")
}

fn length_of(zone: &Zone, day: &str) -> Duration {
    let day = date(day);
    zone.end_of_day(day).since(zone.start_of_day(day))
}

#[test]
fn days_of_23_24_and_25_hours() {
    let berlin = zone("Europe/Berlin");
    assert_eq!(length_of(&berlin, "2026-03-29"), Duration::from_hours(23));
    assert_eq!(length_of(&berlin, "2026-03-30"), Duration::from_hours(24));
    assert_eq!(length_of(&berlin, "2026-10-25"), Duration::from_hours(25));
}

#[test]
fn a_time_that_does_not_exist_moves_forward_by_the_gap() {
    let berlin = zone("Europe/Berlin");
    let skipped = date("2026-03-29").at(2, 30, 0, 0);
    assert_eq!(berlin.is_in_gap_or_fold(skipped), Some(Oddity::Gap(HOUR)));
    assert_eq!(berlin.opening(skipped), at(&berlin, "2026-03-29 03:30"));
    assert_eq!(berlin.closing(skipped), at(&berlin, "2026-03-29 03:30"));
}

#[test]
fn a_time_that_exists_twice_is_the_first_to_open_and_the_last_to_close() {
    let berlin = zone("Europe/Berlin");
    let twice = date("2026-10-25").at(2, 30, 0, 0);
    assert_eq!(berlin.is_in_gap_or_fold(twice), Some(Oddity::Fold(HOUR)));
    assert_eq!(berlin.opening(twice), utc("2026-10-25T00:30:00Z"));
    assert_eq!(berlin.closing(twice), utc("2026-10-25T01:30:00Z"));
}

#[test]
fn a_night_shift_is_as_long_as_the_night() {
    let hours = all_week("Europe/Berlin", "22:00-06:00");
    let shift = |evening: &str, morning: &str| {
        let calendar = around(&hours, "2026-03-29");
        let autumn = around(&hours, "2026-10-25");
        let (from, to) = (at(&hours.zone, evening), at(&hours.zone, morning));
        calendar.open_time(from, to).max(autumn.open_time(from, to))
    };
    assert_eq!(shift("2026-03-27 22:00", "2026-03-28 06:00"), Duration::from_hours(8));
    assert_eq!(shift("2026-03-28 22:00", "2026-03-29 06:00"), Duration::from_hours(7));
    assert_eq!(shift("2026-10-24 22:00", "2026-10-25 06:00"), Duration::from_hours(9));
}

#[test]
fn where_midnight_is_skipped_the_day_starts_at_one() {
    let hours = all_week("America/Sao_Paulo", "00:00-24:00");
    let zone = &hours.zone;
    let (day, one) = (date("2018-11-04"), utc("2018-11-04T03:00:00Z"));
    assert_eq!(zone.start_of_day(day), one);
    assert_eq!(zone.end_of_day(date("2018-11-03")), one);
    assert_eq!(length_of(zone, "2018-11-04"), Duration::from_hours(23));
    assert_eq!(zone.local(one), day.at(1, 0, 0, 0));
    let calendar = around(&hours, "2018-11-04");
    assert_eq!(calendar.close_of_working_day(date("2018-11-03"), 0), Some(one));
    assert_eq!(calendar.next_open(one), Some(one));
}

#[test]
fn a_gap_over_midnight_ends_where_the_day_starts() {
    let toronto = zone("America/Toronto");
    let start = toronto.start_of_day(date("1919-03-31"));
    assert_eq!(toronto.local(start), date("1919-03-31").at(0, 30, 0, 0));
}

#[test]
fn half_an_hour_is_enough_for_lord_howe() {
    let hours = all_week("Australia/Lord_Howe", "01:00-03:00");
    let open_on = |day: &str| {
        let day = date(day);
        let (start, end) = (hours.zone.start_of_day(day), hours.zone.end_of_day(day));
        hours.over(start, end).open_time(start, end)
    };
    assert_eq!(open_on("2026-04-05"), Duration::from_minutes(150));
    assert_eq!(open_on("2026-04-06"), Duration::from_minutes(120));
    assert_eq!(open_on("2026-10-04"), Duration::from_minutes(90));
}

#[test]
fn a_market_of_24_hours_on_5_days_never_meets_the_change() {
    let calendar = around(&trading(), "2026-03-08");
    let zone = trading().zone;
    let friday = at(&zone, "2026-03-06 23:00");
    // The clocks change on Sunday, while it is closed: not an hour is lost.
    assert_eq!(calendar.due(friday, Duration::from_hours(2)), Some(at(&zone, "2026-03-09 01:00")));
    assert_eq!(calendar.open_time(friday, at(&zone, "2026-03-09 01:00")), Duration::from_hours(2));
}

#[test]
fn a_day_of_25_or_23_hours_counts_as_long_as_it_is() {
    let mut hours = trading();
    hours.weekdays = Default::default();
    hours.weekdays[6] = vec![Interval::WHOLE_DAY];
    let zone = &hours.zone;
    let counted = |day: &str| {
        let day = date(day);
        let (start, end) = (zone.start_of_day(day), zone.end_of_day(day));
        hours.over(start, end).open_time(start, end)
    };
    assert_eq!(counted("2026-03-01"), Duration::from_hours(24));
    assert_eq!(counted("2026-03-08"), Duration::from_hours(23));
    assert_eq!(counted("2026-11-01"), Duration::from_hours(25));
}

#[test]
fn shanghai_had_summer_time_until_1991() {
    let shanghai = zone("Asia/Shanghai");
    assert_eq!(length_of(&shanghai, "1986-05-04"), Duration::from_hours(23));
    assert_eq!(length_of(&shanghai, "1991-09-15"), Duration::from_hours(25));
    assert_eq!(length_of(&shanghai, "2026-05-04"), Duration::from_hours(24));
    let noon = |day: &str| at(&shanghai, &format!("{day} 12:00"));
    assert_eq!(noon("1988-07-01"), utc("1988-07-01T03:00:00Z"));
    assert_eq!(noon("2026-07-01"), utc("2026-07-01T04:00:00Z"));
}

#[test]
fn a_date_that_never_was_is_no_working_day() {
    let hours = all_week("Pacific/Apia", "09:00-17:00");
    let calendar = around(&hours, "2011-12-30");
    assert!(!hours.zone.has_date(date("2011-12-30")));
    let close = |n| calendar.close_of_working_day(date("2011-12-29"), n);
    assert_eq!(close(1), Some(at(&hours.zone, "2011-12-31 17:00")));
    assert_eq!(close(2), Some(at(&hours.zone, "2012-01-01 17:00")));
    assert_eq!(calendar.next_open_day(date("2011-12-30")), Some(date("2011-12-31")));
}

#[test]
fn a_night_shift_runs_on_over_a_date_that_never_was() {
    let hours = all_week("Pacific/Apia", "22:00-06:00");
    let morning = at(&hours.zone, "2011-12-31 05:00");
    assert!(hours.over(morning, morning).is_open(morning));
}

#[test]
fn an_interval_that_the_gap_swallows_does_not_open() {
    let hours = all_week("Europe/Berlin", "02:00-03:00");
    let calendar = around(&hours, "2026-03-29");
    assert_eq!(calendar.next_open_day(date("2026-03-29")), Some(date("2026-03-30")));
}

#[test]
fn odd_times_of_a_calendar_can_be_listed() {
    let hours = all_week("Europe/Berlin", "02:30-10:00");
    let year = DateRange { first: date("2026-01-01"), last: date("2026-12-31") };
    let odd = hours.odd_times(year);
    let expected = [
        (date("2026-03-29").at(2, 30, 0, 0), Oddity::Gap(HOUR)),
        (date("2026-10-25").at(2, 30, 0, 0), Oddity::Fold(HOUR)),
    ];
    assert_eq!(odd, expected.map(|(local, oddity)| OddTime { local, oddity }));
    assert_eq!(office().odd_times(year), []);
}
