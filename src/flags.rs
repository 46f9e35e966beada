//! What is out of the ordinary about a quotation.

use bitflags::bitflags;
use std::fmt;

bitflags! {
    /// What is out of the ordinary about a quotation or quoted string: repairs to its marks, links that
    /// were inferred, and how the report stands to what was said.
    ///
    /// ```
    /// use inquit::{Extractor, Flags};
    ///
    /// let text = "We will stay,” Ana Lim said.";
    /// let found = Extractor::english().extract(text);
    /// assert!(found.quote(0).unwrap().flags().contains(Flags::INFERRED_OPEN));
    /// ```
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
    pub struct Flags: u16 {
        /// The opening mark was missing; the quotation was taken to begin with the paragraph, or with
        /// the first sentence after the quotation before.
        const INFERRED_OPEN = 1;
        /// The closing mark was missing.
        const INFERRED_CLOSE = 1 << 1;
        /// Opening and closing mark do not belong together: *“Go," said Lim.*
        const MIXED_PAIR = 1 << 2;
        /// A mark pointed the wrong way.
        const WRONG_DIRECTION = 1 << 3;
        /// The quotation goes on in another paragraph.
        const CONTINUED = 1 << 4;
        /// The source was taken over from the quotation before.
        const INHERITED = 1 << 5;
        /// The source did not say it: *Lim did not say that rents would fall*.
        const NEGATED = 1 << 6;
        /// The source denies it: *Lim denied that rents had risen*.
        const DENIED = 1 << 7;
        /// It is not said yet: *Lim will say that rents are fair*.
        const FUTURE = 1 << 8;
        /// Perhaps it never is: *If Lim says that …*, *Lim might say that …*
        const HYPOTHETICAL = 1 << 9;
        /// It is asked whether it is said: *Did Lim say that …?*
        const QUESTION = 1 << 10;
        /// The source may stand for one of several, and no evidence decides.
        const AMBIGUOUS = 1 << 11;
        /// It is direct and has no quotation marks: a turn, a line of dialogue behind a dash, an announced block.
        const UNMARKED = 1 << 12;
    }
}

impl Flags {
    const NAMES: [(&'static str, Flags); 13] = [
        ("inferred_open", Flags::INFERRED_OPEN),
        ("inferred_close", Flags::INFERRED_CLOSE),
        ("mixed_pair", Flags::MIXED_PAIR),
        ("wrong_direction", Flags::WRONG_DIRECTION),
        ("continued", Flags::CONTINUED),
        ("inherited", Flags::INHERITED),
        ("ambiguous", Flags::AMBIGUOUS),
        ("negated", Flags::NEGATED),
        ("denied", Flags::DENIED),
        ("future", Flags::FUTURE),
        ("hypothetical", Flags::HYPOTHETICAL),
        ("question", Flags::QUESTION),
        ("unmarked", Flags::UNMARKED),
    ];

    /// The flag of this name, if there is one.
    #[cfg(feature = "serde")]
    fn by_name(name: &str) -> Option<Flags> {
        Flags::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, flag)| flag)
    }

    /// The names of the flags, as in JSON.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Flags::NAMES.into_iter().filter(move |(_, flag)| self.contains(*flag)).map(|(name, _)| name)
    }
}

impl fmt::Debug for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}

/// A list of names.
#[cfg(feature = "serde")]
impl serde::Serialize for Flags {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.names())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Flags {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Flags, D::Error> {
        let names = Vec::<String>::deserialize(deserializer)?;
        names.iter().try_fold(Flags::empty(), |flags, name| {
            let flag = Flags::by_name(name);
            Ok(flags | flag.ok_or_else(|| serde::de::Error::custom(format_args!("no flag is called {name:?}")))?)
        })
    }
}
