//! Sentences with what they state, laws that hold on any text, and the annotated texts where they are at hand.
mod laws;
mod oracle;
mod sentences;
