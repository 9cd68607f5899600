//! A published site: from its folder, from a file, or over the network. The only place that opens
//! a connection, and only when the command line names a URL.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use url::Url;

/// The file of a site that is read.
const INTERFACE: &str = "interface.json";
/// Redirects that are followed.
const MOST_REDIRECTS: usize = 5;

/// Where a published site is, and what its reading may cost.
#[derive(Debug, Clone)]
pub struct Site {
    /// A folder, a file, or a URL, as it was typed.
    pub site: String,
    /// Sent to the host of the URL, and to no other.
    pub token: Option<String>,
    /// How long the network may take, in all.
    pub time: Duration,
    /// How many bytes are read.
    pub bytes: u64,
}

impl Site {
    /// With the usual limits.
    pub fn new(site: String, token: Option<String>) -> Self {
        Self { site, token, time: Duration::from_secs(30), bytes: 256 * 1024 * 1024 }
    }

    /// The text of its `interface.json`.
    pub fn read(&self) -> Result<String, super::Error> {
        let bytes = match Url::parse(&self.site) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => self.fetch(&url),
            _ => self.open(),
        };
        let text = bytes
            .and_then(|bytes| String::from_utf8(bytes).map_err(|_| "what is there is no text in UTF-8".to_owned()));
        text.map_err(|why| super::Error::Site { site: self.shown(), why })
    }

    /// What was typed, without what may be a secret.
    pub fn shown(&self) -> String {
        Url::parse(&self.site)
            .map_or_else(|_| self.site.clone(), |url| if url.has_host() { shown(&url) } else { self.site.clone() })
    }

    fn open(&self) -> Result<Vec<u8>, String> {
        let path = Path::new(&self.site);
        let file: PathBuf = if path.is_dir() { path.join(INTERFACE) } else { path.to_path_buf() };
        if !file.is_file() {
            return Err(if path.is_dir() {
                format!("it has no {INTERFACE}; is it a site that `catalog build` made?")
            } else if self.site.contains("://") {
                "it is neither a folder, nor a file, nor an address with https or http".to_owned()
            } else {
                "there is nothing".to_owned()
            });
        }
        super::folder::read(&file, self.bytes).map_err(|error| match error {
            crate::base::ReadError::TooLarge(size) => self.too_large(&format!("{size} bytes")),
            crate::base::ReadError::Failed(why) => format!("it cannot be read: {why}"),
        })
    }

    fn too_large(&self, size: &str) -> String {
        format!("it has {size}, and {} are the most that are read", self.bytes)
    }

    fn fetch(&self, url: &Url) -> Result<Vec<u8>, String> {
        if !url.username().is_empty() || url.password().is_some() {
            return Err("credentials do not belong into a URL; put a token into CATALOG_TOKEN".to_owned());
        }
        let first = interface_of(url);
        let deadline = Instant::now() + self.time;
        let mut url = first.clone();
        for _ in 0..=MOST_REDIRECTS {
            let token = self.token.as_deref().filter(|_| url.origin() == first.origin() && is_private(&url));
            let mut response = self.ask(&url, token, deadline)?;
            let status = response.status().as_u16();
            if !matches!(status, 301 | 302 | 303 | 307 | 308) {
                self.judge(status, &url, token.is_some())?;
                return self.body(response.body_mut().as_reader(), deadline);
            }
            let target = response.headers().get("location").and_then(|value| value.to_str().ok());
            let next = target.and_then(|target| url.join(target).ok());
            let mut next = next.ok_or_else(|| format!("{} redirects to nowhere (HTTP {status})", shown(&url)))?;
            if !matches!(next.scheme(), "http" | "https") || (url.scheme() == "https" && next.scheme() == "http") {
                let (from, to) = (shown(&url), shown(&next));
                return Err(format!("{from} redirects to {to}, which is not followed: it is not https"));
            }
            // A host gives nobody credentials for another one.
            let _ = next.set_username("");
            let _ = next.set_password(None);
            url = next;
        }
        Err(format!("{} redirects more than {MOST_REDIRECTS} times", shown(&first)))
    }

    fn ask(
        &self,
        url: &Url,
        token: Option<&str>,
        deadline: Instant,
    ) -> Result<ureq::http::Response<ureq::Body>, String> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(self.too_slow());
        }
        let mut config = ureq::Agent::config_builder()
            .timeout_global(Some(left))
            // Ours, because a token must not travel to another host.
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(concat!("catalog/", env!("CARGO_PKG_VERSION")));
        // No proxy leads back to this machine.
        if is_here(url) {
            config = config.proxy(None);
        }
        let mut request =
            ureq::Agent::new_with_config(config.build()).get(url.as_str()).header("accept", "application/json");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        request.call().map_err(|error| self.told(&error, url))
    }

    fn body(&self, reader: impl std::io::Read, deadline: Instant) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let read = reader.take(self.bytes + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > self.bytes {
            return Err(self.too_large("more"));
        }
        read.map_err(|error| {
            if Instant::now() >= deadline || error.kind() == std::io::ErrorKind::TimedOut {
                self.too_slow()
            } else {
                format!("the connection broke: {error}")
            }
        })?;
        Ok(bytes)
    }

    fn judge(&self, status: u16, url: &Url, told: bool) -> Result<(), String> {
        let url = shown(url);
        Err(match status {
            200 => return Ok(()),
            401 | 403 if told => format!("{url} does not take the token of CATALOG_TOKEN (HTTP {status})"),
            401 | 403 if self.token.is_some() => format!(
                "{url} asks who you are (HTTP {status}), and a token is sent over https alone, and only to the host that was named"
            ),
            401 | 403 => {
                format!("{url} asks who you are (HTTP {status}): put a token that may read it into CATALOG_TOKEN")
            }
            404 | 410 => format!("is it a catalog site? looked for {url} (HTTP {status})"),
            429 | 500..=599 => format!("the host has trouble with {url} (HTTP {status}): try again later"),
            _ => format!("{url} is answered with HTTP {status}"),
        })
    }

    fn told(&self, error: &ureq::Error, url: &Url) -> String {
        let (host, url) = (url.host_str().unwrap_or(""), shown(url));
        match error {
            ureq::Error::Timeout(_) => self.too_slow(),
            ureq::Error::HostNotFound => format!("there is no host {host}; without a network, name a folder or a file"),
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) => format!(
                "no trusted connection to {host}: {error}; where a certificate of your own is used, fetch {url} by other means and name the file"
            ),
            _ => format!("no connection to {host}: {error}"),
        }
    }

    fn too_slow(&self) -> String {
        format!("it did not come within {} seconds", self.time.as_secs_f64())
    }
}

/// The URL of the file: a site's own, or the file itself.
fn interface_of(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    let path = url.path().to_owned();
    if !path.ends_with(".json") {
        let folder = path.trim_end_matches("index.html").trim_end_matches('/');
        url.set_path(&format!("{folder}/{INTERFACE}"));
    }
    url
}

/// A URL without what may be a secret: credentials, and the query, which may be signed.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.to_string()
}

/// Whether what is sent is read by the host alone: over TLS, or on this machine.
fn is_private(url: &Url) -> bool {
    url.scheme() == "https" || is_here(url)
}

/// Whether the host is this machine.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_led_to_its_file() {
        for (typed, expected) in [
            ("https://c.example", "https://c.example/interface.json"),
            ("https://c.example/a/", "https://c.example/a/interface.json"),
            ("https://c.example/a", "https://c.example/a/interface.json"),
            ("https://c.example/a/index.html#x", "https://c.example/a/interface.json"),
            ("https://c.example/b.json?v=1", "https://c.example/b.json?v=1"),
        ] {
            assert_eq!(interface_of(&Url::parse(typed).unwrap()).as_str(), expected);
        }
    }
}
