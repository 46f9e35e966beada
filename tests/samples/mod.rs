//! Texts for tests of what is written.

use inquit::{Coverage, Extraction, Extractor};
use proptest::prelude::*;
use proptest::sample::select;

const ARTICLE: &str = include_str!("../../examples/data/article.txt");

/// Texts that make use of everything a quotation can have.
pub(crate) const TEXTS: [&str; 9] = [
    ARTICLE,
    "",
    "Nobody spoke.\n\nNot a word.",
    "“Né,” said Ana Lim, “🐐 là.” She told the clerk that rain was near.",
    "We will stay,” Ana Lim said.\n\n“And so we did.\n\n“For years.”\n\n“Who knows?”",
    "Tom Roe did not say that rents would fall. If Lim says that they will, who will ask? Roe denied that it was “a trick”.",
    "Robert “Bobby” Roe wrote “The Long Rain,” a book known as “the brick”. A sign read “Keep out.”",
    "LIM: “So be it.”\n\nROE: Never.\n\n“I was late.”\n\n— Ana Lim, baker",
    "“A, \"b\"\tand\\n c,” said <b>Ana</b> & “O'Roe” Lim;\r\n“<script>alert(1)</script>” said 'Tom' Roe.",
];

/// Every coverage in turn.
pub(crate) fn read(text: &str, number: usize) -> Extraction<'_> {
    const COVERAGES: [Coverage; 3] = [Coverage::Direct, Coverage::Speech, Coverage::Attribution];
    Extractor::english().with_coverage(COVERAGES[number % COVERAGES.len()]).extract(text)
}

pub(crate) fn texts() -> impl Strategy<Value = String> {
    const PIECES: [&str; 37] = [
        "\u{200B}",
        "\u{AD}",
        "\\\"",
        "â€œ",
        "\n> ",
        "LIM: ",
        "\n\n—",
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’",
        "« ",
        " »",
        ",",
        ".",
        "?",
        ": ",
        "\n",
        "\n\n",
        " said Ana Lim",
        "Tom Roe said that ",
        "she told him ",
        "He ",
        " it was ",
        "a farce",
        "according to ",
        "<script>alert(1)</script>",
        "</mark>",
        "&amp;",
        "\"><b x=",
        "🐐",
        "é",
        "\u{0}",
        "\t",
        "rain was near ",
    ];
    proptest::collection::vec(select(&PIECES[..]), 0..60).prop_map(|pieces| pieces.concat())
}
