//! A book of the real mdBook's, whose pictures the program makes as a preprocessor.
//!
//! mdBook comes from PyPI (tests/mdbook/setup.sh). Where it cannot be had the test says so and passes, but never where `CI`
//! is `true`.

mod run;
mod setup;

use std::path::Path;
use std::process::{Command, Output};

use run::{Run, folder};
use tempfile::TempDir;

const CHAPTER: &str = "# Lab\n\n<!-- eksdiagram: ../lab/vpc.yaml -->\n![](images/lab.svg)\n";
const VPC: &str = "Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n    Properties:\n      CidrBlock: 10.7.0.0/16\n";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A book of one chapter and one below it, whose template lies beside the sources.
fn book(template: &str) -> TempDir {
    let program = env!("CARGO_BIN_EXE_eksdiagram");
    let config = format!(
        "[book]\ntitle = \"Notes\"\nlanguage = \"en\"\n\n[preprocessor.eksdiagram]\ncommand = '{program} mdbook'\n"
    );
    folder(&[
        ("book.toml", config.as_str()),
        ("lab/vpc.yaml", template),
        ("src/SUMMARY.md", "# Summary\n\n- [Lab](lab.md)\n  - [Deeper](deep/lab.md)\n"),
        ("src/lab.md", CHAPTER),
        ("src/deep/lab.md", &CHAPTER.replace("../lab", "../../lab").replace("eksdiagram:", "eksdiagram: --lang ko")),
    ])
}

fn read(book: &TempDir, name: &str) -> String {
    run::read(book.path(), name)
}

#[test]
fn the_real_mdbook_builds_a_book_with_the_pictures() {
    if !setup::is_there("mdbook", "mdBook") {
        return;
    }
    let build = |book: &TempDir| {
        Command::new(root().join(".tools/mdbook/mdbook")).arg("build").arg(book.path()).output().expect("mdBook runs")
    };
    let good = book(VPC);
    let built = build(&good);
    assert!(built.status.success(), "{}", said(&built));
    for (page, picture, words) in [
        ("book/lab.html", "book/images/lab.svg", "1 VPC"),
        ("book/deep/lab.html", "book/deep/images/lab.svg", "VPC 1개"),
    ] {
        assert!(read(&good, page).contains("alt=\"eksdiagram: VPC Vpc 10.7.0.0/16\""), "{page}");
        assert!(read(&good, picture).contains(words), "{picture}");
    }
    assert_eq!(read(&good, "src/lab.md"), CHAPTER, "a book's sources are their author's");

    let bad = book("Resources: [\n");
    let built = build(&bad);
    assert!(!built.status.success() && said(&built).contains("images/lab.svg is not drawn"), "{}", said(&built));
}

#[test]
fn it_works_for_every_renderer_and_says_what_else_it_is_given() {
    let run = |arguments: &[&str], input: &str| Run::fed(root(), &[&["mdbook"], arguments].concat(), input.as_bytes());
    run(&["supports", "html"], "").ends(0, &[]);
    let given = run(&[], "{}");
    given.ends(1, &["error[not-a-book]"]);
    assert_eq!(given.out(), "");
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
