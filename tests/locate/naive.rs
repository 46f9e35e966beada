//! The slow twin: tries everything, over texts of ASCII words and few signs.

use inquit::Match;

/// A word and the signs before it, spaces around dashes and ellipses left out.
#[derive(Debug)]
struct Word<'t> {
    signs: String,
    word: &'t str,
    paragraph: usize,
    start: usize,
}

/// A text or a quotation as words; signs behind the last one are left aside.
fn words(text: &str) -> Vec<Word<'_>> {
    let (mut words, mut at, mut paragraph) = (Vec::new(), 0, 0);
    while let Some(offset) = text[at..].find(|letter: char| letter.is_ascii_alphanumeric()) {
        let start = at + offset;
        let end = text[start..]
            .find(|letter: char| !letter.is_ascii_alphanumeric())
            .map_or(text.len(), |length| start + length);
        let signs = &text[at..start];
        paragraph += usize::from(signs.contains("\n\n"));
        let signs = signs.replace('—', "-").split_whitespace().collect::<String>();
        words.push(Word { signs, word: &text[start..end], paragraph, start });
        at = end;
    }
    words
}

/// What stands between two pieces of a quotation: words, paragraphs at most.
type Joint = (usize, usize);

/// A quotation cut at its ellipses and brackets.
fn pieces(quotation: &str) -> Vec<(Joint, &str)> {
    const JOINTS: [(&str, Joint); 3] = [("[…]", (150, 1)), ("…", (150, 1)), ("[the]", (8, 0))];
    let (mut pieces, mut joint, mut rest) = (Vec::new(), (0, 0), quotation);
    loop {
        let next = JOINTS.iter().filter_map(|(sign, joint)| Some((rest.find(sign)?, sign.len(), *joint))).min();
        let end = next.map_or(rest.len(), |(at, ..)| at);
        if rest[..end].contains(char::is_alphanumeric) {
            pieces.push((joint, &rest[..end]));
            joint = (0, 0);
        }
        let Some((at, length, more)) = next else { return pieces };
        joint = (joint.0 + more.0, joint.1.max(more.1));
        rest = &rest[at + length..];
    }
}

fn same_but_for_case(one: &str, other: &str) -> bool {
    one.len() == other.len() && one[..1].eq_ignore_ascii_case(&other[..1]) && one[1..] == other[1..]
}

/// Whether a piece stands at a word.
fn stands_at(piece: &[Word<'_>], text: &str, words: &[Word<'_>], at: usize) -> bool {
    let Some(found) = words.get(at..at + piece.len()) else { return false };
    let inside =
        piece.iter().zip(found).skip(1).all(|(wanted, found)| wanted.word == found.word && wanted.signs == found.signs);
    let (first, last) = (&found[0], &found[found.len() - 1]);
    let cut_before = first.start > 0 && text[..first.start].ends_with('-');
    let cut_behind = text[last.start + last.word.len()..].starts_with('-');
    inside && same_but_for_case(piece[0].word, first.word) && !cut_before && !cut_behind
}

/// Whether pieces stand one behind the other from a word on.
fn stand_from(pieces: &[(Joint, Vec<Word<'_>>)], text: &str, words: &[Word<'_>], at: usize) -> bool {
    let Some(((_, piece), rest)) = pieces.split_first() else { return true };
    if !stands_at(piece, text, words, at) {
        return false;
    }
    let end = at + piece.len();
    let Some(((most, paragraphs), _)) = rest.first() else { return true };
    (end..words.len().min(end + most + 1)).any(|next| {
        words[next].paragraph - words[end - 1].paragraph <= *paragraphs && stand_from(rest, text, words, next)
    })
}

/// How a quotation stands in a text; of texts without tags only.
pub(crate) fn locate(quotation: &str, text: &str) -> Option<Match> {
    let own = words(text);
    let literal = words(quotation);
    let places: Vec<usize> = (0..own.len()).filter(|at| stands_at(&literal, text, &own, *at)).collect();
    let core = quotation.trim();
    if places.iter().any(|at| is_exact(core, literal[0].start, text, own[*at].start)) {
        return Some(Match::Exact);
    }
    if !places.is_empty() {
        return Some(Match::Folded);
    }
    let pieces: Vec<(Joint, Vec<Word<'_>>)> =
        pieces(quotation).into_iter().map(|(joint, piece)| (joint, words(piece))).collect();
    let found = (0..own.len()).any(|at| stand_from(&pieces, text, &own, at));
    let elided = pieces.len() > 1 || quotation.contains("[the]");
    found.then_some(if elided { Match::Elided } else { Match::Folded })
}

fn is_exact(core: &str, first: usize, text: &str, at: usize) -> bool {
    at.checked_sub(first).and_then(|start| text.get(start..start + core.len())).is_some_and(|found| found == core)
}
