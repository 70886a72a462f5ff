"""What a moderator is asked when undo or redo would overwrite a later move: whose that is, and what can be done."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from app.domain.history import Hindered, Step
from app.domain.themes import MoveKind
from app.screens.render import N_, render, translate, translations

# Words for a number of statements: of a catalogue's `ngettext` and the number.
COUNTED: dict[MoveKind, Callable[[Callable[[str, str, int], str], int], str]] = {
    MoveKind.PUT: lambda ngettext, n: ngettext(
        "%(name)s then put %(num)s statement with %(theme)s.", "%(name)s then put %(num)s statements with %(theme)s.", n
    ),
    MoveKind.ARRANGE: lambda ngettext, n: ngettext(
        "%(name)s then moved %(num)s statement within %(theme)s.",
        "%(name)s then moved %(num)s statements within %(theme)s.",
        n,
    ),
    MoveKind.HIDE: lambda ngettext, n: ngettext(
        "%(name)s then hid %(num)s statement.", "%(name)s then hid %(num)s statements.", n
    ),
    MoveKind.SHOW: lambda ngettext, n: ngettext(
        "%(name)s then showed %(num)s statement again.", "%(name)s then showed %(num)s statements again.", n
    ),
}
PLAIN = {
    MoveKind.CREATE: N_("%(name)s then made the theme %(theme)s."),
    MoveKind.SPLIT: N_("%(name)s then split %(theme)s off from %(former)s."),
    MoveKind.RENAME: N_("%(name)s then gave %(former)s the name %(theme)s."),
    MoveKind.REMOVE: N_("%(name)s then removed the theme %(theme)s."),
    MoveKind.ORDER: N_("%(name)s then gave the theme %(theme)s another place."),
    MoveKind.MERGE: N_("%(name)s then combined %(former)s with %(theme)s."),
}
UNKNOWN = N_("What this step touched has been changed since.")
OVERWRITES = {
    False: N_("Undoing your step would overwrite that."),
    True: N_("Doing your step again would overwrite that."),
}
YOUR_STEP = {
    False: N_("Your step: %(what)s. If you skip it, it stays as it is now, and you can undo what you did before it."),
    True: N_("Your step: %(what)s. If you skip it, it stays undone, and you can do again what you undid after it."),
}
THE_REST = {False: N_("Undo the rest (%(n)s)"), True: N_("Do the rest again (%(n)s)")}
SKIP = N_("Skip this step")
LEAVE = N_("Leave everything as it is")


def question(hindered: Hindered, language: str) -> tuple[str, str]:
    """Whose later move is in the way, and what the button says that lets go of the own step."""
    overwrites = translate(language, OVERWRITES[hindered.is_redo])
    return f"{_later(hindered, language)} {overwrites}", translate(language, SKIP)


def explanation(hindered: Hindered, language: str) -> str:
    """The own step in words, and what skipping it means."""
    # The dialog escapes it, as every text.
    what = Markup(render("control_room/step.html", language, step=hindered.step)).unescape().strip()
    return translate(language, YOUR_STEP[hindered.is_redo], what=what)


def instead(hindered: Hindered, language: str) -> str:
    """What the button says that takes what nothing is in the way of; empty when it is all or nothing."""
    return translate(language, THE_REST[hindered.is_redo], n=hindered.rest) if hindered.rest else ""


def leave_it(language: str) -> str:
    """What the button says that changes nothing."""
    return translate(language, LEAVE)


def _later(hindered: Hindered, language: str) -> str:
    if hindered.later is None or hindered.by is None:
        return translate(language, UNKNOWN)
    return _sentence(hindered.later, hindered.by or translate(language, N_("You")), language)


def _sentence(step: Step, name: str, language: str) -> str:
    theme = step.theme or translate(language, N_("Still to group"))
    kind = MoveKind.PUT if step.kind == MoveKind.ACCEPT else step.kind
    if kind not in COUNTED:
        return translate(language, PLAIN[kind], name=name, theme=step.theme, former=step.former)
    said = COUNTED[kind](translations(language).ngettext, step.count)
    return said % {"name": name, "num": step.count, "theme": theme}
