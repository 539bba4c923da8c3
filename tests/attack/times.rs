//! Arguments that say another time than they seem to.

use super::Place;

#[test]
fn a_time_says_what_it_says_or_is_refused() {
    let place = Place::new();
    for as_of in ["2026-03-02", "2026-03-02 21:00", "2026-03-02T21:00:00+08:00", "2026-03-02T13:00:00Z"] {
        let ran = place.mot(&["eval", "--as-of", as_of]);
        assert_eq!(ran.code, 1, "{as_of}: {}", ran.err);
    }
    for as_of in [
        "20260302",
        "2026-03-02T21:00[Asia/Shanghai]",
        "2026-03-02T21:00:00+02:00[Asia/Shanghai]",
        "2026-03-02 23:59:60",
        "2026-03-02T23:59:60Z",
        "2026-03-02 25:00",
        "2026-02-30",
        "2026-3-2",
        "9999-12-31",
        "-002026-03-02",
        "now",
        "",
    ] {
        let ran = place.mot(&["eval", &format!("--as-of={as_of}")]);
        assert!(ran.code == 3 && ran.err.contains("is not a time"), "{as_of}: {} {}", ran.code, ran.err);
        place
            .write("mot.yaml", format!("standards: desk.mot\nlog: log.csv\nmapping: mapping.yaml\nas_of: '{as_of}'\n"));
        assert_eq!(place.mot(&["eval"]).code, 3, "{as_of}");
        place.write("mot.yaml", "standards: desk.mot\nlog: log.csv\nmapping: mapping.yaml\n");
    }
    assert_eq!(place.mot(&["eval", "--period", "2026-03-01..2026-03-31"]).code, 1);
    for period in [
        "2026-03-01T12:00..2026-03-31",
        "2026-03-01..2026-03-31 12:00",
        "20260301..20260331",
        "2026-03-01..2026-03-31[Asia/Shanghai]",
        "2026-03-31..2026-03-01",
        "2026-03-01..",
        "2026-03-01...2026-03-31",
        "2026-03",
    ] {
        let ran = place.mot(&["eval", "--period", period]);
        assert!(ran.code == 3 && ran.err.contains("is not a period"), "{period}: {} {}", ran.code, ran.err);
    }
}
