//! Bytes → [`node::Node`].

pub mod node;
