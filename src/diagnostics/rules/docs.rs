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
    BROKEN_LINK = "broken-link", Suspicious,
        "a link in a documentation page leads to no page, file or heading",
        "Readers end at a 404.";
    DOCS_REFERENCE = "docs-reference", Suspicious,
        "a reference in a documentation page names an entity that does not exist",
        "It stays text where readers expect a link. Forms are `[[component:payments]]`, `entity:component:payments` and the addresses of Backstage.";
    IMAGE_NOT_SHOWN = "image-not-shown", Suspicious,
        "an image in a documentation page is of a type that is not copied to the site, or too large",
        "Only pictures, and no larger than a page can bear, are copied from repositories.";
    LARGE_IMAGE = "large-image", Suspicious,
        "an image in a documentation page is larger than 2 MiB",
        "Readers wait for it, those on the way with a telephone longest.";
    ALT_MISSING = "alt-missing", Completeness,
        "an image in a documentation page has no text in its place",
        "Who cannot see the picture learns nothing, and the search does not find it.";
    UNKNOWN_LANGUAGE = "unknown-language", Completeness,
        "a block of code names a language that is not known, and looks like one that is",
        "It is shown without colours.";
    SEVERAL_TITLES = "several-titles", Completeness,
        "a documentation page has more than one heading of level 1",
        "The first is the title of the page; a second one stands in no table of contents.";
    HEADING_SKIPPED = "heading-skipped", Completeness,
        "a heading is more than one level below the one before it",
        "The table of contents and screen readers take it for a part of something that is not there.";
    PAGE_OUTSIDE_NAV = "page-outside-nav", Completeness,
        "a documentation page is not in the nav of `mkdocs.yml`, and no page leads to it",
        "Only the search finds it.";
    DUPLICATE_TITLE = "duplicate-title", Pedantic,
        "two pages of one documentation have the same title",
        "In the nav and in the search nobody can tell them apart.";
    DOCS_OUTDATED = "docs-outdated", Completeness,
        "documentation was not changed for a year while the code beside it changed in the last 90 days",
        "It describes what was there once. Days are counted to the newest commit; where the history is not in view nothing is said.";
    COMPONENT_WITHOUT_DOCS = "component-without-docs", Policy,
        "a component has no documentation",
        "Who has to work with it has to ask. For organisations where each component is documented.";
    DECISION_SUPERSEDED_BY = "decision-superseded-by", Suspicious,
        "a decision record was superseded by one that does not exist, or does not say by which",
        "Readers learn that it no longer counts, and not what does.";
    DECISION_NUMBER_TWICE = "decision-number-twice", Suspicious,
        "two decision records of one folder have the same number",
        "People name decisions by their numbers.";
    DECISION_STATUS = "decision-status", Completeness,
        "the status of a decision record is none that is known",
        "It is shown as it is written. Known are accepted, proposed, rejected, deprecated, superseded, draft, amended, withdrawn and implemented.";
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
