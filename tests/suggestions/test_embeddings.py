"""An embeddings endpoint, a real server: right answers are used and kept; whatever else it does has a name."""

from __future__ import annotations

import json
import logging
import math
import socket

import pytest

from app.suggestions import embeddings
from app.suggestions.embeddings import Embeddings, Endpoint, EndpointFailed, Trouble
from tests.suggestions.endpoint import endpoint, meaning, rightly


@pytest.fixture
def server():
    with endpoint() as answering:
        yield answering


def asking(server, **other):
    return Embeddings(Endpoint(server.url, "a-model", **other), rest_seconds=0)


def trouble_of(own, texts=("groen",)):
    with pytest.raises(EndpointFailed) as failed:
        own.vectors(texts)
    return failed.value.trouble


def data(*vectors):
    return json.dumps({"data": [{"index": place, "embedding": one} for place, one in enumerate(vectors)]}).encode()


def test_each_text_gets_its_own_vector_of_length_1_in_whatever_order_they_come(server):
    found = asking(server).vectors(["bomen", "auto", "bomen"])
    assert set(found) == {"bomen", "auto"}
    for text, vector in found.items():
        length = math.hypot(*meaning(text))
        assert list(vector) == pytest.approx([value / length for value in meaning(text)], abs=1e-6)


def test_it_is_asked_as_the_protocol_has_it(server):
    asking(server).vectors(["bomen"])
    assert server.paths == ["/v1/embeddings"]
    assert server.asked == [{"model": "a-model", "input": ["bomen"], "encoding_format": "float"}]
    assert server.keys == [None]


def test_a_slash_at_the_end_and_a_key_are_fine(server):
    own = Embeddings(Endpoint(server.url + "/", "a-model", "secret"))
    own.vectors(["bomen"])
    assert (server.paths, server.keys) == (["/v1/embeddings"], ["Bearer secret"])
    assert "secret" not in repr(Endpoint(server.url, "a-model", "secret"))


def test_many_texts_go_in_batches_and_none_is_asked_twice(server):
    own = asking(server)
    texts = [f"bomen {number}" for number in range(150)]
    own.vectors(texts)
    own.vectors([*texts, "auto"])
    assert [len(asked["input"]) for asked in server.asked] == [64, 64, 22, 1]
    assert server.texts == [*texts, "auto"]


def test_only_so_many_vectors_are_kept_and_the_longest_unused_go_first(server):
    own = Embeddings(Endpoint(server.url, "a-model"), most_kept=2)
    own.vectors(["bomen"])
    own.vectors(["auto"])
    own.vectors(["bomen"])
    own.vectors(["gras"])
    server.asked.clear()
    assert len(own.vectors(["bomen", "gras", "auto"])) == 3
    assert server.texts == ["auto"]


def test_nothing_is_asked_for_nothing(server):
    assert asking(server).vectors([]) == {}
    assert server.asked == []


@pytest.mark.parametrize("status", [301, 307, 400, 401, 404, 429, 500, 503])
def test_any_other_status_is_a_refusal_and_a_redirect_is_not_followed(server, status):
    with endpoint() as elsewhere:
        server.answer = lambda asked: (status, elsewhere.url.encode())
        assert trouble_of(asking(server)) == Trouble.REFUSED
        assert elsewhere.asked == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"null",
        b"[]",
        b"{}",
        b'{"data": null}',
        b'{"data": 3}',
        b'{"data": [3]}',
        b'{"data": []}',
        b'{"data": [{"embedding": [1]}]}',
        b'{"data": [{"index": 1, "embedding": [1]}]}',
        b'{"data": [{"index": [], "embedding": [1]}]}',
        b'{"data": [{"index": 0, "embedding": [1]}, {"index": 0, "embedding": [1]}]}',
        data([]),
        data([0, 0]),
        data("abc"),
        data(["1", "2"]),
        data([True, False]),
        data([None]),
        data([[1]]),
        data([float("nan")]),
        data([float("inf")]),
        b'{"data": [{"index": 0, "embedding": [1e400]}]}',
        b'{"data": [{"index": 0, "embedding": [1' + b"0" * 400 + b"]}]}",
        b"[" * 100_000,
        b"\xff\xfe\xff",
    ],
    ids=lambda body: body[:50].decode(errors="replace"),
)
def test_an_answer_that_makes_no_sense_is_unreadable(server, body):
    server.answer = lambda asked: (200, body)
    assert trouble_of(asking(server)) == Trouble.UNREADABLE


