//! How the site looks, as the settings have it: `site.theme`, a folder or a map. Whether files are
//! there and colours can be read is not decided here: `theme` looks at both, and points at the
//! pointers that stand beside the values.

use crate::yaml::shape::{Object, Shape, optional, required};
use crate::yaml::{Node, pointer_join};

use super::read::text;

const TEXT: Shape = Shape::NonEmptyText;

/// Where the map begins in the settings.
pub const POINTER: &str = "/site/theme";

/// How the site looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThemeSettings {
    /// The folder with files that go before those of the default theme.
    pub folder: Option<String>,
    /// Colours by their roles.
    pub colors: Vec<ColorSetting>,
    /// The logo.
    pub logo: Option<LogoSetting>,
    /// The fonts of text and of code.
    pub fonts: Vec<FontSetting>,
    /// What the bar leads to, where that is said.
    pub navigation: Option<Vec<NavSetting>>,
}

/// The colour of a role in both schemes, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColorSetting {
    /// The role.
    pub role: String,
    /// On light ground.
    pub light: Option<String>,
    /// On dark ground.
    pub dark: Option<String>,
    /// Where it stands.
    pub pointer: String,
}

/// The files of the logo, relative to the theme's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoSetting {
    /// On light ground, or on both.
    pub light: String,
    /// On dark ground, where it is another one.
    pub dark: Option<String>,
}

/// A family of letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontSetting {
    /// `body` or `mono`.
    pub role: &'static str,
    /// Its name.
    pub family: String,
    /// The files that have its letters; none for a family that readers have.
    pub files: Vec<FontFile>,
}

/// A file of letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontFile {
    /// Its path in the theme's folder.
    pub file: String,
    /// A weight, or a first and a last one.
    pub weight: Option<String>,
    /// Whether the letters are slanted.
    pub italic: bool,
    /// Where it stands.
    pub pointer: String,
}

/// An entry of the bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NavSetting {
    /// One that the site has anyway, by its section.
    Section(&'static str),
    /// One of the organisation's own.
    Own {
        /// What it says.
        title: String,
        /// Where it leads: an entity, a page of the theme, a path in the site, or an address.
        to: String,
        /// Where it stands.
        pointer: String,
    },
}

/// Entries of the bar that the site has anyway.
pub const SECTIONS: &[&str] = &["catalog", "apis", "docs", "map", "organisation", "findings"];

static COLOR: Object = Object {
    fields: &[
        optional("light", TEXT, "On light ground, as `#2d4fd2`."),
        optional("dark", TEXT, "On dark ground, as `#93a9ff`."),
    ],
    rest: None,
};

static LOGO: Object = Object {
    fields: &[
        required("light", TEXT, "The file for light ground, in the theme's folder."),
        optional("dark", TEXT, "The file for dark ground, where it is another one."),
    ],
    rest: None,
};

static FONT_FILE: Object = Object {
    fields: &[
        required("file", TEXT, "A woff2 file in the theme's folder."),
        optional("weight", TEXT, "A weight, or a first and a last one: `100 900`."),
        optional("style", Shape::OneOf(&["normal", "italic"]), "Whether the letters are slanted."),
    ],
    rest: None,
};

static FONT: Object = Object {
    fields: &[
        required("family", TEXT, "The name of the family."),
        optional(
            "files",
            Shape::List(&Shape::TextOr(&Shape::Object(&FONT_FILE))),
            "Its files; without any it is taken from the reader's machine.",
        ),
    ],
    rest: None,
};

static FONTS: Object = Object {
    fields: &[
        optional("body", Shape::TextOr(&Shape::Object(&FONT)), "The letters of text."),
        optional("mono", Shape::TextOr(&Shape::Object(&FONT)), "The letters of code."),
    ],
    rest: None,
};

static NAV_ENTRY: Object = Object {
    fields: &[
        required("title", TEXT, "What it says."),
        required("to", TEXT, "An entity, a page of the theme, a path in the site, or an address."),
    ],
    rest: None,
};

static THEME: Object = Object {
    fields: &[
        optional("folder", TEXT, "A folder with files that go before those of the default theme."),
        optional(
            "colors",
            Shape::Map(&Shape::TextOr(&Shape::Object(&COLOR))),
            "Colours by their roles, as `accent`: one for both schemes, or `light` and `dark`.",
        ),
        optional("logo", Shape::TextOr(&Shape::Object(&LOGO)), "The logo beside the name of the site."),
        optional("fonts", Shape::Object(&FONTS), "Fonts, from files in the theme's folder."),
        optional(
            "navigation",
            Shape::List(&Shape::TextOr(&Shape::Object(&NAV_ENTRY))),
            "What the bar leads to: `catalog`, `apis`, `docs`, `map`, `organisation`, `findings`, or maps of `title` and `to`.",
        ),
    ],
    rest: None,
};

