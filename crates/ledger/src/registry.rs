//! The registry of engines: which there are, in which order they run, and the erased shim they are held through.

use std::collections::BTreeSet;
use zhidian_model::{Card, Context, Engine, FromTables, Output, Problem, Stop, Tables, Text};

/// Every engine at hand, in an order in which what one needs has been found before it runs.
pub struct Registry {
    engines: Vec<Box<dyn Erased>>,
}

impl Registry {
    /// The engines of the product. A new engine is one line here.
    pub fn standard() -> Self {
        let mut registry = Self::empty();
        registry.add::<zhidian_indicators::Indicators>();
        registry.add::<zhidian_approvals::Approvals>();
        registry.add::<zhidian_locks::Locks>();
        registry.add::<zhidian_projects::Projects>();
        registry
    }

    /// No engines.
    pub fn empty() -> Self {
        Self { engines: vec![] }
    }

    /// Adds an engine.
    pub fn add<E: Engine>(&mut self) {
        self.engines.push(Box::new(Shim::<E>(std::marker::PhantomData)));
    }

    /// The cards, in the order of the registry.
    pub fn cards(&self) -> Vec<&'static Card> {
        self.engines.iter().map(|engine| engine.card()).collect()
    }

    /// The tables that can be read: those of the engines and the registers that the ledger reads itself.
    pub fn tables(&self) -> BTreeSet<&'static str> {
        let own = ["lists", "items", "entities", "rosters"];
        self.cards().into_iter().flat_map(|card| card.tables.iter().copied()).chain(own).collect()
    }

    /// The JSON schema of every engine's options, by its id.
    pub fn options(&self) -> Vec<(&'static str, serde_json::Value)> {
        self.engines.iter().map(|engine| (engine.card().id, engine.options())).collect()
    }

    /// The options of an engine where nothing is said.
    pub fn defaults(&self, engine: &str) -> Option<serde_json::Value> {
        self.named(engine).map(|engine| engine.defaults())
    }

    /// Do these options fit an engine?
    ///
    /// # Errors
    /// When they do not, or there is no such engine.
    pub fn check(&self, engine: &str, options: &serde_json::Value) -> Result<(), Stop> {
        match self.named(engine) {
            Some(engine) => engine.check(options),
            None => Err(Stop::Misuse(Text::new(
                format!("没有引擎“{engine}”"),
                format!("failed to find an engine {engine:?}"),
            ))),
        }
    }

    /// Folds the input of one engine.
    pub fn fold_one(
        &self,
        engine: &str,
        tables: &dyn Tables,
        problems: &mut Vec<Problem>,
    ) -> Option<Box<dyn Ready>> {
        self.named(engine).map(|engine| engine.fold(tables, problems))
    }

    fn named(&self, id: &str) -> Option<&dyn Erased> {
        self.engines.iter().find(|engine| engine.card().id == id).map(|engine| &**engine)
    }

    /// Folds every engine's input from the tables once, in running order.
    ///
    /// # Errors
    /// When engines need each other in a circle.
    pub fn fold(
        &self,
        tables: &dyn Tables,
        problems: &mut Vec<Problem>,
    ) -> Result<Vec<Box<dyn Ready>>, Stop> {
        Ok(self.order()?.into_iter().map(|at| self.engines[at].fold(tables, problems)).collect())
    }

    /// Indices in running order: an engine runs after those that find what it needs.
    fn order(&self) -> Result<Vec<usize>, Stop> {
        let cards = self.cards();
        let waits = |a: usize, b: usize| a != b && needs(cards[a], cards[b]);
        let (mut done, mut order) = (BTreeSet::new(), Vec::new());
        while order.len() < cards.len() {
            let next = (0..cards.len())
                .find(|a| !done.contains(a) && (0..cards.len()).all(|b| done.contains(&b) || !waits(*a, b)));
            let Some(next) = next else {
                let left: Vec<_> = cards.iter().enumerate().filter(|(at, _)| !done.contains(at)).collect();
                let ids = left.iter().map(|(_, card)| card.id).collect::<Vec<_>>().join(", ");
                return Err(Stop::Misuse(Text::new(
                    format!("引擎互相依赖，无法排序：{ids}"),
                    format!("engines need each other in a circle: {ids}"),
                )));
            };
            done.insert(next);
            order.push(next);
        }
        Ok(order)
    }
}

/// Does `card` need a measure that `other` finds?
fn needs(card: &Card, other: &Card) -> bool {
    card.needs.iter().any(|need| other.finds.iter().any(|found| covers(found, need)))
}

