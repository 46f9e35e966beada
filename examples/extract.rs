//! placeholder main job
use inquit::output::{DocumentRecord, OffsetUnit};
use inquit::{Coverage, Extractor, Scratch};
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut coverage = Coverage::Speech;
    let mut file = String::new();
    let mut i = 0;
    while i < args.len() {
        match args[i].as_str() {
            "--coverage" => {
                coverage = match args[i + 1].as_str() {
                    "direct" => Coverage::Direct,
                    "speech" => Coverage::Speech,
                    _ => Coverage::Attribution,
                };
                i += 1;
            }
            "--format" => i += 1,
            f => file = f.to_owned(),
        }
        i += 1;
    }
    let e = Extractor::english().with_coverage(coverage);
    let mut s = Scratch::new();
    for l in std::fs::read_to_string(file).unwrap().lines() {
        let v: serde_json::Value = serde_json::from_str(l).unwrap();
        let text = v["text"].as_str().unwrap();
        let f = e.extract_with(&mut s, text);
        println!(
            "{}",
            serde_json::to_string(&DocumentRecord::new(v["id"].as_str().unwrap(), &f, OffsetUnit::Byte)).unwrap()
        );
    }
}
