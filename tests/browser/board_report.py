"""The board of the first printed question: all statements loose, what they must come to, and that read from each side.

Every way of clustering (keyboard, mouse, touch) is held against the same printed themes: on the page, in the database
and in the table of the report.
"""

from __future__ import annotations

import contextlib
import csv
import io
import secrets
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page
from sqlmodel import select

from app.commands import accounts
from app.domain import anonymity
from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from app.store import themes as stored_themes
from app.store.tables import Statement
from tests.browser.live_world import LiveWorld, served
from tests.world import DISTRICT_TEAM, texts_of

FIRST_QUESTION = DISTRICT_TEAM["questions"][0]
# Themes in order, each with its statements sorted; what has no theme comes last, under no name.
Grouped = list[tuple[str, list[str]]]


def printed(question: Mapping[str, Any] = FIRST_QUESTION) -> Grouped:
    """What was printed in 2005."""
    return [(theme["name"], sorted(theme["statements"])) for theme in question["themes"]]


def theme_of(text: str, question: Mapping[str, Any] = FIRST_QUESTION) -> str:
    """The printed theme of a statement."""
    return next(str(theme["name"]) for theme in question["themes"] if text in theme["statements"])


def on_page(page: Page) -> Grouped:
    """What the control room shows, as it stands."""
    lists: list[list[Any]] = page.evaluate(
        """() => {
          const texts = (list) => [...list.querySelectorAll(".statement-text")].map((text) => text.textContent.trim());
          const themes = [...document.querySelectorAll(".theme-clusters > .theme-cluster")];
          return [
            ...themes.map((theme) => [theme.querySelector("h3").textContent.trim(), texts(theme)]),
            ["", texts(document.getElementById("inbox-list"))],
          ];
        }"""
    )
    return _grouped((name, texts) for name, texts in lists if name or texts)


def stored(live: LiveWorld) -> Grouped:
    """What the database holds of the present question."""

    async def read() -> Grouped:
        question = await live.world.question()
        async with live.world.parts.database.reader() as db:
            themes = await stored_themes.of_question(db, question.id)
            wanted = select(Statement).where(Statement.question_id == question.id)
            rows = [row for row in (await db.exec(wanted)).all() if not row.retracted]
        names = [(theme.name, [row.text for row in rows if row.theme_id == theme.id]) for theme in themes]
        loose = [row.text for row in rows if row.theme_id is None]
        return _grouped([*names, *([("", loose)] if loose else [])])

    return live.do(read())


def reported(page: Page, live: LiveWorld) -> Grouped:
    """What the moderator's table of the report says of the first question."""
    answer = page.request.get(f"{live.url}/sessions/{live.world.session}/report.csv")
    assert answer.ok, answer.status_text
    rows = list(csv.reader(io.StringIO(answer.body().decode("utf-8-sig"), newline=""), delimiter=";"))[1:]
    texts: dict[str, list[str]] = {}
    for number, _, _, theme, _, statement in rows:
        if number == "1":
            texts.setdefault(theme.removeprefix("'"), []).extend([statement.removeprefix("'")] if statement else [])
    return _grouped(texts.items())


@contextlib.contextmanager
def loose_board(path: Path) -> Iterator[LiveWorld]:
    """A served session at grouping its first question, all 23 statements loose and no theme yet."""
    questions = (QuestionSettings(FIRST_QUESTION["text"]), QuestionSettings("Wat zijn de knelpunten?"))
    with served(path, questions=questions) as live:
        live.do(_collected(live))
        yield live


def signed_in(context: BrowserContext, live: LiveWorld) -> Page:
    """The control room on a device of the moderator."""
    token = secrets.token_urlsafe(18)
    hashed = anonymity.hash_token(token)
    live.do(live.world.parts.writer.run(accounts.sign_in, moderator_id=live.world.moderator, token_hash=hashed))
    context.add_cookies([{"name": "sign_in", "value": token, "url": live.url}])
    page = context.new_page()
    page.goto(f"{live.url}/sessions/{live.world.session}/control-room")
    return page


async def _collected(live: LiveWorld) -> None:
    await live.world.advance_to(Phase.COLLECT)
    await live.world.write_all(texts_of(FIRST_QUESTION))
    await live.world.advance_to(Phase.CLUSTER)


def _grouped(themes: Iterable[tuple[str, list[str]]]) -> Grouped:
    return [(name, sorted(texts)) for name, texts in themes]
