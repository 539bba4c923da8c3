//! Changes by line and by word. Of texts that are changed by byte, few are still sound standards; of
//! these, many are.

use libfuzzer_sys::fuzzer_mutate;

/// Numbers at which something may break.
const NUMBERS: [&str; 24] = [
    "0",
    "1",
    "2",
    "7",
    "24",
    "25",
    "31",
    "59",
    "60",
    "64",
    "65",
    "99",
    "100",
    "101",
    "366",
    "1677",
    "2262",
    "9999",
    "65536",
    "2147483648",
    "9223372036854775808",
    "18446744073709551616",
    "79228162514264337593543950336",
    "0.0000000000000000000000000001",
];

/// Changes the first `size` bytes of `data` and tells how many there are then. It is what
/// `libfuzzer_sys::fuzz_mutator!` asks for.
pub fn mutate(data: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    let mut dice = Dice(u64::from(seed) << 1 | 1);
    let text = match std::str::from_utf8(&data[..size]) {
        Ok(text) if !text.is_empty() && dice.below(4) > 0 => text.to_owned(),
        _ => return fuzzer_mutate(data, size, most),
    };
    let mut changed = text;
    for _ in 0..=dice.below(3) {
        changed = change(&changed, &mut dice);
    }
    let size = (0..=most.min(changed.len())).rev().find(|end| changed.is_char_boundary(*end)).unwrap_or(0);
    data[..size].copy_from_slice(&changed.as_bytes()[..size]);
    size
}

fn change(text: &str, dice: &mut Dice) -> String {
    match dice.below(8) {
        0 | 1 => parts(text.split_inclusive('\n').collect(), dice),
        2 => parts(blocks(text), dice),
        3 => parts(words(text), dice),
        _ => word(words(text), dice),
    }
}

/// One part left out, doubled, put elsewhere, or changed with another.
fn parts(mut parts: Vec<&str>, dice: &mut Dice) -> String {
    let (one, other) = (dice.below(parts.len()), dice.below(parts.len()));
    match dice.below(4) {
        _ if parts.is_empty() => {}
        0 => drop(parts.remove(one)),
        1 => parts.insert(other, parts[one]),
        2 => {
            let moved = parts.remove(one);
            parts.insert(other.min(parts.len()), moved);
        }
        _ => parts.swap(one, other),
    }
    parts.concat()
}

/// One word becomes another word of its kind: of this text, of the language, or a number that is odd.
fn word(mut words: Vec<&str>, dice: &mut Dice) -> String {
    let kind = |word: &str| word.chars().next().map(|letter| (letter.is_numeric(), letter.is_alphanumeric()));
    let places: Vec<usize> = (0..words.len()).filter(|place| !words[*place].trim().is_empty()).collect();
    let Some(place) = places.get(dice.below(places.len())).copied() else { return words.concat() };
    let is_number = kind(words[place]) == Some((true, true));
    let keywords: Vec<&str> = include_str!("../../../grammar/words.pest").split('"').skip(1).step_by(2).collect();
    words[place] = match dice.below(4) {
        0 if is_number => NUMBERS[dice.below(NUMBERS.len())],
        0 => keywords[dice.below(keywords.len())],
        _ => {
            let alike: Vec<&str> = words.iter().copied().filter(|word| kind(word) == kind(words[place])).collect();
            alike[dice.below(alike.len())]
        }
    };
    words.concat()
}

/// Declarations: from the left margin to the next line at the left margin that closes no brace.
fn blocks(text: &str) -> Vec<&str> {
    let begins = |at: &usize| {
        *at == 0 || text[..*at].ends_with('\n') && !text[*at..].starts_with([' ', '\t', '\n', '\r', '}', '#'])
    };
    let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).filter(begins).collect();
    starts.push(text.len());
    starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

/// Words, numbers, and single characters of other kinds.
fn words(text: &str) -> Vec<&str> {
    let kind = |letter: char| match letter {
        _ if letter.is_numeric() => 1,
        '_' | '.' => 2,
        _ if letter.is_alphabetic() => 2,
        ' ' => 3,
        _ => 4,
    };
    let mut starts = Vec::new();
    let mut before = 0;
    for (at, letter) in text.char_indices() {
        if kind(letter) != before || kind(letter) == 4 {
            starts.push(at);
        }
        before = kind(letter);
    }
    starts.push(text.len());
    starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

/// Numbers by chance, the same for the same seed.
struct Dice(u64);

impl Dice {
    /// A number below `most`; 0 if there is none.
    fn below(&mut self, most: usize) -> usize {
        // Splitmix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ mixed >> 31) % most.max(1) as u64) as usize
    }
}
