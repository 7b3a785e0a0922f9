//! What is not kept of an answer: it is not drawn, and would make a secret of the snapshot.

use serde_json::Value;

/// Fields that may hold a secret, or a whole configuration with one in it, wherever they stand.
const SECRETS: [&str; 16] = [
    // Scripts of instances, in launch templates and launch configurations.
    "UserData",
    // Variables of functions and containers.
    "Environment",
    "environment",
    // The pre-shared keys of VPN connections.
    "CustomerGatewayConfiguration",
    "TunnelOptions",
    "PreSharedKey",
    // Clients' secrets of listeners that ask an identity provider.
    "AuthenticateOidcConfig",
    "AuthenticateCognitoConfig",
    // Whatever people hand to stacks, and get from them.
    "Parameters",
    "Outputs",
    // Values of add-ons, which people fill with whatever the add-on needs.
    "configurationValues",
    // Passwords and tokens of databases and caches.
    "MasterUserSecret",
    "MasterUsername",
    "AuthToken",
    // The cluster's certificate: no secret, but of no use here.
    "certificateAuthority",
    "clientRequestToken",
];

/// Takes the secrets out. As deep as an answer nests, which the parser limits.
pub fn remove(answer: &mut Value) {
    match answer {
        Value::Object(fields) => {
            fields.retain(|key, _| !SECRETS.contains(&key.as_str()));
            fields.values_mut().for_each(remove);
        }
        Value::Array(items) => items.iter_mut().for_each(remove),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn what_may_be_a_secret_is_not_kept_at_any_depth() {
        let mut answer = json!({"LaunchTemplateVersions": [{"LaunchTemplateData": {"UserData": "c2VjcmV0", "ImageId": "ami-1"}}],
            "Functions": [{"FunctionName": "f", "Environment": {"Variables": {"TOKEN": "x"}}}]});
        super::remove(&mut answer);
        let kept = json!({"LaunchTemplateVersions": [{"LaunchTemplateData": {"ImageId": "ami-1"}}],
            "Functions": [{"FunctionName": "f"}]});
        assert_eq!(answer, kept);
    }
}
