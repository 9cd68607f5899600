//! The stages in order. Knows what comes after what, and nothing else.

mod compare;
mod definitions;

pub use compare::{Compared, compare};
pub use definitions::{definition_of_api, definition_of_file, find_api, gaps, keep_findings_of_definitions};

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use crate::base::json_schema::JsonSchema;
use crate::base::{FileId, Memo, RepoId, Sources as _, Span};
use crate::config::World;
use crate::diagnostics::{
    Diagnostic, INVALID_SETTING, Level, NOTHING_FOUND, Setting, Suppressions, UNDESCRIBED_REPOSITORY, in_order, settle,
};
use crate::docs::{self, Docs};
use crate::graph::Graph;
use crate::link;
use crate::model::{Catalog, KindTable};
use crate::report::{Finding, Summary};
use crate::scan::{self, Workspace};
use crate::yaml::{self, Limits};
use crate::{api, change, check, edit, emit, parse, site, theme};

/// A compiled organisation.
pub struct Compiled {
    /// The input.
    pub workspace: Workspace,
    /// The catalog.
    pub catalog: Catalog,
    /// Its relations.
    pub graph: Graph,
    /// The documentation.
    pub docs: Docs,
    /// The API definitions.
    pub apis: api::Apis,
    /// How its site looks.
    pub look: theme::Look,
    /// What was found, settled and in order.
    pub findings: Vec<Finding>,
    /// The run in numbers.
    pub summary: Summary,
}

/// What a run was asked for.
#[derive(Debug, Default)]
pub struct Options {
    /// How the input is opened.
    pub scan: scan::Options,
    /// The published catalog that stands for the rest of the organisation.
    pub against: Option<scan::Site>,
    /// Levels that go before those of the settings.
    pub levels: Vec<Setting>,
    /// The day on which dates are judged, instead of that of the newest commit.
    pub now: Option<Date>,
}

