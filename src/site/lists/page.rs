//! A list of entities: what it is of, and its pages. The script of the theme makes of it a list that
//! can be filtered; without it, it is whole, or leads to the rest.

use serde::Serialize;

use crate::model::EntityId;
use crate::routes::{self, Shelf};
use crate::site::context::{Context, icon};
use crate::site::views::{Facet, FacetOption, Link, Pages, Row, Way};
use crate::site::{Error, Site};

use super::paged::{common, numbered, paged};
use super::{MAX_BELOW, rail};

/// What all entities of a list have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scope {
    /// Nothing: all are on it.
    All,
    /// Their kind.
    Kind(String),
    /// Their owner, or one below it.
    Owner(EntityId),
    /// Their system.
    System(EntityId),
    /// Their domain, or one inside of it.
    Domain(EntityId),
    /// A tag, in lower case.
    Tag(String),
    /// Their namespace, in lower case.
    Namespace(String),
}

/// The same for the script: a column of its data and a value.
#[derive(Debug, Serialize)]
pub(super) struct ScopeView {
    column: &'static str,
    value: String,
}

impl Scope {
    fn view(&self, site: &Site<'_>) -> ScopeView {
        let key = |id: &EntityId| site.catalog.entity(*id).key();
        let (column, value) = match self {
            Self::All => ("", String::new()),
            Self::Kind(kind) => ("kind", kind.to_lowercase()),
            Self::Owner(id) => ("owner", key(id)),
            Self::System(id) => ("system", key(id)),
            Self::Domain(id) => ("domain", key(id)),
            Self::Tag(tag) => ("tag", tag.clone()),
            Self::Namespace(namespace) => ("namespace", namespace.clone()),
        };
        ScopeView { column, value }
    }

    /// The pages of the list.
    pub(super) fn path(&self, site: &Site<'_>, page: usize) -> String {
        let reference = |id: &EntityId| &site.catalog.entity(*id).reference;
        match self {
            Self::All => routes::list(None, page),
            Self::Kind(kind) => routes::list(Some(kind), page),
            Self::Owner(id) => routes::shelf(Shelf::Owner(reference(id)), page),
            Self::System(id) => routes::shelf(Shelf::System(reference(id)), page),
            Self::Domain(id) => routes::shelf(Shelf::Domain(reference(id)), page),
            Self::Tag(tag) => routes::shelf(Shelf::Tag(tag), page),
            Self::Namespace(namespace) => routes::shelf(Shelf::Namespace(namespace), page),
        }
    }

    /// Whether it is one of the few lists of all or of a kind.
    pub(super) fn is_wide(&self) -> bool {
        matches!(self, Self::All | Self::Kind(_))
    }

    /// Whether both lists are of owners, or both of tags.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// What may be shown of each entity beside its name.
    fn columns(&self) -> &'static [&'static str] {
        let Self::Kind(kind) = self else {
            // What many tags or namespaces have is on as many lists: there a row says what tells one from another.
            return match self {
                Self::System(_) => &["kind", "type", "lifecycle", "owner"],
                Self::Tag(_) | Self::Namespace(_) => &["kind", "owner"],
                _ => &["kind", "type", "lifecycle", "owner", "system"],
            };
        };
        match kind.as_str() {
            "User" => &["tags"],
            "Group" | "Location" => &["type", "tags"],
            "System" | "Domain" => &["owner", "system", "tags"],
            "Resource" => &["type", "owner", "system", "tags"],
            "Template" => &["type", "owner", "tags"],
            _ => &["type", "lifecycle", "owner", "system", "tags"],
        }
    }
}

/// What a page of a list shows.
#[derive(Serialize)]
pub(super) struct Body {
    pub(super) heading: String,
    pub(super) kind: Option<String>,
    pub(super) total: usize,
    pub(super) breadcrumbs: Vec<Way>,
    pub(super) subject: Option<Link>,
    pub(super) facets: Vec<Facet>,
    /// The kinds whose icons the page may show.
    pub(super) symbols: Vec<String>,
    pub(super) columns: Vec<&'static str>,
    pub(super) rows: Vec<Row>,
    pub(super) pages: Option<Pages>,
    pub(super) rest: Option<Rest>,
    pub(super) filter: Option<Filter>,
}

/// What the script needs to know.
#[derive(Serialize)]
pub(super) struct Filter {
    data: String,
    folder: String,
    scope: ScopeView,
}

/// What a list leaves out, and where that is.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Rest {
    pub(super) count: usize,
    pub(super) ways: Vec<FacetOption>,
    /// The page that has the other ways, where there are more.
    pub(super) more: Option<Way>,
}

