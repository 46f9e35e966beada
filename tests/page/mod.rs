//! Reads pages, more strictly than browsers do.

/// An element, as a strict reader sees it.
#[derive(Debug, PartialEq)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// All elements and the text in `main`, or what is wrong with the page. Stricter than a browser: every element is
/// closed where it must be, every attribute is quoted, and `<`, `>` and `&` stand for nothing but markup.
pub(crate) fn parse(page: &str) -> Result<(Vec<Element>, String), String> {
    const VOID: [&str; 2] = ["meta", "!DOCTYPE"];
    let (mut elements, mut open, mut text) = (Vec::new(), Vec::<String>::new(), String::new());
    let mut rest = page;
    while !rest.is_empty() {
        if open.last().is_some_and(|name| name == "style") {
            rest = &rest[rest.find("</style>").ok_or("style is not closed")?..];
        }
        let at = rest.find('<').unwrap_or(rest.len());
        let words = unescaped(&rest[..at])?;
        if open.iter().any(|name| name == "main") {
            text.push_str(&words);
        }
        rest = &rest[at..];
        let Some(tag) = rest.strip_prefix('<') else { break };
        let end = tag.find('>').ok_or("a tag is not closed")?;
        let (tag, after) = (&tag[..end], &tag[end + 1..]);
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop().as_deref() != Some(name) {
                return Err(format!("</{name}> closes another"));
            }
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        if name.is_empty() || !name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '!') {
            return Err(format!("<{tag}>"));
        }
        elements.push(Element { name: name.to_owned(), attributes: parse_attributes(attributes)? });
        if !VOID.contains(&name) {
            open.push(name.to_owned());
        }
    }
    if open.is_empty() { Ok((elements, text)) } else { Err(format!("open at the end: {open:?}")) }
}

fn parse_attributes(mut rest: &str) -> Result<Vec<(String, String)>, String> {
    let mut attributes = Vec::new();
    while !rest.trim().is_empty() {
        let words = rest.trim_start();
        if ["html", "open"].contains(&words) {
            break;
        }
        let (name, value) = words.split_once("=\"").ok_or(words)?;
        let (value, after) = value.split_once('"').ok_or(words)?;
        attributes.push((name.to_owned(), unescaped(value)?));
        rest = after;
    }
    Ok(attributes)
}

fn unescaped(text: &str) -> Result<String, String> {
    const NAMES: [(&str, &str); 7] = [
        ("lt;", "<"),
        ("gt;", ">"),
        ("quot;", "\""),
        ("#39;", "'"),
        ("#10;", "\n"),
        ("amp;", "&"),
        ("nbsp;", "\u{a0}"),
    ];
    if text.contains(['<', '>']) {
        return Err(text.to_owned());
    }
    let mut pieces = text.split('&');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, sign) = NAMES.iter().find(|(name, _)| piece.starts_with(name)).ok_or(piece)?;
        out.push_str(sign);
        out.push_str(&piece[name.len()..]);
    }
    Ok(out)
}