/// Why nothing could be compiled.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no input.
    #[error(transparent)]
    Scan(#[from] scan::Error),
    /// The published catalog cannot be used.
    #[error(transparent)]
    Published(#[from] change::PublishedError),
}

/// Compiles what is at a path.
pub fn compile(path: &Path, options: &Options, memo: &dyn Memo) -> Result<Compiled, Error> {
    let workspace = scan::open(path, &options.scan)?;
    compile_workspace(workspace, options, fetch(options)?.as_ref(), memo)
}

/// Compiles what was there at a revision, without a checkout.
pub fn compile_base(base: scan::Base, options: &Options, memo: &dyn Memo) -> Result<Compiled, Error> {
    let compiled = compile_workspace(base.open(&options.scan), options, fetch(options)?.as_ref(), memo)?;
    compiled.workspace.sources.complete()?;
    Ok(compiled)
}

/// A published catalog as it was fetched.
struct Fetched {
    site: String,
    text: String,
}

/// Fetches the published catalog, if one is asked for.
fn fetch(options: &Options) -> Result<Option<Fetched>, Error> {
    let Some(site) = &options.against else { return Ok(None) };
    Ok(Some(Fetched { site: site.shown(), text: site.read()? }))
}

/// Compiles an input that is open.
fn compile_workspace(
    mut workspace: Workspace,
    options: &Options,
    fetched: Option<&Fetched>,
    memo: &dyn Memo,
) -> Result<Compiled, Error> {
    workspace.settings.levels.asked.clone_from(&options.levels);
    let mut findings = std::mem::take(&mut workspace.diagnostics);
    let kinds = kinds(&workspace, &mut findings);
    let read = |fetched: &Fetched| change::read_published(&fetched.site, &fetched.text, &workspace.sources);
    let published = fetched.map(read).transpose()?;
    let (catalog, more) = link::link(link::Input {
        sources: &workspace.sources,
        settings: &workspace.settings,
        settings_file: workspace.settings_file,
        // With the rest of the organisation in view there is nothing left that may be elsewhere.
        world: if published.is_some() { World::Closed } else { workspace.world },
        kinds,
        discovery: discovery(&workspace),
        published,
    });
    findings.extend(more);
    let graph = Graph::new(&catalog);
    let input = check::Input {
        catalog: &catalog,
        graph: &graph,
        sources: &workspace.sources,
        settings: &workspace.settings,
        settings_file: workspace.settings_file,
    };
    findings.extend(check::check(&input));
    let environment = environment(&workspace.settings);
    let (docs, more) = docs::find(
        &catalog,
        &workspace.sources,
        &workspace.settings,
        &environment,
        moment(&workspace, options.now),
        memo,
    );
    findings.extend(more);
    let (_, problems) = check::moves(&catalog, &docs, &workspace.settings);
    let settings_file = workspace.settings_file;
    findings.extend(problems.into_iter().map(|problem| problem.finding(&workspace.settings, settings_file)));
    let (apis, more) = api::read(&catalog, &workspace.sources);
    findings.extend(more);
    findings.extend(api::check_joined(&apis, &catalog, &workspace.sources, &workspace.settings));
    let (look, more) = theme::read(&theme::Input {
        settings: &workspace.settings,
        settings_file: workspace.settings_file,
        sources: &workspace.sources,
        catalog: &catalog,
        graph: &graph,
        memo,
    });
    findings.extend(more);
    if !has_unusable_descriptor(&findings, &workspace) {
        findings.extend(nothing_found(&catalog, &workspace));
    }
    findings.extend(undescribed(&catalog, &workspace));
    let mut findings =
        settle(findings, &workspace.settings.levels, &suppressions(&workspace, options.now), &workspace.sources);
    edit::prepare(findings.iter_mut().map(|(finding, _)| finding), &workspace.sources);
    let summary = Summary::new(&catalog, &workspace.sources, &findings);
    Ok(Compiled { workspace, catalog, graph, docs, apis, look, findings, summary })
}

/// The variables of the environment that the settings list, as far as they are set.
fn environment(settings: &crate::config::Settings) -> Vec<(String, String)> {
    let value = |name: &String| Some((name.clone(), std::env::var(name).ok()?));
    settings.docs_environment.iter().filter_map(value).collect()
}

/// Renders the site of a compiled organisation into a folder. Files are written as they are made,
/// and take their places when all are there. What is found while it is made joins the findings, but
/// not those on its pages.
pub fn site(compiled: &mut Compiled, folder: &Path, memo: &dyn Memo) -> anyhow::Result<emit::Written> {
    let settings = &compiled.workspace.settings;
    let input = site::Input {
        catalog: &compiled.catalog,
        graph: &compiled.graph,
        sources: &compiled.workspace.sources,
        settings,
        findings: &compiled.findings,
        docs: &compiled.docs,
        apis: &compiled.apis,
        memo,
        look: &compiled.look,
    };
    let writer = emit::Writer::begin(folder)?;
    let put = |path: String, bytes: Vec<u8>| Ok(writer.put(path, &bytes)?);
    let problems = site::build(&input, &put).map_err(|error| match error {
        site::Error::Theme(error) => theme_error(&compiled.look, &error),
        site::Error::Sink(error) => anyhow::anyhow!(error),
    })?;
    let public = site::Public {
        catalog: &compiled.catalog,
        graph: &compiled.graph,
        sources: &compiled.workspace.sources,
        organization: settings.organization.as_deref(),
    };
    let file = compiled.workspace.settings_file;
    let mut findings: Vec<Diagnostic> = problems.into_iter().map(|problem| problem.finding(settings, file)).collect();
    findings.extend(check::host_limit(&writer.output(), settings, file));
    let repositories = public.repositories();
    add(compiled, findings);
    Ok(writer.finish(repositories)?)
}

/// Adds findings to those that are settled.
fn add(compiled: &mut Compiled, findings: Vec<Diagnostic>) {
    if findings.is_empty() {
        return;
    }
    let sources = &compiled.workspace.sources;
    let levels = &compiled.workspace.settings.levels;
    compiled.findings.extend(settle(findings, levels, &Suppressions::default(), sources));
    in_order(&mut compiled.findings, sources);
    compiled.summary = Summary::new(&compiled.catalog, sources, &compiled.findings);
}

/// What is wrong in a template, by its path from where the settings are.
fn theme_error(look: &theme::Look, error: &site::ThemeError) -> anyhow::Error {
    let line = error.line.map_or_else(String::new, |line| format!(":{line}"));
    let file = look
        .path_of(&error.file)
        .map_or_else(|| format!("{}{line} of the default theme", error.file), |path| format!("{path}{line}"));
    let help = error.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
    anyhow::anyhow!("{file} cannot be rendered: {}{help}", error.message)
}

/// The comments that suppress findings, in everything that was read as text.
fn suppressions(workspace: &Workspace, now: Option<Date>) -> Suppressions {
    let sources = &workspace.sources;
    let mut by_file = BTreeMap::new();
    sources.each_text(&mut |file, text| {
        let is_yaml = matches!(crate::base::paths::extension(sources.path(file)).as_str(), "yaml" | "yml");
        let found = parse::suppressions(text, is_yaml);
        if !found.is_empty() {
            by_file.insert(file, found);
        }
    });
    Suppressions { by_file, today: today(workspace, now) }
}

/// The day on which dates are judged.
fn today(workspace: &Workspace, now: Option<Date>) -> Option<Date> {
    now.or_else(|| newest_commit(workspace))
}

/// The same as a moment, in seconds since 1970.
fn moment(workspace: &Workspace, now: Option<Date>) -> Option<i64> {
    let asked = now.and_then(|day| Some(day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second()));
    asked.or_else(|| workspace.sources.repositories().iter().filter_map(|repository| repository.committed).max())
}

/// The day of the newest commit, by Greenwich: the same on every machine.
fn newest_commit(workspace: &Workspace) -> Option<Date> {
    let newest = workspace.sources.repositories().iter().filter_map(|repository| repository.committed).max()?;
    let time = jiff::Timestamp::from_second(newest).ok()?;
    Some(time.to_zoned(jiff::tz::TimeZone::UTC).date())
}

fn discovery(workspace: &Workspace) -> Vec<link::DiscoveryRules> {
    let settings = &workspace.settings;
    let merged = |own: &scan::RepositorySettings| link::DiscoveryRules {
        include: settings.include.iter().chain(&own.include).cloned().collect(),
        mode: own.discovery.or(settings.discovery),
    };
    workspace.overrides.iter().map(merged).collect()
}

/// The table of kinds, with those of the settings and their schemas.
fn kinds(workspace: &Workspace, findings: &mut Vec<Diagnostic>) -> KindTable {
    let settings = &workspace.settings;
    let mut report = |message: String, pointer: String, help: &str| {
        let mut finding = Diagnostic::new(&INVALID_SETTING, message).pointer(pointer.clone()).help(help);
        if let Some(file) = workspace.settings_file {
            finding = finding.at(file, settings_span(workspace, file, &pointer));
        }
        findings.push(finding);
    };
    let mut schemas = Vec::new();
    for (index, kind) in settings.kinds.iter().enumerate() {
        let Some(path) = &kind.schema else {
            schemas.push(None);
            continue;
        };
        match read_schema(workspace, path) {
            Ok(schema) => schemas.push(Some(schema)),
            Err(why) => {
                schemas.push(None);
                report(
                    format!("the schema `{path}` cannot be used: {why}"),
                    format!("/kinds/{index}/schema"),
                    "it is a JSON Schema in JSON or YAML, relative to these settings",
                );
            }
        }
    }
    let (table, refused) = KindTable::with_settings(settings, &schemas);
    for kind in refused {
        let index = settings.kinds.iter().rposition(|declared| declared == &kind).unwrap_or(0);
        report(
            format!("there is a kind `{}` already", kind.kind),
            format!("/kinds/{index}/kind"),
            "give it another name; core kinds cannot be replaced, only given more `fields`",
        );
    }
    table
}

fn read_schema(workspace: &Workspace, path: &str) -> Result<serde_json::Value, String> {
    let sources = &workspace.sources;
    let home = workspace.settings_file.map_or(RepoId(0), |file| sources.repo_of(file));
    let path = crate::base::paths::join("", path).map_err(|_| "it leads out of the folder".to_owned())?;
    let file = sources.lookup(home, &path).ok_or("there is no such file")?;
    let text = sources.text(file).map_err(|_| "it cannot be read")?;
    let root = yaml::parse_value(text.as_str(), Limits::default()).map_err(|_| "it is no JSON or YAML")?;
    let schema = root.to_json();
    JsonSchema::compile(&schema)?;
    Ok(schema)
}

fn settings_span(workspace: &Workspace, file: FileId, pointer: &str) -> Span {
    let text = workspace.sources.text(file).ok();
    let root = text.and_then(|text| yaml::parse_value(text.as_str(), Limits::default()).ok());
    root.map(|root| root.locate(pointer, false)).unwrap_or_default()
}

/// Whether there is a descriptor from which nothing came, and which says so itself.
fn has_unusable_descriptor(findings: &[Diagnostic], workspace: &Workspace) -> bool {
    let of_settings = |finding: &Diagnostic| finding.place.map(|place| place.file) == workspace.settings_file;
    findings.iter().any(|finding| finding.level == Level::Error && finding.place.is_some() && !of_settings(finding))
}

/// Repositories of a workspace from which nothing came, not even something that is wrong.
fn undescribed(catalog: &Catalog, workspace: &Workspace) -> Vec<Diagnostic> {
    let sources = &workspace.sources;
    if catalog.entities.is_empty() || workspace.layout == scan::Layout::Repository {
        return Vec::new();
    }
    let mut described = vec![false; sources.repositories().len()];
    let files = catalog.entities.iter().map(|entity| entity.document.file);
    let files = files.chain(catalog.rejected.iter().map(|rejected| rejected.document.file));
    for file in files.chain(catalog.unreached.iter().map(|(file, _)| *file)) {
        described[sources.repo_of(file).0 as usize] = true;
    }
    let repositories = (0..).map(RepoId).zip(sources.repositories()).zip(described);
    let bare = repositories.filter(|((id, repository), described)| {
        // A broken descriptor has a finding of its own, and of nothing there is nothing to say.
        let names = ["catalog-info.yaml", "catalog-info.yml"];
        let has_none = || {
            let files = sources.under(*id, "");
            !files.is_empty()
                && files.iter().all(|&file| !names.contains(&crate::base::paths::file_name(sources.path(file))))
        };
        !described && !repository.settings_home && has_none()
    });
    bare.map(|((id, repository), _)| {
        let root = if repository.root.is_empty() { "." } else { &repository.root };
        Diagnostic::new(&UNDESCRIBED_REPOSITORY, format!("`{}` has no descriptor", repository.name))
            .in_repository(id)
            .subject("descriptor")
            .help(format!("`catalog init {root}` proposes one"))
    })
    .collect()
}

/// An empty site is hardly what was meant.
fn nothing_found(catalog: &Catalog, workspace: &Workspace) -> Option<Diagnostic> {
    if !catalog.entities.is_empty() || !catalog.rejected.is_empty() {
        return None;
    }
    let repositories = workspace.sources.repositories().iter().filter(|repository| !repository.settings_home);
    let names: Vec<&str> = repositories.map(|repository| repository.name.as_str()).take(5).collect();
    // Without a repository the settings are wrong, which is said there.
    if names.is_empty() {
        return None;
    }
    let message = format!("no entity was found in {}", names.join(", "));
    Some(Diagnostic::new(&NOTHING_FOUND, message).subject("").help(
        "looked for catalog-info.yaml at any depth, .backstage/*.yaml, backstage.yaml, and YAML files with an apiVersion of Backstage; describe something in a catalog-info.yaml, or name other files under `include:` in catalog-config.yaml",
    ))
}
