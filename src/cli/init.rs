//! `catalog init`

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::Path;

use anyhow::Context as _;

use crate::base::{RepoId, Sources as _, paths};
use crate::config::FILE_NAME;
use crate::emit;
use crate::init::{self, Taken};
use crate::report::count;
use crate::scan::{self, Layout};

use super::SUCCESS;
use super::args::{Common, InitArgs};
use super::target::{stdout_color, write_stderr, write_stdout};

/// A file that would be written: its path below the folder, its text, and why.
struct New {
    path: String,
    text: String,
    because: String,
}

pub(super) fn run(args: &InitArgs, common: &Common) -> anyhow::Result<u8> {
    let taken = args.from.as_deref().map(taken).transpose()?;
    let options = scan::Options { guess: true, ..scan::Options::default() };
    let workspace = scan::open(&args.path, &options)?;
    let sources = &workspace.sources;
    let mut files = Vec::new();
    if workspace.settings_file.is_none() {
        let pattern = (workspace.layout == Layout::FolderOfRepositories).then_some("*");
        let text = init::settings(&organization(&args.path, sources), pattern, taken.as_ref(), sources);
        let because = if args.from.is_some() { "the app-config" } else { "the folder" };
        files.push(New { path: FILE_NAME.to_owned(), text, because: because.to_owned() });
    } else if taken.is_some() {
        anyhow::bail!("there is a {FILE_NAME} already, which is never written over: move it away first");
    }
    for (id, repository) in (0..).map(RepoId).zip(sources.repositories()).filter(|(_, one)| !one.settings_home) {
        for proposed in init::propose(id, sources) {
            let path = if repository.root.is_empty() {
                proposed.path
            } else {
                format!("{}/{}", repository.root, proposed.path)
            };
            files.push(New { path, text: proposed.text, because: proposed.because });
        }
    }
    if files.is_empty() {
        write_stderr("nothing to propose: there are settings, and every repository has a descriptor\n")?;
        return Ok(SUCCESS);
    }
    if !common.quiet {
        write_stdout(&shown(&files, stdout_color(common)))?;
    }
    if !(args.write || asked(files.len())?) {
        write_stderr(&format!("nothing was written; `--write` writes {}\n", count(files.len(), "file")))?;
        return Ok(SUCCESS);
    }
    for file in &files {
        emit::new_file(&args.path, &file.path, &file.text)?;
    }
    write_stderr(&format!("{} written; `catalog check` says what is left to do\n", count(files.len(), "file")))?;
    Ok(SUCCESS)
}

fn taken(path: &Path) -> anyhow::Result<Taken> {
    let text = scan::file(path)?;
    init::from_app_config(&text).map_err(anyhow::Error::msg).with_context(|| format!("cannot read {}", path.display()))
}

/// The owner of the first remote, else the name of the folder.
fn organization(path: &Path, sources: &scan::FolderSources) -> String {
    let remote = sources.repositories().iter().find_map(|repository| repository.remote.as_ref());
    let owner = remote.map(|remote| paths::parent(&remote.path)).filter(|owner| !owner.is_empty());
    let folder = || {
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        real.file_name().map_or_else(|| "My organisation".to_owned(), |name| name.to_string_lossy().into_owned())
    };
    owner.map_or_else(folder, str::to_owned)
}

/// New files as a diff, each with what it was read from.
fn shown(files: &[New], color: bool) -> String {
    let green = |line: String| if color { format!("\u{1b}[32m{line}\u{1b}[0m") } else { line };
    let mut out = String::new();
    for file in files {
        out.push_str(&format!("# from {}\n--- /dev/null\n+++ {}\n", file.because, file.path));
        out.push_str(&format!("@@ -0,0 +1,{} @@\n", file.text.lines().count()));
        file.text
            .lines()
            .for_each(|line| out.push_str(&(green(format!("+{}", line.replace('\u{1b}', "\u{fffd}"))) + "\n")));
        out.push('\n');
    }
    out
}

/// Asks, where there is somebody to answer.
fn asked(files: usize) -> anyhow::Result<bool> {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return Ok(false);
    }
    write_stderr(&format!("write {}? [y/N] ", count(files, "file")))?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
