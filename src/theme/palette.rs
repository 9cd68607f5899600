//! The colours of the settings: which roles there are, what follows from an accent, and whether all of
//! it can be read.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::base::suggest;
use crate::config::ColorSetting;
use crate::diagnostics::{INVALID_SETTING, LOW_CONTRAST, did_you_mean};

use super::Report;
use super::colors::{BLACK, Color, WHITE};

/// A colour on light and on dark ground.
type Pair = [Color; 2];

/// The roles of the default theme.
static ROLES: LazyLock<BTreeMap<&'static str, Pair>> = LazyLock::new(|| {
    let line = |line: &'static str| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
        let (light, dark) = value.strip_suffix(");")?.split_once(", ")?;
        Some((name, [Color::parse(light)?, Color::parse(dark)?]))
    };
    include_str!("../../themes/default/styles/10-roles.css").lines().filter_map(line).collect()
});

const SCHEMES: [&str; 2] = ["light", "dark"];

/// Letters need this much, signs the other.
const TEXT: f64 = 4.5;
const SIGN: f64 = 3.0;

const GROUNDS: &[&str] = &["page", "surface", "sunken"];

/// The grounds that a role stands on, and how much it needs there.
fn grounds(role: &str) -> (Vec<&str>, f64) {
    match role {
        "text" | "text-2" | "text-3" => (GROUNDS.to_vec(), TEXT),
        "accent" | "accent-strong" => (vec!["page", "surface", "accent-soft"], TEXT),
        "on-accent" => (vec!["accent"], TEXT),
        "error" => (vec!["surface", "error-soft"], TEXT),
        "warning" => (vec!["surface", "warning-soft"], TEXT),
        "note" => (vec!["surface", "note-soft"], TEXT),
        "ok" => (vec!["surface", "ok-soft"], TEXT),
        "example" => (vec!["surface", "example-soft"], TEXT),
        "control" => (vec!["surface"], SIGN),
        _ if role.starts_with("s-") => (vec!["surface", "sunken"], TEXT),
        _ if role.starts_with("k-") => (vec!["surface"], SIGN),
        _ => (Vec::new(), 0.0),
    }
}

/// The declarations for the colours of the settings, a role a line.
pub(super) fn declarations(settings: &[ColorSetting], report: &mut Report) -> String {
    let mut palette = Palette { now: ROLES.clone(), pointers: BTreeMap::new() };
    for setting in settings {
        palette.set(setting, report);
    }
    palette.follow_accent();
    palette.check(report);
    let changed = palette.now.iter().filter(|(role, pair)| ROLES.get(*role) != Some(pair));
    changed.map(|(role, [light, dark])| format!("  --{role}: light-dark({}, {});\n", light.hex(), dark.hex())).collect()
}

struct Palette {
    now: BTreeMap<&'static str, Pair>,
    /// Where the settings name a role.
    pointers: BTreeMap<&'static str, String>,
}

impl Palette {
    fn set(&mut self, setting: &ColorSetting, report: &mut Report) {
        let Some((&role, default)) = ROLES.get_key_value(setting.role.as_str()) else {
            let names: Vec<&str> = ROLES.keys().copied().collect();
            let help = did_you_mean(&setting.role, names.iter().copied())
                .unwrap_or_else(|| format!("the roles are {}", suggest::all_of(&names)));
            let message = format!("the theme has no colour `{}`", setting.role);
            report.say(&INVALID_SETTING, &setting.pointer, message, Some(help));
            return;
        };
        let mut pair = *default;
        for (slot, written) in pair.iter_mut().zip([&setting.light, &setting.dark]) {
            let Some(text) = written else { continue };
            match Color::parse(text) {
                Some(color) => *slot = color,
                None => {
                    let help = Some("write it as `#2d4fd2`".to_owned());
                    report.say(&INVALID_SETTING, &setting.pointer, format!("`{text}` is no colour"), help);
                    return;
                }
            }
        }
        // One accent for both schemes is the colour of a brand: on dark ground it may be too dark.
        if role == "accent" && setting.light == setting.dark {
            pair[1] = pair[1].readable(&[self.now["page"][1], self.now["surface"][1]], TEXT + 1.0);
        }
        self.now.insert(role, pair);
        self.pointers.insert(role, setting.pointer.clone());
    }

