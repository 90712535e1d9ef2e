//! Texts to claims: every statement a development document makes, with exact spans and fields.
