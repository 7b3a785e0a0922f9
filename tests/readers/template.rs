//! A small network, to be drawn, drawn on, changed, and drawn again.

use std::fmt::Write;

const VPC: &str = "Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Gateway:
    Type: AWS::EC2::InternetGateway
  Attached:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties:
      VpcId: !Ref Vpc
      InternetGatewayId: !Ref Gateway
  Table:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Vpc
  Out:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref Table
      DestinationCidrBlock: 0.0.0.0/0
      GatewayId: !Ref Gateway
  Ground:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref Front
      RouteTableId: !Ref Table
";

/// Subnets with their zones, and instances with their subnets.
pub fn template(subnets: &[(&str, &str)], instances: &[(&str, &str)]) -> String {
    let mut text = VPC.to_string();
    for (n, (name, zone)) in subnets.iter().enumerate() {
        let _ = write!(
            text,
            "  {name}:\n    Type: AWS::EC2::Subnet\n    Properties:\n      VpcId: !Ref Vpc\n      CidrBlock: 10.0.{n}.0/24\n      AvailabilityZone: {zone}\n"
        );
    }
    for (name, subnet) in instances {
        let _ = write!(
            text,
            "  {name}:\n    Type: AWS::EC2::Instance\n    Properties:\n      SubnetId: !Ref {subnet}\n      ImageId: ami-1\n      InstanceType: t3.micro\n"
        );
    }
    text
}

pub fn before() -> String {
    template(
        &[("Front", "us-east-1a"), ("Back", "us-east-1a")],
        &[("Web", "Front"), ("Worker", "Back"), ("Queue", "Back")],
    )
}

/// One subnet more, one instance less.
pub fn after() -> String {
    let subnets = [("Front", "us-east-1a"), ("Back", "us-east-1a"), ("Spare", "us-east-1b")];
    template(&subnets, &[("Web", "Front"), ("Queue", "Back")])
}
