//! Annotations that tools are known to read, and the form that they read. From Backstage's
//! documentation and the READMEs of the plugins; a key that is not here is not wrong.

use url::Url;

use super::format;

/// An annotation that some tool reads.
#[derive(Debug)]
pub struct Known {
    /// Its key.
    pub key: &'static str,
    /// What its value must be.
    pub form: Form,
}

/// The form of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Anything that is not blank.
    Text,
    /// Checked by a rule of its own.
    Elsewhere,
    /// An absolute URL of the web.
    Url,
    /// `url:` or `file:` with a target.
    Location,
    /// A full entity reference.
    Reference,
    /// `owner/name`.
    OwnerAndName,
    /// A path of at least two parts: groups may lie in groups.
    Path,
    /// `host/owner/name`, as CI services write it.
    Triple,
    /// A key of Jira, or several with commas.
    JiraKeys,
    /// An ISO 8601 duration.
    Duration,
    /// 32 letters and digits.
    IntegrationKey,
    /// Letters and digits.
    Id,
    /// A DNS label.
    DnsLabel,
    /// One of some words.
    OneOf(&'static [&'static str]),
}

const fn known(key: &'static str, form: Form) -> Known {
    Known { key, form }
}

/// All of them.
pub static KNOWN: &[Known] = &[
    known("backstage.io/managed-by-location", Form::Location),
    known("backstage.io/managed-by-origin-location", Form::Location),
    known("backstage.io/orphan", Form::OneOf(&["true", "false"])),
    known("backstage.io/techdocs-ref", Form::Elsewhere),
    known("backstage.io/techdocs-entity", Form::Reference),
    known("backstage.io/techdocs-entity-path", Form::Text),
    known("backstage.io/view-url", Form::Url),
    known("backstage.io/edit-url", Form::Url),
    known("backstage.io/source-location", Form::Location),
    known("backstage.io/source-template", Form::Reference),
    known("backstage.io/time-saved", Form::Duration),
    known("backstage.io/adr-location", Form::Text),
    known("backstage.io/code-coverage", Form::OneOf(&["scm-only", "enabled"])),
    known("backstage.io/kubernetes-id", Form::Text),
    known("backstage.io/kubernetes-label-selector", Form::Text),
    known("backstage.io/kubernetes-namespace", Form::DnsLabel),
    known("backstage.io/kubernetes-cluster", Form::Text),
    known("backstage.io/ldap-rdn", Form::Text),
    known("backstage.io/ldap-uuid", Form::Text),
    known("backstage.io/ldap-dn", Form::Text),
    known("backstage.io/github-actions-id", Form::Text),
    known("backstage.io/definition-at-location", Form::Text),
    known("kubernetes.io/api-server", Form::Url),
    known("kubernetes.io/api-server-certificate-authority", Form::Text),
    known("kubernetes.io/auth-provider", Form::Text),
    known("github.com/project-slug", Form::OwnerAndName),
    known("github.com/team-slug", Form::OwnerAndName),
    known("github.com/user-login", Form::Text),
    known("gitlab.com/project-slug", Form::Path),
    known("gitlab.com/project-id", Form::Id),
    known("gitlab.com/instance", Form::Text),
    known("gitlab.com/group-path", Form::Text),
    known("bitbucket.org/project-slug", Form::OwnerAndName),
    known("dev.azure.com/project-repo", Form::OwnerAndName),
    known("dev.azure.com/host-org", Form::Text),
    known("dev.azure.com/project", Form::Text),
    known("dev.azure.com/build-definition", Form::Text),
    known("jenkins.io/job-full-name", Form::Text),
    known("jenkins.io/github-folder", Form::Text),
    known("circleci.com/project-slug", Form::Triple),
    known("gocd.org/pipelines", Form::Text),
    known("sentry.io/project-slug", Form::Text),
    known("rollbar.com/project-slug", Form::Text),
    known("periskop.io/service-name", Form::Text),
    known("sonarqube.org/project-key", Form::Text),
    known("vault.io/secrets-path", Form::Text),
    known("vault.io/secrets-engine", Form::Text),
    known("pagerduty.com/integration-key", Form::IntegrationKey),
    known("pagerduty.com/service-id", Form::Id),
    known("opsgenie.com/component-selector", Form::Text),
    known("opsgenie.com/team", Form::Text),
    known("jira/project-key", Form::JiraKeys),
    known("jira/component", Form::Text),
    known("grafana/dashboard-selector", Form::Text),
    known("grafana/alert-label-selector", Form::Text),
    known("grafana/overview-dashboard", Form::Url),
    known("grafana/tag-selector", Form::Text),
    known("datadoghq.com/dashboard-url", Form::Url),
    known("datadoghq.com/graph-token", Form::Text),
    known("newrelic.com/dashboard-guid", Form::Text),
    known("dynatrace.com/dynatrace-entity-id", Form::Text),
    known("lighthouse.com/website-url", Form::Url),
    known("argocd/app-name", Form::Text),
    known("argocd/app-selector", Form::Text),
    known("argocd/app-namespace", Form::Text),
    known("argocd/project-name", Form::Text),
    known("argocd/instance-name", Form::Text),
    known("flux.io/instance-name", Form::Text),
    known("snyk.io/org-name", Form::Text),
    known("snyk.io/org-id", Form::Text),
    known("snyk.io/project-ids", Form::Text),
    known("snyk.io/targets", Form::Text),
    known("bugsnag.com/project-key", Form::Text),
    known("buildkite.com/project-slug", Form::OwnerAndName),
    known("codescene.io/project-id", Form::Id),
    known("humanitec.com/orgId", Form::Text),
    known("humanitec.com/appId", Form::Text),
    known("graph.microsoft.com/tenant-id", Form::Text),
    known("graph.microsoft.com/group-id", Form::Text),
    known("graph.microsoft.com/user-id", Form::Text),
    known("google.com/cloudbuild-project-slug", Form::Text),
    known("firehydrant.com/service-name", Form::Text),
    known("firehydrant.com/service-id", Form::Text),
    known("splunk/on-call-team", Form::Text),
    known("splunk.com/on-call-team", Form::Text),
    known("slack.com/channel-id", Form::Text),
    known("airbrake.io/project-id", Form::Id),
    known("cost-insights/project", Form::Text),
];

