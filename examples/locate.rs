//! Checks quotations against the text they are said to come from, such as a summary against its source.
//!
//! `cargo run --example locate` shows a bundled pair; `-- QUOTATIONS.txt TEXT.txt` reads your own, one quotation a line.
//! Empty lines and lines that begin with `#` are left out.
//!
//! The exit code is 1 if a quotation does not stand in the text word by word, 2 if a file cannot be read. The bundled
//! pair is there to be looked at: its code is 0.

mod shown;

use inquit::{Located, Match, Span, locate_near};
use std::fmt::Write as _;
use std::process::ExitCode;

const QUOTATIONS: &str = include_str!("data/quotations.txt");
const ARTICLE: &str = include_str!("data/article.txt");

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let files = match arguments.as_slice() {
        [] => return show(&report(QUOTATIONS, ARTICLE).0, ExitCode::SUCCESS),
        [quotations, text] => read(quotations).and_then(|quotations| Ok((quotations, read(text)?))),
        _ => Err("two files, please: locate QUOTATIONS.txt TEXT.txt".to_owned()),
    };
    match files {
        Ok((quotations, text)) => {
            let (page, wrong) = report(&quotations, &text);
            show(&page, ExitCode::from(u8::from(wrong > 0)))
        }
        Err(problem) => fail(&problem),
    }
}

/// Writes a page and returns `code` if it could be written.
fn show(page: &str, code: ExitCode) -> ExitCode {
    shown::show(page).map_or_else(|error| fail(&format!("cannot write: {error}")), |()| code)
}

fn fail(problem: &str) -> ExitCode {
    eprintln!("{problem}");
    ExitCode::from(2)
}

fn read(path: &str) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))
}

/// A page about all quotations, and how many of them do not stand in the text.
fn report(quotations: &str, text: &str) -> (String, usize) {
    let (mut page, mut count, mut wrong) = (String::new(), 0, 0);
    for quotation in quotations.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let near = locate_near(quotation, text);
        count += 1;
        wrong += usize::from(!near.as_ref().is_some_and(Located::is_verbatim));
        entry(&mut page, quotation, text, near.as_ref());
    }
    let _ = writeln!(page, "\n{} of {count} stand in the text, {wrong} do not.", count - wrong);
    (page, wrong)
}

/// One quotation: how and in which line of the text it stands, what was left out, what differs.
fn entry(page: &mut String, quotation: &str, text: &str, near: Option<&Located>) {
    let name = near.map_or("not found", |located| match located.how() {
        Match::Exact => "verbatim",
        how => how.name(),
    });
    let line =
        near.map_or(String::new(), |located| (1 + text[..located.span().start].matches('\n').count()).to_string());
    let _ = writeln!(page, "{name:<12}{line:>5}  {quotation}");
    let Some(located) = near else { return };
    let show = |source: &str, span: Span| match source[span].split_whitespace().collect::<Vec<_>>().join(" ") {
        words if words.is_empty() => "nothing".to_owned(),
        words => words,
    };
    for left_out in located.left_out() {
        let _ = writeln!(page, "{:19}left out: {}", "", show(text, left_out));
    }
    for change in located.changes() {
        let (said, written) = (show(quotation, change.quotation), show(text, change.text));
        let _ = writeln!(page, "{:19}{said}  instead of  {written}", "");
    }
}

#[cfg(test)]
mod tests {
    use super::{ARTICLE, QUOTATIONS, report};

    #[test]
    fn the_bundled_pair_shows_every_answer() {
        let (page, wrong) = report(QUOTATIONS, ARTICLE);
        assert_eq!(wrong, 4, "{page}");
        for answer in ["verbatim", "folded", "interrupted", "elided", "changed", "not found"] {
            assert!(page.lines().any(|line| line.starts_with(answer)), "no {answer} in\n{page}");
        }
        assert!(page.contains("left out: last winter\n") && page.contains("goats  instead of  animals\n"), "{page}");
    }

    #[test]
    fn nothing_wrong_is_nothing_wrong() {
        assert_eq!(report("# none\n\n  “No”\n", "No.").1, 0);
        assert_eq!(report("“No”\n“Yes”\n", "No.").1, 1);
    }
}
