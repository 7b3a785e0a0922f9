//! What is a function call in a template: `!Ref X`, `{Ref: X}`, `{Fn::Sub: ..}`.

use crate::syntax::node::Node;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    And,
    Base64,
    Cidr,
    Condition,
    Equals,
    FindInMap,
    GetAtt,
    GetAZs,
    If,
    ImportValue,
    Join,
    Length,
    Not,
    Or,
    Ref,
    Select,
    Split,
    Sub,
    ToJsonString,
    Transform,
}

/// Source: CloudFormation template reference, "Intrinsic functions".
const FUNCTIONS: [(&str, Function); 20] = [
    ("And", Function::And),
    ("Base64", Function::Base64),
    ("Cidr", Function::Cidr),
    ("Condition", Function::Condition),
    ("Equals", Function::Equals),
    ("FindInMap", Function::FindInMap),
    ("GetAtt", Function::GetAtt),
    ("GetAZs", Function::GetAZs),
    ("If", Function::If),
    ("ImportValue", Function::ImportValue),
    ("Join", Function::Join),
    ("Length", Function::Length),
    ("Not", Function::Not),
    ("Or", Function::Or),
    ("Ref", Function::Ref),
    ("Select", Function::Select),
    ("Split", Function::Split),
    ("Sub", Function::Sub),
    ("ToJsonString", Function::ToJsonString),
    ("Transform", Function::Transform),
];

/// Names of the functions, as short tags have them.
pub fn names() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().map(|(name, _)| *name)
}

impl Function {
    fn named(name: &str) -> Option<Function> {
        FUNCTIONS.iter().find(|(known, _)| *known == name).map(|(_, function)| *function)
    }

    pub fn name(self) -> &'static str {
        FUNCTIONS.iter().find(|(_, function)| *function == self).map_or("", |(name, _)| *name)
    }
}

pub enum Call<'a> {
    To(Function, Argument<'a>),
    /// The name as written: `!Su`, `Fn::Sbu`.
    Unknown(String),
}

/// What a function is called with. Behind a short tag it is the tagged node itself, less its tag.
#[derive(Clone, Copy)]
pub struct Argument<'a> {
    pub node: &'a Node,
    pub form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Short,
    Long,
}

impl<'a> Argument<'a> {
    /// The arguments, where they are written as a list and no call makes that list.
    pub fn items(self) -> Option<&'a [Node]> {
        match self.form {
            Form::Short => self.node.as_list(),
            Form::Long if self.node.tag.is_none() => self.node.as_list(),
            Form::Long => None,
        }
    }
}

/// The call that a node is, if it is one.
pub fn call(node: &Node) -> Option<Call<'_>> {
    if let Some(tag) = &node.tag {
        return Some(match Function::named(tag) {
            Some(function) => Call::To(function, Argument { node, form: Form::Short }),
            None => Call::Unknown(format!("!{tag}")),
        });
    }
    written_out(node)
}

/// The call that a map of one key is, whatever its tag: `!GetAZs {Ref: AWS::Region}` is a call in a call.
pub fn written_out(node: &Node) -> Option<Call<'_>> {
    let map = node.as_map().filter(|map| map.len() == 1)?;
    let (key, entry) = map.first()?;
    let name = match key.strip_prefix("Fn::") {
        Some(name) if !name.starts_with("ForEach::") => name,
        None if &**key == "Ref" => "Ref",
        _ => return None,
    };
    Some(match Function::named(name) {
        Some(function) => Call::To(function, Argument { node: &entry.node, form: Form::Long }),
        None => Call::Unknown(key.to_string()),
    })
}
