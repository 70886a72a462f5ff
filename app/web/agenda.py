"""Doors of the agenda editor: a session's details and its questions, and starting it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.commands import agenda, sessions, templates
from app.domain.agenda import QuestionSettings
from app.domain.phases import ORDER, Phase
from app.domain.refusals import Reason, Refusal
from app.screens import agenda as screen
from app.screens import phone_preview
from app.screens import templates as templates_screen
from app.screens.render import N_, render, translate
from app.store.tables import Moderator
from app.web import sentences
from app.web.dashboard import session_fields
from app.web.fields import text_field, whole_number
from app.web.guards import is_htmx, language_of, private, redirect, require_own_session
from app.web.parts import parts
from app.web.templates import template_fields

router = APIRouter()
# Two moderators, or two windows of one: what stands now is shown beside what was typed.
OVERTAKEN = (Reason.PAGE_IS_STALE, Reason.QUESTION_UNKNOWN, Reason.QUESTION_IS_FIXED, Reason.AGENDA_HAS_BEGUN)
IS_GONE = N_("This question was taken off the agenda in the meantime. Your text is in the field for a new one.")
STEPS = {"up": -1, "down": 1}


@router.get("/sessions/{session_id}/agenda")
async def page(request: Request, session_id: int) -> Response:
    """The agenda as it stands."""
    moderator, _ = await require_own_session(request, session_id)
    return await _page(request, moderator, session_id)


@router.post("/sessions/{session_id}/details")
async def change_details(request: Request, session_id: int) -> Response:
    """Title, group, date, time, language, mixing, the report on phones."""
    return await _do(
        request,
        session_id,
        sessions.change,
        lambda form: {"fields": session_fields(form), "seq": whole_number(text_field(form, "seq"))},
    )


@router.post("/sessions/{session_id}/questions")
async def add_question(request: Request, session_id: int) -> Response:
    """One more question, or a pause."""
    return await _do(request, session_id, agenda.add_question, lambda form: {"settings": _settings(form)})


@router.post("/sessions/{session_id}/questions/{question_id}")
async def change_question(request: Request, session_id: int, question_id: int) -> Response:
    """New settings for a question."""
    return await _do(
        request,
        session_id,
        agenda.change_question,
        lambda form: {
            "question_id": question_id,
            "settings": _settings(form),
            "seq": whole_number(text_field(form, "seq")),
        },
    )


@router.post("/sessions/{session_id}/questions/{question_id}/remove")
async def remove_question(request: Request, session_id: int, question_id: int) -> Response:
    """Off the agenda."""
    return await _do(
        request,
        session_id,
        agenda.remove_question,
        lambda form: {"question_id": question_id, "seq": whole_number(text_field(form, "seq"))},
    )


@router.post("/sessions/{session_id}/questions/{question_id}/move")
async def move_question(request: Request, session_id: int, question_id: int) -> Response:
    """One step up or down."""

    def arguments(form: Any) -> dict[str, Any]:
        direction = text_field(form, "direction")
        if direction not in STEPS:
            raise Refusal(Reason.INPUT_MALFORMED)
        seq = whole_number(text_field(form, "seq"))
        return {"question_id": question_id, "step": STEPS[direction], "seq": seq}

    return await _do(request, session_id, agenda.move_question, arguments)


@router.post("/sessions/{session_id}/questions/{question_id}/place")
async def place_question(request: Request, session_id: int, question_id: int) -> Response:
    """To a place of the agenda, counted from 0: where it was dropped."""
    return await _do(
        request,
        session_id,
        agenda.place_question,
        lambda form: {
            "question_id": question_id,
            "place": whole_number(text_field(form, "place")),
            "seq": whole_number(text_field(form, "seq")),
        },
    )


@router.post("/sessions/{session_id}/template")
async def begin_with_template(request: Request, session_id: int) -> Response:
    """The questions of a template, behind what is on the agenda or instead of it."""
    moderator, session = await require_own_session(request, session_id)
    form = await request.form()
    try:
        async with parts(request).database.reader() as db:
            key, language = text_field(form, "template"), session.language
            asked = await templates_screen.questions_of(db, int(moderator.id or 0), key, language)
        await parts(request).writer.run(
            templates.begin_with,
            session_id,
            asked=asked,
            replaces=text_field(form, "how") == "replace",
            seq=whole_number(text_field(form, "seq")),
        )
    except Refusal as refusal:
        return await _page(request, moderator, session_id, refusal, form)
    return await _done(request, moderator, session_id)


@router.post("/sessions/{session_id}/templates")
async def save_as_template(request: Request, session_id: int) -> Response:
    """Keep this agenda to begin with again."""
    moderator, _ = await require_own_session(request, session_id)
    return await _do(
        request,
        session_id,
        templates.save,
        lambda form: {"moderator_id": moderator.id, "fields": template_fields(form)},
    )


@router.post("/sessions/{session_id}/preview")
async def preview(request: Request, session_id: int) -> Response:
    """How what is being typed will look on a phone; nothing is kept of it."""
    await require_own_session(request, session_id)
    form = await request.form()
    try:
        settings = _settings(form)
    except Refusal:
        # Half a number is no reason to hide the text.
        settings = QuestionSettings(text_field(form, "text"))
    view = phone_preview.preview(settings, _number(text_field(form, "number")), _number(text_field(form, "count")))
    return private(HTMLResponse(render("dashboard/phone_preview.html", language_of(request), preview=view)))


def _number(text: str) -> int:
    """A place on the agenda as the page counted it; 1 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 1


