use std::collections::BTreeSet;

use super::*;
use crate::look::Glyph;

/// Every look.
const FRAMES: [FrameLook; 20] = [
    FrameLook::Cloud,
    FrameLook::Account,
    FrameLook::Region,
    FrameLook::ControlPlane,
    FrameLook::Vpc,
    FrameLook::ExternalVpc,
    FrameLook::Zone,
    FrameLook::PublicSubnet,
    FrameLook::PrivateSubnet,
    FrameLook::IsolatedSubnet,
    FrameLook::UnknownSubnet,
    FrameLook::NodeGroup,
    FrameLook::AutoScalingGroup,
    FrameLook::Fargate,
    FrameLook::LoadBalancer,
    FrameLook::ClusterInterfaces,
    FrameLook::Database,
    FrameLook::ManagedGroup,
    FrameLook::Services,
    FrameLook::Plain,
];
const EDGES: [EdgeLook; 8] = [
    EdgeLook::Administration,
    EdgeLook::Kubectl,
    EdgeLook::NodesToApi,
    EdgeLook::ControlPlaneToNodes,
    EdgeLook::Egress,
    EdgeLook::Application,
    EdgeLook::Internal,
    EdgeLook::Connection,
];
const TONES: [Tone; 4] = [Tone::Neutral, Tone::Good, Tone::Warning, Tone::Danger];

