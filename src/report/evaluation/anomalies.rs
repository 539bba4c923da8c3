//! Starts, stops and pauses without a partner, and events after the end of their case.

use std::collections::BTreeMap;

use serde::Serialize;

use super::View;
use super::labels::Labels;
use super::text::Page;

use crate::engine::{Anomaly, AnomalyKind, Rule};
use crate::report::When;
use crate::report::words::{anomaly_in_words, case_title, times};

/// Something in the log that a clock could not use.
#[derive(Clone, Debug, Serialize)]
pub struct AnomalyView {
    /// What is odd, in words.
    pub what: &'static str,
    /// The standard; none if it is about the case.
    pub standard: Option<String>,
    /// The case.
    pub case: String,
    /// The event.
    pub event: String,
    /// When.
    pub at: When,
    /// Where.
    pub place: String,
}

impl Labels<'_> {
    pub(super) fn anomaly(&self, anomaly: &Anomaly) -> AnomalyView {
        AnomalyView {
            what: anomaly_in_words(anomaly.kind),
            standard: anomaly.standard.map(|standard| Rule::Standard(standard).name(self.graph)),
            case: anomaly.case.to_string(),
            event: self.event(anomaly.event),
            at: self.when(anomaly.at),
            place: self.place(anomaly.place),
        }
    }
}

impl Page<'_> {
    /// Starts, stops and pauses without a partner, and events after the end, by what they are: each alone stands
    /// in the data formats.
    pub(super) fn anomalies(&mut self, view: &View) {
        let (of_clocks, others): (Vec<_>, Vec<_>) = view.anomalies.iter().partition(|odd| odd.standard.is_some());
        let of = |kind: AnomalyKind| move |odd: &&AnomalyView| odd.what == anomaly_in_words(kind);
        let (of_acts, others): (Vec<_>, Vec<_>) = others.into_iter().partition(of(AnomalyKind::NegativeAmount));
        let (of_returns, of_cases): (Vec<_>, Vec<_>) = others.into_iter().partition(of(AnomalyKind::ReturnsTooMuch));
        self.odd("Starts, stops and pauses without a partner", &of_clocks);
        self.odd("Amounts below zero", &of_acts);
        self.odd("More given back than was spent", &of_returns);
        self.odd("After the end of the case, the first of each", &of_cases);
    }

    fn odd(&mut self, heading: &str, anomalies: &[&AnomalyView]) {
        if anomalies.is_empty() {
            return;
        }
        self.heading(&format!("{heading} ({})", anomalies.len()));
        let mut kinds: BTreeMap<(Option<&str>, &str, &str), Vec<&AnomalyView>> = BTreeMap::new();
        for odd in anomalies {
            kinds.entry((odd.standard.as_deref(), &odd.event, odd.what)).or_default().push(odd);
        }
        for ((standard, event, what), odd) in kinds {
            let standard = standard.map(|standard| format!("{standard}: ")).unwrap_or_default();
            let first = odd
                .first()
                .map(|odd| format!("first at {} in {} ({})", odd.at.local, case_title(&odd.case), odd.place));
            let line =
                format!("  {standard}{event} {what}, {}; {}", times(odd.len() as u64), first.unwrap_or_default());
            self.line(&line);
        }
    }
}
