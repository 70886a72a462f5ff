"""What people read instead of what they asked for; the one place that turns a refusal into status and sentence."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from sqlalchemy.exc import DatabaseError
from starlette.exceptions import HTTPException

from app.commands.run import Overloaded, Stopping
from app.commands.trouble import StorageFailed
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.screens import control_room, refresh
from app.screens.render import render, translate
from app.web import confirmations, sentences, vote_dialog
from app.web.boards import put_back
from app.web.guards import (
    SeatNeeded,
    SignInNeeded,
    is_htmx,
    language_of,
    private,
    redirect,
    require_own_session,
    sign_in_token,
    wants_json,
)
from app.web.parts import parts

RETRY_AFTER = {"Retry-After": "2"}
# Nothing was taken, and nothing is wrong with what was sent.
NOT_JUST_NOW = (Overloaded, StorageFailed)


async def say(
    request: Request,
    status: int,
    message: str,
    key: str,
    headers: dict[str, str] | None = None,
    stands: dict[str, Any] | None = None,
) -> Response:
    """One sentence in the form the asker reads: JSON for scripts, a notice for htmx, a calm page for everybody else.

    `stands` goes to scripts only: how the asker's own statement stands.
    """
    language = language_of(request)
    if wants_json(request):
        told = {"refusal": key, "message": message, **({"stands": stands} if stands else {})}
        return private(JSONResponse(told, status, headers))
    if is_htmx(request):
        notice = render("shared/notice.html", language, message=message, kind="error")
        present = await _present_screen(request, language) if status < 500 else ""
        pushed = present + refresh.push(0, [notice])
        return private(HTMLResponse(pushed, status, headers))
    back = request.headers.get("referer", "/")
    # Only what was asked for is asked for again by itself; a form is sent by a person.
    again = (headers or {}).get("Retry-After") if status == 503 and request.method == "GET" else None
    page = render("shared/message.html", language, message=message, back=back, status=status, again=again)
    return private(HTMLResponse(page, status, headers))


async def _present_screen(request: Request, language: str) -> str:
    """What a moderator's control room shows now, so that a refused form stands beside the truth."""
    params = request.path_params
    session_id = params.get("session_id")
    if request.method != "POST" or not str(session_id or "").isdigit():
        return ""
    try:
        await require_own_session(request, int(str(session_id)))
    except (SignInNeeded, HTTPException):
        return ""
    room = parts(request).rooms.of(int(str(session_id)))
    if made_on := getattr(request.state, "made_on", None):
        return await put_back(room, language, made_on)
    whole = (await room.whole("control_room", language))[1]
    return whole + (await _present_actions(request, int(str(session_id)), language) if "action_id" in params else "")


async def _present_actions(request: Request, session_id: int, language: str) -> str:
    async with parts(request).database.reader() as db:
        rows = await control_room.load_actions(db, session_id)
    return refresh.push(rows.seq, [render("control_room/action_rows.html", language, view=rows)])


async def refuse(request: Request, error: Exception) -> Response:
    """A rule said no."""
    assert isinstance(error, Refusal)
    status, message = words_for(error, language_of(request))
    return await say(request, status, message, error.reason, retry_after(error), error.stands)


def words_for(error: Exception, language: str, moderates: bool = False) -> tuple[int, str]:
    """The status and the sentence of a refusal, or of a server that can't take anything just now.

    `moderates`: what is in the way is told to who leads, since they can have it mended.
    """
    if isinstance(error, Refusal):
        return sentences.status_of(error), sentences.sentence(error, language)
    if isinstance(error, StorageFailed):
        return 503, sentences.not_stored(error.trouble if moderates else None, language)
    return 503, translate(language, sentences.STOPPING if isinstance(error, Stopping) else sentences.OVERLOADED)


