//! What the benches measure: inputs of all sizes and forms, and the stages that make a picture of them.
#![allow(dead_code, reason = "each bench uses a part of it")]

mod account;
pub mod input;
mod json;
pub mod stages;
mod template;
