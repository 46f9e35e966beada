//! Many texts on all cores.

use crate::extract::Extractor;
use crate::quote::Extraction;
use rayon::prelude::*;

impl Extractor {
    /// Every quotation in each of `texts`: the answers [`extract`](Extractor::extract) gives, in the order of the texts.
    ///
    /// The texts are dealt to the threads of rayon, each text to one of them. By default there is a thread for each core; `ThreadPool::install` asks for
    /// others. All answers are in memory at the end: give a part of the texts at a time if they are very many.
    ///
    /// ```
    /// use inquit::Extractor;
    ///
    /// let texts = ["“We stay,” said Ana Lim.".to_owned(), "Nobody spoke.".to_owned()];
    /// let answers = Extractor::english().extract_batch(&texts);
    /// let counts: Vec<usize> = answers.iter().map(|found| found.quotes().len()).collect();
    /// assert_eq!(counts, [1, 0]);
    /// ```
    pub fn extract_batch<'t, T: AsRef<str> + Sync>(&self, texts: &'t [T]) -> Vec<Extraction<'t>> {
        texts.par_iter().map(|text| self.extract(text.as_ref())).collect()
    }
}
