//! `catalog api`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::api::{Family, Read, State};
use crate::base::MemoryMemo;
use crate::diagnostics::{API_REF_OUTSIDE, API_SYNTAX, Level};
use crate::model::EntityId;
use crate::pipeline::{self, Compiled, Options};
use crate::report::{Finding, Summary, api as report, count, human};

use super::args::{ApiArgs, ApiBundleArgs, ApiCommand, ApiLintArgs, ApiListArgs, ApiShowArgs};
use super::args::{BundleFormat, Common, DataFormat};
use super::check::{exit_code, options};
use super::print::{Print, print};
use super::target::{Target, slashed, spinner, stdout_color, stdout_width, style, write_stderr, write_stdout};
use super::{FINDINGS, SUCCESS};

pub(super) fn run(args: &ApiArgs, common: &Common) -> anyhow::Result<u8> {
    super::threads(common)?;
    match &args.command {
        ApiCommand::List(args) => list(args, common),
        ApiCommand::Show(args) => show(args, common),
        ApiCommand::Bundle(args) => bundle(args, common),
        ApiCommand::Lint(args) => lint(args, common),
    }
}

fn list(args: &ApiListArgs, common: &Common) -> anyhow::Result<u8> {
    let compiled = compile(&args.path, &Options::default(), common)?;
    let filter =
        report::Filter { owner: args.owner.clone(), spec_type: args.r#type.clone(), lifecycle: args.lifecycle.clone() };
    let list = report::list(&compiled.catalog, &compiled.graph, &compiled.apis, &filter);
    write_stdout(&match args.format {
        DataFormat::Human => report::list_text(&list, look(common)),
        DataFormat::Json => serde_json::to_string_pretty(&list)? + "\n",
    })?;
    if let Some(nothing) = list.nothing().filter(|_| !common.quiet) {
        write_stderr(&format!("{nothing}\n"))?;
    }
    Ok(SUCCESS)
}

fn show(args: &ApiShowArgs, common: &Common) -> anyhow::Result<u8> {
    let found = find(&args.what, &args.path, common)?;
    let compiled = &found.compiled;
    let entity = found.entity.map(|id| compiled.catalog.entity(id));
    let show = report::show(&found.read, entity, (&compiled.catalog, &compiled.graph), &compiled.workspace.sources);
    write_stdout(&match args.format {
        DataFormat::Human => report::show_text(&show, look(common)),
        DataFormat::Json => serde_json::to_string_pretty(&show)? + "\n",
    })?;
    let mut broken = pipeline::gaps(compiled, &found.read, found.entity);
    broken.retain(|(finding, _)| finding.rule.code == API_SYNTAX.code);
    tell(&found, &broken, common)
}

fn bundle(args: &ApiBundleArgs, common: &Common) -> anyhow::Result<u8> {
    let found = find(&args.what, &args.path, common)?;
    let compiled = &found.compiled;
    let definition = &found.read.definition;
    let gaps = pipeline::gaps(compiled, &found.read, found.entity);
    let entity = found.entity.map(|id| compiled.catalog.entity(id));
    let Some(bundle) = crate::api::bundle(&found.read, entity, &compiled.workspace.sources) else {
        anyhow::bail!("`{}` is {}{}", args.what, definition.format, no_bundle(definition.family));
    };
    // Of what cannot be parsed at all there is nothing to print.
    if bundle.is_object() {
        write_stdout(&match args.format {
            BundleFormat::Yaml => crate::yaml::to_text(&bundle),
            BundleFormat::Json => serde_json::to_string_pretty(&bundle)? + "\n",
        })?;
    }
    tell(&found, &gaps, common)
}

/// Why there is no bundle of a format.
fn no_bundle(family: Family) -> &'static str {
    match family {
        Family::GraphQl => ", which is one document already",
        Family::Protobuf => ", whose imports cannot be written into one file",
        _ => ", in which references are not known",
    }
}

fn lint(args: &ApiLintArgs, common: &Common) -> anyhow::Result<u8> {
    let (files, names): (Vec<&String>, Vec<&String>) = args.what.iter().partition(|what| Path::new(what).is_file());
    names.iter().try_for_each(|what| refuse(what))?;
    let paths: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
    let options = options(&args.input, Vec::new());
    let mut wanted = Vec::new();
    let (mut compiled, root) = if let [what] = args.what.as_slice()
        && !files.is_empty()
    {
        let found = of_file(what, &options, common)?;
        wanted.push((found.read, None));
        (found.compiled, found.root)
    } else {
        let target = Target::of(if paths.is_empty() { std::slice::from_ref(&args.path) } else { &paths })?;
        let mut compiled = compile(&target.root, &options, common)?;
        for (what, path) in files.iter().zip(&target.only) {
            let read = pipeline::definition_of_file(&mut compiled, path, what)?;
            wanted.push((read.ok_or_else(|| not_in_view(what, &target.root))?, None));
        }
        (compiled, target.root)
    };
    for what in names {
        let id = of_name(&compiled, what)?;
        let read = pipeline::definition_of_api(&compiled, id)?;
        wanted.push((read, Some(compiled.catalog.entity(id).key())));
    }
    pipeline::keep_findings_of_definitions(&mut compiled, &wanted);
    compiled.summary = Summary::new(&compiled.catalog, &compiled.workspace.sources, &compiled.findings);
    let code = exit_code(&compiled.summary, args.input.fail_on, Level::Error);
    let all = compiled.apis.iter().filter(|api| matches!(api.state, State::Read(_))).count();
    let looked_at = count(if wanted.is_empty() { all } else { wanted.len() }, "API definition");
    let how = Print {
        root: &root,
        output: &args.output,
        common,
        failed: code != SUCCESS,
        change: None,
        looked_at: Some(&looked_at),
    };
    print(&compiled, &how)?;
    Ok(code)
}

