"""Plain rows for the tests of roster."""

from __future__ import annotations

from datetime import date

from tests.cast import YEAR, Cast
from truongso.lib.sheets import Cell, read_workbook
from truongso.people.models import Account, Unit
from truongso.roster.models import TeachingAssignment
from truongso.school.models import Subject, SubjectPart

TODAY = date(2026, 11, 24)


def maths() -> Subject:
    return Subject.objects.get_or_create(code="toan", defaults={"name": "Toán", "short_name": "Toán", "order": 1})[0]


def science() -> tuple[Subject, SubjectPart, SubjectPart]:
    subject, _new = Subject.objects.get_or_create(
        code="khtn", defaults={"name": "Khoa học tự nhiên", "short_name": "KHTN", "order": 5}
    )
    parts = [
        SubjectPart.objects.get_or_create(subject=subject, name=name, defaults={"short_name": short, "order": order})[0]
        for order, (name, short) in enumerate((("Vật lí", "Lí"), ("Sinh học", "Sinh")))
    ]
    return subject, parts[0], parts[1]


def teaches(who: Account, unit: Unit, subject: Subject | None = None) -> TeachingAssignment:
    return TeachingAssignment.objects.create(
        person=who.person, unit=unit, subject=subject or maths(), during=YEAR, compiles=True
    )


def cast_teaches(cast: Cast) -> TeachingAssignment:
    """Mai teaches maths in 8A2."""
    return teaches(cast.teacher, cast.class_8a2)


def sheets(content: bytes) -> dict[str, list[tuple[Cell, ...]]]:
    """What a file that was taken holds: rows by sheet."""
    return {sheet.name: [tuple(row) for row in sheet.rows] for sheet in read_workbook(content)}
