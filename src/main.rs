//! The `catalog` binary: everything stands in the library.

use std::process::ExitCode;

/// Trees and texts are many small pieces, made on all threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    catalog::cli::main()
}
