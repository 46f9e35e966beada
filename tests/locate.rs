//! Quotations looked for in texts: cases from files, and what holds for every text.

#[path = "locate/altered.rs"]
mod altered;
#[path = "locate/cases.rs"]
mod cases;
#[path = "locate/linear.rs"]
mod linear;
#[path = "locate/naive.rs"]
mod naive;
#[path = "locate/properties.rs"]
mod properties;
#[path = "locate/words.rs"]
mod words;
