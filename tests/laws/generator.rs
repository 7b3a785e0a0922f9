//! A random diagram for a seed: whatever the diagram's types allow, much wider than any input that makes sense.
//!
//! What no diagram has, none of these has either: a cell in a column whose zone is drawn elsewhere, a stranger between
//! the members of a band, blocks across the zones of a VPC, an edge between a thing and what holds it.

use std::collections::{BTreeMap, BTreeSet};

use eksdiagram::diagram::{
    About, Actor, Band, Block, BorderIcon, Cell, Cells, Column, Diagram, Flow, Frame, Heading, Icon, Matrix, Pill,
    Plate, Row, Sample, Section, Side, Words,
};
use eksdiagram::look::{FrameLook, Glyph, Ink, TextSize, Tone, Weight};
use eksdiagram::scene::Swatch;

use super::dice::Dice;
use super::{names, web};

pub fn diagram(seed: u64) -> Diagram {
    let is_large = seed.is_multiple_of(LARGE);
    let mut maker = Maker { dice: Dice::new(seed), is_large, ..Maker::default() };
    let mut diagram = maker.page();
    maker.level_actors(&mut diagram);
    diagram.edges = web::edges(&mut maker.dice, &maker.things, is_large);
    diagram
}

/// Every so many diagrams one is large: cells of up to 200 icons, several clouds, dozens of edges. They take most of the
/// time, and show little that small ones do not.
const LARGE: u64 = 40;

const BANDS: [FrameLook; 3] = [FrameLook::NodeGroup, FrameLook::LoadBalancer, FrameLook::Database];

/// Something at which an edge may end.
pub struct Thing {
    pub id: String,
    /// What it stands in: frames, a cell, a band. A band stands in the cells that it crosses.
    pub holders: Vec<String>,
}

#[derive(Default)]
struct Maker {
    dice: Dice,
    /// The frames that are being filled, the outermost first.
    holders: Vec<String>,
    things: Vec<Thing>,
    /// How many bands each group has so far.
    pieces: BTreeMap<String, usize>,
    count: usize,
    is_large: bool,
}

impl Maker {
    fn page(&mut self) -> Diagram {
        let (left, right) = (self.dice.up_to(2), self.dice.up_to(3));
        let body = if self.is_large { self.dice.up_to(3) } else { 1 };
        let mut diagram = Diagram {
            title: self.maybe_name(80),
            subtitle: self.maybe_name(60),
            legend_title: "Legend".to_string(),
            left: (0..left).map(|_| self.actor()).collect(),
            right: (0..right).map(|_| self.actor()).collect(),
            body: (0..body).map(|_| self.cloud()).collect(),
            ..Diagram::default()
        };
        if self.dice.percent(60) {
            diagram.legend = (0..self.dice.up_to(9)).map(|_| self.legend_entry()).collect();
        }
        diagram
    }

    fn legend_entry(&mut self) -> (Sample, String) {
        let sample = match self.dice.up_to(9) {
            0..=4 => Sample::Swatch(Swatch::Edge(*self.dice.pick(&web::LOOKS))),
            5..=7 => Sample::Step(*self.dice.pick(&web::LOOKS), self.dice.between(1, 12) as u8),
            _ => Sample::Swatch(Swatch::Frame(FrameLook::NodeGroup)),
        };
        (sample, names::name(&mut self.dice))
    }

    fn maybe_name(&mut self, chance: usize) -> String {
        if self.dice.percent(chance) { names::name(&mut self.dice) } else { String::new() }
    }

    fn cloud(&mut self) -> Block {
        let badge = Some(Glyph::GroupAwsCloud);
        self.frame(FrameLook::Cloud, badge, Flow::Column, |maker| {
            let regions = if maker.dice.percent(80) { 1 } else { 2 };
            (0..regions).map(|_| if maker.dice.percent(20) { maker.account() } else { maker.region() }).collect()
        })
    }

    fn account(&mut self) -> Block {
        let flow = self.flow();
        self.frame(FrameLook::Account, Some(Glyph::GroupAccount), flow, |maker| {
            (0..maker.dice.between(1, 2)).map(|_| maker.region()).collect()
        })
    }