/// A list before it is rendered.
pub(in crate::site) struct ListPlan<'a> {
    pub(super) scope: Scope,
    pub(super) heading: String,
    /// The title of its first page; those of a site must differ.
    pub(super) title: String,
    pub(super) description: Option<String>,
    /// The index that it stands in, by title and path.
    pub(super) index: Option<(&'static str, String)>,
    pub(super) entities: std::borrow::Cow<'a, [EntityId]>,
    /// How many belong on it.
    pub(super) total: usize,
    /// Lists that have those that this one leaves out.
    pub(super) below: Vec<Scope>,
}

/// The pages of a list.
pub(in crate::site) fn pages(site: &Site<'_>, plan: &ListPlan<'_>) -> Result<(), Error> {
    let path = |page: usize| plan.scope.path(site, page);
    paged(site, plan.entities.len(), &path, &|context, range, pages| {
        let title = numbered(site, &plan.title, range.start);
        let rows: Vec<Row> = plan.entities[range].iter().map(|&id| context.row(id)).collect();
        let is_of = |kind: &str| plan.scope == Scope::Kind(kind.to_owned());
        let subject = match plan.scope {
            Scope::Owner(id) | Scope::System(id) | Scope::Domain(id) => Some(context.link(id)),
            _ => None,
        };
        let subject_way = subject.as_ref().and_then(|link| link.href.clone());
        let kind = match &plan.scope {
            Scope::Kind(kind) => Some(icon(kind)),
            _ => subject.as_ref().map(|link| link.kind.clone()),
        };
        let columns = plan.scope.columns();
        let body = Body {
            heading: plan.heading.clone(),
            kind,
            total: plan.total,
            breadcrumbs: breadcrumbs(context, plan, subject.as_ref()),
            subject,
            facets: rail::facets(context, Some(&plan.scope)),
            symbols: symbols(site, &plan.scope),
            columns: columns.iter().copied().filter(|column| has(column, &rows)).collect(),
            rows,
            pages,
            rest: rest(context, plan.total - plan.entities.len(), &plan.below, subject_way),
            filter: filter(context, &plan.scope),
        };
        let section = if is_of("API") { "apis" } else { "catalog" };
        let common = common(context.from, title, section, plan.description.clone());
        site.theme.render("list.html", &common, &body)
    })
}

/// Whether a column has something in it.
pub(in crate::site) fn has(column: &str, rows: &[Row]) -> bool {
    rows.iter().any(|row| match column {
        "type" => row.spec_type.is_some(),
        "lifecycle" => row.lifecycle.is_some(),
        "owner" => row.owner.is_some(),
        "system" => row.system.is_some(),
        "tags" => !row.tags.is_empty(),
        _ => true,
    })
}

fn breadcrumbs(context: &Context<'_>, plan: &ListPlan<'_>, subject: Option<&Link>) -> Vec<Way> {
    let Some((title, path)) = &plan.index else { return Vec::new() };
    let way = |title: &str, path: Option<&str>| Way { title: title.to_owned(), href: path.map(|to| context.href(to)) };
    let last = match (&plan.scope, subject) {
        (_, Some(subject)) => subject.title.clone(),
        (Scope::Tag(_) | Scope::Namespace(_), None) => plan.heading.clone(),
        _ => plan.title.clone(),
    };
    let texts = context.site.texts();
    vec![way(texts.t("Catalog"), Some(&routes::list(None, 1))), way(texts.t(title), Some(path)), way(&last, None)]
}

/// Where so many are that a list leaves out; `page` names the lists that are too many for this one.
pub(super) fn rest(context: &Context<'_>, count: usize, below: &[Scope], page: Option<String>) -> Option<Rest> {
    let ways = || below.iter().take(MAX_BELOW).filter_map(|one| rail::option(context, one)).collect();
    let title = || context.site.texts().with("All {n}", &[("n", &below.len())]);
    let more = page.filter(|_| below.len() > MAX_BELOW).map(|href| Way { title: title(), href: Some(href) });
    (count > 0).then(|| Rest { count, ways: ways(), more })
}

fn filter(context: &Context<'_>, scope: &Scope) -> Option<Filter> {
    let site = context.site;
    let data = site.list_data.as_ref()?;
    Some(Filter {
        data: context.href(data),
        folder: context.href(&routes::list_data("")).trim_end_matches(".js").to_owned(),
        scope: scope.view(site),
    })
}

/// The icons of the kinds that there are, and of the list's own where it is empty.
pub(super) fn symbols(site: &Site<'_>, scope: &Scope) -> Vec<String> {
    let kinds = site.index.kind_counts.iter().map(|(id, count)| (&site.catalog.kinds.get(*id).name, *count));
    let shown = kinds.filter(|(name, count)| *count > 0 || *scope == Scope::Kind(name.to_string()));
    shown.map(|(name, _)| icon(name)).collect()
}
