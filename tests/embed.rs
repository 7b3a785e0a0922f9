//! `embed`: documents get the pictures that they ask for, and nothing else in them changes.

mod names;
mod run;

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use run::{Run, empty_folder, folder, read, run_in};
use tempfile::TempDir;

const NOTES: &str = "endpoint-access.md";
const VPC: &str = "Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n    Properties:\n      CidrBlock: 10.0.0.0/16\n";

fn embed_in(folder: &Path, arguments: &[&str]) -> Run {
    run_in(folder, &[&["embed"], arguments].concat())
}

/// The notes' folder, apart from the project.
fn notes() -> TempDir {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/notes");
    let copy = empty_folder();
    for file in files(&source) {
        let to = copy.path().join(file.strip_prefix(&source).expect("it is in it"));
        fs::create_dir_all(to.parent().expect("a folder")).expect("writable");
        fs::copy(file, to).expect("writable");
    }
    copy
}

/// The files in a folder and in those in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// A document with its alternative texts taken out: all that embedding may not change.
fn without_alts(document: &str) -> String {
    let mut rest = document;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once("eksdiagram: ") {
        let end = after.find(['\n', ']', '"']).unwrap_or(after.len());
        // A marker stays.
        let kept = if before.ends_with("<!-- ") { &after[..end] } else { "" };
        out.extend([before, kept]);
        rest = &after[end..];
    }
    out + rest
}

#[test]
fn the_projects_own_notes_are_fresh() {
    let notes = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/notes");
    embed_in(&notes, &[NOTES, "--check"]).ends(0, &[]);
}

#[test]
fn notes_whose_template_changes_are_stale_until_they_are_embedded_again() {
    let notes = notes();
    let notes = notes.path();
    let before = read(notes, NOTES);
    embed_in(notes, &[NOTES, "--check"]).ends(0, &[]);

    let template = read(notes, "lab/vpc.yaml");
    fs::write(notes.join("lab/vpc.yaml"), template.replace("10.30.", "10.31.")).expect("writable");
    let stale = embed_in(notes, &[NOTES, "--check"]);
    stale.ends(1, &["images/lab.svg is not what would be written now", "images/private.svg", "images/both-dark.svg"]);
    assert_eq!(read(notes, NOTES), before, "--check writes nothing");
    assert!(!read(notes, "images/lab.svg").contains("10.31."), "--check writes nothing");

    embed_in(notes, &[NOTES]).ends(0, &[]);
    embed_in(notes, &[NOTES, "--check"]).ends(0, &[]);
    let after = read(notes, NOTES);
    assert!(
        after != before && after.contains("10.31.0.0/16") && read(notes, "images/lab.svg").contains("10.31.0.0/16")
    );
    assert_eq!(without_alts(&after), without_alts(&before), "only texts beside pictures change");
    assert!(after.contains("![프라이빗 엔드포인트: 작업용 호스트만 API 서버에 닿는다]"), "a person's text stays");
}

#[test]
fn nothing_but_pictures_and_texts_beside_them_is_written() {
    let notes = notes();
    let notes = notes.path();
    let others = |folder: &Path| {
        let others =
            files(folder).into_iter().filter(|file| !file.ends_with(NOTES) && !file.starts_with(folder.join("images")));
        others.map(|file| fs::read(file).expect("readable")).collect::<Vec<_>>()
    };
    let before = others(notes);
    fs::remove_dir_all(notes.join("images")).expect("writable");
    embed_in(notes, &[NOTES]).ends(0, &[]);
    assert!(others(notes) == before);
    let made: Vec<String> = files(&notes.join("images"))
        .iter()
        .map(|file| file.file_name().expect("a name").to_string_lossy().into_owned())
        .collect();
    assert_eq!(made, ["both-dark.svg", "both.svg", "lab.svg", "private.svg", "public.svg"]);
}

#[test]
fn line_ends_a_byte_order_mark_and_a_missing_last_line_end_stay() {
    let document = "\u{FEFF}# 제목  \r\n\r\n<!-- eksdiagram: vpc.yaml -->\r\n![](a.svg)\r\ntrailing \t\r\nno end";
    let folder = folder(&[("doc.md", document), ("vpc.yaml", VPC)]);
    embed_in(folder.path(), &["doc.md"]).ends(0, &[]);
    let after = read(folder.path(), "doc.md");
    let alt = "eksdiagram: VPC Vpc 10.0.0.0/16";
    assert_eq!(after, document.replace("![](", &format!("![{alt}](")));
}

