"""Mark the first use of each glossary term on a page, with a link to where the term is explained.

A plain link does best for the most people. It can be reached by keyboard, touch and voice, in any browser and
without script; a screen reader reads the sentence as it stands and says ‘link’; on paper nothing is missing. The
`title` of an <abbr> shows to a mouse alone, a <details> would break the sentence in two, and a browser that does
not know popovers shows them all at once. Back leads to where one was reading, and the entry says so.

Only the first use is marked, so that a page stays calm, and none where a link would be in the way: in a heading or
another label, in a link or a control, in code or a drawing, or in words that are not shown. A term whose words
stand beside it, as in “Multi-Agency Risk Assessment Conference (MARAC)”, is explained already.

The content is parsed, changed and written again by selectolax, as a browser would read it. The parser of the
standard library takes about ten times as long, and would make the build of a large registry half as long again.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby

from selectolax.lexbor import LexborHTMLParser, LexborNode

from quiz.model import Term
from waymark_site.render import relative

PAGE = "glossary/"
"""The page that explains every term, each under its id."""

PASSED_OVER = frozenset((
    "h1", "h2", "h3", "h4", "h5", "h6", "th", "dt", "caption", "nav", "a", "button", "summary", "label", "legend",
    "select", "textarea", "code", "pre", "kbd", "samp", "svg", "script", "style", "template"))
"""Elements in which nothing is marked: headings and other labels, links and controls, code and drawings."""

LEFT_OUT = frozenset(("hidden", "sources"))
"""Classes of what is left out too: what is not shown, where a link would be a stop that nobody sees, and titles."""

BESIDE = 120
"""How many characters before and after a term are looked at for the words it stands for."""


@dataclass(frozen=True, slots=True)
class Use:
    """A term where it is first used: its place in one text of the page."""

    term: Term
    node: LexborNode
    start: int
    end: int


@dataclass(frozen=True)
class Marks:
    """The glossary, made ready to mark pages."""

    glossary: tuple[Term, ...]

    @cached_property
    def _spellings(self) -> dict[str, Term]:
        """Each term by the ways it may be written: in a sentence, at its start, and for more than one."""
        return {written + ending: term for term in self.glossary for ending in ("", "s")
                for written in (term.term, term.term[:1].upper() + term.term[1:])}

    @cached_property
    def _any_term(self) -> re.Pattern[str]:
        """Any spelling as a whole word, the longest first; sorted by first letters, which is twice as fast."""
        longest_first = sorted(self._spellings, key=lambda spelling: (spelling[0], -len(spelling)))
        choices = []
        for first, spellings in groupby(longest_first, key=lambda spelling: spelling[0]):
            rests = (re.escape(spelling[1:]).replace(r"\ ", r"\s+") for spelling in spellings)
            choices.append(f"{re.escape(first)}(?:{'|'.join(rests)})")
        return re.compile(rf"[\s(‘“/]({'|'.join(choices)})(?![\w-])")

    def marked(self, html: str, url: str) -> str:
        """The content of the page at this address, with each term marked where it is first used."""
        if not html.strip():
            return html
        tree = LexborHTMLParser(html, is_fragment=True)
        own = url == PAGE
        entries = "" if own else relative(url, PAGE)
        for node, uses in groupby(self._first_uses(tree, own), key=lambda use: use.node):
            _link(tree, node, [(use.start, use.end, f"{entries}#{use.term.id}") for use in uses])
        return tree.html

    def _first_uses(self, tree: LexborHTMLParser, own: bool) -> list[Use]:
        """Where each term is to be marked, in the order of the page; on the glossary's own page not in its entry."""
        nodes = [node for node in tree.root.traverse(include_text=True) if node.is_text_node]
        words = [node.text_content for node in nodes]
        starts = list(accumulate((len(text) + 1 for text in words), initial=1))
        page = " ".join(("", *words))
        first: dict[str, Use | None] = {}
        for found in self._any_term.finditer(page):
            term = self._spellings[" ".join(found[1].split())]
            if term.id in first:
                continue
            start, end = found.span(1)
            place = bisect_right(starts, start) - 1
            node, zero = nodes[place], starts[place]
            if end - zero > len(words[place]) or _is_passed_over(node, term.id if own else None):
                continue
            explained = _is_explained(term, page[max(0, start - BESIDE):start], page[end:end + BESIDE])
            first[term.id] = None if explained else Use(term, node, start - zero, end - zero)
        return [use for use in first.values() if use]


def _is_passed_over(node: LexborNode, entry: str | None) -> bool:
    """Whether a text is one in which nothing is marked, or stands in the entry with this id."""
    while (node := node.parent) is not None and node.is_element_node:
        given = node.attributes
        if node.tag in PASSED_OVER or "hidden" in given or not LEFT_OUT.isdisjoint((given.get("class") or "").split()) \
                or entry and given.get("id") == entry:
            return True
    return False


def _is_explained(term: Term, before: str, after: str) -> bool:
    """Whether the words that a term stands for are beside it, with the one or the other in brackets."""
    if not term.stands_for:
        return False
    words, before, after = _folded(re.sub(r"\(.*?\)", "", term.stands_for)), _folded(before), _folded(after)
    return before.endswith((f"{words} (", f"{words}s (")) or after.startswith(f"({words}")


def _folded(words: str) -> str:
    """Words without what does not change them: capitals, hyphens, and more than one space."""
    return " ".join(words.replace("-", " ").replace("(", " (").casefold().split())


def _link(tree: LexborHTMLParser, node: LexborNode, places: list[tuple[int, int, str]]) -> None:
    """Put links into a text: from, to and where each leads."""
    text, done = node.text_content, 0
    for start, end, address in places:
        link = tree.create_node("a")
        link.attrs["class"] = "term"
        link.attrs["href"] = address
        link.insert_child(text[start:end])
        node.insert_before(text[done:start])
        node.insert_before(link)
        done = end
    node.replace_with(text[done:])
