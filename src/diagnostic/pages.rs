//! What `mot explain` tells of each code: one Markdown file a code, compiled in.
//!
//! A page begins with `# code: title`, then says what the fault means, why it matters, and shows a
//! small file that has it beside the same file mended. `tests/explain` holds every page to its word.

use std::sync::LazyLock;

use super::codes::{self, Code};
use super::did_you_mean;

/// The page of one code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Page {
    /// The code, as in `table/dead-row`.
    pub code: &'static str,
    /// What it says in plain words, in one line.
    pub title: &'static str,
    /// The whole page in Markdown, the line with code and title included.
    pub text: &'static str,
}

impl Page {
    fn new((code, text): &(Code, &'static str)) -> Self {
        let first = text.lines().next().unwrap_or_default();
        let title = first.split_once(": ").map_or("", |(_, title)| title);
        Self { code: code.as_str(), title, text }
    }

    /// What stands before the slash of the code: what the fault is about.
    pub fn family(&self) -> &'static str {
        self.code.split_once('/').map_or(self.code, |(family, _)| family)
    }

    /// What stands behind the slash.
    fn name(&self) -> &'static str {
        self.code.split_once('/').map_or(self.code, |(_, name)| name)
    }
}

static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| codes::PAGES.iter().map(Page::new).collect());

/// All pages, in the order of their codes.
pub fn all() -> &'static [Page] {
    &PAGES
}

/// The page of a code.
pub fn find(code: &str) -> Option<&'static Page> {
    PAGES.iter().find(|page| page.code == code)
}

/// The code that was likely meant by a word that is none: one spelled almost so, or the one that has
/// the word behind its slash.
pub fn nearest(word: &str) -> Option<&'static str> {
    let spelled_so = did_you_mean(word, PAGES.iter().map(|page| page.code));
    spelled_so.or_else(|| {
        let mut named = PAGES.iter().filter(|page| page.name() == word);
        let first = named.next()?;
        named.next().is_none().then_some(first.code)
    })
}

#[cfg(test)]
mod tests {
    use super::{all, find, nearest};

    #[test]
    fn codes_stand_in_order() {
        assert!(all().is_sorted_by_key(|page| page.code), "a family of codes would have two headings in the list");
    }

    #[test]
    fn a_code_is_found_by_itself_and_by_what_was_meant() {
        assert!(find("table/dead-row").is_some());
        assert_eq!(nearest("table/ded-row"), Some("table/dead-row"));
        assert_eq!(nearest("dead-row"), Some("table/dead-row"));
        assert_eq!(nearest("weather"), None);
    }
}
