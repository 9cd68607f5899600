//! The `catalog` binary: everything stands in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    catalog::cli::main()
}
