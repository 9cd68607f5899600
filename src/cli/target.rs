//! Where output goes, and what a path of the command line means.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use crate::config::FILE_NAME;
use crate::report::human::Style;

use super::args::{Color, Common};

/// Prints to stdout.
pub(super) fn write_stdout(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Prints to stderr.
pub(super) fn write_stderr(text: &str) -> io::Result<()> {
    let mut out = io::stderr().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Whether stderr takes colour.
pub(super) fn stderr_color(common: &Common) -> bool {
    takes_color(common, &io::stderr())
}

/// Whether stdout takes colour.
pub(super) fn stdout_color(common: &Common) -> bool {
    takes_color(common, &io::stdout())
}

fn takes_color(common: &Common, stream: &impl anstream::stream::RawStream) -> bool {
    match common.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never,
    }
}

/// How findings are shown on stderr.
pub(super) fn style(common: &Common, prefix: &Path) -> Style {
    let color = stderr_color(common);
    let size = if io::stderr().is_terminal() { terminal_size::terminal_size_of(io::stderr()) } else { None };
    let width = size.map(|(width, _)| usize::from(width.0).max(40));
    Style { color, width, prefix: slashed(prefix) }
}

/// The width of the terminal that stdout is, where it is one.
pub(super) fn stdout_width() -> Option<usize> {
    let size = if io::stdout().is_terminal() { terminal_size::terminal_size_of(io::stdout()) } else { None };
    size.map(|(width, _)| usize::from(width.0).max(40))
}

/// A path as the host of the repository knows it: from the workspace of the job, else from the root
/// of the repository that this process stands in, else as it was typed. An absolute path means
/// nothing to a host, so what is in it is then told from there.
pub(super) fn from_repository(path: &Path, workspace: Option<&Path>) -> String {
    let typed = || if path.is_absolute() { String::new() } else { slashed(path) };
    let Ok(real) = path.canonicalize() else { return typed() };
    let workspace = workspace.and_then(|workspace| workspace.canonicalize().ok());
    if let Some(inside) = workspace.and_then(|workspace| Some(slashed(real.strip_prefix(workspace).ok()?))) {
        return inside;
    }
    let here = Path::new(".").canonicalize().ok();
    let root =
        here.and_then(|here| here.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_path_buf));
    root.and_then(|root| Some(slashed(real.strip_prefix(root).ok()?))).unwrap_or_else(typed)
}

/// A path with forward slashes, `.` left out.
pub(super) fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let text = text.strip_prefix("./").unwrap_or(&text).trim_end_matches('/');
    if text == "." { String::new() } else { text.to_owned() }
}

/// What stands at the root of a repository that was not cloned.
const ROOT_FILES: &[&str] = &[
    "catalog-info.yaml",
    "catalog-info.yml",
    "mkdocs.yml",
    ".spectral.yaml",
    ".spectral.yml",
    ".spectral.json",
    "redocly.yaml",
];

/// What `check` was asked about: one folder, and the paths in it that findings are wanted for.
#[derive(Debug)]
pub(super) struct Target {
    /// The folder to read.
    pub(super) root: PathBuf,
    /// Paths relative to it; all when empty.
    pub(super) only: Vec<String>,
    /// Whether nothing said that the folder is a root: it is the one that a file stands in.
    pub(super) is_guessed: bool,
}

impl Target {
    /// One folder is read as it is. Files, or several paths, are looked for in the repository or
    /// workspace around them: a pre-commit hook passes the names of changed files.
    pub(super) fn of(paths: &[PathBuf]) -> anyhow::Result<Self> {
        if let [path] = paths
            && !path.is_file()
        {
            return Ok(Self { root: path.clone(), only: Vec::new(), is_guessed: false });
        }
        let first = paths.first().cloned().unwrap_or_else(|| PathBuf::from("."));
        let real =
            |path: &Path| path.canonicalize().map_err(|_| anyhow::anyhow!("there is nothing at {}", path.display()));
        let start = real(&first)?;
        let folders = || start.ancestors().filter(|folder| folder.is_dir());
        let known = folders()
            .find(|folder| folder.join(".git").exists() || folder.join(FILE_NAME).exists())
            .or_else(|| folders().find(|folder| ROOT_FILES.iter().any(|name| folder.join(name).is_file())));
        let root = known.or_else(|| folders().next()).map_or_else(|| start.clone(), Path::to_path_buf);
        let mut only = Vec::new();
        for path in paths {
            let path = real(path)?;
            let inside = path.strip_prefix(&root).map_err(|_| {
                anyhow::anyhow!(
                    "{} is not in {}: check one repository or workspace at a time",
                    path.display(),
                    root.display()
                )
            })?;
            only.push(slashed(inside));
        }
        Ok(Self { root: shortest(&root), only, is_guessed: known.is_none() })
    }

    /// Whether findings about a path are wanted.
    pub(super) fn wants(&self, path: Option<&str>) -> bool {
        self.only.is_empty()
            || self.only.iter().any(|only| {
                only.is_empty()
                    || path.is_some_and(|path| {
                        path.strip_prefix(only.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                    })
            })
    }
}

/// A folder as it is written from here, where it is the folder itself or stands in it.
fn shortest(root: &Path) -> PathBuf {
    match Path::new(".").canonicalize() {
        Ok(here) if here == root => PathBuf::from("."),
        Ok(here) => root.strip_prefix(&here).unwrap_or(root).to_path_buf(),
        Err(_) => root.to_path_buf(),
    }
}

/// Something that turns while work goes on; on a terminal only.
pub(super) fn spinner(common: &Common, what: &'static str) -> indicatif::ProgressBar {
    if common.quiet || !io::stderr().is_terminal() {
        return indicatif::ProgressBar::hidden();
    }
    let bar = indicatif::ProgressBar::new_spinner().with_message(what);
    bar.enable_steady_tick(std::time::Duration::from_millis(100));
    bar
}
