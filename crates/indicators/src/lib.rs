//! Where a city stands: levels, growth, published ranks, status and vintage.
