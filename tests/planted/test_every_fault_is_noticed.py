"""Each promise is broken on purpose, and the check of that promise has to fail."""

from types import ModuleType

import pytest

from tests.planted import (
    faults_in_counting,
    faults_in_figures,
    faults_in_proposals,
    faults_in_redaction,
    faults_in_storms,
    faults_in_verifying,
)
from tests.planted import faults_in_what_is_sent as sent
from tests.planted import faults_in_what_stays as stays
from tests.promises import (
    counting,
    disk,
    figures,
    proposing,
    redaction,
    seats,
    secrecy,
    storms,
    verifying,
    writing,
)
from tests.world import a_world

pytestmark = pytest.mark.anyio

NOTICED_BY = {
    stays.an_author_column: disk.check_disk,
    stays.a_created_at: disk.check_disk,
    stays.a_table_that_joins_people_and_statements: disk.check_disk,
    sent.a_partial_tally_in_a_push: secrecy.check_open_vote,
    sent.a_count_of_ballots_in_a_push: secrecy.check_open_vote,
    sent.a_ballot_that_announces_itself: secrecy.check_open_vote,
    sent.waiting_statements_in_a_push: secrecy.check_unreleased,
    sent.released_that_forgets_to_ask: secrecy.check_unreleased,
    sent.hidden_statements_in_the_vote: secrecy.check_hidden,
    sent.hidden_statements_on_the_board_of_the_big_screen: secrecy.check_hidden,
    sent.a_move_that_the_big_screen_does_not_hear_of: secrecy.check_hidden,
    sent.a_ballot_anybody_may_read: secrecy.check_own_ballot,
    sent.one_voter_key_for_all: secrecy.check_own_ballot,
    sent.an_own_allocation_that_may_be_kept: secrecy.check_own_ballot,
    sent.one_receipt_for_all_pages: secrecy.check_form_receipts,
    sent.a_receipt_in_what_is_pushed: secrecy.check_form_receipts,
    sent.the_first_askers_own_on_everybodys_page: secrecy.check_form_receipts,
    sent.forms_that_are_stored_each_time: secrecy.check_form_receipts,
    sent.an_own_page_that_may_be_kept: secrecy.check_own_ballot,
    sent.mixing_that_counts_statements: secrecy.check_mixing,
    sent.mixing_that_forgets_retractions: secrecy.check_retraction_leaves_the_batch,
    sent.statements_on_the_big_screen_unasked: secrecy.check_big_screen,
    sent.the_board_on_the_big_screen_while_collecting: secrecy.check_big_screen,
    sent.the_groups_statements_on_phones_unasked: writing.check_phones_while_collecting,
    sent.a_changed_statement_on_phones_unasked: writing.check_phones_while_collecting,
    sent.a_retraction_that_phones_hear_of_unasked: writing.check_phones_while_collecting,
    sent.the_groups_list_on_every_phones_page: secrecy.check_big_screen,
    sent.statements_on_phones_as_they_come: writing.check_seeing_each_other,
    sent.the_groups_list_that_goes_on_after_the_close: writing.check_seeing_each_other,
    sent.typing_that_is_pushed: writing.check_typing,
    sent.a_count_of_one_who_types: writing.check_typing,
    sent.a_count_of_one_on_the_control_room: secrecy.check_small_counts,
    sent.a_count_of_one_on_the_big_screen: secrecy.check_small_counts,
    sent.a_single_giver_in_the_export: secrecy.check_small_groups_behind_a_theme,
    faults_in_figures.a_spread_of_few_ballots: figures.check_figures_tell_no_ballot,
    faults_in_figures.a_spread_of_two_people: figures.check_figures_tell_no_ballot,
    faults_in_figures.a_tie_that_is_called_firm: figures.check_figures_tell_no_ballot,
    faults_in_figures.a_single_giver_on_a_screen: figures.check_figures_tell_no_ballot,
    sent.another_sessions_code_on_the_phone: secrecy.check_strangers,
    sent.the_big_screens_key_on_the_phone: secrecy.check_strangers,
    sent.seats_on_the_control_room: secrecy.check_strangers,
    sent.one_in_ten_never_delivered: secrecy.check_delivered,
    sent.a_recovery_code_in_a_push: seats.check_recovery_code,
    sent.a_recovery_code_on_the_page_that_all_share: seats.check_recovery_code,
    sent.a_recovery_code_in_the_address: seats.check_recovery_code,
    sent.a_recovery_code_without_being_asked_for: seats.check_recovery_code,
    sent.a_recovery_code_that_may_be_kept: seats.check_recovery_code,
    sent.neighbours_whose_cookies_go_along: seats.check_neighbours_apart,
    sent.an_attendance_door_that_knows_the_seat: secrecy.check_attendance_apart,
    sent.an_attendance_door_that_leaves_a_cookie: secrecy.check_attendance_apart,
    stays.a_seat_kept_with_a_name: secrecy.check_attendance_apart,
    stays.names_that_count_up: secrecy.check_attendance_forgets_the_order,
    stays.names_whose_writes_stay_in_the_log: secrecy.check_attendance_forgets_the_order,
    stays.an_answer_before_the_commit: disk.check_acknowledged,
    stays.one_in_a_hundred_sent_and_not_stored: disk.check_acknowledged,
    stays.commits_that_do_not_reach_the_disk: disk.check_power_cut,
    stays.deleting_without_overwriting: disk.check_deleted_at_once,
    stays.a_backup_with_the_log_of_writes_beside_it: disk.check_backup,
    stays.a_backup_at_any_moment: disk.check_backup,
    stays.deleted_sessions_that_leave_their_rows: disk.check_deleted_for_good,
    stays.deleted_sessions_that_stay_in_the_log_of_writes: disk.check_deleted_for_good,
    stays.a_log_of_writes_that_is_never_emptied: disk.check_disk,
    stays.a_reader_for_whom_everybody_waits: disk.check_nobody_waits_for_readers,
    stays.a_log_that_is_taken_for_empty: disk.check_nobody_waits_for_readers,
    stays.a_file_that_keeps_the_order_of_arrival: disk.check_disk,
    stays.a_board_in_order_of_arrival: disk.check_disk,
    stays.keys_that_count_up: disk.check_disk,
    stays.retracted_texts_that_stay: disk.check_disk,
    stays.ballots_that_keep_their_voter_keys: disk.check_disk,
    stays.receipts_kept_as_they_are: disk.check_disk,
    stays.seats_kept_as_they_are: disk.check_disk,
    stays.receipts_kept_for_ever: disk.check_disk,
    stays.a_statement_in_the_log: disk.check_log,
    stays.a_receipt_in_the_log: disk.check_log,
    stays.a_recovery_code_in_the_log: disk.check_log,
    stays.a_recovery_code_beside_the_seat: disk.check_disk,
    stays.the_messages_of_errors_in_the_log: disk.check_log,
    faults_in_proposals.a_stored_proposer: proposing.check_proposals,
    faults_in_proposals.proposals_shown_as_they_come: proposing.check_proposals,
    faults_in_proposals.mixing_that_counts_proposals: proposing.check_proposals,
    faults_in_proposals.a_push_of_what_waits: proposing.check_proposals,
    faults_in_proposals.proposals_on_every_phone: proposing.check_proposals,
    faults_in_proposals.the_last_of_one_hand_together: proposing.check_proposals_left_alone,
    faults_in_proposals.an_end_that_shows_each_alone: proposing.check_proposals_left_alone,
    faults_in_proposals.a_proposed_name_in_the_log: proposing.check_proposals_in_the_log,
    faults_in_redaction.texts_that_are_only_not_shown: redaction.check_redacted_after_the_end,
    faults_in_redaction.redacted_texts_that_stay_in_the_log_of_writes: redaction.check_redacted,
    faults_in_redaction.redacted_texts_that_stay_in_the_file: redaction.check_redacted,
    faults_in_redaction.a_resend_that_revives: redaction.check_it_never_comes_back,
    faults_in_redaction.drawings_that_are_kept: redaction.check_memory,
    faults_in_redaction.a_request_that_screens_hear_of: redaction.check_nobody_sees_who_asks,
    faults_in_redaction.a_search_in_everybodys_sessions: redaction.check_others_are_not_searched,
    faults_in_redaction.a_request_that_shows_at_once: redaction.check_nobody_sees_who_asks,
    faults_in_counting.hands_added_to_the_stored_tally: counting.check_hands_apart,
    faults_in_counting.hands_added_on_the_big_screen: counting.check_hands_apart,
    faults_in_counting.hands_added_on_phones: counting.check_hands_apart,
    faults_in_counting.hands_added_in_the_report: counting.check_hands_apart,
    faults_in_counting.hands_that_order_the_themes: counting.check_hands_apart,
    faults_in_counting.a_count_that_phones_do_not_hear_of: counting.check_hands_apart,
    faults_in_verifying.a_ballot_altered_after_the_close: verifying.check_recount,
    faults_in_verifying.one_code_for_two_ballots: verifying.check_recount,
    faults_in_verifying.a_code_of_a_vote_that_nobody_can_verify: verifying.check_no_code_unasked,
    faults_in_verifying.a_secret_stored_unasked: verifying.check_no_code_unasked,
    faults_in_verifying.codes_that_outlive_a_small_vote: verifying.check_small_vote,
    faults_in_verifying.ballots_of_a_small_vote_told: verifying.check_small_vote,
    faults_in_verifying.ballots_in_the_order_of_arrival: verifying.check_no_order,
    faults_in_verifying.a_code_on_the_page_of_all: verifying.check_code_only_in_own_answers,
    faults_in_verifying.a_code_for_every_device_of_the_seat: verifying.check_code_only_for_who_holds_the_secret,
    faults_in_verifying.a_code_told_without_its_secret: verifying.check_code_only_for_who_holds_the_secret,
    faults_in_verifying.one_ballot_without_a_code: verifying.check_no_phone_stands_apart,
    faults_in_storms.a_budget_that_is_not_checked: storms.check_one_ballot,
    faults_in_storms.the_last_to_arrive_wins: storms.check_one_ballot,
    faults_in_storms.a_close_that_is_not_noticed: storms.check_phase_ends,
    faults_in_storms.late_statements_that_are_dropped: storms.check_phase_ends,
}


def planted(module: ModuleType) -> list[object]:
    return [
        fault
        for name, fault in vars(module).items()
        if callable(fault) and not name.startswith("_") and getattr(fault, "__module__", "") == module.__name__
    ]


def test_every_fault_has_a_check():
    mine = (faults_in_counting, faults_in_figures, faults_in_redaction, faults_in_proposals, faults_in_verifying)
    modules = (sent, stays, faults_in_storms, *mine)
    assert {fault for module in modules for fault in planted(module)} == set(NOTICED_BY)


@pytest.mark.parametrize("fault", NOTICED_BY, ids=lambda fault: fault.__name__)
async def test_the_fault_is_noticed(tmp_path, monkeypatch, fault):
    fault(monkeypatch)
    async with a_world(tmp_path) as world:
        with pytest.raises(AssertionError):
            await NOTICED_BY[fault](world)
