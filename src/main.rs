//! The `mot` command.

fn main() {}
