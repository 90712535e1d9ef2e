//! The built-in tables.

use std::sync::LazyLock;

use zhidian_model::{Grade, Outcome, Text};
use zhidian_vocabulary::topics;

use super::{Constraints, Field, Kind, Loss, Meaning, Schema};

/// A table the product knows.
#[derive(Clone, Debug)]
pub struct Known {
    /// `observations`
    pub id: &'static str,
    /// Its name.
    pub title: Text,
    /// What a row is.
    pub row: Text,
    /// Where it lies in a new dossier.
    pub path: String,
    /// Its columns.
    pub schema: Schema,
}

static CATALOGUE: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let mut known = vec![observations(), origins(), rosters(), lists(), items(), entities(), overrides()];
    let domain = topics::tables().iter().filter(|table| !known.iter().any(|other| other.id == table.id));
    let domain: Vec<Known> = domain.map(of_a_field).collect();
    known.extend(domain);
    known
});

/// The built-in Table Schemas: first the tables of every dossier, then those of the fields.
pub fn catalogue() -> &'static [Known] {
    &CATALOGUE
}

/// The built-in table of this id.
pub fn table(id: &str) -> Option<&'static Known> {
    CATALOGUE.iter().find(|known| known.id == id)
}

fn field(name: &str, kind: Kind, zh: &str, en: &str) -> Field {
    Field {
        name: name.into(),
        title: Text::new(zh, en),
        kind,
        meaning: Meaning::Plain,
        required: false,
        loss: Loss::Cell,
        limits: Constraints::default(),
        declared: false,
        firm: true,
    }
}

fn text(name: &str, zh: &str, en: &str) -> Field {
    field(name, Kind::Text, zh, en)
}

impl Field {
    fn required(self) -> Self {
        Self { required: true, loss: Loss::Row, ..self }
    }

    /// Without it the row would say something else.
    fn decisive(self) -> Self {
        Self { loss: Loss::Row, ..self }
    }

    fn means(self, meaning: Meaning) -> Self {
        Self { meaning, ..self }
    }

    fn one_of<'a>(mut self, values: impl IntoIterator<Item = &'a str>) -> Self {
        self.limits.one_of = values.into_iter().map(Into::into).collect();
        self
    }
}

fn schema(fields: Vec<Field>, key: &[&str]) -> Schema {
    Schema {
        fields,
        primary_key: key.iter().map(|&name| name.into()).collect(),
        missing: vec![String::new()],
    }
}

fn origin() -> Field {
    text("origin", "来源：origins.csv 中的 id", "origin: an id of origins.csv")
        .required()
        .means(Meaning::Origin)
}

fn note() -> Field {
    text("note", "读者须知", "what a reader must know")
}

fn from() -> Field {
    field("from", Kind::Date, "起始日；不限则留空", "first day; empty when open").decisive()
}

fn to() -> Field {
    field("to", Kind::Date, "最后一日；不限则留空", "last day; empty when open").decisive()
}

fn observations() -> Known {
    let fields = vec![
        text("subject", "主体：六位区划代码，或 kind:id", "subject: a six-digit region code or kind:id")
            .required()
            .means(Meaning::Subject),
        text(
            "measure",
            "指标代码，如 gdp.growth.real；已公布的名次写 rank(…)",
            "measure: a code such as gdp.growth.real; rank(…) for a published rank",
        )
        .required()
        .means(Meaning::Measure),
        text(
            "period",
            "时期：2020、2020-H1、2020-Q3、2020-09、2020-01..2020-09；时点写当日",
            "period: 2020, 2020-H1, 2020-Q3, 2020-09, 2020-01..2020-09; the day for an instant",
        )
        .required()
        .means(Meaning::Period),
        text("scope", "名次所在的名册；其他留空", "roster a published rank is counted in; empty otherwise")
            .decisive()
            .means(Meaning::Roster),
        field("value", Kind::Number, "数值，按印刷", "value as printed").required(),
        text(
            "unit",
            "单位，按印刷：亿元、%、个百分点；名次写 位",
            "unit as printed: 亿元, %, 个百分点; 位 for a rank",
        )
        .required()
        .means(Meaning::Unit),
        field(
            "decimals",
            Kind::Integer,
            "来源该列的小数位数：3.5 若出自两位小数的列，即 3.50",
            "decimals of the source's column: 3.5 in a column of two decimals is 3.50",
        ),
        text(
            "status",
            "A 正式，P 初步，F 最终，E 估计，D 编者推算，T 目标，S 合成，U 未核实",
            "A normal, P provisional, F final, E estimated, D derived by the compiler, T target, S synthetic, U unverified",
        )
        .decisive()
        .one_of(["A", "P", "F", "E", "D", "T", "S", "U"]),
        field("published", Kind::Date, "该数发布日，若知", "when this figure was published, where known").decisive(),
        text(
            "edition",
            "所属版本；不同版本的数不相比",
            "edition or vintage; figures of different editions are never compared",
        )
        .decisive(),
        origin(),
    ];
    Known {
        id: "observations",
        title: Text::new("观测值", "observations"),
        row: Text::new("一行一个数", "one row a figure"),
        path: "tables/observations.csv".into(),
        schema: schema(fields, &["subject", "measure", "period", "scope", "status", "edition", "origin"]),
    }
}

