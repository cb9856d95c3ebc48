"""Pages of a built site as a test reads them: parsed as a browser does, with their texts and links."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

from tests.site.building import SITE_URL

SVG = "{http://www.w3.org/2000/svg}"
"""What the names of drawn elements begin with."""

INLINE = {"a", "b", "code", "em", "span", "strong"}


@dataclass(frozen=True)
class Page:
    """One HTML file."""

    url: str
    """Its address from the top of the site: `services/idva/`; empty for home."""
    root: Element

    @property
    def article(self) -> Element:
        """What the page says, without header and footer."""
        return self.root.find(".//article")

    @property
    def title(self) -> str:
        return text(self.root.find("head/title"))

    def meta(self, key: str, value: str) -> list[str]:
        """The contents of the <meta> tags that have this attribute."""
        return [tag.get("content") for tag in self.root.iterfind("head/meta") if tag.get(key) == value]

    def ids(self) -> list[str]:
        return [element.get("id") for element in self.root.iter() if element.get("id")]

    def links(self) -> Iterator[tuple[Element, str]]:
        """Every link with where it leads: an address from the top of this site (`x/#y`), or one outside."""
        # an error page stands at whatever address was asked for
        here = "no/such/page/" if self.url == "404.html" else self.url
        for link in self.root.iter("a"):
            target = urljoin(SITE_URL + here, link.get("href"))
            yield link, target.removeprefix(SITE_URL)


def parse(html: bytes) -> Element:
    return html5lib.parse(html, transport_encoding="utf-8", namespaceHTMLElements=False)


class Pages(Mapping[str, Page]):
    """The pages of a built site by address, each parsed when it is first asked for: all of them take many seconds."""

    def __init__(self, folder: Path) -> None:
        self._files = {file.relative_to(folder).as_posix().removesuffix("index.html"): file
                       for file in sorted(folder.rglob("*.html"))}
        self._read: dict[str, Page] = {}

    def __getitem__(self, url: str) -> Page:
        if url not in self._read:
            self._read[url] = Page(url, parse(self._files[url].read_bytes()))
        return self._read[url]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def text(element: Element) -> str:
    """All its text, with single spaces, and one wherever a block, a cell or a line ends."""
    return " ".join("".join(_parts(element)).split())


def _parts(element: Element) -> Iterator[str]:
    edge = "" if element.tag in INLINE else " "
    yield edge
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _parts(child)
        yield child.tail or ""
    yield edge


def is_outside(target: str) -> bool:
    return bool(urlsplit(target).scheme)


def has_class(element: Element, name: str) -> bool:
    return name in (element.get("class") or "").split()


def after_heading(article: Element, heading_id: str) -> Element:
    """The element that follows a heading."""
    return next(siblings[place + 1] for siblings in map(list, article.iter())
                for place, element in enumerate(siblings) if element.get("id") == heading_id)


def term(article: Element, name: str) -> str:
    """What the list of facts at the top of a page says under a name."""
    for row in article.iterfind(".//dl/div"):
        if text(row.find("dt")) == name:
            return text(row.find("dd"))
    raise LookupError(f"no {name!r} among the facts")


def rows(element: Element) -> Iterator[list[str]]:
    """The texts of the cells of each row of every table in it, without the rows of headings."""
    for row in element.iterfind(".//tbody/tr"):
        yield [text(cell) for cell in row]
