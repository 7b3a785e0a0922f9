//! What the command line promises: what goes where, what is said, the exit code, and that an output is whole or not there.

mod run;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use resvg::usvg::roxmltree;
use run::{Run, empty_folder, folder};
use tempfile::TempDir;

const LAB: [&str; 2] = ["fixtures/study/myeks.yaml", "fixtures/study/cluster.yaml"];
const VPC: &str = "Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n    Properties:\n      CidrBlock: 10.0.0.0/16\n";

/// How many diagnostics of a severity were said.
fn count(run: &Run, severity: &str) -> usize {
    run.err.lines().filter(|line| line.starts_with(&format!("{severity}["))).count()
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_eksdiagram"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str]) -> Run {
    fed(arguments, b"")
}

/// Runs with these bytes on standard input.
fn fed(arguments: &[&str], stdin: &[u8]) -> Run {
    Run::fed(Path::new(env!("CARGO_MANIFEST_DIR")), arguments, stdin)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of characters")
}

fn entries(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).expect("the folder is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Draws one input of these bytes to a file; gives the run and what the folder of the output holds then.
fn drawn(input: &[u8]) -> (Run, Vec<String>) {
    let (inputs, outputs) = (folder(&[("input.yaml", input)]), empty_folder());
    let run = run(&[text(&inputs.path().join("input.yaml")), "-o", text(&outputs.path().join("arch.svg"))]);
    (run, entries(&outputs))
}

/// One error that says this, exit code 1, no output and no rest of one.
fn is_refused(input: &[u8], saying: &[&str]) {
    let (run, left) = drawn(input);
    run.ends(1, saying);
    assert_eq!(count(&run, "error"), 1, "{}", run.err);
    assert_eq!(left, Vec::<String>::new());
}

/// A picture and one warning that says this.
fn is_drawn_with_a_warning(input: &[u8], saying: &[&str]) {
    let (run, left) = drawn(input);
    run.ends(0, saying);
    assert_eq!((count(&run, "warning"), count(&run, "error")), (1, 0), "{}", run.err);
    assert_eq!(left, ["arch.svg"]);
}

#[test]
fn one_run_writes_every_output_in_the_format_of_its_ending() {
    let folder = empty_folder();
    let path = |name: &str| folder.path().join(name);
    let names = ["a.svg", "a.png", "a.drawio", "a.json"];
    let paths: Vec<PathBuf> = names.iter().map(|name| path(name)).collect();
    let mut arguments = LAB.to_vec();
    arguments.extend(paths.iter().flat_map(|path| ["-o", text(path)]));
    run(&arguments).ends(0, &[]);
    let starts = |name: &str, magic: &[u8]| {
        let bytes = fs::read(path(name)).expect("written");
        assert!(bytes.starts_with(magic), "{name}: {:?}", bytes.get(..16));
    };
    starts("a.svg", b"<svg");
    starts("a.png", b"\x89PNG\r\n\x1a\n");
    starts("a.drawio", b"<mxfile");
    starts("a.json", b"{");
    assert_eq!(entries(&folder), ["a.drawio", "a.json", "a.png", "a.svg"]);
}

#[test]
fn without_an_output_the_svg_goes_to_standard_output() {
    let run = run(&LAB);
    run.ends(0, &[]);
    assert_eq!(run.err, "");
    roxmltree::Document::parse(run.out()).expect("well-formed");
}

#[test]
fn a_format_can_be_said_for_standard_output_and_for_other_endings() {
    assert!(run(&["--format", "json", LAB[0]]).out().starts_with('{'));
    let folder = empty_folder();
    let path = folder.path().join("arch.xml");
    run(&[LAB[0], "--format", "drawio", "-o", text(&path)]).ends(0, &[]);
    assert!(fs::read_to_string(path).expect("written").starts_with("<mxfile"));
}

#[test]
fn words_are_korean_where_asked_and_names_are_not() {
    let run = run(&[LAB[0], "--lang", "ko"]);
    run.ends(0, &[]);
    assert!(
        run.out().contains(" lang=\"ko\"")
            && run.out().contains(">가용 영역 ")
            && !run.out().contains("Availability Zone")
    );
    assert!(run.out().contains("PublicSubnet1"));
}

#[test]
fn a_theme_gives_other_colours_to_the_same_picture() {
    let [light, dark] = ["light", "dark"].map(|theme| run(&[LAB[0], "--theme", theme]).out().to_string());
    assert!(dark.contains(".page{fill:#0F1B2A}") && !light.contains("#0F1B2A"));
    assert_eq!(light.lines().count(), dark.lines().count());
    run(&[LAB[0], "--theme", "sepia"]).ends(2, &["light, dark, auto, print"]);
}

#[test]
fn a_dash_is_standard_input() {
    let run = fed(&["-"], VPC.as_bytes());
    run.ends(0, &[]);
    assert!(run.out().contains("10.0.0.0/16"));
    fed(&["-"], b"Resources: [").ends(1, &["--> stdin:1:"]);
}

#[test]
fn standard_input_and_a_file_make_one_picture() {
    let cluster = fs::read(LAB[1]).expect("the fixture is there");
    let (both, alone) = (fed(&[LAB[0], "-"], &cluster), run(&[LAB[0]]));
    both.ends(0, &[]);
    assert!(both.out().contains("myeks-nodegroup") && !alone.out().contains("myeks-nodegroup"));
}

#[test]
fn wrong_usage_ends_with_two_and_writes_nothing() {
    let folder = empty_folder();
    let (good, odd) = (folder.path().join("arch.svg"), folder.path().join("arch.bmp"));
    run(&[LAB[0], "-o", text(&good), "-o", text(&odd)])
        .ends(2, &["arch.bmp", ".svg, .png, .drawio, .drawio.svg, .drawio.png, .html or .json"]);
    assert_eq!(entries(&folder), Vec::<String>::new());
    run(&["--lang", "ko"]).ends(2, &["name an input"]);
    run(&[LAB[0], "--parameter", "KeyName"]).ends(2, &["NAME=VALUE"]);
    run(&[LAB[0], "--scale", "0"]).ends(2, &["0.1 to 16"]);
    run(&[LAB[0], "--chek-layout"]).ends(2, &["--check-layout"]);
}

#[test]
fn a_parameter_decides_a_condition() {
    let template = b"Parameters:\n  Make: {Type: String, Default: 'no'}\nConditions:\n  Made: !Equals [!Ref Make, 'yes']\n\
Resources:\n  Vpc: {Type: AWS::EC2::VPC}\n  Extra: {Type: AWS::EC2::Subnet, Condition: Made, Properties: {VpcId: !Ref Vpc}}\n";
    assert!(!fed(&["-"], template).out().contains("Extra"));
    assert!(fed(&["-", "--parameter", "Make=yes"], template).out().contains("Extra"));
}

#[test]
fn help_is_no_error() {
    let help = run(&["--help"]);
    help.ends(0, &[]);
    assert!(help.out().contains("Exit codes"));
}

#[test]
fn the_readme_names_every_option_and_no_other() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README");
    let table: String =
        readme.lines().skip_while(|line| *line != "## Options").take_while(|l| *l != "## Outputs").collect();
    let help = run(&["--help"]);
    let options = help.out().lines().filter_map(|line| line.trim_start().strip_prefix('-'));
    let mut known: Vec<String> = options.flat_map(|line| long_options(&format!("-{line}"))).collect();
    let mut named = long_options(&table);
    for list in [&mut known, &mut named] {
        list.sort();
        list.dedup();
    }
    assert_eq!(named, known);
}

