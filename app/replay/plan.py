"""Who writes what and who gives which points, so that the printed result comes out."""

from dataclasses import dataclass

from app.domain.statements import LENGTHS, normalise
from app.replay.printed import PrintedQuestion


@dataclass(frozen=True)
class Written:
    """A statement in the hands of whoever is going to type it."""

    text: str
    theme: int


@dataclass(frozen=True)
class QuestionPlan:
    budget: int
    """Points announced to each participant; 0 where nothing is voted on."""
    longest_statement: int
    statements: tuple[tuple[Written, ...], ...]
    """Per participant, in the order of typing."""
    ballots: tuple[tuple[int, ...], ...]
    """Per participant, points per theme in printed order."""

    @property
    def most_statements(self) -> int:
        """What the busiest participant writes."""
        return max((len(written) for written in self.statements), default=0)


def plan_question(question: PrintedQuestion, people: int, turn: int = 0) -> QuestionPlan:
    """`turn` is where the dealing starts, so that it isn't always the same people who say or give one more."""
    return QuestionPlan(
        budget=smallest_budget(question.points, people),
        longest_statement=length_to_allow(question),
        statements=deal_statements(question, people, turn),
        ballots=deal_points([theme.points for theme in question.themes], people, turn),
    )


def smallest_budget(points: int, people: int) -> int:
    return -(-points // people)


def length_to_allow(question: PrintedQuestion) -> int:
    longest = max((len(normalise(text)) for theme in question.themes for text in theme.statements), default=0)
    return next(length for length in LENGTHS if longest <= length)


def deal_statements(question: PrintedQuestion, people: int, turn: int) -> tuple[tuple[Written, ...], ...]:
    printed = [Written(text, at) for at, theme in enumerate(question.themes) for text in theme.statements]
    return tuple(tuple(printed[(person - turn) % people :: people]) for person in range(people))


def deal_points(points: list[int], people: int, turn: int) -> tuple[tuple[int, ...], ...]:
    """Points dealt like cards, theme after theme: ballots differ by one point at most, a theme's shares too."""
    ballots = [[0] * len(points) for _ in range(people)]
    dealt = turn
    for theme, given in enumerate(points):
        for _ in range(given):
            ballots[dealt % people][theme] += 1
            dealt += 1
    return tuple(tuple(ballot) for ballot in ballots)
