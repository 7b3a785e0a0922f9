//! A stage's result as stable text: for finding out what was understood, for reports of bugs, and for tests.
//!
//! A line says a fact; behind two spaces and `#` stands where it comes from. Names are in double quotes.

mod architecture;
mod inventory;
mod places;

use crate::visible;

pub use architecture::architecture;
pub use inventory::inventory;

/// A text in double quotes.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Adds a line. What would end it, steer a terminal or turn the text around is escaped.
fn add_line(page: &mut String, depth: usize, line: &str) {
    page.extend(std::iter::repeat_n("  ", depth));
    page.push_str(&visible::line(line));
    page.push('\n');
}
