"""What a rehearsal says while it runs and at its end."""

import httpx

from app.replay.count import Count, sentence_of


def test_the_line_tells_how_it_stands_and_the_sentence_of_the_newest_refusal() -> None:
    count = Count(300, sent=52, acknowledged=50, points=12)
    count.refuse(httpx.Response(409, json={"message": "Collecting is over."}))
    count.refuse(httpx.Response(409, json={"message": "There is no room."}))
    assert count.line(299) == (
        "299 of 300 connected · 52 sent · 50 acknowledged · 12 points given · 2 refused (“There is no room.”)"
    )


def test_the_summary_has_every_number() -> None:
    count = Count(3, 2, sent=9, acknowledged=7, held=2, unfit=1, ballots_sent=2, ballots_acknowledged=1, points=5)
    count.refusals["Te laat."] = count.not_joined["De deur is dicht."] = 1
    count.asked_to_wait, count.waits = 4, [0.010, 0.020, 0.400]
    assert count.summary() == [
        "participants: 2 of 3 took part",
        "  1 × De deur is dicht.",
        "statements: 9 sent, 7 acknowledged, of which 2 held as late",
        "allocations: 2 sent, 1 acknowledged; 5 points",
        "refused: 1",
        "  1 × Te laat.",
        "without an answer at the end: 2",
        "not sent, longer than the question allows: 1",
        "asked to come back later: 4",
        "acknowledged after: 20 ms in the middle, 400 ms slowest",
    ]


def test_an_answer_that_is_not_the_applications_is_told_by_its_number() -> None:
    assert sentence_of(httpx.Response(404, text="<h1>Bad gateway</h1>")) == "The server answered 404."
    assert sentence_of(httpx.Response(404, json=["?"])) == "The server answered 404."
