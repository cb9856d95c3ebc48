"""A worksheet as a .docx file for A4 paper. The same sheet and the same registry give the same bytes."""

from collections.abc import Iterable

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from waymark_site import word
from waymark_site.render import Citations
from waymark_site.site import Site
from waymark_site.word import WIDTH
from waymark_site.worksheets import Blanks, Grid, Line, Part, Points, Text, Ticks, Worksheet

BOX_WIDTH, ROOM_WIDTH = Cm(1.7), Cm(5)
SMALL, SMALLEST = Pt(8.5), Pt(7.5)
BOX = f"""<w:sdt {nsdecls("w")} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr><w:alias w:val="%s"/>
<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>
<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr>
<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/><w:sz w:val="28"/></w:rPr>
<w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"""
"""A box to tick by hand or by a click, as word processors make it."""


def content(site: Site, sheet: Worksheet) -> bytes:
    """The file."""
    about = site.registry.registry
    document = word.blank(about, sheet.title, sheet.says, f"Waymark worksheet: {sheet.title}", "Not the service’s own form.")
    cites = Citations()
    document.add_heading(sheet.title, 1)
    document.add_paragraph(sheet.says)
    for section in sheet.sections:
        document.add_heading(section.title, 2)
        for part in section.parts:
            _part(document, part, cites)
            if isinstance(part, Ticks | Blanks | Grid):  # tables that touch become one
                gap = document.add_paragraph()
                gap.paragraph_format.line_spacing = Pt(4)
                gap.paragraph_format.space_after = Pt(0)
    document.add_heading("Sources", 2)
    for id in dict.fromkeys(where.document for where, _ in cites):
        source = site.sources[id]
        parts = "; ".join(f"[{number}] {where.section}" for where, number in cites if where.document == id)
        _small(document.add_paragraph(f"{source.title} ({source.publisher}, {source.date_printed}): {parts}"), SMALLEST)
    return word.content(document, about)


def _part(document: Document, part: Part, cites: Citations) -> None:
    match part:
        case Text(lines):
            for line in lines:
                _write(document.add_paragraph(), line, cites).paragraph_format.keep_with_next = lines[-1] is line
        case Points(lines):
            for line in lines:
                _write(_paragraph(document, "ListBullet"), line, cites)
                for more in line.more:
                    _small(_write(_paragraph(document, "ListContinue"), more, cites))
        case Ticks():
            _ticks(document, part, cites)
        case Blanks(labels):
            table = _table(document, "To fill in", ("", ""), (Cm(5.5), WIDTH - Cm(5.5)))
            for label in labels:
                row = _row(table, Cm(1))
                row[0].paragraphs[0].add_run(label)
                row[0].paragraphs[0].paragraph_format.keep_with_next = label is not labels[-1]
            table._tbl.remove(table.rows[0]._tr)
        case Grid(head, columns, rows):
            table = _table(document, head, columns, [Emu(WIDTH // len(columns))] * len(columns))
            for _ in range(rows):
                _row(table, Cm(2.4) if len(columns) > 1 else Cm(5))


def _ticks(document: Document, part: Ticks, cites: Citations) -> None:
    single = len(part.boxes) == 1
    room = WIDTH - BOX_WIDTH * len(part.boxes) - (ROOM_WIDTH if part.room else 0)
    boxes = [(label, BOX_WIDTH) for label in part.boxes]
    columns = [*(boxes if single else []), (part.head, Emu(room)), *([] if single else boxes),
               *([(part.room, ROOM_WIDTH)] if part.room else [])]
    table = _table(document, part.head, [label for label, _ in columns], [width for _, width in columns])
    for line in part.lines:
        cells = _row(table)
        for (label, _), cell in zip(columns, cells, strict=True):
            if label in part.boxes:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
                cell.paragraphs[0]._p.append(parse_xml(BOX % label))
            elif label == part.head:
                _write(cell.paragraphs[0], line, cites)
                for more in line.more:
                    _small(_write(cell.add_paragraph(), more, cites))


def _table(document: Document, caption: str, labels: Iterable[str], widths: Iterable[Emu]) -> Table:
    """A table of one row, its headings, which stand again at the top of each page."""
    labels, widths = tuple(labels), tuple(widths)
    table = document.add_table(1, len(labels), "Table Grid")
    table.autofit = False
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), caption)
    table._tbl.tblPr.append(described)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for cell, label, width in zip(table.rows[0].cells, labels, widths, strict=True):
        cell.width = width
        cell.paragraphs[0].add_run(label).bold = True
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        _small(cell.paragraphs[0])
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def _row(table: Table, height: Emu | None = None) -> tuple[_Cell, ...]:
    """The cells of a new row, which is never split between pages."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    if height:
        row.height, row.height_rule = height, WD_ROW_HEIGHT_RULE.AT_LEAST
    return row.cells


def _paragraph(document: Document, style: str) -> Paragraph:
    """An empty paragraph in a style, named by its id: to look a name up takes the library longer than all the rest."""
    paragraph = document.add_paragraph()
    paragraph._p.style = style
    return paragraph


def _write(paragraph: Paragraph, line: Line, cites: Citations) -> Paragraph:
    if line.title:
        paragraph.add_run(line.title).bold = True
        paragraph.add_run(" ")
    paragraph.add_run(line.says)
    for where in line.sources:
        paragraph.add_run(f"\N{NO-BREAK SPACE}[{cites.number(where)}]").font.superscript = True
    return paragraph


def _small(paragraph: Paragraph, size: Pt = SMALL) -> None:
    paragraph.paragraph_format.space_after = Pt(2)
    for run in paragraph.runs:
        run.font.size = size
