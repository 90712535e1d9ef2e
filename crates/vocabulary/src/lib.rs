//! Names to codes: regions, measures, units and trades, in Chinese and English.
