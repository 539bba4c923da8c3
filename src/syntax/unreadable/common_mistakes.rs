//! The slips that everyone makes, and what was meant by them.

use super::keywords::begins_clause;
use super::{first_word, word_at};

use crate::diagnostic::is_hidden;
use crate::syntax::faults::SyntaxFault;
use crate::syntax::language::Language;
use crate::syntax::words::half_width;

/// What people write, and the word for it in English and in Chinese; none where that language has no
/// such slip. What begins like another stands behind it.
const SYMBOLS: &[(&str, &str, &str)] = &[
    ("==", "is", "为"),
    ("!=", "is not", "不为"),
    ("<>", "is not", "不为"),
    (">=", "is at least", "不低于"),
    ("<=", "is at most", "不超过"),
    ("=", "is", "为"),
    (">", "is more than", "超过"),
    ("<", "is less than", "低于"),
    ("≠", "is not", "不为"),
    ("≥", "is at least", "不低于"),
    ("≤", "is at most", "不超过"),
    ("＝", "is", "为"),
    ("＞", "is more than", "超过"),
    ("＜", "is less than", "低于"),
    ("&&", "and", "且"),
    ("||", "or", "或"),
    ("!", "not", "非"),
    ("//", "#", "#"),
    ("＃", "#", "#"),
    ("｛", "{", "{"),
    ("｝", "}", "}"),
    ("「", "“", "“"),
    ("if ", "when", ""),
    ("else", "otherwise", ""),
    ("equals", "is", ""),
    ("greater than", "is more than", ""),
    ("greater", "is more than", ""),
    ("business day", "working day", ""),
    ("不等于", "", "不为"),
    ("不是", "", "不为"),
    ("是", "", "为"),
    ("等于", "", "为"),
    ("大于等于", "", "不低于"),
    ("大于或等于", "", "不低于"),
    ("大于", "", "超过"),
    ("小于等于", "", "不超过"),
    ("小于或等于", "", "不超过"),
    ("小于", "", "低于"),
    ("不小于", "", "不低于"),
    ("不少于", "", "不低于"),
    ("不大于", "", "不超过"),
    ("不高于", "", "不超过"),
    ("高于", "", "超过"),
    ("多于", "", "超过"),
    ("少于", "", "低于"),
    ("并且", "", "且"),
    ("而且", "", "且"),
    ("或者", "", "或"),
    ("如果", "", "当"),
    ("否则", "", "其余"),
    ("星期", "", "周"),
];

/// What the writer most likely meant by the text where reading stopped, if it is one of the slips
/// that everyone makes; `before` is the text in front of it.
pub fn meant(rest: &str, before: &str, language: Language) -> Option<SyntaxFault> {
    if let Some(fault) = hidden(rest).or_else(|| symbol(rest, language)) {
        return Some(fault);
    }
    if rest.starts_with('“') && rest.lines().next().is_some_and(|line| !line.contains('”')) {
        return Some(SyntaxFault::UnclosedText { closing: '”' });
    }
    if rest.starts_with('"') && rest.lines().next().is_some_and(|line| line.matches('"').count() % 2 == 1) {
        return Some(SyntaxFault::UnclosedText { closing: '"' });
    }
    full_width(rest).or_else(|| days_in_a_row(rest, before, language)).or_else(|| number(rest, before, language))
}

const WEEKDAYS: [&str; 14] =
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "周一", "周二", "周三", "周四", "周五", "周六", "周日"];

/// What people write between the first and the last of some weekdays.
const UP_TO: [&str; 8] = ["-", "–", "—", "~", "to ", "through ", "till ", "到"];

/// `mon to fri`: behind a day, what `..` is for.
fn days_in_a_row(rest: &str, before: &str, language: Language) -> Option<SyntaxFault> {
    let between = UP_TO.iter().find(|between| rest.starts_with(**between))?;
    let word = match language {
        Language::English => "..",
        Language::Chinese => "至",
    };
    let before = before.trim_end();
    let fault = || SyntaxFault::Symbol { symbol: between.trim().into(), word: word.into() };
    WEEKDAYS.iter().any(|day| before.ends_with(day)).then(fault)
}

/// `mon-fri`, as it is written: `mon..fri`.
pub fn weekdays_meant(word: &str) -> Option<String> {
    let (first, last) = word.split_once(['-', '–', '—', '~'])?;
    let are_days = WEEKDAYS.contains(&first) && WEEKDAYS.contains(&last);
    are_days.then(|| format!("{first}..{last}"))
}

/// A letter that nobody sees, pasted along with the text.
pub fn hidden(rest: &str) -> Option<SyntaxFault> {
    rest.chars().next().filter(|letter| is_hidden(*letter)).map(|letter| SyntaxFault::Hidden { letter })
}

