"""The command `moderato verify`: counts the ballots of an archive once more, and says what it found."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.cli_archive import read_file
from app.domain.archive import check_archived
from app.domain.recount import Finding, Recount, WhyNot, Wrong, recount_question
from app.domain.refusals import Refusal
from app.domain.report import Report
from app.domain.report_questions import ReportQuestion
from app.domain.verification import FEWEST_TO_TELL
from app.exports.archive_reader import read_as_told

MOST_FINDINGS = 20
WHY_NOT = {
    WhyNot.STILL_OPEN: "it was still open when the archive was made",
    WhyNot.NOT_VERIFIABLE: "it was not set to be verified, so its ballots are not in the archive",
    WhyNot.TOO_FEW: f"fewer than {FEWEST_TO_TELL} people voted, so its ballots stay secret and codes are of no use",
}
WORDS = {
    Wrong.BALLOTS_TOLD: "it tells {counted} ballots, and should tell none",
    Wrong.NUMBER_OF_BALLOTS: "it says that {told} people voted, and lists {counted} ballots",
    Wrong.POINTS: "theme {where} is said to have {told} points; its ballots give {counted}",
    Wrong.GIVERS: "theme {where} is said to have points of {told} people; in its ballots they are of {counted}",
    Wrong.POINTS_OF_THEME: "theme {where} stands in the report with {told} points, and in its vote with {counted}",
    Wrong.CODE_TWICE: "code {where} stands there {counted} times",
    Wrong.NO_CODE: "ballot {place}: {where} can't be a code",
    Wrong.OTHER_THEMES: "ballot {place} {code}has {counted} figures for {told} themes",
    Wrong.BELOW_ZERO: "ballot {place} {code}gives fewer than 0 points",
    Wrong.EMPTY: "ballot {place} {code}gives no point",
    Wrong.OVER_BUDGET: "ballot {place} {code}gives {counted} points; everybody had {told}",
    Wrong.OVER_LIMIT: "ballot {place} {code}gives a theme {counted} points; at most {told} were allowed",
}


def add_to(commands: Any) -> None:
    """Make this command known to the parser."""
    one = commands.add_parser("verify", help="count the ballots of an archive (json) once more")
    one.add_argument("file", type=Path, metavar="FILE")
    one.set_defaults(run=_verify)


def _verify(parsed: argparse.Namespace) -> int:
    """0 when every vote that tells its ballots agrees with them; 1 when one does not, or when none tells any."""
    report = read_file(parsed.file, read_as_told, "nothing was counted")
    counted = [(question, vote) for question in report.asked for vote in recount_question(question)]
    for question, vote in counted:
        print("\n".join(_told(question, vote)))
    if any(vote.findings for _, vote in counted):
        print("WRONG: this archive is not what was voted.")
        return 1
    if place := _damage(report):
        print(f"WRONG: this archive can't be right at {place}.")
        return 1
    verified = sum(vote.why_not is None for _, vote in counted)
    if not verified:
        print("NOT VERIFIED: no vote in this archive tells its ballots.")
        return 1
    print(f"RIGHT: {_number(verified, 'vote')} recounted, and everything agrees.")
    print("Who kept a code can look whether the points behind it are their own; only they can tell.")
    return 0


def _told(question: ReportQuestion, vote: Recount) -> Iterator[str]:
    """What is said of one vote, line by line."""
    yield f"Question {question.number}, vote {vote.number}: {_shown(question.text)}"
    if vote.why_not is not None:
        yield f"  can't be verified: {WHY_NOT[vote.why_not]}"
    elif not vote.findings:
        yield f"  right: {_number(vote.ballots, 'ballot')} counted, each within what could be given, no code twice;"
        yield "  the points of each theme and how many people gave them are as told"
    for finding in vote.findings[:MOST_FINDINGS]:
        yield f"  wrong: {_in_words(finding)}"
    if len(vote.findings) > MOST_FINDINGS:
        yield f"  and {len(vote.findings) - MOST_FINDINGS} more"


def _in_words(finding: Finding) -> str:
    where = _shown(finding.where)
    told = "fewer than 3" if finding.told is None else finding.told
    code = f"({where}) " if where else ""
    return WORDS[finding.wrong].format(where=where, code=code, told=told, counted=finding.counted, place=finding.place)


def _damage(report: Report) -> str:
    """The first place, outside the ballots too, at which no session of ours could be so; empty when there is none."""
    try:
        check_archived(report)
    except Refusal as refusal:
        return str(refusal.values["place"])
    return ""


def _number(count: int, of: str) -> str:
    return f"{count} {of}" if count == 1 else f"{count} {of}s"


def _shown(text: str) -> str:
    """What stands in a file of somebody else's making, without what a terminal would take for a command."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)
