//! `catalog why`

use crate::change::why;
use crate::report::change::{dot, human, json, markdown, mermaid, of_why};

use super::args::{Common, WayFormat, WhyArgs};
use super::target::{stdout_color, write_stdout};
use super::{SUCCESS, state};

pub(super) fn run(args: &WhyArgs, common: &Common) -> anyhow::Result<u8> {
    super::threads(common)?;
    let snapshot = state::open(&args.ways.path, &args.ways.state, common)?;
    let why = why(&snapshot, &snapshot.find(&args.from)?, &snapshot.find(&args.to)?);
    write_stdout(&match args.ways.format {
        WayFormat::Human => human::why(&why, stdout_color(common)),
        WayFormat::Json => serde_json::to_string_pretty(&json::why(&why))? + "\n",
        WayFormat::Markdown => markdown::why(&why),
        WayFormat::Dot => dot(&of_why(&why)),
        WayFormat::Mermaid => mermaid(&of_why(&why)),
    })?;
    Ok(SUCCESS)
}
