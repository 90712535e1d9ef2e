//! Petri nets with labelled and silent transitions, an initial and a final marking.

/// A transition: its label, or none when it is silent; places it takes from and gives to, with weights.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transition {
    /// Its id in a file.
    pub id: String,
    /// Its activity; none when it is silent.
    pub label: Option<String>,
    /// Takes.
    pub inputs: Vec<(u32, u32)>,
    /// Gives.
    pub outputs: Vec<(u32, u32)>,
}

/// A net. Markings list the places that hold tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Net {
    /// Ids of places.
    pub places: Vec<String>,
    /// Transitions.
    pub transitions: Vec<Transition>,
    /// Where it begins.
    pub initial: Vec<(u32, u32)>,
    /// Where it ends.
    pub finals: Vec<(u32, u32)>,
}

impl Net {
    /// A place.
    pub fn place(&mut self, id: &str) -> u32 {
        self.places.push(id.to_owned());
        self.places.len() as u32 - 1
    }

    /// A place with a name of its own.
    pub fn fresh(&mut self) -> u32 {
        let id = format!("p{}", self.places.len());
        self.place(&id)
    }

    /// A transition between places, each arc of weight one.
    pub fn join(&mut self, label: Option<&str>, from: &[u32], to: &[u32]) {
        let arcs = |places: &[u32]| places.iter().map(|place| (*place, 1)).collect();
        self.transitions.push(Transition {
            id: format!("t{}", self.transitions.len()),
            label: label.map(Into::into),
            inputs: arcs(from),
            outputs: arcs(to),
        });
    }

    /// Tokens on each place.
    pub fn tokens(&self, marking: &[(u32, u32)]) -> Vec<u32> {
        let mut tokens = vec![0; self.places.len()];
        for (place, count) in marking {
            tokens[*place as usize] += count;
        }
        tokens
    }

    /// Number of arcs.
    pub fn arcs(&self) -> usize {
        self.transitions.iter().map(|transition| transition.inputs.len() + transition.outputs.len()).sum()
    }
}
