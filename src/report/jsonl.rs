//! JSON lines: one finding a line, each an entry of `diagnostics` in `schema/diagnostics.schema.json`.

use super::json;
use super::run::Run;

/// The lines, in the order of findings.
pub fn text(run: &Run<'_>) -> Result<String, serde_json::Error> {
    let mut out = String::new();
    for finding in run.findings {
        out.push_str(&serde_json::to_string(&json::entry(finding, run.sources, run.site))?);
        out.push('\n');
    }
    Ok(out)
}
