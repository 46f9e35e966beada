//! Names as people type them: in any case, without accents.

/// Letters with marks, and what is typed for them where a keyboard has none.
const MARKED: &[(&str, &str)] = &[
    ("àáâãäåāăąǎạảấầẩẫậắằẳẵặ", "a"),
    ("æǽ", "ae"),
    ("çćĉċč", "c"),
    ("ďđð", "d"),
    ("èéêëēĕėęěẹẻẽếềểễệ", "e"),
    ("ĝğġģǧ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįıǐỉị", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŉ", "n"),
    ("òóôõöøōŏőǒơọỏốồổỗộớờởỡợ", "o"),
    ("œ", "oe"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ß", "ss"),
    ("ţťŧț", "t"),
    ("þ", "th"),
    ("ùúûüũūŭůűųǔưụủứừửữự", "u"),
    ("ŵ", "w"),
    ("ýÿŷỳỵỷỹ", "y"),
    ("źżž", "z"),
    ("’‘ʼ", "'"),
];

/// A name in lower case and without accents.
pub(crate) fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        match MARKED.iter().find(|(marked, _)| !letter.is_ascii() && marked.contains(letter)) {
            Some((_, plain)) => out.push_str(plain),
            // Accents may be letters of their own.
            None if matches!(letter, '\u{300}'..='\u{36F}') => {}
            None => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{MARKED, folded};

    #[test]
    fn accents_and_case_are_folded() {
        for (name, expected) in [
            ("José Núñez", "jose nunez"),
            ("Jose\u{301} Nu\u{301}n\u{303}ez", "jose nunez"),
            ("ÅSA ØSTERGÅRD", "asa ostergard"),
            ("Łukasz Ćwik", "lukasz cwik"),
            ("İnci Şahin", "inci sahin"),
            ("Strauß, Æsop", "strauss, aesop"),
            ("O’Brien", "o'brien"),
            ("Nguyễn Đức", "nguyen duc"),
            ("Анна", "анна"),
        ] {
            assert_eq!(folded(name), expected);
        }
    }

    #[test]
    fn no_letter_stands_twice() {
        let mut all: Vec<char> = MARKED.iter().flat_map(|(marked, _)| marked.chars()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(MARKED.iter().all(|(_, plain)| plain.is_ascii()));
    }
}