def test_vectors_of_unlike_dimensions_are_unreadable(server):
    server.answer = lambda asked: (200, data([1, 2], [1, 2, 3]))
    assert trouble_of(asking(server), ["groen", "auto"]) == Trouble.UNREADABLE


def test_when_another_model_answers_all_is_asked_anew(server):
    own = asking(server)
    own.vectors(["bomen", "auto"])
    server.answer = lambda asked: (200, data(*([1, 0] for _ in asked["input"])))
    found = own.vectors(["bomen", "auto", "gras"])
    assert {len(vector) for vector in found.values()} == {2}
    assert own.vectors(["bomen"])["bomen"] == found["bomen"]


def test_an_answer_that_does_not_end_is_left(server, monkeypatch):
    monkeypatch.setattr(embeddings, "LARGEST_ANSWER", 1000)
    server.answer = lambda asked: (200, data([1] * 1000))
    assert trouble_of(asking(server)) == Trouble.UNREADABLE


def test_vectors_longer_than_any_model_gives_are_not_kept(server):
    server.answer = lambda asked: (200, data([1] * (embeddings.LONGEST_VECTOR + 1)))
    assert trouble_of(asking(server)) == Trouble.UNREADABLE


def test_a_server_that_does_not_answer_in_time_is_slow(server):
    def never(asked):
        server.stopped.wait()

    server.answer = never
    assert trouble_of(asking(server, seconds=0.5)) == Trouble.SLOW
    assert len(server.asked) == 1


def test_the_time_is_for_all_batches_together(server, monkeypatch):
    clock = iter(range(0, 1000, 2))
    monkeypatch.setattr(embeddings, "monotonic", lambda: float(next(clock)))
    own = Embeddings(Endpoint(server.url, "a-model", seconds=9.0), rest_seconds=0)
    assert trouble_of(own, [f"bomen {number}" for number in range(64 * 9)]) == Trouble.SLOW
    assert 1 <= len(server.asked) < 9


def test_a_dropped_connection_is_unreachable(server):
    server.answer = lambda asked: None
    assert trouble_of(asking(server)) == Trouble.UNREACHABLE


def test_a_port_where_nobody_listens_is_unreachable():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        own = Embeddings(Endpoint(f"http://127.0.0.1:{taken.getsockname()[1]}", "a-model"))
        assert trouble_of(own) == Trouble.UNREACHABLE


@pytest.mark.parametrize("url", ["http://", "http://[", "ftp://127.0.0.1", "http://127.0.0.1:99999", "x"])
def test_an_address_that_is_none_is_no_crash(url):
    assert trouble_of(Embeddings(Endpoint(url, "a-model"))) in (Trouble.UNREACHABLE, Trouble.UNREADABLE)


def test_after_a_failure_nobody_waits_again_for_a_while(server, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(embeddings, "monotonic", lambda: now[0])
    own = Embeddings(Endpoint(server.url, "a-model"), rest_seconds=30)
    server.answer = lambda asked: (500, b"")
    assert trouble_of(own) == trouble_of(own) == Trouble.REFUSED
    assert len(server.asked) == 1
    server.answer = rightly
    now[0] += 31
    assert own.vectors(["groen"])


def test_texts_go_to_the_endpoint_alone_and_not_through_a_proxy(server, monkeypatch):
    with endpoint() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        asking(server).vectors(["bomen"])
        assert (len(server.asked), proxy.asked) == (1, [])


@pytest.mark.parametrize(
    "answer", [rightly, lambda asked: (500, b"een geheim"), lambda asked: (200, b"een geheim"), lambda asked: None]
)
def test_no_text_is_in_the_log_or_in_the_error(server, caplog, answer):
    caplog.set_level(logging.DEBUG)
    server.answer = answer
    try:
        asking(server, key="sleutelwoord").vectors(["een geheim"])
    except EndpointFailed as failed:
        assert failed.__cause__ is None
        assert failed.__suppress_context__ or failed.__context__ is None
        assert "geheim" not in repr(failed)
    logged = " ".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records)
    assert "geheim" not in logged
    assert "sleutelwoord" not in logged
