//! Input that is no UTF-8 text: told by its first bytes, with what to run instead.

use std::path::Path;

/// How many bytes are looked at.
pub(crate) const LOOK: usize = 1024;

/// Where bytes come from, for messages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'n> {
    /// None for standard input.
    pub(crate) file: Option<&'n Path>,
    /// One document a line.
    pub(crate) has_lines: bool,
}

impl Named<'_> {
    /// The name of the file as a shell needs it.
    fn quoted(self) -> String {
        let name = self.file.map_or("FILE".into(), |file| file.to_string_lossy());
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "._/-+,:@%".contains(letter);
        match name.chars().all(plain) && !name.starts_with('-') {
            true => name.into_owned(),
            false => format!("'{}'", name.replace('\'', "'\\''")),
        }
    }

    /// The command that reads what another one wrote.
    fn reader(self) -> &'static str {
        if self.has_lines { "inquit --input jsonl" } else { "inquit" }
    }
}

/// What is wrong with bytes that do not begin as text does, and the command that makes text of them.
pub(crate) fn refusal(start: &[u8], named: Named<'_>) -> Option<String> {
    let (file, reader) = (named.quoted(), named.reader());
    let ending = named.file.and_then(Path::extension).unwrap_or_default().to_string_lossy().to_lowercase();
    let pandoc = |what: &str, format: &str| format!("is {what}: pandoc -f {format} -t plain {file} | {reader}");
    let is = |magic: &[u8]| start.starts_with(magic);
    Some(if is(b"%PDF-") {
        format!("is a PDF: pdftotext {file} - | {reader}")
    } else if is(b"PK\x03\x04") {
        match ending.as_str() {
            "docx" | "odt" | "epub" => pandoc(&format!("a .{ending} file"), &ending),
            _ => "is a zip archive: unpack it, and convert .docx, .odt and .epub with pandoc -t plain".to_owned(),
        }
    } else if is(b"{\\rtf") {
        pandoc("RTF", "rtf")
    } else if is(&[0xD0, 0xCF, 0x11, 0xE0]) {
        format!("is an old office file: soffice --headless --convert-to txt:Text {file}")
    } else if let Some(encoding) = utf16(start) {
        format!("is UTF-16: iconv -f {encoding} -t UTF-8 {file} | {reader}")
    } else if is_binary(start) {
        "is no text".to_owned()
    } else {
        return None;
    })
}

/// The name of the encoding if this is UTF-16, which every second byte of plain English tells.
fn utf16(start: &[u8]) -> Option<&'static str> {
    if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
        return Some("UTF-16");
    }
    let zeros = |first| start.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = start.len() * 3 / 8;
    match start.len() > 8 {
        true if odd > most && even == 0 => Some("UTF-16LE"),
        true if even > most && odd == 0 => Some("UTF-16BE"),
        _ => None,
    }
}

/// Whether control characters stand in what is no UTF-8, or a quarter of it is NUL.
fn is_binary(start: &[u8]) -> bool {
    let zeros = start.iter().filter(|&&byte| byte == 0).count();
    let controls = |byte: &u8| *byte < b' ' && !b"\t\n\r\x0c\x1b".contains(byte);
    // The last letter may be cut.
    let is_text = std::str::from_utf8(start).is_ok_and(|_| true)
        || std::str::from_utf8(start).is_err_and(|error| error.error_len().is_none());
    zeros * 4 > start.len() || !is_text && start.iter().filter(|byte| controls(byte)).count() > start.len() / 100
}

/// What to run for text that holds the bytes of an older encoding.
pub(crate) fn advice(bytes: &[u8], named: Named<'_>) -> String {
    // Latin-1 has control characters where Windows has quotation marks.
    let windows = bytes.iter().any(|byte| matches!(byte, 0x80..=0x9F));
    let encoding = if windows { "WINDOWS-1252" } else { "LATIN1" };
    format!("is it Latin-1? iconv -f {encoding} -t UTF-8 {} | {}", named.quoted(), named.reader())
}

#[cfg(test)]
mod tests {
    use super::{Named, advice, refusal};
    use std::path::Path;

    fn told(start: &[u8], file: &str) -> Option<String> {
        refusal(start, Named { file: Some(Path::new(file)), has_lines: file.ends_with(".jsonl") })
    }

    #[test]
    fn what_is_no_text_is_told_with_a_command() {
        let utf16: Vec<u8> = "Go, said Ana Lim.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "Go, said Ana Lim.".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (start, file, expected) in [
            (&b"%PDF-1.7\n"[..], "a b.pdf", "is a PDF: pdftotext 'a b.pdf' - | inquit"),
            (b"PK\x03\x04\x14", "a.docx", "is a .docx file: pandoc -f docx -t plain a.docx | inquit"),
            (b"{\\rtf1", "it's.rtf", "is RTF: pandoc -f rtf -t plain 'it'\\''s.rtf' | inquit"),
            (b"\xff\xfe{\0", "a.jsonl", "is UTF-16: iconv -f UTF-16 -t UTF-8 a.jsonl | inquit --input jsonl"),
            (&utf16, "-a.txt", "is UTF-16: iconv -f UTF-16LE -t UTF-8 '-a.txt' | inquit"),
            (&big, "a.txt", "is UTF-16: iconv -f UTF-16BE -t UTF-8 a.txt | inquit"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.txt", "is no text"),
            (b"\0\0\0\0\0\0\0\0\0a", "a.txt", "is no text"),
        ] {
            assert_eq!(told(start, file).as_deref(), Some(expected));
        }
    }

    #[test]
    fn text_is_not_refused() {
        let cut = &"“Né".as_bytes()["“N".len() + 1 - 4..];
        for start in
            [&b""[..], b"Go.", "“Né, là”".as_bytes(), b"caf\xe9 au lait", b"a\0b is odd", cut, b"{\"text\": 5}"]
        {
            assert_eq!(told(start, "a.txt"), None, "{start:?}");
        }
    }

    #[test]
    fn windows_is_told_from_latin_1() {
        let named = Named { file: None, has_lines: false };
        assert_eq!(advice(b"caf\xe9", named), "is it Latin-1? iconv -f LATIN1 -t UTF-8 FILE | inquit");
        assert!(advice(b"\x93Go\x94", named).contains("-f WINDOWS-1252 "));
    }
}
