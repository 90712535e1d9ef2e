//! `zhidian schema`: the layouts of the JSON that others may rely on.

use super::print_json;
use crate::{
    arguments::{Schema, SchemaOf},
    outcome::{Exit, Failure},
};
use serde_json::{Map, Value, json};
use zhidian_ledger::{Registry, contract::Assessment};

pub(crate) fn run(command: &Schema) -> Result<Exit, Failure> {
    let schema = match command.of {
        Some(of) => one(of),
        None => {
            let all = [
                ("assess", SchemaOf::Assess),
                ("problem", SchemaOf::Problem),
                ("options", SchemaOf::Options),
                ("openapi", SchemaOf::Openapi),
            ];
            Value::Object(all.into_iter().map(|(name, of)| (name.to_owned(), one(of))).collect::<Map<_, _>>())
        }
    };
    print_json(&schema)?;
    Ok(Exit::Ok)
}

fn one(of: SchemaOf) -> Value {
    match of {
        SchemaOf::Assess => schemars::schema_for!(Assessment).to_value(),
        SchemaOf::Problem => schemars::schema_for!(zhidian_model::Problem).to_value(),
        SchemaOf::Openapi => zhidian_server::openapi(),
        SchemaOf::Options => {
            json!(Registry::standard().options().into_iter().collect::<std::collections::BTreeMap<_, _>>())
        }
    }
}
