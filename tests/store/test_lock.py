"""One process serves one database."""

import pytest

from app.store import lock


def test_a_second_server_on_the_same_data_is_refused(tmp_path):
    held = lock.take(tmp_path)
    with pytest.raises(lock.AlreadyServed):
        lock.take(tmp_path)
    held.close()


def test_the_data_is_free_again_when_the_server_has_stopped(tmp_path):
    lock.take(tmp_path).close()
    lock.take(tmp_path).close()
