"""The agendas that come with Moderato are right in every language, and say how long they take."""

from __future__ import annotations

import pytest

from app.domain.agenda import check_settings
from app.domain.refusals import Refusal
from app.languages import LANGUAGES
from app.screens.session_templates import EMPTY, TEMPLATES, example_themes, questions_of, script_of
from app.screens.templates import begun_with

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_question_can_be_asked_as_it_is_and_has_minutes_for_each_phase(language: str, template: str) -> None:
    for settings in questions_of(template, language):
        assert check_settings(settings) == settings
        assert set(settings.minutes) == set(settings.phases)
        assert settings.budget is None


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_script_says_something_and_warns_of_more_than_80_or_too_many_themes(language: str, template: str) -> None:
    script = script_of(template, language)
    assert len(script.splitlines()) >= 3
    assert "80" in script or "12" in script


@pytest.mark.parametrize(
    ("template", "questions", "minutes"),
    [("evaluation", 3, 90), ("future", 2, 60), ("priorities", 1, 20), ("quick", 1, 15), (EMPTY, 0, 0)],
)
def test_they_take_as_long_as_they_say(language: str, template: str, questions: int, minutes: int) -> None:
    asked = questions_of(template, language)
    assert (len(asked), sum(sum(one.minutes.values()) for one in asked)) == (questions, minutes)


def test_setting_priorities_votes_only_on_themes_that_are_known_as_examples(language: str) -> None:
    (asked,) = questions_of("priorities", language)
    assert asked.phases == ("vote", "result")
    assert set(asked.themes) == example_themes(language)


def test_a_template_that_is_not_there_is_refused(language: str) -> None:
    with pytest.raises(Refusal):
        questions_of("geen", language)


def test_an_agenda_without_anything_of_a_template_is_begun_with_none(language: str) -> None:
    assert begun_with((), ["Iets eigens?"]) == ""
