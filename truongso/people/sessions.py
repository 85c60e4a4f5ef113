"""Sessions in our own table, so that people can list and end theirs, and so that a page reads the session, the
account and the person in one query."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.utils import timezone

from truongso.people.models import Account, LoginSession

AUTH_ID = "_auth_user_id"


class SessionStore(DatabaseSessionStore):
    account: Account | None = None  # the signed-in account, read with the session
    row: LoginSession | None = None

    @classmethod
    def get_model_class(cls) -> type[LoginSession]:
        return LoginSession

    def _get_session_from_db(self) -> LoginSession | None:
        try:
            row = LoginSession.objects.select_related("account__person").get(
                session_key=self.session_key, expire_date__gt=timezone.now()
            )
        except LoginSession.DoesNotExist:
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
