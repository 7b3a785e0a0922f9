//! A stage's result as stable text: for finding out what was understood, for reports of bugs, and for tests.
//!
//! A line says a fact; behind two spaces and `#` stands where it comes from. Names are in double quotes.

mod architecture;
mod inventory;
mod places;

pub use architecture::architecture;
pub use inventory::inventory;

/// A text in double quotes, on one line: what would break it is escaped.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
