//! A scene placed by hand: one cluster, two zones, nodes in the public subnets. What the writers are tried on,
//! independent of what reads, composes and lays out.

use eksdiagram::diag::{FileId, Origin, Place, Span};
use eksdiagram::geom::{Point, Px, Rect, point, size};
use eksdiagram::look::{EdgeLook, FrameLook, Glyph, Ink, TextSize, Tone, Weight};
use eksdiagram::scene::{
    Align, Arrows, Edge, Frame, Icon, Item, ItemIndex, Kind, Line, Run, Scene, Swatch, Text, TextRole,
};
use eksdiagram::text::width;
use eksdiagram::theme;

/// Words in one style: text, size, weight, ink.
pub type Words<'a> = (&'a str, TextSize, Weight, Ink);

const NAME: TextSize = TextSize::Body;
const NOTE: TextSize = TextSize::Small;

struct Page {
    items: Vec<Item>,
}

impl Page {
    fn add(&mut self, id: &str, parent: Option<ItemIndex>, type_name: &str, rect: Rect, kind: Kind) -> ItemIndex {
        self.items.push(Item {
            id: id.to_string(),
            parent,
            kind,
            type_name: type_name.to_string(),
            rect,
            tooltip: String::new(),
            facts: Vec::new(),
            origin: None,
            sign: None,
        });
        self.items.len() - 1
    }

    /// Lines of words from `top` downwards, at `x` by the alignment.
    fn text(
        &mut self,
        id: &str,
        parent: Option<ItemIndex>,
        role: TextRole,
        align: Align,
        at: Point,
        lines: &[&[Words]],
    ) -> ItemIndex {
        let mut placed = Vec::new();
        let (mut top, mut widest) = (at.y, 0);
        for words in lines {
            let runs: Vec<Run> = words
                .iter()
                .map(|(text, size, weight, ink)| Run {
                    text: text.to_string(),
                    size: *size,
                    weight: *weight,
                    ink: *ink,
                })
                .collect();
            let wide: Px = runs.iter().map(|run| width(&run.text, run.size, run.weight)).sum();
            let high = runs.iter().map(|run| theme::line_height(run.size)).max().unwrap_or(0);
            placed.push(Line { at: point(at.x, top + high * 3 / 4), width: wide, runs });
            top += high;
            widest = widest.max(wide);
        }
        let left = match align {
            Align::Start => at.x,
            Align::Middle => at.x - widest / 2 - 1,
            Align::End => at.x - widest,
        };
        let rect = Rect::new(left, at.y, widest + 2, top - at.y);
        let plate = role == TextRole::EdgeLabel;
        let rect = if plate { rect.grown(2) } else { rect };
        self.add(
            id,
            parent,
            "text",
            rect,
            Kind::Text(Text { role, align, lines: placed, plate: plate.then_some(FrameLook::Plain) }),
        )
    }

    fn frame(
        &mut self,
        id: &str,
        parent: Option<ItemIndex>,
        look: FrameLook,
        badge: Option<Glyph>,
        rect: Rect,
    ) -> ItemIndex {
        let frame = Frame { look, badge, overlay: false, external: false, column: None, row: None, band: None };
        let type_name = match look {
            FrameLook::Vpc => "AWS::EC2::VPC",
            FrameLook::PublicSubnet | FrameLook::IsolatedSubnet => "AWS::EC2::Subnet",
            FrameLook::Zone => "zone",
            _ => "frame",
        };
        self.add(id, parent, type_name, rect, Kind::Frame(frame))
    }

    fn title(&mut self, of: ItemIndex, words: &[Words]) {
        let (id, rect) = (format!("{}.title", self.items[of].id), self.items[of].rect);
        let badge = matches!(
            &self.items[of].kind,
            Kind::Frame(Frame { badge: Some(_), .. }) | Kind::Band(Frame { badge: Some(_), .. })
        );
        let at = point(rect.left + if badge { theme::BADGE + 8 } else { 8 }, rect.top + 4);
        self.text(&id, Some(of), TextRole::Title, Align::Start, at, &[words]);
    }

