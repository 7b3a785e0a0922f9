//! `embed`: makes the pictures that Markdown documents ask for, and the texts that stand for them. Every other byte of
//! a document stays as it is. docs/embed.md is the grammar.

mod alt;
mod find;
mod html;
pub mod mdbook;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::confined::{Root, folder_of};
use super::figure::{self, Output, Where};
use super::made::Made;
use super::said::Said;
use super::{Figure, Messages, ThemeName, input};
use crate::diag::{Diagnostic, FileId, Origin, Place, Span};
use crate::limits::DOCUMENT_FIGURES;
use crate::write::Format;
use find::{Asked, Picture};

/// What `embed` is told.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Markdown documents
    #[arg(required = true, value_name = "DOCUMENT")]
    documents: Vec<PathBuf>,

    /// Write nothing: list what is missing or stale, and exit with 1 if anything is
    #[arg(long)]
    check: bool,

    #[command(flatten)]
    pub messages: Messages,
}

pub fn run(arguments: &Arguments) -> ExitCode {
    let mut said = Said::default();
    let mut files = Vec::new();
    for document in &arguments.documents {
        if let Err(diagnostic) = embed(document, &mut files, &mut said) {
            said.diagnostics.push(diagnostic);
        }
    }
    figure::put(files, arguments.check, said, &arguments.messages)
}

/// Adds what a document's figures make, and the document where a text in it is to change. Fails where it cannot be read.
fn embed(path: &Path, files: &mut Vec<Made>, said: &mut Said) -> Result<(), Diagnostic> {
    let bytes = input::bytes(path)?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Diagnostic::error("not-text", format!("{} is not UTF-8", path.display())).hint("save it as UTF-8")
    })?;
    let mark = if text.starts_with('\u{FEFF}') { "\u{FEFF}" } else { "" };
    let here = Root::new(Path::new(""))?;
    let root = if here.holds(path) { here } else { Root::new(&folder_of(path))? };
    let document = Document { path, text: &text[mark.len()..], root: &root };
    let (new, changed) = document.embed(files, said);
    if let Some(origin) = changed {
        let bytes = format!("{mark}{new}").into_bytes();
        files.push(Made::new(path.to_path_buf(), bytes).asked_by(origin));
    }
    Ok(())
}

/// A document without a byte-order mark, and the folder that its figures do not leave.
struct Document<'d> {
    path: &'d Path,
    text: &'d str,
    root: &'d Root,
}

/// Bytes of the document, and what is to stand there.
type Edit = (Range<usize>, String);

