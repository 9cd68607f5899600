//! What the bar leads to, where the settings say it.

use crate::config::{NavSetting, ThemeSettings};
use crate::diagnostics::{INVALID_SETTING, did_you_mean};
use crate::model::{Catalog, Context, EntityRef};
use crate::routes;

use super::Report;
use super::pages::Page;

/// An entry of the bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NavEntry {
    /// One that the site has anyway, by its section.
    Section(&'static str),
    /// One of the organisation's own.
    Own(String, NavTarget),
}

/// Where such an entry leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NavTarget {
    /// To an output path, which may have an anchor.
    Path(String),
    /// Out of the site.
    Url(String),
}

/// The entries that the settings name.
pub(super) fn read(
    settings: &ThemeSettings,
    catalog: &Catalog,
    pages: &[Page],
    report: &mut Report,
) -> Option<Vec<NavEntry>> {
    let entry = |setting: &NavSetting| match setting {
        NavSetting::Section(section) => Some(NavEntry::Section(section)),
        NavSetting::Own { title, to, pointer } => match target(to, catalog, pages) {
            Ok(target) => Some(NavEntry::Own(title.clone(), target)),
            Err((message, help)) => {
                report.say(&INVALID_SETTING, &format!("{pointer}/to"), message, help);
                None
            }
        },
    };
    Some(settings.navigation.as_ref()?.iter().filter_map(entry).collect())
}

fn target(to: &str, catalog: &Catalog, pages: &[Page]) -> Result<NavTarget, (String, Option<String>)> {
    if to.starts_with("https://") || to.starts_with("http://") {
        return Ok(NavTarget::Url(crate::base::hosts::without_credentials(to)));
    }
    if to.ends_with(".md") {
        let source = to.trim_start_matches("./");
        return match pages.iter().find(|page| page.source == source) {
            Some(page) => Ok(NavTarget::Path(page.output.clone())),
            None => {
                let help = did_you_mean(source, pages.iter().map(|page| page.source.as_str()))
                    .unwrap_or_else(|| "pages are Markdown files below `pages/` in the theme's folder".to_owned());
                Err((format!("the theme has no page `{to}`"), Some(help)))
            }
        };
    }
    if to.contains(':') {
        let entity = EntityRef::parse(to, Context::default()).ok().and_then(|name| catalog.find(&name.key()));
        return match entity {
            Some(entity) => Ok(NavTarget::Path(routes::entity_page(&entity.reference))),
            None => {
                let keys = catalog.index.keys().map(String::as_str);
                Err((format!("there is no entity `{to}` in the catalog"), did_you_mean(&to.to_lowercase(), keys)))
            }
        };
    }
    let path = to.trim_start_matches('/');
    let is_page = path.split('#').next().is_some_and(|path| path.ends_with(".html"));
    if is_page && !path.split('/').any(|part| part == "..") {
        return Ok(NavTarget::Path(path.to_owned()));
    }
    let help = "it is an entity (`system:default/payments`), a page of the theme (`pages/handbook.md`), a path in the \
                site (`lists/component.html`), or an address (`https://…`)";
    Err((format!("`{to}` leads nowhere"), Some(help.to_owned())))
}