/// What `site.theme` holds.
pub(super) const SHAPE: Shape = Shape::TextOr(&Shape::Object(&THEME));

/// Reads `site.theme`; what is no section of the bar is given to `report`.
pub(super) fn read(node: Option<&Node>, report: &mut dyn FnMut(String, String)) -> ThemeSettings {
    let Some(node) = node else { return ThemeSettings::default() };
    if node.as_str().is_some() {
        return ThemeSettings { folder: text(Some(node)), ..ThemeSettings::default() };
    }
    ThemeSettings {
        folder: text(node.get("folder")),
        colors: node.get("colors").map(colors).unwrap_or_default(),
        logo: node.get("logo").and_then(logo),
        fonts: ["body", "mono"].into_iter().filter_map(|role| font(role, node.at(&["fonts", role])?)).collect(),
        navigation: node.get("navigation").map(|list| navigation(list, report)),
    }
}

fn colors(map: &Node) -> Vec<ColorSetting> {
    let color = |role: &str, node: &Node| {
        let both = text(Some(node));
        ColorSetting {
            role: role.to_owned(),
            light: both.clone().or_else(|| text(node.get("light"))),
            dark: both.or_else(|| text(node.get("dark"))),
            pointer: pointer_join(&format!("{POINTER}/colors"), role),
        }
    };
    map.entries().iter().map(|entry| color(&entry.key, &entry.value)).collect()
}

fn logo(node: &Node) -> Option<LogoSetting> {
    let light = text(Some(node)).or_else(|| text(node.get("light")))?;
    Some(LogoSetting { light, dark: text(node.get("dark")) })
}

fn font(role: &'static str, node: &Node) -> Option<FontSetting> {
    let family = text(Some(node)).or_else(|| text(node.get("family")))?;
    let file = |(index, node): (usize, &Node)| {
        Some(FontFile {
            file: text(Some(node)).or_else(|| text(node.get("file")))?,
            weight: text(node.get("weight")),
            italic: node.get("style").and_then(Node::as_str) == Some("italic"),
            pointer: format!("{POINTER}/fonts/{role}/files/{index}"),
        })
    };
    let files = node.get("files").map(Node::items).unwrap_or_default();
    Some(FontSetting { role, family, files: files.iter().enumerate().filter_map(file).collect() })
}

fn navigation(list: &Node, report: &mut dyn FnMut(String, String)) -> Vec<NavSetting> {
    let entry = |(index, node): (usize, &Node)| {
        let pointer = format!("{POINTER}/navigation/{index}");
        let Some(word) = text(Some(node)) else {
            return Some(NavSetting::Own { title: text(node.get("title"))?, to: text(node.get("to"))?, pointer });
        };
        let section = SECTIONS.iter().find(|section| **section == word);
        if section.is_none() {
            report(pointer, word);
        }
        section.map(|section| NavSetting::Section(section))
    };
    list.items().iter().enumerate().filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_folder_or_a_map() {
        let read = |yaml: &str| crate::config::read(yaml);
        assert_eq!(read("site: {theme: look}\n").0.theme.folder.as_deref(), Some("look"));
        let (settings, problems) = read(
            "site:\n  theme:\n    colors: {accent: '#123456', page: {dark: '#000000'}}\n    logo: logo.svg\n    \
             fonts: {body: {family: Inter, files: [a.woff2, {file: b.woff2, style: italic}]}, mono: Menlo}\n    \
             navigation: [catalog, {title: Handbook, to: pages/handbook.md}, elsewhere]\n",
        );
        let theme = settings.theme;
        assert_eq!(theme.colors[0].dark.as_deref(), Some("#123456"));
        assert_eq!((&theme.colors[1].light, theme.colors[1].dark.as_deref()), (&None, Some("#000000")));
        assert_eq!(theme.fonts.len(), 2);
        assert!(theme.fonts[0].files[1].italic);
        assert_eq!(theme.navigation.map(|list| list.len()), Some(2));
        let wrong: Vec<&str> = problems.iter().map(|problem| problem.pointer.as_str()).collect();
        assert_eq!(wrong, ["/site/theme/navigation/2"]);
    }
}