/// The words of a text that begin with two hyphens.
fn long_options(text: &str) -> Vec<String> {
    let word = |rest: &str| rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect::<String>();
    text.split("--").skip(1).map(word).filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).collect()
}

#[test]
fn an_empty_input_is_refused() {
    is_refused(b"", &["error[empty-input]", "is empty", "give a CloudFormation template"]);
    is_refused(b" \n# only a comment\n", &["error[empty-input]"]);
}

#[test]
fn a_folder_is_refused() {
    let run = run(&["fixtures/study"]);
    run.ends(1, &["error[input-is-a-folder]", "fixtures/study is a folder"]);
    assert_eq!(count(&run, "error"), 1);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    run(&["no-such-template.yaml"]).ends(1, &["error[cannot-read]", "no-such-template.yaml"]);
}

#[test]
fn a_binary_is_refused() {
    is_refused(b"\x7fELF\x02\x01\x01\x00\x00\x00", &["error[not-text]"]);
    is_refused(b"Resources:\n  \xff\xfe\xfd: x\n", &["error[not-text]"]);
}

#[test]
fn a_template_without_resources_is_refused() {
    is_refused(b"AWSTemplateFormatVersion: 2010-09-09\nDescription: x\n", &["error[no-resources]"]);
    is_refused(b"Resources: {}\n", &["error[no-resources]"]);
}

