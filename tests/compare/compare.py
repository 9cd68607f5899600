"""Compares the pages of documentation folders as MkDocs with techdocs-core and catalog make them."""

import argparse
import difflib
import re
import sys
import tempfile
from collections import Counter

import prepare
import source
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


def leftovers(found, page):
    """How much Markdown stands as text in some blocks."""
    count = 0
    for block in found:
        if block[0] != "code":
            count += len(LEFTOVERS.findall(block[-1]))
            # A fence that was taken for code in a line: its info string is what the text begins with.
            count += any(block[-1].startswith(info + " ") for info in page.infos)
            # The escaped pipe of a table, in code.
            count += block[0] == "row" and "\\|" in block[-1]
    return count


def compare_page(theirs, ours, page):
    """The verdict on a page, and the differences."""
    hunks = []
    matcher = difflib.SequenceMatcher(None, theirs, ours, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            hunks.append((verdict(theirs[a:b], ours[c:d], page), theirs[a:b], ours[c:d]))
    lost = page.lost(Counter(structure.words(theirs)), Counter(structure.words(ours)))
    if not hunks:
        return "equal", hunks, lost
    verdicts = {verdict for verdict, *_ in hunks}
    return ("better" if verdicts == {"better"} else "differs"), hunks, lost


def verdict(theirs, ours, page):
    """Better, when no word is gone and MkDocs shows Markdown as text that is an element with us,
    lost words that are there with us, or changed code in a line."""
    before, after = Counter(structure.words(theirs)), Counter(structure.words(ours))
    gone = {word for word in page.lost(before, after) if not word.isdigit()}
    mended = leftovers(theirs, page) - leftovers(ours, page)
    more = page.found(before, after) or page.code_kept(ours) > page.code_kept(theirs)
    named = theirs[:1] == [("heading", "h1", "", "Index")] and len(theirs) == len(ours) == 1 and ours[0][:3] == theirs[0][:3]
    return "better" if named or (not gone and (mended > 0 or (more and mended == 0))) else "differs"


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
            try:
                total += compare_folder(prepare.Pair(folder, work), arguments.page)
            except prepare.NotBuilt as reason:
                print(f"# {folder}: not compared: {reason}")
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
    for name, which in alone:
        print(f"- {name}: only {which} makes a page of it")
    for name, theirs, ours in shared:
        if only and only not in name:
            continue
        page = source.Page(pair.docs / name)
        found, hunks, lost = compare_page(structure.blocks(theirs, THEIRS), structure.blocks(ours, OURS), page)
        counts[found] += 1
        if found == "equal":
            continue
        print(f"\n## {name}: {found}")
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
