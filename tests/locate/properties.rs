//! What holds for every quotation and every text.

use super::{naive, words};
use inquit::{Located, Match, locate, locate_all, locate_near};
use proptest::prelude::*;
use proptest::sample::select;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Pieces of texts with quotations in them, and of what should not be in them.
const PIECES: &str = "the·crew·The·sails·a·5·1,000.5·$5·7%·-3·don’t·don't·anti-war·U.S.·Lim·said Lim·he said·can't·can’t·can·cannot·isn’t·is·not·’em·boys’·l’été·é·e\u{301}·ﬁre·漢字·\
                      Ａｂ·har\u{AD}bour·,·.·?·!·:·;·…·...·. . .·[…]·[the mate]·[sic]·[T]he·walk[ed]·(·)·[·]·—·--·-·–·\"·“·”·'·‘·’·«·»· · · · \
                      ·\n·\n\n·\u{A0}·\u{200B}·\r\n·🙂·\0·\u{301}";

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(select(PIECES.split('·').collect::<Vec<_>>()), 0..40)
        .prop_map(|pieces| pieces.join(if pieces.len() % 2 == 0 { "" } else { " " }))
}

/// A text and two places in it.
fn cut() -> impl Strategy<Value = (String, usize, usize)> {
    (text(), any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(text, one, other)| {
        // A word that a hyphen breaks at the end of a line is one.
        let is_apart = |at: usize| !text[..at].trim_end_matches(words::is_blank).ends_with('-');
        let spaces =
            text.char_indices().filter(|(at, letter)| letter.is_whitespace() && is_apart(*at)).map(|(at, _)| at);
        let places: Vec<usize> = [0].into_iter().chain(spaces).chain([text.len()]).collect();
        let (one, other) = (places[one.index(places.len())], places[other.index(places.len())]);
        (text, one.min(other), one.max(other))
    })
}

/// The same in other dress; `dress` chooses.
fn dressed(quotation: &str, dress: usize) -> String {
    const SPACES: [&str; 5] = [" ", "\u{A0}", "  ", "\u{2009}", "\n"];
    const DOUBLES: [&str; 4] = ["\"", "“", "”", "„"];
    const SINGLES: [&str; 3] = ["'", "’", "‘"];
    const DASHES: [&str; 4] = ["—", " — ", "--", " – "];
    const ELLIPSES: [&str; 4] = ["…", "...", " … ", ". . ."];
    let mut out = String::new();
    let mut word = 0;
    for (at, letter) in quotation.chars().enumerate() {
        let chosen = dress.wrapping_mul(at + 7) >> 3;
        match letter {
            ' ' => out.push_str(SPACES[chosen % SPACES.len()]),
            '"' => out.push_str(DOUBLES[chosen % DOUBLES.len()]),
            '\'' => out.push_str(SINGLES[chosen % SINGLES.len()]),
            '—' => out.push_str(DASHES[chosen % DASHES.len()]),
            '…' => out.push_str(ELLIPSES[chosen % ELLIPSES.len()]),
            letter => out.push(letter),
        }
        word = if letter.is_ascii_lowercase() { word + 1 } else { 0 };
        if word == 2
            && chosen.is_multiple_of(3)
            && quotation.chars().nth(at + 1).is_some_and(|next| next.is_ascii_lowercase())
        {
            out.push('\u{AD}');
        }
    }
    out
}

fn has_word(text: &str) -> bool {
    text.contains(|letter: char| letter.is_alphanumeric() || letter == '\u{301}')
}

fn check_sound(located: &Located, quotation: &str, text: &str) -> Result<(), TestCaseError> {
    let spans = located.spans();
    prop_assert!(!spans.is_empty());
    prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "{spans:?}");
    for span in spans {
        prop_assert!(text.get(span.range()).is_some_and(has_word), "{spans:?}");
    }
    prop_assert_eq!(located.left_out().count(), spans.len() - 1);
    prop_assert_eq!(located.changes().is_empty(), located.is_verbatim());
    for change in located.changes() {
        prop_assert!(quotation.get(change.quotation.range()).is_some(), "{change:?}");
        prop_assert!(text.get(change.text.range()).is_some(), "{change:?}");
        prop_assert!(!change.quotation.is_empty() || !change.text.is_empty(), "{change:?}");
        for (source, span) in [(quotation, change.quotation), (text, change.text)] {
            let cut = [span.start, span.end].into_iter().find(|at| words::is_inside(source, *at));
            prop_assert_eq!(cut, None, "{:?} of {:?}", &source[span], source);
        }
    }
    Ok(())
}

