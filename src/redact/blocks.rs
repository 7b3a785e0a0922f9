//! Public addresses and blocks of them: masked by reserved ones that lie within each other as the originals do.
//!
//! Source: RFC 1112, section 4 (240.0.0.0/4, reserved), and RFC 9637 (3fff::/20, for documentation): nobody's.

use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A block as it was written; an address is a block of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    is_v6: bool,
    /// The first address that is written, as a number.
    address: u128,
    /// Bits of the prefix.
    prefix: u32,
    /// Whether the prefix is written.
    is_block: bool,
}

impl Block {
    fn bits(self) -> u32 {
        if self.is_v6 { 128 } else { 32 }
    }

    /// How many addresses it has. Blocks of all addresses are not masked.
    fn size(self) -> u128 {
        1 << (self.bits() - self.prefix)
    }

    fn start(self) -> u128 {
        self.address & !(self.size() - 1)
    }

    fn end(self) -> u128 {
        self.start() + (self.size() - 1)
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_v6 {
            true => write!(f, "{}", Ipv6Addr::from(self.address))?,
            false => write!(f, "{}", Ipv4Addr::from(self.address as u32))?,
        }
        if self.is_block { write!(f, "/{}", self.prefix) } else { Ok(()) }
    }
}

/// A mask as it was written.
pub fn read(mask: &str) -> Option<Block> {
    let (address, prefix) =
        mask.split_once('/').map_or((mask, None), |(address, prefix)| (address, prefix.parse().ok()));
    Some(match address.parse().ok()? {
        IpAddr::V4(address) => {
            Block { is_v6: false, address: u32::from(address).into(), prefix: prefix.unwrap_or(32), is_block: true }
        }
        IpAddr::V6(address) => {
            Block { is_v6: true, address: address.into(), prefix: prefix.unwrap_or(128), is_block: true }
        }
    })
}

/// The public block or address that a text begins with, and how long it is. A block of half the internet tells nothing
/// of anybody. Behind a colon no IPv6 address begins: what stands there is the rest of one.
pub fn written(text: &str, behind_a_colon: bool) -> Option<(Block, usize)> {
    let (address, length) = match v4(text) {
        Some((address, length)) => (IpAddr::V4(address), length),
        None if behind_a_colon => return None,
        None => v6(text).map(|(address, length)| (IpAddr::V6(address), length))?,
    };
    let digits = text[length..].strip_prefix('/').map_or("", |rest| digits(rest));
    let prefix = digits.parse::<u32>().ok();
    let length = length + if prefix.is_some() { 1 + digits.len() } else { 0 };
    if text[length..].starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let (is_v6, number, bits, least, is_public) = match address {
        IpAddr::V4(address) => (false, u128::from(u32::from(address)), 32, 8, is_public(address)),
        // 2000::/3, all that is routed.
        IpAddr::V6(address) => (true, u128::from(address), 128, 24, u128::from(address) >> 125 == 1),
    };
    let block = Block { is_v6, address: number, prefix: prefix.unwrap_or(bits), is_block: prefix.is_some() };
    (is_public && (least..=bits).contains(&block.prefix)).then_some((block, length))
}

/// As much of a text as is digits.
fn digits(text: &str) -> &str {
    text.find(|c: char| !c.is_ascii_digit()).map_or(text, |end| &text[..end])
}

fn v4(text: &str) -> Option<(Ipv4Addr, usize)> {
    let run = text.find(|c: char| !c.is_ascii_digit() && c != '.').map_or(text, |end| &text[..end]);
    // The end of a sentence; but what goes on with a word is a name.
    let name = run.trim_end_matches('.');
    let goes_on = name.len() < run.len() && text[run.len()..].starts_with(|c: char| c.is_alphanumeric());
    Some((name.parse().ok().filter(|_| !goes_on)?, name.len()))
}

fn v6(text: &str) -> Option<(Ipv6Addr, usize)> {
    let run = text.find(|c: char| !c.is_ascii_hexdigit() && c != ':').map_or(text, |end| &text[..end]);
    // A colon may end a key; two belong to the address.
    let name = if run.ends_with("::") { run } else { run.trim_end_matches(':') };
    Some((name.parse().ok()?, name.len()))
}

fn is_public(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let is_shared = first == 100 && (64..128).contains(&second);
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || is_shared
        || first == 0
        || first >= 224)
}

