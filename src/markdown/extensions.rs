//! What the settings of a site change about its pages: options of the Markdown extensions that
//! say something else than this engine does by itself.

/// The options. By default nothing is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extensions {
    /// What of typographic signs is written with plain ones (`smarty`).
    pub signs: Signs,
    /// Whether the end of a line is a break (`nl2br`).
    pub breaks: bool,
    /// How ids of headings are made (`toc`).
    pub slugs: Slugs,
    /// How many levels headings are moved down (`baselevel` of `toc`).
    pub moved: u8,
    /// The first and last level that lists of headings have (`toc_depth`).
    pub listed: (u8, u8),
    /// What stands over `[TOC]`.
    pub contents_title: Option<String>,
    /// Whether lines of code are numbered.
    pub line_numbers: bool,
    /// Whether code has its language as title.
    pub auto_title: bool,
    /// The language of code that names none.
    pub default_language: Option<String>,
    /// Whether parts of snippets lose the indentation that all their lines have.
    pub dedent: bool,
    /// Snippets at the end of each page.
    pub append: Vec<String>,
}

/// The options of a site that has none.
pub static NO_EXTENSIONS: Extensions = Extensions {
    signs: Signs { quotes: false, angles: false, dashes: false, ellipses: false },
    breaks: false,
    slugs: Slugs { rule: SlugRule::Python { unicode: false }, separator: String::new() },
    moved: 0,
    listed: (1, 6),
    contents_title: None,
    line_numbers: false,
    auto_title: false,
    default_language: None,
    dedent: false,
    append: Vec::new(),
};

impl Default for Extensions {
    fn default() -> Self {
        NO_EXTENSIONS.clone()
    }
}

/// Typographic signs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signs {
    /// `"a"` and `'a'`.
    pub quotes: bool,
    /// `<<a>>`.
    pub angles: bool,
    /// `--` and `---`.
    pub dashes: bool,
    /// `...`
    pub ellipses: bool,
}

impl Signs {
    /// Whether there are any.
    pub(super) fn any(self) -> bool {
        self.quotes || self.angles || self.dashes || self.ellipses
    }
}

/// How ids of headings are made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slugs {
    /// The rule.
    pub rule: SlugRule,
    /// What stands between words; `-` when empty.
    pub separator: String,
}

/// A rule for ids of headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlugRule {
    /// Python-Markdown's own.
    Python {
        /// Whether letters outside of ASCII are kept.
        unicode: bool,
    },
    /// `pymdownx.slugs.slugify`.
    Pymdown {
        /// What becomes of capitals.
        case: Case,
        /// Whether what is not ASCII is written with `%`.
        percent: bool,
    },
}

impl Default for SlugRule {
    fn default() -> Self {
        Self::Python { unicode: false }
    }
}

/// What becomes of capitals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Case {
    /// They stay.
    #[default]
    None,
    /// All are lower.
    Lower,
    /// Those of ASCII are lower.
    LowerAscii,
}

impl Slugs {
    /// The id for the text of a heading; `None` where the rule is the usual one.
    pub(super) fn slug(&self, text: &str) -> Option<String> {
        use unicode_normalization::UnicodeNormalization;
        if *self == Self::default() {
            return None;
        }
        let separator = if self.separator.is_empty() { "-" } else { &self.separator };
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        match self.rule {
            SlugRule::Python { unicode } => {
                let text: String = if unicode { text.to_owned() } else { text.nfkd().filter(char::is_ascii).collect() };
                let kept: String = text.chars().filter(|c| is_word(*c) || c.is_whitespace() || *c == '-').collect();
                let kept = kept.trim().to_lowercase();
                let mut out = String::with_capacity(kept.len());
                let mut in_gap = false;
                for character in kept.chars() {
                    let is_gap = character.is_whitespace() || separator.contains(character);
                    match (is_gap, in_gap) {
                        (true, false) => out.push_str(separator),
                        (true, true) => {}
                        (false, _) => out.push(character),
                    }
                    in_gap = is_gap;
                }
                Some(out)
            }
            SlugRule::Pymdown { case, percent } => {
                let text: String = text.trim().nfc().collect();
                let text = match case {
                    Case::None => text,
                    Case::Lower => text.to_lowercase(),
                    Case::LowerAscii => text.to_ascii_lowercase(),
                };
                let kept = text.chars().filter(|c| is_word(*c) || matches!(c, '-' | ' '));
                let kept = kept.collect::<String>().replace(' ', separator);
                Some(if percent { percent_encoded(&kept) } else { kept })
            }
        }
    }
}

fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"_.-~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Names of languages as titles of code, where they are no mere word with a capital.
const TITLES: &[(&str, &str)] = &[
    ("bash", "Bash"),
    ("sh", "Bash"),
    ("shell", "Bash"),
    ("zsh", "Bash"),
    ("console", "Bash Session"),
    ("c", "C"),
    ("cpp", "C++"),
    ("c++", "C++"),
    ("csharp", "C#"),
    ("c#", "C#"),
    ("cs", "C#"),
    ("css", "CSS"),
    ("diff", "Diff"),
    ("docker", "Docker"),
    ("dockerfile", "Docker"),
    ("go", "Go"),
    ("golang", "Go"),
    ("graphql", "GraphQL"),
    ("groovy", "Groovy"),
    ("hcl", "HCL"),
    ("html", "HTML"),
    ("ini", "INI"),
    ("java", "Java"),
    ("javascript", "JavaScript"),
    ("js", "JavaScript"),
    ("json", "JSON"),
    ("kotlin", "Kotlin"),
    ("kt", "Kotlin"),
    ("makefile", "Makefile"),
    ("make", "Makefile"),
    ("markdown", "Markdown"),
    ("md", "Markdown"),
    ("nginx", "Nginx configuration file"),
    ("php", "PHP"),
    ("powershell", "PowerShell"),
    ("ps1", "PowerShell"),
    ("properties", "Properties"),
    ("proto", "Protocol Buffer"),
    ("protobuf", "Protocol Buffer"),
    ("py", "Python"),
    ("python", "Python"),
    ("rb", "Ruby"),
    ("ruby", "Ruby"),
    ("rs", "Rust"),
    ("rust", "Rust"),
    ("scala", "Scala"),
    ("sql", "SQL"),
    ("swift", "Swift"),
    ("terraform", "Terraform"),
    ("tf", "Terraform"),
    ("text", "Text Only"),
    ("toml", "TOML"),
    ("ts", "TypeScript"),
    ("tsx", "TSX"),
    ("typescript", "TypeScript"),
    ("xml", "XML"),
    ("yaml", "YAML"),
    ("yml", "YAML"),
];

/// The title of code in a language.
pub(super) fn language_title(language: &str) -> &str {
    TITLES.iter().find(|(name, _)| *name == language).map_or(language, |(_, title)| title)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Python-Markdown and pymdownx give for these.
    #[test]
    fn ids_are_made_as_the_settings_say() {
        let python =
            |unicode, separator: &str| Slugs { rule: SlugRule::Python { unicode }, separator: separator.into() };
        let pymdown = |case, percent| Slugs { rule: SlugRule::Pymdown { case, percent }, separator: String::new() };
        for (slugs, text, expected) in [
            (python(false, "_"), "What's New -- here", "whats_new_--_here"),
            (python(false, "_"), "a  b", "a_b"),
            (python(true, "-"), "Über 日本 x", "über-日本-x"),
            (pymdown(Case::Lower, false), "Über -- A  b", "über----a--b"),
            (pymdown(Case::None, false), "Big Über!", "Big-Über"),
            (pymdown(Case::LowerAscii, false), "ÜBER X", "Über-x"),
            (pymdown(Case::Lower, true), "Über", "%C3%BCber"),
        ] {
            assert_eq!(slugs.slug(text).as_deref(), Some(expected), "{slugs:?} {text}");
        }
        assert_eq!(Slugs::default().slug("x"), None);
    }
}
