//! `eksdiagram collect`: writes a live account down, so that everything after it is offline and can be repeated.
//!
//! This is the only part of the program that runs another one, and the only one that anything leaves the machine by: the
//! user's own AWS CLI, with calls that only read.

mod asking;
mod aws;
mod by_hand;
mod calls;
mod secrets;

use std::path::PathBuf;
use std::process::ExitCode;

use super::Messages;
use super::output::{self, Content};
use crate::diag::{Diagnostic, Sources};
use crate::limits::INPUT_BYTES;
use asking::{Answer, Wish};
use aws::{Aws, Failure};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Where the snapshot goes; only its owner may read it
    #[arg(short, long, value_name = "FILE", default_value = "account.json")]
    output: PathBuf,

    /// A region to ask; repeatable. Without it: the one that the AWS CLI is configured for
    #[arg(long = "region", value_name = "REGION")]
    regions: Vec<String>,

    /// Only this cluster, and its VPC with what stands in it
    #[arg(long, value_name = "NAME")]
    cluster: Option<String>,

    /// A profile of the AWS CLI
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,

    /// Print what would be run, as a shell script that saves the answers in a folder, and run nothing
    #[arg(long)]
    print_commands: bool,

    /// Print the least IAM policy that the caller needs, and run nothing
    #[arg(long, conflicts_with = "print_commands")]
    print_policy: bool,

    #[command(flatten)]
    pub messages: Messages,
}

pub fn run(arguments: &Arguments) -> ExitCode {
    let printed = match (arguments.print_commands, arguments.print_policy) {
        (true, _) => Some(by_hand::script(&arguments.regions, arguments.profile.as_deref())),
        (_, true) => Some(by_hand::policy()),
        (false, false) => None,
    };
    let mut diagnostics = Vec::new();
    let outcome = match printed {
        Some(text) => output::stdout(text.as_bytes()),
        None => collect(arguments, &mut diagnostics),
    };
    diagnostics.extend(outcome.err());
    let worst = diagnostics.iter().map(|diagnostic| diagnostic.severity).max();
    arguments.messages.print(&mut diagnostics, &Sources::default());
    arguments.messages.exit_code(worst)
}

fn collect(arguments: &Arguments, diagnostics: &mut Vec<Diagnostic>) -> Result<(), Diagnostic> {
    let aws = Aws { profile: arguments.profile.clone() };
    let mut regions = arguments.regions.clone();
    if regions.is_empty() {
        regions.extend(aws.region().map_err(failed)?);
    }
    let Some(first) = regions.first() else {
        return Err(Diagnostic::error("no-region", "the AWS CLI is configured for no region")
            .hint("name one: --region eu-west-1"));
    };
    // Before all else, so that an expired session is told once and not fifty times.
    let identity = ["sts", "get-caller-identity"].map(String::from);
    aws.ask(&identity, Some(first)).map_err(failed)?;
    let wish = Wish { aws, regions, cluster: arguments.cluster.clone() };
    let answers = asking::ask(&wish).map_err(failed)?;
    if answers.is_empty() {
        let cluster = wish.cluster.unwrap_or_default();
        let message = format!("no cluster {cluster} that may be described is in {}", wish.regions.join(", "));
        return Err(Diagnostic::error("cluster-not-found", message).hint("`aws eks list-clusters` lists the names"));
    }
    let text = snapshot(&answers);
    if text.len() > INPUT_BYTES {
        let message = format!("the snapshot has {} MB, more than is read at once", text.len() >> 20);
        diagnostics.push(Diagnostic::warning("input-too-large", message).hint("collect one cluster: --cluster NAME"));
    }
    output::prepare(arguments.output.clone(), text.as_bytes(), Content::Account)?.put_in_place()?;
    diagnostics.extend(refused(&answers));
    diagnostics.push(Diagnostic::note(
        "collected",
        format!("{} answers are in {}", answers.len(), arguments.output.display()),
    ));
    Ok(())
}

/// The file: a call a line, so that two snapshots can be compared.
fn snapshot(answers: &[Answer]) -> String {
    let calls: Vec<String> = answers.iter().map(|answer| answer.to_json().to_string()).collect();
    format!("{{\"eksdiagram\":1,\"calls\":[\n{}\n]}}\n", calls.join(",\n"))
}

/// What was not answered is in the snapshot, and is said.
fn refused(answers: &[Answer]) -> Option<Diagnostic> {
    let refused: Vec<(String, &str)> =
        answers.iter().filter_map(|answer| Some((answer.command(), answer.outcome.as_ref().err()?.as_str()))).collect();
    let (first, why) = refused.first()?;
    let others = match refused.len() - 1 {
        0 => String::new(),
        n => format!(", and {n} more"),
    };
    let message = format!("not everything was answered: `aws {first}`{others}: {why}");
    Some(
        Diagnostic::warning("not-answered", message)
            .hint("--print-policy prints what the caller must be allowed to do"),
    )
}

fn failed(failure: Failure) -> Diagnostic {
    match failure {
        Failure::Missing => Diagnostic::error("no-aws-cli", "there is no AWS CLI: no program `aws` is on the PATH")
            .hint("install it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html")
            .hint("or run what `eksdiagram collect --print-commands` prints where there is one, and draw the folder: `eksdiagram account -o arch.svg`"),
        Failure::Refused(why) => Diagnostic::error("aws-refused", format!("AWS does not say who is asking: {why}"))
            .hint("sign in, as with `aws sso login`, or choose another profile: --profile NAME"),
    }
}
