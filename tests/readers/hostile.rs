//! Hostile names in a browser in which scripts may run, and in the real draw.io: nothing of them runs.

use std::ffi::OsStr;
use std::process::Command;

use crate::names;

#[test]
fn nothing_of_a_hostile_name_runs_in_a_browser_or_in_draw_io() {
    if !crate::readers_are_here() {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut files = Vec::new();
    for input in names::INPUTS {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eksdiagram"));
        command.arg(crate::project().join(names::path(input))).arg("--expand");
        for ending in ["svg", "drawio.svg", "drawio", "html"] {
            let file = folder.path().join(format!("{input}.{ending}"));
            command.arg("-o").arg(&file);
            files.push(file);
        }
        assert!(command.output().expect("the program runs").status.success(), "{input}");
    }
    // That a script would be seen.
    let control = folder.path().join("control.svg");
    let script =
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>window.hacked=0</script><a href=\"javascript:x\"/></svg>";
    std::fs::write(&control, script).expect("writable");
    files.push(control);
    let arguments: Vec<&OsStr> = files.iter().map(|file| file.as_os_str()).collect();
    let found = crate::told("hostile.mjs", &arguments);
    for (file, ran) in found.as_object().expect("a report of each file") {
        let expected = match file.as_str() {
            "control.svg" => serde_json::json!(["script 0 ran", "link: javascript:x"]),
            _ => serde_json::json!([]),
        };
        assert_eq!(*ran, expected, "{file}");
    }
    assert_eq!(found.as_object().map(serde_json::Map::len), Some(files.len()));
}
