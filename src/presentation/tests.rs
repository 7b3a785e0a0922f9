use super::*;
use crate::architecture::sketch::{drawn, network_and};
use crate::compose::{self, Options};
use crate::diag::{FileId, Origin, Place, Span};
use crate::diagram::Diagram;

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

fn diagram(overrides: &Overrides) -> Diagram {
    let (architecture, hidden, _) = applied(overrides);
    let options = Options { hidden, ..Options::default() };
    compose::compose(&architecture, &[], &options).remove(0).diagram
}

fn texts(diagram: &Diagram) -> String {
    format!("{diagram:?}")
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
fn a_picture_from_which_something_is_hidden_says_so_and_draws_no_line_to_it() {
    let diagram = diagram(&Overrides { hide: selectors(&["Nat"]), ..Overrides::default() });
    assert!(diagram.subtitle.ends_with("; 1 thing hidden"), "{}", diagram.subtitle);
    assert!(diagram.description.ends_with("; 1 thing hidden"), "{}", diagram.description);
    assert!(diagram.edges.iter().all(|edge| !edge.from.contains("Nat") && !edge.to.contains("Nat")));
}

#[test]
fn what_is_grouped_is_one_icon_under_the_groups_name() {
    let group = vec![("Jump hosts".to_string(), selectors(&["HostA", "HostB"]))];
    let texts = texts(&diagram(&Overrides { group, ..Overrides::default() }));
    assert!(texts.contains("\"2 × Jump hosts\"") && !texts.contains("text: \"HostA\""), "{texts}");
}

#[test]
fn a_note_stands_at_its_thing() {
    for of in ["HostA", "PrivateB", "Vpc", "Igw"] {
        let note = vec![(selector(of), "moves in May".to_string())];
        let texts = texts(&diagram(&Overrides { note, ..Overrides::default() }));
        assert_eq!(texts.matches("\"moves in May\"").count(), 1, "{of}");
    }
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
fn who_stands_outside_is_called_as_the_user_says() {
    let actors = BTreeMap::from([("internet".to_string(), "The world".to_string())]);
    let options = Options { actors, ..Options::default() };
    let diagram = compose::compose(&lab(), &[], &options).remove(0).diagram;
    let texts = format!("{:?}", diagram.right);
    assert!(texts.contains("text: \"The world\"") && !texts.contains("text: \"Internet\""), "{texts}");
}
