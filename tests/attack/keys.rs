//! Values that are spelled like what is said where there is none.

use super::Place;

/// Two promises: of one the log says that its key is `unknown`, of the other it does not say the key.
#[test]
fn a_key_that_is_called_unknown_is_not_the_key_that_is_missing() {
    let place = Place::empty();
    place.write(
        "desk.mot",
        "service desk { timezone \"Asia/Shanghai\" }\nevent opened { leg: text? }\nevent resolved { leg: text? }\n\
         standard resolve { from opened to resolved within 4h per leg }\n\
         level in_time { at least 90% of resolve per day, for each leg of opened }\n",
    );
    place.write(
        "log.csv",
        "case,event,time,leg\nT1,opened,2026-03-02 09:00,unknown\nT1,resolved,2026-03-02 09:30,unknown\n\
         T2,opened,2026-03-02 10:00,\n",
    );
    place.write("mapping.yaml", super::MAPPING);
    place.write("mot.yaml", "standards: desk.mot\nlog: log.csv\nmapping: mapping.yaml\n");
    let ran = place.mot(&["eval", "--format", "json", "--as-of", "2026-03-03"]);
    let data: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
    let findings = data["findings"].as_array().unwrap();
    let told: Vec<_> = findings.iter().map(|finding| (&finding["key"][1], finding["verdict"].as_str())).collect();
    assert_eq!(told, [(&"unknown".into(), Some("met")), (&serde_json::Value::Null, Some("undetermined"))]);
    assert_ne!(findings[0]["id"], findings[1]["id"]);
    let groups: Vec<_> =
        data["levels"][0]["results"].as_array().unwrap().iter().map(|result| &result["group"][0][1]).collect();
    assert!(groups.contains(&&"unknown".into()) && groups.contains(&&serde_json::Value::Null), "{groups:?}");
}
