//! What a person sees who writes rules and word lists with mistakes in them.

use inquit::{Error, Extractor, Input};

/// Everything that is wrong with some rules and words.
fn error(words: &str, rules: &str) -> Error {
    let mut builder = Extractor::builder();
    if !words.is_empty() {
        builder = builder.words(words);
    }
    if !rules.is_empty() {
        builder = builder.rules(rules);
    }
    let built = builder.build();
    assert!(built.is_err(), "this is read: {words}{rules}");
    built.unwrap_err()
}

/// Place, message and caret of the only problem: what the carets stand under.
fn only(error: &Error) -> (usize, String, String) {
    let problems: Vec<_> = error.problems().collect();
    assert_eq!(problems.len(), 1, "{error}");
    let shown = problems[0].to_string();
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), 3, "{shown}");
    let place = format!("line {}, column {}: ", problems[0].line(), problems[0].column());
    let message = lines[0].strip_prefix(&place).unwrap_or_else(|| panic!("{shown}"));
    let blamed = lines[1].chars().zip(lines[2].chars()).filter(|(_, caret)| *caret == '^').map(|(letter, _)| letter);
    (problems[0].line(), message.to_owned(), blamed.collect())
}

#[track_caller]
fn assert_words(words: &str, message: &str, blamed: &str) {
    let found = only(&error(words, ""));
    assert_eq!((found.1.as_str(), found.2.as_str()), (message, blamed), "{words}");
}

/// A rule of this pattern with its tests.
fn rule(pattern: &str) -> String {
    format!("rule odd 0.9\nmatch {pattern}\nok “Go,” said [Ana].\nno Go.\n")
}

#[track_caller]
fn assert_rule(pattern: &str, message: &str, blamed: &str) {
    let found = only(&error("", &rule(pattern)));
    assert_eq!((found.0, found.1.as_str(), found.2.as_str()), (2, message, blamed), "{pattern}");
}

fn builds(words: &str, rules: &str) -> Extractor {
    Extractor::builder().words(words).rules(rules).build().unwrap_or_else(|error| panic!("{words}\n{rules}\n{error}"))
}

#[test]
fn signs_in_words_are_refused() {
    let sign = |sign: &str| format!("no word holds `{sign}`; words are parted by spaces");
    for (words, holds, blamed) in [
        ("[verb SAY] a)(b)", ")", ")"),
        ("[verb SAY] snark, quip", ",", ","),
        ("[NOUN] pilot; coach", ";", ";"),
        ("[NOUN] \"x\"", "\"", "\""),
        ("[NOUN] “x”", "“", "“"),
        ("[NOUN] 'x'", "'", "'"),
        ("[NOUN] -ish", "-", "-"),
        ("[NOUN] co-", "-", "-"),
        ("[NOUN] x:y", ":", ":"),
        ("[NOUN] x*", "*", "*"),
        ("[NOUN] ph.d", ".", "."),
        ("[NOUN] x\u{200b}y", "\\u{200b}", "\u{200b}"),
        ("[verb SAY] say(said,told)", ",", ","),
        ("[verb SAY] quip++", "+", "+"),
        ("[verb SAY] [TELL] tell", "[", "["),
    ] {
        assert_words(words, &sign(holds), blamed);
    }
    let stop = "a word goes without the full stop behind it, an abbreviation too";
    for word in ["coach.", "Mr.", "U.N.", "e.g."] {
        assert_words(&format!("[NOUN] {word}"), stop, ".");
    }
    let long = "a".repeat(41);
    assert_words(&format!("[NOUN] {long}"), "a word of more than 40 bytes is never found", &long);
}

/// Whatever is one token in a text is a word.
#[test]
fn signs_inside_words_are_allowed() {
    let words = "co-op think-tank O’Neil don't señora Nguyễn U.N 1,000 40% AT&T and/or x_y Łód p.m & 'll ’d 7th";
    builds(&format!("[NOUN] {words}"), "");
    builds(
        "[verb SAY] snark quip+ outcry(outcried) write(wrote written) co-sign say( said )\n[SHIP NOUN] ferry",
        &rule("Q cue:^said SHIP"),
    );
    builds(&format!("[NOUN] {}", "a".repeat(40)), "");
}

