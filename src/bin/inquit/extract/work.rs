//! Reads documents one after the other, or several at a time in the same order.

use super::answer::{Answer, Outcome, Written};
use super::document::{Raw, Unread};
use super::input::Inputs;
use super::options::{Filter, Options};
use super::page::Page;
use super::reader::Reader;
use super::render::Renderer;
use super::sink::{Done, Place, Sink};
use super::speakers::Speakers;
use inquit::{Extractor, Scratch};
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Does all that the options ask for.
pub(crate) fn run(options: &Options, extractor: &Extractor) -> io::Result<Done> {
    let inputs = Inputs::find(options);
    let place = Place::of(options);
    let page = Page::of(options.color, place.is_folder());
    if options.format.stands_alone() && !options.counts() && !inputs.is_one() && !place.is_folder() {
        return Err(io::Error::other("this format needs a file for each document: name a folder with --output"));
    }
    let renderer = Renderer::of(options, page);
    let mut sink = Sink::new(options, &place, page, &inputs)?;
    let filter = options.filter();
    let desk = Desk {
        extractor,
        renderer: &renderer,
        filter: &filter,
        place: &place,
        summary: options.counts(),
        with_extra: options.with_extra(),
        keep_lines: options.keep_lines,
        longest: Extractor::MAX_TEXT_LEN,
    };
    let reader = Reader::new(inputs, options.keep_lines);
    match options.jobs {
        1 => alone(reader, desk, &mut sink)?,
        jobs => together(reader, desk, usize::from(jobs), &mut sink)?,
    }
    sink.finish()
}

/// What everybody who reads documents needs.
#[derive(Clone, Copy)]
struct Desk<'a> {
    extractor: &'a Extractor,
    renderer: &'a Renderer,
    filter: &'a Filter,
    place: &'a Place,
    summary: bool,
    /// Keys of JSON come back.
    with_extra: bool,
    /// What cannot be read gets an answer too.
    keep_lines: bool,
    /// Of a longer text only as many bytes are read.
    longest: usize,
}

impl Desk<'_> {
    fn read(self, scratch: &mut Scratch, raw: Result<Raw, String>) -> Outcome {
        let size = raw.as_ref().map_or(0, Raw::size);
        let mut beside = None;
        let answer = raw.and_then(|raw| self.answer(scratch, raw, &mut beside));
        Outcome { size, answer, beside }
    }

    fn answer(self, scratch: &mut Scratch, raw: Raw, beside: &mut Option<String>) -> Result<Answer, String> {
        let document = match raw.document(self.with_extra) {
            Ok(document) => document,
            Err(unread) => return self.unread(*unread, beside),
        };
        let (print, is_done) = self.place.print(&document);
        if is_done {
            return Ok(Answer::PassedOver { place: document.place });
        }
        let text = beginning(&document.text, self.longest);
        if text.len() < document.text.len() {
            let (id, all) = (document.id.as_str(), document.text.len());
            *beside = Some(format!("{id}: only the first {} of {all} bytes of the text are read", text.len()));
        }
        let mut extraction = self.extractor.extract_with(scratch, text);
        extraction.retain(|quote| self.filter.keeps(quote));
        if self.summary {
            let mut speakers = Speakers::default();
            extraction.quotes().for_each(|quote| speakers.add(&quote));
            return Ok(Answer::Counted(speakers));
        }
        let answer = self.renderer.render(&document, &extraction);
        let quotes = extraction.quotes().len() as u64;
        let text = self.place.wants_text().then_some(document.text);
        Ok(Answer::Written(Written { place: document.place, answer, text, print, quotes }))
    }

    /// The answer about a document that cannot be read, where lines are kept. That one has no text is no problem there.
    fn unread(self, unread: Unread, beside: &mut Option<String>) -> Result<Answer, String> {
        if !self.keep_lines {
            return Err(unread.message);
        }
        let answer = self.renderer.unread(&unread);
        *beside = (!unread.is_missing).then_some(unread.message);
        Ok(Answer::Written(Written { answer, ..Written::default() }))
    }
}

