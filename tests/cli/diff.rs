//! What became of each promise from one version to the next.

use super::Desk;

const OLD: &str = r#"service desk "Service desk" { version "1" timezone "Asia/Shanghai" }
case { tier: basic < gold }
calendar office { mon..fri 09:00-17:00 }
event opened
event bot.replied
event answered { score: 1..5 }
event refunded { amount: money }
role agent
role head leads agent
action refund is refunded costs amount
empower agent { may refund up to 200 CNY per case }
# Said in other words and another layout, this is the same.
standard answer "Answer" {
  from opened to answered
  within 2h when tier is gold
  within 8h otherwise
  severity major
}
standard solve { counting office  from opened to answered  within 1 working day }
standard call_back { from opened to answered  within 24h }
standard promised { from opened to answered  within 12h }
behaviour good { on answered, score must be at least 4 }
level most { at least 90% of answer per day }
"#;
const NEW: &str = r#"service desk "Service desk" { version "2" timezone "Asia/Shanghai" }
case { tier: basic < gold  slot: time }
calendar office { mon..fri 10:00-16:00 }
event opened
event bot.replied
event answered { score: 1..5 }
event refunded { amount: money }
role agent
role head leads agent
action refund is refunded costs amount
empower agent { may refund up to 500 CNY per case }
standard answer "Answer" {
  from opened to answered or bot.replied
  within 4h
  severity critical
}
standard solve { counting office  from opened to answered  within 2 working days }
standard promised { from opened to answered  due at slot }
behaviour good { on answered, score must be at least 4 }
behaviour once { at most 1 refunded }
level most { at least 85% of answer per day }
"#;

fn desk() -> Desk {
    let desk = Desk::new("");
    desk.write("old.mot", OLD).write("new.mot", NEW);
    desk
}

#[test]
fn what_is_promised_less_and_more_is_told_with_a_case() {
    let ran = desk().mot(&["diff", "old.mot", "new.mot"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    insta::assert_snapshot!(ran.out);
}

#[test]
fn the_differences_as_data() {
    let ran = desk().mot(&["diff", "old.mot", "new.mot", "--format", "json"]);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn exit_codes_tell_whether_less_is_promised() {
    let desk = desk();
    let code = |old: &str, new: &str| desk.mot(&["diff", old, new, "--fail-on", "looser"]).code;
    assert_eq!(code("old.mot", "new.mot"), 1);
    assert_eq!(code("old.mot", "old.mot"), 0);
    assert_eq!(code("desk.mot", "old.mot"), 1);
    assert_eq!(code("nowhere.mot", "old.mot"), 3);
    desk.write("bad.mot", "service");
    assert_eq!(code("bad.mot", "old.mot"), 2);
    let same = desk.mot(&["diff", "old.mot", "old.mot"]);
    assert_eq!(same.out, "nothing differs\n");
}

#[test]
fn services_in_folders_are_held_against_their_former_selves() {
    let desk = Desk::new("");
    for folder in ["before", "after"] {
        std::fs::create_dir_all(desk.folder.path().join(folder)).unwrap();
    }
    let shop = |hours: u32| {
        format!(
            "service shop {{ timezone \"Asia/Shanghai\" }}\nevent a\nevent b\nstandard s {{ from a to b within {hours}h }}\n"
        )
    };
    desk.write("before/desk.mot", OLD).write("after/desk.mot", OLD);
    desk.write("before/shop.mot", shop(2)).write("after/renamed.mot", shop(1));
    insta::assert_snapshot!(desk.mot(&["diff", "before", "after"]).out);
}

/// Each version is held against the one before it, in Chinese too.
#[test]
fn a_version_that_takes_away_says_so() {
    let version = |year: u32, header: &str, promises: &str| {
        format!(
            "服务 客服 {{ 版本 “{year}”  时区 “Asia/Shanghai”  施行 {year}-01-01 至 {year}-12-31 {header} }}\n\
             事件 来电\n事件 接听\n{promises}\n"
        )
    };
    let desk = Desk::new("");
    desk.write(
        "2025.mot",
        version(
            2025,
            "",
            "标准 应答 { 自 来电 起 至 接听 止  20 秒内 }\n标准 回访 { 自 接听 起 至 来电 止  72 小时内 }",
        ),
    );
    desk.write("2026.mot", version(2026, "", "标准 应答 { 自 来电 起 至 接听 止  30 秒内 }"));
    let ran = desk.mot(&["check", "2025.mot", "2026.mot"]);
    insta::assert_snapshot!(format!("{}{}", ran.err, ran.out));
    let said = "标准 应答 { 自 来电 起 至 接听 止  30 秒内  比以前宽松 “合并三个中心” }";
    desk.write("2026.mot", version(2026, "不再承诺 回访 “客户嫌扰”", said));
    let ran = desk.mot(&["check", "2025.mot", "2026.mot"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
}