    fn region(&mut self) -> Block {
        self.frame(FrameLook::Region, Some(Glyph::GroupRegion), Flow::Column, |maker| {
            let mut blocks = Vec::new();
            match maker.dice.up_to(9) {
                0 => {}
                1..=2 => {
                    let matrices = maker.dice.between(2, 3);
                    blocks.push(maker.row_of(|maker| (0..matrices).map(|_| Block::Matrix(maker.matrix())).collect()));
                }
                _ => blocks.push(Block::Matrix(maker.matrix())),
            }
            if maker.dice.percent(25) {
                let icons = maker.dice.between(1, 5);
                blocks.push(maker.row_of(|maker| (0..icons).map(|_| Block::Icon(maker.icon(None))).collect()));
            }
            if maker.dice.percent(40) {
                blocks.push(maker.services());
            }
            if maker.dice.percent(15) {
                blocks.push(maker.nest(3));
            }
            blocks
        })
    }

    fn services(&mut self) -> Block {
        let icons = self.some_icons();
        self.frame(FrameLook::Services, None, Flow::Row, |maker| {
            (0..icons).map(|_| Block::Icon(maker.icon(None))).collect()
        })
    }

    /// An invisible box that only sets its blocks side by side.
    fn row_of(&mut self, blocks: impl FnOnce(&mut Maker) -> Vec<Block>) -> Block {
        let about = self.about();
        let blocks = blocks(self);
        let heading = Heading { about, look: FrameLook::Plain, ..bare() };
        Block::Frame(Frame { heading, flow: Flow::Row, blocks, band: None })
    }

    /// Frames in frames, with icons beside them.
    fn nest(&mut self, depth: usize) -> Block {
        let (look, flow) =
            (*self.dice.pick(&[FrameLook::ManagedGroup, FrameLook::Services, FrameLook::Account]), self.flow());
        self.frame(look, None, flow, |maker| {
            let inside = |maker: &mut Maker| match depth > 1 && maker.dice.percent(50) {
                true => maker.nest(depth - 1),
                false => Block::Icon(maker.icon(None)),
            };
            (0..maker.dice.up_to(4)).map(|_| inside(maker)).collect()
        })
    }

    fn flow(&mut self) -> Flow {
        if self.dice.percent(50) { Flow::Row } else { Flow::Column }
    }

    fn frame(
        &mut self,
        look: FrameLook,
        badge: Option<Glyph>,
        flow: Flow,
        blocks: impl FnOnce(&mut Maker) -> Vec<Block>,
    ) -> Block {
        let heading = self.heading(look, badge);
        self.is_end(&heading.about, &[]);
        self.holders.push(heading.about.id.clone());
        let blocks = blocks(self);
        self.holders.pop();
        Block::Frame(Frame { heading, flow, blocks, band: None })
    }

    /// Up to five zones, up to two columns without one, up to three VPCs of which each has some of the zones.
    fn matrix(&mut self) -> Matrix {
        let zones = self.dice.up_to(5);
        let without = if self.dice.percent(70) { 0 } else { self.dice.between(1, 2) };
        let mut columns: Vec<Column> =
            (0..zones).map(|_| Column { zone: Some(self.heading(FrameLook::Zone, None)) }).collect();
        columns.extend((0..without).map(|_| Column { zone: None }));
        let mut sections = Vec::new();
        if self.dice.percent(30) {
            sections.push(self.control_plane(columns.len()));
        }
        let vpcs = if self.dice.percent(70) { 1 } else { self.dice.between(2, 3) };
        sections.extend((0..vpcs).map(|_| self.vpc(&columns)));
        Matrix { columns, sections }
    }

    fn control_plane(&mut self, columns: usize) -> Section {
        let heading = self.heading(FrameLook::ControlPlane, Some(Glyph::GroupManagedVpc));
        self.is_end(&heading.about, &[]);
        self.holders.push(heading.about.id.clone());
        let rows = vec![self.span()];
        self.holders.pop();
        Section { heading, zones: vec![false; columns], rows, border: Vec::new() }
    }

    fn span(&mut self) -> Row {
        let block = |maker: &mut Maker| match maker.dice.percent(50) {
            true => Block::Icon(maker.icon(None)),
            false => maker.nest(1),
        };
        Row::Span((0..self.dice.between(1, 5)).map(|_| block(self)).collect())
    }

    fn vpc(&mut self, columns: &[Column]) -> Section {
        let look = *self.dice.pick(&[FrameLook::Vpc, FrameLook::Vpc, FrameLook::ExternalVpc]);
        let heading = self.heading(look, Some(Glyph::GroupVpc));
        self.is_end(&heading.about, &[]);
        let all = self.dice.percent(60);
        let zones: Vec<bool> = columns.iter().map(|c| c.zone.is_some() && (all || self.dice.percent(60))).collect();
        let open: Vec<usize> = (0..columns.len()).filter(|&c| zones[c] || columns[c].zone.is_none()).collect();
        self.holders.push(heading.about.id.clone());
        let mut rows = Vec::new();
        for _ in 0..self.dice.up_to(4) {
            let span = !zones.contains(&true) && self.dice.percent(20);
            rows.push(if span { self.span() } else { Row::Cells(self.row(&open)) });
        }
        let icons = if self.dice.percent(30) { 0 } else { self.dice.between(1, 6) };
        let border = (0..icons).map(|_| self.border_icon()).collect();
        self.holders.pop();
        Section { heading, zones, rows, border }
    }

