"""Builds one documentation folder twice: as TechDocs would, and with catalog."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

# What TechDocs' generator lets through; the rest of mkdocs.yml it removes before MkDocs runs.
SETTINGS = """site_name site_url site_description site_author repo_url repo_name edit_uri edit_uri_template
docs_dir site_dir nav exclude_docs not_in_nav theme plugins markdown_extensions extra extra_css use_directory_urls
strict copyright validation""".split()
THEME = "name font icon logo favicon language direction palette features".split()
PLUGINS = "techdocs-core search material/search redirects group".split()
ENTRY_POINTS = importlib.metadata.entry_points(group="markdown.extensions").names
SKIPPED = shutil.ignore_patterns(
    ".git", "node_modules", "catalog-info.y*ml", "catalog-config.y*ml", "target", "site"
)
DESCRIPTOR = """apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: compare
  annotations:
    backstage.io/techdocs-ref: dir:.
spec: {type: library, lifecycle: production, owner: group:compare}
"""


class Loader(yaml.SafeLoader):
    """Reads tags as the values under them: nothing from an input is run."""


def _untagged(loader, _suffix, node):
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


Loader.add_multi_constructor("!", _untagged)
# What is named by a Python tag has no value here.
NAMED = object()
Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: NAMED)


class NotBuilt(Exception):
    """A folder that one of the two does not build, so that there is nothing to compare."""


class Pair:
    """A folder, built twice."""

    def __init__(self, source, work):
        self.source = Path(source).resolve()
        self.name = self.source.name
        self.repository = Path(work) / "repository"
        shutil.copytree(self.source, self.repository, ignore=SKIPPED, symlinks=True)
        self.theirs = Path(work) / "theirs"
        self.ours = Path(work) / "ours"
        self.docs = self._mkdocs(Path(work))
        self._catalog()

    def _mkdocs(self, work):
        names = [name for name in ("mkdocs.yaml", "mkdocs.yml") if (self.repository / name).exists()]
        written = yaml.load((self.repository / names[0]).read_text(), Loader) if names else {}
        config = {key: value for key, value in (written or {}).items() if key in SETTINGS}
        docs = (self.repository / (config.get("docs_dir") or "docs")).resolve()
        if not docs.is_dir():
            raise NotBuilt(f"there is no folder {docs.name}")
        _without_icons(docs)
        config.setdefault("site_name", self.name)
        config["site_dir"] = str(self.theirs)
        theme = config.get("theme") if isinstance(config.get("theme"), dict) else {}
        config["theme"] = {key: value for key, value in theme.items() if key in THEME} | {"name": "material"}
        plugins = [plugin for plugin in config.get("plugins") or [] if _name(plugin) in PLUGINS]
        own = next((plugin for plugin in plugins if _name(plugin) == "techdocs-core"), "techdocs-core")
        config["plugins"] = [plugin for plugin in plugins if plugin is not own] + [own]
        config["markdown_extensions"] = _installed(config.get("markdown_extensions"))
        # MkDocs refuses `docs_dir: .`, which a plugin that TechDocs drops makes possible.
        at = work / "mkdocs.yml" if docs == self.repository.resolve() else self.repository / "mkdocs.techdocs.yml"
        config["docs_dir"] = str(docs.relative_to(at.parent.resolve()))
        at.write_text(yaml.safe_dump(config, sort_keys=False, allow_unicode=True))
        environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", at],
            # Where TechDocs runs it: snippets are looked for from there.
            cwd=self.repository,
            capture_output=True,
            text=True,
            env=environment,
        )
        if done.returncode != 0:
            raise NotBuilt(f"MkDocs does not build it:\n{done.stderr[-2000:]}")
        if at.parent == self.repository:
            at.unlink()
        return docs

    def _catalog(self):
        (self.repository / "catalog-info.yaml").write_text(DESCRIPTOR)
        done = subprocess.run(
            [os.environ["CATALOG"], "build", self.repository, "--out-dir", self.ours, "--world", "open", "--quiet"],
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise NotBuilt(f"catalog does not build it:\n{done.stderr[-2000:]}")

    def pages(self):
        """The Markdown files that both made a page of, with the two pages."""
        shared, alone = [], []
        for file in sorted(self.docs.rglob("*.md")):
            source = file.relative_to(self.docs).as_posix()
            theirs, ours = self.theirs / _their_page(source), self.ours / "docs/default/component/compare" / _our_page(source)
            if theirs.exists() and ours.exists():
                shared.append((source, theirs, ours))
            elif theirs.exists() or ours.exists():
                alone.append((source, "MkDocs" if theirs.exists() else "catalog"))
        return shared, alone


def _name(plugin):
    return next(iter(plugin)) if isinstance(plugin, dict) else plugin


def _installed(extensions):
    """Extensions as TechDocs takes them; ours are named for options only that are plain data."""
    kept = []
    for extension in extensions or []:
        name = _name(extension)
        options = extension.get(name) if isinstance(extension, dict) else None
        plain = {key: value for key, value in (options or {}).items() if value is not NAMED and key != "custom_fences"}
        if name == "pymdownx.snippets":
            # One file that is missing ends the whole build there.
            plain["check_paths"] = False
        if ":" in name or not _is_there(name):
            continue
        kept.append({name: plain} if plain else name)
    return kept


def _without_icons(docs):
    """Drops icons of pages that Material does not have: MkDocs builds no page then."""
    icons = Path(importlib.util.find_spec("material").origin).parent / "templates" / ".icons"
    for file in docs.rglob("*.md"):
        text = file.read_text(encoding="utf-8", errors="surrogateescape")
        front = re.match(r"---\n.*?\n---\n", text, re.S)
        named = re.search(r"^icon: *[\"']?([\w/-]+)[\"']? *\n", front.group(), re.M) if front else None
        if named and not (icons / f"{named.group(1)}.svg").exists():
            text = text.replace(named.group(), "\n" if front.group().count("\n") > 3 else "hide: []\n", 1)
            file.write_text(text, encoding="utf-8", errors="surrogateescape")


def _is_there(name):
    """Whether an extension can be loaded: others are not in TechDocs' image either."""
    if name in ENTRY_POINTS:
        return True
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _is_index(source):
    return Path(source).name.lower() in ("index.md", "readme.md")


def _their_page(source):
    path = Path(source)
    return path.parent / "index.html" if _is_index(source) else path.with_suffix("") / "index.html"


def _our_page(source):
    path = Path(source)
    return path.parent / "index.html" if _is_index(source) else path.with_suffix(".html")
