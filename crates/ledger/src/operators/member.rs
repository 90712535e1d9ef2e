//! Is the subject on a list?

use super::{Derivation, Operators};
use crate::names;
use std::sync::Arc;
use zhidian_dossier::{Completeness, Item, List};
use zhidian_model::{Estimate, Evidence, Finding, Key, Period, Subject, Text};

impl Operators<'_> {
    /// True once for each entry that names it; false only where the list is complete for the subject; otherwise the
    /// list cannot say, and there is no finding. A list says nothing about the time before it was issued.
    pub(super) fn member(&self, key: &Key, id: &str) -> Vec<Derivation> {
        let lists = self.lists.iter().filter(|list| &*list.id == id && in_force(list, &key.period));
        lists.flat_map(|list| self.member_of(key, list)).collect()
    }

    fn member_of(&self, key: &Key, list: &List) -> Vec<Derivation> {
        let named = list
            .items
            .iter()
            .filter(|item| item.subject.as_ref() == Some(&key.subject) && item.valid.intersects(&key.period));
        let entries: Vec<Derivation> = named.map(|item| self.entry(key, list, item)).collect();
        if entries.is_empty() && closed_for(list, &key.subject) {
            let subject = self.names.subject(&key.subject);
            let text = Text::new(
                format!("{}未列入“{}”（该名单完整）", subject.zh, list.title),
                format!("{} is not on the list “{}”, which is complete", subject.en, list.title),
            );
            return vec![said(key, false, list.place.clone(), text)];
        }
        entries
    }

    /// That an entry names the key's subject.
    pub(crate) fn entry(&self, key: &Key, list: &List, item: &Item) -> Derivation {
        let subject = match key.subject {
            Subject::Region(_) => self.names.subject(&key.subject),
            Subject::Entity { .. } => {
                self.names.entity(&key.subject).unwrap_or_else(|| Text::same(item.name.clone()))
            }
        };
        let class = item.class.as_deref().filter(|class| !class.is_empty() && *class != item.name);
        let (zh_class, en_class) =
            class.map_or_else(Default::default, |class| (format!("（{class}）"), format!(" ({class})")));
        let issued = list.issued.map(|issued| names::period(&issued)).unwrap_or_default();
        let text = Text::new(
            format!("{}列入“{}”{zh_class}，{}{}", subject.zh, list.title, list.issuer, issued.zh),
            format!(
                "{} is on the list “{}”{en_class}, {} {}",
                subject.en, list.title, list.issuer, issued.en
            ),
        );
        said(key, true, item.evidence.clone(), text)
    }
}

fn said(key: &Key, truth: bool, evidence: Evidence, text: Text) -> Derivation {
    let evidence = Evidence::derived("member", Some(key.clone()), evidence, []);
    let value = Estimate::Truth(Some(truth));
    Arc::new(Finding::new("ledger", key.clone(), value, evidence, "member", text)).into()
}

/// Was the list issued before the period ended?
fn in_force(list: &List, period: &Period) -> bool {
    match (list.issued.and_then(|issued| issued.from()), period.to()) {
        (Some(issued), Some(end)) => issued < end,
        _ => true,
    }
}

fn closed_for(list: &List, subject: &Subject) -> bool {
    match &list.complete {
        Completeness::Yes => true,
        Completeness::No => false,
        Completeness::For(subjects) => subjects.contains(subject),
    }
}
