//! Is the subject on a list?

use super::{Derivation, Operators};
use std::sync::Arc;
use zhidian_dossier::{Completeness, Item, List};
use zhidian_model::{Estimate, Evidence, Finding, Key, Subject, Text};

impl Operators<'_> {
    /// True with the row that names it; false only where the list is complete for the subject; otherwise the list
    /// cannot say, and there is no finding.
    pub(super) fn member(&self, key: &Key, id: &str) -> Vec<Derivation> {
        let lists = self.lists.iter().filter(|list| &*list.id == id);
        lists.filter_map(|list| self.member_of(key, list)).collect()
    }

    fn member_of(&self, key: &Key, list: &List) -> Option<Derivation> {
        let named = list
            .items
            .iter()
            .find(|item| item.subject.as_ref() == Some(&key.subject) && item.valid.intersects(&key.period));
        let (truth, evidence, text) = match named {
            Some(item) => (true, item.evidence.clone(), self.listed_words(key, list, item)),
            None if closed_for(list, &key.subject) => {
                (false, list.place.clone(), self.absent_words(key, list))
            }
            None => return None,
        };
        let evidence = Evidence::derived("member", Some(key.clone()), evidence, []);
        let value = Estimate::Truth(Some(truth));
        let finding = Finding::new("ledger", key.clone(), value, evidence, "member", text);
        Some(Arc::new(finding).into())
    }

    fn listed_words(&self, key: &Key, list: &List, item: &Item) -> Text {
        let subject = self.names.subject(&key.subject);
        let class = item.class.as_deref().filter(|class| !class.is_empty());
        let (zh_class, en_class) = class
            .map_or((String::new(), String::new()), |class| (format!("（{class}）"), format!(" ({class})")));
        let issued = list.issued.map(|issued| issued.to_string()).unwrap_or_default();
        Text::new(
            format!("{}列入“{}”{zh_class}，{}{issued}", subject.zh, list.title, list.issuer),
            format!("{} is on the list “{}”{en_class}, {} {issued}", subject.en, list.title, list.issuer),
        )
    }

    fn absent_words(&self, key: &Key, list: &List) -> Text {
        let subject = self.names.subject(&key.subject);
        Text::new(
            format!("{}未列入“{}”（该名单完整）", subject.zh, list.title),
            format!("{} is not on the list “{}”, which is complete", subject.en, list.title),
        )
    }
}

fn closed_for(list: &List, subject: &Subject) -> bool {
    match &list.complete {
        Completeness::Yes => true,
        Completeness::No => false,
        Completeness::For(subjects) => subjects.contains(subject),
    }
}
