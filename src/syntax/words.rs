//! The words that stand for values, in both languages.
//!
//! A keyword is the grammar's business: its rule says what it means. A *value* such as `major` or
//! `重大` stays in the tree as a word, and the tree has one spelling for it, the English one. This
//! table leads from either spelling to the other.

use Vocabulary::*;

use super::grammar::Rule;
use super::language::Language;

/// A list of words, one of which is a value somewhere.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Vocabulary {
    /// Monday to Sunday.
    Weekday,
    /// The plain types of fields.
    PlainType,
    /// Where the evidence of an event comes from.
    Evidence,
    /// The stage of a touchpoint.
    Stage,
    /// The environment of a touchpoint.
    Environment,
    /// The kind of a moment.
    MomentKind,
    /// The impact of a moment.
    Impact,
    /// The severity of a breach.
    Severity,
    /// How a breach shows.
    Symptom,
    /// What of the service it touches.
    Element,
    /// How far the service controls it.
    Control,
    /// The kind of a cause.
    CauseKind,
    /// The statistics of a level, percentiles apart.
    Statistic,
    /// The span of a level's window.
    WindowUnit,
    /// What of a clock a window asks for.
    Anchor,
    /// Verdicts, as a scenario expects them.
    Verdict,
    /// Yes and no.
    Bool,
    /// Currencies that have a name beside their code.
    Currency,
}

impl Vocabulary {
    /// Every list.
    pub const ALL: [Vocabulary; 18] = [
        Weekday,
        PlainType,
        Evidence,
        Stage,
        Environment,
        MomentKind,
        Impact,
        Severity,
        Symptom,
        Element,
        Control,
        CauseKind,
        Statistic,
        WindowUnit,
        Anchor,
        Verdict,
        Bool,
        Currency,
    ];

    /// The words of the list: English, Chinese.
    pub const fn words(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Weekday => &[
                ("mon", "周一"),
                ("tue", "周二"),
                ("wed", "周三"),
                ("thu", "周四"),
                ("fri", "周五"),
                ("sat", "周六"),
                ("sun", "周日"),
            ],
            PlainType => &[
                ("text", "文本"),
                ("number", "数值"),
                ("bool", "是否"),
                ("money", "金额"),
                ("duration", "时长"),
                ("time", "时刻"),
                ("date", "日期"),
                ("role", "岗位"),
                ("touchpoint", "接触点"),
            ],
            Evidence => &[
                ("log", "日志"),
                ("survey", "问卷"),
                ("interview", "访谈"),
                ("inspection", "检查"),
                ("market", "市场"),
                ("model", "模型"),
            ],
            Stage => &[("pre_purchase", "售前"), ("purchase", "购买"), ("use", "使用"), ("after_sales", "售后")],
            Environment => &[("human", "人际"), ("physical", "实体"), ("remote", "远程"), ("digital", "数字")],
            MomentKind => &[("peak", "高峰"), ("valley", "低谷"), ("end", "终点")],
            Impact => &[("low", "低"), ("medium", "中"), ("high", "高"), ("critical", "极高")],
            Severity => &[("minor", "一般"), ("major", "重大"), ("critical", "特别重大")],
            Symptom => &[
                ("delay", "服务延误"),
                ("information", "信息不对称"),
                ("attitude", "员工态度"),
                ("product", "产品质量"),
            ],
            Element => &[("product", "产品"), ("process", "流程"), ("platform", "平台"), ("brand", "品牌")],
            Control => &[("full", "完全"), ("partial", "部分"), ("none", "不可控")],
            CauseKind => &[
                ("empowerment", "授权不足"),
                ("training", "培训不足"),
                ("communication", "沟通不畅"),
                ("staffing", "人手不足"),
                ("process", "流程缺陷"),
                ("product", "产品缺陷"),
                ("external", "外部环境"),
            ],
            Statistic => {
                &[("mean", "均值"), ("median", "中位数"), ("nps", "净推荐值"), ("csat", "满意率"), ("ces", "费力度")]
            }
            WindowUnit => {
                &[("day", "每日"), ("week", "每周"), ("month", "每月"), ("quarter", "每季度"), ("year", "每年")]
            }
            Anchor => &[("start", "按开始计"), ("due", "按到期计"), ("stop", "按结束计")],
            Verdict => &[
                ("met", "达标"),
                ("breached", "未达标"),
                ("running", "进行中"),
                ("at_risk", "预警"),
                ("paused", "暂停中"),
                ("cancelled", "已取消"),
                ("exempt", "已豁免"),
                ("undetermined", "无法判定"),
                ("no_target", "不设时限"),
            ],
            Bool => &[("true", "是"), ("false", "否")],
            Currency => &[("CNY", "元")],
        }
    }

    /// The list that a rule of the grammar reads.
    pub(super) fn read_by(rule: Rule) -> Option<Vocabulary> {
        Some(match rule {
            Rule::evidence_source => Evidence,
            Rule::stage_name => Stage,
            Rule::environment_name => Environment,
            Rule::moment_kind_name => MomentKind,
            Rule::impact_name => Impact,
            Rule::severity_name => Severity,
            Rule::symptom_name => Symptom,
            Rule::element_name => Element,
            Rule::control_name => Control,
            Rule::cause_kind => CauseKind,
            Rule::window_unit => WindowUnit,
            Rule::anchor => Anchor,
            Rule::verdict_word => Verdict,
            _ => return None,
        })
    }

    /// The words of one language.
    pub fn words_of(self, language: Language) -> Vec<&'static str> {
        let of_language = |(english, chinese): &(&'static str, &'static str)| match language {
            Language::English => *english,
            Language::Chinese => *chinese,
        };
        self.words().iter().map(of_language).collect()
    }

    /// The English word for `word`, which may be of either language; what the list has not is itself.
    pub fn english(self, word: &str) -> &str {
        self.words().iter().find(|(_, chinese)| *chinese == word).map_or(word, |(english, _)| english)
    }

    /// The Chinese word for `word`, which may be of either language; what the list has not is itself.
    pub fn chinese(self, word: &str) -> &str {
        self.words().iter().find(|(english, _)| *english == word).map_or(word, |(_, chinese)| chinese)
    }

    /// The word of `language` for `word`, which may be of either.
    pub fn word(self, word: &str, language: Language) -> &str {
        match language {
            Language::English => self.english(word),
            Language::Chinese => self.chinese(word),
        }
    }
}

/// A length of time as `2 小时 30 分钟` or `2h30m` in the English form.
pub fn english_duration(written: &str) -> String {
    let letters = written.replace("小时", "h").replace("分钟", "m").replace('秒', "s");
    letters.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// A time with ASCII digits and colons, whichever width they were typed in.
pub fn half_width(written: &str) -> String {
    written
        .chars()
        .map(|letter| match letter {
            '０'..='９' => char::from_u32(u32::from(letter) - u32::from('０') + u32::from('0')).unwrap_or(letter),
            '：' => ':',
            '\u{3000}' => ' ',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn within_a_list_no_spelling_stands_twice() {
        for list in Vocabulary::ALL {
            let spellings: BTreeSet<&str> = list.words().iter().flat_map(|(one, other)| [*one, *other]).collect();
            assert_eq!(spellings.len(), 2 * list.words().len(), "{list:?}");
        }
    }

    #[test]
    fn a_time_reads_the_same_in_either_width_and_language() {
        assert_eq!(english_duration("2 小时 30 分钟"), "2h30m");
        assert_eq!(english_duration("90s"), "90s");
        assert_eq!(half_width("０９：３０"), "09:30");
    }
}
