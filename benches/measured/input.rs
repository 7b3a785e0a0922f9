//! The inputs that are measured: a network of each size, as a template in YAML, as one in JSON, and as an account.

use std::path::{Path, PathBuf};

use super::account::account;
use super::json::json;
use super::template::{SIZES, Size, template};

/// What describes a network.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Yaml,
    Json,
    /// What the AWS CLI says of a live account.
    Account,
}

pub struct Input {
    /// `L.yaml`, `L.json`, `L.account`.
    pub name: String,
    pub file: PathBuf,
    pub text: String,
}

/// The inputs in `folder`: all, or those of these sizes, forms or names. Templates in YAML may be others: those of the
/// folder that the variable `EKSDIAGRAM_BENCH` names.
pub fn inputs(wanted: &[String], folder: &Path) -> Vec<Input> {
    let forms = [Form::Yaml, Form::Json, Form::Account];
    let all = forms.into_iter().flat_map(|form| SIZES.into_iter().map(move |size| (form, size)));
    let of = |(form, size): (Form, Size)| {
        let ending = match form {
            Form::Yaml => "yaml",
            Form::Json => "json",
            Form::Account => "account",
        };
        let name = format!("{}.{ending}", size.name);
        if !wanted.is_empty()
            && !wanted.iter().any(|asked| [size.name, ending, name.as_str()].contains(&asked.as_str()))
        {
            return None;
        }
        let given = std::env::var_os("EKSDIAGRAM_BENCH").filter(|_| form == Form::Yaml);
        let file = given.map_or_else(|| write(form, size, folder), |given| PathBuf::from(given).join(&name));
        let text = std::fs::read_to_string(&file).expect("the input is text");
        Some(Input { name, file, text })
    };
    all.filter_map(of).collect()
}

fn write(form: Form, size: Size, folder: &Path) -> PathBuf {
    let (name, text) = match form {
        Form::Yaml => (format!("{}.yaml", size.name), template(size).text),
        Form::Json => (format!("{}.json", size.name), json(&template(size).text)),
        Form::Account => (format!("{}.account.json", size.name), account(size)),
    };
    let file = folder.join(name);
    std::fs::write(&file, text).expect("writable");
    file
}
