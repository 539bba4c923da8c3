//! Chance that can be repeated.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use crate::calendar::Duration;

/// Random numbers that fall the same way for the same seed and case, on any machine.
pub struct SeededRandom(ChaCha8Rng);

impl SeededRandom {
    /// The random numbers of one case: what happens in it does not depend on how many cases there are.
    pub fn of(seed: u64, case: usize) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(case as u64);
        Self(generator)
    }

    /// A number from 0 up to, and not, `end`; 0 if there is none.
    pub fn below(&mut self, end: u64) -> u64 {
        // The high half of the product is spread evenly enough, and needs no second throw.
        let product = u128::from(self.0.next_u64()) * u128::from(end);
        u64::try_from(product >> 64).unwrap_or_default()
    }

    /// A number from `least` to `most`, both included.
    pub fn between(&mut self, least: u32, most: u32) -> u32 {
        let width = u64::from(most.saturating_sub(least)) + 1;
        least.saturating_add(u32::try_from(self.below(width)).unwrap_or_default())
    }

    /// True in that many of a hundred throws.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < u64::from(percent)
    }

    /// True in that share of throws.
    pub fn share(&mut self, share: f64) -> bool {
        const STEPS: u32 = 1_000_000;
        f64::from(self.between(0, STEPS - 1)) < share * f64::from(STEPS)
    }

    /// One of a list, each as likely as the others.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.index(list.len()))
    }

    /// An index below `count`, each as likely as the others.
    pub fn index(&mut self, count: usize) -> usize {
        usize::try_from(self.below(count as u64)).unwrap_or_default()
    }

    /// An index below `count`, the first the most likely and the last the least.
    pub fn early_index(&mut self, count: usize) -> usize {
        let weights = count as u64 * (count as u64 + 1) / 2;
        let mut throw = self.below(weights);
        for index in 0..count {
            let weight = (count - index) as u64;
            if throw < weight {
                return index;
            }
            throw -= weight;
        }
        0
    }

    /// From `least` to `most` percent of `whole`, in whole seconds and no less than one.
    pub fn part(&mut self, whole: Duration, least: u32, most: u32) -> Duration {
        whole_seconds(whole.percent(self.between(least, most))).max(Duration::from_secs(1))
    }

    /// A span from `least` to `most` seconds.
    pub fn seconds(&mut self, least: u32, most: u32) -> Duration {
        Duration::from_secs(i64::from(self.between(least, most)))
    }
}

/// The span without its fraction of a second.
pub fn whole_seconds(span: Duration) -> Duration {
    const SECOND: i64 = 1_000_000_000;
    Duration::from_nanos(span.as_nanos() / SECOND * SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_and_case_give_the_same_throws() {
        let throws = |seed, case| {
            let mut random = SeededRandom::of(seed, case);
            (0..20).map(|_| random.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(throws(7, 3), throws(7, 3));
        assert_ne!(throws(7, 3), throws(7, 4));
        assert_ne!(throws(7, 3), throws(8, 3));
    }

    #[test]
    fn throws_stay_within_their_bounds() {
        let mut random = SeededRandom::of(1, 1);
        for _ in 0..1000 {
            assert!((3..=5).contains(&random.between(3, 5)));
            assert!(random.early_index(4) < 4);
            assert!(!random.share(0.0) && random.share(1.0));
        }
        assert_eq!((random.below(0), random.index(0), random.early_index(0)), (0, 0, 0));
        assert_eq!(random.pick::<u8>(&[]), None);
        assert_eq!(random.between(u32::MAX, u32::MAX), u32::MAX);
    }

    #[test]
    fn earlier_indices_are_likelier() {
        let mut random = SeededRandom::of(1, 1);
        let mut counts = [0; 3];
        for _ in 0..6000 {
            counts[random.early_index(3)] += 1;
        }
        assert!(counts[0] > counts[1] && counts[1] > counts[2], "{counts:?}");
    }
}