#[test]
fn forms_of_verbs_are_checked() {
    let forms = "forms look like `say(said)`, `write(wrote written)` or `admit+`";
    assert_words("[verb SAY] go(went gone going)", forms, "go");
    let empty = "a verb and its forms look like `say(said)` or `admit+`, with nothing left out";
    for word in ["say()", "say( )", "(said)", "+", "say(said)x"] {
        assert_words(&format!("[verb SAY] {word}"), empty, word);
    }
    for (word, words) in [("say(said", "say(said"), ("say(said", "say(said tell(told)")] {
        assert!(words.starts_with(word));
        let found = error(&format!("[verb SAY] {words}"), "");
        let first = found.problems().next().unwrap().to_string();
        assert!(first.starts_with("line 1, column 15: this bracket of a verb's forms is never closed\n"), "{first}");
    }
    let no_verb = "forms stand below a heading with `verb`; without it a word is written as it stands in texts";
    assert_words("[NOUN] quip+", no_verb, "quip+");
    assert_words("[NOUN] say(said)", no_verb, "say(said)");
}

#[test]
fn headings_are_checked() {
    assert_words("[] x", "a heading names a class, as in `[NOUN]` or `[verb SAY]`", "[]");
    assert_words("  [ ] x", "a heading names a class, as in `[NOUN]` or `[verb SAY]`", "[ ]");
    assert_words("[verb] x", "what verbs announce is missing: `[verb SAY]`", "[verb]");
    assert_words("[verb NOUN] x", "what verbs announce is missing: `[verb SAY]`", "[verb NOUN]");
    let form =
        "this class is of verbs: write `verb` before it, for all their forms, or name the form, as in `[PAST SAY]`";
    for heading in ["[VERB SAY]", "[SAY]", "[TELL SAY]", "[SAY VERB]", "[PHRASAL]", "[CUE]"] {
        assert_words(&format!("{heading} snark"), form, heading);
    }
    for heading in ["[PAST SAY]", "[NOUN SAY]", "[verb SAY VERB]", "[CLAIM]", "[SURE ADJ]", "[DENY NOUN]", "[verb CUE]"]
    {
        builds(&format!("{heading} snark"), "");
    }
    assert_words("[NOUN snark", "a heading ends with `]`", "[");
    assert_words("snark quip", "a word list begins with a heading such as `[verb SAY]`", "snark quip");
    let own = "no class has this name; a name of your own is a word in capitals";
    assert_words("[verb Say] snark", &format!("{own}; did you mean `SAY`?"), "Say");
    assert_words("[Ship] ferry", own, "Ship");
    assert_words("[Verb SAY] snark", &format!("{own}; did you mean `VERB`?"), "Verb");
    for heading in ["Q", "STOP", "QOPEN", "QEND", "CAP", "KNOWN", "PARA"] {
        assert_words(
            &format!("[NOUN {heading}] zebra"),
            "the text tells which tokens are of this class; a word list cannot",
            heading,
        );
    }
}

