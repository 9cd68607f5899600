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
    /// Most files in one folder.
    pub folder_files: Option<u64>,
}

/// A host that says nothing.
const NONE: Hosting = Hosting { name: "", title: "", files: None, bytes: None, file_bytes: None, folder_files: None };

/// The hosts. Last looked at in November 2026, in the documentation of each.
pub static HOSTINGS: &[Hosting] = &[
    // "Quotas in Azure Static Web Apps": 15,000 files and 500 MB for all environments.
    Hosting {
        name: "azure-static-web-apps",
        title: "Azure Static Web Apps",
        files: Some(15_000),
        bytes: Some(500_000_000),
        ..NONE
    },
    // "Limits" of Cloudflare Pages: 20,000 files on the free plan, 25 MiB for one.
    Hosting {
        name: "cloudflare-pages",
        title: "Cloudflare Pages",
        files: Some(20_000),
        file_bytes: Some(25 << 20),
        ..NONE
    },
    // "GitHub Pages limits": a published site may be no larger than 1 GB.
    Hosting { name: "github-pages", title: "GitHub Pages", bytes: Some(1_000_000_000), ..NONE },
    // "GitLab Pages settings" of GitLab.com: 200,000 entries and 1 GB for a site.
    Hosting { name: "gitlab-pages", title: "GitLab Pages", files: Some(200_000), bytes: Some(1_000_000_000), ..NONE },
    // "Site deploys overview": no limit for a deploy, but 54,000 files in one directory.
    Hosting { name: "netlify", title: "Netlify", folder_files: Some(54_000), ..NONE },
    Hosting { name: "other", title: "another host", ..NONE },
];

/// The names that the settings may use.
pub(super) const NAMES: &[&str] =
    &["azure-static-web-apps", "cloudflare-pages", "github-pages", "gitlab-pages", "netlify", "other"];

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
