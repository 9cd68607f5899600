//! The command line as it is typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::World;
use crate::diagnostics::{Level, Selector};

/// Compiles an organisation's catalog files, docs and API definitions into a checked, static site.
#[derive(Debug, Parser)]
#[command(name = "catalog", version, propagate_version = true, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
    /// For every command.
    #[command(flatten)]
    pub(super) common: Common,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the site, whatever is wrong with its input.
    Build(BuildArgs),
    /// Check descriptors, references and docs, and say what is wrong with them.
    Check(CheckArgs),
    /// Give an entity another name, and every reference to it.
    Rename(RenameArgs),
    /// Say what changed between two states of a catalog, and whom that concerns.
    Diff(DiffArgs),
    /// Say what depends on an entity, and who owns that.
    Impact(ImpactArgs),
    /// Say over which relations two entities have to do with each other.
    Why(WhyArgs),
    /// List API definitions, show one, write it as one document, or check it.
    Api(ApiArgs),
    /// Say what a rule reports, why, and how to mend it.
    Explain(ExplainArgs),
    /// Propose settings, and a descriptor for each repository that has none.
    Init(InitArgs),
    /// Print the JSON Schema of descriptors, of the settings, or of an output.
    Schema(SchemaArgs),
}

/// What every command takes.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// When to use colour.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
    /// Print nothing but findings and errors.
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// How many threads to use; all cores by default.
    #[arg(long, short, global = true, value_name = "N")]
    pub(super) jobs: Option<usize>,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// How the input is understood.
#[derive(Debug, Args)]
pub(super) struct InputArgs {
    /// Whether what is not in view may exist elsewhere (open) or not (closed).
    #[arg(long, value_enum, value_name = "WORLD")]
    pub(super) world: Option<WorldArg>,
    /// The repository's name, where the path is one repository.
    #[arg(long, value_name = "NAME")]
    pub(super) repository: Option<String>,
    /// The lowest level that makes the command fail.
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(super) fail_on: Option<FailOn>,
    /// Make a rule or group of rules an error; goes before the settings, and before --warn.
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = parse_selector)]
    pub(super) deny: Vec<Selector>,
    /// Make a rule or group of rules a warning; goes before --allow.
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = parse_selector)]
    pub(super) warn: Vec<Selector>,
    /// Turn a rule or group of rules off; `all` for every rule.
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = parse_selector)]
    pub(super) allow: Vec<Selector>,
    /// The day on which dates are judged; that of the newest commit by default.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) now: Option<jiff::civil::Date>,
}

fn parse_selector(name: &str) -> Result<Selector, String> {
    Selector::from_name(name).ok_or_else(|| {
        let advice = Selector::advice(name).map_or_else(String::new, |advice| format!("; {advice}"));
        format!("there is no rule or group `{name}`{advice}")
    })
}

/// Open or closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum WorldArg {
    Open,
    Closed,
}

impl From<WorldArg> for World {
    fn from(world: WorldArg) -> Self {
        match world {
            WorldArg::Open => Self::Open,
            WorldArg::Closed => Self::Closed,
        }
    }
}

/// From which level on to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    /// The level; `Off` for never.
    pub(super) fn level(self) -> Level {
        match self {
            Self::Error => Level::Error,
            Self::Warning => Level::Warning,
            Self::Note => Level::Note,
            Self::Never => Level::Off,
        }
    }
}

/// `catalog build`
#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    /// A workspace, a repository, or a folder of repositories.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) path: PathBuf,
    /// The folder that the site is written to.
    #[arg(long, short, value_name = "DIR", default_value = "site")]
    pub(super) out_dir: PathBuf,
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
    /// Ask search engines to stay away, whatever the settings say.
    #[arg(long)]
    pub(super) noindex: bool,
    /// Where the site will be served, unless the settings say it: its 404 page needs to know.
    #[arg(long, value_name = "URL", value_parser = crate::config::site_url)]
    pub(super) site_url: Option<String>,
    /// Say how long each stage took.
    #[arg(long)]
    pub(super) timings: bool,
    #[command(flatten)]
    pub(super) cache: CacheArgs,
}

