"""Statements written out, for what every home asks: building one anew each time costs more than the database's answer."""

from __future__ import annotations

from typing import Any

from django.db import connection


def ask(statement: str, /, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
