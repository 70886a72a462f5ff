"""The agendas a new session may begin with."""

from __future__ import annotations

from app.domain.agenda import QuestionSettings
from app.domain.phases import WITH_VOTE, WITHOUT_VOTE
from app.domain.refusals import Reason, Refusal
from app.languages import LANGUAGES
from app.screens.render import N_, translate

EMPTY = "empty"
# The questions that the real sessions of 2005 were asked; the last one leads to actions and needs no vote.
TEMPLATES: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "evaluation": (
        (N_("What do you see as positive about the new neighbourhood approach?"), WITH_VOTE),
        (N_("What are the main bottlenecks?"), WITH_VOTE),
        (N_("What needs to happen, concretely?"), WITHOUT_VOTE),
    ),
    EMPTY: (),
}


def questions_of(template: str, language: str) -> tuple[QuestionSettings, ...]:
    """The questions of a template in the session's language; their points are automatic.

    An empty name is the empty template. Raises Refusal for a template or language that isn't there.
    """
    if (template or EMPTY) not in TEMPLATES or language not in LANGUAGES:
        raise Refusal(Reason.INPUT_MALFORMED)
    return tuple(
        QuestionSettings(translate(language, text), phases=phases, budget=None)
        for text, phases in TEMPLATES[template or EMPTY]
    )
