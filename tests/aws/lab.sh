#!/bin/sh
# Makes the study's lab in the account that the environment names: the stack of fixtures/study/myeks.yaml, whose path is
# given, and the cluster that cluster.yaml there describes, by calls with eksctl's defaults: its endpoint is public.
set -eu
. "$(dirname "$0")/stack.sh"

aws ec2 create-key-pair --key-name myeks-key >/dev/null
make_stack myeks "$1" --parameters ParameterKey=KeyName,ParameterValue=myeks-key
aws ec2 modify-vpc-attribute --vpc-id "$(physical EksVPC)" --enable-dns-hostnames
aws ec2 create-tags --resources "$(physical InternetGateway)" --tags Key=Name,Value=myeks-IGW
routes PublicSubnetRouteTable PublicSubnet1 PublicSubnet2
routes PrivateSubnetRouteTable PrivateSubnet1 PrivateSubnet2
public_addresses PublicSubnet1 PublicSubnet2

subnet1=$(physical PublicSubnet1)
subnet2=$(physical PublicSubnet2)

# The mock server's stacks pass over the network interfaces of an instance: the host stands in the default VPC. It is made
# anew where the template has it, and so is in no stack.
aws ec2 terminate-instances --instance-ids "$(physical Host)" >/dev/null
aws ec2 run-instances --image-id ami-0abcdef1234567890 --instance-type t3.medium --key-name myeks-key \
    --subnet-id "$subnet1" --private-ip-address 192.168.1.100 --associate-public-ip-address \
    --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=myeks-host}]' >/dev/null
host=$(aws ec2 describe-instances --filters Name=tag:Name,Values=myeks-host Name=instance-state-name,Values=running \
    --output text --query 'Reservations[].Instances[].InstanceId')
aws ec2 modify-instance-attribute --instance-id "$host" --groups "$(physical HostSecurityGroup)"

aws eks create-cluster --name myeks --kubernetes-version 1.31 --role-arn arn:aws:iam::123456789012:role/cluster \
    --resources-vpc-config "subnetIds=$subnet1,$subnet2,endpointPublicAccess=true,endpointPrivateAccess=false" >/dev/null
# It makes no instances.
aws eks create-nodegroup --cluster-name myeks --nodegroup-name myeks-nodegroup \
    --node-role arn:aws:iam::123456789012:role/nodes --subnets "$subnet1" "$subnet2" \
    --instance-types t3.medium --scaling-config minSize=2,maxSize=4,desiredSize=2 \
    --remote-access ec2SshKey=myeks-key >/dev/null