#[test]
fn a_class_that_no_rule_uses_is_refused() {
    let unused = "no class has this name, and no rule uses it";
    assert_words("[verb SAYS] snark", &format!("{unused}; did you mean `SAY`?"), "SAYS");
    assert_words("[PRONUON] x", &format!("{unused}; did you mean `PRONOUN`?"), "PRONUON");
    assert_words("[GEMS] ruby", unused, "GEMS");
    // In a rule file the same.
    let found = only(&error("", &format!("words [GEMS] ruby\n{}", rule("Q cue:^said"))));
    assert_eq!(found, (1, unused.to_owned(), "GEMS".to_owned()));
    // Above its use, below it in another text, and in definitions and looks; as what a token is not.
    for pattern in
        ["Q cue:^said GEMS", "Q cue:^said !GEMS", "Q cue:^said >!(GEMS NOUN)", "Q cue:^said (NAME | NOUN&GEMS)?"]
    {
        builds("[GEMS] ruby\n[GEMS NOUN] beryl", &rule(pattern));
        builds("", &format!("words [GEMS] ruby\n{}", rule(pattern)));
    }
    builds("[GEMS] ruby", &format!("def STONE = GEMS | stone\n{}", rule("Q cue:^said STONE")));
    // Of a rule that cannot be read it is not known what it uses.
    let found = only(&error("[GEMS] ruby", &rule("Q cue:^said GEMS GEM")));
    assert_eq!((found.0, found.2.as_str()), (2, "GEM"));
}

#[test]
fn names_that_are_taken_are_refused_where_they_are_written() {
    let taken = "this name is taken: it is a definition, or a place in patterns; take another for a class of your own";
    for name in ["LONG", "DAY", "NP", "CLAUSE", "START", "ANY"] {
        assert_words(&format!("# mine\n[{name}] zebra"), taken, name);
        let found = only(&error("", &format!("\nwords [{name}] zebra\n")));
        assert_eq!(found, (2, taken.to_owned(), name.to_owned()));
    }
    let found = only(&error("", "def GEMS = ruby\nwords [GEMS] beryl\n"));
    assert_eq!(found, (2, taken.to_owned(), "GEMS".to_owned()));
    let found = only(&error("[GEMS] beryl", &format!("def GEMS = ruby\n{}", rule("Q cue:^said GEMS"))));
    assert_eq!(found, (1, "a class has this name already".to_owned(), "GEMS".to_owned()));
}

#[test]
fn a_mark_of_the_encoding_is_no_part_of_a_text() {
    let mark = "\u{feff}";
    let extractor = builds(&format!("{mark}[verb SAY] zebra"), &format!("{mark}{}", rule("Q cue:^zebra")));
    assert_eq!(extractor.extract("“Go,” she zebraed.").quotes().next().and_then(|quote| quote.cue()), Some("zebraed"));
    assert_eq!(error(&format!("{mark}[verb SAY] a,b"), "").column(), 13);
    assert_eq!(error("", &format!("{mark}rule loud 2")).column(), 11);
    // Elsewhere it is a mistake that is shown.
    assert_words(&format!("[NOUN] a{mark}b"), "no word holds `\\u{feff}`; words are parted by spaces", mark);
}

#[test]
fn long_lines_are_shown_around_the_mistake() {
    for (line, column) in [
        (format!("match Q cue:^said {}", "DET? ".repeat(20_000) + "LOUD"), 390 * 5),
        (format!("[verb SAY] {}bad, {}", "snark ".repeat(50_000), "quip ".repeat(50_000)), 300_000),
        (format!("[verb SAY] {}bad,", "snark ".repeat(100_000)), 600_000),
        (format!("[NOUN] {}", "é".repeat(70_000)), 0),
    ] {
        let is_rule = line.starts_with("match");
        let error = if is_rule { error("", &format!("rule odd 1\n{line}\nok a\nno b")) } else { error(&line, "") };
        assert!(error.column() > column, "{}", error.column());
        let shown = error.to_string();
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.chars().count() < 200), "{shown}");
        let caret = lines[2].chars().position(|letter| letter == '^').unwrap();
        let blamed = lines[1].chars().nth(caret);
        assert_eq!(blamed, line.chars().nth(error.column() - 1), "{shown}");
        assert_eq!(format!("{error:?}"), shown);
    }
}