    fn border_icon(&mut self) -> BorderIcon {
        let side = *self.dice.pick(&[Side::Right, Side::Right, Side::Left, Side::Bottom, Side::Top]);
        let mut icon = self.icon(None);
        icon.pills.clear();
        BorderIcon { icon, side }
    }

    /// Cells in some of these columns, and groups across them.
    fn row(&mut self, open: &[usize]) -> Cells {
        let present: Vec<usize> = open.iter().copied().filter(|_| self.dice.percent(80)).collect();
        let look = *self.dice.pick(&[FrameLook::PublicSubnet, FrameLook::PrivateSubnet, FrameLook::UnknownSubnet]);
        let headings: Vec<Heading> = present.iter().map(|_| self.cell_heading(look)).collect();
        for heading in &headings {
            self.is_end(&heading.about, &[]);
        }
        let mut bands: Vec<Band> = Vec::new();
        let mut lanes: Vec<BTreeSet<usize>> = vec![BTreeSet::new()];
        let ids: Vec<(usize, String)> =
            present.iter().copied().zip(headings.iter().map(|heading| heading.about.id.clone())).collect();
        for _ in 0..self.dice.up_to(4).saturating_sub(1) {
            self.group(&ids, &mut lanes, &mut bands);
        }
        let mut cells = Vec::new();
        for (column, heading) in present.into_iter().zip(headings) {
            self.holders.push(heading.about.id.clone());
            let mut content = vec![Vec::new(); lanes.len()];
            content[0] = (0..self.some_icons()).map(|_| self.member(None)).collect();
            for band in bands.iter().filter(|band| (band.columns.0..=band.columns.1).contains(&column)) {
                let members = if self.dice.percent(80) { 1 } else { self.some_icons() };
                content[band.lane] = (0..members).map(|_| self.member(Some(&band.heading.about.id))).collect();
            }
            self.holders.pop();
            cells.push(Cell { heading, column, lanes: content });
        }
        Cells { cells, lanes: lanes.len(), bands }
    }

    /// A group over any of the columns, a band for each run of them that no stranger interrupts, in the first lane that
    /// is free from its first column to its last; sometimes one that has bands in another row already.
    fn group(&mut self, present: &[(usize, String)], lanes: &mut Vec<BTreeSet<usize>>, bands: &mut Vec<Band>) {
        let columns: Vec<usize> = present.iter().map(|(c, _)| *c).filter(|_| self.dice.percent(70)).collect();
        let (Some(&first), Some(&last)) = (columns.first(), columns.last()) else { return };
        let known: Vec<String> = self.pieces.keys().cloned().collect();
        let look = *self.dice.pick(&BANDS);
        let heading = self.heading(look, Some(Glyph::GroupNodeGroup));
        let id = if known.is_empty() || self.dice.percent(75) {
            heading.about.id.clone()
        } else {
            self.dice.pick(&known).clone()
        };
        let lane = (1..lanes.len()).find(|&lane| lanes[lane].range(first..=last).next().is_none());
        let lane = lane.unwrap_or_else(|| {
            lanes.push(BTreeSet::new());
            lanes.len() - 1
        });
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for &column in &columns {
            match runs.last_mut() {
                Some((_, last)) if !present.iter().any(|(c, _)| *last < *c && *c < column) => *last = column,
                _ => runs.push((column, column)),
            }
        }
        for columns in runs {
            let piece = self.pieces.entry(id.clone()).or_insert(0);
            *piece += 1;
            let id = if *piece == 1 { id.clone() } else { format!("{id}#{piece}") };
            let about = About { id, ..heading.about.clone() };
            let within = |c: &&(usize, String)| (columns.0..=columns.1).contains(&c.0);
            let crossed: Vec<String> = present.iter().filter(within).map(|(_, cell)| cell.clone()).collect();
            self.is_end(&about, &crossed);
            lanes[lane].extend(columns.0..=columns.1);
            bands.push(Band { heading: Heading { about, ..heading.clone() }, lane, columns });
        }
    }

