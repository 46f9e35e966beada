//! The features of a candidate.

use super::UnitContext;
use super::candidate::Candidate;
use crate::clause::{Range, Sentences, plain_word, word_of};
use crate::lexicon::{CueClass, CueClasses};
use crate::token::{PrimaryTag, TagSet, Token};
use crate::weights::{
    Certainty, Features, GapValue, HeadValue, Helped, Helpers, Length, RuleValue, SourceForm, SourceHead, Verbs,
    WordValue, id,
};

/// Emits the features of a candidate.
pub(crate) fn features<F: Features>(
    unit: &UnitContext<'_>,
    candidate: &Candidate,
    sentences: &mut Sentences,
    features: F,
) -> F {
    let shared = SharedFeatures::read(unit, candidate, sentences);
    shared.emit_content(unit, candidate, shared.emit(features))
}

/// What the features of a candidate do not share with the others of its proposal depends on where the content ends; this is
/// the rest.
pub(super) struct SharedFeatures {
    rule: RuleValue,
    /// The cue: its head, how that is classed and tagged, what stands before it of the cue, and the cue's last word.
    head: HeadValue,
    class: CueClass,
    form: PrimaryTag,
    helpers: Helpers,
    link: WordValue,
    source: SourceHead,
    source_form: SourceForm,
    gap: GapValue,
    /// What stands before the tag, and how far the tag is into its sentence.
    before: PrimaryTag,
    before_word: WordValue,
    place: Length,
    /// What the content begins with.
    first: PrimaryTag,
    first_word: WordValue,
}

impl SharedFeatures {
    /// What the candidates of one proposal have in common, by any of them.
    pub(super) fn read(unit: &UnitContext<'_>, candidate: &Candidate, sentences: &mut Sentences) -> SharedFeatures {
        let tokens = unit.context.tokens.list();
        let Candidate { rule, anchor, ref tag, .. } = *candidate;
        let entry = unit.context.lexicon.entry(word_of(&tokens[anchor]));
        // What was learned of a word elsewhere is not asked where a rule names its words itself.
        let names_words = unit.context.program.rules[usize::from(rule)].groups == CueClasses::default();
        let link = tag.cue.filter(|cue| cue.end() > anchor + 1);
        let source = tag.source.map(|range| read_source(&tokens[range.start()..range.end()]));
        let (source, source_form) = source.unwrap_or((SourceHead::None, SourceForm::NONE));
        let leftmost = tag.source.or(tag.cue).map_or(anchor, |range| range.start().min(anchor));
        let start = sentences.start_of(tokens, leftmost);
        let before = (leftmost > start).then(|| leftmost - 1);
        let cue = tag.cue.map(|cue| &tokens[cue.start().min(anchor)..anchor]);
        let gap = tag.source.map(|source| Length::of(anchor.saturating_sub(source.end())));
        let first = candidate.content.main().map_or(tokens.len(), Range::start);
        SharedFeatures {
            rule: RuleValue(rule),
            head: HeadValue(if names_words { 0 } else { entry.lemma }),
            class: entry.group.cue_class(),
            form: tag_at(tokens, anchor),
            helpers: cue.map_or(Helpers::NONE, helpers),
            link: WordValue(link.map_or(0, |cue| word_of(&tokens[cue.end() - 1]))),
            source,
            source_form,
            gap: GapValue(gap),
            before: before.map_or(TagSet::PARA.primary_tag(), |at| tag_at(tokens, at)),
            before_word: WordValue(before.map_or(0, |at| word_at(tokens, at))),
            place: Length::of(leftmost - start),
            first: tag_at(tokens, first),
            first_word: WordValue(word_at(tokens, first)),
        }
    }

    /// Emits what is the same for all candidates of the proposal.
    pub(super) fn emit<F: Features>(&self, mut features: F) -> F {
        let SharedFeatures { rule, head, class, form, helpers, source, source_form, before, first, .. } = *self;
        features.emit::<{ id("is") }>(());
        features.emit::<{ id("is.rule") }>((rule,));
        features.emit::<{ id("is.head") }>((head,));
        features.emit::<{ id("is.head.form") }>((head, form));
        features.emit::<{ id("is.head.first") }>((head, first));
        features.emit::<{ id("is.head.link") }>((head, self.link));
        features.emit::<{ id("is.head.source") }>((head, source));
        features.emit::<{ id("is.rule.first") }>((rule, first));
        features.emit::<{ id("is.rule.source") }>((rule, source));
        features.emit::<{ id("is.rule.before") }>((rule, before));
        features.emit::<{ id("is.rule.gap") }>((rule, self.gap));
        features.emit::<{ id("is.aux") }>((helpers, class));
        features.emit::<{ id("is.source.form") }>((source_form, rule));
        features.emit::<{ id("is.place") }>((self.place, rule));
        let helped = if helpers == Helpers::NONE { Helped::Bare } else { Helped::Helped };
        features.emit::<{ id("is.rule.form") }>((rule, form, helped));
        features.emit::<{ id("is.class.source") }>((class, source));
        features.emit::<{ id("is.before.word") }>((self.before_word, form));
        features
    }

