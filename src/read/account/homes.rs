//! Which region each item lives in. One region is the rule; several need a stack each.

use std::collections::BTreeSet;

use super::answers::Answers;
use super::item::Item;
use crate::hashing::HashMap;

pub struct Homes<'n> {
    regions: BTreeSet<&'n str>,
    of_vpcs: HashMap<&'n str, &'n str>,
}

impl<'n> Homes<'n> {
    pub fn of(answers: &Answers<'n>) -> Homes<'n> {
        let mut homes = Homes { regions: BTreeSet::new(), of_vpcs: HashMap::default() };
        for (_, _, item) in answers.all() {
            let Some(region) = said(&item) else { continue };
            homes.regions.insert(region);
            if let Some(vpc) = vpc_of(&item) {
                homes.of_vpcs.entry(vpc).or_insert(region);
            }
        }
        homes
    }

    pub fn regions(&self) -> impl Iterator<Item = &'n str> {
        self.regions.iter().copied()
    }

    /// What says no region, and stands in no VPC that has one, is taken to be in the first.
    pub fn region_of(&self, item: &Item<'n>) -> Option<&'n str> {
        if self.regions.len() < 2 {
            return self.regions.first().copied();
        }
        said(item).or_else(|| self.of_vpcs.get(vpc_of(item)?).copied()).or_else(|| self.regions.first().copied())
    }
}

/// The VPC that an item is or stands in.
fn vpc_of<'n>(item: &Item<'n>) -> Option<&'n str> {
    let paths = ["VpcId", "resourcesVpcConfig.vpcId", "RequesterVpcInfo.VpcId"];
    let attached =
        || ["Attachments", "VpcAttachments"].iter().find_map(|list| item.list(list).find_map(|one| one.text("VpcId")));
    paths.iter().find_map(|path| item.text(path)).or_else(attached)
}

/// The region that an item names: by its call, its ARN or its zone.
fn said<'n>(item: &Item<'n>) -> Option<&'n str> {
    item.call.region.filter(|region| !region.is_empty()).or_else(|| of_arn(item)).or_else(|| of_zone(item))
}

/// `eu-west-1` of `arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1`.
fn of_arn<'n>(item: &Item<'n>) -> Option<&'n str> {
    let fields = item.node.as_map()?.values().filter_map(|entry| entry.node.as_text());
    fields
        .filter(|text| text.starts_with("arn:"))
        .find_map(|arn| arn.split(':').nth(3).filter(|region| !region.is_empty()))
}

fn of_zone<'n>(item: &Item<'n>) -> Option<&'n str> {
    let listed = || item.at("AvailabilityZones")?.as_list()?.first()?.as_text();
    let zone = item.text("AvailabilityZone").or_else(|| item.text("Placement.AvailabilityZone")).or_else(listed)?;
    region_of_zone(zone)
}

/// `us-west-2` of `us-west-2a` and of `us-west-2-lax-1a`: up to the first number.
fn region_of_zone(zone: &str) -> Option<&str> {
    let start = zone.find(|c: char| c.is_ascii_digit())?;
    let digits = zone.get(start..)?.bytes().take_while(u8::is_ascii_digit).count();
    zone.get(..start + digits).filter(|region| region.contains('-'))
}
