//! The formats an extraction is written in: each is read back by other code than the one that wrote it.

mod page;
mod samples;

use inquit::Extraction;
use inquit::output::{Brat, Column, Html, OffsetUnit, Table};
use page::parse;
use proptest::prelude::*;
use samples::{TEXTS, read, texts};
use std::collections::HashSet;

// ---- HTML ------------------------------------------------------------------------------------------------------------

/// What is wrong with the page of a text.
fn page_problem(text: &str, number: usize) -> Result<(), String> {
    let extraction = read(text, number);
    let page = Html::new(&extraction, "<i>\"Title\" & 'more'</i>").to_string();
    let (elements, shown) = parse(&page)?;
    let printable = |letter: char| if letter.is_control() && !letter.is_whitespace() { '\u{fffd}' } else { letter };
    let wanted: String = text.chars().map(printable).collect();
    if !shown.split_whitespace().eq(wanted.split_whitespace()) {
        return Err(format!("another text: {shown:?}"));
    }
    let known = [
        "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "header", "h1", "p", "nav", "details", "summary",
        "ul", "li", "a", "main", "mark", "b", "u", "i", "span",
    ];
    if let Some(other) = elements.iter().find(|element| !known.contains(&element.name.as_str())) {
        return Err(format!("<{}> has no place there", other.name));
    }
    let ids: Vec<&str> = elements.iter().filter_map(|element| element.get("id")).collect();
    if ids.len() != extraction.quotes().len() || ids.iter().collect::<HashSet<_>>().len() != ids.len() {
        return Err(format!("{ids:?} for {} quotations", extraction.quotes().len()));
    }
    let links: Vec<&str> = elements.iter().filter_map(|element| element.get("href")).collect();
    match links.iter().find(|link| !ids.iter().any(|id| link.strip_prefix('#') == Some(id))) {
        Some(link) => Err(format!("{link} leads nowhere")),
        None => Ok(()),
    }
}

