//! What a file may take, all its pages together: a page that is packed is small until it is read.

use super::Fault;
use crate::limits;

/// What is left of it.
#[derive(Debug)]
pub struct Room {
    /// Bytes that packed pages may inflate to.
    pub(super) bytes: usize,
    /// Elements, attributes and texts.
    pub(super) nodes: usize,
}

impl Default for Room {
    fn default() -> Room {
        Room { bytes: limits::DRAWIO_BYTES, nodes: limits::DRAWIO_NODES }
    }
}

impl Room {
    pub fn take_nodes(&mut self, nodes: usize) -> Result<(), Fault> {
        self.nodes = self.nodes.checked_sub(nodes).ok_or_else(Room::too_many_nodes)?;
        Ok(())
    }

    pub fn too_many_nodes() -> Fault {
        Fault::new(format!("it has more than {} elements, attributes and texts", limits::DRAWIO_NODES))
    }

    pub fn too_many_bytes() -> Fault {
        Fault::new(format!("the file inflates to more than {} MB", limits::DRAWIO_BYTES >> 20))
    }
}
