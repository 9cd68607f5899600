//! Repositories on the web: what a remote is called, and which file of which repository a URL
//! names. Knows the URL shapes of GitHub, GitLab, Bitbucket, Azure DevOps and Gitea.

use url::Url;

use super::paths::percent_decoded;

/// What kind of host serves a repository; decides the shape of its URLs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostKind {
    /// github.com and GitHub Enterprise.
    GitHub,
    /// gitlab.com and self-managed GitLab.
    GitLab,
    /// bitbucket.org.
    BitbucketCloud,
    /// Bitbucket Data Center.
    BitbucketServer,
    /// Azure DevOps.
    Azure,
    /// Gitea, Forgejo, Codeberg.
    Gitea,
}

impl HostKind {
    /// The names that the settings use.
    pub const NAMES: &'static [&'static str] = &["github", "gitlab", "bitbucket", "bitbucket-server", "azure", "gitea"];

    /// The kind with this name in the settings.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "github" => Self::GitHub,
            "gitlab" => Self::GitLab,
            "bitbucket" => Self::BitbucketCloud,
            "bitbucket-server" => Self::BitbucketServer,
            "azure" => Self::Azure,
            "gitea" => Self::Gitea,
            _ => return None,
        })
    }
}

/// Which hosts are of which kind: the public ones, names that tell (`gitlab.example.org`), and
/// those that the settings declare.
#[derive(Debug, Clone, Default)]
pub struct Hosts(pub Vec<(String, HostKind)>);

impl Hosts {
    /// The kind of a host, where it is known.
    pub fn kind(&self, host: &str) -> Option<HostKind> {
        if let Some((_, kind)) = self.0.iter().find(|(name, _)| name.eq_ignore_ascii_case(host)) {
            return Some(*kind);
        }
        Some(match host {
            "github.com" | "raw.githubusercontent.com" => HostKind::GitHub,
            "gitlab.com" => HostKind::GitLab,
            "bitbucket.org" => HostKind::BitbucketCloud,
            "dev.azure.com" => HostKind::Azure,
            "gitea.com" | "codeberg.org" => HostKind::Gitea,
            _ => match host.split('.').next().unwrap_or("") {
                "github" | "ghe" => HostKind::GitHub,
                "gitlab" => HostKind::GitLab,
                "bitbucket" => HostKind::BitbucketServer,
                "gitea" | "forgejo" => HostKind::Gitea,
                _ => return None,
            },
        })
    }
}

/// Where a repository lives on the web, without credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote {
    /// Host in lower case, with a port when it is not the usual one of the web.
    pub host: String,
    /// `owner/name`, without `.git`, in the case it is written.
    pub path: String,
}

impl Remote {
    /// Reads a git remote in URL or `user@host:path` form. Local paths are no remotes.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((_, _)) = text.split_once("://") {
            let url = Url::parse(text).ok()?;
            if !matches!(url.scheme(), "http" | "https" | "ssh" | "git" | "git+ssh") {
                return None;
            }
            let port = url.port().filter(|_| matches!(url.scheme(), "http" | "https"));
            return Self::new(url.host_str()?, port, url.path());
        }
        let (login, path) = text.split_once(':')?;
        let host = login.rsplit('@').next()?;
        let is_host = host.len() > 1 && !host.contains(['/', '\\']) && !path.starts_with('\\');
        if is_host { Self::new(host, None, path) } else { None }
    }

    fn new(host: &str, port: Option<u16>, path: &str) -> Option<Self> {
        let mut host = host.to_ascii_lowercase();
        let mut path = percent_decoded(path.trim_matches('/').trim_end_matches(".git"));
        if host == "ssh.dev.azure.com" {
            let parts: Vec<&str> = path.trim_start_matches("v3/").split('/').collect();
            let [organisation, project, name] = parts[..] else { return None };
            path = format!("{organisation}/{project}/_git/{name}");
            "dev.azure.com".clone_into(&mut host);
        }
        if path.is_empty() || path.split('/').any(|part| part.is_empty() || part == "..") {
            return None;
        }
        if let Some(port) = port {
            host = format!("{host}:{port}");
        }
        Some(Self { host, path })
    }

    /// `host/owner/name`, the identity of the repository.
    pub fn identity(&self) -> String {
        format!("{}/{}", self.host, self.path)
    }

    /// The repository's page.
    pub fn web_url(&self) -> String {
        format!("https://{}/{}", self.host, self.path)
    }

    /// The page that shows a file at a revision or branch.
    pub fn file_url(&self, hosts: &Hosts, revision: &str, path: &str) -> Option<String> {
        let base = self.web_url();
        let path = encoded(path);
        Some(match hosts.kind(&self.host)? {
            HostKind::GitHub => format!("{base}/blob/{revision}/{path}"),
            HostKind::GitLab => format!("{base}/-/blob/{revision}/{path}"),
            HostKind::BitbucketCloud => format!("{base}/src/{revision}/{path}"),
            HostKind::BitbucketServer => format!("{base}/browse/{path}?at={revision}"),
            HostKind::Azure => format!("{base}?path=/{path}&version=GB{revision}"),
            HostKind::Gitea => format!("{base}/src/branch/{revision}/{path}"),
        })
    }

    /// The page that shows a commit.
    pub fn commit_url(&self, hosts: &Hosts, revision: &str) -> Option<String> {
        let base = self.web_url();
        Some(match hosts.kind(&self.host)? {
            HostKind::GitHub | HostKind::Gitea | HostKind::Azure => format!("{base}/commit/{revision}"),
            HostKind::GitLab => format!("{base}/-/commit/{revision}"),
            HostKind::BitbucketCloud | HostKind::BitbucketServer => format!("{base}/commits/{revision}"),
        })
    }

    /// The page on which a file of a branch can be edited.
    pub fn edit_url(&self, hosts: &Hosts, branch: &str, path: &str) -> Option<String> {
        let base = self.web_url();
        let encoded_path = encoded(path);
        Some(match hosts.kind(&self.host)? {
            HostKind::GitHub => format!("{base}/edit/{branch}/{encoded_path}"),
            HostKind::GitLab => format!("{base}/-/edit/{branch}/{encoded_path}"),
            HostKind::Gitea => format!("{base}/_edit/{branch}/{encoded_path}"),
            _ => return self.file_url(hosts, branch, path),
        })
    }
}

