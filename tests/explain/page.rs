//! A page as its test reads it: sections, and the blocks that are files.

/// A page.
pub struct Page<'a> {
    pub code: &'a str,
    /// The files that have the fault.
    pub wrong: Vec<Block<'a>>,
    /// Those that take their place.
    pub mended: Vec<Block<'a>>,
}

/// A fenced block: what it is, and what it holds.
#[derive(Clone, Copy)]
pub struct Block<'a> {
    pub language: &'a str,
    name: Option<&'a str>,
    pub text: &'a str,
}

impl<'a> Page<'a> {
    /// Reads a page and tells what of its form is wrong.
    pub fn read(text: &'a str, code: &'a str) -> Result<Self, String> {
        let [head, why, wrong, mended] = sections(text).map_err(|found| format!("the headings are {found:?}"))?;
        let title = head.lines().next().and_then(|line| line.strip_prefix(&format!("# {code}: ")));
        match title {
            None => return Err("the first line is not the code and a title".into()),
            Some(title) if title.is_empty() || title.ends_with('.') => return Err("the title ends wrongly".into()),
            Some(_) => {}
        }
        let said = |section: &str| section.lines().skip(1).any(|line| !line.trim().is_empty());
        if !said(head) || !said(why) {
            return Err("it does not say what the fault means, or why it matters".into());
        }
        if let Some(line) = text.lines().find(|line| line.ends_with(' ') || line.chars().count() > 120) {
            return Err(format!("blanks at the end, or too long a line: {line}"));
        }
        Ok(Self { code, wrong: blocks(wrong)?, mended: blocks(mended)? })
    }
}

/// What stands above the first heading and below each of them; else the headings that there are.
fn sections(text: &str) -> Result<[&str; 4], Vec<&str>> {
    const HEADINGS: [&str; 3] = ["## Why it matters", "## Wrong", "## Mended"];
    let mut starts = vec![0];
    let mut headings = Vec::new();
    let (mut at, mut fenced) = (0, false);
    for line in text.split_inclusive('\n') {
        fenced ^= line.starts_with("```");
        if line.starts_with("## ") && !fenced {
            headings.push(line.trim_end());
            starts.push(at);
        }
        at += line.len();
    }
    starts.push(text.len());
    if headings != HEADINGS {
        return Err(headings);
    }
    Ok([0, 1, 2, 3].map(|index| &text[starts[index]..starts[index + 1]]))
}

fn blocks(section: &str) -> Result<Vec<Block<'_>>, String> {
    let mut blocks = Vec::new();
    let mut rest = section;
    while let Some((_, opened)) = rest.split_once("\n```") {
        let (head, body) = opened.split_once('\n').ok_or("a block without an end")?;
        let (text, _) = body.split_once("```\n").ok_or("a block without an end")?;
        let (language, name) = match head.split_once(' ') {
            Some((language, name)) => (language, Some(name)),
            None => (head, None),
        };
        if language.is_empty() || (language != "mot" && name.is_none()) {
            return Err("a block that does not say what it is".into());
        }
        blocks.push(Block { language, name, text });
        // With the end of the line, so that the next block may follow at once.
        rest = &body[text.len() + 3..];
    }
    Ok(blocks)
}

impl Block<'_> {
    /// Whether it says how `mot` is run.
    pub fn is_command(&self) -> bool {
        (self.language, self.name) == ("text", Some("command"))
    }

    /// The name of its file.
    pub fn file(&self) -> String {
        match self.name {
            None => "standards.mot".into(),
            Some(name) if name.contains('.') => name.into(),
            Some(name) => format!("{name}.{}", self.language),
        }
    }
}
