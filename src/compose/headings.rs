//! What is written on frames and under icons, and what hovering tells.

use super::Context;
use super::fold::Stack;
use crate::architecture::{Because, Identity, Subnet, Tier, Zone, ZoneKind};
use crate::diagram::{About, Heading, Words};
use crate::lang::fill;
use crate::look::{FrameLook, Glyph, Ink, TextSize, Weight};
use crate::text::clean;

pub fn name(text: &str, ink: Ink) -> Words {
    Words { text: clean(text), size: TextSize::Body, weight: Weight::Bold, ink }
}

pub fn plain(text: &str, ink: Ink) -> Words {
    Words { text: clean(text), size: TextSize::Body, weight: Weight::Regular, ink }
}

pub fn small(text: &str) -> Words {
    Words { text: clean(text), size: TextSize::Small, weight: Weight::Regular, ink: Ink::Secondary }
}

/// The fact that a thing is in no stack, which becomes a plate ([`super::marks`]).
pub const STACK: &str = "stack";

const IN_NO_STACK: &str = "in none of the account's CloudFormation stacks";

/// An `About` from an identity, with one line of tooltip for each of `lines` that is not empty.
pub fn about(identity: &Identity, lines: &[&str]) -> About {
    let logical = identity.address.rsplit('/').next().unwrap_or(&identity.address);
    let mut tooltip = vec![clean(identity.whole_name()), format!("{} {}", identity.type_name, logical)];
    tooltip.extend(lines.iter().map(|l| clean(l)).filter(|l| !l.is_empty()));
    let mut facts = vec![("address", identity.address.to_string())];
    if identity.in_no_stack {
        tooltip.push(IN_NO_STACK.to_string());
        facts.push((STACK, "none".to_string()));
    }
    About {
        id: identity.address.to_string(),
        type_name: identity.type_name.clone(),
        tooltip: tooltip.join("\n"),
        facts,
        origin: Some(identity.origin.clone()),
        sign: None,
    }
}

/// What the user says of a thing.
pub fn note(identity: &Identity) -> Option<Words> {
    identity.note.as_ref().map(|note| small(note))
}

/// Makes an `About` that of what stands for several: hovering lists them.
pub fn stand_for(about: &mut About, stack: &Stack, title: &str) {
    about.tooltip = [clean(title)].iter().chain(&stack.lines).cloned().collect::<Vec<_>>().join("\n");
    about.facts.push(("count", stack.count.to_string()));
}

/// Something of ours that no resource of the input stands for.
pub fn made_up(id: impl Into<String>, type_name: &str, tooltip: impl Into<String>) -> About {
    About { id: id.into(), type_name: type_name.to_string(), tooltip: tooltip.into(), ..About::default() }
}

pub fn heading(about: About, look: FrameLook, badge: Option<Glyph>, title: Vec<Words>) -> Heading {
    Heading { about, look, badge, external: false, title, aside: None, pills: Vec::new(), footer: Vec::new() }
}

pub fn subnet(subnet: &Subnet, context: &Context) -> Heading {
    let (look, badge) = match subnet.tier {
        Tier::Public => (FrameLook::PublicSubnet, Glyph::GroupPublicSubnet),
        Tier::Private => (FrameLook::PrivateSubnet, Glyph::GroupPrivateSubnet),
        Tier::Isolated => (FrameLook::IsolatedSubnet, Glyph::GroupIsolatedSubnet),
        Tier::Unknown(_) => (FrameLook::UnknownSubnet, Glyph::GroupGeneric),
    };
    let cidr = subnet.cidr.as_ref().map(ToString::to_string);
    let mut about = about(&subnet.identity, &[cidr.as_deref().unwrap_or_default(), &subnet.because.text]);
    about.facts.push(("tier", tier_word(subnet.tier).to_string()));
    about.facts.push(("because", clean(&subnet.because.text)));
    let stack = context.folds.stack(&subnet.identity.address);
    if let (Some(cidr), None) = (&cidr, stack) {
        about.facts.push(("cidr", clean(cidr)));
    }
    let blocks: Vec<String> = cidr.into_iter().chain(subnet.ipv6.clone()).collect();
    let mut title = subnet.identity.name.clone();
    let mut block = blocks.first().cloned();
    if let Some(stack) = stack {
        title = fill(context.phrases.and_more, &[&title, &(stack.count - 1).to_string()]);
        block = block.map(|block| format!("{block} …"));
        stand_for(&mut about, stack, &title);
    }
    let mut heading = heading(about, look, Some(badge), vec![plain(&title, Ink::Frame(look))]);
    heading.external = subnet.identity.external;
    heading.aside = block.map(|block| plain(&block, Ink::Frame(look)));
    heading.footer = vec![small(&tier_reason(subnet, context))];
    heading.footer.extend(note(&subnet.identity));
    heading
}

pub const fn tier_word(tier: Tier) -> &'static str {
    match tier {
        Tier::Public => "public",
        Tier::Private => "private",
        Tier::Isolated => "isolated",
        Tier::Unknown(_) => "unknown",
    }
}

/// The short form of the reason: every default route, those of IPv4 and IPv6 by one target together. The tooltip has
/// the long one.
fn tier_reason(subnet: &Subnet, context: &Context) -> String {
    let p = context.phrases;
    let mut by_target: Vec<(String, Vec<&str>)> = Vec::new();
    for route in &subnet.default_routes {
        let target = super::edges::target_name(&route.target, context);
        match by_target.iter_mut().find(|(known, _)| *known == target) {
            Some((_, destinations)) => destinations.push(&route.destination),
            None => by_target.push((target, vec![&route.destination])),
        }
    }
    let ways = by_target.iter().map(|(target, destinations)| format!("{} → {target}", destinations.join(p.and)));
    let routes = ways.collect::<Vec<_>>().join(", ");
    match subnet.tier {
        Tier::Public => fill(p.tier_public, &[&routes]),
        Tier::Private => fill(p.tier_private, &[&routes]),
        Tier::Isolated => fill(p.tier_isolated, &[p.no_default_route]),
        Tier::Unknown(_) => fill(p.tier_unknown, &[p.routes_not_in_input]),
    }
}

pub fn zone(id: String, zone: &Zone, context: &Context) -> Heading {
    let p = context.phrases;
    let name = match zone {
        Zone::Nth(n) => n.to_string(),
        Zone::Named(name) | Zone::Outpost(name) => name.clone(),
        Zone::Later { name, .. } => format!("<{name}>"),
    };
    let phrase = match zone.kind() {
        ZoneKind::Availability => p.availability_zone,
        ZoneKind::Local => p.local_zone,
        ZoneKind::Wavelength => p.wavelength_zone,
        ZoneKind::Outpost => p.outpost,
    };
    let text = fill(phrase, &[&clean(&name)]);
    let about = made_up(id, "zone", text.clone());
    heading(about, FrameLook::Zone, None, vec![plain(&text, Ink::Frame(FrameLook::Zone))])
}

pub fn because(because: Option<&Because>) -> &str {
    because.map_or("", |b| b.text.as_str())
}
