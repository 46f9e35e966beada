//! Measures the extractor on a corpus marked by people, and counts its weights anew.

mod gaps;
mod gold;
mod learn;

use inquit::Extractor;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, path] = arguments.as_slice()
        && flag == "--learn"
    {
        let documents = gold::read(path).unwrap_or_else(|error| panic!("{error}"));
        print!("{}", learn::learn(&Extractor::english(), &documents));
    }
    if let [flag, path, only, many] = arguments.as_slice()
        && flag == "--gaps"
    {
        let documents = gold::read(path).unwrap_or_else(|error| panic!("{error}"));
        gaps::gaps(&Extractor::english(), &documents, only, many.parse().unwrap());
    }
}
