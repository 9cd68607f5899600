//! Pages that went elsewhere: `redirect_maps` of the plugin `redirects`.

use rustc_hash::FxHashMap;

use crate::base::{hosts, paths};
use crate::diagnostics::{BROKEN_LINK, Diagnostic};
use crate::model::format::is_dangerous_url;
use crate::routes;

use super::layers::invalid;
use super::plugins::Redirect;
use super::{Draft, Site, nav};

/// A page that went elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirected {
    /// The path that it had in the site.
    pub source: String,
    /// Where it went.
    pub to: Destination,
}

/// Where a page went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// To a page of the site, and a place on it.
    Page(usize, Option<String>),
    /// Out of the site.
    Url(String),
}

/// Broken redirects that get advice.
const MAX_ADVICE: usize = 100;
/// Longest way over redirects that lead to redirects.
const MAX_HOPS: usize = 20;

/// Follows the redirects of a site. Those that lead nowhere are findings.
pub(super) fn read(redirects: &[Redirect], draft: &mut Draft, findings: &mut Vec<Diagnostic>) {
    let next: FxHashMap<&str, &str> = redirects.iter().map(|one| (one.old.as_str(), one.new.as_str())).collect();
    let mut found = Vec::new();
    let mut advised = 0;
    for redirect in redirects {
        let at = |finding: Diagnostic| finding.subject(&redirect.old);
        let old = match paths::join("", &redirect.old) {
            Ok(old) if !draft.by_source.contains_key(&old) => old,
            _ => {
                let message = format!("`{}` is a page, so that nothing leads from it elsewhere", redirect.old);
                let finding = invalid(redirect.file, redirect.span, message).help("remove the page, or the redirect");
                findings.push(at(finding));
                continue;
            }
        };
        match destination(&redirect.new, draft, &next) {
            Ok(to) => found.push(Redirected { source: old, to }),
            Err(message) => {
                advised += 1;
                let pages = draft.content.pages.iter().take(if advised <= MAX_ADVICE { usize::MAX } else { 0 });
                let names = pages.map(|page| page.source.as_str());
                let help = crate::base::suggest::nearest(&redirect.new, names);
                let help =
                    help.filter(|_| message.ends_with("no such page")).map(|name| format!("did you mean `{name}`?"));
                let finding = Diagnostic::new(&BROKEN_LINK, format!("the redirect of `{}` {message}", redirect.old));
                findings.push(at(finding.at(redirect.file, redirect.span)).maybe_help(help));
            }
        }
    }
    // A link to the old page leads to the new one at once.
    for redirect in &found {
        match &redirect.to {
            Destination::Page(page, anchor) => {
                if let Some(anchor) = anchor {
                    draft.landed.insert(redirect.source.clone(), anchor.clone());
                }
                let source = draft.content.pages[*page].source.clone();
                draft.name(redirect.source.clone(), &source);
            }
            Destination::Url(url) => drop(draft.moved.insert(redirect.source.clone(), url.clone())),
        }
    }
    draft.content.redirects = found;
}

fn destination(target: &str, draft: &Draft, next: &FxHashMap<&str, &str>) -> Result<Destination, String> {
    let mut target = target;
    for _ in 0..MAX_HOPS {
        if is_dangerous_url(target) {
            return Err("leads to what would run code".to_owned());
        }
        if nav::is_url(target) {
            return Ok(Destination::Url(hosts::without_credentials(target)));
        }
        let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
        let page = paths::join("", path).ok().and_then(|path| draft.by_source.get(&path));
        if let Some(&page) = page {
            let rendered = &draft.content.pages[page].rendered;
            return match anchor.filter(|anchor| !anchor.is_empty()) {
                None => Ok(Destination::Page(page, None)),
                Some(anchor) => match rendered.anchor(&paths::percent_decoded(anchor)) {
                    Some(id) => Ok(Destination::Page(page, Some(id.to_owned()))),
                    None => Err(format!("leads to `{target}`, and there is no such heading")),
                },
            };
        }
        match next.get(path) {
            Some(further) => target = further,
            None => return Err(format!("leads to `{target}`, and there is no such page")),
        }
    }
    Err("leads in a circle".to_owned())
}

/// The page that stands where another one was. It works without JavaScript and from any folder.
pub(super) fn page_html(site: &Site, number: usize) -> Option<(String, Vec<u8>)> {
    let redirect = site.content.redirects.get(number)?;
    let output = site.redirect_outputs.get(number)?;
    let (href, title) = match &redirect.to {
        Destination::Url(url) => (url.clone(), url.as_str()),
        Destination::Page(page, anchor) => {
            let to = anchor
                .as_ref()
                .map_or_else(|| site.outputs[*page].clone(), |anchor| format!("{}#{anchor}", site.outputs[*page]));
            // The reader of stored pages knows their folders.
            let is_stored = output.starts_with("techdocs/");
            let stored = || super::render::stored_href(output, &site.outputs[*page], anchor.as_deref());
            let href = if is_stored { stored() } else { routes::link(output, &to) };
            (href, site.content.pages[*page].title.as_str())
        }
    };
    Some((output.clone(), leading_on(&href, title)))
}

/// A page that leads on.
pub(super) fn leading_on(href: &str, title: &str) -> Vec<u8> {
    let (href, title) = (escaped(href), escaped(title));
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <link rel=\"canonical\" href=\"{href}\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n</head>\n<body>\n<main>\n\
         <h1>This page has moved</h1>\n<p>It is now <a href=\"{href}\">{title}</a>.</p>\n</main>\n</body>\n</html>\n"
    );
    html.into_bytes()
}

/// Text for HTML and its attributes.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
