"""Fixtures for all tests: asynchronous tests run on asyncio, and no example has a deadline on a busy machine."""

import gc
import warnings
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


# What `press_worker.main` does, but for the priority.
AS_IMPORTANT_AS_ANYTHING = "from app.exports import press_worker as w; w.serve(w.sys.stdin.buffer, w.hush())"


@pytest.fixture(autouse=True)
def files_are_made_while_other_tests_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """At its real priority the press would wait for every other test on the machine."""
    monkeypatch.setattr("app.exports.press_process.PROGRAM", AS_IMPORTANT_AS_ANYTHING)


@pytest.fixture
def no_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine, what the server looks after every few seconds is not counted among the queries."""
    monkeypatch.setattr("app.main.ROUNDS_SECONDS", 3600.0)


def pytest_collection_finish() -> None:
    """What has been read stays; the collector, which some tests call, then looks through what the tests made alone."""
    gc.collect()
    gc.freeze()


# Where servers are killed under simulated phones.
CUT_OFF = ("tests/faults", "tests/replay", "tests/load", "tests/promises")


# Files of which one takes as long as many others: begun first, so that none is left to one worker alone at the end.
LONG = (
    "load/soak/test_run.py",
    "browser/test_whole_session.py",
    "browser/test_accessibility.py",
    "load/test_joining.py",
    "planted/test_every_fault_is_noticed.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not str(item.path).endswith(LONG))
    for item in items:
        if any(folder in str(item.path) for folder in CUT_OFF):
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"))


@pytest.fixture(autouse=True)
def cut_off_requests_end_with_their_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """httpx leaves a socket open whose request was cut off in the middle; found later, it would fail another test."""
    yield
    if any(folder in str(request.path) for folder in CUT_OFF):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()
