//! The one source of randomness: xoshiro256++ (Blackman and Vigna, 2018), seeded through SplitMix64.

use rand_xoshiro::{
    Xoshiro256PlusPlus,
    rand_core::{Rng, SeedableRng},
};

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub(crate) struct Random(Xoshiro256PlusPlus);

impl Random {
    /// The stream of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// The stream of a seed for one part of the work: a project, a block of draws, a thread's share.
    pub(crate) fn of(seed: u64, part: u64) -> Self {
        Self::new(mix(seed ^ 0x5851_f42d_4c95_7f2d).wrapping_add(mix(part.wrapping_add(0x14057b7ef767814f))))
    }

    /// Sixty-four random bits.
    #[inline]
    pub(crate) fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Uniform in `[0, 1)` with 53 bits.
    #[inline]
    pub(crate) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// Uniform below `n`; 0 when `n` is 0. The bias is below `n / 2^64`.
    #[inline]
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }

    /// A standard normal number (Box and Muller).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_the_distributions() {
        let mut random = Random::new(7);
        let n = 200_000;
        let (mut sum, mut squares, mut normal, mut normal_squares) = (0.0, 0.0, 0.0, 0.0);
        for _ in 0..n {
            let u = random.unit();
            sum += u;
            squares += u * u;
            let z = random.normal();
            normal += z;
            normal_squares += z * z;
        }
        let n = f64::from(n);
        assert!((sum / n - 0.5).abs() < 0.003 && (squares / n - 1.0 / 3.0).abs() < 0.003);
        assert!((normal / n).abs() < 0.01 && (normal_squares / n - 1.0).abs() < 0.02);
    }

    #[test]
    fn streams_differ_and_repeat() {
        assert_ne!(Random::of(1, 2).bits(), Random::of(1, 3).bits());
        assert_ne!(Random::of(1, 2).bits(), Random::of(2, 2).bits());
        assert_eq!(Random::of(1, 2).bits(), Random::of(1, 2).bits());
        assert!((0..1000).all(|_| Random::new(3).below(7) < 7));
        assert_eq!(Random::new(3).below(0), 0);
    }
}
