//! Which promises are judged at all, and which someone should look at again.

use super::{Attributes, Graph, Service};

use crate::calendar::Date;

impl Service {
    /// Why the standards are judged by on request only: they are a draft, or retired.
    pub fn unfit(&self) -> Option<&str> {
        unfit(self.status.as_deref())
    }
}

impl Graph {
    /// Leaves out the promises that are drafts or retired, or belong to a place that is.
    pub fn leave_out_drafts(&mut self) {
        let of = |attributes: &Attributes| unfit(attributes.status.as_deref()).map(str::to_owned);
        let touchpoints: Vec<Option<String>> = self.touchpoints.iter().map(|place| of(&place.attributes)).collect();
        let moments: Vec<Option<String>> = self.moments.iter().map(|place| of(&place.attributes)).collect();
        let of_place = |touchpoint: Option<usize>, moment: Option<usize>| {
            let moment = moment.and_then(|index| moments.get(index).cloned().flatten());
            moment.or_else(|| touchpoint.and_then(|index| touchpoints.get(index).cloned().flatten()))
        };
        let standards = self.standards.iter_mut();
        let standards = standards.map(|found| (of_place(found.touchpoint, found.moment), &mut found.attributes));
        let behaviours = self.behaviours.iter_mut();
        let behaviours = behaviours.map(|found| (of_place(found.touchpoint, found.moment), &mut found.attributes));
        let wholes = self.levels.iter_mut().map(|found| &mut found.attributes);
        let wholes = wholes.chain(self.scorecards.iter_mut().map(|found| &mut found.attributes));
        let wholes = wholes.chain(self.journeys.iter_mut().map(|found| &mut found.attributes));
        for (of_place, attributes) in standards.chain(behaviours).chain(wholes.map(|attributes| (None, attributes))) {
            attributes.left_out = of(attributes).or(of_place);
        }
    }

    /// The promises that are left out, in the order of their kinds: name and why.
    pub fn left_out(&self) -> impl Iterator<Item = (&str, &str)> {
        self.promises().filter_map(|(name, attributes)| Some((name, attributes.left_out.as_deref()?)))
    }

    /// What was to be reviewed before a day that has come: name and day, the service first.
    pub fn reviews_due(&self, today: Date) -> impl Iterator<Item = (&str, Date)> {
        let service = self.service.review_before.map(|before| (self.service.name.as_str(), before));
        let places = self.touchpoints.iter().map(|found| (found.name.as_str(), &found.attributes));
        let places = places.chain(self.moments.iter().map(|found| (found.name.as_str(), &found.attributes)));
        let reviewed = places.chain(self.promises()).filter_map(|(name, said)| Some((name, said.review_before?)));
        service.into_iter().chain(reviewed).filter(move |(_, before)| *before <= today)
    }

    fn promises(&self) -> impl Iterator<Item = (&str, &Attributes)> {
        let standards = self.standards.iter().map(|found| (found.name.as_str(), &found.attributes));
        let behaviours = self.behaviours.iter().map(|found| (found.name.as_str(), &found.attributes));
        let levels = self.levels.iter().map(|found| (found.name.as_str(), &found.attributes));
        let scorecards = self.scorecards.iter().map(|found| (found.name.as_str(), &found.attributes));
        let authorities = self.authorities.iter().map(|found| (found.name.as_str(), &found.attributes));
        let journeys = self.journeys.iter().map(|found| (found.name.as_str(), &found.attributes));
        standards.chain(behaviours).chain(levels).chain(scorecards).chain(authorities).chain(journeys)
    }
}

/// The status, where it keeps what has it from being judged.
fn unfit(status: Option<&str>) -> Option<&str> {
    status.filter(|status| ["draft", "retired"].contains(status))
}
