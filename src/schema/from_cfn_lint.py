"""Writes properties.txt anew from the resource schemas in cfn-lint's wheel: from_cfn_lint.py WHEEL > properties.txt

The types are those of the file that is there; a type is added by writing its name and a colon into it. Of the
properties within properties, those are kept that the program reads.
"""

import json
import pathlib
import re
import sys
import zipfile

READ = set(
    """
    Actions AwsvpcConfiguration BrokerNodeGroupInfo ClusterLogging ComputeConfig ComputeResources DefaultActions
    EnabledTypes EncryptionConfig ForwardConfig IamInstanceProfile InstanceMarketOptions InstancesDistribution
    KubernetesNetworkConfig LaunchTemplate LaunchTemplateData LaunchTemplateSpecification Logging MixedInstancesPolicy
    NetworkConfiguration NetworkInterfaces OutpostConfig Overrides Placement RemoteAccess ResourcesVpcConfig
    ScalingConfig SecurityGroupEgress SecurityGroupIngress SubnetMappings TargetGroups Targets VPCOptions VpcConfig
    VPCs VpcConfigs
    """.split()
)

wheel = zipfile.ZipFile(sys.argv[1])
schemas = "cfnlint/data/schemas/"
hashes = json.loads(wheel.read(schemas + "providers/us-east-1.json"))
here = pathlib.Path(__file__).parent / "properties.txt"
written = [line for line in here.read_text().splitlines() if not line.startswith("#")]
types = sorted({re.match(r"[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9]+", line)[0] for line in written})


def resolved(schema, node):
    while "$ref" in node:
        place = node["$ref"].removeprefix("#/").split("/")
        node = schema
        for step in place:
            node = node[step]
    return node


def lines(schema, path, node, read_only=()):
    node = resolved(schema, node)
    if "items" in node:
        yield from lines(schema, path, node["items"])
        return
    properties = dict(node.get("properties", {}))
    for choice in ("allOf", "anyOf", "oneOf"):
        for part in node.get(choice, []):
            properties |= resolved(schema, part).get("properties", {})
    names = sorted(set(properties) - set(read_only))
    if names:
        yield f"{path}: {' '.join(names)}"
    for name in names:
        if name in READ:
            yield from lines(schema, f"{path}.{name}", properties[name])


print("# The properties of CloudFormation's types, and of those of their properties that the program looks into.")
print(f"# Source: CloudFormation's resource schemas for us-east-1, as in {pathlib.Path(sys.argv[1]).name.split('-py')[0]}")
print("# (from_cfn_lint.py).")
for type_name in types:
    schema = json.loads(wheel.read(f"{schemas}resources/{hashes[type_name]}.json"))
    pointers = [pointer.split("/")[2:] for pointer in schema.get("readOnlyProperties", [])]
    read_only = [pointer[0] for pointer in pointers if len(pointer) == 1]
    print("\n".join(lines(schema, type_name, {"properties": schema["properties"]}, read_only)))
