//! Once all names are read: which are kept, with which words, and how each form is used.

use super::names::{Honorific, Name, NameForm, Names, push};
use crate::lang::Spelling;
use crate::token::TagSet;

impl NameForm {
    /// Counts the name with the number `at`.
    #[inline]
    fn count_in(&mut self, name: &Name, at: u32) {
        if self.first == u32::MAX || !self.written && !name.has(Name::SHOUTED) {
            self.first = at;
        }
        self.count += 1;
        self.articles += u32::from(name.has(Name::ARTICLE));
        self.places += u32::from(name.has(Name::LOCATIVE));
        self.titled |= name.has(Name::TITLED);
        self.narrated |= !name.has(Name::QUOTED);
        self.written |= !name.has(Name::SHOUTED);
    }
}

impl Names {
    /// Keeps a common word at the beginning of a sentence only if it is part of a name elsewhere, and
    /// counts how each form is used.
    pub(super) fn settle(&mut self) {
        let Names { list, words, forms, roots, loose, .. } = self;
        let mut kept = 0;
        for at in 0..list.len() {
            let name = list[at];
            let form = &mut forms[name.form as usize];
            if name.has(Name::TENTATIVE) && !roots[words[form.words as usize].id as usize].proper {
                continue;
            }
            form.count_in(&name, kept as u32);
            if name.has(Name::LOOSE) {
                push(loose, kept as u32);
            }
            list[kept] = name;
            kept += 1;
        }
        list.truncate(kept);
    }

    /// Counts anew how the forms are used.
    pub(super) fn count(&mut self) {
        self.forms.iter_mut().for_each(|form| *form = NameForm { words: form.words, ..NameForm::UNUSED });
        for (name, at) in self.list.iter().zip(0..) {
            self.forms[name.form as usize].count_in(name, at);
        }
    }

    /// Takes common words off the front of names that are known without them: *So Lim*, *Dear Ana*.
    /// Returns whether there were any.
    pub(super) fn peel(&mut self, text: &str, spelling: &Spelling) -> bool {
        let mut peeled = false;
        for loose in 0..self.loose.len() {
            let at = self.loose[loose] as usize;
            let mut name = self.list[at];
            while name.count > 1 {
                let from = self.forms[name.form as usize].words as usize;
                let first = self.words[from];
                let rest = &self.words[from + 1..from + usize::from(name.count)];
                let adverb = !first.class.has(TagSet::KNOWN | TagSet::FIRST)
                    && spelling.guess(&text.as_bytes()[first.start as usize..first.end as usize]).has(TagSet::ADVERB);
                let common =
                    adverb || first.class.has(TagSet::KNOWN) && !first.class.has(TagSet::FIRST | TagSet::PARTICLE);
                let loose = common || name.has(Name::QUOTED) && !first.class.has(TagSet::FIRST);
                let proper = rest.iter().any(|word| !word.class.has(TagSet::KNOWN) || word.class.has(TagSet::FIRST));
                if !loose || !proper {
                    break;
                }
                let form = rest.iter().try_fold(Honorific::ALONE, |node, word| self.child(node, word.id));
                let known = form.filter(|&form| {
                    let (whole, rest) = (self.forms[name.form as usize], self.forms[form as usize]);
                    let times = if common { 1 } else { 8 };
                    rest.count > whole.count * times
                });
                let Some(form) = known else { break };
                peeled = true;
                self.forms[name.form as usize].count -= 1;
                let known = &mut self.forms[form as usize];
                known.count += 1;
                let tail = &text[name.start as usize + (first.end - first.start) as usize..name.end as usize];
                let gap = tail.find(|letter: char| !letter.is_whitespace() && letter != '.').unwrap_or(0);
                name.start = name.end - (tail.len() - gap) as u32;
                name.title_bytes = 0;
                name.titles = 0;
                name.count -= 1;
                name.form = form;
                name.flags &= !(Name::TITLED | Name::INITIAL | Name::AFTER_WORD | Name::APART);
                self.list[at] = name;
            }
        }
        peeled
    }
}
