//! What the settings say of the looks, made into files: a small style sheet with colours and fonts, the
//! fonts themselves, and the logo.

use crate::base::{FileId, RepoId, Sources, paths};
use crate::config::{FontFile, FontSetting, THEME_POINTER, ThemeSettings};
use crate::diagnostics::{INVALID_SETTING, did_you_mean};

use super::{Logo, Look, Report, hashed_name, palette};

/// The style sheet that is made of the settings.
pub(super) const SHEET: &str = "assets/theme.css";

/// Types of pictures that a logo may have.
const PICTURES: &[&str] = &["svg", "png", "webp", "jpg", "jpeg", "avif"];

/// What woff2 files begin with.
const WOFF2: &[u8] = b"wOF2";

/// The folder of a theme.
pub(super) struct Folder<'a> {
    pub(super) sources: &'a dyn Sources,
    pub(super) home: RepoId,
    pub(super) path: Option<&'a str>,
}

impl Folder<'_> {
    /// A file of it by its path in it, or why there is none.
    pub(super) fn file(&self, path: &str) -> Result<FileId, (String, Option<String>)> {
        let Some(folder) = self.path else {
            let help = "name the folder of the theme as `folder`".to_owned();
            return Err((format!("`{path}` is a file of a theme, and there is no folder of one"), Some(help)));
        };
        let Ok(whole) = paths::join(folder, path) else {
            return Err((format!("`{path}` leads out of the folder"), None));
        };
        self.sources.lookup(self.home, &whole).ok_or_else(|| {
            let files = self.sources.under(self.home, folder);
            let names = files.iter().map(|file| &self.sources.path(*file)[folder.len() + 1..]);
            (format!("there is no file `{whole}`"), did_you_mean(path, names))
        })
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, (String, Option<String>)> {
        let file = self.file(path)?;
        self.sources.bytes(file).map_err(|_| (format!("`{path}` cannot be read"), None))
    }
}

/// Makes the files of the settings.
pub(super) fn apply(settings: &ThemeSettings, folder: &Folder<'_>, look: &mut Look, report: &mut Report) {
    let mut roles = palette::declarations(&settings.colors, report);
    let mut faces = String::new();
    for font in &settings.fonts {
        if let Some((role, more)) = family(font, folder, look, report) {
            roles.push_str(&role);
            faces.push_str(&more);
        }
    }
    if !roles.is_empty() {
        let sheet = format!("{faces}:root {{\n{roles}}}\n").into_bytes();
        look.assets.push((hashed_name(SHEET, &sheet), sheet));
    }
    if let Some(logo) = &settings.logo {
        let pointer = format!("{THEME_POINTER}/logo");
        let mut picture = |path: &str| {
            picture(path, folder, look).map_err(|(message, help)| {
                report.say(&INVALID_SETTING, &pointer, message, help);
            })
        };
        let light = picture(&logo.light);
        let dark = logo.dark.as_deref().map(&mut picture).transpose();
        look.logo = light.ok().map(|light| Logo { light, dark: dark.ok().flatten() });
    }
}

/// The output path of a picture, which is copied.
fn picture(path: &str, folder: &Folder<'_>, look: &mut Look) -> Result<String, (String, Option<String>)> {
    if !PICTURES.contains(&paths::extension(path).as_str()) {
        let help = format!("it is one of {}", PICTURES.join(", "));
        return Err((format!("`{path}` is no picture"), Some(help)));
    }
    let bytes = folder.bytes(path)?;
    let name = path.rsplit('/').next().unwrap_or(path);
    let output = hashed_name(&format!("assets/{name}"), &bytes);
    look.assets.push((output.clone(), bytes));
    Ok(output)
}

/// The declaration of a family, and the rules for its files.
fn family(font: &FontSetting, folder: &Folder<'_>, look: &mut Look, report: &mut Report) -> Option<(String, String)> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
    if !font.family.chars().all(is_name) {
        let pointer = format!("{THEME_POINTER}/fonts/{}/family", font.role);
        report.say(&INVALID_SETTING, &pointer, format!("`{}` is no name of a font", font.family), None);
        return None;
    }
    let faces: String = font.files.iter().filter_map(|file| face(&font.family, file, folder, look, report)).collect();
    if faces.is_empty() && !font.files.is_empty() {
        return None;
    }
    let (role, rest) = match font.role {
        "mono" => ("mono", "ui-monospace, Menlo, Consolas, \"DejaVu Sans Mono\", monospace"),
        _ => ("sans", "system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", Arial, sans-serif"),
    };
    Some((format!("  --{role}: \"{}\", {rest};\n", font.family), faces))
}

/// The rule for one file of letters, which is copied.
fn face(family: &str, font: &FontFile, folder: &Folder<'_>, look: &mut Look, report: &mut Report) -> Option<String> {
    let weight = font.weight.as_deref().unwrap_or("400");
    let is_weight = |part: &str| part.parse::<u16>().is_ok_and(|weight| (1..=1000).contains(&weight));
    let parts: Vec<&str> = weight.split_whitespace().collect();
    let read = if !matches!(parts.len(), 1 | 2) || !parts.iter().all(|part| is_weight(part)) {
        let help = "it is a number from 1 to 1000, or two: `100 900`".to_owned();
        Err((format!("`{weight}` is no weight of a font"), Some(help)))
    } else {
        folder.bytes(&font.file).and_then(|bytes| {
            let help = || Some("convert it: every browser that the site is for reads woff2".to_owned());
            let is_woff2 = bytes.starts_with(WOFF2);
            if is_woff2 { Ok(bytes) } else { Err((format!("`{}` is no woff2 file", font.file), help())) }
        })
    };
    match read {
        Ok(bytes) => {
            let name = font.file.rsplit('/').next().unwrap_or(&font.file);
            let output = hashed_name(&format!("assets/{name}"), &bytes);
            let url = output.trim_start_matches("assets/").to_owned();
            look.assets.push((output, bytes));
            let style = if font.italic { "italic" } else { "normal" };
            Some(format!(
                "@font-face {{ font-family: \"{family}\"; font-style: {style}; font-weight: {}; font-display: swap; src: url(\"{url}\") format(\"woff2\"); }}\n",
                parts.join(" ")
            ))
        }
        Err((message, help)) => {
            report.say(&INVALID_SETTING, &font.pointer, message, help);
            None
        }
    }
}
