//! Sound files of standards of any size, and the same as data, in YAML.

/// What a large file is full of.
pub struct Kind {
    /// Its name, as the benchmark prints it.
    pub name: &'static str,
    /// What all parts share, and a part, numbered; as standards.
    standards: [&'static str; 2],
    /// The same in YAML.
    yaml: [&'static str; 2],
    /// Rules in a part.
    each: usize,
}

/// Clocks with two targets each, and nothing else.
pub const CLOCKS: Kind = Kind {
    name: "clocks",
    standards: [include_str!("clocks.mot"), include_str!("clock.mot")],
    yaml: [include_str!("clocks.yaml"), include_str!("clock.yaml")],
    each: 1,
};

/// What a large service would write, desk by desk: eight standards, a behaviour and a level, with the events, the
/// touchpoint, the moment and the escalation that they speak of.
pub const DESKS: Kind = Kind {
    name: "desks",
    standards: [include_str!("desks.mot"), include_str!("desk.mot")],
    yaml: [include_str!("desks.yaml"), include_str!("desk.yaml")],
    each: 10,
};

impl Kind {
    /// A sound file of standards with so many rules.
    pub fn standards(&self, rules: usize) -> String {
        self.file(self.standards, rules)
    }

    /// What that file says, in YAML.
    pub fn yaml(&self, rules: usize) -> String {
        self.file(self.yaml, rules)
    }

    fn file(&self, [shared, part]: [&str; 2], rules: usize) -> String {
        let parts = (0..rules / self.each).map(|number| part.replace("NUMBER", &number.to_string()));
        std::iter::once(shared.to_owned()).chain(parts).collect()
    }
}
