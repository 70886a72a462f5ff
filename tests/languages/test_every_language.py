"""The laws of a language: every sentence is there, with the same fields in it, in the words of the glossary."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.languages import DIRECTORY, LANGUAGES
from app.web import confirmations, sentences

ROOT = Path(__file__).parents[2]
FIELD = re.compile(r"%\((\w+)\)s")
VALUES = {"length": 141, "limit": 140, "budget": 3, "lowest": 1, "highest": 100, "most": 2, "themes": 2}
VALUES |= {"place": "x", "count": 3, "seconds": 12}


def catalogue(language: str) -> Catalog:
    with (DIRECTORY / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file)


def used_in_code() -> set[str]:
    """Every message the code and the templates speak."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
    found = extract_from_dir(
        ROOT / "app", [(f"**/{Path(glob).name}", kind) for glob, kind in methods], options, keywords
    )
    return {message if isinstance(message, str) else message[0] for _, _, message, *_ in found}


def texts(message: Message) -> list[tuple[str, str]]:
    """Pairs of original and translation; two for a message with a plural."""
    originals = message.id if isinstance(message.id, list | tuple) else (message.id,)
    translated = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return list(zip(originals, translated, strict=False))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_code_is_in_the_catalogue(language):
    known = {texts(message)[0][0] for message in catalogue(language)}
    assert used_in_code() - known == set()


def marked_in_code() -> set[str]:
    """Every message that is marked for translation, also where the tool that gathers them can't see it."""
    calls = [
        node
        for path in (ROOT / "app").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_"
    ]
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}


def test_no_message_stands_where_it_is_never_gathered():
    assert marked_in_code() - used_in_code() == set(), "inside an f-string a message is not found"


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_message_is_translated_and_none_is_a_guess(language):
    missing = [
        message.id
        for message in catalogue(language)
        if message.id and (message.fuzzy or not all(translated for _, translated in texts(message)))
    ]
    assert missing == []


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_a_translation_has_the_fields_of_its_original_and_no_other(language):
    for message in catalogue(language):
        wanted = set(FIELD.findall(" ".join(original for original, _ in texts(message))))
        for _, translated in texts(message):
            assert set(FIELD.findall(translated)) <= wanted, message.id
        assert set(FIELD.findall(texts(message)[-1][1])) == set(FIELD.findall(texts(message)[-1][0])), message.id


def test_dutch_says_u_and_shouts_at_nobody():
    for message in catalogue("nl"):
        for _, translated in texts(message) if message.id else []:
            assert not re.search(r"\b(je|jij|jouw|jullie)\b", translated, re.IGNORECASE), translated
            assert "!" not in translated, translated
            assert not re.search(r"\w'\w", translated), f"a typographic apostrophe in: {translated}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_every_refusal_is_a_whole_sentence(language, reason):
    said = sentences.sentence(Refusal(reason, **VALUES), language)
    assert said[0].isupper() and said.endswith((".", "?")) and "%(" not in said


@pytest.mark.parametrize(
    "key", ["start_vote", "drop_votes", "vote_again", "end", "skip", "still_typing", "still_typing_last_minute"]
)
@pytest.mark.parametrize("count", [0, 1, 2, 12])
def test_every_question_before_a_loss_is_asked_in_both_languages(key, count):
    asked = {language: confirmations.question(ConfirmationNeeded(key, count), language) for language in LANGUAGES}
    assert asked["nl"] != asked["en"]
    assert all(question.endswith("?") or "." in question for question, _ in asked.values())


def test_a_question_is_skipped_without_a_count_of_nothing():
    assert confirmations.question(ConfirmationNeeded("skip", 0), "nl")[0] == (
        "De rest van deze vraag overslaan? Er wordt niet over gestemd."
    )
    assert "3 uitspraken blijven bewaard" in confirmations.question(ConfirmationNeeded("skip", 3, dropped=4), "nl")[0]
