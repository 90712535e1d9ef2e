//! Many texts, each kept once: activities, resources, case ids, and variants as packed sequences.

use std::hash::{BuildHasherDefault, Hasher};

/// Byte strings numbered in order of first sight; the order of numbers is that of the input, never that of a hash.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// Upper half of the hash beside number + 1; zero is empty. A power of two long.
    slots: Vec<u64>,
}

impl Interner {
    /// The number of a byte string, new or known.
    pub fn intern(&mut self, text: &[u8]) -> u32 {
        if self.ends.len() * 4 >= self.slots.len() * 3 {
            self.grow();
        }
        let hash = hash(text);
        match self.probe(text, hash) {
            Ok(id) => id,
            Err(slot) => {
                let id = self.ends.len() as u32;
                self.bytes.extend_from_slice(text);
                self.ends.push(self.bytes.len());
                self.slots[slot] = tag(hash) | u64::from(id + 1);
                id
            }
        }
    }

    /// The number of a byte string that is known.
    pub fn find(&self, text: &[u8]) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        self.probe(text, hash(text)).ok()
    }

    /// The byte string of a number; empty for a number never given out.
    pub fn get(&self, id: u32) -> &[u8] {
        let id = id as usize;
        let from = id.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(id).and_then(|to| self.bytes.get(from..*to)).unwrap_or_default()
    }

    /// The text of a number; texts are checked before they are interned.
    pub fn text(&self, id: u32) -> &str {
        std::str::from_utf8(self.get(id)).unwrap_or_default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All of them as texts, in order of their numbers.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|id| self.text(id))
    }

    /// Where a text stands, or the empty slot where it would.
    fn probe(&self, text: &[u8], hash: u64) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                return Err(at);
            }
            let id = slot as u32 - 1;
            if slot & TAG == tag(hash) && self.get(id) == text {
                return Ok(id);
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(16);
        self.slots = vec![0; size];
        for id in 0..self.ends.len() as u32 {
            let hash = hash(self.get(id));
            let mut at = hash as usize & (size - 1);
            while self.slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = tag(hash) | u64::from(id + 1);
        }
    }
}

const TAG: u64 = 0xFFFF_FFFF_0000_0000;

fn tag(hash: u64) -> u64 {
    hash & TAG
}

/// Multiply and fold, eight bytes at a time: quick on the short names of logs, and the same on every machine.
fn hash(text: &[u8]) -> u64 {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64 ^ text.len() as u64;
    let mut chunks = text.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        state = fold(state ^ u64::from_le_bytes(word));
    }
    let mut word = [0; 8];
    word[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    fold(state ^ u64::from_le_bytes(word))
}

fn fold(word: u64) -> u64 {
    let product = u128::from(word) * 0xA076_1D64_78BD_642F_u128;
    (product >> 64) as u64 ^ product as u64
}

/// The same hash for maps that keep the order of their input.
#[derive(Clone, Copy, Debug, Default)]
pub struct Folding(u64);

impl Hasher for Folding {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = fold(self.0 ^ hash(bytes));
    }
    fn write_u32(&mut self, word: u32) {
        self.0 = fold(self.0 ^ u64::from(word) ^ 0x9E37_79B9_7F4A_7C15);
    }
    fn write_u64(&mut self, word: u64) {
        self.0 = fold(self.0 ^ word ^ 0x9E37_79B9_7F4A_7C15);
    }
}

/// A map in order of first sight, hashed the same way in every run.
pub type Ordered<K, V> = indexmap::IndexMap<K, V, BuildHasherDefault<Folding>>;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_text_keeps_its_number(texts in proptest::collection::vec(".{0,20}", 0..200)) {
            let mut interner = Interner::default();
            let ids: Vec<u32> = texts.iter().map(|text| interner.intern(text.as_bytes())).collect();
            for (text, id) in texts.iter().zip(&ids) {
                prop_assert_eq!(interner.text(*id), text);
                prop_assert_eq!(interner.find(text.as_bytes()), Some(*id));
            }
            let distinct: std::collections::BTreeSet<_> = texts.iter().collect();
            prop_assert_eq!(interner.len(), distinct.len());
        }
    }
}