/// The annotation with this key.
pub fn find(key: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.key == key)
}

/// The known key that is one edit away from one that is not known.
pub fn meant_by(key: &str) -> Option<&'static str> {
    if find(key).is_some() {
        return None;
    }
    let lower = key.to_lowercase();
    let near = KNOWN.iter().map(|known| known.key).filter(|known| known.len().abs_diff(lower.len()) <= 1);
    near.into_iter().find(|known| crate::base::suggest::is_one_edit_away(known, &lower))
}

impl Form {
    /// Whether a value has this form.
    pub fn accepts(self, value: &str) -> bool {
        let value = value.trim();
        let parts = || value.split('/');
        let slug = |part: &str| !part.is_empty() && !part.contains([' ', ':', '@']);
        match self {
            Self::Elsewhere => true,
            Self::Text => !value.is_empty(),
            Self::Url => Url::parse(value).is_ok_and(|url| matches!(url.scheme(), "http" | "https")),
            Self::Location => value
                .split_once(':')
                .is_some_and(|(kind, target)| matches!(kind, "url" | "file" | "dir") && !target.trim().is_empty()),
            Self::Reference => {
                super::EntityRef::parse(value, super::Context::default()).is_ok_and(|one| format::is_name(&one.name))
            }
            // The project of Azure may have blanks in its name.
            Self::OwnerAndName => parts().count() == 2 && parts().all(|part| !part.is_empty() && !part.contains(':')),
            Self::Path => parts().count() >= 2 && parts().all(slug),
            Self::Triple => parts().count() == 3 && parts().all(slug),
            Self::JiraKeys => value.split(',').all(|key| is_jira_key(key.trim())),
            Self::Duration => is_duration(value),
            Self::IntegrationKey => value.len() == 32 && value.bytes().all(|byte| byte.is_ascii_alphanumeric()),
            Self::Id => !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric()),
            Self::DnsLabel => format::is_namespace(value),
            Self::OneOf(words) => words.contains(&value),
        }
    }

    /// What the form is, as a clause.
    pub fn described(self) -> String {
        match self {
            Self::Text | Self::Elsewhere => "a text".to_owned(),
            Self::Url => "an absolute URL: `https://…`".to_owned(),
            Self::Location => "a type and a target: `url:https://…`".to_owned(),
            Self::Reference => "a full entity reference: `component:default/name`".to_owned(),
            Self::OwnerAndName => "two parts with a slash between them: `owner/name`".to_owned(),
            Self::Path => "a path on the host: `group/project`".to_owned(),
            Self::Triple => "three parts with slashes between them: `github/owner/name`".to_owned(),
            Self::JiraKeys => "the key of a project: `SHOP`".to_owned(),
            Self::Duration => "an ISO 8601 duration: `PT4H`".to_owned(),
            Self::IntegrationKey => "32 letters and digits".to_owned(),
            Self::Id => "an id of letters and digits".to_owned(),
            Self::DnsLabel => "a name in lower case: letters, digits and `-`, 63 at most".to_owned(),
            Self::OneOf(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                crate::base::suggest::either(&words)
            }
        }
    }

    /// The value that was likely meant.
    pub fn mended(self, value: &str) -> Option<String> {
        let value = value.trim();
        let better = match self {
            // The URL of a project where its path is wanted.
            Self::OwnerAndName | Self::Path => {
                let url = Url::parse(value).ok().filter(|url| url.scheme().starts_with("http"))?;
                let path = url.path().trim_matches('/').trim_end_matches(".git");
                let most = if self == Self::OwnerAndName { 2 } else { usize::MAX };
                path.split('/')
                    .take_while(|part| !matches!(*part, "-" | "tree" | "blob"))
                    .take(most)
                    .collect::<Vec<_>>()
                    .join("/")
            }
            Self::Location if value.starts_with("http") => format!("url:{value}"),
            Self::JiraKeys => value.to_uppercase(),
            Self::DnsLabel => value.to_lowercase(),
            Self::Url if value.contains('.') && !value.contains([':', ' ']) => format!("https://{value}"),
            _ => return None,
        };
        self.accepts(&better).then_some(better)
    }
}