#[test]
fn pages_are_sound_and_show_the_whole_text() {
    for text in TEXTS {
        for number in 0..3 {
            assert_eq!(page_problem(text, number), Ok(()), "{text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pages_of_any_text_are_sound(text in texts(), number in 0..3_usize) {
        prop_assert_eq!(page_problem(&text, number), Ok(()));
    }
}

#[test]
fn an_unsound_page_is_seen() {
    for page in ["<p><b></p></b>", "<p>a & b</p>", "<p class=x></p>", "<p>", "<main>a > b</main>", "<p \"></p>"] {
        assert!(parse(page).is_err(), "{page}");
    }
    let (elements, text) = parse("<main><p title=\"a &lt; b\">c &amp; d</p></main>").unwrap();
    assert_eq!((elements[1].get("title"), text.as_str()), (Some("a < b"), "c & d"));
}

#[test]
fn quotations_of_one_speaker_have_one_colour() {
    let text = "“Go,” said Ana Lim. “Stay,” said Tom Roe. “No,” said Ana Lim.\n\n“Nobody knows who wrote this.”";
    let page = Html::new(&read(text, 1), "a").to_string();
    let (elements, _) = parse(&page).unwrap();
    let of_text = elements.iter().filter(|element| element.get("id").is_some());
    let classes: Vec<&str> = of_text.filter_map(|element| element.get("class")).collect();
    assert_eq!(classes, ["s0 direct", "s1 direct", "s0 direct", "nobody direct"]);
    let links: Vec<(&str, &str)> =
        elements.iter().filter_map(|one| Some((one.get("href")?, one.get("class")?))).collect();
    assert_eq!(links, [("#q1", "s0"), ("#q2", "s1"), ("#q4", "nobody")]);
}

/// Reading must not depend on the colour: text on every ground has a contrast of 4.5 at least, lines one of 3.
#[test]
fn colours_can_be_told_apart() {
    let style = include_str!("../src/output/page.css");
    let (light, dark) = style.split_once("@media (prefers-color-scheme: dark)").unwrap();
    let [light, dark] = [light, &dark[..dark.find('}').unwrap()]];
    let value = |theme: &str, name: &str| {
        let start = theme.find(&format!("{name}: ")).unwrap_or_else(|| panic!("{name}")) + name.len() + 2;
        theme[start..].split([';', ' ', '}']).next().unwrap().to_owned()
    };
    let hex = |theme: &str, name: &str| {
        let number = u32::from_str_radix(value(theme, name).trim_start_matches('#'), 16).unwrap();
        luminance([16, 8, 0].map(|shift| linear(f64::from(number >> shift & 255) / 255.0)))
    };
    let contrast = |one: f64, other: f64| (one.max(other) + 0.05) / (one.min(other) + 0.05);
    let grounds: HashSet<(&str, &str)> = style
        .split("oklch(var(")
        .skip(1)
        .map(|rest| (rest.split_once(')').unwrap().0, rest.split_once("* ").unwrap().1.split_once(')').unwrap().0))
        .collect();
    assert_eq!(grounds.len(), 3);
    for theme in [light, dark] {
        let (paper, ink, faint) = (hex(theme, "--paper"), hex(theme, "--ink"), hex(theme, "--faint"));
        assert!(contrast(ink, paper) > 7.0 && contrast(faint, paper) > 4.5);
        for (name, chroma) in &grounds {
            let (lightness, chroma): (f64, f64) = (value(theme, name).parse().unwrap(), chroma.parse().unwrap());
            for hue in 0..360 {
                let ground = luminance(oklch(lightness, chroma, f64::from(hue)));
                let (seen, least) = if *name == "--line" { (paper, 3.0) } else { (ink, 4.5) };
                assert!(contrast(ground, seen) > least, "{name} at {hue}: {}", contrast(ground, seen));
            }
        }
    }
}

/// Linear red, green and blue of an OKLCH colour.
fn oklch(lightness: f64, chroma: f64, hue: f64) -> [f64; 3] {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let middle = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701_0 * short,
    ]
    .map(|part| part.clamp(0.0, 1.0))
}

fn linear(part: f64) -> f64 {
    if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

fn luminance([red, green, blue]: [f64; 3]) -> f64 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

// ---- Tables ----------------------------------------------------------------------------------------------------------

/// The name of a document with all that must be escaped.
const ID: &str = "a,\"b\"\t\\";

/// The rows of a table as another reader sees them, and as the extraction has them.
fn tables(id: &str, text: &str, number: usize) -> [Vec<Vec<String>>; 3] {
    let extraction = read(text, number);
    let [csv, tsv] = [Table::Csv, Table::Tsv]
        .map(|table| format!("{}{}", table.header(), table.rows(id, &extraction, OffsetUnit::Byte)));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    let fields = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    let csv = reader.records().map(|record| fields(record.unwrap())).collect();
    let tsv = tsv.split_terminator('\n').map(|line| line.split('\t').map(untabbed).collect()).collect();
    let content = |quote: inquit::Quote<'_>| quote.content().into_owned();
    let wanted = extraction.quotes().map(|quote| vec![id.to_owned(), content(quote)]).collect();
    [csv, tsv, wanted]
}

fn untabbed(field: &str) -> String {
    let mut letters = field.chars();
    let mut out = String::new();
    while let Some(letter) = letters.next() {
        let meant = match letter {
            '\\' => letters.next().map(|next| match next {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                other => other,
            }),
            _ => Some(letter),
        };
        out.extend(meant);
    }
    out
}

fn check_tables(text: &str, number: usize) {
    let [csv, tsv, wanted] = tables(ID, text, number);
    assert_eq!(csv, tsv);
    check_guards(&csv[1..]);
    let csv: Vec<Vec<String>> =
        csv.iter().map(|row| row.iter().map(|cell| unguarded(cell).to_owned()).collect()).collect();
    assert_eq!(csv[0][..6], ["document", "kind", "speaker", "source", "cue", "content"]);
    let named: Vec<Vec<String>> = csv[1..].iter().map(|row| vec![row[0].clone(), row[5].clone()]).collect();
    assert_eq!(named, wanted);
    for row in &csv[1..] {
        let spans = row[10].split(';').map(|span| span.split_once("..").unwrap());
        let pieces: Vec<&str> = spans.map(|(start, end)| &text[start.parse().unwrap()..end.parse().unwrap()]).collect();
        assert_eq!(pieces.join(" "), row[5]);
        assert_eq!(row[10].split("..").next(), Some(row[17].as_str()));
    }
}

#[test]
fn columns_tell_who_the_speaker_is() {
    let text = "Ana Lim, mayor of Lund, was late. “I had no choice,” she said. “Go,” said the ferry office.";
    let extraction = inquit::Extractor::english().extract(text);
    let columns = [Column::Start, Column::Speaker, Column::SpeakerKind, Column::Gender, Column::Role];
    let rows = Table::Tsv.rows("a", &extraction, OffsetUnit::Char).columns(&columns).to_string();
    assert_eq!(
        format!("{}{rows}", Table::Tsv.header_of(&columns)),
        "start\tspeaker\tspeaker_kind\tgender\trole\n34\tAna Lim\tperson\tfemale\tmayor of Lund\n\
         63\tferry office\torganisation\t\t\n"
    );
    assert_eq!(Table::Csv.rows("a", &extraction, OffsetUnit::Char).columns(&[]).to_string(), "\r\n\r\n");
    assert_eq!(Table::Tsv.header().to_string(), Table::Tsv.header_of(&Column::ALL).to_string());
}

#[test]
fn a_row_of_ones_own_is_written_as_the_others_are() {
    let fields = ["a\tb", "=1", "2", "“Né”, \"no\"\n"];
    assert_eq!(Table::Tsv.row(&fields).to_string(), "a\\tb\t'=1\t2\t“Né”, \"no\"\\n\n");
    assert_eq!(Table::Csv.row(&fields).to_string(), "a\tb,'=1,2,\"“Né”, \"\"no\"\"\n\"\r\n");
}

#[test]
fn tables_hold_every_quotation() {
    for text in TEXTS {
        (0..3).for_each(|number| check_tables(text, number));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tables_of_any_text_do_too(text in texts(), number in 0..3_usize) {
        check_tables(&text, number);
    }
}

/// Signs that begin a formula.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet may run a cell, also if it drops space, control characters and marks at its start.
fn is_run(cell: &str) -> bool {
    let dropped = |letter: char| {
        letter.is_whitespace()
            || letter.is_control()
            || matches!(letter, '"' | '\'' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
    };
    let first = cell.trim_start_matches(dropped);
    let before = &cell[..cell.len() - first.len()];
    before.contains(['\t', '\r', '\n', '\0']) || first.starts_with(FORMULA)
}

/// A cell without the `'` before what a spreadsheet would run.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_run(rest)).unwrap_or(cell)
}

/// No cell is run by a spreadsheet, and columns of numbers have no guard.
fn check_guards(rows: &[Vec<String>]) {
    for row in rows {
        for cell in row {
            assert!(!is_run(cell) || cell.starts_with('\''), "{cell:?}");
        }
        let numbers = [7, 10, 11, 12, 13, 17].map(|column| &row[column]);
        assert!(
            numbers.iter().all(|cell| cell.chars().all(|letter| letter.is_ascii_digit() || ".;".contains(letter))),
            "{row:?}"
        );
    }
}

/// The name of a document as it stands in both tables.
fn written_id(id: &str) -> String {
    let [csv, tsv, wanted] = tables(id, "“Go,” said Ana Lim.", 0);
    assert_eq!(csv, tsv);
    assert_eq!(wanted[0][0], id);
    assert_eq!((csv.len(), csv[1].len()), (2, 18), "{id:?}");
    csv[1][0].clone()
}

#[test]
fn cells_that_a_spreadsheet_would_run_have_a_guard() {
    let run = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
        "\t=1",
        "'\ttext",
        "\"\rtext",
        "\ttext",
        "\rtext",
        "\ntext",
        "\r",
        "\0=1",
        " =1",
        "\u{A0}=1",
        "\u{FEFF}=1",
        "\u{200B}+1",
        "\"=1\"",
        "\" =1",
        "'=1",
        "''=1",
        "-",
        "=",
        "--help",
        "-a.txt",
        "@lim",
        "=cmd|' /C calc'!A0",
        "=HYPERLINK(\"http://example.com\",\"a,b\")",
        "=1\r\n=2",
    ];
    for id in run {
        assert_eq!(written_id(id), format!("'{id}"));
    }
    let text = [
        "",
        "a=1",
        "1-2",
        "a@b.example",
        "'",
        "'a",
        "''",
        "\"",
        "\"a\"",
        "“=1”",
        "—1",
        "–1",
        "−1",
        " a",
        "a\r=1",
        "a\rb",
        "a\n=1",
        "a\t=1",
        "/a/-b",
        "1+1",
        "(=1)",
        "%1",
        "*1",
        "a.txt",
        "\\t=1",
        ",=1",
        ";=1",
    ];
    for id in text {
        assert_eq!(written_id(id), id);
    }
}

#[test]
fn a_line_end_without_its_twin_is_quoted() {
    for id in ["a\rb", "a\nb", "a\r\nb"] {
        let rows = Table::Csv.rows(id, &read("“Go,” said Ana Lim.", 0), OffsetUnit::Byte).to_string();
        assert!(rows.starts_with(&format!("\"{id}\",direct,")), "{rows:?}");
        let rows = Table::Tsv.rows(id, &read("“Go,” said Ana Lim.", 0), OffsetUnit::Byte).to_string();
        assert!(!rows.contains('\r') && rows.matches('\n').count() == 1, "{rows:?}");
    }
}

#[test]
fn words_of_the_text_have_a_guard_too() {
    let text =
        "\"=1+1 is what we pay,\" said Ana Lim. - Tom Roe said that -5 degrees was cold. \"@you must go,\" said @ana.";
    for number in 0..3 {
        let [csv, ..] = tables("a", text, number);
        let contents: Vec<&str> = csv[1..].iter().map(|row| row[5].as_str()).collect();
        assert!(contents.contains(&"'\"=1+1 is what we pay,\""), "{contents:?}");
        check_tables(text, number);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_name_is_run_and_each_can_be_read_back(id in "([=+@＝＋－＠\"'\t\r\n\0 \u{FEFF}a,;\\\\-]{0,6}|\\PC{0,8})") {
        let cell = written_id(&id);
        prop_assert!(!is_run(&cell) || cell.starts_with('\''), "{:?}", cell);
        prop_assert_eq!(unguarded(&cell), id);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_words_of_any_text_are_run(words in "[=+@＝－\t\r ,.'\"a1-]{0,8}", text in texts(), number in 0..3_usize) {
        check_tables(&format!("\"{words} rain was near,\" said {words}Lim. She said that {words}it was late. {text}"), number);
    }
}

#[test]
fn a_row_in_full() {
    let text = "“Né,” Ana Lim told the clerk, “no.”";
    let extraction = read(text, 1);
    let rows = |unit| Table::Tsv.rows("a.txt", &extraction, unit).to_string();
    let fields = rows(OffsetUnit::Char);
    let fields: Vec<&str> = fields.trim_end_matches('\n').split('\t').collect();
    assert_eq!(fields[..2], ["a.txt", "direct"]);
    assert_eq!(fields[3..7], ["Ana Lim", "told", "“Né,” “no.”", "the clerk"]);
    assert_eq!(fields[10..], ["0..5;30..35", "6..13", "14..18", "19..28", "person", "female", "", "0"]);
    assert!(
        rows(OffsetUnit::Byte).ends_with("\t0..10;35..44\t11..18\t19..23\t24..33\tperson\tfemale\t\t0\n"),
        "{}",
        rows(OffsetUnit::Byte)
    );
}

// ---- brat ------------------------------------------------------------------------------------------------------------

/// Holds every line of a brat file against the text, as brat itself does.
fn check_brat(text: &str, number: usize) {
    let extraction = read(text, number);
    let letters: Vec<char> = text.chars().collect();
    let lines = Brat::new(&extraction).to_string();
    let mut known = HashSet::new();
    let mut events = 0;
    for line in lines.split_terminator('\n') {
        let columns: Vec<&str> = line.split('\t').collect();
        assert_eq!(columns.len(), if line.starts_with(['T', '#']) { 3 } else { 2 }, "{line:?}");
        assert!(known.insert(columns[0]), "{line}");
        match &line[..1] {
            "T" => {
                let places =
                    columns[1].split_once(' ').unwrap().1.split(';').map(|place| place.split_once(' ').unwrap());
                let places = places.map(|(start, end)| start.parse::<usize>().unwrap()..end.parse::<usize>().unwrap());
                let pieces: Vec<String> = places.map(|place| letters[place].iter().collect()).collect();
                assert!(pieces.iter().all(|piece| piece.trim() == piece && !piece.contains(['\n', '\r'])), "{line}");
                assert_eq!(pieces.join(" ").replace('\t', " "), columns[2]);
            }
            "E" => {
                events += 1;
                let arguments = columns[1].split(' ').map(|argument| argument.split_once(':').unwrap());
                assert!(arguments.into_iter().all(|(_, stretch)| known.contains(stretch)), "{line}");
            }
            "A" | "#" => assert!(known.contains(columns[1].split(' ').nth(1).unwrap()), "{line}"),
            _ => panic!("{line}"),
        }
    }
    assert_eq!(events, extraction.quotes().len());
}

#[test]
fn marks_for_brat_fit_the_text() {
    for text in TEXTS {
        (0..3).for_each(|number| check_brat(text, number));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn marks_for_brat_fit_any_text(text in texts(), number in 0..3_usize) {
        check_brat(&text, number);
    }
}

#[test]
fn a_stretch_has_a_piece_for_each_line() {
    let text = [
        "The harbour was quiet on Monday, and the clerk was late as",
        "usual. “We have waited here since the bell rang for the first",
        "time, and nobody came to tell us anything about the boats,”",
        "said Ana Lim, who sells nets on the northern quay in summer",
        "and mends them in winter, when there is little else to do.",
    ];
    let text = &text.join("\n");
    let lines = Brat::new(&read(text, 1)).to_string();
    assert!(lines.contains("\tContent 66 120;121 180\t“We have waited"), "{lines}");
    check_brat(text, 1);
}

// ---- What is left out ------------------------------------------------------------------------------------------------

#[test]
fn speakers_without_quotations_go_and_the_order_is_made_anew() {
    let text = "“One,” said Ana Lim. “Two,” said Tom Roe. “Three,” said Bo Nash. “Four,” said Ana Lim.";
    let mut extraction = read(text, 1);
    let words =
        |extraction: &Extraction<'_>| extraction.quotes().map(|quote| quote.content().into_owned()).collect::<Vec<_>>();
    let strings = extraction.quoted_strings().len();
    let all = words(&extraction);
    extraction.retain(|_| true);
    assert_eq!(words(&extraction), all);
    let mut number = 0;
    extraction.retain(|_| {
        number += 1;
        number > 2
    });
    assert_eq!(words(&extraction), all[2..]);
    assert_eq!(extraction.quoted_strings().len(), strings);
    for speaker in extraction.speakers() {
        assert!(speaker.quotes().count() > 0 && speaker.name() != "Tom Roe");
    }
    let mut of_quotes: Vec<String> = Vec::new();
    for speaker in extraction.quotes().filter_map(|quote| quote.speaker()) {
        if !of_quotes.iter().any(|name| name == speaker.name()) {
            of_quotes.push(speaker.name().to_owned());
        }
    }
    assert_eq!(extraction.speakers().map(|speaker| speaker.name().to_owned()).collect::<Vec<_>>(), of_quotes);
    extraction.retain(|_| false);
    assert_eq!((extraction.quotes().len(), extraction.speakers().len()), (0, 0));
}
