"""The import map of docs/architecture.md, the pure domain, where SQL stands, and the table that knows every event."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain import events
from app.screens.refresh import TABLE

APP = Path(__file__).parents[1] / "app"
EVERYBODY_MAY = {"settings", "languages"}
MAP: dict[str, set[str]] = {
    "main": {
        "bus",
        "commands",
        "domain",
        "exports",
        "garbage",
        "live",
        "screens",
        "serving",
        "store",
        "suggestions",
        "web",
    },
    "cli": {
        "bus",
        "cli_archive",
        "cli_evaluate",
        "cli_replay",
        "cli_users",
        "cli_verify",
        "commands",
        "exports",
        "store",
        "domain",
        "garbage",
        "logs",
        "process",
        "serving",
    },
    "cli_archive": {"commands", "exports", "screens", "store", "domain"},
    "cli_evaluate": {"suggestions"},
    "cli_replay": {"garbage", "replay", "process"},
    "cli_users": {"commands", "store", "domain"},
    "cli_verify": {"cli_archive", "exports", "domain"},
    "web": {"commands", "screens", "exports", "live", "store", "domain"},
    "live": {"screens", "bus", "domain", "store", "suggestions"},
    "commands": {"store", "bus", "domain"},
    "screens": {"store", "suggestions", "domain"},
    "exports": {"screens", "store", "domain", "logs"},
    "suggestions": {"domain"},
    "bus": {"domain"},
    "store": {"domain"},
    "replay": {"domain"},
    "domain": set(),
    "garbage": set(),
    "logs": set(),
    "process": set(),
    "serving": set(),
    "settings": {"owner_variables"},
    "owner_variables": {"domain"},
    "languages": set(),
}
# What is drawn for a page may be drawn on paper: texts, and QR codes.
SCREENS_THAT_EXPORTS_MAY_READ = {"app.screens.report", "app.screens.archive", "app.screens.render", "app.screens.qr"}
# Of the database everybody may name the session that is handed on, and what can go wrong.
NAMED_OUTSIDE_THE_STORE = re.compile(r"sqlmodel\.ext\.asyncio\.session(\.AsyncSession)?|sqlalchemy\.exc(\.\w+)?")
ASKS_THE_DATABASE = {"exec", "execute", "scalar", "scalars"}


def modules() -> list[Path]:
    return sorted(path for path in APP.rglob("*.py"))


def part_of(path: Path) -> str:
    """`app/domain/timer.py` → domain; `app/main.py` → main."""
    return path.relative_to(APP).parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    return imports_in(path.read_text())


def imports_in(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parts_imported_by(path: Path) -> set[str]:
    names = [name.split(".") for name in imports_of(path) if name.startswith("app.")]
    return {name[1] for name in names} - {part_of(path)}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(APP)))
def test_imports_run_one_way(path: Path) -> None:
    part = part_of(path)
    if part == "__init__":
        return
    allowed = MAP[part] | (EVERYBODY_MAY if part != "domain" else set())
    assert parts_imported_by(path) <= allowed


@pytest.mark.parametrize("path", sorted((APP / "domain").glob("*.py")), ids=lambda path: path.name)
def test_the_domain_needs_the_standard_library_only(path: Path) -> None:
    outside = {
        name
        for name in imports_of(path)
        if not name.startswith("app.domain") and name.split(".")[0] not in sys.stdlib_module_names
    }
    assert not outside


def sql_in(source: str) -> set[str]:
    """What a module takes from SQLAlchemy or SQLModel to make a query of, and the ways in which it sends one."""
    taken = {name for name in imports_in(source) if name.split(".")[0] in ("sqlalchemy", "sqlmodel")}
    asked = {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}
    return {name for name in taken if not NAMED_OUTSIDE_THE_STORE.fullmatch(name)} | (asked & ASKS_THE_DATABASE)


def test_sql_stands_in_the_store_and_nowhere_else() -> None:
    found = {str(path.relative_to(APP)): sql_in(path.read_text()) for path in modules() if part_of(path) != "store"}
    assert {name: sql for name, sql in found.items() if sql} == {}


@pytest.mark.parametrize(
    "planted",
    [
        *(f"from sqlmodel import {name}" for name in ("select", "delete", "update", "insert", "col", "func", "text")),
        *(f"from sqlalchemy import {name}" for name in ("select", "delete as rows", "update", "insert", "exists")),
        "from sqlalchemy.dialects.sqlite import insert",
        "from sqlmodel.ext.asyncio.session import AsyncSession, select",
        "import sqlalchemy as sa",
        "import sqlmodel",
        "async def f(db):\n    from sqlmodel import text",
        "async def f(db):\n    return (await db.exec(Theme.__table__.delete())).rowcount",
    ],
)
def test_a_query_that_is_planted_outside_the_store_is_noticed(planted: str) -> None:
    harmless = (APP / "commands" / "moves.py").read_text()
    assert not sql_in(harmless) and sql_in(f"{harmless}\n{planted}\n")


@pytest.mark.parametrize("path", sorted((APP / "suggestions").glob("*.py")), ids=lambda path: path.name)
def test_suggestions_need_the_standard_library_and_the_domain_only_but_for_asking_an_endpoint(path: Path) -> None:
    outside = {
        name
        for name in imports_of(path)
        if not name.startswith(("app.domain", "app.suggestions")) and name.split(".")[0] not in sys.stdlib_module_names
    }
    assert outside <= ({"httpx"} if path.name == "embeddings.py" else set())


@pytest.mark.parametrize("path", sorted((APP / "exports").rglob("*.py")), ids=lambda path: path.name)
def test_exports_read_the_report_and_no_other_screen(path: Path) -> None:
    screens = {".".join(name.split(".")[:3]) for name in imports_of(path) if name.startswith("app.screens.")}
    assert screens <= SCREENS_THAT_EXPORTS_MAY_READ


def formats() -> set[str]:
    """The files and folders of exports that are a format, and none of what formats share."""
    found = [*(APP / "exports").glob("*.py"), *(APP / "exports").glob("*/__init__.py")]
    named = [path.parent.name if path.name == "__init__.py" else path.stem for path in found]
    return {name for name, path in zip(named, found, strict=True) if re.search("^FORMAT = ", path.read_text(), re.M)}


def test_what_formats_share_belongs_to_none_of_them() -> None:
    known = formats()
    assert {"pdf_report", "docx_report", "csv_table"} <= known
    borrowed = set()
    for path in (APP / "exports").rglob("*.py"):
        own = path.relative_to(APP / "exports").parts[0].removesuffix(".py")
        taken = {name.split(".")[2] for name in imports_of(path) if name.startswith("app.exports.")}
        borrowed |= {(own, other) for other in (taken & known) - {own}}
    # The summary and the sheet to hang up are pages of the same kind.
    assert borrowed == {(page, "pdf_report") for page in ("pdf_summary", "join_sheet", "__init__")}


def test_every_event_has_its_row_in_the_refresh_table() -> None:
    known = {
        event
        for event in vars(events).values()
        if isinstance(event, type) and issubclass(event, events.Event) and event is not events.Event
    }
    assert set(TABLE) == known


def test_every_module_opens_with_one_sentence() -> None:
    silent = [path.name for path in modules() if not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []


DISPATCHED = re.compile(r'(?:CustomEvent|tell)\("(moderato:[a-z-]+)"')


@pytest.mark.parametrize("path", sorted((APP / "static" / "js").glob("*.js")), ids=lambda path: path.name)
def test_the_architecture_names_every_event_of_a_page_with_the_module_it_comes_from(path: Path) -> None:
    rows = [line.split("|") for line in (APP.parent / "docs" / "architecture.md").read_text().splitlines()]
    named = {event: row[2] for row in rows if len(row) > 3 for event in re.findall("`(moderato:[a-z-]+)`", row[1])}
    for event in DISPATCHED.findall(path.read_text()):
        assert path.name in named[event]
