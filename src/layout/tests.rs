//! What holds for placed pictures, on small diagrams made by hand. tests/laws.rs asks the same of random ones.

mod boxes;
mod edges;
mod sketch;
