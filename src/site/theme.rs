//! Templates and assets: the default theme, and the user's files that go before it by name. The
//! only module that names the template engine.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use minijinja::value::{Kwargs, Serde};
use minijinja::{AutoEscape, Captured, Environment, Output, State, UndefinedBehavior, Value};
use serde::Serialize;

use crate::base::Hash;
use crate::markdown::escape;

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// How much a template may do before it is stopped.
const FUEL: u64 = 50_000_000;

/// The style sheet of every page: the files of `styles/`, in the order of their names.
const STYLE: &str = "assets/style.css";

/// Scripts that only those pages load whose templates name them: `site.own_scripts.filter`.
const OF_SOME_PAGES: &[&str] = &["filter", "search"];

/// A theme that is ready to render.
pub(super) struct Theme {
    environment: Environment<'static>,
    /// Assets by output path.
    pub(super) assets: Vec<(String, Vec<u8>)>,
}

/// A file of the user's theme: its path in the theme's folder, and its bytes.
pub type ThemeFile = (String, Vec<u8>);

/// Something wrong in a theme.
#[derive(Debug, Clone)]
pub struct ThemeError {
    /// The template.
    pub file: String,
    /// The line, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl Theme {
    /// Puts the user's files before those of the default theme.
    pub(super) fn new(own: &[ThemeFile]) -> Result<Self, ThemeError> {
        let mut files: BTreeMap<String, Vec<u8>> = std::collections::BTreeMap::new();
        collect(&DEFAULT, &mut files);
        files.extend(own.iter().cloned());
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Lenient);
        environment
            .set_auto_escape_callback(|name| if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None });
        environment.set_formatter(format);
        environment.set_fuel(Some(FUEL));
        environment.add_filter("breakable", breakable);
        environment.add_filter("t", translated);
        environment.add_function("plural", plural);
        let mut assets = Vec::new();
        let mut styles = Vec::new();
        for (path, bytes) in files {
            if path.ends_with(".html") {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                environment.add_template_owned(path, text).map_err(|error| theme_error(&error))?;
            } else if path.starts_with("assets/") {
                assets.push((path, bytes));
            } else if path.starts_with("styles/") {
                styles.extend_from_slice(&bytes);
            }
        }
        // A sheet of that name takes the place of all the parts.
        if assets.iter().all(|(path, _)| path != STYLE) {
            assets.insert(0, (STYLE.to_owned(), styles));
        }
        Ok(Self { environment, assets: hashed(assets) })
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
        self.assets_of(".js").into_iter().filter(|path| !own.values().any(|own| own == path)).collect()
    }

    /// Output paths of the scripts that only some pages load, by their names.
    pub(super) fn own_scripts(&self) -> BTreeMap<&'static str, String> {
        let found = |name: &&'static str| Some((*name, self.asset(&format!("assets/{name}.js"))?.to_owned()));
        OF_SOME_PAGES.iter().filter_map(found).collect()
    }

    /// Output paths of all assets whose names end so.
    pub(super) fn assets_of(&self, ending: &str) -> Vec<String> {
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
        let template = self.environment.get_template(template).map_err(|error| theme_error(&error))?;
        let context = minijinja::context! { ..Value::from(Serde(body)), ..Value::from(Serde(common)) };
        template.render(context).map_err(|error| theme_error(&error))
    }

    fn loaded(&self, template: &str) -> Result<Captured<'_>, ThemeError> {
        let template = self.environment.get_template(template).map_err(|error| theme_error(&error))?;
        template.render_captured(()).map_err(|error| theme_error(&error))
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
            let error = theme_error(&error);
            let is_nameless = error.file.is_empty();
            if is_nameless { ThemeError { file: self.template.to_owned(), ..error } } else { error }
        })
    }
}

/// Prints a value. The engine's own way writes `&#x2f;` for every slash, which makes a page of
/// links a third longer and its source hard to read.
fn format(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    match value.as_str() {
        Some(text) if matches!(state.auto_escape(), AutoEscape::Html) && !value.is_safe() => {
            // Most values have nothing to escape, and are written without a copy.
            if !text.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | 0)) {
                return out.write_str(text).map_err(minijinja::Error::from);
            }
            // A theme may quote attributes with either quote.
            out.write_str(&escape(text).replace('\'', "&#39;")).map_err(minijinja::Error::from)
        }
        _ => minijinja::escape_formatter(out, state, value),
    }
}

/// A text of the theme in the language of the site, with `{name}` filled in by the arguments.
#[allow(clippy::needless_pass_by_value, reason = "the engine hands arguments over")]
fn translated(text: &str, arguments: Kwargs) -> Result<String, minijinja::Error> {
    let mut out = text.to_owned();
    for name in arguments.args() {
        let value: Value = arguments.get(name)?;
        out = out.replace(&format!("{{{name}}}"), &value.to_string());
    }
    Ok(out)
}

/// The word for so many.
fn plural(count: i64, one: &str, many: &str) -> String {
    if count == 1 { one.to_owned() } else { many.to_owned() }
}

/// A name that may be broken at its parts: after dots, slashes and underscores, and before the humps of
/// `camelCase`. A browser would break it anywhere.
fn breakable(name: &str) -> Value {
    let mut html = String::with_capacity(name.len() + 16);
    let mut start = 0;
    let mut before = ' ';
    for (at, c) in name.char_indices() {
        let is_part = matches!(before, '.' | '/' | '_') && c.is_alphanumeric();
        if at > 0 && (is_part || (before.is_lowercase() && c.is_uppercase())) {
            html.push_str(&escape(&name[start..at]));
            html.push_str("<wbr>");
            start = at;
        }
        before = c;
    }
    html.push_str(&escape(&name[start..]));
    Value::from_safe_string(html)
}

fn collect(folder: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in folder.files() {
        if let Some(path) = file.path().to_str() {
            files.insert(path.replace('\\', "/"), file.contents().to_vec());
        }
    }
    for folder in folder.dirs() {
        collect(folder, files);
    }
}

/// Assets under names with the hash of their content: `assets/style.1a2b3c4d.css`.
fn hashed(assets: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    assets
        .into_iter()
        .map(|(path, bytes)| {
            let hash = Hash::of(&bytes).short(8);
            let name = match path.rsplit_once('.') {
                Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
                None => format!("{path}.{hash}"),
            };
            (name, bytes)
        })
        .collect()
}

fn theme_error(error: &minijinja::Error) -> ThemeError {
    let mut message =
        error.detail().map_or_else(|| error.kind().to_string(), |detail| format!("{}: {detail}", error.kind()));
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        message.push_str(&format!(": {inner}"));
        source = inner.source();
    }
    ThemeError { file: error.name().unwrap_or("").to_owned(), line: error.line(), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_broken_at_their_parts() {
        let broken = |name: &str| breakable(name).to_string();
        assert_eq!(broken("shop.v1.OrderItem"), "shop.<wbr>v1.<wbr>Order<wbr>Item");
        assert_eq!(broken("HTTPServer_two <b>"), "HTTPServer_<wbr>two &lt;b&gt;");
        assert_eq!(broken(""), "");
    }
}
