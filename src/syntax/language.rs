//! The two languages in which standards are written.

/// A language in which standards are written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Language {
    /// `within 4h when vip`
    English,
    /// `当 贵宾 时 4 小时内`
    Chinese,
}

impl Language {
    /// The language of a word: Chinese if it is written in Chinese letters.
    pub fn of(word: &str) -> Language {
        if word.chars().any(is_chinese) { Language::Chinese } else { Language::English }
    }
}

/// Whether it is a Chinese letter.
pub fn is_chinese(letter: char) -> bool {
    matches!(letter, '\u{4E00}'..='\u{9FFF}')
}
