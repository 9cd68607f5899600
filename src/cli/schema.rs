//! `catalog schema`

use std::path::Path;

use super::SUCCESS;
use super::args::SchemaArgs;
use super::target::write_stdout;
use crate::base::MemoryMemo;
use crate::pipeline::{self, Options};
use crate::schemas;

pub(super) fn run(args: &SchemaArgs) -> anyhow::Result<u8> {
    let Some(name) = &args.name else {
        let mut text = schemas::NAMES.join("\n");
        text.push('\n');
        write_stdout(&text)?;
        return Ok(SUCCESS);
    };
    if args.with_references {
        anyhow::ensure!(name == "descriptor", "only the schema `descriptor` has references");
        let path = args.path.as_deref().unwrap_or(Path::new("."));
        let compiled = pipeline::compile(path, &Options::default(), &MemoryMemo::default())?;
        write_stdout(&schemas::descriptor_with_references(&compiled.catalog))?;
        return Ok(SUCCESS);
    }
    let Some(text) = schemas::text(name) else {
        anyhow::bail!("there is no schema `{name}`: there are {}", schemas::NAMES.join(", "));
    };
    write_stdout(&text)?;
    Ok(SUCCESS)
}
