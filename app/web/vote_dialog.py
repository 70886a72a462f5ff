"""The dialog before a vote: its fields, why these points are proposed, and which themes look alike."""

from __future__ import annotations

from typing import Any

from app.domain.advisor import Advice, Proposal
from app.domain.ballots import LARGEST_BUDGET, LARGEST_PROPOSAL, VoteTerms
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.screens.render import translations
from app.web import sentences

FIELDS = ("budget", "limit_per_theme")
MOST_PAIRS = 6


def agreed_in(form: Any) -> VoteTerms | Refusal | None:
    """What the fields of the dialog say, a Refusal where they can't be read; None when the form has none."""
    if "budget" not in form:
        return None
    budget, limit = (_number(form.get(name, "")) for name in FIELDS)
    if budget is None or limit is None:
        return Refusal(Reason.SETTING_OUT_OF_RANGE, lowest=1, highest=LARGEST_BUDGET)
    return VoteTerms(budget, limit if str(form.get("limit_per_theme", "")).strip() else None)


def _number(typed: object) -> int | None:
    """A short whole number, 0 for an empty field; None for anything else."""
    text = typed.strip() if isinstance(typed, str) else "?"
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None


def words(needed: ConfirmationNeeded, form: Any, language: str) -> dict[str, Any]:
    """What the dialog shows; after a refusal with what was typed."""
    proposal = needed.proposal
    assert proposal is not None
    limit = proposal.terms.limit_per_theme
    values = {"budget": str(proposal.terms.budget), "limit_per_theme": str(limit) if limit else ""}
    if proposal.refused:
        values = {name: str(form.get(name, values[name])) for name in FIELDS}
    return {
        **values,
        "error": sentences.sentence(proposal.refused, language) if proposal.refused else "",
        "proposed": _proposed(proposal, language),
        "why": _why(proposal.advice, language),
        "loose": _loose(needed.count, language),
        "alike": proposal.alike[:MOST_PAIRS],
        "more_alike": max(0, len(proposal.alike) - MOST_PAIRS),
        "to_board": proposal.on_board and bool(proposal.alike or needed.count),
    }


def _proposed(proposal: Proposal, language: str) -> str:
    """The advice in figures, where the fields hold something else."""
    terms = proposal.advice.terms
    if proposal.terms == terms:
        return ""
    _, ngettext = translations(language).gettext, translations(language).ngettext
    points = ngettext("%(n)s point", "%(n)s points", terms.budget) % {"n": terms.budget}
    if terms.limit_per_theme is None:
        return _("You set this yourself. Our advice would be: %(points)s.") % {"points": points}
    return _("You set this yourself. Our advice would be: %(points)s, at most %(limit)s on one theme.") % {
        "points": points,
        "limit": terms.limit_per_theme,
    }


def _why(advice: Advice, language: str) -> list[str]:
    """The reasons with their numbers."""
    _ = translations(language).gettext
    return [*_why_third(advice, language), *_why_least(advice, language), *_why_limit(advice, _)]


def _why_third(advice: Advice, language: str) -> list[str]:
    ngettext = translations(language).ngettext
    numbers = {"n": advice.themes, "third": advice.third}
    if advice.third < 3:
        return [
            ngettext(
                "%(n)s theme: a third is %(third)s, and with fewer than 3 points there is little to divide.",
                "%(n)s themes: a third is %(third)s, and with fewer than 3 points there is little to divide.",
                advice.themes,
            )
            % numbers
        ]
    return [
        ngettext("%(n)s theme: a third is %(third)s.", "%(n)s themes: a third is %(third)s.", advice.themes) % numbers
    ]


def _why_least(advice: Advice, language: str) -> list[str]:
    """What it takes that no two themes need to end with as many points."""
    _, ngettext = translations(language).gettext, translations(language).ngettext
    if not advice.participants or advice.themes < 2:
        return []
    people = ngettext("With %(n)s participant", "With %(n)s participants", advice.participants)
    numbers = {"people": people % {"n": advice.participants}, "budget": advice.terms.budget, "least": advice.least}
    if not advice.can_differ:
        return [
            _(
                "%(people)s it takes %(least)s points each before ties can be avoided;"
                " more than %(most)s is too much to divide."
            )
            % {**numbers, "most": LARGEST_PROPOSAL}
        ]
    if advice.least > max(3, advice.third):
        return [_("%(people)s it takes %(least)s points each before ties can be avoided.") % numbers]
    return [_("%(people)s, %(budget)s points each can avoid ties.") % numbers]


def _why_limit(advice: Advice, _: Any) -> list[str]:
    limit = advice.terms.limit_per_theme
    if limit is None:
        return []
    if limit == (advice.terms.budget + 1) // 2:
        return [
            _("At most %(limit)s on one theme, about half of the points: so nobody decides alone.") % {"limit": limit}
        ]
    return [_("At most %(limit)s on one theme, so that all points can be given.") % {"limit": limit}]


def _loose(count: int, language: str) -> str:
    asked = translations(language).ngettext(
        "%(n)s statement has no theme yet and won't be in the vote.",
        "%(n)s statements have no theme yet and won't be in the vote.",
        count,
    )
    return asked % {"n": count} if count else ""