/// Percent-encodes what may not stand in a URL's path, slashes kept.
pub fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A URL that names a file or folder of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepositoryUrl {
    /// The repository.
    pub remote: Remote,
    /// Revision and path, not yet told apart, because branch names may hold slashes.
    pub revision_and_path: String,
    /// The path alone, where the host says it apart (Azure, Bitbucket Data Center).
    pub path: Option<String>,
    /// Whether the shape says that it is a file and no folder.
    pub names_file: bool,
}

impl RepositoryUrl {
    /// Reads a URL in the shape of its host. `None` when the host is unknown or the URL does not
    /// name a repository.
    pub fn parse(text: &str, hosts: &Hosts) -> Option<Self> {
        let url = Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let host = url.host_str()?;
        let kind = hosts.kind(host)?;
        let path = url.path().trim_matches('/');
        let parts: Vec<&str> = path.split('/').collect();
        let remote = |path: &str| Remote::new(host, url.port(), path);
        let plain = |repository: &[&str], rest: &[&str]| {
            Some(Self {
                remote: remote(&repository.join("/"))?,
                revision_and_path: percent_decoded(&rest.join("/")),
                path: None,
                names_file: parts
                    .iter()
                    .find(|part| matches!(**part, "blob" | "raw" | "edit" | "blame" | "tree" | "src"))
                    .is_some_and(|part| !matches!(*part, "tree" | "src")),
            })
        };
        match kind {
            HostKind::GitHub if host == "raw.githubusercontent.com" => {
                let remote = Remote::new("github.com", None, &parts.get(..2)?.join("/"))?;
                let revision_and_path = percent_decoded(&parts[2..].join("/"));
                Some(Self { remote, revision_and_path, path: None, names_file: true })
            }
            HostKind::GitHub | HostKind::BitbucketCloud | HostKind::Gitea => {
                let repository = parts.get(..2)?;
                let mut rest = &parts[2..];
                if matches!(rest.first(), Some(&("blob" | "tree" | "raw" | "edit" | "src" | "blame"))) {
                    rest = &rest[1..];
                    if kind == HostKind::Gitea && matches!(rest.first(), Some(&("branch" | "tag" | "commit"))) {
                        rest = &rest[1..];
                    }
                } else if !rest.is_empty() {
                    return None;
                }
                plain(repository, rest)
            }
            HostKind::GitLab => match parts.iter().position(|&part| part == "-") {
                Some(dash) => {
                    let is_file = matches!(parts.get(dash + 1), Some(&("blob" | "tree" | "raw" | "edit")));
                    if is_file { plain(&parts[..dash], &parts[dash + 2..]) } else { None }
                }
                None => match parts.iter().position(|&part| matches!(part, "blob" | "tree" | "raw")) {
                    Some(at) if at >= 2 => plain(&parts[..at], &parts[at + 1..]),
                    _ => plain(&parts, &[]),
                },
            },
            HostKind::BitbucketServer => {
                let ["projects", project, "repos", name, "browse" | "raw", rest @ ..] = &parts[..] else { return None };
                Some(Self {
                    remote: remote(&format!("{project}/{name}"))?,
                    revision_and_path: String::new(),
                    path: Some(percent_decoded(&rest.join("/"))),
                    names_file: false,
                })
            }
            HostKind::Azure => {
                let path = url.query_pairs().find(|(key, _)| key == "path").map(|(_, value)| value.into_owned());
                Some(Self {
                    remote: remote(path_until_repository(&parts)?.as_str())?,
                    revision_and_path: String::new(),
                    path: Some(path.unwrap_or_default().trim_matches('/').to_owned()),
                    names_file: false,
                })
            }
        }
    }