#[test]
fn places_that_share_signs_are_one() {
    let text = "said Lim har\u{ad}bour […] , , har\u{ad}bour […] , the";
    let all = locate_all(&text[18..44], text);
    assert!(!all.is_empty() && all.windows(2).all(|pair| pair[0].span().end <= pair[1].span().start), "{all:?}");
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn answers_are_sound(quotation in text(), text in text()) {
        let located = locate(&quotation, &text);
        let near = locate_near(&quotation, &text);
        if let Some(located) = &located {
            prop_assert!(located.is_verbatim());
            prop_assert_eq!(near.as_ref(), Some(located));
        }
        if let Some(near) = &near {
            check_sound(near, &quotation, &text)?;
            prop_assert_eq!(near.is_verbatim(), located.is_some());
        }
    }

    #[test]
    fn what_was_cut_out_is_found((text, start, end) in cut()) {
        let quotation = &text[start..end];
        let located = locate(quotation, &text);
        prop_assert_eq!(located.as_ref().map(Located::how), has_word(quotation).then_some(Match::Exact));
        if let Some(located) = located {
            check_sound(&located, quotation, &text)?;
            prop_assert!(quotation.contains(&text[located.span()]));
        }
    }

    #[test]
    fn all_places_are_places((text, start, end) in cut()) {
        let quotation = &text[start..end];
        let all = locate_all(quotation, &text);
        let first = locate(quotation, &text);
        prop_assert_eq!(all.is_empty(), first.is_none());
        prop_assert_eq!(all.iter().map(Located::how).min(), first.map(|located| located.how()));
        prop_assert!(all.windows(2).all(|pair| pair[0].span().end <= pair[1].span().start));
        all.iter().try_for_each(|located| check_sound(located, quotation, &text))?;
    }
}

/// Words of plain sentences, with everything that has another dress.
fn sentence() -> impl Strategy<Value = String> {
    let words = "the·crew·sails·don't·it's·tide,·boat;·\"old\"·'new'·rains.·Lim·40·well—no·so…·wait·of·May";
    prop::collection::vec(select(words.split('·').collect::<Vec<_>>()), 1..20).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(config(1_000))]

    #[test]
    fn another_dress_is_no_other_quotation(before in sentence(), quotation in sentence(), after in sentence(), dress: usize) {
        let text = format!("{before} {quotation} {after}");
        let other = dressed(&quotation, dress);
        let found = locate(&other, &text);
        prop_assert!(found.as_ref().is_some_and(|located| located.how() <= Match::Folded), "{other}: {found:?}");
        let text = format!("{before} {other} {after}");
        let found = locate(&quotation, &text);
        prop_assert!(found.as_ref().is_some_and(|located| located.how() <= Match::Folded), "{quotation}: {found:?}");
    }

    #[test]
    fn a_tag_may_be_left_out(first in "[a-z]{2,5}( [a-z]{2,5}){0,6}", second in "[a-z]{2,5}( [a-z]{2,5}){0,6}", stop: bool) {
        let text = format!("It was late. “{first},” said Ana Lim{} “{second},” and left.", if stop { "." } else { "," });
        let quotation = format!("{first}{} {second}", if stop { "." } else { "," });
        let located = locate(&quotation, &text);
        prop_assert_eq!(located.as_ref().map(Located::how), Some(Match::Interrupted));
        let parts: Vec<&str> = located.iter().flat_map(Located::spans).map(|span| &text[*span]).collect();
        prop_assert_eq!(parts, [first.as_str(), second.as_str()]);
    }
}

/// Texts of few words and few signs, so that much stands in them several times.
fn small(signs: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    let words = select(vec!["a", "b", "A", "a-b"]);
    prop::collection::vec((words, select(signs.to_vec())), 1..most)
        .prop_map(|parts| parts.into_iter().flat_map(|(word, sign)| [word, sign]).collect::<String>())
}

proptest! {
    #![proptest_config(config(4_000))]

    #[test]
    fn the_naive_twin_agrees(
        text in small(&[" ", " ", ", ", ". ", "—", "… ", "\n\n"], 14),
        quotation in small(&[" ", " ", " ", ", ", " — ", " … ", " […] ", " [the] "], 5),
    ) {
        let found = locate(&quotation, &text).map(|located| located.how());
        prop_assert_eq!(found, naive::locate(&quotation, &text), "{:?} in {:?}", quotation, text);
    }
}
