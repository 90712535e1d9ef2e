//! From the words of a scope to rosters.

use super::{Asker, TERM};
use zhidian_claims::Statement;
use zhidian_model::{Code, Subject};
use zhidian_vocabulary::regions::{self, Level, Resolution};

impl Asker<'_> {
    /// Every roster that the scope's words read as; where there is none, what such a roster would be called.
    ///
    /// `浙江`, `全省` of a prefecture is the prefectures of its province: 330000/prefecture. Rosters that read the same
    /// (with and without 济源) are readings of one another.
    pub(super) fn scopes(&self, statement: &Statement, subject: &Subject) -> Vec<Code> {
        let words = statement.scope.as_ref().map(|scope| scope.text.as_str()).unwrap_or_default();
        let level = subject.region().and_then(regions::by_code).map(|region| region.level);
        let Some(reads) = reads(words, subject, level) else {
            return vec![format!("{TERM}{words}").into()];
        };
        let rosters: Vec<Code> = self
            .rosters
            .iter()
            .filter(|roster| *roster.reads == *reads)
            .map(|roster| roster.id.clone())
            .collect();
        if rosters.is_empty() { vec![reads.into()] } else { rosters }
    }
}

/// `330000/prefecture`
fn reads(words: &str, subject: &Subject, level: Option<Level>) -> Option<String> {
    let lower = words.to_lowercase();
    let any = |list: &[&str]| list.iter().any(|word| lower.contains(word));
    let named_level = if any(&["地级市", "设区市", "地市", "prefecture"]) {
        Some(Level::Prefecture)
    } else if any(&["县（市、区）", "县市区", "各县", "counties", "county"]) {
        Some(Level::County)
    } else if any(&["省份", "各省", "provinces"]) {
        Some(Level::Province)
    } else {
        None
    };
    let level = level_name(named_level.or(level)?)?;
    let home = subject.region();
    let within = if any(&["全国", "国内", "nation", "china", "country"]) {
        100_000
    } else if any(&["全省", "全区", "我省", "省内", "自治区", "the province", "in-province"])
        || words.is_empty()
    {
        regions::province_of(home?)
    } else if any(&["全市", "我市", "the city"]) {
        home?
    } else if let Some(region) = region_in(words, home) {
        region
    } else if named_level.is_some() {
        // 地级市第一, without saying where: of the country
        100_000
    } else {
        return None;
    };
    Some(format!("{within:06}/{level}"))
}

fn region_in(words: &str, home: Option<u32>) -> Option<u32> {
    if let Resolution::One(region) = regions::resolve(words, home) {
        return Some(region.code);
    }
    regions::mentions(words, home).first().map(|mention| mention.region.code)
}

fn level_name(level: Level) -> Option<&'static str> {
    match level {
        Level::Country => None,
        Level::Province => Some("province"),
        Level::Prefecture => Some("prefecture"),
        Level::County => Some("county"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_scope() {
        let quzhou = Subject::Region(330_800);
        let of = |words| reads(words, &quzhou, Some(Level::Prefecture));
        assert_eq!(of("浙江").as_deref(), Some("330000/prefecture"));
        assert_eq!(of("全省").as_deref(), Some("330000/prefecture"));
        assert_eq!(of("全国").as_deref(), Some("100000/prefecture"));
        assert_eq!(of("地级市").as_deref(), Some("100000/prefecture"));
        assert_eq!(of("Zhejiang").as_deref(), Some("330000/prefecture"));
        assert_eq!(of("业内"), None);
    }
}