    /// The paths it may mean, likeliest first: the revision is taken as one part, then as more.
    pub fn candidate_paths(&self) -> Vec<String> {
        if let Some(path) = &self.path {
            return vec![path.clone()];
        }
        let parts: Vec<&str> = self.revision_and_path.split('/').filter(|part| !part.is_empty()).collect();
        (1..=parts.len().clamp(1, 6)).map(|from| parts.get(from..).unwrap_or(&[]).join("/")).collect()
    }
}

fn path_until_repository(parts: &[&str]) -> Option<String> {
    let git = parts.iter().position(|&part| part == "_git")?;
    Some(parts.get(..git + 2)?.join("/"))
}

/// A URL without the name and password that may stand in it.
pub fn without_credentials(text: &str) -> String {
    match Url::parse(text) {
        Ok(mut url) if !url.username().is_empty() || url.password().is_some() => {
            let _ = url.set_username("");
            let _ = url.set_password(None);
            url.to_string()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path_of(url: &str) -> Option<(String, Vec<String>)> {
        let url = RepositoryUrl::parse(url, &Hosts::default())?;
        Some((url.remote.identity(), url.candidate_paths()))
    }

    #[test]
    fn remotes_lose_credentials_and_endings() {
        for text in [
            "https://user:token@GitHub.com/acme/shop.git",
            "git@github.com:acme/shop.git",
            "ssh://git@github.com:22/acme/shop",
        ] {
            assert_eq!(Remote::parse(text).unwrap().identity(), "github.com/acme/shop", "{text}");
        }
        assert_eq!(Remote::parse("https://git.example:8443/a/b").unwrap().host, "git.example:8443");
        for text in ["/srv/git/shop.git", "../shop", "file:///srv/shop", "C:\\git\\shop", ""] {
            assert_eq!(Remote::parse(text), None, "{text}");
        }
    }

    #[test]
    fn urls_of_every_host_lead_to_repository_and_path() {
        let cases = [
            ("https://github.com/o/r/blob/main/a/b.yaml", "github.com/o/r", "a/b.yaml"),
            ("https://github.com/o/r/tree/main/", "github.com/o/r", ""),
            ("https://raw.githubusercontent.com/o/r/main/a.yaml", "github.com/o/r", "a.yaml"),
            ("https://gitlab.com/g/s/r/-/blob/main/a.yaml", "gitlab.com/g/s/r", "a.yaml"),
            ("https://bitbucket.org/o/r/src/main/a.yaml", "bitbucket.org/o/r", "a.yaml"),
            (
                "https://bitbucket.corp.example/projects/P/repos/r/browse/a.yaml?at=x",
                "bitbucket.corp.example/P/r",
                "a.yaml",
            ),
            ("https://dev.azure.com/o/p/_git/r?path=/a.yaml&version=GBmain", "dev.azure.com/o/p/_git/r", "a.yaml"),
            ("https://codeberg.org/o/r/src/branch/main/a.yaml", "codeberg.org/o/r", "a.yaml"),
        ];
        for (url, identity, path) in cases {
            let (found, paths) = path_of(url).unwrap_or_else(|| panic!("{url}"));
            assert_eq!((found.as_str(), paths[0].as_str()), (identity, path), "{url}");
        }
        assert_eq!(path_of("https://example.com/o/r/blob/main/a.yaml"), None);
        assert_eq!(path_of("https://github.com/o/r/issues/1"), None);
        assert!(path_of("https://github.com/o/r/blob/feat/x/a.yaml").unwrap().1.contains(&"a.yaml".to_owned()));
    }

    #[test]
    fn credentials_are_taken_out_of_urls() {
        assert_eq!(without_credentials("https://a:b@example.com/x"), "https://example.com/x");
        assert_eq!(without_credentials("not a url"), "not a url");
    }
}