impl Document<'_> {
    /// Adds what its figures make. Gives the text as it is to be, and the first place that changes.
    fn embed(&self, files: &mut Vec<Made>, said: &mut Said) -> (String, Option<Origin>) {
        let file = said.sources.add(self.path.display().to_string(), self.text);
        let mut edits: Vec<Edit> = Vec::new();
        for (n, asked) in find::asked(self.text).iter().enumerate() {
            let origin = origin(file, &asked.at);
            let drawn = match n < DOCUMENT_FIGURES {
                true => self.draw(asked, &origin, &mut edits, said),
                false => Err(Diagnostic::error(
                    "input-too-large",
                    format!("{} asks for more than {DOCUMENT_FIGURES} figures", self.path.display()),
                )),
            };
            match drawn {
                Ok(mut made) => files.append(&mut made),
                Err(diagnostic) => {
                    said.diagnostics.push(diagnostic.at(origin));
                    if n >= DOCUMENT_FIGURES {
                        break;
                    }
                }
            }
        }
        let changed = edits.first().map(|(at, _)| origin(file, at));
        (edited(self.text, &edits), changed)
    }

    /// The files of a figure. Fails where it is not understood or cannot be drawn.
    fn draw(
        &self,
        asked: &Asked,
        origin: &Origin,
        edits: &mut Vec<Edit>,
        said: &mut Said,
    ) -> Result<Vec<Made>, Diagnostic> {
        let mut figure = parsed(&asked.arguments)?;
        let outputs: Vec<Output> = asked.pictures.iter().map(output).collect::<Result<_, _>>()?;
        if outputs.is_empty() {
            return Err(Diagnostic::error(
                "no-picture-below",
                "no picture stands right below, where this one would go",
            )
            .hint("write one there: ![](images/arch.svg)"));
        };
        let inputs = &mut figure.inputs.inputs;
        if asked.template.is_some() && inputs.iter().all(|input| input.as_os_str() != "-") {
            inputs.insert(0, PathBuf::from("-"));
        }
        if inputs.is_empty() {
            return Err(Diagnostic::error("figure-arguments", "no input is named")
                .hint("<!-- eksdiagram: lab/template.yaml -->"));
        }
        let folder = folder_of(self.path);
        let template = asked.template.as_ref().map(|(at, text)| (self.path, self.in_its_lines(*at, text)));
        let mut diagnostics = Vec::new();
        let place = Where { folder: &folder, root: self.root, asked_in: None, template };
        let (drawn, sources) = figure::draw(&figure, &place, &outputs, &mut diagnostics);
        said.take(diagnostics, &sources);
        let drawn = drawn.ok_or_else(|| figure::not_drawn(&outputs))?;
        for alt in asked.pictures.iter().filter_map(|picture| picture.alt.as_ref()) {
            edits.extend(alt.refreshed(self.text, &drawn.description).map(|new| (alt.at.clone(), new)));
        }
        Ok(drawn.files.into_iter().map(|made| made.asked_by(origin.clone())).collect())
    }

    /// A template that a block holds, on the lines that it has in the document.
    fn in_its_lines(&self, at: usize, template: &str) -> String {
        let lines = self.text[..at].matches('\n').count();
        "\n".repeat(lines) + template
    }
}

fn origin(file: FileId, at: &Range<usize>) -> Origin {
    Origin::new("", Place { file, span: Span { start: at.start as u32, end: at.end as u32 } })
}

/// The edits are in order, and none overlap.
fn edited(text: &str, edits: &[Edit]) -> String {
    let mut new = String::new();
    let mut done = 0;
    for (at, with) in edits {
        new.push_str(&text[done..at.start]);
        new.push_str(with);
        done = at.end;
    }
    new + &text[done..]
}

fn parsed(arguments: &str) -> Result<Figure, Diagnostic> {
    let words = shlex::split(&arguments.replace("\r\n", "\n"))
        .ok_or_else(|| Diagnostic::error("figure-arguments", "a quote is opened and not closed"))?;
    figure::parsed(words)
}

/// Where a picture is, and in which colours.
fn output(picture: &Picture) -> Result<Output, Diagnostic> {
    let refused = |why: &str| Err(Diagnostic::error("figure-picture", format!("{}: {why}", picture.address)));
    let file = picture.address.split(['?', '#']).next().unwrap_or_default();
    if file.contains("://") || file.starts_with('/') || file.starts_with("data:") {
        return refused("a picture that is made is a file beside the document, and no address");
    }
    let Some(path) = percent_decoded(file).map(PathBuf::from) else {
        return refused("what the percent signs stand for is not UTF-8");
    };
    let format = match Format::from_path(&path) {
        Some(format @ (Format::Svg | Format::Png | Format::DrawioSvg | Format::DrawioPng)) => format,
        Some(Format::Drawio | Format::Json) | None => return refused("a document shows .svg and .png"),
    };
    let theme = match picture.media.as_deref().map(str::to_ascii_lowercase) {
        None => None,
        Some(media) if media.contains("prefers-color-scheme") && media.contains("dark") => Some(ThemeName::Dark),
        Some(media) if media.contains("prefers-color-scheme") && media.contains("light") => Some(ThemeName::Light),
        Some(_) => return refused("its source is neither for prefers-color-scheme: dark nor for light"),
    };
    Ok(Output { path, format, theme })
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}
