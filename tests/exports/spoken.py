"""What a screen reader finds in a PDF: the tags in their order with the text, language and alternative of each.

Read from the structure tree and the marked content by pypdf, which has no part in writing them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

PAIRS = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
RANGES = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


@dataclass
class Element:
    """One element: `tag` as H1 or TH, `text` all that is in it, `inside` its own elements in reading order."""

    tag: str
    text: str = ""
    language: str = ""
    alternative: str = ""
    scope: str = ""
    inside: list[Element] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        """The elements with these tags in reading order, this one too."""
        own = [self] if self.tag in tags else []
        return own + [found for child in self.inside for found in child.all(*tags)]


def spoken(pdf: bytes) -> Element:
    """The document as one element."""
    reader = PdfReader(io.BytesIO(pdf))
    numbered = {page.indirect_reference.idnum: place for place, page in enumerate(reader.pages)}
    texts = [dict(_marked(page)) for page in reader.pages]
    return _element(reader.root_object["/StructTreeRoot"], 0, numbered, texts)


def _element(node: Any, page: int, numbered: dict[int, int], texts: list[dict[int, str]]) -> Element:
    page = numbered[node.raw_get("/Pg").idnum] if "/Pg" in node else page
    made = Element(
        str(node.get("/S", "/Root"))[1:],
        language=str(node.get("/Lang", "")),
        alternative=str(node.get("/Alt", "")),
        scope=_scope(node.get("/A")),
    )
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(kid, int):
            made.text += texts[page].get(kid, "")
        elif "/MCID" in kid:
            place = numbered[kid.raw_get("/Pg").idnum] if "/Pg" in kid else page
            made.text += texts[place].get(int(kid["/MCID"]), "")
        elif "/S" in kid:
            child = _element(kid, page, numbered, texts)
            made.inside.append(child)
            made.text += child.text
    made.text = " ".join(made.text.split()) if made.tag in ("H1", "H2", "H3", "TH", "TD") else made.text
    return made


def _scope(attributes: Any) -> str:
    found = attributes.get_object() if hasattr(attributes, "get_object") else attributes
    each = found if isinstance(found, list) else [found]
    return next((str(one["/Scope"])[1:] for one in each if one and "/Scope" in one), "")


def _marked(page: Any) -> Iterator[tuple[int, str]]:
    """The text of each piece of marked content, in the order in which it is drawn."""
    maps = {name: _unicode_of(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}
    found: dict[int, str] = {}
    stack: list[int | None] = []
    letters: dict[int, str] = {}
    for operands, operator in ContentStream(page["/Contents"].get_object(), page.pdf).operations:
        if operator in (b"BDC", b"BMC"):
            marks = operands[1] if len(operands) > 1 else {}
            stack.append(int(marks["/MCID"]) if isinstance(marks, dict) and "/MCID" in marks else None)
        elif operator == b"EMC":
            stack.pop()
        elif operator == b"Tf":
            letters = maps[operands[0]]
        elif operator in (b"Tj", b"TJ"):
            mark = next((one for one in reversed(stack) if one is not None), None)
            if mark is not None:
                found[mark] = found.get(mark, "") + _decoded(operands[0], letters)
    yield from found.items()


def _decoded(shown: Any, letters: dict[int, str]) -> str:
    pieces = shown if isinstance(shown, list) else [shown]
    codes = b"".join(bytes(one.original_bytes) for one in pieces if hasattr(one, "original_bytes"))
    return "".join(letters.get(int.from_bytes(codes[at : at + 2], "big"), "") for at in range(0, len(codes), 2))


def _unicode_of(font: Any) -> dict[int, str]:
    """Glyph numbers to signs, from the font's own table."""
    table = font["/ToUnicode"].get_object().get_data() if "/ToUnicode" in font else b""
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, sign in RANGES.findall(block):
            for offset in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + offset] = chr(int(sign, 16) + offset)
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, sign in PAIRS.findall(block):
            found[int(code, 16)] = bytes.fromhex(sign.decode()).decode("utf-16-be")
    return found
