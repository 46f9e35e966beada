//! How texts are read: what is looked for, with which rules and words.

use super::visible;
use clap::{Args, ValueEnum};
use inquit::{Coverage, Extractor, ExtractorBuilder, Input, Problem};
use std::path::{Path, PathBuf};

/// Options of whatever reads texts.
#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// Which quotations are looked for
    #[arg(short, long, value_enum, default_value_t, value_name = "COVERAGE")]
    pub(crate) coverage: Depth,

    /// Add rules from a file (may be given again)
    #[arg(long, value_name = "FILE")]
    pub(crate) rules: Vec<PathBuf>,

    /// Add words from a file (may be given again)
    #[arg(long, value_name = "FILE")]
    pub(crate) words: Vec<PathBuf>,
}

impl Reading {
    /// The extractor these options ask for, or all that is wrong with the files they name.
    pub(crate) fn extractor(&self) -> Result<Extractor, String> {
        let coverage = self.coverage.into();
        if self.words.is_empty() && self.rules.is_empty() {
            return Ok(Extractor::english().with_coverage(coverage));
        }
        let words = read_all(&self.words)?;
        let rules = read_all(&self.rules)?;
        let builder = words.iter().fold(Extractor::builder().coverage(coverage), ExtractorBuilder::words);
        let built = rules.iter().fold(builder, ExtractorBuilder::rules).build();
        built.map_err(|error| error.problems().map(|problem| self.blame(problem)).collect::<Vec<_>>().join("\n\n"))
    }

    /// All that decides which answers there are, for a fingerprint.
    pub(crate) fn print(&self) -> String {
        let files = |files: &[PathBuf]| files.iter().map(std::fs::read_to_string).collect::<Result<Vec<_>, _>>().ok();
        format!("{:?}", (self.coverage, files(&self.rules), files(&self.words)))
    }

    /// A problem, and the file it is in.
    fn blame(&self, problem: &Problem) -> String {
        let file = match problem.input() {
            Some(Input::Words(number)) => self.words.get(number),
            Some(Input::Rules(number)) => self.rules.get(number),
            _ => None,
        };
        file.map_or_else(|| problem.to_string(), |file| about(file, problem))
    }
}

/// A message about a file. It may have several lines, the name of the file has one.
pub(crate) fn about(file: &Path, error: &dyn std::fmt::Display) -> String {
    format!("{}: {error}", visible::line(&file.to_string_lossy()))
}

fn read_all(files: &[PathBuf]) -> Result<Vec<String>, String> {
    files.iter().map(|file| std::fs::read_to_string(file).map_err(|error| about(file, &error))).collect()
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Depth {
    /// What stands in quotation marks
    Direct,
    /// Everything reported as said or written
    #[default]
    Speech,
    /// Beliefs, wishes, decrees and evidence too
    Attribution,
}

impl From<Depth> for Coverage {
    fn from(depth: Depth) -> Coverage {
        match depth {
            Depth::Direct => Coverage::Direct,
            Depth::Speech => Coverage::Speech,
            Depth::Attribution => Coverage::Attribution,
        }
    }
}
