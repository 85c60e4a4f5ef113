"""Many rows at once by PostgreSQL's COPY: what Django's bulk_create takes ten seconds for, in two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.utils import timezone


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of these columns ("unit_id", not "unit"). Columns left out get the model's default, also those that a
    later migration adds. Constraints and triggers hold as for any INSERT; signals and validation are not asked."""
    left_out = [f for f in model._meta.concrete_fields if f.column not in columns and not f.primary_key]
    filling = [_default(field) for field in left_out]
    rows = list(rows)  # first: who asks the database for them would wait for ever on a connection that is copying
    names = ", ".join(f'"{name}"' for name in [*columns, *(f.column for f in left_out)])
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row([*row, *(make() for make in filling)])


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """So many fresh primary keys, for rows that other rows of the same batch point at."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [key for (key,) in cursor.fetchall()]


def _default(field: models.Field[Any, Any]) -> Callable[[], Any]:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        now = timezone.now()
        return lambda: now
    if callable(field.default):
        return lambda: field.get_db_prep_save(field.get_default(), connection)
    value = field.get_db_prep_save(field.get_default(), connection)
    return lambda: value
