//! File systems, functions in VPCs, repositories.
//!
//! Source: EFS, Lambda and ECR API references; CloudFormation, the types of the same names.

use super::table::Field::{As, Same};
use super::table::{PLAIN, Table};

pub const FILE_SYSTEM: Table = Table {
    command: "efs describe-file-systems",
    keys: &["FileSystems"],
    marks: &["FileSystemId", "CreationToken"],
    id: &["FileSystemId"],
    type_name: "AWS::EFS::FileSystem",
    fields: &[Same("Name"), As("Tags", "FileSystemTags")],
    ..PLAIN
};

pub const MOUNT_TARGET: Table = Table {
    command: "efs describe-mount-targets",
    keys: &["MountTargets"],
    marks: &["MountTargetId", "SubnetId"],
    id: &["MountTargetId"],
    type_name: "AWS::EFS::MountTarget",
    fields: &[Same("FileSystemId"), Same("SubnetId")],
    ..PLAIN
};

pub const FUNCTION: Table = Table {
    command: "lambda list-functions",
    keys: &["Functions"],
    marks: &["FunctionArn", "FunctionName"],
    id: &["FunctionArn"],
    type_name: "AWS::Lambda::Function",
    fields: &[Same("FunctionName"), Same("Runtime"), Same("VpcConfig")],
    is_kept: |item, _| item.list("VpcConfig.SubnetIds").next().is_some(),
    ..PLAIN
};

pub const REPOSITORY: Table = Table {
    command: "ecr describe-repositories",
    keys: &["repositories"],
    marks: &["repositoryArn", "repositoryName"],
    id: &["repositoryArn"],
    type_name: "AWS::ECR::Repository",
    fields: &[As("repositoryName", "RepositoryName")],
    ..PLAIN
};
