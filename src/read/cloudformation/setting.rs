//! Where a value that a function is given was set: a parameter's default, what a parent hands down, a mapping, an
//! export, an output.
//!
//! Values do not carry this with them. It is looked for when something is said about one, along the calls that made it.

use super::call::{self, Argument, Call, Form, Function};
use super::evaluate::Evaluator;
use super::text::variables;
use super::value::Term;
use crate::diag::{Diagnostic, Origin};
use crate::syntax::node::Node;

/// Places that one message cites.
const CITED: usize = 3;

impl<'a> Evaluator<'a> {
    /// Adds to a message about the values of these nodes where they were set.
    pub fn cite(&mut self, mut diagnostic: Diagnostic, nodes: &[&'a Node]) -> Diagnostic {
        if !self.may_cite() {
            return diagnostic;
        }
        let mut places = Vec::new();
        nodes.iter().for_each(|node| self.settings(node, &mut places));
        for (what, origin) in places {
            diagnostic = diagnostic.related(what, origin);
        }
        diagnostic
    }

    fn settings(&mut self, node: &'a Node, places: &mut Vec<(&'static str, Origin)>) {
        if places.len() >= CITED {
            return;
        }
        match call::call(node) {
            Some(Call::To(function, argument)) => self.settings_of_call(function, argument, places),
            Some(Call::Unknown(_)) => {}
            None => {
                node.as_list().into_iter().flatten().for_each(|item| self.settings(item, places));
            }
        }
    }

    fn settings_of_call(
        &mut self,
        function: Function,
        argument: Argument<'a>,
        places: &mut Vec<(&'static str, Origin)>,
    ) {
        let found = match function {
            Function::Ref => argument.node.as_text().and_then(|name| self.setting_of_parameter(name)),
            Function::FindInMap => self.setting_in_mapping(argument),
            Function::ImportValue => self.setting_of_export(argument),
            Function::GetAtt => self.setting_of_output(argument),
            Function::Sub => {
                let text = argument.node.as_text().or_else(|| argument.items()?.first()?.as_text());
                let names: Vec<&str> = text.into_iter().flat_map(variables).collect();
                for name in names {
                    let found = self.setting_of_parameter(name).filter(|_| places.len() < CITED);
                    push(found, places);
                }
                None
            }
            _ => {
                let inner = argument.items().unwrap_or_default();
                inner.iter().for_each(|item| self.settings(item, places));
                if inner.is_empty() && matches!(argument.form, Form::Long) {
                    self.settings(argument.node, places);
                }
                None
            }
        };
        push(found, places);
    }

    fn setting_of_parameter(&mut self, name: &str) -> Option<(&'static str, Origin)> {
        let parameter = self.template().parameters.get(name)?.node;
        let key = self.template().section("Parameters")?.get(name)?.key();
        if self.template().parent.is_some()
            && let Some(value) = self.handed_down(name)
        {
            return Some(("the parent stack gives the parameter this value", Origin::new(name, value.place)));
        }
        if self.template().parent.is_none()
            && let Some(given) = self.told(name)
        {
            return Some(match &given.origin {
                Some(origin) => ("the parameter's value is given here", origin.clone()),
                None => ("this parameter's value is given with the command", Origin::new(name, key)),
            });
        }
        let default = parameter.field("Default")?;
        Some(("the parameter's default is set here", Origin::new(name, default.place)))
    }

    fn setting_in_mapping(&mut self, argument: Argument<'a>) -> Option<(&'static str, Origin)> {
        let [map, top, second, ..] = argument.items()? else { return None };
        let (map, top, second) = (self.term(map), self.term(top), self.term(second));
        let node = self.leaf(&map, &top, &second)?;
        Some(("the mapping's value is set here", Origin::new(map.plain(), node.place)))
    }

    fn setting_of_export(&mut self, argument: Argument<'a>) -> Option<(&'static str, Origin)> {
        let name = self.argument(argument).map_or(Term::Null, |value| value.term);
        let origin = self.export_value(name, argument.node.place)?;
        Some(("the export's value is set here", origin))
    }

    fn setting_of_output(&mut self, argument: Argument<'a>) -> Option<(&'static str, Origin)> {
        let (id, attribute) = match argument.items() {
            Some([id, attribute, ..]) => (id.as_text()?, attribute.as_text()?),
            _ => argument.node.as_text()?.split_once('.')?,
        };
        let child = *self.memory().children.get(id)?;
        let name = attribute.strip_prefix("Outputs.")?;
        let value = self.templates[child].section("Outputs")?.get(name)?.node.field("Value")?;
        Some(("the nested stack's output is set here", Origin::new(name, value.place)))
    }
}

fn push(found: Option<(&'static str, Origin)>, places: &mut Vec<(&'static str, Origin)>) {
    let is_new = |(_, origin): &(&str, Origin)| places.iter().all(|(_, other)| other.place != origin.place);
    places.extend(found.filter(is_new));
}

#[cfg(test)]
mod tests {
    use crate::read::cloudformation::tests::run;
    use crate::read::{Given, Options};

