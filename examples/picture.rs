//! Draws what a program writes to a terminal, as SVG: `docs/extract.svg` is made by
//!
//! ```sh
//! COLUMNS=92 cargo run -q --release --example extract -- --color always | head -n 26 \
//!   | cargo run -q --release --example picture -- 'cargo run --example extract' > docs/extract.svg
//! ```
//!
//! The first argument stands in the title bar. Text stays text, so that the picture is small and can be searched.

use std::io::{Read, Write};
use unicode_width::UnicodeWidthStr;

/// Size of a letter and of the space round the text, in pixels.
const LETTER: f64 = 8.4;
const LINE: f64 = 20.0;
const EDGE: f64 = 20.0;
const BAR: f64 = 40.0;

fn main() -> std::io::Result<()> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let title = std::env::args().nth(1).unwrap_or_default();
    std::io::stdout().write_all(draw(&input, &title).as_bytes())
}

fn draw(input: &str, title: &str) -> String {
    let lines: Vec<Vec<Run>> = input.trim_end().lines().map(runs).collect();
    let columns = lines.iter().map(|line| line.iter().map(|run| run.width()).sum()).max().unwrap_or(0);
    let (width, height) = (columns as f64 * LETTER + 2.0 * EDGE, BAR + lines.len() as f64 * LINE + EDGE);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" aria-label=\"{title}\">\n\
         <style>text {{ font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; \
         fill: #d8dee4; white-space: pre }} .b {{ font-weight: bold }} .i {{ font-style: italic }} \
         .u {{ text-decoration: underline }}</style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"#15191e\"/>\n\
         <g fill=\"#3d444d\"><circle cx=\"22\" cy=\"20\" r=\"6\"/><circle cx=\"42\" cy=\"20\" r=\"6\"/>\
         <circle cx=\"62\" cy=\"20\" r=\"6\"/></g>\n\
         <text x=\"50%\" y=\"25\" text-anchor=\"middle\" style=\"fill: #9198a1\">{title}</text>\n",
        title = escaped(title),
    );
    for (number, line) in lines.iter().enumerate() {
        let y = BAR + (number as f64 + 0.75) * LINE;
        let mut column = 0;
        let mut pieces = String::new();
        for run in line {
            pieces.push_str(&run.svg(column));
            column += run.width();
        }
        if !pieces.is_empty() {
            out.push_str(&format!("<text y=\"{y}\">{pieces}</text>\n"));
        }
    }
    out.push_str("</svg>\n");
    out
}

/// Letters that look the same.
#[derive(Clone, Debug, Default)]
struct Run {
    text: String,
    colour: Option<u8>,
    bold: bool,
    italic: bool,
    underline: bool,
}

impl Run {
    fn width(&self) -> usize {
        self.text.width()
    }

    /// Every run says where it begins and how wide it is: no two fonts have letters of one width.
    fn svg(&self, column: usize) -> String {
        if self.text.trim().is_empty() {
            return String::new();
        }
        let blank = self.text.len() - self.text.trim_start().len();
        let (x, width) = ((column + blank) as f64 * LETTER, self.text.trim().width() as f64 * LETTER);
        let classes = [(self.bold, 'b'), (self.italic, 'i'), (self.underline, 'u')];
        let classes: Vec<String> =
            classes.iter().filter(|(is_on, _)| *is_on).map(|(_, name)| name.to_string()).collect();
        let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
        let fill = self.colour.map(|colour| format!(" style=\"fill:{}\"", hex(colour))).unwrap_or_default();
        let text = escaped(self.text.trim());
        format!("<tspan x=\"{:.1}\" textLength=\"{width:.1}\"{class}{fill}>{text}</tspan>", EDGE + x)
    }
}

/// Cuts a line where its look changes: at `ESC [ 1 ; 38 ; 5 ; n m` and the like.
fn runs(line: &str) -> Vec<Run> {
    let mut look = Run::default();
    let mut pieces = line.split("\x1b[");
    let first = pieces.next().unwrap_or_default();
    let mut runs = vec![Run { text: first.to_owned(), ..look.clone() }];
    for piece in pieces {
        let Some((codes, text)) = piece.split_once('m') else { continue };
        let mut codes = codes.split(';').map(|code| code.parse().unwrap_or(0));
        while let Some(code) = codes.next() {
            match code {
                0 => look = Run::default(),
                1 => look.bold = true,
                3 => look.italic = true,
                4 => look.underline = true,
                38 => look.colour = codes.nth(1),
                _ => {}
            }
        }
        runs.push(Run { text: text.to_owned(), ..look.clone() });
    }
    runs
}

/// One of the 256 colours of a terminal; a little lighter, for a dark ground.
fn hex(colour: u8) -> String {
    let [red, green, blue] = match colour {
        16..=231 => {
            let steps = [0_u32, 95, 135, 175, 215, 255];
            let cube = usize::from(colour) - 16;
            [steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6]]
        }
        232.. => [8 + 10 * (u32::from(colour) - 232); 3],
        _ => [216; 3],
    }
    .map(|part| part + (255 - part) / 4);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
