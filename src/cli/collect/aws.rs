//! Runs the user's own AWS CLI: profiles, single sign-on, roles and partitions are its business.

use std::io::ErrorKind;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

/// How often a call is made that AWS says comes too fast, beside the CLI's own retries.
const ATTEMPTS: u32 = 5;

/// The first pause before such a call is made again; each one is twice as long. Chosen.
const PAUSE: Duration = Duration::from_millis(500);

/// Characters of an error that are kept: some carry an encoded message of kilobytes.
const ERROR_LENGTH: usize = 300;

/// Seconds that the CLI waits for a connection, and for an answer. Stops: a run without end behind a dead proxy.
const TIMEOUTS: [&str; 4] = ["--cli-connect-timeout", "20", "--cli-read-timeout", "60"];

#[derive(Clone, Debug, Default)]
pub struct Aws {
    pub profile: Option<String>,
}

pub enum Failure {
    /// There is no AWS CLI.
    Missing,
    /// The CLI or AWS refused, and says so.
    Refused(String),
}

impl Aws {
    /// The answer to a call.
    pub fn ask(&self, arguments: &[String], region: Option<&str>) -> Result<Value, Failure> {
        let mut pause = PAUSE;
        for _ in 1..ATTEMPTS {
            match self.ask_once(arguments, region) {
                Err(Failure::Refused(why)) if is_throttled(&why) => std::thread::sleep(pause),
                answer => return answer,
            }
            pause *= 2;
        }
        self.ask_once(arguments, region)
    }

    fn ask_once(&self, arguments: &[String], region: Option<&str>) -> Result<Value, Failure> {
        let mut command = self.command();
        command.args(arguments).args(["--output", "json"]).args(TIMEOUTS);
        if let Some(region) = region {
            command.args(["--region", region]);
        }
        let text = run(command)?;
        if text.trim().is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_str(&text).map_err(|error| Failure::Refused(format!("the answer is no JSON: {error}")))
    }

    /// The region that the CLI is configured to use.
    pub fn region(&self) -> Result<Option<String>, Failure> {
        let of_environment = ["AWS_REGION", "AWS_DEFAULT_REGION"].iter().find_map(|name| std::env::var(name).ok());
        if let Some(region) = of_environment.filter(|region| !region.is_empty()) {
            return Ok(Some(region));
        }
        let mut command = self.command();
        command.args(["configure", "get", "region"]);
        match run(command) {
            Ok(region) => Ok(Some(region.trim().to_string()).filter(|region| !region.is_empty())),
            Err(Failure::Missing) => Err(Failure::Missing),
            // It ends with 1 where none is set.
            Err(Failure::Refused(_)) => Ok(None),
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new("aws");
        command.stdin(Stdio::null()).env("AWS_PAGER", "");
        if std::env::var_os("AWS_RETRY_MODE").is_none() {
            command.env("AWS_RETRY_MODE", "standard");
        }
        if let Some(profile) = &self.profile {
            command.args(["--profile", profile]);
        }
        command
    }
}

fn run(mut command: Command) -> Result<String, Failure> {
    let output = command.output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => Failure::Missing,
        _ => Failure::Refused(format!("the AWS CLI cannot be run: {error}")),
    })?;
    if !output.status.success() {
        return Err(Failure::Refused(said(&output.stderr)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What the CLI says went wrong, on one line.
fn said(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = if line.is_empty() { "the AWS CLI failed without a word".to_string() } else { line };
    match line.char_indices().nth(ERROR_LENGTH) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line,
    }
}

/// Source: AWS SDKs and Tools reference guide, "Retry behavior", throttling errors.
fn is_throttled(why: &str) -> bool {
    const SIGNS: [&str; 6] =
        ["Throttling", "ThrottledException", "RequestLimitExceeded", "TooManyRequests", "SlowDown", "RequestThrottled"];
    SIGNS.iter().any(|sign| why.contains(sign))
}