#[test]
fn every_problem_is_told_once() {
    let words = "[verb SAYS] snark\n[verb SAY] quip, jest\n[NOUN] x y. z\n";
    let rules = "rule loud 0.9\nmatch Q ceu:^boomed LOUD\nok “Go,” boomed Ana.\nno Go.\n\
                 def A = NAME | LOUD SOFT\nrule soft 0.9\nmatch Q cue:^(said | told) A B\nok [Go\nno Go.\n\
                 rule mild 2\nmatch Q cue:^said\nok “Go,” said Ana.\nrule low 0.5\nmatch Q cue:^said\n";
    let error = Extractor::builder().words(words).rules(rules).build().unwrap_err();
    let places: Vec<_> =
        error.problems().map(|problem| (problem.input().unwrap(), problem.line(), problem.column())).collect();
    let (word, rule) = (Input::Words(0), Input::Rules(0));
    assert_eq!(
        places,
        [
            (word, 1, 7),
            (word, 2, 16),
            (word, 3, 11),
            (rule, 2, 9),
            (rule, 5, 16),
            (rule, 5, 21),
            (rule, 7, 30),
            (rule, 8, 4),
            (rule, 10, 11),
            (rule, 13, 1)
        ],
        "{error}"
    );
    let shown = error.to_string();
    assert!(shown.starts_with("word list 1, line 1, column 7: "), "{shown}");
    assert_eq!(shown.split("\n\n").count(), 10);
    assert!(shown.contains("\n\nrules 1, line 2, column 9: a label is one of"), "{shown}");
    assert_eq!((error.line(), error.column()), (1, 7));
}

#[test]
fn problems_are_noted_up_to_a_hundred() {
    for (count, noted) in [(99, 99), (100, 100), (101, 100), (5_000, 100)] {
        let error = error(&format!("[NOUN]\n{}", "a,b\n".repeat(count)), "");
        assert_eq!(error.problems().len(), noted);
        let is_cut = error.to_string().ends_with("\n\nthere may be more: only 100 problems are listed");
        assert_eq!(is_cut, count > 100);
    }
}

/// What is wrong only because of another mistake is not told.
#[test]
fn mistakes_have_no_followers() {
    for (rules, line) in [
        ("rule loud\nmatch Q cue:^said\nok “Go,” said Ana.\nno Go.", 1),
        ("rul loud 0.9\nmatch Q cue:^said\nok “Go,” said Ana.\nno Go.\nrule x 0.9\nmatch Q cue:^said\nok a\nno b", 1),
        ("match Q cue:^said\nok “Go,” said Ana.\nno Go.", 1),
        ("def A = (NAME\nrule x 0.9\nmatch Q cue:^said A+\nok a\nno b", 1),
        ("def A = NAMED\nrule x 0.9\nmatch Q cue:^said A\nok a\nno b", 1),
        ("rule x 0.9\nmatch Q cue:^said LOUD", 2),
        ("rule x 0.9\nmatch Q cue:^said\nok a\nno b\nrule x 0.9\nmatch Q cue:^said\nok a\nno b", 5),
        ("words snark quip\nrule x 0.9\nmatch Q cue:^said\nok a\nno b", 1),
        ("words [verb Say] snark\nrule x 0.9\nmatch Q cue:^said\nok a\nno b", 1),
    ] {
        assert_eq!(only(&error("", rules)).0, line, "{rules}");
    }
    assert_eq!(only(&error("snark\nquip\n\njest", "")).0, 1);
    assert_eq!(only(&error("[verb Say] snark quip+ say(said)\njest", "")).0, 1);
}

