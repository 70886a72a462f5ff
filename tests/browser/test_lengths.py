"""How long a request is, which others on the network see, tells nothing of what was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from app.domain.agenda import QuestionSettings
from tests.browser.journal import Journal
from tests.browser.live_world import LiveWorld, join, served
from tests.world import POSITIVE


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path, questions=(QuestionSettings(POSITIVE),)) as running:
        running.do(running.world.advance())
        yield running


def test_a_short_statement_and_a_long_one_are_requests_of_one_length(
    live: LiveWorld, phone: Callable[..., Page]
) -> None:
    journal = Journal(join(phone(), live))
    lengths = []
    for text in ("a", "é" * 140, "😀" * 100):
        with journal.page.expect_request("**/statements") as asked:
            journal.send(text)
        lengths.append(len(asked.value.post_data_buffer or b""))
        journal.settle()
    assert lengths == [1024, 1024, 1024]
