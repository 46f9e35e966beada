//! Quotation marks, dashes and apostrophes are named in one file: `src/marks.rs`.

use std::fs;
use std::path::{Path, PathBuf};

/// Literals that are no marks of a text, or that no table can hold: where a path begins so, this literal (any, if empty), and
/// why.
const ALLOWED: &[(&str, &str, &str)] = &[
    ("check", "", "marks around what a message cites"),
    ("lang/spelling.rs", "'-'", "the form of the table of spelling"),
    ("lexicon.rs", "b'-'", "the name of a class in a word list"),
    ("output/csv.rs", "'\\''", "what a spreadsheet does not run a cell behind"),
    ("output/csv.rs", "'-'", "what a spreadsheet runs a cell that begins with"),
    ("output/csv.rs", "'\"'", "the quotes of the format"),
    ("output/csv.rs", "\"\\\"\\\"\"", "the quotes of the format"),
    ("output/html.rs", "'\"'", "escaped in HTML"),
    ("output/html.rs", "'\\''", "escaped in HTML"),
    ("output/html.rs", "\"\\\">\"", "the end of an attribute"),
    (
        "output/html.rs",
        r#""<li><span title=\"title\">“string”</span> in marks that is no speech</li>\n</ul>\n</details>\n</nav>\n""#,
        "a caption for readers",
    ),
    ("scan/find.rs", "b'\"'", "the byte test, which is held against the table when it is compiled"),
    ("scan/find.rs", "b'`'", "the byte test, which is held against the table when it is compiled"),
    ("lib.rs", "\"```\"", "documentation"),
    ("token.rs", "", "documentation"),
    ("view.rs", "0xC2", "the first byte of a soft hyphen"),
    ("view.rs", "0xE2", "the first byte of zero-width characters"),
    ("view.rs", "0xEF", "the first byte of a byte order mark"),
    ("weigh", "", "the form of the file of weights"),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    paths.sort();
    let inside = paths.iter().filter(|path| path.is_dir()).flat_map(|path| sources(path));
    let own = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")).cloned();
    inside.chain(own).collect()
}

/// The literals of Rust code, as they are written: characters, bytes, strings and numbers. Comments are left out.
fn literals(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(letter) = code[at..].chars().next() {
        let rest = &code[at..];
        let name = |letter: char| letter.is_alphanumeric() || letter == '_';
        let after_name = code[..at].ends_with(name);
        let len = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(len) = literal(rest).filter(|_| !after_name) {
            found.push(&rest[..len]);
            len
        } else {
            letter.len_utf8()
        };
        at += len;
    }
    found
}

/// The length of the literal that some code begins with.
fn literal(code: &str) -> Option<usize> {
    let body = code.trim_start_matches(['b', 'c', 'r']);
    let prefix = code.len() - body.len();
    if prefix > 2 {
        return None;
    }
    let hashes = body.len() - body.trim_start_matches('#').len();
    if code[..prefix].ends_with('r') && body[hashes..].starts_with('"') {
        let end = format!("\"{}", "#".repeat(hashes));
        let inside = prefix + hashes + 1;
        return Some(code[inside..].find(&end).map_or(code.len(), |at| inside + at + end.len()));
    }
    if body.starts_with('"') {
        return Some(prefix + quoted(body, '"')?);
    }
    if let Some(inside) = body.strip_prefix('\'') {
        // A lifetime has no quote behind it.
        let character = inside.starts_with('\\') || inside.chars().nth(1) == Some('\'');
        return if character { Some(prefix + quoted(body, '\'')?) } else { None };
    }
    let number = prefix == 0 && body.starts_with("0x");
    number.then(|| body.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(body.len()))
}

/// The length of a literal with escapes between two quotes.
fn quoted(body: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, letter) in body.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            // The first place of a character literal may be a quote itself only if escaped.
            _ if letter == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// What a literal holds once its escapes are read; bytes beyond ASCII stand for themselves.
fn unescaped(literal: &str) -> String {
    let mut text = String::new();
    let mut rest = literal;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let code = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
        let (letter, len) = if let Some(end) = rest.strip_prefix("u{").and_then(|digits| digits.find('}')) {
            (code(&rest[2..2 + end]), 2 + end + 1)
        } else if rest.starts_with('x') && rest.is_char_boundary(3) && rest.len() > 3 {
            (code(&rest[1..3]), 3)
        } else {
            let letter = rest.chars().next();
            (letter, letter.map_or(0, char::len_utf8))
        };
        text.extend(letter);
        rest = &rest[len..];
    }
    text + rest
}

