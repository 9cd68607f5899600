//! The definition of an API on the page of its entity: its facts, its operations where it has a
//! reference, and its source as it was written, cut to what a page holds.

use serde::Serialize;

use crate::model::Entity;
use crate::{api, routes};

use super::super::context::Context;
use super::super::views::Fact;

/// Most lines of a definition on the page; the download has all.
const MAX_DEFINITION_LINES: usize = 2_000;
/// Most lines of one whose reference has pages of its own.
const MAX_LINES_BESIDE_REFERENCE: usize = 80;
/// Most bytes of either: what a program wrote may be one line.
const MAX_DEFINITION_BYTES: usize = 64 * 1024;

#[derive(Serialize)]
pub(super) struct ApiView {
    facts: Vec<Fact>,
    definition_html: Option<String>,
    truncated: Option<String>,
    download_href: Option<String>,
    download_name: Option<String>,
    overview: Option<super::super::api::Overview>,
    not_fetched: Option<String>,
}

/// The definition of an API.
pub(super) fn view(context: &Context<'_>, entity: &Entity) -> Option<ApiView> {
    let site = context.site;
    let texts = site.texts();
    match site.apis.of(entity.id).map(|api| &api.state) {
        Some(api::State::Read(read)) => {
            let definition = &read.definition;
            let overview = super::super::api::own(context, entity, read);
            let lines = definition.text.lines().count();
            // With a reference beside it the source is hardly read here.
            let most = if overview.is_some() { MAX_LINES_BESIDE_REFERENCE } else { MAX_DEFINITION_LINES };
            let head: String = definition.text.split_inclusive('\n').take(most).collect();
            let shown = &head[..head.floor_char_boundary(MAX_DEFINITION_BYTES)];
            let mut facts = vec![Fact::text(texts.t("Format"), definition.format.clone())];
            facts.extend(definition.title.as_ref().map(|title| Fact::text(texts.t("Title"), title.clone())));
            facts.extend(definition.version.as_ref().map(|version| Fact::mono(texts.t("Version"), version.clone())));
            let reference = &read.reference;
            facts.extend(reference.servers.first().map(|server| Fact::mono(texts.t("Server"), server.url.clone())));
            let schemes: Vec<&str> = reference.schemes.iter().map(|scheme| scheme.kind.as_str()).collect();
            if !schemes.is_empty() {
                facts.push(Fact::text(texts.t("Authentication"), schemes.join(", ")));
            }
            facts.push(Fact::text(texts.t("Size"), texts.counted(lines, "line", "lines")));
            facts.extend(
                super::super::docs::changed_day(site, &read.files).map(|day| Fact::text(texts.t("Last changed"), day)),
            );
            facts.extend(definition.file.map(|file| Fact::mono(texts.t("File"), site.sources.path(file))));
            let download = routes::api_definition(&entity.reference, definition.extension);
            Some(ApiView {
                facts,
                definition_html: Some(crate::markdown::highlight(shown, definition.language, site.memo)),
                truncated: match (shown.len() < head.len(), lines > most) {
                    (true, _) => Some(texts.t("Only its beginning is shown. The download has all.").to_owned()),
                    (_, true) => Some(texts.with(
                        "The first {n} of {lines} lines are shown. The download has all.",
                        &[("n", &texts.number(most)), ("lines", &texts.number(lines))],
                    )),
                    _ => None,
                },
                download_href: Some(context.href(&download)),
                download_name: Some(format!("{}.{}", entity.reference.name, definition.extension)),
                overview,
                not_fetched: None,
            })
        }
        Some(api::State::NotFetched(url)) => Some(ApiView {
            facts: Vec::new(),
            definition_html: None,
            truncated: None,
            download_href: None,
            download_name: None,
            overview: None,
            not_fetched: Some(url.clone()),
        }),
        None if api::needs_definition(entity) => Some(ApiView {
            facts: Vec::new(),
            definition_html: None,
            truncated: None,
            download_href: None,
            download_name: None,
            overview: None,
            not_fetched: None,
        }),
        None => None,
    }
}
