//! Every code that a fault can have, one line each; its page is the file of its name in `pages/`.
//!
//! A line without a page does not compile, and one that no fault has is a warning.

use std::fmt;

/// The stable name of a kind of fault, as `mot explain` knows it: `table/dead-row`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Code(&'static str);

impl Code {
    /// The code as people write it.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }
}

macro_rules! codes {
    ($($name:ident = $code:literal;)*) => {
        $(pub(crate) const $name: Code = Code($code);)*

        /// Each code with its page, in the order of the codes.
        pub(super) static PAGES: &[(Code, &str)] = &[$((Code($code), include_str!(concat!("pages/", $code, ".md")))),*];
    };
}

codes! {
    BEHAVIOUR_AGAINST_ITSELF = "behaviour/against-itself";
    BEHAVIOUR_NO_CASE_END = "behaviour/no-case-end";
    BEHAVIOUR_NO_TIMES = "behaviour/no-times";
    BEHAVIOUR_SECOND_SENTENCE = "behaviour/second-sentence";

    CAUSE_MANY_CASES = "cause/many-cases";
    CAUSE_NO_CLOCK = "cause/no-clock";

    CLAUSE_MISSING = "clause/missing";
    CLAUSE_TWICE = "clause/twice";

    CLOCK_BEYOND_IS_NO_BETTER = "clock/beyond-is-no-better";
    CLOCK_EXTENDS_NOTHING = "clock/extends-nothing";
    CLOCK_KEY_MISSING = "clock/key-missing";
    CLOCK_NEVER_COMES = "clock/never-comes";
    CLOCK_NEVER_RESUMES = "clock/never-resumes";
    CLOCK_NOTHING_DUE = "clock/nothing-due";
    CLOCK_PAUSES_FOR_NOTHING = "clock/pauses-for-nothing";
    CLOCK_REOPENS_AT_ONCE = "clock/reopens-at-once";
    CLOCK_STAGES_ADD_UP = "clock/stages-add-up";
    CLOCK_STOPPED_FIRST = "clock/stopped-first";
    CLOCK_WARNING_ORDER = "clock/warning-order";
    CLOCK_WARNS_TOO_LATE = "clock/warns-too-late";

    CONDITION_ALWAYS_HOLDS = "condition/always-holds";
    CONDITION_FACT_OUTSIDE = "condition/fact-outside";
    CONDITION_NEVER_BELIEVED = "condition/never-believed";
    CONDITION_NEVER_HOLDS = "condition/never-holds";
    CONDITION_NOTHING_STARTS = "condition/nothing-starts";
    CONDITION_NOWHERE_TOLD = "condition/nowhere-told";

    EMPOWER_ADDS_NOTHING = "empower/adds-nothing";
    EMPOWER_NO_AMOUNT = "empower/no-amount";
    EMPOWER_NOBODY = "empower/nobody";
    EMPOWER_NOTHING_TO_LIMIT = "empower/nothing-to-limit";
    EMPOWER_RETURNS_ITSELF = "empower/returns-itself";
    EMPOWER_RETURNS_NOTHING = "empower/returns-nothing";
    EMPOWER_RETURNS_TWICE = "empower/returns-twice";
    EMPOWER_SHRINKS = "empower/shrinks";
    EMPOWER_TWICE = "empower/twice";

    ESCALATE_LEVEL_BEFORE_ITS_END = "escalate/level-before-its-end";
    ESCALATE_NOT_ABOVE = "escalate/not-above";
    ESCALATE_NOTHING_THERE = "escalate/nothing-there";
    ESCALATE_ORDER = "escalate/order";
    ESCALATE_ROLE_FIELD = "escalate/role-field";
    ESCALATE_TOO_LONG = "escalate/too-long";

    EVENT_NEVER_READ = "event/never-read";
    EVENT_TOO_MANY = "event/too-many";

    EXEMPT_NEVER = "exempt/never";
    EXEMPT_NO_PROOF = "exempt/no-proof";

    GRAPH_CYCLE = "graph/cycle";
    GRAPH_TOO_DEEP = "graph/too-deep";

    JOURNEY_AGAIN = "journey/again";
    JOURNEY_ENDS_ELSEWHERE = "journey/ends-elsewhere";

    LEVEL_BEYOND_REACH = "level/beyond-reach";
    LEVEL_GROUP = "level/group";
    LEVEL_IDLE_CLAUSE = "level/idle-clause";
    LEVEL_NO_CASE = "level/no-case";
    LEVEL_NO_CLOCK = "level/no-clock";
    LEVEL_NO_VERDICTS = "level/no-verdicts";
    LEVEL_OTHER_UNIT = "level/other-unit";
    LEVEL_SCORES = "level/scores";
    LEVEL_SECOND_MEASURE = "level/second-measure";
    LEVEL_WINDOW = "level/window";

    MAPPING_AMBIGUOUS_COLUMN = "mapping/ambiguous-column";
    MAPPING_DAY_AND_MONTH = "mapping/day-and-month";
    MAPPING_DELIMITER = "mapping/delimiter";
    MAPPING_MISSING_COLUMN = "mapping/missing-column";
    MAPPING_MISSING_KEY = "mapping/missing-key";
    MAPPING_NEVER_TRIED = "mapping/never-tried";
    MAPPING_NO_TIMEZONE = "mapping/no-timezone";
    MAPPING_PRIVATE_COLUMN = "mapping/private-column";
    MAPPING_REPEATED_KEY = "mapping/repeated-key";
    MAPPING_SHAPE = "mapping/shape";
    MAPPING_TIME_FORMAT = "mapping/time-format";
    MAPPING_TWO_WAYS = "mapping/two-ways";
    MAPPING_UNKNOWN_EVENT = "mapping/unknown-event";
    MAPPING_UNKNOWN_FIELD = "mapping/unknown-field";
    MAPPING_UNKNOWN_FORMAT = "mapping/unknown-format";
    MAPPING_UNKNOWN_KEY = "mapping/unknown-key";
    MAPPING_UNKNOWN_TIMEZONE = "mapping/unknown-timezone";
    MAPPING_UNKNOWN_VALUE = "mapping/unknown-value";

    MOMENT_NO_PROMISE = "moment/no-promise";
    MOMENT_NOT_MENDED = "moment/not-mended";
    MOMENT_NOTHING_PROMISED = "moment/nothing-promised";

    NAME_NEVER_USED = "name/never-used";
    NAME_NOT_OF_ALL = "name/not-of-all";
    NAME_TWICE = "name/twice";
    NAME_TWO_MEANINGS = "name/two-meanings";
    NAME_UNKNOWN = "name/unknown";
    NAME_UNKNOWN_FIELD = "name/unknown-field";

    PARTY_TWO_SCOPES = "party/two-scopes";

    PROMISE_LAXER_THAN = "promise/laxer-than";
    PROMISE_NOT_COMPARED = "promise/not-compared";
    PROMISE_OTHER_KIND = "promise/other-kind";

    PROOF_UNDECIDED = "proof/undecided";

    REMEDY_IMPROVES_NOTHING = "remedy/improves-nothing";
    REMEDY_NOBODY_IS_THERE = "remedy/nobody-is-there";
    REMEDY_NOBODY_MAY = "remedy/nobody-may";
    REMEDY_OFFERS_TWICE = "remedy/offers-twice";
    REMEDY_OTHER_CAUSE = "remedy/other-cause";

    SCENARIO_AFTER_AS_OF = "scenario/after-as-of";
    SCENARIO_BACKWARDS = "scenario/backwards";
    SCENARIO_FAILED = "scenario/failed";
    SCENARIO_FIELD_TWICE = "scenario/field-twice";
    SCENARIO_NEVER_APPROVED = "scenario/never-approved";
    SCENARIO_NEVER_ESCALATED = "scenario/never-escalated";
    SCENARIO_NO_CLOCK = "scenario/no-clock";
    SCENARIO_NO_KEY = "scenario/no-key";
    SCENARIO_NO_SCORE = "scenario/no-score";
    SCENARIO_NO_SUCH_CASE = "scenario/no-such-case";
    SCENARIO_NO_SUCH_FIELD = "scenario/no-such-field";
    SCENARIO_NOT_LATE = "scenario/not-late";
    SCENARIO_NOTHING_EXPECTED = "scenario/nothing-expected";
    SCENARIO_NOTHING_HAPPENS = "scenario/nothing-happens";
    SCENARIO_OF_ALL_CASES = "scenario/of-all-cases";
    SCENARIO_TWICE = "scenario/twice";
    SCENARIO_WHICH_CASE = "scenario/which-case";

    SCORECARD_AGAIN = "scorecard/again";
    SCORECARD_NOT_OF_A_CASE = "scorecard/not-of-a-case";

    SERVICE_MISSING = "service/missing";
    SERVICE_TWICE = "service/twice";

    SETTINGS_CANNOT_READ = "settings/cannot-read";
    SETTINGS_SHAPE = "settings/shape";
    SETTINGS_STAYS_AN_ERROR = "settings/stays-an-error";
    SETTINGS_TWO_MAPPINGS = "settings/two-mappings";
    SETTINGS_UNKNOWN_CODE = "settings/unknown-code";
    SETTINGS_UNKNOWN_KEY = "settings/unknown-key";

    SYNTAX_AND_OR = "syntax/and-or";
    SYNTAX_BARE_DAYS = "syntax/bare-days";
    SYNTAX_CONDITION_BEHIND = "syntax/condition-behind";
    SYNTAX_CONDITION_IN_FRONT = "syntax/condition-in-front";
    SYNTAX_DATE_SHAPE = "syntax/date-shape";
    SYNTAX_EXPECTED = "syntax/expected";
    SYNTAX_FULL_WIDTH = "syntax/full-width";
    SYNTAX_GROWN_TOGETHER = "syntax/grown-together";
    SYNTAX_HIDDEN_LETTER = "syntax/hidden-letter";
    SYNTAX_LONG_UNIT = "syntax/long-unit";
    SYNTAX_NO_SUCH_CURRENCY = "syntax/no-such-currency";
    SYNTAX_NO_SUCH_DATE = "syntax/no-such-date";
    SYNTAX_NO_UNIT = "syntax/no-unit";
    SYNTAX_NOT_TEXT = "syntax/not-text";
    SYNTAX_NOTHING_MORE = "syntax/nothing-more";
    SYNTAX_OTHER_MEANING = "syntax/other-meaning";
    SYNTAX_STRAY_BRACE = "syntax/stray-brace";
    SYNTAX_STRAY_CONDITION = "syntax/stray-condition";
    SYNTAX_SYMBOL = "syntax/symbol";
    SYNTAX_TOO_DEEP = "syntax/too-deep";
    SYNTAX_TOO_LARGE = "syntax/too-large";
    SYNTAX_UNCLOSED = "syntax/unclosed";
    SYNTAX_UNCLOSED_TEXT = "syntax/unclosed-text";
    SYNTAX_UNKNOWN_CLAUSE = "syntax/unknown-clause";
    SYNTAX_UNKNOWN_DECLARATION = "syntax/unknown-declaration";
    SYNTAX_UNREADABLE = "syntax/unreadable";

    TABLE_AGAINST_THE_ORDER = "table/against-the-order";
    TABLE_DEAD_ROW = "table/dead-row";
    TABLE_NO_OTHERWISE = "table/no-otherwise";
    TABLE_OVERLAP = "table/overlap";

    TIME_CLOSED_AND_OPENED = "time/closed-and-opened";
    TIME_ENDS_BEFORE_IT_BEGINS = "time/ends-before-it-begins";
    TIME_HOLIDAYS_END = "time/holidays-end";
    TIME_HOURS_OVERLAP = "time/hours-overlap";
    TIME_NEVER_OPEN = "time/never-open";
    TIME_NO_CALENDAR = "time/no-calendar";
    TIME_NO_WORKING_DAY = "time/no-working-day";
    TIME_ODD_LOCAL_TIME = "time/odd-local-time";
    TIME_UNKNOWN_ZONE = "time/unknown-zone";

    TOUCHPOINT_NEVER_MEASURED = "touchpoint/never-measured";

    TYPE_EMPTY_RANGE = "type/empty-range";
    TYPE_NO_ORDER = "type/no-order";
    TYPE_NO_SUCH_CURRENCY = "type/no-such-currency";
    TYPE_NOT_YES_OR_NO = "type/not-yes-or-no";
    TYPE_SEGMENT_COMPARED = "type/segment-compared";
    TYPE_TWO_CURRENCIES = "type/two-currencies";
    TYPE_TWO_TYPES = "type/two-types";
    TYPE_UNKNOWN_VALUE = "type/unknown-value";
    TYPE_VALUE_ALONE = "type/value-alone";
    TYPE_WRONG_FIELD = "type/wrong-field";
    TYPE_WRONG_VALUE = "type/wrong-value";

    USE_CANNOT_READ = "use/cannot-read";
    USE_OUTSIDE = "use/outside";

    VALUE_OUT_OF_BOUNDS = "value/out-of-bounds";

    VERSION_GAP = "version/gap";
    VERSION_GONE = "version/gone";
    VERSION_LOOSENS = "version/loosens";
    VERSION_LOOSENS_NOTHING = "version/loosens-nothing";
    VERSION_NO_DAYS = "version/no-days";
    VERSION_NOT_GONE = "version/not-gone";
    VERSION_OVERLAP = "version/overlap";
    VERSION_TWO_FIELDS = "version/two-fields";
    VERSION_TWO_HEADERS = "version/two-headers";
    VERSION_TWO_SERVICES = "version/two-services";

    YAML_KEY = "yaml/key";
    YAML_SYNTAX = "yaml/syntax";
}