    fn aside(&mut self, of: ItemIndex, words: Words) {
        let (id, rect) = (format!("{}.aside", self.items[of].id), self.items[of].rect);
        self.text(&id, Some(of), TextRole::Aside, Align::End, point(rect.right - 8, rect.top + 5), &[&[words]]);
    }

    fn footer(&mut self, of: ItemIndex, text: &str) {
        let (id, rect) = (format!("{}.footer", self.items[of].id), self.items[of].rect);
        let words = (text, NOTE, Weight::Regular, Ink::Secondary);
        self.text(&id, Some(of), TextRole::Footer, Align::Start, point(rect.left + 8, rect.bottom - 22), &[&[words]]);
    }

    fn icon(&mut self, id: &str, parent: Option<ItemIndex>, glyph: Glyph, at: Point, label: &[&[Words]]) -> ItemIndex {
        let rect = Rect::new(at.x, at.y, theme::ICON, theme::ICON);
        let icon = Icon { glyph, on_border: false, external: false, band: None };
        let index = self.add(id, parent, "icon", rect, Kind::Icon(icon));
        let under = point(rect.center().x, rect.bottom + 4);
        self.text(&format!("{id}.label"), Some(index), TextRole::Label, Align::Middle, under, label);
        index
    }

    fn pill(&mut self, id: &str, parent: ItemIndex, tone: Tone, left_top: Point, text: &str) {
        let wide = width(text, NOTE, Weight::Bold) + 24;
        let rect = Rect::new(left_top.x, left_top.y, wide, 24);
        let pill = self.add(id, Some(parent), "pill", rect, Kind::Pill(tone));
        let words = (text, NOTE, Weight::Bold, Ink::Tone(tone));
        let at = point(rect.center().x, rect.top + 4);
        self.text(&format!("{id}.text"), Some(pill), TextRole::Pill, Align::Middle, at, &[&[words]]);
    }

    fn edge(&mut self, id: &str, look: EdgeLook, from: ItemIndex, to: ItemIndex, points: &[(Px, Px)]) -> ItemIndex {
        let points: Vec<Point> = points.iter().map(|(x, y)| point(*x, *y)).collect();
        let rect = points.iter().fold(Rect::spanning(points[0], points[0]), |r, p| r.union(Rect::spanning(*p, *p)));
        let edge = Edge { look, from, to, points, arrows: Arrows::End, bundle: None, hops: Vec::new() };
        self.add(id, None, "edge", rect, Kind::Edge(edge))
    }
}

fn plain(text: &str, ink: Ink) -> Words<'_> {
    (text, NOTE, Weight::Regular, ink)
}

fn bold(text: &str, ink: Ink) -> Words<'_> {
    (text, NAME, Weight::Bold, ink)
}

/// The whole page.
pub fn scene() -> Scene {
    let mut page = Page { items: Vec::new() };
    page.text(
        "title",
        None,
        TextRole::PageTitle,
        Align::Start,
        point(24, 16),
        &[&[("EKS lab: myeks", TextSize::Title, Weight::Bold, Ink::Primary)]],
    );
    let note = plain("Network view: one cluster, two zones, nodes in the public subnets", Ink::Secondary);
    page.text("subtitle", None, TextRole::PageSubtitle, Align::Start, point(24, 46), &[&[note]]);
    let cloud = page.frame("cloud", None, FrameLook::Cloud, Some(Glyph::GroupAwsCloud), Rect::new(24, 80, 1216, 904));
    page.title(cloud, &[plain("AWS Cloud", Ink::Frame(FrameLook::Cloud))]);
    let region =
        page.frame("region", Some(cloud), FrameLook::Region, Some(Glyph::GroupRegion), Rect::new(48, 120, 1168, 840));
    page.title(region, &[plain("Region ap-northeast-2 (Seoul)", Ink::Frame(FrameLook::Region))]);
    let control = control_plane(&mut page, region);
    let network = network(&mut page, region);
    actors_and_paths(&mut page, control, network);
    legend(&mut page);
    Scene {
        size: size(1504, 1008),
        title: "EKS lab: myeks".to_string(),
        language: "en",
        description: "One cluster whose two worker nodes stand in public subnets of two zones.".to_string(),
        items: page.items,
        relaxed: Vec::new(),
    }
}

