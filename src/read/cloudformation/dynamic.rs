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
    let mut open: Option<String> = None;
    for piece in pieces {
        let Piece::Text(text) = piece else {
            match &mut open {
                Some(name) => name.push_str(&piece.plain()),
                None => done.push(piece),
            }
            continue;
        };
        let mut rest = text.as_str();
        loop {
            match &mut open {
                None => match rest.split_once(OPEN) {
                    Some((before, after)) => {
                        done.push(Piece::Text(before.to_string()));
                        open = Some(String::new());
                        rest = after;
                    }
                    None => break done.push(Piece::Text(rest.to_string())),
                },
                Some(name) => match rest.split_once("}}") {
                    Some((key, after)) => {
                        done.push(Piece::Later(std::mem::take(name) + key));
                        open = None;
                        rest = after;
                    }
                    None => break name.push_str(rest),
                },
            }
        }
    }
    done.extend(open.map(Piece::Later));
    Term::from_pieces(done)
}
