//! Resources that wait for each other, so that CloudFormation could make none of them.

use super::evaluate::Evaluator;
use crate::diag::{Diagnostic, Origin, Place};

/// Cycles that are told one by one.
const TOLD: usize = 20;

/// Says which resources depend on each other; `edges[i]` are those that resource `i` needs.
pub fn tell(evaluator: &mut Evaluator<'_>, edges: &[Vec<(usize, Place)>]) {
    for cycle in cycles(edges).into_iter().take(TOLD) {
        let resources = &evaluator.memory().resources;
        let name = |step: &Step| resources.get_index(step.from).map(|(id, _)| id.clone()).unwrap_or_default();
        let mut names: Vec<String> = cycle.iter().map(name).collect();
        let Some((first, key)) = cycle.first().and_then(|step| resources.get_index(step.from)) else { continue };
        let origin = Origin::new(first.as_str(), key.key);
        names.push(first.clone());
        let message = match cycle.as_slice() {
            [_] => format!("`{first}` depends on itself"),
            _ => format!("resources depend on each other: {}", names.join(" → ")),
        };
        let mut diagnostic = Diagnostic::warning("circular-dependency", message)
            .at(origin)
            .hint("CloudFormation refuses such a template; put one of the links into a resource of its own");
        for (step, pair) in cycle.iter().zip(names.windows(2)) {
            if let [from, to] = pair {
                diagnostic =
                    diagnostic.related(format!("`{from}` needs `{to}`"), Origin::new(from.as_str(), step.place));
            }
        }
        evaluator.tell(diagnostic);
    }
}

#[derive(Clone, Copy)]
struct Step {
    from: usize,
    /// Where it refers to the next one.
    place: Place,
}

/// One cycle for every edge that leads back into the path of a depth-first walk, as long as its resources are
/// in no cycle that was found before. Linear in resources and edges; the walk's path is on the heap.
fn cycles(edges: &[Vec<(usize, Place)>]) -> Vec<Vec<Step>> {
    let mut found = Vec::new();
    let mut seen = vec![false; edges.len()];
    let mut reported = vec![false; edges.len()];
    let mut position: Vec<Option<usize>> = vec![None; edges.len()];
    for start in 0..edges.len() {
        if seen[start] {
            continue;
        }
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        seen[start] = true;
        position[start] = Some(0);
        while let Some((node, next)) = path.last_mut() {
            let (from, edge) = (*node, *next);
            *next += 1;
            let Some((to, _)) = edges[from].get(edge) else {
                position[from] = None;
                path.pop();
                continue;
            };
            if let Some(at) = position[*to] {
                let cycle: Vec<Step> = path[at..].iter().filter_map(|(node, next)| step(edges, *node, *next)).collect();
                if !cycle.iter().any(|step| reported[step.from]) {
                    cycle.iter().for_each(|step| reported[step.from] = true);
                    found.push(cycle);
                }
            } else if !seen[*to] {
                seen[*to] = true;
                position[*to] = Some(path.len());
                path.push((*to, 0));
            }
        }
    }
    found
}

/// The step that a path took from `node`, whose next edge to look at is `next`.
fn step(edges: &[Vec<(usize, Place)>], node: usize, next: usize) -> Option<Step> {
    let (_, place) = edges.get(node)?.get(next.checked_sub(1)?)?;
    Some(Step { from: node, place: *place })
}
