//! The forms of verbs, as lists write them: `say(said)`, `admit+`.

use crate::error::Kind;
use crate::lang::Spelling;
use crate::token::TagSet;

/// A form in pieces, to be read one behind the other: the beginning of the base, a letter that is doubled, an ending.
pub(super) type VerbForm<'w> = [&'w str; 3];

/// All forms of a verb with their classes, its base first.
pub(super) fn forms<'w>(
    word: &'w str,
    irregular: Option<&'w str>,
    spelling: &'w Spelling,
) -> Result<[(VerbForm<'w>, TagSet); 5], Kind> {
    let base = word.strip_suffix('+').unwrap_or(word);
    let last = base.chars().last().ok_or(Kind::Forms)?;
    let double = if base.len() < word.len() { &base[base.len() - last.len_utf8()..] } else { "" };
    let form = |class| spelling.verb_form(class, base, double);
    let mut past = irregular.map(str::split_whitespace).into_iter().flatten();
    let (past, participle) = match (past.next(), past.next(), past.next()) {
        (_, _, Some(_)) => return Err(Kind::Forms),
        (None, ..) => (form(TagSet::PAST), form(TagSet::PAST)),
        (Some(past), participle, _) => ([past, "", ""], [participle.unwrap_or(past), "", ""]),
    };
    Ok([
        ([base, "", ""], TagSet::VERB),
        (form(TagSet::VERBS), TagSet::VERBS),
        (past, TagSet::PAST),
        (participle, TagSet::PARTICIPLE),
        (form(TagSet::GERUND), TagSet::GERUND),
    ])
}

#[cfg(test)]
mod tests {
    use super::forms;
    use crate::lang::{Language, Spelling};

    #[test]
    fn forms_are_spelled_as_they_are() {
        let spelling = Spelling::read(Language::english().spelling).unwrap();
        let all = |word, irregular| {
            forms(word, irregular, &spelling).map(|forms| forms.map(|(pieces, _)| pieces.concat()).join(" "))
        };
        let expected = [
            ("add", None, "add adds added added adding"),
            ("admit+", None, "admit admits admitted admitted admitting"),
            ("write", Some("wrote written"), "write writes wrote written writing"),
            ("say", Some("said"), "say says said said saying"),
            ("stay", None, "stay stays stayed stayed staying"),
            ("deny", None, "deny denies denied denied denying"),
            ("agree", None, "agree agrees agreed agreed agreeing"),
            ("dye", None, "dye dyes dyed dyed dyeing"),
            ("lie", None, "lie lies lied lied lying"),
            ("preach", None, "preach preaches preached preached preaching"),
            ("quiz+", None, "quiz quizes quizzed quizzed quizzing"),
            ("veto", None, "veto vetoes vetoed vetoed vetoing"),
            ("coo", None, "coo coos cooed cooed cooing"),
            ("go", Some("went gone"), "go goes went gone going"),
        ];
        for (word, irregular, forms) in expected {
            assert_eq!(all(word, irregular).ok().as_deref(), Some(forms));
        }
        assert!(all("+", None).is_err() && all("say", Some("a b c")).is_err());
    }
}
