//! Services of the region that stand in no VPC and that an architect would put beside one.

use super::Kind;

/// The kind of a regional service; `None` for what is not worth a place in the picture.
pub fn regional(type_name: &str) -> Option<Kind> {
    Some(match type_name {
        "AWS::ECR::Repository" | "AWS::ECR::PublicRepository" => Kind::Ecr,
        "AWS::S3::Bucket" => Kind::S3,
        "AWS::EFS::FileSystem" => Kind::Efs,
        "AWS::DynamoDB::Table" | "AWS::DynamoDB::GlobalTable" | "AWS::Serverless::SimpleTable" => Kind::DynamoDb,
        "AWS::SQS::Queue" => Kind::Sqs,
        "AWS::SNS::Topic" => Kind::Sns,
        "AWS::Route53::HostedZone" | "AWS::ServiceDiscovery::PrivateDnsNamespace" => Kind::HostedZone,
        "AWS::ApiGateway::RestApi" | "AWS::ApiGatewayV2::Api" | "AWS::Serverless::Api" | "AWS::Serverless::HttpApi" => {
            Kind::ApiGateway
        }
        "AWS::CloudFront::Distribution" => Kind::CloudFront,
        _ => return None,
    })
}
