//! A cluster's endpoint in one of its three modes, and as it would be in another.
//!
//! Source: EKS user guide, "Cluster API server endpoint".

use super::{Because, EndpointAccess};
use crate::diag::Known;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndpointMode {
    Public,
    Both,
    Private,
}

impl EndpointMode {
    pub const ALL: [EndpointMode; 3] = [EndpointMode::Public, EndpointMode::Both, EndpointMode::Private];

    /// `None` where the input does not say, or closes both.
    pub fn of(access: &EndpointAccess) -> Option<EndpointMode> {
        match (access.public.yes()?, access.private.yes()?) {
            (true, true) => Some(EndpointMode::Both),
            (true, false) => Some(EndpointMode::Public),
            (false, true) => Some(EndpointMode::Private),
            (false, false) => None,
        }
    }

    /// The access of a cluster as if its endpoint were in this mode; who may come stays as it was.
    pub fn assumed(self, access: &EndpointAccess) -> EndpointAccess {
        if EndpointMode::of(access) == Some(self) {
            return access.clone();
        }
        let (public, private) = match self {
            EndpointMode::Public => (true, false),
            EndpointMode::Both => (true, true),
            EndpointMode::Private => (false, true),
        };
        let text = format!("assumed for this picture: public access {}, private access {}", on(public), on(private));
        EndpointAccess {
            public: Known::Yes(public),
            private: Known::Yes(private),
            because: Because { text, origin: access.because.origin.clone() },
            ..access.clone()
        }
    }
}

const fn on(it_is: bool) -> &'static str {
    if it_is { "on" } else { "off" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(public: bool, private: bool) -> EndpointAccess {
        EndpointAccess {
            public: Known::Yes(public),
            private: Known::Yes(private),
            public_cidrs: vec!["203.0.113.0/24".into()],
            because: Because { text: "said so".into(), origin: None },
        }
    }

    #[test]
    fn another_mode_opens_and_closes_doors_and_keeps_who_may_come() {
        let private = EndpointMode::Private.assumed(&access(true, false));
        assert_eq!(EndpointMode::of(&private), Some(EndpointMode::Private));
        assert_eq!(private.public_cidrs, ["203.0.113.0/24"]);
    }

    #[test]
    fn its_own_mode_keeps_the_reason_that_the_input_gives() {
        assert_eq!(EndpointMode::Both.assumed(&access(true, true)).because.text, "said so");
    }
}
