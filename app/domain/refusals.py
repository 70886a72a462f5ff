"""Every way a rule says no; `web/refused.py` alone turns a reason into a status and a sentence."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.advisor import Proposal
    from app.domain.hand_counts import Recounted
    from app.domain.history import Hindered


class Reason(StrEnum):
    """Why something was refused; the value is the key that scripts and sentences use."""

    STATEMENT_EMPTY = "statement_empty"
    STATEMENT_TOO_LONG = "statement_too_long"
    TEXT_NOT_READABLE = "text_not_readable"
    TEXT_MISSING = "text_missing"
    TEXT_TOO_LONG = "text_too_long"
    RECEIPT_MALFORMED = "receipt_malformed"
    RECEIPT_UNKNOWN = "receipt_unknown"
    REVISION_MALFORMED = "revision_malformed"
    NOT_COLLECTING_YET = "not_collecting_yet"
    VOTE_HAS_BEGUN = "vote_has_begun"
    COLLECTING_IS_OVER = "collecting_is_over"
    STATEMENT_IS_FIXED = "statement_is_fixed"
    ENOUGH_STATEMENTS = "enough_statements"
    TOO_FAST = "too_fast"
    PROPOSALS_CLOSED = "proposals_closed"
    STATEMENT_IS_REDACTED = "statement_is_redacted"
    REDACTION_OVER = "redaction_over"
    NOTHING_MARKED = "nothing_marked"

    POINTS_MALFORMED = "points_malformed"
    NO_POINT_HERE = "no_point_here"
    OVER_BUDGET = "over_budget"
    OVER_LIMIT_PER_THEME = "over_limit_per_theme"
    THEME_NOT_IN_VOTE = "theme_not_in_vote"
    VOTE_NOT_OPEN = "vote_not_open"
    VOTE_IS_CLOSED = "vote_is_closed"
    HAND_COUNT_MALFORMED = "hand_count_malformed"
    HAND_COUNT_NOT_IN_VOTE = "hand_count_not_in_vote"
    HAND_COUNT_TOO_EARLY = "hand_count_too_early"
    BALLOT_SECRET_MALFORMED = "ballot_secret_malformed"

    QUESTION_UNKNOWN = "question_unknown"
    STATEMENT_UNKNOWN = "statement_unknown"
    THEME_UNKNOWN = "theme_unknown"
    ACTION_ITEM_UNKNOWN = "action_item_unknown"
    ATTENDEE_UNKNOWN = "attendee_unknown"
    ATTENDANCE_CLOSED = "attendance_closed"
    ATTENDANCE_FULL = "attendance_full"
    ATTENDANCE_WAIT = "attendance_wait"

    PAGE_IS_STALE = "page_is_stale"
    NOT_IN_THIS_PHASE = "not_in_this_phase"
    NO_STATEMENTS_CHOSEN = "no_statements_chosen"
    TOO_MANY_THEMES = "too_many_themes"
    BUDGET_CANNOT_BE_SPENT = "budget_cannot_be_spent"
    NO_THEMES_TO_VOTE_ON = "no_themes_to_vote_on"
    NO_THEMES_TO_CARRY = "no_themes_to_carry"
    NOTHING_TO_UNDO = "nothing_to_undo"
    NOTHING_TO_REDO = "nothing_to_redo"
    BOARD_HAS_MOVED_ON = "board_has_moved_on"

    PHASES_LEAVE_NOTHING = "phases_leave_nothing"
    AGENDA_IS_EMPTY = "agenda_is_empty"
    SETTING_OUT_OF_RANGE = "setting_out_of_range"
    QUESTION_IS_FIXED = "question_is_fixed"
    QUESTION_IS_ANSWERED = "question_is_answered"
    QUESTION_HAD_ITS_TURN = "question_had_its_turn"
    MIXING_ONLY_STRICTER = "mixing_only_stricter"
    SESSION_NOT_OPEN = "session_not_open"
    SESSION_ALREADY_OPEN = "session_already_open"
    SESSION_HAS_ENDED = "session_has_ended"
    DATE_MALFORMED = "date_malformed"
    TIME_MALFORMED = "time_malformed"
    SESSION_IS_GOING_ON = "session_is_going_on"
    ONLY_THE_OWNER = "only_the_owner"
    ACCOUNT_UNKNOWN = "account_unknown"
    ACCOUNT_IS_THE_OWNERS = "account_is_the_owners"
    AGENDA_HAS_BEGUN = "agenda_has_begun"
    TEMPLATE_UNKNOWN = "template_unknown"

    DOOR_IS_CLOSED = "door_is_closed"
    CODE_UNKNOWN = "code_unknown"
    CODES_WAIT = "codes_wait"
    SEAT_UNKNOWN = "seat_unknown"
    RECOVERY_CODE_MALFORMED = "recovery_code_malformed"
    RECOVERY_CODE_UNKNOWN = "recovery_code_unknown"
    RECOVERY_CODES_WAIT = "recovery_codes_wait"
    NO_ROOM_ON_DEVICE = "no_room_on_device"
    EMAIL_MALFORMED = "email_malformed"
    EMAIL_TAKEN = "email_taken"
    PASSWORD_TOO_SHORT = "password_too_short"
    PASSWORD_TOO_LONG = "password_too_long"
    PASSWORD_NOT_PRESENT = "password_not_present"
    ACCOUNT_HAS_SESSIONS = "account_has_sessions"
    ACCOUNT_IS_LAST_OWNER = "account_is_last_owner"
    OWNERS_ONLY = "owners_only"
    SETTINGS_CHANGED = "settings_changed"
    RETENTION_DELETES = "retention_deletes"
    LOGO_TOO_LARGE = "logo_too_large"
    LOGO_NOT_READABLE = "logo_not_readable"
    SIGN_IN_WRONG = "sign_in_wrong"
    SIGN_IN_WAIT = "sign_in_wait"
    SET_UP_LINK_USED = "set_up_link_used"
    INPUT_MALFORMED = "input_malformed"

    NOT_AN_ARCHIVE = "not_an_archive"
    ARCHIVE_NEWER = "archive_newer"
    ARCHIVE_DAMAGED = "archive_damaged"
    ARCHIVE_TOO_LARGE = "archive_too_large"
    EXAMPLES_ARE_THERE = "examples_are_there"


class Refusal(Exception):
    """A rule said no. `values` fill the sentence, such as `limit=140`.

    `stands` is how the asker's own statement stands now (revision, text, retracted), for the answer to them alone.
    """

    stands: dict[str, int | str | bool] | None = None

    def __init__(self, reason: Reason, **values: int | str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


class ConfirmationNeeded(Exception):
    """Something goes on only when a person has read what it costs: `key` names the question, `count` the number.

    `proposal` is what the person may change in the answer: the points of a vote; `dropped` how many people's votes
    would go; `hindered` what is in the way of a step back on the board; `quoted` how many other texts keep something;
    `recounted` what a colleague counted meanwhile.
    """

    def __init__(
        self,
        key: str,
        count: int,
        proposal: Proposal | None = None,
        dropped: int | None = None,
        hindered: Hindered | None = None,
        quoted: int = 0,
        recounted: tuple[Recounted, ...] = (),
    ) -> None:
        super().__init__(key)
        self.key = key
        self.count = count
        self.proposal = proposal
        self.dropped = dropped
        self.hindered = hindered
        self.quoted = quoted
        self.recounted = recounted
