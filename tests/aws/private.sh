#!/bin/sh
# Makes a private cluster in the account that the environment names, as the template has it whose path is given
# (fixtures/figures/private-endpoint-with-bastion.yaml): an endpoint that only the VPC reaches, nodes behind NAT gateways,
# and a bastion.
set -eu
. "$(dirname "$0")/stack.sh"

make_stack payments "$1"
aws ec2 modify-vpc-attribute --vpc-id "$(physical Vpc)" --enable-dns-hostnames
routes PublicTable PublicA PublicB
routes NodesATable NodesA
routes NodesBTable NodesB
routes ControlTable ControlA ControlB
public_addresses PublicA PublicB

# The mock server's stacks forget the security groups of an instance and its public address, and make neither clusters nor
# node groups.
aws ec2 modify-instance-attribute --instance-id "$(physical Bastion)" --groups "$(physical BastionGroup)"
aws ec2 associate-address --instance-id "$(physical Bastion)" --allocation-id "$(
    aws ec2 allocate-address --domain vpc --output text --query AllocationId
)" >/dev/null

subnets=$(physical ControlA),$(physical ControlB)
aws eks create-cluster --name payments --kubernetes-version 1.33 --role-arn arn:aws:iam::123456789012:role/cluster \
    --resources-vpc-config "subnetIds=$subnets,securityGroupIds=$(physical ClusterGroup),endpointPublicAccess=false,endpointPrivateAccess=true" >/dev/null
# It makes no instances.
aws eks create-nodegroup --cluster-name payments --nodegroup-name workers \
    --node-role arn:aws:iam::123456789012:role/nodes --subnets "$(physical NodesA)" "$(physical NodesB)" \
    --instance-types m7i.large --scaling-config minSize=4,maxSize=8,desiredSize=4 >/dev/null
