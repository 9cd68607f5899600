//! `catalog schema`

use super::SUCCESS;
use super::args::SchemaArgs;
use super::target::write_stdout;
use crate::schemas;

pub(super) fn run(args: &SchemaArgs) -> anyhow::Result<u8> {
    let Some(name) = &args.name else {
        let mut text = schemas::NAMES.join("\n");
        text.push('\n');
        write_stdout(&text)?;
        return Ok(SUCCESS);
    };
    let Some(text) = schemas::text(name) else {
        anyhow::bail!("there is no schema `{name}`: there are {}", schemas::NAMES.join(", "));
    };
    write_stdout(&text)?;
    Ok(SUCCESS)
}