/// As much of a text as fits into `longest` bytes.
fn beginning(text: &str, longest: usize) -> &str {
    let mut end = longest.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn alone(mut reader: Reader, desk: Desk<'_>, sink: &mut Sink<'_>) -> io::Result<()> {
    let mut scratch = Scratch::new();
    while let Some(raw) = reader.next() {
        sink.take(desk.read(&mut scratch, raw))?;
        if reader.may_wait() {
            // Another program may be waiting for this answer before it sends the next document.
            sink.flush()?;
        }
    }
    Ok(())
}

type Batch<T> = Vec<T>;

/// Batches go to the workers in turn and are taken from them in the same turn: that keeps the order, and the
/// channels are short, so that no more than a few batches are ever in memory.
fn together(reader: Reader, desk: Desk<'_>, jobs: usize, sink: &mut Sink<'_>) -> io::Result<()> {
    const WAITING: usize = 2;
    thread::scope(|scope| {
        let mut inboxes = Vec::new();
        let mut outboxes = Vec::new();
        for _ in 0..jobs {
            let (inbox, tasks) = sync_channel(WAITING);
            let (answers, outbox) = sync_channel(WAITING);
            scope.spawn(move || work(desk, &tasks, &answers));
            inboxes.push(inbox);
            outboxes.push(outbox);
        }
        scope.spawn(move || deal(reader, &inboxes));
        for outbox in outboxes.iter().cycle() {
            // The first worker with nothing to give has got the last batch behind it.
            let Ok(batch) = outbox.recv() else { break };
            for outcome in batch {
                if let Err(error) = sink.take(outcome) {
                    sink.give_up(&error);
                }
            }
        }
        Ok(())
    })
}

fn work(desk: Desk<'_>, tasks: &Receiver<Batch<Result<Raw, String>>>, answers: &SyncSender<Batch<Outcome>>) {
    let mut scratch = Scratch::new();
    for batch in tasks {
        let batch = batch.into_iter().map(|raw| desk.read(&mut scratch, raw)).collect();
        if answers.send(batch).is_err() {
            return;
        }
    }
}

fn deal(mut reader: Reader, inboxes: &[SyncSender<Batch<Result<Raw, String>>>]) {
    const DOCUMENTS: usize = 64;
    const BYTES: u64 = 1 << 18;
    for inbox in inboxes.iter().cycle() {
        let mut batch = Vec::new();
        let mut size = 0;
        while batch.len() < DOCUMENTS && size < BYTES {
            let Some(raw) = reader.next() else { break };
            size += raw.as_ref().map_or(0, Raw::size);
            batch.push(raw);
        }
        if batch.is_empty() || inbox.send(batch).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Desk, Written, beginning};
    use crate::extract::input::Inputs;
    use crate::extract::options::{Filter, Options};
    use crate::extract::page::Page;
    use crate::extract::reader::Reader;
    use crate::extract::render::Renderer;
    use crate::extract::sink::Place;
    use clap::Parser;
    use inquit::{Extractor, Scratch};

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        options: Options,
    }

    #[test]
    fn a_text_is_cut_between_letters() {
        for (longest, expected) in
            [(0, ""), (1, "a"), (2, "a"), (3, "aé"), (4, "aé"), (6, "aé"), (7, "aé🐐"), (8, "aé🐐b"), (9, "aé🐐b")]
        {
            assert_eq!(beginning("aé🐐b", longest), expected, "{longest}");
        }
    }

    /// What is written of the bundled article, and what is said beside it.
    fn read(arguments: &[&str], longest: usize) -> (String, Option<String>) {
        let mut options = Cli::parse_from([&["inquit"], arguments].concat()).options;
        options.by_contract = true;
        let place = Place::of(&options);
        let page = Page { width: 80, colour: false };
        let renderer = Renderer::of(&options, page);
        let filter: Filter = options.filter();
        let (summary, with_extra, keep_lines) = (options.counts(), options.with_extra(), options.keep_lines);
        let (extractor, renderer, filter, place) = (&Extractor::english(), &renderer, &filter, &place);
        let desk = Desk { extractor, renderer, filter, place, summary, with_extra, keep_lines, longest };
        let raw = Reader::new(Inputs::find(&options), false).next().unwrap();
        let outcome = desk.read(&mut Scratch::new(), raw);
        let Ok(Answer::Written(Written { answer, .. })) = outcome.answer else { panic!("{:?}", outcome.answer) };
        (answer, outcome.beside)
    }

    #[test]
    fn what_is_read_of_a_longer_text_is_written() {
        let article = include_str!("../../../../examples/data/article.txt");
        let (whole, cut) = read(&["--format", "jsonl"], article.len());
        assert_eq!(cut, None);
        let longest = article.find("\n\n").unwrap();
        let (part, cut) = read(&["--format", "jsonl"], longest);
        let message = format!("article.txt: only the first {longest} of {} bytes of the text are read", article.len());
        assert_eq!(cut, Some(message));
        assert!(part.starts_with("{\"id\":\"article.txt\"") && part.len() < whole.len(), "{part}");
        let (page, cut) = read(&[], article.len() - 1);
        assert!(cut.is_some() && page.contains("Petra Lindqvist"), "{page}");
    }
}