    /// What goes with an accent, where the settings do not say.
    fn follow_accent(&mut self) {
        if !self.pointers.contains_key("accent") {
            return;
        }
        let (accent, surface) = (self.now["accent"], self.now["surface"]);
        let shade = |at: usize, towards, percent| accent[at].mixed(towards, percent);
        let soft = [surface[0].mixed(accent[0], 8), surface[1].mixed(accent[1], 14)];
        let on = |color: Color| {
            let dark = BLACK.mixed(color, 15);
            if WHITE.contrast(color) >= dark.contrast(color) { WHITE } else { dark }
        };
        let followers = [
            ("accent-strong", [shade(0, BLACK, 20), shade(1, WHITE, 30)]),
            ("accent-soft", soft),
            ("on-accent", [on(accent[0]), on(accent[1])]),
        ];
        for (role, pair) in followers {
            if !self.pointers.contains_key(role) {
                self.now.insert(role, pair);
            }
        }
    }

    /// Whether what the settings changed can be read, a finding for each role and scheme.
    fn check(&self, report: &mut Report) {
        for (&role, pair) in &self.now {
            let (grounds, least) = grounds(role);
            for (at, scheme) in SCHEMES.iter().enumerate() {
                let on = grounds.iter().map(|ground| (*ground, self.now[ground][at]));
                let worst = on.min_by(|a, b| pair[at].contrast(a.1).total_cmp(&pair[at].contrast(b.1)));
                let Some((ground, under)) = worst.filter(|(_, under)| pair[at].contrast(*under) < least) else {
                    continue;
                };
                // Whichever of the two the settings name; what follows by itself is the accent's.
                let pointer = [role, ground, "accent"].iter().find_map(|name| self.pointers.get(name));
                let Some(pointer) = pointer else { continue };
                let (color, found) = (pair[at], pair[at].contrast(under));
                let message = format!(
                    "`{role}` {} on `{ground}` {} has a contrast of {found:.1}:1 in the {scheme} scheme, and {least}:1 is needed",
                    color.hex(),
                    under.hex(),
                );
                let all: Vec<Color> = grounds.iter().map(|ground| self.now[ground][at]).collect();
                let help = format!("`{}` would do", color.readable(&all, least).hex());
                report.say(&LOW_CONTRAST, pointer, message, Some(help));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnostic;

    fn of(settings: &[(&str, &str, &str)]) -> (String, Vec<Diagnostic>) {
        let setting = |&(role, light, dark): &(&str, &str, &str)| ColorSetting {
            role: role.to_owned(),
            light: Some(light.to_owned()),
            dark: Some(dark.to_owned()),
            pointer: format!("/{role}"),
        };
        let settings: Vec<ColorSetting> = settings.iter().map(setting).collect();
        let mut report = Report::nowhere();
        let css = declarations(&settings, &mut report);
        (css, report.findings)
    }

    #[test]
    fn the_default_theme_can_be_read() {
        assert!(ROLES.len() > 40, "{}", ROLES.len());
        let mut palette = Palette { now: ROLES.clone(), pointers: BTreeMap::new() };
        palette.pointers.insert("accent", String::new());
        let mut report = Report::nowhere();
        palette.check(&mut report);
        let messages: Vec<&str> = report.findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, [""; 0]);
    }

    #[test]
    fn an_accent_brings_what_goes_with_it() {
        let (css, findings) = of(&[("accent", "#0b6e4f", "#0b6e4f")]);
        assert!(findings.is_empty(), "{findings:#?}");
        let roles = ["--accent:", "--accent-soft:", "--accent-strong:", "--on-accent:"];
        assert!(roles.iter().all(|role| css.contains(role)), "{css}");
        assert!(!css.contains("light-dark(#0b6e4f, #0b6e4f)"), "it is lighter on dark ground: {css}");
    }

    #[test]
    fn what_cannot_be_read_is_said_with_a_colour_that_can() {
        let (_, findings) = of(&[("text-3", "#bbbbbb", "#929baa")]);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.starts_with("`text-3` #bbbbbb on `sunken` #f5f6f8 has a contrast of 1."));
        let (css, findings) = of(&[("acent", "#000000", "#ffffff"), ("text", "black", "#ffffff")]);
        assert_eq!((css.as_str(), findings.len()), ("", 2));
        assert_eq!(findings[0].help.as_deref(), Some("did you mean `accent`?"));
    }
}
