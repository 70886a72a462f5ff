"""What must be true of a session at any moment, whatever anybody did; each fails with an AssertionError."""

from __future__ import annotations

from typing import Any

from app.domain import anonymity
from tests.model.question import Question, Written
from tests.model.session import Session
from tests.model.stored import Stored, hashed, name_of


def check_group_is_where_it_should_be(model: Session, stored: Stored) -> None:
    """Status, door, the agenda in order, and the phase of each question."""
    row = stored.session
    here = (row["status"], bool(row["door_open"]), row["current_question_id"])
    assert here == (model.status, model.door_open, model.current.id if model.current else None)
    agenda = [(row["id"], row["phase"], bool(row["skipped"])) for row in stored.questions()]
    assert agenda == [(one.id, one.phase, one.skipped) for one in model.agenda]
    assert len(stored.rows["participant"]) == len(model.seats)


def check_each_statement_is_in_one_place(model: Session, stored: Stored) -> None:
    """Stored once, with the text of its latest revision: waiting, late, retracted, or in one place on the board."""
    for question in model.agenda:
        rows = {name_of(row): row for row in stored.statements(question.id)}
        assert len(rows) == len(stored.statements(question.id)), "a statement is stored twice"
        expected = {hashed(one.receipt) if one.is_somebodys else one.text: one for one in question.statements.values()}
        assert rows.keys() == expected.keys(), "a statement is missing, or nobody wrote it"
        for name, one in expected.items():
            _check_place(one, rows[name])
        question.learn(stored.board(question))


def _check_place(one: Written, row: dict[str, Any]) -> None:
    assert (row["text"], row["revision"]) == (one.text, one.revision)
    assert bool(row["retracted"]) == (one.place == "retracted")
    assert bool(row["released"]) == (one.place == "board")
    if one.place == "waiting":
        assert (bool(row["late"]), row["theme_id"]) == (one.late, one.theme)
        assert not row["hidden"], "it is hidden before it was ever shown"
    if one.place == "retracted":
        assert row["theme_id"] is None


def check_budgets(stored: Stored) -> None:
    """Nobody has given more than the budget, or than the limit on one theme; whatever the model thinks."""
    rounds = {row["id"]: row for row in stored.rows["round"]}
    for ballot in stored.rows["ballot"]:
        vote, points = rounds[ballot["round_id"]], ballot["points"].values()
        assert sum(points) <= vote["budget"], "over the budget"
        assert all(0 <= number <= (vote["limit_per_theme"] or vote["budget"]) for number in points), "over the limit"


def check_ballots(model: Session, stored: Stored, tokens: dict[str, str]) -> None:
    """While a vote is open each seat's ballot is the highest revision it sent; closed, no key leads to anybody."""
    for question in model.agenda:
        votes = sorted(row["id"] for row in stored.rows["round"] if row["question_id"] == question.id)
        assert votes == sorted(vote.id for vote in question.votes)
        for vote in question.votes:
            rows = {row["voter_key"]: row for row in stored.rows["ballot"] if row["round_id"] == vote.id}
            keys = {seat: anonymity.voter_key(tokens[seat], vote.id) for seat in vote.ballots}
            if vote.closed:
                assert not set(keys.values()) & rows.keys(), "a closed vote tells whose a ballot is"
                continue
            standing = {
                keys[seat]: (revision, {str(theme): number for theme, number in points.items()})
                for seat, (revision, points) in vote.ballots.items()
            }
            assert {key: (row["revision"], row["points"]) for key, row in rows.items()} == standing


def check_no_result_before_the_close(stored: Stored) -> None:
    """An open vote has no figure anywhere, not in the file either."""
    open_votes = {row["id"] for row in stored.rows["round"] if not row["closed"]}
    assert all(row["ballots"] is None for row in stored.rows["round"] if not row["closed"]), "ballots are counted"
    for row in stored.rows["round_theme"]:
        if row["round_id"] in open_votes:
            assert row["points"] is None and row["givers"] is None, "points are told before the close"


def check_archive(model: Session, archive: Any) -> None:
    """An archive tells of each vote what may be told, and of each question what is shown."""
    assert [question["phase"] for question in archive["questions"]] == [one.phase for one in model.agenda]
    for told, question in zip(archive["questions"], model.agenda, strict=True):
        votes = [
            {
                "closed": vote["closed"],
                "ballots": vote["ballots"],
                "points": [theme["points"] for theme in vote["themes"]],
                "givers": [theme["givers"] for theme in vote["themes"]],
            }
            for vote in told["rounds"]
        ]
        assert votes == [vote.told() for vote in question.votes], "the tally"
        _check_archived_statements(told, question)


def _check_archived_statements(told: Any, question: Question) -> None:
    texts = {one.key: one.text for one in question.statements.values()}
    board = question.board
    assert told["waiting"] == len(question.waiting()) and told["hidden"] == len(board.hidden)
    there = {theme["letter"]: theme for theme in told["themes"] if theme["position"]}
    loose = {None: told["unclustered"]}
    for theme, inside in board.under.items():
        shown = [texts[key] for key in inside if key not in board.hidden]
        listed = loose[None] if theme is None else there[board.names[theme][1]]["statements"]
        found = [one["text"] for one in listed]
        # While collecting, the archive gives its statements in an order of their random keys.
        assert sorted(found) == sorted(shown) if question.phase == "collect" else found == shown


def check_seq(before: Stored, after: Stored) -> None:
    """It only grows, and it does whenever something changes that anybody can see."""
    assert after.session["seq"] >= before.session["seq"], "seq went back"
    if before.shown != after.shown:
        assert after.session["seq"] > before.session["seq"], "something changed, and no screen hears of it"


def brought_in(archive: Any) -> Any:
    """What an archive must be once it was brought in as another session and exported again."""
    is_draft = archive["session"]["status"] == "draft"
    session = {**archive["session"], "id": None, "code": None, "status": "draft" if is_draft else "ended"}
    return {**archive, "session": session, "questions": [_brought_in(one) for one in archive["questions"]]}


def _brought_in(question: Any) -> Any:
    """An open vote is dropped, and so is what waited; nobody collects or votes on it any more."""
    without = "cluster" if "cluster" in question["settings"]["phases"] else "result"
    phase = {"collect": "result", "vote": without}.get(question["phase"], question["phase"])
    rounds = [vote for vote in question["rounds"] if vote["closed"]]
    return {**question, "phase": phase, "waiting": 0, "rounds": rounds}
