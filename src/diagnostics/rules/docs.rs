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
    DOCS_SETTING_IGNORED = "docs-setting-ignored", Completeness,
        "`mkdocs.yml` has settings or plugins that are not used",
        "Nothing of a repository is run, and the look of the site is one for all; the page may lack what they make.";
    DOCS_NOT_ANNOTATED = "docs-not-annotated", Completeness,
        "there is a `mkdocs.yml` beside a descriptor, and no entity names it as its documentation",
        "Readers do not find it: add the annotation `backstage.io/techdocs-ref: dir:.` to one of the entities.";
    PAGE_NOT_IN_NAV = "page-not-in-nav", Suspicious,
        "the nav of `mkdocs.yml` does not have a page, and its `validation` asks for all",
        "Readers find the page by search alone. Only sites with `validation.nav.omitted_files` are asked.";
    BROKEN_LINK = "broken-link", Suspicious,
        "a link in a documentation page leads to no page, file or heading",
        "Readers end at a 404.";
    IMAGE_NOT_SHOWN = "image-not-shown", Suspicious,
        "an image in a documentation page is of a type that is not copied to the site, or too large",
        "Only pictures, and no larger than a page can bear, are copied from repositories.";
    MARKDOWN_LIMIT = "markdown-limit", Suspicious,
        "a documentation page passes one of the reader's limits",
        "The rest of it is shown as plain text, so that one page cannot stall the build.";
    SNIPPET_MISSING = "snippet-missing", Suspicious,
        "a documentation page includes a file, or a part of one, that is not there",
        "Readers find a note in the place of the text. Nothing is fetched, and nothing outside of the repository is read.";
    FRONT_MATTER_INVALID = "front-matter-invalid", Suspicious,
        "the front matter of a documentation page is no YAML",
        "Its title and settings are lost, and readers see it as text.";
    MACRO_NOT_RUN = "macro-not-run", Completeness,
        "a documentation page holds what a template engine would fill in",
        "Nothing that stands in a repository is run, so `{{ x }}` and `{% x %}` are shown as they are.";
    DIAGRAM_NOT_RENDERED = "diagram-not-rendered", Suspicious,
        "a diagram in a documentation page could not be drawn",
        "Its source is shown instead, with a note.";
    DIAGRAM_SHOWN_AS_SOURCE = "diagram-shown-as-source", Completeness,
        "a diagram in a documentation page is in a language, or a part of one, that is not drawn",
        "Mermaid, Graphviz, and sequences and components in PlantUML are drawn when the site is built; other PlantUML is shown as source.";
    FORMULA_NOT_RENDERED = "formula-not-rendered", Completeness,
        "a formula in a documentation page could not be read",
        "It is shown as it is written.";
}