    /// What the messages on these templates cite, as `what: the text that stands there`.
    fn cited(inputs: &[&str], options: &Options) -> Vec<String> {
        run(inputs, options).related()
    }

    fn probe(value: &str) -> String {
        format!("Resources: {{Vpc: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: {value}}}}}}}\n")
    }

    #[test]
    fn a_value_of_a_parameter_is_cited_where_its_default_is_set() {
        let template = probe("!Select [2, !Ref Blocks]")
            + "Parameters: {Blocks: {Type: CommaDelimitedList, Default: '10.0.0.0/24,10.0.1.0/24'}}\n";
        assert_eq!(
            cited(&[&template], &Options::default()),
            ["the parameter's default is set here: '10.0.0.0/24,10.0.1.0/24'"]
        );
    }

    #[test]
    fn a_value_given_with_the_command_is_cited_where_its_parameter_is_declared() {
        let template = probe("!Select [2, !Ref Blocks]") + "Parameters: {Blocks: {Type: CommaDelimitedList}}\n";
        let options = Options { parameters: vec![Given::new("Blocks", "a,b")], ..Options::default() };
        assert_eq!(cited(&[&template], &options), ["this parameter's value is given with the command: Blocks"]);
    }

    #[test]
    fn a_value_of_a_mapping_is_cited_through_the_functions_around_it() {
        let template = probe("!Select [2, !Split [',', !FindInMap [Nets, a, blocks]]]")
            + "Mappings: {Nets: {a: {blocks: 'x,y'}}}\n";
        assert_eq!(cited(&[&template], &Options::default()), ["the mapping's value is set here: 'x,y'"]);
    }

    #[test]
    fn a_value_of_another_stack_is_cited_in_its_template() {
        let exporting = probe("10.0.0.0/16") + "Outputs: {Net: {Value: nonsense, Export: {Name: the-net}}}\n";
        let importing = probe("!Select [0, !Cidr [!ImportValue the-net, 2, 8]]");
        assert_eq!(cited(&[&importing, &exporting], &Options::default()), ["the export's value is set here: nonsense"]);
    }

    #[test]
    fn a_misspelled_key_is_cited_where_the_parameter_says_it() {
        let template = probe("!FindInMap [Nets, !Ref Env, block]")
            + "Parameters: {Env: {Type: String, Default: prodd}}\nMappings: {Nets: {prod: {block: 10.0.0.0/16}}}\n";
        assert_eq!(cited(&[&template], &Options::default()), ["the parameter's default is set here: prodd"]);
    }

    #[test]
    fn a_literal_is_cited_nowhere_else() {
        assert_eq!(cited(&[&probe("!Select [2, [a, b]]")], &Options::default()), [""; 0]);
    }
}