#[test]
fn a_template_of_which_nothing_is_drawn_is_refused_with_what_it_holds() {
    is_refused(
        b"Resources:\n  Role: {Type: AWS::IAM::Role}\n",
        &["error[nothing-to-draw]", "1 AWS::IAM::Role", "docs/drawn.md"],
    );
}

#[test]
fn a_syntax_error_is_one_error_with_its_place() {
    is_refused(b"Resources:\n  Vpc: {Type: AWS::EC2::VPC\n", &["error[yaml-syntax]", "input.yaml:"]);
    is_refused(b"{\"Resources\": {\"Vpc\": {\"Type\": \"AWS::EC2::VPC\",}}}", &["error[json-syntax]", "input.yaml:1:"]);
}

#[test]
fn a_cyclic_reference_is_drawn_with_a_warning_that_shows_the_cycle() {
    let template = "  A:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {GroupDescription: !Ref B}\n  \
B:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {GroupDescription: !Ref A}\n";
    is_drawn_with_a_warning(
        format!("{VPC}{template}").as_bytes(),
        &["warning[circular-dependency]", "A → B → A", "input.yaml:8:"],
    );
}

#[test]
fn a_tag_that_does_not_exist_is_drawn_with_a_warning_that_knows_the_right_one() {
    let template = format!("{VPC}      Tags: [{{Key: Name, Value: !Su \"${{AWS::StackName}}-vpc\"}}]\n");
    is_drawn_with_a_warning(template.as_bytes(), &["warning[unknown-tag]", "`!Su`", "did you mean `!Sub`?", ":6:"]);
}

#[test]
fn a_duplicate_key_is_drawn_with_a_warning_that_shows_both() {
    let template = format!("{VPC}      CidrBlock: 10.9.0.0/16\n");
    is_drawn_with_a_warning(template.as_bytes(), &["warning[duplicate-key]", "input.yaml:6:7", "input.yaml:5:7"]);
}

#[test]
fn utf_16_is_read_in_both_byte_orders() {
    let units: Vec<u16> = std::iter::once(0xFEFF).chain(VPC.encode_utf16()).collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    for bytes in [little, big] {
        let (run, left) = drawn(&bytes);
        run.ends(0, &[]);
        assert_eq!((run.err.as_str(), left.len()), ("", 1));
    }
}

#[test]
fn an_input_over_the_limit_is_refused_before_it_is_parsed() {
    let folder = empty_folder();
    let path = folder.path().join("huge.yaml");
    let file = fs::File::create(&path).expect("writable");
    file.set_len(100 << 20).expect("a sparse file");
    run(&[text(&path)]).ends(1, &["error[input-too-large]", "huge.yaml"]);
}

#[test]
fn warnings_end_in_one_where_they_are_denied_but_the_picture_is_written() {
    let folder = empty_folder();
    let path = folder.path().join("arch.svg");
    let arguments = ["fixtures/bad/duplicate-key.yaml", "--deny", "warnings", "-o", text(&path)];
    run(&arguments).ends(1, &["warning[duplicate-key]"]);
    assert_eq!(entries(&folder), ["arch.svg"]);
}

#[test]
fn quiet_says_errors_only() {
    let run = run(&["-q", "fixtures/bad/duplicate-key.yaml"]);
    run.ends(0, &[]);
    assert_eq!(run.err, "");
}

#[test]
fn the_laws_are_counted_on_the_last_line() {
    let run = run(&[LAB[0], LAB[1], "--check-layout"]);
    assert_eq!(run.err.lines().last(), Some("laws: 0 broken"));
    run.ends(0, &[]);
}

