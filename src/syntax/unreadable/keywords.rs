//! The blocks of the language and the words that begin their lines, in both languages.

use crate::syntax::grammar::Rule;
use crate::syntax::language::Language;

/// Words that may begin something, in each language.
#[derive(Clone, Copy)]
pub struct Heads {
    english: &'static [&'static str],
    chinese: &'static [&'static str],
}

impl Heads {
    /// The words of one language.
    pub fn of(&self, language: Language) -> &'static [&'static str] {
        match language {
            Language::English => self.english,
            Language::Chinese => self.chinese,
        }
    }

    /// The words of both.
    pub fn all(&self) -> impl Iterator<Item = &'static str> {
        self.english.iter().chain(self.chinese).copied()
    }

    /// Whether `word` is one of them, in either language.
    pub fn has(&self, word: &str) -> bool {
        self.all().any(|head| head == word)
    }
}

/// The words that begin declarations.
pub const DECLARATIONS: Heads = Heads {
    english: &[
        "service",
        "use",
        "role",
        "calendar",
        "period",
        "exempt",
        "case",
        "event",
        "segment",
        "touchpoint",
        "moment",
        "journey",
        "standard",
        "behaviour",
        "level",
        "scorecard",
        "escalate",
        "action",
        "empower",
        "approve",
        "authority",
        "cause",
        "remedy",
        "scenario",
    ],
    chinese: &[
        "服务",
        "引用",
        "岗位",
        "工作日历",
        "时段",
        "豁免",
        "个案",
        "事件",
        "客群",
        "接触点",
        "关键时刻",
        "旅程",
        "标准",
        "行为规范",
        "服务水平",
        "评分卡",
        "升级",
        "处置",
        "授权",
        "审批",
        "权限",
        "原因",
        "补救",
        "验证场景",
    ],
};

/// The words that begin what any promise may carry.
const ATTRIBUTES: Heads = Heads {
    english: &["source", "owner", "severity", "material", "symptom", "element", "status", "review", "control", "never"],
    chinese: &[
        "依据",
        "责任部门",
        "严重程度",
        "列为重要",
        "表现",
        "要素",
        "状态",
        "复审期限",
        "可控程度",
        "不得豁免",
        "不宽于",
        "当",
        "其余",
    ],
};

/// A kind of block.
pub struct BlockKind {
    /// The rule of its declaration.
    pub declaration: Rule,
    /// The strict rule of its clauses.
    pub clause: Rule,
    keyword: (&'static str, &'static str),
    heads: Heads,
    /// Whether its clauses may also be what any promise carries.
    attributes: bool,
    /// In which languages a clause may begin with a number or a date.
    numbered: &'static [Language],
}

impl BlockKind {
    /// The block of a declaration's rule.
    pub fn find(block: Rule) -> Option<&'static BlockKind> {
        BLOCKS.iter().find(|kind| kind.declaration == block)
    }

    /// The keyword of its declaration.
    pub fn keyword(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.keyword.0,
            Language::Chinese => self.keyword.1,
        }
    }

    /// The words that begin its clauses.
    pub fn heads(&self, language: Language) -> impl Iterator<Item = &'static str> {
        let attributes = if self.attributes { ATTRIBUTES.of(language) } else { &[] };
        self.heads.of(language).iter().chain(attributes).copied()
    }

    /// The same in both languages, the likelier one first.
    pub fn heads_from(&self, language: Language) -> impl Iterator<Item = &'static str> {
        let other = match language {
            Language::English => Language::Chinese,
            Language::Chinese => Language::English,
        };
        self.heads(language).chain(self.heads(other))
    }

    /// Whether a clause of it begins with `head`.
    pub fn has(&self, head: &str) -> bool {
        let is_weekday = self.declaration == Rule::calendar && (head.contains("..") || head.starts_with('周'));
        is_weekday || self.heads_from(Language::English).any(|known| known == head)
    }

    /// A clause that begins with a number, where most do.
    pub fn numbered_example(&self, language: Language) -> Option<&'static str> {
        match (self.declaration, language) {
            (Rule::scorecard, Language::English) => Some("a number, as in `40 points for commitment: resolve`"),
            (Rule::scorecard, Language::Chinese) => Some("a number, as in `40 分 commitment：resolve`"),
            (Rule::scenario, _) => Some("a time, as in `2026-03-02 09:00 ticket.opened`"),
            _ => None,
        }
    }

    /// Whether a clause of it may begin with the number or date `head`.
    pub fn has_number(&self, head: &str, language: Language) -> bool {
        head.starts_with(|letter: char| letter.is_ascii_digit()) && self.numbered.contains(&language)
    }
}

