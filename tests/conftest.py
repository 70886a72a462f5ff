"""Fixtures for all tests: asynchronous tests run on asyncio, and no example has a deadline on a busy machine."""

import pytest
from hypothesis import settings

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
