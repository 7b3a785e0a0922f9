//! Hash maps and sets with a fast hash. Each process has a seed of its own, which no input can know.

use foldhash::fast::RandomState;

pub type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;
pub type HashSet<K> = std::collections::HashSet<K, RandomState>;
pub type IndexMap<K, V> = indexmap::IndexMap<K, V, RandomState>;
pub type IndexSet<K> = indexmap::IndexSet<K, RandomState>;