#[test]
fn an_open_bracket_is_blamed() {
    let open = "this bracket is never closed";
    for pattern in
        ["Q (cue:^said", "Q cue:^said (NAME |", "Q cue:^said (NAME | ", "Q cue:^said (", "Q cue:^said (a (b) "]
    {
        let (line, message, blamed) = only(&error("", &rule(pattern)));
        assert_eq!((line, message.as_str(), blamed.as_str()), (2, open, "("), "{pattern}");
        let column = error("", &rule(pattern)).column();
        assert_eq!(column, "match ".len() + pattern.find('(').unwrap() + 1, "{pattern}");
    }
    // The inner one of two.
    assert_eq!(error("", &rule("Q cue:^said (a (b")).column(), 22);
    assert_rule("Q cue:^said ()", "a pattern is expected here", ")");
    assert_rule("Q cue:^said NAME)", "this bracket was never opened", ")");
    let example = |line: &str| only(&error("", &format!("rule odd 0.9\nmatch Q cue:^said\nok a\nno b\n{line}")));
    let open = "this bracket of an example is never closed, or not before the next is opened";
    assert_eq!(example("ok [Ana said {“Go.”}"), (5, open.to_owned(), "[".to_owned()));
    assert_eq!(example("ok [Ana] said {“Go.”"), (5, open.to_owned(), "{".to_owned()));
    let closed = "this bracket of an example was never opened";
    assert_eq!(example("ok Ana] said “Go.”"), (5, closed.to_owned(), "]".to_owned()));
    assert_eq!(example("no [Ana} said “Go.”"), (5, closed.to_owned(), "}".to_owned()));
    let second = "an example has one `[source]`";
    assert_eq!(example("ok [Ana] and [Bo] said {“Go”} {“now.”}"), (5, second.to_owned(), "[".to_owned()));
}

#[test]
fn anchors_are_checked() {
    let second = "a rule has one `^`; before alternatives it marks them all: `^(said | told)`";
    for pattern in ["Q cue:(^said ^told)", "Q cue:(^said | ^told)", "Q ^^said", "^Q cue:^said", "Q cue:^said >^told"] {
        assert_rule(pattern, second, "^");
        let column = "match ".len() + pattern.rfind('^').unwrap() + 1;
        assert_eq!(error("", &rule(pattern)).column(), column, "{pattern}");
    }
    let place = "`^` cannot stand in an alternative, a repeat, an optional part or behind `<` or `>`";
    for pattern in [
        "Q (^said | told)",
        "Q (told | (a ^said))",
        "Q (cue:^said)?",
        "Q ^said+",
        "Q ^said{1}",
        "Q >^said",
        "Q (a ^said)*",
    ] {
        assert_rule(pattern, place, "^");
    }
    let mixed = "`^` stands on a word, a class, or an alternative of words alone or of classes alone";
    assert_rule("Q cue:^(said | NAME)", mixed, "match Q cue:^(said | NAME)");
    let none = "the word a rule starts from is marked with `^`, once, outside alternatives and repeats";
    assert_rule("Q cue:said", none, "match Q cue:said");
}

#[test]
fn content_is_asked_for() {
    let none = "a rule needs content: Q, FRONT, CLAUSE or `content:`";
    assert_rule("cue:^said source:NAME", none, "match cue:^said source:NAME");
    assert_rule("cue:^said clause", &format!("{none}; did you mean `CLAUSE`?"), "match cue:^said clause");
    assert_rule("q cue:^said", &format!("{none}; did you mean `Q`?"), "match q cue:^said");
    assert_rule("cue:^said source:Q", none, "match cue:^said source:Q");
    assert_rule(
        "cue:^said (, FRONT)?",
        "without its optional parts this rule has no content",
        "match cue:^said (, FRONT)?",
    );
    for pattern in ["cue:^Q", "source:NAME ^Q", "cue:^said content:NAME", "cue:^said REST", "cue:^(Q&SHORT)"] {
        builds("", &rule(pattern));
    }
    builds("", "role ship title 0.9\nmatch ship cue:^said\nok ship said\nno b");
    let label = "a label cannot stand in a repeat, an alternative or a definition";
    assert_rule("Q cue:^said (source:NAME | NOUN)", label, "source");
    assert_rule("Q cue:^said (NOUN | source:NAME)", label, "source");
    let content = "content stands in the pattern itself, not in a label, definition, alternative or repeat";
    assert_rule("Q cue:^said (FRONT , | NOUN)", content, "FRONT");
}