@router.post("/sessions/{session_id}/open")
async def open_session(request: Request, session_id: int) -> Response:
    """Let people in: on to the control room."""
    moderator, _ = await require_own_session(request, session_id)
    try:
        await parts(request).writer.run(sessions.open_session, session_id)
    except Refusal as refusal:
        if refusal.reason != Reason.SESSION_ALREADY_OPEN:
            return await _page(request, moderator, session_id, refusal)
    target = f"/sessions/{session_id}/control-room"
    return Response(status_code=204, headers={"HX-Redirect": target}) if is_htmx(request) else redirect(target)


def _settings(form: Any) -> QuestionSettings:
    """What the form says of a question; an empty budget is automatic, given themes stand one on a line."""
    budget, limit = text_field(form, "budget"), text_field(form, "limit_per_theme")
    minutes = {str(phase): text_field(form, f"minutes-{phase}") for phase in (*ORDER, Phase.PAUSE)}
    return QuestionSettings(
        text_field(form, "text"),
        phases=tuple(str(phase) for phase in form.getlist("phases")),
        budget=whole_number(budget) if budget else None,
        limit_per_theme=whole_number(limit) if limit else None,
        max_length=whole_number(text_field(form, "max_length") or QuestionSettings.max_length),
        most_statements=whole_number(text_field(form, "most_statements") or QuestionSettings.most_statements),
        statements_on_phones=text_field(form, "statements_on_phones") == "1",
        takes_proposals=text_field(form, "takes_proposals") == "1",
        minutes={phase: whole_number(number) for phase, number in minutes.items() if number},
        themes=tuple(name for name in text_field(form, "themes").splitlines() if name.strip()),
    )


async def _do(request: Request, session_id: int, command: Any, arguments: Any) -> Response:
    """Run a command with what `arguments` reads from the form. When refused: the page again, with what was typed."""
    moderator, _ = await require_own_session(request, session_id)
    form = await request.form()
    try:
        await parts(request).writer.run(command, session_id, **arguments(form))
    except Refusal as refusal:
        return await _page(request, moderator, session_id, refusal, form)
    return await _done(request, moderator, session_id)


async def _done(request: Request, moderator: Moderator, session_id: int) -> Response:
    if is_htmx(request):
        return await _page(request, moderator, session_id)
    return redirect(f"/sessions/{session_id}/agenda")


async def _page(
    request: Request, moderator: Moderator, session_id: int, refusal: Refusal | None = None, form: Any = None
) -> Response:
    language = language_of(request)
    async with parts(request).database.reader() as db:
        view = await screen.load(db, session_id)
        cards = await templates_screen.cards(db, int(moderator.id or 0), language)
    texts = [item.text for item in view.items]
    is_gone = refusal is not None and refusal.reason == Reason.QUESTION_UNKNOWN
    error = translate(language, IS_GONE) if is_gone else sentences.sentence(refusal, language) if refusal else ""
    values = {
        "view": view,
        "templates": cards,
        "begun_with": templates_screen.begun_with(cards, texts),
        "preview": screen.preview_of(view),
        "error": error,
        "is_gone": is_gone,
        "is_overtaken": refusal is not None and refusal.reason in OVERTAKEN,
        # A script keeps what was typed by itself; what it gets is how everything stands.
        "typed": _typed(form) if form and not is_htmx(request) else {},
        "refused": request.url.path if refusal else "",
    }
    template = "dashboard/agenda_push.html" if is_htmx(request) else "dashboard/agenda.html"
    status = sentences.status_of(refusal) if refusal else 200
    return private(HTMLResponse(render(template, language, **values), status))


def _typed(form: Any) -> dict[str, str]:
    typed = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    return {**typed, "phases": ",".join(str(phase) for phase in form.getlist("phases"))}