#[test]
fn a_picture_is_the_same_wherever_the_program_runs() {
    let folder = folder(&[
        ("notes/doc.md", "<!-- eksdiagram: ../vpc.yaml --link-base https://example.com/x -->\n![](a.svg)\n"),
        ("vpc.yaml", VPC),
    ]);
    embed_in(folder.path(), &["notes/doc.md"]).ends(0, &[]);
    let picture = read(folder.path(), "notes/a.svg");
    embed_in(folder.path(), &["./notes/doc.md", "--check"]).ends(0, &[]);
    embed_in(&folder.path().join("notes"), &["doc.md"]).ends(1, &["../vpc.yaml is outside of the folder"]);
    assert_eq!(read(folder.path(), "notes/a.svg"), picture);
}

#[test]
fn a_block_may_hold_the_template_and_its_messages_point_into_the_document() {
    let block = format!("# One\n\n```eksdiagram --title Mine\n{VPC}```\n![](a.svg)\n");
    let folder = folder(&[("doc.md", &block), ("bad.md", &block.replace("CidrBlock:", "CidrBlok:"))]);
    embed_in(folder.path(), &["doc.md"]).ends(0, &[]);
    assert!(read(folder.path(), "a.svg").contains(">Mine<"));
    embed_in(folder.path(), &["bad.md", "--check"]).ends(1, &["did you mean `CidrBlock`?", "bad.md:8:7"]);
}

#[test]
fn a_document_neither_reads_nor_writes_outside_of_its_folder() {
    for (marker, picture) in [
        ("../vpc.yaml", "a.svg"),
        ("/etc/passwd", "a.svg"),
        ("vpc.yaml --parameters /etc/passwd", "a.svg"),
        ("vpc.yaml --icons ..", "a.svg"),
        ("vpc.yaml", "../a.svg"),
        ("vpc.yaml", "..%2Fa.svg"),
        ("vpc.yaml", "new/../../a.svg"),
    ] {
        let document = format!("<!-- eksdiagram: {marker} -->\n![]({picture})\n");
        let folder = folder(&[("in/doc.md", document.as_str()), ("in/vpc.yaml", VPC), ("vpc.yaml", VPC)]);
        embed_in(&folder.path().join("in"), &["doc.md"]).ends(1, &["error[outside-folders]", "doc.md:1:1"]);
        assert_eq!(files(folder.path()).len(), 3, "{marker} {picture}");
    }
}

#[test]
fn what_is_wrong_is_said_with_the_documents_line_and_nothing_is_written() {
    for (document, saying) in [
        ("<!-- eksdiagram: vpc.yaml -->\n\nWords.\n", "error[no-picture-below]"),
        ("<!-- eksdiagram: vpc.yaml --veiw all -->\n![](a.svg)\n", "a similar argument exists: '--view'"),
        ("<!-- eksdiagram: vpc.yaml --view al -->\n![](a.svg)\n", "a similar value exists: 'all'"),
        ("<!-- eksdiagram: vpc.yaml -o b.svg -->\n![](a.svg)\n", "unexpected argument '-o' found"),
        ("<!-- eksdiagram: \"vpc.yaml -->\n![](a.svg)\n", "a quote is opened and not closed"),
        ("<!-- eksdiagram: --steps -->\n![](a.svg)\n", "no input is named"),
        ("<!-- eksdiagram: - -->\n![](a.svg)\n", "- is the template that a block holds"),
        ("<!-- eksdiagram: gone.yaml -->\n![](a.svg)\n", "gone.yaml cannot be read"),
        ("<!-- eksdiagram: vpc.yaml -->\n![](a.json)\n", "a document shows .svg and .png"),
        ("<!-- eksdiagram: vpc.yaml -->\n![](https://example.com/a.svg)\n", "and no address"),
        (
            "<!-- eksdiagram: vpc.yaml -->\n![](a.svg)\n<!-- eksdiagram: vpc.yaml --theme dark -->\n![](a.svg)\n",
            "a.svg is asked for twice",
        ),
    ] {
        let good = "<!-- eksdiagram: vpc.yaml -->\n![](good.svg)\n";
        let folder = folder(&[("doc.md", document), ("good.md", good), ("vpc.yaml", VPC)]);
        embed_in(folder.path(), &["good.md", "doc.md"]).ends(1, &[saying, "--> doc.md:"]);
        assert_eq!(files(folder.path()).len(), 3, "{document}");
        assert_eq!(read(folder.path(), "doc.md"), document);
    }
}

