"""What a person is asked before something that costs: the question, what one should know, and the two buttons."""

from __future__ import annotations

from app.domain.anonymity import is_few
from app.domain.refusals import ConfirmationNeeded
from app.screens.render import N_, translate, translations
from app.web import hindered

NOT_NOW = N_("Not now")
LEAVE_AS_IT_STANDS = N_("Leave it as it stands")
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
    if needed.key == "redact":
        return _asked_to_redact(needed.count, language), text(N_("Leave out for good"))
    if needed.key in STILL_TYPING:
        return _who_types(needed.count, language), text(N_("Close now"))
    if needed.key == "skip":
        return _asked_to_skip(needed, language), text(N_("Skip the rest"))
    if needed.recounted:
        return _asked_to_replace(needed, language), text(N_("Replace it"))
    if needed.key == "drop_votes":
        people = text(N_("fewer than 3")) if is_few(needed.count) else str(needed.count)
        asked = text(N_("Back to grouping? What %(n)s participants voted will be dropped.")) % {"n": people}
        return asked, text(N_("Back to grouping"))
    if needed.key == "vote_again":
        return _asked_to_vote_again(needed.count, language), text(N_("Vote again"))
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
    if needed.key == "redact":
        return _not_recalled(needed.quoted, language)
    return translate(language, STILL_TYPING[needed.key]) if needed.key in STILL_TYPING else ""


def instead(needed: ConfirmationNeeded, language: str) -> str:
    """What a second button says that goes on another way; empty where there is none."""
    return hindered.instead(needed.hindered, language) if needed.hindered else ""


def leave_it(needed: ConfirmationNeeded, language: str) -> str:
    """What the button says that changes nothing."""
    if needed.hindered:
        return hindered.leave_it(language)
    if needed.recounted:
        return translate(language, LEAVE_AS_IT_STANDS)
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


def _asked_to_vote_again(count: int, language: str) -> str:
    return translate(
        language,
        N_(
            "Vote again? Everybody divides all points anew. What %(n)s participants voted is kept as the round before, "
            "and is shown beside the new vote once that has closed."
        ),
        n=count,
    )


def _asked_to_redact(count: int, language: str) -> str:
    return translations(language).ngettext(
        "Leave out %(n)s statement for good? Its text is overwritten on this server and can’t be brought back.",
        "Leave out %(n)s statements for good? Their text is overwritten on this server and can’t be brought back.",
        count,
    ) % {"n": count}


def _not_recalled(quoted: int, language: str) -> str:
    """What redacting does not reach: what is elsewhere already, and what repeats it."""
    elsewhere = translate(
        language,
        N_(
            "What can’t be recalled: reports and files that somebody has downloaded already, backups of this server "
            "made before now, and what other moderators copied to sessions and templates of their own. They keep the "
            "text until whoever has them deletes them."
        ),
    )
    if not quoted:
        return elsewhere
    repeated = translations(language).ngettext(
        "%(n)s other text still repeats something of it, and stays; the page says where. Change it first.",
        "%(n)s other texts still repeat something of it, and stay; the page says where. Change them first.",
        quoted,
    ) % {"n": quoted}
    return f"{repeated} {elsewhere}"


def _asked_to_replace(needed: ConfirmationNeeded, language: str) -> str:
    """What stands for each theme that a colleague counted meanwhile, and what would stand instead."""
    each = [
        translate(
            language,
            N_("“%(theme)s”: now %(stands)s, and you entered %(entered)s."),
            theme=one.theme,
            stands=_by_hand(one.stands, language),
            entered=_by_hand(one.entered, language),
        )
        for one in needed.recounted
    ]
    changed = translate(language, N_("Points counted by hand were changed meanwhile, so nothing is saved yet."))
    return " ".join([changed, *each])


def _by_hand(points: int | None, language: str) -> str:
    return translate(language, N_("nothing")) if points is None else str(points)
