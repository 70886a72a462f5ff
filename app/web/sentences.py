"""For every reason a rule says no: the status, and the sentence a person reads."""

from __future__ import annotations

from app.domain.refusals import Reason, Refusal
from app.domain.trouble import Trouble
from app.screens.render import N_, translate

SENTENCES: dict[Reason, tuple[int, str]] = {
    Reason.STATEMENT_EMPTY: (422, N_("There is nothing in it yet. Write one thought and send it.")),
    Reason.STATEMENT_TOO_LONG: (
        422,
        N_("Your statement has %(length)s characters, and %(limit)s fit. Your text is kept: please shorten it."),
    ),
    Reason.TEXT_NOT_READABLE: (422, N_("This text has a broken character. Your text is kept: type that part again.")),
    Reason.TEXT_MISSING: (422, N_("Something has to be filled in here first.")),
    Reason.TEXT_TOO_LONG: (
        422,
        N_("This text has %(length)s characters, and %(limit)s fit. Please shorten it."),
    ),
    Reason.RECEIPT_MALFORMED: (422, N_("This was not sent properly. Load the page again; your text is kept.")),
    Reason.RECEIPT_UNKNOWN: (404, N_("We don't have this statement. Load the page again; your text is kept.")),
    Reason.REVISION_MALFORMED: (422, N_("This was not sent properly. Load the page again; your text is kept.")),
    Reason.NOT_COLLECTING_YET: (
        409,
        N_("This question has not started yet. Your text is kept; send it when it starts."),
    ),
    Reason.VOTE_HAS_BEGUN: (409, N_("Voting has begun; your text is still here.")),
    Reason.COLLECTING_IS_OVER: (409, N_("Collecting for this question is over. Your text is still here.")),
    Reason.STATEMENT_IS_FIXED: (409, N_("Collecting has closed, so this statement can't be changed any more.")),
    Reason.ENOUGH_STATEMENTS: (
        409,
        N_(
            "You have sent %(limit)s statements to this question already, and there is no room for more. "
            "Your text is still here: retract another one and try again, or copy it."
        ),
    ),
    Reason.TOO_FAST: (503, N_("You write faster than we take in. Nothing is lost; try again in %(seconds)s seconds.")),
    Reason.PROPOSALS_CLOSED: (
        409,
        N_("The moderator takes no proposals for this question now. What you wrote before stands as it was."),
    ),
    Reason.STATEMENT_IS_REDACTED: (
        409,
        N_("This statement was left out on request, so it can’t be changed and doesn’t come back."),
    ),
    Reason.REDACTION_OVER: (
        410,
        N_(
            "Your phone can’t ask for this any more. Until 24 hours after the end it can be told which statements are "
            "yours; then that is wiped. The moderator can still leave a statement out: name its text."
        ),
    ),
    Reason.NOTHING_MARKED: (422, N_("Mark a statement first; then it can be left out.")),
    Reason.POINTS_MALFORMED: (422, N_("Points are whole numbers from 0. What you chose before still counts.")),
    Reason.NO_POINT_HERE: (422, N_("There is no point here to take back.")),
    Reason.OVER_BUDGET: (
        422,
        N_("You have %(budget)s points to divide. What you chose before still counts; take a point back first."),
    ),
    Reason.OVER_LIMIT_PER_THEME: (
        422,
        N_("A theme can get at most %(limit)s of your points. What you chose before still counts."),
    ),
    Reason.THEME_NOT_IN_VOTE: (422, N_("This theme is not in this vote. What you chose before still counts.")),
    Reason.VOTE_NOT_OPEN: (409, N_("There is no vote on this now. This page moves on by itself.")),
    Reason.VOTE_IS_CLOSED: (
        409,
        N_("Voting has closed. Your last change was not counted; what you see here counts."),
    ),
    Reason.HAND_COUNT_MALFORMED: (
        422,
        N_(
            "Points counted by hand are whole numbers from 0 to %(most)s. Nothing was changed; put that one right and "
            "save again."
        ),
    ),
    Reason.HAND_COUNT_NOT_IN_VOTE: (
        422,
        N_("This theme was not in this vote, so nothing can be counted for it. Nothing was changed."),
    ),
    Reason.HAND_COUNT_TOO_EARLY: (
        409,
        N_("Points can be counted by hand when the vote is closed. Nothing was changed; close the vote first."),
    ),
    Reason.BALLOT_SECRET_MALFORMED: (
        422,
        N_("Your points were not sent properly. They are kept on this phone: load the page again, and give them anew."),
    ),
    Reason.QUESTION_UNKNOWN: (404, N_("We don't know this question. Load the page again.")),
    Reason.STATEMENT_UNKNOWN: (
        409,
        N_("One of these statements is no longer here. Look at the board and choose again."),
    ),
    Reason.THEME_UNKNOWN: (409, N_("This theme is no longer here. Look at the board and choose again.")),
    Reason.ACTION_ITEM_UNKNOWN: (404, N_("This action is no longer on the list.")),
    Reason.ATTENDEE_UNKNOWN: (404, N_("This name is no longer on the list.")),
    Reason.ATTENDANCE_CLOSED: (409, N_("The attendance list is closed just now, so your name is not on it yet.")),
    Reason.ATTENDANCE_FULL: (
        409,
        N_("There are %(limit)s names on the list, and no more fit. Ask the moderator to write yours down."),
    ),
    Reason.ATTENDANCE_WAIT: (
        429,
        N_("Very many names came from this network. Yours is still here; send it again in a minute."),
    ),
    Reason.PAGE_IS_STALE: (
        409,
        N_("Something changed in the meantime, so nothing was done. This is how it stands now; please choose again."),
    ),
    Reason.NOT_IN_THIS_PHASE: (409, N_("That can't be done in this phase. Nothing was changed.")),
    Reason.NO_STATEMENTS_CHOSEN: (422, N_("Choose one or more statements first.")),
    Reason.TOO_MANY_THEMES: (422, N_("There is room for %(limit)s themes. Put some together first.")),
    Reason.NO_THEMES_TO_VOTE_ON: (409, N_("There are no themes to vote on yet. Make one first.")),
    Reason.BUDGET_CANNOT_BE_SPENT: (
        409,
        N_("Of %(budget)s points only %(most)s could be given to these themes. Change the points or add a theme."),
    ),
    Reason.NO_THEMES_TO_CARRY: (422, N_("Choose at least one theme for the follow-up question.")),
    Reason.NOTHING_TO_UNDO: (409, N_("There is nothing to undo.")),
    Reason.NOTHING_TO_REDO: (409, N_("There is nothing to redo.")),
    Reason.BOARD_HAS_MOVED_ON: (
        409,
        N_("What this step touched has been changed since, so it can't be taken back. Nothing was changed."),
    ),
    Reason.PHASES_LEAVE_NOTHING: (
        422,
        N_(
            "These phases leave nothing to do. Choose collecting or give themes. To vote, cluster first or give themes."
        ),
    ),
    Reason.AGENDA_IS_EMPTY: (409, N_("There is no question left on the agenda. Add one first.")),
    Reason.SETTING_OUT_OF_RANGE: (422, N_("Choose a number from %(lowest)s to %(highest)s.")),
    Reason.QUESTION_IS_FIXED: (409, N_("This question is already under way, so this can't be changed any more.")),
    Reason.QUESTION_IS_ANSWERED: (
        409,
        N_("Somebody has answered this question, so its text stands. Nothing was changed."),
    ),
    Reason.QUESTION_HAD_ITS_TURN: (409, N_("This has had its turn already. Nothing was changed.")),
    Reason.MIXING_ONLY_STRICTER: (409, N_("Mixing can't be switched off in a session that has started.")),
    Reason.SESSION_NOT_OPEN: (409, N_("This session has not started yet.")),
    Reason.SESSION_ALREADY_OPEN: (409, N_("This session has already started.")),
    Reason.SESSION_HAS_ENDED: (409, N_("This session has ended.")),
    Reason.DATE_MALFORMED: (422, N_("This is not a date we can read. Choose one from the calendar.")),
    Reason.TIME_MALFORMED: (422, N_("This is not a time we can read. Write it as 19:30, or leave it empty.")),
    Reason.SESSION_IS_GOING_ON: (
        409,
        N_("This session is going on, so it is still here. Finish it first; then it can be deleted."),
    ),
    Reason.ONLY_THE_OWNER: (403, N_("Only the moderator who owns this session can do that. Nothing was changed.")),
    Reason.ACCOUNT_UNKNOWN: (
        404,
        N_(
            "There is no account with this address yet. Whoever looks after this server can make one; then share again."
        ),
    ),
    Reason.ACCOUNT_IS_THE_OWNERS: (409, N_("This is the address of the session's owner, who is here already.")),
    Reason.DOOR_IS_CLOSED: (
        409,
        N_("The door of this session is closed, so nobody new can join now. Please ask the moderator to open it."),
    ),
    Reason.AGENDA_HAS_BEGUN: (
        409,
        N_("A question has begun, so a template no longer fits. Nothing was changed; add what you need one by one."),
    ),
    Reason.TEMPLATE_UNKNOWN: (
        404,
        N_("This template is no longer there, or it is not yours to change. Load the page again."),
    ),
    Reason.CODE_UNKNOWN: (
        404,
        N_("We don't know this code. Check the big screen again. Are two digits swapped?"),
    ),
    Reason.CODES_WAIT: (
        429,
        N_("Many wrong codes came from this network. Try again in a second, or scan the QR code: that always works."),
    ),
    Reason.SEAT_UNKNOWN: (
        401,
        N_("You are not in this session any more. Join again with the code; your text is kept."),
    ),
    Reason.RECOVERY_CODE_MALFORMED: (
        422,
        N_("A recovery code has 16 letters and digits, in four groups of four. Check it on the other device."),
    ),
    Reason.RECOVERY_CODE_UNKNOWN: (
        404,
        N_("We don't know this recovery code. Check it on the other device, sign by sign."),
    ),
    Reason.RECOVERY_CODES_WAIT: (
        429,
        N_("Many wrong codes came from this network. Wait a moment and press the button again; your code stays valid."),
    ),
    Reason.NO_ROOM_ON_DEVICE: (
        409,
        N_("There are %(limit)s participants on this device already, and no more fit. Please use another device."),
    ),
    Reason.EMAIL_MALFORMED: (422, N_("This is not an email address we can use.")),
    Reason.EMAIL_TAKEN: (409, N_("There is already an account with this email address.")),
    Reason.PASSWORD_TOO_SHORT: (422, N_("Choose a password of at least %(limit)s characters.")),
    Reason.PASSWORD_TOO_LONG: (422, N_("A password has at most %(limit)s characters. Choose a shorter one.")),
    Reason.PASSWORD_NOT_PRESENT: (422, N_("This is not your present password, so nothing was changed. Try again.")),
    Reason.ACCOUNT_HAS_SESSIONS: (409, N_("This account still has sessions. Give them to another account first.")),
    Reason.ACCOUNT_IS_LAST_OWNER: (409, N_("This is the last owner of this server. Make another owner first.")),
    Reason.OWNERS_ONLY: (
        403,
        N_("Only an owner of this server may change its settings. Nothing was changed; ask one of the owners."),
    ),
    Reason.SETTINGS_CHANGED: (
        409,
        N_("Somebody else changed the settings meanwhile. What you typed is still here; save again to keep it."),
    ),
    Reason.RETENTION_DELETES: (
        409,
        N_("This would delete %(count)s older sessions for good. Nothing was changed; tick the box if you mean it."),
    ),
    Reason.LOGO_TOO_LARGE: (422, N_("This picture is larger than %(limit)s kB. Choose a smaller one.")),
    Reason.LOGO_NOT_READABLE: (
        422,
        N_("This is not a PNG, JPEG or WebP picture of at most %(limit)s pixels a side. Choose another file."),
    ),
    Reason.SIGN_IN_WRONG: (401, N_("Email address and password don't belong together. Check both and try again.")),
    Reason.SIGN_IN_WAIT: (
        429,
        N_("Too many attempts in a short time. Wait a minute and try again; a browser you used before is not slowed."),
    ),
    Reason.SET_UP_LINK_USED: (
        410,
        N_("This link has been used or is too old. Whoever runs this server can make a new one for you."),
    ),
    Reason.NOT_AN_ARCHIVE: (
        422,
        N_("This file is not an archive of Moderato, so nothing was imported. Choose a file ending in .json."),
    ),
    Reason.ARCHIVE_NEWER: (
        422,
        N_("This archive was made by a newer Moderato, so nothing was imported. Update this server first."),
    ),
    Reason.ARCHIVE_DAMAGED: (
        422,
        N_("This archive is damaged (at %(place)s), so nothing was imported. Export the session again and try that."),
    ),
    Reason.ARCHIVE_TOO_LARGE: (
        413,
        N_("This file is too large for an archive (%(limit)s MB at most). Nothing was imported. Choose another."),
    ),
    Reason.EXAMPLES_ARE_THERE: (409, N_("The example sessions are there already, so nothing was added.")),
    Reason.INPUT_MALFORMED: (422, N_("We can't read what was sent. Load the page again; nothing was changed.")),
}