    /// Emits what depends on where the content ends.
    pub(super) fn emit_content<F: Features>(
        &self,
        unit: &UnitContext<'_>,
        candidate: &Candidate,
        mut features: F,
    ) -> F {
        let tokens = unit.context.tokens.list();
        let SharedFeatures { rule, head, class, form, first, first_word, .. } = *self;
        let Some(main) = candidate.content.main() else { return features };
        let finite = |token: &&Token| token.is(TagSet::MAY_BE_FINITE);
        let verbs = Verbs::of(tokens[main.start()..main.end()].iter().filter(finite).count());
        let after = tag_at(tokens, main.end());
        features.emit::<{ id("is.rule.length") }>((rule, Length::of(main.end() - main.start())));
        features.emit::<{ id("is.rule.verb") }>((rule, verbs, first));
        features.emit::<{ id("is.rule.kind") }>((rule, candidate.kind));
        features.emit::<{ id("is.rule.after") }>((rule, after));
        let end = candidate.end();
        let next = if dates(tokens, end) { TagSet::TIME.primary_tag() } else { tag_at(tokens, end) };
        features.emit::<{ id("is.rule.next") }>((rule, next));
        features.emit::<{ id("is.rule.next.verb") }>((rule, next, verbs));
        if candidate.clause.is_some() {
            let certainty = Certainty::of(candidate.end_probability);
            features.emit::<{ id("is.end") }>((certainty, rule));
            features.emit::<{ id("is.end.first") }>((certainty, first));
        }
        features.emit::<{ id("is.class.sense") }>((class, candidate.sense));
        features.emit::<{ id("is.head.sense") }>((head, candidate.sense));
        features.emit::<{ id("is.class.first") }>((class, first, verbs));
        features.emit::<{ id("is.next.word") }>((WordValue(word_at(tokens, main.end())), form));
        features.emit::<{ id("is.first.word") }>((first_word, verbs));
        features.emit::<{ id("is.last.next") }>((tag_at(tokens, main.end() - 1), after, verbs));
        features
    }
}

/// The tag of a token; that of a paragraph's end if there is none.
fn tag_at(tokens: &[Token], at: usize) -> PrimaryTag {
    tokens.get(at).map_or(TagSet::PARA, |token| token.class).primary_tag()
}

/// The word of a token that is no name; 0 if there is none.
fn word_at(tokens: &[Token], at: usize) -> u16 {
    tokens.get(at).map_or(0, plain_word)
}

/// Whether a time stands at `at`: this week, late last week.
fn dates(tokens: &[Token], at: usize) -> bool {
    const BEFORE: usize = 2;
    let rest = tokens.get(at..).unwrap_or(&[]);
    let before =
        rest.iter().take(BEFORE).take_while(|token| token.is(TagSet::DET | TagSet::ADJ) && !token.is(TagSet::TIME));
    rest.get(before.count()).is_some_and(|token| token.is(TagSet::TIME))
}

/// What helps the head of a cue: `tokens` is what stands of the cue before it.
fn helpers(tokens: &[Token]) -> Helpers {
    Helpers::of(tokens.iter().fold(TagSet::NONE, |classes, token| classes | token.class))
}

/// What the head of a source is, and what the source holds behind its first word.
fn read_source(source: &[Token]) -> (SourceHead, SourceForm) {
    const BREAK: TagSet = TagSet::PREP.union(TagSet::COMMA).union(TagSet::WHO).union(TagSet::OPEN);
    let mut end = source.len();
    let mut held = TagSet::NONE;
    for (at, token) in source.iter().enumerate().skip(1).rev() {
        end = if token.is(BREAK) { at } else { end };
        held |= if token.is(TagSet::NAME) { TagSet::NONE } else { token.class };
    }
    let form = SourceForm::of(held);
    let head = &source[end - 1];
    let head = if head.is(TagSet::CLITIC) && end > 1 { &source[end - 2] } else { head };
    if head.is(TagSet::PRONOUN | TagSet::OBJECT) && source.len() == 1 {
        let pronoun = match head.class {
            class if class.has(TagSet::FEMALE | TagSet::MALE) => SourceHead::HeOrShe,
            class if class.has(TagSet::PRONOUN) && class.has(TagSet::OBJECT) => SourceHead::ItOrYou,
            _ => SourceHead::Pronoun,
        };
        return (pronoun, form);
    }
    (noun_head(head.class), form)
}

/// What a noun is that is the head of a source.
fn noun_head(head: TagSet) -> SourceHead {
    const HEADS: [(TagSet, SourceHead); 9] = [
        (TagSet::WHO.union(TagSet::THAT), SourceHead::Who),
        (TagSet::POSSESSIVE, SourceHead::Possessive),
        (TagSet::NAME, SourceHead::Name),
        (TagSet::ROLE, SourceHead::Role),
        (TagSet::GROUP, SourceHead::Organisation),
        (TagSet::DOCUMENT, SourceHead::Document),
        (TagSet::PLURAL, SourceHead::Plural),
        (TagSet::NUMBER, SourceHead::Number),
        (TagSet::NOUN, SourceHead::Noun),
    ];
    // The first that fits: without a branch for each.
    HEADS.iter().rev().fold(SourceHead::Other, |found, &(class, known)| if head.has(class) { known } else { found })
}
