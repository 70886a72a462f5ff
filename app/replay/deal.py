"""Who says what on which question of an agenda that is not the file's own."""

from dataclasses import dataclass
from random import Random

from app.domain.statements import normalise
from app.replay.plan import Written, deal_statements
from app.replay.printed import PrintedQuestion, PrintedSession


@dataclass(frozen=True)
class Part:
    """What one participant has to say on a question, and the printed question it comes from."""

    printed: PrintedQuestion
    statements: tuple[Written, ...]

    @property
    def themes(self) -> list[str]:
        return [theme.name for theme in self.printed.themes]

    @property
    def points(self) -> dict[str, int]:
        """The file's points by the names of its themes."""
        return {" ".join(theme.name.split()): theme.points for theme in self.printed.themes}


class Deal:
    """The file's questions, dealt over the live ones: to the one with the same text, else in turn and round again."""

    def __init__(self, session: PrintedSession, people: int, seed: int) -> None:
        self._questions, self._people, self._seed = session.questions, people, seed
        self._places: dict[str, int] = {}
        self._next = 0
        self._dealt: dict[str, list[tuple[Written, ...]]] = {}

    def part(self, question: str, text: str, person: int) -> Part:
        """For a live question (its id and text) and a person, counted from 0; the same each time it is asked."""
        if question not in self._places:
            self._places[question] = self._place(text)
            self._next = (self._places[question] + 1) % len(self._questions)
        printed = self._questions[self._places[question]]
        if question not in self._dealt:
            shares = deal_statements(printed, self._people, 0)
            # Not always the same people are the first to whom statements are dealt.
            Random(f"{self._seed} deal {len(self._dealt)}").shuffle(mixed := list(shares))
            self._dealt[question] = mixed
        return Part(printed, self._dealt[question][person])

    def _place(self, text: str) -> int:
        shown = " ".join(text.split())
        same = (at for at, one in enumerate(self._questions) if " ".join(normalise(one.text).split()) == shown)
        return next(same, self._next)
