//! Stacks → resources: those of templates on several threads.

use super::cloudformation::{self, Template};
use super::documents::Documents;
use super::format::Format;
use super::{Options, eksctl, nested};
use crate::diag::{Diagnostic, Sources};
use crate::inventory::Inventory;
use crate::name_map::NameMap;
use crate::threads;

/// With no more resources than this a thread, another one is not worth its start.
const MANY: usize = 500;

/// What the documents' stacks are read from.
pub struct Inputs<'a> {
    pub documents: &'a Documents,
    pub stacks: &'a [nested::Stack],
    /// Those of the stacks, in their order.
    pub templates: &'a [Template<'a>],
    pub sources: &'a Sources,
    pub options: &'a Options,
}

impl Inputs<'_> {
    /// Reads the stacks, in the order of the documents.
    pub fn read(&self, diagnostics: &mut Vec<Diagnostic>) -> Inventory {
        let sections = self.templates.iter().filter_map(|template| template.section("Resources"));
        let threads = threads::worth(sections.map(NameMap::len).sum(), MANY);
        self.read_alike(threads, diagnostics)
    }

    /// On so many threads, or once more on one where that would tell something else.
    fn read_alike(&self, threads: usize, diagnostics: &mut Vec<Diagnostic>) -> Inventory {
        let said = diagnostics.len();
        let (inventory, is_settled) = self.read_on(threads, diagnostics);
        if is_settled {
            return inventory;
        }
        diagnostics.truncate(said);
        self.read_on(1, diagnostics).0
    }

    /// And whether this is what one thread reads.
    fn read_on(&self, threads: usize, diagnostics: &mut Vec<Diagnostic>) -> (Inventory, bool) {
        let mut reader = cloudformation::Reader::over(self.templates, self.sources, self.options, threads, diagnostics);
        let mut inventory = Inventory::default();
        let of_document = nested::by_root(self.stacks);
        for (index, input) in self.documents.all.iter().enumerate() {
            match input.format {
                Format::CloudFormation => {
                    for stack in of_document.get(&index).into_iter().flatten() {
                        reader.read(*stack, diagnostics, &mut inventory);
                    }
                }
                Format::ClusterConfig => {
                    eksctl::read(&input.node, self.options, &input.name, diagnostics, &mut inventory);
                }
                // Makes no stack.
                Format::Account => {}
            }
        }
        let is_settled = reader.is_settled();
        inventory.unknown = reader.unknown();
        (inventory, is_settled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    /// Resources, each as it is told, and all that is said of them.
    #[derive(Debug, PartialEq)]
    struct Outcome {
        resources: Vec<String>,
        unknown: Vec<String>,
        said: Vec<Diagnostic>,
    }

    fn with_inputs<T>(texts: &[&str], work: impl FnOnce(&Inputs<'_>) -> T) -> T {
        let (mut sources, mut diagnostics, options) = (Sources::default(), Vec::new(), Options::default());
        for (name, text) in ["one", "two"].iter().zip(texts) {
            sources.add(*name, *text);
        }
        let mut documents = Documents::of_inputs(&sources, &mut diagnostics);
        let stacks = nested::arrange(&mut documents, &mut sources, &options, None, &mut diagnostics);
        let templates = nested::templates(&stacks, &documents.all, &options);
        assert_eq!(diagnostics, []);
        let (sources, options) = (&sources, &options);
        work(&Inputs { documents: &documents, stacks: &stacks, templates: &templates, sources, options })
    }

    fn outcome(inventory: &Inventory, said: Vec<Diagnostic>) -> Outcome {
        Outcome {
            resources: inventory.resources.values().map(|resource| format!("{resource:?}")).collect(),
            unknown: inventory.unknown.iter().map(|unknown| format!("{unknown:?}")).collect(),
            said,
        }
    }

    /// The outcome on one thread, which is the same on several; and whether these came to it by themselves.
    fn alike(texts: &[&str]) -> (Outcome, bool) {
        with_inputs(texts, |inputs| {
            let on = |threads| {
                let mut said = Vec::new();
                let inventory = inputs.read_alike(threads, &mut said);
                outcome(&inventory, said)
            };
            let one = on(1);
            for threads in [2, 3, 16] {
                assert_eq!(on(threads), one, "{threads} threads");
            }
            (one, inputs.read_on(3, &mut Vec::new()).1)
        })
    }

    /// A template with so many subnets that have these properties.
    fn subnets(count: usize, properties: &str, more: &str) -> String {
        let mut text = format!("{more}\nResources:\n");
        for n in 0..count {
            writeln!(text, "  S{n}: {{Type: AWS::EC2::Subnet, Properties: {{{properties}}}}}")
                .expect("a text takes it");
        }
        text
    }

    #[test]
    fn several_threads_say_once_what_many_resources_ask_for() {
        let importing = subnets(
            100,
            "VpcId: !ImportValue net-vpc, CidrBlok: !Ref Block, AvailabilityZone: !If [Is, !ImportValue none, b]",
            "Parameters: {Block: {Type: String}}\nConditions: {Is: !Equals [!Ref Block, x]}",
        );
        let exporting = "
Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}}
Outputs: {Vpc: {Value: !Ref Vpc, Export: {Name: !Sub '${AWS::StackName}-vpc'}}}";
        let (outcome, is_settled) = alike(&[&importing, exporting]);
        assert_eq!(outcome.resources.len(), 101);
        let count = |code: &str| outcome.said.iter().filter(|said| said.code == code).count();
        assert_eq!([count("matched-import"), count("unresolved-import"), count("assumed-condition")], [1; 3]);
        assert_eq!(outcome.unknown.len(), 2, "the parameter and what nobody exports: {:?}", outcome.unknown);
        assert_eq!(count("unknown-property"), 100);
        assert!(is_settled);
    }

    #[test]
    fn what_is_said_of_a_nested_stack_is_said_at_its_first_user() {
        let parent =
            subnets(50, "VpcId: !GetAtt Net.Outputs.Nothing", "Parameters: {Known: {Type: String, Default: x}}")
                + "  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: two}}\n";
        let (outcome, is_settled) = alike(&[&parent, "Resources: {Vpc: {Type: AWS::EC2::VPC}}"]);
        assert_eq!(outcome.said.len(), 1, "{:?}", outcome.said);
        let first = outcome.said[0].origin.as_ref().map(|origin| &*origin.name);
        assert_eq!(first, Some("S0"));
        assert!(is_settled);
    }

    #[test]
    fn a_cycle_is_told_as_one_thread_tells_it() {
        let conditions = "Conditions: {A: !Not [{Condition: B}], B: !Not [{Condition: C}], C: !Not [{Condition: A}]}";
        let template = subnets(50, "Zone: !If [A, !If [B, a, b], !If [C, c, d]]", conditions);
        let (outcome, is_settled) = alike(&[&template]);
        assert_eq!(outcome.said.len(), 1, "{:?}", outcome.said);
        assert!(!is_settled);
    }

    #[test]
    fn a_bound_is_met_where_one_thread_meets_it() {
        let template = subnets(500, "CidrBlok: 10.0.0.0/24", "");
        let (outcome, is_settled) = alike(&[&template]);
        let told = outcome.said.iter().filter(|said| said.code == "unknown-property").count();
        assert!((1..500).contains(&told), "{told}");
        assert!(!is_settled);
    }
}
