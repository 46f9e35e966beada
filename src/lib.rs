//! Finds every quotation in a text and says who is quoted.
//!
//! ```
//! use inquit::{Extractor, QuoteKind};
//!
//! let text = "“If it rains,” said Ana Lim, “we stay.” The mayor warned that the ferry would not.";
//! let found = Extractor::english().extract(text);
//!
//! let first = found.quote(0).unwrap();
//! assert_eq!(first.content(), "“If it rains,” “we stay.”");
//! assert_eq!(first.source().unwrap().text(), "Ana Lim");
//! assert_eq!(first.cue(), Some("said"));
//! assert_eq!(first.kind(), QuoteKind::Direct);
//!
//! let second = found.quote(1).unwrap();
//! assert_eq!(second.content(), "that the ferry would not");
//! assert_eq!(second.source().unwrap().text(), "The mayor");
//! assert_eq!(second.kind(), QuoteKind::Indirect);
//! ```
//!
//! Direct, mixed and indirect quotations are found by pattern rules that a person can read and extend, scored by
//! numbers counted over news. No model is loaded, nothing is parsed; a text is read in one pass, in linear time.
//!
//! # The nouns
//!
//! * An [`Extractor`] holds compiled rules and word lists. [`Extractor::english`] is ready; [`Extractor::builder`] takes
//!   yours.
//! * An [`Extraction`] is what was found in one text: its [quotes](Extraction::quotes), its
//!   [speakers](Extraction::speakers) and its [quoted strings](Extraction::quoted_strings).
//! * A [`Quote`] has a *content* (one [`Span`] or several), a *cue* (*said*), a *source* (*Ana Lim*, *she*), sometimes an
//!   *addressee*, a [kind](QuoteKind), [flags](Flags), the rule that found it and a [confidence](guide::confidence).
//! * A [`Mention`] is words of the text that stand for somebody; a [`Speaker`] is who is meant, with every mention, role
//!   and quotation. A quotation whose speaker cannot be told has none.
//! * A [`QuotedString`] is anything in quotation marks, speech or not.
//! * A [`Scratch`] is working memory, to be used again.
//!
//! Spans are half-open ranges of bytes of the text as it was given.
//!
//! The guide tells more: [the rule language](guide::rules), [adding a rule](guide::adding_a_rule),
//! [adding words](guide::words), [reading the confidence](guide::confidence),
//! [measuring on your own corpus](guide::measuring), and [adding a language](guide::languages).
//!
//! # Cookbook
//!
//! * [Who is quoted, and how often](#who-is-quoted-and-how-often)
//! * [Only what stands in quotation marks](#only-what-stands-in-quotation-marks)
//! * [Beliefs and evidence too](#beliefs-and-evidence-too)
//! * [Only what is sure](#only-what-is-sure)
//! * [What was denied, or not said at all](#what-was-denied-or-not-said-at-all)
//! * [What is in marks and is no speech](#what-is-in-marks-and-is-no-speech)
//! * [Many texts](#many-texts)
//! * [On all cores](#on-all-cores)
//! * [A word of your own](#a-word-of-your-own)
//! * [Whether a quotation is real](#whether-a-quotation-is-real)
//! * [A page, a table, standoff annotation](#a-page-a-table-standoff-annotation)
//! * [JSON](#json)
//!
//! ## Who is quoted, and how often
//!
//! A [`Speaker`] stands behind all the words a text uses for them.
//!
//! ```
//! let text = "Ana Lim, mayor of Lund, arrived late. “I had no choice,” she said. The mayor added that the ferry was \
//!             slow. “It is not,” said Tim Roe.";
//! let found = inquit::Extractor::english().extract(text);
//! let count: Vec<_> = found.speakers().map(|speaker| (speaker.name(), speaker.quotes().count())).collect();
//! assert_eq!(count, [("Ana Lim", 2), ("Tim Roe", 1)]);
//!
//! let quote = found.quote(0).unwrap();
//! assert_eq!((quote.source().unwrap().text(), quote.speaker().unwrap().name()), ("she", "Ana Lim"));
//! ```
//!
//! ## Only what stands in quotation marks
//!
//! ```
//! use inquit::{Coverage, Extractor};
//!
//! let text = "Lim said rents would fall. She called the plan “a cruel joke.”";
//! let found = Extractor::english().with_coverage(Coverage::Direct).extract(text);
//! let contents: Vec<_> = found.quotes().map(|quote| quote.content().into_owned()).collect();
//! assert_eq!(contents, ["“a cruel joke.”"]);
//! ```
//!
//! ## Beliefs and evidence too
//!
//! ```
//! use inquit::{Coverage, Extractor};
//!
//! let text = "Tim Roe believes that rents will fall.";
//! let english = Extractor::english();
//! assert_eq!(english.extract(text).quotes().len(), 0);
//! assert_eq!(english.with_coverage(Coverage::Attribution).extract(text).quotes().len(), 1);
//! ```
//!
//! ## Only what is sure
//!
//! ```
//! let found = inquit::Extractor::english().extract("“We stay,” said Ana Lim. “Why not?”");
//! let sure = found.quotes().filter(|quote| quote.confidence() >= 0.8);
//! assert_eq!(sure.count(), 1);
//! ```
//!
//! ## What was denied, or not said at all
//!
//! ```
//! use inquit::{Extractor, Flags};
//!
//! let found = Extractor::english().extract("Tim Roe denied that he had sold the ferry.");
//! assert!(found.quote(0).unwrap().flags().contains(Flags::DENIED));
//! ```
//!
//! ## What is in marks and is no speech
//!
//! ```
//! use inquit::{Extractor, StringRole};
//!
//! let found = Extractor::english().extract("Robert “Bobby” Roe signed his novel “The Long Rain” here.");
//! let roles: Vec<_> = found.quoted_strings().map(|string| (string.text(), string.role())).collect();
//! assert_eq!(roles, [("Bobby", StringRole::Nickname), ("The Long Rain", StringRole::Title)]);
//! ```
//!
//! ## Many texts
//!
//! With a [`Scratch`] nothing is allocated once it has grown.
//!
//! ```
//! use inquit::{Extractor, Scratch};
//!
//! let texts = ["“We stay,” said Ana Lim.", "Nobody spoke."];
//! let extractor = Extractor::english();
//! let mut scratch = Scratch::new();
//! let counts = texts.map(|text| extractor.extract_with(&mut scratch, text).quotes().len());
//! assert_eq!(counts, [1, 0]);
//! ```
//!
//! ## On all cores
//!
//! With the feature `rayon`, in one call:
//!
#![cfg_attr(feature = "rayon", doc = "```")]
#![cfg_attr(not(feature = "rayon"), doc = "```ignore")]
//! let texts = ["“We stay,” said Ana Lim.", "“We do not,” said Tim Roe."];
//! let answers = inquit::Extractor::english().extract_batch(&texts);
//! assert_eq!(answers[1].quote(0).unwrap().content(), "“We do not,”");
//! ```
//!
//! Without it: an [`Extractor`] is shared; each thread has a [`Scratch`] of its own.
//!
//! ```
//! use inquit::{Extractor, Scratch};
//!
//! let texts = ["“We stay,” said Ana Lim.", "“We do not,” said Tim Roe."];
//! let extractor = Extractor::english();
//! let count: usize = std::thread::scope(|scope| {
//!     let threads = texts.map(|text| {
//!         let extractor = &extractor;
//!         scope.spawn(move || extractor.extract_with(&mut Scratch::new(), text).quotes().len())
//!     });
//!     threads.into_iter().map(|thread| thread.join().unwrap()).sum()
//! });
//! assert_eq!(count, 2);
//! ```
//!
//! ## A word of your own
//!
//! ```
//! let extractor = inquit::Extractor::builder().words("[verb SAY] snark").build()?;
//! let found = extractor.extract("“Lovely,” Ana Lim snarked.");
//! assert_eq!(found.quote(0).unwrap().cue(), Some("snarked"));
//! # Ok::<(), inquit::Error>(())
//! ```
//!
//! ## Whether a quotation is real
//!
//! [`locate`] finds a quotation in the text it is said to come from, whatever marks, dashes and spaces either has, and
//! nothing else; [`locate_near`] tells what was changed.
//!
//! ```
//! use inquit::{locate, locate_near};
//!
//! let text = "“If it rains,” said Ana Lim, “we don’t sail.”";
//! assert!(locate("\"If it rains, we don't sail.\"", text).is_some());
//! assert!(locate("\"If it rains, we sail.\"", text).is_none());
//!
//! let near = locate_near("\"If it snows, we don't sail.\"", text).unwrap();
//! assert_eq!(&text[near.changes()[0].text], "rains");
//! ```
//!
//! ## A page, a table, standoff annotation
//!
//! ```
//! use inquit::Extractor;
//! use inquit::output::{Brat, Html, OffsetUnit, Table};
//!
//! let found = Extractor::english().extract("“We stay,” said Ana Lim.");
//! let rows = Table::Csv.rows("a1", &found, OffsetUnit::Byte).to_string();
//! assert!(rows.starts_with("a1,direct,Ana Lim,Ana Lim,said,"));
//! assert!(Html::new(&found, "a1").to_string().starts_with("<!DOCTYPE html>"));
//! assert!(Brat::new(&found).to_string().contains("\tSource "));
//! ```
//!
//! ## JSON
//!
//! With the feature `serde`; offsets in bytes, code points or UTF-16 units.
//!
#![cfg_attr(feature = "serde", doc = "```")]
#![cfg_attr(not(feature = "serde"), doc = "```ignore")]
//! use inquit::Extractor;
//! use inquit::output::{DocumentRecord, OffsetUnit};
//!
//! let found = Extractor::english().extract("“We stay,” said Ana Lim.");
//! let json = serde_json::to_value(DocumentRecord::new("a1", &found, OffsetUnit::Char))?;
//! assert_eq!(json["quotes"][0]["content"], serde_json::json!([[0, 10]]));
//! assert_eq!(json["quotes"][0]["speaker"], "Ana Lim");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Features
//!
//! * `serde` (off): owned records in [`output`], for JSON and whatever else serde writes; kinds, roles, flags, spans and
//!   explanations can be written and read too. Every other format is always there.
//! * `rayon` (off): `Extractor::extract_batch`, many texts on all cores.
//!
//! # Performance
//!
//! README has a table, `cargo bench --bench table` prints it for your machine. What costs is to read words, so
//! [`Coverage::Direct`] is fastest: it reads the paragraphs that have quotation marks and no others. The rules and
//! lists are compiled on first use, once for the whole program. One text is read on one thread.
//!
//! # Untrusted input
//!
//! Texts may come from anywhere: reading one never fails and never panics, the time is linear in its length whatever it
//! holds, and working memory is a few bytes for each of its own. The text of an answer is the text you gave: escape it
//! before you put it on a page.
//!
//! Rules and word lists are code: read those of people you trust. They are checked and limited in size, and no rule can
//! make the time for a text grow faster than its length; but a rule can be slow.

