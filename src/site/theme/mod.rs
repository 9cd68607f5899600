//! Templates and assets: the default theme, and the user's files that go before it by name. The
//! only module that names the template engine.

mod assets;
mod errors;
mod filters;
mod stems;
mod styles;

pub use errors::ThemeError;

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::value::Serde;
use minijinja::{AutoEscape, Captured, Environment, UndefinedBehavior, Value};
use serde::Serialize;

use crate::theme::{Look, Texts};

/// How much a template may do before it is stopped.
const FUEL: u64 = 50_000_000;

/// Style sheets that only those pages load whose templates name them: `site.own_styles.lists`.
const STYLES_OF_SOME_PAGES: &[&str] = &["article", "drawings", "lists", "map", "overview", "search"];

/// Scripts that only those pages load whose templates name them: `site.own_scripts.filter`.
const OF_SOME_PAGES: &[&str] = &[
    "csv",
    "filter",
    "list",
    "list-data",
    "lost",
    "map",
    "map-choose",
    "map-data",
    "map-draw",
    "map-graph",
    "map-input",
    "map-keys",
    "map-lines",
    "map-more",
    "map-part",
    "map-pen",
    "map-steps",
    "map-table",
    "map-view",
    "search",
    "search-index",
    "search-marks",
    "search-match",
    "search-query",
    "search-show",
    "search-stems",
    "search-words",
    "sections",
    "slips",
];

/// What the box of the search loads when it is first used, in this order.
const OF_SEARCH: &[&str] = &[
    "search.css",
    "search-words.js",
    "search-stems.js",
    "search-marks.js",
    "search-index.js",
    "slips.js",
    "search-match.js",
    "search-query.js",
    "search-show.js",
];

/// A theme that is ready to render.
pub(super) struct Theme {
    environment: Environment<'static>,
    /// The names of all templates.
    templates: Vec<String>,
    /// Assets by output path.
    pub(super) assets: Vec<(String, Vec<u8>)>,
    /// The words of the theme.
    pub(super) texts: Arc<Texts>,
}

