"""Reads every format back with another library than wrote it."""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree as Xml

import openpyxl
from icalendar import Calendar
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pypdf import PdfReader

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SVG = "{http://www.w3.org/2000/svg}"


def rows_of_csv(made: bytes) -> list[list[str]]:
    """The cells of a guarded table, guards taken off, its heading first."""
    rows = csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";")
    return [[cell.removeprefix("'") for cell in row] for row in rows]


def rows_of_raw_csv(made: bytes) -> list[dict[str, str]]:
    """The rows of a table for programs, by column."""
    return list(csv.DictReader(io.StringIO(made.decode(), newline="")))


def tables_of_zip(made: bytes) -> dict[str, list[list[str]]]:
    """The tables of a zip by the name of their file."""
    with zipfile.ZipFile(io.BytesIO(made)) as files:
        assert files.testzip() is None
        return {name: rows_of_csv(files.read(name)) for name in files.namelist()}


def sheets_of_xlsx(made: bytes) -> dict[str, list[list[Any]]]:
    """The cells of a workbook by sheet, typed; what is a formula shows as one."""
    book = openpyxl.load_workbook(io.BytesIO(made))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def part_of_docx(made: bytes, name: str = "word/document.xml") -> Xml.Element:
    """One part of a Word document."""
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        return Xml.fromstring(parts.read(name))


def lines_of_docx(made: bytes) -> list[tuple[str, str]]:
    """Style and text of each paragraph, those in tables among them."""
    return [(_style(line), _said(line)) for line in part_of_docx(made).iter(f"{WORD}p")]


def _style(line: Xml.Element) -> str:
    found = line.find(f"{WORD}pPr/{WORD}pStyle")
    return "" if found is None else str(found.get(f"{WORD}val"))


def _said(line: Xml.Element) -> str:
    return "".join(found.text or "" for found in line.iter(f"{WORD}t"))


def blocks_of_markdown(made: bytes) -> list[tuple[str, str]]:
    """What each piece of text is (h1, h2, h3, p, li, th, td) and how it reads; anything else would be markup."""
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(made.decode())
    found: list[tuple[str, str]] = []
    around: list[str] = []
    for token in tokens:
        if token.nesting == 1:
            around.append(token.tag)
        elif token.nesting == -1:
            around.pop()
        elif token.type == "inline":
            found.append((around[-1] if around[-1] != "p" or "li" not in around else "li", _plain(token)))
        else:
            found.append((token.type, token.content))
    return found


def _plain(inline: Token) -> str:
    pieces = inline.children or []
    strange = {piece.type for piece in pieces} - {"text", "text_special"}
    assert not strange, (strange, inline.content)
    return "".join(piece.content for piece in pieces)


def texts_of_svg(made: bytes) -> list[str]:
    """The title, the description and every line of text of a drawing."""
    return ["".join(found.itertext()) for found in Xml.fromstring(made) if found.tag.removeprefix(SVG) != "rect"]


def size_of_png(made: bytes) -> tuple[int, int]:
    """How wide and high a picture is; every chunk of it is whole."""
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    chunks = list(_chunks(made))
    assert [name for name, _ in chunks][-1] == b"IEND"
    assert zlib.decompress(b"".join(content for name, content in chunks if name == b"IDAT"))
    width, height = struct.unpack(">II", chunks[0][1][:8])
    return width, height


def colours_of_png(made: bytes) -> int:
    """How many different bytes its lines have: a blank page has next to none."""
    return len(set(zlib.decompress(b"".join(content for name, content in _chunks(made) if name == b"IDAT"))))


def _chunks(made: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(made):
        length, name = struct.unpack(">I4s", made[at : at + 8])
        content = made[at + 8 : at + 8 + length]
        assert struct.unpack(">I", made[at + 8 + length : at + 12 + length]) == (zlib.crc32(name + content),)
        yield name, content
        at += 12 + length


def events_of_calendar(made: bytes) -> list[str]:
    """What a calendar shows of each event: its heading and what stands under it."""
    events = Calendar.from_ical(made).walk("VEVENT")
    return [str(event[name]) for event in events for name in ("SUMMARY", "DESCRIPTION")]


def texts_in(value: object) -> list[str]:
    """Every text and number in lists and dictionaries."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts_in(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts_in(inner)]
    return [str(value)]


def pages_of_pdf(made: bytes) -> list[str]:
    """What can be copied out of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


READERS: dict[str, Callable[[bytes], list[str]]] = {
    "pdf": pages_of_pdf,
    "pdf-summary": pages_of_pdf,
    "docx": lambda made: [text for _, text in lines_of_docx(made)],
    "md": lambda made: [text for _, text in blocks_of_markdown(made)],
    "xlsx": lambda made: [str(cell) for rows in sheets_of_xlsx(made).values() for row in rows for cell in row],
    "csv": lambda made: [cell for row in rows_of_csv(made) for cell in row],
    "csv-actions": lambda made: [cell for row in rows_of_csv(made) for cell in row],
    "ics": events_of_calendar,
    "csv-raw": lambda made: [cell for row in rows_of_raw_csv(made) for cell in row.values()],
    "csv-zip": lambda made: [cell for rows in tables_of_zip(made).values() for row in rows for cell in row],
    "json": lambda made: texts_in(json.loads(made)),
    "svg": texts_of_svg,
}
