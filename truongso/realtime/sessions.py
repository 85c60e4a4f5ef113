"""Is a login session still alive? Asked by table name: the gateway stands below people."""

from __future__ import annotations

from django.db import close_old_connections, connection


def session_lives(session_key: str) -> bool:
    close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM people_loginsession WHERE session_key = %s AND expire_date > now() AND account_id IS NOT NULL",
            [session_key],
        )
        return cursor.fetchone() is not None
