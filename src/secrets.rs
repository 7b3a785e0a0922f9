//! What is never shown of an input: scripts, variables of containers and functions, passwords.
//!
//! Told by the key that it stands under, and in texts by the form of an address with a password in it. Where a value is
//! hidden: `read` marks it in the inventory, `syntax` stars passwords in texts before anybody reads them, and reports
//! star it in the lines that they cite.

use std::borrow::Cow;
use std::ops::Range;

/// Keys of scripts and variables, which may hold anything.
const OPAQUE: [&str; 11] = [
    "UserData",
    "Environment",
    "environment",
    "EnvironmentVariables",
    "CustomerGatewayConfiguration",
    "SecretString",
    "ZipFile",
    // eksctl's scripts of nodes and values of add-ons.
    "preBootstrapCommands",
    "overrideBootstrapCommand",
    "configurationValues",
    // What `cfn-init` writes to an instance.
    "AWS::CloudFormation::Init",
];

/// How the keys of secrets end, in small letters.
const ENDINGS: [&str; 10] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "privatekey",
    "presharedkey",
    "credentials",
];

/// Sections in which keys are names of the user's, which say nothing of what stands under them.
const NAMES: [&str; 8] = ["Resources", "Outputs", "Conditions", "Mappings", "Parameters", "Metadata", "Tags", "tags"];

/// Whether what stands under this key, in the map that stands under `parent`, is not to be shown.
pub fn is_hidden(parent: &str, key: &str) -> bool {
    match parent {
        "Parameters" => is_secret(key),
        _ if NAMES.contains(&parent) => key == "AWS::CloudFormation::Init",
        _ => OPAQUE.contains(&key) || is_secret(key),
    }
}

/// Whether the key is called like a secret.
fn is_secret(key: &str) -> bool {
    let ends_in = |ending: &str| {
        let start = key.len().checked_sub(ending.len());
        start.is_some_and(|start| key.as_bytes()[start..].eq_ignore_ascii_case(ending.as_bytes()))
    };
    ENDINGS.iter().any(|ending| ends_in(ending))
}

/// Whether a text says anywhere that it holds a secret. For a text of which nothing else is known.
pub fn are_mentioned(text: &str) -> bool {
    let small = text.to_ascii_lowercase();
    let opaque = OPAQUE.iter().any(|key| text.contains(key));
    opaque || text.contains("NoEcho") || ENDINGS.iter().any(|ending| small.contains(ending))
}

/// Whether a value under such a key tells nothing: whether a password is to be made is no password.
pub fn is_harmless(value: &str) -> bool {
    value.is_empty() || ["true", "false"].iter().any(|flag| value.eq_ignore_ascii_case(flag))
}

/// The text with a star for each byte of a password in an address, `postgres://user:*****@host`: all places stay.
pub fn without_passwords(text: &str) -> Cow<'_, str> {
    // Said of every text of a run: hardly one has an address in it.
    if !text.contains('@') {
        return Cow::Borrowed(text);
    }
    let found: Vec<Range<usize>> = passwords(text).collect();
    if found.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(starred(text, found)) }
}

/// The text with these stretches of it in stars, as long as it was in bytes. Lines stay lines.
pub fn starred(text: &str, hidden: impl IntoIterator<Item = Range<usize>>) -> String {
    let mut starred = String::with_capacity(text.len());
    let mut done = 0;
    for range in hidden {
        let start = range.start.max(done);
        starred.push_str(text.get(done..start).unwrap_or_default());
        let stretch = text.get(start..range.end).unwrap_or_default();
        for c in stretch.chars() {
            match c {
                '\n' | '\r' => starred.push(c),
                _ => starred.extend(std::iter::repeat_n('*', c.len_utf8())),
            }
        }
        done = start + stretch.len();
    }
    starred.push_str(text.get(done..).unwrap_or_default());
    starred
}

/// Passwords as written, but not what only stands for one: `${Password}`, `<Password>`, `{{resolve:...}}`.
fn passwords(text: &str) -> impl Iterator<Item = Range<usize>> {
    const ENDS: [char; 7] = ['/', '"', '\'', '<', ' ', '\n', '\t'];
    // JSON may write a slash as `\/`.
    text.match_indices("//").chain(text.match_indices("\\/\\/")).filter_map(|(at, slashes)| {
        let before = text.get(..at)?;
        before.ends_with(':').then_some(())?;
        let start = at + slashes.len();
        let rest = text.get(start..)?;
        let authority = rest.split(ENDS).next().unwrap_or_default();
        let end = authority.rfind('@')?;
        let colon = authority.get(..end)?.find(':')?;
        let password = authority.get(colon + 1..end)?;
        let is_reference = password.starts_with("${") && password.ends_with('}') || password.starts_with("{{");
        (!password.is_empty() && !is_reference).then_some(start + colon + 1..start + end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_an_address_becomes_stars_and_nothing_else_does() {
        for (text, shown) in [
            ("url: postgres://me:pa:ss@db:5432/x", "url: postgres://me:*****@db:5432/x"),
            ("redis://:s3cret@cache", "redis://:******@cache"),
            (r#""a": "mysql:\/\/u:pw@h""#, r#""a": "mysql:\/\/u:**@h""#),
            ("a://u:한@h b://u:x@h", "a://u:***@h b://u:*@h"),
        ] {
            assert_eq!(without_passwords(text), shown);
        }
        for text in [
            "https://host:8080/path@2x.png",
            "postgres://u:${Password}@h",
            "x://u:{{resolve:secretsmanager:a:SecretString:p}}@h",
            "git@github.com:a/b",
            "# // me:you@x",
        ] {
            assert_eq!(without_passwords(text), text);
        }
    }

    #[test]
    fn keys_of_secrets_are_told_from_keys_that_speak_of_them() {
        for key in ["MasterUserPassword", "DB_PASSWORD", "ClientSecret", "AuthToken", "UserData", "Environment"] {
            assert!(is_hidden("Properties", key), "{key}");
        }
        for key in ["KeyName", "SecretArn", "HttpTokens", "PasswordLength", "EnvironmentName", "encryptionConfig"] {
            assert!(!is_hidden("Properties", key), "{key}");
        }
        for (parent, key) in [("Resources", "DbSecret"), ("Parameters", "Environment"), ("Tags", "Environment")] {
            assert!(!is_hidden(parent, key), "{parent} {key}");
        }
        assert!(is_hidden("Parameters", "DbPassword"));
    }
}