/// Source: WCAG 2.2, "relative luminance" and "contrast ratio".
fn luminance(Rgb(red, green, blue): Rgb) -> f64 {
    let linear = |channel: u8| match f64::from(channel) / 255.0 {
        c if c <= 0.04045 => c / 12.92,
        c => ((c + 0.055) / 1.055).powf(2.4),
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// A frame's fill as it is seen over a ground.
fn over(ground: Rgb, paint: FramePaint) -> Rgb {
    let Some(fill) = paint.fill else { return ground };
    let share = f64::from(paint.opacity) / 100.0;
    let mix = |above: u8, below: u8| (f64::from(above) * share + f64::from(below) * (1.0 - share)).round() as u8;
    Rgb(mix(fill.0, ground.0), mix(fill.1, ground.1), mix(fill.2, ground.2))
}

/// Everything on which a thing may stand: the page, each frame on it, and each band over each of these.
fn grounds(palette: Palette) -> Vec<Rgb> {
    let page = palette.basics().page;
    let frames: Vec<FramePaint> = FRAMES.iter().map(|look| palette.frame(*look)).collect();
    let (bands, solid): (Vec<FramePaint>, Vec<FramePaint>) = frames.into_iter().partition(|paint| paint.opacity < 100);
    let mut grounds: Vec<Rgb> = solid.iter().map(|paint| over(page, *paint)).chain([page]).collect();
    grounds.extend(grounds.clone().into_iter().flat_map(|ground| bands.iter().map(move |band| over(ground, *band))));
    grounds
}

/// The least contrast of an ink on any of the grounds.
fn least(ink: Rgb, grounds: &[Rgb]) -> f64 {
    grounds.iter().map(|ground| contrast(ink, *ground)).fold(f64::INFINITY, f64::min)
}

/// What is written on a frame's own ground: its title, over the page or over any subnet.
fn own_grounds(palette: Palette, look: FrameLook) -> Vec<Rgb> {
    let paint = palette.frame(look);
    let below: Vec<Rgb> = if paint.opacity < 100 { grounds(palette) } else { vec![palette.basics().page] };
    below.into_iter().map(|ground| over(ground, paint)).collect()
}

/// Source: WCAG 2.2, 1.4.3 and, for the light palette's titles and labels, 1.4.11: their colours are AWS's own, of
/// which the blue of a zone has 4.4 on white.
fn wanted(palette: Palette) -> f64 {
    match palette {
        Palette::Light => 3.0,
        Palette::Dark | Palette::Print => 4.5,
    }
}

#[test]
fn names_and_second_lines_are_legible_on_every_ground() {
    for palette in Palette::ALL {
        let basics = palette.basics();
        for (name, ink) in [("primary", basics.primary), ("secondary", basics.secondary)] {
            let worst = least(ink, &grounds(palette));
            assert!(worst >= 4.5, "{palette:?} {name}: {worst:.2}");
        }
    }
}

#[test]
fn labels_of_edges_are_legible_on_every_ground() {
    for palette in Palette::ALL {
        for look in EDGES {
            let worst = least(palette.edge(look).color, &grounds(palette));
            assert!(worst >= wanted(palette), "{palette:?} {look:?}: {worst:.2}");
        }
    }
}

#[test]
fn titles_of_frames_are_legible_on_their_own_ground() {
    for palette in Palette::ALL {
        for look in FRAMES {
            let worst = least(palette.frame(look).title, &own_grounds(palette, look));
            assert!(worst >= wanted(palette), "{palette:?} {look:?}: {worst:.2}");
        }
    }
}

#[test]
fn every_pill_is_legible() {
    for palette in Palette::ALL {
        for tone in TONES {
            let paint = palette.pill(tone);
            assert!(contrast(paint.ink, paint.fill) >= 4.5, "{palette:?} {tone:?}");
        }
    }
}

#[test]
fn every_drawing_of_the_dark_and_the_print_palette_stands_out_from_every_ground() {
    for palette in [Palette::Dark, Palette::Print] {
        for glyph in Glyph::ALL {
            let svg = glyph.svg();
            let hex = svg.split_once(" color=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("", |(hex, _)| hex);
            let drawing = if svg.contains("#fff") { Drawing::Shape } else { Drawing::Lines };
            let color = palette.glyph(Rgb::of(hex).expect("a category has a colour"), drawing);
            let worst = match drawing {
                Drawing::Lines => least(color, &grounds(palette)),
                // Its white lines make up for a ground that is near.
                Drawing::Shape => contrast(color, palette.basics().page),
            };
            assert!(worst >= 3.0, "{palette:?} {}: {worst:.2}", glyph.slug());
        }
    }
}

#[test]
fn the_print_palette_has_no_colour() {
    let is_grey = |Rgb(red, green, blue): Rgb| red == green && green == blue;
    let palette = Palette::Print;
    let frames = FRAMES.iter().map(|look| palette.frame(*look));
    let of_frames = frames.flat_map(|paint| [Some(paint.title), Some(paint.badge), paint.border, paint.fill]).flatten();
    let of_edges = EDGES.iter().map(|look| palette.edge(*look).color);
    let of_pills = TONES.iter().map(|tone| palette.pill(*tone)).flat_map(|paint| [paint.ink, paint.border, paint.fill]);
    let Basics { page, legend_border, ring, primary, secondary } = palette.basics();
    let others = [page, legend_border, ring, primary, secondary];
    assert!(of_frames.chain(of_edges).chain(of_pills).chain(others).all(is_grey));
    assert!([Drawing::Lines, Drawing::Shape].iter().all(|drawing| is_grey(palette.glyph(rgb(0xED7100), *drawing))));
}

#[test]
fn in_print_no_two_lines_and_no_two_borders_of_the_legend_are_alike() {
    let edges: BTreeSet<_> = EDGES.iter().map(|look| Palette::Print.edge(*look)).map(|e| (e.width, e.dash)).collect();
    assert_eq!(edges.len(), EDGES.len());
    let explained = &FRAMES[7..17];
    let frames: BTreeSet<_> =
        explained.iter().map(|look| Palette::Print.frame(*look)).map(|f| (f.width, f.dash)).collect();
    assert_eq!(frames.len(), explained.len());
}

/// The order of painting and the plates of labels hang on it, and these are the same in every palette.
#[test]
fn every_palette_fills_the_same_frames() {
    for palette in Palette::ALL {
        for look in FRAMES {
            assert_eq!(palette.frame(look).fill.is_some(), is_filled(look), "{palette:?} {look:?}");
        }
    }
}

#[test]
fn a_colour_is_read_as_it_is_written() {
    assert_eq!(Rgb::of("#8C4FFF").map(|color| color.to_string()).as_deref(), Some("#8C4FFF"));
    assert_eq!(Rgb::of("8C4FFF"), None);
}
