//! The HTML pages in a real browser, driven by its command line. Where none is installed, nothing is tested, and a
//! notice says so.

mod page;
#[path = "../benches/text/mod.rs"]
mod text;

use inquit::Extractor;
use inquit::output::Html;
use page::parse;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ARTICLE: &str = include_str!("../examples/data/article.txt");
/// A text that would like to be more than text.
const HOSTILE: &str = "“<script>document.title = 1</script><img src=x onerror=alert(1)>,” said <b>Ana Lim</b>.\n\n\
                       “</mark></p></main> & &amp; <!-- \" onmouseover='x',” said Tom “</style>” Roe.";

/// A browser that can be driven, if there is one.
fn browser() -> Option<&'static str> {
    const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let found = NAMES.into_iter().find(|name| {
        let version = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        version.is_ok_and(|status| status.success())
    });
    if found.is_none() {
        // Past the test runner, which keeps back what a passing test prints.
        let _ = writeln!(std::io::stderr(), "notice: no browser is installed, the pages were not opened in one");
    }
    found
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The document as the browser has it once the page is loaded and its scripts have run.
fn dom(browser: &str, folder: &Path, page: &str) -> String {
    const LONGEST: Duration = Duration::from_secs(120);
    let (file, out) = (folder.join("page.html"), folder.join("dom.html"));
    fs::write(&file, page).unwrap();
    let mut command = Command::new(browser);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]);
    command.args(["--disable-component-update", "--disable-sync", "--no-first-run", "--virtual-time-budget=10000"]);
    command.arg(format!("--user-data-dir={}", folder.join("profile").display())).arg("--dump-dom");
    command.arg(format!("file://{}", file.display()));
    command.stdin(Stdio::null()).stdout(File::create(&out).unwrap()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > LONGEST {
            child.kill().unwrap();
            panic!("{browser} does not come to an end");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    fs::read_to_string(out).unwrap()
}

/// A browser mends what is not sound: here it must find nothing to mend, so that it has every element and every word
/// as they were written.
#[test]
fn browsers_read_what_was_written() {
    let Some(browser) = browser() else { return };
    let chapter = text::novel(60_000).documents.join("\n\n");
    for (name, text) in [("article", ARTICLE), ("hostile", HOSTILE), ("chapter", chapter.as_str())] {
        let written = Html::new(&Extractor::english().extract(text), "“A & B” <i>").to_string();
        let read = dom(browser, &folder(name), &written);
        let (written, read) = (parse(&written).unwrap(), parse(&read).unwrap());
        assert!(written.0.len() > 40, "{name}");
        assert_eq!(written.0.len(), read.0.len(), "{name}");
        for (written, read) in written.0.iter().zip(&read.0) {
            assert_eq!((&written.name, written.get("title")), (&read.name, read.get("title")), "{name}");
            assert_eq!((written.get("class"), written.get("id")), (read.get("class"), read.get("id")), "{name}");
        }
        assert!(written.1.split_whitespace().eq(read.1.split_whitespace()), "{name}");
    }
}

/// On a telephone nothing reaches beyond the edge; a quotation that gets the focus tells what is known of it; and
/// what the page forbids does not run.
#[test]
fn pages_fit_a_telephone_and_speak_when_touched() {
    let Some(browser) = browser() else { return };
    let long = format!("“{},” said Ana Lim.", "Unpronounceable".repeat(12));
    for (name, text) in [("phone-article", ARTICLE), ("phone-hostile", HOSTILE), ("phone-long", long.as_str())] {
        let page = Html::new(&Extractor::english().extract(text), name).to_string();
        let outer = format!(
            "<!DOCTYPE html><title>nothing ran</title><iframe width=360 height=640 srcdoc=\"{}\"></iframe><script>
            const frame = document.querySelector('iframe');
            frame.onload = () => {{
                const page = frame.contentDocument, view = frame.contentWindow;
                const first = page.getElementById('q1');
                const tip = () => view.getComputedStyle(first, '::after').content;
                const before = tip();
                page.querySelector(`a[href='#q1']`).click();
                first.focus();
                document.title = [page.documentElement.scrollWidth, page.querySelectorAll('script, img').length, before,
                    page.activeElement.id, tip()].join('|');
            }};
            </script>",
            page.replace('&', "&amp;").replace('"', "&quot;")
        );
        let dom = dom(browser, &folder(name), &outer);
        let title = dom.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap();
        let parts: Vec<&str> = title.split('|').collect();
        assert_eq!(parts.len(), 5, "{name}: {title}");
        assert!(parts[0].parse::<u32>().unwrap() <= 360, "{name}: {title}");
        assert_eq!(parts[1..4], ["0", "none", "q1"], "{name}: {title}");
        assert!(parts[4].contains("confidence"), "{name}: {title}");
    }
}
