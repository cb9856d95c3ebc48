"""The template of the record that a visitor takes away from the quiz: all of the document but its lines.

`check-docx.js` puts the lines in, in the visitor's browser. The names of its styles are those used there.
"""

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Cm, Pt

from quiz.model import About
from quiz.report import LIMITS
from waymark_site import word

TITLE = "What the published criteria say"


def template(about: About) -> bytes:
    """The file, without a line in it."""
    document = word.blank(about, TITLE, LIMITS, f"Waymark: {TITLE[0].lower()}{TITLE[1:]}", "Not a risk assessment.")
    document.styles["Heading 1"].font.size = Pt(13)
    document.styles["List Bullet"].paragraph_format.space_after = Pt(1)
    styles = {}
    for name in ("Notice", "Lead", "Under", "Tick", "Blank"):
        styles[name] = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        word.plain(styles[name], 10)
    styles["Notice"].font.bold = True
    lead, under, tick, blank = (styles[name].paragraph_format for name in ("Lead", "Under", "Tick", "Blank"))
    styles["Lead"].font.bold = True
    lead.keep_with_next, lead.space_before, lead.space_after = True, Pt(5), Pt(1)
    styles["Under"].font.size = Pt(9)
    under.left_indent, under.space_after = Cm(0.6), Pt(1)
    tick.left_indent, tick.first_line_indent, tick.space_before = Cm(0.6), -Cm(0.6), Pt(4)
    blank.space_before = Pt(12)
    blank.tab_stops.add_tab_stop(word.WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
    return word.content(document, about)