/// The mask of each block, in no order, behind what is taken. Within each other they lie as the originals; side by side
/// they lie closer.
pub fn masks(blocks: &[Block], taken: &[Block]) -> BTreeMap<Block, Block> {
    let mut masks = BTreeMap::new();
    for (is_v6, first, last) in
        [(false, 240 << 24, u128::from(u32::MAX)), (true, 0x3fff << 112, (0x3fff << 112) | ((1 << 108) - 1))]
    {
        let mut sorted: Vec<Block> = blocks.iter().copied().filter(|block| block.is_v6 == is_v6).collect();
        // A block stands before what is in it.
        sorted.sort_by_key(|block| (block.start(), block.prefix, block.address, block.is_block));
        let taken = taken.iter().filter(|block| block.is_v6 == is_v6).map(|block| block.end()).max();
        pack(&sorted, taken.unwrap_or(first), last, &mut masks);
    }
    masks
}

/// Puts blocks, and within them what they hold, side by side into `first..=last`. What has no room begins at the front
/// again: it is masked all the same.
fn pack(sorted: &[Block], first: u128, last: u128, masks: &mut BTreeMap<Block, Block>) {
    // The first address stays free, for a block to be told from what is in it.
    let mut next = first + 1;
    let mut rest = sorted;
    while let Some((outer, behind)) = rest.split_first() {
        let held = behind.iter().take_while(|other| other.end() <= outer.end()).count();
        let (inner, others) = behind.split_at(held);
        // Those that are the same addresses.
        let same = inner.iter().take_while(|other| other.prefix == outer.prefix).count();
        let aligned = next.next_multiple_of(outer.size());
        let fits = aligned.checked_add(outer.size() - 1).is_some_and(|end| end <= last);
        let start = if fits { aligned } else { first.next_multiple_of(outer.size()) };
        for one in [outer].into_iter().chain(&inner[..same]) {
            let offset = if one.address == one.start() { 0 } else { 1 };
            masks.insert(*one, Block { address: start + offset, ..*one });
        }
        let inner = &inner[same..];
        // What begins where its block begins does so again.
        let begins = inner.first().is_some_and(|one| one.start() == outer.start());
        if !inner.is_empty() {
            let room = if begins { start.wrapping_sub(1) } else { start };
            pack(inner, room, start + (outer.size() - 1), masks);
        }
        next = start + outer.size();
        rest = others;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Block {
        written(text, false).unwrap_or_else(|| panic!("{text} is no public block")).0
    }

    #[test]
    fn public_addresses_and_blocks_are_told_from_private_ones_and_from_words() {
        for (text, length) in [
            ("52.95.110.1,", 11),
            ("3.0.0.0/8 ", 9),
            ("2600:1f16::/56", 14),
            ("2600::1]", 7),
            ("52.1.1.1:443", 8),
            ("52.1.1.1. ", 8),
        ] {
            assert_eq!(written(text, false).map(|(_, length)| length), Some(length), "{text}");
        }
        for text in [
            "10.0.0.1",
            "172.31.0.0/16",
            "192.168.1.1",
            "100.64.0.0/10",
            "0.0.0.0/0",
            "169.254.169.254",
            "128.0.0.0/1",
            "1.29.3",
            "1.2.3.4.5",
            "::/0",
            "fd00::1",
            "::",
            "12:30:45",
            "52.95.110.1x",
            "52.95.110.1.nip.io",
        ] {
            assert_eq!(written(text, false), None, "{text}");
        }
    }

    #[test]
    fn masks_hold_what_the_originals_hold() {
        let texts = [
            "52.0.0.0/8",
            "52.95.0.0/16",
            "52.95.110.0/24",
            "52.95.110.1",
            "52.95.110.0",
            "52.95.110.1/24",
            "54.1.2.3",
            "54.1.2.4",
            "54.1.2.3/32",
            "2600:1f16:1::/56",
            "2600:1f16:1:1::/64",
            "2600:1f16:1:1::5",
            "2a00::1",
            "13.0.0.0/8",
            "54.1.2.2/31",
        ];
        let blocks: Vec<Block> = texts.into_iter().map(block).collect();
        let masks = masks(&blocks, &[]);
        for a in &blocks {
            assert_ne!(masks[a].to_string(), a.to_string());
            for b in &blocks {
                let holds = |a: &Block, b: &Block| a.is_v6 == b.is_v6 && a.start() <= b.start() && b.end() <= a.end();
                assert_eq!(holds(a, b), holds(&masks[a], &masks[b]), "{a} {b}: {} {}", masks[a], masks[b]);
                assert_eq!(a == b, masks[a] == masks[b], "{a} {b}");
            }
        }
    }
}