#[test]
fn verbose_checking_says_how_good_the_picture_is() {
    let run = run(&[LAB[0], LAB[1], "--check-layout", "-v"]);
    run.ends(
        0,
        &[" items, 11 laws", " crossings, 0 hits, ", " bends an edge, ", " foreign borders crossed, ", "aspect "],
    );
    assert_eq!(run.err.lines().last(), Some("laws: 0 broken"));
}

#[test]
fn an_output_in_a_folder_that_is_not_there_leaves_nothing_behind() {
    let folder = empty_folder();
    run(&[LAB[0], "-o", text(&folder.path().join("missing/arch.svg"))]).ends(1, &["error[cannot-write]", "arch.svg"]);
    assert_eq!(entries(&folder), Vec::<String>::new());
}

#[test]
fn of_several_outputs_all_are_written_or_none() {
    let folder = empty_folder();
    let (good, bad) = (folder.path().join("arch.svg"), folder.path().join("missing/arch.png"));
    run(&[LAB[0], "-o", text(&good), "-o", text(&bad)]).ends(1, &["error[cannot-write]", "arch.png"]);
    assert_eq!(entries(&folder), Vec::<String>::new());
}

#[test]
fn an_output_that_is_a_folder_is_refused() {
    let folder = empty_folder();
    let path = folder.path().join("arch.svg");
    fs::create_dir(&path).expect("writable");
    run(&[LAB[0], "-o", text(&path)]).ends(1, &["error[output-is-a-folder]"]);
    assert_eq!(entries(&folder), ["arch.svg"]);
}

#[test]
fn an_older_output_is_untouched_when_nothing_is_drawn_and_replaced_when_something_is() {
    let folder = folder(&[("arch.svg", b"older")]);
    let path = folder.path().join("arch.svg");
    run(&["fixtures/bad/tab.yaml", "-o", text(&path)]).ends(1, &[]);
    assert_eq!(fs::read(&path).expect("still there"), b"older");
    run(&[LAB[0], "-o", text(&path)]).ends(0, &[]);
    assert!(fs::read(&path).expect("there").starts_with(b"<svg"));
    assert_eq!(entries(&folder), ["arch.svg"]);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = program().args(LAB).spawn().expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn messages_that_nobody_reads_do_not_stop_the_picture() {
    for arguments in [&["fixtures/bad/duplicate-key.yaml"][..], &[LAB[0], LAB[1], "--check-layout"]] {
        let mut child = program().args(arguments).spawn().expect("the program runs");
        drop(child.stderr.take());
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(output.stdout.starts_with(b"<svg"), "{arguments:?}");
    }
}

/// A template of this many VPCs, with names that no file can have.
fn vpcs(n: usize) -> String {
    let vpc = |n| {
        format!(
            "  Vpc{n}:\n    Type: AWS::EC2::VPC\n    Properties: {{CidrBlock: 10.{n}.0.0/16, Tags: [{{Key: Name, Value: 'net {n}/../x'}}]}}\n"
        )
    };
    std::iter::once("Resources:\n".to_string()).chain((1..=n).map(vpc)).collect()
}

#[test]
fn many_vpcs_are_an_overview_and_numbered_files_beside_it() {
    let folder = folder(&[("vpcs.yaml", vpcs(9).as_bytes())]);
    let path = |name: &str| folder.path().join(name);
    let outputs = ["arch.svg", "arch.drawio"].map(path);
    let arguments = [text(&path("vpcs.yaml")), "-o", text(&outputs[0]), "-o", text(&outputs[1])].map(str::to_string);
    run(&arguments.each_ref().map(String::as_str)).ends(0, &[]);
    let mut expected: Vec<String> = (1..=9).map(|n| format!("arch-{:02}-net-{n}-x.svg", n + 1)).collect();
    expected.extend(["arch.drawio", "arch.svg", "vpcs.yaml"].map(str::to_string));
    assert_eq!(entries(&folder), expected);
    assert!(fs::read_to_string(path("arch-03-net-2-x.svg")).expect("written").contains("10.2.0.0/16"));

    let drawio = fs::read_to_string(&outputs[1]).expect("written");
    let document = roxmltree::Document::parse(&drawio).expect("well-formed");
    let pages: Vec<_> = document.root_element().children().filter(|node| node.has_tag_name("diagram")).collect();
    let names: Vec<_> = pages.iter().filter_map(|page| page.attribute("name")).collect();
    assert_eq!((names.len(), names[0], names[9]), (10, "Overview", "net 9/../x"));
    let mut ids: Vec<_> = pages.iter().filter_map(|page| page.attribute("id")).collect();
    ids.dedup();
    assert_eq!(ids.len(), 10);
}

#[test]
fn many_vpcs_are_one_page_where_nothing_is_folded() {
    let folder = folder(&[("vpcs.yaml", vpcs(9).as_bytes())]);
    let path = |name: &str| folder.path().join(name);
    run(&[text(&path("vpcs.yaml")), "--expand", "-o", text(&path("arch.svg"))]).ends(0, &[]);
    assert_eq!(entries(&folder), ["arch.svg", "vpcs.yaml"]);
}

#[test]
fn standard_output_gets_the_overview_and_says_what_is_missing() {
    let run = fed(&["-", "--format", "json"], vpcs(9).as_bytes());
    run.ends(0, &["warning[pages-left-out]", "10 pages", "-o arch.svg", "--expand"]);
    assert!(run.out().contains("10.9.0.0/16"));
    let drawio = fed(&["-", "--format", "drawio"], vpcs(9).as_bytes());
    assert_eq!((drawio.err.as_str(), drawio.out().matches("<diagram ").count()), ("", 10));
}

#[test]
fn of_several_pages_all_are_written_or_none() {
    let folder = folder(&[("vpcs.yaml", vpcs(9).as_bytes())]);
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("arch-05-net-4-x.svg")).expect("writable");
    run(&[text(&path("vpcs.yaml")), "-o", text(&path("arch.svg"))]).ends(1, &["error[output-is-a-folder]"]);
    assert_eq!(entries(&folder), ["arch-05-net-4-x.svg", "vpcs.yaml"]);
}