fn is_jira_key(key: &str) -> bool {
    let mut bytes = key.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_uppercase())
        && key.len() >= 2
        && bytes.all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// `P`, numbers with letters, and a `T` before those of the day.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (date, time) = rest.split_once('T').map_or((rest, None), |(date, time)| (date, Some(time)));
    let is_of = |text: &str, units: &str| {
        let parts: Vec<&str> = text.split_inclusive(|c: char| c.is_ascii_alphabetic()).collect();
        let mut left = units;
        parts.iter().all(|part| {
            let Some((at, unit)) = part.char_indices().last().filter(|(_, unit)| unit.is_ascii_alphabetic()) else {
                return false;
            };
            let number = &part[..at];
            let in_order = left.find(unit).map(|at| left = &left[at + 1..]).is_some();
            in_order && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        })
    };
    !rest.is_empty() && is_of(date, "YMWD") && time.is_none_or(|time| !time.is_empty() && is_of(time, "HMS"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_their_forms() {
        for (key, good, bad) in [
            ("github.com/project-slug", "acme/shop", "https://github.com/acme/shop"),
            ("gitlab.com/project-slug", "acme/apps/shop", "shop"),
            ("dev.azure.com/project-repo", "My project/shop", "shop"),
            ("circleci.com/project-slug", "github/acme/shop", "acme/shop"),
            ("jira/project-key", "SHOP, PAY_2", "shop"),
            ("backstage.io/time-saved", "P1DT4H30M", "4 hours"),
            ("backstage.io/time-saved", "PT0.5H", "P"),
            ("backstage.io/source-location", "url:https://a.example/b/", "https://a.example/b/"),
            ("backstage.io/view-url", "https://a.example", "a.example"),
            ("backstage.io/techdocs-entity", "component:shop", "shop"),
            ("backstage.io/kubernetes-namespace", "shop", "Shop"),
            ("backstage.io/code-coverage", "scm-only", "yes"),
            ("pagerduty.com/integration-key", "0123456789abcdef0123456789ABCDEF", "abc"),
            ("sentry.io/project-slug", "acme/shop", " "),
        ] {
            let form = find(key).unwrap().form;
            assert!(form.accepts(good), "{key}: {good}");
            assert!(!form.accepts(bad), "{key}: {bad}");
        }
    }

    #[test]
    fn what_was_meant_is_found() {
        for (form, value, better) in [
            (Form::OwnerAndName, "https://github.com/acme/shop.git", Some("acme/shop")),
            (Form::OwnerAndName, "https://github.com/acme/shop/tree/main", Some("acme/shop")),
            (Form::Path, "https://gitlab.com/acme/apps/shop/-/blob/main/a.yaml", Some("acme/apps/shop")),
            (Form::Location, "https://a.example/b", Some("url:https://a.example/b")),
            (Form::JiraKeys, "shop", Some("SHOP")),
            (Form::OwnerAndName, "shop", None),
        ] {
            assert_eq!(form.mended(value).as_deref(), better, "{value}");
        }
    }

    #[test]
    fn keys_stand_once() {
        let mut keys: Vec<&str> = KNOWN.iter().map(|known| known.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), KNOWN.len());
    }
}
