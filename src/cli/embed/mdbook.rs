//! `mdbook`: a preprocessor of mdBook's. The book comes as JSON on standard input and goes, with the texts beside its
//! pictures, to standard output; the pictures are written into the book's sources, from where mdBook takes them.
//!
//! Source: mdBook documentation, "Preprocessors".

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::Value;

use super::Document;
use crate::cli::confined::Root;
use crate::cli::made::Made;
use crate::cli::said::Said;
use crate::cli::{Messages, figure, output};
use crate::diag::Diagnostic;
use crate::limits::INPUT_BYTES;

/// What mdBook tells its preprocessor.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    asked: Option<Asked>,

    #[command(flatten)]
    pub messages: Messages,
}

#[derive(Debug, Subcommand)]
enum Asked {
    /// Whether it works for a renderer: it does for all
    Supports { renderer: String },
}

pub fn run(arguments: &Arguments) -> ExitCode {
    if arguments.asked.is_some() {
        return ExitCode::SUCCESS;
    }
    let (mut files, mut said) = (Vec::new(), Said::default());
    let book = book(&mut files, &mut said).map_err(|diagnostic| said.diagnostics.push(diagnostic));
    let code = figure::put(files, false, said, &arguments.messages);
    match book {
        Ok(book) if code == ExitCode::SUCCESS && output::stdout(book.to_string().as_bytes()).is_ok() => code,
        _ => ExitCode::FAILURE,
    }
}

/// The book as it is to be, from the one on standard input.
fn book(files: &mut Vec<Made>, said: &mut Said) -> Result<Value, Diagnostic> {
    let fault = |why: String| {
        Diagnostic::error("not-a-book", format!("standard input is no book of mdBook's: {why}"))
            .hint("mdBook calls this by itself: [preprocessor.eksdiagram] command = \"eksdiagram mdbook\"")
    };
    let mut text = String::new();
    let read = std::io::stdin().lock().take(INPUT_BYTES as u64).read_to_string(&mut text);
    read.map_err(|error| fault(error.to_string()))?;
    let (context, mut book): (Value, Value) = serde_json::from_str(&text).map_err(|error| fault(error.to_string()))?;
    let root = context["root"].as_str().map(Path::new).ok_or_else(|| fault("it has no root".to_string()))?;
    let sources = from_here(root).join(context["config"]["book"]["src"].as_str().unwrap_or("src"));
    let root = Root::new(root)?;
    // mdBook before 0.5 calls the items sections.
    for name in ["items", "sections"] {
        each_chapter(book.get_mut(name), &mut |path, text| {
            Document { path: &sources.join(path), text, root: &root }.embed(files, said).0
        });
    }
    Ok(book)
}

/// Puts new texts into the chapters of a list of items, and into theirs: of each the path and the text are given. One
/// that has no file of its own names no files.
fn each_chapter(items: Option<&mut Value>, text: &mut impl FnMut(&str, &str) -> String) {
    for chapter in items.and_then(Value::as_array_mut).into_iter().flatten().filter_map(|item| item.get_mut("Chapter"))
    {
        if let (Some(path), Some(content)) = (chapter["path"].as_str(), chapter["content"].as_str()) {
            chapter["content"] = Value::String(text(path, content));
        }
        each_chapter(chapter.get_mut("sub_items"), text);
    }
}

/// A folder as messages name it: the current one needs no name.
fn from_here(folder: &Path) -> PathBuf {
    match std::env::current_dir() {
        Ok(here) if here == folder => PathBuf::new(),
        _ => folder.to_path_buf(),
    }
}
