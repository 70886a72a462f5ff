"""What people typed on their phones, written down as they did it, and compared with what phones and database hold."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from app.domain import anonymity

_STORED = """() => Object.fromEntries(Object.entries(localStorage).map(([key, value]) => [key, JSON.parse(value)]))"""
_SHOWN = """() => [...document.querySelectorAll(".own-statement")].map((card) => [
    card.querySelector(".statement-text").textContent,
    (card.querySelector(".own-message:not([hidden])") ?? card.querySelector(".own-label")).textContent])"""
_SETTLED = """() => Object.entries(localStorage).map(([key, value]) => [key, JSON.parse(value)]).every(([key, one]) =>
    !/:(statement|vote):/.test(key) || one.refusal || (one.stored.revision ?? one.stored) >= one.revision)"""


@dataclass
class Journal:
    """One person with a phone: acts on the page, and remembers what was typed and chosen.

    Texts are told apart by what they say, so each is written once.
    """

    page: Page
    sent: list[str] = field(default_factory=list)
    """What was sent, in its latest form; retracted ones left out."""
    retracted: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    points: dict[str, int] = field(default_factory=dict)

    def on(self, page: Page) -> Journal:
        """The same person at another tab of the phone, or after a restart of its browser."""
        self.page = page
        return self

    def type(self, text: str) -> None:
        """Leave a half sentence in the field, or go on with the one that is there."""
        composer = self.page.locator("#composer-text")
        before = composer.input_value()
        composer.focus()
        composer.press("End")
        composer.press_sequentially(text)
        self._replace(self.drafts, before, before + text)

    def send(self, text: str = "") -> None:
        """Send a text, or the half sentence that is in the field."""
        composer = self.page.locator("#composer-text")
        if text:
            composer.fill(text)
        else:
            text = composer.input_value()
            self.drafts.remove(text)
        self.sent.append(text)
        self.page.locator("#composer-send").click()

    def card(self, text: str) -> Locator:
        return self.page.locator(".own-statement").filter(has=self.page.get_by_text(text, exact=True))

    def open_editor(self, text: str) -> Locator:
        """The field in which a statement is changed; found again by the card, whatever stands in it."""
        card = self.page.locator(f"#{self.card(text).get_attribute('id')}")
        card.locator("[data-act=edit]").click()
        return card.locator("textarea")

    def change(self, text: str, to: str) -> None:
        editor = self.open_editor(text)
        editor.fill(to)
        self._replace(self.sent, text, to)
        editor.press("Tab")
        self.page.keyboard.press("Enter")

    def retract(self, text: str) -> None:
        self._replace(self.sent, text)
        self.retracted.append(text)
        self.card(text).locator("[data-act=retract]:visible").click()

    def give(self, theme: str) -> None:
        self.points[theme] = self.points.get(theme, 0) + 1
        self.page.get_by_role("button", name=f"Punt geven aan {theme}").click()

    def take(self, theme: str) -> None:
        self.points[theme] -= 1
        self.page.get_by_role("button", name=f"Punt weghalen bij {theme}").click()

    def settle(self) -> None:
        """Wait until nothing is on its way any more."""
        expect(self.page.locator(".connection-ok")).to_be_visible(timeout=15_000)
        self.page.wait_for_function(_SETTLED, timeout=15_000)

    def _replace(self, texts: list[str], old: str, new: str = "") -> None:
        if old in texts:
            texts.remove(old)
        if new:
            texts.append(new)


@dataclass
class Device:
    """What one phone itself holds, and what it shows of it."""

    statements: list[dict[str, Any]]
    drafts: list[str]
    votes: dict[int, dict[str, Any]]
    seat: str
    shown: dict[str, str]

    @classmethod
    def of(cls, page: Page) -> Device:
        stored: dict[str, Any] = page.evaluate(_STORED)
        # A name is the session's part, the kind, and what it is about.
        named = [(*key.split(":")[-2:], value) for key, value in stored.items() if key.count(":") >= 3]
        return cls(
            statements=[value for kind, _, value in named if kind == "statement"],
            drafts=[value for kind, _, value in named if kind in ("draft", "edit")],
            votes={int(about): value for kind, about, value in named if kind == "vote"},
            seat=next((cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "seat"), ""),
            shown=dict(page.evaluate(_SHOWN)),
        )


def compare(journals: Sequence[Journal], database: Path, others: Iterable[str] = ()) -> list[str]:
    """What is wrong, in sentences: nothing when each statement sent is in the database once, in its latest form, or on
    its phone with the words that say why; when each draft is on its phone; and a retracted statement is in neither.

    `others` are texts in the database that nobody wrote on one of these phones.
    """
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        rows = connection.execute("SELECT * FROM statement").fetchall()
        wrong: list[str] = []
        expected = Counter(others)
        for journal in journals:
            device = Device.of(journal.page)
            expected.update(_statements(journal, device, rows, wrong))
            wrong += [f"draft lost: {text}" for text in journal.drafts if text not in device.drafts]
            wrong += _points(journal, device, connection)
        standing = Counter(row["text"] for row in rows if not row["retracted"])
        wrong += [f"doubled: {text}" for text, count in standing.items() if count > expected[text] > 0]
        wrong += [f"stands though nobody sent it: {text}" for text in standing if not expected[text]]
        return wrong
    finally:
        connection.close()


def _statements(journal: Journal, device: Device, rows: list[sqlite3.Row], wrong: list[str]) -> list[str]:
    """The texts of a journal that must stand in the database; what contradicts it is added to `wrong`."""
    by_receipt = {row["receipt_hash"]: row for row in rows}
    must_stand = []
    for text in journal.sent:
        kept = [one for one in device.statements if one["text"] == text and not one.get("retracted")]
        if len(kept) != 1:
            wrong.append(f"on the phone {len(kept)} times: {text}")
            continue
        row = by_receipt.get(anonymity.hash_receipt(kept[0]["receipt"]))
        if kept[0].get("refusal") or kept[0]["stored"] < kept[0]["revision"]:
            if not device.shown.get(text):
                wrong.append(f"kept without a word why: {text}")
        elif row is None:
            wrong.append(f"said to be sent, never delivered: {text}")
        else:
            must_stand.append(text)
            if row["retracted"] or row["text"] != text:
                wrong.append(f"not in its latest form: {text}")
    own = {one["text"] for one in device.statements if not one.get("retracted")} | set(device.drafts)
    wrong += [f"retracted and still on the phone: {text}" for text in journal.retracted if text in own]
    return must_stand


def _points(journal: Journal, device: Device, connection: sqlite3.Connection) -> list[str]:
    """What a person gave, on the phone and in the open round of the database."""
    if not journal.points:
        return []
    names = dict(connection.execute("SELECT CAST(id AS TEXT), name FROM theme").fetchall())
    latest = max(device.votes, default=0)
    key = anonymity.voter_key(device.seat, latest)
    ballot = connection.execute("SELECT points FROM ballot WHERE round_id = ? AND voter_key = ?", (latest, key))
    found = ballot.fetchone()
    places = {
        "on the phone": device.votes.get(latest, {}).get("points", {}),
        "in the database": json.loads(found["points"]) if found else {},
    }
    given = {theme: count for theme, count in journal.points.items() if count}
    return [
        f"other points {place}: {points}"
        for place, points in places.items()
        if {names[theme]: count for theme, count in points.items() if count} != given
    ]
