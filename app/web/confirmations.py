"""What a person is asked before something that costs: the question, what one should know, and the two buttons."""

from __future__ import annotations

from app.domain.anonymity import is_few
from app.domain.refusals import ConfirmationNeeded
from app.screens.render import N_, translate, translations
from app.web import hindered

NOT_NOW = N_("Not now")
WAIT = N_("Wait a moment")
STILL_TYPING = {
    "still_typing": N_("What they typed stays on their phones. They can still send it while you group."),
    "still_typing_last_minute": N_("What they typed stays on their phones. They can still send it for a minute."),
}


def question(needed: ConfirmationNeeded, language: str) -> tuple[str, str]:
    """The question that names the consequence in numbers, and what the button says that goes on."""
    if needed.hindered:
        return hindered.question(needed.hindered, language)
    ngettext = translations(language).ngettext
    text = translations(language).gettext
    if needed.key == "start_vote":
        return text(N_("How many points does each participant divide?")), text(N_("Start voting"))
    if needed.key in STILL_TYPING:
        return _who_types(needed.count, language), text(N_("Close now"))
    if needed.key == "skip":
        return _asked_to_skip(needed, language), text(N_("Skip the rest"))
    if needed.key == "drop_votes":
        people = text(N_("fewer than 3")) if is_few(needed.count) else str(needed.count)
        asked = text(N_("Back to grouping? What %(n)s participants voted will be dropped.")) % {"n": people}
        return asked, text(N_("Back to grouping"))
    asked = ngettext(
        "Finish this session? %(n)s statement is kept for the report; participants can't send anything any more.",
        "Finish this session? %(n)s statements are kept for the report; participants can't send anything any more.",
        needed.count,
    )
    return asked % {"n": needed.count}, text(N_("Finish session"))


def explanation(needed: ConfirmationNeeded, language: str) -> str:
    """What the person who is asked should know besides; empty where the question says it all."""
    if needed.hindered:
        return hindered.explanation(needed.hindered, language)
    return translate(language, STILL_TYPING[needed.key]) if needed.key in STILL_TYPING else ""


def instead(needed: ConfirmationNeeded, language: str) -> str:
    """What a second button says that goes on another way; empty where there is none."""
    return hindered.instead(needed.hindered, language) if needed.hindered else ""


def leave_it(needed: ConfirmationNeeded, language: str) -> str:
    """What the button says that changes nothing."""
    if needed.hindered:
        return hindered.leave_it(language)
    return translate(language, WAIT if needed.key in STILL_TYPING else NOT_NOW)


def _who_types(count: int, language: str) -> str:
    """One or two are not counted: in a small group that would point at them."""
    if is_few(count):
        return translate(language, N_("People are still writing."))
    return translate(language, N_("%(n)s participants are still writing."), n=count)


def _asked_to_skip(needed: ConfirmationNeeded, language: str) -> str:
    """What skipping the rest of a question keeps, and what it drops."""
    kept = translate(language, N_("Skip the rest of this question?"))
    if needed.count:
        kept = translations(language).ngettext(
            "Skip the rest of this question? Its %(n)s statement is kept for the report.",
            "Skip the rest of this question? Its %(n)s statements are kept for the report.",
            needed.count,
        ) % {"n": needed.count}
    if needed.dropped is None:
        no_vote = translate(language, N_("It is not voted on."))
        return f"{kept} {no_vote}"
    people = translate(language, N_("fewer than 3")) if is_few(needed.dropped) else str(needed.dropped)
    dropped = translate(language, N_("What %(n)s participants voted will be dropped."), n=people)
    return f"{kept} {dropped}"