/// A symbol, or the word of another way of writing, at the beginning of `rest`.
pub fn symbol(rest: &str, language: Language) -> Option<SyntaxFault> {
    let meant = SYMBOLS.iter().find_map(|(symbol, english, chinese)| {
        let word = match language {
            Language::English => english,
            Language::Chinese => chinese,
        };
        (rest.starts_with(symbol) && !word.is_empty()).then_some((symbol, word))
    });
    meant.map(|(symbol, word)| SyntaxFault::Symbol { symbol: (*symbol).into(), word: (*word).into() })
}

/// `and` behind `or`, or the other way round; `before` is the text in front of the word that `rest` begins with.
pub fn mixed_and_or(word: &str, before: &str, rest: &str) -> SyntaxFault {
    SyntaxFault::MixedAndOr { found: word.into(), readings: readings(word, before, rest) }
}

/// What a row of a table may promise, where a condition can stand behind it.
const BEHIND: [&str; 8] =
    [" within ", " at once", " due at ", " no target", " counting ", " severity ", " control ", " offer "];

/// A row that begins with its English condition, turned around.
pub fn turned(head: &str, written: &str) -> Option<String> {
    if !matches!(head, "when" | "otherwise") {
        return None;
    }
    let line = written.lines().next()?;
    let at = BEHIND.iter().filter_map(|row| line.find(row)).min()?;
    let (condition, row) = line.split_at_checked(at)?;
    Some(format!("{} {}", row.trim(), condition.trim()))
}

/// The two readings of three conditions without parentheses, where nothing else stands in the way.
fn readings(word: &str, before: &str, rest: &str) -> Option<[String; 2]> {
    let other = if word == "and" { "or" } else { "and" };
    let (_, condition) = before.rsplit_once(" when ")?;
    let (first, second) = condition.split_once(&format!(" {other} "))?;
    let third = rest.strip_prefix(word)?.lines().next()?;
    let [first, second, third] = [first, second, third].map(str::trim);
    // `at`, `more` and `less` begin clauses too, and stand in comparisons.
    let goes_on = |word: &str| begins_clause(word) && !matches!(word, "at" | "more" | "less");
    let is_plain = |part: &str| {
        let mut words = part.split_whitespace();
        !part.is_empty() && !part.contains(['(', '{', '}', '#']) && !words.any(|word| connects(word) || goes_on(word))
    };
    [first, second, third].into_iter().all(is_plain).then(|| {
        [format!("({first} {other} {second}) {word} {third}"), format!("{first} {other} ({second} {word} {third})")]
    })
}

/// Whether the word joins conditions.
pub fn connects(word: &str) -> bool {
    matches!(word, "and" | "or" | "且" | "或")
}

/// Whether the condition before already uses the other of `and` and `or`.
pub fn mixes(before: &str, word: &str) -> bool {
    let others: [&str; 2] = if matches!(word, "and" | "且") { ["or", "或"] } else { ["and", "且"] };
    before.split(|c: char| !c.is_alphanumeric()).any(|earlier| others.contains(&earlier))
}

/// A number in digits as wide as Chinese letters.
fn full_width(rest: &str) -> Option<SyntaxFault> {
    let is_wide = |letter: char| matches!(letter, '０'..='９');
    if !rest.starts_with(is_wide) {
        return None;
    }
    let found: String = rest.chars().take_while(|letter| is_wide(*letter) || letter.is_ascii_digit()).collect();
    Some(SyntaxFault::FullWidth { plain: half_width(&found), found })
}

fn number(rest: &str, before: &str, language: Language) -> Option<SyntaxFault> {
    // Reading may stop in front of the number, or behind it at the unit that is not there.
    let behind = before.trim_end();
    let digits_before = behind.len() - behind.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let behind_number = behind.get(behind.len().saturating_sub(digits_before)..).unwrap_or_default();
    let (number, after) = if rest.starts_with(|c: char| c.is_ascii_digit()) {
        rest.split_at_checked(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()))?
    } else {
        (behind_number, rest)
    };
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if after.starts_with(['/', '.', '年']) && number.len() == 4 {
        return Some(SyntaxFault::DateShape { found: word_at(rest).into() });
    }
    let unit = first_word(after.trim_start());
    match language {
        Language::English => english_unit(number, unit, after, before),
        Language::Chinese => chinese_unit(number, unit, after, before),
    }
}

