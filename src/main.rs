//! The `mot` command: arguments in, exit code out, nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    mot::cli::run(std::env::args_os()).into()
}
