use super::*;
use crate::architecture::sketch::{drawn, network_and};
use crate::diag::{FileId, Origin, Place, Span};

fn selector(name: &str) -> Selector {
    let span = Span { start: 7, end: 9 };
    Selector { name: name.to_string(), origin: Origin::new("", Place { file: FileId(0), span }) }
}

fn selectors(names: &[&str]) -> Vec<Selector> {
    names.iter().map(|name| selector(name)).collect()
}

/// Two hosts in a private subnet, one of which may be reached by SSH, and a second VPC.
fn lab() -> Architecture {
    let host = r#"{"SubnetId": "@PrivateA", "InstanceType": "t3.micro"}"#;
    let rows = [
        ("HostA", "AWS::EC2::Instance", host),
        ("HostB", "AWS::EC2::Instance", host),
        ("Other", "AWS::EC2::VPC", r#"{"CidrBlock": "10.9.0.0/16", "Tags": [{"Key": "Name", "Value": "other"}]}"#),
    ];
    drawn(&network_and(&rows)).0
}

/// What is left of the lab, how many are hidden, and what is said.
fn applied(overrides: &Overrides) -> (Architecture, usize, Vec<Diagnostic>) {
    let (mut architecture, mut diagnostics) = (lab(), Vec::new());
    let hidden = apply(overrides, &mut architecture, &mut diagnostics);
    (architecture, hidden, diagnostics)
}

fn names(mut architecture: Architecture) -> Vec<String> {
    identities(&mut architecture).map(|identity| identity.name.clone()).collect()
}

#[test]
fn nothing_that_is_asked_for_changes_nothing() {
    let (architecture, hidden, said) = applied(&Overrides::default());
    assert_eq!((architecture, hidden, said), (lab(), 0, Vec::new()));
}

#[test]
fn a_thing_is_renamed_by_its_address_its_logical_id_or_its_name() {
    for name in ["lab/Other", "Other", "other"] {
        let rename = vec![(selector(name), "Data center".to_string())];
        let names = names(applied(&Overrides { rename, ..Overrides::default() }).0);
        assert!(
            names.contains(&"Data center".to_string()) && !names.contains(&"other".to_string()),
            "{name}: {names:?}"
        );
    }
}

#[test]
fn a_name_that_nothing_has_is_a_warning_with_what_was_meant() {
    let (_, hidden, said) = applied(&Overrides { hide: selectors(&["HsotA"]), ..Overrides::default() });
    assert_eq!((hidden, said.len()), (0, 1));
    assert_eq!((said[0].code, said[0].hints[0].as_str()), ("unknown-name", "did you mean `HostA`?"));
    assert_eq!(said[0].origin, Some(selector("").origin));
}

#[test]
fn what_is_hidden_takes_along_what_stands_in_it_and_what_leads_by_it() {
    let all = names(lab()).len();
    let (architecture, hidden, _) =
        applied(&Overrides { hide: selectors(&["PrivateA", "Igw"]), ..Overrides::default() });
    assert_eq!(hidden, 4, "the subnet with its two hosts, and the gateway");
    assert!(architecture.regions.iter().flat_map(|region| &region.paths).next().is_none());
    let left = names(architecture);
    assert_eq!(left.len(), all - 4);
    assert!(left.iter().all(|name| !name.contains("Host") && name != "PrivateA"), "{left:?}");
    let (architecture, ..) = applied(&Overrides { hide: selectors(&["Vpc"]), ..Overrides::default() });
    assert_eq!(names(architecture), ["other"]);
}

#[test]
fn vpcs_stand_in_the_order_that_is_asked_for() {
    let order = |first: &[&str]| {
        let (architecture, ..) = applied(&Overrides { vpc_order: selectors(first), ..Overrides::default() });
        let vpcs = architecture.regions[0].vpcs.iter().map(|vpc| vpc.identity.name.clone());
        vpcs.collect::<Vec<_>>()
    };
    assert_eq!(
        (order(&["Vpc"]), order(&["other"])),
        (vec!["Vpc".into(), "other".into()], vec!["other".into(), "Vpc".into()])
    );
}

#[test]
fn a_things_note_and_its_group_go_with_it() {
    let note = vec![(selector("HostA"), "moves in May".to_string())];
    let group = vec![("Jump hosts".to_string(), selectors(&["HostA", "HostB"]))];
    let (mut architecture, ..) = applied(&Overrides { note, group, ..Overrides::default() });
    let said = identities(&mut architecture).filter(|identity| identity.grouped.is_some());
    let said: Vec<_> = said.map(|identity| (identity.name.clone(), identity.note.clone())).collect();
    assert_eq!(said, [("HostA".to_string(), Some("moves in May".to_string())), ("HostB".to_string(), None)]);
}
