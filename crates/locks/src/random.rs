//! Streams of random numbers: one seed, any number of independent streams, the same on every machine.

use rand_xoshiro::{
    SplitMix64, Xoshiro256PlusPlus,
    rand_core::{Rng, SeedableRng},
};

/// xoshiro256++ (Blackman and Vigna, *ACM Transactions on Mathematical Software* 47, 2021), seeded by splitmix64.
#[derive(Clone, Debug)]
pub struct Random(Xoshiro256PlusPlus);

impl Random {
    /// The stream of a purpose within a replication. Alternatives that share seed, replication and purpose share their
    /// numbers: common random numbers.
    pub fn stream(seed: u64, replication: u64, purpose: u64) -> Self {
        let mixed = |x: u64| SplitMix64::seed_from_u64(x).next_u64();
        let of_replication = mixed(seed) ^ replication.wrapping_mul(0xD605_BBB5_8C8A_BBFD);
        let of_purpose = mixed(of_replication) ^ purpose.wrapping_mul(0xCA5A_8263_9512_1157);
        Self(Xoshiro256PlusPlus::seed_from_u64(of_purpose))
    }

    /// 64 random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Uniform in (0, 1]: its logarithm is finite.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        ((self.bits() >> 11) + 1) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// Exponential with mean 1.
    #[inline]
    pub fn exponential(&mut self) -> f64 {
        -self.uniform().ln()
    }

    /// Standard normal (Marsaglia's polar method).
    pub fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let r = x * x + y * y;
            if r > 0.0 && r < 1.0 {
                return x * (-2.0 * r.ln() / r).sqrt();
            }
        }
    }

    /// Gamma with this shape and mean 1 (Marsaglia and Tsang 2000).
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let boost = self.uniform().powf(1.0 / shape);
            return self.gamma(shape + 1.0) * (shape + 1.0) / shape * boost;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v / shape;
            }
        }
    }

    /// Poisson with this mean, by counting exponentials in parts small enough not to lose digits.
    pub fn poisson(&mut self, mean: f64) -> u64 {
        let (mut n, mut left) = (0, mean);
        loop {
            left -= self.exponential();
            if left < 0.0 {
                return n;
            }
            n += 1;
        }
    }

    /// An index, each as likely as its weight; `cumulative` rises to its last entry.
    #[inline]
    pub fn choose(&mut self, cumulative: &[f64]) -> usize {
        let Some(total) = cumulative.last() else { return 0 };
        let at = self.uniform() * total;
        cumulative.iter().position(|sum| at <= *sum).unwrap_or(cumulative.len() - 1)
    }
}