fn compile(path: &Path, options: &Options, common: &Common) -> anyhow::Result<Compiled> {
    let bar = spinner(common, "reading");
    let compiled = pipeline::compile(path, options, &MemoryMemo::default())?;
    bar.finish_and_clear();
    Ok(compiled)
}

/// A definition, and where it was looked for.
struct Found {
    compiled: Compiled,
    read: Arc<Read>,
    entity: Option<EntityId>,
    root: PathBuf,
}

/// A definition by its file or by its entity.
fn find(what: &str, path: &Path, common: &Common) -> anyhow::Result<Found> {
    if !Path::new(what).is_file() {
        refuse(what)?;
        let compiled = compile(path, &Options::default(), common)?;
        let id = of_name(&compiled, what)?;
        let read = pipeline::definition_of_api(&compiled, id)?;
        return Ok(Found { compiled, read, entity: Some(id), root: path.to_path_buf() });
    }
    of_file(what, &Options::default(), common)
}

/// A definition by its file: in the repository or workspace around it, else with its own folder. Where
/// no root is known and it refers to files above that folder, what we stand in is its root.
fn of_file(what: &str, options: &Options, common: &Common) -> anyhow::Result<Found> {
    let target = Target::of(&[what.into()])?;
    let file = target.only.first().map(String::as_str).unwrap_or_default();
    let found = in_root(what, file, target.root, options, common)?;
    let found = match found {
        Some(found) => found,
        None => {
            let name = Path::new(what).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let root = folder_of(what);
            in_root(what, &name, root.clone(), options, common)?.ok_or_else(|| not_in_view(what, &root))?
        }
    };
    let path = Path::new(what);
    if !leads_outside(&found) || !target.is_guessed || path.is_absolute() {
        return Ok(found);
    }
    let around = in_root(what, &slashed(path), PathBuf::from("."), options, common)?;
    Ok(around.filter(|around| !leads_outside(around)).unwrap_or(found))
}

fn in_root(what: &str, file: &str, root: PathBuf, options: &Options, common: &Common) -> anyhow::Result<Option<Found>> {
    let mut compiled = compile(&root, options, common)?;
    let read = pipeline::definition_of_file(&mut compiled, file, what)?;
    Ok(read.map(|read| Found { compiled, read, entity: None, root }))
}

fn leads_outside(found: &Found) -> bool {
    let gaps = pipeline::gaps(&found.compiled, &found.read, None);
    gaps.iter().any(|(finding, _)| finding.rule.code == API_REF_OUTSIDE.code)
}

/// What is neither an API nor a file.
fn refuse(what: &str) -> anyhow::Result<()> {
    anyhow::ensure!(!what.is_empty(), "an empty name: an API or a file is needed");
    anyhow::ensure!(
        what != "-",
        "standard input is not read, as references of a definition lead from its file: name the file"
    );
    Ok(())
}

/// An API by its name. A folder may have the same.
fn of_name(compiled: &Compiled, what: &str) -> anyhow::Result<EntityId> {
    pipeline::find_api(compiled, what).map_err(|error| {
        if !Path::new(what).is_dir() {
            return error;
        }
        anyhow::anyhow!(
            "{what} is a folder: `catalog api list {what}` lists its APIs, and `catalog api lint --path {what}` checks them"
        )
    })
}

/// The folder of a file that belongs to no repository in view, or that git ignores, as what a build
/// writes.
fn folder_of(what: &str) -> PathBuf {
    match Path::new(what).parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

fn not_in_view(what: &str, root: &Path) -> anyhow::Error {
    anyhow::anyhow!(
        "{what} is not among the files that are read in {}: it is ignored by git or by the settings, or in no repository of that workspace",
        root.display()
    )
}

/// Findings about what was printed, which say what is missing in it.
fn tell(found: &Found, findings: &[Finding], common: &Common) -> anyhow::Result<u8> {
    let sources = &found.compiled.workspace.sources;
    write_stderr(&human::findings(findings, sources, &style(common, &found.root)))?;
    let failed = findings.iter().any(|(finding, _)| finding.level == Level::Error);
    Ok(if failed { FINDINGS } else { SUCCESS })
}

fn look(common: &Common) -> report::Look {
    report::Look { color: stdout_color(common), width: stdout_width() }
}
