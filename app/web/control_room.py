"""Doors of the control room: what a moderator does while leading."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commands import afterwards, agenda, phases, sessions, statements
from app.commands.agenda import Carried
from app.domain.agenda import QuestionSettings
from app.domain.phases import WITH_VOTE, WITHOUT_VOTE
from app.screens import control_room, refresh
from app.screens.render import N_, render, translate, translations
from app.web import deeds, trouble, vote_dialog
from app.web.compression import in_parts
from app.web.fields import page_of, text_field, whole_number
from app.web.guards import is_htmx, language_of, private, redirect, require_moderator, require_own_session
from app.web.parts import parts
from app.web.polling import news_since

router = APIRouter()
LAST_PROPOSALS = N_("The last proposals of participants come in now.")
QUEUED = N_("The follow-up question is queued right after this one.")


@router.get("/sessions/{session_id}/control-room")
async def page(request: Request, session_id: int) -> Response:
    """The control room as it stands now."""
    moderator, _ = await require_own_session(request, session_id)
    room = parts(request).rooms.of(session_id)
    # Also for who has no scripts and no socket: the next page then has what is suggested.
    room.suggesting.wake()
    async with parts(request).database.reader() as db:
        view = await control_room.load(db, session_id, await room.presence_now(db))
    page = render("control_room/page.html", language_of(request), view=view, confirm=None, moderator=moderator.id)
    return private(in_parts(request, page))


@router.get("/sessions/{session_id}/screen")
async def screen(request: Request, session_id: int, since: str = "") -> Response:
    """What is new since a seq, for a control room whose socket is blocked: 204 when nothing."""
    await require_own_session(request, session_id)
    room, language = parts(request).rooms.of(session_id), language_of(request)
    answer = await news_since(room, "control_room", language, since)
    if answer.status_code != 204:
        return answer
    seq = whole_number(since)
    news = trouble.news(request, seq) + await room.suggested_lately(language, seq)
    return private(HTMLResponse(news)) if news else answer


async def answer(request: Request, session_id: int, message: str = "") -> Response:
    """The present screen for htmx, with a notice when there is something to say; back to the page for plain forms."""
    if not is_htmx(request):
        return redirect(f"/sessions/{session_id}/control-room")
    language = language_of(request)
    _, text = await parts(request).rooms.of(session_id).whole("control_room", language)
    return _said(language, text, message)


async def answer_since(request: Request, session_id: int, seq: int) -> Response:
    """What is new since the page was drawn from which a form came, so that moving one card costs one card."""
    if not is_htmx(request):
        return redirect(f"/sessions/{session_id}/control-room")
    language = language_of(request)
    _, text = await parts(request).rooms.of(session_id).news("control_room", language, seq)
    return _said(language, text)


def _said(language: str, text: str, message: str = "") -> Response:
    notice = render("shared/notice.html", language, message=message, kind="info")
    return private(HTMLResponse(text + refresh.push(0, [notice])))


async def lead(request: Request, session_id: int, command: Any, **arguments: Any) -> Any:
    """Run a command of who leads this session, with the page its form was drawn on; the others hear of it."""
    done = await parts(request).writer.run(command, session_id, **arguments)
    await deeds.tell(request, session_id, await require_moderator(request), command)
    return done


@router.post("/sessions/{session_id}/next")
async def next_step(request: Request, session_id: int) -> Response:
    """The next phase or question; says so when late statements came in first."""
    await require_own_session(request, session_id)
    form = await request.form()
    page, rooms = page_of(form), parts(request).rooms
    asked = {"page": page, "confirmed": text_field(form, "confirmed"), "agreed": vote_dialog.agreed_in(form)}
    here = {"connected": rooms.connected(session_id), "typing": rooms.typing(session_id, page.question_id)}
    done = await lead(request, session_id, phases.advance, **asked, **here)
    return await answer(request, session_id, _came_in(language_of(request), done) if done else "")


def _came_in(language: str, done: dict[str, int]) -> str:
    """What came in before the step is taken: late statements, or else the last proposals of participants."""
    late = done["late"]
    if not late:
        return translate(language, LAST_PROPOSALS)
    message = translations(language).ngettext(
        "%(n)s late statement comes in now.", "%(n)s late statements come in now.", late
    )
    return message % {"n": late}


@router.post("/sessions/{session_id}/back")
async def back(request: Request, session_id: int) -> Response:
    """One phase back."""
    await require_own_session(request, session_id)
    form = await request.form()
    await lead(request, session_id, phases.go_back, page=page_of(form), confirmed=text_field(form, "confirmed"))
    return await answer(request, session_id)


@router.post("/sessions/{session_id}/vote-again")
async def vote_again(request: Request, session_id: int) -> Response:
    """A new round from zero."""
    await require_own_session(request, session_id)
    form = await request.form()
    await lead(request, session_id, phases.vote_again, page=page_of(form), confirmed=text_field(form, "confirmed"))
    return await answer(request, session_id)


@router.post("/sessions/{session_id}/end")
async def end(request: Request, session_id: int) -> Response:
    """Finish the session."""
    await require_own_session(request, session_id)
    form = await request.form()
    await lead(request, session_id, sessions.end, page=page_of(form), confirmed=text_field(form, "confirmed"))
    return await answer(request, session_id)


@router.post("/sessions/{session_id}/timer")
async def timer(request: Request, session_id: int) -> Response:
    """Start, pause, resume, one minute more."""
    await require_own_session(request, session_id)
    form = await request.form()
    await lead(request, session_id, phases.set_timer, page=page_of(form), act=text_field(form, "act"))
    return await answer(request, session_id)


@router.post("/sessions/{session_id}/big-screen-statements")
async def big_screen_statements(request: Request, session_id: int) -> Response:
    """Whether the big screen shows statements while they are collected."""
    await require_own_session(request, session_id)
    form = await request.form()
    shown = text_field(form, "shown") == "1"
    await lead(request, session_id, phases.show_on_big_screen, page=page_of(form), shown=shown)
    return await answer(request, session_id)


@router.post("/sessions/{session_id}/new-statements")
async def new_statements(request: Request, session_id: int) -> Response:
    """Whether collecting takes new statements."""
    await require_own_session(request, session_id)
    form = await request.form()
    accepted = text_field(form, "accepted") == "1"
    await lead(request, session_id, phases.accept_statements, page=page_of(form), accepted=accepted)
    return await answer(request, session_id)


@router.post("/sessions/{session_id}/statements")
async def add_statement(request: Request, session_id: int) -> Response:
    """A statement the moderator writes down for the room."""
    await require_own_session(request, session_id)
    form = await request.form()
    await lead(request, session_id, statements.add_for_room, page=page_of(form), text=text_field(form, "text"))
    return await answer(request, session_id)


@router.post("/sessions/{session_id}/report-sharing")
async def report_sharing(request: Request, session_id: int) -> Response:
    """Whether participants may see the report."""
    await require_own_session(request, session_id)
    shared = text_field(await request.form(), "shared") == "1"
    await lead(request, session_id, sessions.share_report, shared=shared)
    return await answer(request, session_id)


@router.post("/sessions/{session_id}/themes/{theme_id}/name")
async def name_theme_afterwards(request: Request, session_id: int, theme_id: int) -> Response:
    """Another name when the session has ended."""
    await require_own_session(request, session_id)
    form = await request.form()
    name, seq = text_field(form, "name"), whole_number(text_field(form, "seq"))
    await lead(request, session_id, afterwards.rename_theme, theme_id=theme_id, name=name, seq=seq)
    return await answer(request, session_id)


@router.post("/sessions/{session_id}/follow-up")
async def follow_up(request: Request, session_id: int) -> Response:
    """A question about chosen themes, under the names they have there, queued after the current one."""
    await require_own_session(request, session_id)
    form = await request.form()
    chosen = [whole_number(value) for value in form.getlist("theme")]
    carried = [Carried(theme, text_field(form, f"name-{theme}")) for theme in chosen]
    carried += [Carried(None, name) for name in text_field(form, "added").splitlines() if name.strip()]
    budget = text_field(form, "budget")
    settings = QuestionSettings(
        text_field(form, "text"),
        phases=WITH_VOTE if text_field(form, "vote") == "1" else WITHOUT_VOTE,
        budget=whole_number(budget) if budget else None,
        max_length=whole_number(text_field(form, "max_length") or QuestionSettings.max_length),
    )
    await lead(request, session_id, agenda.add_follow_up, page=page_of(form), settings=settings, carried=carried)
    return await answer(request, session_id, translate(language_of(request), QUEUED))
