//! The manuals of the operators, in the form of an engine's.

use zhidian_model::Card;

/// The manual of an operator by its name.
pub fn card(name: &str) -> Option<&'static Card> {
    CARDS.iter().find(|card| card.id == name)
}

const BLANK: Card = Card {
    id: "",
    question: ("", ""),
    tables: &[],
    parameters: &[],
    finds: &[],
    needs: &["*"],
    method: ("", ""),
    assumptions: ("", ""),
    not_for: ("", ""),
    references: &[],
};

/// Every operator of the ledger.
pub static CARDS: [Card; 7] = [
    Card {
        id: "rank",
        question: ("在同列中居第几位", "which place among peers"),
        tables: &["rosters"],
        method: (
            "在同一张表、同一版次内，按当时名录的成员排序；位次是区间：并列照所印，缺数的一方使区间放宽。余量按指标自身的单位计。",
            "Within one table and edition, the members of the roster of the time are put in order. A place is an interval: a tie stands as printed, a missing peer widens it. The margin is in the measure's own unit.",
        ),
        assumptions: (
            "表中每个数按其所在列的小数位数取整；名录按其起止日期生效。",
            "Every figure is rounded to the decimals of its column; the roster holds from and to its dates.",
        ),
        not_for: ("跨版次、跨来源拼接的数列", "series pieced together from several editions or sources"),
        ..BLANK
    },
    Card {
        id: "best",
        question: ("是否为若干年来最好", "whether it is the best of some years"),
        method: (
            "在窗口内逐期比较名次或数值；有一期不差于本期，就不算独占，缺一期就不能断定。",
            "Places or values are compared period by period within the window. A period that does as well shares the record; a missing period leaves it open.",
        ),
        assumptions: (
            "窗口的每一种读法都试过（近7年可起于前6年或前7年）。",
            "Every reading of the window is tried: the last seven years may begin six or seven years before.",
        ),
        not_for: ("口径中途改变的数列", "series whose definition changes on the way"),
        ..BLANK
    },
    Card {
        id: "change",
        question: ("比上期变动多少", "by how much it changed"),
        method: (
            "同一张表、同一版次内，本期减上期；误差相加。",
            "This period less the one before, within one table and edition; the errors of both add up.",
        ),
        assumptions: ("两期口径一致。", "Both periods are measured alike."),
        not_for: ("不同版次之间", "figures of different editions"),
        ..BLANK
    },
    Card {
        id: "ratio",
        question: ("两数之比是多少", "one figure over another"),
        method: (
            "同期、同表、同版次两数相除；结果取两数误差所及的区间。",
            "One figure over another of the same period, table and edition; the result is the interval that both errors reach.",
        ),
        assumptions: ("分子与分母口径一致。", "Both are measured alike."),
        not_for: ("分母可能为零的情形", "a denominator that may be zero"),
        ..BLANK
    },
    Card {
        id: "count",
        question: ("有几项指标达到条件", "how many measures pass a test"),
        tables: &["indicator_definitions"],
        method: (
            "逐项检验所列指标，数出符合的项数；判不了的一项使结果成为区间。",
            "Each listed measure is tested, those that pass are counted; one that cannot be judged makes the count an interval.",
        ),
        assumptions: ("指标清单由文稿或数据给出。", "The list of measures is given by the text or the data."),
        not_for: ("没有清单的“主要指标”", "“main indicators” that nobody lists"),
        ..BLANK
    },
    Card {
        id: "count_in",
        question: ("同列中有几个符合", "how many peers pass a test"),
        tables: &["rosters"],
        method: (
            "在名录内逐个检验，数出符合的个数；缺数的成员使结果成为区间。",
            "Each member of the roster is tested, those that pass are counted; a member without a figure makes the count an interval.",
        ),
        assumptions: ("名录按其起止日期生效。", "The roster holds from and to its dates."),
        not_for: ("没有名录的范围", "peers that no roster lists"),
        ..BLANK
    },
    Card {
        id: "member",
        question: ("是否列入名单", "whether it stands on a list"),
        tables: &["lists", "items"],
        method: (
            "在有日期的名单中查找对象；只有声明完整的名单，不在其上才说明问题。",
            "The subject is looked up in a dated list. Absence says something only where the list is said to be complete.",
        ),
        assumptions: ("名称按登记的别名认定。", "Names are told by the other names that are registered."),
        not_for: ("名单发布之前的时期", "periods before the list was issued"),
        ..BLANK
    },
];
