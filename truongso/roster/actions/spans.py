"""Dated rows are cut and continued, never rewritten: so that every past day can still be asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Protocol, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from truongso.people.actions.roles import span
from truongso.people.rules import Verdict

__all__ = ["check_order", "clash", "close_with", "insist", "span", "split"]


class Dated(Protocol):
    pk: int
    during: DateRange

    def save(self, *, force_insert: bool = ..., update_fields: list[str] | None = ...) -> None: ...
    def delete(self) -> object: ...


Row = TypeVar("Row", bound=Dated)


def insist(verdict: Verdict) -> None:
    if not verdict:
        raise PermissionDenied(str(verdict.why))


def check_order(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise ValidationError({"last": _("Ngày cuối đứng trước ngày đầu. Xin xem lại.")})


def close_with(row: Dated, last: date) -> bool:
    """Let a row end with this day; one that had not begun by then is taken away. True when something is left of it."""
    if row.during.lower is not None and last < row.during.lower:
        row.delete()
        return False
    end = last + timedelta(days=1)
    if row.during.upper is None or end < row.during.upper:
        row.during = DateRange(row.during.lower, end)
        row.save(update_fields=["during"])
    return True


def split(row: Row, first: date) -> Row:
    """The part of a row from a day on: cuts the row and stores a copy; the row itself when it begins that day or later."""
    if row.during.lower is None or row.during.lower >= first:
        return row
    upper = row.during.upper
    row.during = DateRange(row.during.lower, first)
    row.save(update_fields=["during"])
    row.during, row.pk = DateRange(first, upper), None  # type: ignore[assignment]
    row._state.adding = True  # type: ignore[attr-defined]
    row.save(force_insert=True)
    return row


def clash(error: IntegrityError, sentences: Mapping[str, str | Promise], field: str | None = None) -> ValidationError:
    """The sentence of the constraint that said no; an unknown one is raised again."""
    for name, sentence in sentences.items():
        if name in str(error):
            return ValidationError({field: str(sentence)} if field else str(sentence))
    raise error
