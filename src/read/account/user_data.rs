//! What instances run when they start, which the API encodes.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::item::Item;

/// The text of `UserData`, if it is one: compressed data say nothing.
pub fn decoded(item: &Item) -> Option<String> {
    let bytes = BASE64_STANDARD.decode(item.text("UserData")?.trim()).ok()?;
    String::from_utf8(bytes).ok()
}
