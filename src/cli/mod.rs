//! The command line: flags → options, run, exit code. Files, standard streams and the terminal are touched here
//! and nowhere else.

mod check;
mod collect;
mod confined;
mod drawing;
mod drift;
mod embed;
mod figure;
mod folder;
mod icons;
mod input;
mod interruption;
mod made;
mod output;
mod project;
mod redaction;
mod report;
mod run;
mod said;
mod shell;
mod templates;
mod there;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use crate::diag::{Diagnostic, Severity, Sources};
use crate::presentation::Overrides;
use clap::{ArgGroup, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

/// Draws an AWS EKS network from the CloudFormation template or ClusterConfig that makes it.
///
/// Subnets are public, private or isolated by their routes, not by their names. Several inputs make one
/// picture: a template that makes the VPC and a ClusterConfig that names its subnets meet by id, CIDR or name.
/// A file that is called like a command is given as ./check.
#[derive(Debug, Parser)]
#[command(
    version = env!("EKSDIAGRAM_VERSION"),
    after_help = "Exit codes: 0 done; 1 nothing could be drawn, or a check failed; 2 usage; 130 interrupted.",
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    disable_help_subcommand = true
)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    draw: Draw,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say whether the cluster can work, and who may come in
    Check(Check),
    /// Write a live account down, by the AWS CLI's calls that only read; the file is an input like others
    Collect(collect::Arguments),
    /// Make the pictures that Markdown documents ask for, or with --check say which are stale
    Embed(embed::Arguments),
    /// Do the same for a book, as a preprocessor of mdBook's
    Mdbook(embed::mdbook::Arguments),
    /// Serve a page on this machine that shows the picture, and draws it anew when an input is saved
    Watch(Box<watch::Arguments>),
    /// Print what a shell needs to complete the command line
    Completions { shell: clap_complete::Shell },
    /// Print the manual page: eksdiagram manual | man -l -
    Manual,
}

/// What is read, and what the user says beside it.
#[derive(Clone, Debug, Args)]
struct Inputs {
    /// CloudFormation templates (YAML or JSON), eksctl ClusterConfigs, what the AWS CLI said of an account: files, or a
    /// folder with its JSON files; - is standard input
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// A CloudFormation parameter's value; repeatable
    #[arg(long = "parameter", value_name = "NAME=VALUE", value_parser = name_and_value)]
    parameters: Vec<(String, String)>,

    /// A file of parameters, as `aws cloudformation` takes it: a list of ParameterKey and ParameterValue, a map, or
    /// lines of NAME=VALUE; repeatable. What --parameter says wins
    #[arg(long = "parameters", value_name = "FILE")]
    parameter_files: Vec<PathBuf>,

    /// The region, where the input does not say
    #[arg(long)]
    region: Option<String>,

    /// The account's id, where the input does not say
    #[arg(long)]
    account: Option<String>,

    /// Mask account ids, public addresses, host names and ids of EKS clusters in all that is written and said
    #[arg(long)]
    redact: bool,
}

/// How messages are said.
#[derive(Debug, Args)]
struct Messages {
    /// How messages are written to standard error: for people, as a JSON array, or as a SARIF log for code scanning
    #[arg(long, value_enum, default_value_t = ReportName::Text, value_name = "FORM")]
    diagnostics: ReportName,

    /// Exit with 1 on warnings as well
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,

    /// Say errors only
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,

    /// Say notes as well, and what was read but not drawn
    #[arg(short, long)]
    verbose: bool,

    /// Colour in messages
    #[arg(long, value_enum, default_value_t = ColorWish::Auto, value_name = "WHEN")]
    color: ColorWish,
}

/// What `check` is told.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("judged").arg("inputs").required(true))]
struct Check {
    #[command(flatten)]
    inputs: Inputs,

    /// How verdicts are written to standard output: for people, as a JSON array, or as a SARIF log for code scanning
    #[arg(long, value_enum, default_value_t = ReportName::Text, value_name = "FORM")]
    format: ReportName,

    #[command(flatten)]
    messages: Messages,
}

/// What one figure is, wherever it is written down: on the command line, in a document, in a project file.
#[derive(Clone, Debug, Args)]
struct Figure {
    #[command(flatten)]
    inputs: Inputs,

    #[command(flatten)]
    drawing: Drawing,

    /// Write draw.io files anew, where otherwise what was done to them by hand stays
    #[arg(long)]
    fresh: bool,

