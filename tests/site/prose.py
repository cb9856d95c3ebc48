"""The prose of a page: its sentences as they are read, without what is no prose."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.site.reading import SVG, Page, has_class

BLOCKS = {"p", "li", "dd", "td", "th", "figcaption", "div", "article", "section", "aside", "dl", "ul", "ol", "tr", "tbody",
          "thead", "table", "figure", "details", "summary", "nav", "br", "caption", "hr", "blockquote", "main", "header"}
LEFT_OUT = {"h1", "h2", "h3", "h4", "h5", "h6", "dt", "thead", "caption", "code", "pre", "nav", f"{SVG}svg", "label", "legend",
            "button", "select", "form", "summary"}
"""Headings, labels, code and drawings."""

LEFT_OUT_CLASSES = {"hidden", "cite", "sources", "badge", "crumbs", "tel", "answer", "outside", "n"}
"""Lists of sources, badges, numbers to ring, and what is for screen readers only."""

NAMES = re.compile(r"(services|providers|sources|documents)/[^#]|mailto:|https?:")
"""Where a link leads whose words are a name or an address."""

A_NAME = "it"
"""What stands for a name: as short as can be, so that the long names of others do not count as our prose."""

NOT_PROSE = re.compile(r"(Also called|Described in|From|Not printed in any of the documents)\b")
"""How lists of names, of headings as printed and of topics begin."""

SENTENCE = re.compile(r"\w+\W+\w+\W+\w+.*[.?!:;…][’”)]*$", re.DOTALL)
"""Three words or more, and a mark at the end: not a figure, a name or a label."""


def prose(page: Page) -> list[str]:
    """The texts of a page that are sentences, each from one paragraph, item or cell."""
    links = {id(link): target for link, target in page.links()}
    parts = (" ".join(part.split()) for part in "".join(_parts(page.article, links)).split("\n"))
    return [part for part in parts if not NOT_PROSE.match(part) and SENTENCE.fullmatch(re.sub(rf"\b{A_NAME},? ", "", part))]


def _parts(element: Element, links: dict[int, str]) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in LEFT_OUT \
            or any(has_class(element, name) for name in LEFT_OUT_CLASSES):
        return
    if element.tag == "a" and NAMES.match(links.get(id(element), "")):
        yield A_NAME
        return
    edge = "\n" if element.tag in BLOCKS else ""
    yield edge
    yield element.text or ""
    for child in element:
        yield from _parts(child, links)
        yield child.tail or ""
    yield edge