/// Where results are kept from one run to the next.
#[derive(Debug, Args)]
pub(super) struct CacheArgs {
    /// The folder of the cache; CATALOG_CACHE_DIR, or `catalog` in the user's cache folder by default.
    #[arg(long, value_name = "DIR")]
    pub(super) cache_dir: Option<PathBuf>,
    /// Keep nothing, and read nothing that was kept.
    #[arg(long)]
    pub(super) no_cache: bool,
}

/// What is compared with.
#[derive(Debug, Args)]
pub(super) struct BaseArgs {
    /// Report only what is new since the history parted from this branch, tag or commit of git.
    #[arg(long, value_name = "REV", conflicts_with = "write_baseline")]
    pub(super) base: Option<String>,
    /// With --base: report what was there before as well.
    #[arg(long, requires = "base")]
    pub(super) all_findings: bool,
}

/// Findings that are known.
#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    /// Leave out the findings that this file knows.
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write all findings to this file as known, and end with success.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "prune_baseline"])]
    pub(super) write_baseline: Option<PathBuf>,
    /// As --baseline, and take out of the file what is no longer found.
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(super) prune_baseline: Option<PathBuf>,
}

/// What is mended.
#[derive(Debug, Args)]
pub(super) struct FixArgs {
    /// Mend what is surely meant otherwise: misspelt keys, a missing `---`, and the like.
    #[arg(long, conflicts_with = "write_baseline")]
    pub(super) fix: bool,
    /// With --fix or --diff: also what wants a look, such as placeholders for what is missing.
    #[arg(long)]
    pub(super) r#unsafe: bool,
    /// Print on stdout what --fix would change, and write nothing.
    #[arg(long, conflicts_with = "write_baseline")]
    pub(super) diff: bool,
}

impl FixArgs {
    /// Whether there is anything to plan.
    pub(super) fn is_asked(&self) -> bool {
        self.fix || self.diff
    }
}

/// `catalog check`
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// A workspace, a repository, a folder of repositories, or files of one of them.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// Check against the published catalog of the whole organisation: the folder of a site, its URL,
    /// or its interface.json. A token for the URL comes from CATALOG_TOKEN.
    #[arg(long, value_name = "SITE")]
    pub(super) against: Option<String>,
    #[command(flatten)]
    pub(super) base: BaseArgs,
    #[command(flatten)]
    pub(super) baseline: BaselineArgs,
    #[command(flatten)]
    pub(super) fix: FixArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// How findings are shown.
#[derive(Debug, Args)]
pub(super) struct OutputArgs {
    /// How to print findings: for people on stderr, anything else on stdout.
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    pub(super) format: Format,
    /// Write findings to a file as well: `sarif=report.sarif`. May be given more than once.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_report)]
    pub(super) report: Vec<(Format, PathBuf)>,
    /// Inside GitHub Actions, write neither annotations nor the step summary.
    #[arg(long)]
    pub(super) no_ci: bool,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// As a compiler does.
    Human,
    /// One line for each finding.
    Concise,
    /// One JSON object.
    Json,
    /// One JSON object a line for each finding.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// GitLab's Code Quality report.
    Gitlab,
    /// JUnit's XML.
    Junit,
    /// reviewdog's, with fixes as suggestions.
    Rdjson,
    /// Checkstyle's XML.
    Checkstyle,
    /// Logging commands of Azure Pipelines.
    Azure,
    /// For a comment or a summary.
    Markdown,
}

fn parse_report(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, file) = text.split_once('=').ok_or("write it as FORMAT=FILE")?;
    let format = Format::from_str(format, false).map_err(|_| format!("there is no format `{format}`"))?;
    if file.is_empty() { Err("the file is missing".to_owned()) } else { Ok((format, PathBuf::from(file))) }
}

/// `catalog init`
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// A repository, or a folder of repositories.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) path: PathBuf,
    /// Write the files without asking. A file that is there is never written over.
    #[arg(long)]
    pub(super) write: bool,
    /// Take over the locations and rules of a Backstage.
    #[arg(long, value_name = "APP-CONFIG")]
    pub(super) from: Option<PathBuf>,
}

