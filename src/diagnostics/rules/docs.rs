//! Documentation, and the pages of the site.

use super::rules;

rules! {
    PATH_COLLISION = "path-collision", Suspicious,
        "two pages of the site would have the same path on a file system that ignores case",
        "One of them gets a suffix, so that both can be read; links from elsewhere may lead to the other one.";
    DOCS_REF_INVALID = "docs-ref-invalid", Correctness,
        "the value of `backstage.io/techdocs-ref` is not written as one",
        "It is `dir:` with a folder relative to the descriptor, or `url:` with an absolute URL.";
    DOCS_NOT_FOUND = "docs-not-found", Suspicious,
        "`backstage.io/techdocs-ref` leads to no documentation",
        "The page has a link to documentation that is not there.";
    DOCS_NOT_FETCHED = "docs-not-fetched", Completeness,
        "documentation is in a repository outside of the workspace",
        "It is not fetched: the build reads what is checked out. Add the repository to the sources to have it built.";
    DOCS_SETTINGS_INVALID = "docs-settings-invalid", Suspicious,
        "a value of `mkdocs.yml` cannot be used",
        "The site is built as if the setting was not there.";
    NAV_PAGE_MISSING = "nav-page-missing", Suspicious,
        "the nav of `mkdocs.yml` names a page that does not exist",
        "Readers find a title that leads nowhere.";
    BROKEN_LINK = "broken-link", Suspicious,
        "a link in a documentation page leads to no page, file or heading",
        "Readers end at a 404.";
    DOCS_REFERENCE = "docs-reference", Suspicious,
        "a reference in a documentation page names an entity that does not exist",
        "It stays text where readers expect a link. Forms are `[[component:payments]]`, `entity:component:payments` and the addresses of Backstage.";
    IMAGE_NOT_SHOWN = "image-not-shown", Suspicious,
        "an image in a documentation page is of a type that is not copied to the site, or too large",
        "Only pictures, and no larger than a page can bear, are copied from repositories.";
    MARKDOWN_LIMIT = "markdown-limit", Suspicious,
        "a documentation page passes one of the reader's limits",
        "The rest of it is shown as plain text, so that one page cannot stall the build.";
}
