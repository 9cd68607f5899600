//! `catalog impact`

use crate::change::impact;
use crate::report::change::{dot, human, json, markdown, mermaid, of_impact};
use crate::report::markdown::COMMENT;

use super::args::{Common, ImpactArgs, WayFormat};
use super::target::{stdout_color, write_stdout};
use super::{SUCCESS, state};

pub(super) fn run(args: &ImpactArgs, common: &Common) -> anyhow::Result<u8> {
    super::threads(common)?;
    let snapshot = state::open(&args.ways.path, &args.ways.state, common)?;
    let impact = impact(&snapshot, &snapshot.find(&args.reference)?);
    write_stdout(&match args.ways.format {
        WayFormat::Human => human::impact(&impact, stdout_color(common)),
        WayFormat::Json => serde_json::to_string_pretty(&json::impact(&impact))? + "\n",
        WayFormat::Markdown => markdown::impact(&impact, COMMENT),
        WayFormat::Dot => dot(&of_impact(&impact)),
        WayFormat::Mermaid => mermaid(&of_impact(&impact)),
    })?;
    Ok(SUCCESS)
}
