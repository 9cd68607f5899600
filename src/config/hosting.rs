//! What common static hosts take, as a table: files, bytes, and bytes of one file. The numbers are
//! those of the plan that most people have; a host that says nothing has no row.

/// A static host and its limits.
#[derive(Debug, PartialEq, Eq)]
pub struct Hosting {
    /// How the settings name it.
    pub name: &'static str,
    /// How people name it.
    pub title: &'static str,
    /// Most files of a site.
    pub files: Option<u64>,
    /// Most bytes of a site.
    pub bytes: Option<u64>,
    /// Most bytes of one file.
    pub file_bytes: Option<u64>,
}

/// The hosts. Last looked at in November 2026, in the documentation of each.
pub static HOSTINGS: &[Hosting] = &[
    Hosting {
        name: "azure-static-web-apps",
        title: "Azure Static Web Apps",
        files: Some(15_000),
        bytes: Some(500_000_000),
        file_bytes: None,
    },
    Hosting {
        name: "cloudflare-pages",
        title: "Cloudflare Pages",
        files: Some(20_000),
        bytes: None,
        file_bytes: Some(25 << 20),
    },
    Hosting { name: "github-pages", title: "GitHub Pages", files: None, bytes: Some(1_000_000_000), file_bytes: None },
    Hosting {
        name: "gitlab-pages",
        title: "GitLab Pages",
        files: Some(200_000),
        bytes: Some(1_000_000_000),
        file_bytes: None,
    },
    Hosting { name: "other", title: "another host", files: None, bytes: None, file_bytes: None },
];

/// The names that the settings may use.
pub(super) const NAMES: &[&str] =
    &["azure-static-web-apps", "cloudflare-pages", "github-pages", "gitlab-pages", "other"];

impl Hosting {
    /// The host with this name.
    pub fn from_name(name: &str) -> Option<&'static Self> {
        HOSTINGS.iter().find(|one| one.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_a_row() {
        let rows: Vec<&str> = HOSTINGS.iter().map(|one| one.name).collect();
        assert_eq!(rows, NAMES);
    }
}
