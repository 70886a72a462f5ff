"""The shape of a table and of a section, in the words of a language: plain values, so that a template can read them."""

from __future__ import annotations

from typing import TypedDict


class Cells(TypedDict):
    """A table without a title of its own; `columns` are shares of the width, every row as long as the header."""

    columns: list[int]
    header: list[str]
    rows: list[list[str]]


class Table(Cells):
    """One with what stands above it; `note` is what has to be known to read it."""

    title: str
    note: str | None


class Section(TypedDict):
    """A heading with sentences below it, and a table where one tells more."""

    title: str
    paragraphs: list[str]
    table: Cells | None
