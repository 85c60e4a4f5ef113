from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from truongso import audit
from truongso.lib import vi
from truongso.people.actor import Actor
from truongso.people.models import RoleAssignment, Unit, UnitKind
from truongso.school.access import insist
from truongso.school.models import Campus, SchoolClass, SchoolYear, Shift
from truongso.school.rules.classes import clean_name, grade_of

LOWEST, HIGHEST = 1, 12


@transaction.atomic
def make_class(
    *,
    by: Actor | None,
    year: SchoolYear,
    name: str,
    grade: int | None = None,
    campus: Campus | None = None,
    shift: str = Shift.MORNING,
    local_code: str = "",
) -> SchoolClass:
    """Make a class of a year: its Unit and what the school knows of it. The grade is read from the name when not told.

    Raises ValidationError at "name" (taken in this year) or "grade" (cannot be read).
    """
    insist(by, "classes")
    name, grade = _checked(year, name, grade)
    # A unit of that name may stand there without its school side (made before the structure): it is taken over.
    unit, _new = Unit.objects.get_or_create(
        kind=UnitKind.CLASS, name=name, school_year=year.name, defaults={"during": year.during}
    )
    made = SchoolClass.objects.create(
        unit=unit, year=year, grade=grade, campus=campus, shift=shift, local_code=local_code
    )
    audit.record(by, "school.make_class", obj=made, detail={"name": name, "year": year.name})
    return made


def _checked(year: SchoolYear, name: str, grade: int | None, own: int | None = None) -> tuple[str, int]:
    name = clean_name(name)
    grade = grade or grade_of(name)
    if not name:
        raise ValidationError({"name": _("Lớp cần có tên.")})
    if grade is None or not LOWEST <= grade <= HIGHEST:
        raise ValidationError({"grade": _("Chưa đọc được khối từ tên “%(name)s”. Xin ghi khối.") % {"name": name}})
    for other in SchoolClass.objects.select_related("unit").filter(year=year).exclude(pk=own or 0):
        if vi.fold(other.unit.name) == vi.fold(name):
            raise ValidationError(
                {"name": _("Năm học %(year)s đã có lớp %(name)s.") % {"year": year.name, "name": other.unit.name}}
            )
    return name, grade


@transaction.atomic
def make_classes(
    *,
    by: Actor | None,
    year: SchoolYear,
    names: Sequence[str],
    campus: Campus | None = None,
    shift: str = Shift.MORNING,
) -> list[SchoolClass]:
    """Many at once, all or none; those that exist already are passed over."""
    have = {vi.fold(c.unit.name) for c in SchoolClass.objects.select_related("unit").filter(year=year)}
    return [
        make_class(by=by, year=year, name=name, campus=campus, shift=shift)
        for name in names
        if vi.fold(clean_name(name)) not in have
    ]


@transaction.atomic
def change_class(
    *, by: Actor | None, found: SchoolClass, name: str, grade: int | None, campus: Campus | None, shift: str, local_code: str
) -> None:  # fmt: skip
    insist(by, "classes")
    name, grade = _checked(found.year, name, grade, found.pk)
    if found.unit.name != name:
        found.unit.name = name
        found.unit.save(update_fields=["name"])
    found.grade, found.campus, found.shift, found.local_code = grade, campus, shift, local_code
    found.save()
    audit.record(by, "school.change_class", obj=found, detail={"name": name})


@transaction.atomic
def remove_class(*, by: Actor | None, found: SchoolClass) -> None:
    """A class that nobody has ever been in; else ValidationError."""
    insist(by, "classes")
    if RoleAssignment.objects.filter(unit=found.unit).exists():
        raise ValidationError(
            _("Lớp %(name)s đã có học sinh hoặc giáo viên chủ nhiệm, nên không xoá được.") % {"name": found.unit.name}
        )
    audit.record(by, "school.remove_class", obj=found, detail={"name": found.unit.name, "year": found.year.name})
    found.unit.delete()
