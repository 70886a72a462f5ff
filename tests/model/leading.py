"""What moderators do with the group: from phase to phase, back, the agenda, the door; and a server that restarts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from hypothesis.stateful import rule

from app.domain.agenda import QuestionSettings
from tests.model.acting import Acting, Deed, deeds, pick, while_in
from tests.model.house import Answer
from tests.model.question import Question

WAYS = {"vote": ("collect", "cluster", "vote", "result"), "collect": ("collect", "result")}


def made_from(question_id: int, one: QuestionSettings, changed: int = 0) -> Question:
    """A question of the model with these settings."""
    return Question(
        question_id,
        tuple(one.phases),
        one.budget,
        one.limit_per_theme,
        one.most_statements,
        one.statements_on_phones,
        guided=bool(one.themes),
        changed=changed,
    )


class Leading(Acting):
    """The rules of the moderators' side, but for the board."""

    @while_in("waiting", "collect", "cluster", "vote", "result", "pause")
    @rule(tried=deeds("next next next both"))
    def lead_on(self, tried: Sequence[Deed]) -> None:
        self._do(tried)

    @while_in("cluster", "vote")
    @rule(tried=deeds("back back skip"))
    def turn_round(self, tried: Sequence[Deed]) -> None:
        self._do(tried)

    @while_in("result")
    @rule(tried=deeds("back again again follow_up"))
    def go_on_with_the_same(self, tried: Sequence[Deed]) -> None:
        self._do(tried)

    @while_in("collect", "cluster")
    @rule(tried=deeds("accept accept room", most=2))
    def help_collecting(self, tried: Sequence[Deed]) -> None:
        self._do(tried)

    @rule(tried=deeds("timer door pass_over between follow_up again back skip accept room end"))
    def press_anything(self, tried: Sequence[Deed]) -> None:
        """Whether it is the moment or not."""
        self._do(tried)

    @rule(tried=deeds("restart restart minute minute export"))
    def let_something_happen(self, tried: Sequence[Deed]) -> None:
        self._do(tried)

    def _next(self, one: Deed) -> None:
        page = self._page(one.age)
        answer = self._lead(one.who, page, "next", **_agreed(one.terms))
        self._judge(answer, lambda: self.model.advance(page, one.terms, self.now.newest("round")))

    def _both(self, one: Deed) -> None:
        """From the same page at the same moment: it goes one step, or, where late ones come in first, twice one."""
        page = self._page(one.age)
        fields = {"phase": page.phase, "question": page.question or "", "seq": page.seq, **_agreed(one.terms)}

        async def together() -> list[Answer]:
            return list(await asyncio.gather(*(self.house.lead(who, "next", **fields) for who in self.house.laptops)))

        answers, before = self._wait(together()), self.now
        self._read()
        for answer in sorted(answers, key=lambda answer: not answer.done):
            self._expect(answer, lambda: self.model.advance(page, one.terms, self.now.newest("round")))
        self._after_all_at_once(before)

    def _back(self, one: Deed) -> None:
        page = self._page(one.age)
        answer = self._lead(one.who, page, "back", confirmed="drop_votes" if one.yes else None)
        self._judge(answer, lambda: self.model.go_back(page, one.yes))

    def _again(self, one: Deed) -> None:
        page = self._page(one.age)
        answer = self._lead(one.who, page, "vote-again", confirmed="vote_again" if one.yes else None)
        self._judge(answer, lambda: self.model.vote_again(page, one.yes, self.now.newest("round")))

    def _skip(self, one: Deed) -> None:
        page = self._page(one.age)
        answer = self._lead(one.who, page, "skip", confirmed="skip" if one.yes else None)
        self._judge(answer, lambda: self.model.skip_rest(page, one.yes))

    def _end(self, one: Deed) -> None:
        """Seldom confirmed, since little can happen afterwards."""
        page, yes = self._page(one.age), one.other > 24
        answer = self._lead(one.who, page, "end", confirmed="end" if yes else None)
        self._judge(answer, lambda: self.model.end(page, yes))

    def _accept(self, one: Deed) -> None:
        page, accepted = self._page(one.age), one.place % 2 == 0
        answer = self._lead(one.who, page, "new-statements", accepted=int(accepted))
        self._judge(answer, lambda: self.model.accept_new(page, accepted))

    def _room(self, one: Deed) -> None:
        page, text = self._page(one.age), self._new_text() if one.other else "  "
        answer = self._lead(one.who, page, "statements", text=text)
        self._judge(answer, lambda: self.model.add_for_room(page, text, text))

    def _timer(self, one: Deed) -> None:
        page = self._page(one.age)
        answer = self._lead(one.who, page, "timer", act=pick(["start", "pause", "add"], one.other))
        self._judge(answer, lambda: self.model.on(page))

    def _door(self, one: Deed) -> None:
        answer = self._lead(one.who, self._page(0), "door", is_open=int(one.yes))
        self._judge(answer, lambda: self.model.set_door(one.yes))

    def _between(self, one: Deed) -> None:
        page, way = self._page(one.age), pick(sorted(WAYS), one.other)
        answer = self._lead(one.who, page, "question-in-between", text="En dit?", way=way)
        self._judge(answer, lambda: self.model.add_between(page, self._newest_question(WAYS[way], None)))

    def _newest_question(self, phases: tuple[str, ...], budget: int | None, guided: bool = False) -> Question:
        return Question(self.now.newest("question"), phases, budget, guided=guided, changed=self._seq)

    def _follow_up(self, one: Deed) -> None:
        page = self._page(one.age)
        known = [(theme, name) for asked in self.model.agenda for theme, (name, _) in asked.board.names.items()]
        carried = list(dict.fromkeys(pick(known, place) for place in one.places)) if known else []
        named = {f"name-{theme}": name for theme, name in carried}
        fields = {"text": "Hoe verder?", "vote": "1", "budget": "3", "theme": [theme for theme, _ in carried], **named}
        answer = self._lead(one.who, page, "follow-up", **fields)

        def act() -> None:
            made = self._newest_question(WAYS["vote"], 3, guided=True)
            ids = sorted(row["id"] for row in self.now.rows["theme"] if row["question_id"] == made.id)
            new = [(theme, made_id, name) for (theme, name), made_id in zip(carried, ids, strict=False)]
            self.model.add_follow_up(page, made, new)

        self._judge(answer, act)

    def _pass_over(self, one: Deed) -> None:
        page, asked = self._page(one.age), pick(self.model.agenda, one.place)
        answer = self._lead(one.who, page, f"questions/{asked.id}/skip", skipped=int(one.yes))
        self._judge(answer, lambda: self.model.pass_over(asked.id, one.yes, page.seq, self._seq))

    # ------------------------------------------------------------------ what nobody does

    def _restart(self, _: Deed) -> None:
        self.house.restart()
        self._judge(Answer(200, ""), self.model.restart)

    def _minute(self, _: Deed) -> None:
        self.house.a_minute_passes()
        self._judge(Answer(200, ""), self.model.a_minute_passes)

    def _export(self, _: Deed) -> None:
        self.archives()


def _agreed(terms: tuple[int, int | None] | None) -> dict[str, object]:
    """The fields of the dialog before a vote."""
    if terms is None:
        return {}
    budget, limit = terms
    return {"confirmed": "start_vote", "budget": budget, "limit_per_theme": limit or ""}
