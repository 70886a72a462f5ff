"""Which of the two suggests: the endpoint while it answers, else the built-in, and a sentence that says so."""

from __future__ import annotations

import pytest

from app.screens.suggestion_source import SENTENCES, source_sentence
from app.suggestions import built_in
from app.suggestions.embeddings import Embeddings, Endpoint, Trouble
from app.suggestions.hints import LooseStatement
from app.suggestions.reading import Readings
from app.suggestions.source import MOST_GROUPED, Source, group, suggest
from tests.suggestions.boards import board, loose
from tests.suggestions.endpoint import endpoint

THEMES = board(Groen=["meer gras"], Verkeer=["te weinig plek"], Iets_anders=["zwaluwstaart"])


@pytest.fixture
def server():
    with endpoint() as answering:
        yield answering


def asking(server):
    return Embeddings(Endpoint(server.url, "a-model", seconds=5), rest_seconds=0)


def test_without_an_endpoint_the_built_in_suggests():
    found = suggest(loose("gras"), THEMES, Readings())
    assert found.suggestions == built_in.suggest(loose("gras"), THEMES)
    assert (found.source, found.trouble) == (Source.BUILT_IN, None)


def test_the_endpoint_finds_what_shares_no_word_and_names_the_nearest_text(server):
    found = suggest(loose("mooie natuur"), THEMES, Readings(), asking(server))
    assert (found.source, found.trouble) == (Source.EMBEDDINGS, None)
    (resembled,) = found.suggestions[0].themes
    assert (resembled.theme_id, resembled.why, resembled.nearest) == (1, (), "Groen")


def test_a_statement_that_is_as_near_to_all_themes_gets_no_suggestion(server):
    assert suggest(loose("iets heel anders"), board(Groen=[], Natuur=[]), Readings(), asking(server)).suggestions == ()


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (lambda asked: (500, b""), Trouble.REFUSED),
        (lambda asked: (200, b"{"), Trouble.UNREADABLE),
        (lambda asked: None, Trouble.UNREACHABLE),
    ],
)
def test_when_the_endpoint_fails_the_built_in_suggests_and_says_why(server, answer, trouble):
    server.answer = answer
    found = suggest(loose("gras"), THEMES, Readings(), asking(server))
    assert found.suggestions == built_in.suggest(loose("gras"), THEMES)
    assert (found.source, found.trouble) == (Source.BUILT_IN, trouble)
    grouped = group(loose("meer parkeerplaatsen", "parkeerplaatsen voor bezoek"), Readings(), asking(server))
    assert len(grouped.groups) == 1
    assert (grouped.source, grouped.trouble) == (Source.BUILT_IN, trouble)


def test_an_empty_board_asks_the_endpoint_nothing(server):
    assert suggest([], THEMES, Readings(), asking(server)).suggestions == ()
    assert suggest(loose("gras"), [], Readings(), asking(server)).suggestions == ()
    assert server.asked == []


def test_the_endpoint_groups_by_meaning(server):
    found = group(loose("bomen planten", "auto's weg", "natuur in de wijk"), Readings(), asking(server))
    assert [set(one.statement_ids) for one in found.groups] == [{"a", "c"}]
    assert found.source == Source.EMBEDDINGS


def test_more_than_can_be_compared_in_time_is_grouped_by_the_built_in(server):
    many = [LooseStatement(str(number), f"bomen {number}") for number in range(MOST_GROUPED + 1)]
    assert group(many, Readings(), asking(server)).source == Source.BUILT_IN
    assert server.asked == []


def test_there_is_a_sentence_for_each_source_and_each_trouble():
    known = {(Source.EMBEDDINGS, None), (Source.BUILT_IN, None), *((Source.BUILT_IN, trouble) for trouble in Trouble)}
    assert set(SENTENCES) == known
    assert all(source_sentence(*one).endswith(".") for one in known)
