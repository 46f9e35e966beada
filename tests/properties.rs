//! What holds for every text.

use inquit::{Coverage, Extraction, Extractor, Flags, Quote, QuoteKind, Scratch, Span, StringRole};
use proptest::prelude::*;
use proptest::sample::select;

const COVERAGES: [Coverage; 3] = [Coverage::Direct, Coverage::Speech, Coverage::Attribution];
/// A paragraph in which nobody speaks.
const QUIET: &str = "Rain fell.";

fn extractor(coverage: Coverage) -> Extractor {
    Extractor::english().with_coverage(coverage)
}

/// So many cases, or as many as `PROPTEST_CASES` asks for.
fn config(cases: u32) -> ProptestConfig {
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { ProptestConfig::default().cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// One quotation, without its speaker: that one is found in the whole document.
#[derive(Debug, PartialEq)]
struct Quotation {
    kind: QuoteKind,
    content: Vec<Span>,
    cue: Option<Span>,
    source: Option<Span>,
    addressee: Option<Span>,
    rule: String,
    flags: Vec<&'static str>,
    confidence: f32,
}

#[derive(Debug, PartialEq)]
struct Quoted {
    outer: Span,
    inner: Span,
    role: StringRole,
    flags: Flags,
    parent: Option<usize>,
}

/// All that was found, its places changed by `at`.
fn answer(found: &Extraction<'_>, at: impl Fn(usize) -> usize) -> (Vec<Quotation>, Vec<Quoted>) {
    let span = |span: Span| Span::new(at(span.start), at(span.end));
    let quotes = found.quotes().map(|quote| Quotation {
        kind: quote.kind(),
        content: quote.spans().iter().map(|piece| span(*piece)).collect(),
        cue: quote.cue_span().map(span),
        source: quote.source().map(|source| span(source.span())),
        addressee: quote.addressee().map(|addressee| span(addressee.span())),
        rule: quote.rule().to_owned(),
        // Whether a source can be told apart is up to the whole text.
        flags: quote.flags().names().filter(|name| *name != "ambiguous").collect(),
        confidence: quote.confidence(),
    });
    let strings = found.quoted_strings().map(|string| Quoted {
        outer: span(string.span()),
        inner: span(string.inner_span()),
        role: string.role(),
        flags: string.flags(),
        parent: string.parent(),
    });
    (quotes.collect(), strings.collect())
}

/// What every answer must be like, whatever the text.
fn check_sound(found: &Extraction<'_>) -> Result<(), TestCaseError> {
    let text = found.text();
    let sound = |span: Span| {
        prop_assert!(span.start < span.end && span.end <= text.len(), "{span:?}");
        prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{span:?}");
        Ok(())
    };
    let mut start = 0;
    for quote in found.quotes() {
        let content = quote.spans();
        prop_assert!(!content.is_empty());
        prop_assert!(content[0].start >= start, "quotations are in order");
        start = content[0].start;
        prop_assert!(content.windows(2).all(|pair| pair[0].end <= pair[1].start), "{quote:?}");
        places(&quote).into_iter().try_for_each(sound)?;
        prop_assert!((0.0..=1.0).contains(&quote.confidence()) && !quote.rule().is_empty());
    }
    for speaker in found.speakers() {
        prop_assert!(!speaker.name().is_empty());
        speaker.mentions().iter().try_for_each(|mention| sound(*mention))?;
    }
    check_tree(found)
}

/// Where content, cue, source and addressee of a quotation stand.
fn places(quote: &Quote<'_>) -> Vec<Span> {
    let mentions = [quote.source(), quote.addressee()].into_iter().flatten().map(|mention| mention.span());
    quote.spans().iter().copied().chain(quote.cue_span()).chain(mentions).collect()
}

/// Content, cue, source and addressee of a quotation have no letter in common.
fn check_apart(found: &Extraction<'_>) -> Result<(), TestCaseError> {
    for quote in found.quotes() {
        let places = places(&quote);
        for (index, place) in places.iter().enumerate() {
            prop_assert!(!places[index + 1..].iter().any(|other| other.overlaps(*place)), "{quote:?}");
        }
    }
    Ok(())
}

/// Quoted strings lie inside each other or apart.
fn check_tree(found: &Extraction<'_>) -> Result<(), TestCaseError> {
    let strings: Vec<_> = found.quoted_strings().collect();
    for (index, string) in strings.iter().enumerate() {
        let (outer, inner) = (string.span(), string.inner_span());
        prop_assert!(outer.covers(inner) && inner.start <= inner.end && outer.end <= found.text().len());
        prop_assert!(found.text().is_char_boundary(outer.start) && found.text().is_char_boundary(outer.end));
        prop_assert!(found.text().is_char_boundary(inner.start) && found.text().is_char_boundary(inner.end));
        if let Some(parent) = string.parent() {
            prop_assert!(parent < index && strings[parent].inner_span().covers(outer), "{string:?}");
        }
        if let Some(next) = strings.get(index + 1) {
            prop_assert!(outer.start <= next.span().start, "strings are in order");
            let inside = next.parent() == Some(index);
            prop_assert!(inside || !outer.overlaps(next.span()) || string.parent().is_some(), "{string:?} {next:?}");
        }
        let siblings = strings[index + 1..].iter().filter(|other| other.parent() == string.parent());
        siblings.take(3).try_for_each(|other| {
            prop_assert!(!outer.overlaps(other.span()), "{string:?} {other:?}");
            Ok(())
        })?;
    }
    Ok(())
}

/// One of the words of a list, which are parted by dots.
fn one_of(list: &'static str) -> impl Strategy<Value = &'static str> {
    select(list.split('·').collect::<Vec<_>>())
}

/// Pieces that texts about quotations are made of, and some that they should not be made of.
fn pieces() -> impl Strategy<Value = String> {
    const MARKS: [&str; 29] = [
        "\"",
        "“",
        "”",
        "'",
        "‘",
        "’",
        "«",
        "»",
        "„",
        "‟",
        "‚",
        "‛",
        "‹",
        "›",
        "「",
        "」",
        "『",
        "』",
        "``",
        "''",
        "＂",
        "\" ",
        " “",
        "” ",
        "\u{200B}“",
        "\\\"",
        "â€œ",
        "\n> ",
        "\n\nLIM: ",
    ];
    const WORDS: &str = "said·says·told·asked·according to·adding·called·that·to·the·a·of·and·but·who·which·she·he·they·\
        it·her·his·was·has·not·would·will·if·as·in a statement·on Monday·reporters·officials·claim·\
        report·believes·was told by·quoted as saying·rents·fall·don't·'em·spokesman for·in·with·because·\
        while·so";
    const NAMES: &str = "Ana Lim·Brandt·Dr. Weck·Mr.·O’Hara·Łukasz Żak·Çağla·王小明·Олена·U.N.·J. D. Roe·Al-Amin·de la Cruz·\
        LIM·Acme Inc.·St. Clair";
    const OTHER: [&str; 32] = [
        " ", " ", " ", " ", ",", ", ", ".", ". ", "!", "? ", ":", ": ", ";", "—", " — ", "--", "-", "…", "...", "(",
        ")", "\n", "\n\n", "\r\n", "\r\n\r\n", "\n    ", "\t", "6'2\"", "3.5", "🔒", "e\u{301}", "\u{feff}",
    ];
    prop_oneof![
        3 => select(&MARKS[..]).prop_map(str::to_owned),
        4 => one_of(WORDS).prop_map(|word| format!(" {word}")),
        2 => one_of(NAMES).prop_map(|name| format!(" {name}")),
        4 => select(&OTHER[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

fn texts() -> impl Strategy<Value = String> {
    let pieced = proptest::collection::vec(pieces(), 0..60).prop_map(|pieces| pieces.concat());
    prop_oneof![pieced, damaged()]
}

/// Whole sentences with a few pieces dropped in and a few characters taken out.
fn damaged() -> impl Strategy<Value = String> {
    let damage = (any::<prop::sample::Index>(), prop::option::of(pieces()));
    let texts = proptest::collection::vec(paragraphs(), 1..4).prop_map(|all| curly(&all.join("\n")));
    (texts, proptest::collection::vec(damage, 0..8)).prop_map(|(mut text, damages)| {
        for (place, piece) in damages {
            let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let at = starts.get(place.index(starts.len().max(1))).copied().unwrap_or(0);
            match piece {
                Some(piece) => text.insert_str(at, &piece),
                None => drop(text[at..].chars().next().map(|_| text.remove(at))),
            }
        }
        text
    })
}

/// One paragraph of whole sentences, its quotations in marks written `<` and `>`.
fn paragraphs() -> impl Strategy<Value = String> {
    const SENTENCES: [&str; 38] = [
        "<We sail,> said Ana Lim.",
        "<We sail,> Lim told reporters, <and we sail now.>",
        "<We sail!> she cried. <Now or never. It is late.>",
        "Brandt called the plan <a cruel joke> on tenants.",
        "Brandt said the plan was <cruel> and <dumb.>",
        "Dr. Weck wrote: <The lamp is out.>",
        "According to Weck, the lamp was out.",
        "The lamp was out, officials said.",
        "Her novel <The Long Rain> won.",
        "The <truce> lasted an hour.",
        "Lim said that rents would fall, but the board did not agree.",
        "The mayor, who said she was tired, left early.",
        "<Who moved the buoys?> asked the harbour master of Varnholm.",
        "<The ice is gone.> Nobody spoke.",
        "Asked whether rents would fall, Lim said yes.",
        "Łukasz Żak said it was not so 🔒.",
        "Lim believes the tide will turn.",
        "He left on Monday, saying <enough.>",
        "The door was open.",
        "<It is theft,> according to a new report.",
        "The council has a rule, which Lim says is cruel.",
        "The claim was dismissed by Weck as <fiction.>",
        "It is widely believed that the well is dry.",
        "Weck is said to have left; nobody saw him.",
        "Lim’s claim that the rule was cruel surprised Weck, who left, saying <no.>",
        "Lim: <Rents will fall.>",
        "Citing a new report, Lim attacked the plan.",
        "While noting that the ice was thin, the harbour master let the boats go.",
        "Recalling the flood, Brandt, who led the board then, praised the crew.",
        "In warning of storms, she went too far.",
        "<The work is done,> said Mr. Roe (<The lamp is out.>)",
        "The board (<It is over.>) told Weck that the well was dry.",
        "Said Dr. Weck, <the Fox of Varnholm,> of the plan: <No.>",
        "Asked by Lim (<Why now?>) about rents, Brandt said <they fall.>",
        "Lim told Weck, who said that Brandt told the crew the tide had turned, that it had not.",
        "According to what Lim told Roe, according to Weck, the lamp was out.",
        "She told the <Fox,> as he is known, <It is late.>",
        "<Never,> wrote the author of <Who moved the buoys?> to Lim.",
    ];
    proptest::collection::vec(select(&SENTENCES[..]), 1..6).prop_map(|sentences| sentences.join(" "))
}

fn curly(paragraph: &str) -> String {
    paragraph.replace('<', "“").replace('>', "”")
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn answers_are_sound(text in texts()) {
        for coverage in COVERAGES {
            let extractor = extractor(coverage);
            let found = extractor.extract(&text);
            check_sound(&found)?;
            check_apart(&found)?;
        }
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        for coverage in COVERAGES {
            let extractor = extractor(coverage);
            let found = extractor.extract(&text);
            check_sound(&found)?;
            check_apart(&found)?;
        }
    }

    #[test]
    fn every_quoted_string_comes_back_whatever_is_looked_for(text in texts()) {
        let strings = |coverage| extractor(coverage).extract(&text).quoted_strings().map(|string| string.span()).collect::<Vec<_>>();
        prop_assert_eq!(strings(Coverage::Direct), strings(Coverage::Speech));
        prop_assert_eq!(strings(Coverage::Speech), strings(Coverage::Attribution));
    }

    /// Memory that was used for another text changes nothing, and neither does the second time.
    #[test]
    fn the_same_text_gets_the_same_answer(first in texts(), second in texts()) {
        let extractor = Extractor::english();
        let mut scratch = Scratch::new();
        let fresh = answer(&extractor.extract(&second), |at| at);
        extractor.extract_with(&mut scratch, &first);
        prop_assert_eq!(&answer(&extractor.extract_with(&mut scratch, &second), |at| at), &fresh);
        prop_assert_eq!(&answer(&extractor.extract_with(&mut scratch, &second), |at| at), &fresh);
    }

    /// A paragraph before the text moves every place and changes nothing else: it has no marks, so the
    /// style of the text stays what it is, and is too short to change whether its lines are wrapped.
    #[test]
    fn a_quiet_paragraph_only_shifts(text in texts()) {
        let lead = format!("{QUIET}\n\n");
        let later = format!("{lead}{text}");
        for coverage in COVERAGES {
            let extractor = extractor(coverage);
            let wanted = answer(&extractor.extract(&text), |at| at + lead.len());
            prop_assert_eq!(answer(&extractor.extract(&later), |at| at), wanted);
        }
    }

    /// Both answers of two texts put together. What is told from the whole document must not differ: whether
    /// speech stands in double or in single marks (here only double), and whether lines are wrapped (here
    /// a paragraph is a line). A quiet paragraph keeps a quotation from going on in the next text.
    #[test]
    fn two_texts_are_read_as_two(first in paragraphs(), second in paragraphs()) {
        let (first, second) = (curly(&first), curly(&second));
        let lead = format!("{first}\n\n{QUIET}\n\n");
        let both = format!("{lead}{second}");
        for coverage in COVERAGES {
            let extractor = extractor(coverage);
            let (mut quotes, mut strings) = answer(&extractor.extract(&first), |at| at);
            let (more_quotes, more_strings) = answer(&extractor.extract(&second), |at| at + lead.len());
            let known = strings.len();
            quotes.extend(more_quotes);
            strings.extend(more_strings.into_iter().map(|string| Quoted { parent: string.parent.map(|at| at + known), ..string }));
            prop_assert_eq!(answer(&extractor.extract(&both), |at| at), (quotes, strings));
        }
    }

    /// The same quotations, whatever double marks they stand in.
    #[test]
    fn straight_and_curly_marks_say_the_same(paragraphs in proptest::collection::vec(paragraphs(), 1..4)) {
        let text = paragraphs.join("\n\n");
        let places = |text: &str, marks: [&str; 2]| {
            let text = text.replace('<', marks[0]).replace('>', marks[1]);
            let found = Extractor::english().extract(&text);
            answer(&found, |at| text[..at].chars().count())
        };
        let curly = places(&text, ["“", "”"]);
        prop_assert_eq!(&places(&text, ["\"", "\""]), &curly);
        prop_assert_eq!(&places(&text, ["„", "“"]), &curly);
        prop_assert_eq!(&places(&text, ["«", "»"]), &curly);
    }

    /// Line ends of Windows change nothing between paragraphs.
    #[test]
    fn carriage_returns_change_nothing(paragraphs in proptest::collection::vec(paragraphs(), 1..5)) {
        let text = curly(&paragraphs.join("\n\n"));
        let windows = text.replace('\n', "\r\n");
        let wanted = answer(&Extractor::english().extract(&text), |at| at);
        let found = Extractor::english().extract(&windows);
        prop_assert_eq!(answer(&found, |at| at - windows[..at].matches('\r').count()), wanted);
    }
}

/// Lines that look like rules and are mostly none.
fn rule_texts() -> impl Strategy<Value = String> {
    const LINES: &str = "rule a 0.9·role b term 0.9·match Q cue:^said source:NAME·match ·ok “Go,” said [Ana].·no “Go.”·\
        def A = (·def B = NAME+ | said?·words SAY snark·# nothing·rule·match content:(Q) ^x{1,";
    const BITS: [&str; 20] = [
        "(", ")", "|", "*", "+", "?", "{1,3}", "{9,1}", "^", "!", "&", "<", ">", "Q", "CLAUSE", "FRONT", "NAME",
        "/a[/", "said", ":",
    ];
    let bit = prop_oneof![2 => select(&BITS[..]).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    let line = (one_of(LINES), proptest::collection::vec(bit, 0..6));
    let lines = line.prop_map(|(line, bits)| format!("{line} {}", bits.join(" ")));
    proptest::collection::vec(lines, 0..5).prop_map(|lines| lines.join("\n"))
}

/// Rules that are mostly right, whatever they are good for.
fn rules() -> impl Strategy<Value = String> {
    const ATOMS: [&str; 22] = [
        "Q",
        "FRONT ,",
        "CLAUSE",
        "source:NAME",
        "source:(DET? NOUN+)",
        "cue:^said",
        "cue:(^SAY&VERBAL PART?)",
        "^Q",
        ",?",
        "ADVERB{0,3}",
        "addressee:PRONOUN",
        "content:(NAME+)",
        ">NAME",
        "<DET",
        "START",
        "END",
        "(that | to)?",
        "source:SUBJECT",
        "!Q*",
        "REST",
        "PARA?",
        "NAME",
    ];
    proptest::collection::vec(select(&ATOMS[..]), 1..6)
        .prop_map(|atoms| format!("rule odd 0.99\nmatch {}\nok “Go,” said [Ana].\nno Go.", atoms.join(" ")))
}

/// The clause runs over the quoted string that the rule names as well.
#[test]
fn content_is_told_once() {
    let rules = "rule odd 0.99\nmatch ^Q CLAUSE Q\nok “Go,” said [Ana].\nno Go.";
    let extractor = Extractor::builder().rules(rules).build().expect("rules that can be read");
    let text = "“We sail,” Ana told the crew, “and we sail now.” “Who moved the buoys?” asked the pilot of Varnholm.";
    let found = extractor.extract(text);
    assert!(found.quotes().len() > 0);
    check_sound(&found).unwrap();
}

proptest! {
    // Each case compiles all rules anew.
    #![proptest_config(config(24))]

    #[test]
    fn rules_and_words_are_read_or_refused(
        rules in rule_texts(),
        words in "(\\[[A-Z]{1,6}[\\] ]?\n)?[a-z+()\\[\\] é\n]{0,20}",
    ) {
        if let Err(error) = Extractor::builder().rules(rules.as_str()).build() {
            prop_assert!(error.line() <= rules.lines().count() + 1, "{error}");
        }
        if let Err(error) = Extractor::builder().words(words.as_str()).build() {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn odd_rules_give_sound_answers(rules in rules(), text in damaged()) {
        if let Ok(extractor) = Extractor::builder().rules(rules).build() {
            let found = extractor.extract(&text);
            check_sound(&found)?;
            check_apart(&found)?;
            extractor.check();
        }
    }
}
