"""The same pages for stock Material: our built HTML written back as Markdown, and a project around it."""

import html
import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import yaml

BLOCKS = {"article", "aside", "caption", "div", "dl", "figcaption", "figure", "h1", "h2", "h3", "h4", "ol", "p",
          "section", "table", "ul"}
LEFT_OUT = {"nav", "{http://www.w3.org/2000/svg}svg"}
"""Crumbs and contents, since stock Material makes its own; drawings, since Markdown has none."""
SPECIAL = re.compile(r"[\\`*_\[\]|]")
SOURCES = "#sources-on-this-page"
"""The heading that a citation leads to: a list item in Markdown has no address of its own."""


def write_project(site: Path, project: Path, searched: set[str]) -> None:
    """Write each page of a built site as Markdown, with a configuration that leaves Material as it comes.

    Its search is given the pages that ours has (`searched`, by place) and no more. The navigation names only the pages that a visitor of ours reaches from the menu: with every
    service in it, stock Material grows with the square of their number.
    """
    places = sorted(page.parent.relative_to(site).as_posix() for page in site.rglob("index.html"))
    known = set(places)
    for place in places:
        page = project / "docs" / place / "index.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        head = {} if place in searched else {"search": {"exclude": True}}
        page.write_text(markdown((site / place / "index.html").read_text("utf-8"), place, known, head), "utf-8")
    menu = [f"{place}/index.md" for place in places if place != "." and "/" not in place]
    (project / "mkdocs.yml").write_text(yaml.safe_dump({
        "site_name": "Waymark", "site_url": "https://waymark.example/", "theme": {"name": "material"},
        "nav": ["index.md", *menu]}), "utf-8")


def markdown(page: str, place: str, known: set[str], head: dict) -> str:
    """A page as Markdown: its description and the rest of a head as front matter, then the words of its article."""
    described = re.search(r'<meta name="description" content="(.*?)">', page)
    written = yaml.safe_dump({"description": html.unescape(described[1])} | head, allow_unicode=True)
    return f"---\n{written}---\n\n" + "\n\n".join(Writer(place, known).blocks(article(page))) + "\n"


def article(page: str) -> Element:
    """The content of a page that Material made, without header, menus and footer."""
    return html5lib.parseFragment(page[page.index("<article"):page.index("</article>")], namespaceHTMLElements=False)


def words(element: Element) -> Iterator[str]:
    """The words of an element that both sites can show."""
    for node in _nodes(element):
        if isinstance(node, str):
            yield from re.findall(r"\w+", node)
        else:
            yield from words(node)


def _nodes(element: Element) -> Iterator[str | Element]:
    """The texts and elements inside an element, in order."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag not in LEFT_OUT:
            yield child
        if child.tail:
            yield child.tail


class Writer:
    """Writes the Markdown of one page, whose links are relative to its place in the site."""

    def __init__(self, place: str, known: set[str]) -> None:
        self.place, self.known = place, known

    def blocks(self, element: Element) -> Iterator[str]:
        """The paragraphs, headings, lists and tables inside an element."""
        run: list[str | Element] = []
        for node in [*_nodes(element), None]:
            if node is not None and (isinstance(node, str) or node.tag not in BLOCKS):
                run.append(node)
                continue
            if text := self.line(run):
                yield re.sub(r"^(\d*)([-+#.])", r"\1\\\2", text)
            run = []
            if node is not None:
                yield from self.block(node)

    def block(self, element: Element) -> Iterator[str]:
        """A block element as Markdown."""
        if element.tag in ("ul", "ol"):
            yield self.listing([list(self.blocks(item)) for item in element],
                            "1. " if element.tag == "ol" else "- ")
        elif element.tag == "dl":
            yield self.listing([[text] for text in self.terms(element)], "- ")
        elif element.tag == "table":
            yield from self.table(element)
        elif re.fullmatch("h[1-4]", element.tag):
            yield f"{'#' * int(element.tag[1])} {self.flat(element)}"
        else:
            yield from self.blocks(element)

    def listing(self, items: list[list[str]], mark: str) -> str:
        """A list, whose items may hold several blocks."""
        between = "\n\n" if any(len(item) > 1 for item in items) else "\n"
        return between.join(mark + "\n\n".join(item).replace("\n", "\n    ") for item in items)

    def terms(self, element: Element) -> Iterator[str]:
        """Each term of a list, with what is said of it."""
        said: list[str] = []
        for node in element.iter():
            if node.tag == "dt" and said:
                yield " ".join(said)
                said = []
            if node.tag in ("dt", "dd"):
                said.append(f"**{self.flat(node)}**" if node.tag == "dt" else self.flat(node))
        yield " ".join(said)

    def table(self, element: Element) -> Iterator[str]:
        """A table: its caption as a paragraph, its first row as the head."""
        for caption in element.iter("caption"):
            yield self.flat(caption)
        rows = [[self.flat(cell) for cell in row] for row in element.iter("tr")]
        rows.insert(1, ["---"] * len(rows[0]))
        yield "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def flat(self, element: Element) -> str:
        """Everything inside an element on one line."""
        return self.line([element])

    def line(self, nodes: list[str | Element]) -> str:
        """Texts and elements as one line of Markdown."""
        return re.sub(r"[ \t\r\n]+", " ", "".join(map(self.inline, nodes))).strip()

    def inline(self, node: str | Element) -> str:
        """A text or an element within a line."""
        if isinstance(node, str):
            return SPECIAL.sub(r"\\\g<0>", html.escape(node, quote=False))
        inner = "".join(map(self.inline, _nodes(node)))
        if node.tag == "a" and (target := self.target(node.get("href", ""))):
            return f"[{inner}]({target})"
        if node.tag == "strong" and inner.strip():
            return f"**{inner.strip()}**"
        if node.tag == "code":
            return f"`{''.join(node.itertext())}`"
        return f" {inner} " if node.tag in BLOCKS | {"br", "li"} else inner

    def target(self, address: str) -> str:
        """Where a link leads in the Markdown project; empty where it has no such place."""
        if re.match("https?:|mailto:|tel:", address):
            return address
        path, _, part = address.partition("#")
        if not path:
            return SOURCES if part.startswith("source-") else ""
        place = posixpath.normpath(posixpath.join(self.place, path))
        return os.path.relpath(f"{place}/index.md", self.place) if place in self.known else ""