fn english_unit(number: &str, unit: &str, after: &str, before: &str) -> Option<SyntaxFault> {
    let bare_days = |weeks: bool| SyntaxFault::BareDays { count: number.into(), weeks, language: Language::English };
    let short = |letter: &str| SyntaxFault::LongUnit {
        number: number.into(),
        word: unit.into(),
        short: format!("{number}{letter}"),
    };
    match unit {
        "d" | "day" | "days" => Some(bare_days(false)),
        "w" | "week" | "weeks" => Some(bare_days(true)),
        "h" | "m" | "s" if wants_time(before) => Some(short(unit)),
        "second" | "seconds" | "sec" => Some(short("s")),
        "minute" | "minutes" | "min" => Some(short("m")),
        "hour" | "hours" | "H" | "hrs" | "hr" => Some(short("h")),
        _ if wants_time(before) && (after.is_empty() || after.starts_with(['\n', ' ', '}'])) => {
            Some(SyntaxFault::NoUnit { number: number.into(), language: Language::English })
        }
        _ => None,
    }
}

/// Units that people write, and how the language writes them.
const CHINESE_UNITS: &[(&str, &str)] = &[
    ("个小时", "小时"),
    ("个钟头", "小时"),
    ("钟头", "小时"),
    ("分内", "分钟"),
    ("分起", "分钟"),
    ("秒钟", "秒"),
    ("工作日", "个工作日"),
    ("个交易日", "个工作日"),
    ("自然日", "个自然日"),
    ("日历日", "个自然日"),
    ("个日历日", "个自然日"),
];

fn chinese_unit(number: &str, unit: &str, after: &str, before: &str) -> Option<SyntaxFault> {
    let bare_days =
        |weeks: bool| Some(SyntaxFault::BareDays { count: number.into(), weeks, language: Language::Chinese });
    if unit.starts_with(['天', '日']) {
        return bare_days(false);
    }
    if unit.starts_with('周') || unit.starts_with("个星期") || unit.starts_with("星期") {
        return bare_days(true);
    }
    if unit.starts_with("万元") {
        let amount = number.parse::<u64>().ok()?.checked_mul(10_000)?;
        return Some(SyntaxFault::Symbol { symbol: format!("{number} 万元"), word: format!("{amount} 元") });
    }
    if let Some((written, right)) = CHINESE_UNITS.iter().find(|(written, _)| unit.starts_with(written)) {
        return Some(SyntaxFault::LongUnit {
            number: number.into(),
            word: written.trim_end_matches(['内', '起']).into(),
            short: format!("{number} {right}"),
        });
    }
    if unit == "分" {
        return Some(SyntaxFault::Symbol { symbol: format!("{number} 分"), word: number.into() });
    }
    let asks = ["再延长", "延长至", "超预期", "后", "限", "每", "任意"];
    let asked = asks.iter().any(|word| without_number(before).ends_with(word));
    let unit_is_missing = unit.is_empty() || unit.starts_with(['内', '起']);
    (unit.starts_with('内') || asked && unit_is_missing && !after.starts_with('%'))
        .then(|| SyntaxFault::NoUnit { number: number.into(), language: Language::Chinese })
}

/// Whether the word before the place asks for a length of time.
fn wants_time(before: &str) -> bool {
    ["within", "after", "every"].contains(&without_number(before).split_whitespace().last().unwrap_or_default())
}

fn without_number(before: &str) -> &str {
    before.trim_end().trim_end_matches(|c: char| c.is_ascii_digit()).trim_end()
}

/// A name with which the keyword behind or before it has grown together: Chinese sets words off by
/// hand. `keywords` may stand where reading stopped.
pub fn grown_together<'k>(rest: &str, before: &str, keywords: impl Iterator<Item = &'k str>) -> Option<SyntaxFault> {
    let name = last_name(before);
    let found = word_at(rest);
    let mut best: Option<(usize, SyntaxFault)> = None;
    for keyword in keywords.filter(|keyword| Language::of(keyword) == Language::Chinese) {
        let behind = name.rsplit_once(keyword).filter(|(front, _)| !front.is_empty() && !front.ends_with('.'));
        let apart = match (behind, found.strip_prefix(keyword)) {
            (Some((front, "")), _) => Some((2, name, format!("{front} {keyword}"))),
            (_, Some(back)) if !back.is_empty() => Some((1, found, format!("{keyword} {back}"))),
            (Some((front, back)), _) => Some((0, name, format!("{front} {keyword}{back}"))),
            _ => None,
        };
        if let Some((weight, written, apart)) =
            apart.filter(|(weight, ..)| best.as_ref().is_none_or(|(held, _)| held < weight))
        {
            let keyword = keyword.to_owned();
            best = Some((weight, SyntaxFault::GrownTogether { written: written.to_owned(), keyword, apart }));
        }
    }
    best.map(|(_, fault)| fault)
}

/// The name that a text ends with.
pub fn last_name(before: &str) -> &str {
    let text = before.trim_end();
    let start = text.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.')).len();
    text.get(start..).unwrap_or_default()
}
