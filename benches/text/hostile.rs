//! Texts made to hurt: each is one shape, repeated until the text is as long as wanted.

/// What a hostile text is made by, given how many bytes it is to have.
pub(crate) type Maker = fn(usize) -> String;

/// All of them by name.
pub(crate) const ALL: [(&str, Maker); 60] = [
    ("zero-width spaces", |bytes| repeat("\u{200B}", bytes)),
    ("quoted lines", |bytes| repeat("> “We sail,” said Lim.\n>> No.\n", bytes)),
    ("marks that were read wrongly", |bytes| repeat("â€œGo,â€ said Lim. ", bytes)),
    ("turns", |bytes| repeat("LIM: Did we sail?\n\nROE: We did.\n\nIt was late.\n\n", bytes)),
    ("labels that differ", |bytes| numbered("R{}: Did we sail?\n\n", bytes)),
    ("names on lines of their own", |bytes| repeat("LENA\n\nWho is it?\n\nOTIS\n\nI am.\n\n", bytes)),
    ("lines of dialogue", |bytes| repeat("—Yes, said Lim, you did. He left.\n\n", bytes)),
    ("dashes in one paragraph", |bytes| repeat("—Yes.\n\n", 64) + &repeat("Lim said: —Yes, said he. ", bytes)),
    ("announced words", |bytes| repeat("Ana Lim said:\n\nWe sail at six.\n\nYou know it.\n\n", bytes)),
    ("remarks in brackets", |bytes| repeat("LIM: Did we?\n\n", 64) + "ROE: We " + &repeat("[a] (b) ", bytes)),
    ("straight marks", |bytes| repeat("\"", bytes)),
    ("spaced straight marks", |bytes| repeat("\" ", bytes)),
    ("opening marks", |bytes| repeat("“", bytes)),
    ("closing marks", |bytes| repeat("”", bytes)),
    ("opening marks before words", |bytes| repeat("“rain ", bytes)),
    ("alternating marks", alternating_marks),
    ("short strings", |bytes| repeat("“a” ", bytes)),
    ("nested", nested),
    ("apostrophes", |bytes| repeat("'", bytes)),
    ("single marks at words", |bytes| repeat("'rain' ", bytes)),
    ("curly apostrophes", |bytes| repeat(" ’rain", bytes)),
    ("rare marks", |bytes| repeat("«„‚`` 「", bytes)),
    ("unclosed paragraphs", |bytes| repeat("“We waited for the boat, and it came\n\n", bytes)),
    ("closed only paragraphs", |bytes| repeat("We waited for the boat, and it came,” she said.\n\n", bytes)),
    ("no newline", |bytes| repeat("“Go,” said Ada Roe. The boat was late again. ", bytes)),
    ("no stop", |bytes| repeat("the boat said that the crew had told ", bytes)),
    ("names", names),
    ("capitals", |bytes| repeat("Ada Lim Roe ", bytes)),
    ("commas", |bytes| repeat("rain, ", bytes)),
    ("bare commas", |bytes| repeat(",", bytes)),
    ("one word", |bytes| repeat("rain", bytes)),
    ("newlines", |bytes| repeat("\n", bytes)),
    ("lines", |bytes| repeat("a\n", bytes)),
    ("colons", |bytes| repeat("Ada: ", bytes)),
    ("cues", |bytes| repeat("said ", bytes)),
    ("cues and names", |bytes| repeat("said Lim that ", bytes)),
    ("no capitals behind a speaker", |bytes| {
        "“Go,” said Ada Roe.\n\n".to_owned() + &repeat("rain fell on the pier\n\n", bytes)
    }),
    ("brackets", |bytes| repeat("(rain [", bytes)),
    ("ellipses", |bytes| repeat("rain… ... ", bytes)),
    ("strings and tags", |bytes| repeat("“Go” said Ada ", bytes)),
    ("whole strings", |bytes| repeat("“We wait.” ", bytes)),
    ("strings with commas", |bytes| repeat("“We wait,” ", bytes)),
    ("tags between commas", |bytes| repeat(", said Ada Roe, who said", bytes)),
    ("front without stop", |bytes| repeat("rain fell, Ada said, ", bytes)),
    ("relatives", |bytes| repeat(", who waited", bytes)),
    ("and", |bytes| repeat("Ada and Teo and ", bytes)),
    ("of", |bytes| repeat("the head of the board of ", bytes)),
    ("according to", |bytes| repeat("according to Ada, ", bytes)),
    ("announced paragraphs", |bytes| repeat("Ada said:\n\n“Go\n\n", bytes)),
    ("signed paragraphs", |bytes| repeat("“Go.”\n\n— Ada Roe\n\n", bytes)),
    ("continued tags", |bytes| repeat("“We wait,” said Ada. “It is late.\n\n", bytes)),
    ("hard wrapped", |bytes| repeat("“We waited for the boat all day,” said Ada Roe, “and it came\n", bytes)),
    ("single opening marks", |bytes| repeat("‘rain ", bytes)),
    ("dashes", |bytes| repeat("— rain -- ", bytes)),
    ("open brackets", |bytes| repeat("([{“", bytes)),
    ("numbers", |bytes| repeat("1,000.50 ", bytes)),
    ("abbreviations", |bytes| repeat("Mr. U.S. p.m. ", bytes)),
    ("questions", |bytes| repeat("?! ", bytes)),
    ("wide letters", |bytes| repeat("é漢🙂\u{301} ", bytes)),
    ("zeros", |bytes| repeat("\0", bytes)),
];

fn repeat(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len() + 1)
}

/// Marks that open and close by turns.
pub(crate) fn alternating_marks(bytes: usize) -> String {
    repeat("“”", bytes)
}

/// Strings inside strings, all closed at the end.
fn nested(bytes: usize) -> String {
    const LEVEL: usize = "“a ‘b ".len() + "’”".len();
    let depth = bytes / LEVEL + 1;
    "“a ‘b ".repeat(depth) + &"’”".repeat(depth)
}

/// Pieces with a word in capitals that differs from one to the next.
fn numbered(piece: &str, bytes: usize) -> String {
    let letter = |number: usize, place: usize| char::from(b'A' + (number / 26usize.pow(place as u32) % 26) as u8);
    let word = |number: usize| (0..4).map(|place| letter(number, place)).collect::<String>();
    (0..=bytes / piece.len()).map(|number| piece.replace("{}", &word(number))).collect()
}

/// Names that differ from one another, each with something to say.
fn names(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 64);
    let mut number = 0;
    while text.len() < bytes {
        let letter = |place: usize| char::from(b'a' + (number / 26usize.pow(place as u32) % 26) as u8);
        let tail: String = (0..4).map(letter).collect();
        text.push_str(&format!("“Go,” said Ada R{tail}. "));
        number += 1;
    }
    text
}
