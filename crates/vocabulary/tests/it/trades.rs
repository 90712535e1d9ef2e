//! Trades: the tables are whole, and development documents' words lead to the classification.
use zhidian_vocabulary::trades::{all, by_code, find, named};

fn codes(name: &str) -> Vec<&'static str> {
    named(name).into_iter().map(|trade| trade.code).collect()
}

#[test]
fn the_classification_is_whole() {
    let sections: Vec<_> = all().filter(|trade| trade.section.is_empty()).collect();
    let divisions: Vec<_> = all().filter(|trade| !trade.section.is_empty()).collect();
    assert_eq!((sections.len(), divisions.len()), (20, 97));
    for (place, division) in divisions.iter().enumerate() {
        assert_eq!(division.code, format!("{:02}", place + 1));
        assert!(by_code(division.section).is_some_and(|section| section.section.is_empty()));
    }
    let mut sections = divisions.iter().map(|division| division.section).collect::<Vec<_>>();
    assert!(sections.is_sorted(), "sections follow the numbers of their divisions");
    sections.dedup();
    assert_eq!(sections.len(), 20);
}

#[test]
fn words_of_documents_lead_to_divisions() {
    assert_eq!(codes("氟硅"), ["26"]);
    assert_eq!(codes("碳酸钙"), ["10", "26", "30"]);
    assert_eq!(codes("铝产业"), ["32", "33"]);
    assert_eq!(codes("铁合金"), ["09", "31"]);
    assert_eq!(codes("云计算"), ["64", "65"]);
    assert_eq!(codes("干细胞"), ["27", "73", "84"]);
    assert!(codes("新材料").len() > 1);
    assert_eq!(codes("rare earths"), ["09", "32"]);
    assert!(codes("修仙").is_empty());
}

#[test]
fn every_name_leads_somewhere_and_back() {
    for trade in all() {
        assert!(named(trade.zh).contains(&trade) && named(trade.en).contains(&trade), "{}", trade.code);
    }
}

#[test]
fn mentions_are_the_longest() {
    let found: Vec<_> =
        find("做强新能源汽车、新材料和动力电池").into_iter().map(|m| m.trades.len()).collect();
    assert_eq!(found.len(), 3);
    assert_eq!(find("software engineers").len(), 1);
    assert!(find("softwares").is_empty());
}
