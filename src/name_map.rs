//! A map from names to values in the order in which they were set: what a map of a document becomes.
//!
//! Nearly all maps of a template have a handful of keys. Those are looked through; only a large map (its `Resources`)
//! has a hash table too. Names are shared: `Type` is one text in the whole run, whatever is made of the map.

use std::sync::Arc;

use crate::hashing::IndexSet;

pub type Name = Arc<str>;

/// Entries up to which looking through them is faster than hashing. Chosen.
const FEW: usize = 16;

/// As large as a vector, for there are hundreds of thousands in a run.
#[derive(Clone, Debug)]
pub struct NameMap<V>(Fields<V>);

#[derive(Clone, Debug)]
enum Fields<V> {
    Few(Vec<(Name, V)>),
    Many(Box<Indexed<V>>),
}

/// More than [`FEW`] entries, and the names again, to be found in.
#[derive(Clone, Debug)]
struct Indexed<V> {
    entries: Vec<(Name, V)>,
    index: IndexSet<Name>,
}

impl<V> NameMap<V> {
    pub fn new() -> NameMap<V> {
        NameMap::with_capacity(0)
    }

    pub fn with_capacity(capacity: usize) -> NameMap<V> {
        NameMap(Fields::Few(Vec::with_capacity(capacity)))
    }

    /// Gives back the room for entries that did not come.
    pub fn shrink_to_fit(&mut self) {
        match &mut self.0 {
            Fields::Few(entries) => entries.shrink_to_fit(),
            Fields::Many(many) => many.entries.shrink_to_fit(),
        }
    }

    fn entries(&self) -> &[(Name, V)] {
        match &self.0 {
            Fields::Few(entries) => entries,
            Fields::Many(many) => &many.entries,
        }
    }

    fn entries_mut(&mut self) -> &mut [(Name, V)] {
        match &mut self.0 {
            Fields::Few(entries) => entries,
            Fields::Many(many) => &mut many.entries,
        }
    }

    pub fn len(&self) -> usize {
        self.entries().len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries().is_empty()
    }

    fn position(&self, name: &str) -> Option<usize> {
        match &self.0 {
            Fields::Few(entries) => entries.iter().position(|(other, _)| **other == *name),
            Fields::Many(many) => many.index.get_index_of(name),
        }
    }

    pub fn get(&self, name: &str) -> Option<&V> {
        self.get_key_value(name).map(|(_, value)| value)
    }

    pub fn get_key_value(&self, name: &str) -> Option<(&Name, &V)> {
        self.position(name).map(|at| &self.entries()[at]).map(|(name, value)| (name, value))
    }

    pub fn get_mut(&mut self, name: &str) -> Option<&mut V> {
        self.position(name).map(|at| &mut self.entries_mut()[at].1)
    }

    pub fn contains_key(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// Sets a value, in its place if the name has one already; returns the value that it had.
    pub fn insert(&mut self, name: impl Into<Name>, value: V) -> Option<V> {
        let name = name.into();
        if let Some(before) = self.get_mut(&name) {
            return Some(std::mem::replace(before, value));
        }
        self.append(name, value);
        None
    }

    /// Sets the value of a name that has none: it is not looked for.
    pub fn append(&mut self, name: Name, value: V) {
        match &mut self.0 {
            Fields::Few(entries) if entries.len() < FEW => entries.push((name, value)),
            Fields::Few(entries) => {
                let mut entries = std::mem::take(entries);
                entries.push((name, value));
                let index = entries.iter().map(|(name, _)| name.clone()).collect();
                self.0 = Fields::Many(Box::new(Indexed { entries, index }));
            }
            Fields::Many(many) => {
                many.index.insert(name.clone());
                many.entries.push((name, value));
            }
        }
    }

    /// The same names with what is made of their values.
    pub fn map<W>(self, make: impl Fn(V) -> W) -> NameMap<W> {
        let entries = |entries: Vec<(Name, V)>| entries.into_iter().map(|(name, value)| (name, make(value))).collect();
        NameMap(match self.0 {
            Fields::Few(few) => Fields::Few(entries(few)),
            Fields::Many(many) => Fields::Many(Box::new(Indexed { entries: entries(many.entries), index: many.index })),
        })
    }

    pub fn first(&self) -> Option<(&Name, &V)> {
        self.iter().next()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Name, &V)> + Clone {
        self.entries().iter().map(|(name, value)| (name, value))
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> + Clone {
        self.entries().iter().map(|(name, _)| &**name)
    }

    pub fn values(&self) -> impl Iterator<Item = &V> + Clone {
        self.entries().iter().map(|(_, value)| value)
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries_mut().iter_mut().map(|(_, value)| value)
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&Name, &mut V)> {
        self.entries_mut().iter_mut().map(|(name, value)| (&*name, value))
    }
}

impl<V> Default for NameMap<V> {
    fn default() -> NameMap<V> {
        NameMap::new()
    }
}

/// Compared without the order.
impl<V: PartialEq> PartialEq for NameMap<V> {
    fn eq(&self, other: &NameMap<V>) -> bool {
        self.len() == other.len() && self.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

impl<V: Eq> Eq for NameMap<V> {}

impl<V> std::ops::Index<&str> for NameMap<V> {
    type Output = V;

    fn index(&self, name: &str) -> &V {
        self.get(name).expect("the name is among the fields")
    }
}

impl<V> IntoIterator for NameMap<V> {
    type Item = (Name, V);
    type IntoIter = std::vec::IntoIter<(Name, V)>;

    fn into_iter(self) -> Self::IntoIter {
        match self.0 {
            Fields::Few(entries) => entries.into_iter(),
            Fields::Many(many) => many.entries.into_iter(),
        }
    }
}

impl<N: Into<Name>, V> FromIterator<(N, V)> for NameMap<V> {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(entries: I) -> NameMap<V> {
        let entries = entries.into_iter();
        let mut fields = NameMap::with_capacity(entries.size_hint().0);
        for (name, value) in entries {
            fields.insert(name, value);
        }
        fields
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `n` fields, each set twice.
    fn numbered(n: usize) -> NameMap<usize> {
        let names = || (0..n).map(|i| format!("name {i}"));
        names().map(|name| (name, n)).chain(names().zip(0..)).collect()
    }

    #[test]
    fn few_and_many_fields_are_found_alike_in_the_order_in_which_they_were_first_set() {
        for n in [0, 1, FEW, FEW + 1, 10 * FEW] {
            let fields = numbered(n);
            assert!(fields.values().copied().eq(0..n), "{n}");
            assert!((0..n).all(|i| fields.get(&format!("name {i}")) == Some(&i)), "{n}");
            assert_eq!(fields.get("name"), None);
            let doubled = fields.map(|i| 2 * i);
            assert!((0..n).all(|i| doubled.get(&format!("name {i}")) == Some(&(2 * i))), "{n}");
        }
    }

    #[test]
    fn order_is_nothing_in_which_fields_differ() {
        let of = |names: [&str; 2]| names.into_iter().map(|name| (name, name.len())).collect::<NameMap<usize>>();
        assert_eq!(of(["a", "bc"]), of(["bc", "a"]));
        assert_ne!(of(["a", "bc"]), of(["a", "bd"]));
    }
}
