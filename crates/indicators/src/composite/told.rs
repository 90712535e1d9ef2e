//! What is said about data that cannot be followed, and what was done instead.

use super::{aggregate::Gap, fault::Fault, normalise::NoScale, recipe::Indicator};

pub(super) fn off_the_curve(indicator: &str, value: f64) -> Fault {
    Fault::of(
        "off_the_curve",
        indicator,
        format!("数值 {value} 不能取该变换（如对数要求为正），按缺失处理；请改用其他变换，或先用 clip 截断"),
        format!(
            "the curve is not defined at {value} (a logarithm needs a positive value); it counts as missing; choose              another curve, or clip first"
        ),
    )
}

pub(super) fn no_column(indicator: &Indicator) -> Fault {
    Fault::of(
        "no_column",
        &indicator.id,
        format!("数据中没有“{}”这一列；该指标按全部缺失处理", indicator.column()),
        format!("the data has no column {}; the indicator counts as missing", indicator.column()),
    )
}

pub(super) fn no_scale(indicator: &str, why: NoScale) -> Fault {
    match why {
        NoScale::Constant => Fault::of(
            "constant_column",
            indicator,
            "各单位数值相同，无法定标；一律取标尺中点",
            "all units are equal, so there is no scale; each gets the middle of it",
        ),
        NoScale::NoTarget => Fault::of(
            "no_target",
            indicator,
            "没有给出 target；按缺失处理",
            "no target is given; the indicator counts as missing",
        ),
        NoScale::NoPosts => Fault::of(
            "no_posts",
            indicator,
            "没有给出两个不同的 posts；按缺失处理",
            "no two different posts are given; the indicator counts as missing",
        ),
        NoScale::NoReference => Fault::of(
            "no_reference",
            indicator,
            "参照单位不在数据中或没有数值；按缺失处理",
            "the reference unit is not in the data or has no value; the indicator counts as missing",
        ),
        NoScale::NoBase => Fault::of(
            "no_base",
            indicator,
            "没有单位在基期有数值；按缺失处理",
            "no unit has a value in the base period; the indicator counts as missing",
        ),
    }
}

pub(super) fn turned_round(indicator: &str) -> Fault {
    Fault::of(
        "turned_round",
        indicator,
        "“占最大值的比例”只适用于正向且为正的指标，“最小值之比”只适用于逆向且为正的指标，否则方向会颠倒；请改用其他定标方法",
        "a fraction of the greatest value fits positive columns of which more is better, one of the least those of which \
         less is better; here it runs the wrong way; choose another scale",
    )
}

pub(super) fn not_defined(node: &str, gap: Gap) -> Fault {
    match gap {
        Gap::NotPositive => Fault::of(
            "not_positive",
            node,
            "几何平均、幂平均或乘积遇到负值，该单位无得分；请改用从 1 起的标尺",
            "a negative value stands under a logarithm or a root; the unit has no score; use a scale that starts at 1",
        ),
        Gap::Zero => Fault::of(
            "zero_value",
            node,
            "除数为零，该单位无得分",
            "a zero stands under a fraction; the unit has no score",
        ),
        Gap::Vanishes => Fault::of(
            "zero_under_mean",
            node,
            "几何或调和平均遇到零，该单位得零分，其他下级不再起作用；如非本意，请改用从 1 起的标尺",
            "a zero stands under a geometric or harmonic mean; the unit gets zero whatever else it has; use a scale that \
             starts at 1 if that is not meant",
        ),
    }
}