    /// Keep in a draw.io file what is no more in the input, pale
    #[arg(long, conflicts_with_all = ["fresh", "redact"])]
    keep_removed: bool,
}

/// How it is drawn.
#[derive(Clone, Debug, Args)]
struct Drawing {
    /// What is drawn
    #[arg(long, value_enum, default_value_t = ViewName::Network, value_name = "VIEW")]
    view: ViewName,

    /// Draw clusters as if their endpoint were in this mode
    #[arg(long, value_enum, value_name = "MODE")]
    endpoint: Option<EndpointName>,

    /// Number the hops of each way to the API, and say in the legend what each is
    #[arg(long)]
    steps: bool,

    /// The picture's title, instead of the cluster's or VPC's name
    #[arg(long)]
    title: Option<String>,

    /// The language of the words that are not names: English or Korean. Messages and reasons stay English
    #[arg(long, value_enum, default_value_t = LanguageName::En, value_name = "LANGUAGE")]
    lang: LanguageName,

    /// The colours; auto is light or dark as the reader's screen is, in SVG and HTML, and light elsewhere; print is black on
    /// white, told apart by dashes and weights
    #[arg(long, value_enum, default_value_t = ThemeName::Light, value_name = "THEME")]
    theme: ThemeName,

    /// Whether lines and colours are explained
    #[arg(long, value_enum, default_value_t = LegendWish::Auto, value_name = "WHEN")]
    legend: LegendWish,

    /// How much is written: names only, the usual, or all that hovering tells
    #[arg(long, value_enum, default_value_t = DetailName::Normal, value_name = "LEVEL")]
    detail: DetailName,

    /// Draw everything by itself and on one page: fold nothing of what is alike
    #[arg(long, conflicts_with = "collapse")]
    expand: bool,

    /// Fold alike things from N on, 2 at least; by default from as many on as are hard to read
    #[arg(long, value_name = "N", value_parser = several)]
    collapse: Option<usize>,

    /// Pixels of a PNG for each pixel of the picture
    #[arg(long, default_value_t = 2.0, value_parser = scale)]
    scale: f32,

    /// A folder with AWS's own icon files to use instead of the bundled ones
    #[arg(long, value_name = "DIR")]
    icons: Option<PathBuf>,

    /// The address at which the inputs' folder is found on the web: things link to the line that makes them
    #[arg(long, value_name = "URL", value_parser = web_address)]
    link_base: Option<String>,

    /// Only a project file says them
    #[arg(skip)]
    overrides: Overrides,
}

/// What a drawing is told.
#[derive(Debug, Args)]
struct Draw {
    #[command(flatten)]
    figure: Figure,

    /// Where the picture goes, the format by its ending: .svg .png .drawio .drawio.svg .drawio.png .html .json;
    /// repeatable. Without it: SVG to standard output. Where the picture has several pages, the first goes to FILE and
    /// the others to numbered files beside it; a .drawio and a .html hold all of them
    #[arg(short, long = "output", value_name = "FILE", requires = "inputs")]
    outputs: Vec<PathBuf>,

    /// The format for standard output, or for files with another ending
    #[arg(long, value_enum, value_name = "FORMAT", requires = "inputs")]
    format: Option<FormatName>,

    /// Draw what became of a network: INPUT is what should be or will be, PATH what is there or used to be (a template, an
    /// account, or several of them). What only INPUT has is added, what only PATH has is removed. Repeatable
    #[arg(long, value_name = "PATH", conflicts_with_all = ["emit", "endpoint", "steps"], requires = "inputs")]
    against: Vec<PathBuf>,

    /// Print what a stage understood to standard output, as text; a picture is then drawn only for an -o
    #[arg(long, value_enum, value_name = "STAGE", requires = "inputs")]
    emit: Option<StageName>,

    /// Write nothing: list which outputs are missing or differ from what would be written, and exit with 1 if any does;
    /// with --against and no output, list what differs to standard output, as text or with --format json
    #[arg(long)]
    check: bool,

    /// List what the picture breaks of the layout's laws, and exit with 1 if it breaks any
    #[arg(long, requires = "inputs")]
    check_layout: bool,

