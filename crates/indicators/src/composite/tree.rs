//! The tree of an index: nodes over indicators, children before parents.

use super::{
    check,
    fault::Fault,
    recipe::{Node, Recipe},
};
use std::collections::{BTreeMap, BTreeSet};

/// A tree that has been checked. Slots 0.. are the indicators in their order, the nodes follow, each after its
/// children; the last one is the index.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// Ids of all slots.
    pub ids: Vec<String>,
    /// How many of them are indicators.
    pub indicators: usize,
    /// The nodes with their children.
    pub branches: Vec<Branch>,
}

/// A node with its children.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// Its slot.
    pub slot: usize,
    /// Its position among the nodes of the recipe.
    pub node: usize,
    /// Slots of its children.
    pub children: Vec<usize>,
    /// Their declared weights.
    pub weights: Vec<f64>,
}

impl Tree {
    /// Slots of the indicators anywhere below a node.
    pub fn indicators_below(&self, branch: &Branch) -> Vec<usize> {
        let below = |slot: &usize| match self.branches.iter().find(|other| other.slot == *slot) {
            Some(other) => self.indicators_below(other),
            None => vec![*slot],
        };
        branch.children.iter().flat_map(below).collect()
    }

    /// Checks and orders the tree of a recipe.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn of(recipe: &Recipe) -> Result<Self, Vec<Fault>> {
        let faults = faults(recipe);
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut ids: Vec<String> = recipe.indicators.iter().map(|indicator| indicator.id.clone()).collect();
        let indicators = ids.len();
        let mut branches: Vec<Branch> = Vec::new();
        let mut slots: BTreeMap<&str, usize> =
            recipe.indicators.iter().enumerate().map(|(slot, indicator)| (&*indicator.id, slot)).collect();
        while branches.len() < recipe.nodes.len() {
            let before = branches.len();
            for (at, node) in recipe.nodes.iter().enumerate() {
                let children = children(recipe, &node.id);
                if slots.contains_key(&*node.id)
                    || !children.iter().all(|(child, _)| slots.contains_key(child))
                {
                    continue;
                }
                let slot = ids.len();
                branches.push(Branch {
                    slot,
                    node: at,
                    children: children.iter().map(|(child, _)| slots[child]).collect(),
                    weights: children.iter().map(|(_, weight)| *weight).collect(),
                });
                ids.push(node.id.clone());
                slots.insert(&node.id, slot);
            }
            if branches.len() == before {
                return Err(vec![cycle(recipe, &slots)]);
            }
        }
        Ok(Self { ids, indicators, branches })
    }

    /// The slot of the index.
    pub fn root(&self) -> usize {
        self.ids.len() - 1
    }

    /// The slot of an id.
    pub fn slot(&self, id: &str) -> Option<usize> {
        self.ids.iter().position(|other| other == id)
    }
}

/// The children of a node in the order of the recipe: nodes first, then indicators.
pub(super) fn children<'a>(recipe: &'a Recipe, id: &str) -> Vec<(&'a str, f64)> {
    let nodes = recipe.nodes.iter().filter(|node| node.parent.as_deref() == Some(id));
    let indicators = recipe.indicators.iter().filter(|indicator| indicator.parent == id);
    let nodes = nodes.map(|node| (&*node.id, node.weight));
    nodes.chain(indicators.map(|indicator| (&*indicator.id, indicator.weight))).collect()
}

fn cycle(recipe: &Recipe, known: &BTreeMap<&str, usize>) -> Fault {
    let left: Vec<&str> =
        recipe.nodes.iter().map(|node| &*node.id).filter(|id| !known.contains_key(id)).collect();
    let left = left.join(", ");
    Fault::of(
        "tree_cycle",
        &left,
        format!("节点互为上下级，成环：{left}；请改其中一个的 parent"),
        format!("these nodes stand above each other in a circle: {left}; change the parent of one"),
    )
}

fn faults(recipe: &Recipe) -> Vec<Fault> {
    let mut faults = Vec::new();
    let nodes: BTreeSet<&str> = recipe.nodes.iter().map(|node| &*node.id).collect();
    let mut seen = BTreeSet::new();
    let all = recipe.nodes.iter().map(|node| &node.id).chain(recipe.indicators.iter().map(|i| &i.id));
    for id in all {
        if !seen.insert(&**id) {
            faults.push(Fault::of(
                "duplicate_id",
                id,
                "编号重复；请改名",
                "the id is used twice; rename one",
            ));
        }
    }
    let parents = recipe.nodes.iter().filter_map(|node| Some((&node.id, node.parent.as_deref()?)));
    let parents = parents.chain(recipe.indicators.iter().map(|i| (&i.id, &*i.parent)));
    for (id, parent) in parents.filter(|(_, parent)| !nodes.contains(parent)) {
        faults.push(Fault::of(
            "unknown_parent",
            id,
            format!("上级节点“{parent}”不存在；请声明它或改正 parent"),
            format!("the parent {parent} does not exist; declare it or correct it"),
        ));
    }
    let roots: Vec<&str> =
        recipe.nodes.iter().filter(|node| node.parent.is_none()).map(|node| &*node.id).collect();
    if roots.len() != 1 {
        let named = roots.join(", ");
        faults.push(Fault::of(
            "tree_roots",
            &named,
            "须有且只有一个没有上级的节点，即指数本身",
            "exactly one node must have no parent: the index itself",
        ));
    }
    for node in &recipe.nodes {
        faults.extend(of_weights(recipe, node));
    }
    faults.extend(check::values(recipe));
    faults
}

fn of_weights(recipe: &Recipe, node: &Node) -> Option<Fault> {
    let id = &node.id;
    let signed = node.aggregate.as_ref().unwrap_or(&recipe.aggregate).takes_signed_weights();
    let children = children(recipe, id);
    if children.is_empty() {
        return Some(Fault::of(
            "no_children",
            id,
            "节点下没有指标；请添加或删去",
            "the node has no children; add some or remove it",
        ));
    }
    if let Some((child, _)) =
        children.iter().find(|(_, weight)| !weight.is_finite() || *weight < 0.0 && !signed)
    {
        return Some(Fault::of(
            "weight",
            child,
            "权重须为非负有限数；只有 sum 与 product 可用负权重",
            "a weight must be a finite number, and not negative but under a sum or a product",
        ));
    }
    let nothing = children.iter().map(|(_, weight)| weight.abs()).sum::<f64>() == 0.0;
    nothing.then(|| {
        Fault::of(
            "weights_zero",
            id,
            "下级权重之和为零；至少一个须大于零",
            "the weights of its children sum to zero; one at least must be positive",
        )
    })
}
