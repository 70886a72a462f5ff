"""The agendas that come with Moderato: their questions, and what a moderator says and minds with each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.agenda import QuestionSettings
from app.domain.refusals import Reason, Refusal
from app.languages import LANGUAGES
from app.screens.render import N_, translate

EMPTY = "empty"


@dataclass(frozen=True)
class Asked:
    """A question of a template: the phases it goes through are those that have minutes."""

    text: str
    minutes: Mapping[str, int]
    themes: tuple[str, ...] = ()


@dataclass(frozen=True)
class BuiltIn:
    """A template: `script` is what the moderator says and minds, a paragraph each; `tints` its little cards."""

    name: str
    line: str
    script: tuple[str, ...]
    tints: str = ""
    questions: tuple[Asked, ...] = field(default=())


# The three questions of the evaluation are those that the real sessions of 2005 were asked.
TEMPLATES: dict[str, BuiltIn] = {
    "evaluation": BuiltIn(
        N_("Evaluation"),
        N_("what goes well, bottlenecks, actions"),
        (
            N_("Say: tonight we look back together. First what goes well, then what gets stuck, then what we will do."),
            N_("Say: you write without a name, one thought at a time. Nobody sees who writes what, nor do I."),
            N_("Time: collect for ten minutes, until it falls silent. Group aloud, so that the group can follow it."),
            N_("Mind: more than 80 statements on a question? Stop collecting, or split the question in two."),
            N_("Mind: more than 12 themes? Put some together before the vote; few themes make a clear result."),
            N_("End: with the last question, write down for each action who does it and by when."),
        ),
        "abf",
        (
            Asked(
                N_("What do you see as positive about the new neighbourhood approach?"),
                {"collect": 10, "cluster": 12, "vote": 5, "result": 8},
            ),
            Asked(N_("What are the main bottlenecks?"), {"collect": 8, "cluster": 10, "vote": 5, "result": 7}),
            Asked(N_("What needs to happen, concretely?"), {"collect": 10, "cluster": 5, "result": 10}),
        ),
    ),
    "future": BuiltIn(
        N_("Vision of the future"),
        N_("what will the neighbourhood look like in 10 years?"),
        (
            N_("Say: imagine it is ten years from now and it went well. What do you see when you walk outside?"),
            N_("Say: write what you see, not yet how to get there. That is the second question."),
            N_("Time: half an hour for each question. Give people two quiet minutes before they write."),
            N_("Mind: more than 80 statements: split the question, for instance into living, green and meeting."),
            N_("End: read the three heaviest themes aloud and ask who wants to go on with one of them."),
        ),
        "ge",
        (
            Asked(
                N_("What will our neighbourhood look like in 10 years?"),
                {"collect": 10, "cluster": 10, "vote": 5, "result": 5},
            ),
            Asked(N_("What is needed to get there?"), {"collect": 10, "cluster": 10, "vote": 5, "result": 5}),
        ),
    ),
    "priorities": BuiltIn(
        N_("Setting priorities"),
        N_("the list is fixed, voting only"),
        (
            N_("Beforehand: put your own list in place of the three example themes, one on each line."),
            N_("Say: the list is known to you. You divide points; you may put more than one on what matters most."),
            N_("Time: read the list aloud first, then eight minutes to vote, then talk about the result."),
            N_("Mind: 5 to 12 themes work well. With more, vote in two questions and let the best of both return."),
        ),
        "c",
        (
            Asked(
                N_("What should come first, in your view?"),
                {"vote": 8, "result": 12},
                (N_("Theme 1"), N_("Theme 2"), N_("Theme 3")),
            ),
        ),
    ),
    "quick": BuiltIn(
        N_("Quick poll"),
        N_("one open question, no points"),
        (
            N_("Say: one question, eight minutes. Write what comes first to your mind; short is good."),
            N_("Time: fifteen minutes in all. Read some statements aloud and ask what stands out."),
            N_("Mind: more than 80 statements are too many to read together: split the question, or add grouping."),
        ),
        "h",
        (Asked(N_("What do you want to say about this?"), {"collect": 8, "result": 7}),),
    ),
    EMPTY: BuiltIn(
        N_("Empty"),
        N_("your own questions"),
        (
            N_("One question takes about half an hour: ten minutes to write, ten to group, five to vote, then talk."),
            N_("Three questions fill an evening. After an hour a break does everybody good."),
            N_("Ask one thing at a time, in words that everybody in the room uses."),
            N_("Mind: expect three statements a person. More than 80 on one question: split the question."),
        ),
    ),
}


def script_of(template: str, language: str) -> str:
    """What the moderator says and minds, a paragraph on each line."""
    return "\n".join(translate(language, line) for line in TEMPLATES[template].script)


def questions_of(template: str, language: str) -> tuple[QuestionSettings, ...]:
    """The questions of a template in the session's language; their points are automatic.

    An empty name is the empty template. Raises Refusal for a template or language that isn't there.
    """
    if (template or EMPTY) not in TEMPLATES or language not in LANGUAGES:
        raise Refusal(Reason.INPUT_MALFORMED)
    return tuple(
        QuestionSettings(
            translate(language, asked.text),
            phases=tuple(asked.minutes),
            budget=None,
            minutes=asked.minutes,
            themes=tuple(translate(language, name) for name in asked.themes),
        )
        for asked in TEMPLATES[template or EMPTY].questions
    )


def example_themes(language: str) -> set[str]:
    """Themes that stand where a moderator's own are to come."""
    return {translate(language, name) for one in TEMPLATES.values() for asked in one.questions for name in asked.themes}
