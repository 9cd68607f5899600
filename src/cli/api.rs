//! `catalog api`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;

use crate::api::{Read, State};
use crate::base::MemoryMemo;
use crate::diagnostics::Level;
use crate::pipeline::{self, Compiled};
use crate::report::{Summary, api as report};

use super::SUCCESS;
use super::args::{ApiArgs, ApiCommand, ApiLintArgs, BundleFormat, Common, DataFormat};
use super::check::{exit_code, options};
use super::print::{Print, print};
use super::target::{Target, spinner, write_stdout};

pub(super) fn run(args: &ApiArgs, common: &Common) -> anyhow::Result<u8> {
    super::threads(common)?;
    match &args.command {
        ApiCommand::List(args) => {
            let compiled = compile(&args.path, common)?;
            let list = report::list(&compiled.catalog, &compiled.graph, &compiled.apis);
            write_stdout(&match args.format {
                DataFormat::Human => report::list_text(&list),
                DataFormat::Json => serde_json::to_string_pretty(&list)? + "\n",
            })?;
        }
        ApiCommand::Show(args) => {
            let (_, read, reference) = find(&args.what, &args.path, common)?;
            let show = report::show(&read, reference);
            write_stdout(&match args.format {
                DataFormat::Human => report::show_text(&show),
                DataFormat::Json => serde_json::to_string_pretty(&show)? + "\n",
            })?;
        }
        ApiCommand::Bundle(args) => {
            let (compiled, read, _) = find(&args.what, &args.path, common)?;
            let bundle = crate::api::bundle(&read, &compiled.workspace.sources).with_context(|| {
                format!("`{}` is {}, which has no references to bundle", args.what, read.definition.format)
            })?;
            write_stdout(&match args.format {
                BundleFormat::Yaml => crate::yaml::to_text(&bundle),
                BundleFormat::Json => serde_json::to_string_pretty(&bundle)? + "\n",
            })?;
        }
        ApiCommand::Lint(args) => return lint(args, common),
    }
    Ok(SUCCESS)
}

fn compile(path: &Path, common: &Common) -> anyhow::Result<Compiled> {
    let bar = spinner(common, "reading");
    let compiled = pipeline::compile(path, &pipeline::Options::default(), &MemoryMemo::default())?;
    bar.finish_and_clear();
    Ok(compiled)
}

/// A definition by its file or by its entity.
fn find(what: &str, path: &Path, common: &Common) -> anyhow::Result<(Compiled, Arc<Read>, Option<String>)> {
    if !Path::new(what).is_file() {
        let compiled = compile(path, common)?;
        let (read, key) = of_entity(&compiled, what)?;
        return Ok((compiled, read, Some(key)));
    }
    let target = Target::of(&[what.into()])?;
    let mut compiled = compile(&target.root, common)?;
    let file = target.only.first().map(String::as_str).unwrap_or_default();
    let read = pipeline::definition_of_file(&mut compiled, file).with_context(|| unreadable(what, &target.root))?;
    Ok((compiled, read, None))
}

fn lint(args: &ApiLintArgs, common: &Common) -> anyhow::Result<u8> {
    let (files, names): (Vec<&String>, Vec<&String>) = args.what.iter().partition(|what| Path::new(what).is_file());
    let paths: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
    let target = Target::of(if paths.is_empty() { std::slice::from_ref(&args.path) } else { &paths })?;
    let bar = spinner(common, "checking");
    let mut compiled = pipeline::compile(&target.root, &options(&args.input, Vec::new()), &MemoryMemo::default())?;
    bar.finish_and_clear();
    let mut wanted = Vec::new();
    for (what, path) in files.iter().zip(&target.only) {
        let read = pipeline::definition_of_file(&mut compiled, path);
        wanted.push((read.with_context(|| unreadable(what, &target.root))?, None));
    }
    for what in names {
        let (read, key) = of_entity(&compiled, what)?;
        wanted.push((read, Some(key)));
    }
    pipeline::keep_findings_of_definitions(&mut compiled, &wanted);
    compiled.summary = Summary::new(&compiled.catalog, &compiled.workspace.sources, &compiled.findings);
    let code = exit_code(&compiled.summary, args.input.fail_on, Level::Error);
    let how = Print { root: &target.root, output: &args.output, common, failed: code != SUCCESS, change: None };
    print(&compiled, &how)?;
    Ok(code)
}

fn unreadable(what: &str, root: &Path) -> String {
    format!("{what} is no file of {} that can be read", root.display())
}

fn of_entity(compiled: &Compiled, what: &str) -> anyhow::Result<(Arc<Read>, String)> {
    let entity = pipeline::find_api(compiled, what)?;
    let key = compiled.catalog.entity(entity).key();
    match compiled.apis.of(entity).map(|api| &api.state) {
        Some(State::Read(read)) => Ok((Arc::clone(read), key)),
        Some(State::NotFetched(url)) => anyhow::bail!("the definition of `{key}` is at {url}, which is not fetched"),
        None => anyhow::bail!("`{key}` has no definition"),
    }
}
