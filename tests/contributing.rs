//! What the documents for contributors name is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const DOCUMENTS: [&str; 9] = [
    "CONTRIBUTING.md",
    "SECURITY.md",
    ".github/pull_request_template.md",
    ".github/ISSUE_TEMPLATE/1-wrong-answer.md",
    ".github/ISSUE_TEMPLATE/2-bug.md",
    "tests/cases/README.md",
    "tests/articles/README.md",
    "tests/frames/README.md",
    "tests/golden/README.md",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(document: &str) -> String {
    fs::read_to_string(root().join(document)).unwrap_or_else(|error| panic!("{document}: {error}"))
}

/// Every file and folder of the repository, as a path from its root.
fn everything(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        if name != "target" && name != ".git" {
            found.insert(name);
            if path.is_dir() {
                everything(&path, found);
            }
        }
    }
}

/// The paths a document names between grave accents: with a slash or an ending, and nothing but a path.
fn named_paths(text: &str) -> impl Iterator<Item = &str> {
    const ENDINGS: [&str; 6] = [".rs", ".md", ".txt", ".toml", ".rules", ".json"];
    let spans = text.split("```").step_by(2).flat_map(|prose| prose.split('`').skip(1).step_by(2));
    spans.map(|span| span.trim_end_matches('/')).filter(|span| {
        let plain = span.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte));
        plain && (span.contains('/') || ENDINGS.iter().any(|ending| span.ends_with(ending)))
    })
}

/// The tests, benches and examples that commands name.
fn named_targets(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let words = text.split(|letter: char| letter.is_whitespace() || "`;,)(".contains(letter));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let triples: Vec<[&str; 3]> = words.windows(3).map(|words| [words[0], words[1], words[2]]).collect();
    // Behind `--` options go to the program.
    triples.into_iter().filter(|[before, ..]| *before != "--").filter_map(|[_, option, name]| match option {
        "--test" => Some(("tests", name)),
        "--bench" => Some(("benches", name)),
        "--example" => Some(("examples", name)),
        _ => None,
    })
}

#[test]
fn paths_and_targets_that_are_named_exist() {
    let mut all = BTreeSet::new();
    everything(&root(), &mut all);
    // What is learned is written beside the repository.
    all.insert("weights.txt".to_owned());
    let mut missing = Vec::new();
    for document in DOCUMENTS {
        let text = read(document);
        for path in named_paths(&text) {
            let tail = format!("/{path}");
            if !all.contains(path) && !all.iter().any(|known| known.ends_with(&tail)) {
                missing.push(format!("{document}: {path}"));
            }
        }
        for (folder, name) in named_targets(&text) {
            if !all.contains(&format!("{folder}/{name}.rs")) && !all.contains(&format!("{folder}/{name}/main.rs")) {
                missing.push(format!("{document}: {folder} {name}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn links_lead_somewhere() {
    for document in DOCUMENTS {
        let folder = root().join(document).parent().unwrap().to_owned();
        for link in read(document).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.contains("://") {
                continue;
            }
            let (path, place) = link.split_once('#').map_or((link, None), |(path, place)| (path, Some(place)));
            let mut file = folder.join(path);
            if file.is_dir() {
                file = file.join("README.md");
            }
            let Some(place) = place else {
                assert!(file.exists(), "{document}: {link}");
                continue;
            };
            let text = fs::read_to_string(&file).unwrap_or_else(|_| panic!("{document}: {link}"));
            let anchor = |title: &str| -> String {
                let kept = title.trim().to_lowercase().replace(' ', "-");
                kept.chars().filter(|letter| letter.is_alphanumeric() || *letter == '-').collect()
            };
            let found = text
                .lines()
                .filter(|line| line.starts_with('#'))
                .any(|line| anchor(line.trim_start_matches('#')) == place);
            assert!(found, "{document}: {link}");
        }
    }
}

/// The names that recipes tell to look for.
#[test]
fn recipes_name_what_is_there() {
    let mut all = BTreeSet::new();
    everything(&root(), &mut all);
    let sources = all.iter().filter(|path| path.ends_with(".rs") && !path.starts_with("tests/contributing"));
    let code: String = sources.map(|path| read(path)).collect();
    let recipes = read("CONTRIBUTING.md");
    for (name, declared) in [
        ("`MARKS`", "const MARKS"),
        ("`FORMS`", "const FORMS"),
        ("`FEATURES`", "const FEATURES"),
        ("`SIEVES`", "const SIEVES"),
        ("`Format`", "enum Format"),
        ("`Flags`", "pub struct Flags: u16"),
        ("`TEXTS`", "const TEXTS"),
        ("`Options`", "struct Options"),
        ("`kind_of`", "fn kind_of"),
    ] {
        assert!(recipes.contains(name), "{name} is not in a recipe");
        assert!(code.contains(declared), "{declared} is gone");
    }
    for option in
        ["--rule-scores", "--write", "--learn", "--passes", "--calibrate", "--calibration", "--frames", "--errors"]
    {
        assert!(recipes.contains(option), "{option}");
        let field = option[2..].replace('-', "_");
        assert!(read("examples/evaluate/main.rs").contains(&format!("    {field}: ")), "{option} is gone");
    }
    let cues = all.iter().find(|path| path.ends_with("en/cues.txt")).expect("cues are there");
    for heading in ["[verb SAY]", "[verb TELL SAY]"] {
        assert!(recipes.contains(heading) && read(cues).contains(heading), "{heading}");
    }
}
