//! Standards of any size, as a large service would write them: desk by desk. The same as data, in YAML.

/// The rules of a desk: eight standards, a behaviour and a level.
const RULES_OF_A_DESK: usize = 10;

/// A sound file of standards with so many rules, in tens.
pub fn standards(rules: usize) -> String {
    file(include_str!("header.mot"), include_str!("desk.mot"), rules)
}

/// What that file says, in YAML.
pub fn yaml(rules: usize) -> String {
    file(include_str!("header.yaml"), include_str!("desk.yaml"), rules)
}

/// What all desks share, and each desk, numbered.
fn file(header: &str, desk: &str, rules: usize) -> String {
    let desks = (0..rules / RULES_OF_A_DESK).map(|number| desk.replace("DESK", &number.to_string()));
    std::iter::once(header.to_owned()).chain(desks).collect()
}
