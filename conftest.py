"""Fixtures of every test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The named cast of tests/cast.py, fresh in this test's transaction."""
    from tests.cast import make_cast

    return make_cast()
