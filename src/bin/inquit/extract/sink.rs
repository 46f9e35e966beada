//! Where answers go: standard output, or a folder with a file for each document.

use super::answer::{Answer, Outcome, Written};
use super::document::Document;
use super::input::Inputs;
use super::options::{Format, Options};
use super::page::Page;
use super::prints::{Log, Prints};
use super::speakers::{Speakers, counted};
use super::summary::Summary;
use super::visible;
use super::whole::replace;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::HashSet;
use std::fs;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::path::{Path, PathBuf};

/// Where answers are written.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    Standard,
    Folder { path: PathBuf, format: Format, force: bool, prints: Prints },
}

impl Place {
    pub(crate) fn of(options: &Options) -> Place {
        match &options.output {
            Some(path) => Place::Folder {
                path: path.clone(),
                format: options.format,
                force: options.force,
                prints: Prints::read(path, &options.print()),
            },
            None => Place::Standard,
        }
    }

    pub(crate) fn is_folder(&self) -> bool {
        matches!(self, Place::Folder { .. })
    }

    /// The fingerprint of a document's answer, and whether an earlier run wrote that very answer.
    pub(crate) fn print(&self, document: &Document) -> (u64, bool) {
        let Place::Folder { force, prints, .. } = self else { return (0, false) };
        let print = prints.of(document);
        let is_done = || prints.has(&self.name(&document.place), print);
        (print, !force && is_done() && self.file(&document.place).is_some_and(|file| file.exists()))
    }

    /// Whether the text is to stand beside the answer.
    pub(crate) fn wants_text(&self) -> bool {
        matches!(self, Place::Folder { format: Format::Brat, .. })
    }

    /// Whether the text beside an answer is one of this program's.
    fn may_overwrite(&self, place: &Path) -> bool {
        matches!(self, Place::Folder { force, prints, .. } if *force || prints.has_any(&self.name(place)))
    }

    /// The path of an answer below the folder.
    fn name(&self, place: &Path) -> String {
        let Place::Folder { path, .. } = self else { return String::new() };
        let file = self.file(place).unwrap_or_default();
        file.strip_prefix(path).unwrap_or(&file).to_string_lossy().into_owned()
    }

    fn file(&self, place: &Path) -> Option<PathBuf> {
        let Place::Folder { path, format, .. } = self else { return None };
        // A text and its marks have one name, but for the ending.
        let is_text = place.extension().is_some_and(|own| own.eq_ignore_ascii_case("txt"));
        let place = if self.wants_text() && is_text { place.with_extension("") } else { place.to_owned() };
        Some(with_ending(&path.join(place), format.ending()))
    }
}

/// `a.txt` and `json` → `a.txt.json`
fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Takes the answers in order.
pub(crate) struct Sink<'a> {
    options: &'a Options,
    place: &'a Place,
    log: Option<Log>,
    page: Page,
    out: BufWriter<Stdout>,
    bar: ProgressBar,
    frame: Frame,
    summary: Option<Speakers>,
    /// Files written to a folder, so that none takes the place of another.
    written: HashSet<PathBuf>,
    documents: u64,
    passed_over: u64,
    /// How many quotations were written or counted.
    quotes: u64,
    problems: u64,
}

/// What came of it all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Done {
    pub(crate) problems: u64,
    /// How many quotations there are, unless earlier runs found some of them.
    pub(crate) quotes: Option<u64>,
}

/// What stands before, between and after the documents on standard output.
#[derive(Default)]
struct Frame {
    before: String,
    between: &'static str,
    after: &'static str,
}

impl Frame {
    fn of(options: &Options, is_list: bool) -> Frame {
        match (options.format, is_list) {
            (Format::Json, true) => Frame { before: "[\n".to_owned(), between: ",\n", after: "\n]\n" },
            (Format::Json, false) => Frame { after: "\n", ..Frame::default() },
            _ => {
                let header = options.format.table().map(|table| table.header_of(&options.columns()).to_string());
                Frame { before: header.unwrap_or_default(), ..Frame::default() }
            }
        }
    }
}

