"""A page as a list of blocks: what a reader sees, without how it is written in HTML."""

import re
import unicodedata

from bs4 import BeautifulSoup, Comment, NavigableString, Tag

INLINE = set("a abbr b br button cite code del em i img input ins kbd label mark s samp small span strong sub sup svg u var wbr math".split())
# Parts of a theme, not of the text.
NOISE = """a.headerlink, a.anchor, .linenos, .copy, button, script, style, nav.md-tags, aside.md-source-file,
.md-content__button, .visually-hidden, .page-marks, .footnote-backref, .footnote-back, .footnote > hr, sup.footnote-ref,
a[aria-label="Back to the text"], p.lead, sup[id^=fnref], .md-annotation"""
# Emoji are a picture there and a letter here; whether as text or in colour is the font's business.
EMOJI = "img.emojione, img.twemoji, img.gemoji"


def blocks(path, selector):
    """The blocks of the element that a selector finds in a page."""
    with open(path, encoding="utf-8") as file:
        soup = BeautifulSoup(file, "html5lib")
    root = soup.select_one(selector)
    if root is None:
        return []
    for noise in root.select(NOISE):
        noise.decompose()
    for emoji in root.select(EMOJI):
        emoji.replace_with(emoji.get("alt", ""))
    for comment in root.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    out = []
    _children(root, out, 0)
    return out


def words(found):
    """All words of a page, to see whether text was lost."""
    # Underscores at their ends may be emphasis.
    found = (word.strip("_") for block in found for word in re.findall(r"\w+", block[-1]))
    return [word.casefold() for word in found if word]


def _children(element, out, depth):
    run = []
    for child in list(element.children):
        if isinstance(child, NavigableString) or (isinstance(child, Tag) and child.name in INLINE):
            if not _is_block_in_disguise(child):
                run.append(child)
                continue
        _flush(run, out, depth)
        if isinstance(child, Tag):
            _block(child, out, depth)
    _flush(run, out, depth)


def _is_block_in_disguise(child):
    return isinstance(child, Tag) and child.name in INLINE and child.find(["p", "ul", "ol", "pre", "table", "div"]) is not None


def _flush(run, out, depth):
    text = _text("".join(_inline(node) for node in run))
    pictures = sum(len(node.find_all("img")) + (node.name == "img") for node in run if isinstance(node, Tag))
    run.clear()
    if text or pictures:
        out.append(("p", depth, pictures, text))


def _block(element, out, depth):
    name, classes = element.name, element.get("class") or []
    if re.fullmatch("h[1-6]", name):
        out.append(("heading", name, element.get("id") or "", _text(_inline(element))))
    elif "diagram" in classes and element.find("pre"):
        # TechDocs leaves a diagram to the browser; here it is drawn, and its source is below.
        out.append(("code", _code(element.find("pre"))))
    elif name == "pre" or "highlight" in classes or (name == "figure" and "code" in classes):
        title = element.select_one(".filename, figcaption")
        if title:
            out.append(("code-title", _text(_inline(title))))
            title.decompose()
        out.append(("code", _code(element)))
    elif name == "table":
        if "highlighttable" in classes:
            out.append(("code", _code(element)))
        else:
            _table(element, out)
    elif "footnote" in classes or "footnotes" in classes:
        _footnotes(element, out)
    elif name in ("ul", "ol"):
        _list(element, out, depth)
    elif name == "details" or "admonition" in classes:
        _admonition(element, classes, out, depth)
    elif "tabbed-set" in classes or "tabs" in classes:
        _tabs(element, out, depth)
    elif name in ("dt", "dd"):
        out.append((name, depth, ""))
        _children(element, out, depth + 1)
    elif name == "blockquote":
        # Python-Markdown makes one of quotes that follow each other at once.
        if not _follows_its_kind(element):
            out.append(("quote", depth, ""))
        _children(element, out, depth + 1)
    elif name == "hr":
        out.append(("rule", ""))
    else:
        _children(element, out, depth)


def _list(element, out, depth):
    """A list; one that another of its kind follows at once is one with it, as a reader sees it."""
    if not _follows_its_kind(element):
        out.append((element.name, depth, ""))
    for item in element.find_all("li", recursive=False):
        out.append(("item", depth, ""))
        _children(item, out, depth + 1)


def _follows_its_kind(element):
    before = element.find_previous_sibling()
    return before is not None and before.name == element.name and _only_space_between(before, element)


def _footnotes(element, out):
    """Notes in the order of their text: some number by the definition, some by the first reference."""
    out.append(("footnotes", ""))
    notes = []
    for item in element.find_all("li"):
        note = []
        _children(item, note, 0)
        notes.append(note)
    out.extend(block for note in sorted(notes) for block in note)


def _only_space_between(before, element):
    node = before.next_sibling
    while node is not None and node is not element:
        if str(node).strip():
            return False
        node = node.next_sibling
    return True


def _table(element, out):
    rows = element.find_all("tr")
    width = max((len(row.find_all(["td", "th"], recursive=False)) for row in rows), default=0)
    out.append(("table", len(rows), width, ""))
    for row in rows:
        out.append(("row", _text(" | ".join(_inline(cell) for cell in row.find_all(["td", "th"])))))


def _admonition(element, classes, out, depth):
    title = element.find(["summary"], recursive=False) or element.find(class_="admonition-title")
    named = _text(_inline(title)) if title else ""
    if title:
        title.decompose()
    kind = "details" if element.name == "details" else "admonition"
    out.append((kind, depth, named))
    _children(element, out, depth + 1)


def _tabs(element, out, depth):
    labels = [_text(_inline(label)) for label in element.find_all("label")]
    panels = element.select(":scope > .tabbed-content > .tabbed-block, :scope > .tab-panel")
    own = labels if not panels else [
        _text(_inline(label))
        for label in element.select(":scope > .tabbed-labels > label, :scope > label")
    ]
    out.append(("tabs", depth, len(own), " | ".join(own)))
    for panel in panels:
        _children(panel, out, depth + 1)


def _code(element):
    for gutter in element.select(".linenos, .linenodiv"):
        gutter.decompose()
    # Markers of annotations: Material makes them in the browser.
    for marker in element.select("a.annotation"):
        marker.replace_with(f"({marker.get_text()})!")
    text = "".join(element.strings)
    # Python-Markdown makes spaces of tabs before anything else.
    return "\n".join(line.expandtabs(4).rstrip() for line in text.strip("\n").splitlines())


def _inline(node):
    if isinstance(node, NavigableString):
        return str(node)
    if node.name == "br":
        return " "
    return "".join(_inline(child) for child in node.children)


# Quotes, dashes and dots that an extension may set in type are the same text.
TYPE = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "--", "—": "---", "…": "...", "\u00a0": " ", "\ufe0f": None})


def _text(text):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(TYPE)).strip()