def retry_after(error: Exception) -> dict[str, str] | None:
    """When to come back: what scripts, replay and proxies read of a "not just now"."""
    if isinstance(error, Refusal):
        return {"Retry-After": str(error.values["seconds"])} if error.reason == Reason.TOO_FAST else None
    return RETRY_AFTER


async def ask_to_confirm(request: Request, error: Exception) -> Response:
    """The same form again, with the consequence in numbers and a button that goes on."""
    assert isinstance(error, ConfirmationNeeded)
    language = language_of(request)
    asked, goes_on = confirmations.question(error, language)
    form = await request.form()
    fields = [
        (name, value) for name, value in form.multi_items() if name not in ("confirmed", "instead", *vote_dialog.FIELDS)
    ]
    view = {
        "action": request.url.path,
        "fields": fields,
        "key": error.key,
        "question": asked,
        "yes": goes_on,
        "explanation": confirmations.explanation(error, language),
        "no": confirmations.leave_it(error, language),
        "back": request.headers.get("referer", "/sessions"),
        "instead": confirmations.instead(error, language),
        "is_open": False,
        "vote": vote_dialog.words(error, form, language) if error.proposal else None,
    }
    if is_htmx(request):
        return private(HTMLResponse(refresh.push(0, [render("shared/dialog.html", language, view=view)]), 409))
    return private(HTMLResponse(render("shared/confirm.html", language, view=view), 409))


async def ask_to_sign_in(request: Request, _error: Exception) -> Response:
    target = request.url.path if request.method == "GET" else "/sessions"
    if is_htmx(request):
        return Response(status_code=401, headers={"HX-Redirect": f"/sign-in?next={quote(target)}"})
    return redirect(f"/sign-in?next={quote(target)}")


async def ask_to_join(request: Request, _error: Exception) -> Response:
    if request.method == "GET" and not wants_json(request):
        code = str(request.path_params.get("code", ""))
        # A neighbour's seat on the same device: from the first seat it can be taken again without a code.
        if place := str(request.scope.get("root_path", "")).lstrip("/"):
            return redirect(f"/s/{quote(code)}/neighbour?place={place}")
        return redirect(f"/?code={quote(code)}")
    return await refuse(request, Refusal(Reason.SEAT_UNKNOWN))


async def come_back_later(request: Request, error: Exception) -> Response:
    key, language = "overloaded" if isinstance(error, Overloaded) else "storage_failed", language_of(request)
    is_phone = "code" in request.path_params
    status, message = words_for(error, language, moderates=not is_phone and sign_in_token(request) is not None)
    if isinstance(error, StorageFailed) and is_phone and wants_json(request):
        message = sentences.kept_on_device(language)
    return await say(request, status, message, key, retry_after(error))


async def not_readable(request: Request, error: Exception) -> Response:
    """The database could not even be read. Anything but the disk and the lock is a bug, which goes on."""
    trouble = await parts(request).writer.storing.failed(error)
    if trouble is None:
        raise error
    return await come_back_later(request, StorageFailed(trouble))


async def http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    text = {404: sentences.NOT_FOUND, 405: sentences.METHOD_NOT_ALLOWED, 413: sentences.TOO_LARGE}.get(
        error.status_code, sentences.SENTENCES[Reason.INPUT_MALFORMED][1]
    )
    message = translate(language_of(request), text)
    return await say(request, error.status_code, message, f"http_{error.status_code}", dict(error.headers or {}))


async def something_broke(request: Request) -> Response:
    """A bug: logged by the server, and a calm page."""
    return await say(request, 500, translate(language_of(request), sentences.SOMETHING_BROKE), "error")


HANDLERS: dict[Any, Any] = {
    Refusal: refuse,
    ConfirmationNeeded: ask_to_confirm,
    SignInNeeded: ask_to_sign_in,
    SeatNeeded: ask_to_join,
    Overloaded: come_back_later,
    StorageFailed: come_back_later,
    DatabaseError: not_readable,
    HTTPException: http_error,
}
