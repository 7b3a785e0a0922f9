//! The fuzz targets' common ground: what holds for every input, and how inputs are changed.

#![forbid(unsafe_code)]

pub mod mutation;
pub mod targets;
