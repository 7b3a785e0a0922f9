//! What is shipped beside the program: the action's scripts do what docs/ci.md says, completions and the manual are whole.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use eksdiagram::syntax;

const PROGRAM: &str = env!("CARGO_BIN_EXE_eksdiagram");
const LAB: &str = "fixtures/study/myeks.yaml";

/// A folder that looks to a script like a runner of GitHub Actions.
struct Runner {
    folder: tempfile::TempDir,
}

impl Runner {
    fn new() -> Runner {
        Runner { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs one of the scripts in packaging/ in a folder of the runner, with the program on its path.
    fn run(&self, script: &str, inside: &str, variables: &[(&str, &str)]) -> Output {
        let bin = Path::new(PROGRAM).parent().expect("the program lies in a folder");
        Command::new("sh")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging").join(script))
            .current_dir(self.path(inside))
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", bin.display()))
            .env("HOME", self.path(""))
            .env("RUNNER_TEMP", self.path("temp"))
            .env("GITHUB_PATH", self.path("paths"))
            .envs(variables.iter().copied())
            .output()
            .expect("sh runs")
    }

    /// A release's folder with an archive of the program and its digest.
    fn release(&self, version: &str) {
        let folder = self.path("releases").join(version);
        fs::create_dir_all(&folder).expect("writable");
        let archive = format!("eksdiagram-{}-linux.tar.gz", std::env::consts::ARCH);
        let bin = Path::new(PROGRAM).parent().expect("the program lies in a folder");
        shell(
            &folder,
            &format!("tar -czf {archive} -C '{}' eksdiagram && sha256sum {archive} > {archive}.sha256", bin.display()),
        );
    }

    fn install(&self, version: &str) -> Output {
        let releases = format!("file://{}", self.path("releases").display());
        self.run("install.sh", "", &[("VERSION", version), ("DOWNLOAD", &releases)])
    }

    /// A checkout with a remote, a template, a document and a project file whose pictures are fresh and pushed.
    fn project(&self) {
        fs::create_dir(self.path("project")).expect("writable");
        fs::copy(LAB, self.path("project/lab.yaml")).expect("readable");
        fs::write(
            self.path("project/eksdiagram.toml"),
            "[[figure]]\ninputs = [\"lab.yaml\"]\noutputs = [\"lab.svg\"]\n",
        )
        .expect("writable");
        fs::write(self.path("project/notes.md"), "# Notes\n\n<!-- eksdiagram: lab.yaml -->\n![The lab](notes.svg)\n")
            .expect("writable");
        shell(&self.path(""), "git init --quiet --bare --initial-branch main remote.git");
        shell(&self.path("project"), "git init --quiet --initial-branch main && git remote add origin ../remote.git");
        shell(&self.path("project"), &format!("'{PROGRAM}' -q && '{PROGRAM}' embed -q notes.md"));
        shell(
            &self.path("project"),
            "git add . && git -c user.name=a -c user.email=a@example.com commit --quiet -m first && git push --quiet --set-upstream origin main",
        );
    }

    fn keep_fresh(&self, mode: &str) -> Output {
        self.run("keep-fresh.sh", "project", &[("MODE", mode), ("DOCUMENTS", "*.md")])
    }

    fn pushed(&self) -> String {
        shell(&self.path("remote.git"), "git log --format=%s main")
    }
}

/// What a command of a shell prints; it has to succeed.
fn shell(folder: &Path, command: &str) -> String {
    let output = Command::new("sh").arg("-ec").arg(command).current_dir(folder).output().expect("sh runs");
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn change_a_block(template: &Path) {
    let text = fs::read_to_string(template).expect("readable").replace("192.168.3.0/24", "192.168.33.0/24");
    fs::write(template, text).expect("writable");
}

#[test]
fn a_release_is_unpacked_onto_the_path() {
    let runner = Runner::new();
    runner.release("v1");
    let output = runner.install("v1");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("eksdiagram "));
    let added = fs::read_to_string(runner.path("paths")).expect("the path is told");
    assert!(Path::new(added.trim()).join("eksdiagram").is_file());
}

#[test]
fn an_archive_that_is_not_the_published_one_is_not_unpacked() {
    let runner = Runner::new();
    runner.release("v1");
    let archive = format!("releases/v1/eksdiagram-{}-linux.tar.gz", std::env::consts::ARCH);
    fs::write(runner.path(&archive), "something else").expect("writable");
    assert!(!runner.install("v1").status.success());
    assert!(!runner.path("paths").exists() && !runner.path("temp/eksdiagram/eksdiagram").exists());
}

#[test]
fn without_a_release_and_without_rust_it_says_so() {
    let runner = Runner::new();
    let output = runner.install("v2");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("no release v2 for this machine, and no Rust"));
}

#[test]
fn fresh_pictures_pass_and_stale_ones_fail_by_name() {
    let runner = Runner::new();
    runner.project();
    let output = runner.keep_fresh("check");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    change_a_block(&runner.path("project/lab.yaml"));
    let output = runner.keep_fresh("check");
    assert_eq!(output.status.code(), Some(1));
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("lab.svg") && said.contains("notes.svg"), "{said}");
}

