//! Scorecards and journeys: what the promises of a case come to, taken together.

pub mod random;
mod rules;

use mot::engine::Verdict;

use super::conduct;
use super::levels::Ratio;
use super::model::Minute;

/// Promises, what is made of them, and what happened.
#[derive(Clone)]
pub struct World {
    /// The clock and the sentences.
    pub promises: conduct::World,
    /// Of the clock, then of each sentence: the moment it belongs to, and how much it weighs.
    pub places: Vec<Place>,
    pub scorecards: Vec<Scorecard>,
    pub journeys: Vec<Journey>,
}

#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub moment: Option<usize>,
    pub severity: Option<Severity>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Severity {
    Minor,
    Major,
    Critical,
}

/// A rule: the clock is 0, the sentences follow.
pub type Rule = usize;

#[derive(Clone, Debug)]
pub struct Scorecard {
    /// So many points for those.
    pub lines: Vec<(i64, Vec<Rule>)>,
    pub fatal: Vec<Rule>,
    pub pass: i64,
    pub per_party: bool,
}

#[derive(Clone, Debug)]
pub struct Journey {
    /// Through which touchpoints.
    pub through: Vec<usize>,
    /// The moment that ends it.
    pub end: usize,
    /// In tenths.
    pub least: Option<i64>,
    pub per_party: bool,
}

/// The touchpoint of each moment.
pub const TOUCHPOINT_OF: [usize; 4] = [0, 0, 1, 2];

/// What came of a rule in a case, or of all of a party under the name of its first case.
struct Finding {
    rule: Rule,
    case: usize,
    verdict: Verdict,
    better: bool,
}

/// What came of a scorecard.
#[derive(Clone, PartialEq, Debug)]
pub struct Card {
    pub scorecard: usize,
    pub case: usize,
    pub start: Minute,
    pub verdict: Verdict,
    /// Of what is decided; none where nothing is.
    pub score: Option<Ratio>,
    pub low: Ratio,
    pub high: Ratio,
}

/// What came of a journey.
#[derive(Clone, PartialEq, Debug)]
pub struct Walk {
    pub journey: usize,
    pub case: usize,
    pub start: Minute,
    pub verdict: Verdict,
    /// Peak and end.
    pub values: Option<(i64, i64)>,
}

// ── The judge ──

struct Judge<'w> {
    world: &'w World,
    findings: Vec<Finding>,
    /// The cases of each party.
    parties: Vec<Vec<usize>>,
    /// Cases with the minute at which they began.
    cases: Vec<(usize, Minute)>,
}

pub fn judge(world: &World) -> (Vec<Card>, Vec<Walk>) {
    let judge = Judge::new(world);
    let cards = world.scorecards.iter().enumerate().flat_map(|(index, card)| {
        let scopes = judge.scopes(card.per_party).into_iter();
        scopes.filter_map(|cases| judge.card(index, card, &cases)).collect::<Vec<_>>()
    });
    let walks = world.journeys.iter().enumerate().flat_map(|(index, journey)| {
        let scopes = judge.scopes(journey.per_party).into_iter();
        scopes.filter_map(|cases| judge.walk(index, journey, &cases)).collect::<Vec<_>>()
    });
    (cards.collect(), walks.collect())
}

impl<'w> Judge<'w> {
    fn new(world: &'w World) -> Self {
        let promises = &world.promises;
        let as_of = promises.as_of.or(promises.story.events.last().map(|event| event.at)).unwrap_or_default();
        let story = promises.story.until(as_of);
        let clocks = promises.clocks(as_of).into_iter();
        let clocks = clocks.map(|ran| Finding { rule: 0, case: ran.case, verdict: ran.verdict, better: ran.better });
        let sentences = conduct::judge(promises).into_iter().map(|found| {
            let conduct::Found { behaviour, case, verdict, .. } = found;
            Finding { rule: behaviour + 1, case, verdict, better: false }
        });
        let cases = story.cases().into_iter();
        Self {
            world,
            findings: clocks.chain(sentences).collect(),
            parties: conduct::parties(&story),
            cases: cases.map(|case| (case, story.events[story.of_case(case)[0]].at)).collect(),
        }
    }

    fn scopes(&self, per_party: bool) -> Vec<Vec<usize>> {
        match per_party {
            true => self.parties.clone(),
            false => self.cases.iter().map(|(case, _)| vec![*case]).collect(),
        }
    }

    fn start(&self, cases: &[usize]) -> Minute {
        self.cases.iter().find(|(case, _)| *case == cases[0]).unwrap().1
    }

