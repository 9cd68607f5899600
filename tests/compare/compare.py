"""Compares the pages of documentation folders as MkDocs with techdocs-core and catalog make them."""

import argparse
import difflib
import re
import sys
import tempfile
from collections import Counter

import prepare
import structure

# Characters of a block that are printed.
WIDTH = 400
THEIRS, OURS = "article", "main article"
# Markdown that was left standing as text: what a reader should never see outside of code.
LEFTOVERS = re.compile(
    r"""(^|\s)([-*+]|\d+[.)])\s+\S            # items of a list
    | ^\#{1,6}\s*\S | \s\#{2,6}\s+\S          # headings
    | \[!\w+\] | !!!\s+\w | \?\?\?\+?\s+\w    # alerts, admonitions
    | ===[!+]?\s+"                            # tabs
    | \|\s*:?-{3,} | ^\|.*\|$                 # tables
    | ``` | ~~~                               # fences
    | \*\*\S | \]\(\S                         # strong, links
    | `\S[^`]*` | \{:?\s*[.\#]\w | ^>\s | --8<-- | (^|\s)/{3,}(\s|$) | :[a-z]+-[a-z0-9-]+:
    | \+\+[\w+-]+\+\+ | \\[&] """,
    re.X | re.M,
)
# Of such leftovers what is no text: targets of links, names of blocks and their options, icons, attributes.
SYNTAX = re.compile(
    r"""(?<=\])\([^()\s]*(\s"[^"]*")?\) | (?<=\]:)\s*\S+ | /{3,}\s+html\s\|\s\S+ | /{3,}\s+[\w-]+ | (attrs|type|open|new|select):\s+(\{.*?\}|\S+)
    | (!!!|\?\?\?)\+?\s+\w+ | :[a-z]+-[a-z0-9-]+: | \{:?\s*[.\#]\w[^}]*\} | ```\s?\w+ | \+\+[\w+-]+\+\+""",
    re.X,
)


def leftovers(found):
    """How much Markdown stands as text in some blocks."""
    return sum(len(LEFTOVERS.findall(block[-1])) for block in found if block[0] != "code")


def compare_page(theirs, ours):
    """The verdict on a page, and the differences."""
    hunks = []
    matcher = difflib.SequenceMatcher(None, theirs, ours, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            hunks.append((verdict(theirs[a:b], ours[c:d]), theirs[a:b], ours[c:d]))
    lost = Counter(structure.words(theirs)) - Counter(structure.words(ours))
    if not hunks:
        return "equal", hunks, lost
    verdicts = {verdict for verdict, *_ in hunks}
    return ("better" if verdicts == {"better"} else "differs"), hunks, lost


def verdict(theirs, ours):
    """Better, when Markdown that MkDocs shows as text is an element with us and no text is gone."""
    before, after = leftovers(theirs), leftovers(ours)
    gone = Counter(words_shown(theirs)) - Counter(words_shown(ours))
    return "better" if after < before and not gone else "differs"


def words_shown(found):
    """The words of some blocks, without what is only syntax that was left standing."""
    text = [(block[-1] if block[0] == "code" else SYNTAX.sub(" ", block[-1]),) for block in found]
    return [word for word in structure.words(text) if not word.isdigit()]


def show(block):
    """A block in one line."""
    *head, text = block
    text = text.replace("\n", "⏎")
    return f"{' '.join(str(part) for part in head)}: {text[:WIDTH]}{'…' if len(text) > WIDTH else ''}"


def main():
    """Compares each folder; fails when less than the wanted share is equal or better."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", metavar="FOLDER", help="a folder with docs, and mkdocs.yml where there is one")
    parser.add_argument("--page", help="only pages whose path holds this, with all their blocks that differ")
    parser.add_argument("--at-least", type=float, default=95.0, metavar="PERCENT", help="fail below this share")
    parser.add_argument("--keep", metavar="DIR", help="build here, and leave it")
    arguments = parser.parse_args()
    total = Counter()
    for folder in arguments.folders:
        with _work(arguments.keep) as work:
            total += compare_folder(prepare.Pair(folder, work), arguments.page)
    pages = sum(total.values())
    good = total["equal"] + total["better"]
    share = 100 * good / pages if pages else 0
    print(f"\n{pages} pages: {total['equal']} equal, {total['better']} better, {total['differs']} differ: {share:.1f} % equal or better")
    return 0 if share >= arguments.at_least else 1


def _work(keep):
    class Work:
        def __enter__(self):
            self.temporary = None if keep else tempfile.TemporaryDirectory()
            return self.temporary.name if self.temporary else tempfile.mkdtemp(dir=keep)

        def __exit__(self, *_):
            if self.temporary:
                self.temporary.cleanup()

    return Work()


def compare_folder(pair, only):
    """Prints what differs; gives how many pages there are of each verdict."""
    shared, alone = pair.pages()
    counts = Counter()
    print(f"# {pair.name}: {len(shared)} pages")
    for source, which in alone:
        print(f"- {source}: only {which} makes a page of it")
    for source, theirs, ours in shared:
        if only and only not in source:
            continue
        found, hunks, lost = compare_page(structure.blocks(theirs, THEIRS), structure.blocks(ours, OURS))
        counts[found] += 1
        if found == "equal":
            continue
        print(f"\n## {source}: {found}")
        for verdict_of, before, after in hunks:
            if verdict_of == "better" and not only:
                continue
            for block in before:
                print(f"  - {show(block)}")
            for block in after:
                print(f"  + {show(block)}")
            print("    ~" if verdict_of == "better" else "    .")
        if lost and found == "differs":
            print(f"  lost words: {' '.join(sorted(lost)[:20])}")
    return counts


if __name__ == "__main__":
    sys.exit(main())
