//! No number pretends: each has a source, or the line says that it is assumed.

use super::{files, shown};

/// The blocks whose lines are promises or powers.
const BLOCKS: [&str; 26] = [
    "standard",
    "标准",
    "behaviour",
    "行为规范",
    "level",
    "服务水平",
    "escalate",
    "升级",
    "empower",
    "授权",
    "remedy",
    "补救",
    "journey",
    "旅程",
    "scorecard",
    "评分卡",
    "cause",
    "原因",
    "exempt",
    "豁免",
    "moment",
    "关键时刻",
    "calendar",
    "工作日历",
    "case",
    "个案",
];

/// A block of a file: its first line and all up to the brace that closes it.
fn blocks(text: &str) -> Vec<(usize, Vec<&str>)> {
    let mut blocks: Vec<(usize, Vec<&str>)> = Vec::new();
    let mut open = false;
    for (index, line) in text.lines().enumerate() {
        let begins = !line.starts_with([' ', '#', '}']) && !line.is_empty();
        if begins {
            blocks.push((index + 1, Vec::new()));
            open = true;
        }
        if let (true, Some((_, lines))) = (open, blocks.last_mut()) {
            lines.push(line);
        }
        open = open && !line.starts_with('}');
    }
    blocks
}

/// Whether a line, its strings and comments aside, has a number that somebody chose: an amount of time or money, a
/// share, a score. Hours, dates, scales and versions are not of this kind.
fn chooses_a_number(line: &str) -> bool {
    let mut code = String::new();
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' | '“' | '”' => quoted = !quoted,
            '#' if !quoted => break,
            _ if quoted => {}
            _ => code.push(letter),
        }
    }
    let words = code.split(|letter: char| letter.is_whitespace() || ",，、（）(){}".contains(letter));
    words.filter(|word| word.starts_with(|letter: char| letter.is_ascii_digit())).any(|word| {
        let date = word.matches('-').count() >= 2;
        let scale = word.contains("..");
        !date && !scale && !word.contains([':', '：'])
    })
}

#[test]
fn each_number_has_a_source_or_is_assumed() {
    let mut pretends = Vec::new();
    for file in files() {
        let text = std::fs::read_to_string(&file).unwrap();
        for (first, lines) in blocks(&text) {
            let keyword = lines.first().and_then(|line| line.split_whitespace().next()).unwrap_or_default();
            let told = |line: &&str| line.contains("assumed") || line.contains("假定") || line.contains("来源");
            let sourced =
                lines.iter().any(|line| ["source ", "依据 "].iter().any(|word| line.trim_start().starts_with(word)));
            if !BLOCKS.contains(&keyword) || sourced {
                continue;
            }
            for (index, line) in lines.iter().enumerate() {
                if chooses_a_number(line) && !told(line) && !line.contains("# source") {
                    pretends.push(format!("{}:{}: {}", shown(&file), first + index, line.trim()));
                }
            }
        }
    }
    assert!(pretends.is_empty(), "neither source nor `assumed`:\n{}", pretends.join("\n"));
}
