//! The forms of verbs.

use crate::error::Kind;
use crate::token::Class;

/// A form in pieces, to be read one behind the other: the beginning of the base, a letter that is doubled, an ending.
pub(super) type Form<'w> = [&'w str; 3];

/// All forms of a verb with their classes, its base first.
pub(super) fn forms<'w>(word: &'w str, irregular: Option<&'w str>) -> Result<[(Form<'w>, Class); 5], Kind> {
    let base = word.strip_suffix('+').unwrap_or(word);
    let last = base.chars().last().ok_or(Kind::Forms)?;
    let double = if base.len() < word.len() { &base[base.len() - last.len_utf8()..] } else { "" };
    // The base without so many letters, and an ending.
    let form = |cut: usize, ending| [&base[..base.len() - cut], "", ending];
    let doubled = |ending| [base, double, ending];
    let consonant_y = last == 'y' && !ends_with_any(base, &["ay", "ey", "oy", "uy"]);
    let third = if consonant_y {
        form(1, "ies")
    } else if ends_with_any(base, &["s", "x", "z", "ch", "sh", "o"]) && !base.ends_with("oo") {
        form(0, "es")
    } else {
        form(0, "s")
    };
    let gerund = match last {
        'e' if base.ends_with("ie") => form(2, "ying"),
        'e' if !ends_with_any(base, &["ee", "ye", "oe"]) => form(1, "ing"),
        _ => doubled("ing"),
    };
    let regular = match last {
        'e' => form(0, "d"),
        'y' if consonant_y => form(1, "ied"),
        _ => doubled("ed"),
    };
    let mut past = irregular.map(str::split_whitespace).into_iter().flatten();
    let (past, participle) = match (past.next(), past.next(), past.next()) {
        (_, _, Some(_)) => return Err(Kind::Forms),
        (None, ..) => (regular, regular),
        (Some(past), participle, _) => ([past, "", ""], [participle.unwrap_or(past), "", ""]),
    };
    Ok([
        (form(0, ""), Class::VERB),
        (third, Class::VERBS),
        (past, Class::PAST),
        (participle, Class::PARTICIPLE),
        (gerund, Class::GERUND),
    ])
}

fn ends_with_any(word: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn forms_are_spelled_as_they_are() {
        let all =
            |word, irregular| forms(word, irregular).map(|forms| forms.map(|(pieces, _)| pieces.concat()).join(" "));
        let expected = [
            ("add", None, "add adds added added adding"),
            ("admit+", None, "admit admits admitted admitted admitting"),
            ("write", Some("wrote written"), "write writes wrote written writing"),
            ("say", Some("said"), "say says said said saying"),
            ("deny", None, "deny denies denied denied denying"),
            ("agree", None, "agree agrees agreed agreed agreeing"),
            ("lie", None, "lie lies lied lied lying"),
            ("preach", None, "preach preaches preached preached preaching"),
            ("coo", None, "coo coos cooed cooed cooing"),
        ];
        for (word, irregular, forms) in expected {
            assert_eq!(all(word, irregular).ok().as_deref(), Some(forms));
        }
        assert!(all("+", None).is_err() && all("say", Some("a b c")).is_err());
    }
}
