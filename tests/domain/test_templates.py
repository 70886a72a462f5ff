"""What is saved of an agenda, and what its moderator says about it."""

import pytest

from app.domain.agenda import QuestionSettings, check_settings
from app.domain.phases import PAUSE_ONLY, WITHOUT_VOTE
from app.domain.refusals import Refusal
from app.domain.templates import TemplateFields, as_plain, check_fields, from_plain, mark_of


@pytest.mark.parametrize(
    "settings",
    [
        QuestionSettings("Wat nu?", WITHOUT_VOTE, None, None, 280, {"collect": 10}, statements_on_phones=True),
        QuestionSettings("Wat eerst?", ("vote", "result"), 3, 2, 140, {"vote": 8}, ("Groen", "Veilig")),
        QuestionSettings("Pauze", PAUSE_ONLY, None, minutes={"pause": 15}),
    ],
)
def test_a_question_comes_out_of_a_template_as_it_went_in(settings):
    checked = check_settings(settings)
    assert check_settings(from_plain(as_plain(checked))) == checked


def test_a_script_keeps_its_lines_and_a_name_becomes_one():
    kept = check_fields(TemplateFields(" Onze\navond ", "Zeg welkom. \r\n\r\nLet op de tijd.\n"))
    assert kept == TemplateFields("Onze avond", "Zeg welkom.\n\nLet op de tijd.")


@pytest.mark.parametrize("wrong", [TemplateFields(" "), TemplateFields("x" * 201), TemplateFields("x", "y" * 4001)])
def test_a_template_needs_a_name_and_a_script_that_fits(wrong):
    with pytest.raises(Refusal):
        check_fields(wrong)


def test_every_change_gives_a_template_another_mark():
    said = [TemplateFields("a"), TemplateFields("b"), TemplateFields("a", "c"), TemplateFields("a", shared=True)]
    assert len({mark_of(fields) for fields in said}) == len(said)