fn origins() -> Known {
    let fields = vec![
        text("id", "代号，简短且不变", "id: short, stable").required(),
        text("grade", "可信等级", "grade: how far it can be relied on")
            .required()
            .one_of(Grade::ALL.iter().map(|grade| grade.name())),
        text("publisher", "首先发布者", "publisher: who first published the figure"),
        text("title", "出版物名称", "title of the publication"),
        text("address", "读取地址", "address where it was read"),
        text(
            "address_kind",
            "primary 发布者自己的地址，repost 转载",
            "primary, or repost where the address is not the publisher's own",
        )
        .one_of(["primary", "repost"]),
        field("published", Kind::Date, "发布日，若知", "date of publication, where known"),
        text("edition", "版次", "edition of the publication"),
        text("licence", "所载许可；未载则留空", "licence as stated there; empty when none is stated"),
        text("sha256", "所读文件的 SHA-256，若存有", "SHA-256 of the file that was read, where held"),
        text(
            "copy_of",
            "所转载的来源的 id：副本只计一次",
            "id of the origin this one repeats: copies count once",
        ),
        note(),
    ];
    Known {
        id: "origins",
        title: Text::new("来源", "origins"),
        row: Text::new("一行一个来源", "one row an origin"),
        path: "origins.csv".into(),
        schema: schema(fields, &["id"]),
    }
}

fn rosters() -> Known {
    let fields = vec![
        text("roster", "名册代号，如 zhejiang.prefectures", "id, such as zhejiang.prefectures").required(),
        text("title", "名称", "name").required(),
        text(
            "reads",
            "文中的称法：330000/prefecture 即浙江各市",
            "what a document calls it: 330000/prefecture for the prefectures of Zhejiang",
        )
        .required(),
        text("member", "成员：区划代码或 kind:id", "member: a region code or kind:id")
            .required()
            .means(Meaning::Subject),
        from(),
        to(),
        origin(),
    ];
    Known {
        id: "rosters",
        title: Text::new("名册", "rosters"),
        row: Text::new("一行一个成员；名次总在名册中计算", "one row a member; a rank is counted in a roster"),
        path: "rosters.csv".into(),
        schema: schema(fields, &["roster", "member", "from"]),
    }
}

fn lists() -> Known {
    let fields = vec![
        text("list", "名单代号", "id of the list").required(),
        text("title", "名称", "title").required(),
        text("names", "文中的称法，以 ; 分隔", "what documents call it, `;` between"),
        text("issuer", "发布者", "issuer"),
        text("issued", "发布日或年月", "date or month of issue").means(Meaning::Period),
        text(
            "complete",
            "yes：不在名单即非成员；no：不在名单不说明什么；for:330800;451300：仅对这些地区完整",
            "yes: who is not on it is no member; no: absence decides nothing; for:330800;451300: complete for these",
        )
        .required(),
        text("topic", "主题", "topic"),
        text("about", "成员的类别：区划级别或 kind", "what kind of subject: a level of region or a kind of entity"),
        origin(),
        note(),
    ];
    Known {
        id: "lists",
        title: Text::new("名单", "lists"),
        row: Text::new("一行一份名单", "one row a list"),
        path: "registers/lists.csv".into(),
        schema: schema(fields, &["list"]),
    }
}

fn items() -> Known {
    let fields = vec![
        text("list", "所属名单", "list it stands on").required().means(Meaning::List),
        text("item", "名称，按印刷", "name as printed").required(),
        text("subject", "区划代码或 kind:id", "a region code or kind:id").decisive().means(Meaning::Subject),
        text("names", "别名，以 ; 分隔", "other names, `;` between"),
        text("class", "类别", "class"),
        field("rank", Kind::Integer, "名次", "rank"),
        from(),
        to(),
        origin(),
        note(),
    ];
    Known {
        id: "items",
        title: Text::new("名单条目", "items"),
        row: Text::new("一行一个条目", "one row an entry of a list"),
        path: "registers/items.csv".into(),
        schema: schema(fields, &["list", "item", "subject", "class", "from"]),
    }
}

