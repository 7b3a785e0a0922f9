//! How eksctl cuts a VPC's block into subnets.

use ipnet::{Ipv4Net, Ipv6Net};

/// Why a block was not cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncut {
    /// More than eight zones, that is more than sixteen subnets.
    TooManyZones,
    /// The pieces would be smaller than one address.
    TooSmall,
}

/// The pieces of an IPv4 VPC: eight for up to four zones, sixteen for up to eight.
///
/// Zone `i` of `n` takes piece `i` for its public subnet and piece `n + i` for its private one.
/// Source: pkg/vpc/vpc.go, `SetSubnets`, `SplitInto8`, `SplitInto16`.
pub fn cut(block: Ipv4Net, zones: usize) -> Result<Vec<Ipv4Net>, Uncut> {
    let bits = match zones {
        0..=4 => 3,
        5..=8 => 4,
        _ => return Err(Uncut::TooManyZones),
    };
    pieces(block, bits)
}

/// The pieces of a dual-stack VPC: equal ones, as large as they can be with two to spare.
///
/// Source: pkg/cfn/builder/vpc.go, `calculateDesiredMask` (two a zone and two more, host bits rounded down).
pub fn cut_dual_stack(block: Ipv4Net, zones: usize) -> Result<Vec<Ipv4Net>, Uncut> {
    if zones > 8 {
        return Err(Uncut::TooManyZones);
    }
    let bits = (2 * zones + 2).next_power_of_two().trailing_zeros() as u8;
    pieces(block, bits)
}

/// Piece `index` of an IPv6 block cut into /64s, as `Fn::Cidr` cuts it.
pub fn ipv6_piece(block: Ipv6Net, index: usize) -> Option<Ipv6Net> {
    block.trunc().subnets(64).ok()?.nth(index)
}

fn pieces(block: Ipv4Net, bits: u8) -> Result<Vec<Ipv4Net>, Uncut> {
    let prefix = block.prefix_len().saturating_add(bits);
    let subnets = block.trunc().subnets(prefix).map_err(|_| Uncut::TooSmall)?;
    Ok(subnets.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Ipv4Net {
        text.parse().unwrap()
    }

    fn texts(pieces: Result<Vec<Ipv4Net>, Uncut>) -> Vec<String> {
        pieces.unwrap().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_vpc_of_three_zones_is_cut_in_eight() {
        let pieces = texts(cut(block("192.168.0.0/16"), 3));
        assert_eq!(pieces.len(), 8);
        assert_eq!(pieces[..3], ["192.168.0.0/19", "192.168.32.0/19", "192.168.64.0/19"]);
        assert_eq!(pieces[7], "192.168.224.0/19");
    }

    #[test]
    fn one_zone_gets_the_same_pieces_as_four() {
        assert_eq!(cut(block("10.0.0.0/16"), 1), cut(block("10.0.0.0/16"), 4));
    }

    #[test]
    fn a_vpc_of_five_zones_is_cut_in_sixteen() {
        let pieces = texts(cut(block("10.10.0.0/16"), 5));
        assert_eq!((pieces.len(), pieces[1].as_str()), (16, "10.10.16.0/20"));
    }

    #[test]
    fn nine_zones_are_more_than_eksctl_cuts() {
        assert_eq!(cut(block("10.0.0.0/16"), 9), Err(Uncut::TooManyZones));
    }

    #[test]
    fn a_block_of_two_addresses_cannot_be_cut() {
        assert_eq!(cut(block("10.0.0.0/31"), 2), Err(Uncut::TooSmall));
    }

    #[test]
    fn host_bits_in_the_block_do_not_move_the_pieces() {
        assert_eq!(cut(block("10.0.3.4/16"), 2), cut(block("10.0.0.0/16"), 2));
    }

    #[test]
    fn a_dual_stack_vpc_keeps_two_pieces_to_spare() {
        assert_eq!(texts(cut_dual_stack(block("192.168.0.0/16"), 3))[6], "192.168.192.0/19");
        assert_eq!(texts(cut_dual_stack(block("192.168.0.0/20"), 4))[1], "192.168.1.0/24");
    }

    #[test]
    fn ipv6_subnets_are_consecutive_slash_64s() {
        let block = "2600:1f14:aaaa:bb00::/56".parse().unwrap();
        assert_eq!(ipv6_piece(block, 3).unwrap().to_string(), "2600:1f14:aaaa:bb03::/64");
    }
}
