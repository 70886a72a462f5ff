"""A text of the server's owner as headings, paragraphs, lists and links: a small set of signs, never markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Piece:
    """A part of a line: plain text, or a link with its address."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Block:
    """`heading`, `paragraph` or `list`; only a list has more than one line."""

    kind: str
    lines: tuple[tuple[Piece, ...], ...]


def blocks_of(text: str) -> tuple[Block, ...]:
    """Lines between empty lines: `## ` begins a heading, `- ` a point of a list, all else is a paragraph."""
    blocks: list[Block] = []
    for group in re.split(r"\n\s*\n", text.strip()):
        rest: list[str] = []
        points: list[str] = []
        for line in group.split("\n"):
            if line.startswith("#"):
                blocks += _flushed(rest, points)
                blocks.append(Block("heading", (pieces_of(line.lstrip("#").strip()),)))
            elif line.startswith("- "):
                blocks += _flushed(rest, [])
                points.append(line[2:].strip())
            elif points:
                points[-1] += f" {line.strip()}"
            else:
                rest.append(line.strip())
        blocks += _flushed(rest, points)
    return tuple(block for block in blocks if any(block.lines))


def _flushed(rest: list[str], points: list[str]) -> Sequence[Block]:
    """What was gathered, as blocks; both lists are empty afterwards."""
    made = [Block("paragraph", (pieces_of(" ".join(rest)),))] if rest else []
    made += [Block("list", tuple(pieces_of(point) for point in points))] if points else []
    rest.clear()
    points.clear()
    return made


def pieces_of(line: str) -> tuple[Piece, ...]:
    """A line with its web and email addresses as links."""
    pieces: list[Piece] = []
    at = 0
    for found in _LINK.finditer(line):
        pieces.append(Piece(line[at : found.start()]))
        said = found.group()
        pieces.append(Piece(said, said if "://" in said else f"mailto:{said}"))
        at = found.end()
    pieces.append(Piece(line[at:]))
    return tuple(piece for piece in pieces if piece.text)