#[test]
fn folding_and_detail_are_as_asked() {
    let hosts = |n| format!("  Host{n}: {{Type: AWS::EC2::Instance, Properties: {{SubnetId: !Ref Subnet}}}}\n");
    let subnet = "  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}\n";
    let template: String = [VPC.to_string(), subnet.to_string()].into_iter().chain((1..=8).map(hosts)).collect();
    let drawn = |arguments: &[&str]| {
        let run = fed(&[&["-", "--format", "json"], arguments].concat(), template.as_bytes());
        run.ends(0, &[]);
        run.out().matches(r#""kind":"icon""#).count()
    };
    assert_eq!(
        (drawn(&[]), drawn(&["--expand"]), drawn(&["--collapse", "9"]), drawn(&["--collapse", "2"])),
        (1, 8, 8, 1)
    );
    let words = |level| fed(&["-", "--format", "json", "--detail", level], template.as_bytes()).out().to_string();
    assert!(!words("low").contains(r#"["isolated: "#) && words("normal").contains(r#"["isolated: "#));
    assert!(words("high").len() > words("normal").len());
    run(&["-", "--expand", "--collapse", "3"]).ends(2, &["--collapse"]);
    run(&["-", "--collapse", "1"]).ends(2, &["from 2 on"]);
}

/// A name that would break a page that did not escape it, with each character that a format forbids or that
/// turns the text around.
const HOSTILE: &str =
    r#"</text><script>alert('1')</script>\" onload=\"x ]]> & &lt; %0A \u202E\u0001\uFFFE\n\u0000 'q' 가나"#;

#[test]
fn hostile_names_are_text_in_every_format() {
    let template = format!(
        r#"{{"Resources": {{
            "Vpc": {{"Type": "AWS::EC2::VPC", "Properties": {{"CidrBlock": "{HOSTILE}", "Tags": [{{"Key": "Name", "Value": "{HOSTILE}"}}]}}}},
            "<b onclick='x'>&": {{"Type": "AWS::EC2::Subnet", "Properties": {{"VpcId": {{"Ref": "Vpc"}}, "AvailabilityZone": "{HOSTILE}"}}}},
            "Host": {{"Type": "AWS::EC2::Instance", "Properties": {{"SubnetId": {{"Ref": "<b onclick='x'>&"}}, "InstanceType": "{HOSTILE}"}}}}
        }}}}"#
    );
    for format in ["svg", "drawio"] {
        let run = fed(&["-", "--format", format, "--title", "\"><script>\u{202E}"], template.as_bytes());
        run.ends(0, &[]);
        let page = run.out();
        let document = roxmltree::Document::parse(page).unwrap_or_else(|error| panic!("{format}: {error}"));
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            assert!(!["script", "b"].contains(&node.tag_name().name()), "{format}: a name became an element");
            assert!(node.attributes().all(|a| !a.name().starts_with("on")), "{format}: a name became an attribute");
        }
        assert!(!page.contains(['\u{1}', '\u{FFFE}', '\0']), "{format} holds a character that XML forbids");
        let shown =
            document.descendants().flat_map(|node| [node.text(), node.attribute("label"), node.attribute("tooltip")]);
        assert!(!shown.flatten().any(|text| text.contains('\u{202E}')), "{format} shows a text turned around");
        assert!(page.contains("가나"), "{format} lost the name");
    }
    let json = fed(&["-", "--format", "json"], template.as_bytes());
    serde_json::from_str::<serde_json::Value>(json.out()).expect("JSON");
    assert!(fed(&["-", "--format", "png"], template.as_bytes()).out.starts_with(b"\x89PNG"));
}

