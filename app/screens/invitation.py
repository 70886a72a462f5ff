"""Inviting people to a session: what the printed sheet needs, and a text to send along, in the session's language."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from app.domain.joining import Joining
from app.domain.phases import Status
from app.screens.render import N_, planned_moment, spaced_code, translate
from app.settings import Settings
from app.store.tables import ModerationSession, Moderator


@dataclass(frozen=True)
class InvitationView:
    """The page; `text` is the invitation, and there is nothing to invite to when the session has ended."""

    moderator: str
    is_owner: bool
    session: int
    status: str
    joining: Joining
    text: str

    @property
    def name(self) -> str:
        return self.joining.group or self.joining.title

    @property
    def has_ended(self) -> bool:
        return self.status == Status.ENDED


def view_of(session: ModerationSession, moderator: Moderator, own: Settings) -> InvitationView:
    """What stands on the page of a session, for one who leads it."""
    joining = joining_of(session, own)
    return InvitationView(
        moderator=moderator.name,
        is_owner=moderator.is_owner,
        session=int(session.id or 0),
        status=session.status,
        joining=joining,
        text=invitation(joining),
    )


def joining_of(session: ModerationSession, own: Settings) -> Joining:
    """The way into a session, as this server is reached."""
    return Joining(
        title=session.title,
        group=session.group_name,
        held_on=session.held_on,
        starts_at=session.starts_at,
        language=session.language,
        code=session.code,
        link=f"{own.base_url}/j/{session.join_key}",
        address=urlsplit(own.base_url).netloc,
        reaches_phones=not own.is_loopback,
    )


def invitation(joining: Joining) -> str:
    """The text to send, in the session's language: what, when, how, and that it is anonymous."""

    def say(message: str, **values: str) -> str:
        return translate(joining.language, message, **values)

    name = " · ".join(filter(None, (joining.title, joining.group)))
    when = planned_moment(joining.language, joining.held_on, joining.starts_at)
    code = spaced_code(joining.code)
    typed = (
        say(N_("Or go to %(address)s and enter the code %(code)s."), address=joining.address, code=code)
        if code
        else say(N_("Or go to %(address)s and enter the code that is shown at the start."), address=joining.address)
    )
    blocks = (
        say(N_("You are invited to take part in:")) + f"\n{name}\n{when}",
        say(N_("Join with your phone, tablet or computer by this link:")) + f"\n{joining.link}\n{typed}",
        say(N_("You take part anonymously. We ask for no name, email or account. There is nothing to install.")),
    )
    return "\n\n".join(blocks)
