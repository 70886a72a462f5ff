"""Prints what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def text_of(figures: dict[str, Any]) -> str:
    """Every list as a table with a row per N, every object as a table with one row."""
    return "\n".join(_table(name, rows if isinstance(rows, list) else [rows]) for name, rows in figures.items())


def _table(name: str, rows: Sequence[dict[str, Any]]) -> str:
    if not rows:
        return f"{name}: nothing measured\n"
    columns = list(rows[0])
    cells = [columns, *([str(row[column]) for column in columns] for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(columns))]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in cells]
    return "\n".join([name, *(f"  {line.rstrip()}" for line in lines), ""])