/// draw.io shows a cell's value as HTML: what a name escapes once must be escaped twice there.
#[test]
fn hostile_names_are_no_html_in_draw_io() {
    let template = r#"{"Resources": {"Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"Tags": [{"Key": "Name", "Value": "<img src=x onerror=alert(1)>"}]}}}}"#;
    let run = fed(&["-", "--format", "drawio"], template.as_bytes());
    let document = roxmltree::Document::parse(run.out()).expect("well-formed");
    let values = document.descendants().flat_map(|node| ["value", "label"].map(|name| node.attribute(name)));
    for value in values.flatten() {
        assert!(!value.contains("<img"), "{value}");
    }
}

/// What is in a folder's file after a run that draws the VPC over it.
fn drawn_over(there: &[u8], arguments: &[&str]) -> (Run, Vec<u8>) {
    let folder = folder(&[("net.yaml", VPC.as_bytes()), ("net.drawio", there)]);
    let (input, output) = (folder.path().join("net.yaml"), folder.path().join("net.drawio"));
    let run = run(&[&[text(&input), "-o", text(&output)], arguments].concat());
    (run, fs::read(&output).expect("the file is there"))
}

#[test]
fn a_draw_io_file_that_is_not_ours_or_damaged_is_written_over_only_when_asked() {
    let (_, fresh) = drawn_over(b"", &[]);
    let theirs = b"<mxfile><diagram id=\"a\" name=\"A\"><mxGraphModel><root><mxCell id=\"0\"/></root></mxGraphModel></diagram></mxfile>";
    for (there, saying) in [
        (theirs.as_slice(), "error[not-ours]"),
        (b"<mxfile><diagram", "error[cannot-draw-over]"),
        (&fresh[..fresh.len() / 2], "error[cannot-draw-over]"),
        (b"\x89PNG\r\n\x1a\n", "error[cannot-draw-over]"),
        (b"\xFF\xFE", "error[cannot-draw-over]"),
    ] {
        let (run, left) = drawn_over(there, &[]);
        run.ends(1, &[saying, "--fresh"]);
        assert!(left == there, "{saying}");
        let (run, left) = drawn_over(there, &["--fresh"]);
        run.ends(0, &[]);
        assert!(left == fresh, "{saying}");
    }
}

