"""The report as Markdown, in which nothing that somebody wrote is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.report import Report
from app.exports.formats import Format, Purpose
from app.exports.told import Block, Heading, Items, Listing, Paragraph, blocks
from app.exports.visible import encoded, visible
from app.screens.render import N_

# What Markdown reads as markup wherever it stands; a colon and a dot only where an address or a picture word begins.
_MARKUP = re.compile(r"[\\`*_\[\]<>&|~$^@!{}#]|:(?=\S)|(?<=[wW])\.")
# And what it reads so where a line begins: a list, numbered or not, and a line below or through.
_AT_THE_START = re.compile(r"^(\d{0,9})([+=.)-])")


def write(report: Report, language: str) -> bytes:
    """CommonMark with tables as GitHub writes them."""
    return encoded("\n".join(line for block in blocks(report, language) for line in _lines(block)))


def escaped(text: str) -> str:
    """A line of text in which no sign is markup; read as Markdown it is the exact text, but for what is replaced."""
    return _AT_THE_START.sub(r"\1\\\2", _inline(text))


def _inline(text: str) -> str:
    """The same where no line begins: behind a heading's signs, in a cell. Space at the ends is written as references,
    which nobody strips."""
    whole = visible(text)
    inner = whole.strip()
    before, _, after = whole.partition(inner) if inner else (whole, "", "")
    return _references(before) + _MARKUP.sub(r"\\\g<0>", inner) + _references(after)


def _references(space: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in space)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {_inline(block.text)}" + (f" {block.figure}" if block.figure else "")
    elif isinstance(block, Paragraph):
        yield escaped(block.text)
    elif isinstance(block, Items):
        yield from (f"- {escaped(text)}" for text in block.texts)
    else:
        yield from _table(block)
    yield ""


def _table(table: Listing) -> Iterator[str]:
    for row in (table.header, None, *table.rows):
        cells = [_inline(cell) for cell in row] if row is not None else ["---"] * len(table.header)
        yield f"| {' | '.join(cells)} |"


FORMAT = Format("md", "text/markdown; charset=utf-8", write, N_("Text (Markdown)"), Purpose.WRITE)
