# Makes a stack, and by single calls what the mock server's stacks leave undone: they associate no route tables, and
# forget DNS host names, public addresses of subnets, and the names of internet gateways. Sourced by the scripts beside.

# make_stack NAME TEMPLATE [OPTION..]
make_stack() {
    name=$1 template=$2
    shift 2
    aws cloudformation create-stack --stack-name "$name" --template-body "file://$template" "$@" >/dev/null
    resources=$(aws cloudformation describe-stack-resources --stack-name "$name" --output text \
        --query 'StackResources[].[LogicalResourceId,PhysicalResourceId]')
}

# physical LOGICAL_ID: the id that a resource of the stack was given.
physical() {
    echo "$resources" | awk -v id="$1" '$1 == id { print $2; found = 1 } END { exit !found }'
}

# routes TABLE SUBNET..: associates subnets with their table.
routes() {
    table=$(physical "$1")
    shift
    for subnet in "$@"; do
        aws ec2 associate-route-table --route-table-id "$table" --subnet-id "$(physical "$subnet")" >/dev/null
    done
}

# public_addresses SUBNET..
public_addresses() {
    for subnet in "$@"; do
        aws ec2 modify-subnet-attribute --subnet-id "$(physical "$subnet")" --map-public-ip-on-launch
    done
}