// On the page of the documentation what needs a feature says so.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod attribute;
#[cfg(feature = "rayon")]
mod batch;
mod block;
mod check;
mod clause;
mod confidence;
mod error;
mod explain;
mod extract;
mod flags;
mod lang;
mod lex;
mod lexicon;
mod locate;
mod marks;
pub mod output;
mod pair;
mod pipeline;
mod probability;
mod quote;
mod rules;
mod scan;
mod span;
mod speaker;
mod structure;
mod table;
mod token;
mod view;
mod weights;
mod word;

pub use attribute::Coverage;
pub use attribute::Gate;
pub use check::CheckFailure;
pub use error::{Error, Input, Problem};
pub use explain::{
    ExplainedBlock, ExplainedCandidate, ExplainedEnd, ExplainedFeature, ExplainedName, ExplainedSpeaker,
    ExplainedToken, Explanation, Outcome,
};
#[doc(hidden)]
pub use extract::Stage;
pub use extract::{Extractor, ExtractorBuilder, Scratch};
pub use locate::{Change, Located, Match, locate, locate_all, locate_near};
pub use quote::{
    Block, BlockKind, Extraction, Flags, Gender, Mention, MentionKind, Quote, QuoteKind, QuotedString, Speaker,
    SpeakerKind, StringRole,
};
pub use span::Span;
pub use speaker::NameLink;

/// The guide: pages about more than one item. They are here to be read and exist in the documentation alone.
#[cfg(any(doc, doctest))]
pub mod guide {
    #[doc = include_str!("docs/rules.md")]
    pub mod rules {}
    #[doc = include_str!("docs/adding_a_rule.md")]
    pub mod adding_a_rule {}
    #[doc = include_str!("docs/words.md")]
    pub mod words {}
    #[doc = include_str!("docs/confidence.md")]
    pub mod confidence {}
    #[doc = include_str!("docs/measuring.md")]
    pub mod measuring {}
    #[doc = include_str!("docs/languages.md")]
    pub mod languages {}
}

/// The examples of README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