    /// Mostly few; in a large diagram now and then very many.
    fn some_icons(&mut self) -> usize {
        match self.dice.up_to(99) {
            0..=19 => 0,
            20..=84 => self.dice.between(1, 3),
            96..=98 if self.is_large => self.dice.between(9, 40),
            99 if self.is_large => self.dice.between(41, 200),
            _ => self.dice.between(4, 8),
        }
    }

    fn actor(&mut self) -> Actor {
        let block = if self.dice.percent(10) { self.plate() } else { Block::Icon(self.icon(None)) };
        Actor { block, level_with: None }
    }

    /// Most actors stand level with something: a gateway, a thing that an edge joins to them.
    fn level_actors(&mut self, diagram: &mut Diagram) {
        for actor in diagram.left.iter_mut().chain(&mut diagram.right) {
            if self.dice.percent(70) {
                actor.level_with = Some(self.dice.pick(&self.things).id.clone());
            }
        }
    }

    /// What stands in a cell, of a group or alone: mostly an icon, now and then a plate or a machine with some.
    fn member(&mut self, band: Option<&str>) -> Block {
        match self.dice.up_to(19) {
            0 if band.is_none() => self.plate(),
            0 | 1 => {
                let machine = self.frame(FrameLook::Instance, Some(Glyph::GroupInstance), Flow::Column, |maker| {
                    (0..maker.dice.up_to(4)).map(|_| maker.plate()).collect()
                });
                match machine {
                    Block::Frame(frame) => Block::Frame(Frame { band: band.map(String::from), ..frame }),
                    other => other,
                }
            }
            _ => Block::Icon(self.icon(band)),
        }
    }

    fn plate(&mut self) -> Block {
        let about = self.about();
        self.is_end(&about, &[]);
        let words = (0..self.dice.between(1, 3)).map(|_| self.words(TextSize::Body)).collect();
        let look = *self.dice.pick(&[FrameLook::Process, FrameLook::Card]);
        Block::Plate(Plate { about, look, glyph: Glyph::K8sPod, words })
    }

    fn icon(&mut self, band: Option<&str>) -> Icon {
        let about = self.about();
        self.is_end(&about, &band.map(String::from).into_iter().collect::<Vec<_>>());
        let lines = self.dice.up_to(3);
        Icon {
            about,
            glyph: Glyph::Instance,
            external: self.dice.percent(10),
            label: (0..lines)
                .map(|line| self.words(if line == 0 { TextSize::Body } else { TextSize::Small }))
                .collect(),
            pills: self.pills(8),
            band: band.map(String::from),
        }
    }

    fn heading(&mut self, look: FrameLook, badge: Option<Glyph>) -> Heading {
        let about = self.about();
        let title = (0..self.dice.between(1, 2)).map(|_| self.words(TextSize::Body)).collect();
        Heading { about, look, badge, title, pills: self.pills(15), ..bare() }
    }

    /// A subnet has an aside and a footer too.
    fn cell_heading(&mut self, look: FrameLook) -> Heading {
        let mut heading = self.heading(look, Some(Glyph::GroupPrivateSubnet));
        heading.external = self.dice.percent(10);
        heading.aside = self.dice.percent(60).then(|| self.words(TextSize::Body));
        heading.footer = (0..self.dice.up_to(2)).map(|_| self.words(TextSize::Small)).collect();
        heading
    }

    fn words(&mut self, size: TextSize) -> Words {
        let weight = *self.dice.pick(&[Weight::Regular, Weight::Bold]);
        Words { text: names::name(&mut self.dice), size, weight, ink: Ink::Primary }
    }

    fn pills(&mut self, chance: usize) -> Vec<Pill> {
        let pills = if self.dice.percent(chance) { self.dice.between(1, 3) } else { 0 };
        let pill = |_| Pill { tone: Tone::Warning, text: names::short(&mut self.dice), tooltip: String::new() };
        (0..pills).map(pill).collect()
    }

    /// Edges may end at this thing. It stands in what is being filled, and in `more`.
    fn is_end(&mut self, about: &About, more: &[String]) {
        let holders = self.holders.iter().chain(more).cloned().collect();
        self.things.push(Thing { id: about.id.clone(), holders });
    }

    fn about(&mut self) -> About {
        let tooltip = String::new();
        self.count += 1;
        About { id: format!("t{}", self.count), type_name: "test".to_string(), tooltip, ..About::default() }
    }
}

fn bare() -> Heading {
    Heading {
        about: About::default(),
        look: FrameLook::Plain,
        badge: None,
        external: false,
        title: Vec::new(),
        aside: None,
        pills: Vec::new(),
        footer: Vec::new(),
    }
}