#[test]
fn stale_pictures_are_made_and_pushed_once() {
    let runner = Runner::new();
    runner.project();
    change_a_block(&runner.path("project/lab.yaml"));
    for _ in 0..2 {
        let output = runner.keep_fresh("commit");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(runner.pushed(), "Draw the pictures anew\nfirst\n");
    }
    let picture = shell(&runner.path("remote.git"), "git show main:notes.svg");
    assert!(picture.contains("192.168.33.0/24"));
}

#[test]
fn verdicts_become_a_log_and_fail_nothing() {
    let runner = Runner::new();
    runner.project();
    let log = runner.path("log.sarif");
    let variables = [("VERDICTS", "lab.yaml"), ("SARIF", log.to_str().expect("text"))];
    assert!(runner.run("keep-fresh.sh", "project", &variables).status.success());
    assert!(fs::read_to_string(&log).expect("a log").contains("\"ssh-open\""));
    let variables = [("VERDICTS", "missing.yaml"), ("SARIF", log.to_str().expect("text"))];
    assert!(!runner.run("keep-fresh.sh", "project", &variables).status.success());
}

#[test]
fn completions_are_scripts_that_their_shell_reads() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for shell_name in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = shell(folder.path(), &format!("'{PROGRAM}' completions {shell_name}"));
        assert!(script.contains("check-layout"), "{shell_name}");
        fs::write(folder.path().join(shell_name), script).expect("writable");
    }
    shell(folder.path(), "bash -n bash");
}

#[test]
fn the_manual_has_a_page_of_each_command() {
    let manual = shell(Path::new("."), &format!("'{PROGRAM}' manual"));
    for page in ["eksdiagram 1", "eksdiagram-check 1", "eksdiagram-collect 1"] {
        assert!(manual.contains(&format!(".TH {page}")), "{page}");
    }
}

#[test]
fn workflows_are_yaml_and_run_scripts_that_are_there() {
    let files = ["action.yml", ".pre-commit-hooks.yaml", ".github/workflows/ci.yml", ".github/workflows/release.yml"];
    for file in files {
        let text = fs::read_to_string(file).expect("readable");
        let mut diagnostics = Vec::new();
        let mut sources = eksdiagram::diag::Sources::default();
        let source = sources.add(file, &text);
        assert!(
            syntax::parse(source, &text, &mut diagnostics).is_ok() && diagnostics.is_empty(),
            "{file}: {diagnostics:?}"
        );
        for word in text.split(['"', ' ', '\n']).filter(|word| word.ends_with(".sh")) {
            let script = word.trim_start_matches("$GITHUB_ACTION_PATH/");
            assert!(Path::new(script).is_file(), "{file} runs {word}");
        }
    }
}