/// Where pictures stand in a document: in a table in a quotation, in a paragraph, in HTML in a list.
fn places(input: &str, picture: &str) -> String {
    let marker = format!("<!-- eksdiagram: {input} --expand -->");
    format!(
        "> | a | b |\n> |---|---|\n> | {marker} ![]({picture}-1.svg \"t\") | x |\n\n{marker}\n![]({picture}-2.svg)\n\n\
         - x\n\n  {marker}\n  <img src=\"{picture}-3.svg\"><b>y</b>\n\n"
    )
}

/// A document as CommonMark has it, and beside it the texts that stand for its pictures. In HTML an `alt` is the first.
fn understood(document: &str) -> (Vec<String>, Vec<String>) {
    let (mut rest, mut alts, mut within) = (Vec::new(), Vec::new(), false);
    for event in Parser::new_ext(document, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Image { .. }) => {
                within = true;
                rest.push(format!("{event:?}"));
                alts.push(String::new());
            }
            Event::End(TagEnd::Image) => within = false,
            Event::Text(text) if within => alts.last_mut().expect("a picture").push_str(&text),
            Event::Html(html) | Event::InlineHtml(html) => match html.split_once("<img alt=\"") {
                Some((before, after)) => {
                    let (alt, after) = after.split_once('"').expect("the value ends");
                    rest.push(format!("{before}<img{after}"));
                    alts.push(quick_xml::escape::unescape(alt).expect("references that are known").into_owned());
                }
                None => rest.push(html.into_string()),
            },
            event => {
                assert!(!within, "there is markup in the text of a picture: {event:?}");
                rest.push(format!("{event:?}"));
            }
        }
    }
    (rest, alts)
}

#[test]
fn of_every_hostile_name_a_document_gets_a_text_and_nothing_else() {
    let all = names::all();
    let document: String = all.keys().map(|word| places(&format!("{word}.json"), word)).collect();
    let folder = folder(&[("doc.md", &document)]);
    for (word, name) in &all {
        let tags = serde_json::json!([{ "Key": "Name", "Value": name }]);
        let vpc =
            serde_json::json!({ "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.0.0.0/16", "Tags": tags } });
        let template = serde_json::json!({ "Resources": { "Vpc": vpc } }).to_string();
        fs::write(folder.path().join(format!("{word}.json")), template).expect("writable");
    }
    embed_in(folder.path(), &["doc.md"]).ends(0, &[]);
    let after = read(folder.path(), "doc.md");
    assert_eq!(after.lines().count(), document.lines().count());
    assert!(!after.contains(|c| c != '\n' && names::steers(c)) && !after.contains("{{"), "{after}");
    let (rest, alts) = understood(&after);
    assert_eq!(rest, understood(&document).0, "it is read as another document");
    let wanted = all.values().map(|name| format!("eksdiagram: VPC {} 10.0.0.0/16", names::plain(name)));
    assert_eq!(alts, wanted.flat_map(|alt| [alt.clone(), alt.clone(), alt]).collect::<Vec<_>>());
    embed_in(folder.path(), &["doc.md", "--check"]).ends(0, &[]);
}

#[test]
fn hostile_templates_clusters_and_accounts_stay_texts_in_a_document() {
    let document: String = names::INPUTS.iter().map(|input| places(input, input)).collect();
    let folder = folder(&[("doc.md", &document)]);
    for input in names::INPUTS {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(names::path(input));
        fs::copy(source, folder.path().join(input)).expect("writable");
    }
    embed_in(folder.path(), &["doc.md"]).ends(0, &[]);
    let after = read(folder.path(), "doc.md");
    assert_eq!(after.lines().count(), document.lines().count());
    let (rest, alts) = understood(&after);
    assert_eq!(rest, understood(&document).0, "it is read as another document");
    assert!(alts.len() == 9 && alts.iter().all(|alt| alt.starts_with("eksdiagram: ") && !alt.contains(names::steers)));
    let expected: Vec<String> = (0..3)
        .flat_map(|_| 1..=3)
        .zip(names::INPUTS.iter().flat_map(|input| [input; 3]))
        .map(|(n, input)| format!("{input}-{n}.svg"))
        .collect();
    assert!(expected.iter().all(|picture| folder.path().join(picture).is_file()));
    assert_eq!(files(folder.path()).len(), 1 + 3 + 9, "nothing was written elsewhere");
}
