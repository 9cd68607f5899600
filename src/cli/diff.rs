//! `catalog diff`

use crate::change::diff;
use crate::report::change::{human, json, markdown, redirects};
use crate::report::markdown::COMMENT;

use super::args::{Common, DiffArgs, DiffFormat};
use super::target::{stdout_color, write_stdout};
use super::{FINDINGS, SUCCESS, state};

pub(super) fn run(args: &DiffArgs, common: &Common) -> anyhow::Result<u8> {
    super::threads(common)?;
    // Only redirects speak of pages.
    let open = if matches!(args.format, DiffFormat::Redirects) { state::open_with_pages } else { state::open };
    let base = open(&args.base, &args.state, common)?;
    let head = open(&args.head, &args.state, common)?;
    let diff = diff(&base, &head);
    write_stdout(&match args.format {
        DiffFormat::Human => human::diff(&diff, stdout_color(common)),
        DiffFormat::Json => serde_json::to_string_pretty(&json::diff(&diff))? + "\n",
        DiffFormat::Markdown => markdown::section(&diff, COMMENT),
        DiffFormat::Redirects => redirects::redirects(&diff),
    })?;
    Ok(if args.exit_code && !diff.is_empty() { FINDINGS } else { SUCCESS })
}
