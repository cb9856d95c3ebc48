"""Documents for a word processor: an empty one in this site's manner, and the bytes of one that is filled."""

import datetime
import io
import zipfile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from quiz.model import About
from quiz.wording import day

FONT = "Arial"
WIDTH = Cm(17.4)
"""Of the text, on A4 with these margins."""
MARGIN = Cm(1.8)
SIZES = {"Normal": 10, "List Bullet": 10, "List Continue": 10, "Header": 8.5, "Footer": 8.5, "Title": 20, "Heading 1": 20, "Heading 2": 13}


def blank(about: About, title: str, says: str, head: str, foot: str) -> Document:
    """An empty document with its properties, styles, header and footer; the footer says which registry, and `foot`."""
    document = docx.Document()
    package = document.part.package
    for id, rel in list(package.rels.items()):
        if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[id]  # a picture of the library's own blank page
    core, on = document.core_properties, datetime.datetime.fromisoformat(about.date)
    core.title, core.subject, core.author, core.last_modified_by = title, says, about.maintainer, about.maintainer
    core.comments, core.language, core.created, core.modified = "", "en-GB", on, on

    for name, size in SIZES.items():
        plain(document.styles[name], size)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    document.styles["Heading 2"].paragraph_format.space_before = Pt(10)

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = MARGIN
    page.top_margin, page.bottom_margin = Cm(2), Cm(1.8)
    page.header_distance = page.footer_distance = Cm(0.9)
    page.header.paragraphs[0].text = head
    last = page.footer.paragraphs[0]
    last.add_run(f"Waymark registry {about.version}, {day(about.date)}. {foot} Page ")
    _field(last, "PAGE")
    last.add_run(" of ")
    _field(last, "NUMPAGES")
    return document


def plain(style: ParagraphStyle, size: float) -> None:
    """Our letters, of a size in points, in black."""
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    style.paragraph_format.space_after = Pt(3)


def _field(paragraph: Paragraph, name: str) -> None:
    """A number that the word processor works out."""
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)


def content(document: Document, about: About) -> bytes:
    """The file, with the registry's day for all that is in it: the library writes the time of the build."""
    held, written = io.BytesIO(), io.BytesIO()
    document.save(held)
    on = datetime.date.fromisoformat(about.date)
    with zipfile.ZipFile(held) as made, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, made.read(name))
    return written.getvalue()
