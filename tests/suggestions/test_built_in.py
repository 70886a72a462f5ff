"""The built-in resemblance: a hint with a reason that a person can check, and the same whatever the order."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.suggestions import built_in
from app.suggestions.built_in import PLAIN, SHIPPED, Measure, scores, suggest
from app.suggestions.evaluation import without
from app.suggestions.hints import KnownTheme, LooseStatement, SharedWord
from app.suggestions.reading import Readings, words_of
from tests.suggestions.boards import QUESTIONS, board, loose, real_board

NAMES = [(number, theme.name) for number in range(len(QUESTIONS)) for theme in real_board(number)]
AWKWARD = (
    "",
    " ",
    "👍",
    "👩‍👩‍👧",
    "??",
    "السلام عليكم",
    "नमस्ते",
    "日本語のテキスト",
    "a" * 5000,
    "ja " * 3000,
    "\u0301",
    "İSTANBUL",
    "ﬃ",
)
texts = some.text(max_size=40) | some.sampled_from(AWKWARD) | some.sampled_from([name for _, name in NAMES])


@pytest.mark.parametrize(("number", "name"), NAMES)
def test_a_statement_that_says_a_themes_name_suggests_that_theme(number, name):
    themes = real_board(number)
    (suggestion,) = suggest(loose(f"  {name.upper()}! "), themes)
    first = suggestion.themes[0]
    assert themes[first.theme_id].name == name
    assert first.score == 1.0


def test_a_name_counts_for_more_than_a_statement_of_another_theme():
    themes = board(Parkeren=["te weinig plek"], Overlast=["parkeren", "parkeren", "parkeren"])
    assert suggest(loose("parkeren"), themes)[0].themes[0].theme_id == 1


def test_a_statement_that_is_there_already_suggests_its_theme_however_full_that_is():
    full = [
        f"{subject} moet anders" for subject in ("lantaarn", "stoep", "brug", "bankje", "fontein", "rotonde", "tunnel")
    ]
    themes = board(Straatbeeld=[*full, "zwaluwstaart"], Geluid=["geluid"])
    assert suggest(loose("Zwaluwstaart"), themes)[0].themes[0].theme_id == 1


def test_the_reason_is_in_whole_words_as_they_were_written():
    themes = board(Parkeeroverlast=["auto's op de stoep"], Groen=["meer bomen"])
    (suggestion,) = suggest(loose("Betaald PARKEREN graag"), themes)
    assert suggestion.themes[0].why == (SharedWord("PARKEREN", "Parkeeroverlast"),)


def test_a_related_word_is_named_as_such():
    themes = board(Politie=["politie"], Groen=["bomen"])
    (suggestion,) = suggest(loose("meer handhaving"), themes)
    assert suggestion.themes[0].why == (SharedWord("handhaving", "Politie", is_related=True),)


def test_a_slip_of_the_finger_is_understood():
    themes = board(Samenwerking=[], Groen=["bomen"])
    (suggestion,) = suggest(loose("samenwerknig"), themes)
    assert suggestion.themes[0].why == (SharedWord("samenwerknig", "Samenwerking"),)


@pytest.mark.parametrize("text", ["meer bankjes", "iets met fluiten", "de het een", "👍"])
def test_without_shared_words_nothing_is_suggested(text):
    assert suggest(loose(text), board(Parkeren=["te weinig plek"], Overlast=["lawaai van brommers"])) == ()


@pytest.mark.parametrize(
    ("text", "name"), [("wandelen", "Handel"), ("trouwen", "Vertrouwen"), ("vergeten", "Vergroten")]
)
def test_letters_that_happen_to_be_the_same_are_no_reason(text, name):
    themes = [KnownTheme(1, name), KnownTheme(2, "Groen")]
    assert scores([text], themes)[0][0] > built_in.LOWEST_SHOWN
    assert suggest(loose(text), themes) == ()


@given(some.lists(texts, max_size=5), some.lists(some.tuples(texts, some.lists(texts, max_size=4)), max_size=5))
def test_any_texts_at_all_are_read_and_every_suggestion_has_its_reason_in_them(written, drawn):
    themes = [KnownTheme(number, name, tuple(members)) for number, (name, members) in enumerate(drawn)]
    statements = [LooseStatement(str(number), text) for number, text in enumerate(written)]
    for suggestion in suggest(statements, themes):
        here = set(words_of(written[int(suggestion.statement_id)]))
        for one in suggestion.themes:
            there = {
                word for text in (themes[one.theme_id].name, *themes[one.theme_id].members) for word in words_of(text)
            }
            assert 0 < one.score <= 1
            assert one.why
            assert all(shared.here in here and shared.there in there for shared in one.why)


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
def test_the_order_of_input_does_not_matter(number):
    themes = real_board(number)
    statements = [LooseStatement(text, text) for theme in real_board(1) for text in theme.members]
    expected = {one.statement_id: one for one in suggest(statements, themes)}
    shuffled = [KnownTheme(one.id, one.name, tuple(random.sample(one.members, len(one.members)))) for one in themes]
    random.shuffle(shuffled)
    random.shuffle(statements)
    assert {one.statement_id: one for one in suggest(statements, shuffled)} == expected


def test_equal_themes_come_in_order_of_name_and_not_of_chance():
    themes = [KnownTheme(1, "Zebra", ("groen",)), KnownTheme(2, "Aap", ("groen",))]
    (suggestion,) = suggest(loose("groen"), themes)
    assert [one.theme_id for one in suggestion.themes] == [2, 1]
    assert suggestion.themes[0].score == suggestion.themes[1].score


def test_suggestions_keep_the_order_of_the_statements():
    found = suggest(loose("bomen", "niets hiervan", "parkeren"), board(Parkeren=[], Groen=["bomen"]))
    assert [one.statement_id for one in found] == ["a", "c"]


def test_a_theme_without_statements_is_known_by_its_name_and_nothing_pulls_it_down():
    themes = board(Parkeren=[], Verkeerslichten=["Parkeren"])
    (suggestion,) = suggest(loose("parkeren graag"), themes)
    assert suggestion.themes[0].theme_id == 1


def test_without_themes_there_is_nothing_to_suggest():
    assert suggest(loose("parkeren"), []) == ()
    assert suggest([], board(Parkeren=[])) == ()


def test_the_background_says_which_words_are_common():
    themes = board(Wijkteam=["wijkteam is er"], Loket=["loket is open"])
    text = ["wijkteam loket"]
    assert scores(text, themes)[0][0] == pytest.approx(scores(text, themes)[0][1], abs=0.1)
    common, rare = scores(text, themes, background=["het wijkteam"] * 40)[0]
    assert rare > common


def test_a_text_is_read_once_for_a_session(monkeypatch):
    read = []
    monkeypatch.setattr(
        Readings, "_read", lambda self, text, real=Readings._read: read.append(text) or real(self, text)
    )
    readings = Readings()
    for _ in range(3):
        suggest(loose("bomen", "bomen"), board(Groen=["bomen", "gras"]), readings)
    assert sorted(read) == ["Groen", "bomen", "gras"]


@pytest.mark.parametrize(
    ("number", "theme", "statement", "word"),
    [
        (0, "Samenwerking", "verbeterde samenwerking met partners uit het wijkteam", "samenwerking"),
        (1, "Invulling spreekuur", "invulling spreekuur", "spreekuur"),
        (3, "Afhandeling", "vlotte afhandeling", "afhandeling"),
        (4, "Functioneren capaciteit politie", "wijkpolitie weinig actief", "wijkpolitie"),
        (4, "Functioneren capaciteit politie", "waar is de wijkagent?", "wijkagent"),
    ],
)
def test_statements_of_the_real_sessions_find_the_way_back_with_their_reason(number, theme, statement, word):
    place, own = next((place, own) for place, own in enumerate(QUESTIONS[number].themes) if own.name == theme)
    (suggestion,) = suggest(loose(statement), without(QUESTIONS[number], place, own.statements.index(statement)))
    assert suggestion.themes[0].theme_id == place
    assert word in [shared.here for shared in suggestion.themes[0].why]


@pytest.mark.parametrize("measure", [PLAIN, SHIPPED, Measure(nearest=1.0), Measure(related=0.0)])
def test_every_measure_scores_from_0_to_1(measure):
    themes = real_board(0)
    rows = scores([text for theme in themes for text in theme.members], themes, measure=measure)
    assert all(0 <= score <= 1 for row in rows for score in row)


def test_the_score_is_what_the_formula_says():
    # Each word has six n-grams. Of five texts two hold those of "abc", none those of "xyz".
    known, unknown = math.log(6 / 3) + 1, math.log(6) + 1
    cosine = known / math.hypot(known, unknown)
    themes = board(abc=["abc", "def"], ghi=["klm"])
    row = scores(["abc xyz"], themes, measure=Measure(name_weight=1.0, nearest=0.25, related=0.0))[0]
    # The name, a quarter the nearest member, three quarters the mean of both.
    assert row == [pytest.approx((cosine + 0.25 * cosine + 0.75 * cosine / 2) / 2), 0]


def test_groups_of_the_real_sessions_are_few_and_share_words():
    statements = [LooseStatement(text, text) for theme in real_board(0) for text in theme.members]
    groups = built_in.group(statements)
    assert [set(one.statement_ids) for one in groups] == [
        {"op adequate wijze problemen benaderen", "wijkteamproblemen als 'team' benaderen/oplossen"},
        {"korte lijnen (communicatie)", "korte lijnen tussen partijen -> snel actie"},
        {"status wijkteam", "status overleggen"},
        {"evenwichtige samenhang", "verbeterde samenwerking met partners uit het wijkteam"},
    ]
    assert groups[2].why == ("status",)
