//! Plates on what is in the picture already: a verdict's code on what it is about, and the ways that it breaks; what is
//! in no stack.

use super::headings::STACK;
use crate::architecture::{PathKind, Stop};
use crate::diag::Severity;
use crate::diagram::{About, Block, Diagram, Pill, Row, Section};
use crate::inventory::Address;
use crate::lang::Phrases;
use crate::look::Tone;
use crate::verdicts::{State, Verdict};

/// A way that does not get there, and by which rule.
pub struct Broken {
    pub kind: PathKind,
    pub start: Stop,
    pub cluster: Address,
    pub code: &'static str,
    pub message: String,
}

/// The ways that verdicts break, one verdict a way.
pub fn broken(verdicts: &[Verdict]) -> Vec<Broken> {
    let mut ways: Vec<Broken> = Vec::new();
    for verdict in verdicts.iter().filter(|verdict| verdict.state == State::Fails) {
        for way in &verdict.breaks {
            let same =
                |known: &Broken| (known.kind, &known.start, &known.cluster) == (way.kind, &way.start, &way.cluster);
            if !ways.iter().any(same) {
                ways.push(Broken {
                    kind: way.kind,
                    start: way.start.clone(),
                    cluster: way.cluster.clone(),
                    code: verdict.rule.code,
                    message: verdict.message.clone(),
                });
            }
        }
    }
    ways
}

/// Puts the codes of errors onto what they are about: onto groups, hosts and clusters, and onto subnets only where
/// none of these is in the picture. Warnings are for `check` to tell: a picture is no list.
pub fn add(diagram: &mut Diagram, verdicts: &[Verdict]) {
    let is_error = |verdict: &&Verdict| verdict.state == State::Fails && verdict.rule.severity == Severity::Error;
    for verdict in verdicts.iter().filter(is_error) {
        let mut marked = false;
        each(diagram, Kind::Thing, &mut |about, pills| marked |= say(about, pills, verdict));
        if !marked {
            each(diagram, Kind::Cell, &mut |about, pills| marked |= say(about, pills, verdict));
        }
    }
}

/// Puts a plate onto everything that is in no stack of its account.
pub fn add_stackless(diagram: &mut Diagram, p: &Phrases) {
    let mut mark = |about: &mut About, pills: &mut Vec<Pill>| {
        if about.facts.iter().any(|(fact, _)| *fact == STACK) {
            pills.push(Pill { tone: Tone::Neutral, text: p.no_stack.to_string(), tooltip: String::new() });
        }
    };
    each(diagram, Kind::Thing, &mut mark);
    each(diagram, Kind::Border, &mut mark);
    each(diagram, Kind::Cell, &mut mark);
}

/// Puts a plate onto the thing with this id.
pub fn tell(diagram: &mut Diagram, id: &str, text: &str) {
    each(diagram, Kind::Thing, &mut |about, pills| {
        if about.id == id {
            pills.push(Pill { tone: Tone::Neutral, text: text.to_string(), tooltip: String::new() });
        }
    });
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Thing,
    /// What stands astride a border.
    Border,
    Cell,
}

type Mark<'m> = dyn FnMut(&mut About, &mut Vec<Pill>) + 'm;

/// Hands every thing of a kind to `mark`, with the plates on it.
pub fn each(diagram: &mut Diagram, kind: Kind, mark: &mut Mark) {
    diagram.body.iter_mut().for_each(|block| in_block(block, kind, mark));
}

fn in_block(block: &mut Block, kind: Kind, mark: &mut Mark) {
    match block {
        Block::Icon(icon) if kind == Kind::Thing => mark(&mut icon.about, &mut icon.pills),
        Block::Icon(_) | Block::Plate(_) => {}
        Block::Frame(frame) => {
            if kind == Kind::Thing {
                mark(&mut frame.heading.about, &mut frame.heading.pills);
            }
            frame.blocks.iter_mut().for_each(|block| in_block(block, kind, mark));
        }
        Block::Matrix(matrix) => matrix.sections.iter_mut().for_each(|section| in_section(section, kind, mark)),
    }
}

fn in_section(section: &mut Section, kind: Kind, mark: &mut Mark) {
    if kind == Kind::Thing {
        mark(&mut section.heading.about, &mut section.heading.pills);
    }
    if kind == Kind::Border {
        section.border.iter_mut().for_each(|one| mark(&mut one.icon.about, &mut one.icon.pills));
    }
    for row in &mut section.rows {
        match row {
            Row::Span(blocks) => blocks.iter_mut().for_each(|block| in_block(block, kind, mark)),
            Row::Cells(cells) => {
                let headings = match kind {
                    Kind::Thing => cells.bands.iter_mut().map(|band| &mut band.heading).collect::<Vec<_>>(),
                    Kind::Cell => cells.cells.iter_mut().map(|cell| &mut cell.heading).collect(),
                    Kind::Border => Vec::new(),
                };
                headings.into_iter().for_each(|heading| mark(&mut heading.about, &mut heading.pills));
                let blocks = cells.cells.iter_mut().flat_map(|cell| cell.lanes.iter_mut().flatten());
                blocks.for_each(|block| in_block(block, kind, mark));
            }
        }
    }
}

fn say(about: &About, pills: &mut Vec<Pill>, verdict: &Verdict) -> bool {
    let is_it = verdict.about.iter().any(|address| **address == *about.id);
    if is_it && !pills.iter().any(|pill| pill.text == verdict.rule.code) {
        let text = verdict.rule.code.to_string();
        pills.push(Pill { tone: Tone::Danger, text, tooltip: verdict.message.clone() });
    }
    is_it
}
