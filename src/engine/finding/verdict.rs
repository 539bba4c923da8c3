//! What came of a rule.

/// What came of a rule in a case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verdict {
    /// Final: not kept.
    Breached,
    /// A field that decides it is missing or of the wrong type.
    Undetermined,
    /// Open, and past the first `warn at`.
    AtRisk,
    /// Open, with its time stopped.
    Paused,
    /// Open.
    Running,
    /// Final: kept.
    Met,
    /// Final: its cancel event came before due.
    Cancelled,
    /// Final: due fell where an exemption excuses it.
    Exempt,
    /// A row of the table says that nothing is promised for such a case.
    NoTarget,
}

impl Verdict {
    /// All verdicts, the ones that need a person first.
    pub const ALL: [Verdict; 9] = [
        Verdict::Breached,
        Verdict::Undetermined,
        Verdict::AtRisk,
        Verdict::Paused,
        Verdict::Running,
        Verdict::Met,
        Verdict::Cancelled,
        Verdict::Exempt,
        Verdict::NoTarget,
    ];

    /// The verdict as the language spells it.
    pub fn spelling(self) -> &'static str {
        match self {
            Verdict::Breached => "breached",
            Verdict::Undetermined => "undetermined",
            Verdict::AtRisk => "at_risk",
            Verdict::Paused => "paused",
            Verdict::Running => "running",
            Verdict::Met => "met",
            Verdict::Cancelled => "cancelled",
            Verdict::Exempt => "exempt",
            Verdict::NoTarget => "no_target",
        }
    }

    /// Whether the clock behind it had not come to an end at `as of`.
    pub fn is_open(self) -> bool {
        matches!(self, Verdict::AtRisk | Verdict::Paused | Verdict::Running)
    }
}

/// How much a breach of a rule weighs in a case, by what the rule says of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BreachWeight {
    /// `minor`, `major` or `critical`; none if the rule does not say.
    pub severity: Option<String>,
    /// Whether it is material.
    pub material: bool,
    /// `full`, `partial` or `none`; none if the rule does not say.
    pub control: Option<String>,
}
