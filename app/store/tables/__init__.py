"""Every table, each in the file of what it is about; whoever reads this package knows them all."""

from app.store.tables.accounts import KnownBrowser, Moderator, OwnerSetting, SetUpLink, SignIn
from app.store.tables.boards import BoardMove, IgnoredSuggestion, Question, Statement, Theme
from app.store.tables.sessions import (
    ActionItem,
    Attendee,
    CoModerator,
    ModerationSession,
    Participant,
    RestingCode,
    Template,
)
from app.store.tables.shape import METADATA, random_key
from app.store.tables.votes import Ballot, HandCount, Round, RoundTheme

__all__ = [
    "ActionItem",
    "Attendee",
    "Ballot",
    "BoardMove",
    "CoModerator",
    "HandCount",
    "IgnoredSuggestion",
    "KnownBrowser",
    "METADATA",
    "ModerationSession",
    "Moderator",
    "OwnerSetting",
    "Participant",
    "Question",
    "RestingCode",
    "Round",
    "RoundTheme",
    "SetUpLink",
    "SignIn",
    "Statement",
    "Template",
    "Theme",
    "random_key",
]
