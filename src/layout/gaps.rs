//! The distances that placing keeps, and the slack that makes channels for edges wider than they are by default.

use crate::geom::Px;
use crate::look::FrameLook;

/// Extra px for channels in which edges found no room. None at all by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slack {
    /// Upright channels between columns.
    pub columns: Px,
    /// Level channels between rows, between sections, and between blocks that stand under each other.
    pub rows: Px,
    /// Level channels inside cells: between lanes, under a cell's title, above its bottom.
    pub lanes: Px,
    /// Upright channels inside cells: between icons and beside them; and between blocks in a row.
    pub icons: Px,
}

impl Slack {
    pub fn all(px: Px) -> Slack {
        Slack { columns: px, rows: px, lanes: px, icons: px }
    }
}

/// How far neighbours stand apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gaps {
    /// Between neighbouring columns: room for edges between two zones.
    pub column: Px,
    /// Between rows of subnets.
    pub row: Px,
    /// Between sections, and between blocks in a column.
    pub section: Px,
    /// Between lanes.
    pub lane: Px,
    /// Between lanes of which an edge joins some: room for its arrow head and its dot.
    pub joined_lanes: Px,
    /// Between icons side by side.
    pub icon: Px,
    /// Between lines of icons.
    pub line: Px,
    /// Between blocks in a row: at least, and where there is room.
    pub block: Px,
    pub block_most: Px,
    /// From a cell's content to its footer.
    pub foot: Px,
    slack: Slack,
}

impl Gaps {
    pub fn with(slack: Slack) -> Gaps {
        Gaps {
            column: 48 + slack.columns,
            row: 24 + slack.rows,
            section: 32 + slack.rows,
            lane: 12 + slack.lanes,
            joined_lanes: 32 + slack.lanes,
            icon: 24 + slack.icons,
            line: 16 + slack.lanes,
            block: 56 + slack.icons,
            block_most: 112 + slack.icons,
            foot: 8 + slack.lanes,
            slack,
        }
    }

    /// Between blocks that stand under each other in a frame.
    pub fn stacked(&self, look: FrameLook) -> Px {
        match look {
            FrameLook::Instance | FrameLook::Card => 8,
            _ => self.section,
        }
    }

    /// Inner padding of a frame, beside its content and below it, and between the heading and the content.
    pub fn padding(&self, look: FrameLook) -> (Px, Px) {
        match look {
            FrameLook::Cloud | FrameLook::Account | FrameLook::Region => (24, 16),
            FrameLook::ControlPlane | FrameLook::Vpc | FrameLook::ExternalVpc => (24, 12),
            FrameLook::Zone => (24 + self.slack.columns, 8),
            FrameLook::PublicSubnet
            | FrameLook::PrivateSubnet
            | FrameLook::IsolatedSubnet
            | FrameLook::UnknownSubnet => (16 + self.slack.icons, 24 + self.slack.lanes),
            FrameLook::NodeGroup
            | FrameLook::AutoScalingGroup
            | FrameLook::Fargate
            | FrameLook::LoadBalancer
            | FrameLook::ClusterInterfaces
            | FrameLook::Database => (8, 6),
            FrameLook::ManagedGroup | FrameLook::Services => (20, 10),
            FrameLook::Kubernetes => (24, 16),
            FrameLook::Instance => (12, 12),
            FrameLook::Card => (12, 8),
            FrameLook::Process | FrameLook::AwsProcess | FrameLook::CustomerProcess | FrameLook::Plain => (0, 0),
        }
    }
}