/// A code covers itself; `debt.` covers every code below it; `*` stands for what is read, not computed, and holds
/// nobody up.
fn covers(found: &str, need: &str) -> bool {
    found == need || (found.ends_with('.') && need.starts_with(found))
}

/// An engine whose type has been forgotten.
trait Erased: Send + Sync {
    fn card(&self) -> &'static Card;
    fn options(&self) -> serde_json::Value;
    fn defaults(&self) -> serde_json::Value;
    fn check(&self, options: &serde_json::Value) -> Result<(), Stop>;
    fn fold(&self, tables: &dyn Tables, problems: &mut Vec<Problem>) -> Box<dyn Ready>;
}

/// An engine with its input folded.
pub trait Ready: Send + Sync {
    /// Its card.
    fn card(&self) -> &'static Card;
    /// Runs it with options as JSON; null for its defaults.
    ///
    /// # Errors
    /// When it was cancelled, or asked for something it cannot do.
    fn run(&self, options: &serde_json::Value, context: &Context<'_>) -> Result<Output, Stop>;
}

struct Shim<E>(std::marker::PhantomData<fn() -> E>);

struct Folded<E: Engine>(E::Input);

/// A constant of a trait has an address of its own only when it is promoted to a static place.
struct Held<E>(std::marker::PhantomData<E>);

impl<E: Engine> Held<E> {
    const CARD: &'static Card = &E::CARD;
}

impl<E: Engine> Erased for Shim<E> {
    fn card(&self) -> &'static Card {
        Held::<E>::CARD
    }

    fn options(&self) -> serde_json::Value {
        schemars::schema_for!(E::Options).to_value()
    }

    fn defaults(&self) -> serde_json::Value {
        serde_json::to_value(E::Options::default()).unwrap_or_default()
    }

    fn check(&self, options: &serde_json::Value) -> Result<(), Stop> {
        read_options::<E>(options).map(drop)
    }

    fn fold(&self, tables: &dyn Tables, problems: &mut Vec<Problem>) -> Box<dyn Ready> {
        Box::new(Folded::<E>(E::Input::from_tables(tables, problems)))
    }
}

impl<E: Engine> Ready for Folded<E> {
    fn card(&self) -> &'static Card {
        Held::<E>::CARD
    }

    fn run(&self, options: &serde_json::Value, context: &Context<'_>) -> Result<Output, Stop> {
        E::run(&self.0, &read_options::<E>(options)?, context)
    }
}

/// Options from JSON; null for the defaults.
fn read_options<E: Engine>(options: &serde_json::Value) -> Result<E::Options, Stop> {
    match options {
        serde_json::Value::Null => Ok(E::Options::default()),
        given => serde_json::from_value(given.clone()).map_err(|error| {
            let id = E::CARD.id;
            Stop::Misuse(Text::new(
                format!("引擎{id}的选项无法读取：{error}"),
                format!("failed to read the options of {id}: {error}"),
            ))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;
    impl FromTables for Nothing {
        fn from_tables(_: &dyn Tables, _: &mut Vec<Problem>) -> Self {
            Self
        }
    }

    const BLANK: Card = Card {
        id: "",
        question: ("", ""),
        tables: &[],
        parameters: &[],
        finds: &[],
        needs: &[],
        method: ("", ""),
        assumptions: ("", ""),
        not_for: ("", ""),
        references: &[],
    };

    macro_rules! engine {
        ($name:ident, $id:literal, $finds:expr, $needs:expr) => {
            struct $name;
            impl Engine for $name {
                type Options = ();
                type Input = Nothing;
                const CARD: Card = Card { id: $id, finds: $finds, needs: $needs, ..BLANK };
                fn run(_: &Nothing, (): &(), _: &Context<'_>) -> Result<Output, Stop> {
                    Ok(Output::default())
                }
            }
        };
    }

    engine!(Late, "late", &["late."], &["early.x"]);
    engine!(Early, "early", &["early."], &[]);
    engine!(Circular, "circular", &["early.x"], &["late.y"]);

    #[test]
    fn an_engine_runs_after_those_it_needs() {
        let mut registry = Registry::empty();
        registry.add::<Late>();
        registry.add::<Early>();
        assert_eq!(registry.order().unwrap(), [1, 0]);
    }

    #[test]
    fn engines_that_need_each_other_are_refused() {
        let mut registry = Registry::empty();
        registry.add::<Late>();
        registry.add::<Circular>();
        let refused = registry.order().unwrap_err().to_string();
        assert!(refused.contains("late, circular"), "{refused}");
    }
}
