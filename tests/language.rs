//! All knowledge of a language stands in `src/lang`: no other code compares the text with letters of its own.

use std::fs;
use std::path::{Path, PathBuf};

/// Literals with ASCII letters that other code compares something with, and why they are no words of a language.
const COMPARED: &[(&str, &[&str], &str)] = &[
    ("check/how_far.rs", &["match"], "a statement of the rule language"),
    ("confidence.rs", &["direct", "mixed", "indirect"], "headings of the table of calibration"),
    ("extract/build.rs", &["words"], "a statement of the rule language"),
    ("lexicon.rs", &["CUE"], "a class of rules and word lists"),
    ("lexicon/list.rs", &["verb"], "a heading of word lists"),
    ("rules/parse.rs", &["def", "words", "rule", "role", "match", "ok", "no"], "statements of the rule language"),
    ("rules/pattern.rs", &["ANY"], "a name of the rule language"),
    ("rules/pattern/names.rs", &["START", "END", "FRONT", "CLAUSE", "REST"], "names of the rule language"),
    ("rules/pattern.rs", &["cue", "source", "addressee", "content"], "labels of the rule language"),
    ("rules/pattern.rs", &["error: "], "the message of another crate"),
];

/// Files that hold literals with letters which nothing is compared with, and what they are.
const HELD: &[(&str, &str)] = &[
    ("attribute/attribution.rs", "names of sieves"),
    ("attribute/blocks.rs", "names of sieves"),
    ("attribute/sieves.rs", "names of sieves"),
    ("attribute/turns.rs", "names of sieves"),
    ("check.rs", "messages, and a text to read behind"),
    ("check/how_far.rs", "messages, and names of the rule language"),
    ("extract.rs", "names of fields"),
    ("flags.rs", "names of flags"),
    ("lex/words.rs", "any capital, behind the end of a gap"),
    ("lexicon.rs", "messages"),
    ("lexicon/group.rs", "names of groups in word lists and rules"),
    ("lexicon/lexical_roles.rs", "the first letter of the alphabet"),
    ("locate/mod.rs", "names of kinds of matches"),
    ("locate/sign.rs", "letters that Unicode has as one sign"),
    ("output/", "captions, names of columns and tags"),
    ("quote/", "names of kinds and fields"),
    ("rules/parse.rs", "names in messages"),
    ("rules/rule_file.rs", "names of the rule language"),
    ("speaker/capitals.rs", "the first letter of the alphabet"),
    ("speaker/sieves/mod.rs", "names of sieves"),
    ("speaker/terms.rs", "names of groups in word lists, the first letter of the alphabet"),
    ("token.rs", "names of classes and their documentation"),
    ("pipeline.rs", "names of fields"),
    ("weights/", "names of features and their values"),
    ("word.rs", "the first and last letter of the alphabet"),
];

/// Macros and functions whose texts are for people or for the compiler.
const MESSAGES: &[&str] = &[
    "#",
    "#!",
    "format!",
    "format_args!",
    "write!",
    "writeln!",
    "panic!",
    "unreachable!",
    "assert!",
    "expect",
    // The number of a feature, by its name.
    "id",
    "env!",
    "include_str!",
];

/// Functions and macros that compare or look up what they are given.
const COMPARERS: &[&str] = &[
    "contains",
    "starts_with",
    "ends_with",
    "strip_prefix",
    "strip_suffix",
    "trim_matches",
    "trim_start_matches",
    "trim_end_matches",
    "find",
    "rfind",
    "split",
    "rsplit",
    "split_once",
    "rsplit_once",
    "position",
    "matches",
    "matches!",
    "eq",
    "eq_ignore_ascii_case",
    "look_up",
    "find_or_insert",
    "of",
    "folded",
    "get",
    "is_written",
];

/// A string, character or byte literal with an ASCII letter in it.
#[derive(Debug, PartialEq)]
struct Literal<'c> {
    line: usize,
    letters: &'c str,
    compared: bool,
}

/// The literals of some code that have ASCII letters and are no messages.
fn literals(code: &str) -> Vec<Literal<'_>> {
    let mut found = Vec::new();
    // What stands before each open bracket.
    let mut open: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(first) = code[at..].chars().next() {
        let rest = &code[at..];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        }
        let Some((len, letters)) = literal(rest) else {
            match first {
                '(' | '[' | '{' => open.push(callee(&code[..at])),
                ')' | ']' | '}' => drop(open.pop()),
                _ => {}
            }
            // The letters of a name begin no literal: `web"` does not, `b"` does.
            let name = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
            at += name.max(first.len_utf8());
            continue;
        };
        let message = open.iter().any(|name| MESSAGES.contains(name));
        let (before, after) = (&code[..at], &code[at + len..]);
        if has_letters(letters) && !message && !is_range(before, after, letters) {
            let line = before.lines().count().max(1);
            let compared = is_compared(before, after, &open);
            found.push(Literal { line, letters, compared });
        }
        at += len;
    }
    found
}