impl<'a> Sink<'a> {
    pub(crate) fn new(options: &'a Options, place: &'a Place, page: Page, inputs: &Inputs) -> io::Result<Sink<'a>> {
        let mut log = None;
        if let Place::Folder { path, .. } = place {
            let opened = fs::create_dir_all(path).and_then(|()| Log::open(path));
            log = Some(opened.map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?);
        }
        let mut sink = Sink {
            options,
            place,
            log,
            page,
            out: BufWriter::with_capacity(1 << 16, io::stdout()),
            bar: progress_bar(place.is_folder() || options.counts(), inputs.size()),
            frame: Frame::of(options, !inputs.is_one() && !place.is_folder()),
            summary: options.counts().then(Speakers::default),
            written: HashSet::new(),
            documents: 0,
            passed_over: 0,
            quotes: 0,
            problems: 0,
        };
        if !place.is_folder() && !options.counts() {
            sink.out.write_all(sink.frame.before.as_bytes())?;
        }
        Ok(sink)
    }

    pub(crate) fn take(&mut self, outcome: Outcome) -> io::Result<()> {
        self.bar.inc(outcome.size);
        if let Some(problem) = outcome.beside {
            self.complain(&problem);
        }
        match outcome.answer {
            Ok(Answer::Counted(speakers)) => {
                self.documents += 1;
                self.quotes += speakers.count();
                self.summary.get_or_insert_default().add_all(speakers);
            }
            Ok(Answer::PassedOver { place }) => {
                if self.is_new(place) {
                    self.passed_over += 1;
                }
            }
            Ok(Answer::Written(written)) => {
                self.quotes += written.quotes;
                self.write(written)?;
            }
            Err(problem) => self.complain(&problem),
        }
        Ok(())
    }

    fn write(&mut self, written: Written) -> io::Result<()> {
        let Written { place, answer, text, print, .. } = written;
        if let Some(file) = self.place.file(&place) {
            if self.is_new(place.clone()) && self.put_text(&place, &file, text.as_deref())? {
                replace(&file, &answer)?;
                self.log.as_mut().map_or(Ok(()), |log| log.add(&self.place.name(&place), print))?;
                self.documents += 1;
            }
            return Ok(());
        }
        if self.documents > 0 {
            self.out.write_all(self.frame.between.as_bytes())?;
        }
        self.documents += 1;
        // The line end of a document in a list comes after the comma.
        let is_framed = !self.frame.after.is_empty();
        self.out.write_all(if is_framed { answer.trim_end() } else { &answer }.as_bytes())
    }

    /// Puts the text beside its marks and tells whether it stands there: what another text has is not overwritten.
    fn put_text(&mut self, place: &Path, marks: &Path, text: Option<&str>) -> io::Result<bool> {
        let Some(text) = text else { return Ok(true) };
        let file = marks.with_extension("txt");
        match fs::read(&file) {
            Ok(bytes) if bytes == text.as_bytes() => return Ok(true),
            Ok(_) if !self.place.may_overwrite(place) => {
                self.complain(&format!("{}: is another text and stays as it is", file.display()));
                return Ok(false);
            }
            _ => replace(&file, text)?,
        }
        Ok(true)
    }

    /// Whether this is the first document to be written to `place`.
    fn is_new(&mut self, place: PathBuf) -> bool {
        let problem = format!("{}: a second document of this name is left out", place.display());
        let is_new = self.written.insert(self.place.file(&place).unwrap_or(place));
        if !is_new {
            self.complain(&problem);
        }
        is_new
    }

    fn complain(&mut self, problem: &str) {
        self.problems += 1;
        self.bar.suspend(|| eprintln!("{}", visible::line(problem)));
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Ends what is being written.
    pub(crate) fn finish(mut self) -> io::Result<Done> {
        self.bar.finish_and_clear();
        if let Some(speakers) = self.summary.take() {
            let summary = Summary { ranking: &speakers.rank(), documents: self.documents, is_cast: self.options.cast };
            self.out.write_all(summary.render(self.options.format, self.page).as_bytes())?;
        }
        if self.place.is_folder() {
            let [documents, passed_over] = [self.documents, self.passed_over].map(|count| count as usize);
            eprintln!("{} written, {passed_over} passed over", counted(documents, "document"));
            self.log.take().map_or(Ok(()), Log::finish)?;
        } else if !self.options.counts() && (self.documents > 0 || self.frame.before == "[\n") {
            self.out.write_all(self.frame.after.as_bytes())?;
        }
        self.out.flush()?;
        let quotes = (self.passed_over == 0).then_some(self.quotes);
        Ok(Done { problems: self.problems, quotes })
    }

    /// Ends the program: other threads may be waiting for input that never comes.
    pub(crate) fn give_up(&mut self, error: &io::Error) -> ! {
        self.bar.finish_and_clear();
        std::process::exit(i32::from(super::exit_code(error)));
    }
}

/// A bar on standard error, if a person sees it and nothing else is written there.
fn progress_bar(is_quiet: bool, size: Option<u64>) -> ProgressBar {
    if !io::stderr().is_terminal() || (io::stdout().is_terminal() && !is_quiet) {
        return ProgressBar::hidden();
    }
    let (bar, template) = match size {
        Some(size) => {
            (ProgressBar::new(size), "{wide_bar} {bytes} of {total_bytes}, {binary_bytes_per_sec}, {eta} left")
        }
        None => (ProgressBar::new_spinner(), "{spinner} {bytes}, {binary_bytes_per_sec}, {elapsed}"),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
