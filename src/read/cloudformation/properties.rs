//! Properties that a resource's type does not have, and that are spelled nearly like one that it has.

use super::call;
use super::evaluate::Evaluator;
use crate::diag::Diagnostic;
use crate::schema;
use crate::syntax::node::Node;

impl<'a> Evaluator<'a> {
    /// Says which properties are misspelled. What resembles nothing is passed over: CloudFormation gains properties
    /// all the time, and a macro may have its own.
    pub fn check_properties(&mut self, type_name: &str, properties: &'a Node) {
        if !self.template().is_rewritten() {
            self.check_names(type_name, &mut type_name.to_string(), properties);
        }
    }

    /// `path` is the type, and the properties that lead from it to the node. The table of names ends the recursion.
    fn check_names(&mut self, type_name: &str, path: &mut String, node: &'a Node) {
        let Some(known) = schema::properties(path) else { return };
        if call::call(node).is_some() {
            return;
        }
        if let Some(items) = node.as_list() {
            items
                .iter()
                .filter(|item| item.as_map().is_some())
                .for_each(|item| self.check_names(type_name, path, item));
            return;
        }
        let Some(map) = node.as_map() else { return };
        for (name, entry) in map.iter() {
            if known.binary_search(&&**name).is_ok() {
                if entry.node.as_map().is_some() || entry.node.as_list().is_some() {
                    let outer = path.len();
                    path.extend([".", name]);
                    self.check_names(type_name, path, &entry.node);
                    path.truncate(outer);
                }
                continue;
            }
            let unset = known.iter().copied().filter(|name| !map.contains_key(name));
            let Some(meant) = self.nearest(name, unset) else { continue };
            let message = match path.strip_prefix(type_name).and_then(|inner| inner.strip_prefix('.')) {
                Some(inner) => format!("`{inner}` of `{type_name}` has no property `{name}`"),
                None => format!("`{type_name}` has no property `{name}`"),
            };
            let diagnostic = Diagnostic::warning("unknown-property", message);
            self.warn(diagnostic.hint(format!("did you mean `{meant}`?")), entry.key());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::read::Options;
    use crate::read::cloudformation::tests::run;

    /// The codes said of a subnet with these properties.
    fn codes(properties: &str) -> Vec<&'static str> {
        let template = format!("Resources: {{Subnet: {{Type: AWS::EC2::Subnet, Properties: {properties}}}}}\n");
        run(&[&template], &Options::default()).codes()
    }

    #[test]
    fn a_name_that_is_nearly_a_property_s_is_told() {
        assert_eq!(codes("{CidrBlok: 10.0.0.0/24}"), ["unknown-property"]);
        assert_eq!(codes("{vpcId: vpc-1, MapPublicIPOnLaunch: true}"), ["unknown-property"; 2]);
    }

    #[test]
    fn a_name_like_no_other_is_passed_over() {
        assert_eq!(codes("{CidrBlock: 10.0.0.0/24, Colour: red, Tier: public}"), [""; 0]);
    }

    #[test]
    fn a_name_beside_the_one_that_it_resembles_is_its_own() {
        assert_eq!(codes("{CidrBlock: 10.0.0.0/24, CidrBlocks: [10.0.0.0/24]}"), [""; 0]);
    }

    #[test]
    fn a_function_in_place_of_the_properties_is_no_property() {
        assert_eq!(codes("{'Fn::If': [A, {VpcId: vpc-1}, {VpcId: vpc-2}]}"), ["unresolved-reference"]);
    }

    #[test]
    fn lists_and_maps_within_are_looked_into() {
        let template = "
Resources:
  Lb:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      SubnetMappings:
        - SubnetID: subnet-1
        - SubnetId: subnet-2
";
        assert_eq!(run(&[template], &Options::default()).codes(), ["unknown-property"]);
    }

    #[test]
    fn a_template_that_a_macro_rewrites_may_have_names_of_its_own() {
        let template = "
Transform: MyMacro
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlok: 10.0.0.0/16}}
";
        assert_eq!(run(&[template], &Options::default()).codes(), ["macro-not-run"]);
    }
}
