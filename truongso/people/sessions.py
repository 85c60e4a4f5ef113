"""Sessions in our own table, so that people can list and end theirs, and so that a page reads the session, the
account and the person in one query."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.db import connection, models
from django.utils import timezone

from truongso.people.models import Account, LoginSession, Person

AUTH_ID = "_auth_user_id"
_READ: tuple[type[models.Model], ...] = (LoginSession, Account, Person)


@cache
def _sql() -> tuple[str, tuple[list[str], ...]]:
    """One query for the three rows, and the names of their columns: written once a process, since every page asks it and
    the ORM would write it anew each time at three times the cost of reading it."""
    fields = [model._meta.concrete_fields for model in _READ]
    columns = ", ".join(f'{"sap"[n]}."{f.column}"' for n, listed in enumerate(fields) for f in listed)
    sql = (
        f"SELECT {columns} FROM people_loginsession s LEFT JOIN people_account a ON a.id = s.account_id "  # noqa: S608
        "LEFT JOIN people_person p ON p.id = a.person_id WHERE s.session_key = %s AND s.expire_date > %s"
    )
    return sql, tuple([f.attname for f in listed] for listed in fields)


def read(key: str, now: datetime) -> LoginSession | None:
    """A living session with its account and person."""
    sql, names = _sql()
    with connection.cursor() as cursor:
        cursor.execute(sql, [key, now])
        row = cursor.fetchone()
    if row is None:
        return None
    found, at = [], 0
    for model, attnames in zip(_READ, names, strict=True):
        found.append(model.from_db("default", attnames, row[at : at + len(attnames)]))
        at += len(attnames)
    session, account, person = cast("tuple[LoginSession, Account, Person]", tuple(found))
    if session.account_id is not None:
        account.person = person
        session.account = account
    return session


class SessionStore(DatabaseSessionStore):
    account: Account | None = None  # the signed-in account, read with the session
    row: LoginSession | None = None

    @classmethod
    def get_model_class(cls) -> type[LoginSession]:
        return LoginSession

    def _get_session_from_db(self) -> LoginSession | None:
        row = read(self.session_key, timezone.now()) if self.session_key else None
        if row is None:
            self._session_key = None
            return None
        self.account, self.row = row.account, row
        return row

    def create_model_instance(self, data: dict[str, Any]) -> LoginSession:
        row = cast(LoginSession, super().create_model_instance(data))
        row.account_id = int(data[AUTH_ID]) if AUTH_ID in data else None
        # Django saves the whole row: what is not in the session's data is carried over from the row that was read.
        if self.row is not None and self.row.session_key == row.session_key:
            row.created_at, row.address, row.agent = self.row.created_at, self.row.address, self.row.agent
        row.last_seen_at = timezone.now()
        self.row = row
        return row
