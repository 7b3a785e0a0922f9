//! How much is said: a diagram's words thinned out to names, or with what hovering tells written out.

use std::collections::BTreeMap;

use super::headings::small;
use crate::diagram::{About, Block, Diagram, Heading, Icon, Row, Section, Words};
use crate::look::{EdgeLook, FrameLook, Ink, Tone};
use crate::text;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Names, and nothing of what is inside a control plane.
    Low,
    #[default]
    Normal,
    /// What hovering tells is written, and no line is shortened: for paper.
    High,
}

/// Room for a line under an icon, and at the bottom of a subnet; in pixels, and less than layout gives them.
const LABEL: i32 = 160;
const FOOTER: i32 = 264;

pub fn apply(diagram: &mut Diagram, detail: Detail) {
    let say: &dyn Say = match detail {
        Detail::Low => &Names,
        Detail::Normal => return,
        Detail::High => &Everything,
    };
    let mut wholes = BTreeMap::new();
    diagram.body.iter().for_each(|block| add_wholes(block, &mut wholes));
    diagram.body.iter_mut().for_each(|block| say_block(block, say));
    let actors = diagram.left.iter_mut().chain(&mut diagram.right);
    actors.for_each(|actor| say_block(&mut actor.block, say));
    if detail == Detail::Low {
        diagram.edges.retain(|edge| edge.look != EdgeLook::Internal);
        for edge in &mut diagram.edges {
            for end in [&mut edge.from, &mut edge.to] {
                if let Some(whole) = wholes.get(end) {
                    end.clone_from(whole);
                }
            }
        }
    }
}

/// The id of the section that each managed group stands in: what leads to the one leads to the other once that is gone.
fn add_wholes(block: &Block, wholes: &mut BTreeMap<String, String>) {
    match block {
        Block::Icon(_) | Block::Plate(_) => {}
        Block::Frame(frame) => frame.blocks.iter().for_each(|block| add_wholes(block, wholes)),
        Block::Matrix(matrix) => {
            for section in &matrix.sections {
                let blocks = section.rows.iter().filter_map(|row| match row {
                    Row::Span(blocks) => Some(blocks),
                    Row::Cells(_) => None,
                });
                for block in blocks.flatten() {
                    if let Block::Frame(frame) = block {
                        wholes.insert(frame.heading.about.id.clone(), section.heading.about.id.clone());
                    }
                }
            }
        }
    }
}

/// What becomes of the words on each part of a diagram.
trait Say {
    fn icon(&self, icon: &mut Icon);
    fn cell(&self, heading: &mut Heading);
    fn band(&self, heading: &mut Heading);
    fn blocks(&self, blocks: &mut Vec<Block>);
}

struct Names;

impl Say for Names {
    fn icon(&self, icon: &mut Icon) {
        icon.label.truncate(1);
        icon.pills.clear();
    }

    fn cell(&self, heading: &mut Heading) {
        heading.footer.clear();
    }

    fn band(&self, heading: &mut Heading) {
        heading.title.truncate(1);
        heading.pills.retain(|pill| pill.tone != Tone::Danger);
    }

    fn blocks(&self, blocks: &mut Vec<Block>) {
        let inside = |block: &Block| matches!(block, Block::Frame(f) if f.heading.look == FrameLook::ManagedGroup);
        blocks.retain(|block| !inside(block));
    }
}

struct Everything;

impl Say for Everything {
    fn icon(&self, icon: &mut Icon) {
        // Of a member, its band tells.
        if icon.band.is_none() {
            let told = told(&icon.about, &icon.label);
            icon.label.extend(told.iter().map(|line| small(line)));
        }
        icon.label = icon.label.iter().flat_map(|words| whole(words, LABEL)).collect();
    }

    fn cell(&self, heading: &mut Heading) {
        let said: Vec<Words> = heading.title.iter().chain(&heading.aside).cloned().collect();
        let told = told(&heading.about, &said);
        if !told.is_empty() {
            heading.footer = told.iter().map(|line| small(line)).collect();
        }
        heading.footer = heading.footer.iter().flat_map(|words| whole(words, FOOTER)).collect();
    }

    fn band(&self, heading: &mut Heading) {
        let told = told(&heading.about, &heading.title);
        let ink = Ink::Secondary;
        let lines = told.iter().flat_map(|line| whole(&Words { ink, ..small(line) }, LABEL));
        heading.title.extend(lines.collect::<Vec<_>>());
    }

    fn blocks(&self, _: &mut Vec<Block>) {}
}

/// The lines of a tooltip behind name and type that are not written yet. A stack's members stay in its tooltip:
/// whoever wants them drawn unfolds them.
fn told(about: &About, said: &[Words]) -> Vec<String> {
    if about.facts.iter().any(|(name, _)| *name == "count") {
        return Vec::new();
    }
    let is_said = |line: &str| said.iter().any(|words| words.text.contains(line));
    about.tooltip.lines().skip(2).filter(|line| !is_said(line)).map(str::to_string).collect()
}

/// Words as lines of which none needs to be shortened.
fn whole(words: &Words, room: i32) -> Vec<Words> {
    let lines = text::wrap(&words.text, words.size, words.weight, room, usize::MAX);
    lines.into_iter().map(|text| Words { text, ..words.clone() }).collect()
}

fn say_block(block: &mut Block, say: &dyn Say) {
    match block {
        Block::Icon(icon) => say.icon(icon),
        Block::Plate(_) => {}
        Block::Frame(frame) => say_blocks(&mut frame.blocks, say),
        Block::Matrix(matrix) => matrix.sections.iter_mut().for_each(|section| say_section(section, say)),
    }
}

fn say_blocks(blocks: &mut Vec<Block>, say: &dyn Say) {
    say.blocks(blocks);
    blocks.iter_mut().for_each(|block| say_block(block, say));
}

fn say_section(section: &mut Section, say: &dyn Say) {
    section.border.iter_mut().for_each(|icon| say.icon(&mut icon.icon));
    for row in &mut section.rows {
        match row {
            Row::Span(blocks) => say_blocks(blocks, say),
            Row::Cells(cells) => {
                cells.bands.iter_mut().for_each(|band| say.band(&mut band.heading));
                for cell in &mut cells.cells {
                    say.cell(&mut cell.heading);
                    cell.lanes.iter_mut().flatten().for_each(|block| say_block(block, say));
                }
            }
        }
    }
}
