"""What is sent keeps the promises."""

import pytest

from tests.promises import counting, figures, proposing, seats, secrecy, verifying, writing
from tests.world import a_world

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "check",
    [
        secrecy.check_open_vote,
        secrecy.check_own_ballot,
        secrecy.check_form_receipts,
        secrecy.check_unreleased,
        secrecy.check_mixing,
        secrecy.check_retraction_leaves_the_batch,
        secrecy.check_big_screen,
        writing.check_phones_while_collecting,
        writing.check_seeing_each_other,
        writing.check_typing,
        proposing.check_proposals,
        proposing.check_proposals_left_alone,
        proposing.check_proposals_in_the_log,
        counting.check_hands_apart,
        verifying.check_recount,
        verifying.check_no_code_unasked,
        verifying.check_small_vote,
        verifying.check_no_order,
        verifying.check_no_phone_stands_apart,
        verifying.check_code_only_in_own_answers,
        verifying.check_code_only_for_who_holds_the_secret,
        secrecy.check_hidden,
        secrecy.check_small_counts,
        secrecy.check_small_groups_behind_a_theme,
        figures.check_figures_tell_no_ballot,
        secrecy.check_strangers,
        secrecy.check_delivered,
        seats.check_recovery_code,
        seats.check_neighbours_apart,
        secrecy.check_attendance_apart,
        secrecy.check_attendance_forgets_the_order,
    ],
    ids=lambda check: check.__name__,
)
async def test_the_promise_holds(tmp_path, check):
    async with a_world(tmp_path) as world:
        await check(world)
