//! Who is speaking: a text, and for each of its sources in order `source => speaker`.

use inquit::{Coverage, Extractor, Flags, Gender, SpeakerKind};

/// Reads `text` and compares the sources that have words for them in `expected`, one a line.
fn check(text: &str, expected: &str) {
    let extractor = Extractor::english().with_coverage(Coverage::Attribution);
    let found = extractor.extract(text);
    let mut lines: Vec<(usize, String)> = found
        .quotes()
        .filter_map(|quote| {
            let source = quote.source()?;
            let speaker = quote.speaker().map_or("?", |speaker| speaker.name());
            Some((source.span().start, format!("{} => {}", source.text(), speaker)))
        })
        .collect();
    lines.sort();
    lines.dedup();
    let lines: Vec<String> = lines.into_iter().map(|(_, line)| line.replace('\n', " ")).collect();
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, expected, "in: {text}");
}

fn sieves(text: &str) -> Vec<String> {
    let found = Extractor::english().extract(text);
    found.quotes().filter_map(|quote| quote.speaker_sieve().map(str::to_owned)).collect()
}

#[test]
fn short_names_stand_for_the_fullest() {
    check("Ana Lim said rents would fall. Lim said the rule was fair.", "Ana Lim => Ana Lim\nLim => Ana Lim");
    check("Lim said the rule was fair. Later Ana Lim said rents would fall.", "Lim => Ana Lim\nAna Lim => Ana Lim");
    check(
        "Sen. Ana Lim said rents would fall. Ms. Lim said the rule was fair.",
        "Sen. Ana Lim => Ana Lim\nMs. Lim => Ana Lim",
    );
    check(
        "Ana K. Lim said rents would fall. Ana Lim said the rule was fair.",
        "Ana K. Lim => Ana K. Lim\nAna Lim => Ana K. Lim",
    );
}

#[test]
fn particles_suffixes_and_nicknames_belong_to_names() {
    check(
        "Ursula van der Berg said rents would fall. Van der Berg said the rule was fair.",
        "Ursula van der Berg => Ursula van der Berg\nVan der Berg => Ursula van der Berg",
    );
    check(
        "Fadil al-Terrab said rents would fall. Terrab said the rule was fair.",
        "Fadil al-Terrab => Fadil al-Terrab\nTerrab => Fadil al-Terrab",
    );
    check(
        "Robert “Bobby” Quill said rents would fall. “We stay,” Bobby Quill said.",
        "Robert “Bobby” Quill => Robert “Bobby” Quill\nBobby Quill => Robert “Bobby” Quill",
    );
}

#[test]
fn forms_of_address_tell_people_of_one_surname_apart() {
    check(
        "“We stay,” said Mr. Quill. “We go,” said Mrs. Quill. “No,” said Miss Quill.",
        "Mr. Quill => Mr. Quill\nMrs. Quill => Mrs. Quill\nMiss Quill => Miss Quill",
    );
    check(
        "Thomas Quill met Rosa Quill. “We stay,” said Mrs. Quill. “We go,” said Mr. Quill.",
        "Mrs. Quill => Rosa Quill\nMr. Quill => Thomas Quill",
    );
}

#[test]
fn a_surname_of_two_is_flagged() {
    let text = "Thomas Quill and Rosa Quill came late. Quill said rents would fall.";
    let found = Extractor::english().extract(text);
    let quote = found.quotes().find(|quote| quote.source().is_some_and(|source| source.text() == "Quill")).unwrap();
    assert!(quote.flags().contains(Flags::AMBIGUOUS), "{quote:?}");
    assert_eq!(quote.speaker(), None);
}

#[test]
fn what_a_pronoun_says_of_a_shared_surname_decides() {
    let text = "Thomas Quill and Rosa Quill came late. Quill says she will stay. Her sister agrees.";
    let found = Extractor::english().extract(text);
    assert_eq!(found.quote(0).and_then(|quote| quote.speaker()).map(|speaker| speaker.name()), Some("Rosa Quill"));
}

#[test]
fn whoever_says_i_is_never_he() {
    check("“We stay,” I said. “We go,” he said.", "I => I\nhe => ?");
}

#[test]
fn common_words_before_a_name_are_no_part_of_it() {
    check("So Lim stayed. “We stay,” Ana Lim said. “Dear Ana,” said Tom.", "Ana Lim => Ana Lim\nTom => Tom");
}

