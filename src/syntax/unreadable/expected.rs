//! What could stand at a place, in words for a reader.

use crate::diagnostic::one_of;
use crate::syntax::grammar::{Rule, spelling};
use crate::syntax::language::Language;
use crate::syntax::words::Vocabulary;

/// What a rule is called in front of a reader; nothing for what would not help, such as a keyword of
/// the other language.
pub fn in_words(rule: Rule, language: Language) -> Option<String> {
    if let Some(list) = Vocabulary::read_by(rule) {
        return Some(words_of(list, language));
    }
    let (english, chinese) = match rule {
        Rule::name | Rule::place | Rule::promise | Rule::calendar_name => ("a name", "a name"),
        Rule::path | Rule::operand | Rule::of_event | Rule::of_field => ("a name", "a name"),
        Rule::triggers | Rule::trigger | Rule::subject | Rule::counterpart | Rule::happening => {
            ("an event", "an event")
        }
        Rule::text | Rule::label | Rule::straight | Rule::curly => {
            ("a text in quotation marks", "a text in quotation marks")
        }
        Rule::limit | Rule::duration | Rule::count | Rule::working_days | Rule::calendar_days => {
            ("a length of time such as `4h` or `2 working days`", "a length of time such as `4 小时` or `2 个工作日`")
        }
        Rule::date | Rule::date_range | Rule::last_date => {
            ("a date such as `2026-01-31`", "a date such as `2026-01-31`")
        }
        Rule::time_of_day | Rule::opening_hours | Rule::hours => {
            ("hours such as `09:00-18:00`", "hours such as `09:00-18:00`")
        }
        Rule::percent => ("a share such as `80%`", "a share such as `80%`"),
        Rule::money | Rule::spending_limit => ("an amount such as `200 CNY`", "an amount such as `200 元`"),
        Rule::currency_code => ("a currency such as `CNY`", "a currency such as `CNY`"),
        Rule::number => ("a number", "a number"),
        Rule::end_of_day => ("the end of a day such as `end of 2026-03-02`", "a day such as `2026-03-02 日终`"),
        Rule::value | Rule::bool | Rule::date_time => ("a value", "a value"),
        Rule::value_list => ("values in parentheses", "values in parentheses"),
        Rule::condition | Rule::term | Rule::comparison | Rule::filter => ("a condition", "a condition"),
        Rule::weekday => ("a day of the week", "a day of the week"),
        Rule::field_type => (
            "a type such as `text`, `number`, `bool`, `money`, `time` or `low < high`",
            "a type such as `文本`, `数值`, `是否`, `金额`, `时刻` or `低 < 高`",
        ),
        Rule::block_start => ("`{`", "`{`"),
        Rule::parenthesis_end => ("`)`", "`）`"),
        Rule::needed_comma => ("`,`", "`，`"),
        Rule::expected => (
            "a verdict such as `breached`, or `due`, `missing`, `remedy`, `cause`, `unexplained`, `no breach`, \
             `needless approval` or `score`",
            "a verdict such as `未达标`, or `到期`, `未向`, `补救`, `原因`, `原因不明`, `无未达标`, `全无未达标`, \
             `多余审批` or `得分`",
        ),
        keyword => return spelling(&format!("{keyword:?}"), language).map(|word| format!("`{word}`")),
    };
    Some(match language {
        Language::English => english.to_owned(),
        Language::Chinese => chinese.to_owned(),
    })
}

fn words_of(list: Vocabulary, language: Language) -> String {
    let words: Vec<String> = list.words_of(language).iter().map(|word| format!("`{word}`")).collect();
    one_of(&words)
}