    #[command(flatten)]
    messages: Messages,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatName {
    Svg,
    Png,
    Drawio,
    /// An SVG that draw.io opens to be edited
    #[value(name = "drawio.svg")]
    DrawioSvg,
    /// A PNG that draw.io opens to be edited
    #[value(name = "drawio.png")]
    DrawioPng,
    Json,
    /// A page for a browser, with search and facts
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum ViewName {
    /// VPCs as a matrix of zones and tiers
    Network,
    /// The doors to a cluster's API, and who comes in by which
    Endpoint,
    /// What AWS runs for a cluster
    ControlPlane,
    /// A cluster's nodes, how the control plane reaches them, and who answers for what
    DataPlane,
    /// Kubernetes' own parts and how they talk
    Kubernetes,
    /// The three modes of a cluster's endpoint side by side
    EndpointModes,
    /// Each of them on a page of its own
    All,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum EndpointName {
    Public,
    Private,
    Both,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum StageName {
    /// The resources with their properties, and what is not known and why
    Inventory,
    /// Regions, VPCs, zones, rows with tiers and why, groups, clusters, paths
    Architecture,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LegendWish {
    Auto,
    On,
    Off,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum LanguageName {
    En,
    Ko,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ThemeName {
    Light,
    Dark,
    Auto,
    Print,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DetailName {
    Low,
    Normal,
    High,
}

/// The form of diagnostics and verdicts.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ReportName {
    Text,
    Json,
    Sarif,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Deny {
    Warnings,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ColorWish {
    Auto,
    Always,
    Never,
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_string(), value.to_string())),
        _ => Err("expected NAME=VALUE".to_string()),
    }
}

/// An address that a browser opens, and that runs nothing.
fn web_address(text: &str) -> Result<String, String> {
    let is_web = ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme));
    let is_plain = text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '?' | '#'));
    if is_web && is_plain { Ok(text.to_string()) } else { Err("expected https://...".to_string()) }
}

fn several(text: &str) -> Result<usize, String> {
    match text.parse::<usize>() {
        Ok(n) if n >= 2 => Ok(n),
        _ => Err("expected a number from 2 on".to_string()),
    }
}

fn scale(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(scale) if (0.1..=16.0).contains(&scale) => Ok(scale),
        _ => Err("expected a number from 0.1 to 16".to_string()),
    }
}

impl Messages {
    /// Prints the diagnostics that are wanted, on standard error.
    fn print(&self, diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
        let least = self.least();
        // What became of a person's own work is told whether or not notes are.
        diagnostics.retain(|d| d.severity >= least || (d.code == there::REPORT && !self.quiet));
        report::print(diagnostics, sources, self.diagnostics);
    }

    /// What is not worth less than to be said.
    fn least(&self) -> Severity {
        match (self.quiet, self.verbose) {
            (true, _) => Severity::Error,
            (_, true) => Severity::Note,
            (false, false) => Severity::Warning,
        }
    }

    /// The exit code of a run that found nothing worse than this.
    fn exit_code(&self, worst: Option<Severity>) -> ExitCode {
        let is_denied = match worst {
            Some(Severity::Error) => true,
            Some(Severity::Warning) => matches!(self.deny, Some(Deny::Warnings)),
            Some(Severity::Note) | None => false,
        };
        if is_denied { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}

/// Runs the program with the process's own arguments.
pub fn main() -> ExitCode {
    let matches = Arguments::command().get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let (color, run): (ColorWish, &dyn Fn() -> ExitCode) = match &arguments.command {
        None if project::is_meant(&matches) => (arguments.draw.messages.color, &|| project::run(&arguments.draw)),
        None => (arguments.draw.messages.color, &|| run::run(&arguments.draw)),
        Some(Command::Check(check)) => (check.messages.color, &|| check::run(check)),
        Some(Command::Collect(collect)) => (collect.messages.color, &|| collect::run(collect)),
        Some(Command::Embed(embed)) => (embed.messages.color, &|| embed::run(embed)),
        Some(Command::Mdbook(mdbook)) => (mdbook.messages.color, &|| embed::mdbook::run(mdbook)),
        Some(Command::Watch(watch)) => (ColorWish::Auto, &|| watch::run(watch)),
        Some(Command::Completions { shell }) => return shell::completions(*shell),
        Some(Command::Manual) => return shell::manual(),
    };
    match color {
        ColorWish::Auto => anstream::ColorChoice::Auto,
        ColorWish::Always => anstream::ColorChoice::Always,
        ColorWish::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    run()
}