#[test]
fn bodies_are_kept_apart_from_people() {
    let text = "The Harbour Trust of Lund (HTL) said rents would fall. The HTL said the rule was fair.";
    check(text, "The Harbour Trust of Lund => Harbour Trust of Lund\nThe HTL => Harbour Trust of Lund");
    let found = Extractor::english().extract(text);
    assert_eq!(found.speakers().next().unwrap().kind(), SpeakerKind::Organisation);
}

#[test]
fn roles_lead_to_names() {
    check(
        "Fadil Quill, prime minister of Lund, said rents would fall. The prime minister said the rule was fair.",
        "Fadil Quill, prime minister of Lund, => Fadil Quill\nThe prime minister => Fadil Quill",
    );
    check("Housing minister Ana Lim met Tom Roe. The minister said rents would fall.", "The minister => Ana Lim");
    check(
        "The trade secretary, Ana Lim, said rents would fall. The trade secretary said the rule was fair.",
        "The trade secretary, Ana Lim, => Ana Lim\nThe trade secretary => Ana Lim",
    );
}

#[test]
fn roles_before_a_name_end_with_their_last_word() {
    for (role, text) in [
        ("Mayor", "Mayor Ana Lim said rents would fall."),
        ("Mayor", "Mayor\tAna Lim said rents would fall."),
        ("Then prime minister", "Then prime minister Otto Brandt said rents would fall."),
        ("Former mayor", "Former mayor Otis Crane said rents would fall."),
    ] {
        let found = Extractor::english().extract(text);
        assert_eq!(found.speakers().next().unwrap().roles().collect::<Vec<_>>(), [role], "{text}");
    }
}

#[test]
fn companies_are_organisations() {
    for text in [
        "Norvik Ltd. said that profits had doubled. “We are pleased,” it said.",
        "Norvik Inc. said that profits had doubled. “We are pleased,” it said.",
        "Norvik Corp said that profits had doubled. “We are pleased,” it said.",
        "Tarn & Roe LLP said that the books were in order. “We are pleased,” it said.",
        "Varnholm AG said that profits had doubled. “We are pleased,” it said.",
        "Tarn Harbour PLC said that profits had doubled.",
        "Otto Brandt & Co. said that profits had doubled.",
    ] {
        let found = Extractor::english().extract(text);
        let company = found.speakers().next().unwrap();
        assert_eq!(company.kind(), SpeakerKind::Organisation, "{text}: {}", company.name());
        assert_eq!(company.gender(), None, "{text}");
        assert_eq!(found.speakers().len(), 1, "{text}");
    }
    for text in ["Otis Crane Jr. said rents would fall.", "J. Crane said rents would fall."] {
        let found = Extractor::english().extract(text);
        assert_eq!(found.speakers().next().unwrap().kind(), SpeakerKind::Person, "{text}");
    }
}

#[test]
fn a_description_in_the_lead_is_resolved_by_what_follows() {
    let text = "Rents will fall, the head of Lund’s government said this week.\n\n\
                Fadil Quill, prime minister of Lund, said the rule was fair.";
    let found = Extractor::english().extract(text);
    let first = found.quote(0).unwrap();
    assert_eq!(first.speaker().unwrap().name(), "Fadil Quill");
    assert_eq!(first.speaker_sieve(), Some("lead"));
}

#[test]
fn pronouns_agree_in_gender() {
    check(
        "Ana Lim met Tom Roe. She said rents would fall. He said the rule was fair.",
        "She => Ana Lim\nHe => Tom Roe",
    );
    check("Ana Lim arrived late. “I had no choice,” she said.", "she => Ana Lim");
    // Nobody here is a woman.
    check("Tom Roe arrived late. “I had no choice,” she said.", "she => ?");
}

#[test]
fn who_is_named_inside_is_not_the_speaker() {
    check("Tom Roe met Jim Quill. “Roe must go,” he said.", "he => Jim Quill");
}

#[test]
fn the_last_speaker_goes_before_the_last_name() {
    check(
        "Tom Roe said rents would fall after a talk with Jim Quill. He said the rule was fair.",
        "Tom Roe => Tom Roe\nHe => Tom Roe",
    );
}

#[test]
fn relative_pronouns_go_with_what_they_touch() {
    check(
        "Tom Roe replaced Ana Lim, who said rents would fall. Later Roe said the rule was fair.",
        "who => Ana Lim\nRoe => Tom Roe",
    );
}

