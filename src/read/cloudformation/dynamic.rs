//! Dynamic references: `{{resolve:ssm:/key}}` within a text.

use super::value::{Piece, Term};

/// Sets `{{resolve:ssm:/key}}` apart from the text around it: its value is known only at deployment.
/// Source: CloudFormation user guide, "Dynamic references".
pub fn dynamic(pieces: Vec<Piece>) -> Term {
    const OPEN: &str = "{{resolve:";
    if !pieces.iter().any(|piece| matches!(piece, Piece::Text(text) if text.contains(OPEN))) {
        return Term::from_pieces(pieces);
    }
    let mut done = Vec::new();
    // What stands in a reference that is not closed yet, as it was.
    let mut open: Option<Vec<Piece>> = None;
    for piece in pieces {
        let Piece::Text(text) = piece else {
            open.as_mut().unwrap_or(&mut done).push(piece);
            continue;
        };
        let mut rest = text.as_str();
        loop {
            match &mut open {
                None => match rest.split_once(OPEN) {
                    Some((before, after)) => {
                        done.push(Piece::Text(before.to_string()));
                        open = Some(Vec::new());
                        rest = after;
                    }
                    None => break done.push(Piece::Text(rest.to_string())),
                },
                Some(within) => match rest.split_once("}}") {
                    Some((key, after)) => {
                        let name: String = within.iter().map(Piece::plain).collect();
                        done.push(Piece::Later(name + key));
                        open = None;
                        rest = after;
                    }
                    None => break within.push(Piece::Text(rest.to_string())),
                },
            }
        }
    }
    // Another function may join the end to it.
    if let Some(within) = open {
        done.push(Piece::Text(OPEN.to_string()));
        done.extend(within);
    }
    Term::from_pieces(done)
}
