//! Functions that make lists and take from them: `Select`, `GetAZs`, `Cidr`, `Length`.

use ipnet::IpNet;

use super::call::{Argument, Function};
use super::evaluate::{Context, Evaluator, Subject};
use super::value::{Term, Value};
use crate::diag::{Diagnostic, Place};
use crate::syntax::node::Node;

/// Zones that `GetAZs` gives. Source: the most that any region has (us-east-1).
const ZONES: usize = 6;

/// Blocks that `Cidr` gives at most. Source: CloudFormation template reference, "Fn::Cidr".
const BLOCKS: usize = 256;

impl<'a> Evaluator<'a> {
    pub fn select(&mut self, argument: Argument<'a>, place: Place) -> Term {
        let Some([index, list]) = argument.items() else {
            return self.malformed(Function::Select, "an index and a list", place);
        };
        let written = [index, list];
        let index = self.term(index);
        let list = self.term(list);
        let Some(at) = index.exact().and_then(|text| text.trim().parse::<usize>().ok()) else {
            return match index {
                Term::Text(_) | Term::List(_) | Term::Map(_) | Term::Null => {
                    self.malformed_value(Function::Select, "a number from 0 as its index", &written[..1], place)
                }
                unknown => Term::Later(format!("{}[{}]", list.plain(), unknown.plain())),
            };
        };
        match list {
            Term::List(items) => {
                let count = items.len();
                match items.into_iter().nth(at) {
                    Some(item) => item.term,
                    None => self.out_of_range(at, count, &written, place),
                }
            }
            Term::Text(text) if at == 0 => Term::Text(text),
            Term::Text(_) => self.out_of_range(at, 1, &written, place),
            Term::Null => self.out_of_range(at, 0, &written, place),
            Term::Map(_) => self.malformed_value(Function::Select, "an index and a list", &written[1..], place),
            Term::Later(_) | Term::Reference { .. } | Term::Mixed(_) => list.item_later(at),
        }
    }

    fn out_of_range(&mut self, at: usize, count: usize, written: &[&'a Node], place: Place) -> Term {
        let items = if count == 1 { "1 item".to_string() } else { format!("{count} items") };
        let message = format!("item {at} is selected from a list of {items}; the first is item 0");
        let diagnostic = self
            .cite(Diagnostic::warning("index-out-of-range", message).hint("its value is shown as unknown"), written);
        self.warn(diagnostic, place);
        Term::Later(format!("item {at}"))
    }

    /// Which zones an account sees is not in the template: the nth is `AZ n`, from 1.
    pub fn zones(&mut self, argument: Argument<'a>) -> Term {
        // The region may be a misspelled reference.
        self.argument(argument);
        let place = argument.node.place;
        Term::List((1..=ZONES).map(|n| Value { term: Term::Later(format!("AZ {n}")), place }).collect())
    }

    pub fn length(&mut self, argument: Argument<'a>) -> Term {
        match self.argument(argument).map_or(Term::Null, |value| value.term) {
            Term::List(items) => Term::Text(items.len().to_string().into()),
            Term::Map(map) => Term::Text(map.len().to_string().into()),
            Term::Null => Term::Text("0".into()),
            Term::Text(_) => Term::Text("1".into()),
            unknown => Term::Later(format!("length of {}", unknown.plain())),
        }
    }

    /// `count` blocks with `bits` host bits each, cut from the front of `block`.
    pub fn cidr(&mut self, argument: Argument<'a>, place: Place) -> Term {
        let (block, count, bits) = match argument.items() {
            Some([block, count]) => (block, count, None),
            Some([block, count, bits]) => (block, count, Some(bits)),
            _ => return self.malformed(Function::Cidr, "a block, a count and the host bits of each", place),
        };
        let written = [Some(block), Some(count), bits];
        let written: Vec<&Node> = written.into_iter().flatten().collect();
        let block = self.term(block);
        let block = self.own_block(&block).unwrap_or(block);
        let (count, bits) = (self.term(count), bits.map(|bits| self.term(bits)));
        let number = |term: &Term| term.exact().and_then(|text| text.trim().parse::<usize>().ok());
        let Some(text) = block.exact() else { return Term::Later(format!("Cidr({})", block.plain())) };
        let Ok(net) = text.trim().parse::<IpNet>() else {
            return self.malformed_value(
                Function::Cidr,
                &format!("a block such as 10.0.0.0/16, not `{text}`"),
                &written[..1],
                place,
            );
        };
        let Some(count) = number(&count) else { return Term::Later(format!("Cidr({text})")) };
        // Source: "Fn::Cidr": without host bits, blocks of 256 addresses are meant.
        let Some(bits) = bits.map_or(Some(8), |bits| number(&bits)) else {
            return Term::Later(format!("Cidr({text})"));
        };
        match blocks(net, count.min(BLOCKS), bits) {
            Some(blocks) => Term::List(blocks.into_iter().map(|block| Value::text(block, place)).collect()),
            None => {
                let message = format!("`Cidr` cannot cut {count} blocks of {bits} host bits each out of {text}");
                let diagnostic = Diagnostic::warning("malformed-function", message)
                    .hint("ask for fewer blocks or fewer host bits; its value is shown as unknown");
                let diagnostic = self.cite(diagnostic, &written);
                self.warn(diagnostic, place);
                Term::Later(Function::Cidr.name().to_string())
            }
        }
    }

    /// The `CidrBlock` of a VPC of this template or another one, where `GetAtt` asks for it.
    fn own_block(&mut self, term: &Term) -> Option<Term> {
        let Term::Reference { to, attribute: Some(attribute) } = term else { return None };
        let (stack, id) = to.rsplit_once('/').filter(|_| attribute == "CidrBlock")?;
        let stack = self.templates.iter().position(|template| &*template.stack == stack)?;
        let (index, _, declared) = self.memory[stack].resources.get_full(id)?;
        let node = declared.node.field("Properties")?.field(attribute)?;
        self.apart(stack, index, id, node)
    }

    /// A property of another resource, evaluated on its own; `None` if it is being evaluated already.
    fn apart(&mut self, stack: usize, index: usize, id: &str, node: &'a Node) -> Option<Term> {
        let subject = Subject::Property(stack, index);
        if self.under_way.contains(&subject) {
            return None;
        }
        let mut context = Context::of(stack, id);
        context.bindings = self.memory[stack].resources.get_index(index)?.1.bindings.clone();
        self.under_way.push(subject);
        let (term, _) = self.within(context, |this| this.term(node));
        self.under_way.pop();
        Some(term)
    }
}

fn blocks(net: IpNet, count: usize, host_bits: usize) -> Option<Vec<String>> {
    let prefix = net.max_prefix_len().checked_sub(u8::try_from(host_bits).ok()?)?;
    let blocks: Vec<String> = net.subnets(prefix).ok()?.take(count).map(|block| block.to_string()).collect();
    (blocks.len() == count).then_some(blocks)
}