#[test]
fn groups_and_papers_go_by_their_description() {
    let text = "Many officials said rents would fall. The report said the rule was fair.";
    check(text, "Many officials => Many officials\nThe report => report");
    let found = Extractor::english().with_coverage(Coverage::Attribution).extract(text);
    let kinds: Vec<_> = found.speakers().map(|speaker| speaker.kind()).collect();
    assert_eq!(kinds, [SpeakerKind::Group, SpeakerKind::Document]);
}

#[test]
fn a_spokesman_speaks_for_another() {
    let text = "The Harbour Trust met on Monday. Ana Lim, a spokeswoman for the Harbour Trust, said rents would fall.";
    let found = Extractor::english().extract(text);
    let speaker = found.speakers().next().unwrap();
    assert_eq!(speaker.name(), "Ana Lim");
    assert_eq!(speaker.on_behalf_of(), Some("Harbour Trust"));
    assert_eq!(speaker.gender(), Some(Gender::Female));
}

#[test]
fn speakers_know_their_quotes_and_mentions() {
    let text = "“Go,” said Ana Lim, mayor of Lund. Tom Roe laughed. “Now,” Lim said.";
    let found = Extractor::english().extract(text);
    let lim = found.speakers().next().unwrap();
    assert_eq!(lim.roles().collect::<Vec<_>>(), ["mayor of Lund"]);
    assert_eq!(found.quotes_of(&lim).count(), 2);
    assert!(found.quotes().all(|quote| found.speaker_of(&quote) == Some(lim)));
    assert_eq!(lim.mentions().len(), 2);
    assert_eq!(found.speakers().len(), 1);
}

#[test]
fn every_answer_names_its_sieve() {
    assert_eq!(sieves("Ana Lim said rents would fall."), ["name"]);
    assert_eq!(sieves("Ana Lim and Tom Roe said rents would fall."), ["several"]);
    assert_eq!(sieves("“We stay,” I said."), ["narrator"]);
    assert_eq!(sieves("Ana Lim came late. She said rents would fall."), ["only-candidate"]);
    assert_eq!(
        sieves("A woman said rents would fall. The woman said the rule was fair."),
        ["description", "described-before"]
    );
}

#[test]
fn ten_thousand_names_are_no_burden() {
    // Letters make names that are all different.
    let name = |number: u32| {
        let letter = |place: u32| char::from(b'a' + (number / 26u32.pow(place) % 26) as u8);
        format!("Ana Z{}{}{}", letter(0), letter(1), letter(2))
    };
    let text: String = (0..10_000).map(|number| format!("{} said rents would fall.\n\n", name(number))).collect();
    let found = Extractor::english().extract(&text);
    assert_eq!(found.speakers().len(), 10_000);
}

mod any_text {
    use inquit::{Coverage, Extractor};
    use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
    use proptest::sample::select;

    const PIECES: [&str; 40] = [
        "Ana",
        "Lim",
        "Roe",
        "al-Terrab",
        "van",
        "der",
        "Mr.",
        "Mrs. ",
        "Sen.",
        "J.",
        "Dr",
        " ",
        " ",
        " ",
        ", ",
        ". ",
        "“",
        "”",
        "\"",
        "’s",
        "’",
        "'",
        "\n\n",
        "\n",
        " said ",
        " told ",
        " he ",
        " She ",
        " who ",
        "the mayor",
        "mayor of",
        "(HTL)",
        "É",
        "ø",
        "—",
        "-",
        "Jr.",
        "officials",
        " and ",
        "that rents would fall",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        /// No text makes it panic, every span can be cut, and numbers fit each other.
        #[test]
        fn speakers_are_whole(pieces in proptest::collection::vec(select(&PIECES[..]), 0..60)) {
            let text = pieces.concat();
            let found = Extractor::english().with_coverage(Coverage::Attribution).extract(&text);
            for speaker in found.speakers() {
                prop_assert!(!speaker.name().is_empty());
                prop_assert!(speaker.quotes().next().is_some());
                prop_assert!(speaker.mentions().windows(2).all(|pair| pair[0].end <= pair[1].start));
                for span in speaker.mentions() {
                    prop_assert!(!text[*span].is_empty());
                }
            }
            for quote in found.quotes() {
                prop_assert_eq!(quote.speaker(), found.speaker_of(&quote));
                prop_assert!(quote.speaker().is_none() || quote.speaker_sieve().is_some());
            }
        }
    }
}