/// The endpoint's icon, and the group of API servers.
fn control_plane(page: &mut Page, region: ItemIndex) -> (ItemIndex, ItemIndex) {
    let ink = Ink::Frame(FrameLook::ControlPlane);
    let plane = page.frame(
        "plane",
        Some(region),
        FrameLook::ControlPlane,
        Some(Glyph::GroupManagedVpc),
        Rect::new(80, 160, 1024, 168),
    );
    page.title(plane, &[bold("EKS control plane", ink), (" (AWS-managed VPC)", NAME, Weight::Regular, ink)]);
    page.icon(
        "Cluster",
        Some(plane),
        Glyph::Eks,
        point(136, 208),
        &[&[bold("myeks", Ink::Primary)], &[plain("EKS cluster 1.31", Ink::Secondary)]],
    );
    let managed = Ink::Frame(FrameLook::ManagedGroup);
    let etcd = page.frame("etcd-group", Some(plane), FrameLook::ManagedGroup, None, Rect::new(312, 200, 192, 112));
    page.title(etcd, &[plain("etcd (Auto Scaling group)", managed)]);
    page.icon("etcd", Some(etcd), Glyph::K8sEtcd, point(384, 228), &[&[plain("etcd", Ink::Primary)]]);
    let servers = page.frame("api-group", Some(plane), FrameLook::ManagedGroup, None, Rect::new(552, 200, 272, 112));
    page.title(servers, &[plain("API servers (Auto Scaling group)", managed)]);
    for (id, glyph, left, name) in [
        ("api", Glyph::K8sApiServer, 576, "API server"),
        ("scheduler", Glyph::K8sScheduler, 664, "scheduler"),
        ("controllers", Glyph::K8sControllerManager, 752, "controllers"),
    ] {
        page.icon(id, Some(servers), glyph, point(left, 228), &[&[plain(name, Ink::Primary)]]);
    }
    let endpoint = page.icon(
        "endpoint",
        Some(plane),
        Glyph::ApiEndpoint,
        point(952, 228),
        &[&[plain("API endpoint", Ink::Primary)], &[plain("public IP", Ink::Secondary)]],
    );
    page.pill("endpoint.mode", plane, Tone::Good, point(912, 176), "Endpoint: Public");
    page.edge("endpoint-api", EdgeLook::Internal, endpoint, servers, &[(952, 252), (824, 252)]);
    page.edge("api-etcd", EdgeLook::Internal, servers, etcd, &[(552, 252), (504, 252)]);
    (endpoint, servers)
}

/// What the paths join.
struct Network {
    host: ItemIndex,
    subnet: ItemIndex,
    band: ItemIndex,
    gateway: ItemIndex,
}

fn network(page: &mut Page, region: ItemIndex) -> Network {
    let vpc = page.frame("VPC", Some(region), FrameLook::Vpc, Some(Glyph::GroupVpc), Rect::new(80, 360, 1024, 576));
    page.items[vpc].tooltip = "myeks-VPC <vpc> & \"friends\"\n192.168.0.0/16".to_string();
    page.items[vpc].facts = vec![("cidr", "192.168.0.0/16".to_string())];
    page.items[vpc].origin = Some(Origin::new("VPC", Place { file: FileId(0), span: Span { start: 11, end: 14 } }));
    let ink = Ink::Frame(FrameLook::Vpc);
    page.title(vpc, &[bold("myeks-VPC", ink), ("  192.168.0.0/16", NAME, Weight::Regular, Ink::Secondary)]);
    let public = [subnets(page, vpc, "a", 112, ("1", "3")), subnets(page, vpc, "c", 592, ("2", "4"))];
    let host_label: [&[Words]; 2] = [
        &[bold("myeks-host", Ink::Primary), (" (bastion, kubectl)", NAME, Weight::Regular, Ink::Primary)],
        &[plain("t3.medium · 192.168.1.100", Ink::Secondary)],
    ];
    let host = page.icon("Host", Some(public[0]), Glyph::Bastion, point(312, 528), &host_label);
    page.pill("Host.ssh", public[0], Tone::Danger, point(376, 540), "SSH 22 from 0.0.0.0/0");
    let band = node_group(page, vpc, public);
    let rect = Rect::new(1080, 392, theme::ICON, theme::ICON);
    let icon = Icon { glyph: Glyph::InternetGateway, on_border: true, external: false, band: None };
    let gateway = page.add("Gateway", Some(vpc), "AWS::EC2::InternetGateway", rect, Kind::Icon(icon));
    let label: [&[Words]; 2] = [&[plain("Internet", Ink::Primary)], &[plain("gateway", Ink::Primary)]];
    page.text("Gateway.label", Some(gateway), TextRole::Label, Align::Start, point(1112, 446), &label);
    Network { host, subnet: public[1], band, gateway }
}

