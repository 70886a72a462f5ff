"""Writes the Word document: real headings, lists and tables, each text in its own language and direction."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from datetime import datetime, time

from docx import Document
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph as Line

from app.domain.report import Report
from app.exports.packed import packed
from app.exports.told import Block, Heading, Items, Listing, blocks
from app.exports.visible import visible
from app.exports.words.titles import title_of

TAGS = {"nl": "nl-NL", "en": "en-GB"}
INK = RGBColor(0x1D, 0x1B, 0x18)
SIZES = {1: 24, 2: 15, 3: 12}
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2.3)
STATEMENT = "Statement"


def write(report: Report, language: str) -> bytes:
    """A document of A4 pages; the same bytes each time it is made."""
    made = Document()
    _set_facts(made, report)
    _set_styles(made, report, language)
    _number_pages(made, report)
    for block in blocks(report, language):
        _add(made, block, report, language)
    out = io.BytesIO()
    made.save(out)
    with zipfile.ZipFile(out) as parts:
        return packed({name: parts.read(name) for name in parts.namelist()})


def _set_facts(made: Word, report: Report) -> None:
    facts = made.core_properties
    facts.title, facts.author, facts.comments = visible(title_of(report))[:255], "Moderato", ""
    # The day of the session: when the file was made would tell when somebody asked for it.
    facts.created = facts.modified = datetime.combine(report.held_on, time())


def _set_styles(made: Word, report: Report, language: str) -> None:
    facts, styles = made.core_properties, made.styles
    facts.language = TAGS[language]
    for found in styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), TAGS[language])
    for level, size in SIZES.items():
        font = styles[f"Heading {level}"].font
        font.size, font.color.rgb = Pt(size), INK
    statement = styles.add_style(STATEMENT, WD_STYLE_TYPE.PARAGRAPH)
    statement.base_style = styles["List Bullet"]
    statement.element.get_or_add_rPr().append(_language(report.language))


def _number_pages(made: Word, report: Report) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = MARGIN
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{visible(title_of(report))} · ")
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    footer._p.append(number)


def _add(made: Word, block: Block, report: Report, language: str) -> None:
    if isinstance(block, Heading):
        line = _line(made, f"Heading{block.level}")
        _say(line, block.text, report.language if block.said and report.language != language else None)
        if block.figure:
            line.add_run(f" {block.figure}").bold = False
    elif isinstance(block, Items):
        for text in block.texts:
            _say(_line(made, STATEMENT), text)
    elif isinstance(block, Listing):
        _tabulate(made, block)
    else:
        _say(made.add_paragraph(), block.text)


def _line(made: Word, style_id: str) -> Line:
    """A new last paragraph. By the id of its style: looking up its name each time took most of a long report's time."""
    line = made.add_paragraph()
    line._p.style = style_id
    return line


def _say(line: Line, text: str, language: str | None = None) -> None:
    """Put a text in a line; one whose first letter runs from right to left turns the line."""
    run = line.add_run(visible(text))
    if language:
        run._r.get_or_add_rPr().append(_language(language))
    if _runs_left(text):
        line._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))


def _runs_left(text: str) -> bool:
    turns = (unicodedata.bidirectional(sign) for sign in text)
    return next((turn for turn in turns if turn in ("L", "R", "AL")), "L") != "L"


def _language(language: str) -> BaseOxmlElement:
    made = OxmlElement("w:lang")
    made.set(qn("w:val"), TAGS[language])
    return made


def _tabulate(made: Word, listing: Listing) -> None:
    table = made.add_table(rows=0, cols=len(listing.header), style="Table Grid")
    table.autofit = False
    share = (PAGE_WIDTH - 2 * MARGIN) / sum(listing.columns)
    for column, width in zip(table.columns, listing.columns, strict=True):
        column.width = Emu(int(width * share))
    _row(table, listing.header, is_head=True)
    for row in listing.rows:
        _row(table, row)
    made.add_paragraph()


def _row(table: Table, texts: tuple[str, ...], is_head: bool = False) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call]
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        # A reader that speaks names the column with each cell, and a printer repeats the row on each page.
        properties.append(OxmlElement("w:tblHeader"))
    for cell, text in zip(row.cells, texts, strict=True):
        _say(cell.paragraphs[0], text)
        if is_head:
            cell.paragraphs[0].runs[0].bold = True