/// The characters of the table, read from its lines.
fn marks() -> Vec<char> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/marks.rs");
    let code = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let names = ["quote(", "rare(", "dash("];
    let rows = code.lines().filter_map(|line| names.iter().find_map(|name| line.trim().strip_prefix(name)));
    let literals = rows.filter_map(|row| literals(row).first().copied());
    literals.map(|literal| unescaped(literal).chars().nth(1).expect("a character")).collect()
}

/// Whether a literal names a mark: as a character or a byte, as a part of a string (of a short one if it is ASCII, which
/// text for people is full of), or by its first byte.
fn names_a_mark(literal: &str, marks: &[char]) -> bool {
    let wide = |letter: char| !letter.is_ascii() && marks.contains(&letter);
    if let Some(digits) = literal.strip_prefix("0x") {
        let value = u32::from_str_radix(&digits.replace('_', ""), 16).unwrap_or(0);
        let first = |mark: &char| mark.to_string().as_bytes()[0];
        return marks
            .iter()
            .filter(|mark| !mark.is_ascii())
            .any(|mark| u32::from(first(mark)) == value || *mark as u32 == value);
    }
    let text = unescaped(literal);
    let text = text.trim_start_matches(['b', 'r']).trim_matches('#');
    let inside = text.get(1..text.len() - 1).unwrap_or("");
    let bytes = literal.starts_with('b') && inside.chars().any(|letter| matches!(letter, '\u{80}'..='\u{FF}'));
    bytes || inside.chars().any(wide) || inside.chars().count() <= 3 && inside.contains(marks)
}

#[test]
fn marks_are_named_in_their_table_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let marks = marks();
    assert!(marks.len() > 30, "{marks:?}");
    let (mut named, mut used) = (Vec::new(), Vec::new());
    for path in sources(&root) {
        let file = path.strip_prefix(&root).expect("it was found there").to_string_lossy().replace('\\', "/");
        if file == "marks.rs" || file.ends_with("tests.rs") || file.starts_with("bin/") {
            continue;
        }
        let code = fs::read_to_string(&path).expect("source is text");
        let code = code.split("#[cfg(test)]").next().unwrap_or_default();
        for literal in literals(code).into_iter().filter(|literal| names_a_mark(literal, &marks)) {
            match ALLOWED
                .iter()
                .position(|(place, allowed, _)| file.starts_with(place) && (allowed.is_empty() || *allowed == literal))
            {
                Some(number) => used.push(number),
                None => named.push(format!("{file}: {literal}")),
            }
        }
    }
    assert!(named.is_empty(), "ask src/marks.rs instead: {named:#?}");
    let unused: Vec<_> =
        (0..ALLOWED.len()).filter(|number| !used.contains(number)).map(|number| ALLOWED[number]).collect();
    assert!(unused.is_empty(), "no longer needed: {unused:#?}");
}

#[test]
fn a_mark_is_seen_however_it_is_written() {
    let marks = ['"', '\'', '-', '“', '’', '«'];
    for code in [
        "letter == '“'",
        "matches!(letter, '\\'' | 'a')",
        "[b'\"', ..]",
        "'\\u{201C}'..='z'",
        "text.strip_suffix(\"’s\")",
        "text.strip_suffix(\"'s\")",
        "[0xE2, second]",
        "letter as u32 == 0x201C",
        "text.ends_with(b\"\\xE2\\x80\")",
        "text.contains(r\"“\")",
        "text.contains(r#\"“\"#)",
    ] {
        assert!(literals(code).iter().any(|literal| names_a_mark(literal, &marks)), "{code}");
    }
    for code in [
        "// “ and '“'",
        "/* '\"' */ x",
        "fn read<'t>(text: &'t str, other: &'static str) -> &'t str",
        "matches!(letter, 'a'..='z')",
        "\"it isn't a mark of the text\"",
        "0x80 + 0xE0",
        "'\\u{300}'",
        "b'\\n'",
    ] {
        assert!(!literals(code).iter().any(|literal| names_a_mark(literal, &marks)), "{code}");
    }
}