#[test]
fn drawn_over_without_handwork_a_draw_io_file_is_the_same_and_nothing_is_said() {
    let (_, fresh) = drawn_over(b"", &[]);
    let (run, again) = drawn_over(&fresh, &[]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(again == fresh);
}

#[test]
fn what_a_person_did_to_a_draw_io_file_is_kept_and_told() {
    let (_, fresh) = drawn_over(b"", &[]);
    let fresh = String::from_utf8(fresh).expect("text");
    let note = "<mxCell id=\"mine\" value=\"a note\" style=\"shape=note;\" vertex=\"1\" parent=\"1\">\n<mxGeometry x=\"9\" y=\"9\" width=\"9\" height=\"9\" as=\"geometry\"/>\n</mxCell>\n";
    let worked_on = fresh.replacen("</root>", &format!("{note}</root>"), 1);
    let (run, left) = drawn_over(worked_on.as_bytes(), &[]);
    run.ends(0, &["note[drawn-over]", "kept by hand: 1 added"]);
    assert!(String::from_utf8(left).expect("text").contains("a note"));
    let (run, left) = drawn_over(worked_on.as_bytes(), &["--fresh"]);
    assert_eq!((run.err.as_str(), left == fresh.as_bytes()), ("", true));
}

#[test]
fn a_picture_that_hides_handwork_is_written_with_a_warning() {
    let folder = folder(&[("net.yaml", VPC.as_bytes())]);
    let (input, output) = (folder.path().join("net.yaml"), folder.path().join("net.drawio.svg"));
    run(&[text(&input), "-o", text(&output)]).ends(0, &[]);
    let svg = fs::read_to_string(&output).expect("the picture");
    fs::write(&output, svg.replacen("value=&quot;Network&quot;", "value=&quot;Mine&quot;", 1)).expect("writable");
    run(&[text(&input), "-o", text(&output)]).ends(0, &["warning[picture-without-handwork]", "1 relabelled"]);
    assert!(fs::read_to_string(&output).expect("the picture").contains("value=&quot;Mine&quot;"));
}

#[test]
fn a_link_base_is_an_address_of_the_web() {
    for address in ["javascript:alert(1)", "https://x/\"><script>", "example.com"] {
        run(&[LAB[0], "-o", "never.svg", "--link-base", address]).ends(2, &["expected https://"]);
    }
}

#[test]
fn check_says_verdicts_on_standard_output_and_counts_them() {
    let check = run(&["check", LAB[0], LAB[1], "--color", "never"]);
    check.ends(0, &[]);
    assert!(check.out().contains("warning[ssh-open]: myeks-host is open to 0.0.0.0/0 by SSH"), "{}", check.out());
    assert!(check.out().contains("= source: Amazon VPC user guide"), "{}", check.out());
    assert_eq!(check.out().lines().last(), Some("0 errors, 6 warnings, 1 note"));
    let quiet = run(&["check", "-q", LAB[0], LAB[1]]);
    assert_eq!(quiet.out(), "0 errors, 0 warnings\n");
}

#[test]
fn check_ends_with_one_on_an_error_or_on_a_denied_warning_and_never_for_what_is_unknown() {
    let fixture = |code: &str, state: &str| format!("fixtures/verdicts/{code}/{state}.yaml");
    run(&["check", &fixture("nodes-without-route", "fails")]).ends(1, &[]);
    let open = fixture("public-endpoint-open", "fails");
    run(&["check", &open]).ends(0, &[]);
    run(&["check", &open, "--deny", "warnings"]).ends(1, &[]);
    let unknown = run(&["check", &fixture("subnets-overlap", "unknown"), "--deny", "warnings"]);
    unknown.ends(0, &[]);
    assert_eq!(unknown.out().lines().last(), Some("0 errors, 0 warnings, 2 unknown"));
}

#[test]
fn check_takes_the_parameters_that_a_drawing_takes() {
    let template = "fixtures/verdicts/modes/template.yaml";
    let with = |private: &str| {
        let parameter = format!("PrivateAccess={private}");
        run(&["check", template, "--parameter", &parameter, "--color", "never"]).out().to_string()
    };
    assert!(with("false").contains("error[nodes-without-route]"));
    assert!(!with("true").contains("nodes-without-route"));
}

#[test]
fn check_refuses_what_has_no_network_and_what_cannot_be_read() {
    run(&["check"]).ends(2, &["INPUT"]);
    run(&["check", "fixtures/bad/tab.yaml"]).ends(1, &["error["]);
    let bucket = b"Resources:\n  Role: {Type: AWS::IAM::Role}\n";
    fed(&["check", "-"], bucket).ends(1, &["error[nothing-to-draw]"]);
}

#[test]
fn a_finding_is_a_verdict_or_a_message_and_not_both() {
    let check = run(&["check", "fixtures/bad/subnet-outside-vpc.yaml", "--color", "never"]);
    check.ends(1, &[]);
    assert!(check.out().contains("error[subnet-outside-vpc]"));
    assert_eq!(count(&check, "warning"), 0, "{}", check.err);
}

#[test]
fn a_file_that_is_called_like_a_command_is_drawn_by_its_path() {
    let folder = folder(&[("check", VPC.as_bytes())]);
    let drawn = program().current_dir(folder.path()).arg("./check").output().expect("the program runs");
    assert_eq!(drawn.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&drawn.stdout).contains("<svg"));
    run(&[LAB[0], LAB[1], "check"]).ends(1, &["check"]);
}

