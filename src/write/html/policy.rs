//! The content security policy of a page: its own sheets and scripts by their hashes, and nothing else.
//!
//! A hash and no nonce: a page that is the same every time cannot have a secret in it. So even a name that became markup
//! would find nothing that runs it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::sheets::Sheet;

/// Where a page comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Home {
    File,
    /// From which it may ask for more.
    Server,
}

/// Source: Content Security Policy Level 3.
pub fn policy(sheets: &[Sheet], scripts: &[&str], home: Home) -> String {
    let sheets: Vec<String> = sheets.iter().map(|sheet| hash(&sheet.text)).collect();
    let scripts: Vec<String> = scripts.iter().map(|script| hash(script)).collect();
    // Icons that the user brought are images; a picture becomes one when it is saved as PNG.
    let mut policy = format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'",
        scripts.join(" "),
        sheets.join(" ")
    );
    policy.push_str(match home {
        Home::File => "; font-src data:; form-action 'none'",
        Home::Server => "; font-src 'self'; connect-src 'self'; form-action 'self'",
    });
    policy
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}