impl Theme {
    /// Puts the user's files before those of the default theme.
    pub(super) fn new(look: &Look) -> Result<Self, ThemeError> {
        let mut files = assets::default_files();
        files.extend(look.files.iter().cloned());
        let texts = Arc::new(look.texts.clone());
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment
            .set_auto_escape_callback(|name| if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None });
        environment.set_fuel(Some(FUEL));
        filters::add(&mut environment, &texts);
        let templates: Vec<String> = files.keys().filter(|path| path.ends_with(".html")).cloned().collect();
        for path in &templates {
            let text = String::from_utf8_lossy(&files[path]).into_owned();
            environment.add_template_owned(path.clone(), text).map_err(|error| ThemeError::of(&error, &templates))?;
        }
        let mut assets = assets::made(files, &texts);
        assets.extend(look.assets.iter().cloned());
        Ok(Self { environment, templates, assets, texts })
    }

    /// Makes a value known to all templates.
    pub(super) fn set_global(&mut self, name: &'static str, value: &impl Serialize) {
        self.environment.add_global(name, Value::from(Serde(value)));
    }

    /// The output path of an asset by its path in the theme.
    pub(super) fn asset(&self, path: &str) -> Option<&str> {
        let (stem, extension) = path.rsplit_once('.')?;
        let prefix = format!("{stem}.");
        let suffix = format!(".{extension}");
        self.assets
            .iter()
            .map(|(name, _)| name.as_str())
            .find(|name| name.starts_with(&prefix) && name.ends_with(&suffix))
    }

    /// Output paths of the scripts that every page loads.
    pub(super) fn scripts(&self) -> Vec<String> {
        let own = self.own_scripts();
        let mut scripts = self.assets_of(".js");
        scripts.retain(|path| !own.values().any(|own| own == path));
        // The words come before the scripts that say them.
        let texts = self.asset(assets::TEXTS);
        scripts.sort_by_key(|path| Some(path.as_str()) != texts);
        scripts
    }

    /// Output paths of the scripts that only some pages load, by their names.
    pub(super) fn own_scripts(&self) -> BTreeMap<&'static str, String> {
        self.own(OF_SOME_PAGES, "js")
    }

    /// Output paths of what the box of the search loads when it is first used.
    pub(super) fn search_parts(&self) -> Vec<String> {
        OF_SEARCH.iter().filter_map(|name| Some(self.asset(&format!("assets/{name}"))?.to_owned())).collect()
    }

    /// Output paths of the style sheets that only some pages load, by their names.
    pub(super) fn own_styles(&self) -> BTreeMap<&'static str, String> {
        self.own(STYLES_OF_SOME_PAGES, "css")
    }

    fn own(&self, names: &[&'static str], ending: &str) -> BTreeMap<&'static str, String> {
        let found = |name: &&'static str| Some((*name, self.asset(&format!("assets/{name}.{ending}"))?.to_owned()));
        names.iter().filter_map(found).collect()
    }

    /// Output paths of the style sheets: the theme's own first, so that others go over it.
    pub(super) fn styles(&self) -> Vec<String> {
        let own = self.own_styles();
        let mut styles = self.assets_of(".css");
        styles.retain(|path| !own.values().any(|own| own == path));
        let first = [self.asset(assets::STYLE), self.asset(assets::OF_SETTINGS)];
        let place = |path: &String| first.iter().position(|one| *one == Some(path.as_str())).unwrap_or(first.len());
        styles.sort_by_key(place);
        styles
    }

    /// Output paths of all assets whose names end so.
    fn assets_of(&self, ending: &str) -> Vec<String> {
        self.assets.iter().map(|(name, _)| name.clone()).filter(|name| name.ends_with(ending)).collect()
    }

    /// Renders a page. The second value goes over the first.
    pub(super) fn render(
        &self,
        template: &str,
        common: &impl Serialize,
        body: &impl Serialize,
    ) -> Result<Vec<u8>, ThemeError> {
        self.text(template, common, body).map(String::into_bytes)
    }

    /// [`Self::render`] as text, for a page that something is done to.
    pub(super) fn text(
        &self,
        template: &str,
        common: &impl Serialize,
        body: &impl Serialize,
    ) -> Result<String, ThemeError> {
        let template = self.environment.get_template(template).map_err(|error| self.error(&error))?;
        let context = minijinja::context! { ..Value::from(Serde(body)), ..Value::from(Serde(common)) };
        template.render(context).map_err(|error| self.error(&error))
    }

    fn error(&self, error: &minijinja::Error) -> ThemeError {
        ThemeError::of(error, &self.templates)
    }

    fn loaded(&self, template: &str) -> Result<Captured<'_>, ThemeError> {
        let template = self.environment.get_template(template).map_err(|error| self.error(&error))?;
        template.render_captured(()).map_err(|error| self.error(&error))
    }
}

/// The macros of one template, to be called from outside of it, one at a time: for what is too small
/// to be worth the loading of a template and of what it imports.
pub(super) struct Macros<'t> {
    theme: &'t Theme,
    template: &'static str,
    loaded: Captured<'t>,
}

impl<'t> Macros<'t> {
    /// Loads a template for its macros; what else it prints is dropped.
    pub(super) fn of(theme: &'t Theme, template: &'static str) -> Result<Self, ThemeError> {
        Ok(Self { theme, template, loaded: theme.loaded(template)? })
    }

    /// What a macro prints for a value.
    pub(super) fn call(&mut self, name: &str, value: &impl Serialize) -> Result<String, ThemeError> {
        // What a template may do is counted over all calls.
        if self.loaded.state().fuel_levels().is_some_and(|(used, left)| used > left) {
            self.loaded = self.theme.loaded(self.template)?;
        }
        let value = Value::from(Serde(value));
        let printed = self.loaded.with_state_mut(|state| state.call_macro(name, &[value]));
        printed.map_err(|error| {
            let error = self.theme.error(&error);
            let is_nameless = error.file.is_empty();
            if is_nameless { ThemeError { file: self.template.to_owned(), ..error } } else { error }
        })
    }
}
