"""One process serves one database."""

import pytest

from app.store import lock


def test_a_second_one_is_refused_until_the_first_lets_go(tmp_path):
    first = lock.take(tmp_path / "data")
    with pytest.raises(lock.AlreadyServed):
        lock.take(tmp_path / "data")
    first.close()
    lock.take(tmp_path / "data").close()