#[test]
fn verdicts_for_programs_are_json_with_their_rule_and_places() {
    let check = run(&["check", "--format", "json", "fixtures/verdicts/nodes-without-route/fails.yaml"]);
    let verdicts: serde_json::Value = serde_json::from_str(check.out()).expect("JSON");
    let verdict = &verdicts[0];
    assert_eq!((&verdict["code"], &verdict["state"]), (&"nodes-without-route".into(), &"fails".into()));
    assert_eq!(verdict["breaks"][0]["path"], "nodes-to-api");
    assert_eq!(verdict["breaks"][0]["start"], "fails/Nodes");
    assert_eq!(verdict["because"][0]["file"], "fixtures/verdicts/nodes-without-route/fails.yaml");
    assert!(verdict["source"]["url"].as_str().is_some_and(|url| url.starts_with("https://docs.aws.amazon.com/")));
}

#[test]
fn a_view_of_clusters_needs_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let vpc = folder.path().join("vpc.yaml");
    fs::write(&vpc, VPC).expect("written");
    let run = run(&[vpc.to_str().expect("UTF-8"), "--view", "endpoint", "--format", "svg"]);
    run.ends(1, &["error[no-cluster]", "--view network"]);
    assert!(run.out.is_empty());
}

#[test]
fn all_views_are_pages_of_one_drawio_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("all.drawio");
    let mut arguments = LAB.to_vec();
    arguments.extend(["--view", "all", "--check-layout", "-o", file.to_str().expect("UTF-8")]);
    run(&arguments).ends(0, &["laws: 0 broken"]);
    let text = fs::read_to_string(&file).expect("written");
    let document = roxmltree::Document::parse(&text).expect("XML");
    let pages = document.descendants().filter(|node| node.has_tag_name("diagram")).count();
    assert_eq!(pages, 6, "network, endpoint, control plane, data plane, Kubernetes, endpoint modes");
}

#[test]
fn an_assumed_mode_redraws_the_ways_to_the_api() {
    let drawn = |mode: &str| {
        let mut arguments = LAB.to_vec();
        arguments.extend(["--view", "endpoint", "--endpoint", mode, "--format", "json"]);
        run(&arguments).out().to_string()
    };
    assert!(drawn("public").contains("Route 53 Resolver"));
    assert!(drawn("private").contains("Private hosted zone"));
}

#[test]
fn steps_are_numbered_where_that_is_asked_for() {
    let numbered = |asked: &[&str]| {
        let mut arguments = LAB.to_vec();
        arguments.extend(["--view", "endpoint", "--format", "json"]);
        arguments.extend(asked);
        run(&arguments).out().matches(r##"#step","##).count()
    };
    assert_eq!(numbered(&[]), 0);
    assert!(numbered(&["--steps"]) > 4);
}

#[test]
fn no_line_of_hybrid_nodes_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("hybrid.yaml");
    let config = "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: h, region: eu-west-1}\n\
        vpc: {clusterEndpoints: {publicAccess: false, privateAccess: true}}\n\
        remoteNetworkConfig: {iam: {provider: SSM}, remoteNodeNetworks: [{cidrs: [10.80.0.0/16]}]}\n";
    fs::write(&file, config).expect("written");
    let drawn = run(&[file.to_str().expect("UTF-8"), "--view", "endpoint", "--format", "json"]);
    drawn.ends(0, &[]);
    assert!(!drawn.err.contains("line-not-drawn"), "{}", drawn.err);
    assert!(drawn.out().contains("hybrid-nodes/10.80.0.0/16"));
}