OVERLOADED = N_("It is very busy just now. Nothing is lost; try again in a moment.")
STOPPING = N_("The server is starting again. Nothing is lost; try again in a moment.")
STORAGE_FAILED = N_("The server can't store anything just now. Nothing is lost; try again in a moment.")
KEPT_ON_DEVICE = N_(
    "The server can't store anything just now. This device keeps what you wrote and chose, and sends it by itself."
)
NOT_STORED = {
    Trouble.FULL: N_("The server's disk is full, so nothing was changed. Try again when there is room on it."),
    Trouble.READ_ONLY: N_(
        "The server's disk can only be read, so nothing was changed. Try again when it can be written to."
    ),
    Trouble.LOCKED: N_(
        "Another program keeps the server's database locked, so nothing was changed. Try again in a moment."
    ),
    Trouble.BROKEN: N_("The server's disk gives errors, so nothing was changed. Try again when it works."),
}
TOO_LARGE = N_("This is more than we can take in one go. Nothing was changed.")
FOREIGN_ORIGIN = N_("This request came from another website, so nothing was done.")
NOT_FOUND = N_("This page doesn't exist, or not any more.")
METHOD_NOT_ALLOWED = N_("That can't be done here. Go back and try again.")
SOMETHING_BROKE = N_("Something went wrong on our side. Nothing you sent before is lost; try again.")


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    return SENTENCES[refusal.reason][0]


def sentence(refusal: Refusal, language: str) -> str:
    """What a person reads of a refusal, in their language."""
    return translate(language, SENTENCES[refusal.reason][1], **refusal.values)


def not_stored(trouble: Trouble | None, language: str) -> str:
    """That nothing could be stored; to who can have it mended, a `trouble` too."""
    return translate(language, NOT_STORED[trouble] if trouble else STORAGE_FAILED)


def kept_on_device(language: str) -> str:
    """The same to a phone whose scripts send it again."""
    return translate(language, KEPT_ON_DEVICE)