fn entities() -> Known {
    let fields = vec![
        text("entity", "kind:id，如 lock:datengxia", "kind:id, such as lock:datengxia")
            .required()
            .means(Meaning::Entity),
        text("name", "名称", "name").required(),
        text("names", "别名，以 ; 分隔", "other names, `;` between"),
        text("name_en", "英文名", "English name"),
        text("region", "所在区划代码", "code of the region it lies in").means(Meaning::Region),
        origin(),
    ];
    Known {
        id: "entities",
        title: Text::new("实体", "entities"),
        row: Text::new(
            "一行一个有名之物：船闸、园区、项目、产业链、企业",
            "one row a named thing: a lock, a park, a project, a chain, a firm",
        ),
        path: "registers/entities.csv".into(),
        schema: schema(fields, &["entity"]),
    }
}

fn overrides() -> Known {
    let outcomes = [
        Outcome::Supported,
        Outcome::Contradicted,
        Outcome::Disputed,
        Outcome::Undecided,
        Outcome::Met,
        Outcome::Missed,
        Outcome::OnTrack,
        Outcome::OffTrack,
    ];
    let others = ["coherent", "incoherent", "bearing"];
    let fields = vec![
        text("claim", "语句的代号", "id of the claim").required(),
        text("answer", "改判的结论", "the answer a person gives instead")
            .required()
            .one_of(outcomes.iter().map(|outcome| outcome.name()).chain(others)),
        text("name", "改判人", "who overruled it").required(),
        text("reason", "理由", "why").required(),
        field("date", Kind::Date, "日期", "date").required(),
    ];
    Known {
        id: "overrides",
        title: Text::new("人工改判", "overrides"),
        row: Text::new("一行一次改判", "one row an answer that a person has overruled"),
        path: "overrides.csv".into(),
        schema: schema(fields, &["claim", "name", "date"]),
    }
}

/// A table of one field of work, from the vocabulary's catalogue: its columns are typed by their names.
fn of_a_field(table: &'static topics::Table) -> Known {
    let mut fields: Vec<Field> = table.columns.iter().map(|&(name, zh, en)| by_name(name, zh, en)).collect();
    if !fields.iter().any(|field| field.meaning == Meaning::Origin) {
        fields.push(origin());
    }
    Known {
        id: table.id,
        title: Text::new(table.zh, table.en),
        row: Text::new(table.zh, table.en),
        path: format!("tables/{}.csv", table.id),
        schema: schema(fields, &[]),
    }
}

/// Columns that hold numbers wherever they stand, and endings that give a unit.
const NUMBERS: &[&str] = &[
    "actual_cost",
    "balance",
    "documents",
    "earned_value",
    "employees",
    "freight",
    "funds",
    "index",
    "interest",
    "invest_done",
    "invest_total",
    "invest_year",
    "issued",
    "lat",
    "legal_limit",
    "limit",
    "lockages",
    "lon",
    "minutes",
    "of",
    "output",
    "planned_value",
    "price",
    "principal",
    "progress",
    "promised_limit",
    "rank",
    "rate",
    "repaid",
    "respondents",
    "revenue",
    "score",
    "share",
    "vessels",
    "visits",
    "waiting",
    "weight",
];
const NUMBER_ENDINGS: &[&str] = &["_days", "_h", "_km2", "_kva", "_m", "_mu", "_t"];

fn by_name(name: &str, zh: &str, en: &str) -> Field {
    match name {
        "origin" => origin(),
        "subject" => text(name, zh, en).decisive().means(Meaning::Subject),
        "region" => text(name, zh, en).decisive().means(Meaning::Region),
        "period" => text(name, zh, en).decisive().means(Meaning::Period),
        "date" | "from" | "to" | "published" => field(name, Kind::Date, zh, en).decisive(),
        _ => {
            let is_number = NUMBERS.contains(&name) || NUMBER_ENDINGS.iter().any(|end| name.ends_with(end));
            let kind = if is_number { Kind::Number } else { Kind::Text };
            Field { firm: false, ..field(name, kind, zh, en) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_names_are_sound() {
        for known in catalogue() {
            let schema = &known.schema;
            for (at, field) in schema.fields.iter().enumerate() {
                assert_eq!(schema.position(&field.name), Some(at), "{} twice in {}", field.name, known.id);
                assert!(
                    !field.title.zh.is_empty() && !field.title.en.is_empty(),
                    "{} {}",
                    known.id,
                    field.name
                );
            }
            assert!(schema.primary_key.iter().all(|name| schema.field(name).is_some()), "{}", known.id);
            assert_eq!(catalogue().iter().filter(|other| other.id == known.id).count(), 1);
        }
    }
}