#[test]
fn names_that_are_not_known_are_told_from_those_below() {
    let unknown = "no class or definition has this name; words are written in lower case";
    assert_rule("Q cue:^SHOUTED", unknown, "SHOUTED");
    assert_rule("Q cue:^SAYS", &format!("{unknown}; did you mean `SAY`?"), "SAYS");
    assert_rule("Q cue:^said SUBJCT", &format!("{unknown}; did you mean `SUBJECT`?"), "SUBJCT");
    assert_rule("Q cue:^said NOUN&PLURALS", &format!("{unknown}; did you mean `PLURAL`?"), "PLURALS");
    assert_rule("Q cue:^said !", unknown, "");
    let below = |line| format!("this definition stands below, in line {line}; it must stand above its use");
    let found = only(&error("", &format!("{}\ndef SHIP = ferry", rule("Q cue:^said SHIP"))));
    assert_eq!(found, (2, below(6), "SHIP".to_owned()));
    let found = only(&error("", "def A = B\ndef B = ferry"));
    assert_eq!(found, (1, below(2), "B".to_owned()));
    let found = only(&error("", "def A = ferry A?"));
    assert_eq!(found, (1, "a definition cannot be used in itself".to_owned(), "A".to_owned()));
    let joined = "this is no class of one token: `!` and `&` cannot stand beside it; look for it with `>` and `>!`";
    assert_rule("Q cue:^said NOUN&SUBJECT", joined, "SUBJECT");
    assert_rule("Q cue:^said !SUBJECT", joined, "SUBJECT");
    let two = "one token can be asked for one of FINITE, VERBAL, NOMINAL, AUXILIARY and QEND, not for two";
    assert_rule("Q cue:^said NOMINAL&VERBAL", two, "VERBAL");
}

#[test]
fn definitions_have_names_of_their_own() {
    let built_in = "the built-in rules define this name, and a definition cannot be made anew; take another name";
    assert_eq!(only(&error("", "def NP = ferry")), (1, built_in.to_owned(), "NP".to_owned()));
    let twice = "a second definition has this name";
    assert_eq!(only(&error("", "def A = ferry\ndef A = tug")), (2, twice.to_owned(), "A".to_owned()));
    let class = "a class has this name already";
    assert_eq!(only(&error("", "def SAY = ferry")), (1, class.to_owned(), "SAY".to_owned()));
    assert_eq!(only(&error("", "def CLAUSE = ferry")), (1, class.to_owned(), "CLAUSE".to_owned()));
    let name = "a name of a definition is in capitals: letters, digits and hyphens, a letter first";
    assert_eq!(only(&error("", "def Ship = ferry")), (1, name.to_owned(), "Ship".to_owned()));
    assert_eq!(only(&error("", "def SHIP ferry")).1, "a definition looks like `def NAME = PATTERN`");
    let statement = "a line begins with `def`, `rule`, `role`, `match`, `ok`, `no`, `words` or `#`";
    assert_eq!(only(&error("", "mtach Q")), (1, format!("{statement}; did you mean `match`?"), "mtach".to_owned()));
    assert_eq!(only(&error("", "Lim left.")), (1, statement.to_owned(), "Lim".to_owned()));
}

/// A hundred thousand words in one line, and the mistake at its end: read in one pass.
#[test]
fn hostile_files_are_refused_with_a_message() {
    assert_eq!(error(&format!("[verb SAY] {}x)(y)", "a b c d e ".repeat(20_000)), "").problems().len(), 1);
    assert!(error(&"[".repeat(100_000), "").to_string().len() < 1_000);
    assert!(error(&format!("[{}] x", "A".repeat(100_000)), "").to_string().len() < 1_000);
    assert!(error("", &format!("rule x 1\nmatch Q ^said {}", "A".repeat(100_000))).to_string().len() < 1_000);
    assert!(error("", &"x".repeat(100_000)).to_string().len() < 1_000);
}
