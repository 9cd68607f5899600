"""What of a Markdown file is syntax and no text: words that may vanish when it is read right."""

import re
from collections import Counter

import structure

# Names of HTML elements: other names in angle brackets are placeholders, and text.
ELEMENTS = set(
    """a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption center cite code
    col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form
    frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main
    map mark menu meta meter nav noscript object ol optgroup option output p param picture path pre progress q rp rt
    ruby s samp script search section select slot small source span strike strong style sub summary sup svg table
    tbody td template textarea tfoot th thead time title tr track tt u ul use var video wbr""".split()
)
FENCE = re.compile(r"^[ \t>*+-]*(?:\d+[.)][ \t]+)?(?:`{3,}|~{3,})[ \t]*([^`\n]+)$", re.M)
SYNTAX = re.compile(
    r"""(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"]*")?\) | (?<=\])\[[^\]\n]*\] | (?<=\]:)[ ]*\S+ # targets of links
    | /{3,}[ ]+[\w-]+(?:[ ]+\|[ ]+[^\s]+(?=\n))? | ^[ ]+(?:attrs|type|open|new|select):.*$          # blocks
    | (?:!!!|\?\?\?)\+?[ ]+[\w -]+ | \[!\w+\] | :[a-z]+-[a-z0-9-]+: | \{:?[ ]*[.\#\w][^}\n]*\} # their names, icons, attributes
    | \+\+[\w+-]+\+\+ | !\[[^\]\n]*\] | </?[a-zA-Z][^>\n]*> | --8<--.*$""",
    re.X | re.M,
)
CODE = re.compile(r"(?<!`)(`+)(?!`)([^`\n]{2,200})(?<!`)\1(?!`)")
NAME = re.compile(r"</?([A-Za-z][\w .:/-]*)>")


class Page:
    """What the source of a page says about its words."""

    def __init__(self, file):
        text = file.read_text(encoding="utf-8", errors="replace")
        found = FENCE.findall(text)
        # Info strings as text: what a fence that was not read leaves standing.
        self.infos = {" ".join(info.split()) for info in found if info.strip()}
        # Words that are no text of the page.
        self.syntax = Counter(structure.words([(part,) for part in found + SYNTAX.findall(text)]))
        # Words that stand in the file: others were made when it was read wrong.
        self.words = Counter(structure.words([(text,)]))
        # Code in lines, as it is written.
        self.codes = {" ".join(code.split()) for _, code in CODE.findall(text)} - {""}
        names = [name for name in NAME.findall(text) if name.split()[0].split("/")[0].lower() not in ELEMENTS]
        # Words of placeholders, as in `<your-name>`, which Python-Markdown drops as tags.
        self.names = Counter(structure.words([(name,) for name in names]))

    def lost(self, before, after):
        """The words of the file that are in the first text and not in the second, syntax aside."""
        return ((before - after) & self.words) - self.syntax

    def found(self, before, after):
        """The words of the file that are only in the second text: text that the first one lost."""
        return ((after - before) & (self.words - self.syntax)) + ((after - before) & self.names)

    def code_kept(self, blocks):
        """How many pieces of code in a line are there as they are written."""
        texts = [block[-1] for block in blocks if block[0] != "code"]
        return sum(code in text for code in self.codes for text in texts)
