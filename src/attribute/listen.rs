//! What attribution tells whoever listens: for `explain`, benches and tests.

use super::UnitContext;
use super::score::Scored;
use crate::quote::StringRole;

/// Whether the rules were tried on a word that they may start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Gate {
    /// They were tried.
    Open,
    /// They were not: by the weights it is hardly ever a cue there.
    Hopeless,
    /// They were not: only speech is looked for, and no rule that starts from it tells of words said or written.
    TellsOfNoWords,
}

/// What became of a candidate. Numbers are those of other candidates of its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fate {
    Kept,
    /// Only speech is looked for, and its cue tells of no words said or written.
    TellsOfNoWords,
    /// Less likely than the least score of its kind.
    Unlikely {
        least: f32,
    },
    /// All its content is quoted strings that a rule knows to be no speech.
    NoSpeech(StringRole),
    /// Another reading of the same word is better.
    Outscored {
        by: u32,
    },
    /// Its words belong to a likelier candidate.
    Crossed {
        by: u32,
    },
    /// It lies in the content of another, which counts alone.
    Enclosed {
        by: u32,
    },
    /// Only what stands in marks is looked for, and no quoted string of its content is speech.
    NothingInMarks,
}

/// Is told what attribution does with each unit. The methods are called in the order of the pipeline and do nothing
/// unless they are defined; calls are static, so a run that nobody listens to pays nothing.
pub(crate) trait Listener {
    /// A word that rules may start from.
    fn gate(&mut self, _unit: &UnitContext<'_>, _at: usize, _gate: Gate) {}

    /// All candidates of a unit; whether to go on with it.
    fn proposed(&mut self, _unit: &UnitContext<'_>, _candidates: &[Scored]) -> bool {
        true
    }

    /// What became of a candidate of the unit at hand. Of several calls for one candidate the last counts.
    fn fate(&mut self, _candidate: u32, _fate: Fate) {}
}

/// Nobody listens.
impl Listener for () {}
