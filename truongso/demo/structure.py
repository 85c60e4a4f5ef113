"""The school itself: profile, who governs it, and its classes and groups."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from truongso.demo import cast
from truongso.demo.drafts import Place, Plan
from truongso.people.models import Unit, UnitKind
from truongso.school.actions import save_profile, set_managing_body


def lay_out(plan: Plan) -> dict[Place, Unit]:
    save_profile(
        by=None, name=cast.SCHOOL, short_name="THCS Bình Minh", place="Bình Minh", code="THCSBM",
        phone="0228 3 888 120",
    )  # fmt: skip
    set_managing_body(by=None, name="Phòng Giáo dục và Đào tạo huyện Hoà Mai", first=date(1999, 9, 1))
    set_managing_body(by=None, name="Ủy ban nhân dân xã Bình Minh", first=date(2025, 7, 1))
    return _units(plan)


def _units(plan: Plan) -> dict[Place, Unit]:
    places = [*plan.classes, *plan.old_classes, *plan.groups]
    return dict(zip(places, Unit.objects.bulk_create([_unit(place) for place in places]), strict=True))


def _unit(place: Place) -> Unit:
    if not place.year:
        return Unit(kind=UnitKind.GROUP, name=place.name, during=DateRange(date(2015, 8, 1), None))
    first = date(int(place.year[:4]), 8, 1)
    during = DateRange(first, first.replace(year=first.year + 1))
    return Unit(kind=UnitKind.CLASS, name=place.name, school_year=place.year, during=during)