/// `catalog rename`
#[derive(Debug, Args)]
pub(super) struct RenameArgs {
    /// The entity: `component:name`, or `component:namespace/name`.
    #[arg(value_name = "OLD")]
    pub(super) old: String,
    /// Its new reference, of the same kind; the namespace stays where none is named.
    #[arg(value_name = "NEW")]
    pub(super) new: String,
    /// A workspace, a repository, or a folder of repositories.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) path: PathBuf,
    /// Write the files, instead of showing what would change.
    #[arg(long)]
    pub(super) write: bool,
    /// Print on stdout what would change, and write nothing; this is what it does by itself.
    #[arg(long, conflicts_with = "write")]
    pub(super) diff: bool,
    /// Whether what is not in view may exist elsewhere (open) or not (closed).
    #[arg(long, value_enum, value_name = "WORLD")]
    pub(super) world: Option<WorldArg>,
    /// Say which references of this published catalog are not in view: the folder of a site, its URL,
    /// or its interface.json.
    #[arg(long, value_name = "SITE")]
    pub(super) against: Option<String>,
}

/// `catalog explain`
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The code of a rule, as findings show it in brackets. All rules when left out.
    #[arg(value_name = "CODE")]
    pub(super) code: Option<String>,
}

/// `catalog schema`
#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// Which schema; their names when left out.
    #[arg(value_name = "NAME")]
    pub(super) name: Option<String>,
    /// With `descriptor`: what each reference may lead to, for an editor to complete.
    #[arg(long)]
    pub(super) with_references: bool,
    /// Whose references: a workspace, a repository, or a folder of repositories; `.` when left out.
    #[arg(value_name = "PATH", requires = "with_references")]
    pub(super) path: Option<PathBuf>,
}

/// How a state of a catalog is read.
#[derive(Debug, Args)]
pub(super) struct StateArgs {
    /// The repository's name, where the path is one repository.
    #[arg(long, value_name = "NAME")]
    pub(super) repository: Option<String>,
}

/// `catalog diff`
#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// The state before: a folder to read, a published site, its catalog.json, or a revision of
    /// the repository around here.
    #[arg(value_name = "BASE", default_value = "HEAD")]
    pub(super) base: PathBuf,
    /// The state after, in the same forms.
    #[arg(value_name = "HEAD", default_value = ".")]
    pub(super) head: PathBuf,
    #[command(flatten)]
    pub(super) state: StateArgs,
    /// How to print the difference, on stdout.
    #[arg(long, value_enum, default_value_t = DiffFormat::Human, value_name = "FORMAT")]
    pub(super) format: DiffFormat,
    /// End with 1 if anything differs.
    #[arg(long)]
    pub(super) exit_code: bool,
}

/// How a difference is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// For people.
    Human,
    /// One JSON object.
    Json,
    /// For a comment.
    Markdown,
    /// What was renamed, as settings that lead old links on.
    Redirects,
}

/// `catalog impact`
#[derive(Debug, Args)]
pub(super) struct ImpactArgs {
    /// The entity: a reference, or as much of it as is needed (`shop`, `component:shop`).
    #[arg(value_name = "REF")]
    pub(super) reference: String,
    #[command(flatten)]
    pub(super) ways: WayArgs,
}

/// `catalog why`
#[derive(Debug, Args)]
pub(super) struct WhyArgs {
    /// The one entity: a reference, or as much of it as is needed.
    #[arg(value_name = "A")]
    pub(super) from: String,
    /// The other entity.
    #[arg(value_name = "B")]
    pub(super) to: String,
    #[command(flatten)]
    pub(super) ways: WayArgs,
}

/// Where to look for the ways between entities, and how to print them.
#[derive(Debug, Args)]
pub(super) struct WayArgs {
    /// A folder to read, a published site, or its catalog.json.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) path: PathBuf,
    #[command(flatten)]
    pub(super) state: StateArgs,
    /// How to print what was found, on stdout.
    #[arg(long, value_enum, default_value_t = WayFormat::Human, value_name = "FORMAT")]
    pub(super) format: WayFormat,
}

/// How entities and the ways between them are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum WayFormat {
    /// For people.
    Human,
    /// One JSON object.
    Json,
    /// For a comment.
    Markdown,
    /// For Graphviz.
    Dot,
    /// For Markdown that draws.
    Mermaid,
}