/// The length of the literal that some code begins with, and what stands between its quotation marks.
fn literal(code: &str) -> Option<(usize, &str)> {
    let start = code.len() - code.trim_start_matches(['b', 'r', 'c']).len();
    let marks = code[start.min(2)..].bytes().take_while(|byte| *byte == b'#').count();
    let open = start.min(2) + marks;
    let mark = code[open..].chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let inside = &code[open + 1..];
    if code[..open].contains('r') && mark == '"' {
        let close = format!("\"{}", "#".repeat(marks));
        let len = inside.find(&close)?;
        return Some((open + 1 + len + close.len(), &inside[..len]));
    }
    let mut escaped = false;
    let len = inside.find(|letter| {
        let ends = letter == mark && !escaped;
        escaped = letter == '\\' && !escaped;
        ends
    })?;
    // Not the mark of a lifetime.
    let is_char = mark == '"' || inside.starts_with('\\') || inside[..len].chars().count() == 1;
    is_char.then_some((open + len + 2, &inside[..len]))
}

/// Whether there are ASCII letters, those of escapes aside.
fn has_letters(letters: &str) -> bool {
    let mut pieces = letters.split('\\');
    let first = pieces.next().unwrap_or_default();
    let plain = pieces.map(|piece| match piece.as_bytes() {
        [b'u', ..] => piece.split_once('}').map_or("", |(_, rest)| rest),
        [b'x', ..] => piece.get(3..).unwrap_or_default(),
        _ => piece.get(1..).unwrap_or_default(),
    });
    [first].into_iter().chain(plain).any(|piece| piece.contains(|letter: char| letter.is_ascii_alphabetic()))
}

/// What is called or declared where a bracket opens: `format!`, `contains`, `#` of an attribute.
fn callee(before: &str) -> &str {
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '!' | '#');
    &before[before.trim_end_matches(is_name).len()..]
}

/// Whether something is compared with the literal between these pieces of code.
fn is_compared(before: &str, after: &str, open: &[&str]) -> bool {
    let (before, after) = (before.trim_end().trim_end_matches(['&', '*']).trim_end(), after.trim_start());
    let operators = ["==", "!="];
    let behind = after.trim_start_matches([')', ']', ' ', '\n']);
    let pattern = ["|", "=>", "= ", "if "].iter().any(|next| behind.starts_with(next))
        && !behind.starts_with("|=")
        && !before.ends_with("=>");
    let called = open.iter().rev().find(|name| !name.is_empty()).is_some_and(|name| COMPARERS.contains(name));
    operators.iter().any(|operator| before.ends_with(operator) || behind.starts_with(operator))
        || pattern
        || called
        || open.last() == Some(&"") && is_searched(after)
        || after.starts_with('.') && !after.starts_with(".to_owned()")
}

/// Whether something is asked of the array in which code begins: `["said", "told"].contains(…)`.
fn is_searched(code: &str) -> bool {
    let mut depth = 0;
    let end = code.find(|letter| {
        depth += i32::from(matches!(letter, '(' | '[' | '{')) - i32::from(matches!(letter, ')' | ']' | '}'));
        depth < 0
    });
    end.is_some_and(|end| {
        code[end..].starts_with("].") || code[end..].starts_with(")") && is_searched(&code[end + 1..])
    })
}

/// Whether the literal between these pieces of code is an end of a range: all letters from one to another.
fn is_range(before: &str, after: &str, letters: &str) -> bool {
    letters.len() == 1 && (before.ends_with("..=") || before.ends_with("..") || after.starts_with(".."))
}

/// The code of a file without its tests.
fn without_tests(code: &str) -> &str {
    code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

/// All files with code in a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    paths.sort();
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(|path| path.is_dir());
    let files = files.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    files
        .filter(|path| !path.ends_with("tests.rs"))
        .chain(folders.iter().flat_map(|folder| self::files(folder)))
        .collect()
}

