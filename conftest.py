"""Fixtures of every test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """The log refuses TRUNCATE, which is how tests with real commits empty the tables: here, and only here, the
    refusal is taken away (truongso/audit/tests proves it in a transaction of its own)."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("DROP TRIGGER IF EXISTS audit_no_truncate ON audit_entry")


@pytest.fixture
def cast(db: None) -> Cast:
    """The named cast of tests/cast.py, fresh in this test's transaction."""
    from tests.cast import make_cast

    return make_cast()


@pytest.fixture(autouse=True)
def _forget_the_school() -> None:
    from truongso.school.queries import forget

    forget()