/// `catalog api`
#[derive(Debug, Args)]
pub(super) struct ApiArgs {
    #[command(subcommand)]
    pub(super) command: ApiCommand,
}

const LIST_EXAMPLES: &str = "\
Examples:
  catalog api list
  catalog api list --owner payments --type openapi
  catalog api list --format json | jq -r '.apis[].ref'";

const SHOW_EXAMPLES: &str = "\
Examples:
  catalog api show billing
  catalog api show api:other/billing ../organisation
  catalog api show openapi.yaml --format json";

const BUNDLE_EXAMPLES: &str = "\
Examples:
  catalog api bundle billing > billing.yaml
  catalog api bundle api/openapi.yaml --format json

What keeps the result from being whole (a file that cannot be parsed, a reference that leads
nowhere) is told on stderr, and the exit code is 1.";

const LINT_EXAMPLES: &str = "\
Examples:
  catalog api lint
  catalog api lint openapi.yaml --fail-on warning
  catalog api lint billing --path ../organisation --format github

Exit code: 0 nothing at or above --fail-on (error by default), 1 findings, 2 it could not run.
Levels come from --deny, --warn and --allow, else the settings, else .spectral.yaml.";

/// What to do with API definitions.
#[derive(Debug, Subcommand)]
pub(super) enum ApiCommand {
    /// List the APIs of a catalog, with the format, owner and size of each.
    #[command(after_help = LIST_EXAMPLES)]
    List(ApiListArgs),
    /// Show the servers, operations and schemas of a definition.
    #[command(after_help = SHOW_EXAMPLES)]
    Show(ApiShowArgs),
    /// Print a definition and all that it refers to in its repository as one document.
    #[command(after_help = BUNDLE_EXAMPLES)]
    Bundle(ApiBundleArgs),
    /// Check definitions: those that are named, or all of a catalog.
    #[command(after_help = LINT_EXAMPLES)]
    Lint(ApiLintArgs),
}

/// `catalog api list`
#[derive(Debug, Args)]
pub(super) struct ApiListArgs {
    /// A workspace, a repository, or a folder of repositories.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) path: PathBuf,
    /// Only those of an owner: its name, or its reference.
    #[arg(long, value_name = "OWNER")]
    pub(super) owner: Option<String>,
    /// Only those of a type: `openapi`, `asyncapi`, `graphql`, `grpc` or another.
    #[arg(long = "type", value_name = "TYPE")]
    pub(super) r#type: Option<String>,
    /// Only those in a lifecycle, as `production`.
    #[arg(long, value_name = "LIFECYCLE")]
    pub(super) lifecycle: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = DataFormat::Human, value_name = "FORMAT")]
    pub(super) format: DataFormat,
}

/// `catalog api show`
#[derive(Debug, Args)]
pub(super) struct ApiShowArgs {
    /// The API, as short as it is clear, or a file that holds a definition.
    #[arg(value_name = "API|FILE")]
    pub(super) what: String,
    /// Where the API is looked for.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) path: PathBuf,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = DataFormat::Human, value_name = "FORMAT")]
    pub(super) format: DataFormat,
}

/// `catalog api bundle`
#[derive(Debug, Args)]
pub(super) struct ApiBundleArgs {
    /// The API, as short as it is clear, or a file that holds a definition.
    #[arg(value_name = "API|FILE")]
    pub(super) what: String,
    /// Where the API is looked for.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) path: PathBuf,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = BundleFormat::Yaml, value_name = "FORMAT")]
    pub(super) format: BundleFormat,
}

/// `catalog api lint`
#[derive(Debug, Args)]
pub(super) struct ApiLintArgs {
    /// APIs, as short as they are clear, or files that hold a definition; all APIs when left out.
    #[arg(value_name = "API|FILE")]
    pub(super) what: Vec<String>,
    /// Where the APIs are looked for.
    #[arg(long, value_name = "PATH", default_value = ".")]
    pub(super) path: PathBuf,
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// How data is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DataFormat {
    /// For people.
    Human,
    /// One JSON object.
    Json,
}

/// How a definition is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum BundleFormat {
    /// YAML.
    Yaml,
    /// JSON.
    Json,
}