/// Whether a file may have this literal.
fn is_allowed(path: &str, literal: &Literal<'_>) -> bool {
    match literal.compared {
        true => COMPARED.iter().any(|(file, known, _)| *file == path && known.contains(&literal.letters)),
        false => HELD.iter().any(|(file, _)| *file == path || file.ends_with('/') && path.starts_with(file)),
    }
}

/// The literals of all code outside of `src/lang`, with the files they stand in.
fn all(visit: &mut dyn FnMut(&str, &Literal<'_>)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in files(&root) {
        let path =
            file.strip_prefix(&root).expect("it was found there").to_str().expect("names are ASCII").replace('\\', "/");
        // The program compares names of files and options, and nothing in a text.
        if path.starts_with("lang/") || path.starts_with("bin/") {
            continue;
        }
        let code = fs::read_to_string(&file).expect("source is text");
        literals(without_tests(&code)).iter().for_each(|literal| visit(&path, literal));
    }
}

#[test]
fn no_code_outside_of_lang_knows_words() {
    let mut words = Vec::new();
    all(&mut |path, literal| {
        if !is_allowed(path, literal) {
            words.push(format!("src/{path}:{}: {:?}, compared: {}", literal.line, literal.letters, literal.compared));
        }
    });
    assert!(words.is_empty(), "words of a language belong into src/lang: {words:#?}");
}

#[test]
fn every_exception_is_needed() {
    let (mut compared, mut held) = (Vec::new(), Vec::new());
    all(&mut |path, literal| match literal.compared {
        true => compared.push((path.to_owned(), literal.letters.to_owned())),
        false => held.push(path.to_owned()),
    });
    for (file, known, why) in COMPARED {
        for letters in *known {
            let needed = compared.contains(&((*file).to_owned(), (*letters).to_owned()));
            assert!(needed, "{file} has no {letters:?} any more ({why})");
        }
    }
    for (file, why) in HELD {
        assert!(held.iter().any(|path| path.starts_with(file)), "{file} holds nothing any more ({why})");
    }
}

#[test]
fn a_word_is_seen_wherever_it_is_compared() {
    let compared = [
        r#"if word == "said" {"#,
        r#"if "said" != word {"#,
        r#"let a = *word == *"said";"#,
        r#"match word { "said" => 1, _ => 0 }"#,
        r#"match word { "said" if late => 1, _ => 0 }"#,
        r#"match (a, b) { (1, "d" | "l") => 1, _ => 0 }"#,
        r#"if let Some("said") = word {"#,
        r#"matches!(word, "said" | "told")"#,
        r#"text.ends_with('s')"#,
        r#"text.strip_suffix("’s")"#,
        r#"text.trim_end_matches(['s', 'S'])"#,
        r#"["said", "told"].contains(&word)"#,
        r#"[("said", 1), ("told", 2)].iter().any(|(known, _)| known == word)"#,
        r#"lexicon.find("said")"#,
        r#"Key::folded("i")"#,
        r#"match bytes { [.., b's'] => 1, _ => 0 }"#,
        r#"if word == b"said" {"#,
        r##"if word == r#"said"# {"##,
        r#"if word == "\u{2019}s" {"#,
    ];
    for code in compared {
        let found = literals(code);
        let seen = found.iter().any(|literal| literal.compared);
        assert!(seen && !found.iter().all(|literal| is_allowed("clause.rs", literal)), "{code}: {found:?}");
    }
}

#[test]
fn a_list_of_words_is_seen_and_nothing_else() {
    let held = literals("const TOLD: [&str; 2] = [\"said\", \"told\"];");
    assert_eq!(held.len(), 2);
    assert!(held.iter().all(|literal| !literal.compared && !is_allowed("clause.rs", literal)), "{held:?}");
    // A file that may hold words may still compare nothing with them.
    let compared = literals("word == \"said\"");
    assert!(!is_allowed("weigh.rs", &compared[0]) && !is_allowed("confidence.rs", &compared[0]));
    let none = [
        "// word == \"said\"",
        "//! `word == \"said\"`",
        "#[error(\"said\")]",
        "write!(f, \"said {}\", word)?",
        "fn f<'said>(word: &'said str, other: &'said str) {}",
        "word == \"’\" || word == '\\n' || word == \"\\u{2019}\"",
        "unreachable!(\"said: {error}\")",
        "matches!(byte, b'a'..=b'z' | b'A'..)",
    ];
    for code in none {
        assert_eq!(literals(code), [], "{code}");
    }
    assert_eq!(without_tests("a\n#[cfg(test)]\nmod tests {\nb"), "a\n");
}
