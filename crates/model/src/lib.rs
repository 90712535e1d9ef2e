//! The core types: what a figure is about, what was stated, what was found, and how it is answered.
