//! What each page is made of, from a view.

pub(crate) mod document;
pub(crate) mod downloads;
pub(crate) mod engines;
pub(crate) mod evidence;
pub(crate) mod home;
pub(crate) mod methods;
pub(crate) mod notable;
pub(crate) mod origins;
pub(crate) mod statement;
pub(crate) mod tables;