/// One zone with its public and its isolated subnet: the public one's frame.
fn subnets(page: &mut Page, vpc: ItemIndex, zone: &str, left: Px, (public, private): (&str, &str)) -> ItemIndex {
    let rect = Rect::new(left, 448, 448, 464);
    let frame = Frame {
        look: FrameLook::Zone,
        badge: None,
        overlay: true,
        external: false,
        column: Some(u32::from(zone == "c")),
        row: None,
        band: None,
    };
    let outline = page.add(&format!("zone-{zone}"), Some(vpc), "zone", rect, Kind::Frame(frame));
    let name = format!("Availability Zone ap-northeast-2{zone}");
    page.title(outline, &[plain(&name, Ink::Frame(FrameLook::Zone))]);
    let rows = [
        (FrameLook::PublicSubnet, Glyph::GroupPublicSubnet, public, Rect::new(left + 16, 480, 416, 320)),
        (FrameLook::IsolatedSubnet, Glyph::GroupIsolatedSubnet, private, Rect::new(left + 16, 816, 416, 80)),
    ];
    let [outer, _] = rows.map(|(look, glyph, number, rect)| {
        let kind = if look == FrameLook::PublicSubnet { "Public" } else { "Private" };
        let subnet = page.frame(&format!("{kind}Subnet{number}"), Some(vpc), look, Some(glyph), rect);
        page.title(subnet, &[bold(&format!("{kind}Subnet{number}"), Ink::Frame(look))]);
        page.aside(subnet, plain(&format!("192.168.{number}.0/24"), Ink::Frame(look)));
        let why = if look == FrameLook::PublicSubnet {
            "public: 0.0.0.0/0 to the internet gateway"
        } else {
            "isolated: no default route"
        };
        page.footer(subnet, why);
        subnet
    });
    outer
}

fn node_group(page: &mut Page, vpc: ItemIndex, public: [ItemIndex; 2]) -> ItemIndex {
    let ink = Ink::Frame(FrameLook::NodeGroup);
    let frame = Frame {
        look: FrameLook::NodeGroup,
        badge: Some(Glyph::GroupNodeGroup),
        overlay: true,
        external: false,
        column: None,
        row: None,
        band: None,
    };
    let band =
        page.add("NodeGroup", Some(vpc), "AWS::EKS::Nodegroup", Rect::new(136, 632, 880, 136), Kind::Band(frame));
    page.title(
        band,
        &[bold("myeks-nodeg24", ink), ("  managed node group, 2 × t3.medium", NOTE, Weight::Regular, ink)],
    );
    for (number, left, subnet) in [("1", 312, public[0]), ("2", 792, public[1])] {
        let name = format!("worker node {number}");
        let label: [&[Words]; 2] = [&[plain(&name, Ink::Primary)], &[plain("t3.medium", Ink::Secondary)]];
        let node = page.icon(&format!("NodeGroup.{number}"), Some(subnet), Glyph::WorkerNode, point(left, 664), &label);
        if let Kind::Icon(icon) = &mut page.items[node].kind {
            icon.band = Some(band);
        }
    }
    band
}