    fn of<'j>(&'j self, cases: &'j [usize], rules: &'j [Rule]) -> impl Iterator<Item = &'j Finding> + Clone {
        self.findings.iter().filter(|finding| cases.contains(&finding.case) && rules.contains(&finding.rule))
    }

    fn card(&self, index: usize, card: &Scorecard, cases: &[usize]) -> Option<Card> {
        let mut ends = [Sum::default(); 3];
        let mut is_open = false;
        for (points, rules) in &card.lines {
            let tally = Tally::of(self.of(cases, rules));
            is_open |= tally.open > 0;
            ends[0].add(*points, tally.met, tally.decided());
            ends[1].add(*points, tally.met, tally.all());
            ends[2].add(*points, tally.met + tally.unsure(), tally.all());
        }
        let fatal = Tally::of(self.of(cases, &card.fatal));
        is_open |= fatal.open > 0;
        let nothing = Ratio { part: 0, whole: 1 };
        let [score, mut low, high] = match fatal.breached {
            0 => ends.map(Sum::score),
            _ => [Some(nothing); 3],
        };
        if fatal.unsure() > 0 {
            low = low.map(|_| nothing);
        }
        let (low, high) = (low?, high?);
        let verdict = match () {
            () if low.is_at_least(card.pass) => Verdict::Met,
            () if !high.is_at_least(card.pass) => Verdict::Breached,
            () if is_open => Verdict::Running,
            () => Verdict::Undetermined,
        };
        Some(Card { scorecard: index, case: cases[0], start: self.start(cases), verdict, score, low, high })
    }

    fn walk(&self, index: usize, journey: &Journey, cases: &[usize]) -> Option<Walk> {
        let moments = (0..TOUCHPOINT_OF.len()).filter(|moment| journey.through.contains(&TOUCHPOINT_OF[*moment]));
        let moments: Vec<usize> = moments.collect();
        let rules = |moment: usize| {
            let rules = self.world.places.iter().enumerate();
            rules.filter(move |(_, place)| place.moment == Some(moment)).map(|(rule, _)| rule).collect::<Vec<Rule>>()
        };
        let all: Vec<Rule> = moments.iter().flat_map(|moment| rules(*moment)).collect();
        self.of(cases, &all).next()?;
        let value = |moment: usize| {
            let rules = rules(moment);
            let values: Vec<i64> = self.of(cases, &rules).filter_map(|finding| self.value(finding)).collect();
            let worst = values.iter().min().copied()?;
            if worst < 0 { Some(worst) } else { values.iter().max().copied() }
        };
        let values: Vec<i64> = moments.iter().filter_map(|moment| value(*moment)).collect();
        // The greatest, and of a tie the negative one.
        let peak = values.iter().copied().max_by_key(|value| (value.abs(), *value < 0));
        let values = peak.zip(value(journey.end));
        // What cannot be told may be felt as much as anything.
        let untold = self.of(cases, &all).any(|finding| finding.verdict == Verdict::Undetermined);
        let open = self
            .of(cases, &all)
            .any(|finding| matches!(finding.verdict, Verdict::Running | Verdict::Paused | Verdict::AtRisk));
        let verdict = match (values, journey.least) {
            (Some(_), Some(_)) if untold => Verdict::Undetermined,
            (None, _) if untold && !open => Verdict::Undetermined,
            (None, _) => Verdict::Running,
            (Some((peak, end)), Some(least)) if 10 * (peak + end) < 2 * least => Verdict::Breached,
            (Some(_), _) => Verdict::Met,
        };
        Some(Walk { journey: index, case: cases[0], start: self.start(cases), verdict, values })
    }

    fn value(&self, finding: &Finding) -> Option<i64> {
        match (finding.verdict, self.world.places[finding.rule].severity) {
            (Verdict::Breached, Some(Severity::Minor)) => Some(-1),
            (Verdict::Breached, Some(Severity::Critical)) => Some(-3),
            (Verdict::Breached, _) => Some(-2),
            (Verdict::Met, _) if finding.better => Some(2),
            (Verdict::Met, _) => Some(1),
            _ => None,
        }
    }
}

/// How often a verdict fell.
#[derive(Default)]
struct Tally {
    met: i64,
    breached: i64,
    undetermined: i64,
    open: i64,
}

impl Tally {
    fn of<'f>(findings: impl Iterator<Item = &'f Finding>) -> Tally {
        let mut tally = Tally::default();
        for finding in findings {
            match finding.verdict {
                Verdict::Met => tally.met += 1,
                Verdict::Breached => tally.breached += 1,
                Verdict::Undetermined => tally.undetermined += 1,
                Verdict::Running | Verdict::Paused | Verdict::AtRisk => tally.open += 1,
                _ => {}
            }
        }
        tally
    }

    fn decided(&self) -> i64 {
        self.met + self.breached
    }

    fn unsure(&self) -> i64 {
        self.undetermined + self.open
    }

    fn all(&self) -> i64 {
        self.decided() + self.unsure()
    }
}

/// Points earned of points possible; those earned are a fraction.
#[derive(Clone, Copy, Default)]
struct Sum {
    possible: i64,
    /// Numerator and denominator, if there is anything to add.
    earned: Option<(i64, i64)>,
}

impl Sum {
    /// So many points for a part of a whole; a line without a whole is left out.
    fn add(&mut self, points: i64, part: i64, whole: i64) {
        if whole > 0 {
            let (earned, of) = self.earned.unwrap_or((0, 1));
            self.earned = Some((earned * whole + points * part * of, of * whole));
            self.possible += points;
        }
    }

    fn score(self) -> Option<Ratio> {
        self.earned.map(|(earned, of)| Ratio { part: 100 * earned, whole: of * self.possible })
    }
}

impl Ratio {
    fn is_at_least(self, least: i64) -> bool {
        self.part >= least * self.whole
    }
}