/// Every word that begins a declaration or a clause.
#[cfg(test)]
pub fn heads() -> impl Iterator<Item = &'static str> {
    let clauses = BLOCKS.iter().flat_map(|kind| kind.heads_from(Language::English));
    DECLARATIONS.all().chain(clauses)
}

/// Whether a clause of some block begins with `head`.
pub fn begins_clause(head: &str) -> bool {
    BLOCKS.iter().any(|kind| kind.has(head))
}

const BOTH: &[Language] = &[Language::English, Language::Chinese];
const CHINESE: &[Language] = &[Language::Chinese];

const BLOCKS: &[BlockKind] = &[
    BlockKind {
        declaration: Rule::service,
        clause: Rule::only_service_clause,
        keyword: ("service", "服务"),
        heads: Heads {
            english: &["version", "effective", "timezone", "currency", "owner", "status", "source", "review"],
            chinese: &["版本", "施行", "时区", "币种", "责任部门", "状态", "依据", "复审期限"],
        },
        attributes: false,
        numbered: &[],
    },
    BlockKind {
        declaration: Rule::calendar,
        clause: Rule::only_calendar_clause,
        keyword: ("calendar", "工作日历"),
        heads: Heads {
            english: &[
                "mon", "tue", "wed", "thu", "fri", "sat", "sun", "closed", "opened", "received", "timezone", "source",
            ],
            chinese: &["周一", "周二", "周三", "周四", "周五", "周六", "周日", "休息", "加开", "时区", "依据"],
        },
        attributes: false,
        numbered: CHINESE,
    },
    BlockKind {
        declaration: Rule::exempt,
        clause: Rule::only_exempt_clause,
        keyword: ("exempt", "豁免"),
        heads: Heads {
            english: &["from", "when", "for", "excuse", "stop", "proof", "source"],
            chinese: &["自", "适用条件", "适用于", "免责", "停止计时", "凭证", "依据"],
        },
        attributes: false,
        numbered: &[],
    },
    BlockKind {
        declaration: Rule::case,
        clause: Rule::only_case_clause,
        keyword: ("case", "个案"),
        heads: Heads { english: &["party", "ends"], chinese: &["当事人", "自"] },
        attributes: false,
        numbered: &[],
    },
    BlockKind {
        declaration: Rule::event_fields,
        clause: Rule::only_event_clause,
        keyword: ("event", "事件"),
        heads: Heads { english: &[], chinese: &[] },
        attributes: false,
        numbered: &[],
    },
    BlockKind {
        declaration: Rule::touchpoint,
        clause: Rule::only_touchpoint_clause,
        keyword: ("touchpoint", "接触点"),
        heads: Heads { english: &["stage", "channel", "environment"], chinese: &["阶段", "渠道", "环境"] },
        attributes: true,
        numbered: &[],
    },
    BlockKind {
        declaration: Rule::moment,
        clause: Rule::only_moment_clause,
        keyword: ("moment", "关键时刻"),
        heads: Heads {
            english: &["kind", "impact", "expects", "out"],
            chinese: &["类别", "影响", "客户期望", "失控条件"],
        },
        attributes: true,
        numbered: &[],
    },
    BlockKind {
        declaration: Rule::journey,
        clause: Rule::only_journey_clause,
        keyword: ("journey", "旅程"),
        heads: Heads {
            english: &["through", "ends", "score", "per"],
            chinese: &["依次经过", "以", "得分", "按当事人合并"],
        },
        attributes: true,
        numbered: &[],
    },
    BlockKind {
        declaration: Rule::standard,
        clause: Rule::only_standard_clause,
        keyword: ("standard", "标准"),
        heads: Heads {
            english: &[
                "from", "cancel", "pause", "restart", "reopen", "extend", "each", "first", "per", "counting", "within",
                "at", "due", "no", "beyond", "warn",
            ],
            chinese: &[
                "自",
                "遇",
                "经",
                "每次",
                "仅首次",
                "按当事人合并",
                "按",
                "立即",
                "以",
                "不设时限",
                "超预期",
                "达",
            ],
        },
        attributes: true,
        numbered: CHINESE,
    },
    BlockKind {
        declaration: Rule::behaviour,
        clause: Rule::only_behaviour_clause,
        keyword: ("behaviour", "行为规范"),
        heads: Heads {
            english: &["every", "after", "never", "at", "exactly", "between", "on", "counting", "per"],
            chinese: &["每次", "自", "不得", "未经", "至多", "至少", "恰好", "恰好一次", "遇", "按", "按当事人合并"],
        },
        attributes: true,
        numbered: &[],
    },
    BlockKind {
        declaration: Rule::level,
        clause: Rule::only_level_clause,
        keyword: ("level", "服务水平"),
        heads: Heads {
            english: &[
                "at",
                "more",
                "less",
                "share",
                "count",
                "mean",
                "median",
                "nps",
                "csat",
                "ces",
                "cancelled",
                "undetermined",
                "untouched",
                "with",
                "benchmark",
            ],
            chinese: &[
                "指标",
                "取消不计",
                "取消计未达标",
                "时限内取消计达标",
                "无法判定不计",
                "无法判定计未达标",
                "未涉及不计",
                "未涉及计未达标",
                "样本不少于",
                "标杆",
            ],
        },
        attributes: true,
        numbered: &[],
    },
    BlockKind {
        declaration: Rule::scorecard,
        clause: Rule::only_scorecard_clause,
        keyword: ("scorecard", "评分卡"),
        heads: Heads {
            english: &["fatal", "pass", "per"], chinese: &["一票否决", "合格线", "按当事人合并"]
        },
        attributes: true,
        numbered: BOTH,
    },
    BlockKind {
        declaration: Rule::escalate,
        clause: Rule::only_escalate_clause,
        keyword: ("escalate", "升级"),
        heads: Heads { english: &["at"], chinese: &["达"] },
        attributes: false,
        numbered: &[],
    },
    BlockKind {
        declaration: Rule::empower,
        clause: Rule::only_empower_clause,
        keyword: ("empower", "授权"),
        heads: Heads { english: &["may"], chinese: &["可", "当"] },
        attributes: false,
        numbered: &[],
    },
    BlockKind {
        declaration: Rule::approve,
        clause: Rule::only_approve_clause,
        keyword: ("approve", "审批"),
        heads: Heads {
            english: &["asked", "granted", "refused", "amount"],
            chinese: &["申请以", "批准以", "驳回以", "金额取"],
        },
        attributes: false,
        numbered: &[],
    },
    BlockKind {
        declaration: Rule::authority_block,
        clause: Rule::only_authority_clause,
        keyword: ("authority", "权限"),
        heads: Heads { english: &[], chinese: &[] },
        attributes: true,
        numbered: &[],
    },
    BlockKind {
        declaration: Rule::cause,
        clause: Rule::only_cause_clause,
        keyword: ("cause", "原因"),
        heads: Heads { english: &["kind", "when"], chinese: &["类别", "成立条件"] },
        attributes: true,
        numbered: &[],
    },
    BlockKind {
        declaration: Rule::remedy,
        clause: Rule::only_remedy_clause,
        keyword: ("remedy", "补救"),
        heads: Heads { english: &["offer", "improve", "caused"], chinese: &["方案", "改进", "归因于"] },
        attributes: true,
        numbered: &[],
    },
    BlockKind {
        declaration: Rule::scenario,
        clause: Rule::only_scenario_clause,
        keyword: ("scenario", "验证场景"),
        heads: Heads { english: &["given", "as", "expect"], chinese: &["已知", "截至", "应得"] },
        attributes: false,
        numbered: BOTH,
    },
];