fn actors_and_paths(page: &mut Page, (endpoint, servers): (ItemIndex, ItemIndex), network: Network) {
    let internet =
        page.icon("internet", None, Glyph::Internet, point(1280, 392), &[&[plain("Internet", Ink::Primary)]]);
    let admin =
        page.icon("administrator", None, Glyph::User, point(1408, 392), &[&[plain("Administrator", Ink::Primary)]]);
    if let Kind::Icon(icon) = &mut page.items[admin].kind {
        icon.external = true;
    }
    let Network { host, subnet, band, gateway } = network;
    let ssh = page.edge("ssh-1", EdgeLook::Administration, admin, internet, &[(1408, 416), (1328, 416)]);
    page.text(
        "ssh-1.label",
        Some(ssh),
        TextRole::EdgeLabel,
        Align::Middle,
        point(1374, 394),
        &[&[plain("SSH 22", Ink::Secondary)]],
    );
    page.edge("ssh-2", EdgeLook::Administration, internet, gateway, &[(1280, 428), (1128, 428)]);
    page.edge("ssh-3", EdgeLook::Administration, gateway, host, &[(1080, 404), (324, 404), (324, 528)]);
    page.edge("kubectl", EdgeLook::Kubectl, host, gateway, &[(348, 528), (348, 416), (1080, 416)]);
    page.edge("kubectl-2", EdgeLook::Kubectl, gateway, endpoint, &[(1128, 404), (1144, 404), (1144, 260), (1000, 260)]);
    let nodes =
        page.edge("nodes", EdgeLook::NodesToApi, band, gateway, &[(1016, 700), (1064, 700), (1064, 428), (1080, 428)]);
    page.edge(
        "nodes-2",
        EdgeLook::NodesToApi,
        gateway,
        endpoint,
        &[(1128, 416), (1160, 416), (1160, 244), (1000, 244)],
    );
    let across = page.edge(
        "control-plane",
        EdgeLook::Connection,
        servers,
        subnet,
        &[(688, 312), (688, 344), (960, 344), (960, 480)],
    );
    if let Kind::Edge(edge) = &mut page.items[across].kind {
        edge.hops = vec![point(960, 404), point(960, 416)];
    }
    page.text(
        "nodes.label",
        Some(nodes),
        TextRole::EdgeLabel,
        Align::Middle,
        point(1064, 556),
        &[&[plain("443", Ink::Secondary)]],
    );
}

fn legend(page: &mut Page) {
    let entries = [
        (Swatch::Edge(EdgeLook::Administration), "SSH to the work host"),
        (Swatch::Edge(EdgeLook::Kubectl), "kubectl to the API"),
        (Swatch::Edge(EdgeLook::NodesToApi), "nodes to the API"),
        (Swatch::Edge(EdgeLook::Connection), "standing connection"),
        (Swatch::Frame(FrameLook::NodeGroup), "node group"),
        (Swatch::Frame(FrameLook::PublicSubnet), "public subnet"),
        (Swatch::Frame(FrameLook::IsolatedSubnet), "isolated subnet"),
    ];
    let rect = Rect::new(1264, 984 - 48 - 24 * 7, 216, 48 + 24 * 7);
    let legend = page.add("legend", None, "legend", rect, Kind::Legend);
    page.text(
        "legend.title",
        Some(legend),
        TextRole::LegendTitle,
        Align::Start,
        point(rect.left + 16, rect.top + 10),
        &[&[bold("Legend", Ink::Primary)]],
    );
    for (row, (swatch, words)) in (0..).zip(entries) {
        let top = rect.top + 38 + 24 * row;
        let id = format!("legend.{row}");
        let sample =
            page.add(&id, Some(legend), "swatch", Rect::new(rect.left + 16, top + 1, 32, 14), Kind::Swatch(swatch));
        page.text(
            &format!("{id}.text"),
            Some(sample),
            TextRole::LegendEntry,
            Align::Start,
            point(rect.left + 60, top),
            &[&[plain(words, Ink::Primary)]],
        );
    }
}
