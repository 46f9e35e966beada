//! English.

use super::Language;

/// Every file of this folder.
pub(super) const ENGLISH: Language = Language {
    // The order is that of the entries: words of later lists come behind those of earlier ones.
    lists: &[
        ("words.txt", include_str!("words.txt")),
        ("irregular-verbs.txt", include_str!("irregular-verbs.txt")),
        ("function.txt", include_str!("function.txt")),
        ("times.txt", include_str!("times.txt")),
        ("titles.txt", include_str!("titles.txt")),
        ("roles.txt", include_str!("roles.txt")),
        ("groups.txt", include_str!("groups.txt")),
        ("documents.txt", include_str!("documents.txt")),
        ("first-names.txt", include_str!("first-names.txt")),
        ("particles.txt", include_str!("particles.txt")),
        ("gender.txt", include_str!("gender.txt")),
        (Language::ABBREVIATIONS, include_str!("abbreviations.txt")),
        ("speakers.txt", include_str!("speakers.txt")),
        ("cues.txt", include_str!("cues.txt")),
        ("modality.txt", include_str!("modality.txt")),
    ],
    elisions: include_str!("elisions.txt"),
    spelling: include_str!("spelling.txt"),
    lexical_roles: include_str!("lexical-roles.txt"),
    rules: include_str!("english.rules"),
    weights: include_str!("weights.txt"),
    calibration: include_str!("confidence.txt"),
};
