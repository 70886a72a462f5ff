"""Which text is kept, and which revision stands."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from app.domain.refusals import Reason, Refusal
from app.domain.statements import (
    check_line,
    check_revision,
    check_statement,
    has_content,
    is_another_text,
    is_newer,
    normalise,
)

texts = some.text(some.characters(exclude_categories=["Cs"]))


@given(texts)
def test_normalising_twice_is_normalising_once(text):
    assert normalise(normalise(text)) == normalise(text)


@given(texts)
def test_what_is_kept_is_composed_and_has_no_control_characters(text):
    kept = normalise(text)
    assert unicodedata.is_normalized("NFC", kept)
    assert not any(unicodedata.category(sign) == "Cc" for sign in kept)


@given(
    some.text(some.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])).map(
        lambda t: unicodedata.normalize("NFC", t)
    )
)
def test_composed_text_without_controls_is_left_as_it_is(text):
    assert normalise(text) == text


@pytest.mark.parametrize(
    "text", ["->", "'team'", "reactie snelheid", " spaties  blijven ", "👩‍👩‍👧", "\u202eomgekeerd\u202c", "=1+1"]
)
def test_nothing_is_made_prettier(text):
    assert normalise(text) == text


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_a_line_break_is_one_space(line_break):
    assert normalise(f"een{line_break}twee") == "een twee"


@pytest.mark.parametrize("control", ["\0", "\x07", "\x1b", "\x7f", "\x9f", "\t"])
def test_control_characters_disappear(control):
    assert normalise(f"a{control}b") == "ab"


@pytest.mark.parametrize("broken", ["\ud83d", "tekst \udc00", "\udfff\ud800"])
def test_half_a_surrogate_is_refused(broken):
    with pytest.raises(Refusal) as refused:
        check_statement(broken, 140)
    assert refused.value.reason == Reason.TEXT_NOT_READABLE


@pytest.mark.parametrize("empty", ["", "   ", "\n\r\n", "\u200b\u200d", "\0\x01", "\u00a0\u2003"])
def test_a_statement_with_nothing_to_see_is_refused(empty):
    assert not has_content(normalise(empty))
    with pytest.raises(Refusal) as refused:
        check_statement(empty, 140)
    assert refused.value.reason == Reason.STATEMENT_EMPTY


@pytest.mark.parametrize("not_text", [None, 7, 1.5, True, [], {"a": 1}])
def test_what_is_no_text_is_refused(not_text):
    with pytest.raises(Refusal) as refused:
        check_statement(not_text, 140)
    assert refused.value.reason == Reason.TEXT_NOT_READABLE


def test_length_is_counted_in_code_points_after_composing():
    assert check_statement("😀" * 140, 140) == "😀" * 140
    assert check_statement("e\u0301" * 140, 140) == "é" * 140


def test_a_text_one_too_long_is_refused_with_both_numbers():
    with pytest.raises(Refusal) as refused:
        check_statement("x" * 141, 140)
    assert refused.value.reason == Reason.STATEMENT_TOO_LONG
    assert refused.value.values == {"limit": 140, "length": 141}


@given(texts, some.integers(1, 50))
def test_a_line_is_trimmed_and_never_longer_than_allowed(text, limit):
    try:
        line = check_line(text, limit)
    except Refusal as refusal:
        assert refusal.reason in (Reason.TEXT_MISSING, Reason.TEXT_TOO_LONG)
        return
    assert line == line.strip() and 0 < len(line) <= limit


@pytest.mark.parametrize("odd", [0, -1, 2**31 + 1, 1.0, "1", None, True, float("nan"), []])
def test_a_revision_is_a_whole_number_from_one(odd):
    with pytest.raises(Refusal):
        check_revision(odd)


@given(some.integers(1, 2**31), some.integers(1, 2**31))
def test_of_two_revisions_exactly_the_higher_is_newer(one, other):
    assume(one != other)
    assert is_newer(max(one, other), min(one, other))
    assert not is_newer(min(one, other), max(one, other)) and not is_newer(one, one)
    assert is_newer(one, None)


def test_a_form_sent_again_holds_another_text_only_when_the_kept_text_differs():
    assert not is_another_text("een\r\ngedachte", "een gedachte", 1)
    assert is_another_text("een tweede", "een gedachte", 1)


def test_what_the_scripts_changed_since_is_never_undone_by_the_form():
    assert not is_another_text("een gedachte", "een gedachte, heel", 2)
